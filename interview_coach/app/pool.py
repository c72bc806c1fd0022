"""Kernels that are started before anybody asks for one, so that a page opens at once.

Voilà can keep whole pages ready ahead of time; such a page would show the time of day at which it
was made. Here a kernel waits with the kit's modules loaded and nothing else: no notebook has run in
it, no file of the coach has been read, so that what a page shows is of the moment it is opened.
"""

import asyncio
import json
import os
import time
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from queue import Empty
from typing import Any

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_server._tz import utcnow
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.ioloop import IOLoop
from traitlets import Float, Integer

__all__ = ["WARM_UP", "PageClient", "WarmKernels"]

# In the order in which they are needed: a kernel that is asked for in between stops after the line
# that it is at. The first line is what every page needs, the last what the figures need.
WARM_UP = (
    "import ipywidgets, anywidget, interview_coach.panels.home, interview_coach.panels.kit.clock, "
    "interview_coach.panels.kit.fields, interview_coach.panels.kit.guard, "
    "interview_coach.panels.kit.pages",
    "import interview_coach.panels.today, interview_coach.panels.messages",
    "import interview_coach.panels.practice, interview_coach.panels.workshop",
    "import pandas, sqlalchemy.dialects.sqlite",
    "import interview_coach.outcomes.store, interview_coach.measures, interview_coach.panels.log",
    "import matplotlib.figure, matplotlib.backends.backend_svg",
    "import interview_coach.reports, interview_coach.panels.hand_on, interview_coach.panels.explore",
    "import interview_coach.panels.compare",
)
"""What a waiting kernel is told, line by line."""

_SECONDS = 60.0  # longer than any line takes on a slow machine; then the kernel counts as broken


class PageClient(AsyncKernelClient):
    """What runs a page's notebook in its kernel.

    The usual one listens for a fifth of a second until nothing more comes. This one knows when all
    has come: when the kernel says that it is idle after the question that it was asked.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers, and its broadcasts arrive.

        Raises
        ------
        RuntimeError
            If it has ended, or does not answer in so many seconds.
        """
        until = time.monotonic() + (timeout or _SECONDS)
        while time.monotonic() < until:
            asked = self.kernel_info()
            with suppress(Empty):
                reply = await self.get_shell_msg(timeout=1)
                while reply["parent_header"].get("msg_id") != asked:
                    reply = await self.get_shell_msg(timeout=1)
                while not _idle_after(asked, await self.get_iopub_msg(timeout=0.2)):
                    pass
                self._handle_kernel_info_reply(reply)
                return
            if not await self.is_alive():
                raise RuntimeError("The kernel ended before it answered.")
        raise RuntimeError("The kernel did not answer in time.")


def _idle_after(asked: str, heard: Mapping[str, Any]) -> bool:
    return bool(
        heard["msg_type"] == "status"
        and heard["parent_header"].get("msg_id") == asked
        and heard["content"]["execution_state"] == "idle"
    )


class _Waiting:
    """A kernel that waits, and how far it is."""

    def __init__(self) -> None:
        self.kernel_id = ""
        self.wanted = False
        self.ready: asyncio.Task[None] | None = None


