"""Curves of the time to a completed call, read from their frame, and what they say in words."""

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pandas as pd

from interview_coach.charts import finding
from interview_coach.charts.figures import column, need, reasons
from interview_coach.wording import (
    FEW,
    counted,
    decimals,
    duration,
    half_duration,
    half_sentence,
    percent,
)

__all__ = ["DAY", "EVERY", "Curve", "Point", "read_curves", "table", "title"]

DAY = 24 * 60  # minutes
EVERY = "All missed calls"  # what measures call the group "all"
_DAYS = (0, 1, 3, 7, 14, 30)


class Point(NamedTuple):
    """Where a curve is after so many minutes: the share completed by then, with its interval."""

    minutes: float
    at_risk: int
    done: float
    low: float
    high: float

    @property
    def share(self) -> str:
        """The share and its interval in words."""
        if math.isnan(self.done):
            return "nobody was watched for so long"
        places = decimals(self.low, self.high)
        if not self.low < self.high:
            return percent(self.done, places)
        return (
            f"{percent(self.done, places)} ({percent(self.low, places)} to "
            f"{percent(self.high, places)})"
        )


class Curve(NamedTuple):
    """One group: its points, its median with interval (minutes), its size, or why it is hidden."""

    name: str
    points: list[Point]
    total: int
    left_out: int
    reason: str

    @property
    def few(self) -> bool:
        """Whether the missed calls are few, and so the line grey."""
        return self.total < FEW

    @property
    def label(self) -> str:
        """The name, with the words that a grey line needs."""
        return f"{self.name} (few cases)" if self.few else self.name

    @property
    def known(self) -> list[Point]:
        """The points at which somebody was still watched."""
        return [point for point in self.points if not math.isnan(point.done)]

    @property
    def days(self) -> list[Point]:
        """The points at which the numbers at risk are told."""
        return [point for point in self.points if point.minutes / DAY in _DAYS]

    def half(self) -> tuple[float, float, float]:
        """Give the minutes until half were completed, with the interval; NaN where not known."""

        def first(level: str) -> float:
            at = [point.minutes for point in self.points if getattr(point, level) >= 0.5]
            return at[0] if at else math.nan

        # The upper end of the band gets to a half first.
        return first("done"), first("high"), first("low")

    def half_words(self, *, limit: bool = True) -> str:
        """Say by when half were completed: ``8 days (7 to 10 days)``.

        Where the interval has no end that is known, that is said too, unless `limit` is False.
        """
        middle, low, high = self.half()
        if math.isnan(middle):
            return "fewer than half so far"
        said = half_duration(middle, low, high)
        if math.isnan(low) or math.isnan(high):
            return said + (" (no upper limit known)" if limit else "")
        reach = (high - low) / 2
        first = duration(low, reach, whole=math.floor)
        last = duration(high, reach, whole=math.ceil)
        if first.split()[-1].rstrip("s") == last.split()[-1].rstrip("s"):
            first = first.rsplit(maxsplit=1)[0]
        return f"{said} ({first} to {last})"

    def told(self) -> str:
        """Say the curve in words, with all the numbers that the figure shows."""
        if self.reason:
            return f"{self.name}: {self.reason}"
        parts = [f"{self.label}: {half_sentence(self.total, *self.half())}"]
        for point in self.days:
            completed = "no case left" if math.isnan(point.done) else f"completed {point.share}"
            day = counted(int(point.minutes / DAY), "day")
            parts.append(f"after {day} {completed}, {point.at_risk:,} at risk")
        return ", ".join(parts)


def read_curves(frame: pd.DataFrame, labels: Callable[[Any], str]) -> list[Curve]:
    """Read the frame of `measures.time_to_reconnection`, group by group.

    Raises
    ------
    KitError
        If a column is missing.
    """
    need(frame, ("group", "minutes", "at_risk", "value", "low", "high", "N"), "waiting times")
    figures = [column(frame, name) for name in ("minutes", "at_risk", "value", "low", "high")]
    totals, lost = column(frame, "N"), column(frame, "left_out")
    why = reasons(frame, "N")
    places: dict[Any, list[int]] = {}
    for place, group in enumerate(frame["group"].tolist()):
        places.setdefault(group, []).append(place)
    curves = []
    for group, rows in places.items():
        reason = next((why[place] for place in rows if why[place]), "")
        points = [
            # Completed by then is what is no longer open; the band turns over with it.
            Point(minutes, int(at_risk), 1 - value, 1 - high, 1 - low)
            for minutes, at_risk, value, low, high in (
                tuple(cells[place] for cells in figures) for place in rows if not reason
            )
        ]
        first = rows[0]
        left_out = 0 if math.isnan(lost[first]) else int(lost[first])
        total = 0 if reason else int(totals[first])
        name = EVERY if len(places) == 1 and group == "all" else labels(group)
        curves.append(Curve(name, points, total, left_out, reason))
    return curves


def title(curves: Sequence[Curve]) -> str:
    """Say by when half of the missed calls were made good, as far as the curves can tell."""
    hidden = sum(bool(curve.reason) for curve in curves)
    cases = [curve for curve in curves if curve.total]
    if not cases:
        return (
            "How long it took until a completed call is hidden"
            if hidden
            else "No missed calls to count yet"
        )
    if len(cases) == 1:
        said = half_sentence(cases[0].total, *cases[0].half())
        return said if len(curves) == 1 else f"{cases[0].name}: {said[0].lower()}{said[1:]}"
    enough = [curve for curve in cases if not curve.few]
    if not enough:
        return "Too few missed calls in every group to compare"
    if len(enough) == 1:
        return f"Only one group has {FEW} missed calls or more: too few to compare"
    half = sorted((curve for curve in enough if curve.half()[0] >= 0), key=lambda c: c.half()[0])
    if not half:
        return (
            f"In {finding.how_many(0, len(enough), 'group').lower()} half of the missed calls came to a completed "
            "call so far as can be seen"
        )
    first, last = half[0], half[-1]
    slow = len(enough) - len(half)
    rest = f"; fewer than half so far in {counted(slow, 'other group')}" if slow else ""
    if first is last:
        return f"Half came to a completed call within {half_duration(*first.half())} in {first.name}{rest}"
    early, late = half_duration(*first.half()), half_duration(*last.half())
    if early == late:
        each = f"each of the {len(half)} groups"
        return f"Half came to a completed call within {early} in {each}{rest}"
    # Where an end is not known, the interval has none on that side.
    apart = first.half()[2] < last.half()[1]
    overlap = "" if apart else "; their intervals overlap"
    return (
        f"Half came to a completed call within {early} ({first.name}) to {late} "
        f"({last.name}){overlap}{rest}"
    )


def table(curves: Sequence[Curve]) -> pd.DataFrame:
    """Give the table to show: each group at the days at which it is told, and its median."""
    rows = []
    for curve in curves:
        if curve.reason:
            rows.append((curve.name, "", "", curve.reason))
            continue
        rows.append((curve.label, "until half", f"{curve.total:,}", curve.half_words()))
        rows.extend(
            (
                curve.label,
                counted(int(point.minutes / DAY), "day"),
                f"{point.at_risk:,}",
                point.share,
            )
            for point in curve.days
        )
    head = ["Group", "After the missed start", "At risk", "Completed by then (95% interval)"]
    return pd.DataFrame(rows, columns=head)
