"""Reading all calls of a log quickly: column by column, without an object for each cell's row.

In SQLite the cells come as bytes and go straight into Arrow columns; calls and interviews are read
one after the other, and each call's interview is found there, which costs less than a look-up for each
call in the database, and less than a join, which would make all columns anew before they are sorted.
ADBC would be quicker still, and is not used: it brings a SQLite of its own into the process, and
closing its file drops the locks of ours (SQLite's "How to corrupt", 2.2.1).
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd
from sqlalchemy import Connection, Select, Table, select

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes import frames, queries, schema
from interview_coach.outcomes.memory import no_collecting

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["calls_frame"]

# Rows fetched at once: enough to forget the cost of a call, few enough to stay in the cache.
_CHUNK = 5_000
_OF_INTERVIEW = ("coach", "interview_id")
_ORDER = ("scheduled_at", "interview_id", "sequence", "call_id")


def calls_frame(connection: Connection) -> pd.DataFrame:
    """Give all calls of a log, one row a call, by scheduled start.

    Parameters
    ----------
    connection : Connection
        In a read transaction, so that calls and interviews are of one moment.

    Returns
    -------
    DataFrame
        The columns of `frames.LOGGED`, as `frames.typed` makes them; times in UTC.

    Raises
    ------
    KitError
        If a cell of the file is of another kind than its column, as the kit writes none.
    """
    if connection.dialect.name == "sqlite":
        import pyarrow as pa

        try:
            return _from_sqlite(connection)
        except (pa.ArrowException, ValueError) as error:
            # SQLite keeps anything in any column; the kit writes nothing of the kind.
            raise KitError(
                _(
                    "The outcome log cannot be read: a cell holds something of another kind than "
                    "its column ({kind}); restore the file from a backup."
                ).format(kind=type(error).__name__)
            ) from None
    rows = [tuple(row) for row in connection.execute(queries.calls())]
    return frames.typed(rows, frames.LOGGED)


def _from_sqlite(connection: Connection) -> pd.DataFrame:
    import pyarrow.compute as pc

    here = [name for name in frames.LOGGED if name in schema.calls.c]
    of_interview = [name for name in frames.LOGGED if name not in schema.calls.c]
    with no_collecting():
        calls = _arrow(connection, schema.calls, here)
        interviews = _arrow(connection, schema.interviews, [*_OF_INTERVIEW, *of_interview])
        order = pc.sort_indices(calls, [(name, "ascending") for name in _ORDER])
        calls = calls.take(order)
        place = pc.index_in(_key(calls), value_set=_key(interviews))
        found = interviews.select(of_interview).take(place)
        return _pandas({name: (calls if name in here else found)[name] for name in frames.LOGGED})


def _key(table: "pa.Table") -> Any:
    """Give coach and interview in one text; no text that the log takes holds the sign between them."""
    import pyarrow.compute as pc

    return pc.binary_join_element_wise(*(table[name] for name in _OF_INTERVIEW), "\0")


def _arrow(connection: Connection, table: Table, names: Sequence[str]) -> "pa.Table":
    import pyarrow as pa

    kinds = {name: frames.LOGGED[name] for name in names}
    query: Select[Any] = select(*(table.c[name] for name in names))
    statement = str(query.compile(dialect=connection.dialect))
    number = {name: pa.int64() if _whole(kind) else pa.binary() for name, kind in kinds.items()}
    parts: list[list[pa.Array]] = [[] for _name in names]
    driver = connection.connection.driver_connection
    assert driver is not None
    before = driver.text_factory
    # Arrow wants bytes: text made by Python would only be taken apart again.
    driver.text_factory = bytes
    try:
        cursor = driver.execute(statement)
        while rows := cursor.fetchmany(_CHUNK):
            for into, cells, kind in zip(
                parts, zip(*rows, strict=True), number.values(), strict=True
            ):
                into.append(pa.array(cells, kind))
    finally:
        driver.text_factory = before
    columns = {
        name: _cast(pa.chunked_array(part, number[name]), kinds[name])
        for name, part in zip(names, parts, strict=True)
    }
    # In one piece each: looking for a row in many takes twice as long.
    return pa.table(columns).combine_chunks()


def _whole(kind: str) -> bool:
    return kind in {"int64", "Int64", "bool"}


def _cast(column: Any, kind: str) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    if kind == "bool":
        return column.cast(pa.bool_())
    if _whole(kind):
        return column
    text = column.cast(pa.string())
    if kind == "str":
        return text
    return pc.assume_timezone(text.cast(pa.timestamp("us")), "UTC")


def _pandas(columns: Mapping[str, "pa.ChunkedArray"]) -> pd.DataFrame:
    made = {
        name: columns[name]
        .to_pandas(types_mapper=_gaps if kind == "Int64" else None)
        .astype(kind)
        .reset_index(drop=True)
        for name, kind in frames.LOGGED.items()
    }
    return pd.DataFrame(made)


def _gaps(__: Any) -> pd.Int64Dtype:
    return pd.Int64Dtype()
