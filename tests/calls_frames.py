"""Small frames of calls, built in tests: the columns of the log's calls, filled where it matters."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

TYPES = {
    "call_id": "str",
    "interview_id": "str",
    "client_id": "str",
    "coach": "str",
    "cohort": "str",
    "employer": "str",
    "employer_type": "str",
    "channel": "str",
    "caller": "str",
    "sequence": "int64",
    "scheduled_at": "datetime64[us, UTC]",
    "timezone": "str",
    "booked_at": "datetime64[us, UTC]",
    "state": "str",
    "missed_by": "str",
    "cause": "str",
    "initiator": "str",
    "reason": "str",
    "first_message_at": "datetime64[us, UTC]",
    "window_until": "datetime64[us, UTC]",
    "reconnected_at": "datetime64[us, UTC]",
    "waited_minutes": "Int64",
    "date_doubt": "str",
    "synthetic": "bool",
    "notes": "str",
}
USUAL = {
    "coach": "me",
    "channel": "phone",
    "caller": "interviewer",
    "sequence": 1,
    "scheduled_at": "2026-03-05T14:00Z",
    "timezone": "Europe/London",
    "state": "completed",
    "synthetic": True,
}


def calls_frame(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """A frame as the log gives it; each row says only what differs from a usual call."""
    full = [
        {
            "call_id": f"call-{number}",
            "interview_id": f"interview-{number}",
            "client_id": f"client-{number}",
            **USUAL,
            **row,
        }
        for number, row in enumerate(rows)
    ]
    columns: dict[str, pd.Series] = {}
    for name, kind in TYPES.items():
        values = [row.get(name) for row in full]
        column = (
            pd.to_datetime(pd.Series(values, dtype="object"), utc=True) if "UTC" in kind else values
        )
        columns[name] = pd.Series(column, dtype=kind)
    return pd.DataFrame(columns)


def many_calls(count: int, *, seed: int = 1, groups: int = 4, months: int = 18) -> pd.DataFrame:
    """Calls at random: some moved, missed and rebooked, a few dates in doubt, some blanks."""
    random = np.random.default_rng(seed)
    rows: list[dict[str, Any]] = []
    start = pd.Timestamp("2025-01-06T09:00Z")
    for number in range(count):
        state = random.choice(
            ["completed", "missed", "moved", "cancelled", "pending"], p=[0.6, 0.2, 0.1, 0.06, 0.04]
        )
        again = rows and rows[-1]["state"] in {"missed", "moved"} and random.random() < 0.6
        rows.append(
            {
                "interview_id": rows[-1]["interview_id"] if again else f"i{number}",
                "sequence": rows[-1]["sequence"] + 1 if again else 1,
                "cohort": None
                if random.random() < 0.05
                else f"Group {random.integers(groups) + 1}",
                "scheduled_at": start + pd.Timedelta(days=int(random.integers(30 * months))),
                "timezone": random.choice(["Europe/London", "America/New_York", "Asia/Kolkata"]),
                "state": state,
                "missed_by": random.choice(["interviewer_no_call", "candidate", "technical"])
                if state == "missed"
                else None,
                "date_doubt": "years after the rest" if random.random() < 0.03 else None,
            }
        )
    return calls_frame(rows)
