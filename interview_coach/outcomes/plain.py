"""Statements straight to the driver: made with SQLAlchemy, compiled once, run without it.

SQLAlchemy's own work for each statement takes several times as long as SQLite's. A logged call is a
dozen statements in one transaction, so they are compiled when first used and then handed to the
driver as they are, with the same conversions of types.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy.engine import Dialect

__all__ = ["Run", "Statement"]

Row = tuple[Any, ...]
_Convert = Callable[[Any], Any]


class _Compiled:
    """A statement as one kind of database takes it."""

    def __init__(self, statement: Any, columns: Sequence[str] | None, dialect: Dialect):
        made = statement.compile(dialect=dialect, column_keys=columns)
        self.sql: str = made.string
        self.positional = bool(made.positional)
        names = list(made.positiontup) if made.positional else list(made.binds)
        self.fixed = {name: bind.value for name, bind in made.binds.items() if not bind.required}
        self.params: list[tuple[str, _Convert | None]] = [
            (name, made.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
            for name in names
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
        # What is missing is missing in every type: most fields of a call are.
        if self.positional:
            return [
                value if (value := values[name]) is None or to is None else to(value)
                for name, to in self.params
            ]
        return {
            name: value if (value := values[name]) is None or to is None else to(value)
            for name, to in self.params
        }

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
        self._made: dict[str, _Compiled] = {}

    def of(self, dialect: Dialect) -> _Compiled:
        """Give it as this kind of database takes it."""
        made = self._made.get(dialect.name)
        if made is None:
            made = self._made[dialect.name] = _Compiled(self._statement, self._columns, dialect)
        return made


class Run:
    """A transaction at the driver: `rows` asks, `do` writes."""

    def __init__(self, cursor: Any, dialect: Dialect):
        self._cursor, self.dialect = cursor, dialect

    def rows(self, statement: Statement, **values: Any) -> list[Row]:
        """Run a statement and give the rows that it returns."""
        made = statement.of(self.dialect)
        self._cursor.execute(made.sql, made.bound(values))
        return made.read(self._cursor.fetchall())

    def row(self, statement: Statement, **values: Any) -> Row | None:
        """Run a statement and give its first row, None if there is none."""
        found = self.rows(statement, **values)
        return found[0] if found else None

    def do(self, statement: Statement, values: Mapping[str, Any]) -> int:
        """Run a statement that writes; gives how many rows it touched."""
        made = statement.of(self.dialect)
        self._cursor.execute(made.sql, made.bound(values))
        return int(self._cursor.rowcount)

    def do_all(self, statement: Statement, values: Sequence[Mapping[str, Any]]) -> None:
        """Run a statement that writes, once for each of `values`."""
        if values:
            made = statement.of(self.dialect)
            self._cursor.executemany(made.sql, [made.bound(one) for one in values])

    def sql(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run a text as it is; for what only one kind of database knows."""
        self._cursor.execute(statement, values)
        return [tuple(row) for row in self._cursor.fetchall()] if self._cursor.description else []
