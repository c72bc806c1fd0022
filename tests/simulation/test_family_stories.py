"""Named stories of each family: what was done, what came of it, and how it was judged."""

import pytest

from interview_coach.playbook import load_playbook
from interview_coach.simulation import (
    Action,
    Level,
    Play,
    debrief,
    load_scenarios,
    next_step,
    replay,
    start,
    step,
)

PLAYBOOK = load_playbook()
SCENARIOS = load_scenarios(PLAYBOOK)


def played(name: str, hidden: str, *done: str | int, level: Level = "plain") -> Play:
    """Play verbs where the hidden reason holds these words; a number is a wait until that minute."""
    scenario = SCENARIOS[name]

    def reason(seed: int) -> str:
        return scenario.words(start(scenario, seed).world.cause.hidden, free="")

    seed = next(seed for seed in range(400) if hidden in reason(seed))
    actions = [Action("wait", one) if isinstance(one, int) else Action(one) for one in done]
    return replay(scenario, seed, level, actions, PLAYBOOK)


def judged(play: Play) -> dict[str, tuple[str, str | None]]:
    """Verb -> how it was judged, and by which rule."""
    return {one.do: (one.judgement, one.rule) for one in debrief(play, PLAYBOOK).judged}


class TestTheyDoNotCall:
    def test_a_driver_rings_when_the_car_stands(self) -> None:
        play = played("they_call_late", "behind an accident", "stay_calm", "check_time", 60)
        assert play.outcome == "spoke"
        assert play.world.free_at is not None
        assert 0 <= play.minute - play.world.free_at <= 3

    def test_clocks_that_changed_on_one_side_only_are_seen_in_the_invitation(self) -> None:
        play = played("time_zone_mix_up", "This week it is five", "check_time")
        assert "in Berlin they have not yet" in play.events[-1].says
        there = play.scenario.start.to_tz("Europe/Berlin")
        assert there.hour - play.scenario.start.hour == 5

    def test_under_pressure_the_same_check_hints_less(self) -> None:
        play = played("time_zone_mix_up", "This week it is five", "check_time", level="pressure")
        assert "Berlin" not in play.events[-1].says

    def test_a_colleague_offers_two_times_and_the_one_with_room_is_in_time(self) -> None:
        done = (15, "send_email")
        play = played("they_forgot", "gone on leave", *done)
        while play.phase == "waiting":
            play = step(play, next_step(play, PLAYBOOK)[0], PLAYBOOK)
        assert play.stage == "rebooked"
        well = step(play, Action("leave_margins"), PLAYBOOK)
        tight = step(play, Action("take_tight_slot"), PLAYBOOK)
        assert well.outcome == tight.outcome == "rebooked"
        assert judged(well)["leave_margins"] == ("in_time", "keep-room-around-it")
        assert judged(tight)["take_tight_slot"] == ("harmful", "no-tight-slot")
        assert judged(tight)["leave_margins"][0] == "missing"

    def test_an_old_number_in_the_application_makes_it_your_own_miss(self) -> None:
        play = played("wrong_number_for_you", "old number", "check_number")
        assert play.missed_by == "candidate"
        action, rule = next_step(step(play, Action("stay_calm"), PLAYBOOK), PLAYBOOK)
        assert (action.do, rule and rule.id) == ("gather", "gather-what-you-need")
        assert (
            "a 9 for a 6" in played("wrong_number_for_you", "a 9", "check_number").events[-1].says
        )

    def test_yesterday_s_call_is_a_miss_to_mend_at_once(self) -> None:
        play = played("wrong_time_yours", "yesterday", "stay_calm", "check_time", "gather", "call")
        assert play.missed_by == "candidate"
        found = judged(play)
        assert found["call"] == ("in_time", "call-back")
        assert "send_email" not in found, "what is not asked for any more is not missing"

    def test_a_call_this_evening_is_not_missed_at_all(self) -> None:
        play = played("wrong_time_yours", "nine in the evening", "stay_calm", "check_time")
        assert (play.phase, play.stage) == ("ahead", "rebooked")
        for do in ("leave_margins", "remove_obstacle"):
            play = step(play, Action(do), PLAYBOOK)
        play = step(step(play, Action("wait", 630), PLAYBOOK), Action("confirm_ahead"), PLAYBOOK)
        play = step(play, Action("wait", 740), PLAYBOOK)
        assert (play.outcome, judged(play)["confirm_ahead"][0]) == ("kept", "in_time")

    def test_who_never_looks_waits_for_nothing(self) -> None:
        play = played("wrong_time_yours", "nine in the evening", 15, "stop_waiting")
        assert play.outcome == "left"
        assert judged(play)["check_time"][0] == "missing"


