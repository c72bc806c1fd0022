"""Words of one's own in a practised call, and its clock."""

from pathlib import Path
from typing import Any

import pytest

from interview_coach.errors import KitError
from interview_coach.panels.kit.guard import RAISE
from interview_coach.simulation import (
    follow_the_guidance,
    start,
    step,
)
from tests.panels.driving import buttons, press, words
from tests.panels.practising import (
    GUIDED,
    PLAYBOOK,
    READY,
    SCENARIOS,
    Open,
    field,
    kept,
    play,
    seed_of,
)


class TestWriting:
    def test_own_words_count_by_what_they_hold(self, open_page: Open) -> None:
        page = open_page()
        play(page, "Play", *GUIDED[:4], "Leave a voicemail")
        assert page.title == "It is 2:16. What do you say?"
        field(
            page, "Your words"
        ).value = "This is Sam Carter, about our <b>interview</b>. It's 2:16."
        press(page, "Send mine")
        play(page, "Write an email", READY, *GUIDED[8:])
        shown = words(page)
        assert "Sam Carter, about our <b>interview</b>." in shown
        assert "It holds 3 of 5 items. Missing: a number or address" in shown
        # The voicemail and the email in time, and three fifths of the player's own words.
        assert page.model.kept.attempt.scores["message"] == (2.6, 3.0)
        assert "2.6 of 3" in shown

    def test_own_words_that_the_review_cannot_read_are_neither_praised_nor_scored(
        self, open_page: Open
    ) -> None:
        page = open_page()
        play(page, "Play", *GUIDED[:4], "Leave a voicemail")
        field(
            page, "Your words"
        ).value = (
            "Buenos días, soy Sam Carter y no me han llamado: es una falta de respeto para mí."
        )
        press(page, "Send mine")
        play(page, "Write an email", READY, *GUIDED[8:])
        shown = words(page)
        assert "This looks like Spanish" in shown
        assert "It holds" not in shown
        assert page.model.kept.attempt.scores["message"] == (2.0, 2.0)

    def test_words_that_may_hurt_are_marked_with_the_reason_and_cost_a_point(
        self, open_page: Open
    ) -> None:
        page = open_page()
        play(page, "Play", *GUIDED[:4], "Leave a voicemail")
        said = "This is Sam Carter, about our interview. It's 2:16. You forgot to call me."
        field(page, "Your words").value = said
        press(page, "Send mine")
        play(page, "Write an email", READY, *GUIDED[8:])
        shown = words(page)
        assert "“You forgot to call me.” </b>It says that they are at fault" in shown
        assert page.model.kept.attempt.scores["message"] == (2.4, 3.0)

    def test_the_ready_made_words_are_one_click_away(self, open_page: Open) -> None:
        page = open_page()
        play(page, "Play", *GUIDED[:4], "Leave a voicemail", "Put the ready-made words in")
        text = field(page, "Your words").value
        assert "Sam Carter" in text
        assert "It is 2:16 pm" in text
        assert "until 3:00 pm" in text  # as long as the plan holds (K3)

    def test_a_message_without_words_is_not_sent(self, open_page: Open) -> None:
        page = open_page()
        play(page, "Play", *GUIDED[:4], "Leave a voicemail")
        with pytest.raises(KitError, match=r"^There are no words yet; write some, or send"):
            press(page, "Send mine")
        press(page, "Back to the choices")
        assert "Leave a voicemail" in buttons(page)

    def test_going_back_before_a_message_lets_go_of_it(self, open_page: Open) -> None:
        page = open_page()
        play(page, "Play", *GUIDED[:4], "Leave a voicemail")
        field(page, "Your words").value = "Hello"
        play(page, "Send mine", "Take back")
        assert page.model.messages == ()
        assert page.model.kept.attempt.messages == ()

    @pytest.mark.parametrize("name", SCENARIOS)
    def test_every_message_on_the_guided_path_has_ready_made_words(self, name: str) -> None:
        from interview_coach.panels.practice_words import ready_words
        from interview_coach.simulation.written import message_kind

        for seed in range(8):
            now = start(SCENARIOS[name], seed)
            while now.outcome is None:
                action = follow_the_guidance(now, PLAYBOOK)
                kind = message_kind(now, action, PLAYBOOK)
                if kind is not None:
                    assert ready_words(now, kind, PLAYBOOK), (name, seed, action, kind)
                now = step(now, action, PLAYBOOK)


class TestClock:
    def begun(self, open_page: Open, **given: Any) -> Any:
        page = open_page(**given)
        field(page, "The clock").value = 5.0
        play(page, "Play")
        return page

    def tick(self, page: Any, times: int) -> None:
        for _ in range(times):
            page.ticker.ticks += 1

    def test_it_moves_only_when_started(self, open_page: Open) -> None:
        page = self.begun(open_page)
        self.tick(page, 3)
        assert (page.model.minute, page.ticker.running) == (3, False)
        press(page, "Start the clock")
        self.tick(page, 3)
        assert (page.model.minute, page.ticker.running, page.ticker.seconds) == (6, True, 5.0)
        assert page.title == "It is 2:06. It is still quiet."
        press(page, "Pause")
        self.tick(page, 3)
        assert (page.model.minute, page.ticker.running) == (6, False)

    def test_a_tick_leaves_the_buttons_and_their_focus_alone(self, open_page: Open) -> None:
        page = self.begun(open_page)
        press(page, "Start the clock")
        before = buttons(page)["Take a breath"]
        self.tick(page, 2)
        assert buttons(page)["Take a breath"] is before

    def test_the_time_that_passed_is_one_wait(self, open_page: Open, log: Path) -> None:
        page = self.begun(open_page)
        press(page, "Start the clock")
        self.tick(page, 4)
        assert kept(log)[0].actions == ()
        press(page, "Take a breath")
        assert kept(log)[0].actions == (("wait", 7), ("stay_calm", None))
        assert page.model.minute == 8

    def test_it_stops_when_something_comes(self, open_page: Open) -> None:
        page = self.begun(open_page, seed=seed_of("overran"))
        press(page, "Start the clock")
        self.tick(page, 60)
        world = page.model.play.world
        assert page.model.play.outcome == "spoke"
        assert page.model.play.minute == world.free_at + world.minutes[0]
        assert len(page.model.play.actions) == 1
        assert not page.ticker.running

    def test_it_waits_while_a_voicemail_listens(self, open_page: Open) -> None:
        page = self.begun(open_page)
        play(page, "Start the clock", "Call the number she gave you")
        self.tick(page, 5)
        assert page.model.play.minute == page.model.minute == 4
        assert buttons(page)["Start the clock"].disabled
        press(page, "Leave a voicemail")
        self.tick(page, 5)
        assert page.title == "It is 2:04. What do you say?"

    def test_it_stands_at_the_longest_wait(self, open_page: Open) -> None:
        page = self.begun(open_page)
        press(page, "Start the clock")
        self.tick(page, 120)
        assert not page.ticker.running
        # The wait of an hour, then the one that is only offered once an hour has passed.
        assert page.model.play.outcome == "ended"
        assert [until for _, action in page.model.play.actions for until in [action.until]] == [
            60,
            90,
        ]

    def test_a_failing_save_stops_the_clock_and_says_so(
        self, open_page: Open, log: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv(RAISE)
        page = self.begun(open_page, seed=seed_of("overran"))
        press(page, "Start the clock")
        log.rename(log.with_name("elsewhere.db"))
        self.tick(page, 60)
        assert "was moved, replaced or deleted while it was in use" in words(page)
        assert page.model.play.outcome is None
        assert not page.ticker.running
