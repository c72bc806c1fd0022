"""Phones that vote on the workshop's page; they answer through the store."""

from collections.abc import Callable
from typing import Any

from interview_coach.outcomes.rooms import RoomsFile
from interview_coach.outcomes.rooms.answering import answer, join, view
from interview_coach.panels.workshop import workshop_panel
from tests.panels.driving import inside, press

FIRST = "First workshop: four calls (60 minutes)"


class Phone:
    """A phone that is in the room."""

    def __init__(self, file: RoomsFile, code: str, name: str = "") -> None:
        self._file, self._turn = file, 0
        with file.writing() as run:
            self.room, self.phone = join(run, code, "", name, 1.0)

    def shows(self) -> dict[str, Any]:
        """What it is told."""
        with self._file.reading() as run:
            return view(run, self.room)

    def send(self, said: str) -> None:
        """Answer what it is asked."""
        self._turn += 1
        shown = self.shows()
        with self._file.writing() as run:
            answer(run, self.phone, shown["question"], shown["kind"], said, self._turn)


Joining = Callable[..., list[Phone]]


def tick(page: Any) -> None:
    """Let the page look, as it does each second."""
    page.ticker.ticks += 1


def begun(log: str, *, names: bool = False) -> Any:
    """Open the page, a room, and the first call."""
    page = workshop_panel(log)
    press(page, FIRST)
    press(page, "By phone")
    if names:
        next(
            one for one in inside(page) if getattr(one, "description", "") == "Ask for names"
        ).value = True
    press(page, "Open the room")
    press(page, "Go on")
    press(page, "Begin")
    return page