class WarmKernels(AsyncMappingKernelManager):
    """The server's kernels; some of them wait for the next visitor.

    A waiting kernel is handed out once, whoever asks, with the folder and the environment that were
    asked for, and another one is started in its place. While no page has been open for a time, none
    waits: it would cost memory for nobody.
    """

    ahead = Integer(1, config=True, help="How many kernels wait.")  # unmarked: for programmers
    pause = Float(
        2.0,
        config=True,
        help="Seconds after a page has opened before the next one is started.",  # unmarked: the same
    )

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._waiting: deque[_Waiting] = deque()
        self._refill: Any = None
        self._closed = False
        self._endings: set[asyncio.Future[None]] = set()

    # ------------------------------------------------------------ keeping some ready

    def warm(self) -> None:
        """Start as many kernels as are to wait, one after another."""
        self._refill = None
        if self._closed or len(self._waiting) >= self.ahead:
            return
        one = _Waiting()
        self._waiting.append(one)
        one.ready = asyncio.ensure_future(self._make_ready(one))

    async def _make_ready(self, one: _Waiting) -> None:
        one.kernel_id = await super().start_kernel(kernel_name="python3", path="")
        for line in WARM_UP:
            if one.wanted:
                return
            await self._tell(one.kernel_id, line)
        self._warm_later(0.0)

    def _warm_later(self, seconds: float) -> None:
        if self._refill is None and not self._closed:
            self._refill = IOLoop.current().call_later(seconds, self.warm)

    async def _tell(self, kernel_id: str, code: str) -> None:
        client = self.get_kernel(kernel_id).client()
        client.start_channels(shell=True, iopub=False, stdin=False, hb=False, control=False)
        try:
            # Not silently, so that what a kernel does for the first time at a cell is done too.
            reply = await client.execute(
                code, silent=False, store_history=False, reply=True, timeout=_SECONDS
            )
        finally:
            client.stop_channels()
        if reply["content"]["status"] != "ok":
            raise RuntimeError(
                reply["content"].get("evalue", "a waiting kernel could not be set up")
            )

    # ------------------------------------------------------------ handing one out

    async def start_kernel(
        self,
        *,
        kernel_id: str | None = None,
        path: str | None = None,
        env: Mapping[str, str] | None = None,
        **more: Any,
    ) -> str:
        """Give a kernel: the one that waits longest, or a new one where none does."""
        if kernel_id is None and more.get("kernel_name", "python3") == "python3":
            found = await self._taken(path or "", env or {})
            if found:
                return found
        if env is not None:
            more["env"] = dict(env)
        started: str = await super().start_kernel(kernel_id=kernel_id, path=path, **more)
        self._warm_later(self.pause)
        return started

    async def _taken(self, path: str, env: Mapping[str, str]) -> str:
        while self._waiting:
            one = self._waiting.popleft()
            one.wanted = True
            try:
                if one.ready is not None:
                    await one.ready
                await self._tell(one.kernel_id, _place(self.cwd_for_path(path), env))
            except Exception:
                # Killed while it waited, or broken: nobody has seen it, the next one will do.
                self.log.exception("A waiting kernel was of no use")  # unmarked: for programmers
                await self._let_go(one)
                continue
            self._warm_later(self.pause)
            return one.kernel_id
        return ""

    async def _let_go(self, one: _Waiting) -> None:
        """End a kernel that waited; one that is just being started is waited for, or it would stay."""
        one.wanted = True
        with suppress(Exception):
            if one.ready is not None:
                await one.ready
            if one.kernel_id in self:
                await self.shutdown_kernel(one.kernel_id, now=True)

    # ------------------------------------------------------------ letting them go

    def _handle_kernel_died(self, kernel_id: str) -> None:
        """Forget a kernel that has ended, and all that was held for it."""
        kernel = self.get_kernel(kernel_id)
        self.stop_watching_activity(kernel_id)
        super()._handle_kernel_died(kernel_id)
        self._kernel_connections.pop(kernel_id, None)
        task = asyncio.ensure_future(kernel.cleanup_resources())
        self._endings.add(task)
        task.add_done_callback(self._endings.discard)

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """Let an idle kernel go; one that waits stays for as long as any page is open."""
        waits = [one for one in self._waiting if one.kernel_id == kernel_id]
        if waits and any(self._kernel_connections.get(other) for other in self.list_kernel_ids()):
            # Its time begins to run when the last page is closed.
            self.get_kernel(kernel_id).last_activity = utcnow()
            return
        await super().cull_kernel_if_idle(kernel_id)
        if waits and kernel_id not in self:
            self._waiting.remove(waits[0])

    async def shutdown_all(self, now: bool = False) -> None:
        """Let all kernels go, those that wait too."""
        self._closed = True
        if self._refill is not None:
            IOLoop.current().remove_timeout(self._refill)
            self._refill = None
        while self._waiting:
            await self._let_go(self._waiting.popleft())
        await super().shutdown_all(now=now)
        await asyncio.gather(*self._endings, return_exceptions=True)


def _place(folder: str, env: Mapping[str, str]) -> str:
    """Say to a kernel where it is and what its environment holds."""
    changed = {key: value for key, value in env.items() if os.environ.get(key) != value}
    return (
        "import json as _json, os as _os\n"
        f"_os.chdir(_json.loads({json.dumps(json.dumps(folder))}))\n"
        f"_os.environ.update(_json.loads({json.dumps(json.dumps(changed))}))\n"
        "del _json, _os"
    )
