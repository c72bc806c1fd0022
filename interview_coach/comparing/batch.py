"""Many simulated interviews at once: the same world as the engine's, drawn in chunks.

It needs no formula for a policy's curve, so it checks the exact answer, and shows how single stories
scatter. All policies meet the same draws (common random numbers): what differs between two of them is
then the policies and not the luck. Memory stays that of one chunk, however many runs there are. Each
chunk has a random stream of its own, so that it does not matter which process draws it, or after which.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from interview_coach import wording
from interview_coach.comparing.assumptions import Assumptions
from interview_coach.comparing.days import MESSAGES, Block, Ring
from interview_coach.comparing.exact import WITHIN, world
from interview_coach.comparing.later import Later, later_of
from interview_coach.comparing.policies import Plan
from interview_coach.comparing.processes import Shared, in_order
from interview_coach.comparing.tallies import Batch, Met, Sums, Z, batch_of
from interview_coach.errors import KitError
from interview_coach.language import _

__all__ = ["CHUNK", "MOST", "Batch", "foretold", "simulate"]

CHUNK = 1 << 16
"""Runs drawn at a time: so few that their arrays stay in the processor's cache."""

MOST = 100_000_000_000
"""Runs that are accepted at most; a billion takes minutes."""

_NEVER = np.float32(1e6)
_FEWEST = 5 * CHUNK  # runs before an interval is trusted to stop by
_DRAWS_LATER = 7
_PROCESSES = 64

Draws = NDArray[np.float32]
Counts = NDArray[np.int8]


