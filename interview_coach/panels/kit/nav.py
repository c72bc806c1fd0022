"""The pages of the app, in the order of the bar at the top: one list for panels and server."""

from interview_coach.language import N_, _, pgettext
from interview_coach.panels.kit.language import language_switch
from interview_coach.panels.kit.markup import Html, el

__all__ = ["GUIDES", "PAGES", "current_of", "nav"]

# key -> (word in the bar, notebook without its ending); the word is translated where it is shown
PAGES = {
    "home": (N_("Home"), "00_start_here"),
    "today": (N_("Today"), "01_today"),
    "practise": (N_("Practise"), "02_practice"),
    "workshop": (N_("Workshop"), "03_workshop"),
    "messages": (N_("Messages"), "04_messages"),
    "outcomes": (N_("Outcomes"), "05_log_outcomes"),
    "reports": (N_("Reports"), "06_outcome_report"),
    "explore": (N_("Explore"), "07_explore"),
    "compare": (N_("Compare"), "08_compare_policies"),
}

# name -> title of the guides that the app shows beside its pages, translated where it is shown
GUIDES = {
    "facilitator": N_("Hold a workshop"),
    "client": N_("Practise, and on the day"),
    "reports": N_("Log, chart and report"),
}

_LOOKS = {"large": N_("Large type"), "dark": N_("Dark")}


def current_of(notebook: str) -> str:
    """Give the key of the page that a notebook (name without ending) shows, "" if none."""
    return next((key for key, (_word, name) in PAGES.items() if name == notebook), "")


def nav(current: str = "", *, pages: str = "", guides: str = "../../help/") -> Html:
    """Make the bar: the kit's name, and a link to each page.

    Parameters
    ----------
    current : str
        Key of the page being shown, ``help`` among the guides; it is marked as such, and said to be so.
    pages, guides : str
        Where the pages and the guides are, from where the bar stands.

    Raises
    ------
    ValueError
        If there is no such page.
    """
    if current and current not in {*PAGES, "help"}:
        raise ValueError(f"There is no page {current!r}; the pages are {', '.join(PAGES)}.")
    return el(
        "nav",
        el(
            "a",
            "Interview Coach",
            href=f"{pages}00_start_here.ipynb",
            data_ic_page="00_start_here",
            class_="ic-brand",
        ),
        # On a telephone the rest is folded away under it; `looks.js` minds it, and without it all is in sight.
        el("button", _("Menu"), type="button", class_="ic-menu", aria_expanded="false"),
        el(
            "ul",
            [
                el(
                    "li",
                    el(
                        "a",
                        _(words),
                        href=f"{pages}{notebook}.ipynb",
                        data_ic_page=notebook,
                        aria_current="page" if key == current else None,
                    ),
                )
                for key, (words, notebook) in PAGES.items()
            ],
            el(
                "li",
                el(
                    "a",
                    _("Help"),
                    href=guides or "./",
                    data_ic_guide="",
                    aria_current="page" if current == "help" else None,
                ),
            ),
        ),
        language_switch(),
        # `looks.js` minds them, without a kernel.
        el(
            "div",
            [
                el("button", _(words), type="button", aria_pressed="false", data_ic_looks=name)
                for name, words in _LOOKS.items()
            ],
            class_="ic-looks",
            role="group",
            aria_label=_("How pages look"),
        ),
        class_="ic-nav",
        aria_label=pgettext("the bar of every page", "Pages"),
    )
