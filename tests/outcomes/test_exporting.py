"""Exports are harmless in a spreadsheet, private, whole, and add nothing when they come back."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from interview_coach.errors import KitError
from interview_coach.outcomes import (
    OutcomeLog,
    export_calls,
    frames,
    import_file,
    propose,
    sample_calls,
)

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
AT = datetime(2026, 3, 5, 14, tzinfo=UTC)
NASTY = {
    "a formula": ("=1+1", "'=1+1"),
    "a command": ("@SUM(A1)", "'@SUM(A1)"),
    "a sum": ("-2+3", "'-2+3"),
    "a plus": ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"),
    "a tab": ("x\t=1", "x\t=1"),
    "full width": ("＝1+1", "'＝1+1"),
    "a telephone number": ("+44 20 7946 0000", "+44 20 7946 0000"),
    "a number": ("-12.5", "-12.5"),
    "HTML": ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
    "SQL": ("'; DROP TABLE calls; --", "'; DROP TABLE calls; --"),
    "right to left": ("\u202eevil\u202c مقابلة", "\u202eevil\u202c مقابلة"),
    "long": ("x" * 10_000, "x" * 10_000),
    "lines": ("one\r\ntwo\rthree", "one\r\ntwo\rthree"),
    "quotes": ('say "hi", ok', 'say "hi", ok'),
}
FORMATS = [".csv", ".tsv", ".xlsx", ".parquet"]


def log_with(folder: Path, *texts: str) -> OutcomeLog:
    log = OutcomeLog.open(folder / "log.db", clock=lambda: NOW)
    for number, text in enumerate(texts):
        log.add_call(
            {
                "client_id": f"c{number}",
                "scheduled_at": AT + timedelta(hours=number),
                "timezone": "Europe/London",
                "state": "missed",
                "missed_by": "candidate",
                "employer": text,
                "notes": text,
                "reason": text,
            }
        )
    return log


def employers(file: Path) -> list[str]:
    if file.suffix == ".xlsx":
        book = openpyxl.load_workbook(file, read_only=True)
        rows = [
            [unescape(str(cell)) for cell in row] for row in book.active.iter_rows(values_only=True)
        ]
        book.close()
    elif file.suffix == ".parquet":
        return list(pq.read_table(file).column("employer").to_pylist())
    else:
        with file.open(encoding="utf-8-sig", newline="") as text:
            rows = list(csv.reader(text, delimiter="\t" if file.suffix == ".tsv" else ","))
    place = rows[0].index("employer")
    return [row[place] for row in rows[1:]]


@pytest.mark.parametrize("suffix", FORMATS)
def test_nasty_texts_are_kept_and_exported_harmless(suffix: str, tmp_path: Path) -> None:
    with log_with(tmp_path, *(text for text, _ in NASTY.values())) as log:
        calls = log.calls()
    assert list(calls["employer"]) == [text for text, _ in NASTY.values()]
    file = export_calls(calls, tmp_path / f"calls{suffix}")
    found = [text.replace("\r\n", "\n") if suffix == ".xlsx" else text for text in employers(file)]
    expected = [harmless for _, harmless in NASTY.values()]
    assert found == [t.replace("\r\n", "\n") if suffix == ".xlsx" else t for t in expected]
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_export_that_comes_back_adds_nothing(suffix: str, tmp_path: Path) -> None:
    with log_with(tmp_path, *(text for text, _ in NASTY.values())) as log:
        file = export_calls(log.calls(), tmp_path / f"calls{suffix}")
    mapping = propose(file, timezone="Europe/London").mapping
    for dry_run in (True, False):
        result = import_file(file, mapping, tmp_path / "log.db", clock=lambda: NOW, dry_run=dry_run)
        assert (result.imported, result.already_there, result.rejected) == (0, len(NASTY), 0), (
            result.notes
        )
    with OutcomeLog.open(tmp_path / "log.db") as log:
        assert len(log.calls()) == len(NASTY)
        assert len(log.history()) == len(NASTY)


def test_a_call_that_was_changed_in_the_file_is_listed(tmp_path: Path) -> None:
    with log_with(tmp_path, "Acme", "Bolt") as log:
        calls = log.calls()
    calls.loc[1, "cause"] = "travel"
    file = export_calls(calls, tmp_path / "calls.csv")
    mapping = propose(file, timezone="Europe/London").mapping
    result = import_file(file, mapping, tmp_path / "log.db", clock=lambda: NOW)
    assert (result.imported, result.already_there, result.rejected) == (0, 1, 1)
    assert result.notes == [
        "Not imported (line 3): the log has this call with another cause; nothing was changed: change it "
        "in the log if the file is right."
    ]


def test_an_export_goes_into_another_log(tmp_path: Path) -> None:
    sample = sample_calls()
    file = export_calls(sample, tmp_path / "calls.parquet")
    mapping = propose(file).mapping
    result = import_file(file, mapping, tmp_path / "other.db", clock=lambda: NOW)
    assert (result.imported, result.rejected) == (len(sample), 0)
    with OutcomeLog.open(tmp_path / "other.db") as log:
        calls = log.calls()[list(frames.CALLS)]  # the sample has no round and no revision
    order = ["client_id", "scheduled_at", "sequence", "employer"]
    left, right = (
        frame.sort_values(order, ignore_index=True).drop(columns=["call_id", "interview_id"])
        for frame in (sample, calls)
    )
    pd.testing.assert_frame_equal(left, right)


def test_exports_that_cannot_be_say_why(tmp_path: Path) -> None:
    empty = frames.typed([], frames.CALLS)
    file = export_calls(empty, tmp_path / "calls.csv")
    with pytest.raises(KitError) as caught:
        export_calls(empty, tmp_path / "calls.doc")
    assert str(caught.value) == (
        "calls.doc: the name of an export ends in .csv, .tsv, .xlsx, .parquet; nothing was written."
    )
    with pytest.raises(KitError, match=r"^There is a file .*calls\.csv already; name another one"):
        export_calls(empty, file)
    assert export_calls(empty, file, replace=True) == file
    with pytest.raises(KitError, match=r"^The export .* cannot be written \(no such file"):
        export_calls(empty, tmp_path / "nowhere" / "calls.csv")
    assert [each.name for each in tmp_path.iterdir()] == ["calls.csv"]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    texts=st.lists(st.text(max_size=30), min_size=1, max_size=4), suffix=st.sampled_from(FORMATS)
)
def test_no_cell_of_an_export_begins_like_a_formula(
    texts: list[str], suffix: str, tmp_path: Path
) -> None:
    clean = [text.encode("utf-8", "replace").decode() for text in texts]
    frame = frames.typed(
        [
            tuple(
                text
                if name in {"employer", "notes"}
                else AT
                if kind.startswith("datetime")
                else 1
                if kind.casefold() == "int64"
                else False
                if kind == "bool"
                else "x"
                for name, kind in frames.CALLS.items()
            )
            for text in clean
        ],
        frames.CALLS,
    )
    file = export_calls(frame, tmp_path / f"calls{suffix}", replace=True)
    for cell in employers(file):
        assert not str(cell).lstrip().startswith(("=", "@", "＝", "＠", "＋", "－"))
