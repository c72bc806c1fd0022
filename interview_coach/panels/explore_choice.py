"""What can be chosen to look at: measures, groupings and days, and the choice that is made of them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from interview_coach.language import N_, _
from interview_coach.measures import CATALOGUE, GROUPINGS, OF_THE_START, groupings_of
from interview_coach.measures.localtime import BOOKED
from interview_coach.times import date_in_full
from interview_coach.wording import first_upper

__all__ = [
    "MENU",
    "USUAL_DAYS",
    "WINDOWS",
    "Choice",
    "from_to",
    "groupings_for",
    "iso",
    "told_apart",
    "window_of",
]

USUAL_DAYS = 14
MENU = {
    N_("Missed calls"): ("missed_call_rate", "missed_call_rate_booked"),
    N_("Moves"): (
        "reschedule_rate",
        "reschedule_rate_proactive",
        "reschedule_rate_reactive",
        "moves_per_interview",
    ),
    N_("After a missed call"): (
        "first_message_delay",
        "same_day_reconnection_rate",
        "recovery_rate",
        "time_to_reconnection",
        "funnel",
    ),
    N_("Clients"): ("knowledge_rate", "career_outcomes_rate"),
}
WINDOWS = [
    (N_("Everything"), "all"),
    (N_("This year"), "year"),
    (N_("The last 12 months"), "months"),
    (N_("The last whole quarter"), "quarter"),
    (N_("Days of your own"), "own"),
]
# Only calls that were moved, rebooked or missed have something here; all others would be one group.
_OF_A_CALL = {"missed_by": "missed", "cause": "missed", "initiator": "moved"}


@dataclass(frozen=True)
class Choice:
    """What somebody wants to see: a measure, by what, over which days (`window`: a code of `WINDOWS`)."""

    measure: str = "missed_call_rate"
    by: str = "cohort"
    window: str = "all"
    start: dt.date | None = None
    end: dt.date | None = None
    days: int = USUAL_DAYS

    def kept(self) -> dict[str, Any]:
        """Give it as plain values, for `taken`."""
        return {**asdict(self), "start": iso(self.start), "end": iso(self.end)}

    @classmethod
    def taken(cls, kept: Mapping[str, Any]) -> "Choice":
        """Make the choice that was kept.

        Raises
        ------
        TypeError, ValueError, KeyError
            If it is none of this version's.
        """
        days = {
            name: dt.date.fromisoformat(kept[name]) if kept.get(name) else None
            for name in ("start", "end")
        }
        choice = cls(**{**kept, **days})
        if (choice.measure, choice.window) not in {
            (measure, window) for measure in CATALOGUE for _says, window in WINDOWS
        } or not isinstance(choice.days, int):
            raise ValueError("This choice was kept by another version.")
        return choice


def window_of(choice: Choice, today: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """Give the first and the last day of a choice's window, None where it is open.

    Raises
    ------
    KeyError
        If there is no such window.
    """
    if choice.window == "own":
        return choice.start, choice.end
    quarter = dt.date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    before = quarter - dt.timedelta(days=1)
    # A year ago, and the day after: 29 February has none of its own there.
    year_ago = dt.date(today.year - 1, today.month, min(today.day, 28 if today.month == 2 else 31))
    found: dict[str, tuple[dt.date | None, dt.date | None]] = {
        "all": (None, None),
        "year": (dt.date(today.year, 1, 1), dt.date(today.year, 12, 31)),
        "months": (year_ago + dt.timedelta(days=1), today),
        "quarter": (dt.date(before.year, before.month - 2, 1), before),
    }
    return found[choice.window]


def from_to(first: dt.date | None, last: dt.date | None) -> str:
    """Say a window of days: ``from 5 March 2026 to 31 March 2026``."""
    if first and first == last:
        return _("on {day}").format(day=date_in_full(first))
    if first and last:
        return _("from {first} to {last}").format(
            first=date_in_full(first), last=date_in_full(last)
        )
    if first:
        return _("from {day}").format(day=date_in_full(first))
    return _("up to {day}").format(day=date_in_full(last)) if last else ""


def iso(day: dt.date | None) -> str:
    """Write a day as the report takes it, "" for none."""
    return day.isoformat() if day else ""


def told_apart(frame: pd.DataFrame) -> list[str]:
    """Name what a frame of calls or clients has more than one value of."""
    # A call's place in its interview says more of the interview than of the call.
    return [
        name for name in groupings_of(frame) if name != "sequence" and _tells_apart(frame, name)
    ]


def _tells_apart(frame: pd.DataFrame, name: str) -> bool:
    if name == "lead_time":
        return bool(frame[BOOKED].notna().any())
    return name not in frame.columns or frame[name].nunique() > 1


def groupings_for(measure: str, names: list[str]) -> list[tuple[str, str]]:
    """Give those of the groupings that work for a measure, as (group and name, code)."""
    every = [(_("All together"), "")]
    if measure == "funnel":
        return every
    offered = [
        name
        for name in names
        if (name not in _OF_A_CALL or _splits(measure, name))
        and not (name in OF_THE_START and CATALOGUE[measure].unit == "curve")
    ]
    over_time = [name for name in offered if name in OF_THE_START]
    groups = [name for name in offered if name not in OF_THE_START]
    return [
        *(
            (_("Groups: {name}").format(name=first_upper(_(GROUPINGS[name]))), name)
            for name in groups
        ),
        *(
            (_("Time: {name}").format(name=first_upper(_(GROUPINGS[name]))), name)
            for name in over_time
        ),
        *every,
    ]


def _splits(measure: str, name: str) -> bool:
    """Say whether what only some calls have tells the cases of a measure apart."""
    if _OF_A_CALL[name] == "moved":
        return measure.startswith("reschedule_rate")
    return measure.startswith("missed_call_rate") or measure in MENU["After a missed call"]