class TestYouWereToCall:
    def test_checking_the_number_and_calling_again_reaches_them(self) -> None:
        play = played("wrong_number_dialled", "swapped two digits", "check_number", "call")
        assert play.phase == "talking"
        play = step(step(play, Action("apologise"), PLAYBOOK), Action("begin"), PLAYBOOK)
        assert play.outcome == "spoke"
        assert judged(play)["apologise"] == ("in_time", "apologise-for-the-delay")

    def test_who_begins_without_a_word_about_the_delay_misses_one(self) -> None:
        play = played("wrong_number_dialled", "swapped", "check_number", "call", "begin")
        assert judged(play)["apologise"] == ("missing", "apologise-for-the-delay")

    def test_calling_again_without_a_look_reaches_the_same_stranger(self) -> None:
        play = played("wrong_number_dialled", "swapped two digits", "call", "call", "call")
        assert [event.kind for event in play.events[1:]] == ["stranger"] * 3
        assert judged(play)["call"][0] == "harmful"

    def test_two_people_who_ring_each_other_meet_when_one_stops(self) -> None:
        play = played("line_engaged", "ring you at the same time", "call", "call")
        assert play.events[-1].kind == "engaged"
        assert step(play, Action("wait", 15), PLAYBOOK).outcome == "spoke"

    def test_a_full_mailbox_takes_no_message_and_the_email_carries_it(self) -> None:
        play = played("voicemail_full", "telephone in a drawer", "call")
        assert "leave_voicemail" not in {offer.do for offer in play.offers}
        play = step(step(play, Action("send_email"), PLAYBOOK), Action("wait", 30), PLAYBOOK)
        assert play.outcome == "spoke"

    def test_a_message_left_with_a_person_counts_as_the_voicemail_would(self) -> None:
        play = played("assistant_answers", "with the mayor", "leave_voicemail")
        assert judged(play)["leave_voicemail"] == ("in_time", "voicemail-no-answer")

    def test_without_a_number_there_is_nothing_to_dial_until_it_is_found(self) -> None:
        play = played("number_missing", "fallen out")
        assert "call" not in {offer.do for offer in play.offers}
        found = step(step(play, Action("check_number"), PLAYBOOK), Action("call"), PLAYBOOK)
        assert found.phase == "talking"


class TestYouMissedIt:
    @pytest.mark.parametrize("hidden", ["until ten past", "second round", "not answered either"])
    def test_within_ten_minutes_the_call_back_is_answered(self, hidden: str) -> None:
        play = played("ten_minute_cutoff", hidden, "stay_calm", "gather", "call")
        assert (play.phase, play.minute) == ("talking", 8)
        assert judged(play)["call"] == ("in_time", "call-back")

    def test_after_ten_minutes_it_is_not(self) -> None:
        play = played("ten_minute_cutoff", "until ten past", 10, "call")
        assert play.events[-1].kind == "no_answer"
        for action in (Action("send_email"), Action("wait", 120)):
            play = step(play, action, PLAYBOOK)
        assert play.outcome == "ended"
        assert debrief(play, PLAYBOOK).headline == (
            f"It is {play.scenario.at(120)}, and your name is off the list for this round."
        )

    def test_a_late_email_still_finds_the_second_round(self) -> None:
        play = played("ten_minute_cutoff", "second round", 10, "call", "send_email", 90)
        assert (play.phase, play.stage) == ("after", "rebooked")

    def test_one_apology_and_the_question_whether_now_is_good(self) -> None:
        play = played("phone_on_silent", "still at his desk", "stay_calm", "gather")
        while play.phase == "waiting":
            play = step(play, next_step(play, PLAYBOOK)[0], PLAYBOOK)
        play = step(play, Action("apologise"), PLAYBOOK)
        play = step(play, Action("ask_good_time"), PLAYBOOK)
        assert play.outcome == "spoke"
        assert judged(play)["apologise"] == ("in_time", "apologise-briefly")

    @pytest.mark.parametrize(
        ("do", "rule"),
        [
            ("over_apologise", "no-grovelling"),
            ("excuse", "no-long-story"),
            ("blame", "no-blame"),
        ],
    )
    def test_what_tempts_in_the_talk_is_harmful(self, do: str, rule: str) -> None:
        play = played("stuck_in_traffic", "ten minutes between", "call")
        assert play.phase == "talking"
        if do == "blame":
            play = played("unknown_number", "until half past two", "call")
        assert judged(step(play, Action(do), PLAYBOOK))[do] == ("harmful", rule)

    def test_letting_it_rest_before_one_call_is_harmful_and_after_it_is_not(self) -> None:
        assert judged(played("overslept", "crossed your name", "stop_waiting"))["stop_waiting"] == (
            "harmful",
            "no-letting-it-rest",
        )
        later = played("overslept", "crossed your name", "call", "send_email", "stop_waiting")
        assert (later.outcome, judged(later)["stop_waiting"][0]) == ("rebooked", "neutral")

    def test_who_dials_at_once_hears_the_tone_of_two_who_dial(self) -> None:
        play = played("dropped_call", "dialling you", "call")
        assert play.events[-1].kind == "engaged"
        assert step(play, Action("wait", 30), PLAYBOOK).phase == "talking"


