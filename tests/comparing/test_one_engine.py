"""The comparison's world is the engine's: what is calculated is what the engine plays."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import pytest

from interview_coach.comparing import (
    SCENARIOS,
    Assumptions,
    Plan,
    assume,
    exact,
    follow,
    load_policies,
    plan_of,
    simulate,
)
from interview_coach.playbook import Playbook
from interview_coach.simulation import Play, Scenario, World, start, step
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
    "video_nobody_joins": {
        **{"overran.free_from": 13, "overran.free_to": 16, "overran.answers": 0.7},
        **{"overran.rings_from": 1, "overran.rings_to": 3, "overran.rings_chance": 0.8},
        **{"other.message_from": 1, "other.message_to": 3, "other.message_chance": 0.5},
        **{"forgot.message_from": 2, "forgot.message_to": 4, "forgot.message_chance": 0.6},
    },
    "phone_on_silent": {
        **{"kept_free.message_from": 2, "kept_free.message_to": 4, "kept_free.message_chance": 0.5},
        **{"with_the_next.free_from": 26, "with_the_next.free_to": 29},
        **{"with_the_next.message_from": 1, "with_the_next.message_to": 3},
        **{"with_the_next.message_chance": 0.5, "with_the_next.answers": 0.6},
        **{"on_the_way.message_from": 5, "on_the_way.message_to": 8},
        **{"on_the_way.message_chance": 0.7, "on_the_way.answers": 0.3},
    },
    "no_reception": {
        **{"kept_free.message_from": 2, "kept_free.message_to": 4, "kept_free.message_chance": 0.5},
        **{"with_the_next.free_from": 14, "with_the_next.free_to": 18},
        **{"with_the_next.message_from": 70, "with_the_next.message_to": 76},
        **{"crossed_out.message_from": 5, "crossed_out.message_to": 7},
        **{"crossed_out.message_chance": 0.4},
    },
    "stuck_in_traffic": {
        **{"kept_free.message_from": 2, "kept_free.message_to": 4, "kept_free.message_chance": 0.5},
        **{"between_two.message_from": 5, "between_two.message_to": 7},
        **{"between_two.message_chance": 0.4, "between_two.answers": 0.5},
        **{"late_too.free_from": 19, "late_too.free_to": 24, "late_too.message_chance": 0.9},
        **{"late_too.message_from": 2, "late_too.message_to": 5},
    },
    "overslept": {
        **{"kept_free.message_from": 3, "kept_free.message_to": 5, "kept_free.message_chance": 0.5},
        **{"between_two.message_from": 20, "between_two.message_to": 23},
        **{"crossed_out.message_from": 66, "crossed_out.message_to": 72},
        **{"crossed_out.free_to": 3, "crossed_out.message_chance": 0.4},
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
        if not one.turns:  # only noticed: when it comes changes nothing
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


PLAYED = [
    *(("silent_phone", key) for key in ("guidance", "call-thrice", "F2", "F4", "F5", "F6")),
    *(("silent_phone", key) for key in ("email-only", "wait-only")),
    *(("no_answer", key) for key in ("guidance", "F5", "late")),
    *(("video_nobody_joins", key) for key in ("guidance", "F7", "call-thrice", "wait-only")),
    *(("phone_on_silent", key) for key in ("guidance", "F8", "F9", "write-only", "tight-slot")),
    *(("no_reception", key) for key in ("guidance", "F9", "late", "call-only")),
    *(("stuck_in_traffic", key) for key in ("guidance", "F9", "late")),
    *(("overslept", key) for key in ("guidance", "F9", "say-nothing", "sleep-on-it")),
]


def played(
    scenario: Scenario, seed: int, plan: Plan, playbook: Playbook, hidden: World | None = None
) -> tuple[Play, int | None]:
    """A story played to its end, and the minute at which both were in touch; None where they were not."""
    player, met = follow(plan), None
    play = start(scenario, seed, "plain", hidden)
    while play.outcome is None:
        action = player(play, playbook)
        play = step(play, action, playbook)
        alone = play.phase == "waiting" and play.outcome in (None, "ended")
        if met is None and action.do != "stop_waiting" and not alone:
            met = play.minute
    return play, met


@pytest.mark.parametrize(("name", "policy"), PLAYED)
def test_the_exact_answer_is_that_of_every_world_played_by_the_engine(
    name: str, policy: str, scenarios: Mapping[str, Scenario], playbook: Playbook
) -> None:
    assumptions = assume(scenarios[name]).having(NARROW[name])
    plan = plan_of(load_policies(playbook, scenarios[name])[policy], playbook, scenarios[name])
    scenario, total = assumptions.scenario(), 0.0
    sums = dict.fromkeys(("connected", "waiting_minutes", "calls", "in touch"), 0.0)
    for chance, hidden in every_world(scenario, len(plan.calls)):
        play, met = played(scenario, 0, plan, playbook, hidden)
        total += chance
        sums["connected"] += chance * (play.outcome == "spoke")
        sums["waiting_minutes"] += chance * (play.minute if met is None else met)
        sums["calls"] += chance * (play.attempts - scenario.attempts)
        sums["in touch"] += chance * (met is not None)
        # Who is in touch speaks, or has a new time: nothing else comes of it.
        assert met is None or play.outcome in ("spoke", "rebooked")
    assert total == pytest.approx(1, abs=1e-12)
    found = exact(assumptions, plan)
    assert 1 - found.curve[-1] == pytest.approx(sums.pop("in touch"), abs=1e-9)
    for figure, value in sums.items():
        assert getattr(found, figure).value == pytest.approx(value, abs=1e-9), figure


def test_every_call_that_is_offered_is_played_so(playbook: Playbook) -> None:
    assert {name for name, _ in PLAYED} == set(NARROW) == set(SCENARIOS)
    advisers = {key for _, key in PLAYED if key.startswith("F")}
    assert advisers >= set(playbook.variants) - {"F1", "F3"}  # these two differ from F2 in minutes


@pytest.mark.parametrize("name", SCENARIOS)
def test_seeded_stories_the_batch_and_the_exact_answer_agree(
    name: str, scenarios: Mapping[str, Scenario], playbook: Playbook
) -> None:
    usual = assume(scenarios[name])
    assumptions = usual.having({n: 0.6 for n in usual.values if n == "overran.rings_chance"})
    scenario = assumptions.scenario()
    plan = plan_of(load_policies(playbook, scenario)["guidance"], playbook, scenario)
    stories = 1500
    plays = [played(scenario, seed, plan, playbook) for seed in range(stories)]
    spoke = sum(play.outcome == "spoke" for play, _ in plays) / stories
    minutes = [play.minute if met is None else met for play, met in plays]
    waited = sum(minutes) / stories
    calculated = exact(assumptions, plan)
    drawn = simulate(assumptions, {"guidance": plan}, 200_000, seed=3).answers["guidance"]
    share = calculated.connected.value
    assert spoke == pytest.approx(share, abs=4 * (share * (1 - share) / stories) ** 0.5)
    spread = sum((minute - waited) ** 2 for minute in minutes) ** 0.5 / stories
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
