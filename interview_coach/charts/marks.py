"""The marks of a rate, the same in every chart: points, intervals, bands, counts, the scale."""

import math
from collections.abc import Sequence
from typing import Any, Literal

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.lines import Line2D

from interview_coach.charts.figures import FEW_CASES, HIDDEN, OUTSIDE, RATE, UNKNOWN, Rates, Row
from interview_coach.charts.paper import (
    BAND,
    BLUE,
    GREY,
    INK,
    LEADING,
    PAPER,
    SIZE,
    SOFT,
    VERMILION,
    put,
    wrapped,
)
from interview_coach.language import N_, _
from interview_coach.wording import plain_percent

__all__ = [
    "CLEAR",
    "HIDDEN_SHAPES",
    "axis_label",
    "bands",
    "crosses",
    "dots",
    "hidden_shapes",
    "label_lines",
    "marks",
    "percent_ticks",
    "row_name",
    "scale",
    "spans",
]

_LABEL = SIZE - 0.5
# Behind the counts, so that no line runs through them.
CLEAR = {"facecolor": PAPER, "edgecolor": "none", "pad": 1}
Along = Literal["x", "y"]

# Kinds of mark: (name, colour, shape, filled). The shape says the same as the colour.
_KINDS = (
    (RATE, BLUE, "o", True),
    (OUTSIDE, VERMILION, "s", True),
    (FEW_CASES, GREY, "D", False),
    (UNKNOWN, GREY, "v", True),
)
# Marks for hidden rows where there is no room for words: a shape for each reason.
HIDDEN_SHAPES = (("x", N_("cross")), ("+", N_("plus sign")), ("1", N_("three-pointed star")))


def dots(
    axes: Axes,
    x: Sequence[float],
    y: Sequence[float],
    *,
    shape: str,
    colour: str,
    gid: str,
    filled: bool = True,
    size: float = 6,
) -> None:
    """Draw points, whole even where they lie on the edge of the plot."""
    axes.add_line(
        Line2D(
            x, y, linestyle="none", marker=shape, markersize=size, color=colour,
            markerfacecolor=colour if filled else PAPER, markeredgewidth=size / 4.3, zorder=4,
            gid=gid, clip_on=False,
        )
    )  # fmt: skip


def spans(
    axes: Axes,
    places: Sequence[float],
    lows: Sequence[float],
    highs: Sequence[float],
    *,
    along: Along,
    colour: str,
    gid: str,
    width: float = 1.6,
    order: float = 3,
    style: Any = "solid",
) -> None:
    """Draw lines from `lows` to `highs` along one axis, at `places` of the other."""
    ends = [((low, at), (high, at)) for at, low, high in zip(places, lows, highs, strict=True)]
    if along == "y":
        ends = [((at, low), (at, high)) for (low, at), (high, __) in ends]
    axes.add_collection(
        LineCollection(
            ends,
            colors=colour,
            linewidths=width,
            linestyles=[style],
            zorder=order,
            gid=gid,
            clip_on=False,
        ),
        autolim=False,
    )


def marks(
    axes: Axes, rows: Sequence[Row], places: Sequence[float], *, along: Along, size: float = 6
) -> None:
    """Draw intervals and points; the value runs along x in rows, along y over time or classes."""
    for name, colour, shape, filled in _KINDS:
        some = [(row, at) for row, at in zip(rows, places, strict=True) if row.kind == name]
        if not some:
            continue
        value, place = [row.value for row, __ in some], [at for __, at in some]
        spans(
            axes, place, [row.low for row, __ in some], [row.high for row, __ in some],
            along=along, colour=colour, width=size / 3.75, gid=f"{name}: interval",
        )  # fmt: skip
        x, y = (value, place) if along == "x" else (place, value)
        dots(axes, x, y, shape=shape, colour=colour, filled=filled, size=size, gid=name)


