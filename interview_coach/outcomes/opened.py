"""What the log, the practised calls and the workshops have in common: one open database."""

from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from sqlalchemy import Engine

__all__ = ["Opened", "utc_now"]


def utc_now() -> datetime:
    """Read the machine's clock; tests hand in another."""
    return datetime.now(UTC)


class Opened:
    """Something kept in an open database, best used in a ``with`` statement."""

    def __init__(self, engine: Engine, name: str, clock: Callable[[], datetime]) -> None:
        self._engine, self._name, self._clock = engine, name, clock

    def close(self) -> None:
        """Let go of the database; what was written is already on the disk."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()
