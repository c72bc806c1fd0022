"""How long until a missed call is followed by a completed one: a curve that climbs, with its band."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from interview_coach.charts import finding
from interview_coach.charts.chart import Chart
from interview_coach.charts.figures import named
from interview_coach.charts.marks import axis_label, dots, spans
from interview_coach.charts.paper import (
    BLUE,
    GREEN,
    GREY,
    INK,
    LEADING,
    NARROW,
    SMALL,
    SMALL_LEADING,
    SOFT,
    VERMILION,
    WIDE,
    Look,
    Sheet,
    put,
    text_width,
    wrapped,
)
from interview_coach.charts.rates import more_in_table
from interview_coach.charts.waiting import DAY, EVERY, Curve, Point, read_curves, table, title
from interview_coach.language import N_, _
from interview_coach.subjects import Subject, Thing
from interview_coach.wording import FEW, first_upper, number, percent

__all__ = ["curve_chart"]

_EDGE, _PLOT, _AXIS = 14.0, 210.0, 42.0
_MOST = 4  # curves that can be told apart
_BANDS = 2  # bands that can lie over each other; of more curves the told days have intervals
_NAME = 14.0  # from the end of a curve to its name
_LAST = 30  # days
_TICKS = (0, 1, 3, 7, 14, 30, 60, 120, 240, 365, 730)
_AT_RISK = N_("at risk: not completed yet, watched so long")
_HALF = N_("half completed within")
# Colour and line of each curve, and the shape of its median: no colour alone.
_STYLES: tuple[tuple[str, Any, str], ...] = (
    (BLUE, "solid", "o"),
    (VERMILION, (0, (5, 2)), "s"),
    (GREEN, (0, (1.2, 1.5)), "^"),
    (INK, (0, (6, 2, 1.2, 2)), "v"),
)


def curve_chart(
    curves: pd.DataFrame, *, labels: Callable[[Any], str] = named, synthetic: bool = False
) -> Chart:
    """Draw the share of missed calls that came to a completed call, day by day.

    The curve climbs, from nobody to those who were made good; the early days, in which most
    happens, are drawn wider (the axis is of the square root of time).

    Parameters
    ----------
    curves : DataFrame
        Of `measures.time_to_reconnection`: `group, minutes, at_risk, value, low, high, N`, with
        `value` the share *not yet* completed; with `left_out` the caption says how many calls are not
        in it, and a group with a `reason` is hidden.
    labels : callable
        Writes the name of a group for people.
    synthetic : bool
        Whether the data is invented; the figure then says so.

    Returns
    -------
    Chart
        Of more than four groups, the four with most missed calls; the table has them all.

    Raises
    ------
    KitError
        If the frame lacks a column.
    """
    found = read_curves(curves, labels)
    heading = first_upper(title(found))
    cases = [curve for curve in found if curve.total]
    hidden = [curve for curve in found if curve.reason]
    drawn = cases
    notes = []
    if len(cases) > _MOST:
        most = sorted(cases, key=lambda curve: -curve.total)[:_MOST]
        drawn = [curve for curve in cases if curve in most]
        says = _("The chart shows the {most} largest of {all} {things}.")
        notes.append(says.format(most=_MOST, all=number(len(cases)), things=Thing("group").many))
    notes.extend(
        _("{name}: {words}.").format(name=curve.name, words=curve.reason)
        for curve in hidden[:_MOST]
    )
    if len(hidden) > _MOST:
        notes.append(more_in_table(Thing("group").hidden(len(hidden) - _MOST)))
    lost = sum(curve.left_out for curve in found)
    if lost:
        notes.append(finding.unreliable(Subject("missed call").more(lost), lost))
    caption = " ".join(notes)
    look = Look(heading, _key(drawn), _("share followed by a completed call"), synthetic)
    several = len(found) > 1 or (len(found) == 1 and found[0].name != _(EVERY))
    return Chart(
        figure=_draw(drawn, look, WIDE, named=several),
        narrow=_draw(drawn, look, NARROW, named=several),
        title=heading,
        alt=finding.alt_text(
            heading,
            Thing("curve").counted(len(drawn)),
            [curve.told() for curve in drawn],
            synthetic=synthetic,
            caption=caption,
        ),
        caption=caption,
        data=table(found),
    )


def _key(drawn: Sequence[Curve]) -> str:
    if not drawn:
        return ""
    many = len(drawn) > _BANDS
    endless = any(math.isnan(end) and middle >= 0 for middle, _low, end in map(Curve.half, drawn))
    parts = [
        _("Line: share completed by then (Kaplan-Meier); upright lines: 95% intervals.")
        if many
        else _("Line: share completed by then (Kaplan-Meier); pale: its 95% band."),
        _(
            "Mark beneath: when half were completed, with its 95% interval (arrow: no upper limit "
            "is known)."
        )
        if endless
        else _("Mark beneath: when half were completed, with its 95% interval."),
        _("Early days are drawn wider."),
    ]
    if any(curve.few for curve in drawn):
        parts.append(_("Grey: few cases, under {few} missed calls.").format(few=FEW))
    return " ".join(parts)


def _x(minutes: float) -> float:
    return math.sqrt(minutes / DAY)


def _draw(drawn: Sequence[Curve], look: Look, width: float, *, named: bool) -> Figure:
    if not drawn:
        return Sheet(width, look, 10).figure
    beside = width >= WIDE
    names = [
        wrapped(curve.label, 104.0 if beside else 62.0, SMALL, most=3) if named else []
        for curve in drawn
    ]
    widest = max((text_width(line, SMALL) for name in names for line in name), default=0)
    before = 8 + max(text_width(number(curve.total), SMALL) for curve in drawn) / 2
    left = _EDGE + max(46.0, widest + before if beside else 0)
    says = [curve.half_words(limit=False) for curve in drawn]
    # Beside a row there is room for its words, however far its mark reaches.
    reach = max(text_width(said, SMALL) for said in says) + 4 if beside and named else 0
    right = _EDGE + (max(widest + _NAME, reach) if named else 6)
    inner = width - left - right
    lower = _lower_height(drawn, names, beside)
    sheet = Sheet(width, look, 6 + _PLOT + _AXIS + lower)
    last = max(
        [_LAST, *(end / DAY for curve in drawn for end in curve.half() if not math.isnan(end))]
    )
    top = sheet.axes(left, right, 6, _AXIS + lower)
    top.set_xlim(0, math.sqrt(last))
    top.set_ylim(0, 1)
    shares = (0, 0.25, 0.5, 0.75, 1)
    top.set_yticks(shares, [percent(share) for share in shares])
    days = [day for day in _TICKS if day <= last and _clear(day, inner / math.sqrt(last))]
    top.set_xticks([math.sqrt(day) for day in days], [str(day) for day in days])
    axis_label(top, look.axis, _PLOT, horizontal=False)
    label = 2 * min(left, right) + inner - 2 * _EDGE
    axis_label(top, _("days after the missed start"), label, horizontal=True)
    top.axhline(0.5, color=SOFT, linewidth=0.8, dashes=(4, 3), zorder=1, gid="half")
    unit = math.sqrt(last) / inner
    ends = [_curve(top, curve, place, last) for place, curve in enumerate(drawn)]
    for place, curve in enumerate(drawn):
        if len(drawn) > _BANDS:
            _intervals(top, curve, place, (place - (len(drawn) - 1) / 2) * 4 * unit)
        else:
            _band(top, curve, place, last)
    if named:
        _names(top, names, ends, unit)
    under = sheet.axes(left, right, 6 + _PLOT + _AXIS, 0)
    under.set_xlim(0, math.sqrt(last))
    under.set_ylim(lower, 0)
    under.set_xticks([])
    under.set_yticks([])
    _beneath(under, drawn, names, left, inner, before if beside else None)
    return sheet.figure


def _clear(day: int, unit: float) -> bool:
    """Say whether a tick has room after the one before it."""
    before = max((tick for tick in _TICKS if tick < day), default=None)
    return before is None or (math.sqrt(day) - math.sqrt(before)) * unit >= 18


def _style(curve: Curve, place: int) -> tuple[str, Any, str]:
    colour, line, shape = _STYLES[place]
    return (GREY if curve.few else colour), line, shape


def _within(curve: Curve, last: float) -> list[Point]:
    """Give the points to draw; a curve that goes on beyond the edge is drawn up to it."""
    points = [point for point in curve.known if point.minutes <= last * DAY]
    if len(points) < len(curve.known):
        points.append(points[-1]._replace(minutes=last * DAY))
    return points


def _curve(axes: Axes, curve: Curve, place: int, last: float) -> float:
    """Draw one curve; give the height at which it ends."""
    colour, line, *_rest = _style(curve, place)
    points = _within(curve, last)
    axes.step(
        [_x(point.minutes) for point in points], [point.done for point in points], where="post",
        color=colour, linestyle=line, linewidth=1.4 if curve.few else 2, zorder=3,
        gid=f"curve: {curve.name}", clip_on=False,
    )  # fmt: skip
    return points[-1].done


def _band(axes: Axes, curve: Curve, place: int, last: float) -> None:
    points = _within(curve, last)
    axes.fill_between(
        [_x(point.minutes) for point in points], [point.low for point in points],
        [point.high for point in points], step="post", color=_style(curve, place)[0], alpha=0.13,
        linewidth=0, zorder=2, gid=f"band: {curve.name}",
    )  # fmt: skip


def _intervals(axes: Axes, curve: Curve, place: int, aside: float) -> None:
    """Draw the band where the numbers at risk are told, moved aside so that curves stay apart."""
    colour, line, *_rest = _style(curve, place)
    points = [point for point in curve.days if point.low < point.high]
    spans(
        axes, [_x(point.minutes) + aside for point in points], [point.low for point in points],
        [point.high for point in points], along="y", colour=colour, style=line, width=1.3, order=2,
        gid=f"band: {curve.name}",
    )  # fmt: skip


def _names(axes: Axes, names: Sequence[Sequence[str]], ends: Sequence[float], unit: float) -> None:
    """Write each name where its curve ends, moved apart where they would meet."""
    order = sorted(range(len(ends)), key=lambda place: ends[place])
    room = [len(names[place]) * SMALL_LEADING + 3 for place in order]
    at = [ends[place] * _PLOT for place in order]
    for nth in range(1, len(at)):
        at[nth] = max(at[nth], at[nth - 1] + (room[nth - 1] + room[nth]) / 2)
    # If that went beyond the top, all move down again, from the top one on.
    ceiling = _PLOT - room[-1] / 2
    for nth in reversed(range(len(at))):
        at[nth] = min(at[nth], ceiling)
        if nth:
            ceiling = at[nth] - (room[nth - 1] + room[nth]) / 2
    for place, middle in zip(order, at, strict=True):
        for nth, line in enumerate(names[place]):
            up = middle - (nth - (len(names[place]) - 1) / 2) * SMALL_LEADING
            put(
                axes,
                axes.get_xlim()[1] + _NAME * unit,
                up / _PLOT,
                line,
                fontsize=SMALL,
                va="center",
            )


def _lower_height(drawn: Sequence[Curve], names: Sequence[Sequence[str]], beside: bool) -> float:
    rows = sum(_row_height(name, beside) for name in names)
    return 2 * (LEADING + 8) + 2 * rows + 8


def _row_height(name: Sequence[str], beside: bool) -> float:
    if beside:
        return max(17.0, len(name) * SMALL_LEADING + 5)
    return 32.0 if name else 18.0


def _beneath(
    axes: Axes,
    drawn: Sequence[Curve],
    names: Sequence[Sequence[str]],
    left: float,
    inner: float,
    before: float | None,
) -> None:
    """Draw the medians, then the numbers at risk, each curve in a row.

    Its name ends `before` points left of the axis, or stands above the row where that is None.
    """
    beside = before is not None
    unit = axes.get_xlim()[1] / inner
    edge = (_EDGE - left) * unit
    down = LEADING / 2
    for head in (_HALF, _AT_RISK):
        # A single curve has its words here; of several each has them in its row.
        told = _(head)
        if head == _HALF and not any(names):
            told = _("{name}: {words}").format(name=told, words=drawn[0].half_words(limit=False))
        put(axes, edge, down, told, fontsize=SMALL + 0.5, color=SOFT, va="center")
        down += LEADING / 2 + 4
        for place, (curve, name) in enumerate(zip(drawn, names, strict=True)):
            height = _row_height(name, beside)
            middle = down + height / 2 if beside or not name else down + height - 10
            if before is not None:
                for nth, line in enumerate(name):
                    at = middle + (nth - (len(name) - 1) / 2) * SMALL_LEADING
                    put(axes, -before * unit, at, line, fontsize=SMALL, va="center", ha="right")
            elif name:
                said = "" if head == _AT_RISK else f": {curve.half_words(limit=False)}"
                room = NARROW - 2 * _EDGE - text_width(said, SMALL)
                short = wrapped(curve.label, room, SMALL, most=1)[0] + said
                put(axes, edge, down + 6, short, fontsize=SMALL, va="center")
            if head == _AT_RISK:
                _at_risk(axes, curve, middle, unit)
            else:
                _median(axes, curve, place, middle)
                if beside and name:
                    high = curve.half()[2]
                    end = axes.get_xlim()[1] if math.isnan(high) else _x(high)
                    end = end + 10 * unit if curve.half()[0] >= 0 else 0
                    said = curve.half_words(limit=False)
                    put(axes, end, middle, said, fontsize=SMALL, va="center")
            down += height
        down += LEADING / 2 + 4


def _median(axes: Axes, curve: Curve, place: int, down: float) -> None:
    colour, _line, shape = _style(curve, place)
    middle, low, high = curve.half()
    if math.isnan(middle):
        return
    edge = axes.get_xlim()[1]
    first = _x(middle if math.isnan(low) else low)
    last = edge if math.isnan(high) else _x(high)
    spans(axes, [down], [first], [last], along="x", colour=colour, gid=f"half: {curve.name}")
    if math.isnan(high):
        # It has no end that is known.
        dots(axes, [edge], [down], shape=">", colour=colour, gid=f"no limit: {curve.name}")
    dots(
        axes, [_x(middle)], [down], shape=shape, colour=colour, filled=not curve.few,
        gid=f"median: {curve.name}",
    )  # fmt: skip


def _at_risk(axes: Axes, curve: Curve, down: float, unit: float) -> None:
    free = -math.inf
    for point in curve.days:
        text = number(point.at_risk)
        half = text_width(text, SMALL) / 2 * unit
        # Where numbers are too wide to stand side by side, one is left to the table.
        if _x(point.minutes) - half >= free:
            put(axes, _x(point.minutes), down, text, fontsize=SMALL, va="center", ha="center")
            free = _x(point.minutes) + half + 3 * unit
