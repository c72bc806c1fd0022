"""Data frames both ways: what a log gives another takes, and what is faulty is listed, none added."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from interview_coach.errors import KitError
from interview_coach.outcomes import OutcomeLog, sample_calls
from interview_coach.outcomes.framing import FrameError

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


def row(**fields: Any) -> dict[str, Any]:
    return {
        "client_id": "c1",
        "scheduled_at": "2026-03-05T14:00",
        "timezone": "Europe/London",
        "state": "completed",
        **fields,
    }


def test_what_a_log_gives_another_takes(log: OutcomeLog, tmp_path: Path) -> None:
    sample = sample_calls().head(300).assign(coach=log.coach)
    assert log.add_frame(sample) == 300
    given = log.calls()
    with OutcomeLog.open(tmp_path / "other.db", clock=lambda: NOW) as other:
        assert other.add_frame(given) == 300
        pd.testing.assert_frame_equal(
            other.calls().drop(columns="call_id"), given.drop(columns="call_id")
        )
        assert other.verify() == []
    # The same frame again adds nothing, nor does what the log itself gave.
    assert log.add_frame(sample) == log.add_frame(given) == 0
    assert set(log.history()["why"]) == {"a data frame: 300 rows"}
    assert log.history()["write_id"].nunique() == 1


def test_cells_as_pandas_has_them(log: OutcomeLog) -> None:
    frame = pd.DataFrame(
        [
            row(
                waited_minutes=3,
                round=1,
                synthetic=False,
                scheduled_at=pd.Timestamp("2026-03-05T14Z"),
            ),
            row(
                waited_minutes=None,
                round=float("nan"),
                notes=pd.NA,
                scheduled_at="2026-03-06T14:00",
            ),
            row(reconnected_at=pd.NaT, employer="  ", scheduled_at=datetime(2026, 6, 7, 9)),
        ]
    )
    assert log.add_frame(frame) == 3
    calls = log.calls()
    assert calls["waited_minutes"].tolist() == [3, pd.NA, pd.NA]
    assert calls["scheduled_at"].iloc[-1] == pd.Timestamp("2026-06-07T08:00Z")
    assert calls["employer"].isna().all()


def test_all_faults_are_listed_and_nothing_is_added(log: OutcomeLog) -> None:
    frame = pd.DataFrame(
        [
            row(),
            row(state="mised"),
            row(scheduled_at="soon", waited_minutes=-1),
            row(scheduled_at="2026-03-06T10:00", client_id=None),
        ]
    )
    with pytest.raises(FrameError) as caught:
        log.add_frame(frame)
    assert str(caught.value) == (
        "Nothing of the frame was added, for 4 reasons:\n"
        "- row 1, state: this is not a code of the list; did you mean 'missed'?\n"
        "- row 2, scheduled_at: this is no date and time; write it as 2026-03-05T14:00, in the "
        "client's time zone.\n"
        "- row 2, waited_minutes: a whole number from 0 to 1,440 is needed.\n"
        "- row 3, client_id: this is needed."
    )
    assert [fault.row for fault in caught.value.faults] == [1, 2, 2, 3]
    assert log.calls().empty
    assert log.history().empty


def test_rows_that_contradict_the_log_or_the_clock(log: OutcomeLog) -> None:
    log.add_call(row(interview_id="i1", employer="Acme"))
    frame = pd.DataFrame(
        [
            row(interview_id="i2"),
            row(interview_id="i1", employer="Acne"),
            row(scheduled_at="2026-07-05T14:00"),
        ]
    )
    with pytest.raises(FrameError) as caught:
        log.add_frame(frame)
    assert str(caught.value) == (
        "Nothing of the frame was added, for 2 reasons:\n"
        "- row 1, employer: the interview was logged with another one; change that, or begin another "
        "interview.\n"
        "- row 2, state: the call has not begun yet, so it cannot be completed; look at the date, or "
        "choose 'pending'."
    )
    assert len(log.calls()) == 1


def test_frames_that_are_none(log: OutcomeLog) -> None:
    assert log.add_frame(pd.DataFrame()) == 0
    with pytest.raises(FrameError) as caught:
        log.add_frame(pd.DataFrame([row(shoe=42)]))
    assert str(caught.value) == (
        "Nothing of the frame was added: row 0, shoe: there is no such field."
    )
    twice = pd.DataFrame([[1, 2]], columns=["client_id", "client_id"])
    with pytest.raises(
        KitError, match=r"^The frame has two columns called 'client_id'; rename one\.$"
    ):
        log.add_frame(twice)
    many = pd.DataFrame([row(state="?")] * 25)
    with pytest.raises(FrameError, match="for 25 reasons") as caught:
        log.add_frame(many)
    assert str(caught.value).endswith("\n- and 5 more.")
