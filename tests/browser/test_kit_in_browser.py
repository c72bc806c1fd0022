"""What only a browser can show of the shared parts: names, roles, keys, focus, double clicks."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PANEL = """
import time
from interview_coach.errors import KitError
from interview_coach.panels import kit
notice, asked, chosen = kit.Notice(), kit.Region(), []
def choose(what):
    time.sleep(0.3)
    chosen.append(what)
    asked.show(kit.heading(f"Chosen so far: {' '.join(chosen)}", focus=True))
def fail():
    raise KitError("The zone <Londn> is not known.")
name = kit.text_input("Your name", hint="As you would say it.")
name.error = "Write a name."
board = kit.page(
    "All parts", "One of each.",
    kit.columns(
        kit.phone("2:07", date="Thursday 5 March", past="7 minutes past", notes=[("Calendar", "2:00")]),
        kit.Region(
            asked,
            kit.choices([("wait", "Wait"), ("call", "Call")], choose, where=notice),
            kit.row(kit.button("Hint", fail, where=notice, key="h"),
                    kit.button("Say it", lambda: board.say("Voicemail left."))),
            notice,
            kit.key_help("Keys 1 and 2"),
        ),
        widths="phone",
    ),
    kit.card(kit.timeline([kit.Point(3, "2:03", "checked", "good"), kit.Point(4, "2:04", "called", "early")],
             [kit.Span(0, 19, "in a meeting")], ticks=[(0, "2:00"), (30, "2:30")])),
    name, kit.text_area("What happened"), kit.dropdown("Channel", [("Phone", 1), ("Video", 2)]),
    kit.number_input("Attempts"), kit.date_input("Day"), kit.time_input("Time"),
    kit.radio("Who was to call?", [("They", 1), ("I", 2)], hint="Look at the invitation."),
    kit.checkbox("I left a voicemail"), kit.file_input("Choose a file"),
    kit.copy_button("Copy", "Dear Ms Mahoney"), kit.download_link("Save", "a.txt", "x", "text/plain"),
    kit.empty("Log one."), kit.error("It is empty."), kit.finished("It is in your log."),
    kit.table(["Group", "Missed"], [["phone", 4]], caption="Missed calls", numbers=1),
    kit.card(kit.marked_text("You forgot to call for a while.", [(4, 18, "hurts"), (19, 30, "missing")])),
    kit.card(kit.steps([("now", "Check the number")]), kit.source("Guidance C2"), label=kit.tag("early", "amber")),
    current="practise",
)
board
"""


@pytest.fixture
def parts(page: Callable[..., Any], app: Any) -> Callable[..., Any]:
    """Open a page with one of each part."""
    file: Path = app.folder / "all_parts.ipynb"
    cell: dict[str, object] = {
        "cell_type": "code",
        "id": "parts",
        "metadata": {},
        "source": PANEL,
        "execution_count": None,
        "outputs": [],
    }
    meta = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    file.write_text(
        json.dumps({"cells": [cell], "metadata": meta, "nbformat": 4, "nbformat_minor": 5})
    )
    return lambda **more: page("all_parts", **more)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light")])
def test_every_part_is_accessible_and_fits(
    parts: Callable[..., Any], axe: Callable[[Any], list[str]], width: int, scheme: str
) -> None:
    board = parts(width=width, scheme=scheme)
    assert axe(board) == []
    assert board.evaluate("document.documentElement.scrollWidth") <= width
    assert board.heard.outside == []
    assert board.heard.errors == []
    small = board.evaluate(
        """() => [...document.querySelectorAll(".ic-page button, .ic-page a, .ic-page input, .ic-page select")]
            .filter((node) => node.offsetParent !== null && !node.closest("label"))
            .map((node) => [node.outerHTML.slice(0, 80), node.getBoundingClientRect()])
            .filter(([, box]) => box.width < 24 || box.height < 24).map(([html]) => html)"""
    )
    assert small == []


def test_inputs_have_names_hints_and_errors(parts: Callable[..., Any]) -> None:
    board = parts()
    for label in ("Your name", "What happened", "Channel", "Attempts", "Day", "Time"):
        assert board.get_by_label(label, exact=True).count() == 1, label
    name = board.get_by_label("Your name")
    assert name.get_attribute("aria-invalid") == "true"
    told = [
        board.locator(f"#{one}").inner_text()
        for one in name.get_attribute("aria-describedby").split()
    ]
    assert told == ["As you would say it.", "! Write a name."]
    group = board.get_by_role("radiogroup", name="Who was to call?")
    assert group.get_by_role("radio").count() == 2
    assert board.get_by_role("checkbox", name="I left a voicemail").count() == 1


def test_keys_choose_but_not_while_typing_and_not_when_off(parts: Callable[..., Any]) -> None:
    board = parts()
    name = board.get_by_label("Your name")
    name.fill("Amara")
    name.press("2")
    assert name.input_value() == "Amara2"
    board.get_by_role("heading", level=1).click()
    board.keyboard.press("1")
    board.get_by_role("heading", name="Chosen so far: wait", exact=True).wait_for()
    board.get_by_role("button", name="Turn keys off").click()
    board.keyboard.press("2")
    board.get_by_role("button", name="Turn keys on").click()
    board.keyboard.press("2")
    board.get_by_role("heading", name="Chosen so far: wait call", exact=True).wait_for()


def test_a_new_question_takes_the_reader_along(parts: Callable[..., Any]) -> None:
    board = parts()
    board.get_by_role("button", name="Wait").click()
    board.get_by_role("heading", name="Chosen so far: wait").wait_for()
    board.wait_for_function("document.activeElement.textContent === 'Chosen so far: wait'")


def test_a_double_click_counts_once(parts: Callable[..., Any]) -> None:
    board = parts()
    board.get_by_role("button", name="Call").dblclick()
    board.get_by_role("heading", name="Chosen so far: call").wait_for()
    # Past the browser's own guard, as a second press by a script would be.
    board.get_by_role("button", name="Wait").evaluate("(b) => { b.click(); b.click(); }")
    board.get_by_role("heading", name="Chosen so far: call wait").wait_for()
    board.wait_for_timeout(1000)
    assert board.get_by_role("heading", name="Chosen so far").inner_text() == (
        "Chosen so far: call wait"
    )


def test_a_failure_is_said_beside_the_button_as_text(parts: Callable[..., Any]) -> None:
    board = parts()
    board.get_by_role("button", name="Hint").click()
    alert = board.locator(".ic-notice[role=alert]")
    alert.wait_for()
    assert alert.inner_text() == "! The zone <Londn> is not known."


def test_words_are_read_out(parts: Callable[..., Any]) -> None:
    board = parts()
    board.get_by_role("button", name="Say it").click()
    board.wait_for_function(
        "[...document.querySelectorAll('[aria-live=polite]')].some((n) => n.textContent === 'Voicemail left.')"
    )
