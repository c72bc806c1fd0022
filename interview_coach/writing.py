"""Writing a small file as a whole or not at all, and reading one back that may be torn: the one way for every part of the kit."""

import json
import os
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

__all__ = ["PASSING", "read_object", "sweep", "write_whole"]

PASSING = "interview-coach-"
"""How the folders begin that a page has among the temporary files for as long as it is open."""
_DAY = 86_400.0  # seconds


def read_object(path: Path, most: int) -> dict[str, Any]:
    """Read what was kept in a file as a JSON object.

    Parameters
    ----------
    path : Path
        The file.
    most : int
        Bytes above which it is none of the kit's.

    Returns
    -------
    dict
        Empty where the file is not there, too large, torn or of another shape: what it held cannot be told.
    """
    try:
        if path.stat().st_size > most:
            return {}
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, in one step.

    Raises
    ------
    OSError
        If it cannot be written there; nothing is left behind.
    """
    # A file of its own beside the target, and then its name: mkstemp's mode is 0600.
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def sweep(now: float) -> None:
    """Take away what pages that were killed have left among the temporary files: clients' lists, maybe.

    A page takes its own away when it is left; one that was killed cannot. What is younger than a day
    may be of a page that is open.

    Parameters
    ----------
    now : float
        Seconds since 1970.
    """
    for left in Path(tempfile.gettempdir()).glob(f"{PASSING}*"):
        with suppress(OSError):
            about = left.lstat()
            mine = not hasattr(os, "getuid") or about.st_uid == os.getuid()
            if mine and stat.S_ISDIR(about.st_mode) and about.st_mtime < now - _DAY:
                shutil.rmtree(left, ignore_errors=True)
