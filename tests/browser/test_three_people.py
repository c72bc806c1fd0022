"""The three whom the kit is for, from the first page to what they take with them: on a large screen in
English, and on a telephone in every other language of the kit."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from interview_coach.language import ENGLISH, LANGUAGES, _, speaking
from interview_coach.playbook import load_playbook
from interview_coach.workshop import load_decks
from tests.browser.looking import open_menu, small_targets

SIZES = {"desk": (1280, 720, "light"), "phone": (390, 844, "dark")}
# Each page in each width is looked at in English elsewhere (test_for_everyone).
BOTH = [(language, "desk" if language == ENGLISH else "phone") for language in LANGUAGES]


@pytest.fixture(params=BOTH, ids="-".join)
def spoken(request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    """Speak a language while a test looks for words on the page; with it goes a size."""
    with speaking(request.param[0]):
        yield request.param


@pytest.fixture
def language(spoken: tuple[str, str]) -> str:
    return spoken[0]


@pytest.fixture
def first_page(
    spoken: tuple[str, str],
    page: Callable[..., Any],
    app: Any,
    ready: Callable[[Any], None],
) -> Any:
    """The first page, opened in the language, which the browser then remembers."""
    language, size = spoken
    width, height, scheme = SIZES[size]
    here = page("", width=width, height=height, scheme=scheme, ready=False)
    here.goto(f"{app.address}/voila/render/00_start_here.ipynb?language={language}")
    ready(here)
    here.size = size
    return here


@pytest.fixture
def sound(
    axe: Callable[[Any], list[str]], screens: Path, language: str
) -> Callable[[Any, str], None]:
    """Look whether a page is for everyone, as it stands, and take its picture."""

    def look(here: Any, name: str) -> None:
        assert here.locator("html").get_attribute("lang") == language
        assert axe(here) == []
        width = here.viewport_size["width"]
        assert here.evaluate("document.documentElement.scrollWidth") <= width
        assert small_targets(here) == []
        # A page that is being left ends its kernel; what still asks after that one is told so.
        errors = [one for one in here.heard.errors if "/api/kernels/" not in one]
        assert (here.heard.outside, errors) == ([], [])
        here.screenshot(path=screens / f"{name}-{here.size}-{language}.png", full_page=True)

    return look


def go(here: Any, words: str, ready: Callable[[Any], None]) -> None:
    open_menu(here)
    here.get_by_role("navigation").get_by_role("link", name=_(words), exact=True).click()
    here.locator("a[aria-current=page]", has_text=_(words)).first.wait_for(state="attached")
    ready(here)


def press(here: Any, words: str) -> None:
    here.get_by_role("button", name=_(words), exact=True).click()


def headed(here: Any, words: str) -> None:
    here.get_by_role("heading", name=re.compile("^" + re.escape(_(words)))).first.wait_for()


def test_a_client_gets_through_the_day_and_practises(
    first_page: Any, ready: Callable[[Any], None], sound: Callable[[Any, str], None]
) -> None:
    here = first_page
    headed(here, "The call did not connect. What now?")
    sound(here, "home")
    go(here, "Today", ready)
    press(here, "Show me an example")
    headed(here, "What to do")
    sound(here, "today")
    go(here, "Practise", ready)
    show = here.get_by_role("button", name=_("Show me a call from start to end"), exact=True)
    show.click()
    headed(here, "Each step, and why")
    sound(here, "debrief")
    press(here, "Choose a call to play")
    show.wait_for()
    sound(here, "practise")


def test_a_facilitator_holds_a_round_and_takes_the_handout(
    first_page: Any, ready: Callable[[Any], None], sound: Callable[[Any, str], None], language: str
) -> None:
    here = first_page
    go(here, "Workshop", ready)
    here.get_by_label(_("What do you call this group?")).fill("B")
    deck = next(iter(load_decks(load_playbook(language=language)).values()))
    here.get_by_role("button", name=re.compile(re.escape(deck.title))).click()
    here.get_by_role("button", name=_("Begin"), exact=True).click()
    here.get_by_text(_("No hands yet")).first.wait_for()
    for _hand in range(3):
        here.keyboard.press("3")
    sound(here, "vote")
    press(here, "Reveal")
    here.get_by_role("button", name=_("Play on to the end"), exact=True).wait_for()
    sound(here, "revealed")
    press(here, "Play on to the end")
    press(here, "All calls")
    press(here, "Debrief of all")
    press(here, "Make the handout")
    here.get_by_role("link", name=_("Save the handout")).wait_for()
    sound(here, "workshop-debrief")


def test_a_coach_logs_a_call_and_writes_the_report(
    first_page: Any, ready: Callable[[Any], None], sound: Callable[[Any, str], None]
) -> None:
    here = first_page
    go(here, "Outcomes", ready)
    press(here, "Show me an example")
    here.get_by_text(_("Example"), exact=True).first.wait_for()
    press(here, "Log it")
    here.get_by_text(_("Logged. The chart and the list below have it.")).first.wait_for()
    sound(here, "log")
    go(here, "Reports", ready)
    press(here, "Write the report")
    here.get_by_text(_("The report is ready"), exact=True).wait_for()
    with here.expect_download() as saved:
        here.get_by_role("link", name=re.compile(r"outcome_report\.html|\.html")).first.click()
    assert saved.value.path().read_text("utf-8").lower().startswith("<!doctype html>")
    sound(here, "report")
