"""The practice panel, driven in process: every click goes the way the browser's does."""

import pytest

from interview_coach.panels.practice import practice_panel
from tests.panels.driving import buttons, press, words


@pytest.fixture(autouse=True)
def _failures_are_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEW_COACH_RAISE", "1")


def test_a_call_is_played_to_its_end_and_debriefed() -> None:
    page = practice_panel(seed=0)  # seed 0 hides an emergency
    press(page, "Play")
    assert page.title == "It is 2:03. The phone is quiet."
    for choice in (
        "Take a breath",
        "Check the invitation: date, time and zone",
        "Wait until 2:15",
        "Call the number she gave you",
        "Leave a voicemail",
        "Write an email",
        "Wait until 2:30",
        "Wait until 3:00",
        "Stop waiting for today",
    ):
        press(page, choice)
    assert page.title == "You did not speak today, and a new time is on its way."
    assert page.lead.startswith("What you couldn't see: she had an emergency")
    shown = words(page)
    assert "Left a voicemail at 2:16" in shown
    assert "Guidance B3, K3" in shown
    assert "Others say: F1" in shown
    assert "not done" not in shown


def test_the_debrief_names_harm_and_what_was_missing() -> None:
    page = practice_panel(seed=0)
    press(page, "Play")
    press(page, "Stop waiting for today")
    shown = words(page)
    assert page.title == "You stopped at 2:03, and nobody knew that you had been there."
    assert "harmful" in shown
    assert "Send the email too, by 2:30" in shown


def test_take_back_undoes_one_step_and_the_next_is_as_before() -> None:
    page = practice_panel(seed=4)
    press(page, "Play")
    before = page.model.play
    press(page, "Call the number she gave you")
    after = page.model.play
    press(page, "Take back")
    assert page.model.play == before
    press(page, "Call the number she gave you")
    assert page.model.play == after


def test_go_back_from_the_debrief_plays_on_from_there() -> None:
    page = practice_panel(seed=0)
    press(page, "Play")
    for choice in ("Take a breath", "Wait until 2:15", "Stop waiting for today"):
        press(page, choice)
    press(page, "Go back to 2:15")
    assert page.model.play.outcome is None
    assert [action.do for _, action in page.model.play.actions] == ["stay_calm", "wait"]


def test_the_guidance_s_way_is_the_same_story() -> None:
    page = practice_panel(seed=0)
    press(page, "Play")
    press(page, "Stop waiting for today")
    world = page.model.play.world
    press(page, "Show me the guidance's way")
    assert page.model.play.world == world
    assert page.model.play.outcome == "rebooked"


def test_another_of_this_kind_is_a_new_story() -> None:
    page = practice_panel(seed=0)
    press(page, "Play")
    press(page, "Stop waiting for today")
    press(page, "Another like this")
    assert page.model.play.outcome is None
    assert page.model.play.actions == ()


def test_a_hint_is_offered_at_the_guided_level_only() -> None:
    plain = practice_panel(seed=0)
    press(plain, "Play")
    assert "Hint" not in buttons(plain)
    guided = practice_panel(level="guided", seed=0)
    press(guided, "Play")
    press(guided, "Hint")
    assert guided.model.hint.startswith("Take a breath. ")
    assert "(A1, A3)" in words(guided)


def test_each_story_is_new_without_a_seed() -> None:
    page = practice_panel()
    seeds = set()
    for _ in range(3):
        page.model.begin("silent_phone", "plain")
        seeds.add(page.model.play.seed)
    assert len(seeds) == 3
