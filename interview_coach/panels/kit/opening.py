"""What is opened when it is wanted: the parts of a page, and what is folded away in one of them.

Hidden parts stay as they are, so that nothing typed in them is lost, and neither the keyboard nor a
screen reader meets them.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import ipywidgets as widgets

from interview_coach.panels.kit.controls import Button
from interview_coach.panels.kit.guard import Place
from interview_coach.panels.kit.pages import Region
from interview_coach.panels.kit.parts import as_widgets
from interview_coach.panels.kit.places import Mark, came_back_to

__all__ = ["Fold", "Sections", "fold", "seen"]


def seen(widget: Any, shown: bool) -> None:
    """Show a widget, or hide it with all that it holds."""
    widget.layout.display = None if shown else "none"


class Fold(widgets.VBox):
    """A line to press, and what it opens.

    Attributes
    ----------
    open : bool
        Whether it is open.
    """

    def __init__(
        self, summary: str, parts: Callable[[], Iterable[Any]] | Sequence[Any], where: Place | None
    ) -> None:
        self._make = parts if callable(parts) else None
        self._inside = Region(*(() if callable(parts) else parts))
        self.button = Button(summary, lambda: self.turn(not self.open), where, repeat=True)
        self.button.add_class("ic-fold-button")
        super().__init__(as_widgets([self.button, self._inside]))
        self.add_class("ic-fold")
        self.open = False
        seen(self._inside, False)

    def turn(self, opened: bool) -> None:
        """Open it or close it; what is made on opening is made anew each time."""
        if opened and self._make is not None:
            self._inside.show(*self._make())
        self.open = opened
        seen(self._inside, opened)
        (self.button.add_class if opened else self.button.remove_class)("ic-open")


def fold(
    summary: str,
    *parts: Any,
    make: Callable[[], Iterable[Any]] | None = None,
    where: Place | None = None,
) -> Fold:
    """Fold parts away behind a line to press; `details` does the same for mere text.

    Parameters
    ----------
    summary : str
        What is there ("More about this call").
    *parts : Any
        As for `card`.
    make : callable, optional
        Gives the parts when it is opened, instead.
    where : Notice, optional
        Where a failure of `make` is said.
    """
    return Fold(summary, make or parts, where)


class Sections(widgets.VBox):
    """The parts of a page, one in sight at a time, and the buttons that lead to them.

    Attributes
    ----------
    current : str
        Key of the one in sight.
    buttons : dict of str to Button
        By key.
    """

    def __init__(
        self, parts: Sequence[tuple[str, str, Callable[[], Any]]], where: Place | None
    ) -> None:
        self._make = {key: make for key, _words, make in parts}
        self._made: dict[str, Any] = {}
        self._bodies = widgets.VBox()
        self._bodies.add_class("ic-section-bodies")
        self.buttons = {
            key: Button(words, self._to(key), where, repeat=True) for key, words, _make in parts
        }
        bar = widgets.Box(list(self.buttons.values()))
        bar.add_class("ic-sections")
        for one in self.buttons.values():
            one.add_class("ic-section")
        self._mark = Mark()
        super().__init__([bar, self._bodies, self._mark])
        self.current = ""

    def begin(self, key: str) -> Any:
        """Bring the first part into sight: this one, or the one that the person comes back to."""
        back = came_back_to()
        return self.go(back if back in self._make else key)

    def go(self, key: str) -> Any:
        """Bring a part into sight, making it the first time; a part with `refresh` is told.

        Returns
        -------
        widget
            The part.
        """
        body = self._made.get(key)
        if body is None:
            body = self._made[key] = self._make[key]()
            self._bodies.children = (*self._bodies.children, body)
        elif hasattr(body, "refresh"):
            body.refresh()
        self.current = key
        self._mark.at(key)
        for name, made in self._made.items():
            seen(made, name == key)
        for name, one in self.buttons.items():
            (one.add_class if name == key else one.remove_class)("ic-here")
        return body

    def _to(self, key: str) -> Callable[[], Any]:
        return lambda: self.go(key)
