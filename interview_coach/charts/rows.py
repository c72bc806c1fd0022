"""Rates as rows: a name, a dot with its interval, and the counts beside it."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from interview_coach.charts.figures import EMPTY, HIDDEN, Rates, Row
from interview_coach.charts.marks import (
    axis_label,
    bands,
    label_lines,
    marks,
    row_name,
    scale,
    spans,
)
from interview_coach.charts.paper import (
    INK,
    LEADING,
    SMALL,
    SOFT,
    WIDE,
    Look,
    Sheet,
    put,
    text_width,
    wrapped,
)
from interview_coach.language import _
from interview_coach.wording import of_total, percent

__all__ = ["draw_rows"]

_EDGE = 14.0
_AXIS = 38.0  # room for tick labels and the axis label below a plot


def draw_rows(rates: Rates, look: Look, width: float) -> Figure:
    """Draw one row for each rate; where it is hidden, the reason stands in place of the mark.

    On a narrow sheet the name stands above its row, on a wide one to its left.

    Parameters
    ----------
    rates : Rates
        In the order to draw.
    look : Look
        Title, key, axis, label.
    width : float
        In points.
    """
    rows = rates.rows
    if not rows:
        return Sheet(width, look, 10).figure
    beside = width >= WIDE
    room = width * 0.34 if beside else width - 2 * _EDGE
    names = [wrapped(row.name, room, most=3) for row in rows]
    left = _EDGE + (max(text_width(line) for name in names for line in name) + 10 if beside else 4)
    counts = [of_total(row.n, row.N) if row.kind != HIDDEN else "" for row in rows]
    right = _EDGE + max(text_width(text, SMALL) for text in counts) + 8
    inner = width - left - right
    # The reason may use the room that the counts would take.
    words = [_words(row, width - left - _EDGE - 8) for row in rows]
    heights = [
        max(26.0, len(name) * LEADING + 10, len(lines) * LEADING + 10)
        if beside
        else len(name) * LEADING + 24 + max(0, len(lines) - 1) * LEADING
        for name, lines in zip(names, words, strict=True)
    ]
    overall = rates.overall if len(rows) > 1 else None
    figures = any(row.kind != HIDDEN for row in rows)
    # The words of the axis stand in the middle of the plot, within the sheet.
    label = 2 * min(left + inner / 2, right + inner / 2) - 2 * _EDGE
    lines_below = len(label_lines(look.axis, label))
    above = 20.0 if overall is not None else 4.0
    below = _AXIS + (lines_below - 1) * LEADING if figures else 10.0
    sheet = Sheet(width, look, above + sum(heights) + below)
    axes = sheet.axes(left, right, above, below)
    axes.set_ylim(sum(heights), 0)
    top = scale(axes, rates, along="x", most=5 if beside else 4)

    ends = [sum(heights[: number + 1]) for number in range(len(heights))]
    # What each row may draw on: on a narrow sheet not the name above it.
    strips = [
        (end - height, end) if beside else (end - height + len(name) * LEADING + 2, end - 4)
        for end, height, name in zip(ends, heights, names, strict=True)
    ]
    places = [
        (upper + lower) / 2 if beside else lower - 9 - (len(lines) > 1) * (lower - upper - 18) / 2
        for (upper, lower), lines in zip(strips, words, strict=True)
    ]
    uppers, lowers = [upper for upper, __ in strips], [lower for __, lower in strips]
    if figures:
        zeros = [0.0] * len(strips)
        spans(axes, zeros, uppers, lowers, along="y", colour=INK, width=0.8, order=2, gid="zero")
        axis_label(axes, look.axis, label, horizontal=True)
    else:
        axes.set_xticks([])
    if overall is not None:
        bands(
            axes,
            [
                (row.noise_low, row.noise_high, *strip)
                for row, strip in zip(rows, strips, strict=True)
            ],
        )
        spans(
            axes, [overall] * len(strips), uppers, lowers,
            along="y", colour=SOFT, width=1, style=(0, (4, 3)), order=2, gid="overall",
        )  # fmt: skip
        _overall_label(axes, overall, top, inner)
    marks(axes, rows, places, along="x")
    unit = top / inner  # a point of the sheet on the axis of the rate
    for place, end, height, name, text, lines in zip(
        places, ends, heights, names, counts, words, strict=True
    ):
        for number, line in enumerate(lines):
            down = place + (number - (len(lines) - 1) / 2) * LEADING
            put(axes, 8 * unit, down, line, fontsize=SMALL, color=SOFT, va="center", ha="left")
        if not lines:
            # In a column of their own, where no line or band runs through them.
            put(
                axes,
                top + (right - _EDGE) * unit,
                place,
                text,
                fontsize=SMALL,
                va="center",
                ha="right",
            )
        middle = place if beside else end - height + len(name) * LEADING / 2 + 2
        row_name(axes, name, middle, unit, beside=beside)
    axes.set_yticks([])
    return sheet.figure


def _words(row: Row, room: float) -> list[str]:
    """Give what stands where there is no mark."""
    if row.kind == EMPTY:
        return [_("no cases")]
    return wrapped(row.reason, room, SMALL, most=3) if row.kind == HIDDEN else []


def _overall_label(axes: Axes, overall: float, top: float, inner: float) -> None:
    text = _("overall {rate}").format(rate=percent(overall))
    half = text_width(text, SMALL) / 2 * top / inner
    # Kept within the plot, above the first row.
    x = min(max(overall, half), max(top - half, half))
    put(axes, x, -10, text, fontsize=SMALL, color=SOFT, va="center", ha="center")
