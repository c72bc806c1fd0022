"""Ways to make a report that take no time, fail, hang or die; a worker imports them from here."""

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from interview_coach.errors import KitError
from interview_coach.reports.question import Question
from interview_coach.reports.reading import Data
from tests.calls_frames import calls_frame


def data(cohorts: Sequence[str | None], each: int = 2) -> Data:
    rows = [{"cohort": cohort} for cohort in cohorts for _ in range(each)]
    return Data(calls_frame(rows), "Calls from a test.")


def plain(
    question: Question, data: Data, folder: Path, formats: Sequence[str]
) -> tuple[str, list[Path]]:
    """Write what was asked, of how many calls, and by which process."""
    folder.mkdir()
    (folder / "figures").mkdir()
    (folder / "figures" / "one.svg").write_text("<svg/>")
    made = [folder / f"outcome_report.{kind}" for kind in formats]
    for path in made:
        path.write_text(f"{question.only}: {len(data.calls)} calls, process {os.getpid()}")
    return f"{len(data.calls)} calls of {question.only}", made


def careful(
    question: Question, data: Data, folder: Path, formats: Sequence[str]
) -> tuple[str, list[Path]]:
    """Fail as the kit does, or as a program does, or die, by the name of the group."""
    folder.mkdir()
    (folder / "outcome_report.html").write_text("half a rep")
    if "unreadable" in question.only:
        raise KitError("The clients' file cannot be read; look whether it is there.")
    if "broken" in question.only:
        raise ValueError("Anna's number is 0151 2345")
    if "dies" in question.only:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    (folder / "outcome_report.html").unlink()
    folder.rmdir()
    return plain(question, data, folder, formats)


def slow(
    question: Question, data: Data, folder: Path, formats: Sequence[str]
) -> tuple[str, list[Path]]:
    """Be ready with the first groups only, and write and write at the others."""
    if "quick" in question.only:
        return plain(question, data, folder, formats)
    folder.mkdir()
    (folder / "outcome_report.html").write_text("half a rep")
    time.sleep(600)
    raise AssertionError
