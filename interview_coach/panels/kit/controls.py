"""Things to press: buttons, numbered choices, links between pages, copying and saving."""

import base64
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import ipywidgets as widgets

from interview_coach.language import _
from interview_coach.panels.kit.guard import Place, guarded, queued_while, sent_at
from interview_coach.panels.kit.markup import Html, el

__all__ = [
    "NAMED_KEYS",
    "Button",
    "Choices",
    "button",
    "choices",
    "copy_button",
    "download_link",
    "key_help",
    "link_button",
]

T = TypeVar("T")


class Button(widgets.Button):
    """A button that runs one guarded handler and cannot run it twice by a double click.

    With `repeat` every press counts, however fast. ``click()`` is what the browser's click does, so
    a test that calls it takes the same path.
    """

    def __init__(
        self,
        text: str,
        handler: Callable[[], Any],
        where: Place | None = None,
        *,
        repeat: bool = False,
    ) -> None:
        # No tooltip: a title that repeats the words is read out twice.
        super().__init__(description=text)
        self.disabled: bool
        self._run = guarded(handler, where)
        self._busy = False
        self._repeat = repeat
        self._last: tuple[Any, float] = (None, 0.0)
        if repeat:
            self.add_class("ic-repeat")

    def click(self) -> None:
        """Run the handler, unless it is running, or the click is the second of a double click."""
        if self._repeat:
            self._run()
            return
        clicked = sent_at()
        if self.disabled or self._busy or queued_while(self._last[0], self._last[1], clicked):
            return
        begun = time.monotonic()
        self._busy = self.disabled = True
        self.add_class("ic-busy")
        try:
            self._run()
        finally:
            self._busy = self.disabled = False
            self.remove_class("ic-busy")
            self._last = (clicked, time.monotonic() - begun)


def button(
    text: str,
    handler: Callable[[], Any],
    *,
    where: Place | None = None,
    main: bool = False,
    key: str | Sequence[str] | None = None,
    repeat: bool = False,
    label: str = "",
) -> Button:
    """Make a button: filled if it is the screen's one main action, else outlined.

    Parameters
    ----------
    text : str
        What it does, as a verb.
    handler : callable
        Takes nothing. What it raises is said in `where`.
    where : Notice, optional
        The place beside the button.
    main : bool
        Whether this is the one main action.
    key : str or sequence of str, optional
        What presses it: a letter or digit ("h"), or one of `NAMED_KEYS`; ignored while a person
        types.
    repeat : bool
        Whether it is there to be pressed again and again (to count hands): no press is held to be
        the second half of a double click.
    label : str
        What it does in full, for screen readers, where `text` is but a sign ("+").
    """
    made = Button(text, handler, where, repeat=repeat)
    made.add_class("ic-button")
    if label:
        made.tooltip = label
        made.add_class("ic-named")
    made.add_class("ic-main" if main else "ic-outlined")
    _give_key(made, key)
    return made


class Choices(widgets.VBox):
    """Wide outlined buttons, one below the other, pressed by keys 1 to 9.

    Attributes
    ----------
    buttons : list of Button
        In the order of the options.
    """

    buttons: list[Button]

    def choose(self, which: int) -> None:
        """Press option number `which`, counted from 1."""
        self.buttons[which - 1].click()


def choices(
    options: Iterable[tuple[T, str]],
    choose: Callable[[T], Any],
    *,
    where: Place | None = None,
    numbered: bool = True,
    repeat: bool = False,
) -> Choices:
    """Make a list of choices.

    Parameters
    ----------
    options : iterable of (value, text)
        What can be chosen.
    choose : callable
        Is given the value of the chosen option; guarded.
    where : Notice, optional
        Where failures are said.
    numbered : bool
        Whether each carries its key, 1 to 9.
    repeat : bool
        As for `button`.
    """
    made = []
    for number, (value, text) in enumerate(options, 1):
        one = Button(text, _with(choose, value), where, repeat=repeat)
        one.add_class("ic-button")
        one.add_class("ic-choice")
        if numbered and number <= 9:
            _give_key(one, str(number))
        made.append(one)
    box = Choices(made)
    box.buttons = made
    box.add_class("ic-choices")
    return box


def _with(choose: Callable[[T], Any], value: T) -> Callable[[], Any]:
    return lambda: choose(value)


NAMED_KEYS = ("ArrowLeft", "ArrowRight", "PageDown", "PageUp")
"""Keys with a name that a button may have: those that a presenter's remote sends."""


def _give_key(made: Button, keys: str | Sequence[str] | None) -> None:
    for key in (keys,) if isinstance(keys, str) else keys or ():
        if key not in NAMED_KEYS and (len(key) != 1 or not key.isalnum() or not key.isascii()):
            named = ", ".join(NAMED_KEYS)
            raise ValueError(f"A key is one letter or digit, or one of {named}; not {key!r}.")
        made.add_class(f"ic-key-{key.lower()}")


def key_help(words: str) -> Html:
    """Say which keys work ("Keys 1 to 5 · H for a hint"), with a switch to turn them off.

    The switch is there for people who speak to their machine: a dictated word must not press
    buttons (WCAG 2.1, criterion 2.1.4).
    """
    return el(
        "p",
        el("span", words),
        " ",
        el("button", _("Turn keys off"), type="button", class_="ic-quiet", data_ic_keys=True),
        class_="ic-keys",
    )


def link_button(text: str, *, page: str = "", href: str = "", main: bool = False) -> Html:
    """Make a link that looks like a button.

    Parameters
    ----------
    text : str
        What happens.
    page : str
        Name of a notebook without its ending ("02_practice"): works as a page and in JupyterLab.
    href : str
        Any other address, such as ``mailto:``.
    main : bool
        Whether this is the one main action.
    """
    return el(
        "a",
        text,
        href=f"{page}.ipynb" if page else href,
        data_ic_page=page or None,
        class_=f"ic-button {'ic-main' if main else 'ic-outlined'}",
    )


def copy_button(text: str, content: str) -> Html:
    """Make a button that copies `content` to the clipboard and says so."""
    return el("button", text, type="button", class_="ic-button ic-outlined", data_ic_copy=content)


def download_link(text: str, filename: str, content: bytes | str, mime: str) -> Html:
    """Make a link that saves a small file, without a server.

    Parameters
    ----------
    text : str
        What is saved.
    filename : str
        Name it is saved under.
    content : bytes or str
        The file; text is written as UTF-8.
    mime : str
        Its media type, such as ``text/calendar``.
    """
    raw = content.encode() if isinstance(content, str) else content
    address = f"data:{mime};base64,{base64.b64encode(raw).decode('ascii')}"
    return el("a", text, download=filename, href=address, class_="ic-button ic-outlined")
