"""Every button of every panel is pressed, in every state that a bounded walk comes to.

Nothing may be raised but a sentence that is then on the page; no press may pass without a sign of it;
a double click counts once; what people type never becomes markup; every control has a name and the
headings stand in their order. `walking` does the walking.
"""

import ast
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import interview_coach.panels
from interview_coach.outcomes import OutcomeLog
from interview_coach.panels.compare import compare_panel
from interview_coach.panels.explore import explore_panel
from interview_coach.panels.hand_on import hand_on_panel
from interview_coach.panels.home import home_panel
from interview_coach.panels.log import log_panel
from interview_coach.panels.messages import messages_panel
from interview_coach.panels.practice import practice_panel
from interview_coach.panels.today import today_panel
from interview_coach.panels.workshop import workshop_panel
from interview_coach.reports import Question
from tests.panels.driving import buttons, press, visible
from tests.panels.walking import Walk, kind_of, walk

ALL = "plain empty absurd hostile"
DECK = "First workshop: four calls (60 minutes)"
NOW = {"timezone": "Europe/London", "now": "2026-03-05T14:07"}


def _calls() -> None:
    """Write a few calls: of each end, one that is pending and long due, and of two clients."""
    ends: list[dict[str, Any]] = [
        {"state": "completed"},
        {
            "state": "missed",
            "missed_by": "interviewer_no_call",
            "first_message_at": "2026-03-06T14:20",
        },
        {"state": "pending"},
        {"state": "cancelled", "cause": "forgot"},
    ]
    with OutcomeLog.open("outcomes.db", "me") as log:
        for number, end in enumerate(ends):
            log.add_call(
                {
                    "client_id": f"C-0{number % 2 + 14}",
                    "employer": "Alder & Pike",
                    "scheduled_at": f"2026-03-0{5 + number}T14:00",
                    "timezone": "Europe/London",
                    "cohort": "Spring",
                    **end,
                }
            )


def field(page: Any, label: str) -> Any:
    return next(one for one in visible(page) if getattr(one, "description", "") == label)


def _home() -> Any:
    _calls()
    return home_panel(now="2026-03-09T10:00", timezone="Europe/London")


def _log() -> Any:
    _calls()
    return log_panel(timezone="Europe/London", desk="desk.json")


def _clock() -> Any:
    """A call whose clock runs."""
    page = practice_panel(seed=3)
    field(page, "The clock").index = 3
    press(page, "Play")
    return page


def _played() -> Any:
    """A page with a call played to its end, and one broken off."""
    page = practice_panel(seed=3)
    press(page, "Play")
    press(page, "Stop waiting for today")
    press(page, "Play the other way")
    return practice_panel(seed=3)


def _notes() -> Any:
    """The facilitator's notes in a second window, beside a vote."""
    page = workshop_panel()
    press(page, DECK)
    press(page, "Begin")
    second = workshop_panel()
    press(second, "My notes")
    return second


def _led() -> Any:
    """A vote in which one choice leads, in the last call of the deck."""
    page = workshop_panel()
    press(page, DECK)
    press(page, "Begin")
    while "To the debrief" not in buttons(page):
        if any(one.startswith("Next: call") for one in buttons(page)):
            press(page, next(one for one in buttons(page) if one.startswith("Next: call")))
        press(page, "Reveal")
        press(page, "Play on to the end")
    press(page, next(one for one in buttons(page) if one.startswith("Back to")))
    press(page, "Vote again")
    press(page, "Stop waiting for today")
    press(page, "Reveal")
    return page


def _new_time() -> Any:
    """The message that confirms a new time, with its calendar file."""
    page = messages_panel("Europe/London", "2026-03-01T09:00", desk="desk.json")
    chosen = field(page, "Which message?")
    chosen.value = next(key for says, key in chosen.options if "confirm the new time" in says)
    return page


def _conflict() -> Any:
    """A call that somebody else changed while it was open here, in two fields of both."""
    page = _log()
    press(page, "All calls")
    press(page, "Edit")
    with OutcomeLog.open("outcomes.db", "Bo") as log:
        for one in log.calls()["call_id"]:
            log.change_call(one, why="heard later", employer="Alder House", cohort="Autumn")
    field(page, "Employer").value = "Alder Partners"
    press(page, next(one for one in buttons(page) if one.startswith("Group, notes")))
    field(page, "Group").value = "Winter"
    press(page, "Save")
    return page


PANELS: dict[str, tuple[Callable[[], Any], int, str]] = {
    "home": (_home, 5, "plain"),
    "today": (lambda: today_panel(**NOW, desk="desk.json"), 80, ALL),
    "practice": (lambda: practice_panel(seed=3, level="guided"), 80, ALL),
    "practice, the clock runs": (_clock, 30, "plain"),
    "practice, played before": (_played, 30, "plain"),
    "workshop": (workshop_panel, 150, ALL),
    "workshop, notes": (_notes, 40, "plain hostile"),
    "workshop, one choice leads": (_led, 45, "plain"),
    "messages": (lambda: messages_panel(**NOW, desk="desk.json"), 80, ALL),
    "messages, a new time": (_new_time, 30, ALL),
    "log, empty": (lambda: log_panel(timezone="Europe/London", desk="desk.json"), 70, ALL),
    "log": (_log, 90, "plain absurd hostile"),
    "log, somebody was faster": (_conflict, 40, "plain"),
    "explore": (lambda: explore_panel(as_of="2026-07-31", desk="desk.json"), 24, ALL),
    "compare": (lambda: compare_panel(desk="desk.json"), 30, ALL),
    "report": (lambda: hand_on_panel(Question(as_of="2026-07-31")), 8, "plain hostile"),
}
"""How each panel is opened, how many steps its walk has, and what is written into its fields."""

SHORTER = {"empty": 2, "absurd": 2, "hostile": 1, "plain": 1}
"""By how much a walk is cut: what is left empty or refused leads nowhere new."""

WALKS = [(panel, one) for panel, (_, _, fillings) in PANELS.items() for one in fillings.split()]


@cache
def walked(panel: str, filling: str) -> Walk:
    make, most, _ = PANELS[panel]
    return walk(make, filling, most // SHORTER[filling])


@pytest.mark.parametrize(("panel", "filling"), WALKS)
def test_every_button(panel: str, filling: str) -> None:
    found = walked(panel, filling)
    assert not found.faults, "\n".join(found.faults)


def named_in_source() -> set[str]:
    """Read the words of every button that the panels' source makes of plain words."""
    found = set()
    folder = Path(interview_coach.panels.__file__).parent
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or ast.unparse(node.func) not in {
                "kit.button",
                "kit.fold",
            }:
                continue
            label = {one.arg: one.value for one in node.keywords}.get("label", node.args[0])
            if isinstance(label, ast.Constant):
                found.add(kind_of(str(label.value)))
    return found


MOVING = {
    "Play this story myself",  # goes when a field is filled in: see test_compare
    "Show all days",  # goes when days are filled in: see test_explore
    "Keep them",  # asked only where there is something to erase: see test_practice, test_workshop_phones
    "Stop, and keep what there is",  # there only while a simulation runs: see test_compare
}


def test_no_button_is_left_out() -> None:
    walks = {(panel, filling): walked(panel, filling) for panel, filling in WALKS}
    pressed = set().union(*(one.pressed for one in walks.values()))
    whole = [one for (_, filling), one in walks.items() if filling in {"plain", "hostile"}]
    assert set().union(*(one.left for one in whole)) - pressed - MOVING == set()
    assert named_in_source() - pressed - MOVING == set()
