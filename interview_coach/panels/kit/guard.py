"""One wrapper for everything a person can set off.

ipywidgets swallows what a handler raises: in Voilà nothing is seen, in a test nothing fails. Here
a failure is said in plain words beside the button, what was typed stays, and the traceback goes
to a log file; in tests it is raised.
"""

import logging
import os
import secrets
import time
import traceback
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, Protocol

import platformdirs

from interview_coach.errors import KitError
from interview_coach.language import _

__all__ = ["RAISE", "guarded", "log_file", "on_change", "queued_while"]

DOUBLE_CLICK = 0.4  # seconds between the two halves of one, at most; assist.js has the same
RAISE = "INTERVIEW_COACH_RAISE"  # set to anything: failures are raised as well as shown


class Place(Protocol):
    """Where a failure is said: a `Notice`, or anything that can do the same."""

    def fail(self, words: str) -> None:
        """Show what went wrong."""

    def clear(self) -> None:
        """Take away what was shown before."""


def log_file() -> Path:
    """Give the file that tracebacks are kept in, in the user's own log folder."""
    return Path(platformdirs.user_log_dir("interview-coach", appauthor=False)) / "problems.log"


def guarded(handler: Callable[..., Any], where: Place | None = None) -> Callable[..., bool]:
    """Wrap a handler: failures are said in `where`, logged, and raised only in tests.

    Parameters
    ----------
    handler : callable
        What to run.
    where : Notice, optional
        The place beside the button. Without one, failures only reach the log.

    Returns
    -------
    callable
        Takes what `handler` takes; gives True if it went well.
    """

    @wraps(handler)
    def run(*args: Any, **kwargs: Any) -> bool:
        if where is not None:
            where.clear()
        try:
            handler(*args, **kwargs)
        except Exception as problem:
            if where is not None:
                where.fail(_words(problem))
            if os.environ.get(RAISE):
                raise
            return False
        return True

    return run


def on_change(
    widget: Any, handler: Callable[[Any], Any], where: Place | None = None, name: str = "value"
) -> None:
    """Call ``handler(new value)`` when a widget's or model's trait changes, guarded."""
    run = guarded(handler, where)
    widget.observe(lambda change: run(change["new"]), names=name)


def queued_while(started: datetime | None, seconds: float, clicked: datetime | None) -> bool:
    """Tell whether a click is the second half of the previous one on the same button.

    It is if it was made while that one was still being worked on, or so soon after it that it is a
    double click. A click made meanwhile waits in the kernel's queue and arrives when the button is
    free again, so the button alone cannot tell. The browser's own time of both clicks can.

    Parameters
    ----------
    started, clicked : datetime or None
        When the browser sent the previous and this click; None where it is not known.
    seconds : float
        How long the previous one took, in seconds.
    """
    if started is None or clicked is None:
        return False
    return 0 <= (clicked - started).total_seconds() < max(seconds, DOUBLE_CLICK)


def sent_at() -> datetime | None:
    """Give the browser's time of the message now being worked on, None outside a kernel."""
    # IPython is loaded wherever a kernel runs; in a bare test it need not be.
    from IPython.core.getipython import get_ipython

    kernel = getattr(get_ipython(), "kernel", None)
    if kernel is None:
        return None
    try:
        date = kernel.get_parent()["header"]["date"]
    except (AttributeError, KeyError, TypeError):
        return None
    return date if isinstance(date, datetime) else None


def _words(problem: Exception) -> str:
    if isinstance(problem, KitError):
        return str(problem)
    note = _keep(problem)
    if not note:
        return _("That did not work. Nothing you typed is lost. Try again.")
    return _(
        "That did not work. Nothing you typed is lost. Try again; if it happens again, send the "
        "file {file} to whoever helps you (note {number})."
    ).format(file=note[1], number=note[0])


def _keep(problem: Exception) -> tuple[str, Path] | None:
    """Write where it happened to the log file; give the note's number and the file.

    The exception's own text stays out: it may quote a client's name or a draft. Its type and the
    lines of code are enough to find the fault.
    """
    number = secrets.token_hex(2).upper()
    lines = [f"note {number}: {type(problem).__module__}.{type(problem).__qualname__}"]
    lines += [
        f"  {frame.filename}:{frame.lineno} in {frame.name}: {frame.line}"
        for frame in traceback.extract_tb(problem.__traceback__)
    ]
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=500_000, backupCount=1, encoding="utf-8")
    except OSError:
        return None  # A full or read-only disk must not hide the words beside the button.
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    handler.formatter.converter = time.gmtime  # type: ignore[union-attr]
    record = logging.LogRecord(
        "interview_coach", logging.ERROR, __file__, 0, "\n".join(lines), None, None
    )
    try:
        handler.emit(record)
    finally:
        handler.close()
    return number, path
