"""What would change an answer: how far each assumption moves two policies, and a map over two of them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from interview_coach.charts.chart import Chart
from interview_coach.charts.figures import need
from interview_coach.charts.finding import alt_text
from interview_coach.charts.marks import axis_label, dots, spans
from interview_coach.charts.paper import (
    BLUE,
    GREY,
    INK,
    LEADING,
    NARROW,
    SMALL,
    SOFT,
    VERMILION,
    WIDE,
    Look,
    Sheet,
    put,
    wrapped,
)
from interview_coach.charts.policies import named_rows
from interview_coach.language import ENGLISH, _, current, pgettext
from interview_coach.wording import counted, first_upper, number, signed, three_digits

__all__ = ["Axis", "tornado_chart", "winners_chart"]

_EDGE, _AXIS = 14.0, 38.0
_MOST_SWINGS = 10
_TIES = -1
# A shape and a colour for each policy of a map; the shape alone tells them apart.
_SHAPES = (("o", BLUE, True), ("s", VERMILION, True))


class Axis(NamedTuple):
    """One axis of a map: what it is, in words, where its values stand, and what is assumed now."""

    says: str
    values: Sequence[float]
    now: float


def tornado_chart(
    swings: pd.DataFrame, *, title: str, axis: str, unit: str, synthetic: bool = False
) -> Chart:
    """Draw how far each assumption, over its range, moves the difference of two policies.

    Parameters
    ----------
    swings : DataFrame
        A row for each assumption, the strongest first: `assumption` (its name in words), `value`,
        `low`, `high` (written out), `difference`, `at_low`, `at_high` (numbers) and `switch`
        (written out; "" where nothing within the range lets the other policy get ahead).
    title : str
        What was found.
    axis, unit : str
        What the difference is, and the unit of its numbers in words ("points").
    synthetic : bool
        As for `policies_chart`.

    Returns
    -------
    Chart
        The ten strongest; its table has all.

    Raises
    ------
    KitError
        If the frame lacks a column.
    """
    need(
        swings,
        ["assumption", "value", "low", "high", "difference", "at_low", "at_high", "switch"],
        "a tornado",
    )
    rows = swings.to_dict("records")
    drawn = rows[:_MOST_SWINGS]
    more = len(rows) - len(drawn)
    caption = (
        _("The chart shows the {n} strongest of {total} assumptions.").format(
            n=len(drawn), total=len(rows)
        )
        if more
        else ""
    )
    key = _(
        "Open: at the low end of its range. Filled: at the high end. Thin line: as assumed. "
        "Square, orange: within its range the other one gets ahead."
    )
    look = Look(title, key if drawn else "", axis, synthetic)
    stays = _("{assumption}, {low} to {high}: {at_low} to {at_high} {unit}")
    turns = _(
        "{assumption}, {low} to {high}: {at_low} to {at_high} {unit}; they change places at {switch}"
    )
    told = [
        (turns if row["switch"] else stays).format(
            assumption=row["assumption"],
            low=row["low"],
            high=row["high"],
            at_low=signed(row["at_low"], 1),
            at_high=signed(row["at_high"], 1),
            unit=unit,
            switch=row["switch"],
        )
        for row in drawn
    ]
    return Chart(
        figure=_tornado(drawn, look, WIDE),
        narrow=_tornado(drawn, look, NARROW),
        title=title,
        alt=alt_text(
            title,
            counted(len(drawn), "{n} assumption", "{n} assumptions"),
            told,
            synthetic=synthetic,
            caption=caption,
        ),
        caption=caption,
        data=pd.DataFrame(
            {
                _("assumption"): [row["assumption"] for row in rows],
                pgettext("over a column of values", "assumed"): [row["value"] for row in rows],
                _("range"): [
                    _("{low} to {high}").format(low=row["low"], high=row["high"]) for row in rows
                ],
                _("difference at the low end ({unit})").format(unit=unit): [
                    signed(row["at_low"], 1) for row in rows
                ],
                _("at the high end ({unit})").format(unit=unit): [
                    signed(row["at_high"], 1) for row in rows
                ],
                _("they change places at"): [
                    row["switch"] or _("not within the range") for row in rows
                ],
            }
        ),
    )


def _tornado(rows: Sequence[Any], look: Look, width: float) -> Figure:
    if not rows:
        return Sheet(width, look, 10).figure
    beside = width >= WIDE
    names, left, heights = named_rows([row["assumption"] for row in rows], width, 22.0)
    right = _EDGE + 10
    inner, total = width - left - right, sum(heights)
    sheet = Sheet(width, look, 6 + total + _AXIS + LEADING)
    axes = sheet.axes(left, right, 6, _AXIS + LEADING)
    axes.set_ylim(total, 0)
    axes.set_yticks([])
    ends = [0.0, *(row[name] for row in rows for name in ("at_low", "at_high", "difference"))]
    low, high = min(ends), max(ends)
    margin = (high - low) * 0.06 or 1.0
    axes.set_xlim(low - margin, high + margin)
    _ticks(axes, 5 if beside else 4)
    axis_label(axes, look.axis, inner, horizontal=True)
    unit = (high - low + 2 * margin) / inner
    down, strips = 0.0, []
    for row, name, height in zip(rows, names, heights, strict=True):
        above = 0.0 if beside else len(name) * LEADING + 2
        place = down + above + (height - above) / 2
        strips.append((down + above, down + height))
        where = place if beside else down + above / 2 + 2
        # The left end of the axis is not its zero here.
        shift = (low - margin) / unit
        _named(axes, name, where, unit, shift, beside=beside)
        turns = bool(row["switch"])
        shade, shape = (VERMILION, "s") if turns else (BLUE, "o")
        two = (row["at_low"], row["at_high"])
        spans(
            axes, [place], [min(two)], [max(two)],
            along="x", colour=shade, width=4, gid=f"swing: {row['assumption']}",  # unmarked: a name
        )  # fmt: skip
        for at, filled in zip(two, (False, True), strict=True):
            dots(axes, [at], [place], shape=shape, colour=shade, gid="end", filled=filled)
        down += height
    for at, colour, style, gid in (
        (0.0, INK, "solid", "zero"),
        (rows[0]["difference"], SOFT, (0, (4, 3)), "now"),
    ):
        # Not through the names, which on a narrow sheet stand above their rows.
        uppers, lowers = zip(*strips, strict=True)
        spans(
            axes, [at] * len(strips), uppers, lowers,
            along="y", colour=colour, width=0.9, style=style, order=2, gid=gid,
        )  # fmt: skip
    return sheet.figure


def _ticks(axes: Axes, most: int, *, upright: bool = False) -> None:
    """Set at most so many round ticks, all of them within the plot."""
    low, high = axes.get_ylim() if upright else axes.get_xlim()
    found = [tick for tick in MaxNLocator(most).tick_values(low, high) if low <= tick <= high]
    labels = None
    if current() != ENGLISH:
        # Matplotlib writes a decimal point, whatever the language.
        places = max((len(f"{tick:.10g}".partition(".")[2]) for tick in found), default=0)
        labels = [number(tick, places).replace("-", "\u2212") for tick in found]
    (axes.set_yticks if upright else axes.set_xticks)(found, labels)


def _named(
    axes: Axes, lines: Sequence[str], middle: float, unit: float, shift: float, *, beside: bool
) -> None:
    for nth, line in enumerate(lines):
        down = middle + (nth - (len(lines) - 1) / 2) * LEADING
        x = (shift - (10 if beside else 4)) * unit
        put(axes, x, down, line, va="center", ha="right" if beside else "left", zorder=5)


# ---------------------------------------------------------------------- a map over two assumptions


def winners_chart(
    winner: Any, across: Axis, up: Axis, *, first: str, second: str, synthetic: bool = False
) -> Chart:
    """Map which of two policies is ahead over two assumptions.

    Parameters
    ----------
    winner : array of int, (across, up)
        0 where the first is ahead, 1 where the second is, -1 where they are equal.
    across, up : Axis
        The two assumptions.
    first, second : str
        The policies.
    synthetic : bool
        As for `policies_chart`.
    """
    winner = np.asarray(winner)
    n = winner.size
    ahead = [(name, int((winner == nth).sum())) for nth, name in enumerate((first, second))]
    parts = [
        _("{policy} is ahead at {n} of {total}").format(policy=name, n=count, total=n)
        for name, count in ahead
        if count
    ]
    ties = int((winner == _TIES).sum())
    if ties:
        parts.append(_("they are equal at {n} of {total}").format(n=ties, total=n))
    title = first_upper(_("{parts} points of this map").format(parts=", ".join(parts)))
    key = _(
        "Dot: {first}. Square: {second}. Small grey cross: equal. Lines: what is assumed now."
    ).format(first=first, second=second)
    look = Look(title, key, across.says, synthetic)
    told = [
        f"{up.says} {_number(y)}: "
        + ", ".join(
            _("{policy} at {value}").format(
                policy=_who(winner[i, j], first, second), value=_number(x)
            )
            for i, x in enumerate(across.values)
        )
        for j, y in enumerate(up.values)
    ]
    data = {f"{up.says} \\ {across.says}": [_number(y) for y in up.values]}
    data |= {
        _number(x): [_who(winner[i, j], first, second) for j in range(len(up.values))]
        for i, x in enumerate(across.values)
    }
    return Chart(
        figure=_map(winner, across, up, look, WIDE),
        narrow=_map(winner, across, up, look, NARROW),
        title=title,
        alt=alt_text(
            title,
            _("{across}, {n} values, by {up}, {m} values").format(
                across=across.says, n=len(across.values), up=up.says, m=len(up.values)
            ),
            told,
            synthetic=synthetic,
            caption="",
        ),
        caption="",
        data=pd.DataFrame(data),
    )


def _who(number: int, first: str, second: str) -> str:
    return (_("equal"), first, second)[int(number) + 1]


def _number(value: float) -> str:
    return three_digits(value) if abs(value) < 1000 else f"{value:.0f}"


def _map(winner: Any, across: Axis, up: Axis, look: Look, width: float) -> Figure:
    # Up to here the words of the upright axis stand above the plot, where they can be read.
    words = wrapped(_("Upwards: {what}").format(what=up.says), width - 2 * _EDGE, SMALL, most=3)
    above = len(words) * LEADING + 12
    tall = 220.0
    left = _EDGE + 34
    sheet = Sheet(width, look, above + tall + _AXIS + LEADING)
    axes = sheet.axes(left, _EDGE + 12, above, _AXIS + LEADING)
    xs, ys = (np.asarray(one.values, dtype=float) for one in (across, up))
    for values, limit in ((xs, axes.set_xlim), (ys, axes.set_ylim)):
        half = (values[-1] - values[0]) / max(1, len(values) - 1) / 2 or 0.5
        limit(values[0] - half, values[-1] + half)
    inner = width - left - _EDGE - 12
    _ticks(axes, 6 if width >= WIDE else 4)
    _ticks(axes, 6, upright=True)
    axis_label(axes, look.axis, inner, horizontal=True)
    grid_x, grid_y = np.meshgrid(xs, ys, indexing="ij")
    for nth, (shape, shade, filled) in enumerate(_SHAPES):
        at = winner == nth
        if at.any():
            dots(
                axes, grid_x[at], grid_y[at],
                shape=shape, colour=shade, gid=f"winner {nth}", filled=filled, size=7,
            )  # fmt: skip
    equal = winner == _TIES
    if equal.any():
        dots(axes, grid_x[equal], grid_y[equal], shape="x", colour=GREY, gid="equal", size=4)
    axes.axvline(across.now, color=SOFT, linewidth=1, linestyle=(0, (4, 3)), zorder=2, gid="now")
    axes.axhline(up.now, color=SOFT, linewidth=1, linestyle=(0, (4, 3)), zorder=2, gid="now")
    low, high = axes.get_ylim()
    point = (high - low) / tall
    side = axes.get_xlim()[0] - 34 * (axes.get_xlim()[1] - axes.get_xlim()[0]) / inner
    for nth, line in enumerate(words):
        place = high + (8 + (len(words) - 1 - nth) * LEADING) * point
        put(axes, side, place, line, fontsize=SMALL, color=SOFT, va="center", ha="left")
    return sheet.figure
