"""The simulated answer: within its own error of the calculated one, seeded, paired, and flat in memory."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from interview_coach.comparing import (
    FIGURES,
    SCENARIOS,
    Assumptions,
    Plan,
    assume,
    exact,
    load_policies,
    plan_of,
    simulate,
)
from interview_coach.comparing.batch import CHUNK
from interview_coach.errors import KitError
from interview_coach.playbook import Playbook
from interview_coach.simulation import Scenario

_Z = 1.959964


def test_it_agrees_with_the_exact_answer_within_its_own_error(
    silent: Assumptions, plans: Mapping[str, Plan]
) -> None:
    # Chances that are neither none nor sure, so that every kind of draw is made.
    assumptions = silent.having(
        {"overran.rings_chance": 0.7, "forgot.email_chance": 0.6, "later.pressing": 0.3}
    )
    found = simulate(assumptions, plans, 1_000_000, seed=1)
    for key, plan in plans.items():
        sure = exact(assumptions, plan)
        for figure in FIGURES:
            drawn, value = getattr(found.answers[key], figure), getattr(sure, figure).value
            error = (drawn.high - drawn.low) / (2 * _Z)
            assert abs(drawn.value - value) <= 4 * error + 1e-9, (key, figure)


def test_its_intervals_hold_the_exact_answer_as_often_as_they_say(
    silent: Assumptions, plans: Mapping[str, Plan]
) -> None:
    plan, held = (
        {"F4": plans["F4"]},
        dict.fromkeys(("connected", "completed", "waiting_minutes"), 0),
    )
    sure, batches = exact(silent, plans["F4"]), 200
    for seed in range(batches):
        found = simulate(silent, plan, 2_000, seed).answers["F4"]
        for figure in held:
            one = getattr(found, figure)
            held[figure] += one.low <= getattr(sure, figure).value <= one.high
    # 95% of 200 is 190; four standard errors of such a count are 12.
    assert all(count >= 178 for count in held.values()), held


@pytest.mark.parametrize(
    ("other", "figure"),
    [("F1", "waiting_minutes"), ("nearly", "completed"), ("nearly", "connected")],
)
def test_a_close_pair_in_the_same_runs_varies_a_hundred_times_less(
    other: str, figure: str, silent: Assumptions, plans: Mapping[str, Plan]
) -> None:
    guidance = plans["guidance"]
    pair = {"guidance": guidance, "F1": plans["F1"]}
    pair["nearly"] = Plan(
        (*guidance.acts[:-1], (57, "stop_waiting")), guidance.next_day, guidance.confirms, True
    )
    found = simulate(silent, {"guidance": guidance, other: pair[other]}, 500_000, seed=2)
    widths = [
        getattr(found.answers[key], figure).high - getattr(found.answers[key], figure).low
        for key in ("guidance", other)
    ]
    together = found.differences[other][figure]
    assert sum(width**2 for width in widths) > 100 * (together.high - together.low) ** 2 > 0
    sure = [getattr(exact(silent, plan), figure).value for plan in (guidance, pair[other])]
    error = (together.high - together.low) / (2 * _Z)
    assert together.value == pytest.approx(sure[1] - sure[0], abs=4 * error)


def test_the_same_seed_gives_the_same_figures_and_another_seed_others(
    silent: Assumptions, plans: Mapping[str, Plan]
) -> None:
    one, same, other = (simulate(silent, plans, CHUNK + 7, seed) for seed in (5, 5, 6))
    assert one.answers == same.answers and one.differences == same.differences
    assert one.answers["guidance"] != other.answers["guidance"]
    assert all(counts.sum() == one.runs == CHUNK + 7 for counts in one.waited.values())


def test_what_single_stories_wait_is_the_exact_curve(
    silent: Assumptions, plans: Mapping[str, Plan]
) -> None:
    plan, runs = plans["guidance"], 400_000
    counts = simulate(silent, {"guidance": plan}, runs, seed=4).waited["guidance"]
    curve = exact(silent, plan).curve
    shares = np.append(0, -np.diff(curve))
    shares[plan.hold] += curve[plan.hold]
    error = np.sqrt(shares * (1 - shares) / runs)
    assert len(counts) == plan.hold + 1
    assert np.all(np.abs(counts / runs - shares) <= 5 * error + 1e-9)


def test_it_stops_when_the_intervals_are_narrow_enough(
    silent: Assumptions, plans: Mapping[str, Plan]
) -> None:
    found = simulate(silent, {"F4": plans["F4"]}, 100_000_000, seed=0, narrow=0.001)
    assert found.runs < 2_000_000 and not found.stopped
    for figure in (found.answers["F4"].connected, found.answers["F4"].completed):
        assert (figure.high - figure.low) / 2 <= 0.00101


def test_stopped_by_hand_it_keeps_what_it_has(
    silent: Assumptions, plans: Mapping[str, Plan]
) -> None:
    def third(done: int, of: int) -> None:
        assert of == 10**9
        if done == 3 * CHUNK:
            raise KeyboardInterrupt

    found = simulate(silent, {"F4": plans["F4"]}, 10**9, seed=0, progress=third)
    whole = simulate(silent, {"F4": plans["F4"]}, 3 * CHUNK, seed=0)
    assert found.stopped and found.runs == 3 * CHUNK
    assert found.answers == whole.answers


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc")
def test_memory_does_not_grow_with_the_runs() -> None:
    # Not by getrusage: its peak begins with that of the process it was started from.
    code = """
