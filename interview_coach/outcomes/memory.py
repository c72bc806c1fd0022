"""How a great many values are held at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["no_collecting"]


@contextmanager
def no_collecting() -> Iterator[None]:
    """Keep Python from looking for garbage while millions of cells are held; there is none among them.

    With a hundred thousand rows in memory each search walks all of them: a fifth of an import's time.
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()
