"""A workshop round as a facilitator holds it: on a projector, without touching the mouse."""

import base64
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any


def heading(page: Any, words: str) -> None:
    """Wait until the page's heading begins with these words."""
    page.get_by_role("heading", level=1, name=re.compile("^" + re.escape(words))).wait_for()


def button(page: Any, words: str) -> None:
    """Wait until a button is there: before that its key does nothing."""
    page.get_by_role("button", name=words, exact=True).wait_for()


def count(page: Any, **hands: int) -> None:
    """Count hands by the choices' number keys (``k3=12``); wait until all are in."""
    page.get_by_text("No hands yet").wait_for()
    for key, number in hands.items():
        for _ in range(number):
            page.keyboard.press(key[1:])
    total = sum(hands.values())
    page.get_by_text(f"{total} hands", exact=True).wait_for()


def saved(page: Any, name: str) -> str:
    """Read the file behind a link that saves one."""
    link = page.get_by_role("link", name=name)
    link.wait_for()
    return base64.b64decode(link.get_attribute("href").partition(",")[2]).decode("utf-8")


def test_a_round_by_keyboard_and_presenter_s_remote(
    page: Callable[..., Any], axe: Callable[[Any], list[str]], screens: Path
) -> None:
    here = page("03_workshop")
    here.get_by_label("What do you call this group?").fill("Spring")
    here.keyboard.press("Tab")
    here.wait_for_timeout(300)  # the label is told on leaving the field
    here.screenshot(path=screens / "workshop-start.png", full_page=True)
    assert axe(here) == []
    here.keyboard.press("Enter")  # the field is left: the first deck has the focus
    heading(here, "First workshop")
    button(here, "Begin")
    here.screenshot(path=screens / "workshop-calls.png")
    assert axe(here) == []

    here.keyboard.press("PageDown")
    heading(here, "It is 2:05.")
    count(here, k3=12, k1=5, k5=1)
    here.keyboard.press("z")
    here.get_by_text("17 hands", exact=True).wait_for()
    here.keyboard.press("5")
    here.get_by_text("18 hands", exact=True).wait_for()
    assert not re.search(r"\b12\b", here.locator("main").inner_text())
    here.screenshot(path=screens / "workshop-vote.png")
    assert axe(here) == []

    here.keyboard.press("b")
    here.get_by_role("button", name="Show the screen again").wait_for()
    assert "call" not in here.locator("main").inner_text()
    here.keyboard.press("b")
    button(here, "Reveal")

    here.keyboard.press("PageDown")
    here.get_by_role("heading", name="At 2:05, 12 of 18 called.").wait_for()
    here.screenshot(path=screens / "workshop-revealed.png")
    assert axe(here) == []
    here.keyboard.press("w")
    here.get_by_text("By the guidance that is in time too.").wait_for()
    here.screenshot(path=screens / "workshop-reason.png")
    assert axe(here) == []

    here.keyboard.press("PageDown")  # what most chose
    heading(here, "It is 2:06.")
    count(here, k1=18)
    here.keyboard.press("ArrowRight")
    here.get_by_role("heading", name="At 2:06, all 18 waited until 2:15.").wait_for()
    button(here, "Play on to the end")
    here.keyboard.press("e")
    here.get_by_role("heading", name="The room's way").wait_for()
    here.screenshot(path=screens / "workshop-end.png")
    assert axe(here) == []

    button(here, "Back to 2:05: another way")
    here.keyboard.press("1")  # back to the first vote, its votes still open
    here.get_by_role("heading", name="At 2:05, 12 of 18 called.").wait_for()
    button(here, "Vote again")
    here.keyboard.press("5")  # another way
    here.get_by_role("heading", name="Another way", exact=True).wait_for()
    heading(here, "You stopped at 2:05")
    button(here, "All calls")
    here.keyboard.press("c")
    heading(here, "First workshop")
    button(here, "Debrief of all")
    here.keyboard.press("d")
    heading(here, "The top choice was the guidance's in 1 of 2 votes.")
    button(here, "Make the handout")
    here.keyboard.press("h")
    text = saved(here, "Save the handout")
    here.screenshot(path=screens / "workshop-debrief.png", full_page=True)
    assert axe(here) == []
    here.keyboard.press("v")
    assert '"call","12","18","0.6667"' in saved(here, "Save the votes")
    assert (here.heard.outside, here.heard.errors) == ([], [])

    handout = here.context.new_page()
    asked: list[str] = []
    handout.on("request", lambda request: asked.append(request.url))
    handout.set_content(text)
    handout.screenshot(path=screens / "workshop-handout.png", full_page=True)
    assert "At 2:05, 12 of 18 called." in handout.locator("main").inner_text()
    assert asked == []
    assert axe(handout) == []

    # A kernel of its own, as after a restart: the page opens where it was left.
    again = here.context.new_page()
    again.set_default_timeout(60_000)
    again.goto(here.url)
    again.get_by_role("button", name="Go on with Spring").wait_for()
    again.keyboard.press("g")
    heading(again, "The top choice was the guidance's in 1 of 2 votes.")


def test_notes_in_a_second_window_on_a_telephone(
    page: Callable[..., Any], axe: Callable[[Any], list[str]], screens: Path
) -> None:
    room = page("03_workshop")
    room.get_by_label("What do you call this group?").fill("Autumn")
    room.get_by_role("button", name="First workshop").click()
    heading(room, "First workshop")
    button(room, "Begin")
    room.keyboard.press("n")
    heading(room, "It is 2:05.")

    notes = page("03_workshop", width=390, height=844)
    notes.screenshot(path=screens / "workshop-start-390.png", full_page=True)
    assert axe(notes) == []
    notes.get_by_role("button", name="My notes for Autumn").click()
    notes.get_by_role("heading", name="Only for you").wait_for()
    for _ in range(3):
        notes.get_by_role("button", name="One hand more for: Wait until 2:15").click()
    notes.get_by_text("3 hands", exact=True).wait_for()
    notes.screenshot(path=screens / "workshop-notes-390.png", full_page=True)
    assert axe(notes) == []
    assert notes.evaluate("document.documentElement.scrollWidth") <= 390
    room.get_by_text("3 hands", exact=True).wait_for()
    notes.get_by_role("button", name="Reveal").click()
    room.get_by_role("heading", name="At 2:05, all 3 waited until 2:15.").wait_for()
    notes.get_by_role("heading", name="At 2:05, all 3 waited until 2:15.").wait_for()
    notes.screenshot(path=screens / "workshop-revealed-390.png", full_page=True)
    assert notes.evaluate("document.documentElement.scrollWidth") <= 390
    assert "Only for you" not in room.locator("main").inner_text()
    assert (room.heard.outside, room.heard.errors) == ([], [])
    assert (notes.heard.outside, notes.heard.errors) == ([], [])
