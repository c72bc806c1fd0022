"""The data frames that the log hands out: their columns, in order, and what type each has."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

__all__ = [
    "CALLS",
    "CLIENTS",
    "DUE",
    "HISTORY",
    "INTERVIEWS",
    "LOGGED",
    "PRACTICE",
    "STORIES",
    "typed",
]

_UTC = "datetime64[us, UTC]"  # unmarked: a type
_DAY = "datetime64[s]"

CALLS: Mapping[str, str] = {
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
    "scheduled_at": _UTC,
    "timezone": "str",
    "booked_at": _UTC,
    "state": "str",
    "missed_by": "str",
    "cause": "str",
    "initiator": "str",
    "reason": "str",
    "first_message_at": _UTC,
    "window_until": _UTC,
    "reconnected_at": _UTC,
    "waited_minutes": "Int64",
    "date_doubt": "str",
    "synthetic": "bool",
    "notes": "str",
}
INTERVIEWS: Mapping[str, str] = {
    "interview_id": "str",
    "client_id": "str",
    "coach": "str",
    "cohort": "str",
    "employer": "str",
    "employer_type": "str",
    "round": "Int64",
}
# What a log knows of a call beyond that: the sample and files that are imported do not.
LOGGED: Mapping[str, str] = {**CALLS, "round": "Int64", "revision": "int64"}
CLIENTS: Mapping[str, str] = {
    "client_id": "str",
    "coach": "str",
    "cohort": "str",
    "tags": "str",
    "outcome": "str",
    "outcome_on": _DAY,
    "player": "str",
    "name": "str",
    "contact": "str",
}
PRACTICE: Mapping[str, str] = {
    "coach": "str",
    "client_id": "str",
    "score": "float64",
    "attempts": "int64",
}
DUE: Mapping[str, str] = {
    "interview_id": "str",
    "call_id": "str",
    "client_id": "str",
    "coach": "str",
    "employer": "str",
    "due": "str",
    "since": _UTC,
}
STORIES: Mapping[str, str] = {
    "call_id": "str",
    "interview_id": "str",
    "client_id": "str",
    "coach": "str",
    "missed_at": _UTC,
    "messaged_at": _UTC,
    "reconnected_at": _UTC,
    "rebooked_for": _UTC,
    "completed_at": _UTC,
    "story": "str",
}
HISTORY: Mapping[str, str] = {
    "write_id": "int64",
    "at": _UTC,
    "by": "str",
    "action": "str",
    "why": "str",
    "call_id": "str",
    "client_id": "str",
    "field": "str",
    "was": "str",
    "became": "str",
}


def typed(rows: Sequence[Sequence[Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """Make a frame of rows, with the columns' types even where there are no rows or no values.

    Parameters
    ----------
    rows : sequence of sequences
        In the order of `columns`; None is missing.
    columns : mapping of str to str
        Names and pandas types.
    """
    values = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    return pd.DataFrame(
        {
            name: _series(list(column), kind)
            for (name, kind), column in zip(columns.items(), values, strict=True)
        }
    )


def _series(values: list[Any], kind: str) -> pd.Series:
    import pyarrow as pa

    # Arrow makes a column of times or texts ten times as fast as pandas does of Python's objects.
    arrow = {"str": pa.string(), _UTC: pa.timestamp("us", "UTC")}.get(kind)
    if arrow is None:
        return pd.Series(values, dtype=kind)
    try:
        column: pd.Series = pa.array(values, arrow).to_pandas().astype(kind)
        return column
    except pa.ArrowException:
        # Something that is neither: pandas is more forgiving.
        made = pd.to_datetime(values, utc=True) if kind == _UTC else values
        return pd.Series(made, dtype=kind)
