"""Many simulated interviews at once: the same world as the engine's, drawn in chunks.

It needs no formula for a policy's curve, so it checks the exact answer, and shows how single stories
scatter. All policies meet the same draws (common random numbers): what differs between two of them is
then the policies and not the luck. Memory stays that of one chunk, however many runs there are.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from interview_coach.comparing.assumptions import Assumptions
from interview_coach.comparing.days import MESSAGES, Block, Day, Ring
from interview_coach.comparing.exact import WITHIN, Answer, Figure, world
from interview_coach.comparing.later import Later, later_of
from interview_coach.comparing.policies import Plan
from interview_coach.errors import KitError

__all__ = ["CHUNK", "MOST", "Batch", "foretold", "simulate"]

CHUNK = 1 << 16
"""Runs drawn at a time: so few that their arrays stay in the processor's cache."""

MOST = 100_000_000_000
"""Runs that are accepted at most; a billion takes minutes."""

_Z = 1.959964  # two-sided 95% of the normal distribution
_NEVER = np.float32(1e6)
_FEWEST = 5 * CHUNK  # runs before an interval is trusted to stop by
_DRAWS_LATER = 7

Draws = NDArray[np.float32]
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


def simulate(
    assumptions: Assumptions,
    plans: Mapping[str, Plan],
    runs: int,
    seed: int = 0,
    within: int = WITHIN,
    narrow: float | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Batch:
    """Simulate interviews under each of some policies.

    Parameters
    ----------
    assumptions : Assumptions
    plans : mapping of str to Plan
        The policies on the clock, by name; the first is what the others are compared with.
    runs : int
        Interviews for each policy, 1 or more.
    seed : int
        The same seed, policies and assumptions give the same figures.
    within : int
        Days within which an interview counts as completed.
    narrow : float, optional
        Stop before when the intervals of `connected` and `completed` reach no further than this to
        either side.
    progress : callable, optional
        Told, after each chunk, how many runs are done, and of how many. A `KeyboardInterrupt` stops
        the batch, which keeps what it has.

    Raises
    ------
    KitError
        If the runs, the seed, the days or the width asked for are not possible.
    """
    if not 1 <= runs <= MOST:
        raise KitError(f"{runs:,} runs are not possible; give a number from 1 to {MOST:,}.")
    if seed < 0 or within < 0:
        raise KitError(f"Seed {seed}, within {within} days: both have to be 0 or more.")
    if narrow is not None and not narrow > 0:
        raise KitError(f"An interval of {narrow} to either side is not possible; use more than 0.")
    day = world(assumptions)
    chunks = _Chunks(day, list(plans.values()), assumptions, within, seed)
    sums, done, stopped = chunks.none, 0, False
    try:
        while done < runs:
            size = min(CHUNK, runs - done)
            # Both at once: who stops it in between must not find one without the other.
            sums, done = sums + chunks.drawn(size), done + size
            if progress is not None:
                progress(done, runs)
            if narrow is not None and done >= _FEWEST and chunks.reach(sums, done) <= narrow:
                break
    except KeyboardInterrupt:
        stopped = True
    if done == 0:
        raise KitError("It was stopped before any run was done; there is nothing to show.")
    return chunks.batch(list(plans), sums, done, stopped)


def foretold(assumptions: Assumptions, plans: Mapping[str, Plan], runs: int) -> tuple[float, float]:
    """Say what so many runs will take: seconds, by trying a few, and megabytes beside the program.

    Raises
    ------
    KeyboardInterrupt
        If it is stopped meanwhile.
    """
    for size in (CHUNK, 4 * CHUNK):  # the first one also loads what it needs
        begun = perf_counter()
        if simulate(assumptions, plans, size).stopped:
            raise KeyboardInterrupt
        seconds = (perf_counter() - begun) * runs / size
    # Some forty arrays of four bytes, and five for each policy, whatever the number of runs.
    return seconds, (40 + 5 * len(plans)) * 4 * CHUNK / 1e6


@dataclass(frozen=True)
class _Met:
    """A policy and where its sums stand in the array of all sums.

    `under` says what it does under each cause, and what follows on the days after. Its sums: runs by minutes waited; connected; completed; calls made, by their number; those of them that
    were not answered; then against the first policy the sum and the square sum of the differences
    in `connected`, `completed` and `waiting_minutes`.
    """

    under: Mapping[str, tuple[Plan, Later]]
    at: int
    minutes: int

    @cached_property
    def plans(self) -> list[Plan]:
        return [plan for plan, _ in self.under.values()]

    @cached_property
    def calls(self) -> int:
        """How many calls it makes at most."""
        return max(len(plan.calls) for plan in self.plans)

    @property
    def size(self) -> int:
        return self.minutes + 2 + 2 * self.calls + 6

    @property
    def end(self) -> int:
        return self.at + self.size


class _Chunks:
    """Draws chunks of runs and adds up what they come to."""

    def __init__(
        self,
        day: Day,
        plans: Sequence[Plan],
        assumptions: Assumptions,
        within: int,
        seed: int,
    ) -> None:
        self.day, self.within = day, within
        self.random = np.random.Generator(np.random.SFC64(seed))
        self.met: list[_Met] = []
        for plan in plans:
            at = self.met[-1].end if self.met else 0
            under = {}
            for block in day.blocks:
                branch = plan.under(block.code)
                under[block.code] = (branch, later_of(assumptions, branch))
            self.met.append(_Met(under, at, day.length + 1))
        # What no policy asks for is not drawn.
        self.messages = [
            key
            for key, verbs in MESSAGES.items()
            if any(plan.first(verbs) is not None for met in self.met for plan in met.plans)
        ]
        self.tries = max(met.calls for met in self.met)
        self.talks = np.empty((len(plans), CHUNK), dtype=np.float32)

    @cached_property
    def none(self) -> Sums:
        return np.zeros(self.met[-1].end)

    def drawn(self, size: int) -> Sums:
        """Simulate so many runs under every policy."""
        sums = np.zeros(len(self.none))
        talks, at = self.talks[:, :size], 0
        # How many runs fall to each cause is drawn first, so that each draws only what it needs.
        counts = self.random.multinomial(size, [block.share for block in self.day.blocks])
        for block, count in zip(self.day.blocks, counts.tolist(), strict=True):
            if count:
                self._meet(block, talks[:, at : at + count], sums)
                self._after(block, talks[:, at : at + count], sums)
            at += count
        return sums

    def _meet(self, block: Block, talks: Draws, sums: Sums) -> None:
        """Let every policy meet the same worlds of a cause; `talks` takes the minutes of contact."""
        count = talks.shape[1]
        free: Draws | np.float32 = _NEVER
        if block.free_low is not None:
            free = np.float32(block.free_low)
            if block.free_high > block.free_low:
                free = self._minutes(count, block.free_low, block.free_high)
        alone: Draws | np.float32 = _NEVER
        delays: dict[str, list[Draws]] = {}
        for ring in block.rings:
            if ring.base in ("start", "free"):
                rung = self._delay(count, ring)
                alone = np.minimum(alone, rung if ring.base == "start" else rung + free)
            elif ring.base in self.messages:
                delays.setdefault(ring.base, []).append(self._delay(count, ring))
        tries = self.tries if block.call is not None else 0
        heard = [self.random.random(count, dtype=np.float32) < block.answers for _ in range(tries)]
        for number, met in enumerate(self.met):
            talk, (plan, _) = talks[number], met.under[block.code]
            talk[:] = alone
            for key, drawn in delays.items():
                left = plan.first(MESSAGES[key])
                if left is not None:
                    for delay in drawn:
                        np.minimum(talk, np.maximum(free, np.float32(left + 1)) + delay, out=talk)
            answered = []
            for minute, hears in zip(plan.calls, heard, strict=False):
                answered.append(hears & block.can_answer(minute, free))
                spoken = np.where(answered[-1], np.float32(minute + 1), _NEVER)
                np.minimum(talk, spoken, out=talk)
            made = met.at + met.minutes + 2
            for call, minute in enumerate(plan.calls):
                begun = talk > minute
                total = np.count_nonzero(begun)
                sums[made + call] += total
                if answered:
                    total -= np.count_nonzero(begun & answered[call])
                sums[made + met.calls + call] += total

    def _minutes(self, count: int, low: int, high: int) -> Draws:
        """Draw whole numbers from `low` to `high`, all equally likely."""
        drawn = self.random.random(count, dtype=np.float32)
        # A hair less than the width, so that rounding never gives one number too many.
        drawn *= np.nextafter(np.float32(high - low + 1), np.float32(0))
        np.floor(drawn, out=drawn)
        drawn += np.float32(low)
        return drawn

    def _delay(self, count: int, ring: Ring) -> Draws:
        if ring.chance == 0:
            return np.full(count, _NEVER)
        if ring.chance == 1:
            return self._minutes(count, ring.low, ring.high)
        # One draw says both: whether it comes, and when.
        drawn = self.random.random(count, dtype=np.float32)
        drawn *= np.float32(1 / ring.chance)
        comes = drawn < 1
        drawn *= np.nextafter(np.float32(ring.high - ring.low + 1), np.float32(0))
        np.floor(drawn, out=drawn)
        drawn += np.float32(ring.low)
        return np.where(comes, drawn, _NEVER)

    def _after(self, block: Block, talks: Draws, sums: Sums) -> None:
        """Count what the day came to, and let the days after follow for who has not spoken."""
        branches = [met.under[block.code] for met in self.met]
        spoke = [talk <= plan.hold for talk, (plan, _) in zip(talks, branches, strict=True)]
        everywhere = spoke[0]
        for one in spoke[1:]:
            everywhere = everywhere & one
        rest = np.flatnonzero(~everywhere)
        drawn = self.random.random((_DRAWS_LATER, len(rest)), dtype=np.float32)
        first: tuple[NDArray[np.bool_], NDArray[np.bool_], Draws] | None = None
        for talk, met, branch, talked in zip(talks, self.met, branches, spoke, strict=True):
            waited = np.minimum(talk, np.float32(branch[0].hold))
            counted = np.bincount(waited.astype(np.int64), minlength=met.minutes)
            sums[met.at : met.at + met.minutes] += counted
            completed = talked.copy()
            completed[rest] |= self._kept(*branch, drawn)
            sums[met.at + met.minutes] += np.count_nonzero(talked)
            sums[met.at + met.minutes + 1] += np.count_nonzero(completed)
            if first is None:
                first = (talked, completed, waited)
                continue
            more = waited - first[2]
            pair = [
                one.astype(np.float32) - base
                for one, base in ((talked, first[0]), (completed, first[1]))
            ]
            for number, apart in enumerate((*pair, more)):
                sums[met.end - 6 + 2 * number] += float(apart.sum())
                sums[met.end - 5 + 2 * number] += float(np.dot(apart, apart))

    def _kept(self, plan: Plan, later: Later, drawn: Draws) -> NDArray[np.bool_]:
        """Say in which runs without a talk that day the interview takes place in time."""
        low, high = later.days
        goodwill = float(later.goodwill(self.day.attempts + len(plan.calls)))
        width = np.nextafter(np.float32(high - low + 1), np.float32(0))
        agrees, agrees_then, waits, misses, again, waits_on, misses_on = drawn
        today = agrees < later.accept * goodwill
        then = ~today & (agrees_then < later.next_day * goodwill)
        day = np.floor(waits * width) + np.where(today, 0, later.delay) + low
        missed = misses < later.miss
        on = day + np.floor(waits_on * width) + low
        kept_on = (again < later.again * goodwill) & (misses_on >= later.miss_again)
        second = missed & kept_on & (on <= self.within)
        kept: NDArray[np.bool_] = (today | then) & ((~missed & (day <= self.within)) | second)
        return kept

    def reach(self, sums: Sums, runs: int) -> float:
        """Say how far the widest interval of a chance reaches to either side."""
        ends = [met.at + met.minutes for met in self.met]
        shares = [float(sums[end + one]) / runs for end in ends for one in (0, 1)]
        return max(_Z * math.sqrt(share * (1 - share) / runs) for share in shares)

    def batch(self, names: Sequence[str], sums: Sums, runs: int, stopped: bool) -> Batch:
        """Turn the sums into figures."""
        answers, differences, waited = {}, {}, {}
        for name, met in zip(names, self.met, strict=True):
            own = sums[met.at : met.end]
            counts, calls = own[: met.minutes], met.calls
            made, vain = own[met.minutes + 2 :][:calls], own[met.minutes + 2 + calls :][:calls]
            minutes = np.arange(met.minutes)
            later = next(iter(met.under.values()))[1]
            left = later.goodwill(self.day.attempts + np.arange(calls + 1))
            nth = np.arange(calls)
            answers[name] = Answer(
                connected=_share(own[met.minutes], runs),
                completed=_share(own[met.minutes + 1], runs),
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
            waited[name] = counts[: max(plan.hold for plan in met.plans) + 1].astype(np.int64)
            if met is not self.met[0]:
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
    half = _Z * math.sqrt(spread / max(1, runs - 1))
    return Figure(float(mean), float(mean - half), float(mean + half))
