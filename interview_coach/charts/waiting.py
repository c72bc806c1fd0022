"""Curves of the time to a completed call, read from their frame, and what they say in words."""

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pandas as pd

from interview_coach.charts.figures import column, need, reasons
from interview_coach.language import N_, _
from interview_coach.subjects import Subject, Thing
from interview_coach.wording import (
    FEW,
    counted,
    decimals,
    first_lower,
    half_duration,
    half_sentence,
    number,
    percent,
    span_words,
)

__all__ = ["DAY", "EVERY", "Curve", "Point", "read_curves", "table", "title"]

DAY = 24 * 60  # minutes
EVERY = N_("All missed calls")  # what measures call the group "all"
_DAYS = (0, 1, 3, 7, 14, 30)
_GROUP = Thing("group")


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
            return _("nobody was watched for so long")
        places = decimals(self.low, self.high)
        if not self.low < self.high:
            return percent(self.done, places)
        return _("{rate} ({low} to {high})").format(
            rate=percent(self.done, places),
            low=percent(self.low, places),
            high=percent(self.high, places),
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
        return _("{name} (few cases)").format(name=self.name) if self.few else self.name

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
            return _("fewer than half so far")
        said = half_duration(middle, low, high)
        if math.isnan(low) or math.isnan(high):
            return _("{time} (no upper limit known)").format(time=said) if limit else said
        reach = (high - low) / 2
        first, last = span_words(low, high, reach)
        return _("{time} ({low} to {high})").format(time=said, low=first, high=last)

    def told(self) -> str:
        """Say the curve in words, with all the numbers that the figure shows."""
        if self.reason:
            return _("{name}: {words}").format(name=self.name, words=self.reason)
        said = half_sentence(self.total, *self.half())
        parts = [_("{name}: {words}").format(name=self.label, words=said)]
        for point in self.days:
            day, at_risk = _days(point), number(point.at_risk)
            if math.isnan(point.done):
                says = _("after {days} no case left, {n} at risk")
                parts.append(says.format(days=day, n=at_risk))
            else:
                says = _("after {days} completed {rate}, {n} at risk")
                parts.append(says.format(days=day, rate=point.share, n=at_risk))
        return ", ".join(parts)


def _days(point: Point) -> str:
    return counted(int(point.minutes / DAY), "{n} day", "{n} days")


def read_curves(frame: pd.DataFrame, labels: Callable[[Any], str]) -> list[Curve]:
    """Read the frame of `measures.time_to_reconnection`, group by group.

    Raises
    ------
    KitError
        If a column is missing.
    """
    need(frame, ("group", "minutes", "at_risk", "value", "low", "high", "N"), _("waiting times"))
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
        name = _(EVERY) if len(places) == 1 and group == "all" else labels(group)
        curves.append(Curve(name, points, total, left_out, reason))
    return curves


def title(curves: Sequence[Curve]) -> str:
    """Say by when half of the missed calls were made good, as far as the curves can tell."""
    hidden = sum(bool(curve.reason) for curve in curves)
    cases = [curve for curve in curves if curve.total]
    if not cases:
        if hidden:
            return _("How long it took until a completed call is hidden")
        return _("No {calls} to count yet").format(calls=Subject("missed call").many)
    if len(cases) == 1:
        said = half_sentence(cases[0].total, *cases[0].half())
        if len(curves) == 1:
            return said
        return _("{name}: {words}").format(name=cases[0].name, words=first_lower(said))
    enough = [curve for curve in cases if not curve.few]
    if not enough:
        return _("Too few missed calls in every group to compare")
    if len(enough) == 1:
        return _("Only one group has {few} missed calls or more: too few to compare").format(
            few=FEW
        )
    half = sorted((curve for curve in enough if curve.half()[0] >= 0), key=lambda c: c.half()[0])
    if not half:
        says = (
            _(
                "In neither of the {groups} half of the missed calls came to a completed call so "
                "far as can be seen"
            )
            if len(enough) == 2
            else _(
                "In none of the {groups} half of the missed calls came to a completed call so far "
                "as can be seen"
            )
        )
        return says.format(groups=_GROUP.counted(len(enough)))
    said = _halves(half)
    slow = len(enough) - len(half)
    if not slow:
        return said
    return _("{words}; fewer than half so far in {groups}").format(
        words=said, groups=_GROUP.others(slow)
    )


def _halves(half: Sequence[Curve]) -> str:
    first, last = half[0], half[-1]
    early, late = half_duration(*first.half()), half_duration(*last.half())
    if first is last:
        return _("Half came to a completed call within {time} in {name}").format(
            time=early, name=first.name
        )
    if early == late:
        return _("Half came to a completed call within {time} in each of the {n} groups").format(
            time=early, n=len(half)
        )
    # Where an end is not known, the interval has none on that side.
    apart = first.half()[2] < last.half()[1]
    says = (
        _("Half came to a completed call within {early} ({first}) to {late} ({last})")
        if apart
        else _(
            "Half came to a completed call within {early} ({first}) to {late} ({last}); their "
            "intervals overlap"
        )
    )
    return says.format(early=early, first=first.name, late=late, last=last.name)


def table(curves: Sequence[Curve]) -> pd.DataFrame:
    """Give the table to show: each group at the days at which it is told, and its median."""
    rows = []
    for curve in curves:
        if curve.reason:
            rows.append((curve.name, "", "", curve.reason))
            continue
        rows.append((curve.label, _("until half"), number(curve.total), curve.half_words()))
        rows.extend(
            (
                curve.label,
                _days(point),
                number(point.at_risk),
                point.share,
            )
            for point in curve.days
        )
    head = [
        _("Group"),
        _("After the missed start"),
        _("At risk"),
        _("Completed by then (95% interval)"),
    ]
    return pd.DataFrame(rows, columns=head)
