"""What a page is for, and an example that fills itself in: the line under a page's heading."""

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from interview_coach.language import _
from interview_coach.panels.kit.controls import button
from interview_coach.panels.kit.markup import el
from interview_coach.panels.kit.nav import GUIDES
from interview_coach.panels.kit.parts import details, show
from interview_coach.panels.kit.purposes import PURPOSES
from interview_coach.panels.kit.status import Notice

__all__ = ["About", "purpose"]


def purpose(current: str) -> Any:
    """Make what a page is for: folded away, with the way to its guide."""
    about = PURPOSES[current]
    at = f"{about.guide}#{about.part}"
    guide = el(
        "a",
        _("Guide: {title}").format(title=_(GUIDES[about.guide])),
        href=f"../../help/{at}",
        data_ic_guide=at,
    )
    return details(
        _("What is this page for?"), *(el("p", _(one)) for one in about.says), el("p", guide)
    )


class About(widgets.VBox):
    """The line under a heading; hidden until something is offered in it.

    Parameters
    ----------
    current : str
        Key of the page; one without a purpose offers nothing.
    """

    def __init__(self, current: str) -> None:
        self._current = current
        self._notice = Notice()
        self._stays = False
        super().__init__()
        self.add_class("ic-about")
        self.put_away()

    def put_away(self) -> None:
        """Take the line away while something else is going on in the page."""
        if not self._stays:
            self._notice.clear()
            self.layout.display = "none"

    def offer(self, example: Callable[[], Any] | None, words: str, stays: bool) -> None:
        """Show the line."""
        if self._current not in PURPOSES:
            return
        if not self.children:  # type: ignore[has-type]  # set by ipywidgets, untyped
            shown = button(words, example, where=self._notice) if example is not None else None
            if shown is not None:
                shown.add_class("ic-quiet-button")
            line = widgets.Box([show(purpose(self._current)), *([shown] if shown else [])])
            line.add_class("ic-about-line")
            self.children = (line, self._notice)
        self._stays = stays
        self.layout.display = None
