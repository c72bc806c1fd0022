"""Decks are data: the shipped ones can be held, and a faulty one says everything at once."""

import dataclasses
from typing import Any

import pytest

from interview_coach.playbook import PlaybookError
from interview_coach.simulation import Action
from interview_coach.workshop import load_decks
from interview_coach.workshop.decks import MOST_PUT, action_of, key_of
from tests.workshop.rooms import DECKS, PLAYBOOK

STORIES = [(deck.id, story) for deck in DECKS.values() for story in deck.stories]


def test_there_is_a_first_workshop_of_four_calls() -> None:
    assert len(DECKS["first_workshop"].stories) == 4


@pytest.mark.parametrize(
    "story", [s for _, s in STORIES], ids=[f"{d}-{s.call.id}" for d, s in STORIES]
)
class TestEveryStoryOfEveryDeck:
    def test_the_room_has_a_choice_it_can_read(self, story: Any) -> None:
        put = story.put(story.play(story.lead_in, PLAYBOOK), PLAYBOOK)
        assert 2 <= len(put) <= MOST_PUT

    def test_the_guidance_s_next_step_is_always_put(self, story: Any) -> None:
        from interview_coach.simulation import next_step, step

        play = story.play(story.lead_in, PLAYBOOK)
        while play.outcome is None:
            action, _ = next_step(play, PLAYBOOK)
            assert action in [choice.action for choice in story.put(play, PLAYBOOK)]
            play = step(play, action, PLAYBOOK)


@pytest.mark.parametrize("action", [Action("call"), Action("wait", 15)])
def test_an_action_is_read_as_it_was_written(action: Action) -> None:
    assert action_of(key_of(action)) == action


def test_all_faults_of_all_decks_are_listed_at_once() -> None:
    call = {
        "id": "one",
        "title": "One",
        "scenario": "silent_phone",
        "seed": 0,
        "before": "b",
        "after": "a",
    }
    decks = {
        "first": {
            "file": "first.toml",
            "title": "First",
            "about": "x",
            "minutes": 20,
            "call": [
                {**call, "ask": ["wait", "cal"]},
                {**call, "done": ["check_tme"]},
                {**call, "id": "two", "scenario": "silent_fone"},
                {**call, "id": "three", "done": ["stop_waiting"]},
                {**call, "id": "four"},
            ],
        },
        "second": {"file": "second.toml", "title": "Second", "minutes": 0, "call": []},
        "third": {"file": "third.toml", "title": "3", "about": "x", "minutes": 9, "call": []},
    }
    with pytest.raises(PlaybookError) as caught:
        load_decks(dataclasses.replace(PLAYBOOK, decks=decks))
    said = [str(fault) for fault in caught.value.faults]
    assert said == [
        "first.toml, first, call 'one', ask: 'cal' is never offered in silent_phone; "
        "did you mean 'call'.",
        "first.toml, first, call 'one', id: it is there twice; give it a name of its own.",
        "first.toml, first, call 'one', done: 'check_tme' cannot be done at 2:03, after what stands "
        "before it; did you mean 'check_time' or 'check_number'.",
        "first.toml, first, call 'two', scenario: 'silent_fone' is not known; "
        "did you mean 'silent_phone'.",
        "first.toml, first, call 'three', done: the story is over before the first vote; "
        "leave something to decide.",
        "first.toml, first, call 'four', ask: the first vote has 8 choices; "
        "put at most 7 to the room.",
        "second.toml, second, about: it is missing; add it.",
        "second.toml, second, minutes: 0 does not fit; input should be greater than 0.",
        "third.toml, third, call: there is none; add one as [[call]].",
    ]
