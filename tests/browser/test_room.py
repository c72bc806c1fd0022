"""A vote by phone as a room holds it: a projector, ten phones, two of them real browsers at 390 pixels."""

import asyncio
import json
import threading
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from interview_coach.app.room.live import Live
from interview_coach.outcomes.rooms import Room, Rooms
from tests.browser.conftest import App
from tests.browser.looking import quiet, small_targets

NASTY = '<img src=x onerror="window.__xss=1"><script>window.__xss=1</script>{{words}}'
OPTIONS = [["wait", f"Wait {NASTY}"], ["call", "Call"]]


class Lean:
    """A phone without a browser."""

    def __init__(self, address: str, code: str) -> None:
        self._address, self._turn = address, 0
        self.phone = self._post("join", {"code": code})["phone"]

    def _post(self, path: str, told: dict[str, Any]) -> dict[str, Any]:
        asked = urllib.request.Request(
            f"{self._address}/{path}",
            json.dumps(told).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(asked, timeout=20) as came:
            return dict(json.load(came))

    def vote(self, answer: str) -> None:
        """Vote for a choice of the question that is on."""
        self._turn += 1
        with urllib.request.urlopen(f"{self._address}/state?phone={self.phone}") as came:
            question = json.load(came)["question"]
        told = {"phone": self.phone, "question": question, "kind": "choice", "answer": answer}
        assert self._post("answer", {**told, "turn": self._turn}) == {"kept": self._turn}


@pytest.fixture
def phone(browser: Any) -> Iterator[Callable[..., Any]]:
    """Open the phones' page: ``phone(address, scheme="dark")``; nothing outside may be asked."""
    contexts = []

    def open_page(address: str, *, scheme: str = "light", width: int = 390, **more: Any) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 844}, color_scheme=scheme, **more
        )
        contexts.append(context)
        opened = context.new_page()
        opened.set_default_timeout(20_000)
        opened.outside, opened.errors = [], []
        base = address.partition("#")[0].rstrip("/")
        opened.on(
            "request",
            lambda asked: None if asked.url.startswith(base) else opened.outside.append(asked.url),
        )
        opened.on("pageerror", lambda error: opened.errors.append(str(error)))
        opened.goto(address)
        return opened

    yield open_page
    for context in contexts:
        context.close()


def said(page: Any, words: str) -> None:
    """Wait until the page says something."""
    page.get_by_text(words).first.wait_for()


def heading(page: Any, words: str) -> None:
    """Wait until the page's main heading begins so."""
    page.locator("h1", has_text=words).wait_for()


def fits(page: Any) -> bool:
    """Whether nothing has to be scrolled sideways, and all that can be pressed is large enough."""
    return bool(
        page.evaluate(
            "document.documentElement.scrollWidth <= innerWidth && "
            "[...document.querySelectorAll('button, input, textarea')]"
            ".every((one) => one.getBoundingClientRect().height >= 24)"
        )
    )


def where(folder: Path) -> tuple[str, str]:
    """Give the address (on this computer) and the code of the room that is open."""
    with Rooms(folder / "rooms.db") as rooms:
        (workshop,) = rooms.any_open()
        room = rooms.of(workshop)
    assert room is not None
    return f"http://127.0.0.1:{room.where.port}", room.code


