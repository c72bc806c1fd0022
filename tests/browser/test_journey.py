"""The main job, as a coach does it: play a call, read the debrief, log an outcome, see the chart."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

# In this order, whatever is open first is done: what the guidance would do of a silent phone.
GUIDED = (
    "Send the ready-made one",
    "Take a breath",
    "Check the invitation",
    "Wait until 2:15",
    "Call the number",
    "Leave a voicemail",
    "Write an email",
    "Wait until 2:30",
    "Wait until 3:00",
    "Stop waiting",
)


# A second click at the same place within 400 ms counts as a double click and is let go.
NO_DOUBLE_CLICK = 450


def play_to_the_end(page: Any) -> None:
    question = page.get_by_role("heading", name=re.compile("What do you do|Or in your own words"))
    over = page.get_by_role("heading", name="Each step, and why")
    done: set[str] = set()
    for _ in range(20):
        question.or_(over).first.wait_for()
        if over.is_visible():
            return
        for words in GUIDED:
            if words in done:
                continue
            choice = page.get_by_role("button", name=words)
            if choice.count():
                page.wait_for_timeout(NO_DOUBLE_CLICK)
                pressed = choice.first.element_handle()
                pressed.click()
                # Every message has its ready-made words; all else is done once.
                done |= {words} - {GUIDED[0]}
                # The choices are drawn anew; the old ones must be gone before one is looked for.
                page.wait_for_function("button => !button.isConnected", arg=pressed)
                break
    pytest.fail("the call did not come to an end")


def test_play_a_call_read_the_debrief_log_it_and_see_the_chart_change(
    page: Callable[..., Any],
    ready: Callable[[Any], None],
    axe: Callable[[Any], list[str]],
    screens: Path,
) -> None:
    here = page("02_practice")
    here.get_by_role("button", name="Play", exact=True).click()
    here.get_by_role("heading", name="What do you do?").wait_for()
    here.screenshot(path=screens / "practice.png")
    assert axe(here) == []

    play_to_the_end(here)
    assert "What you couldn't see:" in here.locator("main").inner_text()
    assert here.get_by_role("img", name="Timeline from 2:00").first.is_visible()
    here.screenshot(path=screens / "debrief.png", full_page=True)
    assert axe(here) == []

    here.get_by_role("navigation").get_by_role("link", name="Outcomes").click()
    ready(here)
    here.get_by_text("Nothing is logged yet.").wait_for()
    for logged, missed, time, state in (
        (1, 0, "10:00", "We spoke"),
        (2, 1, "14:00", "It was missed"),
    ):
        here.get_by_label("Client", exact=True).fill("C-014")
        here.get_by_label("Employer").fill("Alder & Pike")
        here.get_by_label("Agreed day").fill("2026-03-05")
        here.get_by_label("Agreed time").fill(time)
        here.get_by_label(state).check()
        here.get_by_role("button", name="Log it").click()
        here.get_by_text(f"{logged} call{'s' if logged > 1 else ''} in the log").wait_for()
        here.locator(f"figure img[alt*='{missed} of {logged}']").wait_for()
    here.get_by_text("Logged. The chart and the list below have it.").wait_for()
    here.screenshot(path=screens / "outcomes.png", full_page=True)
    assert axe(here) == []
    assert here.heard.outside == []
    assert here.heard.errors == []


def test_it_is_happening_now_on_a_telephone(
    page: Callable[..., Any], axe: Callable[[Any], list[str]], screens: Path
) -> None:
    here = page("01_today", width=390, height=844)
    here.get_by_label("Agreed day").fill("2026-03-05")
    here.get_by_label("Agreed time").fill("14:00")
    here.get_by_role("button", name="If it applies").click()
    here.get_by_label("Their time zone").fill("Europe/Lundon")
    here.get_by_role("button", name="What now?").click()
    here.get_by_text("did you mean 'Europe/London'?").wait_for()
    assert here.get_by_label("Agreed time").input_value() == "14:00"
    here.wait_for_timeout(NO_DOUBLE_CLICK)
    here.get_by_label("Their time zone").fill("Europe/London")
    here.get_by_role("button", name="What now?").click()
    here.get_by_role("heading", name="What to do").wait_for()
    here.get_by_label("Your name").fill("Amara Nwosu")
    here.get_by_label("Two or three times that suit you").fill("Tuesday after 2 pm; Friday morning")
    here.get_by_role("button", name="Write it").click()
    draft = here.get_by_label("Change it as you like")
    draft.wait_for()
    assert "Tuesday after 2 pm or Friday morning" in draft.input_value()
    here.screenshot(path=screens / "today-telephone.png", full_page=True)
    assert axe(here) == []
    assert here.evaluate("document.documentElement.scrollWidth") <= 390
    assert (here.heard.outside, here.heard.errors) == ([], [])


INVITATION = "\n".join(
    [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:x",
        "BEGIN:VEVENT",
        "UID:u",
        "SUMMARY:Interview",
        "DTSTART;TZID=Europe/London:20260305T140000",
        "DURATION:PT30M",
        "LOCATION:+44 20 7946 0100",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
)


def test_from_nobody_called_to_a_logged_outcome(
    page: Callable[..., Any], axe: Callable[[Any], list[str]], screens: Path
) -> None:
    here = page("01_today", width=1280, height=900)
    here.get_by_label("Paste the invitation").fill(INVITATION)
    here.get_by_label("Paste the invitation").press("Tab")
    here.get_by_role("button", name="Read it").click()
    here.get_by_text("The number in it: +44 20 7946 0100").wait_for()
    here.get_by_label("They missed it").check()
    here.screenshot(path=screens / "today-questions.png", full_page=True)
    assert axe(here) == []
    here.get_by_role("button", name="What now?").click()
    here.get_by_role("heading", name="What to do").wait_for()
    first = here.get_by_role("checkbox").first
    first.check()
    here.get_by_label("Your name").fill("Amara Nwosu")
    here.get_by_label("Two or three times that suit you").fill("Tuesday after 2 pm; Friday morning")
    here.get_by_label("Two or three times that suit you").press("Tab")
    here.get_by_role("button", name="Write it").click()
    here.get_by_role("heading", name="Nothing is missing, and nothing may hurt.").wait_for()
    here.screenshot(path=screens / "today-plan.png", full_page=True)
    assert axe(here) == []
    here.get_by_role("link", name="All messages").click()
    here.get_by_role("heading", name="What do you want to say?").wait_for()
    assert here.get_by_label("Your name").input_value() == "Amara Nwosu"
    here.get_by_label("Which message?").select_option("Email: confirm the new time")
    here.get_by_label("New day").fill("2031-03-06")
    here.get_by_label("New time").fill("10:00")
    here.get_by_label("New time").press("Tab")
    here.get_by_role("button", name="Write it for me").click()
    here.get_by_role("heading", name="Nothing is missing, and nothing may hurt.").wait_for()
    here.get_by_role("button", name="Make the calendar file").click()
    here.get_by_role("link", name="Save the calendar file (.ics)").wait_for()
    here.get_by_role("link", name="Outcomes").click()
    here.get_by_role("heading", name="Log what happened").wait_for()
    assert here.get_by_label("Agreed day").input_value() == "2026-03-05"
    here.get_by_label("Client", exact=True).fill("C-014")
    here.get_by_label("Client", exact=True).press("Tab")
    here.get_by_role("button", name="Log it").click()
    here.get_by_text("Logged. The chart and the list below have it.").wait_for()
    assert (here.heard.outside, here.heard.errors) == ([], [])
