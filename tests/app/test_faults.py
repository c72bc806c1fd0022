"""A full disk, a folder that is read-only, a log that somebody holds: one sentence each, and no loss."""

import datetime as dt
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from interview_coach.app.workfolder import make_work_folder
from interview_coach.errors import KitError
from interview_coach.outcomes import OutcomeLog, database
from interview_coach.outcomes.doctor import examine
from interview_coach.panels.desk import Desk
from interview_coach.panels.kit.guard import RAISE
from interview_coach.panels.log import log_panel
from interview_coach.panels.practice import practice_panel
from tests.outcomes.entries import call
from tests.panels.driving import buttons, inside, press, words

FULL = "no room left on its disk"


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    made = sys.platform.startswith("linux") and mount is not None and os.geteuid() == 0
    if made:
        told = subprocess.run(
            [str(mount), "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)],
            capture_output=True,
            check=False,
        )
        made = told.returncode == 0
    if not made:
        pytest.skip("A small disk can only be made by root on Linux, outside most containers.")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path) -> Path:
    """Leave no room on a disk."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65536, 4096):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    return filler


def test_a_full_disk_takes_no_call_and_loses_none(tiny: Path) -> None:
    log = tiny / "outcomes.db"
    with OutcomeLog.open(log) as opened:
        opened.add_call(call(client_id="first"))
        filler = fill(tiny)
        added = 0
        with pytest.raises(KitError) as caught:
            for number in range(500):
                opened.add_call(call(client_id=f"c{number}", interview_id=f"i{number}"))
                added += 1
        assert FULL in str(caught.value)
        assert "nothing was written; free some and try again." in str(caught.value)
        assert len(opened.calls()) == 1 + added
        filler.unlink()
        opened.add_call(call(client_id="after", interview_id="after"))
        assert len(opened.calls()) == 2 + added
    assert all(one.ok for one in examine(log)), examine(log)


def test_a_full_disk_on_the_page_keeps_what_was_typed_and_the_call(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(RAISE, raising=False)
    page = practice_panel(seed=7, log=str(tiny / "outcomes.db"), house="")
    press(page, "Play")
    press(page, "Write an email")
    (field,) = (one for one in inside(page) if getattr(one, "description", "") == "Your words")
    field.value = "Dear Ms Carter, I called at two."
    filler = fill(tiny)
    # What is in the journal already may be written over without more room: until it is not.
    for _ in range(400):
        press(page, "Send mine")
        if FULL in words(page):
            break
        press(page, "Take back")
        press(page, "Write an email")
        (field,) = (one for one in inside(page) if getattr(one, "description", "") == "Your words")
        field.value = "Dear Ms Carter, I called at two."
    else:
        pytest.fail("the disk did not fill up")
    assert "Traceback" not in words(page)
    if "Send mine" in buttons(page):
        assert field.value == "Dear Ms Carter, I called at two."
    filler.unlink()
    press(page, "Send mine" if "Send mine" in buttons(page) else "Take back")
    assert FULL not in words(page)
    # A kernel that starts anew finds the call where it stood.
    again = practice_panel(seed=7, log=str(tiny / "outcomes.db"), house="")
    assert again.title.startswith("You were in the middle of a call")


def test_a_full_disk_keeps_the_draft_of_before(tiny: Path) -> None:
    desk = Desk(tiny / "desk.json")
    desk.keep("today", {"number": "020 7946 0018"})
    fill(tiny)
    with pytest.raises(KitError, match="it stays on this page; copy it before you leave"):
        desk.keep("today", {"number": "x" * 100_000})
    assert Desk(tiny / "desk.json").read("today") == {"number": "020 7946 0018"}
    assert [one.name for one in tiny.iterdir() if one.name.startswith(".")] == []


def test_a_full_disk_makes_no_half_of_a_work_folder(tiny: Path) -> None:
    filler = fill(tiny)
    with pytest.raises(KitError, match=r"cannot be written \(No space left on device\)"):
        make_work_folder(tiny / "work")
    halves = [one for one in (tiny / "work").glob("*.ipynb") if one.stat().st_size == 0]
    assert halves == []
    filler.unlink()
    make_work_folder(tiny / "work")
    assert (tiny / "work" / "00_start_here.ipynb").stat().st_size > 0


def test_a_log_that_somebody_holds_keeps_the_entry_on_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    monkeypatch.delenv(RAISE, raising=False)
    log = tmp_path / "outcomes.db"
    with OutcomeLog.open(log) as opened:
        opened.add_call(call())
    when = {"day": dt.date(2026, 3, 6), "time": dt.time(14, 0)}
    page = log_panel(str(log), "me", "Europe/London", "", client="amara", employer="Acme", **when)
    page.model.entry.state = "missed"
    with closing(sqlite3.connect(log, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        press(page, "Log it")
        assert "in use by another program" in words(page)
        assert page.model.entry.client == "amara"
        other.execute("ROLLBACK")
    with OutcomeLog.open(log) as opened:
        assert len(opened.calls()) == 1
    press(page, "Log it")
    with OutcomeLog.open(log) as opened:
        assert len(opened.calls()) == 2


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="Root may write everywhere."
)
def test_a_folder_that_is_read_only_is_said(tmp_path: Path) -> None:
    place = tmp_path / "work"
    place.mkdir(mode=0o555)
    with pytest.raises(KitError, match="cannot be written"):
        make_work_folder(place / "mine")


@pytest.mark.parametrize("number", [13, 28, 30])
def test_whatever_keeps_a_folder_from_being_written_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refused(*given: Any, **more: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", refused)
    with pytest.raises(KitError) as caught:
        make_work_folder(tmp_path / "work")
    assert str(caught.value) == (
        f"The work folder {tmp_path / 'work'} cannot be written ({os.strerror(number)}); choose "
        "another one, or make room there."
    )
