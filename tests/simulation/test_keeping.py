"""What is kept of a practised call: its fingerprint, its restoring, its messages, its other way."""

import dataclasses
from typing import Any

import pytest

from interview_coach.errors import KitError
from interview_coach.playbook import load_playbook
from interview_coach.simulation import (
    LEVELS,
    Action,
    Play,
    debrief,
    follow_the_guidance,
    load_scenarios,
    replay,
    run,
    start,
    step,
)
from interview_coach.simulation.otherwise import other_way
from interview_coach.simulation.saved import fingerprint, restore
from interview_coach.simulation.written import message_kind, message_score, with_messages

PLAYBOOK = load_playbook()
SCENARIOS = load_scenarios(PLAYBOOK)
SILENT = SCENARIOS["silent_phone"]


def kept(play: Play, **changed: Any) -> dict[str, Any]:
    """A play as the store keeps it."""
    return {
        "scenario": play.scenario.id,
        "level": play.level,
        "seed": play.seed,
        "actions": [(action.do, action.until) for _, action in play.actions],
        "minute": play.minute,
        "outcome": play.outcome,
        **changed,
    }


class TestSaved:
    @pytest.mark.parametrize("name", SCENARIOS)
    def test_a_play_is_restored_at_every_step(self, name: str) -> None:
        for seed, level in enumerate(LEVELS):
            play = start(SCENARIOS[name], seed, level)
            while play.outcome is None:
                assert restore(SCENARIOS, PLAYBOOK, **kept(play)) == play
                play = step(play, follow_the_guidance(play, PLAYBOOK), PLAYBOOK)
            assert restore(SCENARIOS, PLAYBOOK, **kept(play)) == play

    def test_another_end_is_said(self) -> None:
        play = run(SILENT, 3, follow_the_guidance, PLAYBOOK)
        with pytest.raises(KitError, match=r"the same steps now lead to .* or to another end"):
            restore(SCENARIOS, PLAYBOOK, **kept(play, outcome="thanked"))

    def test_a_fingerprint_stays_and_changes_with_what_judges(self) -> None:
        plain = fingerprint(SILENT, PLAYBOOK)
        assert plain == fingerprint(SILENT, load_playbook())
        assert len(plain) == 16
        varied = load_playbook(variants=("F4",))
        longer = SILENT.model_copy(update={"length": SILENT.length + 1})
        others = {
            fingerprint(SILENT, varied),
            fingerprint(longer, PLAYBOOK),
            fingerprint(SCENARIOS["they_forgot"], PLAYBOOK),
        }
        assert len(others) == 3
        assert plain not in others


class TestWaiting:
    def test_a_wait_may_end_at_any_minute_within_the_longest_on_offer(self) -> None:
        play = start(SILENT, 1)
        longest = max(offer.until or 0 for offer in play.offers)
        for until in (play.minute + 1, longest):
            assert step(play, Action("wait", until), PLAYBOOK).minute <= until

    @pytest.mark.parametrize("until", [0, 3, 61, 999, -5])
    def test_no_other_minute_can_be_waited_for(self, until: int) -> None:
        with pytest.raises(KitError, match="'wait' is not open at minute 3"):
            step(start(SILENT, 1), Action("wait", until), PLAYBOOK)

    def test_waiting_in_pieces_is_the_same_story(self) -> None:
        for seed in range(20):
            whole = step(start(SILENT, seed), Action("wait", 30), PLAYBOOK)
            pieces = start(SILENT, seed)
            for until in range(4, 31):
                if pieces.outcome is None:
                    pieces = step(pieces, Action("wait", until), PLAYBOOK)
            assert (pieces.minute, pieces.outcome) == (whole.minute, whole.outcome)


class TestWritten:
    def kind(self, action: str, *before: Action) -> str | None:
        return message_kind(replay(SILENT, 1, "plain", before, PLAYBOOK), Action(action), PLAYBOOK)

    def test_the_rule_that_speaks_names_the_kind(self) -> None:
        assert self.kind("send_email") == "email_no_answer"
        waited = (Action("wait", 15), Action("call"))
        assert self.kind("leave_voicemail", *waited) == "voicemail_no_answer"

    @pytest.mark.parametrize("action", ["wait", "call", "check_time", "vent", "stop_waiting"])
    def test_what_sends_nothing_has_no_kind(self, action: str) -> None:
        assert self.kind(action) is None

    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("overslept", "call_apology"),
            ("the_new_slot_nears", "email_confirmation"),
            ("they_miss_it_again", "email_call_direction"),
            ("the_thanks", "email_thanks"),
        ],
    )
    def test_each_situation_has_its_message(self, name: str, kind: str) -> None:
        met = set()
        for seed in range(10):
            play = start(SCENARIOS[name], seed)
            while play.outcome is None:
                action = follow_the_guidance(play, PLAYBOOK)
                met.add(message_kind(play, action, PLAYBOOK))
                play = step(play, action, PLAYBOOK)
        assert kind in met

    def test_the_score_is_the_share_of_what_is_required(self) -> None:
        voicemail = PLAYBOOK.kinds["voicemail_no_answer"]
        assert message_score(voicemail, (), ()) == 0.0
        assert message_score(voicemail, ("sender_name", "current_time", "thanks"), ()) == 2 / 5
        assert message_score(voicemail, voicemail.required, ()) == 1.0
        assert message_score(voicemail, voicemail.required, ("blame", "blame")) == 4 / 5
        assert message_score(voicemail, (), ("blame",)) == 0.0

    def test_own_messages_add_to_the_skill_and_others_do_not(self) -> None:
        skills = {"timing": (1.0, 2.0), "message": (1.0, 2.0)}
        assert with_messages(skills, []) == skills
        assert with_messages(skills, [0.5, 1.0]) == {**skills, "message": (2.5, 4.0)}
        assert with_messages({}, [0.25]) == {"message": (0.25, 1.0)}


class TestOtherWay:
    def test_the_guidance_s_own_path_has_none(self) -> None:
        for seed in range(10):
            play = run(SILENT, seed, follow_the_guidance, PLAYBOOK)
            assert other_way(play, debrief(play, PLAYBOOK), PLAYBOOK) is None

    def test_it_is_before_the_first_fault_and_can_be_played(self) -> None:
        for name, scenario in SCENARIOS.items():
            play = start(scenario, 5)
            while play.outcome is None:
                play = step(play, play.open[-1], PLAYBOOK)
            found = other_way(play, debrief(play, PLAYBOOK), PLAYBOOK)
            if found is None:
                continue
            number, instead = found
            before = [action for _, action in play.actions[:number]]
            assert instead != play.actions[number][1], name
            step(replay(scenario, 5, "plain", before, PLAYBOOK), instead, PLAYBOOK)

    def test_it_leaves_the_play_as_it_was(self) -> None:
        play = step(start(SILENT, 1), Action("stop_waiting"), PLAYBOOK)
        before = dataclasses.asdict(play)
        assert other_way(play, debrief(play, PLAYBOOK), PLAYBOOK) == (0, Action("stay_calm"))
        assert dataclasses.asdict(play) == before
