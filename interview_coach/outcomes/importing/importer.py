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
from interview_coach.outcomes import database
from interview_coach.outcomes.importing import bulk
from interview_coach.outcomes.importing.interpret import Interpretation, interpret
from interview_coach.outcomes.importing.mapping import ColumnMapping, load_mapping
from interview_coach.outcomes.importing.reading import read_table
from interview_coach.outcomes.importing.rejects import free_name, write_rejects
from interview_coach.outcomes.importing.returning import holds_calls, known_calls, left_behind
from interview_coach.outcomes.memory import no_collecting
from interview_coach.outcomes.store import OutcomeLog

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
        were, were_not = ("would be", "would not be") if self.dry_run else ("were", "were not")
        says = [f"{self.imported:,} of {self.rows:,} rows of {self.file} {were} imported."]
        if self.already_there:
            says.append(f"{self.already_there:,} are in the log already, from an earlier import.")
        if self.rejected:
            where = f"; they are listed in {self.rejects_path}" if self.rejects_path else ""
            says.append(f"{self.rejected:,} {were_not}{where}.")
        return "\n".join([*says, *self.notes])

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
        raise KitError("The rejects file cannot be the imported file itself; name another one.")
    with _telling(progress) as tell, no_collecting():
        tell("Reading the file", 0, 1)
        table = read_table(
            path,
            spec.needed(),
            delimiter=spec.file.delimiter,
            encoding=spec.file.encoding,
            sheet=spec.file.sheet,
            words=spec.file.words,
            words_in=spec.file.words_in,
        )
        now = clock().astimezone(UTC)
        read = interpret(table, spec, now, lambda done, of: tell("Checking the rows", done, of))
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
                    (table.lines[row], reasons, table.rows[row])
                    for row, reasons in sorted(read.reasons.items())
                ]
                write_rejects(written, table.header, rows, table.delimiter)
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
                        plan, log, list_rejects, lambda n, of: tell("Writing the log", n, of)
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
        read.add(row, reason or "this call is in the log already")
    return back


def _notes(
    spec: ColumnMapping, read: Interpretation, doubted: list[int], unsaid: int
) -> Iterator[str]:
    lines = read.table.lines
    if read.without_time:
        zone = spec.constants.get("timezone") or spec.time.timezone or "the row's time zone"
        have = "1 row has" if read.without_time == 1 else f"{read.without_time:,} rows have"
        yield (
            f"{have} only a date: {spec.time.start_time} ({zone}) was taken as the start, as the "
            "mapping says."
        )
    if read.booked_late:
        one = read.booked_late == 1
        says = "1 row says it was" if one else f"{read.booked_late:,} rows say they were"
        yield (
            f"{says} booked after the agreed start, which cannot be; when {'it was' if one else 'they were'} "
            "booked is left empty."
        )
    by_doubt: dict[str, list[int]] = {}
    for row in doubted:
        by_doubt.setdefault(read.fields["date_doubt"][row], []).append(lines[row])
    for doubt, where in by_doubt.items():
        dates = "1 date is" if len(where) == 1 else f"{len(where):,} dates are"
        yield f"{dates} doubted and kept out of months ({_lines(where)}): {doubt}."
    if unsaid:
        lie, them = ("1 call lies", "it") if unsaid == 1 else (f"{unsaid:,} calls lie", "them")
        ended, kept = ("it ended", "it is") if unsaid == 1 else ("they ended", "they are")
        yield (
            f"{lie} in the past and nobody said how {ended}; {kept} kept as pending: say in the log "
            f"what became of {them}."
        )
    rejected = sorted(read.reasons.items())
    reasons = Counter(reason for _, each in rejected for reason in each)
    first = {reason: lines[row] for row, each in reversed(rejected) for reason in each}
    for reason, count in reasons.most_common(5):
        times = (
            f"line {first[reason]}" if count == 1 else f"{count:,} rows, first line {first[reason]}"
        )
        yield f"Not imported ({times}): {reason.rstrip('.?')}."
    if len(reasons) > 5:
        yield f"{len(reasons) - 5:,} more reasons stand in the rejects file."


def _moved_on(calls: int) -> Iterator[str]:
    if calls:
        stand = "1 call stands" if calls == 1 else f"{calls:,} calls stand"
        yield (
            f"{stand} in the calendar at another time now, and in the log as pending at the old one: if "
            "moved, say so in the log."
        )


def _lines(lines: list[int]) -> str:
    if len(lines) == 1:
        return f"line {lines[0]}"
    if len(lines) <= 5:
        return "lines " + ", ".join(map(str, lines))
    return f"lines {lines[0]} to {lines[-1]}"


class _telling:
    """Passes progress on, to the caller or to a bar on a terminal."""

    def __init__(self, progress: Progress | None):
        self._progress = progress
        self._bar: Any = None

    def __enter__(self) -> Progress:
        return self._progress or self._show

    def __exit__(self, *_: object) -> None:
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
