"""Months, quarters and weeks on an axis: where each stands, and how it is written."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from interview_coach.errors import KitError
from interview_coach.language import ENGLISH, _, current

__all__ = ["Period", "period_of", "ticks"]

# How many periods may lie between two ticks, so that ticks fall on the same places each year.
_STEPS = {
    "month": (1, 2, 3, 6, 12, 24, 60),
    "quarter": (1, 2, 4, 8, 20),
    "week": (1, 2, 4, 8, 13, 26),
}


@dataclass(frozen=True)
class Period:
    """One month, quarter or week, with its number in an unbroken count of them."""

    kind: str
    number: int

    @property
    def year(self) -> int:
        """The year it lies in; of a week, its ISO year."""
        if self.kind == "week":
            return self._monday.isocalendar().year
        return self.number // (12 if self.kind == "month" else 4)

    @property
    def short(self) -> str:
        """Without the year: Mar, Q1, W10."""
        if self.kind == "month":
            return _month(self.number % 12)
        if self.kind == "quarter":
            return _("Q{n}").format(n=self.number % 4 + 1)
        return _("W{n}").format(n=self._monday.isocalendar().week)

    @property
    def words(self) -> str:
        """In full: Mar 2026, Q1 2026, W10 2026."""
        return _("{period} {year}").format(period=self.short, year=self.year)

    @property
    def _monday(self) -> date:
        return date(1, 1, 1) + timedelta(weeks=self.number)


def period_of(group: object) -> Period:
    """Read a period as measures write it: 2026-03, 2026-Q1 or 2026-W10.

    Raises
    ------
    KitError
        If it is none of these.
    """
    found = re.fullmatch(r"(\d{4})-(?:(\d\d)|Q([1-4])|W(\d\d))", str(group))
    if found:
        year, month, quarter, week = found.groups()
        if quarter:
            return Period("quarter", int(year) * 4 + int(quarter) - 1)
        try:
            if week:
                monday = date.fromisocalendar(int(year), int(week), 1)
                return Period("week", (monday - date(1, 1, 1)).days // 7)
            return Period("month", date(int(year), int(month), 1).month - 1 + int(year) * 12)
        except ValueError:
            pass
    says = _("{given} is no month, quarter or week; write it as 2026-03.")
    raise KitError(says.format(given=repr(str(group)[:40])))


def _month(number: int) -> str:
    day = date(2000, number + 1, 1)
    if current() == ENGLISH:
        return f"{day:%b}"
    from babel.dates import format_skeleton

    return format_skeleton("MMM", day, locale=current())


def ticks(kind: str, first: int, last: int, most: int) -> list[tuple[int, str]]:
    """Choose the periods to write on an axis, at most `most`, the year under the first of each."""
    span = last - first + 1
    step = next((step for step in _STEPS[kind] if span <= step * most), _STEPS[kind][-1])
    # Weeks of a year have no common multiple: they are counted from the first one.
    start = first if kind == "week" else first + -first % step
    chosen = [Period(kind, number) for number in range(start, last + 1, step)]
    chosen = chosen or [Period(kind, first)]
    labels = []
    year = None
    for period in chosen:
        labels.append(
            (
                period.number,
                f"{period.short}\n{period.year}" if period.year != year else period.short,
            )
        )
        year = period.year
    return labels
