"""Dates and times as spreadsheets hold them: read by a stated order, never guessed, and doubted.

A file's dates come in many shapes, and some of them are wrong in ways that no single cell shows: a
spreadsheet that filled a column down, or a slip in the year. Reading and doubting are two steps: a
doubted date is kept as it stands, with the reason beside it.
"""

import calendar
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from interview_coach.language import N_, _
from interview_coach.outcomes.importing.clocks import clock_and_offset, read_time_of_day
from interview_coach.outcomes.importing.synonyms import without_accents
from interview_coach.times import month_and_year

__all__ = [
    "DateOrder",
    "FileDate",
    "NoYear",
    "doubts",
    "orders_of",
    "read_date",
    "read_time_of_day",
]

DateOrder = Literal["day", "month", "year"]
_ORDERS: tuple[DateOrder, ...] = ("day", "month", "year")


class NoYear(ValueError):
    """A text is a day and a month, without the year."""


class FileDate(NamedTuple):
    """What a cell says: a day, perhaps a time of day, perhaps its offset from UTC in minutes."""

    day: date
    clock: time | None = None
    offset: int | None = None


# Trackers are kept in these languages; where two of them write a name alike, they mean the same month.
_LANGUAGES = ("en", "es", "de", "fr")
# Why a date is doubted. The log keeps it in English, so that a file that comes again is the same.
_FILLED_DOWN = N_(
    "the year rises by one from row to row, as when a spreadsheet fills a column down (lines {first} "
    "to {last})"
)
_OVER_TOO_EARLY = N_("the call is said to be over, but its day is after the import on {day}")
_FAR_AFTER = N_("it lies more than a year after nearly all other dates of the file")
_FAR_BEFORE = N_("it lies more than a year before nearly all other dates of the file")
NOT_BEGUN = N_("the call is said to be over, but it has not begun yet")
DOUBTS = (_FILLED_DOWN, _OVER_TOO_EARLY, _FAR_AFTER, _FAR_BEFORE, NOT_BEGUN)
_DASHES = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-") | {"\u00a0": " "}
)
_WEEKDAY = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|lunes|martes|miercoles|jueves|viernes|dimanche"
    r"|(?:lun|mar|mercre|jeu|vendre|same)di|sabado|domingo|(?:diens|donners|frei|sams|sonn|mon)tag|mittwoch|sonnabend)[.,]?\s+"
    # Short ones only with their mark: "mar" alone is March, "di 5" may be anything.
    r"|(?:lun|mie|jue|vie|sab|dom|mo|di|mi|do|fr|sa|so|mer|jeu|ven|sam|dim)[.,]+\s*",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]{2}")
# Characters: what is longer is no date, and is not read from end to end to find that out.
_LONGEST = 200
_SEP = r"\s*[-/.\s]\s*"
_YEAR_FIRST = re.compile(rf"(?P<y>\d{{4}}){_SEP}(?P<a>\d{{1,2}}){_SEP}(?P<b>\d{{1,2}})(?!\d)")
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<a>\d\d)(?P<b>\d\d)(?!\d)")
_NUMBERS = re.compile(
    rf"(?P<a>\d{{1,2}}){_SEP}(?P<b>\d{{1,2}}){_SEP}(?P<y>\d{{4}}|\d{{2}})(?![\d:])"
)
_DAY_NAME = re.compile(
    r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|o)?[\s\-/.,]*(?:(?:de|of)\s+)?(?P<m>[a-z]{3,10})"
    r"[\s\-/.,']*(?:del?\s+)?(?P<y>\d{4}|\d{2})(?![\d:])",
    re.I,
)
_NAME_DAY = re.compile(
    r"(?P<m>[a-z]{3,10})[\s\-/.]*(?P<d>\d{1,2})(?:st|nd|rd|th)?[\s,\-/.]+(?P<y>\d{4}|\d{2})(?![\d:])",
    re.I,
)
_DAY_ONLY = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th|er|o)?[\s\-/.]*(?:(?:de|of)\s+)?(?P<m>[a-z]{3,10})"
    r"|(?P<n>[a-z]{3,10})[\s\-/.]*\d{1,2}(?:st|nd|rd|th)?)(?![a-z\d])",
    re.I,
)
_JOIN = re.compile(r"(?:\s*[,&@]\s*|\s*t(?=\d)|\s+(?:at|um|a las?|a)\s+|\s+-\s+|\s+)", re.I)


