"""Parquet files: typed columns become the same text that a spreadsheet would hold."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from interview_coach.errors import KitError
from interview_coach.outcomes.importing.reading import read_table

AT = datetime(2026, 3, 5, 14, tzinfo=UTC)


def test_every_type_becomes_text(tmp_path: Path) -> None:
    columns = {
        "text": pa.array(["Zoë", None]),
        "day": pa.array([date(2026, 3, 5), None]),
        "clock": pa.array([time(14, 0), None]),
        "aware": pa.array([AT, None], pa.timestamp("ns", "UTC")),
        "naive": pa.array([AT.replace(tzinfo=None), None], pa.timestamp("us")),
        "whole": pa.array([3, None]),
        "float": pa.array([3.0, None]),
        "half": pa.array([0.5, None]),
        "yes": pa.array([True, None]),
        "money": pa.array([Decimal("1.20"), None]),
        "list": pa.array([[1], None]),
        "category": pa.array(["a", None]).dictionary_encode(),
    }
    pq.write_table(pa.table(columns), tmp_path / "calls.parquet")
    table = read_table(tmp_path / "calls.parquet", ["text"])
    assert table.header == list(columns)
    assert table.rows == [
        [
            *("Zoë", "2026-03-05", "14:00:00", "2026-03-05T14:00:00+00:00", "2026-03-05T14:00:00"),
            *("3", "3", "0.5", "true", "1.20", "", "a"),
        ],
        [""] * 12,
    ]
    assert table.lines == [1, 2]


def test_a_missing_column_and_a_damaged_file_are_named(tmp_path: Path) -> None:
    file = tmp_path / "calls.parquet"
    pq.write_table(pa.table({"Dates": ["x"]}), file)
    with pytest.raises(KitError) as caught:
        read_table(file, ["Date"])
    assert str(caught.value) == (
        "calls.parquet, line 1: the mapping names a column that is not there: 'Date' (did you mean "
        "'Dates'?); the file has 'Dates'; nothing was imported."
    )
    whole = file.read_bytes()
    for place in range(4, len(whole), 7):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 255]) + whole[place + 1 :])
        try:
            read_table(file)
        except KitError as error:
            assert str(error).startswith("calls.parquet is a damaged Parquet file (")


def test_one_long_text_in_many_rows_is_held_once(tmp_path: Path) -> None:
    file = tmp_path / "calls.parquet"
    long = "x" * 90_000
    pq.write_table(pa.table({"Notes": pa.array([long] * 2_000).dictionary_encode()}), file)
    assert file.stat().st_size < 200_000
    rows = read_table(file).rows
    assert len(rows) == 2_000
    assert len({id(row[0]) for row in rows}) == 1
