"""The practice panel, driven in process: every click goes the way the browser's does."""

import random
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pytest

from interview_coach.errors import KitError
from interview_coach.panels import practice_model
from interview_coach.panels.practice import practice_panel
from interview_coach.panels.practice_model import PracticeModel
from interview_coach.simulation import (
    LEVELS,
    Action,
)
from tests.panels.driving import buttons, inside, press, words
from tests.panels.practising import (
    GUIDED,
    PLAYBOOK,
    READY,
    SCENARIOS,
    Open,
    field,
    kept,
    play,
)


class TestPlaying:
    def test_a_call_is_played_to_its_end_and_debriefed(self, open_page: Open) -> None:
        page = open_page()
        press(page, "Play")
        assert page.title == "It is 2:03. The phone is quiet."
        play(page, *GUIDED)
        assert page.title == "You did not speak today, and a new time is on its way."
        assert page.lead.startswith("What you couldn't see: she had an emergency")
        shown = words(page)
        assert "Left a voicemail at 2:16" in shown
        assert "Guidance B3, K3" in shown
        assert "Others say otherwise (F1" in shown
        assert "askamanager.org" in shown
        assert "not done" not in shown
        assert "Play the other way" not in buttons(page)

    def test_the_debrief_names_harm_and_what_was_missing(self, open_page: Open) -> None:
        page = open_page()
        play(page, "Play", "Stop waiting for today")
        shown = words(page)
        assert page.title == "You stopped at 2:03, and nobody knew that you had been there."
        assert "harmful" in shown
        assert "Send the email too, by 2:30" in shown

    def test_take_back_undoes_one_step_and_the_next_is_as_before(self, open_page: Open) -> None:
        page = open_page(seed=4)
        press(page, "Play")
        before = page.model.play
        press(page, "Call the number she gave you")
        after = page.model.play
        press(page, "Take back")
        assert page.model.play == before
        press(page, "Call the number she gave you")
        assert page.model.play == after
        assert page.model.kept.attempt.helped == 1

    def test_a_hint_is_offered_at_the_guided_level_only(self, open_page: Open) -> None:
        plain = open_page(log="")
        press(plain, "Play")
        assert "Hint" not in buttons(plain)
        guided = open_page(level="guided")
        play(guided, "Play", "Hint", "Hint")
        assert guided.model.hint.startswith("Take a breath. ")
        assert "(A1, A3)" in words(guided)
        parts = [
            f"{one.description or one.value}"
            for one in inside(guided)
            if hasattr(one, "description")
        ]
        (hint,) = [n for n, one in enumerate(parts) if "Hint: " in one]
        # Above the choices: below them it may be out of sight.
        assert hint < parts.index("Take a breath")
        assert guided.model.kept.attempt.helped == 1

    def test_each_story_is_new_without_a_seed(self, open_page: Open) -> None:
        page = open_page(seed=None)
        seeds = set()
        for _ in range(3):
            page.model.begin("silent_phone", "plain")
            seeds.add(page.model.play.seed)
        assert len(seeds) == 3

    def test_another_of_this_kind_is_a_new_story(self, open_page: Open) -> None:
        page = open_page()
        play(page, "Play", "Stop waiting for today", "Another of this kind")
        assert page.model.play.outcome is None
        assert page.model.play.actions == ()
        assert page.model.kept.attempt.after is None


