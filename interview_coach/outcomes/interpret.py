"""From the cells of a file to calls: each row becomes a call, or a list of reasons why not.

Nothing here touches a database. Cells repeat (a hundred thousand rows hold a dozen states and a few
thousand days), so every reading of a cell is done once and remembered.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from whenever import PlainDateTime

from interview_coach.errors import KitError
from interview_coach.outcomes.dates import FileDate, doubts, read_date, read_time_of_day
from interview_coach.outcomes.mapping import ColumnMapping
from interview_coach.outcomes.model import CODED, code, contradictions, in_zone
from interview_coach.outcomes.reading import LONGEST_CELL, FileTable
from interview_coach.times import zone

__all__ = ["FileRow", "Interpretation", "interpret"]

_LATER = ("first_message_at", "window_until", "reconnected_at")
_COUNTS = {"waited_minutes": (0, 1440), "round": (1, 99)}
_LIMITS = {"notes": 10_000, "reason": 10_000}
_YES = {"yes": True, "true": True, "1": True, "y": True, "synthetic": True}
_NO = {"no": False, "false": False, "0": False, "n": False}


@dataclass(slots=True)
class FileRow:
    """One row of the file: where it stands, what it says, and what is wrong with it."""

    line: int
    cells: list[str]
    fields: dict[str, Any] = field(default_factory=dict)
    client: tuple[str, ...] = ()
    interview: tuple[str, ...] = ()
    identity: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    reasons: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Interpretation:
    """All rows of a file, and how many got their start time from the mapping."""

    rows: list[FileRow]
    without_time: int


class _Cells(dict[str, tuple[Any, str | None]]):
    """Reads one column: a cell's text to its value, or to a reason; each distinct cell once."""

    def __init__(self, place: int, name: str, read: Callable[[str], Any], missing: frozenset[str]):
        self.place, self.name, self._read, self._absent = place, name, read, missing

    def __missing__(self, cell: str) -> tuple[Any, str | None]:
        found = self[cell] = self._first(cell)
        return found

    def _first(self, cell: str) -> tuple[Any, str | None]:
        text = cell.strip()
        if text.casefold() in self._absent:
            return None, None
        try:
            return self._read(text), None
        except ValueError as error:
            return None, f"{self.name}: {_shown(text)}: {error}"
        except KitError as error:
            return None, f"{self.name}: {str(error).rstrip('.')}"


