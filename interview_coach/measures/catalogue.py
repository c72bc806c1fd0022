"""All measures by name: what each counts, of which frame, and what can be asked of it."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from interview_coach.errors import KitError
from interview_coach.measures.careers import career_outcomes_rate, knowledge_rate
from interview_coach.measures.engines import Frame
from interview_coach.measures.grouping import By
from interview_coach.measures.rates import missed_call_rate, moves_by_group, reschedule_rate
from interview_coach.measures.recovery import (
    first_message_delay,
    funnel,
    recovery_rate,
    same_day_reconnection_rate,
)
from interview_coach.measures.survival import time_to_reconnection

__all__ = ["CATALOGUE", "Measure", "measured"]


@dataclass(frozen=True)
class Measure:
    """A measure: `says` what it counts, `of` calls or clients, and how (`unit`)."""

    count: Callable[..., pd.DataFrame]
    says: str
    unit: Literal["rate", "minutes", "curve", "mean"] = "rate"
    of: Literal["calls", "clients"] = "calls"
    fixed: tuple[tuple[str, Any], ...] = ()

    @property
    def options(self) -> frozenset[str]:
        """What can be asked beside the grouping: `days`, `as_of`, `start` and so on."""
        names = list(inspect.signature(self.count).parameters)[2:]
        return frozenset(names) - {name for name, _ in self.fixed}


CATALOGUE: dict[str, Measure] = {
    "missed_call_rate": Measure(
        missed_call_rate, "missed calls, of those completed or missed", fixed=(("basis", "held"),)
    ),
    "missed_call_rate_booked": Measure(
        missed_call_rate,
        "missed calls, of all whose start has passed",
        fixed=(("basis", "booked"),),
    ),
    "reschedule_rate": Measure(
        reschedule_rate, "interviews moved or rebooked at least once", fixed=(("kind", "any"),)
    ),
    "reschedule_rate_proactive": Measure(
        reschedule_rate, "interviews moved before the start", fixed=(("kind", "proactive"),)
    ),
    "reschedule_rate_reactive": Measure(
        reschedule_rate, "interviews rebooked after a miss", fixed=(("kind", "reactive"),)
    ),
    "moves_per_interview": Measure(
        moves_by_group, "moves and rebookings, for each interview", unit="mean"
    ),
    "same_day_reconnection_rate": Measure(
        same_day_reconnection_rate, "missed calls where both spoke within the window"
    ),
    "recovery_rate": Measure(
        recovery_rate, "missed calls that a completed call followed within some days"
    ),
    "time_to_reconnection": Measure(
        time_to_reconnection, "share of missed calls not yet completed", unit="curve"
    ),
    "first_message_delay": Measure(
        first_message_delay, "minutes from the start to the first message", unit="minutes"
    ),
    "funnel": Measure(funnel, "how far missed calls came"),
    "knowledge_rate": Measure(knowledge_rate, "clients with a known outcome", of="clients"),
    "career_outcomes_rate": Measure(
        career_outcomes_rate,
        "clients in work, service, forces or education, of those known who sought one",
        of="clients",
    ),
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
        raise KitError(f"There is no measure {name[:60]!r}; there are: {', '.join(CATALOGUE)}.")
    entry = CATALOGUE[name]
    strange = sorted(set(options) - entry.options)
    if strange:
        raise KitError(
            f"The measure {name} has no option {strange[0]!r}; it has: "
            f"{', '.join(sorted(entry.options))}."
        )
    return entry.count(frame, by, **dict(entry.fixed), **options)
