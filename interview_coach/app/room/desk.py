"""One thread for the file of the rooms, and one commit for all answers that wait for it.

An answer is reported only when it is on the disk. While one commit is being written, those that come
in meanwhile wait for the next, together: a thousand at once cost a few commits and not a thousand.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from interview_coach.outcomes.rooms import RoomsFile
from interview_coach.outcomes.rooms.answering import Refused

__all__ = ["Desk"]

T = TypeVar("T")
_MOST = 500  # answers in one commit: a few milliseconds of work

Job = Callable[[sqlite3.Cursor], Any]
Done = tuple[bool, Any]


class Desk:
    """The file of the rooms, for a server with an event loop."""

    def __init__(self, path: Path) -> None:
        self._file = RoomsFile(path)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="rooms")
        self._waiting: list[tuple[Job, asyncio.Future[Any]]] = []
        self._task: asyncio.Task[None] | None = None

    async def do(self, job: Callable[[sqlite3.Cursor], T]) -> T:
        """Do something in a write transaction; comes back when it is on the disk.

        Raises
        ------
        Refused
            As `job` raises it, before it has written anything.
        KitError
            If it could not be written.
        """
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((job, future))
        if self._task is None:
            self._task = asyncio.create_task(self._drain())
        return await future

    async def look(self, job: Callable[[sqlite3.Cursor], T]) -> T:
        """Read something, all of it as of one moment."""
        return await self._in_thread(self._read, job)

    async def stamp(self) -> int:
        """Give a number that changes when another program has written."""
        return await self._in_thread(self._file.stamp)

    async def close(self) -> None:
        """Let go of the file, when what waits has been written."""
        if self._task is not None:
            await self._task
        await self._in_thread(self._file.close)
        self._thread.shutdown()

    async def _in_thread(self, what: Callable[..., T], *given: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, what, *given)

    async def _drain(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
                done = await self._in_thread(self._commit, [job for job, _ in batch])
                for (_, future), (well, came) in zip(batch, done, strict=True):
                    if future.cancelled():
                        continue  # its phone has gone away; what it sent is kept all the same
                    if well:
                        future.set_result(came)
                    else:
                        future.set_exception(came)
        finally:
            self._task = None

    def _read(self, job: Callable[[sqlite3.Cursor], T]) -> T:
        with self._file.reading() as run:
            return job(run)

    def _commit(self, jobs: list[Job]) -> list[Done]:
        try:
            with self._file.writing() as run:
                done = [_one(job, run) for job in jobs]
        except Exception as problem:
            # One that fails must not take the others with it.
            if len(jobs) == 1:
                return [(False, problem)]
            return [self._commit([job])[0] for job in jobs]
        return done


def _one(job: Job, run: sqlite3.Cursor) -> Done:
    try:
        return True, job(run)
    except Refused as refused:
        return False, refused
