"""A story of the page of policies: told, handed on, played beside its policy, and judged against it."""

import json
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from interview_coach.comparing import follow
from interview_coach.errors import KitError
from interview_coach.panels.compare import compare_panel
from interview_coach.panels.compare_model import CompareModel
from interview_coach.panels.practice import practice_panel
from interview_coach.simulation import run, start
from tests.panels.comparing import compare_page, in_a_folder_of_its_own, parts, seen
from tests.panels.driving import buttons, press, words

__all__ = ["compare_page", "in_a_folder_of_its_own"]

TYPED = {
    "overran.weight": "0", "forgot.weight": "0", "time_mix_up.weight": "0", "wrong_number.weight": "0",
}  # fmt: skip


def handed(page: Any, policy: str = "F4", number: str = "7") -> Any:
    """Hand a story over, and open the practice page that it waits on."""
    here = parts(page)
    if not here.story.fold.open:
        here.story.fold.button.click()
    here.story.policy.value, here.story.number.value = policy, number
    press(page, "Play it myself")
    return practice_panel(log="outcomes.db")


def steps(page: Any, *choices: str) -> None:
    for one in choices:
        press(page, one)


def test_a_story_is_told_as_the_chosen_policy_goes_through_it(page: Any) -> None:
    here, model = parts(page), page.model
    here.story.fold.button.click()
    here.story.number.value = "7"
    here.story.policy.value = "wait-only"
    press(page, "Tell this story")
    assert "Story 7, as wait-only: Hold the line" in seen(page)
    plan = model.comparison.plans["wait-only"]
    base = model.scenarios["silent_phone"]
    told = run(base, 7, follow(plan), model.playbook)
    assert model.story("wait-only", 7).events == told.events
    assert all(one.says in seen(page) for one in told.events)
    # Under other assumptions it would be another one.
    model.type_in("overran.weight", "1")
    here._reckoned()
    assert "Story 7" not in seen(page)
    assert (here.story.number.value, here.story.policy.value) == ("7", "wait-only")


@pytest.mark.parametrize("text", ["", "x", "1.5", "-1", "2147483648"])
def test_a_number_that_is_none_is_said_beside_its_field(page: Any, text: str) -> None:
    here = parts(page)
    here.story.fold.button.click()
    here.story.number.value = text
    for word in ("Tell this story", "Play it myself"):
        press(page, word)
        assert here.story.number.error == "Write a whole number from 0 to 2,147,483,647."
    assert not Path("outcomes.db").exists()


def test_without_a_policy_there_is_no_story(page: Any) -> None:
    here = parts(page)
    here.story.fold.button.click()
    here._which.button.click()
    press(page, "None of them")
    assert "Tell this story" not in buttons(page)


def test_it_is_played_beside_what_the_policy_says(page: Any) -> None:
    practice = handed(page)
    assert "It waits for you on the page Practise." in words(page)
    assert practice.title == "A story from Compare waits for you."
    assert "F4: Hold no longer than half an hour" in practice.lead
    press(practice, "Play it")
    assert "F4 says: hold to 2:15, then call the number she gave you." in words(practice)
    steps(practice, "Wait until 2:15")
    play = practice.model.play
    assert (play.seed, play.scenario.id) == (7, "silent_phone")
    if play.minute == 15:
        assert "F4 says now: call the number she gave you." in words(practice)


def test_a_call_that_runs_by_itself_takes_the_words_along(page: Any) -> None:
    here = parts(page)
    for name, text in TYPED.items():
        page.model.type_in(name, text)
    here._reckoned()
    practice = handed(page)
    press(practice, "Play it")
    practice.model.running = True
    # The clock of the view; nothing comes by itself in an emergency.
    while practice.model.minute < 15:
        practice.ticker.ticks += 1
    assert "F4 says now: call the number she gave you." in words(practice)


def test_the_debrief_says_where_one_departed_and_what_the_policy_would_have_come_to(
    page: Any,
) -> None:
    here = parts(page)
    for name, text in TYPED.items():
        page.model.type_in(name, text)
    here._reckoned()
    practice = handed(page, "F4")
    press(practice, "Play it")
    assert practice.model.play.world.cause.code == "emergency"
    steps(
        practice,
        "Wait until 2:15",
        "Wait until 2:30",
        "Call the number she gave you",
        "Stop waiting for today",
    )
    text = words(practice)
    assert "You departed from F4 in 4 places" in text
    assert "At 2:15 F4 says: call the number she gave you. You called at 2:30." in text
    assert "At 2:16 F4 says: leave a voicemail. You did not." in text
    assert (
        "In this very story, F4 would have come to this, 30 minutes past the agreed start, with "
        "1 call: You did not speak today"
    ) in text
    # And the guidance is the judge, as ever.
    assert "Each step, and why" in text


def test_who_does_what_it_says_is_told_so(page: Any) -> None:
    here = parts(page)
    for name, text in TYPED.items():
        page.model.type_in(name, text)
    here._reckoned()
    practice = handed(page, "wait-only")
    steps(practice, "Play it", "Wait until 3:00", "Stop waiting for today")
    text = words(practice)
    assert "You did what wait-only says, all the way" in text
    assert "It came to the same as the policy would have in this very story." in text


