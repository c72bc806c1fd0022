"""Read a page's markup for what must not be in it, and for what must be."""

import re
from html.parser import HTMLParser
from typing import Any

import ipywidgets as widgets

from tests.panels.driving import visible

__all__ = ["live_in", "live_markup", "outline_faults", "said_name"]


def said_name(widget: Any) -> str:
    """Give what a widget is called: what it does in full, else the words on it."""
    return str(getattr(widget, "tooltip", "") or getattr(widget, "description", ""))


class _Live(HTMLParser):
    """Finds what a browser would run in markup."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "iframe", "object", "embed", "form", "base", "link", "meta"}:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            bare = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if name.startswith("on") or bare.startswith(
                ("javascript:", "vbscript:", "data:text/html")
            ):
                # A file to save is never opened.
                if bare.startswith("data:") and "download" in dict(attrs):
                    continue
                self.found.append(f"<{tag} {name}={value!r}>")

    handle_startendtag = handle_starttag


def live_in(markup: str) -> list[str]:
    """List what would run if a browser drew some markup."""
    reader = _Live()
    reader.feed(markup)
    reader.close()
    return reader.found


def live_markup(page: Any) -> list[str]:
    """List what would run if a browser drew the page: nothing, if all is well."""
    drawn = (one for one in visible(page) if isinstance(one, widgets.HTML | widgets.HTMLMath))
    return [fault for one in drawn for fault in live_in(str(one.value))]


class _Outline(HTMLParser):
    """Reads the levels of headings, pictures without words, and links and buttons without names."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.nameless: list[str] = []
        self._open: tuple[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "img" and "alt" not in given:
            self.nameless.append("img")
        if tag in {"a", "button", "summary"}:
            self._open = (tag, given.get("aria-label") or "")

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open = (self._open[0], self._open[1] + data.strip())

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag == self._open[0]:
            if not self._open[1]:
                self.nameless.append(tag)
            self._open = None


def outline_faults(page: Any) -> list[str]:
    """List what a page's structure lacks: names, alt texts, headings in their order."""
    reader = _Outline()
    faults = []
    for one in visible(page):
        if one.comm is None:
            faults.append(f"a {type(one).__name__} is on the page and closed: {said_name(one)!r}")
        if isinstance(one, widgets.HTML):
            reader.feed(str(one.value))
        named = isinstance(one, widgets.Button | widgets.DOMWidget) and hasattr(one, "description")
        given = not isinstance(one, widgets.HTML) and named and not said_name(one).strip()
        if given:
            faults.append(f"a {type(one).__name__} has no name")
    faults += [f"a {one} has no words" for one in reader.nameless]
    for above, below in zip(reader.levels, reader.levels[1:], strict=False):
        if below > above + 1:
            faults.append(
                f"after a heading of level {above} comes one of level {below}: {reader.levels}"
            )
    return faults
