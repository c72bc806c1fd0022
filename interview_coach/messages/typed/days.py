"""The day that a typed invitation names, in words or in numbers: "5 March", "26.11.2026", "03/05/2026".

Numbers with dots are day and month. With slashes they can be either way round: what can be told from
the day itself is, and the rest is taken with a sentence that names both readings.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace

from whenever import PlainDateTime

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.messages.typed.day_words import (
    BESIDE,
    BREAK,
    OR,
    ORDINALS,
    WEEK_OF,
    months,
    named,
    only_day,
)
from interview_coach.messages.typed.spans import overlaps
from interview_coach.times import date_in_full, weekday

__all__ = ["Dated", "dates_in", "day_meant", "real_date"]

_HALF_MONTH = 14
_NEAR = 60  # days within which an interview lies that people write to one another about
_NUMERIC = re.compile(
    r"(?<![\w./+-])(?:(?P<year>\d{4})(?P<first>[-/.])(?P<month>\d{1,2})(?P=first)(?P<day>\d{1,2})"
    r"|(?P<one>\d{1,2})(?P<sign>[-/.])(?P<two>\d{1,2})(?P=sign)(?P<end>\d{4}|\d\d))(?![\w/-]|\.\d)"
)
_NO_YEAR = re.compile(
    r"(?<![\w./:+-])(?<!at )(?<!um )(?<!round )(?<!step )(?<!stage )(?<!part )(?<!page )(?<!room )"
    r"(?:(?P<one>\d{1,2})\.\s?(?P<two>\d{1,2})\.(?!\d)|(?P<month>\d{1,2})/(?P<day>\d{1,2})(?![\w/-]|\.\d))"
)


@dataclass(frozen=True)
class Dated:
    """A date in the text, from `start` to `end`: the days that it can be, none if there is no such day.

    The first of the days is taken for what is said in words. `weekday` is the day of the week that
    stands with it (Monday 0); `bare` says that nothing else does; `worded` that it is no date in figures.
    `ordinal` is the day of a month that is not named.
    """

    start: int
    end: int
    words: str
    days: tuple[dt.date, ...]
    weekday: int | None = None
    bare: bool = False
    worded: bool = False
    ordinal: int = 0


def dates_in(text: str, today: dt.date) -> list[Dated]:
    """Find the dates in a text (in small letters without accents), in order.

    Parameters
    ----------
    text : str
        As `plain_letters` gives it.
    today : datetime.date
        The date nearest to it is meant where no year is named.
    """
    found = [_numeric(match) for match in _NUMERIC.finditer(text)]
    for pattern in named():
        for match in pattern.finditer(text):
            if not overlaps(*match.span(), found):
                month = months()[match["month"]]
                said = match["day"].replace(" ", "-")
                number = ORDINALS.index(said) + 1 if said in ORDINALS else int(said)
                days = _days(match["year"], month, number, today)
                found.append(Dated(*match.span(), match.group().strip(" ,"), days))
    for match in _NO_YEAR.finditer(text):
        if overlaps(*match.span(), found):
            continue
        if match["one"]:
            days = _days(None, int(match["two"]), int(match["one"]), today)
        elif match.group() == "24/7":
            continue
        else:
            one, two = int(match["month"]), int(match["day"])
            days = (*_days(None, two, one, today), *_days(None, one, two, today))
        # "Round 2.30." is no date; without a year, only what can be one is taken for one.
        if days:
            found.append(Dated(*match.span(), match.group(), tuple(dict.fromkeys(days))))
    for match in only_day().finditer(text):
        if not overlaps(*match.span(), found):
            name = next(name for name in ("day", "day2", "day3", "day4") if match[name])
            start, end = match.start(name), match.end()
            digits = re.sub(r"\D", "", match[name])
            number = int(digits) if digits else ORDINALS.index(match[name]) + 1
            if 1 <= number <= 31:
                found.append(Dated(start, end, match[name], (today,), ordinal=number))
    return sorted(found, key=lambda one: one.start)


def day_meant(
    dates: list[Dated],
    text: str,
    today: dt.date,
    doubts: list[str],
    *,
    clock: tuple[int, int],
    sent: bool = False,
) -> dt.date:
    """Choose the day that stands nearest to the clock time, and add to `doubts` what is not certain.

    Parameters
    ----------
    dates : list of Dated
        In figures and in words, in order.
    text : str
        As `plain_letters` gives it, with what is no interview hidden.
    today : datetime.date
        The day nearest to it is meant where no year is named.
    doubts : list of str
        Grows.
    clock : tuple of int
        Where the clock time begins and ends.
    sent : bool
        Whether `today` is the day on which the text was written.

    Raises
    ------
    KitError
        If the only day that it names does not exist.
    """
    dates = _joined(dates, text, today, sent=sent)
    possible = [one for one in dates if one.days]
    real = [one for one in dates if not one.worded]
    if real and not any(one.days for one in real):
        raise KitError(
            _(
                "invitation: there is no such day as {day}; look at it again, or type the day and time "
                "instead."
            ).format(day=real[0].words)
        )
    if not possible:
        doubts.append(_("It names no day that can be read: today is taken."))
        return today
    chosen = min(possible, key=lambda one: _distance(one, clock, text))
    for one in reversed(possible[: possible.index(chosen)]):
        if OR.fullmatch(text, one.end, chosen.start):
            chosen = one  # of "3 March or 4 March at 2pm" the first
    day = _either(chosen, today, doubts)
    if chosen.weekday is not None and day.weekday() != chosen.weekday:
        _say_weekday(day, chosen.weekday, doubts)
    beside = (min(chosen.start, clock[0]), max(chosen.end, clock[1]))
    others = [one for one in possible if one is not chosen and day not in one.days]
    near = [one for one in others if not _breaks(text, (one.start, one.end), beside)]
    if not chosen.worded and near and all(one.bare for one in near):
        _say_weekday(day, near[0].weekday or 0, doubts)
    elif near or any(not one.worded for one in others):
        words = (
            _("It names several days; the first, {day}, is taken.")
            if chosen is possible[0]
            else _("It names several days; {day}, which stands nearest to the time, is taken.")
        )
        doubts.append(words.format(day=_said(day)))
    return day


def _say_weekday(day: dt.date, said: int, doubts: list[str]) -> None:
    doubts.append(
        # Translators: "5 March 2026 is a Thursday, but it says Friday: ..."
        _("{date} is a {weekday}, but it says {said}: {date} is taken; check the day.").format(
            date=_said(day), weekday=_day_name(day.weekday()), said=_day_name(said)
        )
    )


def _joined(dates: list[Dated], text: str, today: dt.date, *, sent: bool) -> list[Dated]:
    """Join each date with the weekday that stands beside it, and a week with the day named of it."""
    left = list(dates)
    for one in dates:
        if one.worded:
            continue
        beside = [
            other
            for other in left
            if other.worded and other.weekday is not None and _touch(text, one, other)
        ]
        if one.days and WEEK_OF.search(text, max(0, one.start - 40), one.start):
            beside = [other for other in beside if other.weekday == one.days[0].weekday()]
        # "Tuesday 10 March, Wednesday 11 March": the weekday before a date is its own.
        if named := next(iter(sorted(beside, key=lambda other: other.start > one.start)), None):
            left.remove(named)
        whole = replace(
            one,
            start=min(one.start, named.start) if named else one.start,
            end=max(one.end, named.end) if named else one.end,
            weekday=named.weekday if named else None,
        )
        if one.ordinal:
            whole = replace(whole, days=_ordinal(one.ordinal, whole.weekday, today, sent=sent))
        left[left.index(one)] = whole
    for one in left:
        if not one.worded and one.days and WEEK_OF.search(text, max(0, one.start - 40), one.start):
            inside = [other for other in left if other.bare and other.start > one.end]
            rest = [other for other in left if other is not one]
            if not inside:
                continue
            monday = one.days[0] - dt.timedelta(days=one.days[0].weekday())
            for other in inside:
                there = monday + dt.timedelta(days=other.weekday or 0)
                rest[rest.index(other)] = replace(other, days=(there,), bare=False)
            return rest
    return left


def _touch(text: str, one: Dated, other: Dated) -> bool:
    first, second = sorted((one, other), key=lambda each: each.start)
    return bool(BESIDE.fullmatch(text, first.end, second.start))


def _breaks(text: str, one: tuple[int, int], other: tuple[int, int]) -> int:
    start, end = min(one[1], other[1]), max(one[0], other[0])
    return len(BREAK.findall(text[start:end])) if start < end else 0


def _distance(one: Dated, clock: tuple[int, int], text: str) -> int:
    after = one.start >= clock[1]
    gap = one.start - clock[1] if after else clock[0] - one.end
    breaks = _breaks(text, (one.start, one.end), clock)
    aside = (
        text[one.end : one.end + 2].find(")") >= 0
        and "(" in text[max(0, one.start - 40) : one.start]
    )
    return gap + 10 * after + 40 * breaks + 25 * one.bare + 60 * aside


def _either(dated: Dated, today: dt.date, doubts: list[str]) -> dt.date:
    if len(dated.days) == 1:
        return dated.days[0]
    if dated.worded or dated.ordinal:
        return _say_both(dated, dated.days[0], doubts)
    near = [day for day in dated.days if abs((day - today).days) <= _NEAR]
    fits = [day for day in dated.days if day.weekday() == dated.weekday]
    chosen = next((some for some in (near, fits) if len(some) == 1), list(dated.days))
    return _say_both(dated, min(chosen, key=lambda one: abs((one - today).days)), doubts)


def _say_both(dated: Dated, day: dt.date, doubts: list[str]) -> dt.date:
    # Written in figures, a date is read day first or month first: two days at most.
    first, second = map(_said, dated.days)
    doubts.append(
        _("{written} can be {first} or {second}: {taken} is taken; check the day.").format(
            written=dated.words, first=first, second=second, taken=_said(day)
        )
    )
    return day


def _numeric(match: re.Match[str]) -> Dated:
    if match["year"]:
        readings = [(int(match["year"]), int(match["month"]), int(match["day"]))]
    else:
        one, two = int(match["one"]), int(match["two"])
        year = int(match["end"]) + (2000 if len(match["end"]) == 2 else 0)
        readings = [(year, two, one), (year, one, two)]
    days = [day for reading in readings if (day := real_date(*reading)) is not None]
    if match["sign"] == ".":
        days = days[:1]
    return Dated(*match.span(), match.group(), tuple(dict.fromkeys(days)))


def _days(year: str | None, month: int, day: int, today: dt.date) -> tuple[dt.date, ...]:
    years = [int(year)] if year else [today.year - 1, today.year, today.year + 1]
    days = [made for one in years if (made := real_date(one, month, day)) is not None]
    return (min(days, key=lambda made: abs(made - today)),) if days else ()


def real_date(year: int, month: int, day: int) -> dt.date | None:
    """Make a date; None if there is no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _ordinal(number: int, named: int | None, today: dt.date, *, sent: bool) -> tuple[dt.date, ...]:
    """Find "the 5th" (on its weekday, if one is named): the next, or the last if that was just now."""
    around = [today + dt.timedelta(days=ahead) for ahead in range(-_NEAR, _NEAR + 32)]
    days = [day for day in around if day.day == number]
    days = [day for day in days if day.weekday() == named] or days
    later, before = (
        next((day for day in days if day >= today), None),
        next((day for day in reversed(days) if day < today), None),
    )
    if later is None or before is None or sent:
        return tuple(day for day in (later or before,) if day is not None)
    ago, ahead = (today - before).days, (later - today).days
    if ago == 1:
        return (before,) if ahead > _HALF_MONTH and named is not None else (before, later)
    return (later, before) if ago < ahead and ago < _HALF_MONTH else (later,)


def _said(day: dt.date) -> str:
    return date_in_full(day)


def _day_name(day: int) -> str:
    return weekday(PlainDateTime(2024, 1, 1 + day))  # 1 January 2024 was a Monday
