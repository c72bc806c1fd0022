"""How rates are drawn: rows with a dot and an interval each, or points along time."""

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

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
    WIDE,
    Sheet,
    put,
    text_width,
    wrapped,
)
from interview_coach.charts.periods import period_of, ticks
from interview_coach.wording import FEW, of_total, percent

__all__ = ["draw_periods", "draw_rows"]

_SMALL = 8.5
_EDGE = 14.0
_AXIS = 38.0  # room for tick labels and the axis label below a plot
_PLOT = 230.0  # height of a plot over time

# Behind the counts, so that no line runs through them.
_CLEAR = {"facecolor": PAPER, "edgecolor": "none", "pad": 1, "alpha": 0.8}

# Kinds of mark: (name, colour, shape, filled). The shape says the same as the colour.
_KINDS = (
    ("rate", BLUE, "o", True),
    ("outside ordinary noise", VERMILION, "s", True),
    ("few cases", GREY, "D", False),
)


def draw_rows(
    rates: pd.DataFrame, *, width: float, heading: str, key: str, axis: str, synthetic: bool
) -> Figure:
    """Draw one row for each rate: its name, a dot, the interval, the counts beside it.

    On a narrow sheet the name stands above its row, on a wide one to its left.

    Parameters
    ----------
    rates : DataFrame
        In the order to draw: `name, n, N, value, low, high, out`, and the limits of noise if known.
    width : float
        In points.
    heading, key, axis : str
        The title, what the marks mean, and what the axis shows.
    synthetic : bool
        Whether to draw that label.
    """
    if rates.empty:
        return Sheet(width, heading, key, 10, synthetic=synthetic).figure
    beside = width >= WIDE
    room = width * 0.34 if beside else width - 2 * _EDGE
    names = [wrapped(name, room, most=3) for name in rates["name"]]
    left = _EDGE + (max(text_width(line) for name in names for line in name) + 10 if beside else 4)
    heights = [
        max(26.0, len(name) * LEADING + 10) if beside else len(name) * LEADING + 24
        for name in names
    ]
    counts = [of_total(int(n), int(total)) for n, total in zip(rates["n"], rates["N"], strict=True)]
    right = _EDGE + max(text_width(text, _SMALL) for text in counts) + 8
    overall = _overall(rates)
    above = 20.0 if overall is not None else 4.0
    sheet = Sheet(width, heading, key, above + sum(heights) + _AXIS, synthetic=synthetic)
    axes = sheet.axes(left, right, above, _AXIS)
    axes.set_ylim(sum(heights), 0)
    top = _scale(axes, rates, along="x", most=5 if beside else 4)
    inner = width - left - right

    ends = [sum(heights[: number + 1]) for number in range(len(heights))]
    # On a narrow sheet the mark stands in the lower part of its row, beneath the name.
    places = [
        end - height / 2 if beside else end - 13 for end, height in zip(ends, heights, strict=True)
    ]
    # What each row may draw on: on a narrow sheet not the name above it.
    strips = [
        (end - height, end) if beside else (end - 22, end - 4)
        for end, height in zip(ends, heights, strict=True)
    ]
    uppers, lowers = [upper for upper, _ in strips], [lower for _, lower in strips]
    axes.vlines([0] * len(strips), uppers, lowers, color=INK, linewidth=0.8, zorder=2, gid="zero")
    if overall is not None:
        for upper, lower, low, high in zip(
            uppers, lowers, rates["noise_low"], rates["noise_high"], strict=True
        ):
            axes.fill_betweenx([upper, lower], low, high, color=BAND, linewidth=0, zorder=1)
        axes.vlines(
            [overall] * len(strips), uppers, lowers,
            color=SOFT, linewidth=1, linestyles=(0, (4, 3)), zorder=2, gid="overall",
        )  # fmt: skip
        _overall_label(axes, overall, top, inner)
    _marks(axes, rates, places, along="x")
    for place, name, end, height, text, high in zip(
        places, names, ends, heights, counts, rates["high"], strict=True
    ):
        put(
            axes, high + 6 * top / inner, place, text, fontsize=_SMALL, va="center", ha="left",
            zorder=5, bbox=_CLEAR,
        )  # fmt: skip
        middle = place if beside else end - height + len(name) * LEADING / 2 + 2
        for number, line in enumerate(name):
            down = middle + (number - (len(name) - 1) / 2) * LEADING
            x = -10 * top / inner if beside else -4 * top / inner
            put(axes, x, down, line, va="center", ha="right" if beside else "left", zorder=5)
    axes.set_yticks([])
    _axis_label(axes, axis, horizontal=True)
    return sheet.figure