class _Folded(dict[str, str]):
    """A cell without regard to case and spaces, each distinct cell once."""

    def __missing__(self, cell: str) -> str:
        found = self[cell] = " ".join(cell.split()).casefold()
        return found


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:37] + "...")


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
        Told now and then how many rows are done, of how many.

    Returns
    -------
    Interpretation
        With one `FileRow` for each row of the table, in its order.
    """
    reader = _Reader(table, mapping)
    rows = []
    for number, (line, cells) in enumerate(zip(table.lines, table.rows, strict=True)):
        rows.append(reader.row(line, cells))
        if number % 5000 == 0:
            progress(number, len(table.rows))
    ended = [row.fields.get("state") in {"completed", "missed"} for row in rows]
    days: list[date | None] = [row.fields.pop("_day", None) for row in rows]
    said = doubts(days, ended, table.lines, now.date())
    for row, over, doubt in zip(rows, ended, said, strict=True):
        if doubt:
            row.fields["date_doubt"] = doubt
        elif over and not row.reasons and row.fields["scheduled_at"] > now:
            row.fields["date_doubt"] = "the call is said to be over, but it has not begun yet"
    return Interpretation(rows, sum(bool(row.fields.pop("_default", False)) for row in rows))


class _Reader:
    """Knows, for one file and mapping, how to read a row."""

    def __init__(self, table: FileTable, mapping: ColumnMapping):
        self._table, self._mapping = table, mapping
        self._width = len(table.header)
        self._missing = frozenset(spelling.strip().casefold() for spelling in mapping.file.missing)
        self._cells = {
            name: self._column(name, column)
            for name, column in mapping.columns.items()
            if name not in {"scheduled_at", "scheduled_time", "row_id", *_LATER}
        }
        self._start = _Cells(
            table.place(mapping.columns["scheduled_at"]),
            mapping.columns["scheduled_at"],
            lambda text: read_date(text, mapping.time.date_order),
            self._missing,
        )
        self._clock = (
            _Cells(table.place(name), name, read_time_of_day, self._missing)
            if (name := mapping.columns.get("scheduled_time"))
            else None
        )
        self._later = {
            name: _Cells(table.place(column), column, self._later_cell, self._missing)
            for name, column in mapping.columns.items()
            if name in _LATER
        }
        self._default = (
            read_time_of_day(mapping.time.start_time) if mapping.time.start_time else None
        )
        self._client = [table.place(name) for name in mapping.client.columns]
        interview = mapping.interview.columns if mapping.interview else ()
        self._interview = [table.place(name) for name in interview]
        row_id = mapping.columns.get("row_id")
        when = ("scheduled_at", "scheduled_time")
        self._identity = (
            [table.place(row_id)]
            if row_id
            else [
                *self._client,
                *self._interview,
                *(table.place(mapping.columns[name]) for name in when if name in mapping.columns),
            ]
        )
        self._content = [table.place(name) for name in mapping.needed()]
        self._folded = _Folded()
        self._constants = {"state": "pending", "synthetic": False, "channel": "phone"}
        self._constants |= {"caller": "interviewer", **mapping.constants}
        self._zone = zone(str(mapping.constants.get("timezone") or mapping.time.timezone or "UTC"))
        self._constants.pop("timezone", None)
        self._moments: dict[tuple[date, time, str], tuple[datetime | None, str | None]] = {}

    def _column(self, field: str, column: str) -> _Cells:
        place = self._table.place(column)
        return _Cells(place, column, self._reading(field), self._missing)

    def _reading(self, field: str) -> Callable[[str], Any]:
        spelled = {
            " ".join(spelling.split()).casefold(): value
            for spelling, value in self._mapping.values.get(field, {}).items()
        }

        def read(text: str) -> Any:
            given = spelled.get(" ".join(text.split()).casefold(), text)
            if field in CODED:
                return _code(field, given)
            if field == "timezone":
                return zone(given)
            if field == "synthetic":
                return _yes_or_no(given)
            if field in _COUNTS:
                return _count(given, *_COUNTS[field])
            limit = _LIMITS.get(field, 200)
            if len(given) > limit:
                raise ValueError(
                    f"it has {len(given):,} characters, more than {limit:,}; shorten it"
                )
            return given

        return read

    def _later_cell(self, text: str) -> FileDate | time:
        # A message's time often stands without a date: it is then of the day of the call.
        try:
            return read_time_of_day(text)
        except ValueError:
            return read_date(text, self._mapping.time.date_order)

    def row(self, line: int, cells: list[str]) -> FileRow:
        row = FileRow(line, cells)
        row.reasons.extend(self._shape(cells))
        if row.reasons:
            if len(cells) >= self._width:
                self._who(row)
            return row
        self._who(row)
        fields = row.fields
        fields.update(self._constants)
        for name, column in self._cells.items():
            value, fault = column[cells[column.place]]
            if fault:
                row.reasons.append(fault)
            if value is not None:
                fields[name] = value
        for name, value in self._mapping.when_state.get(fields["state"], {}).items():
            fields.setdefault(name, value)
        self._when(row)
        if not row.reasons:
            row.reasons = [f"{fault.field}: {fault.says}" for fault in contradictions(fields)]
        return row

    def _shape(self, cells: list[str]) -> Iterable[str]:
        whole = "".join(cells)
        if len(cells) == self._width and len(whole) <= LONGEST_CELL and whole.strip():
            # One look at the row as a whole settles nearly all of them.
            if "\0" not in whole and "\n" not in whole:
                return
        elif not whole.strip():
            yield "the row is empty"
            return
        if len(cells) < self._width:
            yield f"the row has {len(cells)} fields where the header has {self._width}"
        elif len(cells) > self._width and any(cell.strip() for cell in cells[self._width :]):
            yield (
                f"the row has {len(cells)} fields where the header has {self._width}; is a field that "
                "holds the delimiter written without quotation marks?"
            )
        for place, cell in enumerate(cells, 1):
            name = self._table.header[place - 1].strip() if place <= self._width else ""
            where = f"column {place}" + (f" ({name})" if name else "")
            if "\0" in cell:
                yield f"{where} holds a NUL character, which no text has; type that field again"
            if len(cell) > LONGEST_CELL:
                yield (
                    f"{where} holds {len(cell):,} characters, more than any cell of a table of calls; "
                    "is a quotation mark missing there?"
                )
            elif "\n" in cell and self._swallowed(cell):
                yield f"{where} holds lines that look like rows of their own; is a quotation mark missing?"

    def _swallowed(self, cell: str) -> bool:
        inner = cell.splitlines()[1:-1]
        need = self._width - 1
        return need >= 2 and any(line.count(self._table.delimiter) >= need for line in inner)

    def _who(self, row: FileRow) -> None:
        cells = row.cells
        folded = self._folded
        row.client = tuple([" ".join(cells[place].split()) for place in self._client])
        row.interview = tuple([folded[cells[place]] for place in self._interview])
        row.identity = tuple([folded[cells[place]] for place in self._identity])
        row.content = tuple([folded[cells[place]] for place in self._content])
        if any(folded[part] in self._missing for part in row.client):
            row.reasons.append("the row does not say who the client is")
        elif sum(map(len, row.client)) > 200:
            row.reasons.append("what says who the client is has more than 200 characters")

    def _when(self, row: FileRow) -> None:
        fields, cells = row.fields, row.cells
        fields["timezone"] = timezone = fields.get("timezone") or self._zone
        start, fault = self._start[cells[self._start.place]]
        column = self._start.name
        if start is None:
            row.reasons.append(fault or f"{column}: the row has no date")
            return
        clock = start.clock
        if self._clock is not None:
            given, fault = self._clock[cells[self._clock.place]]
            if fault:
                row.reasons.append(fault)
                return
            clock = given or clock
        if clock is None:
            if self._default is None:
                row.reasons.append(
                    f"{column}: there is no time of day; put start_time under [time] of the mapping"
                )
                return
            clock = self._default
            fields["_default"] = True
        fields["_day"] = start.day
        moment, fault = self._moment(FileDate(start.day, clock, start.offset), timezone)
        if fault:
            row.reasons.append(f"{column}: {_shown(cells[self._start.place].strip())}: {fault}")
            return
        fields["scheduled_at"] = moment
        for name, reader in self._later.items():
            given, fault = reader[cells[reader.place]]
            if given is not None:
                moment, fault = self._moment(_on(given, start.day), timezone)
            if fault:
                row.reasons.append(fault if given is None else f"{reader.name}: {fault}")
            elif given is not None:
                fields[name] = moment

    def _moment(self, given: FileDate, timezone: str) -> tuple[datetime | None, str | None]:
        day, clock, offset = given
        if clock is None:
            return None, "there is no time of day"
        if offset is not None:
            minutes = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) // 60
            minutes += clock.hour * 60 + clock.minute - offset
            return datetime.fromtimestamp(minutes * 60 + clock.second, UTC), None
        key = (day, clock, timezone)
        known = self._moments.get(key)
        if known is None:
            plain = PlainDateTime(
                day.year, day.month, day.day, clock.hour, clock.minute, clock.second
            )
            try:
                known = in_zone(plain, timezone), None
            except ValueError as error:
                known = None, str(error)
            self._moments[key] = known
        return known


def _on(given: FileDate | time, day: date) -> FileDate:
    return given if isinstance(given, FileDate) else FileDate(day, given)


def _code(field: str, given: str) -> str:
    try:
        return code(field, given)
    except ValueError as error:
        hint = str(error).removeprefix("this is not a code of the list; ")
        raise ValueError(
            f"this is not known for {field} ({hint}); say what it means under [values.{field}] of the "
            "mapping"
        ) from None


def _yes_or_no(given: str) -> bool:
    said = (_YES | _NO).get(given.casefold())
    if said is None:
        raise ValueError("write true or false")
    return said


def _count(given: str, low: int, high: int) -> int:
    # Spreadsheets write whole numbers as 12.0.
    whole = given.removesuffix(".0")
    if not (whole.isascii() and whole.isdecimal() and len(whole) < 7 and low <= int(whole) <= high):
        raise ValueError(f"a whole number from {low} to {high:,} is needed")
    return int(whole)
