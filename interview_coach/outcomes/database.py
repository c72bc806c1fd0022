"""Opening the database of the log, and saying in a sentence why it cannot be opened or written.

The settings here are what keeps a log whole: one writer at a time from the start of a transaction,
every commit on the disk before it is reported, and a wait rather than a failure where two programs
write at once.
"""

import os
import secrets
import stat
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, inspect, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import PoolProxiedConnection

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes import cipher, schema, server
from interview_coach.outcomes.address import location, name_of
from interview_coach.outcomes.plain import Run
from interview_coach.outcomes.refusals import BUSY_SECONDS, sqlite_sentence

__all__ = [
    "BUSY_SECONDS",
    "Held",
    "connect",
    "location",
    "name_of",
    "plain_engine",
    "reading",
    "run_of",
    "running",
    "writing",
]

_READ = {"kit_reads_only": True}


def connect(url: URL) -> Engine:
    """Open the database at `url`, making the tables (and a SQLite file, mode 0600) if it is new.

    Raises
    ------
    KitError
        If it cannot be opened, is no outcome log, or one that a newer kit has made.
    """
    name = name_of(url)
    engine = plain_engine(url)
    try:
        _prepare(engine, name)
    except BaseException:
        engine.dispose()
        raise
    return engine


def plain_engine(url: URL) -> Engine:
    """Give the engine of the database at `url` without looking whether it is a log.

    A SQLite file that is not there is made, empty, mode 0600.

    Raises
    ------
    KitError
        If the file cannot be made or is encrypted and the key is missing or wrong.
    """
    if url.get_backend_name() != "sqlite":
        return server.engine_of(url)
    with cipher.finding(Path(str(url.database))) as salt:
        engine = _sqlite(url, salt)
        if salt is not None:
            with _plainly(name_of(url)):
                engine.connect().close()
        return engine


def _sqlite(url: URL, salt: bytes | None) -> Engine:
    file = Path(str(url.database))
    marked_read_only = _check_file(file)
    if marked_read_only:
        query = {"mode": "ro", "uri": "true"}
        if not file.with_name(file.name + "-wal").exists():
            # Reading a WAL file otherwise writes a file beside it, which may not be allowed either.
            query["immutable"] = "1"
        url = url.set(database=f"file:{file.resolve().as_posix()}", query=query)
    engine = create_engine(
        url,
        hide_parameters=True,
        connect_args={"timeout": BUSY_SECONDS},
        module=None if salt is None else cipher.module(),
    )

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, record: object) -> None:
        # The driver's own BEGIN comes too late (only before the first write): we say it ourselves.
        connection.isolation_level = None
        if salt is not None:
            cipher.unlock(connection, file, salt)
        cursor = connection.cursor()
        try:
            cursor.execute("PRAGMA foreign_keys=ON")
            cursor.execute("PRAGMA synchronous=FULL")
            # In KiB: an import of 100,000 rows fills its indexes without going back to the disk.
            cursor.execute("PRAGMA cache_size=-65536")
        except UnicodeDecodeError:
            # SQLite quotes the name of a damaged table, and what it says is then no text.
            damaged = engine.dialect.loaded_dbapi.DatabaseError("no text")  # unmarked: not read
            damaged.sqlite_errorname = "SQLITE_CORRUPT"
            raise damaged from None
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A transaction that reads and then writes must hold the write lock from its start: a
        # deferred one fails at the first write whenever somebody else has written in between.
        reads = connection.get_execution_options().get("kit_reads_only") or marked_read_only
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _check_file(file: Path) -> bool:
    """Make the file if it is new; tell whether it is marked as read-only."""
    try:
        if file.is_dir():
            raise KitError(
                _("{file} is a folder; name a file for the outcome log, such as {example}.").format(
                    file=file, example=file / "outcomes.db"
                )
            )
        if not file.parent.is_dir():
            raise KitError(
                _("The folder {folder} for the outcome log does not exist; make it first.").format(
                    folder=file.parent
                )
            )
        # Made by us before SQLite does, so that nobody else can read it for a moment.
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        return False
    except FileExistsError:
        pass
    except OSError as error:
        raise KitError(
            _(
                "The outcome log {file} cannot be made there: {reason}; choose another folder."
            ).format(file=file, reason=_reason(error))
        ) from None
    try:
        mode = file.stat().st_mode
    except OSError as error:
        # A link of that name stands there, to a disk or a folder that is gone.
        raise KitError(
            _(
                "The outcome log {file} is a link to another place, and that cannot be reached "
                "({reason}); connect the disk or the folder that it lies on, then try again."
            ).format(file=file, reason=_reason(error))
        ) from None
    # The mark is asked for, not the right to write: an administrator has that on every file.
    return not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(file, os.W_OK)


def _reason(error: OSError) -> str:
    return (error.strerror or _("it is not possible")).lower()


def _prepare(engine: Engine, name: str) -> None:
    found = _version(engine, name)
    if found is None:
        _make(engine, name)
    elif found < schema.VERSION:
        with reading(engine, name) as connection:
            server.check_may_upgrade(connection, name)
        # Alembic is loaded only when it has something to do.
        from interview_coach.outcomes.upgrade import upgrade

        upgrade(engine, name)


def _version(engine: Engine, name: str) -> int | None:
    """Tell the version of the log's tables, None if there are no tables yet."""
    with reading(engine, name) as connection:
        tables = set(inspect(connection).get_table_names())
        if schema.about.name in tables:
            return version_of(connection, name)
    if tables:
        raise KitError(
            _(
                "{name} is a database, but not an outcome log: it holds other tables; name "
                "another file."
            ).format(name=name)
        )
    return None


