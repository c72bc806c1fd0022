"""The page that a panel is shown on: bar, heading, content, and what screen readers hear."""

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from interview_coach.language import _
from interview_coach.panels.kit.about import About
from interview_coach.panels.kit.assist import Assist
from interview_coach.panels.kit.markup import Html, el
from interview_coach.panels.kit.nav import nav
from interview_coach.panels.kit.parts import as_widgets, heading, show
from interview_coach.panels.kit.places import Mark

__all__ = ["Page", "Region", "page", "show"]


class Region(widgets.VBox):
    """A part of a page whose content is replaced as a whole."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(as_widgets(parts))
        self.add_class("ic-region")

    def show(self, *parts: Any) -> None:
        """Show these parts instead of what was there; the old ones are let go."""
        old: Any = self.children  # type: ignore[has-type]  # set by ipywidgets, untyped
        self.children = as_widgets(parts)
        kept = set(map(id, _all_inside(self.children)))
        for widget in _all_inside(old):
            # Widgets left open stay in the kernel and in the browser for good.
            if id(widget) not in kept and not getattr(widget, "keep", False):
                widget.close()


def _all_inside(parts: Any) -> list[Any]:
    found = []
    for part in parts:
        found.append(part)
        found.extend(_all_inside(getattr(part, "children", ())))
    return found


class Page(widgets.VBox):
    """A whole page.

    Attributes
    ----------
    body : Region
        What is below the heading.
    """

    def __init__(self, title: str, lead: str | Html, parts: tuple[Any, ...], current: str) -> None:
        self._assist = Assist(title=title)
        self._bar = show(nav(current))
        self._head = widgets.HTML()
        self._head.add_class("ic-head")
        self.body = Region(*parts)
        self.body.add_class("ic-body")
        self._about, self._mark = About(current), Mark()
        super().__init__([self._assist, self._bar, self._head, self._about, self.body, self._mark])
        self.add_class("ic-page")
        self._bar.add_class("ic-bar")
        self.head(title, lead)

    def head(self, title: str, lead: str | Html = "") -> None:
        """Change the heading and the line under it; what the page is for is put away."""
        self.title, self.lead = title, lead
        self._assist.title = title
        below = el("p", lead, class_="ic-lead") if lead else None
        self._head.value = el("div", heading(title, 1), below)
        self._about.put_away()

    def explain(
        self,
        example: Callable[[], Any] | None = None,
        words: str = "",
        *,
        stays: bool = False,
    ) -> None:
        """Offer what the page is for, folded away under its heading, and a worked example.

        Parameters
        ----------
        example : callable, optional
            Fills the page in by itself. It says why not, in a `KitError`, where something typed
            would be lost.
        words : str
            What the button says; "Show me an example" if empty.
        stays : bool
            Whether it stays when the heading changes; else it belongs to this state of the page.
        """
        self._about.offer(example, words or _("Show me an example"), stays)

    def at(self, place: str) -> None:
        """Mark where on the page the person is, for `came_back_to` after an interruption."""
        self._mark.at(place)

    def __repr__(self) -> str:
        # A notebook keeps this as the output's plain text; ipywidgets would write out what is shown.
        return f"<page {self.title!r}>"

    def say(self, words: str) -> None:
        """Have screen readers say something that is otherwise only seen."""
        self._assist.say(words)


def page(title: str, lead: str | Html = "", *parts: Any, current: str = "") -> Page:
    """Make a page.

    Parameters
    ----------
    title : str
        The page's finding or question; becomes its heading and the browser tab's title.
    lead : str or Html
        One line under it.
    *parts : Any
        Widgets, `Html` or plain text, from top to bottom.
    current : str
        Which page of the bar this is: a key of `nav.PAGES`.
    """
    return Page(title, lead, parts, current)