def read_date(text: str, order: DateOrder | None, epoch: date | None = None) -> FileDate:
    """Read a date, perhaps with a time, as a cell holds it.

    Parameters
    ----------
    text : str
        Such as ``13.02.2015``, ``04/12/16``, ``21-Apr -16``, ``28.08.2016 & 09.30 AM`` or ISO 8601.
        Two-digit years are 20yy.
    order : {"day", "month", "year"} or None
        What stands first where a date is all numbers. None reads only dates that cannot be
        misunderstood: year first, or with the month's name.
    epoch : date, optional
        The day 0 of a workbook that counts days (1899-12-30 or 1904-01-01); with it a number is a
        day, and its fraction a time.

    Returns
    -------
    FileDate

    Raises
    ------
    ValueError
        If it is no date, or one that the calendar does not hold; the text says why.
    """
    if len(text) > _LONGEST:
        raise ValueError(_("this is not a date"))
    given = " ".join(without_accents(text.translate(_DASHES)).split())
    # Notion and others write an appointment as "start → end".
    given = given.partition("→")[0].strip()
    if _WORD.search(given):
        given = _WEEKDAY.sub("", given, count=1)
    found = _YEAR_FIRST.match(given) or _COMPACT.match(given)
    if found:
        year, month, day = found["y"], found["a"], found["b"]
    elif found := _NUMBERS.match(given):
        first, second, year = found["a"], found["b"], found["y"]
        if order is None:
            raise ValueError(
                _(
                    'is it the day or the month that stands first? say date_order = "day" or '
                    '"month" under [time] of the mapping'
                )
            )
        if order == "year":
            if len(year) == 4:
                raise ValueError(
                    _("the year stands last, but the mapping says that it stands first")
                )
            # 16-04-21: what looked like the year is the day.
            year, month, day = first, second, year
        else:
            month, day = (second, first) if order == "day" else (first, second)
    elif found := (_DAY_NAME.match(given) or _NAME_DAY.match(given)):
        named = _months().get(found["m"].casefold())
        if named is None:
            raise ValueError(_("there is no month of that name"))
        year, month, day = found["y"], str(named), found["d"]
    elif re.fullmatch(r"\d{5}(\.\d+)?", given):
        if epoch is not None:
            return _numbered(given, epoch)
        raise ValueError(
            _("it is a spreadsheet's number of a day; format the column as a date first")
        )
    elif re.fullmatch(r"1\d{9}(?:\d{3})?", given):
        raise ValueError(_("it is a program's count of seconds; write it as a date first"))
    elif _no_year(given):
        raise NoYear(_("the date has no year; write it as 2026-03-23"))
    else:
        raise ValueError(_("this is not a date"))
    whole = date_of(int(year) + (2000 if len(year) <= 2 else 0), int(month), int(day), order)
    rest = given[found.end() :]
    if not rest.strip():
        return FileDate(whole)
    joined = _JOIN.match(rest)
    if joined is None:
        raise ValueError(_("something stands behind the date that is no time of day"))
    iso = joined[0].strip().casefold() == "t"
    clock, offset = clock_and_offset(rest[joined.end() :].strip(), whole, iso=iso)
    return FileDate(whole, clock, offset)


