"""The days after a wait that ended without a talk: a new time, kept or missed, in closed form.

A new time is agreed the same day, or after an email the next day, or never; it may be missed; after
that one more may be agreed, and a third miss is a person's decision, not the kit's (K4).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from interview_coach.comparing.assumptions import Assumptions
from interview_coach.comparing.policies import Plan

__all__ = ["Later", "later_of"]


@dataclass(frozen=True)
class Later:
    """What a policy meets on the days after, in probabilities; goodwill is 1 before any pressing.

    Attributes
    ----------
    accept, next_day, again : float
        A new time the same day, after the email of the next day, after a second miss.
    delay : int
        Days until that email.
    miss, miss_again : float
        The new time is missed; the one after it.
    days : tuple of int
        Soonest and latest day of an appointment, from its agreement; all equally likely.
    pressing : float
        Share of the goodwill that each unanswered call after the first takes.
    """

    accept: float
    next_day: float
    delay: int
    again: float
    miss: float
    miss_again: float
    days: tuple[int, int]
    pressing: float

    def goodwill(self, unanswered: NDArray[np.int64] | int) -> NDArray[np.float64]:
        """Give what is left of the goodwill after so many unanswered calls."""
        left: NDArray[np.float64] = (1 - self.pressing) ** np.maximum(
            0.0, np.asarray(unanswered, dtype=np.float64) - 1
        )
        return left

    def completed(self, goodwill: float, within: int) -> float:
        """Give the chance that the interview takes place within so many days, after no talk today."""
        low, high = self.days
        once = np.zeros(high + 1)
        once[low:] = 1 / (high - low + 1)
        twice = np.convolve(once, once)

        def by(day: int) -> float:
            if day < 0:
                return 0.0
            kept = (1 - self.miss) * once[: day + 1].sum()
            moved = self.miss * self.again * goodwill * (1 - self.miss_again)
            return float(kept + moved * twice[: day + 1].sum())

        today = self.accept * goodwill
        tomorrow = (1 - today) * self.next_day * goodwill
        return today * by(within) + tomorrow * by(within - self.delay)


def later_of(assumptions: Assumptions, plan: Plan) -> Later:
    """Say what a policy meets on the days after, under the assumptions."""
    miss = assumptions.later("miss")
    if plan.confirms:
        miss *= 1 - assumptions.later("confirm")
    return Later(
        accept=assumptions.later("accept" if plan.tells else "unprompted"),
        next_day=assumptions.later("next_day") if plan.next_day is not None else 0.0,
        delay=plan.next_day or 0,
        again=assumptions.later("again"),
        miss=miss,
        miss_again=miss * (1 - assumptions.later("swap")) if plan.swaps else miss,
        days=(int(assumptions.later("days_from")), int(assumptions.later("days_to"))),
        pressing=assumptions.later("pressing"),
    )
