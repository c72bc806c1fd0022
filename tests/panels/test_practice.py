"""The practice panel, driven in process: every click goes the way the browser's does."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pytest

from interview_coach.errors import KitError
from interview_coach.outcomes import database
from interview_coach.outcomes.attempts import Attempts
from interview_coach.panels import practice_model
from interview_coach.panels.kit.guard import RAISE
from interview_coach.panels.practice import practice_panel
from interview_coach.panels.practice_model import PracticeModel
from interview_coach.playbook import load_playbook
from interview_coach.simulation import (
    LEVELS,
    Action,
    follow_the_guidance,
    load_scenarios,
    run,
    start,
    step,
)
from tests.panels.driving import buttons, inside, press, words

PLAYBOOK = load_playbook()
SCENARIOS = load_scenarios(PLAYBOOK)
READY = "Send the ready-made one"


def seed_of(cause: str, scenario: str = "silent_phone") -> int:
    """Find a seed that hides this cause."""
    return next(
        seed for seed in range(300) if start(SCENARIOS[scenario], seed).world.cause.code == cause
    )


EMERGENCY = seed_of("emergency")
GUIDED = (
    "Take a breath",
    "Check the invitation: date, time and zone",
    "Wait until 2:15",
    "Call the number she gave you",
    "Leave a voicemail",
    READY,
    "Write an email",
    READY,
    "Wait until 2:30",
    "Wait until 3:00",
    "Stop waiting for today",
)

Open = Callable[..., Any]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "outcomes.db"


@pytest.fixture
def open_page(log: Path) -> Open:
    """Open the page on a log of its own; a second time is what a restarted kernel does."""

    def opened(**given: Any) -> Any:
        return practice_panel(**{"seed": EMERGENCY, "log": str(log), "house": "", **given})

    return opened


def play(page: Any, *steps: str) -> None:
    for one in steps:
        press(page, one)


def kept(log: Path) -> Any:
    with Attempts.open(log) as attempts:
        return attempts.all()


def field(page: Any, label: str) -> Any:
    return next(one for one in inside(page) if getattr(one, "description", "") == label)


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


def change(log: Path, what: str) -> None:
    with closing(sqlite3.connect(log)) as raw:
        raw.execute(f"UPDATE attempts SET {what}")
        raw.commit()


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
