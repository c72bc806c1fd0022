"""Panels under test raise what their handlers raise, instead of only saying it."""

from pathlib import Path
from typing import Any

import pytest

from interview_coach.outcomes.rooms import RoomsFile
from interview_coach.outcomes.rooms.answering import listening
from interview_coach.panels.kit.guard import RAISE
from interview_coach.panels.practice import practice_panel
from tests.panels.phones import Phone, tick
from tests.panels.practising import EMERGENCY, Open


@pytest.fixture(autouse=True)
def _failures_are_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(RAISE, "1")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Where the log of a test is."""
    return tmp_path / "outcomes.db"


@pytest.fixture
def open_page(log: Path) -> Open:
    """Open the practice page on a log of its own; a second time is what a restarted kernel does."""

    def opened(**given: Any) -> Any:
        return practice_panel(**{"seed": EMERGENCY, "log": str(log), "house": "", **given})

    return opened


@pytest.fixture
def joining(tmp_path: Path) -> Any:
    """Let phones join: ``joining(page, 3)``, or with names ``joining(page, "Ana")``."""
    files: list[RoomsFile] = []

    def let_in(page: Any, *who: int | str) -> list[Phone]:
        if not files:
            files.append(RoomsFile(tmp_path / "rooms.db"))
            with files[0].writing() as run:
                listening(run, 8700, ["192.0.2.7", "10.0.0.7"])
        code = page.model.phones.room.code
        names = [""] * who[0] if who and isinstance(who[0], int) else [str(one) for one in who]
        made = [Phone(files[0], code, name) for name in names]
        tick(page)
        return made

    yield let_in
    for file in files:
        file.close()
