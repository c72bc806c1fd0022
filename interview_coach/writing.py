"""Writing a file as a whole or not at all, the one way for every part of the kit."""

import os
import tempfile
from pathlib import Path

__all__ = ["write_whole"]


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
