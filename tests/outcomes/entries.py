"""What the tests log: a call that the interviewer missed, and whatever else a test says of it."""

from typing import Any


def call(**fields: Any) -> dict[str, Any]:
    return {
        "client_id": "c1",
        "scheduled_at": "2026-03-05T14:00",
        "timezone": "Europe/London",
        "state": "missed",
        "missed_by": "interviewer_no_call",
        **fields,
    }
