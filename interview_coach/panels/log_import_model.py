"""Bringing a file in, as a state: the file, what the assistant proposes, what would happen, what did."""

import csv
import tempfile
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import traitlets

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes import (
    ColumnMapping,
    ImportResult,
    Proposal,
    import_file,
    load_mapping,
    propose,
)
from interview_coach.outcomes.importing.mapping_file import mapping_toml
from interview_coach.outcomes.importing.reading import read_table
from interview_coach.panels.log_model import LogModel
from interview_coach.writing import PASSING

__all__ = ["SHOWN", "ImportModel", "Reject"]

SHOWN = 20
_ENDINGS = frozenset((".csv", ".tsv", ".txt", ".xlsx", ".parquet", ".ics"))
Progress = Callable[[str, int, int], None]


class Reject(NamedTuple):
    """A row that is not brought in: its line in the file, the reasons, and what stands in it."""

    line: str
    reason: str
    cells: Sequence[str]


class ImportModel(traitlets.HasTraits):
    """A file on its way into the log.

    Attributes
    ----------
    proposal : Proposal or None
        What the assistant makes of the file.
    mapping : ColumnMapping or None
        What its columns mean; None while a question is open.
    tried, done : ImportResult or None
        What would happen, and what did.
    rejects, header : list of Reject, list of str
        The rows that cannot be brought in, and the columns of the file.
    changed : int
        Counts; watch it.
    """

    changed = traitlets.Int(0)

    def __init__(self, log: LogModel) -> None:
        super().__init__()
        self._log = log
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._forget()

    def _forget(self) -> None:
        if self._folder is not None:
            self._folder.cleanup()
        self._folder = None
        self.proposal: Proposal | None = None
        self.mapping: ColumnMapping | None = None
        self.tried: ImportResult | None = None
        self.done: ImportResult | None = None
        self.rejects: list[Reject] = []
        self.rejects_file = b""
        self.header: list[str] = []
        self.name = ""
        self._path = Path()

    def put_away(self) -> None:
        """Forget the file."""
        self._forget()
        self.changed += 1

    def take(self, name: str, content: bytes, mapping: bytes = b"", dates: str = "") -> None:
        """Take a file, and the mapping that was kept of one like it, if there is one.

        Raises
        ------
        NoDates
            If it has to be said which column holds the dates of the calls: give it as `dates`.
        KitError
            If it cannot be read as a table or a calendar, or the mapping does not fit; then what was
            there before stays.
        """
        bare = Path(name.replace("\\", "/")).name or "file"
        if Path(bare).suffix.lower() not in _ENDINGS:
            raise KitError(
                _(
                    "{file}: choose a spreadsheet (.xlsx), a table (.csv, .tsv, .parquet) or a "
                    "calendar (.ics)."
                ).format(file=bare[:60])
            )
        # Only its owner can look into it (0700), and it is gone with the page.
        folder = tempfile.TemporaryDirectory(prefix=PASSING)
        try:
            path = Path(folder.name) / _harmless(bare)
            path.write_bytes(content)
            found, spec = None, None
            if mapping:
                kept = Path(folder.name) / "mapping.toml"
                kept.write_bytes(mapping)
                spec = load_mapping(kept)
                found = _as_mapped(path, spec)
            else:
                told = {"column:scheduled_at": dates} if dates else None
                found = propose(path, answers=told, timezone=_said(self._log.timezone))
        except BaseException:
            folder.cleanup()
            raise
        self._forget()
        # The copy of the file goes with the page that holds it.
        weakref.finalize(self, folder.cleanup)
        self._folder, self._path, self.name = folder, path, bare
        self.proposal, self.mapping = found, spec
        self._settle()

    def answer(self, name: str, value: str) -> None:
        """Answer a question of the assistant, or say which column fills a field."""
        assert self.proposal is not None
        self.proposal = self.proposal.answer(name, value)
        self._settle()

    def _settle(self) -> None:
        """Try the import out, if nothing is open."""
        assert self.proposal is not None
        self.tried = None
        self.mapping = None if self.proposal.open_questions else self.proposal.mapping
        if self.mapping is not None:
            self.tried = self._run(dry_run=True)
        self.changed += 1

    def preview(self) -> pd.DataFrame:
        """Give what the first rows would become."""
        assert self.proposal is not None
        return self.proposal.preview(SHOWN)

    def bring_in(self, progress: Progress) -> None:
        """Import the file in one transaction."""
        if self.mapping is None:
            raise KitError(_("Answer the open questions first; nothing was brought in."))
        self.done = self._run(dry_run=False, progress=progress)
        self._log.read()
        self.changed += 1
        self._log.changed += 1

    def _run(self, *, dry_run: bool, progress: Progress = lambda *__: None) -> ImportResult:
        assert self.mapping is not None and self._folder is not None
        listed = Path(self._folder.name) / "rejects.list"
        listed.unlink(missing_ok=True)
        result = import_file(
            self._path,
            self.mapping,
            self._log.log,
            rejects=listed,
            dry_run=dry_run,
            progress=progress,
            coach=self._log.coach,
        )
        self.rejects_file = listed.read_bytes() if listed.exists() else b""
        self.header, self.rejects = _rejected(self.rejects_file)
        return result

    def toml(self) -> str:
        """Give the mapping as a file, for next time."""
        assert self.mapping is not None
        return mapping_toml(self.mapping)


def _said(timezone: str) -> str | None:
    # A machine that says UTC mostly says nothing.
    return None if timezone in {"UTC", "Etc/UTC"} else timezone


def _harmless(name: str) -> str:
    """Give a name under which any file can be kept: its ending stays, and what is said of it."""
    kept = "".join(letter if letter.isprintable() else "_" for letter in name)
    stem, suffix = Path(kept).stem[:60].strip(". ") or "file", Path(kept).suffix.lower()
    return f"{stem}{suffix}"


def _as_mapped(path: Path, spec: ColumnMapping) -> Proposal:
    """Make a proposal of a mapping that was kept: nothing to ask."""
    shape = spec.file
    table = read_table(
        path,
        spec.read(),
        delimiter=shape.delimiter,
        encoding=shape.encoding,
        sheet=shape.sheet,
        words=shape.words,
        words_in=shape.words_in,
    )
    table = table.with_marks(shape.marks)
    return Proposal(table, table, {}, None, (), (), spec)


def _rejected(content: bytes) -> tuple[list[str], list[Reject]]:
    if not content:
        return [], []
    text = content.decode("utf-8-sig")
    mark = next((sign for sign in (",", "\t", ";", "|") if text.startswith(f'"line"{sign}')), ",")
    head, *rows = csv.reader(text.splitlines(keepends=True), delimiter=mark)
    return head[2:], [Reject(row[0], row[1], row[2:]) for row in rows]