def test_ten_phones_vote_change_and_see_the_result_and_the_debrief_has_their_votes(
    app: App,
    page: Callable[..., Any],
    phone: Callable[..., Any],
    axe: Callable[[Any], list[str]],
    screens: Path,
) -> None:
    room = page("03_workshop")
    room.get_by_label("What do you call this group?").fill("Ten phones")
    room.keyboard.press("Tab")
    room.get_by_role("button", name="First workshop").click()
    room.get_by_role("button", name="By phone").click()
    room.get_by_role("heading", name="Open a room for phones").wait_for()
    assert axe(room) == []
    room.get_by_role("button", name="Open the room").click()
    said(room, "No phone has joined yet")
    room.locator(".ic-join-way, .ic-error").first.wait_for()
    address, code = where(app.folder)
    assert axe(room) == []

    one = phone(address)
    heading(one, "Join the room")
    one.screenshot(path=screens / "room-join-390.png")
    assert (axe(one), fits(one)) == ([], True)
    one.get_by_label("Code").fill("BCDF GHJK")
    one.keyboard.press("Enter")
    said(one, "No room has this code.")
    assert axe(one) == []
    one.get_by_label("Code").fill(f"{code[:4].lower()} {code[4:]}")
    one.get_by_role("button", name="Join", exact=True).click()
    heading(one, "You are in")
    said(one, "Nobody asks for your name.")
    assert axe(one) == []
    two = phone(f"{address}/#{code}", scheme="dark")
    heading(two, "You are in")
    lean = [Lean(address, code) for _ in range(8)]
    said(room, "10 phones have joined")
    room.screenshot(path=screens / "room-way-in.png")

    room.get_by_role("button", name="Go on").click()
    room.get_by_role("button", name="Begin").click()
    heading(one, "It is 2:05.")
    assert one.evaluate("document.activeElement.tagName") == "H1"
    one.get_by_role("button", name="Wait until 2:15").click()
    said(one, "Your vote is in.")
    one.get_by_role("button", name="Call the number she gave you").click()
    one.locator("button[data-key=call][aria-pressed=true]").wait_for()
    assert one.get_by_role("button", pressed=True).count() == 1
    two.get_by_role("button", name="Stop waiting for today").focus()
    two.keyboard.press("Enter")
    said(two, "Your vote is in.")
    for number, each in enumerate(lean):
        each.vote("wait:15" if number < 2 else "call")
    said(room, "10 of 10 phones have voted")
    one.screenshot(path=screens / "room-voted-390.png")
    two.screenshot(path=screens / "room-voted-390-dark.png")
    room.screenshot(path=screens / "room-vote.png")
    for each in (one, two, room):
        assert axe(each) == []
    assert (fits(one), fits(two)) == (True, True)
    for shown in (room, one, two):
        assert "7 of 10" not in shown.locator("body").inner_text()

    room.get_by_role("button", name="Reveal").click()
    room.get_by_role("heading", name="At 2:05, 7 of 10 called.").wait_for()
    heading(one, "At 2:05, 7 of 10 called.")
    heading(two, "At 2:05, 7 of 10 called.")
    assert "your choice" in one.locator("li", has_text="Call the number").inner_text()
    one.screenshot(path=screens / "room-result-390.png")
    for each in (one, two):
        assert axe(each) == []

    one.reload()  # a phone that comes back comes to what is on
    heading(one, "At 2:05, 7 of 10 called.")
    assert "your choice" in one.locator("li", has_text="Call the number").inner_text()

    room.get_by_role("button", name="Ask for words").click()
    room.get_by_role("button", name="Voicemail: nobody answers").click()
    one.get_by_label("Your words").wait_for()
    one.get_by_role("button", name="Send").click()
    said(one, "Write something first")
    one.get_by_label("Your words").fill(f"Call me back now. {NASTY}")
    one.get_by_role("button", name="Send").click()
    said(one, "Your words are in.")
    assert (axe(one), fits(one)) == ([], True)
    two.get_by_label("Your words").wait_for()
    said(room, "1 of 10 phones have sent words")
    # The facilitator's own window has them first, and takes off the screen what the room should not see.
    notes = page("03_workshop", width=390, height=844)
    notes.get_by_role("button", name="My notes for Ten phones").click()
    said(notes, "Call me back now.")
    two.get_by_label("Your words").fill("You are all fools.")
    two.get_by_role("button", name="Send").click()
    notes.get_by_role("button", name="Hide: You are all fools.").click()
    said(notes, "(hidden)")
    assert (axe(notes), small_targets(notes)) == ([], [])
    quiet(notes, 390)
    notes.screenshot(path=screens / "room-notes-390.png", full_page=True)
    assert "Call me back" not in room.locator("main").inner_text()
    room.get_by_role("button", name="Reveal").click()
    heading(room, "2 messages came in.")
    said(room, "Message 1 of 1")
    assert axe(room) == []
    room.screenshot(path=screens / "room-words.png")
    heading(one, "2 messages came in.")
    said(one, "Missing")
    assert axe(one) == []
    for each in (room, notes, one):
        assert each.evaluate("window.__xss") is None
    room.get_by_role("button", name="Back to the vote").click()
    room.get_by_role("button", name="Play on to the end").click()
    room.get_by_role("button", name="All calls").click()
    heading(two, "You are in")
    room.get_by_role("button", name="Debrief of all").click()
    heading(room, "The top choice was not the guidance's in the one vote held.")
    said(room, "At 2:05, 7 of 10 called.")
    room.get_by_role("button", name="Close the workshop").click()
    heading(one, "This room is closed")
    heading(two, "This room is closed")
    assert axe(one) == []
    for each in (one, two):
        assert (each.outside, each.errors) == ([], [])
    assert (room.heard.outside, room.heard.errors) == ([], [])


