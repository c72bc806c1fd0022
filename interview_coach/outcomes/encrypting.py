"""Encrypting the file of a log, and taking the encryption away: a new file, verified, then the old goes.

The new file is made beside the old one while nobody else can write, and compared with it row by row.
Only then does it take its name. The old file and the copies that the kit made of it are removed: a
plain backup beside an encrypted log would hold every name.
"""

import os
import secrets
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from interview_coach.errors import KitError
from interview_coach.language import N_, _, ngettext
from interview_coach.outcomes import backups, checking, cipher, database, erasing, files, seals

__all__ = ["Recoded", "decrypt", "encrypt", "is_encrypted"]

SHORTEST = 8


@dataclass(frozen=True)
class Recoded:
    """What was done: the log, whether it is encrypted now, what was removed, and the new backup.

    Attributes
    ----------
    file : path
    encrypted : bool
    removed : tuple of str
        Names of the old copies that are gone.
    backup : path
        The backup that was made of the log as it is now.
    """

    file: Path
    encrypted: bool
    removed: tuple[str, ...]
    backup: Path

    def summary(self) -> str:
        """Say it in sentences."""
        head = (
            _("{file} is encrypted.") if self.encrypted else _("{file} is not encrypted any more.")
        )
        says = [head.format(file=self.file.name)]
        if self.removed:
            says.append(
                ngettext(
                    "{n} older copy was removed.",
                    "{n} older copies were removed.",
                    len(self.removed),
                ).format(n=len(self.removed))
            )
        says.append(_("A new backup is {file}.").format(file=self.backup.name))
        if self.encrypted:
            says.append(
                _(
                    "Without the key nobody can open it, you neither: keep the key where the log is not."
                )
            )
        return "\n".join(says)


def is_encrypted(url_or_path: str | os.PathLike[str]) -> bool:
    """Tell whether a log's file is encrypted; its key is not needed for that.

    Raises
    ------
    KitError
        If it is on a server, or there is no such file.
    """
    return cipher.find(_file_of(url_or_path)) is not None


def encrypt(
    url_or_path: str | os.PathLike[str], key: cipher.Key, now: datetime, *, agreed: bool
) -> Recoded:
    """Encrypt a log's file and its backups to come; the plain file and its copies are removed.

    Parameters
    ----------
    url_or_path : str or path
        The log: a file that nobody has open.
    key : Key
        What opens it from now on.
    now : datetime
        For the name of the new backup.
    agreed : bool
        Whether the person said yes to the removal of the plain copies.

    Raises
    ------
    KitError
        If nobody agreed, the key is too short, the log is in use or encrypted already, or the new
        file is not the same; then everything is as it was.
    """
    file = _file_of(url_or_path)
    if is_encrypted(file):
        raise KitError(
            _("{file} is encrypted already; nothing was changed.").format(file=file.name)
        )
    if len(key) < SHORTEST:
        raise KitError(
            _(
                "A key of {number} characters or more is needed; four words that do not "
                "belong together are a good one."
            ).format(number=SHORTEST)
        )
    return _recode(file, key, now, encrypted=True, agreed=agreed)


def decrypt(
    url_or_path: str | os.PathLike[str], key: cipher.Key, now: datetime, *, agreed: bool
) -> Recoded:
    """Take the encryption of a log's file away; the encrypted file and its copies are removed.

    Parameters and errors as for `encrypt`; `key` is the one that opens it.
    """
    file = _file_of(url_or_path)
    if not is_encrypted(file):
        raise KitError(_("{file} is not encrypted; nothing was changed.").format(file=file.name))
    return _recode(file, key, now, encrypted=False, agreed=agreed)


def _file_of(url_or_path: str | os.PathLike[str]) -> Path:
    url = database.location(url_or_path)
    if url.get_backend_name() != "sqlite":
        raise KitError(_("A log on a server is encrypted by the server; ask whoever runs it."))
    file = Path(str(url.database))
    if not file.is_file():
        raise KitError(_("There is no outcome log {file}; nothing was changed.").format(file=file))
    return file


def _recode(
    file: Path, key: cipher.Key, now: datetime, *, encrypted: bool, agreed: bool
) -> Recoded:
    if not agreed:
        raise KitError(
            _(
                "The file as it is and its copies ({number}) are removed once the new one "
                "is verified; agree to it first."
            ).format(number=len(erasing.copies_of(file)))
        )
    with cipher.using(key):
        _sound(file)
        part = file.with_name(f"{file.name}.recoded")
        try:
            _alone(file)
            _replace(file, part, key, encrypted=encrypted)
        except cipher.errors(OSError) as error:
            raise KitError(_why(file, error)) from None
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            with suppress(*cipher.errors()), closing(cipher.opened(file)) as raw:
                raw.execute("PRAGMA journal_mode = WAL")
        removed = []
        for copy in erasing.copies_of(file):
            for end in ("-wal", "-shm", ""):
                copy.with_name(copy.name + end).unlink(missing_ok=True)
            removed.append(copy.name)
        engine = database.connect(database.location(file))
        try:
            made = backups.make(engine, database.name_of(engine.url), now).file
        finally:
            engine.dispose()
    return Recoded(file, encrypted, tuple(removed), made)


