"""A line of text in a chart, written without being laid out.

matplotlib lays every text out anew, as if it might be rotated, boxed or of many lines, and measures it
each time; of a chart of rows that takes most of the time. The kit's texts are nearly all one level line,
centred on its height. Its baseline follows from the font's size, its width has been measured before.
"""

from collections.abc import Callable
from typing import Any

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgba
from matplotlib.text import Text

__all__ = ["Line"]

_BASELINE = 0.34  # of the size, below the middle: where capitals and digits stand in the middle


class Line(Text):
    """A level line of text whose place is the middle of its height.

    Parameters
    ----------
    x, y : float
        Where.
    text : str
        One line.
    width : callable
        Gives the width of a text in points.
    **style
        As for `matplotlib.text.Text`, without `va`.
    """

    def __init__(
        self, x: float, y: float, text: str, width: Callable[[], float], **style: Any
    ) -> None:
        super().__init__(x, y, text, va="center", parse_math=False, clip_on=False, **style)
        self._width = width

    def set_clip_path(self, path: Any, transform: Any = None) -> None:
        """Stay whole: no text of a chart is cut, and reckoning a cut for each costs a third of it."""

    def draw(self, renderer: Any) -> None:
        """Write it with a renderer."""
        text = self.get_text()
        if not self.get_visible() or not text:
            return
        whole = self.get_figure(root=True)
        assert whole is not None
        pixels = whole.dpi / 72
        x, y = self.get_transform().transform(self.get_unitless_position())
        part = {"left": 0.0, "center": 0.5, "right": 1.0}[self.get_horizontalalignment()]
        left = x - part * self._wide(renderer, text, pixels) if part else x
        down = y - _BASELINE * float(self.get_fontsize()) * pixels
        if renderer.flipy():
            down = renderer.get_canvas_width_height()[1] - down
        context = renderer.new_gc()
        context.set_foreground(to_rgba(self.get_color()), isRGBA=True)
        renderer.open_group("text", self.get_gid())
        renderer.draw_text(
            context, left, down, text, self.get_fontproperties(), 0, ismath=False, mtext=self
        )
        renderer.close_group("text")
        context.restore()
        self.stale = False

    def _wide(self, renderer: Any, text: str, pixels: float) -> float:
        """Give the width in pixels; of a picture of pixels, whose letters are fitted to them, as it is."""
        if isinstance(renderer, RendererAgg):
            measured: Any = renderer.get_text_width_height_descent
            return float(measured(text, self.get_fontproperties(), ismath=False)[0])
        return self._width() * pixels
