"""What a coach's own log says of the assumptions: the causes and the delays, with the prior beside them.

The mix of causes has a Dirichlet prior, the lateness of those who become free a Gamma prior on its
rate; both are conjugate, so what is learnt is a sum. A frame of calls comes in, no log is opened.
"""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from interview_coach.comparing.assumptions import Assumptions
from interview_coach.comparing.days import Floats

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ENOUGH", "PRIOR_CASES", "Delay", "Learnt", "Share", "learn"]

ENOUGH = 30
"""Cases below which the assumptions stay what they are."""

PRIOR_CASES = 10
"""Cases that the assumed values weigh as much as (assumed)."""

_DRAWS = 4000
_MISSED_BY = {"interviewer": "interviewer_no_call", "candidate": "interviewer_no_answer"}


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
    """

    assumptions: Assumptions
    cases: int
    left_out: int
    mix: tuple[Share, ...]
    delays: tuple[Delay, ...]
    draws: Floats = field(repr=False)

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
        (UTC), as the log gives them. Missed telephone calls count that the interviewer was to place
        (or to answer, where the scenario is one in which the candidate calls).
    """
    scenario = assumptions.base
    kind = (
        (calls["state"] == "missed")
        & (calls["missed_by"] == _MISSED_BY[scenario.caller])
        & (calls["caller"] == scenario.caller)
        & (calls["channel"] == scenario.channel)
    )
    missed = calls[kind.fillna(False).astype(bool)]
    codes = list(assumptions.causes.numbers)
    seen = missed["cause"].value_counts()
    counts = np.array([int(seen.get(code, 0)) for code in codes])
    cases = int(counts.sum())
    weights = np.array([assumptions.values[f"{code}.weight"] for code in codes])
    prior = weights / weights.sum()
    draws, mix = _mix(codes, prior, counts)
    delays, spans = _delays(assumptions, missed)
    new: dict[str, float] = {}
    if cases >= ENOUGH:
        new = {f"{share.cause}.weight": share.value for share in mix} | spans
    learnt = replace(assumptions.having(new), cases=cases if cases >= ENOUGH else 0)
    return Learnt(learnt, cases, len(missed) - cases, mix, delays, draws)


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
) -> tuple[tuple[Delay, ...], dict[str, float]]:
    """Learn the mean lateness of each cause that has one; spans only of those seen often enough."""
    found, spans = [], dict[str, float]()
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
            # Within the story: who is there at its first decision would have rung before.
            first, last = assumptions.base.opens + 1, assumptions.base.length
            for end, minute in (("from", low), ("to", high)):
                spans[f"{code}.free_{end}"] = min(last, max(first, round(minute * mean / prior)))
    return tuple(found), spans
