"""What the practice page keeps of a call, and the progress it shows from it."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from interview_coach.errors import KitError
from interview_coach.outcomes import database
from interview_coach.panels.kit.guard import RAISE
from interview_coach.panels.practice import practice_panel
from interview_coach.panels.practice_model import PracticeModel
from interview_coach.simulation import (
    LEVELS,
    follow_the_guidance,
    run,
)
from tests.panels.driving import buttons, press, words
from tests.panels.practising import GUIDED, PLAYBOOK, SCENARIOS, Open, change, field, kept, play


class TestKeeping:
    def test_a_restart_in_the_middle_of_a_call_resumes_it(self, open_page: Open) -> None:
        page = open_page()
        play(page, "Play", *GUIDED[:6])
        before = page.model.play
        again = open_page()
        assert again.title == "You were in the middle of a call: it is 2:17."
        assert again.lead == "The phone stays silent · plain · decision 6"
        press(again, "Go on")
        assert again.model.play == before
        play(again, *GUIDED[6:])
        assert again.title == "You did not speak today, and a new time is on its way."

    @pytest.mark.parametrize("name", SCENARIOS)
    def test_every_step_of_a_story_can_be_resumed(self, name: str, log: Path) -> None:
        number = list(SCENARIOS).index(name)
        level = LEVELS[number % len(LEVELS)]
        path = run(SCENARIOS[name], number, follow_the_guidance, PLAYBOOK, level)
        first = PracticeModel(PLAYBOOK, str(log))
        first.begin(name, level, number)
        for _, action in path.actions:
            after_restart = PracticeModel(PLAYBOOK, str(log))
            attempt = after_restart.kept.unfinished()
            assert attempt is not None
            play_ = after_restart.kept.restored(attempt)
            assert play_ == first.play
            after_restart.go_on(attempt, play_)
            after_restart.act(action)
            first = after_restart
        assert first.play == path
        assert first.kept.unfinished() is None
        last = kept(log)[-1]
        assert (last.state, last.outcome, last.score) == ("ended", path.outcome, 1.0)

    def test_start_anew_puts_the_old_call_aside(self, open_page: Open, log: Path) -> None:
        play(open_page(), "Play", "Take a breath")
        again = open_page()
        press(again, "Start anew")
        assert again.title == "Practise a missed call"
        assert [(one.state, one.score) for one in kept(log)] == [("ended", None)]
        assert open_page().title == "Practise a missed call"

    def test_leaving_for_now_keeps_the_call(self, open_page: Open) -> None:
        page = open_page()
        play(page, "Play", "Take a breath", "Leave for now")
        assert page.title == "Practise a missed call"
        assert open_page().title == "You were in the middle of a call: it is 2:04."

    def test_an_attempt_of_an_older_playbook_goes_on_where_it_leads_to_the_same(
        self, open_page: Open, log: Path
    ) -> None:
        play(open_page(), "Play", "Take a breath")
        change(log, "playbook = 'of last year'")
        again = open_page()
        press(again, "Go on")
        assert again.model.play.minute == 4
        press(again, "Check the invitation: date, time and zone")
        assert kept(log)[0].playbook != "of last year"

    @pytest.mark.parametrize(
        ("older", "why"),
        [
            (
                "actions = '[[\"thank\", null]]'",
                "This attempt cannot be played again: the playbook has changed since, and "
                "'Thank them' is no longer open at 2:03.",
            ),
            (
                "actions = '[[\"juggle\", null]]'",
                "This attempt cannot be played again: the playbook has changed since, and "
                "'juggle' is no longer open at 2:03.",
            ),
            (
                "minute = 9",
                "This attempt cannot be played again: the playbook has changed since, and the "
                "same steps now lead to 2:04 instead of 2:09, or to another end.",
            ),
            (
                "scenario = 'loud_phone'",
                "This attempt cannot be played again: the playbook has no longer the call "
                "'loud_phone'.",
            ),
            (
                "level = 'gold'",
                "This attempt cannot be played again: the playbook has no longer the level 'gold'.",
            ),
        ],
    )
    def test_an_attempt_that_leads_elsewhere_says_why(
        self, open_page: Open, log: Path, older: str, why: str
    ) -> None:
        play(open_page(), "Play", "Take a breath")
        change(log, older)
        again = open_page()
        assert (again.title, again.lead) == ("Your last call cannot go on.", why)
        press(again, "Start anew")
        assert again.title == "Practise a missed call"

    def test_a_doubled_click_is_one_step(
        self, open_page: Open, log: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = open_page()
        press(page, "Play")
        one = buttons(page)["Take a breath"]
        clicked = datetime(2026, 3, 5, 20, 0, tzinfo=UTC)
        monkeypatch.setattr("interview_coach.panels.kit.controls.sent_at", lambda: clicked)
        one.click()
        one.click()
        assert kept(log)[0].actions == (("stay_calm", None),)

    def test_a_second_window_does_not_overwrite_the_first(self, open_page: Open, log: Path) -> None:
        here = open_page()
        play(here, "Play", "Take a breath")
        there = open_page()
        play(there, "Go on", "Wait until 2:15")
        with pytest.raises(KitError, match="in another window, so this step was not kept"):
            press(here, "Check the invitation: date, time and zone")
        assert here.model.play.minute == 4
        assert [do for do, _ in kept(log)[0].actions] == ["stay_calm", "wait"]

    def test_a_locked_store_says_so_and_loses_nothing_typed(
        self, open_page: Open, log: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
        monkeypatch.delenv(RAISE)
        page = open_page()
        play(page, "Play", *GUIDED[:4], "Leave a voicemail")
        field(page, "Your words").value = "Hello, this is Sam."
        with closing(sqlite3.connect(log)) as other:
            other.execute("BEGIN IMMEDIATE")
            press(page, "Send mine")
            assert "outcomes.db is in use by another program" in words(page)
            assert page.model.play.minute == 16
            assert field(page, "Your words").value == "Hello, this is Sam."
            other.rollback()
        press(page, "Send mine")
        assert page.model.play.minute == 17
        assert kept(log)[0].messages[0]["text"] == "Hello, this is Sam."

    def test_nothing_is_kept_without_a_log(self, tmp_path: Path, open_page: Open) -> None:
        page = open_page(log="")
        play(page, "Play", *GUIDED)
        assert page.title == "You did not speak today, and a new time is on its way."
        assert list(tmp_path.iterdir()) == []


class TestProgress:
    def test_nothing_yet_says_what_to_do_first(self, open_page: Open) -> None:
        page = open_page()
        page.model.look_at_progress()
        assert page.title == "My progress"
        assert "Play a call to its end, and it stands here with its points." in words(page)

    def test_it_shows_the_chart_the_list_and_what_is_next(self, open_page: Open) -> None:
        page = open_page()
        play(page, "Play", *GUIDED, "Another of this kind", "Stop waiting for today")
        play(page, "Go back to 2:03", "Leave for now", "My progress")
        assert page.lead == ("2 calls played to the end for the first time, 1 story played again.")
        shown = words(page)
        assert "Chart of" in shown
        assert "over 2 practised calls" in shown
        assert "Practise next" in shown
        for became in ("first time", "broken off, to go on with"):
            assert became in shown

    def test_a_debrief_can_be_looked_at_again(self, open_page: Open) -> None:
        page = open_page()
        play(page, "Play", "Stop waiting for today", "My progress", "Show it")
        assert page.title == "You stopped at 2:03, and nobody knew that you had been there."

    def test_a_debrief_of_another_playbook_says_why_it_cannot(
        self, open_page: Open, log: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = open_page()
        play(page, "Play", "Stop waiting for today")
        change(log, "minute = 12")
        press(page, "My progress")
        monkeypatch.delenv(RAISE)
        press(page, "Show it")
        assert "cannot be played again: the playbook has changed since" in words(page)

    def test_the_start_page_offers_what_is_next_first(self, open_page: Open) -> None:
        page = open_page()
        assert "Play this one" not in buttons(page)
        play(page, "Play", "Stop waiting for today", "Choose another call", "Play this one")
        assert page.model.play.outcome is None

    def test_erasing_asks_first_and_says_what_it_did(self, open_page: Open, log: Path) -> None:
        page = open_page(player="C-zebra")
        play(page, "Play", "Stop waiting for today", "My progress", "Erase mine")
        assert "This erases the 1 call of 'C-zebra', with every word" in words(page)
        press(page, "Keep them")
        assert len(page.model.kept.all()) == 1
        play(page, "Erase mine", "Erase 1 call")
        assert "Erased: 1 call of 'C-zebra'. Nothing of it is left in the file." in words(page)
        for part in log.parent.iterdir():
            assert b"C-zebra" not in part.read_bytes()
        press(page, "Choose a call")
        assert page.title == "Practise a missed call"


def test_a_skill_that_was_only_harmed_says_so() -> None:
    page = practice_panel(scenario="the_new_slot_nears", seed=1, log="", house="")
    press(page, "Play")
    assert "3 hours 30 minutes to go" in words(page)
    model = page.model
    model.act(next(one.action for one in model.choices() if one.action.do == "over_apologise"))
    while model.play.outcome is None:
        model.act(follow_the_guidance(model.play, PLAYBOOK))
    assert "1 taken away" in words(page)
