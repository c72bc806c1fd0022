"""Each moment has its guidance, its advisers and its world: the phone, the video call, a miss of one's own."""

import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.comparing import (
    MOMENTS,
    SCENARIOS,
    Assumptions,
    Plan,
    Policy,
    assume,
    compare,
    exact,
    grid,
    load_policies,
    moment_of,
    plan_of,
    read_policies,
    tornado,
)
from interview_coach.playbook import Playbook, PlaybookError
from interview_coach.simulation import Scenario

OWN = [name for name, moment in SCENARIOS.items() if moment == "you_missed_it"]


@pytest.fixture(scope="module")
def missed(scenarios: Mapping[str, Scenario]) -> Assumptions:
    return assume(scenarios["phone_on_silent"])


def plans_of(scenario: Scenario, playbook: Playbook) -> dict[str, Plan]:
    policies = load_policies(playbook, scenario)
    return {key: plan_of(one, playbook, scenario) for key, one in policies.items()}


def test_each_call_shows_the_moment_it_is_offered_for(scenarios: Mapping[str, Scenario]) -> None:
    assert {name: moment_of(scenarios[name]) for name in SCENARIOS} == SCENARIOS
    assert set(SCENARIOS.values()) == set(MOMENTS)


def test_the_guidance_is_there_for_each_and_every_adviser_for_one(
    scenarios: Mapping[str, Scenario], playbook: Playbook
) -> None:
    found: dict[str, set[str]] = {}
    for name in SCENARIOS:
        policies = load_policies(playbook, scenarios[name])
        assert "guidance" in policies and len(policies) > 5
        assert set().union(*(one.source for one in policies.values())) <= set(playbook.sources)
        found[name] = {key for key in policies if key in playbook.variants}
    assert set().union(*found.values()) == set(playbook.variants)
    assert found["video_nobody_joins"] == {"F7"}
    assert all(found[name] == {"F8", "F9"} for name in OWN)


def test_every_adviser_is_answered_with_what_it_buys_and_what_would_change_that(
    scenarios: Mapping[str, Scenario], playbook: Playbook
) -> None:
    for name in ("silent_phone", "video_nobody_joins", "phone_on_silent"):
        assumptions = assume(scenarios[name])
        plans = plans_of(scenarios[name], playbook)
        found = compare(assumptions, load_policies(playbook, scenarios[name]), playbook)
        for key in set(plans) & set(playbook.variants):
            assert 0 < found.answers[key].completed.value <= 1
            swings = tornado(assumptions, plans["guidance"], plans[key])
            assert {swing.name for swing in swings} <= set(assumptions.about) and swings


def test_f7_writes_after_five_to_ten_minutes_leaves_after_ten_to_fifteen_and_offers_times_then(
    scenarios: Mapping[str, Scenario], playbook: Playbook
) -> None:
    plan = plans_of(scenarios["video_nobody_joins"], playbook)["F7"]
    acts = {do: minute for minute, do in plan.acts}
    assert list(acts) == ["check_link", "send_email", "stop_waiting"]
    assert 5 <= acts["send_email"] <= 10 <= acts["stop_waiting"] <= 15
    assert plan.next_day == 0
    # Who finds a second meeting of the same name writes at once.
    assert plan.under("other").acts[:2] == ((3, "check_link"), (4, "send_email"))
    assert plan.under("overran").acts == plan.acts


@pytest.mark.parametrize("name", OWN)
def test_after_a_miss_of_one_s_own_all_is_timed_from_when_it_is_noticed(
    name: str, scenarios: Mapping[str, Scenario], playbook: Playbook
) -> None:
    scenario, plans = scenarios[name], plans_of(scenarios[name], playbook)
    opens = scenario.opens
    guidance = {do: minute - opens for minute, do in plans["guidance"].acts}
    assert {do: guidance[do] for do in ("gather", "call", "leave_voicemail", "send_email")} == {
        **{"gather": 0, "call": 2, "leave_voicemail": 3, "send_email": 10}
    }
    call, write = playbook.rules["call-back"].timing, playbook.rules["write-the-apology"].timing
    assert call is not None and write is not None
    assert (guidance["call"], guidance["send_email"]) == (call.due, write.due)
    ninth = {do: minute - opens for minute, do in plans["F9"].acts}
    assert "gather" not in ninth and ninth["call"] == 0 and ninth["send_email"] <= 60
    talk = ("apologise", "ask_good_time")
    assert plans["guidance"].talk == talk and plans["guidance"].margins and plans["F8"].confirms
    ways = {key: (plan.apology, plan.offers) for key, plan in plans.items()}
    assert (ways["guidance"], ways["F8"], ways["F9"]) == (
        *(("brief", False), ("plain", True)),
        ("brief", True),
    )
    assert not plans["guidance"].swaps  # it is not theirs to be asked


def test_where_you_called_or_waited_nothing_is_said_of_an_apology(
    silent: Assumptions, plans: Mapping[str, Plan]
) -> None:
    assert {"later.swap"} == {n for n in silent.about if n in ("later.swap", "later.brief")}
    assert plans["guidance"].talk == () and not plans["guidance"].margins


