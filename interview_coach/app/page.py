"""What the page template asks for: title, bar, style, and words for what went wrong."""

import json
import re
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import Any

from jinja2 import pass_context

from interview_coach.app.quicker import page_scripts
from interview_coach.language import _, current
from interview_coach.panels.kit.about import purpose
from interview_coach.panels.kit.markup import Html, el, escape
from interview_coach.panels.kit.nav import PAGES, current_of, nav
from interview_coach.panels.kit.purposes import PURPOSES
from interview_coach.panels.kit.theme import looks_js, theme_css

__all__ = [
    "FILTERS",
    "has_panel",
    "page_about",
    "page_error",
    "page_language",
    "page_looks",
    "page_nav",
    "page_shell",
    "page_style",
    "page_title",
    "page_words",
]


# A text in a script of ours that is said in the reader's language: _("Reload this page").
_MARKED = re.compile(r'\b_\(("(?:[^"\\]|\\.)*")\)')

SAYABLE = frozenset(
    {
        *("ChangedMeanwhile", "DraftError", "EntryError", "FrameError", "KitError", "MappingError"),
        *("MovedOn", "NoDates", "PlaybookError"),
    }
)
"""`KitError` and its kinds by name: all that an output tells of them. Their text is for people."""


def page_title(notebook: str) -> str:
    """Give the tab's title for a notebook (name without ending), before its panel says better."""
    key = current_of(notebook)
    words = _(PAGES[key][0]) if key else notebook.replace("_", " ").strip()
    return escape(f"{words} · Interview Coach")


def page_about(notebook: str) -> str:
    """Give what a page is for, where its notebook shows a page of the bar; else nothing."""
    key = current_of(notebook)
    return el("div", purpose(key), class_="ic-about") if key in PURPOSES else ""


def page_language(__: object = None) -> str:
    """Give the code of the language that the page around a panel is made in."""
    return current()


def page_nav(notebook: str) -> str:
    """Give the bar, with the page that this notebook shows marked in it."""
    return nav(current_of(notebook))


@cache
def _own(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def page_style(__: object = None) -> str:
    """Give all styles of a served page: the kit's, then those of the page around it."""
    return theme_css() + _own("shell.css")


def page_shell(__: object = None) -> str:
    """Give the scripts of the page around a panel."""
    return _spoken("shell.js") + _spoken("back.js")


def _spoken(name: str) -> str:
    def said(text: re.Match[str]) -> str:
        return json.dumps(_(json.loads(text[1]))).replace("<", "\\u003c")

    return _MARKED.sub(said, _own(name))


def page_words(which: str) -> str:
    """Give what the page says around a panel before the panel is there."""
    words = {
        "skip": _("Skip to the page"),
        "opening": _("Opening this page. The first one takes a few seconds."),
        "progress": _("Opening this page"),
        "script": _(
            "This page needs JavaScript, which is switched off in your browser. Switch it on for this "
            "address and load the page again."
        ),
    }
    return escape(words[which])


def page_looks(__: object = None) -> str:
    """Give the script of how the page looks, to run before anything is drawn."""
    return looks_js()


def has_panel(notebook: Any) -> bool:
    """Tell whether a notebook shows a panel, which then brings its own heading and words."""
    return any(
        cell.cell_type == "code" and "interview_coach.panels" in cell.source
        for cell in notebook.cells
    )


def page_error(output: Any) -> Html:
    """Say what kept a page from opening.

    Parameters
    ----------
    output : notebook output of type "error"
        The sentence of a `KitError` is shown; of anything else only that it happened.
    """
    known = output.get("ename") in SAYABLE
    words = output.get("evalue") if known else _("Nothing that you saved is lost.")
    return el(
        "div",
        el("p", el("b", _("This page could not be opened"))),
        el("p", words),
        el(
            "p",
            _(
                "Try again; if it happens again, open the notebook in JupyterLab (interview-coach "
                "lab) and choose Run > Run All Cells: the last lines there say why."
            )
            if not known
            else _("Put that right, then try again."),
        ),
        el("p", el("a", _("Try again"), href="", class_="ic-button ic-main"), class_="ic-row"),
        class_="ic-state ic-error ic-failed",
        role="alert",
    )


def _each_time(give: Callable[..., str]) -> Callable[..., str]:
    """Keep Jinja from working a filter of a constant out once, in the first page's language."""

    @wraps(give)
    def filtered(_context: object, *given: object) -> str:
        return give(*given)

    return pass_context(filtered)


FILTERS = {
    "kit_about": page_about,
    "kit_error": page_error,
    "kit_has_panel": has_panel,
    "kit_language": _each_time(page_language),
    "kit_looks": page_looks,
    "kit_nav": page_nav,
    "kit_scripts": page_scripts,
    "kit_shell": _each_time(page_shell),
    "kit_style": page_style,
    "kit_title": page_title,
    "kit_words": _each_time(page_words),
}
