"""Statements straight to the driver: made with SQLAlchemy, compiled once, run without it.

SQLAlchemy's own work for each statement takes several times as long as SQLite's. A logged call is a
dozen statements in one transaction, so they are compiled when first used and then handed to the
driver as they are, with the same conversions of types.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import LargeBinary
from sqlalchemy.engine import Dialect

from interview_coach.outcomes.schema import UtcTime

__all__ = ["Run", "Statement", "converter"]

Row = tuple[Any, ...]
_Convert = Callable[[Any], Any]


def converter(kind: Any, dialect: Dialect) -> _Convert | None:
    """Give what turns a value into what the driver stores for a type; None where nothing must be."""
    if dialect.name == "sqlite":
        # What SQLAlchemy does, in fewer steps (tested to be the same): a call has a dozen such values.
        if isinstance(kind, UtcTime):
            return _utc_text
        if isinstance(kind, LargeBinary):
            return None
    made: _Convert | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return made


def _utc_text(value: datetime) -> str:
    if value.tzinfo is not UTC:
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        value = value.astimezone(UTC)
    return value.isoformat(" ", "microseconds")[:26]


class _Compiled:
    """A statement as one kind of database takes it."""

    def __init__(self, statement: Any, columns: Sequence[str] | None, dialect: Dialect):
        made = statement.compile(dialect=dialect, column_keys=columns)
        self.sql: str = made.string
        self.positional = bool(made.positional)
        self.names = list(made.positiontup) if made.positional else list(made.binds)
        self.fixed = {name: bind.value for name, bind in made.binds.items() if not bind.required}
        # All values in one step; of one name alone it would be the value without a row around it.
        self._take: Callable[[Mapping[str, Any]], Row] = (
            itemgetter(*self.names)
            if len(self.names) > 1
            else lambda values: tuple(values[name] for name in self.names)
        )
        self.convert: list[tuple[int, _Convert]] = [
            (place, to)
            for place, name in enumerate(self.names)
            if (to := converter(made.binds[name].type, dialect))
        ]
        self.results: list[tuple[int, _Convert]] = [
            (place, read)
            for place, column in enumerate(getattr(statement, "exported_columns", ()))
            if (read := column.type.dialect_impl(dialect).result_processor(dialect, None))
        ]

    def bound(self, values: Mapping[str, Any]) -> Any:
        """Give the parameters as the driver wants them."""
        if self.fixed:
            values = {**self.fixed, **values}
        row = self._take(values)
        if self.convert:
            cells = list(row)
            # What is missing is missing in every type: most fields of a call are.
            for place, to in self.convert:
                if (value := cells[place]) is not None:
                    cells[place] = to(value)
            row = tuple(cells)
        return row if self.positional else dict(zip(self.names, row, strict=True))

    def read(self, rows: list[Row]) -> list[Row]:
        """Turn what the driver gave into what the columns hold."""
        if not self.results:
            return rows
        read = []
        for row in rows:
            cells = list(row)
            for place, convert in self.results:
                cells[place] = convert(cells[place])
            read.append(tuple(cells))
        return read


class Statement:
    """A statement that is compiled once for each kind of database.

    Parameters
    ----------
    statement : Executable
        Made with SQLAlchemy Core; what varies are bind parameters.
    columns : sequence of str, optional
        Of an insert: the columns that are given.
    """

    def __init__(self, statement: Any, columns: Sequence[str] | None = None):
        self._statement, self._columns = statement, columns
        self.made: dict[str, _Compiled] = {}

    def make(self, dialect: Dialect) -> _Compiled:
        """Compile it for this kind of database."""
        made = self.made[dialect.name] = _Compiled(self._statement, self._columns, dialect)
        return made


class Run:
    """A transaction at the driver: `rows` asks, `do` writes."""

    def __init__(self, cursor: Any, dialect: Dialect):
        self._cursor, self.dialect = cursor, dialect
        self._kind: str = dialect.name

    def rows(self, statement: Statement, **values: Any) -> list[Row]:
        """Run a statement and give the rows that it returns."""
        made = statement.made.get(self._kind) or statement.make(self.dialect)
        self._cursor.execute(made.sql, made.bound(values))
        return made.read(self._cursor.fetchall())

    def row(self, statement: Statement, **values: Any) -> Row | None:
        """Run a statement and give its first row, None if there is none."""
        found = self.rows(statement, **values)
        return found[0] if found else None

    def do(self, statement: Statement, values: Mapping[str, Any]) -> int:
        """Run a statement that writes; gives how many rows it touched."""
        made = statement.made.get(self._kind) or statement.make(self.dialect)
        self._cursor.execute(made.sql, made.bound(values))
        return int(self._cursor.rowcount)

    def do_all(self, statement: Statement, values: Sequence[Mapping[str, Any]]) -> None:
        """Run a statement that writes, once for each of `values`."""
        if values:
            made = statement.made.get(self._kind) or statement.make(self.dialect)
            self._cursor.executemany(made.sql, [made.bound(one) for one in values])

    def sql(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run a text as it is; for what only one kind of database knows."""
        self._cursor.execute(statement, values)
        return [tuple(row) for row in self._cursor.fetchall()] if self._cursor.description else []
