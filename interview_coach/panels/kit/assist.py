"""What only the browser can do: names and roles, keys, focus, reading out, copying.

One small anywidget a page, its code in `assist.js`, its looks in `theme.css`; nothing is fetched.
"""

from pathlib import Path

import anywidget
import traitlets

from interview_coach.language import _, current
from interview_coach.panels.kit.theme import looks_js, theme_css

__all__ = ["Assist"]


class Assist(anywidget.AnyWidget):
    """The invisible helper that each `Page` holds."""

    _esm = looks_js() + (Path(__file__).parent / "assist.js").read_text(encoding="utf-8")
    _css = theme_css()

    title = traitlets.Unicode().tag(sync=True)
    # The counter makes the same words, said twice, be read twice.
    said = traitlets.List([0, ""]).tag(sync=True)
    # The language of the page, and what `assist.js` says of itself, in it.
    lang = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    def __init__(self, title: str) -> None:
        super().__init__(title=title, lang=current(), words=_words())

    def say(self, words: str) -> None:
        """Have screen readers say `words` when they next pause."""
        self.said = [self.said[0] + 1, words]


def _words() -> dict[str, str]:
    return {
        "parts": _("Parts of this page"),
        "keysOn": _("Turn keys on"),
        "keysOff": _("Turn keys off"),
        "keysAreOn": _("Keys are on."),
        "keysAreOff": _("Keys are off."),
        "copied": _("Copied"),
        "copyByHand": _("Select the text and copy it"),
    }
