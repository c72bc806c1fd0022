"""The walk through every story: what it must find, and that it finds a planted fault."""

import dataclasses

from interview_coach.check import ledger
from interview_coach.playbook import Rule, load_playbook
from interview_coach.simulation import (
    Action,
    debrief,
    follow_the_guidance,
    load_scenarios,
    replay,
    run,
)
from interview_coach.simulation.walk import Failure, levels_of, seeds_of, unreached, walk, walk_all

PLAYBOOK = load_playbook()
SCENARIOS = load_scenarios(PLAYBOOK)


def test_a_sound_scenario_has_no_failure_and_nothing_unreached() -> None:
    found = walk_all(PLAYBOOK, ["silent_phone"], most_choices=2, processes=1)["silent_phone"]
    assert found.failures == []
    assert unreached(SCENARIOS["silent_phone"], found) == []
    assert {"spoke", "rebooked", "left"} <= found.outcomes
    assert found.states > found.ended > 100


def test_two_processes_see_what_one_sees() -> None:
    one, two = (
        walk_all(PLAYBOOK, ["third_miss"], most_choices=2, processes=n)["third_miss"]
        for n in (1, 2)
    )
    assert (one.states, one.ended, one.outcomes, one.rules) == (
        two.states,
        two.ended,
        two.outcomes,
        two.rules,
    )


def test_every_cause_has_a_seed_in_the_walk() -> None:
    for scenario in SCENARIOS.values():
        hidden = {
            replay(scenario, seed, "plain", [], PLAYBOOK).world.cause.hidden
            for seed in seeds_of(scenario)
        }
        assert hidden == {cause.hidden for cause in scenario.cause}


def test_levels_that_differ_only_in_words_are_walked_once() -> None:
    for scenario in SCENARIOS.values():
        assert set(levels_of(scenario)) <= {"guided", "plain", "pressure"}
        assert "guided" in levels_of(scenario)


def test_an_end_that_cannot_be_reached_is_named() -> None:
    scenario = SCENARIOS["silent_phone"].model_copy(
        update={"end": {"kept": "You spoke at the new time."}}
    )
    found = walk(scenario, 0, "plain", PLAYBOOK, 2)
    assert "end 'kept'" in unreached(scenario, found)


def test_a_story_that_beats_the_guidance_is_found_and_replays() -> None:
    # A breath that is due at 5 or 6 past: the guidance, which knows waits to a quarter past only,
    # comes too late for it; who fills the minutes with checks does not.
    rules = dict(PLAYBOOK.rules)
    calm = rules["stay-calm"].model_dump(by_alias=True)
    timing = {"from": "scheduled", "earliest": 5, "due": 5, "latest": 6}
    rules["stay-calm"] = Rule.model_validate({**calm, "timing": timing})
    twisted = dataclasses.replace(PLAYBOOK, rules=rules)
    found = walk(SCENARIOS["silent_phone"], 0, "plain", twisted)
    assert any("above the guidance" in failure.wrong for failure in found.failures)
    failure = min(found.failures, key=lambda one: len(one.actions))
    actions = [
        Action(do, int(until) if until else None)
        for do, _, until in (said.partition(" until ") for said in failure.actions)
    ]
    play = replay(SCENARIOS["silent_phone"], failure.seed, "plain", actions, twisted)
    guided = run(SCENARIOS["silent_phone"], failure.seed, follow_the_guidance, twisted)
    assert debrief(play, twisted).score > debrief(guided, twisted).score


def test_the_ledger_names_a_rule_that_speaks_in_no_story() -> None:
    walks = walk_all(PLAYBOOK, ["silent_phone"], most_choices=1, processes=1)
    holes = [hole for hole in ledger(PLAYBOOK, walks).holes if hole.where == "rule thank-them"]
    assert [hole.wrong for hole in holes] == ["it speaks in no story: add a scenario for it"]


def test_a_failure_says_how_to_see_it_again() -> None:
    failure = Failure("silent_phone", "plain", 7, ("call", "wait until 15"), "it does not end")
    assert str(failure) == (
        "silent_phone, level plain, seed 7, after call, wait until 15: it does not end"
    )