from pathlib import Path
from interview_coach.comparing import assume, load_policies, plan_of, simulate
from interview_coach.playbook import load_playbook
from interview_coach.simulation import load_scenarios
playbook = load_playbook()
assumptions = assume(load_scenarios(playbook)["silent_phone"])
policies = load_policies(playbook, assumptions.base)
plans = {key: plan_of(policies[key], playbook, assumptions.base) for key in ("guidance", "F4")}
peaks = []
for runs in (200_000, 10_000_000):
    simulate(assumptions, plans, runs)
    status = Path("/proc/self/status").read_text().splitlines()
    peaks.append(next(line.split()[1] for line in status if line.startswith("VmHWM")))
print(*peaks)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=120
    )
    few, many = (int(peak) / 1024 for peak in done.stdout.split())
    assert many - few < 5
    assert many < 300


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"runs": 0}, "^0 runs are not possible; give a number from 1 to 100,000,000,000.$"),
        ({"runs": -5}, "^-5 runs are not possible; "),
        ({"runs": 10, "seed": -1}, "^Seed -1, within 7 days: both have to be 0 or more.$"),
        ({"runs": 10, "narrow": 0.0}, "^An interval of 0.0 to either side is not possible; "),
        ({"runs": 10, "processes": 0}, "^0 processes are not possible; use 1 to 64.$"),
        ({"runs": 10, "at_once": 0}, "^0 chunks at once are not possible; use 1 or more.$"),
    ],
)
def test_what_cannot_be_simulated_says_so(
    given: dict[str, float], says: str, silent: Assumptions, plans: Mapping[str, Plan]
) -> None:
    with pytest.raises(KitError, match=says):
        simulate(silent, {"F4": plans["F4"]}, **given)  # type: ignore[arg-type]