def _no_year(given: str) -> bool:
    """Say whether a text is a day and a month, and nothing but a time of day behind them."""
    if found := _DAY_ONLY.match(given):
        return (found["m"] or found["n"] or "").casefold() in _months()
    return re.match(r"\d{1,2}[/.]\d{1,2}\.?(?![/.\d])(?:\s|$)", given) is not None


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Give the number of each month by its name, whole or short."""
    from babel import Locale

    found = {
        without_accents(str(name)).casefold().strip("."): number
        for language in _LANGUAGES
        for width in ("wide", "abbreviated")
        for number, name in Locale(language).months["format"][width].items()
    }
    return found | {"maerz": 3, "mrz": 3, "setiembre": 9, "set": 9}


def orders_of(text: str) -> frozenset[DateOrder] | None:
    """Give the orders in which a text can be read as a date.

    Returns
    -------
    frozenset or None
        One or several of day, month and year; None where the order makes no difference, or it is no
        date in any.
    """
    found: set[DateOrder] = set()
    try:
        read_date(text, None)
        return None
    except ValueError:
        for order in _ORDERS:
            with suppress(ValueError):
                read_date(text, order)
                found.add(order)
    return frozenset(found) or None


def _numbered(given: str, epoch: date) -> FileDate:
    days, _dot, fraction = given.partition(".")
    seconds = round(float(f"0.{fraction or 0}") * 86_400)
    at = datetime.combine(epoch, time()) + timedelta(int(days), seconds)
    return FileDate(at.date(), at.time() if fraction else None)


def doubt_in_words(doubt: str) -> str:
    """Say in the language that is spoken why a date is doubted; in the log it stands in English."""
    for says in DOUBTS:
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>\\S+)", re.escape(says))
        if found := re.fullmatch(pattern, doubt):
            return _(says).format(**found.groupdict())
    return doubt


def date_of(year: int, month: int, day: int, order: DateOrder | None) -> date:
    """Make a date, or say which of its parts cannot be."""
    if not 1 <= month <= 12:
        says = {
            "day": _("there is no month {month} (the mapping says that the day stands first)"),
            "month": _("there is no month {month} (the mapping says that the month stands first)"),
        }.get(order or "", _("there is no month {month}"))
        raise ValueError(says.format(month=month))
    if not 1900 <= year <= 2199:
        raise ValueError(_("the year {year} cannot be").format(year=year))
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        named = month_and_year(date(year, month, 1))
        raise ValueError(
            # Translators: {last} is how many days the month has.
            _("there is no day {day} in {month}, which has {last}").format(
                day=day, month=named, last=last
            )
        )
    return date(year, month, day)


# Three rows in a step may be chance in a sorted file of birthdays; in one of calls they are not.
_FILLED = 3
# Below this many dates there is no bulk that a date could lie outside of.
_BULK = 20
_YEAR = timedelta(days=365)


def doubts(
    days: Sequence[date | None], ended: Sequence[bool], lines: Sequence[int], today: date
) -> list[str | None]:
    """Find dates that can be read but not believed.

    Three kinds: the rows of a spreadsheet's fill-down after its first (at least three rows, one
    after the other, with the same day and month and a year that rises by one); a call that is over
    although its date is yet to come; and a date more than a year, and more than the file's own
    span, outside the middle nine tenths of the file's dates.

    Parameters
    ----------
    days : sequence of date or None
        The file's dates in its order; None where a row has none.
    ended : sequence of bool
        Whether the row says that the call took place or was missed.
    lines : sequence of int
        The rows' lines, for the reasons.
    today : date
        The day of the import.

    Returns
    -------
    list of str or None
        The reason of the doubt, for each row.
    """
    says: list[str | None] = [None] * len(days)
    for start, end in _fill_downs(days):
        for row in range(start + 1, end + 1):
            says[row] = _FILLED_DOWN.format(first=lines[start], last=lines[end])
    early, late = _bulk([day for row, day in enumerate(days) if day and not says[row]])
    for row, day in enumerate(days):
        if day is None or says[row]:
            continue
        if ended[row] and day > today:
            says[row] = _OVER_TOO_EARLY.format(day=today)
        elif late is not None and day > late:
            says[row] = _FAR_AFTER
        elif early is not None and day < early:
            says[row] = _FAR_BEFORE
    return says


def _fill_downs(days: Sequence[date | None]) -> list[tuple[int, int]]:
    runs, start = [], 0
    for row in range(1, len(days) + 1):
        before, here = days[row - 1], days[row] if row < len(days) else None
        if (
            before is not None
            and here is not None
            and here.month == before.month
            and here.day == before.day
            and here.year == before.year + 1
        ):
            continue
        if row - start >= _FILLED:
            runs.append((start, row - 1))
        start = row
    return runs


def _bulk(days: list[date]) -> tuple[date | None, date | None]:
    if len(days) < _BULK:
        return None, None
    days = sorted(days)
    low, high = days[len(days) // 20], days[-1 - len(days) // 20]
    margin = max(_YEAR, high - low)
    return low - margin, high + margin
