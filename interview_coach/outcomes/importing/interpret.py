"""From the cells of a file to calls: each row becomes a call, or gets reasons why it cannot.

Nothing here touches a database. The work goes column by column, because that is where cells repeat.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from itertools import repeat
from typing import Any

from interview_coach.language import _, ngettext
from interview_coach.outcomes.importing.cells import (
    Cells,
    Clients,
    Folded,
    Start,
    Starts,
    field_reader,
    moment_of,
    shown,
)
from interview_coach.outcomes.importing.dates import NOT_BEGUN, FileDate, doubts, read_time_of_day
from interview_coach.outcomes.importing.mapping import ColumnMapping
from interview_coach.outcomes.importing.table import LONGEST_CELL, FileTable
from interview_coach.outcomes.model import TIMES, contradictions
from interview_coach.outcomes.moments import first_moment
from interview_coach.times import zone
from interview_coach.wording import number

__all__ = ["Interpretation", "interpret"]

_BOOKED = "booked_at"
_LATER = tuple(name for name in TIMES if name not in {"scheduled_at", _BOOKED})
_DEFAULTS = {"state": "pending", "synthetic": False, "channel": "phone", "caller": "interviewer"}
# What cannot be written in a cell, so that joined cells never run into each other.
_JOIN = "\0"


@dataclass
class Interpretation:
    """What the rows of a file say; every list has one place for each row.

    `fields` are those of a call; `client` says who, `interview` and `identity` which, `content` what:
    texts without regard to case and spaces. `content_before` is what an older kit, which knew of no
    bookings, took it to say. `reasons` holds, by row, why it cannot be imported; `booked_late` counts
    the rows that were booked after their start.
    """

    table: FileTable
    fields: dict[str, list[Any]]
    client: list[str]
    interview: list[str] | None
    identity: list[str]
    content: list[str]
    content_before: list[str]
    reasons: dict[int, list[str]] = field(default_factory=dict)
    without_time: int = 0
    booked_late: int = 0

    def add(self, row: int, reason: str) -> None:
        """Add a reason why a row cannot be imported."""
        self.reasons.setdefault(row, []).append(reason)


def interpret(
    table: FileTable,
    mapping: ColumnMapping,
    now: datetime,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Interpretation:
    """Read every row of a file as a call.

    Parameters
    ----------
    table : FileTable
        The file; it holds the columns that the mapping needs.
    mapping : ColumnMapping
        What the columns mean.
    now : datetime
        The moment of the import, aware.
    progress : callable
        Told now and then how much is done, of how much.

    Returns
    -------
    Interpretation
    """
    return _Reader(table, mapping).read(now, progress)


class _Reader:
    """Reads one file with one mapping."""

    def __init__(self, table: FileTable, mapping: ColumnMapping):
        self._table, self._mapping = table, mapping
        self._count, self._width = len(table.rows), len(table.header)
        self._missing = frozenset(spelling.strip().casefold() for spelling in mapping.file.missing)
        self._folded = Folded()
        self._texts: dict[str, list[str]] = {}
        # Rows of another length are rejected, but must not shift the columns of the others.
        blank = [""] * self._width
        even = [
            row if len(row) == self._width else (row + blank)[: self._width] for row in table.rows
        ]
        self._columns = list(zip(*even, strict=True)) or [()] * self._width

    def read(self, now: datetime, progress: Callable[[int, int], None]) -> Interpretation:
        progress(0, self._count)
        mapping = self._mapping
        interview = mapping.interview.columns if mapping.interview else ()
        row_id = mapping.columns.get("row_id")
        when = [
            mapping.columns[n] for n in ("scheduled_at", "scheduled_time") if n in mapping.columns
        ]
        identity = [row_id] if row_id else [*mapping.client.columns, *interview, *when]
        clients = Clients(self._missing, pseudonymous=mapping.client.pseudonymous)
        who: list[tuple[str, ...]]
        if mapping.client.same is not None:
            who = [(mapping.client.same,)] * self._count
        else:
            who = list(zip(*(self._cells(name) for name in mapping.client.columns), strict=True))
        content = self._text(mapping.needed())
        said = Interpretation(
            self._table,
            {},
            [clients[cells] for cells in who],
            self._text(interview) if interview else None,
            self._identity(identity),
            content,
            self._text(mapping.needed(bookings=False)) if _BOOKED in mapping.columns else content,
        )
        self._shapes(said)
        misshapen = set(said.reasons)
        for row, cells in enumerate(who if clients.faults else ()):
            if cells in clients.faults and row not in misshapen:
                said.add(row, clients.faults[cells])
        self._values(said, misshapen)
        starts = self._starts(said, misshapen)
        progress(self._count // 2, self._count)
        self._later(said, starts)
        self._contradictions(said)
        self._doubts(said, starts, now)
        progress(self._count, self._count)
        return said

    def _cells(self, column: str) -> Sequence[str]:
        return self._columns[self._table.place(column)]

    def _text(self, columns: Sequence[str]) -> list[str]:
        # Most columns are asked for twice: for what a row is, and for what it says.
        for column in (column for column in columns if column not in self._texts):
            self._texts[column] = list(map(self._folded.__getitem__, self._cells(column)))
        return list(map(_JOIN.join, zip(*(self._texts[c] for c in columns), strict=True)))

    def _identity(self, columns: Sequence[str]) -> list[str]:
        texts = self._text(columns)
        # Two clients' files may hold the same days: whose they are is not in their columns.
        same = self._mapping.client.same
        return texts if same is None else [f"{same.casefold()}{_JOIN}{text}" for text in texts]

    def _shapes(self, said: Interpretation) -> None:
        width = self._width
        needed = {self._table.place(name) for name in self._mapping.needed()}
        for row, faults in self._table.faults.items():
            for place, says in faults:
                if place is None:
                    said.add(row, says)
                elif place in needed:
                    said.add(row, f"{self._table.header[place].strip()}: {says}")
        for row, cells in enumerate(self._table.rows):
            whole = "".join(cells)
            # One look at the row as a whole settles nearly all of them.
            if (
                len(cells) == width
                and len(whole) <= LONGEST_CELL
                and "\0" not in whole
                and "\n" not in whole
                and whole
                and not whole.isspace()
            ):
                continue
            for reason in self._shape(cells):
                said.add(row, reason)

    def _shape(self, cells: list[str]) -> Iterable[str]:
        if not any(cell.strip() for cell in cells):
            yield _("the row is empty")
            return
        made = bool(self._mapping.file.marks)  # one column is none of the file's
        if len(cells) < self._width:
            yield ngettext(
                "the row has {n} field where the header has {header}",
                "the row has {n} fields where the header has {header}",
                len(cells),
            ).format(n=len(cells), header=self._width - made)
        elif len(cells) > self._width and any(cell.strip() for cell in cells[self._width :]):
            yield (
                _(
                    "the row has {n} fields where the header has {header}; is a field that "
                    "holds the delimiter written without quotation marks?"
                ).format(n=len(cells) - made, header=self._width - made)
            )
        for place, cell in enumerate(cells, 1):
            name = self._table.header[place - 1].strip() if place <= self._width else ""
            where = (
                _("column {place} ({name})").format(place=place, name=name)
                if name
                else _("column {place}").format(place=place)
            )
            if "\0" in cell:
                yield _(
                    "{where} holds a NUL character, which no text has; type that field again"
                ).format(where=where)
            if len(cell) > LONGEST_CELL:
                yield (
                    _(
                        "{where} holds {n} characters, more than any cell of a table of calls; is a "
                        "quotation mark missing there?"
                    ).format(where=where, n=number(len(cell)))
                )
            elif "\n" in cell and self._swallowed(cell):
                yield _(
                    "{where} holds lines that look like rows of their own; is a quotation mark "
                    "missing?"
                ).format(where=where)

    def _swallowed(self, cell: str) -> bool:
        inner = cell.splitlines()[1:-1]
        need = self._width - 1
        return need >= 2 and any(line.count(self._table.delimiter) >= need for line in inner)

    def _values(self, said: Interpretation, misshapen: set[int]) -> None:
        mapping, fields = self._mapping, said.fields
        constants = {**_DEFAULTS, **mapping.constants}
        constants["timezone"] = zone(
            str(mapping.constants.get("timezone") or mapping.time.timezone or "UTC")
        )
        for name, column in mapping.columns.items():
            if name in {"scheduled_at", "scheduled_time", "row_id", *_LATER}:
                continue
            cells = self._cells(column)
            known = self._reader(name, column)
            fields[name] = list(map(known.__getitem__, cells))
            for row, cell in enumerate(cells if known.faults else ()):
                if cell in known.faults and row not in misshapen:
                    said.add(row, known.faults[cell])
        for name, constant in constants.items():
            if name in fields:
                fields[name] = [constant if value is None else value for value in fields[name]]
            else:
                fields[name] = [constant] * self._count
        rules: dict[str, dict[str, str]] = {}
        for state, table in mapping.when_state.items():
            for name, value in table.items():
                rules.setdefault(name, {})[state] = value
        for name, by_state in rules.items():
            mine = fields.get(name) or [None] * self._count
            fields[name] = [
                by_state.get(state) if value is None else value
                for value, state in zip(mine, fields["state"], strict=True)
            ]

    def _reader(self, name: str, column: str) -> Cells:
        spellings = self._mapping.values.get(name, {})
        read = field_reader(name, spellings, self._mapping.time.date_order, self._table.epoch)
        return Cells(column, read, self._missing)

    def _starts(self, said: Interpretation, misshapen: set[int]) -> list[Start]:
        columns = self._mapping.columns
        default = self._mapping.time.start_time
        clock = columns.get("scheduled_time")
        known = Starts(
            self._reader("scheduled_at", columns["scheduled_at"]),
            self._reader("scheduled_time", clock) if clock else None,
            read_time_of_day(default) if default else None,
        )
        keys = zip(
            self._cells(columns["scheduled_at"]),
            self._cells(clock) if clock else repeat("", self._count),
            said.fields["timezone"],
            strict=True,
        )
        starts = list(map(known.__getitem__, keys))
        if any(start.fault for start in known.values()):
            for row, start in enumerate(starts):
                if start.fault and row not in misshapen:
                    said.add(row, start.fault)
        said.fields["scheduled_at"] = [start.at for start in starts]
        said.without_time = sum(start.without_time for start in starts)
        return starts

    def _later(self, said: Interpretation, starts: list[Start]) -> None:
        """Read the other times; a time of day alone is of the day of the call."""
        for name in (_BOOKED, *_LATER):
            column = self._mapping.columns.get(name)
            if column is None:
                continue
            known = self._reader(name, column)
            found: list[datetime | None] = [None] * self._count
            for row, cell in enumerate(self._cells(column)):
                given: FileDate | time | None = known[cell]
                start = starts[row]
                if cell in known.faults and row not in said.reasons:
                    said.add(row, known.faults[cell])
                if given is None or start.day is None:
                    continue
                whole = given if isinstance(given, FileDate) else FileDate(start.day, given)
                timezone = said.fields["timezone"][row]
                try:
                    if name == _BOOKED and whole.clock is None:
                        found[row] = first_moment(whole.day, timezone)
                    else:
                        found[row] = moment_of(whole, timezone)
                except ValueError as error:
                    said.add(row, f"{column}: {shown(cell.strip())}: {error}")
            said.fields[name] = found
        self._bookings(said)

    def _bookings(self, said: Interpretation) -> None:
        """Leave empty when calls were booked that say it was after their start: it says when they were entered."""
        for row, booked in enumerate(said.fields.get(_BOOKED, ())):
            start = said.fields["scheduled_at"][row]
            if booked is not None and start is not None and booked > start:
                said.fields[_BOOKED][row] = None
                said.booked_late += 1

    def _contradictions(self, said: Interpretation) -> None:
        fields = said.fields
        names = [n for n in ("state", "missed_by", "cause", "initiator", "reason") if n in fields]
        later = [name for name in _LATER if name in fields]
        known: dict[tuple[Any, ...], list[str]] = {}
        # Times differ from row to row; without them a few combinations of codes are all there is.
        for row, key in enumerate(zip(*(fields[name] for name in names), strict=True)):
            times = {name: fields[name][row] for name in later if fields[name][row] is not None}
            if times:
                times["scheduled_at"] = fields["scheduled_at"][row]
                says = _faults({**dict(zip(names, key, strict=True)), **times})
            elif key in known:
                says = known[key]
            else:
                says = known[key] = _faults(dict(zip(names, key, strict=True)))
            if says and row not in said.reasons:
                said.reasons[row] = list(says)

    def _doubts(self, said: Interpretation, starts: list[Start], now: datetime) -> None:
        ended = [state in {"completed", "missed"} for state in said.fields["state"]]
        days = [start.day for start in starts]
        found = doubts(days, ended, self._table.lines, now.date())
        for row, start in enumerate(starts):
            if ended[row] and not found[row] and start.at is not None and start.at > now:
                found[row] = NOT_BEGUN
        said.fields["date_doubt"] = found


def _faults(fields: dict[str, Any]) -> list[str]:
    return [f"{fault.field}: {fault.says}" for fault in contradictions(fields)]
