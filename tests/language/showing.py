"""Read a page as a person sees or hears it, to find what is left in another language."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from tests.panels.driving import inside

__all__ = ["alike", "shown"]

# What is read out or shown of a tag besides its text.
_SAID = {"alt", "aria-label", "aria-description", "title", "placeholder", "label", "summary"}
_SILENT = {"style", "script", "defs"}
# Two words beside each other; one alone may well be the same in two languages.
_WORDS = re.compile(r"\b(?:[^\W\d_]{2,}[,:]?|[AI]) (?:[^\W\d_] )?[^\W\d_]{2,}")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        self.texts += [value for name, value in attrs if name in _SAID and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts.append(data)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _strings(list(value.values()))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)


def shown(page: Any) -> set[str]:
    """Give every text of a page: of its markup, labels, hints, options and what is read out."""
    found: set[str] = set()
    for widget in inside(page):
        for name in widget.traits(sync=True):
            if name.startswith("_") or name in {"children", "layout", "style", "comm"}:
                continue
            for text in _strings(getattr(widget, name)):
                reader = _Reader()
                reader.feed(text)
                reader.close()
                found.update(" ".join(one.split()) for one in reader.texts)
    return found - {""}


def alike(one: Any, other: Any) -> list[str]:
    """Give the texts of more than one word that two pages have in common."""
    return sorted(text for text in shown(one) & shown(other) if _WORDS.search(text))
