"""A server of rooms on a port of its own, and a phone's way to ask it."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

from tornado.httpclient import AsyncHTTPClient, HTTPResponse

from interview_coach.app.room.live import Live
from interview_coach.outcomes.rooms import Room, Rooms

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


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(20):
        while not await true():
            await asyncio.sleep(0.01)