def simulate(
    assumptions: Assumptions,
    plans: Mapping[str, Plan],
    runs: int,
    seed: int = 0,
    within: int = WITHIN,
    narrow: float | None = None,
    progress: Callable[[int, int], None] | None = None,
    processes: int = 1,
    at_once: int = 1,
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
    processes : int
        How many work at it; the figures are the same with any number.
    at_once : int
        Chunks drawn before `progress` is told of them, and before it is looked whether to stop; the
        figures of as many runs are the same with any number.

    Raises
    ------
    KitError
        If the runs, the seed, the days, the width or how to go about it are not possible.
    """
    if not 1 <= runs <= MOST:
        raise KitError(
            _("{n} runs are not possible; give a number from 1 to {most}.").format(
                n=wording.number(runs), most=wording.number(MOST)
            )
        )
    if seed < 0 or within < 0:
        raise KitError(
            _("Seed {seed}, within {within} days: both have to be 0 or more.").format(
                seed=seed, within=within
            )
        )
    if narrow is not None and not narrow > 0:
        raise KitError(
            _("An interval of {width} to either side is not possible; use more than 0.").format(
                width=narrow
            )
        )
    if not 1 <= processes <= _PROCESSES:
        raise KitError(
            _("{n} processes are not possible; use 1 to {most}.").format(
                n=processes, most=_PROCESSES
            )
        )
    if at_once < 1:
        raise KitError(_("{n} chunks at once are not possible; use 1 or more.").format(n=at_once))
    shared = Shared(assumptions, tuple(plans.values()), within, seed)
    chunks = _Chunks(*shared)
    piece = at_once * CHUNK
    pieces = ((at // CHUNK, min(piece, runs - at)) for at in range(0, runs, piece))
    sums, done, stopped = chunks.none, 0, False
    drawn = in_order(_Chunks, shared, pieces, min(processes, 1 + runs // piece))
    try:
        for size, more in drawn:
            # Both at once: who stops it in between must not find one without the other.
            sums, done = sums + more, done + size
            if progress is not None:
                progress(done, runs)
            if narrow is not None and done >= _FEWEST and chunks.reach(sums, done) <= narrow:
                break
    except KeyboardInterrupt:
        stopped = True
    finally:
        drawn.close()
    if done == 0:
        raise KitError(_("It was stopped before any run was done; there is nothing to show."))
    return batch_of(list(plans), chunks.met, sums, done, chunks.day.attempts, stopped)


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


class _Chunks:
    """Draws chunks of runs and adds up what they come to."""

    def __init__(
        self,
        assumptions: Assumptions,
        plans: Sequence[Plan],
        within: int,
        seed: int,
    ) -> None:
        self.day, self.within, self.seed = world(assumptions), within, seed
        day = self.day
        self.met: list[Met] = []
        for plan in plans:
            at = self.met[-1].end if self.met else 0
            under = {}
            for block in day.blocks:
                branch = plan.under(block.code)
                under[block.code] = (branch, later_of(assumptions, branch))
            self.met.append(Met(under, at, day.length + 1))
        # What no policy asks for is not drawn.
        self.messages = [
            key
            for key, verbs in MESSAGES.items()
            if any(plan.first(verbs) is not None for met in self.met for plan in met.plans)
        ]
        self.tries = max(met.calls for met in self.met)
        self.talks = np.empty((len(plans), CHUNK), dtype=np.float32)
        self.vain = np.empty((len(plans), CHUNK), dtype=np.int8)

    @cached_property
    def none(self) -> Sums:
        return np.zeros(self.met[-1].end)

    def stream(self, number: int) -> np.random.Generator:
        """Give the random numbers of a chunk."""
        return np.random.Generator(np.random.SFC64(np.random.SeedSequence((self.seed, number))))

    def drawn(self, number: int, size: int) -> Sums:
        """Simulate so many runs under every policy, beginning with the chunk of a number."""
        sums = self.none.copy()
        for more, at in enumerate(range(0, size, CHUNK)):
            sums += self._chunk(number + more, min(CHUNK, size - at))
        return sums

    def _chunk(self, number: int, size: int) -> Sums:
        self.random = self.stream(number)
        sums, at = np.zeros(len(self.none)), 0
        # How many runs fall to each cause is drawn first, so that each draws only what it needs.
        counts = self.random.multinomial(size, [block.share for block in self.day.blocks])
        for block, count in zip(self.day.blocks, counts.tolist(), strict=True):
            if count:
                talks, vain = self.talks[:, at : at + count], self.vain[:, at : at + count]
                self._meet(block, talks, vain, sums)
                self._after(block, talks, vain, sums)
            at += count
        return sums

    def _meet(self, block: Block, talks: Draws, vain: Counts, sums: Sums) -> None:
        """Let every policy meet the same worlds of a cause.

        `talks` takes the minutes at which both are in touch, and `vain`, where it matters, how many
        calls were made in vain.
        """
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
        heard = [
            self.random.random(count, dtype=np.float32) < block.answers for _try in range(tries)
        ]
        for number, met in enumerate(self.met):
            talk, (plan, _rest) = talks[number], met.under[block.code]
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
            if block.rebooks:
                vain[number] = 0
            for call, minute in enumerate(plan.calls):
                begun = talk > minute
                sums[made + call] += np.count_nonzero(begun)
                if answered:
                    begun &= ~answered[call]
                sums[made + met.calls + call] += np.count_nonzero(begun)
                if block.rebooks:
                    vain[number] += begun

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

    def _after(self, block: Block, talks: Draws, vain: Counts, sums: Sums) -> None:
        """Count what the day came to, and let the days after follow for who has not spoken."""
        branches = [met.under[block.code] for met in self.met]
        touched = [talk <= plan.hold for talk, (plan, _later) in zip(talks, branches, strict=True)]
        spoke = [np.zeros_like(one) for one in touched] if block.rebooks else touched
        everywhere = spoke[0]
        for one in spoke[1:]:
            everywhere = everywhere & one
        rest = np.flatnonzero(~everywhere)
        drawn = self.random.random((_DRAWS_LATER, len(rest)), dtype=np.float32)
        first: tuple[NDArray[np.bool_], NDArray[np.bool_], Draws] | None = None
        for number, (met, branch, talked) in enumerate(zip(self.met, branches, spoke, strict=True)):
            waited = np.minimum(talks[number], np.float32(branch[0].hold))
            counted = np.bincount(waited.astype(np.int64), minlength=met.minutes)
            sums[met.at : met.at + met.minutes] += counted
            completed = talked.copy()
            there = touched[number][rest]
            if block.rebooks and there.any():
                kept = self._moved(branch[1], vain[number, rest], drawn)
                if not there.all():
                    kept = np.where(there, kept, self._kept(*branch, drawn))
            else:
                kept = self._kept(*branch, drawn)
            completed[rest] |= kept
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
            for place, apart in enumerate((*pair, more)):
                sums[met.end - 6 + 2 * place] += float(apart.sum())
                sums[met.end - 5 + 2 * place] += float(np.dot(apart, apart))

    def _kept(self, plan: Plan, later: Later, drawn: Draws) -> NDArray[np.bool_]:
        """Say in which runs the interview takes place in time, of who was not in touch that day."""
        goodwill = float(later.goodwill(self.day.attempts + len(plan.calls)))
        today = drawn[0] < later.accept * goodwill
        then = ~today & (drawn[1] < later.next_day * goodwill)
        start = np.where(today, np.float32(0), np.float32(later.delay))
        kept: NDArray[np.bool_] = (today | then) & self._in_time(later, goodwill, start, drawn)
        return kept

    def _moved(self, later: Later, vain: Counts, drawn: Draws) -> NDArray[np.bool_]:
        """Say the same of who was in touch, when a new time had to be found."""
        levels = later.goodwill(self.day.attempts + np.arange(self.tries + 1)).astype(np.float32)
        goodwill = levels[vain]
        agreed: NDArray[np.bool_] = drawn[0] < later.in_touch * goodwill
        return agreed & self._in_time(later, goodwill, 0, drawn)

    def _in_time(self, later: Later, goodwill: Any, start: Any, drawn: Draws) -> NDArray[np.bool_]:
        """Say whether a time agreed on some day is kept, or the one after it, within the days asked for."""
        low, high = later.days
        width = np.nextafter(np.float32(high - low + 1), np.float32(0))
        _one, _two, waits, misses, again, waits_on, misses_on = drawn
        day = np.floor(waits * width) + start + low
        missed = misses < later.miss
        kept: NDArray[np.bool_] = ~missed & (day <= self.within)
        # Most times are kept: what follows a miss is reckoned for those alone.
        at = np.flatnonzero(missed)
        on = day[at] + np.floor(waits_on[at] * width) + low
        left = goodwill if np.ndim(goodwill) == 0 else goodwill[at]
        agreed = again[at] < later.again * left
        kept[at] = agreed & (misses_on[at] >= later.miss_again) & (on <= self.within)
        return kept

    def reach(self, sums: Sums, runs: int) -> float:
        """Say how far the widest interval of a chance reaches to either side."""
        ends = [met.at + met.minutes for met in self.met]
        shares = [float(sums[end + one]) / runs for end in ends for one in (0, 1)]
        return max(Z * math.sqrt(share * (1 - share) / runs) for share in shares)
