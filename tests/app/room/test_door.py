"""When phones are listened to, and where."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from interview_coach.app.lab import lab_config
from interview_coach.app.room import (
    _jupyter_server_extension_points,
    _load_jupyter_server_extension,
    door,
)
from interview_coach.app.room.live import Live
from interview_coach.app.serve import app_config
from interview_coach.outcomes.rooms import rooms_file
from interview_coach.outcomes.rooms.file import ROOMS_FILE
from tests.app.room.serving import Server


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


def test_connections_that_say_nothing_leave_room_for_others(
    served: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "most_connections", lambda: 12)

    async def work(server: Server) -> None:
        room = await server.room()
        assert server.live.port is not None
        held = [await asyncio.open_connection("127.0.0.1", server.live.port) for _ in range(10)]
        # Of those from one address half are kept, and the others closed at once.
        closed = 0
        for reader, _writer in held:
            with suppress(asyncio.TimeoutError):
                closed += await asyncio.wait_for(reader.read(), 0.2) == b""
        assert closed == 4
        for _reader, writer in held:
            writer.close()
            await writer.wait_closed()
        await asyncio.sleep(0.1)
        assert await server.join(room)

    served(work)


def test_the_pages_keep_some_of_what_a_process_may_have_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resource = pytest.importorskip("resource")
    for limit, most in ((256, 128), (1024, 524), (4096, 3596), (resource.RLIM_INFINITY, 999_500)):
        monkeypatch.setattr(resource, "getrlimit", lambda _kind, limit=limit: (limit, limit))
        assert door.most_connections() == most
