"""Where things stand in a text, and whether two of them stand in the same place."""

from collections.abc import Iterable
from typing import Protocol

__all__ = ["Span", "overlaps"]


class Span(Protocol):
    """Anything that was read from a place in a text."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it has ended."""


def overlaps(start: int, end: int, others: Iterable[Span]) -> bool:
    """Tell whether a place is a part of one that others were read from."""
    return any(start < one.end and one.start < end for one in others)
