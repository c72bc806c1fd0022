"""Chunks of a batch drawn in one process or in several, and handed back in their order."""

import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import Any, NamedTuple

from interview_coach.comparing.assumptions import Assumptions
from interview_coach.comparing.policies import Plan
from interview_coach.comparing.tallies import Sums

__all__ = ["Shared", "in_order"]

_AHEAD = 4  # chunks that wait for each process, so that none of them waits for the next

_drawer: Any = None  # a process's own


class Shared(NamedTuple):
    """What every chunk is drawn with."""

    assumptions: Assumptions
    plans: tuple[Plan, ...]
    within: int
    seed: int


def in_order(
    make: Callable[..., Any], shared: Shared, chunks: Iterable[tuple[int, int]], processes: int
) -> Generator[tuple[int, Sums], None, None]:
    """Draw chunks, and give the size and the sums of each in the order asked for.

    Parameters
    ----------
    make : callable
        Makes of `shared` what has a method ``drawn(number, size)``.
    chunks : iterable of (int, int)
        Number and runs of each, or of the first of some.
    processes : int
        1 draws them here.
    """
    if processes == 1:
        drawer = make(*shared)
        for number, size in chunks:
            yield size, drawer.drawn(number, size)
        return
    waiting: deque[tuple[int, Future[Sums]]] = deque()
    asked = iter(chunks)
    # A process made anew: a copy of one that runs threads (as a notebook's does) may hang.
    pool = ProcessPoolExecutor(
        processes, get_context("spawn"), initializer=_ready, initargs=(make, shared)
    )
    try:
        while True:
            for number, size in islice(asked, _AHEAD * processes - len(waiting)):
                waiting.append((size, pool.submit(_drawn, number, size)))
            if not waiting:
                return
            size, future = waiting.popleft()
            yield size, future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _ready(make: Callable[..., Any], shared: Shared) -> None:
    global _drawer
    # Ctrl+C reaches every process of a terminal; the first one alone decides what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _drawer = make(*shared)


def _drawn(number: int, size: int) -> Sums:
    sums: Sums = _drawer.drawn(number, size)
    return sums