class Serving:
    """Rooms served by a thread, to be stopped and started again under the phones."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self.live: Live | None = None

    def _run(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    def start(self) -> str:
        """Serve, and give the address."""
        self.live = Live(self._path, host="127.0.0.1", ports=(0,))

        async def begin(live: Live) -> None:
            await live.look()
            await live.start()

        self._run(begin(self.live))
        return f"http://127.0.0.1:{self.live.port}"

    def stop(self) -> None:
        """Stop serving; the file stays."""
        if self.live is not None:
            self._run(self.live.stop())
            self.live = None

    def end(self) -> None:
        """Stop for good."""
        self.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Rooms]:
    with Rooms(tmp_path / "rooms.db") as made:
        yield made


@pytest.fixture
def serving(tmp_path: Path, rooms: Rooms) -> Iterator[Serving]:
    made = Serving(tmp_path / "rooms.db")
    yield made
    made.end()


def asking(rooms: Rooms, *, names: bool = False) -> Room:
    room = rooms.open("w", names=names)
    rooms.ask(room.room, "first", {"asked": f"It is 2:05. {NASTY}", "options": OPTIONS})
    return room


def test_a_phone_that_loses_the_server_keeps_its_vote_and_sends_it_when_it_is_back(
    rooms: Rooms, serving: Serving, phone: Callable[..., Any], axe: Callable[[Any], list[str]]
) -> None:
    room = asking(rooms)
    address = serving.start()
    here = phone(f"{address}/#{room.code}")
    here.get_by_role("button", name="Wait").click()
    said(here, "Your vote is in.")
    serving.stop()
    said(here, "The connection is gone.")
    assert axe(here) == []
    here.get_by_role("button", name="Call").click()
    said(here, "Not sent yet.")
    assert rooms.count(room.room, 1) == {"wait": 1}
    rooms.reopen(room.room, 1)
    assert serving.start() == address
    said(here, "Your vote is in.")
    assert here.get_by_role("button", pressed=True).inner_text().endswith("Call")
    assert rooms.count(room.room, 1) == {"call": 1}
    said(here, "The vote is closed.")
    rooms.ask(room.room, "next", {"asked": "And now?", "options": [["stop", "Stop"]]})
    heading(here, "And now?")
    assert here.get_by_role("button", pressed=True).count() == 0
    assert here.evaluate("window.__xss") is None
    assert (here.outside, here.errors) == ([], [])


def test_two_pages_of_one_phone_are_one_vote_and_show_the_same(
    rooms: Rooms, serving: Serving, phone: Callable[..., Any]
) -> None:
    """Who scans the code twice has two pages open."""
    room = asking(rooms)
    address = f"{serving.start()}/#{room.code}"
    one = phone(address)
    heading(one, "It is 2:05.")
    two = one.context.new_page()
    two.set_default_timeout(20_000)
    two.goto(address)
    heading(two, "It is 2:05.")
    for page, said_, other in ((one, "call", two), (one, "wait", two), (two, "call", one)):
        page.locator(f"button[data-key={said_}]").click()
        for each in (page, other):
            each.locator(f"button[data-key={said_}][aria-pressed=true]").wait_for()
        said(page, "Your vote is in.")
    assert rooms.count(room.room, 1) == {"call": 1}
    now = rooms.of("w")
    assert now is not None
    assert now.joined == 1
    for page in (one, two):
        said(page, "The vote is closed.")
        assert page.locator("#link").inner_text() == ""


def test_a_name_is_asked_for_with_the_reason_and_all_works_at_320_pixels_by_keyboard(
    rooms: Rooms,
    serving: Serving,
    phone: Callable[..., Any],
    axe: Callable[[Any], list[str]],
    screens: Path,
) -> None:
    room = asking(rooms, names=True)
    here = phone(serving.start(), width=320, reduced_motion="reduce")
    here.get_by_label("Code").focus()
    here.keyboard.type(room.code.lower())
    here.keyboard.press("Enter")
    said(here, "The person who holds the workshop sees it beside your answers")
    assert here.evaluate("document.activeElement.id") == "name"
    here.screenshot(path=screens / "room-name-320.png")
    assert (axe(here), fits(here)) == ([], True)
    here.keyboard.type(NASTY)
    here.keyboard.press("Enter")
    heading(here, "It is 2:05.")
    here.keyboard.press("Tab")
    here.keyboard.press("Tab")
    here.keyboard.press(" ")
    said(here, "Your vote is in.")
    assert here.get_by_role("button", pressed=True).inner_text().endswith("Call")
    assert (axe(here), fits(here)) == ([], True)
    assert rooms.count(room.room, 1) == {"call": 1}
    assert [NASTY[:60]] == rooms.names(room.room)
    rooms.end(room.room)
    heading(here, "This room is closed")
    here.get_by_role("button", name="Join another room").click()
    heading(here, "Join the room")
    assert here.evaluate("window.__xss") is None
    assert here.errors == []
