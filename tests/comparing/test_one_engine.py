"""The comparison's world is the engine's: what is calculated is what the engine plays."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import pytest

from interview_coach.comparing import (
    Assumptions,
    assume,
    exact,
    follow,
    load_policies,
    plan_of,
    simulate,
)
from interview_coach.playbook import Playbook
from interview_coach.simulation import Scenario, World, run, start, step
from interview_coach.simulation.scenario import Cause, Draw
from interview_coach.simulation.world import NEVER, TRIES

# Spans so narrow that every world can be played; chances that are neither none nor sure.
NARROW: Mapping[str, Mapping[str, float]] = {
    "silent_phone": {
        **{"overran.free_from": 14, "overran.free_to": 17, "overran.answers": 0.7},
        **{"overran.rings_from": 1, "overran.rings_to": 3, "overran.rings_chance": 0.8},
        **{"forgot.voicemail_from": 3, "forgot.voicemail_to": 5, "forgot.voicemail_chance": 0.4},
        **{"forgot.email_from": 2, "forgot.email_to": 3, "forgot.email_chance": 0.6},
        **{"time_mix_up.free_from": 15, "time_mix_up.free_to": 16},
        **{"time_mix_up.voicemail_from": 4, "time_mix_up.voicemail_to": 5},
        **{"time_mix_up.email_from": 0, "time_mix_up.email_to": 1},
        **{"time_mix_up.rings_from": 60, "time_mix_up.rings_to": 62},
        **{"time_mix_up.voicemail_chance": 0.5, "time_mix_up.email_chance": 0.5},
        **{"wrong_number.message_from": 2, "wrong_number.message_to": 4},
        **{"wrong_number.message_chance": 0.5, "emergency.weight": 1},
    },
    "no_answer": {
        **{"overran.free_from": 2, "overran.free_to": 5, "overran.rings_chance": 0.3},
        **{"forgot.free_from": 5, "forgot.free_to": 6, "forgot.voicemail_chance": 0.5},
        **{"forgot.voicemail_from": 5, "forgot.voicemail_to": 7, "forgot.email_chance": 0.5},
        **{"forgot.email_from": 3, "forgot.email_to": 4, "time_mix_up.answers": 0.25},
        **{"time_mix_up.rings_from": 59, "time_mix_up.rings_to": 63},
    },
}


def every_world(scenario: Scenario, tries: int) -> Iterator[tuple[float, World]]:
    """Each world that a scenario can be, with its chance."""
    total = sum(cause.weight for cause in scenario.cause)
    for cause in scenario.cause:
        free: Sequence[tuple[float, int | None]] = [(1.0, None)]
        if cause.free_after:
            free = whole(cause.free_after)
        chances = product(
            free,
            product(*minutes_of(scenario, cause)),
            product(*answers_of(scenario, cause, tries)),
        )
        for (share, free_at), minutes, answers in chances:
            chance = cause.weight / total * share
            for part, _ in (*minutes, *answers):
                chance *= part
            yield (
                chance,
                World(cause, free_at, tuple(m for _, m in minutes), tuple(a for _, a in answers)),
            )


def whole(draw: Draw) -> list[tuple[float, int]]:
    width = draw.to - draw.from_ + 1
    return [(1 / width, minute) for minute in range(draw.from_, draw.to + 1)]


def minutes_of(scenario: Scenario, cause: Cause) -> Iterator[list[tuple[float, int]]]:
    for one in scenario.happenings(cause):
        if one.outcome is None:  # only noticed: when it comes changes nothing
            yield [(1.0, one.draw.from_)]
            continue
        comes = [(share * one.chance, minute) for share, minute in whole(one.draw)]
        yield comes if one.chance == 1 else [*comes, (1 - one.chance, NEVER)]


def answers_of(
    scenario: Scenario, cause: Cause, tries: int
) -> Iterator[list[tuple[float, tuple[bool, ...]]]]:
    for one in scenario.reactions(cause):
        if one.chance == 1:
            yield [(1.0, (True,) * TRIES)]
            continue
        found = []
        for first in product((True, False), repeat=tries):
            share = one.chance ** sum(first) * (1 - one.chance) ** (tries - sum(first))
            found.append((share, first + (False,) * (TRIES - tries)))
        yield found


@pytest.mark.parametrize(
    ("name", "policy"),
    [
        ("silent_phone", "guidance"),
        ("silent_phone", "call-thrice"),
        ("silent_phone", "F2"),
        ("silent_phone", "F4"),
        ("silent_phone", "F5"),
        ("silent_phone", "F6"),
        ("silent_phone", "email-only"),
        ("silent_phone", "wait-only"),
        ("no_answer", "guidance"),
        ("no_answer", "F5"),
        ("no_answer", "late"),
    ],
)
def test_the_exact_answer_is_that_of_every_world_played_by_the_engine(
    name: str, policy: str, scenarios: Mapping[str, Scenario], playbook: Playbook
) -> None:
    assumptions = assume(scenarios[name]).having(NARROW[name])
    plan = plan_of(load_policies(playbook, scenarios[name])[policy], playbook, scenarios[name])
    scenario, player = assumptions.scenario(), follow(plan)
    total, sums = 0.0, dict.fromkeys(("connected", "waiting_minutes", "calls"), 0.0)
    for chance, hidden in every_world(scenario, len(plan.calls)):
        play = start(scenario, 0, "plain", hidden)
        while play.outcome is None:
            play = step(play, player(play, playbook), playbook)
        total += chance
        sums["connected"] += chance * (play.outcome == "spoke")
        sums["waiting_minutes"] += chance * play.minute
        sums["calls"] += chance * (play.attempts - scenario.attempts)
    assert total == pytest.approx(1, abs=1e-12)
    found = exact(assumptions, plan)
    for figure, value in sums.items():
        assert getattr(found, figure).value == pytest.approx(value, abs=1e-9), figure


@pytest.mark.parametrize("name", ["silent_phone", "no_answer"])
def test_seeded_stories_the_batch_and_the_exact_answer_agree(
    name: str, scenarios: Mapping[str, Scenario], playbook: Playbook
) -> None:
    assumptions = assume(scenarios[name]).having({"overran.rings_chance": 0.6})
    scenario = assumptions.scenario()
    plan = plan_of(load_policies(playbook, scenario)["guidance"], playbook, scenario)
    stories = 1500
    plays = [run(scenario, seed, follow(plan), playbook) for seed in range(stories)]
    spoke = sum(play.outcome == "spoke" for play in plays) / stories
    waited = sum(play.minute for play in plays) / stories
    calculated = exact(assumptions, plan)
    drawn = simulate(assumptions, {"guidance": plan}, 200_000, seed=3).answers["guidance"]
    share = calculated.connected.value
    assert spoke == pytest.approx(share, abs=4 * (share * (1 - share) / stories) ** 0.5)
    spread = sum((play.minute - waited) ** 2 for play in plays) ** 0.5 / stories
    assert waited == pytest.approx(calculated.waiting_minutes.value, abs=4 * spread)
    off = 4 * (share * (1 - share) / 200_000) ** 0.5
    assert drawn.connected.value == pytest.approx(share, abs=off)


def test_assumptions_that_are_left_alone_are_the_scenario(silent: Assumptions) -> None:
    assert silent.scenario() == silent.base
    for cause in silent.base.cause:
        assert silent.values[f"{cause.code}.weight"] == cause.weight
        if cause.free_after:
            assert silent.values[f"{cause.code}.free_to"] == cause.free_after.to


def test_what_has_no_chance_left_is_not_in_the_story(silent: Assumptions) -> None:
    none = {"overran.answers": 0.0, "forgot.email_chance": 0.0, "emergency.weight": 0.0}
    scenario = silent.having(none).scenario()
    by_code = {cause.code: cause for cause in scenario.cause}
    assert "emergency" not in by_code
    assert by_code["overran"].on == ()
    assert [one.upon for one in by_code["forgot"].event] == [("leave_voicemail",)]


def test_a_chance_of_a_happening_leaves_the_rest_of_a_world_as_it_was(silent: Assumptions) -> None:
    from interview_coach.simulation import draw_world

    unsure = silent.having({"overran.rings_chance": 0.5}).scenario()
    worlds = [(draw_world(silent.base, seed), draw_world(unsure, seed)) for seed in range(400)]
    overran = [(sure, maybe) for sure, maybe in worlds if sure.cause.code == "overran"]
    gone = sum(maybe.minutes[0] == NEVER for _, maybe in overran)
    assert all(
        (a.cause.code, a.free_at, a.answers) == (b.cause.code, b.free_at, b.answers)
        for a, b in worlds
    )
    assert 0.35 < gone / len(overran) < 0.65


@pytest.mark.parametrize("name", ["they_call_late", "dropped_call"])
def test_a_call_with_more_than_minutes_and_chance_says_so(
    name: str, scenarios: Mapping[str, Scenario]
) -> None:
    from interview_coach.errors import KitError

    with pytest.raises(KitError, match=r"can be practised, not compared: .* is more than minutes"):
        assume(scenarios[name])
