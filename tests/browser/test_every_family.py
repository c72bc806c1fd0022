"""Calls of every family are played to their end on the page and debriefed.

One call of each family here; with INTERVIEW_COACH_EVERY=1 every call of every family.
"""

import os
from collections.abc import Callable
from typing import Any

import pytest

from interview_coach.playbook import load_playbook
from interview_coach.simulation import load_scenarios

TITLES = {one.title: one for one in load_scenarios(load_playbook()).values()}
FAMILIES = sorted({one.family for one in TITLES.values()})


def options(page: Any, label: str) -> list[str]:
    chosen = page.get_by_label(label)
    return [text.replace("\xa0", " ") for text in chosen.locator("option").all_inner_texts()]


def press(page: Any, key: str) -> None:
    """Press a key, and wait until another screen stands in the place of this one."""
    page.evaluate("document.querySelector('.ic-body > *').setAttribute('data-old', '')")
    page.keyboard.press(key)
    page.wait_for_function(
        "!document.querySelector('[data-old]') && document.querySelector('.ic-body > *')"
    )


def play_to_the_end(page: Any) -> None:
    """By keys: the first choice twice, then the last one until it is over."""
    over = page.get_by_role("heading", name="Each step, and why")
    for turn in range(40):
        page.locator(".ic-keys, .ic-timeline").first.wait_for()
        if over.is_visible():
            return
        if page.get_by_role("heading", name="Or in your own words").is_visible():
            press(page, "r")
        else:
            press(page, "1" if turn < 2 else str(page.locator(".ic-choice").count()))
    pytest.fail("the call did not come to an end")


@pytest.mark.parametrize("number", range(len(FAMILIES)))
def test_a_family_plays_to_its_end(page: Callable[..., Any], number: int) -> None:
    here = page("02_practice")
    wanted = [title for title in sorted(TITLES) if TITLES[title].family == FAMILIES[number]]
    for title in wanted if os.environ.get("INTERVIEW_COACH_EVERY") else wanted[:1]:
        choose_and_play(here, title)
        play_to_the_end(here)
        assert "What you couldn't see:" in here.locator("main").inner_text(), title
        assert here.locator(".ic-timeline svg").first.is_visible()
        here.get_by_role("button", name="Choose another call").click()
    assert (here.heard.outside, here.heard.errors) == ([], [])


def choose_and_play(page: Any, title: str) -> None:
    families = page.get_by_label("What happens?")
    families.wait_for()
    for number in range(len(options(page, "What happens?"))):
        families.select_option(index=number)
        page.wait_for_timeout(300)
        calls = page.get_by_label("Which call?")
        if calls.is_visible() and title in options(page, "Which call?"):
            calls.select_option(index=options(page, "Which call?").index(title))
            page.get_by_role("button", name="Play", exact=True).click()
            page.get_by_role("heading", name="What do you do?").wait_for()
            return
    pytest.fail(f"{title!r} is not offered")
