"""Where on a page a person is, so that a page whose kernel is gone comes back to the same place.

A panel marks the place with a few letters; they stand unseen on the page, where the page around it
(`app/back.js`) finds them. When the page is opened again after an interruption they come back with
its address, which Voilà hands to the kernel.
"""

import os
import re
from urllib.parse import parse_qs

import ipywidgets as widgets

from interview_coach.panels.kit.markup import el

__all__ = ["Mark", "came_back_to"]

_PLACE = re.compile(r"[\w:.-]{1,80}")


class Mark(widgets.HTML):
    """The mark of a place; nobody sees it.

    Attributes
    ----------
    place : str
        Letters, digits and ``_ : . -``; "" where there is nothing to come back to.
    """

    def __init__(self) -> None:
        super().__init__()
        self.place = ""
        self.layout.display = "none"

    def at(self, place: str) -> None:
        """Mark another place."""
        if place and not _PLACE.fullmatch(place):
            raise ValueError(f"{place!r} is no name of a place on a page.")
        if place != self.place:
            self.place = place
            self.value = el("span", hidden=True, data_ic_place=place) if place else ""


def came_back_to() -> str:
    """Give the place that this page was opened to come back to; "" if it was opened anew."""
    asked = parse_qs(os.environ.get("QUERY_STRING", "")).get("back", [""])[0]
    return asked if _PLACE.fullmatch(asked) else ""
