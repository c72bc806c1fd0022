"""The phones' server, asked over the network: what it lets in, what it refuses, and what it survives."""

import asyncio
import json
import re
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPError, HTTPResponse

from interview_coach.app.lab import lab_config
from interview_coach.app.room import (
    _jupyter_server_extension_points,
    _load_jupyter_server_extension,
)
from interview_coach.app.room.desk import Desk
from interview_coach.app.room.handlers import page
from interview_coach.app.room.limits import Buckets, Guesses
from interview_coach.app.room.live import Live
from interview_coach.app.room.words import REASONS, WORDS
from interview_coach.app.serve import app_config
from interview_coach.errors import KitError
from interview_coach.outcomes.rooms import Room, Rooms, RoomsFile, rooms_file
from interview_coach.outcomes.rooms.answering import mine, open_rooms
from interview_coach.outcomes.rooms.file import ROOMS_FILE

ASKED = {"asked": "What do you do?", "options": [["wait", "Wait"], ["call", "Call"]]}
NASTY = [
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "{{words}} ${1} \u2028",
]


class Server:
    """A server of rooms on a port of its own, and a phone's way to ask it."""

    def __init__(self, path: Path, **more: Any) -> None:
        self.rooms = Rooms(path)
        self.live = Live(path, host="127.0.0.1", ports=(0,), **more)
        self.client = AsyncHTTPClient(force_instance=True, max_clients=200)

    async def room(self, *, names: bool = False) -> Room:
        """Open a room that asks something, and wait until it can be joined."""
        room = self.rooms.open("w", names=names)
        self.rooms.ask(room.room, "key", ASKED)
        await self.live.look()
        return room

    async def get(self, path: str, **more: Any) -> HTTPResponse:
        """Ask for something."""
        address = f"http://127.0.0.1:{self.live.port}/{path}"
        return await self.client.fetch(address, raise_error=False, **more)

    async def post(self, path: str, told: Any, **more: Any) -> tuple[int, dict[str, Any]]:
        """Send JSON (or bytes as they are); give the status and what came back."""
        body = told if isinstance(told, bytes) else json.dumps(told).encode()
        headers = {"Content-Type": "application/json", **more}
        came = await self.get(path, method="POST", body=body, headers=headers)
        return came.code, json.loads(came.body)

    async def join(self, room: Room, **more: str) -> str:
        """Join, and give what the phone is known by."""
        status, told = await self.post("join", {"code": room.code, **more})
        assert status == 200, told
        return str(told["phone"])

    async def vote(self, phone: str, said: str, turn: int) -> tuple[int, dict[str, Any]]:
        """Vote on the first question."""
        told = {"phone": phone, "question": 1, "kind": "choice", "answer": said, "turn": turn}
        return await self.post("answer", told)

    async def stop(self) -> None:
        """End it."""
        self.client.close()
        await self.live.stop()
        self.rooms.close()


Work = Callable[[Server], Coroutine[Any, Any, None]]


@pytest.fixture
def served(tmp_path: Path) -> Callable[..., None]:
    """Run something with a server: ``served(work)``."""

    def run(work: Work, **more: Any) -> None:
        async def whole() -> None:
            server = Server(tmp_path / "rooms.db", **more)
            try:
                await work(server)
            finally:
                await server.stop()

        asyncio.run(whole())

    return run


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(20):
        while not await true():
            await asyncio.sleep(0.01)


def test_a_phone_joins_votes_changes_and_sees_the_result_only_when_it_is_revealed(
    served: Callable[..., None],
) -> None:
    async def work(server: Server) -> None:
        room = await server.room()
        status, told = await server.post("join", {"code": room.code.lower()})
        assert status == 200
        assert told == {
            **{"phone": told["phone"], "stage": "open", "question": 1, "kind": "choice"},
            **{"names": False, "mine": {"turn": 0}, **ASKED},
        }
        phone = told["phone"]
        assert await server.vote(phone, "wait", 1) == (200, {"kept": 1})
        assert await server.vote(phone, "call", 2) == (200, {"kept": 2})
        state = json.loads((await server.get(f"state?phone={phone}")).body)
        assert (state["stage"], state["mine"]) == ("open", {"turn": 2, "answer": "call"})
        assert "result" not in state
        assert server.rooms.count(room.room, 1) == {"call": 1}
        assert await server.vote(phone, "wait", 3) == (
            409,
            {"reason": "over", "says": "The vote is closed already."},
        )
        server.rooms.reveal(room.room, 1, {"finding": "1 of 1 called."})
        state = json.loads((await server.get(f"state?phone={phone}")).body)
        assert state["result"] == {"finding": "1 of 1 called."}

    served(work)


