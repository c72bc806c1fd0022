"""A line of text is written where matplotlib's own would be, whatever the picture is made of."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from interview_coach.charts.chart import Chart
from interview_coach.charts.lines import Line
from interview_coach.charts.paper import Look, Sheet, put, text_width


def _sheet() -> Sheet:
    return Sheet(540, Look("A finding", "A key"), 100)


def _written(side: str, text: str = "Call") -> tuple[Line, Text]:
    """Write the same text twice at one place: the kit's way, and matplotlib's."""
    axes = _sheet().axes(100, 100, 10, 10)
    put(axes, 0.5, 0.5, text, va="center", ha=side)
    ours = axes.texts[0]
    assert isinstance(ours, Line)
    theirs = axes.text(
        0.5, 0.5, text, va="center", ha=side, fontproperties=ours.get_fontproperties()
    )
    return ours, theirs


@pytest.mark.parametrize("side", ["left", "center", "right"])
def test_its_ink_is_where_the_usual_text_has_it(side: str) -> None:
    found = []
    for text in _written(side):
        figure = text.get_figure()
        assert figure is not None
        for other in figure.axes[0].texts:
            other.set_visible(other is text)
        figure.texts.clear()
        figure.axes[0].set_xticks([])
        figure.axes[0].set_yticks([])
        canvas: Any = FigureCanvasAgg(figure)  # type: ignore[arg-type]
        canvas.draw()
        dark = (np.asarray(canvas.buffer_rgba())[:, :, :3].sum(axis=2) < 400).nonzero()
        found.append([side.min() for side in dark] + [side.max() for side in dark])
    # A pixel is a hundredth of an inch here; letters are fitted to whole ones.
    assert found[0] == pytest.approx(found[1], abs=2)


@pytest.mark.parametrize(
    ("side", "anchor"), [("left", "start"), ("center", "middle"), ("right", "end")]
)
def test_the_browser_is_told_which_end_stays(side: str, anchor: str, tmp_path: Path) -> None:
    figure = _written(side, "5 < 6 & $x$")[0].get_figure()
    chart = Chart(figure, figure, "t", "a", "", None)  # type: ignore[arg-type]
    svg = chart.save(tmp_path / "a.svg").read_text(encoding="utf-8")
    lines = re.findall(r"<text[^>]*text-anchor: (\w+)[^>]*>5 &lt; 6 &amp; \$x\$</text>", svg)
    assert lines[0] == anchor


def test_its_width_is_the_measured_one_but_for_pixels() -> None:
    line = _written("right")[0]
    figure = line.get_figure()
    assert figure is not None
    canvas: Any = FigureCanvasAgg(figure)  # type: ignore[arg-type]
    pixels = canvas.get_renderer()
    assert line._wide(None, "Call", 2.0) == 2 * text_width("Call")
    assert line._wide(pixels, "Call", 2.0) == pytest.approx(text_width("Call") * 100 / 72, abs=3)


def test_what_is_boxed_or_turned_is_laid_out_in_full() -> None:
    axes = _sheet().axes(100, 100, 10, 10)
    put(axes, 0, 0, "boxed", va="center", bbox={"facecolor": "none"})
    put(axes, 0, 0, "turned", va="center", rotation=90)
    put(axes, 0, 0, "below", va="bottom")
    put(axes, 0, 0, "plain", va="center")
    assert [isinstance(one, Line) for one in axes.texts] == [False, False, False, True]
    assert [one.get_text() for one in axes.figure.texts] == ["A finding", "A key"]
