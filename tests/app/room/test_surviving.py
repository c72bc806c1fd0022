"""What a vote outlives: a server that ends or is killed, a held file, a job that fails beside it."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import HTTPError

from interview_coach.app.room.desk import Desk
from interview_coach.app.room.live import Live
from interview_coach.app.room.words import REASONS
from interview_coach.errors import KitError
from interview_coach.outcomes.rooms import Rooms, RoomsFile
from interview_coach.outcomes.rooms.answering import mine, open_rooms
from tests.app.room.serving import ASKED, Server, until

SERVER = """
import asyncio, sys
from pathlib import Path
from interview_coach.app.room.live import Live

async def serve():
    live = Live(Path(sys.argv[1]), host="127.0.0.1", ports=(0,))
    await live.look()
    print(live.port, flush=True)
    await asyncio.Event().wait()

asyncio.run(serve())
"""


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
            [sys.executable, "-c", SERVER, str(path)], stdout=subprocess.PIPE, text=True
        ) as server:
            assert server.stdout is not None
            try:
                port = int(server.stdout.readline())
                kept = asyncio.run(work(port, server.kill))
            finally:
                server.kill()  # else a test that failed would wait for it for good
        assert sum(kept.values()) > 200
        file = RoomsFile(path)
        with file.reading() as run:
            there = {phone: mine(run, phone, room.room)["turn"] for phone in kept}
        file.close()
        # A vote may have been kept and its answer cut off; never the other way round.
        assert {phone for phone, turn in kept.items() if there[phone] < turn} == set()