def draw_periods(
    rates: pd.DataFrame, *, width: float, heading: str, key: str, axis: str, synthetic: bool
) -> Figure:
    """Draw rates along time: a point with its interval, its counts above it, and the noise band.

    Parameters
    ----------
    rates : DataFrame
        As for `draw_rows`, by time, with the period as `group` and its number as `place`.
    width, heading, key, axis, synthetic
        As for `draw_rows`.
    """
    first, last = int(rates["place"].min()), int(rates["place"].max())
    overall = _overall(rates)
    counts = [f"{int(n):,}/{int(total):,}" for n, total in zip(rates["n"], rates["N"], strict=True)]
    left = _EDGE + 44
    right = _EDGE + (text_width("overall 100%", _SMALL) + 6 if overall is not None else 4)
    inner = width - left - right
    # At least six places, or a single month would be a band across the sheet.
    places = max(last - first + 1, 6)
    step = inner / places
    widest = max(text_width(text, _SMALL) for text in counts)
    upright = widest + 4 > step
    room = (widest if upright else LEADING) + 10
    sheet = Sheet(width, heading, key, _PLOT + _AXIS, synthetic=synthetic)
    axes = sheet.axes(left, right, 4, _AXIS + 8)
    middle = (first + last) / 2
    axes.set_xlim(middle - places / 2, middle + places / 2)
    high = _PLOT - 12
    top = _scale(axes, rates, along="y", most=5, room=high / (high - room))

    if overall is not None:
        for place, low, up in zip(
            rates["place"], rates["noise_low"], rates["noise_high"], strict=True
        ):
            axes.fill_between(
                [place - 0.5, place + 0.5], low, up, color=BAND, linewidth=0, zorder=1
            )
        axes.axhline(overall, color=SOFT, linewidth=1, dashes=(4, 3), zorder=2, gid="overall")
        put(
            axes, middle + places / 2 + 6 * places / inner, overall, f"overall {percent(overall)}",
            fontsize=_SMALL, color=SOFT, va="center", ha="left",
        )  # fmt: skip
    _marks(axes, rates, [float(place) for place in rates["place"]], along="y")
    for place, text, end in zip(rates["place"], counts, rates["high"], strict=True):
        put(
            axes, place, end + 4 * top / high, text, fontsize=_SMALL, ha="center", va="bottom",
            rotation=90 if upright else 0, zorder=5,
            bbox=_CLEAR,
        )  # fmt: skip
    kind = period_of(rates["group"].iloc[0]).kind
    chosen = ticks(kind, first, last, max(1, int(inner // 34)))
    # Far enough below that the first date clears the 0% beside it.
    axes.tick_params(axis="x", pad=7)
    axes.set_xticks([number for number, _ in chosen], [label for _, label in chosen])
    _axis_label(axes, axis, horizontal=False)
    return sheet.figure


def _marks(axes: Axes, rates: pd.DataFrame, places: list[float], *, along: str) -> None:
    """Draw intervals and points; the value runs along x in rows, along y over time."""
    at = pd.Series(places, index=rates.index)
    few = rates["N"] < FEW
    of_kind = {
        "rate": ~few & ~rates["out"],
        "outside ordinary noise": rates["out"],
        "few cases": few,
    }
    for name, colour, shape, filled in _KINDS:
        some = rates[of_kind[name]]
        if some.empty:
            continue
        lines = axes.hlines if along == "x" else axes.vlines
        lines(
            at[some.index],
            some["low"],
            some["high"],
            color=colour,
            linewidth=1.6,
            zorder=3,
            gid=f"{name}: interval",
        )
        value, place = some["value"].to_list(), at[some.index].to_list()
        axes.plot(
            *((value, place) if along == "x" else (place, value)),
            linestyle="none", marker=shape, markersize=6.5 if shape == "o" else 6, color=colour,
            markerfacecolor=colour if filled else PAPER, markeredgewidth=1.4, zorder=4, gid=name,
            clip_on=False,
        )  # fmt: skip


def _overall(rates: pd.DataFrame) -> float | None:
    if "overall" not in rates.columns or len(rates) < 2:
        return None
    return float(rates["overall"].iloc[0])


def _overall_label(axes: Axes, overall: float, top: float, inner: float) -> None:
    text = f"overall {percent(overall)}"
    half = text_width(text, _SMALL) / 2 * top / inner
    # Kept within the plot, above the first row.
    x = min(max(overall, half), max(top - half, half))
    put(axes, x, -10, text, fontsize=_SMALL, color=SOFT, va="center", ha="center")


def _scale(axes: Axes, rates: pd.DataFrame, *, along: str, most: int, room: float = 1.0) -> float:
    """Set the axis of the rate from 0 to past its highest end, ticks at round percentages."""
    ends = float(rates["high"].max())
    if "noise_high" in rates.columns and len(rates) > 1:
        ends = max(ends, float(rates["noise_high"].max()))
    step = next(
        (s for s in (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2) if ends <= s * most), 0.25
    )
    top = min(1.0, ends)
    marks = [number * step for number in range(int(top / step + 1e-9) + 1)]
    places = max(0, -math.floor(math.log10(step)) - 2)
    labels = [f"{mark * 100:.{places}f}%" for mark in marks]
    top *= room
    if along == "x":
        axes.set_xlim(0, top)
        axes.set_xticks(marks, labels)
    else:
        axes.set_ylim(0, top)
        axes.set_yticks(marks, labels)
    return top


def _axis_label(axes: Axes, text: str, *, horizontal: bool) -> None:
    style: dict[str, Any] = {"fontsize": SIZE - 0.5, "color": SOFT, "labelpad": 6}
    if horizontal:
        axes.set_xlabel(text, **style)
    else:
        axes.set_ylabel(text, **style)
        axes.axhline(0, color=INK, linewidth=0.8, zorder=2)
