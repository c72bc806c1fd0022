"""Bringing a file of calls into the log: every row is imported, or listed with its reason.

The whole file is one transaction. Running it again adds nothing: a row is recognised by who, which
interview and when (or by the file's own number), and by how many rows before it say the same, so
that two calls that look alike stay two.
"""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tqdm import tqdm

from interview_coach.errors import KitError
from interview_coach.language import _, ngettext
from interview_coach.outcomes import database
from interview_coach.outcomes.importing import bulk
from interview_coach.outcomes.importing.dates import doubt_in_words
from interview_coach.outcomes.importing.interpret import Interpretation, interpret
from interview_coach.outcomes.importing.mapping import ColumnMapping, load_mapping
from interview_coach.outcomes.importing.reading import read_table
from interview_coach.outcomes.importing.rejects import free_name, write_rejects
from interview_coach.outcomes.importing.returning import holds_calls, known_calls, left_behind
from interview_coach.outcomes.importing.table import Note
from interview_coach.outcomes.memory import no_collecting
from interview_coach.outcomes.store import OutcomeLog
from interview_coach.wording import counted, number

__all__ = ["ImportResult", "import_file"]

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class ImportResult:
    """What became of each row of a file: `imported` + `already_there` + `rejected` == `rows`.

    `act` is its number in the log, by which `OutcomeLog.undo_act` takes all of it back; None where
    nothing was written.
    """

    file: str
    rows: int
    imported: int
    already_there: int
    rejected: int
    doubtful: int
    rejects_path: Path | None
    dry_run: bool
    act: int | None = None
    notes: list[str] = field(default_factory=list)

    def summary(self) -> str:
        """Say it in sentences, one a line."""
        says = (
            _("{n} of {total} rows of {file} would be imported.")
            if self.dry_run
            else _("{n} of {total} rows of {file} were imported.")
        )
        said = [says.format(n=number(self.imported), total=number(self.rows), file=self.file)]
        if self.already_there:
            says = _("{n} are in the log already, from an earlier import.")
            said.append(says.format(n=number(self.already_there)))
        if self.rejected:
            if self.rejects_path:
                says = (
                    _("{n} would not be; they are listed in {file}.")
                    if self.dry_run
                    else _("{n} were not; they are listed in {file}.")
                )
            else:
                says = _("{n} would not be.") if self.dry_run else _("{n} were not.")
            said.append(says.format(n=number(self.rejected), file=self.rejects_path))
        return "\n".join([*said, *self.notes])

    def as_dict(self) -> dict[str, Any]:
        """Give it for machines."""
        return {
            **{name: getattr(self, name) for name in ("file", "rows", "imported", "already_there")},
            **{name: getattr(self, name) for name in ("rejected", "doubtful")},
            "rejects_path": str(self.rejects_path) if self.rejects_path else None,
            "dry_run": self.dry_run,
            "act": self.act,
            "notes": list(self.notes),
        }


