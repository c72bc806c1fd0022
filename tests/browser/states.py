"""The main states of every page, as data: how one comes from each to the next."""

from collections.abc import Callable
from typing import Any

__all__ = ["STATES", "all_of", "fill", "press", "wait"]

NO_DOUBLE_CLICK = 450

State = tuple[str, Callable[[Any], None]]
"""What a state is called, and how one comes there from the one before; it waits until it is there."""


def press(name: str, then: str = "", *, exact: bool = True) -> Callable[[Any], None]:
    """Press a button; then wait for a text (or, beginning with #, for a heading)."""

    def run(here: Any) -> None:
        here.wait_for_timeout(NO_DOUBLE_CLICK)
        here.get_by_role("button", name=name, exact=exact).first.click()
        wait(then)(here)

    return run


def wait(then: str) -> Callable[[Any], None]:
    def run(here: Any) -> None:
        if then.startswith("#"):
            here.get_by_role("heading", name=then[1:]).first.wait_for()
        elif then:
            here.get_by_text(then).locator("visible=true").first.wait_for()

    return run


def fill(**given: str) -> Callable[[Any], None]:
    """Fill fields: by their label, with _ for blanks; tell the last one by leaving it."""

    def run(here: Any) -> None:
        for label, value in given.items():
            one = here.get_by_label(label.replace("_", " ")).locator("visible=true").first
            one.fill(value)
            one.press("Tab")

    return run


def choose(label: str, option: str, then: str = "") -> Callable[[Any], None]:
    def run(here: Any) -> None:
        here.get_by_label(label).locator("visible=true").first.select_option(option)
        wait(then)(here)

    return run


def tick(label: str, then: str = "") -> Callable[[Any], None]:
    def run(here: Any) -> None:
        here.get_by_label(label).locator("visible=true").first.check()
        wait(then)(here)

    return run


def all_of(*acts: Callable[[Any], None]) -> Callable[[Any], None]:
    def run(here: Any) -> None:
        for act in acts:
            act(here)

    return run


OVER = "#Each step, and why"

STATES: dict[str, list[State]] = {
    "00_start_here": [("empty", wait("#The call did not connect"))],
    "01_today": [
        ("asked", wait("What now?")),
        ("all that can be asked", press("If it applies", "Their time zone", exact=False)),
        ("error", press("What now?", "give the day and the time")),
        (
            "plan",
            all_of(
                fill(Agreed_day="2026-03-05", Agreed_time="14:00"),
                press("What now?", "#What to do"),
            ),
        ),
        ("message, error", press("Write it", "! ")),
    ],
    "02_practice": [
        ("start", wait("Play")),
        ("call", press("Play", "#What do you do?")),
        ("writing", press("Write an email", "#Or in your own words", exact=False)),
        (
            "debrief",
            all_of(
                press("Send the ready-made one", "#What do you do?"),
                press("Stop waiting for today", OVER),
            ),
        ),
        ("other way", press("Show me the guidance's way", OVER)),
        (
            "progress",
            all_of(
                press("Back to mine", "Choose another call"),
                press("Choose another call", "My progress"),
                press("My progress", "#The calls you played"),
            ),
        ),
    ],
    "03_workshop": [
        ("start", wait("First workshop")),
        ("deck", press("First workshop", "Begin", exact=False)),
        ("vote", press("Begin", "#What do you do?")),
        ("nothing to reset", press("Reset", "nothing to reset")),
        (
            "revealed",
            all_of(press("Call the number she gave you", "1 hand"), press("Reveal", "#At 2:05")),
        ),
        ("why", press("What the guidance says", "The votes again")),
        ("end", press("Play on to the end", "What nobody could see")),
        (
            "debrief",
            all_of(
                press("All calls", "Debrief of all"), press("Debrief of all", "Make the handout")
            ),
        ),
    ],
    "04_messages": [
        ("empty", wait("#What do you want to say?")),
        ("error", press("Write it for me", "! ")),
        (
            "draft",
            all_of(
                press("I write it myself", "thing"),
                fill(Your_draft="You forgot to call me at ____."),
                wait("may hurt"),
            ),
        ),
    ],
    "05_log_outcomes": [
        ("empty", wait("Nothing is logged yet")),
        ("error", press("Log it", "! ")),
        ("missed", tick("It was missed", "Who missed it")),
        (
            "logged",
            all_of(
                fill(Client="C-014", Agreed_day="2026-03-05", Agreed_time="14:00"),
                press("Log it", "Logged. The chart"),
            ),
        ),
        ("all", press("All calls", "#1 call")),
        ("edit", press("Edit C-014", "Why do you change it?", exact=False)),
        ("history", press("History", "Everything that was done")),
        ("nothing found", fill(Look_for="zzz")),
        ("files", press("Import and export", "#Bring a file in")),
        ("clients", all_of(press("Clients"), press("Open client C-014", "Erase this client"))),
    ],
    "06_outcome_report": [
        ("report", wait("#Hand the report on")),
        (
            "error",
            all_of(
                lambda here: here.get_by_label("A page for any browser").uncheck(),
                press("Write the report", "Tick at least one"),
            ),
        ),
        (
            "written",
            all_of(
                tick("A page for any browser"), press("Write the report", "The report is ready")
            ),
        ),
    ],
    "07_explore": [
        ("first", lambda here: here.locator("figure img").first.wait_for()),
        ("kept", press("Put this into my report", "Remove", exact=False)),
        (
            "error",
            all_of(
                choose("Days", "Days of your own"),
                fill(First_day="2026-06-30", Last_day="2026-01-01"),
            ),
        ),
    ],
    "08_compare_policies": [
        ("first", wait("no forecast for a person")),
        ("which", press("Which policies?", "All of them", exact=False)),
        ("none", press("None of them", "#No policy is chosen")),
        (
            "assumptions",
            all_of(
                press("All of them", "no forecast for a person"),
                press("Assumptions"),
                fill(An_earlier_meeting_ran_over="often"),
                wait("is no number"),
            ),
        ),
        ("story", all_of(press("Play one story"), press("Tell this story", "#Story"))),
        ("own", press("Build a policy of my own", "Compare it")),
    ],
}