def test_a_story_of_typed_assumptions_is_the_same_everywhere(page: Any) -> None:
    """Told on Compare, played, broken off, gone on with, played again: one hidden world."""
    here = parts(page)
    page.model.type_in("overran.weight", "1000")
    here._reckoned()
    world = page.model.story("F4", 3).world
    shipped = start(page.model.scenarios["silent_phone"], 3).world
    assert (world.cause.code, shipped.cause.code) == ("overran", "time_mix_up")
    practice = handed(page, number="3")
    assert "Its world is the one that you typed on Compare." in practice.lead
    press(practice, "Play it")
    press(practice, "Take a breath")
    again = practice_panel(log="outcomes.db")
    assert "You were in the middle of a call" in again.title
    press(again, "Go on")
    assert again.model.play.world == practice.model.play.world == world
    press(again, "Stop waiting for today")
    press(again, "Play the other way")
    assert again.model.play.world == world
    assert again.model.kept.handed(again.model.kept.attempt).values == {"overran.weight": 1000.0}


def test_another_of_this_kind_keeps_the_policy_and_the_world(page: Any) -> None:
    page.model.type_in("overran.free_to", "8")
    parts(page)._reckoned()
    practice = handed(page)
    steps(practice, "Play it", "Stop waiting for today", "Another of this kind")
    assert "F4 says" in words(practice)
    overran = next(c for c in practice.model.play.scenario.cause if c.code == "overran")
    assert overran.free_after.to == 8


def test_a_story_that_nobody_has_seen(page: Any) -> None:
    parts(page).story.fold.button.click()
    press(page, "Play one I have not seen")
    assert practice_panel(log="outcomes.db").title == "A story from Compare waits for you."


def test_what_stands_in_the_way_is_said(page: Any) -> None:
    handed(page)
    with pytest.raises(KitError, match="A call of yours waits in Practise already"):
        page.model.hand_over("F4", 8)
    with pytest.raises(KitError, match="There is no log"):
        CompareModel(log="").hand_over("F4", 1)


def test_a_story_that_cannot_be_kept_is_not_begun(
    page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("handed.json").mkdir()
    with pytest.raises(KitError, match=r"handed.json cannot be written"):
        page.model.hand_over("F4", 8)
    Path("handed.json").rmdir()
    assert practice_panel(log="outcomes.db").title == "Practise a missed call"


@pytest.mark.parametrize(
    "damage",
    [
        {"values": {"overran.free_to": "soon"}},
        {"values": {"moon.weight": 1}},
        {"values": {"overran.free_to": -4}},
        {"values": [1]},
        {"policy": 3},
    ],
)
def test_what_cannot_be_read_any_more_is_said_and_the_page_opens(
    page: Any, damage: dict[str, Any]
) -> None:
    handed(page)
    kept = json.loads(Path("handed.json").read_text(encoding="utf-8"))
    for one in kept.values():
        one.update(damage)
    Path("handed.json").write_text(json.dumps(kept), encoding="utf-8")
    practice = practice_panel(log="outcomes.db")
    assert practice.title == "Your last call cannot go on."
    assert "what Compare handed over with it cannot be read any more" in practice.lead


def test_a_policy_that_cannot_be_followed_any_more_leaves_the_call_to_the_player(
    page: Any,
) -> None:
    handed(page)
    kept = json.loads(Path("handed.json").read_text(encoding="utf-8"))
    for one in kept.values():
        one["policy"]["steps"] = [{"do": "fly", "at": 3}]
    Path("handed.json").write_text(json.dumps(kept), encoding="utf-8")
    practice = practice_panel(log="outcomes.db")
    press(practice, "Play it")
    assert "'fly' is nothing that a policy does" in words(practice)
    press(practice, "Stop waiting for today")
    assert "Each step, and why" in words(practice)


def test_what_is_erased_is_erased_here_too(page: Any) -> None:
    practice = handed(page)
    steps(
        practice, "Play it", "Stop waiting for today", "My progress", "Erase mine", "Erase 1 call"
    )
    assert json.loads(Path("handed.json").read_text(encoding="utf-8")) == {}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes.")
def test_only_its_owner_reads_it(page: Any) -> None:
    handed(page)
    assert stat.S_IMODE(Path("handed.json").stat().st_mode) == 0o600


def test_a_call_of_ones_own_has_no_words_beside_it(page: Any) -> None:
    practice = practice_panel(log="outcomes.db", seed=7)
    press(practice, "Play")
    assert " says" not in seen(practice) and not Path("handed.json").exists()


def test_an_own_policy_goes_over_whole(page: Any) -> None:
    page.model.draft(name="Call at ten", call="10", email="", hold="40")
    page.model.add()
    again = compare_panel(desk="desk.json")
    practice = handed(again, "Call-at-ten")
    press(practice, "Play it")
    assert "Call-at-ten says: hold to 2:10, then call the number she gave you." in words(practice)
