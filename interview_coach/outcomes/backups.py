"""Backups of a log's file: when it is opened, on demand, and putting one back.

They lie in a folder beside the file, readable by its owner only. The newest ten are kept. Each seals
the history: what it held is written beside them, so that a lost end of the file is found (`seals`).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes import checking, cipher, database, files, seals

__all__ = ["Backup", "all_of", "make", "put_back", "when_opened"]

KEEP = 10
# Pages open the log at each click: without a pause ten clicks would push out every older backup.
PAUSE = timedelta(hours=1)
_STAMP = "%Y%m%dT%H%M%S%fZ"
# What tells whether anything was written since: acts, practised calls, workshops.
_MARK = (
    ("writes", "SELECT max(write_id) FROM writes"),
    ("attempts", "SELECT count(*) || '-' || coalesce(sum(revision), 0) FROM attempts"),
    ("workshop_changes", "SELECT count(*) FROM workshop_changes"),
)


@dataclass(frozen=True)
class Backup:
    """One backup: its file, and when it was made (UTC)."""

    file: Path
    at: datetime


def all_of(file: Path) -> list[Backup]:
    """List the backups of a log's file, the newest first."""
    return sorted(_all(file), key=lambda one: one.at, reverse=True)


def _latest(file: Path, now: datetime) -> list[Backup]:
    """List the backups, the last made first: what was made after now, by a clock that went ahead, last."""
    return sorted(_all(file), key=lambda one: (one.at <= now, one.at), reverse=True)


def _all(file: Path) -> Iterator[Backup]:
    for found in files.backups_of(file).glob(f"{file.stem}-*{file.suffix}"):
        stamp = found.stem.removeprefix(f"{file.stem}-")
        with suppress(ValueError):
            yield Backup(found, datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC))


def when_opened(engine: Engine, name: str, now: datetime) -> str | None:
    """Back a log up if something was written since the last time, and that is an hour ago.

    Returns
    -------
    str or None
        What kept it from being done, in a sentence: the log can be used nevertheless.
    """
    file = files.file_of(engine)
    if file is None or engine.url.query.get("mode") == "ro":
        return None
    try:
        there = _latest(file, now)
        if there and timedelta() <= now - there[0].at < PAUSE:
            return None
        with closing(cipher.opened(file)) as raw:
            mark = _mark(raw)
        if mark == "" or (there and mark == _mark_of(there[0].file)):
            return None
        make(engine, name, now)
    except cipher.errors(KitError, OSError) as error:
        return (
            str(error)
            if isinstance(error, KitError)
            else _("{name} could not be backed up.").format(name=name)
        )
    return None


def _mark_of(backup: Path) -> str | None:
    try:
        with closing(cipher.opened(backup, read_only=True)) as raw:
            return _mark(raw)
    except cipher.errors(KitError):
        # A damaged one is no backup: another is made.
        return None


def _mark(raw: Any) -> str:
    """Say what a log holds, shortly; empty where nothing was ever written."""
    there = {row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    found = [raw.execute(ask).fetchone()[0] if name in there else None for name, ask in _MARK]
    return "" if found in ([None, "0-0", 0], [None, None, None]) else repr(found)


def make(engine: Engine, name: str, now: datetime) -> Backup:
    """Back a log up now, seal its history, and let go of the oldest backups.

    Raises
    ------
    KitError
        If it is on a server, cannot be copied, or the copy is not sound; then the backups are as
        they were.
    """
    file = files.file_of(engine)
    if file is None:
        raise KitError(
            _(
                "{name} is on a server, which has backups of its own (pg_dump); ask whoever "
                "runs it."
            ).format(name=name)
        )
    try:
        folder = files.private_folder(files.backups_of(file))
    except OSError:
        raise KitError(
            _(
                "{name} could not be backed up: the folder {folder} cannot be made; allow "
                "writing there."
            ).format(name=name, folder=files.backups_of(file))
        ) from None
    at = now.astimezone(UTC)
    target = folder / f"{file.stem}-{at.strftime(_STAMP)}{file.suffix}"
    with closing(cipher.opened(file, timeout=database.BUSY_SECONDS)) as raw:
        files.copy(raw, target, name)
    wrong = _seal(target, file, at)
    if wrong:
        # A log that has lost something must not push out the backups that still have it.
        target.unlink(missing_ok=True)
        raise KitError(
            _(
                "{name} was not backed up, so that the backups of before stay: {wrong} See "
                "'interview-coach doctor'."
            ).format(name=name, wrong=wrong[0])
        )
    for old in _latest(file, at)[KEEP:]:
        old.file.unlink(missing_ok=True)
    return Backup(target, at)


def _seal(backup: Path, file: Path, at: datetime) -> list[str]:
    """Seal what the backup holds, unless it lacks what an older seal says; gives that in sentences.

    The backup is looked at and not the log: it does not change while it is counted.
    """
    before = seals.read(file)
    engine = database.connect(database.location(backup))
    try:
        with database.running(engine, database.name_of(engine.url), writes=False) as run:
            wrong = checking.lost(run, before)
            seal = checking.seal_of(run)
    except (ValueError, TypeError, LookupError, OverflowError):
        # One bit makes a text of a number; the value is not quoted, as it may be about a client.
        return [_(checking.UNREADABLE)]
    finally:
        engine.dispose()
    if not wrong:
        seals.write(file, replace(seal, at=f"{at:%Y-%m-%d %H:%M} UTC"))
    return wrong


def put_back(file: Path, backup: Path, now: datetime, *, agreed: bool) -> str:
    """Put a backup in the place of a log's file; what was there is kept beside it.

    Parameters
    ----------
    file : path
        The log; nothing may have it open.
    backup : path
        One of `all_of`, or any copy of the log.
    now : datetime
        For the name of what is kept.
    agreed : bool
        Whether the person said yes: what was written since the backup is only in what is kept.

    Returns
    -------
    str
        What was done, in a sentence.

    Raises
    ------
    KitError
        If nobody agreed, the backup is not sound, or the files cannot be moved; then the log is as
        it was.
    """
    if not agreed:
        raise KitError(
            _("Putting {name} back takes away what was written since; agree to it first.").format(
                name=backup.name
            )
        )
    try:
        with closing(cipher.opened(backup, read_only=True)) as raw:
            sound = raw.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            if not sound:
                raise sqlite3.DatabaseError
            new = files.copy(
                raw,
                file.with_name(f"{file.name}.restored"),
                _("The backup {name}").format(name=backup.name),
            )
    except cipher.errors():
        raise KitError(
            _("The backup {name} is damaged itself or not there; choose another one.").format(
                name=backup.name
            )
        ) from None
    kept = file.with_name(f"{file.name}.replaced-{now.astimezone(UTC).strftime(_STAMP)}")
    try:
        # The journal belongs to the file: left in its place it would be played into the backup.
        for end in ("-wal", "-shm", ""):
            part = file.with_name(file.name + end)
            if part.exists():
                part.replace(kept.with_name(kept.name + end))
        new.replace(file)
        files.flush_folder(file.parent)
    except OSError as error:
        raise KitError(
            _(
                "{file} could not be replaced: {why}; what was there is {kept}, the backup "
                "{backup}."
            ).format(
                file=file.name,
                why=(error.strerror or _("it is not possible")).lower(),
                kept=kept.name,
                backup=new.name,
            )
        ) from None
    # The seal speaks of the log that was there; it must not accuse the one that is now.
    seals.forget(file)
    return _(
        "{file} is now as it was in {backup}; what was there before is kept as {kept}."
    ).format(file=file.name, backup=backup.name, kept=kept.name)
