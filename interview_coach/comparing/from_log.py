"""What a coach's own log says of the assumptions: the causes and the delays, with the prior beside them.

The mix of causes has a Dirichlet prior, the lateness of those who become free a Gamma prior on its
rate; both are conjugate, so what is learnt is a sum. A frame of calls comes in, no log is opened.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from interview_coach.comparing.assumptions import Assumptions
from interview_coach.comparing.days import Floats

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ENOUGH", "PRIOR_CASES", "Delay", "Late", "Learnt", "Share", "learn"]

ENOUGH = 30
"""Cases below which the assumptions stay what they are."""

PRIOR_CASES = 10
"""Cases that the assumed values weigh as much as (assumed)."""

_DRAWS = 4000


@dataclass(frozen=True)
class Share:
    """How often a cause is the reason: assumed, counted, and both together with a 95% interval."""

    cause: str
    prior: float
    n: int
    N: int
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Delay:
    """Minutes until they could be reached, on average: assumed, seen in `n` cases, both together."""

    cause: str
    prior: float
    n: int
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Late:
    """How late a cause makes them, as the log leaves it: draws of the mean, and the span it stretches.

    `low` and `high` are the assumed earliest and latest minutes, whose middle is `prior`.
    """

    times: Floats
    low: float
    high: float

    def spans(self, assumptions: Assumptions, code: str, time: float) -> dict[str, float]:
        """Give the earliest and the latest minute at which they can be reached, for a mean time."""
        # Within the story: who is there at its first decision would have rung before.
        first, last = assumptions.base.opens + 1, assumptions.base.length
        factor = 2 * time / (self.low + self.high)
        return {
            f"{code}.free_{end}": min(last, max(first, round(minute * factor)))
            for end, minute in (("from", self.low), ("to", self.high))
        }


@dataclass(frozen=True)
class Learnt:
    """What a log says.

    Attributes
    ----------
    assumptions : Assumptions
        With what the log says laid in; as they were where it holds too few cases.
    cases : int
        Missed calls whose cause is known and is one of this call's.
    left_out : int
        Missed calls of this kind whose cause is not known, or is none of this call's.
    mix, delays : tuple
        What each cause and lateness comes to; shown even where it is not used.
    draws : array of float, (draws, causes)
        Mixes drawn from the posterior, for the uncertainty of what is calculated with it.
    late : mapping of str to Late
        The same for each cause whose lateness the log tells.
    tells : bool
        Whether a log can tell this at all: after a miss of the candidate's own it holds the reason, and
        not where the interviewer was by then.
    """

    assumptions: Assumptions
    cases: int
    left_out: int
    mix: tuple[Share, ...]
    delays: tuple[Delay, ...]
    draws: Floats = field(repr=False)
    late: Mapping[str, Late] = field(default_factory=dict, repr=False)
    tells: bool = True

    @property
    def enough(self) -> bool:
        """Whether the log holds enough cases to stand in for the assumed mix."""
        return self.cases >= ENOUGH


def learn(assumptions: Assumptions, calls: "pd.DataFrame") -> Learnt:
    """Update the assumptions with the calls of a log.

    Parameters
    ----------
    assumptions : Assumptions
    calls : DataFrame
        With `state`, `missed_by`, `caller`, `channel`, `cause`, `scheduled_at` and `reconnected_at`
        (UTC), as the log gives them. Missed calls count that are of the scenario's channel, were to be
        placed by the same side, and were missed by the same.
    """
    scenario = assumptions.base
    missed_by = "interviewer_no_answer" if scenario.caller == "candidate" else "interviewer_no_call"
    kind = (
        (calls["state"] == "missed")
        & (calls["missed_by"] == ("candidate" if scenario.missed_by == "candidate" else missed_by))
        & (calls["caller"] == scenario.caller)
        & (calls["channel"] == scenario.channel)
    )
    missed = calls[kind.fillna(False).astype(bool)]
    codes = list(assumptions.causes.numbers)
    if any(cause.key for cause in scenario.cause):
        nothing = np.ones((1, len(codes)))
        return Learnt(assumptions, 0, len(missed), (), (), nothing, tells=False)
    seen = missed["cause"].value_counts()
    counts = np.array([int(seen.get(code, 0)) for code in codes])
    cases = int(counts.sum())
    weights = np.array([assumptions.values[f"{code}.weight"] for code in codes])
    prior = weights / weights.sum()
    draws, mix = _mix(codes, prior, counts)
    delays, late = _delays(assumptions, missed)
    new: dict[str, float] = {}
    if cases >= ENOUGH:
        new = {f"{share.cause}.weight": share.value for share in mix}
        for delay in delays:
            if delay.cause in late:
                new |= late[delay.cause].spans(assumptions, delay.cause, delay.value)
    learnt = replace(assumptions.having(new), cases=cases if cases >= ENOUGH else 0)
    return Learnt(learnt, cases, len(missed) - cases, mix, delays, draws, late)


def _mix(codes: list[str], prior: Floats, counts: Floats) -> tuple[Floats, tuple[Share, ...]]:
    total = int(counts.sum())
    after = PRIOR_CASES * prior + counts
    # A cause that is assumed away and never seen has no share to draw.
    alive = after > 0
    draws = np.zeros((_DRAWS, len(codes)))
    draws[:, alive] = np.random.default_rng(0).dirichlet(after[alive], _DRAWS)
    low, high = np.quantile(draws, [0.025, 0.975], axis=0)
    means = after / after.sum()
    shares = tuple(
        Share(code, float(p), int(n), total, float(m), float(lo), float(hi))
        for code, p, n, m, lo, hi in zip(codes, prior, counts, means, low, high, strict=True)
    )
    return draws, shares


def _delays(
    assumptions: Assumptions, missed: "pd.DataFrame"
) -> tuple[tuple[Delay, ...], dict[str, Late]]:
    """Learn the mean lateness of each cause that has one; used only of those seen often enough."""
    found, used = [], dict[str, Late]()
    late = (missed["reconnected_at"] - missed["scheduled_at"]).dt.total_seconds() / 60
    random = np.random.default_rng(1)
    for code, numbers in assumptions.causes.numbers.items():
        low = assumptions.values.get(f"{code}.free_from", 0.0)
        high = assumptions.values.get(f"{code}.free_to", 0.0)
        if "free_from" not in numbers or low == high:
            continue
        own = late[(missed["cause"] == code).fillna(False).astype(bool)]
        own = own[(own > 0) & (own <= assumptions.base.length)]
        n, prior = len(own), (low + high) / 2
        # A rate with prior Gamma(K + 1, K * prior): its mean time is `prior`, with K cases' weight.
        shape, total = PRIOR_CASES + 1 + n, PRIOR_CASES * prior + float(own.sum())
        times = total / random.gamma(shape, size=_DRAWS)
        mean = total / (shape - 1)
        ends = np.quantile(times, [0.025, 0.975])
        found.append(Delay(code, prior, n, mean, float(ends[0]), float(ends[1])))
        if n >= ENOUGH:
            used[code] = Late(times, low, high)
    return tuple(found), used
