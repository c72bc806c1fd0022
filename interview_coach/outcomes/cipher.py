"""Which SQLite opens a log's file: Python's own, or SQLCipher where the file is encrypted.

The key comes from the environment or is asked for in a terminal, once; it stands in no file of the
kit, no address and no error. Python's own SQLite is tried first, so that a plain log costs nothing
more, and so that no file is looked into while this process has it open: closing it again would drop
SQLite's locks on it ("How to corrupt", 2.2).
"""

import hashlib
import os
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from getpass import getpass
from pathlib import Path
from types import ModuleType
from typing import Any

from interview_coach.errors import KitError
from interview_coach.language import _

__all__ = [
    "KEY",
    "SALT",
    "Key",
    "errors",
    "find",
    "finding",
    "give",
    "key_of",
    "like",
    "module",
    "new_key",
    "opened",
    "unlock",
    "using",
]

KEY = "INTERVIEW_COACH_KEY"
SALT, _PAGE = 16, 4096
# As SQLCipher 4 does it, so that any program that knows SQLCipher opens the file with the key.
_ROUNDS = 256_000
# The encrypted files that this process has open, by what the disk calls them: salt and connections.
_open: dict[tuple[int, int], tuple[bytes, list[Any]]] = {}
# Held from looking into a file until it is open: in between, closing it again harms nobody.
_one_at_a_time = threading.RLock()
_typed: list["Key"] = []
_using: list["Key"] = []