def test_a_new_time_after_a_miss_by_hand(
    missed: Assumptions, playbook: Playbook, scenarios: Mapping[str, Scenario]
) -> None:
    plans = plans_of(scenarios["phone_on_silent"], playbook)
    # One cause, one minute: they are with the next candidate, and read the voicemail at minute 40.
    alone: dict[str, float] = {
        "kept_free.weight": 0,
        "on_the_way.weight": 0,
        "with_the_next.free_from": 40,
    }
    alone |= {"with_the_next.free_to": 40, "with_the_next.answers": 0}
    alone |= {"with_the_next.message_from": 0, "with_the_next.message_to": 0}
    alone |= {"later.miss": 0.3, "later.again": 0.5, "later.days_from": 1, "later.days_to": 1}
    alone |= {"later.confirm": 0.5, "later.margins": 0.2, "later.silence": 0.1}
    alone |= {"later.forgiven": 0.8, "later.brief": 0.25, "later.plain": 0.1, "later.times": 0.5}
    assumptions = missed.having(alone)
    miss = 0.3 * 0.5 * 0.8

    def by_hand(minutes: int, tone: float, agreed: float) -> float:
        goodwill: float = 0.9 ** (minutes / 60) * (1 - tone)
        return agreed * goodwill * ((1 - miss) + miss * 0.5 * goodwill * (1 - miss))

    for key, minutes, tone, agreed in (
        ("guidance", 26, 0.25, 0.8),
        ("F8", 26, 0.1, 0.9),
        ("F9", 24, 0.25, 0.9),
    ):
        found = exact(assumptions, plans[key], within=2)
        assert found.connected.value == 0 and found.by_cause == {"with_the_next": 1}
        assert found.completed.value == pytest.approx(by_hand(minutes, tone, agreed), abs=1e-12)
        assert found.waiting_minutes.value == pytest.approx(40, abs=1e-12)
        # A day is too short for the second try.
        once = exact(assumptions, plans[key], within=1).completed.value
        goodwill = 0.9 ** (minutes / 60) * (1 - tone)
        assert once == pytest.approx(agreed * goodwill * (1 - miss), abs=1e-12)


def test_a_grid_is_the_same_answer_for_each_of_its_policies(
    playbook: Playbook, scenarios: Mapping[str, Scenario]
) -> None:
    for name, key in (("phone_on_silent", "F8"), ("video_nobody_joins", "guidance")):
        assumptions = assume(scenarios[name]).having({"later.pressing": 0.3, "later.miss": 0.3})
        plan = plans_of(scenarios[name], playbook)[key]
        calls, emails, holds = (25, 50), (0, 20), (60, 90)
        found = grid(assumptions, plan, calls, emails, holds)
        for i, call in enumerate(calls):
            for j, gap in enumerate(emails):
                for k, hold in enumerate(holds):
                    acts = (
                        (call, "call"),
                        (call + 1, "leave_voicemail"),
                        (call + 2 + gap, "send_email"),
                    )
                    if call + 4 + gap >= hold:
                        assert math.isnan(found.completed[i, j, k])
                        continue
                    one = exact(
                        assumptions,
                        replace(plan, acts=(*acts, (hold, "stop_waiting")), branches={}),
                    )
                    for figure in ("connected", "completed", "waiting_minutes"):
                        got = getattr(found, figure)[i, j, k]
                        assert got == pytest.approx(getattr(one, figure).value, abs=1e-12), figure


def test_calls_in_vain_cost_goodwill_before_a_new_time_is_found(
    missed: Assumptions, playbook: Playbook
) -> None:
    # Three calls at 26, 28 and 30; each is answered with chance a; each in vain after the first takes p.
    acts = ((26, "call"), (28, "call"), (30, "call"), (40, "stop_waiting"))
    plan = Plan(acts, None, False, False, talk=("apologise", "ask_good_time"))
    only: dict[str, float] = {
        "kept_free.weight": 0,
        "with_the_next.weight": 0,
        "on_the_way.answers": 0.4,
    }
    only |= {"later.silence": 0, "later.brief": 0, "later.forgiven": 1, "later.pressing": 0.3}
    only |= {"later.miss": 0, "later.unprompted": 0}
    assumptions = missed.having(only)
    by_hand = 0.4 + 0.6 * 0.4 + 0.36 * 0.4 * 0.7  # the third is answered after two in vain
    found = exact(assumptions, plan, within=30)
    assert found.completed.value == pytest.approx(by_hand, abs=1e-12)
    assert found.calls.value == pytest.approx(1 + 0.6 + 0.36, abs=1e-12)


