"""The guides' pictures: taken from the pages as they are, and found stale when a page says something else.

``INTERVIEW_COACH_SCREENS=docs/images pytest tests/browser/test_pictures.py`` takes them anew, and
writes down what stands on each, which is what a later run compares with.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from interview_coach.shipped import shipped

_HERE = Path(__file__).parent / "pictures"
KEPT = bool(os.environ.get("INTERVIEW_COACH_SCREENS"))
LONDON = {"timezone": "Europe/London", "now": "2026-03-05T14:07", "desk": ""}


@pytest.fixture
def guide(app: Any, page: Callable[..., Any]) -> Callable[..., Any]:
    """Open a page whose parameters are given, so that it says the same on every day."""

    def opened(notebook: str, **parameters: Any) -> Any:
        made = load_notebook_node(str(shipped("notebooks") / f"{notebook}.ipynb"))
        made = parameterize_notebook(made, parameters)
        # A folder of its own: what other tests have logged is not there.
        (app.folder / "guide").mkdir(exist_ok=True)
        nbformat.write(made, app.folder / "guide" / f"{notebook}.ipynb")
        return page(f"guide/{notebook}", width=1120, height=700)

    return opened


def _words(main: Any) -> str:
    lines = (" ".join(line.split()) for line in main.inner_text().splitlines())
    return "".join(f"{line}\n" for line in lines if line)


def _once_it_says(main: Any, wanted: str) -> str:
    """Give a page's words once they are the wanted ones; it is filled part by part. Else the last."""
    for _ in range(300):
        if (words := _words(main)) == wanted:
            break
        main.page.wait_for_timeout(100)
    return words


def _when_still(main: Any) -> str:
    """Give a page's words once they have stood for two seconds."""
    words, stood = "", 0
    while stood < 20:
        main.page.wait_for_timeout(100)
        now = _words(main)
        words, stood = now, stood + 1 if now == words else 0
    return words


@pytest.fixture
def taken(screens: Path) -> Callable[..., None]:
    """Take a picture of a page, and hold its words against those of the picture that is in the guide."""

    def take(page: Any, name: str, height: int = 0, below: Any = None) -> None:
        page.evaluate("document.activeElement.blur()")
        page.mouse.move(0, 0)
        main = page.locator("main")
        # What is read out is not on the picture, and is gone after a moment.
        page.add_style_tag(content="[aria-live] { display: none }")
        beside = _HERE / f"{name}.txt"
        words = _when_still(main) if KEPT else _once_it_says(main, beside.read_text("utf-8"))
        page.evaluate("window.scrollTo(0, 0)")
        box = main.bounding_box()
        if below is not None:
            top = below.bounding_box()["y"] - 20
            box = {**box, "y": top, "height": box["y"] + box["height"] - top}
        page.screenshot(
            path=screens / f"{name}.png",
            full_page=True,
            clip={**box, "height": min(box["height"], height or box["height"])},
            animations="disabled",
        )
        if KEPT:
            beside.write_text(words, encoding="utf-8")
        assert words == beside.read_text(encoding="utf-8"), (
            f"The page of {name}.png says something else now: take the pictures anew "
            "(INTERVIEW_COACH_SCREENS=docs/images), and see whether the guide still fits."
        )
        assert (shipped("docs/images") / f"{name}.png").is_file()

    return take


def press(page: Any, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def headed(page: Any, words: str) -> None:
    page.get_by_role("heading", name=re.compile("^" + re.escape(words))).first.wait_for()


def test_today(guide: Callable[..., Any], taken: Callable[..., None]) -> None:
    here = guide("01_today", **LONDON)
    press(here, "Show me an example")
    headed(here, "What to do")
    taken(here, "today", 980)


def test_messages(guide: Callable[..., Any], taken: Callable[..., None]) -> None:
    here = guide("04_messages", **LONDON)
    press(here, "Show me an example")
    here.get_by_text("did not bother").first.wait_for()
    here.get_by_text("An example, made up").first.wait_for()
    taken(here, "messages", 900, below=here.get_by_role("heading", name="Email: nobody answers"))


def test_practise_and_its_debrief(guide: Callable[..., Any], taken: Callable[..., None]) -> None:
    here = guide("02_practice", log="", seed=4, level="guided")
    press(here, "Play")
    headed(here, "What do you do")
    taken(here, "practise")
    press(here, "Leave for now")
    press(here, "Show me a call from start to end")
    headed(here, "Each step, and why")
    taken(here, "debrief", 1000)


def test_a_workshop(guide: Callable[..., Any], taken: Callable[..., None]) -> None:
    here = guide("03_workshop", log="guide.db")
    here.get_by_label("What do you call this group?").fill("Spring, group B")
    here.keyboard.press("Tab")
    here.keyboard.press("Enter")
    here.get_by_role("button", name="Begin", exact=True).wait_for()
    here.keyboard.press("PageDown")
    here.get_by_text("No hands yet").wait_for()
    for key, number in (("3", 9), ("1", 5), ("5", 2)):
        for _ in range(number):
            here.keyboard.press(key)
    here.get_by_text("16 hands", exact=True).wait_for()
    taken(here, "workshop-vote")
    here.keyboard.press("PageDown")
    headed(here, "At 2:05, 9 of 16 called.")
    taken(here, "workshop-revealed")
    here.keyboard.press("e")
    here.get_by_role("button", name="All calls").wait_for()
    here.keyboard.press("c")
    here.get_by_role("button", name="Debrief of all").wait_for()
    here.keyboard.press("d")
    headed(here, "The top choice was not")
    here.get_by_role("button", name="Make the handout").wait_for()
    taken(here, "workshop-debrief", 1000)


def test_the_log(guide: Callable[..., Any], taken: Callable[..., None]) -> None:
    here = guide("05_log_outcomes", log="guide-log.db", desk="")
    press(here, "Show me an example")
    here.get_by_text("If you log it, it is marked").wait_for()
    taken(here, "log")


def test_a_closer_look(guide: Callable[..., Any], taken: Callable[..., None]) -> None:
    here = guide("07_explore", log="", desk="", as_of="2026-07-01")
    here.get_by_role("img").first.wait_for()
    taken(here, "explore")


def test_the_report(guide: Callable[..., Any], taken: Callable[..., None]) -> None:
    here = guide("06_outcome_report", as_of="2026-07-01")
    headed(here, "392 of")
    taken(here, "report", 900)
