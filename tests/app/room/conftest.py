"""Run something with a server of rooms."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.app.room.serving import Server, Work


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
