"""The day that a typed invitation names, in words or in numbers: "5 March", "26.11.2026", "03/05/2026".

Numbers with dots are day and month. With slashes they can be either way round: what can be told from
the day itself is, and the rest is taken with a sentence that names both readings.
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from whenever import PlainDateTime

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.messages.review.mentions import DAY, Mention
from interview_coach.messages.typed_zone_names import plain_letters
from interview_coach.times import date_in_full, weekday

__all__ = ["Dated", "dates_in", "day_meant", "real_date"]

_NEAR = 60  # days within which an interview lies that people write to one another about
_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt")
_SHORT = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
    "sept",
)
_NUMERIC = re.compile(
    r"(?<![\w./+-])(?:(?P<year>\d{4})(?P<first>[-/.])(?P<month>\d{1,2})(?P=first)(?P<day>\d{1,2})"
    r"|(?P<one>\d{1,2})(?P<sign>[-/.])(?P<two>\d{1,2})(?P=sign)(?P<end>\d{4}|\d\d))(?![\w/-]|\.\d)"
)
_NO_YEAR = re.compile(
    r"(?<![\w./:+-])(?<!at )(?<!um )(?<!round )(?<!step )(?<!stage )(?<!part )(?<!page )(?<!room )"
    r"(?:(?P<one>\d{1,2})\.\s?(?P<two>\d{1,2})\.(?!\d)|(?P<month>\d{1,2})/(?P<day>\d{1,2})(?![\w/-]|\.\d))"
)

_TODAY = ("today", "tonight", "heute", "aujourd'hui", "hoy", "oggi", "vandaag", "hoje")
_RELATIVE = re.compile(rf"\b(?:{'|'.join(_TODAY)}|tomorrow|demain|manana|domani|amanha)\b")


@dataclass(frozen=True)
class Dated:
    """A date in the text, from `start` to `end`: the days that it can be, none if there is no such day."""

    start: int
    end: int
    words: str
    days: tuple[dt.date, ...]


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
    named, after = _named()
    for pattern in (named, after):
        for match in pattern.finditer(text):
            if not any(match.start() < one.end and one.start < match.end() for one in found):
                month = _months()[match["month"]]
                days = _days(match["year"], month, int(match["day"]), today)
                found.append(Dated(*match.span(), match.group().strip(" ,"), days))
    for match in _NO_YEAR.finditer(text):
        if any(match.start() < one.end and one.start < match.end() for one in found):
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
    return sorted(found, key=lambda one: one.start)


def day_meant(
    dates: list[Dated], found: list[Mention], text: str, today: dt.date, doubts: list[str]
) -> dt.date:
    """Choose the day, and add to `doubts` what is not certain about it.

    Raises
    ------
    KitError
        If the only day that it names does not exist.
    """
    named = _weekday(found, text)
    possible = [one for one in dates if one.days]
    if dates and not possible:
        raise KitError(
            _(
                "invitation: there is no such day as {day}; look at it again, or type the day and time "
                "instead."
            ).format(day=dates[0].words)
        )
    if possible:
        first = possible[0]
        day = _either(first, named, today, doubts)
        if named is not None and day.weekday() != named:
            doubts.append(
                # Translators: "5 March 2026 is a Thursday, but it says Friday: ..."
                _(
                    "{date} is a {weekday}, but it says {said}: {date} is taken; check the day."
                ).format(date=_said(day), weekday=_day_name(day.weekday()), said=_day_name(named))
            )
        if any(day not in one.days for one in possible[1:]):
            doubts.append(
                _("It names several days; the first, {day}, is taken.").format(day=_said(day))
            )
        return day
    days = [one for one in found if one.sign == DAY]
    for one in days:
        if ordinal := re.search(r"the (\d{1,2})(?:st|nd|rd|th)\b", one.words):
            return _ordinal(int(ordinal[1]), named, today)
    relative = [one.value for one in days if one.value is not None]
    if relative and relative[0] >= 7:
        return today + dt.timedelta(days=relative[0] - 10)
    if named is None and (word := _RELATIVE.search(text)):
        return today + dt.timedelta(days=int(word[0] not in _TODAY))
    if named is not None:
        # Of the last and the next such day, the nearer one: the call is about now.
        ahead = (named - today.weekday()) % 7
        return today + dt.timedelta(days=ahead if ahead <= 3 else ahead - 7)
    doubts.append(_("It names no day that can be read: today is taken."))
    return today


def _either(dated: Dated, named: int | None, today: dt.date, doubts: list[str]) -> dt.date:
    if len(dated.days) == 1:
        return dated.days[0]
    near = [day for day in dated.days if abs((day - today).days) <= _NEAR]
    fits = [day for day in dated.days if day.weekday() == named]
    chosen = next((some for some in (near, fits) if len(some) == 1), list(dated.days))
    day = min(chosen, key=lambda one: abs((one - today).days))
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


def _ordinal(number: int, named: int | None, today: dt.date) -> dt.date:
    """Find "the 5th" (on its weekday, if one is named) nearest to today, within half a year."""
    around = [today + dt.timedelta(days=ahead) for ahead in range(-183, 184)]
    days = [day for day in around if day.day == number]
    if not days:
        raise KitError(
            _(
                "invitation: no month has a day {n}; look at it again, or type the day and time instead."
            ).format(n=number)
        )
    right = [day for day in days if named in {None, day.weekday()}]
    return min(right or days, key=lambda day: abs(day - today))


def _weekday(found: list[Mention], text: str) -> int | None:
    for one in found:
        if one.sign == DAY and one.value is not None and one.value < 7:
            return one.value
    for name, number in _weekdays().items():
        if re.search(rf"\b{name}\b", text):
            return number
    short = re.search(
        r"\b(mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)\b\.?,?\s+(?=\d|at\b|[a-z]{3,9}\.? \d)", text
    )
    return ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(short[1][:3]) if short else None


def _said(day: dt.date) -> str:
    return date_in_full(day)


def _day_name(day: int) -> str:
    return weekday(PlainDateTime(2024, 1, 1 + day))  # 1 January 2024 was a Monday


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    from babel import Locale

    months = {
        plain_letters(str(name)): number
        for language in reversed(_LANGUAGES)
        for number, name in Locale(language).months["format"]["wide"].items()
    }
    return months | {
        short: min(at, 8) + 1 if short == "sept" else at + 1 for at, short in enumerate(_SHORT)
    }


@lru_cache(maxsize=1)
def _weekdays() -> dict[str, int]:
    from babel import Locale

    return {
        plain_letters(str(name)): number
        for language in reversed(_LANGUAGES)
        for number, name in Locale(language).days["format"]["wide"].items()
    }


@lru_cache(maxsize=1)
def _named() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = "|".join(sorted(_months(), key=len, reverse=True))
    year = r"(?:,?(?: de)? (?P<year>\d{4})(?![\d:.]\d|\d|h))?"
    return (
        re.compile(
            rf"(?<![\w:.])(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.|o)?[ -]?(?:of |de )?(?P<month>{names})\b\.?{year}"
        ),
        re.compile(
            rf"\b(?P<month>{names})\.? (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
            rf"(?![\w:]|\.\d|\s?[ap]\.?m\b){year}"
        ),
    )
