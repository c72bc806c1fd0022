"""The rooms as they are now: watches the file, tells the phones, and opens and closes their door."""

import asyncio
import json
import logging
import math
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from interview_coach.app.network import addresses
from interview_coach.app.room.desk import Desk
from interview_coach.app.room.door import Door
from interview_coach.app.room.limits import Buckets, Guesses
from interview_coach.errors import KitError
from interview_coach.language import ENGLISH, N_
from interview_coach.outcomes.rooms.answering import (
    close_old,
    last_port,
    listening,
    open_rooms,
    view,
)
from interview_coach.outcomes.rooms.codes import read_code

__all__ = ["HOURS", "Live", "Mailbox"]

HOURS = 12
"""After so long a room closes by itself: nobody means it to be open the next day."""

_OLD = HOURS * 3600.0
FIRST_PORT, PORTS = 8700, 10  # the same each time, so that a firewall need be told only once
EVERYWHERE = "0.0.0.0"
_LOOK = 0.15  # seconds between two looks at what the facilitator has done
_LOOK_FOR_FILE = 0.5
_AFTER_TROUBLE = 5.0
_LOOK_AROUND = 10.0
_LINGER = 60.0  # seconds after the last room in which phones are still told that it is closed
_PAGES = 4  # of one phone; each holds a connection
_QUEUE = 1024  # phones that knock in the same moment
_LARGEST = 16_384  # bytes of a request: the longest words, each sign written as JSON does
_log = logging.getLogger("interview_coach.room")


class Mailbox:
    """The last thing that a phone has not been told yet, and whether nothing comes after it."""

    __slots__ = ("_letter", "_there", "ended")

    def __init__(self) -> None:
        self._letter = b""
        self._there = asyncio.Event()
        self.ended = False

    def put(self, told: bytes) -> None:
        """Leave something, in place of what was there before."""
        self._letter = told
        self._there.set()

    def end(self) -> None:
        """Say that nothing comes any more."""
        self.ended = True
        self._there.set()

    async def take(self, seconds: float) -> bytes:
        """Wait for something; b"" if nothing has come in so many seconds, or comes any more."""
        with suppress(asyncio.TimeoutError):
            if not self.ended:
                await asyncio.wait_for(self._there.wait(), seconds)
        self._there.clear()
        told, self._letter = self._letter, b""
        return told


