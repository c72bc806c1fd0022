"""Making all rates of one report safe for a funder, together."""

import pandas as pd

from interview_coach.measures import CATALOGUE
from interview_coach.measures.suppression import Nested, Protected, audit, protect_rates

__all__ = ["BEFORE", "COMPARED", "Rates", "hidden_for", "protected", "tells", "untold"]

# A measure and what it is grouped by ("all" for the whole), and its frame.
Rates = dict[tuple[str, str], pd.DataFrame]

BEFORE = " before"  # after the name of a measure: of the earlier period

# What is told of two periods or groups beside each other.
COMPARED = (
    "missed_call_rate",
    "reschedule_rate",
    "same_day_reconnection_rate",
    "recovery_rate",
)

# A report without its overall figures says little: many a detail is hidden before them. What stands
# below the line of the other rates is worth less: where a few calls are too young, it is what goes.
_WORTH = {
    CATALOGUE[name].above: worth
    for name, worth in (
        ("missed_call_rate", 40),
        ("reschedule_rate", 30),
        ("recovery_rate", 10),
        ("same_day_reconnection_rate", 10),
    )
} | {
    CATALOGUE[name].below: worth
    for name, worth in (
        ("missed_call_rate", 40),
        ("missed_call_rate_booked", 20),
        ("reschedule_rate", 30),
        ("recovery_rate", 10),
        ("same_day_reconnection_rate", 10),
    )
}


def protected(raw: Rates, nested: list[Nested]) -> tuple[Rates, Protected]:
    """Hide what must be hidden, and prove that it stays so.

    Parameters
    ----------
    raw : dict of (measure, grouping) to DataFrame
        All that one report prints, as the measures give it.
    nested : list of Nested
        Groups that are made of groups.

    Returns
    -------
    shown : the same, with `reason`; the numbers of hidden rows are missing, other columns left out
    found : Protected

    Raises
    ------
    KitError
        If somebody could work a hidden count out: the report must then not be published.
    """
    together = {
        by: pd.concat([frame for (_, where), frame in raw.items() if where == by])
        for by in dict.fromkeys(by for _, by in raw)
    }
    before = {
        name + BEFORE: (f"{CATALOGUE[name].above}{BEFORE}", f"{CATALOGUE[name].below}{BEFORE}")
        for name in COMPARED
    }
    missed = before["missed_call_rate" + BEFORE][0]
    found = protect_rates(
        together,
        counted=before,
        among=[(before[name + BEFORE][1], missed) for name in COMPARED[2:]],
        nested=nested,
        worth=_WORTH,
        drawn=True,
    )
    audit(found.protected).require()
    shown = {}
    for name, by in raw:
        frame = found.frames[by]
        rows = frame[frame["measure"] == name].reset_index(drop=True)
        shown[name, by] = rows if name == "funnel" else rows.drop(columns="step", errors="ignore")
    return shown, found.protected


def hidden_for(frame: pd.DataFrame, reason: str) -> pd.DataFrame:
    """Hide every row of a frame of rates, for a reason that is told."""
    blank = frame.assign(text=reason, reason=reason)
    for name in ("n", "N", "value", "low", "high"):
        blank[name] = pd.Series(pd.NA, index=frame.index, dtype="Float64")
    return blank


def tells(rates: Rates, by: str) -> bool:
    """Say whether anything is shown by a grouping. Where all is hidden, its names would say what there was."""
    frames = [frame for (_, where), frame in rates.items() if where == by and len(frame)]
    return not frames or any((one["reason"] == "").any() for one in frames)


def untold(rates: Rates) -> list[str]:
    """List the groupings of which nothing is shown, for all of it is hidden."""
    groupings = dict.fromkeys(by for _, by in rates if by not in ("all", "part"))
    return [by for by in groupings if not tells(rates, by)]