def _sound(file: Path) -> None:
    """Refuse a log that is none, or damaged: its backups may be what it is to be restored from."""
    engine = database.connect(database.location(file))
    try:
        with database.running(engine, database.name_of(engine.url), writes=False) as run:
            wrong = checking.findings(run, seals.read(file))
    finally:
        engine.dispose()
    if wrong:
        raise KitError(
            _(
                "{file} is not sound, and its backups are needed: {wrong} See 'interview-coach "
                "doctor'; nothing was changed."
            ).format(file=file.name, wrong=wrong[0])
        )


def _alone(file: Path) -> None:
    """See that nobody has the file open, this process neither.

    SQLite leaves its journal only then. SQLCipher would not notice that Python's own SQLite has the
    file open in the same process: locks on files are between processes.
    """
    with closing(cipher.opened(file, timeout=database.BUSY_SECONDS)) as raw:
        if raw.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
            raise KitError(_(_IN_USE).format(file=file.name))


_IN_USE = N_("{file} is in use by another program; close it there, and try again.")


def _why(file: Path, error: BaseException) -> str:
    kind = getattr(error, "sqlite_errorname", "")
    if kind.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return _(_IN_USE).format(file=file.name)
    why = (error.strerror if isinstance(error, OSError) else None) or kind or type(error).__name__
    return _("{file} could not be written anew ({why}); it is as it was.").format(
        file=file.name, why=why.lower()
    )


def _replace(file: Path, part: Path, key: cipher.Key, *, encrypted: bool) -> None:
    """Make the new file, compare it, and give it the old one's name; nobody else writes meanwhile."""
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    driver = cipher.module()
    salt_of_new = secrets.token_bytes(cipher.SALT)
    # SQLCipher opens plain files too; an encrypted one needs its key.
    wait = database.BUSY_SECONDS
    old = driver.connect(file, timeout=wait) if encrypted else cipher.opened(file, timeout=wait)
    old.isolation_level = None
    with closing(old):
        # Held until it is closed: who waits to write meanwhile gets an error, and nothing is lost.
        old.execute("PRAGMA main.locking_mode = EXCLUSIVE")
        # A journal on the disk would be played into the new file if this were killed; one in memory
        # cannot be.
        old.execute("PRAGMA main.journal_mode = MEMORY")
        _attach(old, part, key if encrypted else None, salt_of_new)
        old.execute("BEGIN EXCLUSIVE")
        old.execute("SELECT sqlcipher_export('made')")
        old.execute("COMMIT")
        old.execute("DETACH DATABASE made")
        with closing(driver.connect(part, isolation_level=None)) as new:
            if encrypted:
                cipher.give(new, key, salt_of_new)
            whole = new.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
        # Anew, so that what is compared is what stands on the disk.
        _attach(old, part, key if encrypted else None, salt_of_new)
        if not (whole and _same(old)):
            raise KitError(
                _(
                    "The new file of {file} is not the same as the old one, which is as it was."
                ).format(file=file.name)
            )
        old.execute("DETACH DATABASE made")
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(file)
        files.flush_folder(file.parent)
        _empty(old)


def _attach(old: Any, part: Path, key: cipher.Key | None, salt: bytes) -> None:
    # What SQLCipher is given has no name of its own: a traceback that shows variables would show it.
    old.execute(
        "ATTACH DATABASE ? AS made KEY ?", (str(part), "" if key is None else key.raw(salt))
    )


def _same(both: Any) -> bool:
    """Compare the tables of two attached files, `main` and `made`, row by row."""
    ask = "SELECT type, name, tbl_name, sql FROM {}.sqlite_master ORDER BY 1, 2"
    main, made = (both.execute(ask.format(which)).fetchall() for which in ("main", "made"))
    if main != made:
        return False
    for table in [name for kind, name, *_rest in main if kind == "table"]:
        counts = [
            both.execute(f'SELECT count(*) FROM {which}."{table}"').fetchone()
            for which in ("main", "made")
        ]
        lacks = f'SELECT 1 FROM (SELECT * FROM main."{table}" EXCEPT SELECT * FROM made."{table}")'  # unmarked: SQL
        if counts[0] != counts[1] or both.execute(lacks).fetchone():
            return False
    return True


def _empty(old: Any) -> None:
    """Overwrite what a file held that has no name any more, as far as the disk lets us."""
    with suppress(*cipher.errors()):
        old.execute("PRAGMA secure_delete = ON")
        old.execute("PRAGMA foreign_keys = OFF")
        old.execute("BEGIN")
        for (table,) in old.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall():
            old.execute(f'DROP TABLE "{table}"')
        old.execute("COMMIT")
