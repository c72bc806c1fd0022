"""The sheet a chart is drawn on: colours, measured text, title, key and the synthetic label.

Everything is laid out in points, with text measured before it is placed, so that nothing overlaps
and nothing is cut, however long a name is.
"""

import warnings
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any
from unicodedata import east_asian_width

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from interview_coach.charts.lines import Line
from interview_coach.language import _

__all__ = [
    "BAND",
    "BLUE",
    "FONT",
    "GREEN",
    "GREY",
    "INK",
    "LEADING",
    "NARROW",
    "PAPER",
    "SIZE",
    "SMALL",
    "SMALL_LEADING",
    "SOFT",
    "VERMILION",
    "WIDE",
    "Look",
    "Sheet",
    "put",
    "text_width",
    "wrapped",
]

# The kit's paper and ink, and for the marks the palette of Okabe and Ito (2008), which people with
# any kind of colour vision can tell apart.
PAPER, INK, SOFT, BAND = "#fbfaf7", "#1d2733", "#526070", "#e3e8ee"
BLUE, VERMILION, GREEN, GREY = "#0072B2", "#D55E00", "#009E73", "#6b7785"
_AMBER, _AMBER_SOFT = "#855600", "#fdf1d8"

FONT = "DejaVu Sans"  # unmarked: a font that comes with matplotlib, so that text measures the same everywhere
WIDE, NARROW = 540.0, 270.0
SIZE, LEADING = 10.5, 13.5
SMALL, SMALL_LEADING = 9.5, 12.5
_TITLE, _TITLE_LEADING, _EDGE = 13.0, 17.0, 14.0


@lru_cache(maxsize=4096)
def text_width(text: str, size: float = SIZE, *, bold: bool = False) -> float:
    """Measure a line of text, in points."""
    font = FontProperties(family=FONT, size=size, weight="bold" if bold else "normal")
    # East Asian signs, which the font lacks, are as wide as a W.
    known = "".join("W" if east_asian_width(sign) in "WF" else sign for sign in text)
    with warnings.catch_warnings():
        # Of other scripts the width is a guess, which a warning would not better.
        warnings.filterwarnings("ignore", message="Glyph ")  # unmarked: matplotlib's
        width, *_rest = text_to_path.get_text_width_height_descent(known, font, ismath=False)
    return float(width)


def wrapped(
    text: str, width: float, size: float = SIZE, *, bold: bool = False, most: int = 6
) -> list[str]:
    """Break text into lines of at most `width` points; past `most` lines it ends in an ellipsis."""
    lines: list[str] = []
    current = ""
    for word in text.split():
        tried = f"{current} {word}".strip()
        if text_width(tried, size, bold=bold) <= width:
            current = tried
            continue
        if current:
            lines.append(current)
        # A word wider than the line is broken where it must be.
        while text_width(word, size, bold=bold) > width and len(word) > 1:
            fits = 1
            while text_width(word[: fits + 1], size, bold=bold) <= width:
                fits += 1
            lines.append(word[:fits])
            word = word[fits:]
        current = word
    lines.append(current)
    if len(lines) > most:
        last = lines[most - 1]
        while last and text_width(last + "…", size, bold=bold) > width:
            last = last[:-1]
        lines = [*lines[: most - 1], last.rstrip() + "…"]
    return lines


def put(axes: Axes, x: float, y: float, text: str, **style: Any) -> None:
    """Write text into a chart as it is: a dollar sign in a name is no formula."""
    look: dict[str, Any] = {"fontsize": SIZE, "color": INK, **style}
    if look.get("va") == "center" and not {"rotation", "bbox"} & set(look):
        del look["va"]
        axes.add_artist(_line(x, y, text, **look))
        return
    axes.text(x, y, text, parse_math=False, fontfamily=FONT, **look)


def _line(x: float, y: float, text: str, *, fontsize: float, **look: Any) -> Line:
    width = partial(text_width, text, fontsize, bold=look.get("weight") == "bold")
    return Line(x, y, text, width, fontsize=fontsize, fontfamily=FONT, **look)


@dataclass(frozen=True)
class Look:
    """What stands around a plot.

    Attributes
    ----------
    heading, key : str
        The title, and what the marks mean.
    axis : str
        What the axis of the values shows.
    synthetic : bool
        Whether to draw the label that says so.
    """

    heading: str
    key: str = ""
    axis: str = ""
    synthetic: bool = False


class Sheet:
    """A figure of a given width with title above and key below, and room for axes.

    Parameters
    ----------
    width : float
        In points.
    look : Look
        Title and key, broken into lines as needed, and the label.
    body : float
        Height of the plot with its axis, in points.
    """

    def __init__(self, width: float, look: Look, body: float):
        room = width - 2 * _EDGE
        titles = wrapped(look.heading, room, _TITLE, bold=True)
        keys = wrapped(look.key, room, SMALL, most=12) if look.key else []
        label = 26.0 if look.synthetic else 0.0
        above = _EDGE + label + len(titles) * _TITLE_LEADING + 8
        height = above + body + len(keys) * SMALL_LEADING + _EDGE
        self.width, self.height, self.body, self._above = width, height, body, above
        self.figure = Figure(figsize=(width / 72, height / 72), dpi=100, facecolor=PAPER)
        if look.synthetic:
            self._write(
                _EDGE + 5,
                _EDGE + 4,
                _("Synthetic data"),
                SMALL + 0.5,
                SMALL_LEADING,
                color=_AMBER,
                weight="bold",
                bbox={"facecolor": _AMBER_SOFT, "edgecolor": "none", "boxstyle": "round,pad=0.45"},
            )
        for number, line in enumerate(titles):
            down = _EDGE + label + number * _TITLE_LEADING
            self._write(_EDGE, down, line, _TITLE, _TITLE_LEADING, color=INK, weight="bold")
        for number, line in enumerate(keys):
            down = above + body + number * SMALL_LEADING
            self._write(_EDGE, down, line, SMALL, SMALL_LEADING, color=SOFT)

    def axes(self, left: float, right: float, top: float, bottom: float) -> Axes:
        """Place the plot: distances from the sheet's sides and from the body's ends, in points."""
        high = self.body - top - bottom
        down = self._above + top
        axes = self.figure.add_axes(
            (
                left / self.width,
                1 - (down + high) / self.height,
                (self.width - left - right) / self.width,
                high / self.height,
            ),
            facecolor=PAPER,
        )
        for side in axes.spines.values():
            side.set_visible(False)
        axes.tick_params(length=0, labelsize=SMALL + 0.5, colors=SOFT, labelfontfamily=FONT)
        return axes

    def _write(
        self, left: float, down: float, text: str, size: float, leading: float, **style: Any
    ) -> None:
        x, y = left / self.width, 1 - (down + leading / 2) / self.height
        if "bbox" in style:
            self.figure.text(
                x, y, text,
                va="center", fontsize=size, fontfamily=FONT, parse_math=False, **style,
            )  # fmt: skip
            return
        line = _line(x, y, text, fontsize=size, transform=self.figure.transSubfigure, **style)
        line.set_figure(self.figure)
        self.figure.texts.append(line)
