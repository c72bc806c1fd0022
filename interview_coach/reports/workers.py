"""Several processes that do one job after another, and go on when one of them dies."""

import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, TypeAlias

from interview_coach.errors import KitError
from interview_coach.language import _

__all__ = ["Outcome", "all_done"]

Job: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True)
class Outcome:
    """What became of a job: what it gave back, or a sentence that says why it did not."""

    given: Any = None
    fault: str = ""


def all_done(
    do: Callable[..., Any], jobs: Iterable[tuple[str, Job]], workers: int
) -> Generator[tuple[str, Outcome]]:
    """Do all jobs in processes of their own, and give each outcome as soon as it is there.

    Parameters
    ----------
    do : callable
        A function of a module; each process imports it once, before its first job.
    jobs : iterable of (str, tuple)
        A key, and the arguments. They are handed over one by one, to whoever is free.
    workers : int
        How many processes at most.

    Yields
    ------
    (str, Outcome)
        Of every job, in the order they end. A job that raises, or whose process is ended from
        outside, has a fault, and the others go on.

    Raises
    ------
    KitError
        If a process cannot even start.
    """
    waiting = deque(jobs)
    team: list[_Worker] = []
    try:
        while waiting or any(worker.key for worker in team):
            while len(team) < workers and sum(not one.key for one in team) < len(waiting):
                team.append(_Worker(do))
            ready = wait([worker.pipe for worker in team])
            for worker in [one for one in team if one.pipe in ready]:
                key, outcome = worker.key, worker.hear()
                if key and outcome:
                    yield key, outcome
                if worker.gone:
                    team.remove(worker)
                elif waiting:
                    worker.start(*waiting.popleft())
    finally:
        for worker in team:
            worker.end()


class _Worker:
    """One process, the pipe to it, and the key of the job it is at ("" for none)."""

    def __init__(self, do: Callable[..., Any]) -> None:
        # Started anew on every system alike: a copy of this process could copy a lock that is held.
        spawn = multiprocessing.get_context("spawn")
        self.pipe, theirs = spawn.Pipe()
        self.process: SpawnProcess = spawn.Process(target=_work, args=(theirs, do), daemon=True)
        self.key, self.gone, self._began = "", False, False
        with _deaf():
            self.process.start()
        # Its end is now held by it alone, so that its death closes the pipe.
        theirs.close()

    def start(self, key: str, job: Job) -> None:
        self.key = key
        try:
            self.pipe.send(job)
        except OSError:
            # It died while it was waiting; what comes next through the pipe is its end.
            return

    def hear(self) -> Outcome | None:
        """Take what it says: that it is there, how its job ended, or by its silence that it died."""
        try:
            said = self.pipe.recv()
        except (EOFError, OSError):
            self.process.join(5)
            self.end()
            if not self._began:
                raise KitError(
                    _(
                        "A second Python, which was to make the reports, ended before it began; look at what "
                        "it printed above, or use one worker fewer."
                    )
                ) from None
            code = self.process.exitcode or 0
            how = _("signal {n}").format(n=-code) if code < 0 else _("code {n}").format(n=code)
            return Outcome(
                fault=_(
                    "The process that was making it was ended from outside ({how}), perhaps for want "
                    "of memory; run the same again to make it."
                ).format(how=how)
            )
        self._began, self.key = True, ""
        return said if isinstance(said, Outcome) else None

    def end(self) -> None:
        self.gone = True
        self.pipe.close()
        # What waits for a job ends by itself as its pipe closes; what works is stopped.
        if self.key or not self._began:
            self.process.terminate()
        self.process.join()


def _work(pipe: Connection, do: Callable[..., Any]) -> None:
    # Ctrl+C reaches every process of a terminal; what becomes of this one is for the first to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The pipe closes when nobody is left to work for.
    with suppress(EOFError, OSError):
        pipe.send("ready")
        while True:
            pipe.send(_outcome(do, pipe.recv()))


def _outcome(do: Callable[..., Any], job: Job) -> Outcome:
    try:
        return Outcome(do(*job))
    except KitError as error:
        return Outcome(fault=str(error))
    except Exception as error:
        # Its text may hold what a client wrote.
        return Outcome(fault=_("The kit failed ({kind}).").format(kind=type(error).__name__))


@contextmanager
def _deaf() -> Iterator[None]:
    """Let a process start that does not hear Ctrl+C even while it begins."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
