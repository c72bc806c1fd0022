"""Things to fill in, each with a label tied to it, a hint, and a place for what is wrong."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import ipywidgets as widgets
import traitlets

from interview_coach.language import _
from interview_coach.panels.kit.markup import el
from interview_coach.wording import number

__all__ = [
    "Field",
    "checkbox",
    "date_input",
    "dropdown",
    "file_input",
    "number_input",
    "radio",
    "text_area",
    "text_input",
    "time_input",
]


class Field(widgets.VBox):
    """A labelled input with its hint and its error.

    Attributes
    ----------
    input : ipywidgets widget
        The input itself.
    value : Any
        Its value; link it to a model with ``kit.link((model, "name"), (field, "value"))``.
    error : str
        What is wrong with the value, "" if nothing: shown beside it and read out with it.
    """

    value = traitlets.Any()
    error = traitlets.Unicode()

    def __init__(self, made: Any, hint: str = "", trait: str = "value") -> None:
        self.input = made
        self._hint = widgets.HTML(el("span", hint, class_="ic-hint") if hint else "")
        self._error = widgets.HTML("")
        # An empty box would still take a line's height.
        self._hint.layout.display = None if hint else "none"
        self._error.layout.display = "none"
        super().__init__([made, self._hint, self._error])
        self.add_class("ic-field")
        self.value = getattr(made, trait)
        self._tie(made, trait)
        self.observe(self._show_error, "error")

    def _tie(self, made: Any, trait: str) -> None:
        traitlets.link((made, trait), (self, "value"), transform=(_whole, lambda given: given))

    def _show_error(self, change: Any) -> None:
        words = change["new"]
        self._error.value = el("span", "! ", words, class_="ic-field-error") if words else ""
        self._error.layout.display = None if words else "none"


class _Number(Field):
    """A number within bounds. What lies outside is said and not taken, where a browser would change it silently."""

    def __init__(self, made: Any, low: int, high: int, hint: str) -> None:
        self._low, self._high = low, high
        super().__init__(made, hint)

    def _tie(self, made: Any, trait: str) -> None:
        made.observe(self._typed, trait)
        self.observe(self._given, "value")

    def _typed(self, change: Any) -> None:
        if self._low <= change["new"] <= self._high:
            self.error, self.value = "", change["new"]
        else:
            self.error = _(
                "Give a whole number from {low} to {high}; until then, {value} counts."
            ).format(low=number(self._low), high=number(self._high), value=number(self.value))

    def _given(self, change: Any) -> None:
        self.error, self.input.value = "", change["new"]


def _whole(value: Any) -> Any:
    """Give a text as it can be kept: half a character, which no file can hold, becomes "?"."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def text_input(
    label: str, value: str = "", *, hint: str = "", placeholder: str = "", live: bool = False
) -> Field:
    """Ask for one line of text; `live` tells the value at each key instead of on leaving the field."""
    return Field(
        widgets.Text(value, description=label, placeholder=placeholder, continuous_update=live),
        hint,
    )


def text_area(
    label: str, value: str = "", *, hint: str = "", rows: int = 6, live: bool = False
) -> Field:
    """Ask for several lines of text; `live` as for `text_input`."""
    return Field(
        widgets.Textarea(value, description=label, rows=rows, continuous_update=live), hint
    )


def number_input(
    label: str, value: int = 0, *, low: int = 0, high: int = 10_000, hint: str = ""
) -> Field:
    """Ask for a whole number from `low` to `high`; what lies outside is said, and the last one counts."""
    made = widgets.IntText(min(max(value, low), high), description=label)
    return _Number(made, low, high, hint)


def dropdown(
    label: str,
    options: Iterable[tuple[str, Any]],
    value: Any = None,
    *,
    hint: str = "",
    grouped: bool = False,
) -> Field:
    """Ask for one of a longer list; options are (text, value) pairs, the first is chosen by default.

    With `grouped`, "Time: Month" is shown as Month under the heading Time; options of one group
    follow each other.
    """
    made = widgets.Dropdown(options=list(options), description=label)
    if value is not None:
        made.value = value
    field = Field(made, hint)
    if grouped:
        field.add_class("ic-grouped")
    return field


def radio(
    label: str, options: Iterable[tuple[str, Any]], value: Any = None, *, hint: str = ""
) -> Field:
    """Ask for one of a few, all in sight; options are (text, value) pairs, none chosen by default."""
    return Field(widgets.RadioButtons(options=list(options), value=value, description=label), hint)


def checkbox(label: str, value: bool = False, *, hint: str = "") -> Field:
    """Ask yes or no."""
    return Field(widgets.Checkbox(value, description=label, indent=False), hint)


def date_input(label: str, value: dt.date | None = None, *, hint: str = "") -> Field:
    """Ask for a calendar day (`datetime.date`), without a zone; None while it is empty."""
    return Field(widgets.DatePicker(value=value, description=label), hint)


def time_input(label: str, value: dt.time | None = None, *, hint: str = "") -> Field:
    """Ask for a clock time (`datetime.time`, to the minute), without a zone; None while it is empty."""
    return Field(widgets.TimePicker(value=value, description=label, step=60), hint)


def file_input(label: str, *, accept: str = "", hint: str = "") -> Field:
    """Ask for a file from the person's machine; `value` is a tuple of dicts with name and content."""
    made = widgets.FileUpload(accept=accept, multiple=False, description=label)
    return Field(made, hint)
