"""The pages of the app, in the order of the bar at the top: one list for panels and server."""

from interview_coach.panels.kit.markup import Html, el

__all__ = ["PAGES", "current_of", "nav"]

# key -> (word in the bar, notebook without its ending)
PAGES = {
    "home": ("Home", "00_start_here"),
    "today": ("Today", "01_today"),
    "practise": ("Practise", "02_practice"),
    "workshop": ("Workshop", "03_workshop"),
    "messages": ("Messages", "04_messages"),
    "outcomes": ("Outcomes", "05_log_outcomes"),
    "reports": ("Reports", "06_outcome_report"),
    "explore": ("Explore", "07_explore"),
    "compare": ("Compare", "08_compare_policies"),
}


def current_of(notebook: str) -> str:
    """Give the key of the page that a notebook (name without ending) shows, "" if none."""
    return next((key for key, (_, name) in PAGES.items() if name == notebook), "")


def nav(current: str = "") -> Html:
    """Make the bar: the kit's name, and a link to each page.

    Parameters
    ----------
    current : str
        Key of the page being shown; it is marked as such, and said to be so.

    Raises
    ------
    ValueError
        If there is no such page.
    """
    if current and current not in PAGES:
        raise ValueError(f"There is no page {current!r}; the pages are {', '.join(PAGES)}.")
    return el(
        "nav",
        el(
            "a",
            "Interview Coach",
            href="00_start_here.ipynb",
            data_ic_page="00_start_here",
            class_="ic-brand",
        ),
        el(
            "ul",
            [
                el(
                    "li",
                    el(
                        "a",
                        words,
                        href=f"{notebook}.ipynb",
                        data_ic_page=notebook,
                        aria_current="page" if key == current else None,
                    ),
                )
                for key, (words, notebook) in PAGES.items()
            ],
        ),
        class_="ic-nav",
        aria_label="Pages",
    )
