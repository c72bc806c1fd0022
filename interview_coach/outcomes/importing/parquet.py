"""Reading a Parquet file: columns to text, each distinct value once."""

import io
from collections.abc import Sequence
from typing import Any

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes.importing.table import (
    LONGEST_CELL,
    MOST_COLUMNS,
    FileTable,
    check_header,
)
from interview_coach.wording import number

__all__ = ["read_parquet"]

_MOST_ROWS = 3_000_000
_BATCH = 65_536


def read_parquet(raw: bytes, name: str, needed: Sequence[str]) -> FileTable:
    """Read a Parquet file; `read_table` says with what, and what is raised.

    Times become ISO 8601 with their offset, lists and records nothing. Rows are counted from 1.
    """
    try:
        return _read(raw, name, needed)
    except KitError:
        raise
    except Exception as error:
        raise KitError(
            _(
                "{file} is a damaged Parquet file ({kind}); export it again; nothing was imported."
            ).format(file=name, kind=type(error).__name__)
        ) from None


def _read(raw: bytes, name: str, needed: Sequence[str]) -> FileTable:
    import pyarrow as pa
    import pyarrow.parquet as pq

    outer = pq.ParquetFile(io.BytesIO(raw))
    schema = outer.schema_arrow
    if outer.metadata.num_rows > _MOST_ROWS or len(schema.names) > MOST_COLUMNS:
        raise KitError(
            _(
                "{file} has {rows} rows and {columns} columns, more than the {most_rows} and "
                "{most_columns} that are read; nothing was imported."
            ).format(
                file=name,
                rows=number(outer.metadata.num_rows),
                columns=number(len(schema.names)),
                most_rows=number(_MOST_ROWS),
                most_columns=MOST_COLUMNS,
            )
        )
    texts = [
        f.name for f in schema if pa.types.is_string(f.type) or pa.types.is_large_string(f.type)
    ]
    # Texts stay a dictionary: one long text in each of a million rows is then held once.
    file = pq.ParquetFile(io.BytesIO(raw), read_dictionary=texts)
    columns: list[list[str]] = [[] for _name in schema.names]
    for batch in file.iter_batches(batch_size=_BATCH):
        for column, into in zip(batch.columns, columns, strict=True):
            into.extend(_texts(column))
    header = list(schema.names)
    check_header(header, needed, name, 1)
    rows = [list(row) for row in zip(*columns, strict=True)]
    notes = (
        []
        if rows
        else [_("{file} has a header but no rows; nothing was imported.").format(file=name)]
    )
    lines = list(range(1, len(rows) + 1))
    return FileTable(name, header, rows, lines, ",", notes, kind="parquet")


def _texts(column: Any) -> list[str]:
    import pyarrow as pa

    kind = column.type
    if pa.types.is_nested(kind):
        return [""] * len(column)
    if pa.types.is_timestamp(kind) and kind.unit == "ns":
        column = column.cast(pa.timestamp("us", kind.tz), safe=False)
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    known = [_text(value) for value in column.dictionary]
    return ["" if place is None else known[place] for place in column.indices.to_pylist()]


def _text(scalar: Any) -> str:
    try:
        value = scalar.as_py()
    except (ValueError, OverflowError):
        # A time beyond the calendar: kept as it is, so that the row is listed with it.
        return str(getattr(scalar, "value", "?"))
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return text[: LONGEST_CELL + 1]
