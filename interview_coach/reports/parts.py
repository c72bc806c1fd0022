"""The time of a log cut in two, so that a report can say what changed without being told a window."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd

from interview_coach.errors import KitError
from interview_coach.language import ENGLISH, _, current, pgettext
from interview_coach.measures import IN_DOUBT
from interview_coach.measures.localtime import local_days
from interview_coach.measures.suppression import Nested

__all__ = [
    "UNITS",
    "Parts",
    "day_words",
    "just_before",
    "month_words",
    "named_period",
    "two_parts",
    "window_words",
]

# Months in a period, and how many of the last periods are set beside those before.
UNITS = {"month": (1, 3), "quarter": (3, 1)}


@dataclass(frozen=True)
class Parts:
    """The last periods, and those before: the first day of the last, and what each is called."""

    cut: np.datetime64
    recent: str
    before: str

    def of(self, calls: pd.DataFrame) -> pd.Series:
        """Say of each call which part it belongs to; "date in doubt" where its day is not known."""
        days = local_days(calls)
        part = np.where(days >= self.cut, self.recent, self.before)
        return pd.Series(np.where(np.isnat(days), IN_DOUBT, part), index=calls.index, dtype="str")

    def made_of(self, period: str, groups: Iterable[str]) -> Nested:
        """Say which months or quarters make which part."""
        levels: dict[str, list[str]] = {self.recent: [], self.before: [], IN_DOUBT: [IN_DOUBT]}
        for group in sorted(set(groups) - {IN_DOUBT}):
            year, rest = group.split("-")
            month = int(rest[1]) * 3 - 2 if rest.startswith("Q") else int(rest)
            begins = np.datetime64(f"{year}-{month:02}-01", "D")
            levels[self.recent if begins >= self.cut else self.before].append(group)
        return Nested(period, "part", levels)


def two_parts(calls: pd.DataFrame, period: str, until: datetime) -> Parts | None:
    """Cut the time of the calls in two: the last three months (or the last quarter), and the rest.

    Parameters
    ----------
    calls : DataFrame
        With `scheduled_at` and `timezone`.
    period : {"month", "quarter"}
    until : datetime
        Calls that lie ahead of it are not looked at.

    Returns
    -------
    Parts or None
        None where there is no time before the last periods.
    """
    days = local_days(calls)
    days = days[~np.isnat(days) & (days <= np.datetime64(until.date(), "D"))]
    if not len(days):
        return None
    months, recent = UNITS[period]
    first, last = (
        int(day.astype("M8[M]").astype(int)) // months for day in (days.min(), days.max())
    )
    start = last - recent + 1
    if start <= first:
        return None
    cut, end = (np.datetime64(number * months, "M") for number in (start, last + 1))
    begin = days.min().astype("M8[M]")
    return Parts(cut.astype("M8[D]"), _months(cut, end - 1), _months(begin, cut - 1))


def just_before(start: str, end: str) -> tuple[str, str]:
    """Give the window of the same length that ends the day before one begins.

    Of whole months it is as many whole months, else as many days.
    """
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    day = timedelta(days=1)
    if first.day == 1 and (last + day).day == 1:
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        number = first.year * 12 + first.month - 1 - months
        return str(date(number // 12, number % 12 + 1, 1)), str(first - day)
    return str(first - (last - first) - day), str(first - day)


def day_words(day: date) -> str:
    """Write a day for people: "5 March 2026"."""
    if current() == ENGLISH:
        return f"{day.day} {day:%B %Y}"
    from babel.dates import format_skeleton

    return format_skeleton("yMMMMd", day, locale=current())


def month_words(month: date) -> str:
    """Write a month for people: "March 2026"."""
    if current() == ENGLISH:
        return f"{month:%B %Y}"
    from babel.dates import format_skeleton

    return format_skeleton("yMMMM", month, locale=current())


def _month_alone(month: date) -> str:
    if current() == ENGLISH:
        return f"{month:%B}"
    from babel.dates import format_date

    return format_date(month, "LLLL", locale=current())


def window_words(start: str, end: str) -> str:
    """Write a window for people: "January to June 2026", "5 March 2026 to 2 April 2026"."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        return _months(np.datetime64(first, "M"), np.datetime64(last, "M"))
    return pgettext("days, as a name", "{first} to {last}").format(
        first=day_words(first), last=day_words(last)
    )


def named_period(name: str, today: date) -> tuple[str, str]:
    """Give the first and last day of a period that is named from today: for reports on a schedule.

    Parameters
    ----------
    name : str
        "last" or "this", and "month", "quarter" or "year": ``last-quarter``. "this" ends today.
    today : date

    Raises
    ------
    KitError
        If there is no such period.
    """
    which, _dash, unit = name.strip().lower().partition("-")
    months = _UNIT.get(unit)
    if which not in ("last", "this") or months is None:
        raise KitError(
            _(
                "There is no period '{name}'; give last-month, last-quarter, last-year, this-month, "
                "this-quarter or this-year."
            ).format(name=name[:30])
        )
    number = (today.year * 12 + today.month - 1) // months * months
    begins = date(number // 12, number % 12 + 1, 1)
    if which == "this":
        return str(begins), str(today)
    return just_before(str(begins), str(_end(begins, months)))


_UNIT = {"month": 1, "quarter": 3, "year": 12}


def _end(begins: date, months: int) -> date:
    number = begins.year * 12 + begins.month - 1 + months
    return date(number // 12, number % 12 + 1, 1) - timedelta(days=1)


def _months(first: np.datetime64, last: np.datetime64) -> str:
    """Name a run of months: "April to June 2026", "November 2025 to January 2026"."""
    one, two = (date.fromisoformat(f"{month.astype('M8[M]')}-01") for month in (first, last))
    if one == two:
        return month_words(one)
    begins = _month_alone(one) if one.year == two.year else month_words(one)
    return pgettext("months, as a name", "{first} to {last}").format(
        first=begins, last=month_words(two)
    )
