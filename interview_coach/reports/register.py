"""The list of the reports in a folder: which is of which group, and whether it is still right.

It lies beside the reports as ``.reports.json``. No call and no client is in it: what a report was made
of is kept as a digest, and what it says as the line above it.
"""

import hashlib
import json
import math
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np
import pandas as pd

from interview_coach import __version__
from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.reports.legible import file_names
from interview_coach.reports.question import Question
from interview_coach.reports.reading import Data
from interview_coach.writing import write_whole

__all__ = ["FILE", "Entry", "Register", "fingerprint"]

FILE = ".reports.json"
# Seconds between two writings of the list: what was made since then is made again after a crash.
_SAVED_EVERY = 1.0


@dataclass(frozen=True)
class Entry:
    """One report: its group, folder, formats and finding, what it was made of, and its files.

    `files` are digests by path within the folder; empty as long as the report is not made.
    """

    group: str
    folder: str
    formats: tuple[str, ...] = ()
    finding: str = ""
    fingerprint: str = ""
    files: dict[str, str] = field(default_factory=dict)


class Register:
    """The reports that lie in a folder, by what each is of ("cohort=Spring").

    Raises
    ------
    KitError
        If there is a list that cannot be read.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self._saved = -math.inf
        self.entries: dict[str, Entry] = {}
        file = out / FILE
        if not file.is_file():
            return
        try:
            kept = json.loads(file.read_text(encoding="utf-8"))["reports"]
            self.entries = {key: _entry(value) for key, value in kept.items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            raise KitError(
                _(
                    "The list of reports {file} cannot be read, so that nobody can tell which folders "
                    "are reports; move it away, or name another folder."
                ).format(file=file)
            ) from None

    def named(self, groups: Iterable[tuple[str, str]]) -> None:
        """Give every (key, group) a folder: the one that it had, or one that nothing else has.

        Listed before any is made: a folder that is in its place is always known to be a report.
        """
        new = [(key, group) for key, group in groups if key not in self.entries]
        there = {path.name for path in self.out.iterdir()}
        there |= {entry.folder for entry in self.entries.values()}
        folders = file_names((group for __, group in new), besides=there)
        for (key, group), folder in zip(new, folders, strict=True):
            self.entries[key] = Entry(group, folder)
        self.save()

    def still_right(self, key: str, mark: str) -> bool:
        """Say whether a report is there, as it was made, of the same things."""
        entry = self.entries[key]
        folder = self.out / entry.folder
        return bool(entry.files) and entry.fingerprint == mark and _digests(folder) == entry.files

    def put(self, key: str, made: Path, formats: Sequence[str], finding: str, mark: str) -> None:
        """Put a finished report in its place; an earlier one gives way only now.

        Raises
        ------
        OSError
            If it cannot be put there; an earlier one then stays.
        """
        group, folder = self.entries[key].group, self.entries[key].folder
        self.entries[key] = Entry(group, folder, tuple(formats), finding, mark, _digests(made))
        target, old = self.out / folder, made.with_name(f"{made.name}-old")
        if target.exists():
            target.rename(old)
        try:
            made.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise
        shutil.rmtree(old, ignore_errors=True)
        if monotonic() > self._saved + _SAVED_EVERY:
            self.save()

    def save(self) -> None:
        """Write the list, in one step."""
        kept = {key: vars(entry) for key, entry in self.entries.items()}
        write_whole(self.out / FILE, json.dumps({"kit": __version__, "reports": kept}).encode())
        self._saved = monotonic()


def fingerprint(question: Question, day: str, formats: Sequence[str], data: Data) -> str:
    """Give a mark that differs where anything differs that the report is made of.

    Parameters
    ----------
    question : Question
        As it was asked; where its log lies does not matter.
    day : str
        That of the report, as 2026-01-31: tomorrow more calls are over.
    formats : sequence of str
    data : Data
        Of the group.
    """
    logo = question.picture()
    parts: list[Any] = [
        __version__,
        day,
        sorted(formats),
        {
            **question.given(),
            "log": "",
            "logo": hashlib.sha256(logo[1]).hexdigest() if logo else "",
        },
        [asdict(view) for view in data.views],
        *(_rows(frame) for frame in (data.calls, data.clients, data.practice)),
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _rows(frame: pd.DataFrame | None) -> Any:
    if frame is None:
        return None
    # In whichever order the log gives them.
    marks = np.sort(pd.util.hash_pandas_object(frame, index=False).to_numpy())
    return [list(map(str, frame.columns)), hashlib.sha256(marks.tobytes()).hexdigest()]


def _digests(folder: Path) -> dict[str, str]:
    if not folder.is_dir():
        return {}
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in found
    }


def _entry(kept: dict[str, Any]) -> Entry:
    entry = Entry(**{**kept, "formats": tuple(kept["formats"])})
    # A folder is renamed and removed by this name: it must be one right here.
    if entry.folder in {"", os.curdir, os.pardir} or Path(entry.folder).name != entry.folder:
        raise ValueError(entry.folder)
    return entry
