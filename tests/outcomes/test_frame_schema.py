"""Frames at the boundary: wrong kinds, times without a zone, unknown codes, each a sentence."""

from datetime import UTC, datetime
from typing import Any

import pandas as pd
import pytest

from interview_coach.errors import KitError
from interview_coach.outcomes import CallEntry, frames, sample_calls
from interview_coach.outcomes.frame_schema import check_frame, frame_schema

AT = datetime(2026, 3, 5, 14, tzinfo=UTC)


def frame(**columns: Any) -> pd.DataFrame:
    made = {"client_id": ["c1", "c2"], "scheduled_at": [AT, AT], "timezone": ["Europe/London"] * 2}
    return pd.DataFrame({**made, **columns}, index=["x", "x"])


FINE: dict[str, dict[str, Any]] = {
    "the least": {},
    "codes in any case": {"state": ["Completed", "missed"], "missed_by": [None, "Candidate"]},
    "categories": {"channel": pd.Categorical(["phone", "video"])},
    "whole numbers with a gap": {"waited_minutes": [12.0, None]},
    "Python's own times": {"scheduled_at": pd.Series([AT, AT], dtype=object).array},
    "nothing at all": {"notes": [None, None]},
    "the log's own columns": {"call_id": ["a", "b"], "sequence": [1, 2]},
}


@pytest.mark.parametrize("name", FINE)
def test_frames_that_can_go_in(name: str) -> None:
    assert check_frame(frame(**FINE[name])) == []


def test_what_the_log_hands_out_can_go_in() -> None:
    assert check_frame(sample_calls()) == []
    assert check_frame(frames.typed([], frames.CALLS)) == []


FAULTY: dict[str, tuple[dict[str, Any], list[str]]] = {
    "times without a zone": (
        {"scheduled_at": pd.to_datetime(["2026-03-05 14:00"] * 2)},
        [
            "scheduled_at: the times have no zone; say whose clock they are of, such as "
            'df["scheduled_at"].dt.tz_localize("Europe/London").'
        ],
    ),
    "times as texts": (
        {"scheduled_at": ["2026-03-05 14:00"] * 2},
        [
            "scheduled_at: aware times are needed, and the column holds texts; turn them into times, "
            'such as pd.to_datetime(df["scheduled_at"], utc=True).'
        ],
    ),
    "one time without a zone": (
        {"scheduled_at": pd.Series([AT, AT.replace(tzinfo=None)], dtype=object).array},
        ["row 1, scheduled_at: the time has no zone; say whose clock it is of."],
    ),
    "a time missing": (
        {"scheduled_at": [AT, None]},
        ["row 1, scheduled_at: this is needed."],
    ),
    "an unknown code": (
        {"state": ["completed", "complted"]},
        ["row 1, state: this is not a code of the list; did you mean 'completed'?"],
    ),
    "numbers for texts": (
        {"client_id": [1, 2]},
        ["client_id: texts are needed, and the column holds numbers; turn them with astype(str)."],
    ),
    "a number among texts": (
        {"notes": pd.Series(["fine", 3], dtype=object).array},
        ["row 1, notes: a text is needed, not a int."],
    ),
    "lists": (
        {"notes": pd.Series([["a"], "b"], dtype=object).array},
        ["row 0, notes: a text is needed, not a list."],
    ),
    "numbers out of range": (
        {"waited_minutes": [-1, 2.5], "round": [0, 1]},
        [
            "row 0, waited_minutes: a whole number from 0 to 1,440 is needed.",
            "row 0, round: a whole number from 1 to 99 is needed.",
            "row 1, waited_minutes: a whole number from 0 to 1,440 is needed.",
        ],
    ),
    "an unknown zone": (
        {"timezone": ["Europe/London", "Mars"]},
        ["row 1, timezone: there is no such time zone; use a name such as 'Europe/London'."],
    ),
    "an unknown column": (
        {"employr": ["a", "b"]},
        ["employr: the log has no such field; did you mean 'employer' or 'employer_type'."],
    ),
    "a contradiction": (
        {"state": ["missed", "completed"], "cause": [None, "forgot"]},
        [
            "row 0, missed_by: a missed call needs who missed it ('unknown' will do).",
            "row 1, cause: a completed call has none: it is for calls missed, moved or cancelled.",
        ],
    ),
    "a message before the start": (
        {
            "state": ["missed"] * 2,
            "missed_by": ["unknown"] * 2,
            "first_message_at": [pd.Timestamp(AT) - pd.Timedelta("1h"), None],
        },
        [
            "row 0, first_message_at: the first message after a missed start cannot lie before the "
            "agreed start."
        ],
    ),
    "a booking after the start": (
        {"booked_at": [pd.Timestamp(AT), pd.Timestamp(AT) + pd.Timedelta("1min")]},
        ["row 1, booked_at: the booking cannot lie after the agreed start."],
    ),
    "a text too long": (
        {"client_id": ["x" * 201, "c2"], "notes": ["x" * 10_001, ""]},
        [
            "row 0, client_id: the text is longer than 200 characters; shorten it.",
            "row 0, notes: the text is longer than 10,000 characters; shorten it.",
        ],
    ),
}


@pytest.mark.parametrize("name", FAULTY)
def test_what_is_wrong_is_said_with_row_and_column(name: str) -> None:
    columns, says = FAULTY[name]
    assert [str(fault) for fault in check_frame(frame(**columns))] == says


def test_columns_that_are_needed_or_doubled() -> None:
    assert [str(fault) for fault in check_frame(pd.DataFrame({"client_id": ["c1"]}))] == [
        "scheduled_at: the frame has no such column, and it is needed.",
        "timezone: the frame has no such column, and it is needed.",
    ]
    twice = pd.concat([frame(), frame()[["timezone"]]], axis=1)
    assert [str(fault) for fault in check_frame(twice)] == [
        "timezone: the frame has this column more than once; drop one."
    ]
    with pytest.raises(KitError, match=r"^A pandas data frame of calls is needed, not a list;"):
        check_frame([])  # type: ignore[arg-type]


def test_the_schema_has_each_field_of_the_model() -> None:
    assert set(frame_schema().columns) == set(CallEntry.model_fields)
