"""How fast policies are compared: a batch beside SimPy, plain Python and the bare drawing of its numbers.

All play the guidance in the world of ``silent_phone``, the days after included, and must come to the
same chances as the exact answer. Ratios are of processor time within one run, the median of some rounds. Beside it:
the exact answer, a grid of 100,000 policies, what a page asks for at a click, the variance of a
close pair, and the memory of 10^8 runs in a process of its own.

Run it by hand: ``python benchmarks/compare.py [--runs 4000000]``.
"""

import argparse
import math
import random
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from statistics import median
from time import perf_counter, process_time
from typing import Any

import numpy as np

from benchmarks._one_by_one import Found, chooser, days_after, with_simpy
from interview_coach.comparing import (
    SCENARIOS,
    Assumptions,
    Plan,
    assume,
    compare,
    exact,
    grid,
    load_policies,
    plan_of,
    simulate,
    tornado,
    winners,
)
from interview_coach.comparing.batch import CHUNK, _Chunks
from interview_coach.comparing.days import MESSAGES
from interview_coach.comparing.exact import WITHIN, world
from interview_coach.comparing.later import later_of
from interview_coach.playbook import load_playbook
from interview_coach.simulation import load_scenarios

ROUNDS = 5


def seconds(work: Callable[[], object]) -> float:
    begun = process_time()
    work()
    return process_time() - begun


def in_plain_python(assumptions: Assumptions, plan: Plan, runs: int, seed: int) -> Found:
    """One interview after another, with whatever a careful hand would do to be quick."""
    draw = random.Random(seed).random
    day, later = world(assumptions), later_of(assumptions, plan)
    goodwill = float(later.goodwill(day.attempts + len(plan.calls)))
    chosen, hold, calls = chooser(day.blocks), plan.hold, plan.calls
    left = {key: plan.first(verbs) for key, verbs in MESSAGES.items()}
    # What does not change from run to run is looked up once.
    known = []
    for upto, block in chosen:
        rings = []
        for ring in block.rings:
            at = None if ring.base in ("start", "free") else left[ring.base]
            if ring.base in ("start", "free") or at is not None:
                since = -1 if ring.base == "start" else 0 if at is None else at + 1
                rings.append((since, ring.low, ring.high - ring.low + 1, ring.chance))
        call = block.call
        free_low = block.free_low
        width = block.free_high - (free_low or 0) + 1
        needs_free = bool(call is not None and call.free)
        hears = block.answers if call is not None else 0.0
        known.append((upto, free_low, width, rings, hears, needs_free))
    connected = completed = 0
    for _ in range(runs):
        u = draw()
        for entry in known:
            if u < entry[0]:
                break
        _, free_low, width, rings, hears, needs_free = entry
        talk = 1_000_000
        if free_low is not None:
            free = free_low + int(draw() * width) if width > 1 else free_low
            for since, low, span, chance in rings:
                if chance == 1 or draw() < chance:
                    base = 0 if since < 0 else free if free > since else since
                    rung = base + low + int(draw() * span)
                    if rung < talk:
                        talk = rung
            if hears:
                for minute in calls:
                    if talk <= minute:
                        break
                    if (not needs_free or free <= minute) and draw() < hears and talk > minute + 1:
                        talk = minute + 1
        if talk <= hold:
            connected += 1
            completed += 1
        elif days_after(later, goodwill, draw):
            completed += 1
    return connected / runs, completed / runs


class Counting:
    """A generator that counts the numbers drawn from it."""

    def __init__(self, inner: np.random.Generator) -> None:
        self.inner, self.drawn = inner, 0

    def random(self, size: Any, dtype: Any) -> Any:
        self.drawn += int(np.prod(size))
        return self.inner.random(size, dtype=dtype)

    def multinomial(self, *given: Any) -> Any:
        return self.inner.multinomial(*given)


