"""The page of messages in a browser: type, see what hurts, take a suggestion, undo, take it along."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
NO_DOUBLE_CLICK = 450


def test_a_draft_is_written_reviewed_mended_and_taken_along(
    page: Callable[..., Any], axe: Callable[[Any], list[str]], screens: Path
) -> None:
    here = page("04_messages", width=1280, height=900)
    here.screenshot(path=screens / "messages-empty.png", full_page=True)
    here.get_by_label("Your name").fill("Amara Nwosu")
    # Whatever the hour of the test: this one has come, and the day is not over.
    here.get_by_label("Agreed time").fill("00:00")
    here.get_by_label("Free until").fill("23:59")
    here.get_by_label("How often you called").fill("2")
    here.get_by_label("Free until").press("Tab")
    here.get_by_role("button", name="Write it for me").click()
    here.get_by_role("heading", name="Nothing is missing, and nothing may hurt.").wait_for()
    draft = here.get_by_label("Your draft")
    draft.press("ControlOrMeta+Home")
    for _ in range(4):
        draft.press("ArrowDown")
    draft.press_sequentially("You forgot to call me. ", delay=15)
    here.get_by_role("heading", name="1 place may hurt.").wait_for()
    # The review came without taking the cursor away.
    draft.press_sequentially("I waited.", delay=15)
    assert "You forgot to call me. I waited." in draft.input_value()
    assert here.evaluate("document.activeElement.tagName") == "TEXTAREA"
    here.screenshot(path=screens / "messages-hurts.png", full_page=True)
    assert axe(here) == []
    here.get_by_role("button", name="Use instead: We did not manage to connect.").click()
    here.get_by_role("heading", name="Nothing is missing, and nothing may hurt.").wait_for()
    assert "We did not manage to connect. I waited." in draft.input_value()
    here.wait_for_timeout(NO_DOUBLE_CLICK)
    here.get_by_role("button", name="Undo").click()
    here.get_by_role("heading", name="1 place may hurt.").wait_for()
    link = here.get_by_role("link", name="Open in my mail program").get_attribute("href")
    assert link.startswith("mailto:?subject=Our%20interview%20today")
    assert (here.heard.outside, here.heard.errors) == ([], [])


def test_a_voicemail_and_an_appointment_on_a_telephone(
    page: Callable[..., Any], axe: Callable[[Any], list[str]], screens: Path
) -> None:
    here = page("04_messages", width=390, height=844)
    here.get_by_label("Which message?").select_option("Email: confirm the new time")
    here.get_by_label("New day").fill("2031-03-06")
    here.get_by_label("New time").fill("10:00")
    here.get_by_label("Your name").fill("Amara Nwosu")
    here.get_by_label("Your name").press("Tab")
    here.get_by_role("button", name="Write it for me").click()
    here.get_by_role("heading", name="Nothing is missing, and nothing may hurt.").wait_for()
    here.get_by_role("button", name="Make the calendar file").click()
    link = here.get_by_role("link", name="Save the calendar file (.ics)")
    link.wait_for()
    assert link.get_attribute("href").startswith("data:text/calendar;base64,")
    here.screenshot(path=screens / "messages-telephone.png", full_page=True)
    assert axe(here) == []
    assert here.evaluate("document.documentElement.scrollWidth") <= 390
    assert (here.heard.outside, here.heard.errors) == ([], [])
