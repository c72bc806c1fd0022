"""What cannot be, counted: a reconnection before the miss, a completed call that lies ahead."""

from datetime import datetime

import numpy as np
import pandas as pd

from interview_coach.language import N_
from interview_coach.measures.counting import as_of_or_now
from interview_coach.measures.engines import Frame, times
from interview_coach.measures.following import recovered_at
from interview_coach.measures.grouping import Day, read, within
from interview_coach.measures.localtime import BOOKED
from interview_coach.measures.needing import need

__all__ = ["impossible"]

_COLUMNS = ("coach", "interview_id", "sequence", "state", "scheduled_at", "date_doubt")
_LATER = {
    "first_message_at": N_("first message before the scheduled start"),
    "reconnected_at": N_("reconnected before the scheduled start"),
    "window_until": N_("availability ended before the scheduled start"),
}


def impossible(
    calls: Frame, *, as_of: datetime | None = None, start: Day = None, end: Day = None
) -> pd.DataFrame:
    """Count what cannot be in a frame of calls, so that it is shown and not dropped in silence.

    Parameters
    ----------
    calls : frame
        One row a call; what it has no columns for is not looked for.
    as_of : datetime, optional
        The day of the report; the clock if left out.
    start, end : str (2026-01-31) or date, optional
        First and last day of the window; open where left out.

    Returns
    -------
    DataFrame
        `check, n, N`: what cannot be, the calls of which it is so, and the calls that it could be
        true of. Every check is there, with 0 where all is well.

    Raises
    ------
    KitError
        If `state` or `scheduled_at` is not there.
    """
    rows = read(calls, [*_COLUMNS, *_LATER, BOOKED], None, start, end, fold=False)
    need(rows, ["state", "scheduled_at"])
    begin, state = times(rows, "scheduled_at"), rows["state"]
    missed = (state == "missed").fillna(False).to_numpy(bool)
    held = missed | (state == "completed").fillna(False).to_numpy(bool)
    inside = within(rows, start, end)
    here = np.ones(len(rows), dtype=bool) if inside is None else inside
    found = [(N_("no scheduled start"), np.isnat(begin), here)]
    if "date_doubt" in rows.columns:
        found.append((N_("date in doubt"), rows["date_doubt"].notna().to_numpy(bool), here))
    found.append(
        (N_("completed or missed, with a start still to come"), begin > as_of_or_now(as_of), held)
    )
    for column, says in _LATER.items():
        if column in rows.columns:
            moment = times(rows, column)
            found.append((says, moment < begin, ~np.isnat(moment)))
    if BOOKED in rows.columns:
        booked = times(rows, BOOKED)
        found.append((N_("booked after the scheduled start"), booked > begin, ~np.isnat(booked)))
    if {"interview_id", "sequence"} <= set(rows.columns):
        completed = recovered_at(rows)
        found.append(
            (
                N_("completed before the missed call that it follows"),
                completed < begin,
                ~np.isnat(completed),
            )
        )
    return pd.DataFrame(
        {
            "check": pd.Series([says for says, _, _ in found], dtype="str"),
            "n": [int((wrong & of & here).sum()) for _, wrong, of in found],
            "N": [int((of & here).sum()) for _, _, of in found],
        }
    )