@settings(max_examples=40, deadline=None)
@given(
    name=st.sampled_from([*OWN, "video_nobody_joins"]),
    places=st.dictionaries(st.integers(0, 40), st.floats(0, 1), max_size=6),
    within=st.integers(0, 20),
    better=st.sampled_from(["later.forgiven", "later.times", "later.margins", "later.accept"]),
)
def test_every_figure_is_possible_and_what_helps_never_hurts(
    name: str,
    places: Mapping[int, float],
    within: int,
    better: str,
    scenarios: Mapping[str, Scenario],
    playbook: Playbook,
) -> None:
    usual = assume(scenarios[name])
    names = list(usual.about)
    chosen = {names[at % len(names)]: share for at, share in places.items()}
    assumptions = usual.having(
        {
            n: usual.about[n].low + s * (usual.about[n].high - usual.about[n].low)
            for n, s in chosen.items()
        }
    )
    for plan in plans_of(scenarios[name], playbook).values():
        found = exact(assumptions, plan, within)
        assert 0 <= found.connected.value <= found.completed.value + 1e-12 <= 1 + 1e-11
        assert found.connected.value <= 1 - found.curve[-1] + 1e-12
        assert 0 < found.goodwill.value <= 1 + 1e-12
        assert 0 <= found.waiting_minutes.value <= scenarios[name].length
        if better in assumptions.about:
            more = assumptions.having({better: 1})
            assert exact(more, plan, within).completed.value >= found.completed.value - 1e-12


def test_a_policy_says_for_which_moments_it_makes_sense(
    tmp_path: Path, playbook: Playbook, scenarios: Mapping[str, Scenario]
) -> None:
    file = tmp_path / "mine.toml"
    stop = "steps = [{ do = 'stop_waiting', at = 80 }]\n"
    file.write_text(
        f"[[policy]]\nid = 'everywhere'\nsays = 'Any moment'\n{stop}"
        f"[[policy]]\nid = 'video'\nsays = 'Video alone'\nmoment = ['nobody_joins']\n{stop}"
    )
    names = {
        name: list(load_policies(playbook, scenarios[name], file))
        for name in ("silent_phone", "video_nobody_joins", "overslept")
    }
    assert names == {
        "silent_phone": ["everywhere"],
        "video_nobody_joins": ["everywhere", "video"],
        "overslept": ["everywhere"],
    }
    file.write_text(f"[[policy]]\nid = 'a'\nsays = 'A slip'\nmoment = ['noon']\n{stop}")
    with pytest.raises(
        PlaybookError, match=r"mine.toml, a, moment 1: 'noon' is not known; use one"
    ):
        load_policies(playbook, scenarios["silent_phone"], file)


def test_one_bad_policy_is_named_and_the_others_can_be_used(
    tmp_path: Path, playbook: Playbook, silent: Assumptions
) -> None:
    file = tmp_path / "mine.toml"
    stop = "{ do = 'stop_waiting', at = 45 }"
    file.write_text(
        f"[[policy]]\nid = 'a'\nsays = 'Well made'\nsteps = [{stop}]\n"
        f"[[policy]]\nid = 'b'\nsays = 'Too late'\nsteps = [{{ do = 'call', at = 50 }}, {stop}]\n"
        f"[[policy]]\nid = 'a'\nsays = 'The same name'\nsteps = [{stop}]\n"
        f"[[policy]]\nid = 'c'\nsays = 'Well made too'\nsteps = [{stop}]\n"
        "[[policy]]\nid = 'd'\nsays = 'A slip'\nstep = []\n"
    )
    found = read_policies(playbook, silent.base, file)
    assert list(found.policies) == ["a", "c"] and found.policies["a"].says == "Well made"
    assert [(one.file, one.where, one.field) for one in found.faults] == [
        ("mine.toml", "b", "call"),
        ("mine.toml", "a", "id"),
        ("mine.toml", "d", "step"),
    ]
    with pytest.raises(PlaybookError) as caught:
        load_policies(playbook, silent.base, file)
    assert caught.value.faults == found.faults


def test_who_waits_for_longer_than_a_call_lets_them_is_told(
    tmp_path: Path, playbook: Playbook, scenarios: Mapping[str, Scenario]
) -> None:
    file = tmp_path / "mine.toml"
    # Without a call the story can be waited out to 120; with one to three minutes before its end.
    for steps, last in (("", 120), ("{ do = 'call', at = 30 }, ", 147)):
        file.write_text(
            f"[[policy]]\nid = 'long'\nsays = 'All day'\nsteps = [{steps}{{ do = 'stop_waiting', at = 149 }}]\n"
        )
        with pytest.raises(PlaybookError) as caught:
            load_policies(playbook, scenarios["phone_on_silent"], file)
        assert f"outside the story; use a minute from 25 to {last}." in str(caught.value)


def test_the_shipped_policies_of_a_moment_are_those_of_its_steps(
    scenarios: Mapping[str, Scenario], playbook: Playbook
) -> None:
    policies: Mapping[str, Policy] = load_policies(playbook, scenarios["phone_on_silent"])
    said = {key: {step.do for step in one.steps} for key, one in policies.items()}
    assert said["call-only"] & {"leave_voicemail", "send_email"} == set()
    assert "call" not in said["write-only"] and "leave_margins" not in said["tight-slot"]
    assert said["say-nothing"] == {"stop_waiting", "confirm_ahead", "leave_margins"}
    assert said["sleep-on-it"] == said["say-nothing"] | {"propose_times"}
