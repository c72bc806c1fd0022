"""What cannot be is counted and shown."""

import pandas as pd

from interview_coach.measures import impossible
from tests.calls_frames import calls_frame
from tests.measures.hand import AS_OF, STORIES


def told(found: pd.DataFrame) -> dict[str, tuple[int, int]]:
    return {str(row["check"]): (int(row["n"]), int(row["N"])) for row in found.to_dict("records")}


def test_by_hand() -> None:
    # Sixteen calls, eleven missed and four completed. Messages: A B C D2 F. Talks: A B C F.
    # Windows: B C. Completed after a miss: A1 B1 B2 E1 G1.
    assert told(impossible(STORIES, as_of=AS_OF)) == {
        "no scheduled start": (0, 16),
        "date in doubt": (1, 16),
        "completed or missed, with a start still to come": (0, 15),
        "booked after the scheduled start": (0, 0),
        "first message before the scheduled start": (1, 5),
        "reconnected before the scheduled start": (1, 4),
        "availability ended before the scheduled start": (0, 2),
        "completed before the missed call that it follows": (1, 5),
    }


def test_what_lies_ahead_has_not_happened() -> None:
    calls = calls_frame([{"scheduled_at": "2027-01-01T10:00Z"}, {"scheduled_at": None}])
    found = told(impossible(calls, as_of=AS_OF))
    assert found["completed or missed, with a start still to come"] == (1, 2)
    assert found["no scheduled start"] == (1, 2)


def test_in_a_window() -> None:
    found = told(impossible(STORIES, as_of=AS_OF, start="2026-03-06", end="2026-03-06"))
    assert found["first message before the scheduled start"] == (1, 1)
    assert found["completed before the missed call that it follows"] == (0, 0)


def test_nothing_and_little() -> None:
    assert set(impossible(STORIES[:0], as_of=AS_OF)["n"]) == {0}
    assert list(told(impossible(STORIES[["state", "scheduled_at"]], as_of=AS_OF))) == [
        "no scheduled start",
        "completed or missed, with a start still to come",
    ]
