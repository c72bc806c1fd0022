"""The model of a comparison once more, by other means: each interview as processes of SimPy.

It shares the numbers with the kit (causes, plans, what the days after are) and none of the arithmetic,
so that it checks the calculated and the simulated answer alike.
"""

import math
import random
from collections.abc import Callable, Generator
from typing import Any

import simpy

from interview_coach.comparing import Assumptions, Plan
from interview_coach.comparing.days import MESSAGES, Block
from interview_coach.comparing.exact import WITHIN, world
from interview_coach.comparing.later import Later, later_of

__all__ = ["Found", "chooser", "days_after", "with_simpy"]

Found = tuple[float, float]  # shares connected and completed


def chooser(blocks: tuple[Block, ...]) -> list[tuple[float, Block]]:
    """Give each cause with the sum of the shares up to it."""
    total, found = 0.0, []
    for block in blocks:
        total += block.share
        found.append((total, block))
    found[-1] = (1.0, found[-1][1])
    return found


def days_after(later: Later, goodwill: float, draw: Callable[[], float]) -> bool:
    """Let the days after a day without contact follow, drawing no more than they need."""
    if draw() < later.accept * goodwill:
        return kept(later, goodwill, draw, 0)
    if draw() < later.next_day * goodwill:
        return kept(later, goodwill, draw, later.delay)
    return False


def kept(later: Later, goodwill: float, draw: Callable[[], float], day: int) -> bool:
    """Say whether a time agreed on a day is kept in time, or the one after it."""
    low, width = later.days[0], later.days[1] - later.days[0] + 1
    day += low + int(draw() * width)
    if draw() >= later.miss:
        return day <= WITHIN
    if draw() >= later.again * goodwill or draw() < later.miss_again:
        return False
    return day + low + int(draw() * width) <= WITHIN


def with_simpy(assumptions: Assumptions, plan: Plan, runs: int, seed: int) -> Found:
    """Play interviews one after another: the candidate, and whatever may bring both in touch."""
    draw = random.Random(seed).random
    day = world(assumptions)
    branches = {block.code: plan.under(block.code) for block in day.blocks}
    laters = {code: later_of(assumptions, branch) for code, branch in branches.items()}
    chosen = chooser(day.blocks)
    connected = completed = 0

    def interview() -> tuple[bool, bool]:
        env: Any = simpy.Environment()
        u = draw()
        block = next(one for upto, one in chosen if u < upto)
        follows, later = branches[block.code], laters[block.code]
        free, vain = math.inf, day.attempts
        if block.free_low is not None:
            free = block.free_low + int(draw() * (block.free_high - block.free_low + 1))
        touch = env.event()
        sent: dict[str, Any] = {key: env.event() for key in MESSAGES}

        def ring(one: Any) -> Generator[Any, Any, None]:
            if one.base in sent:
                yield sent[one.base]
                yield env.timeout(1 + max(0, free - env.now - 1))
            elif one.base == "free":
                yield env.timeout(free)
            if draw() < one.chance:
                yield env.timeout(one.low + int(draw() * (one.high - one.low + 1)))
                if not touch.triggered:
                    touch.succeed()

        def candidate() -> Generator[Any, Any, bool]:
            nonlocal vain
            for minute, do in follows.acts:
                if minute > env.now:
                    yield touch | env.timeout(minute - env.now)
                # What comes in the very minute of an act, or of the end, comes before it.
                yield env.timeout(0)
                if touch.triggered:
                    return True
                if do == "call":
                    if block.can_answer(minute, free) and draw() < block.answers:
                        return True
                    vain += 1
                for key, verbs in MESSAGES.items():
                    if do in verbs and not sent[key].triggered:
                        sent[key].succeed()
            return bool(touch.triggered)

        for one in block.rings:
            env.process(ring(one))
        met = bool(env.run(until=env.process(candidate())))
        goodwill = float(later.goodwill(vain))
        if not met:
            return False, days_after(later, goodwill, draw)
        if not block.rebooks:
            return True, True
        return False, draw() < later.in_touch * goodwill and kept(later, goodwill, draw, 0)

    for _ in range(runs):
        spoke, done = interview()
        connected += spoke
        completed += done
    return connected / runs, completed / runs
