"""Rates by the hour of the day, or by how long before a call was booked: what pattern they show."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
from matplotlib.figure import Figure

from interview_coach.charts import finding
from interview_coach.charts.across import draw_across, inner_width
from interview_coach.charts.chart import Chart
from interview_coach.charts.figures import (
    EMPTY,
    HIDDEN,
    LAST,
    OUTSIDE,
    Rates,
    Row,
    named,
    read,
    shown,
)
from interview_coach.charts.marks import hidden_shapes
from interview_coach.charts.paper import SMALL, Look, wrapped
from interview_coach.charts.rates import assembled
from interview_coach.errors import KitError
from interview_coach.language import N_, _, ngettext
from interview_coach.subjects import Subject, Thing, listed
from interview_coach.wording import FEW, first_upper, of_total, percent

__all__ = ["pattern_chart"]

_HANDFUL = 3  # so many are named in a title


@dataclass(frozen=True)
class _Kind:
    """How the classes of one pattern are called, and which calls are in one."""

    thing: Thing
    below: str
    name: Callable[[Any], str]
    those: Callable[[Any], str]
    place: Callable[[Any, int], float]


def _hour(group: Any) -> int:
    try:
        hour = int(str(group))
    except ValueError:
        hour = -1
    if not 0 <= hour < 24:
        says = _("{given} is no hour of the day; write it as 09.")
        raise KitError(says.format(given=repr(str(group)[:40])))
    return hour


def _ahead(group: Any) -> str:
    if group == "same day":
        return _("booked the same day")
    return _("booked {days} ahead").format(days=_(str(group)))


_KINDS = {
    "hour": _Kind(
        Thing("hour"),
        N_("hour in which the call was to start, in the client's own time"),
        lambda group: named(group) if group in LAST else f"{_hour(group)}:00",
        lambda group: _("at {hour}").format(hour=_hour(group)),
        lambda group, _number: _hour(group),
    ),
    "lead_time": _Kind(
        Thing("lead time"),
        N_("days from booking to the scheduled start"),
        lambda group: _(str(group)),
        _ahead,
        lambda _group, number: number,
    ),
}


def pattern_chart(
    rates: pd.DataFrame,
    *,
    kind: Literal["hour", "lead_time"],
    noun: str = "call",
    done: str = "missed",
    synthetic: bool = False,
) -> Chart:
    """Draw a rate by ordered classes along an axis, with the band of ordinary noise if it is known.

    Parameters
    ----------
    rates : DataFrame
        One measure by hour ("09" to "17") or by lead time, in order: `group, n, N, value, low,
        high`; `noise_low, noise_high, overall` and `reason` as for `rate_by_group`. What is not
        recorded or in doubt has no place on the axis and is told in the caption.
    kind : {"hour", "lead_time"}
        What the classes are.
    noun, done, synthetic
        As for `rate_by_group`.

    Returns
    -------
    Chart
        Hours and classes without cases leave a gap.

    Raises
    ------
    KitError
        If the frame lacks a column, the kind is none, or a group is no hour of the day.
    """
    if kind not in _KINDS:
        says = _("There is no pattern {name}; there are: {known}.")
        raise KitError(says.format(name=repr(kind), known=", ".join(_KINDS)))
    words, subject = _KINDS[kind], Subject(noun, done)
    found = read(rates, words.name)
    placed = found.only(
        row._replace(place=words.place(row.group, number))
        for number, row in enumerate(found.rows)
        if row.group not in LAST
    )
    if all(row.kind == EMPTY for row in placed.rows):
        placed = found.only([])
    notes = [
        _elsewhere(row, subject, words.thing)
        for row in found.rows
        if row.group in LAST and row.kind != EMPTY
    ]

    def along(shown: Rates, look: Look, width: float) -> Figure:
        rows = shown.rows
        first, last = rows[0].place, rows[-1].place
        places = max(int(last - first) + 1, 6 if kind == "hour" else 4)
        step = inner_width(shown, width) / places
        if kind == "hour":
            every = next(hours for hours in (1, 2, 3, 6) if hours * step >= 16)
            hours = range(int(first), int(last) + 1, every)
            ticks = [(float(hour), str(hour)) for hour in hours]
        else:
            ticks = [
                (row.place, "\n".join(wrapped(row.name, step - 6, SMALL + 0.5, most=3)))
                for row in rows
            ]
        return draw_across(shown, look, width, ticks=ticks, places=places, below=_(words.below))

    return assembled(
        found, placed, _title(placed, subject, words), subject, words.thing, notes, synthetic,
        *([along] if placed.rows else []), shapes=hidden_shapes(placed.rows),
    )  # fmt: skip


def _title(rates: Rates, subject: Subject, words: _Kind) -> str:
    rows = shown(rates.rows)
    enough = [row for row in rows if row.N >= FEW]
    if rates.overall is None or len(enough) < 2:
        return finding.title(rates, subject, words.thing)
    out = [row for row in enough if row.kind == OUTSIDE]
    overall = percent(rates.overall)
    if not out:
        said = {"thing": words.thing.one, "overall": overall, "share": subject.share}
        if len(enough) == len(rows):
            return _("No {thing} stands out: {overall} of {share} overall").format(**said)
        return _(
            "No {thing} with {few} {calls} or more stands out: {overall} of {share} overall"
        ).format(few=FEW, calls=subject.many, **said)
    if len(out) > _HANDFUL:
        return finding.title(rates, subject, words.thing)
    those = listed([words.those(row.group) for row in out])
    if len(out) == 1:
        return _("{calls} {those} stand out: {rate} {missed}, {overall} overall").format(
            calls=subject.many,
            those=those,
            rate=percent(out[0].value),
            missed=subject.did,
            overall=overall,
        )
    return _("{calls} {those} stand out from the overall {overall} {missed}").format(
        calls=subject.many, those=those, overall=overall, missed=subject.did
    )


def _elsewhere(row: Row, subject: Subject, thing: Thing) -> str:
    if row.kind == HIDDEN:
        return _("{calls} with no {thing} on record: {reason}.").format(
            calls=first_upper(subject.many), thing=thing.one, reason=row.reason
        )
    says = ngettext(
        "{calls} has no {thing} on record: {cases} {missed}.",
        "{calls} have no {thing} on record: {cases} {missed}.",
        row.N,
    )
    return says.format(
        calls=subject.counted(row.N),
        thing=thing.one,
        cases=of_total(row.n, row.N),
        missed=subject.did,
    )
