"""Finding calls in the list: filters, order and pages, over the frame that the log gives."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from interview_coach.language import N_

__all__ = ["ORDERS", "PAGE", "Wanted", "find"]

PAGE = 25
ORDERS = [
    (N_("Newest first"), "newest"),
    (N_("Oldest first"), "oldest"),
    (N_("By client"), "client_id"),
    (N_("By employer"), "employer"),
    (N_("By how it ended"), "state"),
]
_SEARCHED = ("client_id", "employer", "cohort", "coach", "notes", "reason")


@dataclass(frozen=True)
class Wanted:
    """What is looked for.

    Attributes
    ----------
    words : str
        All of them stand somewhere in client, employer, group, coach, notes or reason.
    state, cohort : str
        Only these; "" is all.
    since, until : date or None
        Days on the client's own clock, both included.
    order : str
        A value of `ORDERS`.
    """

    words: str = ""
    state: str = ""
    cohort: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    order: str = "newest"


def find(calls: pd.DataFrame, wanted: Wanted) -> pd.DataFrame:
    """Give the calls that are looked for, in their order.

    Parameters
    ----------
    calls : DataFrame
        As `OutcomeLog.calls` gives it, by scheduled start.
    wanted : Wanted
        What is looked for.
    """
    kept = pd.Series(True, index=calls.index)
    if wanted.state:
        kept &= calls["state"] == wanted.state
    if wanted.cohort:
        kept &= calls["cohort"] == wanted.cohort
    for word in wanted.words.casefold().split():
        found = pd.Series(False, index=calls.index)
        for name in _SEARCHED:
            texts = calls[name].fillna("").str.casefold()
            found |= texts.str.contains(word, regex=False)
        kept &= found
    if wanted.since is not None or wanted.until is not None:
        days = _days(calls)
        if wanted.since is not None:
            kept &= days >= pd.Timestamp(wanted.since)
        if wanted.until is not None:
            kept &= days <= pd.Timestamp(wanted.until)
    found_calls = calls[kept]
    if wanted.order == "oldest":
        return found_calls
    newest = found_calls.iloc[::-1]
    if wanted.order == "newest":
        return newest
    return newest.sort_values(wanted.order, kind="stable", na_position="last")


def _days(calls: pd.DataFrame) -> pd.Series:
    """Give the day of each call on its client's clock, as midnight without a zone."""
    days = pd.Series(pd.NaT, index=calls.index, dtype="datetime64[us]")
    for timezone, rows in calls.groupby("timezone", sort=False).groups.items():
        local = calls.loc[rows, "scheduled_at"].dt.tz_convert(str(timezone))
        days.loc[rows] = local.dt.tz_localize(None).dt.normalize()
    return days
