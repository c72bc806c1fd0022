"""The seal: what the history held at a moment, kept outside the file, so that a lost end is found.

A file whose newest part vanishes is an older log that is sound in itself. Only what is written down
elsewhere can tell: how many acts there were, in how many chains, and the sum of their hashes.
"""

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from interview_coach.outcomes import files

__all__ = ["Seal", "forget", "path_of", "read", "write"]


@dataclass(frozen=True)
class Seal:
    """The history as it was: the last act, rows, chains, and the sum of the hashes.

    Attributes
    ----------
    write_id : int
        The last act.
    rows, chains : int
        Of the history, up to that act.
    total : str
        The sum of the rows' hashes, in hexadecimal.
    at : str
        When that was, for a sentence.
    """

    write_id: int
    rows: int
    chains: int
    total: str
    at: str = ""


def path_of(file: Path) -> Path:
    """Say where the seal of a log's file lies: among its backups."""
    return files.backups_of(file) / "seal.json"


def read(file: Path | None) -> Seal | None:
    """Read the last seal of a log's file; None if there is none, or it cannot be read."""
    if file is None:
        return None
    try:
        found = json.loads(path_of(file).read_text("utf-8"))
        return Seal(**{one.name: found[one.name] for one in fields(Seal)})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def forget(file: Path) -> None:
    """Take a log as it is from now on: what it held before is no longer held against it."""
    path_of(file).unlink(missing_ok=True)


def write(file: Path, seal: Seal) -> None:
    """Write a seal, in one step, readable by its owner only; the folder must be there."""
    path = path_of(file)
    part = path.with_name(path.name + ".part")
    handle = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as text:
        json.dump(asdict(seal), text)
        text.flush()
        os.fsync(text.fileno())
    part.replace(path)
    files.flush_folder(path.parent)
