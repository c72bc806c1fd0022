"""The file of the rooms: its tables, and transactions that end in a sentence when they fail."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes.refusals import BUSY_SECONDS, sqlite_sentence

__all__ = ["ROOMS", "ROOMS_FILE", "RoomsFile", "rooms_file"]

ROOMS = "rooms.db"
"""The file's name in a work folder."""
ROOMS_FILE = "INTERVIEW_COACH_ROOMS"
"""The environment variable that names the file to the pages of a server that lets phones in."""

_VERSION = 2
_TABLES = """
-- A vote by phone in one workshop. `question` is what the workshop asks now; `words`, where it is not
-- empty, is asked instead, and `shown` says which of them is on the screens, from 0. `revision` counts
-- what the facilitator did, so that others see it. `language` is what its phones are spoken to in.
CREATE TABLE rooms (
  room TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, workshop TEXT NOT NULL, names INTEGER NOT NULL,
  opened_at REAL NOT NULL, closed_at REAL, question INTEGER, words INTEGER,
  shown INTEGER NOT NULL DEFAULT 0, revision INTEGER NOT NULL DEFAULT 0,
  language TEXT NOT NULL DEFAULT 'en'
);
-- What was asked. `key` says of which decision it is; `content` and `result` are JSON for the phones.
-- State: open (answers are taken), counted (no more), revealed (phones see the result).
CREATE TABLE questions (
  room TEXT NOT NULL REFERENCES rooms, number INTEGER NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL,
  content TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'open', result TEXT,
  PRIMARY KEY (room, number), UNIQUE (room, key)
) WITHOUT ROWID;
-- A phone is a number drawn when it joined. It has a name only where the facilitator asked for names.
CREATE TABLE phones (
  phone TEXT PRIMARY KEY, room TEXT NOT NULL REFERENCES rooms, name TEXT NOT NULL,
  joined_at REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX phones_of_room ON phones (room);
-- One answer a phone and question: a choice's key, or words. `turn` counts a phone's answers, so that
-- one that was sent again, or late, changes nothing. `found` is the review of words, as JSON.
CREATE TABLE answers (
  room TEXT NOT NULL, number INTEGER NOT NULL, phone TEXT NOT NULL REFERENCES phones,
  answer TEXT NOT NULL, turn INTEGER NOT NULL, hidden INTEGER NOT NULL DEFAULT 0, found TEXT,
  PRIMARY KEY (room, number, phone), FOREIGN KEY (room, number) REFERENCES questions
) WITHOUT ROWID;
-- Where the server of the phones answers. No port: it does not.
CREATE TABLE listener (
  one INTEGER PRIMARY KEY CHECK (one = 1), port INTEGER, addresses TEXT NOT NULL, problem TEXT NOT NULL
);
"""


class RoomsFile:
    """The rooms of a work folder. Each thread needs one of its own.

    Parameters
    ----------
    path : path
        The file; made, readable by its owner only, if it is not there.

    Raises
    ------
    KitError
        If it cannot be opened, or a newer kit has made it.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        with self._plainly():
            # Made by us before SQLite does, so that nobody else can read it for a moment.
            with suppress(FileExistsError):
                os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            self._connection = sqlite3.connect(
                self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            try:
                self._prepare()
            except BaseException:
                self._connection.close()
                raise

    @property
    def _name(self) -> str:
        return _("The file of the rooms {file}").format(file=self.path.name)

    def _prepare(self) -> None:
        do = self._connection.execute
        # Readers never wait for a writer, and a commit is on the disk before it is reported.
        do("PRAGMA journal_mode=WAL")
        do("PRAGMA synchronous=FULL")
        do("PRAGMA foreign_keys=ON")
        # What is erased is overwritten: names and words are about people.
        do("PRAGMA secure_delete=ON")
        with self.writing() as run:
            found = int(run.execute("PRAGMA user_version").fetchone()[0])
            if found > _VERSION:
                raise KitError(
                    _("{name} was made by a newer Interview Coach; install the newer one.").format(
                        name=self._name
                    )
                )
            if found == 0:
                for statement in _TABLES.split(";\n"):
                    run.execute(statement)
            elif found == 1:
                # Rooms of before spoke English.
                run.execute("ALTER TABLE rooms ADD COLUMN language TEXT NOT NULL DEFAULT 'en'")
            if found < _VERSION:
                run.execute(f"PRAGMA user_version={_VERSION}")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Cursor]:
        """Write in one transaction, alone from its start: all of it is kept, or nothing."""
        with self._transaction("BEGIN IMMEDIATE") as cursor:
            yield cursor

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Cursor]:
        """Read in one transaction, so that all that is read belongs together."""
        with self._transaction("BEGIN") as cursor:
            yield cursor

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Cursor]:
        with self._plainly():
            cursor = self._connection.cursor()
            cursor.execute(begin)
            try:
                yield cursor
                cursor.execute("COMMIT")
            except BaseException:
                # A COMMIT that failed may have ended the transaction already.
                if self._connection.in_transaction:
                    cursor.execute("ROLLBACK")
                raise
            finally:
                cursor.close()

    def stamp(self) -> int:
        """Give a number that changes when another connection has written; nothing is read."""
        with self._plainly():
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def tidy(self) -> None:
        """Write what was erased over on the disk, as far as nobody is reading just now."""
        with self._plainly():
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of the file; what was written is already on the disk."""
        self._connection.close()

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            kind = str(getattr(error, "sqlite_errorname", "")) or type(error).__name__
            says = sqlite_sentence(kind, self._name)
            # Not chained: the driver's text may quote what somebody wrote.
            refused = _("{name} did not accept this ({reason}); nothing was written.")
            raise KitError(says or refused.format(name=self._name, reason=kind)) from None
        except OSError as error:
            why = (error.strerror or _("it is not possible")).lower()
            raise KitError(
                _(
                    "{name} cannot be made or opened: {reason}; look whether its folder may be read "
                    "and written."
                ).format(name=self._name, reason=why)
            ) from None


def rooms_file() -> Path | None:
    """Give the file of the server that this page belongs to, None where that lets no phones in."""
    named = os.environ.get(ROOMS_FILE, "")
    return Path(named) if named else None
