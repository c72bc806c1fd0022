"""What a batch of runs adds up, and the figures and intervals that its sums give."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from interview_coach.comparing.exact import Answer, Figure
from interview_coach.comparing.later import Later
from interview_coach.comparing.policies import Plan

__all__ = ["Batch", "Met", "Sums", "Z", "batch_of"]

Z = 1.959964
"""Two-sided 95% of the normal distribution."""

Sums = NDArray[np.float64]


@dataclass(frozen=True)
class Batch:
    """What came of a batch of runs.

    Attributes
    ----------
    runs : int
        Interviews simulated for each policy; fewer than asked for when it was stopped or sure enough.
    answers : mapping of str to Answer
        By policy, each figure with its 95% interval.
    differences : mapping of str to mapping of str to Figure
        By policy: what it gives beyond the first policy in the same runs (`connected`, `completed`,
        `waiting_minutes`), with its 95% interval.
    waited : mapping of str to array of int
        By policy: how many runs waited 0, 1, 2 ... minutes.
    stopped : bool
        Whether it was stopped by hand.
    """

    runs: int
    answers: Mapping[str, Answer]
    differences: Mapping[str, Mapping[str, Figure]]
    waited: Mapping[str, NDArray[np.int64]]
    stopped: bool = False


@dataclass(frozen=True)
class Met:
    """A policy and where its sums stand in the array of all sums.

    `under` says what it does under each cause, and what follows on the days after. Its sums: runs by
    minutes waited; connected; completed; calls made, by their number; those of them that were not
    answered; then against the first policy the sum and the square sum of the differences in
    `connected`, `completed` and `waiting_minutes`. All of them are whole numbers, so that their order
    changes nothing.
    """

    under: Mapping[str, tuple[Plan, Later]]
    at: int
    minutes: int

    @cached_property
    def plans(self) -> list[Plan]:
        """What it does, under one cause after another."""
        return [plan for plan, _ in self.under.values()]

    @cached_property
    def calls(self) -> int:
        """How many calls it makes at most."""
        return max(len(plan.calls) for plan in self.plans)

    @property
    def size(self) -> int:
        """How many sums it has."""
        return self.minutes + 2 + 2 * self.calls + 6

    @property
    def end(self) -> int:
        """Where the sums of the next policy begin."""
        return self.at + self.size


def batch_of(
    names: Sequence[str], met: Sequence[Met], sums: Sums, runs: int, attempts: int, stopped: bool
) -> Batch:
    """Turn the sums of all policies into figures; `attempts` are the calls made before the story."""
    answers, differences, waited = {}, {}, {}
    for name, one in zip(names, met, strict=True):
        own = sums[one.at : one.end]
        counts, calls = own[: one.minutes], one.calls
        made, vain = own[one.minutes + 2 :][:calls], own[one.minutes + 2 + calls :][:calls]
        minutes = np.arange(one.minutes)
        later = next(iter(one.under.values()))[1]
        left = later.goodwill(attempts + np.arange(calls + 1))
        nth = np.arange(calls)
        answers[name] = Answer(
            connected=_share(own[one.minutes], runs),
            completed=_share(own[one.minutes + 1], runs),
            waiting_minutes=_mean(float(counts @ minutes), float(counts @ minutes**2), runs),
            # Who makes the third call has made two before: so the moments from the counts.
            calls=_mean(float(made.sum()), float((2 * nth + 1) @ made), runs),
            goodwill=_mean(
                float(left[0] * runs + np.diff(left) @ vain),
                float(left[0] ** 2 * runs + np.diff(left**2) @ vain),
                runs,
            ),
            runs=runs,
        )
        waited[name] = counts[: max(plan.hold for plan in one.plans) + 1].astype(np.int64)
        if one is not met[0]:
            pairs = own[-6:].reshape(3, 2)
            figures = ("connected", "completed", "waiting_minutes")
            differences[name] = {
                key: _mean(total, squares, runs)
                for key, (total, squares) in zip(figures, pairs, strict=True)
            }
    return Batch(runs, answers, differences, waited, stopped)


def _share(count: float, runs: int) -> Figure:
    from interview_coach.measures.intervals import wilson

    low, high = wilson(count, runs)
    return Figure(float(count / runs), float(low), float(high))


def _mean(total: float, squares: float, runs: int) -> Figure:
    """Give a mean and its 95% interval from a sum and a sum of squares."""
    mean = total / runs
    spread = max(0.0, squares / runs - mean**2)
    half = Z * math.sqrt(spread / max(1, runs - 1))
    return Figure(float(mean), float(mean - half), float(mean + half))
