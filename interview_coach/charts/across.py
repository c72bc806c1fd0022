"""Rates along an axis in order, of time or of classes: points, counts on top, the noise band."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from interview_coach.charts.figures import Rates, shown
from interview_coach.charts.marks import (
    axis_label,
    bands,
    crosses,
    hidden_shapes,
    marks,
    scale,
)
from interview_coach.charts.paper import LEADING, SMALL, SOFT, Look, Sheet, put, text_width
from interview_coach.language import _
from interview_coach.wording import number, percent

__all__ = ["draw_across", "inner_width"]

_EDGE = 14.0
_PLOT = 230.0  # height of a plot
_LEFT = _EDGE + 44


def inner_width(rates: Rates, width: float) -> float:
    """Give the width of the plot itself, in points."""
    said = _overall(rates)
    return width - _LEFT - _EDGE - (text_width(said, SMALL) + 6 if said else 4)


def _overall(rates: Rates) -> str:
    """Say the overall rate, where the line of it is drawn."""
    if rates.overall is None or len(rates.rows) < 2:
        return ""
    return _("overall {rate}").format(rate=percent(rates.overall))


def draw_across(
    rates: Rates,
    look: Look,
    width: float,
    *,
    ticks: Sequence[tuple[float, str]],
    places: int,
    below: str = "",
) -> Figure:
    """Draw rates in order: a point with its interval, its counts on top; a hidden one as a cross.

    Parameters
    ----------
    rates : Rates
        With the `place` of each row on the axis; gaps stay empty.
    look : Look
        Title, key, axis, label.
    width : float
        In points.
    ticks : sequence of (float, str)
        Which places are written, and how, in lines.
    places : int
        How many places the axis has room for, at least: a single point would be a band across.
    below : str
        What the places are, in words, where the ticks do not say it themselves.
    """
    rows = rates.rows
    marked = shown(rows)
    first, last = min(row.place for row in rows), max(row.place for row in rows)
    overall = rates.overall if len(rows) > 1 else None
    counts = [f"{number(row.n)}/{number(row.N)}" for row in marked]
    inner = inner_width(rates, width)
    places = max(int(last - first) + 1, places)
    widest = max((text_width(text, SMALL) for text in counts), default=0)
    upright = widest + 4 > inner / places
    room = (widest if upright else LEADING) + 10
    lines = max((label.count("\n") + 1 for __, label in ticks), default=1)
    axis = 22 + lines * LEADING + (LEADING + 4 if below else 0)
    sheet = Sheet(width, look, _PLOT + axis)
    axes = sheet.axes(_LEFT, width - _LEFT - inner, 4, axis)
    middle = (first + last) / 2
    right = middle + places / 2
    axes.set_xlim(middle - places / 2, right)
    high = _PLOT - 4
    top = scale(axes, rates, along="y", most=5, room=high / (high - room))
    if overall is not None:
        bands(
            axes,
            [(row.place - 0.5, row.place + 0.5, row.noise_low, row.noise_high) for row in rows],
        )
        axes.axhline(overall, color=SOFT, linewidth=1, dashes=(4, 3), zorder=2, gid="overall")
        put(
            axes, right + 6 * places / inner, overall, _overall(rates),
            fontsize=SMALL, color=SOFT, va="center", ha="left",
        )  # fmt: skip
    marks(axes, rows, [row.place for row in rows], along="y")
    crosses(axes, rows, hidden_shapes(rows))
    # In a line of their own above the highest mark, where no line or band runs through them.
    for row, text in zip(marked, counts, strict=True):
        put(
            axes, row.place, top * (1 - (room - 8) / high), text, fontsize=SMALL, ha="center",
            va="bottom", rotation=90 if upright else 0,
        )  # fmt: skip
    # Far enough below that the first label clears the 0% beside it.
    axes.tick_params(axis="x", pad=7)
    axes.set_xticks([at for at, __ in ticks], [label for __, label in ticks])
    axis_label(axes, look.axis, high, horizontal=False)
    if below:
        axis_label(axes, below, inner, horizontal=True)
    return sheet.figure
