"""A practised call in the browser, by keyboard alone: broken off, resumed, debriefed, erased."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

OVER = "Each step, and why"


def heading(page: Any) -> str:
    return str(page.get_by_role("heading", level=1).inner_text())


def press(page: Any, key: str) -> None:
    """Press a key, and wait until another screen stands in the place of this one."""
    page.evaluate("document.querySelector('.ic-body > *').setAttribute('data-old', '')")
    page.keyboard.press(key)
    page.wait_for_function(
        "!document.querySelector('[data-old]') && document.querySelector('.ic-body > *')"
    )


def tab_to(page: Any, name: str) -> None:
    """Reach a button by the Tab key alone."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText?.trim()") == name:
            return
    pytest.fail(f"Tab does not reach {name!r}")


def settled(page: Any, name: str) -> None:
    page.get_by_role("heading", name=name).wait_for()


def keys_offered(page: Any) -> int:
    return int(page.locator(".ic-choice").count())


def to_the_end(page: Any) -> None:
    """Play on by number keys: always the last choice, ready-made words throughout."""
    over = page.get_by_role("heading", name=OVER)
    for _ in range(30):
        page.locator(".ic-keys, .ic-timeline").first.wait_for()
        if over.is_visible():
            return
        if page.get_by_role("heading", name="Or in your own words").is_visible():
            press(page, "r")
        else:
            press(page, str(keys_offered(page)))
    pytest.fail("the call did not come to an end")


def test_a_call_by_keyboard_alone_broken_off_and_resumed(
    page: Callable[..., Any],
    ready: Callable[[Any], None],
    axe: Callable[[Any], list[str]],
    screens: Path,
) -> None:
    here = page("02_practice")
    here.screenshot(path=screens / "practice-start.png", full_page=True)
    assert axe(here) == []
    tab_to(here, "Play")
    press(here, "Enter")
    settled(here, "What do you do?")
    here.screenshot(path=screens / "practice-call.png")
    assert axe(here) == []
    press(here, "1")
    at = re.match(r"It is ([\d:]+)\.", heading(here))
    assert at is not None

    # A reload is a new kernel: the old one, and all that the page held, is gone.
    here.reload()
    ready(here)
    assert heading(here) == f"You were in the middle of a call: it is {at.group(1)}."
    here.screenshot(path=screens / "practice-resume.png")
    assert axe(here) == []
    tab_to(here, "Go on")
    press(here, "Enter")
    assert heading(here).startswith(f"It is {at.group(1)}.")

    to_the_end(here)
    here.get_by_role("img", name="Timeline from").first.wait_for()
    here.screenshot(path=screens / "practice-debrief.png", full_page=True)
    assert axe(here) == []
    assert (here.heard.outside, here.heard.errors) == ([], [])


def test_own_words_the_other_way_and_progress_on_a_telephone(
    page: Callable[..., Any],
    axe: Callable[[Any], list[str]],
    screens: Path,
) -> None:
    here = page("02_practice", width=390, height=844)
    here.screenshot(path=screens / "practice-start-390.png", full_page=True)
    here.get_by_role("button", name="Play", exact=True).click()
    settled(here, "What do you do?")
    in_sight = """() => [...document.querySelectorAll("button.ic-choice")]
        .filter((one) => one.getBoundingClientRect().bottom <= innerHeight).length >= 3"""
    here.wait_for_function(in_sight)  # the choices themselves, not their heading alone
    here.screenshot(path=screens / "practice-call-390.png", full_page=True)
    assert axe(here) == []
    here.get_by_role("button", name="Write an email").click()
    settled(here, "Or in your own words")
    words = here.get_by_label("Your words")
    words.press_sequentially("12 r b: digits and letters in a text press no button.")
    assert words.input_value().startswith("12 r b")
    here.get_by_role("button", name="Put the ready-made words in").click()
    here.wait_for_function("document.querySelector('textarea').value.includes('Sam Carter')")
    here.screenshot(path=screens / "practice-words-390.png", full_page=True)
    assert axe(here) == []
    here.get_by_role("button", name="Send mine").click()
    settled(here, "What do you do?")
    here.get_by_role("button", name="Stop waiting").click()
    settled(here, OVER)
    here.screenshot(path=screens / "practice-debrief-390.png", full_page=True)
    assert axe(here) == []
    assert here.evaluate("document.documentElement.scrollWidth") <= 390

    here.get_by_role("button", name="Play the other way").click()
    settled(here, "What do you do?")
    here.get_by_role("button", name="Leave for now").click()
    here.get_by_role("button", name="My progress").click()
    settled(here, "The calls you played")
    here.screenshot(path=screens / "practice-progress-390.png", full_page=True)
    assert axe(here) == []
    assert here.evaluate("document.documentElement.scrollWidth") <= 390
    here.get_by_role("button", name="Erase mine").click()
    here.get_by_role("button", name="Erase 2 calls").click()
    here.get_by_text("Nothing of it is left in the file.").first.wait_for()
    assert axe(here) == []
    assert (here.heard.outside, here.heard.errors) == ([], [])


def test_a_clock_that_runs_and_pauses(
    page: Callable[..., Any], axe: Callable[[Any], list[str]], screens: Path
) -> None:
    here = page("02_practice", reduced_motion="reduce")
    here.get_by_label("The clock").select_option(label="The clock runs: a minute every 2 seconds")
    here.get_by_role("button", name="Play", exact=True).click()
    settled(here, "What do you do?")
    press(here, "p")
    here.get_by_role("button", name="Pause").wait_for()
    here.screenshot(path=screens / "practice-clock.png")
    assert axe(here) == []
    here.wait_for_function(
        "before => document.querySelector('h1').innerText !== before", arg=heading(here)
    )
    here.keyboard.press("p")
    here.get_by_role("button", name="Start the clock").wait_for()
    paused = heading(here)
    here.wait_for_timeout(2500)
    assert heading(here) == paused
    assert (here.heard.outside, here.heard.errors) == ([], [])