class Live:
    """The open rooms of a work folder, and the phones in them.

    Parameters
    ----------
    path : path
        The file of the rooms. Where there is none yet nothing is done, and none is made.
    host : str
        Where phones are listened to; everywhere unless told otherwise.
    """

    def __init__(
        self,
        path: Path,
        *,
        host: str = EVERYWHERE,
        ports: tuple[int, ...] = (*range(FIRST_PORT, FIRST_PORT + PORTS), 0),
        clock: Callable[[], float] = time.time,
        linger: float = _LINGER,
    ) -> None:
        self.path, self._host, self._ports, self._clock = path, host, ports, clock
        self._linger = linger
        self.desk: Desk | None = None
        self.guesses = Guesses(time.monotonic())
        self.answers = Buckets(most=20, a_second=2)
        self.visits = Buckets(most=20, a_second=1)
        self.strangers = Buckets(most=60, a_second=2)
        self._codes: Mapping[str, str] = {}
        self.language = ENGLISH
        """What a phone is spoken to in before it has joined: the language of the latest room."""
        self.port: int | None = None
        self._revisions: dict[str, int] = {}
        self._letters: dict[str, bytes] = {}
        self._phones: dict[str, dict[str, list[Mailbox]]] = {}
        self._server: Door | None = None
        self._where: tuple[int | None, tuple[str, ...], str] | None = None
        self._closes_at: float | None = None
        self._stamp: int | None = None
        self._old_at = math.inf
        self._next_try = self._next_addresses = -math.inf
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to watch; rooms that were open when the server ended are open again."""
        self._task = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """End: phones are let go and come back by themselves; rooms stay open in the file."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        await self._shut_door()
        if self.desk is not None:
            await self.desk.close()

    async def _watch(self) -> None:
        while True:
            pause = _LOOK if self.desk else _LOOK_FOR_FILE
            try:
                await self.look()
            except Exception as problem:
                # The facilitator's page meets the same file and says so; here it is tried again.
                _log.warning("%s", problem, exc_info=not isinstance(problem, KitError))
                pause = _AFTER_TROUBLE
            await asyncio.sleep(pause)

    async def look(self) -> None:
        """Take in what the facilitator has done since the last look."""
        if not self.path.exists():
            await self._forget()
            return
        if self.desk is None:
            self.desk = Desk(self.path)
            # Nobody is listened to yet, whatever an earlier server wrote down.
            port = await self.desk.look(last_port)
            self._ports = (*((port,) if port else ()), *self._ports)
            await self.desk.do(lambda run: listening(run, None))
        stamp = await self.desk.stamp()
        now = self._clock()
        if stamp != self._stamp or now >= self._old_at:
            self._stamp = stamp
            await self._take_in(self.desk, now)
        await self._door(self.desk, now)

    async def _forget(self) -> None:
        """Let go of a file that somebody has taken away, and of whoever is in its rooms."""
        desk, self.desk = self.desk, None
        self._codes, self._revisions, self._letters, self._stamp = {}, {}, {}, None
        await self._shut_door()
        if desk is not None:
            await desk.close()

    async def _take_in(self, desk: Desk, now: float) -> None:
        rooms = await desk.look(open_rooms)
        if any(one.opened_at <= now - _OLD for one in rooms):
            await desk.do(lambda run: close_old(run, now - _OLD, now))
            rooms = await desk.look(open_rooms)
        self._old_at = min((one.opened_at + _OLD for one in rooms), default=math.inf)
        self._codes = {one.code: one.room for one in rooms}
        if rooms:
            self.language = max(rooms, key=lambda one: one.opened_at).language
        there = {one.room: one.revision for one in rooms}
        for room in self._revisions.keys() - there.keys():
            self._tell(room, letter({"stage": "closed"}))
            self._end(room)
            self._letters.pop(room, None)
        for room, revision in there.items():
            if self._revisions.get(room) != revision:
                told = letter(await desk.look(partial(view, room=room)))
                if told != self._letters.get(room):
                    self._letters[room] = told
                    self._tell(room, told)
        self._revisions = there

    def room_with(self, typed: str) -> str | None:
        """Give the open room that a code is of, None if it is of none."""
        return self._codes.get(read_code(typed))

    def _tell(self, room: str, told: bytes) -> None:
        for mailboxes in self._phones.get(room, {}).values():
            for mailbox in mailboxes:
                mailbox.put(told)

    def _end(self, room: str) -> None:
        for mailboxes in self._phones.pop(room, {}).values():
            for mailbox in mailboxes:
                mailbox.end()

    def enter(self, room: str, phone: str) -> Mailbox:
        """Give a phone a mailbox; it may have a few pages open, as who scans the code twice has."""
        mailboxes = self._phones.setdefault(room, {}).setdefault(phone, [])
        mailbox = Mailbox()
        mailboxes.append(mailbox)
        if len(mailboxes) > _PAGES:
            mailboxes.pop(0).end()
        return mailbox

    def leave(self, room: str, phone: str, mailbox: Mailbox) -> None:
        """Take a mailbox away."""
        phones = self._phones.get(room, {})
        left = [one for one in phones.get(phone, ()) if one is not mailbox]
        if left:
            phones[phone] = left
        else:
            phones.pop(phone, None)

    async def _door(self, desk: Desk, now: float) -> None:
        """Listen while there is a room, and a little longer."""
        if self._revisions:
            self._closes_at = None
            if self._server is None and now >= self._next_try:
                await self._open_door(desk)
                if self._server is None:
                    self._next_try = now + _AFTER_TROUBLE
            elif self._server is not None and now >= self._next_addresses:
                await self._say_where(desk, now)
        elif self._server is not None:
            self._closes_at = self._closes_at or now + self._linger
            if now >= self._closes_at:
                await self._shut_door()
                await desk.do(lambda run: listening(run, None))

    async def _say_where(self, desk: Desk, now: float, problem: str = "") -> None:
        """Write down where phones find the door: a laptop may have changed its network."""
        self._next_addresses = now + _LOOK_AROUND
        # In a thread of its own: a name server that does not answer must hold up nobody.
        found = (self.port, tuple(await asyncio.to_thread(addresses)), problem)
        if found != self._where:
            self._where = found
            await desk.do(lambda run: listening(run, *found))

    async def _open_door(self, desk: Desk) -> None:
        from interview_coach.app.room.handlers import application

        problem = ""
        for port in self._ports:
            try:
                listener = socket.create_server((self._host, port), backlog=_QUEUE)
            except OSError as error:
                problem = error.strerror or N_("not possible")
                continue
            self._server = Door(
                application(self),
                max_body_size=_LARGEST,
                max_buffer_size=4 * _LARGEST,
                chunk_size=4096,  # as much is set aside for each phone that sends
                idle_connection_timeout=120,
                body_timeout=10,
            )
            listener.setblocking(False)
            self._server.add_sockets([listener])
            self.port = listener.getsockname()[1]
            break
        await self._say_where(desk, self._clock(), "" if self.port else problem)

    async def _shut_door(self) -> None:
        server, self._server = self._server, None
        self.port = self._closes_at = self._where = None
        if server is not None:
            server.stop()
            for room in list(self._phones):
                self._end(room)
            await server.close_all_connections()


def letter(told: Mapping[str, Any]) -> bytes:
    """Write what a phone is told as an event of its stream."""
    # JSON holds no bare line end, which would end the event.
    return b"data: " + json.dumps(told, separators=(",", ":")).encode() + b"\n\n"
