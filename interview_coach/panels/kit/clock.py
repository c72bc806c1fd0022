"""A clock that runs by itself: the browser ticks, the panel decides what a tick means."""

from pathlib import Path

import anywidget
import traitlets

__all__ = ["Ticker"]


class Ticker(anywidget.AnyWidget):
    """Ticks while it runs and its page is seen; it shows nothing itself.

    Without a thread or an event loop of its own: each tick is a message like a click, so it waits
    its turn while something else is being worked on, in JupyterLab and on a served page alike.

    Attributes
    ----------
    running : bool
        Whether it ticks.
    seconds : float
        Time between ticks.
    ticks : int
        How often it has ticked; watch it.
    """

    _esm = (Path(__file__).parent / "clock.js").read_text(encoding="utf-8")

    running = traitlets.Bool(False).tag(sync=True)
    seconds = traitlets.Float(5.0).tag(sync=True)
    ticks = traitlets.Int(0).tag(sync=True)
