"""What only the browser can do: names and roles, keys, focus, reading out, copying.

One small anywidget a page, its code in `assist.js`, its looks in `theme.css`; nothing is fetched.
"""

from pathlib import Path

import anywidget
import traitlets

from interview_coach.panels.kit.theme import theme_css

__all__ = ["Assist"]


class Assist(anywidget.AnyWidget):
    """The invisible helper that each `Page` holds."""

    _esm = (Path(__file__).parent / "assist.js").read_text(encoding="utf-8")
    _css = theme_css()

    title = traitlets.Unicode().tag(sync=True)
    # The counter makes the same words, said twice, be read twice.
    said = traitlets.List([0, ""]).tag(sync=True)

    def say(self, words: str) -> None:
        """Have screen readers say `words` when they next pause."""
        self.said = [self.said[0] + 1, words]
