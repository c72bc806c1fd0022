"""The live room under load: 300 phones that vote twenty times, and a thousand that vote at once.

    python benchmarks/room.py

One server process, held to one core where the system can do that, and this program on the others. The
load is bounded and stays on this computer. In the same run stands a bare tornado handler with one
durable SQLite write for each vote, paced in the same way. Prints what was lost or doubled (nothing may
be), how soon votes were acknowledged, and how much memory the room added to the server.
"""

import argparse
import asyncio
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path
from statistics import quantiles
from typing import Any

CHOICES = ["wait", "call", "email", "stop"]
SERVER = """
import asyncio, sys
from pathlib import Path
import jupyter_server.serverapp  # what the server of the pages holds anyway
from interview_coach.app.room.live import Live

async def serve():
    live = Live(Path(sys.argv[1]), host="127.0.0.1", ports=(0,))
    await live.start()
    while live.port is None:
        await asyncio.sleep(0.02)
    print("port", live.port, flush=True)
    await asyncio.Event().wait()

print("memory before", flush=True)
sys.stdin.readline()
asyncio.run(serve())
"""
BARE = """
import asyncio, json, sqlite3, sys
import jupyter_server.serverapp
from tornado.netutil import bind_sockets
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("PRAGMA journal_mode=WAL")
held.execute("PRAGMA synchronous=FULL")
held.execute("CREATE TABLE votes (phone TEXT, turn INTEGER, answer TEXT)")

class Vote(RequestHandler):
    def post(self):
        told = json.loads(self.request.body)
        held.execute("BEGIN IMMEDIATE")
        held.execute("INSERT INTO votes VALUES (?, ?, ?)", (told["phone"], told["turn"], told["answer"]))
        held.execute("COMMIT")
        self.finish({"kept": told["turn"]})

async def serve():
    sockets = bind_sockets(0, "127.0.0.1")
    HTTPServer(Application([("/answer", Vote)], log_function=lambda _: None)).add_sockets(sockets)
    print("port", sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()

print("memory before", flush=True)
sys.stdin.readline()
asyncio.run(serve())
"""


def memory(pid: int) -> float:
    """Megabytes of memory that a process holds; NaN where the system does not say."""
    with suppress(OSError):
        found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
        if found:
            return int(found.group(1)) / 1024
    return float("nan")