class Key:
    """A key that shows itself nowhere: not in a traceback, not when printed."""

    __slots__ = ("_words",)

    def __init__(self, words: str):
        self._words = words

    def __repr__(self) -> str:
        return "Key(...)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Key) and other._words == self._words

    def __hash__(self) -> int:
        return hash(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def raw(self, salt: bytes) -> str:
        """Give the key as SQLCipher takes it for a file with this salt; a quarter of a second's work."""
        return _raw(self, salt)

    def derived(self, salt: bytes) -> str:
        """Work it out."""
        kdf = hashlib.pbkdf2_hmac
        return f"x'{kdf('sha512', self._words.encode(), salt, _ROUNDS, 32).hex()}{salt.hex()}'"


@lru_cache(maxsize=32)
def _raw(key: Key, salt: bytes) -> str:
    return key.derived(salt)


def module() -> ModuleType:
    """Give SQLCipher's driver; a KitError says what to install."""
    try:
        from sqlcipher3 import dbapi2
    except ImportError:
        raise KitError(
            _(
                "An encrypted outcome log needs one more package: pip install "
                "'interview-coach[encryption]'."
            )
        ) from None
    found: ModuleType = dbapi2
    return found


def errors(*more: type[Exception]) -> tuple[type[Exception], ...]:
    """Give what SQLite raises, Python's own and, where it is in use, SQLCipher's, and `more`."""
    cipher = sys.modules.get("sqlcipher3.dbapi2")
    return (sqlite3.Error, *more) if cipher is None else (sqlite3.Error, cipher.Error, *more)


def key_of(name: str) -> Key:
    """Give the key: from the environment, or from whoever sits at the terminal, asked once.

    Raises
    ------
    KitError
        If neither has it.
    """
    if _using:
        return _using[-1]
    given = os.environ.get(KEY, "")
    if given:
        return Key(given)
    if _typed:
        return _typed[0]
    if sys.stdin is not None and sys.stdin.isatty():
        typed = Key(getpass(_("Key of {name}: ").format(name=name)))
        if len(typed):
            _typed.append(typed)
            return typed
    raise KitError(
        _(
            "{name} is encrypted: put its key into the environment variable {variable}, or open "
            "it from a terminal, which asks for it."
        ).format(name=name, variable=KEY)
    )


def new_key() -> Key:
    """Give the key for a file to be encrypted: from the environment, or typed twice in a terminal.

    Raises
    ------
    KitError
        If there is none, or the two are not the same.
    """
    given = os.environ.get(KEY, "")
    if given:
        return Key(given)
    if sys.stdin is None or not sys.stdin.isatty():
        raise KitError(
            _(
                "A key is needed: put one into the environment variable {variable}, or do this in a "
                "terminal, which asks for it."
            ).format(variable=KEY)
        )
    typed = Key(getpass(_("The key from now on: ")))
    if typed != Key(getpass(_("Once more: "))):
        raise KitError(_("The two keys are not the same; nothing was changed."))
    return typed


@contextmanager
def using(key: Key) -> Iterator[None]:
    """Use this key for a while, whatever the environment says."""
    _using.append(key)
    try:
        yield
    finally:
        _using.pop()


@contextmanager
def finding(file: Path) -> Iterator[bytes | None]:
    """Do as `find`; nobody else looks into a file until this one is open."""
    with _one_at_a_time:
        yield find(file)


def find(file: Path) -> bytes | None:
    """Give the salt of an encrypted file, None of one that is plain, damaged or not there."""
    with _one_at_a_time:
        if not file.is_file():
            return None
        place = _place(file)
        salt, connections = _open.pop(place, (b"", []))
        connections = [one for one in connections if _is_open(one)]
        if connections:
            _open[place] = (salt, connections)
            return salt
        try:
            with closing(sqlite3.connect(file)) as plain:
                plain.execute("PRAGMA schema_version")
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
                return _look_into(file)
        return None


def _place(file: Path) -> tuple[int, int]:
    found = file.stat()
    return found.st_dev, found.st_ino


def _is_open(connection: Any) -> bool:
    try:
        # What does not go to SQLite: it would wait there for a statement of another thread, which may
        # itself wait for one that waits for us.
        connection.cursor().close()
    except errors():
        return False
    return True


def _look_into(file: Path) -> bytes | None:
    with file.open("rb") as content:
        page = content.read(_PAGE)
    # Nothing tells an encrypted file but that it looks like chance: of 256 bytes, 4,096 draws leave
    # hardly one out, where a damaged database is mostly zeros and words.
    if len(page) < _PAGE or file.stat().st_size % _PAGE or len(set(page)) < 240:
        return None
    return page[:SALT]


def give(connection: Any, key: Key, salt: bytes) -> None:
    """Give a connection of SQLCipher a key; whether it fits shows when something is read."""
    # It would write to the terminal what it says in its errors as well.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f'PRAGMA key = "{key.raw(salt)}"')


def unlock(connection: Any, file: Path, salt: bytes) -> None:
    """Give a connection of SQLCipher the key of a file, and see that it fits.

    Raises
    ------
    KitError
        If it does not.
    """
    name = _("The outcome log {name}").format(name=file.name)
    key = key_of(name)
    give(connection, key, salt)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except errors() as error:
        if getattr(error, "sqlite_errorname", "") != "SQLITE_NOTADB":
            raise
        _typed.clear()
        raise KitError(
            _(
                "{name} cannot be opened with this key; give the key that it was encrypted "
                "with (a file damaged at its beginning looks the same)."
            ).format(name=name)
        ) from None
    with _one_at_a_time:
        _open.setdefault(_place(file), (salt, []))[1].append(connection)


def opened(file: Path, *, timeout: float = 5, read_only: bool = False) -> Any:
    """Open a log's file with the SQLite that can read it; a damaged one, with Python's own."""
    with finding(file) as salt:
        made = _connected(sqlite3 if salt is None else module(), file, timeout, read_only)
        try:
            if salt is not None:
                unlock(made, file, salt)
        except BaseException:
            made.close()
            raise
        return made


def _connected(driver: ModuleType, file: Path, timeout: float, read_only: bool) -> Any:
    if read_only:
        return driver.connect(
            f"{file.absolute().as_uri()}?mode=ro",
            uri=True,
            timeout=timeout,
            check_same_thread=False,
        )
    return driver.connect(file, timeout=timeout, check_same_thread=False)


def like(source: Any, file: Path) -> Any:
    """Open a new file beside the one that a connection has open: encrypted where that one is."""
    if isinstance(source, sqlite3.Connection):
        return sqlite3.connect(file)
    made = module().connect(file)
    salt = bytes.fromhex(source.execute("PRAGMA cipher_salt").fetchone()[0])
    give(made, key_of(file.name), salt)
    return made
