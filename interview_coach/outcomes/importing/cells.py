"""Reading the cells of a column: each distinct cell once, to its value or to a reason.

Cells repeat: a hundred thousand rows hold a dozen states and a few thousand days. These dictionaries
fill themselves on first sight of a cell, so that a column is read at the speed of a look-up.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from whenever import PlainDateTime

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes.importing.dates import (
    DateOrder,
    FileDate,
    read_date,
    read_time_of_day,
)
from interview_coach.outcomes.model import CODED, TIMES, code, code_hint
from interview_coach.outcomes.moments import in_zone
from interview_coach.times import zone
from interview_coach.wording import number

__all__ = ["Cells", "Clients", "Folded", "Start", "Starts", "field_reader", "moment_of", "shown"]

_COUNTS = {"waited_minutes": (0, 1440), "round": (1, 99)}
_LONGEST = 10_000
# What a spreadsheet writes where a formula went wrong; "#N/A" is rather a way of saying nothing.
_ERRORS = frozenset(
    ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#ERROR!")
)
_YES_NO = {
    **dict.fromkeys(("yes", "true", "1", "y", "synthetic"), True),
    **dict.fromkeys(("no", "false", "0", "n"), False),
}


def shown(text: str) -> str:
    """Quote a cell for a reason, cut where it is long."""
    return repr(text if len(text) <= 40 else text[:37] + "...")


class Cells(dict[str, Any]):
    """One column's cells to their values; `faults` holds the reasons of those that have none."""

    def __init__(self, name: str, read: Callable[[str], Any], missing: frozenset[str]):
        super().__init__()
        self.name, self._read, self._absent = name, read, missing
        self.faults: dict[str, str] = {}

    def __missing__(self, cell: str) -> Any:
        text = cell.strip()
        value = None
        if text in _ERRORS:
            self.faults[cell] = _(
                "{column}: {error}: this is a formula's error, not a value; mend it in the "
                "spreadsheet"
            ).format(column=self.name, error=text)
        elif text.casefold() not in self._absent:
            try:
                value = self._read(text)
            except ValueError as error:
                self.faults[cell] = f"{self.name}: {shown(text)}: {error}"
            except KitError as error:
                self.faults[cell] = f"{self.name}: {str(error).rstrip('.')}"
        self[cell] = value
        return value


class Folded(dict[str, str]):
    """Cells without regard to case and spaces."""

    def __missing__(self, cell: str) -> str:
        found = self[cell] = " ".join(cell.split()).casefold()
        return found


class Clients(dict[tuple[str, ...], str]):
    """The cells that say who the client is, to one text; `faults` holds those that do not.

    A pseudonym is a key of the log and must be short; a name is only kept.
    """

    def __init__(self, missing: frozenset[str], *, pseudonymous: bool = True):
        super().__init__()
        self._absent, self._limit = missing, 200 if pseudonymous else _LONGEST
        self.faults: dict[tuple[str, ...], str] = {}

    def __missing__(self, cells: tuple[str, ...]) -> str:
        parts = [" ".join(cell.split()) for cell in cells]
        found = self[cells] = " ".join(parts)
        if any(part in _ERRORS for part in parts):
            self.faults[cells] = _("what says who the client is is a formula's error, not a value")
        elif any(part.casefold() in self._absent for part in parts):
            self.faults[cells] = _("the row does not say who the client is")
        elif len(found) > self._limit:
            self.faults[cells] = _(
                "what says who the client is has more than {most} characters"
            ).format(most=number(self._limit))
        return found


class Start(NamedTuple):
    """The agreed start that a row gives: its local day, the moment, and what is wrong with it."""

    day: date | None
    at: datetime | None
    fault: str | None = None
    without_time: bool = False


