"""All measures by name: what each counts, of which frame, in which words, and what can be asked of it."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from interview_coach.errors import KitError
from interview_coach.language import N_, _
from interview_coach.measures.careers import career_outcomes_rate, knowledge_rate
from interview_coach.measures.engines import Frame, columns_of
from interview_coach.measures.grouping import By
from interview_coach.measures.localtime import BOOKED, OF_THE_START
from interview_coach.measures.rates import (
    OF_A_MISS,
    OF_A_MOVE,
    missed_call_rate,
    moves_by_group,
    reschedule_rate,
)
from interview_coach.measures.recovery import (
    first_message_delay,
    funnel,
    recovery_rate,
    same_day_reconnection_rate,
)
from interview_coach.measures.survival import time_to_reconnection

__all__ = ["CATALOGUE", "GROUPINGS", "Measure", "groupings_of", "measured"]


@dataclass(frozen=True)
class Measure:
    """A measure, and its words for menus, headings and tables.

    Its texts are English; they are translated where they are shown.

    Attributes
    ----------
    count : callable
        Gives it of a frame of calls or clients.
    name : str
        What people call it.
    above, below : str
        What stands above and below the line, `n` and `N`. Measures that count the same thing share
        the words: that is how a report for a funder recognises that one gives another away.
    figure : str
        What `value` is, where it is not the share of the one in the other.
    unit : {"rate", "minutes", "curve", "mean"}
        What kind of number `value` is.
    of : {"calls", "clients"}
        Which frame it is counted in.
    splits : set of str
        Groupings by which only what is above the line is split, and below stands the same for all.
    fixed : tuple of (str, value)
        What is asked of `count`.
    """

    count: Callable[..., pd.DataFrame]
    name: str
    above: str
    below: str
    figure: str = ""
    unit: Literal["rate", "minutes", "curve", "mean"] = "rate"
    of: Literal["calls", "clients"] = "calls"
    splits: frozenset[str] = frozenset()
    fixed: tuple[tuple[str, Any], ...] = ()

    @property
    def says(self) -> str:
        """What it counts, in a line."""
        if self.figure:
            return _(self.figure)
        return _("{above}, of {below}").format(above=_(self.above), below=_(self.below))

    @property
    def options(self) -> frozenset[str]:
        """What can be asked beside the grouping: `days`, `as_of`, `start` and so on."""
        names = list(inspect.signature(self.count).parameters)[2:]
        return frozenset(names) - {name for name, __ in self.fixed}


_MISSED, _INTERVIEWS = N_("missed calls"), N_("interviews")

CATALOGUE: dict[str, Measure] = {
    "missed_call_rate": Measure(
        missed_call_rate,
        N_("Missed-call rate"),
        _MISSED,
        N_("calls completed or missed"),
        splits=OF_A_MISS,
        fixed=(("basis", "held"),),
    ),
    "missed_call_rate_booked": Measure(
        missed_call_rate,
        N_("Missed-call rate, booked basis"),
        _MISSED,
        N_("calls whose start has passed"),
        splits=OF_A_MISS,
        fixed=(("basis", "booked"),),
    ),
    "reschedule_rate": Measure(
        reschedule_rate,
        N_("Reschedule rate"),
        N_("interviews moved or rebooked at least once"),
        _INTERVIEWS,
        splits=OF_A_MOVE,
        fixed=(("kind", "any"),),
    ),
    "reschedule_rate_proactive": Measure(
        reschedule_rate,
        N_("Reschedule rate, before the start"),
        N_("interviews moved before the start"),
        _INTERVIEWS,
        splits=OF_A_MOVE,
        fixed=(("kind", "proactive"),),
    ),
    "reschedule_rate_reactive": Measure(
        reschedule_rate,
        N_("Reschedule rate, after a miss"),
        N_("interviews rebooked after a miss"),
        _INTERVIEWS,
        splits=OF_A_MOVE,
        fixed=(("kind", "reactive"),),
    ),
    "moves_per_interview": Measure(
        moves_by_group,
        N_("Moves per interview"),
        N_("moves and rebookings"),
        _INTERVIEWS,
        N_("moves and rebookings, for each interview"),
        unit="mean",
    ),
    "same_day_reconnection_rate": Measure(
        same_day_reconnection_rate,
        N_("Same-day reconnection rate"),
        N_("missed calls where both spoke within the window"),
        N_("missed calls without a talk before the start"),
    ),
    "recovery_rate": Measure(
        recovery_rate,
        N_("Recovery rate"),
        N_("missed calls that a completed call followed within some days"),
        N_("missed calls with so many days elapsed"),
    ),
    "time_to_reconnection": Measure(
        time_to_reconnection,
        N_("Time to reconnection"),
        N_("missed calls not yet completed"),
        N_("missed calls with dates that can be relied on"),
        N_("share of missed calls not yet completed"),
        unit="curve",
    ),
    "first_message_delay": Measure(
        first_message_delay,
        N_("First-message delay"),
        N_("missed calls with a first message"),
        N_("missed calls without a message before the start"),
        N_("minutes from the start to the first message"),
        unit="minutes",
    ),
    "funnel": Measure(
        funnel,
        N_("What came of missed calls"),
        N_("missed calls that came as far as the step"),
        N_("missed calls that can be followed"),
        N_("how far missed calls came"),
    ),
    "knowledge_rate": Measure(
        knowledge_rate,
        N_("Knowledge rate"),
        N_("clients with a known outcome"),
        N_("clients"),
        of="clients",
    ),
    "career_outcomes_rate": Measure(
        career_outcomes_rate,
        N_("Career outcomes rate"),
        N_("clients in work, service, forces or education"),
        N_("clients known to have sought one"),
        of="clients",
    ),
}

# What people call the columns that are worth grouping by, and what follows from the scheduled start.
GROUPINGS: dict[str, str] = {
    "cohort": N_("cohort"),
    "coach": N_("coach"),
    "channel": N_("channel"),
    "caller": N_("who was to call"),
    "missed_by": N_("who missed it"),
    "cause": N_("cause"),
    "initiator": N_("who asked for the move"),
    "employer": N_("employer"),
    "employer_type": N_("employer type"),
    "round": N_("round of interviews"),
    "sequence": N_("which call of the interview"),
    "timezone": N_("time zone"),
    "month": N_("month"),
    "quarter": N_("quarter"),
    "week": N_("week"),
    "hour": N_("hour of the day"),
    "lead_time": N_("days from booking to the call"),
}


def groupings_of(frame: Frame) -> dict[str, str]:
    """Give those of `GROUPINGS` that a frame of calls or clients can be grouped by."""
    there = set(columns_of(frame))
    dated = {"scheduled_at", "timezone"} <= there
    follows = {name for name in OF_THE_START if name != "lead_time" or BOOKED in there}
    return {
        name: says
        for name, says in GROUPINGS.items()
        if name in there or (dated and name in follows)
    }


def measured(name: str, frame: Frame, by: By = None, **options: Any) -> pd.DataFrame:
    """Give a measure by its name.

    Parameters
    ----------
    name : str
        A key of `CATALOGUE`.
    frame : frame
        Calls, or clients where the measure is of them.
    by : str or sequence of str, optional
        What to group by.
    **options
        Those of `Measure.options`.

    Returns
    -------
    DataFrame
        As the measure gives it.

    Raises
    ------
    KitError
        If there is no such measure, or it has no such option.
    """
    if name not in CATALOGUE:
        raise KitError(
            _("There is no measure {name}; there are: {known}.").format(
                name=repr(name[:60]), known=", ".join(CATALOGUE)
            )
        )
    entry = CATALOGUE[name]
    strange = sorted(set(options) - entry.options)
    if strange:
        raise KitError(
            _("The measure {name} has no option {strange}; it has: {known}.").format(
                name=name, strange=repr(strange[0]), known=", ".join(sorted(entry.options))
            )
        )
    return entry.count(frame, by, **dict(entry.fixed), **options)