class TestTheSecondTime:
    def test_the_direction_is_changed_and_the_pattern_logged(self) -> None:
        play = played("they_miss_it_again", "nobody sits", 15, "ask_them_to_call", 60)
        assert play.phase == "after"
        play = step(play, Action("log_outcome"), PLAYBOOK)
        assert play.outcome == "rebooked"
        found = judged(play)
        assert found["ask_them_to_call"] == ("in_time", "swap-who-calls")
        assert found["log_outcome"] == ("in_time", "log-the-pattern")

    def test_a_second_miss_that_is_not_noted_is_missing(self) -> None:
        done = (15, "ask_them_to_call", 60, "stop_waiting", "stop_waiting")
        play = played("they_miss_it_again", "pipe had burst", *done)
        assert play.outcome == "rebooked"
        assert judged(play)["log_outcome"] == ("missing", "log-the-pattern")

    def test_a_line_ahead_mends_their_calendar(self) -> None:
        well = ("leave_margins", "remove_obstacle", 270, "confirm_ahead", 430)
        play = played("the_new_slot_nears", "five instead of three", *well)
        assert play.outcome == "kept"
        assert judged(play)["confirm_ahead"] == ("in_time", "confirm-ahead")
        silent = ("leave_margins", "remove_obstacle", 430)
        assert played("the_new_slot_nears", "five instead of three", *silent).outcome == "ended"

    def test_room_after_it_keeps_a_late_call(self) -> None:
        tight = ("take_tight_slot", "remove_obstacle", "confirm_ahead", 430)
        roomy = ("leave_margins", "remove_obstacle", "confirm_ahead", 430)
        assert played("the_new_slot_nears", "ran late", *tight).outcome == "ended"
        assert played("the_new_slot_nears", "ran late", *roomy).outcome == "kept"

    def test_what_got_in_the_way_gets_in_the_way_again(self) -> None:
        left = ("leave_margins", "confirm_ahead", 430)
        play = played("the_new_slot_nears", "rang at the minute", *left)
        assert (play.outcome, play.events[-1].kind) == ("ended", "missed_again")

    def test_the_third_miss_ends_with_the_coach(self) -> None:
        done = ("stay_calm", "check_time", 60, "stop_waiting", "log_outcome", "ask_coach")
        play = played("third_miss", "left the company", *done)
        assert play.outcome == "handed_over"
        assert judged(play)["ask_coach"] == ("in_time", "ask-your-coach")


def test_thanks_that_sting_are_harmful_and_plain_thanks_are_in_time() -> None:
    play = played("the_thanks", "wrote his notes", "gather", "blame")
    assert judged(play)["blame"] == ("harmful", "no-sting-in-the-thanks")
    play = played("the_thanks", "wrote his notes", "gather", 160, "thank")
    assert (play.outcome, judged(play)["thank"]) == ("thanked", ("in_time", "thank-them"))


class TestVideoStories:
    def test_the_newer_email_has_the_right_link(self) -> None:
        play = played("video_wrong_link", "sent anew", "check_link")
        assert (play.phase, play.events[-1].kind) == ("talking", "joined")
        assert judged(play)["check_link"] == ("in_time", "check-the-link")

    def test_a_muted_microphone_is_found_before_they_leave_and_not_after(self) -> None:
        assert played("video_microphone", "muted you", "check_link").phase == "talking"
        gone = played("video_microphone", "muted you", 10, 30, "check_link")
        assert "they_leave" in [event.kind for event in gone.events]
        assert gone.phase == "waiting"

    def test_a_fault_on_their_side_is_found_by_telephone(self) -> None:
        play = played("video_microphone", "their loudspeaker", "check_link")
        assert play.phase == "waiting"
        assert step(play, Action("call"), PLAYBOOK).phase == "talking"