@pytest.mark.parametrize(
    ("path", "body", "status", "reason"),
    [
        ("join", b"", 400, "wrong"),
        ("join", b"{", 400, "wrong"),
        ("join", b"\xff\xfe", 400, "wrong"),
        ("join", b"[" * 9000, 400, "wrong"),
        ("join", b"[]", 400, "wrong"),
        ("join", b"null", 400, "wrong"),
        ("join", b'{"code": 7}', 400, "wrong"),
        ("join", b'{"code": "\\ud800"}', 400, "wrong"),
        ("join", b'{"code": "BCDFGHJK"}', 404, "code"),
        ("join", b"{}", 404, "code"),
        ("answer", b"{}", 404, "phone"),
        ("answer", b'{"phone": "nobody", "question": 1, "answer": "wait"}', 404, "phone"),
        ("answer", b'{"question": true}', 400, "wrong"),
        ("answer", b'{"question": 1.5}', 400, "wrong"),
        ("answer", b'{"turn": NaN}', 400, "wrong"),
        ("elsewhere", b"{}", 404, "nothing"),
        ("../api/contents", b"{}", 404, "nothing"),
        ("api/kernels", b"{}", 404, "nothing"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(
    served: Callable[..., None], path: str, body: bytes, status: int, reason: str
) -> None:
    async def work(server: Server) -> None:
        await server.room()
        assert await server.post(path, body) == (
            status,
            {"reason": reason, "says": REASONS[reason]},
        )

    served(work)


def test_what_is_not_declared_as_json_is_not_read(served: Callable[..., None]) -> None:
    """A page from elsewhere can send a form without asking, but not JSON."""

    async def work(server: Server) -> None:
        room = await server.room()
        told = {"code": room.code}
        for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
            status, said = await server.post("join", told, **{"Content-Type": kind})
            assert (status, said["reason"]) == (400, "wrong")
        asked = await server.get("join", method="OPTIONS")
        assert asked.code == 405
        assert "Access-Control-Allow-Origin" not in asked.headers

    served(work)


def test_too_much_is_refused_and_the_server_lives_on(served: Callable[..., None]) -> None:
    async def work(server: Server) -> None:
        room = await server.room()
        phone = await server.join(room)
        for size in (17_000, 3_000_000):
            with suppress(OSError):  # the connection may be cut while it is still being sent
                body = json.dumps({"phone": phone, "answer": "x" * size}).encode()
                came = await server.get(
                    "answer",
                    method="POST",
                    body=body,
                    headers={"Content-Type": "application/json"},
                )
                assert came.code >= 400
        words = {"phone": phone, "question": 1, "kind": "choice", "turn": 1, "answer": "x" * 2001}
        assert (await server.post("answer", words))[0] == 413
        assert (await server.vote(phone, "wait", 1))[0] == 200

    served(work)


def test_guessing_ends_soon_and_harms_nobody_who_is_in(
    served: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    # However slow this machine is: no try comes back while the test runs.
    monkeypatch.setattr(Guesses, "A_SECOND_FROM_ONE", 0.0)

    async def work(server: Server) -> None:
        room = await server.room()
        phone = await server.join(room)
        tried = await asyncio.gather(
            *(server.post("join", {"code": "BCDFGHJK"}) for _ in range(40))
        )
        reasons = [told["reason"] for _, told in tried]
        assert (reasons.count("code"), reasons.count("slow")) == (20, 20)
        # Not even a right code: else the limit would limit nothing.
        assert (await server.post("join", {"code": room.code}))[1]["reason"] == "slow"
        assert (await server.vote(phone, "wait", 1))[0] == 200

    served(work)


def test_a_phone_that_sends_too_often_is_asked_to_wait(served: Callable[..., None]) -> None:
    async def work(server: Server) -> None:
        server.live.answers = Buckets(most=20, a_second=0.0)
        phone = await server.join(await server.room())
        sent = [await server.vote(phone, "wait", turn) for turn in range(1, 22)]
        assert [status for status, _ in sent[:20]] == [200] * 20
        assert sent[20] == (429, {"reason": "slow", "says": REASONS["slow"]})

    served(work)


def test_names_are_asked_for_only_if_the_facilitator_does(served: Callable[..., None]) -> None:
    async def work(server: Server) -> None:
        room = await server.room(names=True)
        assert (await server.post("join", {"code": room.code}))[1]["reason"] == "name"
        phone = await server.join(room, name=NASTY[0])
        await server.vote(phone, "wait", 1)
        state = (await server.get(f"state?phone={phone}")).body.decode()
        assert json.loads(state)["names"] is True
        assert "alert" not in state
        assert server.rooms.names(room.room) == [NASTY[0]]

    served(work)


async def events(server: Server, phone: str) -> tuple["asyncio.Task[Any]", list[dict[str, Any]]]:
    """Listen to a stream; what was heard grows in the list."""
    heard: list[dict[str, Any]] = []

    def take(chunk: bytes) -> None:
        heard.extend(
            json.loads(line.removeprefix(b"data: "))
            for line in chunk.split(b"\n")
            if line.startswith(b"data: {")
        )

    listening = asyncio.create_task(
        server.get(f"events?phone={phone}", streaming_callback=take, request_timeout=60)
    )

    async def first() -> bool:
        return bool(heard)

    await until(first)
    return listening, heard


def test_a_stream_tells_each_change_and_the_end(served: Callable[..., None]) -> None:
    async def work(server: Server) -> None:
        room = await server.room()
        await server.live.start()
        phone = await server.join(room)
        await server.vote(phone, "call", 1)
        listening, heard = await events(server, phone)
        assert heard[0]["mine"] == {"turn": 1, "answer": "call"}

        async def stage(wanted: str) -> None:
            async def there() -> bool:
                return bool(heard) and heard[-1]["stage"] == wanted

            await until(there)

        server.rooms.count(room.room, 1)
        await stage("counted")
        server.rooms.reveal(room.room, 1, {"finding": NASTY[0]})
        await stage("revealed")
        assert heard[-1]["result"]["finding"] == NASTY[0]
        server.rooms.ask_nothing(room.room)
        await stage("waiting")
        server.rooms.end(room.room)
        await stage("closed")
        assert (await listening).code == 200
        gone = {"reason": "closed", "says": "This room is closed."}
        assert await server.vote(phone, "wait", 2) == (410, gone)
        assert await server.post("join", {"code": room.code}) == (410, gone)
        state = await server.get(f"state?phone={phone}")
        assert (state.code, json.loads(state.body)) == (410, gone)

    served(work)


def test_a_phone_sees_its_own_room_only(served: Callable[..., None]) -> None:
    async def work(server: Server) -> None:
        room = await server.room()
        other = server.rooms.open("another workshop")
        server.rooms.ask(other.room, "key", {"asked": "Something else", "options": [["a", "A"]]})
        await server.live.look()
        phone = await server.join(other)
        state = (await server.get(f"state?phone={phone}")).body.decode()
        assert "Something else" in state
        assert "What do you do?" not in state
        assert (await server.vote(phone, "wait", 1))[1]["reason"] == "wrong"
        assert server.rooms.count(room.room, 1) == {}

    served(work)


def test_a_phone_may_have_a_few_pages_open_and_the_oldest_gives_way(
    served: Callable[..., None],
) -> None:
    async def work(server: Server) -> None:
        await server.room()
        await server.live.start()
        room = server.rooms.of("w")
        assert room is not None
        phone = await server.join(room)
        streams = [await events(server, phone) for _ in range(5)]
        assert (await streams[0][0]).code == 200  # it has ended
        server.rooms.ask_nothing(room.room)

        async def told() -> bool:
            return all(heard[-1]["stage"] == "waiting" for _, heard in streams[1:])

        await until(told)
        assert [streams[0][1][-1]["stage"], *(task.done() for task, _ in streams[1:])] == [
            "open",
            *[False] * 4,
        ]
        for task, _ in streams:
            task.cancel()

    served(work)


def test_a_hundred_phones_at_once_lose_and_double_nothing(served: Callable[..., None]) -> None:
    async def work(server: Server) -> None:
        room = await server.room()
        phones = await asyncio.gather(*(server.join(room) for _ in range(100)))
        assert len(set(phones)) == 100

        async def votes(phone: str) -> None:
            for turn, said in enumerate(("call", "call", "wait"), start=1):
                assert await server.vote(phone, said, turn) == (200, {"kept": turn})
            # Sent again, late: what is kept is told.
            assert await server.vote(phone, "call", 2) == (200, {"kept": 3})

        await asyncio.gather(*map(votes, phones))
        assert server.rooms.count(room.room, 1) == {"wait": 100}

    served(work)


def test_an_acknowledged_vote_outlives_the_server(tmp_path: Path) -> None:
    async def work() -> None:
        path = tmp_path / "rooms.db"
        server = Server(path)
        room = await server.room()
        phone = await server.join(room)
        assert (await server.vote(phone, "call", 1))[0] == 200
        port = server.live.port
        await server.stop()
        again = Server(path)
        await again.live.look()
        # The phones know this address, and nobody tells them another.
        assert again.live.port == port
        state = json.loads((await again.get(f"state?phone={phone}")).body)
        assert state["mine"] == {"turn": 1, "answer": "call"}
        assert (await again.vote(phone, "wait", 2))[0] == 200
        assert again.rooms.count(room.room, 1) == {"wait": 1}
        await again.stop()

    asyncio.run(work())


def test_the_door_is_open_only_while_there_is_a_room(served: Callable[..., None]) -> None:
    now = [1000.0]

    async def work(server: Server) -> None:
        await server.live.look()
        assert server.live.port is None
        room = await server.room()
        assert server.live.port is not None
        shown = server.rooms.of("w")
        assert shown is not None and shown.where.port == server.live.port
        server.rooms.end(room.room)
        await server.live.look()
        assert (await server.post("join", {"code": room.code}))[0] == 410
        now[0] += 31
        await server.live.look()
        assert server.live.port is None
        again = await server.room()
        assert again.where.port is None  # as it was when it was opened
        shown = server.rooms.of("w")
        assert shown is not None and shown.where.port == server.live.port

    served(work, clock=lambda: now[0], linger=30.0)


def test_a_vote_that_cannot_be_kept_just_now_is_not_acknowledged(
    served: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interview_coach.outcomes.rooms.file.BUSY_SECONDS", 0.05)

    async def work(server: Server) -> None:
        room = await server.room()
        phone = await server.join(room)
        with server.rooms._file.writing():  # the facilitator's page holds the file
            assert await server.vote(phone, "wait", 1) == (
                503,
                {"reason": "busy", "says": REASONS["busy"]},
            )
        assert await server.vote(phone, "wait", 1) == (200, {"kept": 1})

    served(work)


def test_one_job_that_fails_takes_no_other_with_it(tmp_path: Path) -> None:
    async def work() -> None:
        with Rooms(tmp_path / "rooms.db") as rooms:
            room = rooms.open("w")
        desk = Desk(tmp_path / "rooms.db")

        def fails(run: Any) -> None:
            run.execute("DELETE FROM rooms")
            raise ZeroDivisionError

        def counts(run: Any) -> int:
            run.execute("UPDATE rooms SET revision = revision + 1")
            return int(run.execute("SELECT revision FROM rooms").fetchone()[0])

        done = await asyncio.gather(
            desk.do(counts), desk.do(fails), desk.do(counts), return_exceptions=True
        )
        assert isinstance(done[1], ZeroDivisionError)
        assert (done[0], done[2]) == (1, 2)
        assert [one.room for one in await desk.look(open_rooms)] == [room.room]
        await desk.close()

    asyncio.run(work())


def test_a_look_that_fails_is_followed_by_another(
    served: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interview_coach.app.room.live._AFTER_TROUBLE", 0.01)
    failed: list[int] = []
    look = Live.look

    async def trouble(live: Live) -> None:
        if len(failed) < 3:
            failed.append(1)
            raise KitError("The disk is gone.") if len(failed) < 3 else ZeroDivisionError
        await look(live)

    monkeypatch.setattr(Live, "look", trouble)

    async def work(server: Server) -> None:
        server.rooms.open("w")
        await server.live.start()

        async def open_() -> bool:
            return server.live.port is not None

        await until(open_)
        assert len(failed) == 3

    served(work)


def test_a_file_that_is_taken_away_ends_its_rooms_and_a_new_one_is_found(
    served: Callable[..., None], tmp_path: Path
) -> None:
    async def work(server: Server) -> None:
        await server.room()
        server.rooms.close()
        for file in tmp_path.glob("rooms.db*"):
            file.unlink()
        await server.live.look()
        assert server.live.port is None
        server.rooms = Rooms(tmp_path / "rooms.db")
        room = await server.room()
        assert (await server.vote(await server.join(room), "wait", 1))[0] == 200

    if sys.platform == "win32":
        pytest.skip("Windows lets nobody take away a file that is open")
    served(work)


def test_a_killed_server_has_kept_every_vote_that_it_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "rooms.db"
    with Rooms(path) as rooms:
        room = rooms.open("w")
        rooms.ask(room.room, "key", ASKED)
        code = """
import asyncio, sys
from pathlib import Path
from interview_coach.app.room.limits import Buckets, Guesses
from interview_coach.app.room.live import Live

async def serve():
    live = Live(Path(sys.argv[1]), host="127.0.0.1", ports=(0,))
    await live.look()
    print(live.port, flush=True)
    await asyncio.Event().wait()

asyncio.run(serve())
"""

        async def work(port: int, kill: Callable[[], None]) -> dict[str, int]:
            client = Server(path)
            client.live.port = port
            phones = [await client.join(room) for _ in range(30)]
            kept: dict[str, int] = {}

            async def votes(phone: str) -> None:
                with suppress(OSError, HTTPError):
                    for turn in range(1, 20):
                        status, _ = await client.vote(phone, "wait" if turn % 2 else "call", turn)
                        if status == 200:
                            kept[phone] = turn
                        if sum(kept.values()) > 200:
                            kill()

            await asyncio.gather(*map(votes, phones))
            client.live.port = None
            await client.stop()
            return kept

        with subprocess.Popen(
            [sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True
        ) as server:
            assert server.stdout is not None
            port = int(server.stdout.readline())
            kept = asyncio.run(work(port, server.kill))
        assert sum(kept.values()) > 200
        file = RoomsFile(path)
        with file.reading() as run:
            there = {phone: mine(run, phone, room.room)["turn"] for phone in kept}
        file.close()
        # A vote may have been kept and its answer cut off; never the other way round.
        assert {phone for phone, turn in kept.items() if there[phone] < turn} == set()


def test_the_pages_and_jupyterlab_bring_it_along_and_tell_their_kernels_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ROOMS_FILE, "")
    for make in (app_config, lab_config):
        made = make(tmp_path, port=1, token="x", browser=False)
        assert made.ServerApp.jpserver_extensions["interview_coach.app.room"] is True
    (point,) = _jupyter_server_extension_points()
    assert point == {"module": "interview_coach.app.room"}
    begun: list[Any] = []
    server = SimpleNamespace(
        root_dir=str(tmp_path),
        web_app=SimpleNamespace(settings={}),
        io_loop=SimpleNamespace(add_callback=begun.append),
    )
    _load_jupyter_server_extension(server)
    assert rooms_file() == tmp_path / "rooms.db"
    assert len(begun) == 1
    assert list(tmp_path.iterdir()) == []


def test_without_a_file_none_is_made(tmp_path: Path) -> None:
    async def work() -> None:
        live = Live(tmp_path / "rooms.db", host="127.0.0.1", ports=(0,))
        await live.look()
        await live.stop()

    asyncio.run(work())
    assert list(tmp_path.iterdir()) == []


def test_a_room_of_yesterday_is_closed(served: Callable[..., None]) -> None:
    async def work(server: Server) -> None:
        # The rooms' own clock is the real one; the server's says thirteen hours later.
        await server.room()
        assert server.rooms.of("w") is None
        assert server.live.port is None

    served(work, clock=lambda: time.time() + 13 * 3600)


def test_a_port_that_is_taken_is_passed_over_and_none_at_all_is_said(tmp_path: Path) -> None:
    async def work() -> None:
        first = Server(tmp_path / "one.db")
        await first.room()
        port = first.live.port
        assert port is not None
        second = Server(tmp_path / "two.db")
        second.live = Live(second.rooms._file.path, host="127.0.0.1", ports=(port, 0))
        await second.room()
        assert second.live.port not in (None, port)
        third = Server(tmp_path / "three.db")
        third.live = Live(third.rooms._file.path, host="127.0.0.1", ports=(port,))
        await third.room()
        shown = third.rooms.of("w")
        assert shown is not None
        assert shown.where.port is None
        assert shown.where.problem
        for one in (first, second, third):
            await one.stop()

    asyncio.run(work())


def test_the_page_holds_all_words_and_asks_nothing_of_anybody_else(
    served: Callable[..., None],
) -> None:
    async def work(server: Server) -> None:
        await server.room()
        shown = await server.get("")
        html = shown.body.decode()
        words = html.partition('id="words">')[2].partition("</script>")[0]
        assert json.loads(words)["title"] == WORDS["title"]
        assert "default-src 'none'" in shown.headers["Content-Security-Policy"]
        assert shown.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in shown.headers
        for name in ("phone.js", "phone.css"):
            assert (await server.get(name)).code == 200
            assert f'"{name}"' in html

    served(work)


def test_each_word_that_the_page_uses_is_there_and_each_that_is_there_is_used() -> None:
    script = page("phone.js").decode()
    used = set(re.findall(r"\bW\.(\w+)", script)) - {"reasons", "mostName", "mostWords"}
    assert used == set(WORDS)
    for reason in re.findall(r'reason === "(\w+)"', script):
        assert reason in REASONS
    assert "innerHTML" not in script
    assert "insertAdjacentHTML" not in script
