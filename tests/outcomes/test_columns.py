"""The quick way of reading all calls gives what the plain way gives, to the last type."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import text

from interview_coach.errors import KitError
from interview_coach.outcomes import OutcomeLog, frames, queries
from interview_coach.outcomes.columns import calls_frame

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
AT = datetime(2026, 3, 5, 14, tzinfo=UTC)
ENTRIES: dict[str, list[dict[str, Any]]] = {
    "no calls": [],
    "one with the least": [{}],
    "all fields": [
        {
            "state": "missed",
            "missed_by": "candidate",
            "booked_at": AT - timedelta(days=3, microseconds=1),
            "cause": "travel",
            "initiator": "interviewer",
            "reason": "Zoë's\r\ntrain",
            "first_message_at": AT + timedelta(minutes=20, microseconds=7),
            "window_until": AT + timedelta(hours=1),
            "reconnected_at": AT + timedelta(minutes=30),
            "waited_minutes": 25,
            "cohort": "Spring",
            "employer": "<b>Acme</b>",
            "employer_type": "Logistics",
            "round": 2,
            "synthetic": True,
            "notes": "\u202eevil\u202c \U0001f642 =1+1",
            "date_doubt": "odd",
        },
        {},
    ],
    "in the order of their starts": [
        {"scheduled_at": AT - timedelta(days=days), "coach": f"coach {days % 2}"}
        for days in (3, 1, 4, 1, 5, 9, 2, 6)
    ],
}


def plainly(connection: Any) -> pd.DataFrame:
    return frames.typed([tuple(row) for row in connection.execute(queries.calls())], frames.LOGGED)


@pytest.mark.parametrize("name", ENTRIES)
def test_the_quick_way_is_the_plain_way(name: str, tmp_path: Path) -> None:
    with OutcomeLog.open(tmp_path / "log.db", clock=lambda: NOW) as log:
        for entry in ENTRIES[name]:
            log.add_call(
                {"client_id": "c1", "scheduled_at": AT, "timezone": "Europe/London", **entry}
            )
        with log.snapshot() as connection:
            pd.testing.assert_frame_equal(calls_frame(connection), plainly(connection))
        # The connection hands out texts again.
        assert len(log.calls()) == len(ENTRIES[name])


def test_what_is_neither_text_nor_time_is_left_to_pandas() -> None:
    made = frames.typed([("x", 7), (None, "y")], {"a": "str", "b": "str"})
    assert made["a"].isna().tolist() == [False, True]
    assert made["b"].tolist() == ["7", "y"]


def test_a_cell_of_another_kind_is_told(tmp_path: Path) -> None:
    with OutcomeLog.open(tmp_path / "log.db", clock=lambda: NOW) as log:
        log.add_call({"client_id": "c1", "scheduled_at": AT, "timezone": "Europe/London"})
        with log.transaction() as connection:
            connection.execute(text("UPDATE calls SET waited_minutes = 'a while'"))
        with log.snapshot() as connection, pytest.raises(KitError) as caught:
            calls_frame(connection)
    assert str(caught.value) == (
        "The outcome log cannot be read: a cell holds something of another kind than its column "
        "(ArrowInvalid); restore the file from a backup."
    )