def only(pid: int, cores: set[int]) -> None:
    """Hold a process to some cores, where the system can do that."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(pid, cores)


class Server:
    """A server in a process of its own, on the first core."""

    def __init__(self, code: str, file: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, str(file)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        only(self.process.pid, {0})
        assert self.process.stdout is not None and self.process.stdin is not None
        self.process.stdout.readline()
        self.before = memory(self.process.pid)
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        self.port = int(self.process.stdout.readline().split()[1])

    def added(self) -> float:
        """Megabytes since before it listened."""
        return memory(self.process.pid) - self.before

    def end(self) -> None:
        """Stop it, and wait."""
        self.process.terminate()
        self.process.wait(10)


class Phone:
    """One connection that is kept, and a stream that is read: as lean as a load can be."""

    def __init__(self, port: int) -> None:
        self.port, self.phone, self.turn = port, "", 0
        self.heard = 0
        self._listener: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        """Open the connection for what is sent."""
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)

    async def post(self, path: str, told: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Send JSON, and read what comes back."""
        body = json.dumps(told).encode()
        self.writer.write(
            f"POST /{path} HTTP/1.1\r\nHost: room\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        length = int(re.findall(r"(?i)content-length: (\d+)", head)[0])
        return int(head.split()[1]), json.loads(await self.reader.readexactly(length))

    async def join(self, code: str) -> None:
        """Join, and listen to the stream."""
        status, told = await self.post("join", {"code": code, "phone": "", "name": ""})
        assert status == 200, told
        self.phone = told["phone"]
        reader, self._stream = await asyncio.open_connection("127.0.0.1", self.port)
        self._stream.write(
            f"GET /events?phone={self.phone} HTTP/1.1\r\nHost: room\r\n\r\n".encode()
        )
        await reader.readuntil(b"data: ")
        self._listener = asyncio.create_task(self._listen(reader))

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        while await reader.read(65536):
            self.heard += 1

    async def vote(self, question: int, answer: str) -> float:
        """Vote; give the seconds until it was acknowledged."""
        self.turn += 1
        told = {"phone": self.phone, "question": question, "kind": "choice", "answer": answer}
        begun = time.perf_counter()
        status, said = await self.post("answer", {**told, "turn": self.turn})
        assert status == 200, (status, said)
        return time.perf_counter() - begun

    def close(self) -> None:
        """Let go."""
        self.writer.close()
        if self._listener is not None:
            self._listener.cancel()
            self._stream.close()


async def gently(phones: list[Phone], code: str) -> None:
    """Connect all of them, and let them join, fifty at a time."""
    for start in range(0, len(phones), 50):
        part = phones[start : start + 50]
        await asyncio.gather(*(one.connect() for one in part))
        if code:
            await asyncio.gather(*(one.join(code) for one in part))


async def paced(phones: list[Phone], times: int, seconds: float) -> tuple[list[float], list[str]]:
    """Let each phone vote so often, one after the other, spread over so many seconds."""
    waited: list[float] = []
    last = [""] * len(phones)
    draw = random.Random(7)
    begun = time.perf_counter()

    async def one(number: int, starts: list[float]) -> None:
        for at in starts:
            await asyncio.sleep(max(0.0, begun + at - time.perf_counter()))
            last[number] = CHOICES[(number * 7 + int(at * 1000)) % len(CHOICES)]
            waited.append(await phones[number].vote(1, last[number]))

    await asyncio.gather(
        *(
            one(number, sorted(draw.uniform(0, seconds) for _ in range(times)))
            for number in range(len(phones))
        )
    )
    return waited, last


def said(waited: list[float]) -> str:
    """Say how soon they were acknowledged."""
    cut = quantiles(waited, n=100)
    return (
        f"half within {cut[49] * 1000:.1f} ms, 99% within {cut[98] * 1000:.1f} ms, "
        f"all within {max(waited) * 1000:.0f} ms"
    )


def kept(file: Path) -> list[tuple[str, str, int]]:
    """Read what the file holds of the room: phone, answer and turn of each vote."""
    with closing(sqlite3.connect(file)) as run:
        return run.execute("SELECT phone, answer, turn FROM answers ORDER BY phone").fetchall()


def check(file: Path, phones: list[Phone], last: list[str]) -> str:
    """Compare what is kept with what was sent last by each phone."""
    there = kept(file)
    wanted = sorted((one.phone, answer, one.turn) for one, answer in zip(phones, last, strict=True))
    lost = len(set(wanted) - set(there))
    return f"{lost} lost, {len(there) - len({phone for phone, *_ in there})} doubled"


def room_in(folder: Path) -> tuple[Path, str]:
    """Open a room that asks a question."""
    from interview_coach.outcomes.rooms import Rooms

    file = folder / "rooms.db"
    with Rooms(file) as rooms:
        room = rooms.open("load")
        rooms.ask(
            room.room,
            "load",
            {"asked": "What do you do?", "options": [[one, one] for one in CHOICES]},
        )
    return file, room.code


async def run(phones: int, times: int, seconds: float, crowd: int) -> None:
    only(0, set(range(1, os.cpu_count() or 1)) or {0})
    with tempfile.TemporaryDirectory() as folder:
        file, code = room_in(Path(folder))
        server = Server(SERVER, file)
        try:
            all_ = [Phone(server.port) for _ in range(phones)]
            await gently(all_, code)
            waited, last = await paced(all_, times, seconds)
            print(f"{phones} phones, each with a stream, {times} votes each in {seconds:.0f} s:")
            print(f"  {len(waited):,} acknowledged, {said(waited)}; {check(file, all_, last)}")
            print(f"  memory: {server.added():.0f} MB more than before ({server.before:.0f} MB)")
            for one in all_:
                one.close()
        finally:
            server.end()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(BARE, Path(folder) / "bare.db")
        try:
            all_ = [Phone(server.port) for _ in range(phones)]
            for number, one in enumerate(all_):
                one.phone = str(number)
            await gently(all_, "")
            bare, _ = await paced(all_, times, seconds)
            print(f"A bare handler, one durable write a vote: {said(bare)}")
            ratio = quantiles(waited, n=100)[98] / quantiles(bare, n=100)[98]
            print(f"  the room's 99% is {ratio:.2f} times the bare handler's")
            for one in all_:
                one.close()
        finally:
            server.end()
    with tempfile.TemporaryDirectory() as folder:
        file, code = room_in(Path(folder))
        server = Server(SERVER, file)
        try:
            all_ = [Phone(server.port) for _ in range(crowd)]
            await gently(all_, code)
            last = [CHOICES[number % len(CHOICES)] for number in range(crowd)]
            begun = time.perf_counter()

            async def once(number: int) -> float:
                await asyncio.sleep(max(0.0, begun + number / crowd - time.perf_counter()))
                return await all_[number].vote(1, last[number])

            waited = list(await asyncio.gather(*(once(number) for number in range(crowd))))
            took = time.perf_counter() - begun
            print(f"{crowd:,} phones, each with a stream, all voting in the same second:")
            print(f"  all in after {took:.2f} s; {said(waited)}; {check(file, all_, last)}")
            print(f"  memory: {server.added():.0f} MB more than before ({server.before:.0f} MB)")
            begun = time.perf_counter()
            waited = list(await asyncio.gather(*(one.vote(1, "wait") for one in all_)))
            took = time.perf_counter() - begun
            print(f"  and all changing their vote at the same moment: all in after {took:.2f} s;")
            print(f"  {check(file, all_, ['wait'] * crowd)}")
            for one in all_:
                one.close()
        finally:
            server.end()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=300)
    parser.add_argument("--votes", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--crowd", type=int, default=1000)
    given = parser.parse_args()
    if sys.platform != "win32":
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = 2 * max(given.phones, given.crowd) + 100
        if soft < wanted:
            # Inherited by the server; the coach's own server raises it by itself.
            resource.setrlimit(resource.RLIMIT_NOFILE, (min(max(wanted, soft), hard), hard))
    asyncio.run(run(given.phones, given.votes, given.seconds, given.crowd))


if __name__ == "__main__":
    main()
