"""The days after a wait that ended without a talk: a new time, kept or missed, in closed form.

A new time is agreed the same day, or after an email the next day, or never; it may be missed; after
that one more may be agreed, and a third miss is a person's decision, not the kit's (K4). After a miss
of one's own goodwill depends on the apology, and on how long they heard nothing.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from interview_coach.comparing.assumptions import Assumptions
from interview_coach.comparing.policies import Plan

__all__ = ["Later", "later_of"]


@dataclass(frozen=True)
class Later:
    """What a policy meets on the days after, in probabilities, each for a goodwill of 1.

    Attributes
    ----------
    accept, next_day, again : float
        A new time the same day, after the email of the next day, after a second miss.
    in_touch : float
        A new time where both are in touch that day, and it is not the interview itself.
    delay : int
        Days until that email.
    miss, miss_again : float
        The new time is missed; the one after it.
    days : tuple of int
        Soonest and latest day of an appointment, from its agreement; all equally likely.
    pressing : float
        Share of the goodwill that each unanswered call after the first takes.
    regard : float
        The goodwill that is there before any pressing.
    """

    accept: float
    next_day: float
    delay: int
    again: float
    miss: float
    miss_again: float
    days: tuple[int, int]
    pressing: float
    in_touch: float = 1.0
    regard: float = 1.0

    def goodwill(self, unanswered: NDArray[np.int64] | int) -> NDArray[np.float64]:
        """Give what is left of the goodwill after so many unanswered calls."""
        left: NDArray[np.float64] = self.regard * (1 - self.pressing) ** np.maximum(
            0.0, np.asarray(unanswered, dtype=np.float64) - 1
        )
        return left

    def completed(self, goodwill: float, within: int) -> float:
        """Give the chance that the interview takes place within so many days, after no talk today."""
        today = self.accept * goodwill
        tomorrow = (1 - today) * self.next_day * goodwill
        parts = ((today, self._kept(within)), (tomorrow, self._kept(within - self.delay)))
        return sum(chance * (kept + moved * goodwill) for chance, (kept, moved) in parts)

    def rebooked(self, goodwill: Any, squared: Any, within: int) -> Any:
        """Give the same after being in touch, where the interview itself has to be on another day.

        Parameters
        ----------
        goodwill, squared : float or array of float
            The mean of the goodwill and of its square, each times the chance of being in touch so.
        within : int
            Days.
        """
        kept, moved = self._kept(within)
        return self.in_touch * (kept * goodwill + moved * squared)

    def _kept(self, day: int) -> tuple[float, float]:
        """Give the chance that a new time is kept by a day, and that the one after it is (for goodwill 1)."""
        if day < 0:
            return 0.0, 0.0
        low, high = self.days
        once = np.zeros(high + 1)
        once[low:] = 1 / (high - low + 1)
        kept = (1 - self.miss) * once[: day + 1].sum()
        moved = self.miss * self.again * (1 - self.miss_again)
        return float(kept), float(moved * np.convolve(once, once)[: day + 1].sum())


def later_of(assumptions: Assumptions, plan: Plan) -> Later:
    """Say what a policy meets on the days after, under the assumptions."""
    accept = assumptions.later("accept" if plan.tells else "unprompted")
    next_day = assumptions.later("next_day") if plan.next_day is not None else 0.0
    in_touch, regard = 1.0, 1.0
    if assumptions.moment == "you_missed_it":
        first = plan.first(("call", "leave_voicemail", "send_email"))
        hours = (plan.hold if first is None else first) / 60
        regard = float((1 - assumptions.later("silence")) ** hours)
        apologised = 1 - assumptions.later(plan.apology)
        if first is None:
            next_day *= apologised
        else:
            regard *= apologised
        in_touch = assumptions.later("forgiven")
    if plan.offers:
        # Of those who would not have agreed on a time, some do where times are named.
        brought = assumptions.later("times")
        in_touch = 1 - (1 - in_touch) * (1 - brought)
        accept = 1 - (1 - accept) * (1 - brought) if plan.tells else accept
    miss = assumptions.later("miss")
    if plan.confirms:
        miss *= 1 - assumptions.later("confirm")
    if plan.margins:
        miss *= 1 - assumptions.later("margins")
    return Later(
        accept=accept,
        next_day=next_day,
        delay=plan.next_day or 0,
        again=assumptions.later("again"),
        miss=miss,
        miss_again=miss * (1 - assumptions.later("swap")) if plan.swaps else miss,
        days=(int(assumptions.later("days_from")), int(assumptions.later("days_to"))),
        pressing=assumptions.later("pressing"),
        in_touch=in_touch,
        regard=regard,
    )