def hidden_shapes(rows: Sequence[Row]) -> dict[str, str]:
    """Give the words for the shape of each reason for which rows are hidden."""
    found = list(dict.fromkeys(row.reason for row in rows if row.kind == HIDDEN))
    last = len(HIDDEN_SHAPES) - 1
    return {why: _(HIDDEN_SHAPES[min(place, last)][1]) for place, why in enumerate(found)}


def crosses(axes: Axes, rows: Sequence[Row], shapes: dict[str, str], *, size: float = 7) -> None:
    """Mark on the axis, along x, where a row is hidden."""
    named = {_(words): shape for shape, words in HIDDEN_SHAPES}
    for words in dict.fromkeys(shapes.values()):
        at = [row.place for row in rows if row.kind == HIDDEN and shapes[row.reason] == words]
        dots(axes, at, [0] * len(at), shape=named[words], colour=SOFT, size=size, gid=HIDDEN)


def bands(axes: Axes, spans: Sequence[tuple[float, float, float, float]]) -> None:
    """Draw pale bands of ordinary noise: rectangles from x0 to x1 and from y0 to y1."""
    corners = [
        [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
        for x0, x1, y0, y1 in spans
        if not any(map(math.isnan, (x0, x1, y0, y1)))
    ]
    axes.add_collection(
        PolyCollection(corners, facecolor=BAND, linewidth=0, zorder=1, gid="noise"),
        autolim=False,
    )


def percent_ticks(ends: float, most: int) -> tuple[list[float], list[str]]:
    """Choose round percentages from 0 to `ends`, about `most` of them, and write them."""
    step = next(
        (s for s in (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2) if ends <= s * most), 0.25
    )
    ticks = [number * step for number in range(int(min(1.0, ends) / step + 1e-9) + 1)]
    places = max(0, -math.floor(math.log10(step)) - 2)
    return ticks, [plain_percent(tick, places) for tick in ticks]


def scale(axes: Axes, rates: Rates, *, along: Along, most: int, room: float = 1.0) -> float:
    """Set the axis of the rate from 0 to past its highest end, ticks at round percentages."""
    limits = [row.noise_high for row in rates.rows] if len(rates.rows) > 1 else []
    known = [end for end in [*(row.high for row in rates.rows), *limits] if not math.isnan(end)]
    ends = max(known, default=1.0)
    top = min(1.0, ends) * room
    if along == "x":
        axes.set_xlim(0, top)
        axes.set_xticks(*percent_ticks(ends, most))
    else:
        axes.set_ylim(0, top)
        axes.set_yticks(*percent_ticks(ends, most))
    return top


def row_name(axes: Axes, lines: Sequence[str], middle: float, unit: float, *, beside: bool) -> None:
    """Write the name of a row, left of the axis or (on a narrow sheet) above the row.

    Parameters
    ----------
    axes : Axes
        With points of the sheet, downwards, along y.
    lines : sequence of str
        The name.
    middle : float
        Of the name, along y.
    unit : float
        A point of the sheet along x.
    beside : bool
        Left of the axis.
    """
    for number, line in enumerate(lines):
        down = middle + (number - (len(lines) - 1) / 2) * LEADING
        x = -10 * unit if beside else -4 * unit
        put(axes, x, down, line, va="center", ha="right" if beside else "left", zorder=5)


def axis_label(axes: Axes, text: str, room: float, *, horizontal: bool) -> None:
    """Say in words what an axis shows, in lines of `room` points; an upright one gets its zero line.

    `label_lines` says how many lines that takes.
    """
    style: dict[str, Any] = {"fontsize": _LABEL, "color": SOFT, "labelpad": 6, "parse_math": False}
    said = "\n".join(label_lines(text, room))
    if horizontal:
        axes.set_xlabel(said, **style)
    else:
        axes.set_ylabel(said, **style)
        axes.axhline(0, color=INK, linewidth=0.8, zorder=2, clip_on=False)


def label_lines(text: str, room: float) -> list[str]:
    """Break the words of an axis into lines."""
    return wrapped(text, room, _LABEL, most=3)
