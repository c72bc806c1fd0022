"""All families of missed calls are there, each can come to what it promises, and tells it rightly."""

import dataclasses
import random
import re
from collections.abc import Mapping
from functools import cache

import pytest

from interview_coach.playbook import PlaybookError, load_playbook
from interview_coach.simulation import (
    LEVELS,
    Level,
    Play,
    choices,
    debrief,
    follow_the_guidance,
    load_scenarios,
    replay,
    run,
    start,
    step,
)

PLAYBOOK = load_playbook()
SCENARIOS = load_scenarios(PLAYBOOK)
SEEDS = range(24)
ENDS_WELL = {"spoke", "rebooked", "kept", "thanked", "handed_over"}

# Family -> its files -> what each can come to. The families are those of the guidance: B and D for
# the first two and the fourth, E for the third, D6 for the fifth, K5 for the last.
THEIRS = {"spoke", "rebooked", "left", "ended"}
FAMILIES: Mapping[str, Mapping[str, set[str]]] = {
    "they do not call": {
        "silent_phone": THEIRS,
        "they_call_late": {"spoke", "rebooked", "left"},
        "they_forgot": THEIRS,
        "time_zone_mix_up": THEIRS,
        "wrong_time_theirs": THEIRS,
        "wrong_time_yours": {*THEIRS, "kept"},
        "wrong_number_for_you": THEIRS,
        "they_have_an_emergency": THEIRS,
        "double_booked": THEIRS,
    },
    "you were to call": {
        "no_answer": THEIRS,
        "wrong_number_dialled": THEIRS,
        "line_engaged": THEIRS,
        "voicemail_full": THEIRS,
        "assistant_answers": THEIRS,
        "number_missing": THEIRS,
    },
    "you missed it": {
        "dropped_call": THEIRS,
        "no_reception": THEIRS,
        "stuck_in_traffic": THEIRS,
        "phone_on_silent": THEIRS,
        "unknown_number": THEIRS,
        "overslept": THEIRS,
        "ten_minute_cutoff": THEIRS,
    },
    "second time": {
        "they_miss_it_again": THEIRS,
        "the_new_slot_nears": {"kept", "ended"},
        "third_miss": {"handed_over", "spoke", "left", "ended"},
    },
    "afterwards": {"the_thanks": {"thanked", "left", "ended"}},
    "video": {
        "video_nobody_joins": THEIRS,
        "video_wrong_link": THEIRS,
        "video_microphone": THEIRS,
        "video_you_missed_it": THEIRS,
    },
    "a visit": {"nobody_at_reception": THEIRS},
}
FILES = [name for files in FAMILIES.values() for name in files]


def by_chance(name: str, seed: int, level: Level) -> Play:
    """Play at random to the end; half of the players never give up."""
    chance = random.Random(seed)
    stays = chance.random() < 0.5
    play = start(SCENARIOS[name], seed, level)
    while play.outcome is None:
        open_ = [one.action for one in choices(play, PLAYBOOK)]
        if stays:
            open_ = [action for action in open_ if action.do != "stop_waiting"] or open_
        play = step(play, chance.choice(open_), PLAYBOOK)
    return play


@cache
def guided(name: str) -> tuple[Play, ...]:
    """Play a scenario by the guidance, at all levels."""
    return tuple(
        run(SCENARIOS[name], seed, follow_the_guidance, PLAYBOOK, level)
        for level in LEVELS
        for seed in SEEDS
    )


@cache
def plays(name: str) -> tuple[Play, ...]:
    """Play a scenario by the guidance and by chance, at all levels."""
    chance = (by_chance(name, seed, level) for level in LEVELS for seed in range(100))
    return (*guided(name), *chance)


def test_every_family_has_its_files_and_no_other() -> None:
    there: dict[str, set[str]] = {}
    for name, scenario in SCENARIOS.items():
        there.setdefault(scenario.family, set()).add(name)
    assert there == {family: set(files) for family, files in FAMILIES.items()}


def test_people_places_and_hours_differ() -> None:
    all_of_them = list(SCENARIOS.values())
    assert len({one.person.name for one in all_of_them}) == len(all_of_them)
    assert len({one.starts for one in all_of_them}) == len(all_of_them)
    assert len({one.timezone for one in all_of_them}) >= 20
    assert {one.person.they for one in all_of_them} == {"she", "he", "they"}
    assert len({one.start.hour for one in all_of_them}) >= 8