def numbers_a_run(assumptions: Assumptions, plan: Plan) -> float:
    chunks = _Chunks(assumptions, [plan], WITHIN, 0)
    counting = Counting(chunks.stream(0))
    chunks.stream = lambda number: counting  # type: ignore[assignment, method-assign, return-value]
    for number in range(10):
        chunks.drawn(number, CHUNK)
    return counting.drawn / (10 * CHUNK)


def bare_draws(numbers: int) -> None:
    """Draw so many numbers and do nothing with them, in pieces as large as the batch's."""
    generator = np.random.Generator(np.random.SFC64(0))
    piece = np.empty(CHUNK // 4, dtype=np.float32)
    for _ in range(numbers // len(piece)):
        generator.random(out=piece, dtype=np.float32)


def agree(name: str, found: Found, sure: Found, runs: int) -> None:
    for share, value in zip(found, sure, strict=True):
        if abs(share - value) > 5 * math.sqrt(value * (1 - value) / runs):
            raise SystemExit(f"{name} says {share}, the exact answer {value}: they differ.")


def speeds(assumptions: Assumptions, plan: Plan, runs: int) -> None:
    answer = exact(assumptions, plan)
    sure = (answer.connected.value, answer.completed.value)
    few, some = max(1000, runs // 1000), max(10_000, runs // 20)
    numbers = numbers_a_run(assumptions, plan)
    agree("SimPy", with_simpy(assumptions, plan, few, 1), sure, few)
    agree("Plain Python", in_plain_python(assumptions, plan, some, 1), sure, some)
    drawn = simulate(assumptions, {"a": plan}, runs, 1).answers["a"]
    agree("The batch", (drawn.connected.value, drawn.completed.value), sure, runs)
    a_run: dict[str, list[float]] = {key: [] for key in ("SimPy", "plain Python", "batch", "draws")}
    for seed in range(ROUNDS):
        for key, work, count in (
            ("SimPy", lambda s: with_simpy(assumptions, plan, few, s), few),
            ("plain Python", lambda s: in_plain_python(assumptions, plan, some, s), some),
            ("batch", lambda s: simulate(assumptions, {"a": plan}, runs, s), runs),
            ("draws", lambda s: bare_draws(int(runs * numbers)), runs),
        ):
            a_run[key].append(seconds(lambda: work(seed)) / count)  # noqa: B023
    for key, times in a_run.items():
        print(f"{key + ':':<14} {1 / median(times):>14,.0f} interviews a second")
    ours = [median(a_run[key]) for key in a_run]
    print(f"batch against SimPy: {ours[0] / ours[2]:,.0f} times (wanted: 1,000)")
    print(f"batch against plain Python: {ours[1] / ours[2]:.0f} times (wanted: 15)")
    print(
        f"batch against drawing its {numbers:.1f} numbers a run: {ours[2] / ours[3]:.1f} times as long (wanted: under 4)"
    )


def every_call(runs: int) -> None:
    """Hold every call's guidance and advisers against SimPy, and say how quick their batch is."""
    playbook = load_playbook()
    scenarios = load_scenarios(playbook)
    few = max(1000, runs // 400)
    for name in SCENARIOS:
        assumptions, policies = assume(scenarios[name]), load_policies(playbook, scenarios[name])
        ratios = []
        for key in ("guidance", *(one for one in policies if one in playbook.variants)):
            plan = plan_of(policies[key], playbook, assumptions.base)
            answer = exact(assumptions, plan)
            sure = (answer.connected.value, answer.completed.value)
            begun = process_time()
            agree(f"SimPy, {name}, {key},", with_simpy(assumptions, plan, few, 1), sure, few)
            one_by_one = (process_time() - begun) / few
            begun = process_time()
            simulate(assumptions, {key: plan}, runs)
            ratios.append(one_by_one / ((process_time() - begun) / runs))
        print(
            f"{name}: as SimPy has it; the batch {min(ratios):,.0f} to {max(ratios):,.0f} times its speed"
        )


def in_two(assumptions: Assumptions, plan: Plan, runs: int) -> None:
    taken = []
    for processes in (1, 2):
        begun = perf_counter()
        simulate(assumptions, {"a": plan}, runs, processes=processes, at_once=16)
        taken.append(perf_counter() - begun)
    print(f"{runs:,} runs in two processes: {taken[0] / taken[1]:.1f} times as quick as in one")


def pairs(assumptions: Assumptions, plans: dict[str, Plan]) -> None:
    guidance = plans["guidance"]
    nearly = replace(guidance, acts=(*guidance.acts[:-1], (guidance.hold - 1, "stop_waiting")))
    for name, other, figure in (
        ("F1", plans["F1"], "waiting_minutes"),
        ("holding a minute less", nearly, "connected"),
        ("holding a minute less", nearly, "completed"),
    ):
        found = simulate(assumptions, {"guidance": guidance, "other": other}, 2_000_000, 1)
        figures = [getattr(one, figure) for one in found.answers.values()]
        apart = found.differences["other"][figure]
        unpaired = sum((one.high - one.low) ** 2 for one in figures)
        ratio = unpaired / (apart.high - apart.low) ** 2
        print(
            f"variance, unpaired to paired, of guidance and {name} in {figure}: {ratio:,.0f} (wanted: 100)"
        )


def answers(assumptions: Assumptions, plans: dict[str, Plan]) -> None:
    guidance, day = plans["guidance"], world(assumptions)
    one = median(
        seconds(lambda: [exact(assumptions, guidance, day=day) for _ in range(100)])
        for _ in range(ROUNDS)
    )
    print(f"exact answer for one policy: {one * 10:.2f} ms (wanted: under 1)")
    new = median(
        seconds(lambda: [exact(assumptions, guidance) for _ in range(100)]) for _ in range(ROUNDS)
    )
    print(f"  with its world laid out anew: {new * 10:.2f} ms")
    axes = (range(3, 35), range(50), range(20, 90))
    many = median(seconds(lambda: grid(assumptions, guidance, *axes)) for _ in range(ROUNDS))
    print(f"a grid of {math.prod(map(len, axes)):,} policies: {many:.2f} s (wanted: under 1)")
    playbook = load_playbook()
    policies = load_policies(playbook, assumptions.base)
    pair = [plans["guidance"], plans["F4"]]
    for name, work in (
        ("all policies compared", lambda: compare(assumptions, policies, playbook)),
        ("a tornado of a pair", lambda: tornado(assumptions, pair[0], pair[1])),
        ("a tornado of a branching pair", lambda: tornado(assumptions, plans["F5"], plans["F6"])),
        ("a map of a pair", lambda: winners(assumptions, pair, "later.accept", "overran.free_to")),
    ):
        times = median(seconds(work) for _ in range(ROUNDS))
        print(f"a click, {name}: {times * 1000:.0f} ms (wanted: under 100)")


def memory(runs: int) -> None:
    done = subprocess.run(
        [sys.executable, __file__, "--alone", str(runs)], check=True, capture_output=True, text=True
    )
    print(f"most memory at {runs:,} runs: {done.stdout.strip()} MB (wanted: under 300)")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=4_000_000, help="runs of the batch in a round")
    asked.add_argument("--alone", type=int, help=argparse.SUPPRESS)
    given = asked.parse_args()
    playbook = load_playbook()
    assumptions = assume(load_scenarios(playbook)["silent_phone"])
    policies = load_policies(playbook, assumptions.base)
    plans = {key: plan_of(one, playbook, assumptions.base) for key, one in policies.items()}
    if given.alone:
        simulate(assumptions, {"guidance": plans["guidance"]}, given.alone)
        print(round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
        return
    speeds(assumptions, plans["guidance"], given.runs)
    every_call(given.runs // 4)
    in_two(assumptions, plans["guidance"], 100 * given.runs)
    pairs(assumptions, plans)
    answers(assumptions, plans)
    memory(100_000_000)


if __name__ == "__main__":
    main()
