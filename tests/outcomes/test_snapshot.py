"""A snapshot gives the same calls and the same figures as the log that it was taken of."""

from pathlib import Path

import pandas as pd
import pytest

from interview_coach.errors import KitError
from interview_coach.measures import missed_call_rate, recovery_rate
from interview_coach.outcomes import calls_of, export_calls, sample_calls
from interview_coach.outcomes.snapshot import read_snapshot


def test_a_snapshot_is_read_as_it_was_written(tmp_path: Path) -> None:
    calls = sample_calls()
    file = export_calls(calls, tmp_path / "calls.parquet")
    found, says = calls_of(file)
    assert (
        says
        == f"{len(calls):,} calls from the snapshot calls.parquet, {len(calls):,} of them synthetic."
    )
    assert isinstance(found["state"].dtype, pd.CategoricalDtype)
    plain = found.astype(dict(calls.dtypes.items()))
    pd.testing.assert_frame_equal(plain, calls)
    as_of = pd.Timestamp("2026-06-30", tz="UTC").to_pydatetime()
    for by in ("cohort", "month", "hour", "lead_time", "missed_by"):
        pd.testing.assert_frame_equal(missed_call_rate(found, by), missed_call_rate(calls, by))
    pd.testing.assert_frame_equal(
        recovery_rate(found, "channel", as_of=as_of), recovery_rate(calls, "channel", as_of=as_of)
    )


def test_an_older_snapshot_lacks_what_came_later(tmp_path: Path) -> None:
    calls = sample_calls().drop(columns=["booked_at", "cause"])
    found = read_snapshot(export_calls(calls, tmp_path / "old.parquet"))
    assert found["booked_at"].isna().all() and found["cause"].isna().all()
    assert list(found.columns) == list(sample_calls().columns)


def test_no_calls_at_all(tmp_path: Path) -> None:
    found = read_snapshot(export_calls(sample_calls()[:0], tmp_path / "none.parquet"))
    assert found.empty and missed_call_rate(found)["N"].item() == 0


@pytest.mark.parametrize(
    ("frame", "says"),
    [
        (pd.DataFrame({"name": ["x"]}), "mine.parquet has no column 'call_id', so it is no export"),
        (
            sample_calls()[:2].assign(sequence=["first", "second"]),
            "mine.parquet holds something of another kind than the kit writes;",
        ),
        (None, "mine.parquet cannot be read as Parquet (ArrowInvalid); export it again."),
    ],
)
def test_what_is_no_snapshot(tmp_path: Path, frame: pd.DataFrame | None, says: str) -> None:
    file = tmp_path / "mine.parquet"
    if frame is None:
        file.write_bytes(b"PAR1 and nothing else")
    else:
        frame.to_parquet(file)
    with pytest.raises(KitError) as caught:
        calls_of(file)
    assert str(caught.value).startswith(says)


def test_a_snapshot_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KitError, match="There is no outcome log"):
        calls_of(tmp_path / "gone.parquet")