@pytest.mark.parametrize("name", FILES)
class TestEveryFamily:
    """What holds for all of them, beyond the contract of every scenario."""

    def test_it_comes_to_what_the_table_says(self, name: str) -> None:
        family = next(family for family, files in FAMILIES.items() if name in files)
        assert {play.outcome for play in plays(name)} == FAMILIES[family][name]

    def test_nothing_in_its_file_is_out_of_reach(self, name: str) -> None:
        scenario = SCENARIOS[name]
        seen = {event.kind for play in plays(name) for event in play.events}
        for cause in scenario.cause:
            ways = (*scenario.reactions(cause), *scenario.happenings(cause))
            ends = {way.outcome for way in ways if way.outcome} | set(scenario.end)
            assert ends <= {play.outcome for play in plays(name)}
            assert {one.reply for one in scenario.reactions(cause)} <= seen
            assert {one.kind for one in scenario.happenings(cause)} <= seen
        drawn = {play.world.cause.hidden for play in plays(name)}
        assert drawn == {cause.hidden for cause in scenario.cause}

    def test_the_guidance_ends_well_at_every_level_with_nothing_amiss(self, name: str) -> None:
        for play in guided(name):
            after = debrief(play, PLAYBOOK)
            amiss = [one for one in after.judged if one.judgement not in {"in_time", "neutral"}]
            assert (play.outcome in ENDS_WELL, amiss, after.score) == (True, [], 1.0)
            assert any(one.judgement == "in_time" for one in after.judged)

    def test_nobody_scores_above_the_guidance(self, name: str) -> None:
        scores = [debrief(by_chance(name, seed, "plain"), PLAYBOOK).score for seed in range(60)]
        assert max(scores) <= 1.0
        assert min(scores) < 0.7, "something in it must tempt"

    def test_the_first_decision_offers_four_to_eight_choices_one_of_them_tempting(
        self, name: str
    ) -> None:
        for level in LEVELS:
            open_ = choices(start(SCENARIOS[name], 1, level), PLAYBOOK)
            assert 4 <= len(open_) <= 8
            assert len({one.says for one in open_}) == len(open_)

    def test_never_more_choices_than_keys(self, name: str) -> None:
        for seed in range(20):
            play = by_chance(name, seed, "plain")
            actions = [action for _, action in play.actions]
            for number in range(len(actions)):
                early = replay(SCENARIOS[name], seed, "plain", actions[:number], PLAYBOOK)
                assert 1 <= len(early.offers) <= 9

    def test_under_pressure_the_cues_are_vaguer_and_somebody_interrupts(self, name: str) -> None:
        scenario = SCENARIOS[name]
        assert scenario.pressure
        interrupted = any(
            event.kind == "interruption" for play in plays(name) for event in play.events
        )
        assert interrupted
        for play in plays(name):
            if play.level != "pressure":
                assert all(event.kind != "interruption" for event in play.events)

    def test_every_text_is_a_plain_sentence(self, name: str) -> None:
        scenario = SCENARIOS[name]
        for cause in scenario.cause:
            says = [scenario.words(cause.hidden, free="2:00")]
            says += [scenario.words(one.says) for one in scenario.reactions(cause)]
            says += [scenario.words(one.says) for one in scenario.happenings(cause)]
            for text in (
                *says,
                *map(scenario.words, (*cause.cue.values(), *scenario.cue.values())),
            ):
                assert text[0].isupper() or text[0] in "“…0123456789", text
                assert text[-1] in ".?!”", text
                assert len(text) <= 200, text
                # The screen's headline is the first sentence: no dot stands within one.
                assert not re.search(r"\b([ap]\.m|Dr|Mr|Mrs|Ms|Lic|Ing)\.", text), text


class TestVideo:
    """Video calls are an extension of the guidance, and say so (K5)."""

    @pytest.mark.parametrize("name", FAMILIES["video"])
    def test_it_says_that_it_is_ours(self, name: str) -> None:
        scenario = SCENARIOS[name]
        assert (scenario.channel, scenario.extension) == ("video", True)
        assert "K5" in scenario.source
        assert "this is our extension" in scenario.phone.about

    def test_nothing_else_is_an_extension(self) -> None:
        assert {one.family for one in SCENARIOS.values() if one.extension} == {"a visit", "video"}


# --------------------------------------------------------------------------- what a file may say


def fault_of(**changes: object) -> str:
    """Load a scenario that is like the silent phone, but for some fields; give what is wrong."""
    data = {**PLAYBOOK.scenarios["they_call_late"], **changes}
    two = {"silent_phone": PLAYBOOK.scenarios["silent_phone"], "new": data}
    with pytest.raises(PlaybookError) as caught:
        load_scenarios(dataclasses.replace(PLAYBOOK, scenarios=two))
    return str(caught.value)


def test_a_scenario_is_like_another_but_for_what_it_says_itself() -> None:
    model, like = SCENARIOS["no_answer"], SCENARIOS["wrong_number_dialled"]
    verbs = [offer.do for offer in like.offer]
    assert "leave_voicemail" not in verbs
    assert verbs[-1] == model.offer[-1].do == "stop_waiting"
    assert like.cue["check_time"] == model.cue["check_time"]
    assert {one.reply for one in like.on} == {"picks_up", "stranger", "begun"}
    assert like.cause != model.cause


def test_a_scenario_can_only_be_like_one_that_stands_by_itself() -> None:
    assert fault_of(like="silent_fone").endswith(
        "new, like: 'silent_fone' is not a scenario that stands by itself; "
        "did you mean 'silent_phone'."
    )


def test_an_answer_to_what_is_never_offered_then_is_a_fault() -> None:
    answer = {"do": "call", "phase": "after", "reply": "rings", "says": "It rings."}
    assert "it answers 'call', which is never offered while after" in fault_of(on=[answer])
