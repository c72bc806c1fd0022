"""A table of missed calls small enough to follow by eye; the tests stand their arithmetic beside it."""

from datetime import UTC, datetime
from typing import Any

from tests.calls_frames import calls_frame

# The day of the report: recovery within 14 days is known of misses up to 17 March, 12:00.
AS_OF = datetime(2026, 3, 31, 12, tzinfo=UTC)


def _call(interview: str, sequence: int, state: str, day: str, **more: Any) -> dict[str, Any]:
    """A call at 10:00 UTC; times of the clock in `more` are of the same day."""
    clock = {
        key: f"{day}T{value}Z" for key, value in more.items() if key.endswith(("_at", "_until"))
    }
    return {
        "interview_id": interview,
        "sequence": sequence,
        "state": state,
        "scheduled_at": f"{day}T10:00Z",
        **more,
        **clock,
    }


# Minutes until the completed call, or (open) until the day of the report:
#   A1  4,320 (3 days)      B1  20,160 (14 days)    B2  10,080 (7 days)     C1  open, 39,000
#   D1  open, 37,560        D2  open, 8,760         E1  5,760 (4 days)      F1  open, 36,120
#   G1  completed before it was missed              H1  date in doubt       I1  open, 1,560
STORIES = calls_frame(
    [
        _call(
            "A",
            1,
            "missed",
            "2026-03-02",
            cohort="Spring",
            first_message_at="10:20",
            reconnected_at="10:40",
        ),
        _call("A", 2, "completed", "2026-03-05", cohort="Spring"),
        # They spoke, but a quarter of an hour after the window that the message named.
        _call(
            "B",
            1,
            "missed",
            "2026-03-03",
            cohort="Spring",
            first_message_at="10:10",
            window_until="10:30",
            reconnected_at="10:45",
        ),
        _call("B", 2, "missed", "2026-03-10", cohort="Spring"),
        _call("B", 3, "completed", "2026-03-17", cohort="Spring"),
        # Two and a half hours later, but within the window that the message named.
        _call(
            "C",
            1,
            "missed",
            "2026-03-04",
            cohort="Autumn",
            first_message_at="11:00",
            window_until="13:00",
            reconnected_at="12:30",
        ),
        _call("D", 1, "missed", "2026-03-05", cohort="Autumn"),
        _call("D", 2, "missed", "2026-03-25", cohort="Autumn", first_message_at="10:30"),
        _call("D", 3, "pending", "2026-04-02", cohort="Autumn"),
        _call("E", 1, "missed", "2026-03-20", cohort="Autumn"),
        _call("E", 2, "completed", "2026-03-24", cohort="Autumn"),
        # A message and a talk before the call was to start: that cannot be.
        _call("F", 1, "missed", "2026-03-06", first_message_at="09:50", reconnected_at="09:55"),
        _call("G", 1, "missed", "2026-03-12"),
        _call("G", 2, "completed", "2026-03-11"),
        _call("H", 1, "missed", "2021-03-12", date_doubt="years before the rest"),
        _call("I", 1, "missed", "2026-03-30", cohort="Spring"),
    ]
)
