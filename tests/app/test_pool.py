"""A kernel waits for the next visitor: handed out once, where it is asked to be, and closed at the end."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from jupyter_server._tz import utcnow
from tornado.web import HTTPError
from traitlets.config import Config

from interview_coach.app import pool
from interview_coach.app.kernels import OwnKernel
from interview_coach.app.pool import WarmKernels


@pytest.fixture(autouse=True)
def _quick_to_warm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "WARM_UP", ("warm = 1", "warm = 2"))


def with_kernels(folder: Path, work: Callable[[WarmKernels], Awaitable[None]]) -> None:
    """Do something with a manager whose kernels are all gone afterwards."""

    async def run() -> None:
        config = Config(
            {
                "KernelManager": {"client_class": "interview_coach.app.pool.PageClient"},
                "KernelRestarter": {"restart_limit": 0, "time_to_dead": 0.05},
            }
        )
        kernels = WarmKernels(
            config=config,
            kernel_spec_manager=OwnKernel(),
            root_dir=str(folder),
            pause=0.0,
            cull_idle_timeout=60,
        )
        try:
            await work(kernels)
        finally:
            await kernels.shutdown_all(now=True)
        assert list(kernels.list_kernel_ids()) == []

    # In a thread of its own: in this one a browser's loop may be running.
    with ThreadPoolExecutor(1) as aside:
        aside.submit(asyncio.run, run()).result()


async def until(there: Callable[[], Any]) -> Any:
    """Wait until something is so."""
    for _ in range(1200):
        if found := there():
            return found
        await asyncio.sleep(0.05)
    pytest.fail(f"it did not come to be: {there}")


async def asked(kernels: WarmKernels, kernel_id: str, expression: str) -> str:
    """Ask a kernel for the value of an expression."""
    client = kernels.get_kernel(kernel_id).client()
    client.start_channels()
    try:
        await client.wait_for_ready(timeout=60)
        reply = await client.execute(
            "", user_expressions={"it": expression}, reply=True, timeout=60
        )
    finally:
        client.stop_channels()
    found = reply["content"]["user_expressions"]["it"]
    return str(found["data"]["text/plain"] if found["status"] == "ok" else found["ename"])


def waiting(kernels: WarmKernels) -> list[str]:
    """List the kernels that wait and are ready."""
    return [one.kernel_id for one in kernels._waiting if one.ready is not None and one.ready.done()]


def test_it_is_handed_out_once_with_the_folder_and_environment_that_were_asked_for(
    tmp_path: Path,
) -> None:
    (tmp_path / "below").mkdir()

    async def work(kernels: WarmKernels) -> None:
        kernels.warm()
        (first,) = await until(lambda: waiting(kernels))
        env = {**os.environ, "QUERY_STRING": "back=call", "ODD": "a 'b' \"c\"\n\\d é"}
        given = await kernels.start_kernel(kernel_name="python3", path="below", env=env)
        assert given == first
        # Warmed up, and nothing left behind but that.
        assert await asked(kernels, given, "warm") == "2"
        assert await asked(kernels, given, "_json") == "NameError"
        folder = await asked(kernels, given, "__import__('os').getcwd()")
        assert folder == repr(str(tmp_path / "below"))
        assert await asked(kernels, given, "__import__('os').environ['ODD']") == repr(env["ODD"])
        # Another one waits in its place, and is not the same.
        (second,) = await until(lambda: waiting(kernels))
        assert second != given
        assert await kernels.start_kernel(kernel_name="python3", path="", env=env) == second

    with_kernels(tmp_path, work)


def test_one_that_is_still_warming_up_is_waited_for_no_longer_than_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "WARM_UP", ("one = 1", "import time; time.sleep(0)", "two = 2"))

    async def work(kernels: WarmKernels) -> None:
        kernels.warm()
        given = await kernels.start_kernel(kernel_name="python3", path="", env={})
        assert await asked(kernels, given, "two") == "NameError"

    with_kernels(tmp_path, work)


def test_one_that_was_killed_while_it_waited_is_seen_by_nobody(tmp_path: Path) -> None:
    async def work(kernels: WarmKernels) -> None:
        kernels.warm()
        (dead,) = await until(lambda: waiting(kernels))
        os.kill(kernels.get_kernel(dead).provisioner.pid, signal.SIGTERM)
        await until(lambda: dead not in kernels)
        given = await kernels.start_kernel(kernel_name="python3", path="", env={})
        assert given != dead
        assert await asked(kernels, given, "1 + 1") == "2"

    with_kernels(tmp_path, work)


def test_a_killed_kernel_is_gone_and_not_started_again(tmp_path: Path) -> None:
    async def work(kernels: WarmKernels) -> None:
        given = await kernels.start_kernel(kernel_name="python3", path="", env={})
        os.kill(kernels.get_kernel(given).provisioner.pid, signal.SIGTERM)
        await until(lambda: given not in kernels)
        # This is what a page asks for, and what it takes as a sign.
        with pytest.raises(HTTPError, match="404"):
            kernels.kernel_model(given)

    with_kernels(tmp_path, work)


def test_it_waits_as_long_as_a_page_is_open_and_is_let_go_later(tmp_path: Path) -> None:
    async def work(kernels: WarmKernels) -> None:
        kernels.warm()
        await until(lambda: waiting(kernels))
        page = await kernels.start_kernel(kernel_name="python3", path="", env={})
        (spare,) = await until(lambda: waiting(kernels))
        kernels.notify_connect(page)
        for one in (page, spare):
            kernels.get_kernel(one).last_activity = utcnow() - timedelta(hours=2)
        await kernels.cull_kernels()
        assert page in kernels and spare in kernels
        kernels.notify_disconnect(page)
        # From when the last page was closed it waits as long as any idle kernel.
        await kernels.cull_kernels()
        assert page not in kernels and spare in kernels
        kernels.get_kernel(spare).last_activity = utcnow() - timedelta(hours=2)
        await kernels.cull_kernels()
        assert spare not in kernels
        assert waiting(kernels) == []

    with_kernels(tmp_path, work)


def test_none_is_started_once_all_are_let_go(tmp_path: Path) -> None:
    async def work(kernels: WarmKernels) -> None:
        kernels.warm()
        await kernels.shutdown_all(now=True)
        kernels.warm()
        assert list(kernels.list_kernel_ids()) == []

    with_kernels(tmp_path, work)


def test_what_it_is_told_beforehand_reads_nothing_of_the_coachs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import subprocess
    import sys

    monkeypatch.undo()
    code = "\n".join(pool.WARM_UP)
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, cwd=tmp_path)
    # A file made or read ahead of the visit would be of another moment.
    assert list(tmp_path.iterdir()) == []