def test_stopped_before_the_first_chunk_there_is_nothing_to_show(
    silent: Assumptions, plans: Mapping[str, Plan], monkeypatch: pytest.MonkeyPatch
) -> None:
    from interview_coach.comparing import batch

    def at_once(self: object, number: int, size: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(batch._Chunks, "drawn", at_once)
    with pytest.raises(KitError, match=r"^It was stopped before any run was done"):
        simulate(silent, {"F4": plans["F4"]}, 100)


def test_z_scores_over_many_seeds_raise_as_many_false_alarms_as_they_should(
    scenarios: Mapping[str, Scenario], playbook: Playbook
) -> None:
    runs, seeds = 2_000, 300
    for name, key in (("silent_phone", "F4"), ("video_nobody_joins", "F7"), ("overslept", "F9")):
        assumptions = assume(scenarios[name])
        plan = plan_of(load_policies(playbook, scenarios[name])[key], playbook, scenarios[name])
        sure = exact(assumptions, plan)
        for figure in ("connected", "completed"):
            value = getattr(sure, figure).value
            error = np.sqrt(value * (1 - value) / runs)
            drawn = [
                getattr(simulate(assumptions, {key: plan}, runs, seed).answers[key], figure).value
                for seed in range(seeds)
            ]
            scores = (np.array(drawn) - value) / error
            alarms = int(np.count_nonzero(np.abs(scores) > _Z))
            # 5% of 300 is 15, and four standard errors of such a count are 15: none is as wrong as many.
            assert 1 <= alarms <= 30, (name, figure, alarms)
            # Their mean is 0 and their squares sum to chi-square: four standard errors of each.
            assert abs(scores.mean()) < 4 / np.sqrt(seeds), (name, figure)
            assert abs((scores**2).mean() - 1) < 4 * np.sqrt(2 / seeds), (name, figure)


@pytest.mark.parametrize("name", SCENARIOS)
def test_it_agrees_with_the_exact_answer_in_every_call(
    name: str, scenarios: Mapping[str, Scenario], playbook: Playbook
) -> None:
    usual = assume(scenarios[name])
    unsure = {n: 0.6 for n in usual.about if n.endswith("message_chance")}
    assumptions = usual.having({**unsure, "later.pressing": 0.3, "later.miss": 0.35})
    policies = load_policies(playbook, scenarios[name])
    every = {key: plan_of(one, playbook, scenarios[name]) for key, one in policies.items()}
    found = simulate(assumptions, every, 400_000, seed=1)
    for key, plan in every.items():
        sure = exact(assumptions, plan)
        for figure in FIGURES:
            drawn, value = getattr(found.answers[key], figure), getattr(sure, figure).value
            error = (drawn.high - drawn.low) / (2 * _Z)
            assert abs(drawn.value - value) <= 4 * error + 1e-9, (key, figure)
        # Every interview ends once: in touch in some minute, or at the end of its wait.
        assert found.waited[key].sum() == found.runs


def test_the_same_seed_is_the_same_in_pieces_of_any_size_and_in_any_number_of_processes(
    scenarios: Mapping[str, Scenario], playbook: Playbook
) -> None:
    assumptions = assume(scenarios["phone_on_silent"])
    policies = load_policies(playbook, scenarios["phone_on_silent"])
    pair = {key: plan_of(policies[key], playbook, assumptions.base) for key in ("F8", "F9")}
    runs = 4 * CHUNK + 1_001
    one = simulate(assumptions, pair, runs, seed=7)
    for processes, at_once in ((1, 3), (1, 10), (2, 1), (3, 2)):
        told: list[int] = []
        same = simulate(
            assumptions,
            pair,
            runs,
            seed=7,
            progress=lambda done, of, told=told: told.append(done),  # type: ignore[misc]
            processes=processes,
            at_once=at_once,
        )
        assert (same.answers, same.differences) == (one.answers, one.differences)
        assert all(np.array_equal(same.waited[key], one.waited[key]) for key in pair)
        assert told == sorted(told) and told[-1] == runs
        assert len(told) == -(-runs // (at_once * CHUNK))


def test_several_processes_stopped_by_hand_keep_what_is_done_in_order(
    silent: Assumptions, plans: Mapping[str, Plan]
) -> None:
    def second(done: int, of: int) -> None:
        if done == 2 * CHUNK:
            raise KeyboardInterrupt

    found = simulate(silent, {"F4": plans["F4"]}, 10**9, seed=0, progress=second, processes=2)
    whole = simulate(silent, {"F4": plans["F4"]}, 2 * CHUNK, seed=0)
    assert found.stopped and (found.runs, found.answers) == (2 * CHUNK, whole.answers)
