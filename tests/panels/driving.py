"""Drive a panel without a browser: find what is on the page, press it, read it."""

import html
from collections.abc import Iterator
from typing import Any

import ipywidgets as widgets

__all__ = ["buttons", "inside", "press", "visible", "words"]


def inside(widget: Any) -> Iterator[Any]:
    """Walk a widget and all that it holds."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from inside(child)


def buttons(page: Any) -> dict[str, Any]:
    """Find the buttons that a person sees on the page by their words."""
    return {one.description: one for one in visible(page) if isinstance(one, widgets.Button)}


def press(page: Any, text: str) -> None:
    """Press a button the way the browser does."""
    buttons(page)[text].click()


def words(page: Any) -> str:
    """Read all markup on the page, with its entities resolved, and what stands beside its ticks."""
    return html.unescape(
        " ".join(
            str(one.value if isinstance(one, widgets.HTML) else one.description)
            for one in inside(page)
            if isinstance(one, widgets.HTML | widgets.Checkbox)
        )
    )


def visible(widget: Any) -> Iterator[Any]:
    """Walk what a person sees: what is hidden is left out with all that it holds."""
    if getattr(getattr(widget, "layout", None), "display", None) == "none":
        return
    yield widget
    for child in getattr(widget, "children", ()):
        yield from visible(child)