class TestOtherWays:
    def test_go_back_from_the_debrief_plays_on_as_a_second_attempt(
        self, open_page: Open, log: Path
    ) -> None:
        page = open_page()
        play(page, "Play", "Take a breath", "Wait until 2:15", "Stop waiting for today")
        first = page.model.kept.attempt
        press(page, "Go back to 2:15")
        assert page.model.play.outcome is None
        assert [action.do for _, action in page.model.play.actions] == ["stay_calm", "wait"]
        assert [one.after for one in kept(log)] == [None, first.attempt_id]
        assert kept(log)[0] == first

    def test_the_guidance_s_way_is_the_same_story_and_nobody_s_attempt(
        self, open_page: Open, log: Path
    ) -> None:
        page = open_page()
        play(page, "Play", "Stop waiting for today")
        mine = page.model.play
        press(page, "Show me the guidance's way")
        assert page.model.guided.world == mine.world
        assert page.title == "You did not speak today, and a new time is on its way."
        assert "It does not count as yours." in words(page)
        assert not any("Go back" in name for name in buttons(page))
        press(page, "Back to mine")
        assert page.model.play == mine
        assert page.title.startswith("You stopped at 2:03")
        assert len(kept(log)) == 1

    def test_the_other_way_begins_where_the_path_was_left(self, open_page: Open) -> None:
        page = open_page()
        play(page, "Play", "Take a breath", "Check the invitation: date, time and zone")
        play(page, "Stop waiting for today", "Play the other way")
        done = [(action.do, action.until) for _, action in page.model.play.actions]
        assert done == [("stay_calm", None), ("check_time", None), ("wait", 15)]
        assert page.model.play.outcome is None

    def test_what_was_missed_is_put_right_at_the_last_moment_for_it(self, open_page: Open) -> None:
        page = open_page()
        play(page, "Play", "Take a breath", "Check the invitation: date, time and zone")
        play(page, "Wait until 2:15", "Wait until 2:30", "Wait until 3:00")
        play(page, "Stop waiting for today")
        number, instead = page.model.other_way()
        assert (number, instead.do) == (4, "call")  # half past is still in time

    def test_a_wait_in_which_the_rest_was_missed_is_played_otherwise(self, open_page: Open) -> None:
        page = open_page()
        play(page, "Play", "Take a breath", "Wait until 3:00", "Stop waiting for today")
        number, instead = page.model.other_way()
        assert (number, instead.do) == (1, "check_time")  # not at three, when all was over

    @pytest.mark.parametrize("name", SCENARIOS)
    def test_the_other_way_is_found_for_whatever_went_wrong(self, name: str) -> None:
        for seed in range(12):
            model = PracticeModel(PLAYBOOK)
            model.begin(name, "plain", seed)
            while model.play is not None and model.play.outcome is None:
                model.act(model.choices()[-1].action)
            assert model.play is not None
            faults = [
                one
                for one in model.debrief_of(model.play).judged
                if one.judgement not in {"in_time", "neutral"}
            ]
            assert bool(faults) == (model.other_way() is not None)
            if faults:
                before = [action for _, action in model.play.actions]
                model.play_the_other_way()
                now = [action for _, action in model.play.actions]
                assert now[:-1] == before[: len(now) - 1]
                assert now != before[: len(now)]


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_call_is_played_to_its_debrief_whatever_is_chosen(name: str) -> None:
    page = practice_panel(log="", house="")
    model, chance = page.model, random.Random(name)
    for level in LEVELS:
        model.begin(name, level, chance.randrange(1000))
        while model.play.outcome is None:
            if model.writing is not None:
                assert "Put the ready-made words in" in buttons(page)
                press(page, READY)
            else:
                press(page, chance.choice(model.choices()).says)
        shown = words(page)
        assert "Each step, and why" in shown
        assert ("our extension of it" in shown) == SCENARIOS[name].extension
        press(page, "Show me the guidance's way")
        press(page, "Back to mine")


def test_no_markup_comes_from_what_a_person_typed(open_page: Open) -> None:
    page = open_page()
    play(page, "Play", *GUIDED[:4], "Leave a voicemail")
    field(page, "Your words").value = "<img src=x onerror=alert(1)>"
    play(page, "Send mine", "Stop waiting for today")
    markup = " ".join(str(one.value) for one in inside(page) if isinstance(one, widgets.HTML))
    assert "<img src=x" not in markup


def test_the_model_is_told_of_no_unknown_step() -> None:
    model = practice_model.PracticeModel(PLAYBOOK)
    model.begin("silent_phone", "plain", 1)
    with pytest.raises(KitError, match="'thank' is not open at minute 3"):
        model.choose(Action("thank"))


def lists(page: Any) -> dict[str, Any]:
    return {one.description: one for one in inside(page) if isinstance(one, widgets.Dropdown)}


def test_a_family_is_chosen_and_then_a_call_of_it() -> None:
    page = practice_panel(seed=0, log="")
    family, call = lists(page)["What happens?"], lists(page)["Which call?"]
    assert (family.value, call.value) == ("they do not call", "silent_phone")
    family.value = "you missed it"
    assert ("The call drops", "dropped_call") in call.options
    assert ("The phone stays silent", "silent_phone") not in call.options
    call.value = "dropped_call"
    press(page, "Play")
    assert page.model.play.scenario.id == "dropped_call"


def test_any_call_of_a_family_or_of_all_is_drawn_by_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secrets.choice", lambda found: found[-1])
    page = practice_panel(seed=0, log="")
    family, call = lists(page)["What happens?"], lists(page)["Which call?"]
    family.value = "video"
    assert call.label == "Any of these"
    press(page, "Play")
    assert page.model.play.scenario.family == "video"
    surprised = practice_panel(seed=0, log="")
    lists(surprised)["What happens?"].value = ""
    press(surprised, "Play")
    assert surprised.model.play is not None


def test_a_family_of_one_call_offers_that_one() -> None:
    page = practice_panel(seed=0, log="")
    lists(page)["What happens?"].value = "afterwards"
    assert lists(page)["Which call?"].value == "the_thanks"
