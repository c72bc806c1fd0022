"""Copying the file of a log whole, while it is in use, to a file that nobody else can read."""

import os
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes import cipher

__all__ = ["backups_of", "copy", "file_of", "flush_folder", "private_folder"]


def file_of(engine: Engine) -> Path | None:
    """Give the file that an engine has open, None where it is a server's."""
    if engine.dialect.name != "sqlite":
        return None
    found = str(engine.url.database)
    return Path(found.removeprefix("file:"))


def private_folder(folder: Path) -> Path:
    """Make a folder that only its owner can look into."""
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def copy(source: Any, target: Path, name: str) -> Path:
    """Copy a database through SQLite's backup API: whole, mode 0600, on the disk when this returns.

    Parameters
    ----------
    source : Connection
        The driver's; the copy is encrypted where its file is.
    target : path
        Replaced if it is there, in one step.
    name : str
        What to call the log in a sentence.

    Raises
    ------
    KitError
        If there is no room, or the folder cannot be written; nothing half-made is left.
    """
    part = target.with_name(target.name + ".part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with closing(cipher.like(source, part)) as made:
            source.backup(made)
            # One file without journals beside it, which can be copied anywhere as it is.
            made.execute("PRAGMA journal_mode=DELETE")
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(target)
        flush_folder(target.parent)
    except cipher.errors(OSError) as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        why = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise KitError(
            _(
                "{name} could not be copied to {target}: {why}; make room or allow writing "
                "there, and try again."
            ).format(name=name, target=target, why=why.lower())
        ) from None
    return target


def flush_folder(folder: Path) -> None:
    """Have the names in a folder on the disk; where that cannot be asked for, it is not needed."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def backups_of(file: Path) -> Path:
    """Say where the backups of a log's file lie: in a folder beside it."""
    return file.with_name(f"{file.stem}-backups")


def clean(engine: Engine) -> bool:
    """Write a SQLite file anew and empty its journal; tell whether both could be done."""
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        try:
            raw.execute("VACUUM")
            busy, *_rest = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except cipher.errors():
            return False
    return not busy
