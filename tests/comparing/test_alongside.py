"""A policy beside a person who plays: it says what is next as if it played itself, and sees no more."""

from typing import Any

import pytest

from interview_coach.comparing import assume, load_policies, plan_of
from interview_coach.comparing.alongside import departures, in_words, next_of, same_story
from interview_coach.playbook import load_playbook
from interview_coach.simulation import Action, Play, load_scenarios, replay, start, step

PLAYBOOK = load_playbook()
SCENARIOS = load_scenarios(PLAYBOOK)
SILENT = SCENARIOS["silent_phone"]
POLICIES = load_policies(PLAYBOOK, SILENT)
EMERGENCY = next(n for n in range(300) if start(SILENT, n).world.cause.code == "emergency")
WRONG_NUMBER = next(n for n in range(300) if start(SILENT, n).world.cause.code == "wrong_number")


def plan(key: str) -> Any:
    return plan_of(POLICIES[key], PLAYBOOK, SILENT)


def played(*actions: Action | str, seed: int = EMERGENCY) -> Play:
    whole = [Action(one) if isinstance(one, str) else one for one in actions]
    return replay(SILENT, seed, "plain", whole, PLAYBOOK)


def wait(until: int) -> Action:
    return Action("wait", until)


@pytest.mark.parametrize("key", POLICIES)
@pytest.mark.parametrize("seed", range(25))
def test_who_does_what_it_says_plays_as_it_does_itself(key: str, seed: int) -> None:
    """What it says, step by step, is what `follow` does: in every story, under every policy."""
    play = start(SILENT, seed)
    while (said := next_of(plan(key), play)) is not None:
        minute, do = said
        longest = max(action.until or 0 for action in play.open)
        action = Action(do) if minute <= play.minute else wait(min(minute, longest))
        play = step(play, action, PLAYBOOK)
    assert play.outcome is not None
    assert play == same_story(plan(key), play, PLAYBOOK)
    assert departures(plan(key), play, PLAYBOOK) == []


def test_it_says_when_and_what() -> None:
    guidance = plan("guidance")
    assert next_of(guidance, played()) == (15, "call")
    assert next_of(guidance, played(wait(15))) == (15, "call")
    assert next_of(guidance, played(wait(30))) == (30, "call")
    assert next_of(guidance, played(wait(15), "call")) == (16, "leave_voicemail")
    assert in_words("call", played(), PLAYBOOK) == "call the number she gave you"


def test_what_was_done_otherwise_is_not_asked_for_again() -> None:
    guidance = plan("guidance")
    # A call that came early counts; its voicemail is left straight after it.
    assert next_of(guidance, played("call")) == (4, "leave_voicemail")
    # Without one, the beep is gone, and the email is next.
    late = played("call", wait(15))
    assert next_of(guidance, late) == (17, "send_email")
    assert next_of(guidance, played("send_email")) == (15, "call")


def test_a_check_counts_once_it_was_made_and_not_before() -> None:
    after = {
        seed: next_of(plan("F6"), played("check_number", seed=seed))
        for seed in (EMERGENCY, WRONG_NUMBER)
    }
    assert next_of(plan("F6"), played(seed=WRONG_NUMBER)) == next_of(plan("F6"), played())
    assert after[WRONG_NUMBER] == (4, "send_email")
    assert after[EMERGENCY] == (15, "call")


def test_when_it_is_over_nothing_is_said() -> None:
    assert next_of(plan("guidance"), played("stop_waiting")) is None


@pytest.mark.parametrize(
    ("actions", "found"),
    [
        (
            (wait(15), "call", "leave_voicemail", "send_email", wait(30), "stop_waiting"),
            [("stop_waiting", 60, 30)],
        ),
        (
            (wait(30), "call", "leave_voicemail", "send_email", wait(60), "stop_waiting"),
            [("call", 15, 30), ("send_email", 17, 32)],
        ),
        (
            (wait(15), "call", wait(60), "stop_waiting"),
            [("leave_voicemail", 16, None), ("send_email", 17, None)],
        ),
        (
            ("stay_calm", "check_time", wait(15), "call", "leave_voicemail", "send_email",
             "call", wait(60), "stop_waiting"),
            [("check_time", None, 4), ("call", None, 19)],
        ),
    ],
)  # fmt: skip
def test_where_a_person_departed(actions: Any, found: list[tuple[str, Any, Any]]) -> None:
    found_now = departures(plan("guidance"), played(*actions), PLAYBOOK)
    assert [(one.do, one.due, one.done) for one in found_now] == found


def test_the_same_story_is_the_same_world_under_other_assumptions_too() -> None:
    usual = assume(SILENT)
    own = usual.having({"emergency.weight": 0, "forgot.weight": 0, "overran.free_to": 10})
    for seed in range(20):
        play = start(own.scenario(), seed)
        assert same_story(plan("F4"), play, PLAYBOOK).world == play.world