class Starts(dict[tuple[str, str, str], Start]):
    """Date cell, time cell and time zone to the agreed start."""

    def __init__(
        self,
        dates: Cells,
        clocks: Cells | None,
        default: time | None,
    ):
        super().__init__()
        self._dates, self._clocks, self._default = dates, clocks, default

    def __missing__(self, key: tuple[str, str, str]) -> Start:
        found = self[key] = self._read(*key)
        return found

    def _read(self, cell: str, clock_cell: str, timezone: str) -> Start:
        dates = self._dates
        given: FileDate | None = dates[cell]
        if given is None:
            return Start(
                None,
                None,
                dates.faults.get(cell)
                or _("{column}: the row has no date").format(column=dates.name),
            )
        clock = given.clock
        if self._clocks is not None:
            clock = self._clocks[clock_cell] or clock
            if fault := self._clocks.faults.get(clock_cell):
                return Start(given.day, None, fault)
            # Midnight is what a spreadsheet adds to a date that has no time.
            if given.clock and clock and given.clock != clock and given.clock != time():
                return Start(
                    given.day,
                    None,
                    _("{column} says {one} and {other} says {two}; make them say the same").format(
                        column=dates.name,
                        one=given.clock.strftime("%H:%M"),
                        other=self._clocks.name,
                        two=clock.strftime("%H:%M"),
                    ),
                )
        without_time = clock is None
        if clock is None:
            clock = self._default
        if clock is None:
            says = _("there is no time of day; put start_time under [time] of the mapping")
            return Start(given.day, None, f"{dates.name}: {says}")
        try:
            at = moment_of(FileDate(given.day, clock, given.offset), timezone)
        except ValueError as error:
            return Start(given.day, None, f"{dates.name}: {shown(cell.strip())}: {error}")
        return Start(given.day, at, None, without_time)


def moment_of(given: FileDate, timezone: str) -> datetime:
    """Turn what a cell says into UTC; ValueError where it is not one moment."""
    day, clock, offset = given
    if clock is None:
        raise ValueError(_("there is no time of day"))
    plain = PlainDateTime(day.year, day.month, day.day, clock.hour, clock.minute, clock.second)
    if offset is None:
        return in_zone(plain, timezone)
    seconds = plain.assume_utc().timestamp() - offset * 60
    return datetime.fromtimestamp(seconds, UTC)


def field_reader(
    field: str, spellings: dict[str, str], order: DateOrder | None, epoch: date | None = None
) -> Callable[[str], Any]:
    """Give what reads the cells of a field.

    Parameters
    ----------
    field : str
        A field of the mapping's ``[columns]``.
    spellings : dict
        What the file writes, and what it means; case and spaces are not told apart.
    order : {"day", "month", "year"} or None
        As for `read_date`.
    epoch : date, optional
        As for `read_date`.

    Returns
    -------
    callable
        From a stripped cell to its value; raises ValueError or KitError with the reason.
    """
    spelled = {" ".join(given.split()).casefold(): value for given, value in spellings.items()}

    def read(text: str) -> Any:
        given = spelled.get(" ".join(text.split()).casefold(), text) if spelled else text
        if not given:
            return None
        if field in CODED:
            return _code(field, given)
        if field in _READERS:
            return _READERS[field](given)
        if field in _COUNTS:
            return _count(given, *_COUNTS[field])
        if len(given) > _LONGEST:
            raise ValueError(
                _("it has {n} characters, more than {most}; shorten it").format(
                    n=number(len(given)), most=number(_LONGEST)
                )
            )
        return given

    def read_later(text: str) -> FileDate | time:
        # A message's time often stands without a date: it is then of the day of the call.
        try:
            return read_time_of_day(text)
        except ValueError:
            return read_date(text, order, epoch)

    if field in {"scheduled_at", "booked_at"}:
        return lambda text: read_date(text, order, epoch)
    return read_later if field in TIMES else read


def _code(field: str, given: str) -> str:
    try:
        return code(field, given)
    except ValueError:
        raise ValueError(
            _(
                "this is not known for {field} ({hint}); say what it means under [values.{field}] of "
                "the mapping"
            ).format(field=field, hint=code_hint(field, given))
        ) from None


def _yes_or_no(given: str) -> bool:
    said = _YES_NO.get(given.casefold())
    if said is None:
        raise ValueError(_("write true or false"))
    return said


def _count(given: str, low: int, high: int) -> int:
    # Spreadsheets write whole numbers as 12.0.
    whole = given.removesuffix(".0")
    if not (whole.isascii() and whole.isdecimal() and len(whole) < 7 and low <= int(whole) <= high):
        raise ValueError(
            _("a whole number from {low} to {high} is needed").format(low=low, high=number(high))
        )
    return int(whole)


_READERS: dict[str, Callable[[str], Any]] = {
    "timezone": zone,
    "synthetic": _yes_or_no,
    "scheduled_time": read_time_of_day,
}