def import_file(
    file: str | os.PathLike[str],
    mapping: str | os.PathLike[str] | ColumnMapping,
    log_url: str | os.PathLike[str],
    *,
    rejects: str | os.PathLike[str] | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    coach: str = "me",
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> ImportResult:
    """Import a file of calls: CSV, TSV, XLSX, Parquet, or a calendar's ICS.

    Parameters
    ----------
    file : path
        The file: a table with a header, or a calendar.
    mapping : path or ColumnMapping
        What its columns mean.
    log_url : str or path
        The log; it is made if there is none.
    rejects : path, optional
        Where the rows that are not imported are listed; beside the file if left out
        (``NAME.rejects.csv``). It is only written when there are such rows.
    dry_run : bool
        Say what would happen, and write nothing (but for `rejects`, if it is named).
    progress : callable, optional
        Called with words, how many rows are done, and of how many. Without it a bar is shown where
        somebody watches a terminal.
    coach : str
        Who imports, and the coach of rows that name none.
    clock : callable
        Gives the present moment as an aware datetime.

    Returns
    -------
    ImportResult

    Raises
    ------
    KitError
        If the file, the mapping or the log cannot be used; then nothing is written.
    """
    path = Path(file)
    spec = load_mapping(mapping)
    target = Path(rejects) if rejects is not None else None
    if target is not None and target.resolve() == path.resolve():
        raise KitError(_("The rejects file cannot be the imported file itself; name another one."))
    with _telling(progress) as tell, no_collecting():
        tell(_("Reading the file"), 0, 1)
        as_read = read_table(
            path,
            spec.read(),
            delimiter=spec.file.delimiter,
            encoding=spec.file.encoding,
            sheet=spec.file.sheet,
            words=spec.file.words,
            words_in=spec.file.words_in,
        )
        table = as_read.with_marks(spec.file.marks)
        now = clock().astimezone(UTC)
        read = interpret(table, spec, now, lambda done, of: tell(_("Checking the rows"), done, of))
        plan = bulk.Plan(coach, now, spec.client.pseudonymous, read)
        back: dict[int, str | None] = {}
        moved_on = 0
        written = target if dry_run else target or free_name(path)
        listed: Path | None = None

        def list_rejects() -> None:
            nonlocal listed
            # Calls that the log has already are set aside for the writing, and are no rejects.
            for row in (row for row, reason in back.items() if reason is None):
                read.reasons.pop(row, None)
            if read.reasons and written is not None:
                rows = [
                    (table.lines[row], reasons, as_read.rows[row])
                    for row, reasons in sorted(read.reasons.items())
                ]
                write_rejects(written, as_read.header, rows, table.delimiter)
                listed = written

        if dry_run:
            if _is_there(log_url):
                with OutcomeLog.open(log_url, coach, clock=clock) as log:
                    back = _set_aside(read, spec, log)
            done = bulk.rehearse(plan, log_url)
            list_rejects()
        else:
            try:
                with OutcomeLog.open(log_url, coach, clock=clock) as log:
                    back = _set_aside(read, spec, log)
                    before = log.calls() if table.kind == "calendar" else None
                    # The list is written before the rows are kept for good: if it cannot be, neither is.
                    done = bulk.keep(
                        plan, log, list_rejects, lambda n, of: tell(_("Writing the log"), n, of)
                    )
                    moved_on = left_behind(before, log.calls()) if before is not None else 0
            except BaseException:
                if listed is not None:
                    listed.unlink(missing_ok=True)
                raise
    doubted = [row for row in done.added if read.fields["date_doubt"][row]]
    starts, states = read.fields["scheduled_at"], read.fields["state"]
    unsaid = sum(states[row] == "pending" and starts[row] < now for row in done.added)
    result = ImportResult(
        file=table.name,
        rows=len(table.rows),
        imported=len(done.added),
        already_there=done.already_there + sum(reason is None for reason in back.values()),
        rejected=len(read.reasons),
        doubtful=len(doubted),
        rejects_path=listed,
        dry_run=dry_run,
        act=done.act,
        notes=[*table.notes, *_notes(spec, read, doubted, unsaid), *_moved_on(moved_on)],
    )
    assert result.imported + result.already_there + result.rejected == result.rows
    return result


def _is_there(log_url: str | os.PathLike[str]) -> bool:
    url = database.location(log_url)
    return url.get_backend_name() != "sqlite" or Path(str(url.database)).exists()


def _set_aside(read: Interpretation, spec: ColumnMapping, log: OutcomeLog) -> dict[int, str | None]:
    """Set the rows aside that are calls of this log, which an export took out of it."""
    if not holds_calls(read, spec):
        return {}
    back = known_calls(read, spec, log.calls())
    for row, reason in back.items():
        read.add(row, reason or _("this call is in the log already"))
    return back


def _notes(
    spec: ColumnMapping, read: Interpretation, doubted: list[int], unsaid: int
) -> Iterator[str]:
    lines = read.table.lines
    if read.without_time:
        zone = spec.constants.get("timezone") or spec.time.timezone or _("the row's time zone")
        yield ngettext(
            "{n} row has only a date: {time} ({zone}) was taken as the start, as the mapping says.",
            "{n} rows have only a date: {time} ({zone}) was taken as the start, as the mapping says.",
            read.without_time,
        ).format(n=number(read.without_time), time=spec.time.start_time, zone=zone)
    if read.booked_late:
        yield counted(
            read.booked_late,
            "{n} row says it was booked after the agreed start, which cannot be; when it was booked "
            "is left empty.",
            "{n} rows say they were booked after the agreed start, which cannot be; when they were "
            "booked is left empty.",
        )
    by_doubt: dict[str, list[int]] = {}
    for row in doubted:
        by_doubt.setdefault(read.fields["date_doubt"][row], []).append(lines[row])
    for doubt, where in by_doubt.items():
        yield ngettext(
            "{n} date is doubted and kept out of months ({lines}): {doubt}.",
            "{n} dates are doubted and kept out of months ({lines}): {doubt}.",
            len(where),
        ).format(n=number(len(where)), lines=_lines(where), doubt=doubt_in_words(doubt))
    if unsaid:
        yield counted(
            unsaid,
            "{n} call lies in the past and nobody said how it ended; it is kept as pending: say in "
            "the log what became of it.",
            "{n} calls lie in the past and nobody said how they ended; they are kept as pending: say "
            "in the log what became of them.",
        )
    rejected = sorted(read.reasons.items())
    reasons = Counter(reason for _row, each in rejected for reason in each)
    first = {reason: lines[row] for row, each in reversed(rejected) for reason in each}
    for reason, count in reasons.most_common(5):
        says = (
            _("Not imported (line {line}): {reason}.")
            if count == 1
            else _("Not imported ({n} rows, first line {line}): {reason}.")
        )
        said = says.format(
            n=number(count), line=first[reason], reason=reason.rstrip(".?").replace("¿", "")
        )
        # A page lists these rows.
        yield Note(said, page="")
    if len(reasons) > 5:
        more = _("{n} more reasons stand in the rejects file.").format(n=number(len(reasons) - 5))
        yield Note(more, page="")


def _moved_on(calls: int) -> Iterator[str]:
    if calls:
        yield counted(
            calls,
            "{n} call stands in the calendar at another time now, and in the log as pending at the "
            "old one: if moved, say so in the log.",
            "{n} calls stand in the calendar at another time now, and in the log as pending at the "
            "old one: if moved, say so in the log.",
        )


def _lines(lines: list[int]) -> str:
    if len(lines) == 1:
        return _("line {line}").format(line=lines[0])
    if len(lines) <= 5:
        return _("lines {lines}").format(lines=", ".join(map(str, lines)))
    return _("lines {first} to {last}").format(first=lines[0], last=lines[-1])


class _telling:
    """Passes progress on, to the caller or to a bar on a terminal."""

    def __init__(self, progress: Progress | None):
        self._progress = progress
        self._bar: Any = None

    def __enter__(self) -> Progress:
        return self._progress or self._show

    def __exit__(self, *__: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def _show(self, words: str, done: int, of: int) -> None:
        # A bar for what takes over a second; nothing where the output is a file or a notebook's cell.
        if of < 20_000 or not sys.stderr.isatty():
            return
        if self._bar is None or self._bar.desc.rstrip(": ") != words:
            if self._bar is not None:
                self._bar.close()
            self._bar = tqdm(total=of, desc=words, unit=" rows", leave=False)
        self._bar.update(done - self._bar.n)
