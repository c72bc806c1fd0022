"""What came after a missed call in the same interview: another call, and a completed one."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from interview_coach.measures.engines import times
from interview_coach.measures.needing import need

__all__ = ["COMPLETED_AT", "interview_of", "rebooked", "recovered_at", "sequence_of"]

# In a frame that a window was cut out of: the start of the completed call after a missed one.
COMPLETED_AT = "completed_at"
_NEVER = np.datetime64("NaT", "us")


def interview_of(calls: pd.DataFrame) -> NDArray[np.int64]:
    """Give all calls of one interview of one coach the same number.

    A call that names no interview is one by itself.
    """
    need(calls, ["interview_id"])
    numbers, _ = pd.factorize(calls["interview_id"])
    numbers = numbers.astype(np.int64)
    unnamed = numbers < 0
    if "coach" in calls.columns:
        # Two coaches may use the same number for different interviews.
        coaches, names = pd.factorize(calls["coach"])
        numbers = numbers * (len(names) + 1) + coaches + 1
    numbers[unnamed] = numbers.max(initial=0) + 1 + np.arange(unnamed.sum())
    return pd.factorize(numbers)[0].astype(np.int64)


def sequence_of(calls: pd.DataFrame) -> NDArray[np.float64]:
    """Give which call of its interview each is; the first where that is not said."""
    need(calls, ["sequence"])
    return pd.to_numeric(calls["sequence"]).fillna(1).to_numpy(np.float64)


def rebooked(calls: pd.DataFrame) -> NDArray[np.bool_]:
    """Mark the missed calls that another call of the same interview followed."""
    need(calls, ["state"])
    missed = (calls["state"] == "missed").fillna(False).to_numpy(bool)
    if "rebooked" in calls.columns:
        # With a grace a call that was marked may not be missed any more.
        marked: NDArray[np.bool_] = missed & calls["rebooked"].to_numpy(bool)
        return marked
    need(calls, ["sequence"])
    if calls.empty:
        return np.zeros(0, dtype=bool)
    interview, sequence = interview_of(calls), sequence_of(calls)
    latest = np.full(interview.max() + 1, -np.inf)
    np.maximum.at(latest, interview, sequence)
    followed: NDArray[np.bool_] = missed & (sequence < latest[interview])
    return followed


def recovered_at(calls: pd.DataFrame) -> NDArray[np.datetime64]:
    """Give the start of the first completed call that followed each missed call of its interview.

    Returns
    -------
    array of datetime64[us]
        In UTC; NaT where the call was not missed, or no completed call followed.
    """
    if COMPLETED_AT in calls.columns:
        return times(calls, COMPLETED_AT)
    need(calls, ["state", "sequence", "scheduled_at"])
    found = np.full(len(calls), _NEVER)
    if calls.empty:
        return found
    # Only these two states matter here: the rest need not be sorted.
    state = calls["state"]
    missed = (state == "missed").fillna(False).to_numpy(bool)
    rows = np.flatnonzero(missed | (state == "completed").fillna(False).to_numpy(bool))
    interview, sequence = interview_of(calls)[rows], sequence_of(calls)[rows]
    starts = times(calls, "scheduled_at")
    # Two calls with one number: the completed one does not follow the other.
    order = np.lexsort((starts[rows], missed[rows], sequence, interview))
    rows, interview = rows[order], interview[order]
    # From the back: the place of the nearest completed call at or after each place.
    places = np.where(missed[rows], len(rows), np.arange(len(rows)))
    following = np.minimum.accumulate(places[::-1])[::-1]
    has = missed[rows] & (following < len(rows))
    has[has] = interview[following[has]] == interview[has]
    found[rows[has]] = starts[rows[following[has]]]
    return found