def _make(engine: Engine, name: str) -> None:
    if engine.dialect.name == "sqlite":
        with _plainly(name), engine.connect() as connection:
            # Outside a transaction, and kept in the file: readers never wait for a writer.
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA journal_mode=WAL")
    with writing(engine, name) as connection:
        one_at_a_time(connection)
        schema.metadata.create_all(connection)
        # Somebody else may have made the log while we waited for the lock.
        if connection.scalar(select(schema.about.c.value).where(schema.about.c.key == "version")):
            return
        connection.execute(
            insert(schema.about),
            [
                {"key": "version", "value": str(schema.VERSION)},
                {"key": "salt", "value": secrets.token_hex(16)},
            ],
        )
        connection.execute(insert(schema.alembic_version), {"version_num": schema.REVISION})


def one_at_a_time(connection: Connection) -> None:
    """Let one program after the other make or alter tables; SQLite's writers wait anyway."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7265331)")


def version_of(connection: Connection, name: str) -> int:
    """Tell the version of a log's tables.

    Raises
    ------
    KitError
        If it does not say, or is newer than this kit.
    """
    found = connection.scalar(select(schema.about.c.value).where(schema.about.c.key == "version"))
    if found is None or not found.isdecimal():
        raise KitError(
            _(
                "{name} does not say which version of the log it is; restore it from a backup."
            ).format(name=name)
        )
    if int(found) > schema.VERSION:
        raise KitError(
            _(
                "{name} was made by a newer Interview Coach (log version {found}, this one "
                "knows {known}); install the newer one."
            ).format(name=name, found=found, known=schema.VERSION)
        )
    return int(found)


@contextmanager
def reading(engine: Engine, name: str) -> Iterator[Connection]:
    """Read in one transaction, so that all that is read belongs together."""
    with _plainly(name), engine.connect().execution_options(**_READ) as connection:
        yield connection


@contextmanager
def writing(engine: Engine, name: str) -> Iterator[Connection]:
    """Write in one transaction: all of it is kept, or nothing."""
    with _plainly(name), engine.begin() as connection:
        yield connection


class Held:
    """A connection for each thread that asks, kept: taking one from the pool costs half a write."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self.dialect = engine.dialect
        self.raised: type[Exception] = getattr(
            self.dialect.loaded_dbapi,
            "Error",  # unmarked: the name of a class
            DBAPIError,
        )
        self.begins = self.dialect.name == "sqlite"
        self._of: dict[int, tuple[PoolProxiedConnection, Any]] = {}

    def take(self) -> Any:
        """Give this thread's connection, as the driver knows it."""
        me = threading.get_ident()
        held = self._of.get(me)
        if held is None:
            connection = self._engine.raw_connection()
            held = self._of[me] = (connection, connection.dbapi_connection)
        return held[1]

    def drop(self) -> None:
        """Let this thread's connection go: after a fault nobody knows what state it is in."""
        held = self._of.pop(threading.get_ident(), None)
        if held is not None:
            held[0].invalidate()

    def close(self) -> None:
        """Let all of them go."""
        while self._of:
            self._of.popitem()[1][0].close()


class running(AbstractContextManager[Run]):
    """Read or write in one transaction, straight at the driver: see `plain`."""

    # Not a generator with `contextmanager`: a logged call would spend a tenth of its time in two.

    def __init__(self, engine: Engine, name: str, *, writes: bool = True, held: Held | None = None):
        self._name, self._writes = name, writes
        self._keep = held is not None
        self._held = held or Held(engine)

    def __enter__(self) -> Run:
        held = self._held
        try:
            self._connection = held.take()
        except (DBAPIError, held.raised) as error:
            # Not chained: the driver's text may quote the row, and a row is about a client.
            raise _said(error, self._name) from None
        try:
            cursor = self._connection.cursor()
            if held.begins:
                cursor.execute("BEGIN IMMEDIATE" if self._writes else "BEGIN")
            return Run(cursor, held.dialect)
        except BaseException as error:
            raise self._ended_by(error) from None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if error is None:
            try:
                self._connection.commit()
            except BaseException as failed:
                raise self._ended_by(failed) from None
        else:
            said = self._ended_by(error)
            if said is not error:
                raise said from None
        if not self._keep:
            self._held.close()

    def _ended_by(self, error: BaseException) -> BaseException:
        """Take back what was done, and give the error that says why; itself, if it is not the driver's."""
        raised = self._held.raised
        broken = isinstance(error, raised)
        try:
            self._connection.rollback()
        except raised:
            broken = True
        if broken:
            self._held.drop()
        if not self._keep:
            self._held.close()
        if isinstance(error, (DBAPIError, raised)):
            return _said(error, self._name)
        return error


def run_of(connection: Connection) -> Run:
    """Give the driver's side of a transaction that is under way."""
    return Run(connection.connection.cursor(), connection.dialect)


@contextmanager
def _plainly(name: str) -> Iterator[None]:
    try:
        yield
    except cipher.errors(DBAPIError) as error:
        # Not chained: the driver's text may quote the row, and a row is about a client.
        raise _said(error, name) from None


def _said(error: Exception, name: str) -> KitError:
    cause = error.orig if isinstance(error, DBAPIError) else error
    kind = str(getattr(cause, "sqlite_errorname", ""))
    if says_sqlite := sqlite_sentence(kind, name, BUSY_SECONDS):
        return KitError(says_sqlite)
    if cause is not None and (says_server := server.sentence(cause, name)):
        return KitError(says_server)
    what = kind or type(cause).__name__
    return KitError(
        _("{name} did not accept this ({what}); nothing was written.").format(name=name, what=what)
    )
