"""Pages whose log, house rules, policies and desk are full of scripts run none of them, nor ask anybody."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.states import STATES, all_of, fill, press, wait
from tests.marked import ATTACK, mark_folder

pytestmark = pytest.mark.browser

WAYS: dict[str, Callable[[Any], None]] = {
    "00_start_here": wait("#The call did not connect"),
    "01_today": all_of(
        press("What now?", "#What to do"), fill(Your_name=ATTACK), press("Write it")
    ),
    "02_practice": all_of(
        press("Play", "#What do you do?"), press("Stop waiting for today", "#Each step, and why")
    ),
    "03_workshop": all_of(
        fill(What_do_you_call=ATTACK),
        press("First workshop", f"{ATTACK} ·", exact=False),
        press("Begin"),
    ),
    "04_messages": wait("may hurt"),
    "05_log_outcomes": all_of(
        press("All calls", "#3 calls"),
        press("Edit", "Why do you change it?", exact=False),
        press("History", "Everything that was done"),
    ),
    "06_outcome_report": wait("#Hand the report on"),
    "07_explore": all_of(wait("Missed"), press("Put this into my report", "Remove", exact=False)),
    "08_compare_policies": all_of(
        press("Which policies?", "All of them", exact=False), wait("onerror")
    ),
}
"""By page, what brings the marked text onto it."""


TYPED = """[...document.querySelectorAll("main input, main textarea, main option")]
  .map((node) => node.value + node.textContent).join(" ")"""


@pytest.fixture
def marked(page: Callable[..., Any], app: Any) -> Callable[..., Any]:
    """Open pages in a work folder that is marked."""
    mark_folder(app.folder)
    return page


@pytest.mark.parametrize("notebook", WAYS)
def test_nothing_of_it_runs(marked: Callable[..., Any], notebook: str) -> None:
    here = marked(notebook, height=844)
    WAYS[notebook](here)
    shown = here.locator("main").inner_text() + here.evaluate(TYPED)
    # It is there to be seen, as text; the home page only counts calls.
    assert "onerror" in shown or notebook == "00_start_here"
    here.evaluate("new Promise(requestAnimationFrame)")
    assert here.evaluate("window.__xss === undefined")
    assert here.locator("main img[src=x]").count() == 0
    assert (here.heard.outside, here.heard.errors) == ([], [])


def test_every_page_is_tried() -> None:
    assert set(WAYS) == set(STATES)
