"""A whole page in the kit's looks that needs no kernel: the guides, the way in, what is said where no page is."""

from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from interview_coach.app.page import page_style
from interview_coach.language import _, current
from interview_coach.panels.kit.markup import Html, el, escape, join
from interview_coach.panels.kit.theme import looks_js

__all__ = ["whole_page"]


def whole_page(title: str, bar: Html, *parts: Any) -> str:
    """Write a page as HTML.

    Parameters
    ----------
    title : str
        Of its tab.
    bar : Html
        What stands above it.
    *parts : object
        What it says, as for `el`.
    """
    body = join(
        (
            el("a", _("Skip to the page"), href="#page", class_="ic-skip"),
            el("header", bar, class_="ic-shell"),
            el(
                "main",
                el("div", *parts, class_="ic-page"),
                id="page",
                class_="ic-shell",
                tabindex="-1",
            ),
        )
    )
    return _frame().substitute(
        language=current(), title=escape(title), style=page_style(), looks=looks_js(), body=body
    )


@cache
def _frame() -> Template:
    return Template((Path(__file__).parent / "frame.html").read_text(encoding="utf-8"))
