"""The page for the day itself, driven in process."""

import datetime as dt
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pytest

from interview_coach.errors import KitError
from interview_coach.panels.desk import Desk
from interview_coach.panels.log import log_panel
from interview_coach.panels.today import today_panel
from interview_coach.panels.today_invitation import take_invitation
from tests.panels.driving import buttons, inside, press, visible, words


def page_at(now: str, **given: Any) -> Any:
    return today_panel("Europe/London", now, time=dt.time(14, 0), **given)


def test_ten_past_and_nobody_has_called() -> None:
    page = page_at("2026-03-05T14:10", their_timezone="America/New_York")
    press(page, "What now?")
    assert page.title == "It is 2:10 pm for you, 9:10 am for them."
    shown = words(page)
    for step in ("Check the invitation", "Call the number you were given", "Stop waiting"):
        assert step in shown
    assert "3:00 pm" in shown
    assert "2:00 pm for you is 9:00 am for them." in page.lead


def test_the_voicemail_holds_the_plan_s_window() -> None:
    page = page_at("2026-03-05T14:16", sender="Amara Nwosu", phone="020 7946 0100")
    press(page, "What now?")
    press(page, "Write it")
    (draft,) = [one.value for one in inside(page) if isinstance(one, widgets.Textarea)]
    assert "I am free until 3:00 pm." in draft
    assert "It is 2:16 pm" in draft
    assert "Amara Nwosu" in draft


def test_what_a_message_lacks_is_said_beside_the_button(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INTERVIEW_COACH_RAISE", raising=False)
    page = page_at("2026-03-05T14:16")
    press(page, "What now?")
    press(page, "Write it")
    assert "Your name is missing" in words(page)
    assert not [one for one in inside(page) if isinstance(one, widgets.Textarea)]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"time": None}, "Agreed for: give the day and the time of the interview."),
        ({"timezone": "Europe/Lundon"}, "did you mean 'Europe/London'?"),
        ({"time": dt.time(15, 0)}, "nothing has been missed yet"),
        (
            {"their_timezone": "the moon"},
            "Their time zone: there is no time zone called 'the moon'",
        ),
    ],
)
def test_what_does_not_fit_is_one_sentence_and_nothing_typed_is_lost(
    given: dict[str, Any], says: str
) -> None:
    page = page_at("2026-03-05T14:10", sender="Amara Nwosu")
    for name, value in given.items():
        setattr(page.model, name, value)
    with pytest.raises(KitError) as caught:
        page.model.ask()
    assert says in str(caught.value)
    assert (page.model.plan, page.model.sender) == (None, "Amara Nwosu")


def test_you_missed_it_means_act_at_once() -> None:
    page = page_at("2026-03-05T14:40", missed_by="candidate")
    press(page, "What now?")
    assert "Call back right away" in words(page)
    assert "Stop waiting" not in words(page)


def test_what_is_typed_is_shown_as_text() -> None:
    nasty = 'Amara" onmouseover="alert(1)" <zap'
    page = page_at("2026-03-05T14:16", sender=nasty, phone="020 7946 0100")
    press(page, "What now?")
    press(page, "Write it")
    markup = [one.value for one in inside(page) if isinstance(one, widgets.HTML)]
    assert not any('onmouseover="' in value or "<zap" in value for value in markup)


def test_changing_the_answers_keeps_them() -> None:
    page = page_at("2026-03-05T14:16", attempts=2)
    press(page, "What now?")
    press(page, "Change my answers")
    assert page.model.plan is None
    assert page.model.attempts == 2
    press(page, "What now?")
    assert page.model.plan is not None


INVITATION = "\r\n".join(
    [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:x",
        "BEGIN:VEVENT",
        "UID:u",
        "SUMMARY:Interview <b>lab</b>",
        "DTSTART;TZID=America/New_York:20260305T090000",
        "DURATION:PT30M",
        "LOCATION:+44 20 7946 0100",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
)


def test_an_invitation_fills_in_day_time_and_zone_and_a_mix_up_shows_first() -> None:
    page = page_at("2026-03-05T14:10")
    page.model.day, page.model.time = dt.date(2026, 1, 1), None
    (pasted,) = [one for one in inside(page) if isinstance(one, widgets.Textarea)]
    pasted.value = INVITATION
    press(page, "Read it")
    assert (page.model.day, page.model.time) == (dt.date(2026, 3, 5), dt.time(14, 0))
    assert page.model.their_timezone == "America/New_York"
    assert "+44 20 7946 0100" in words(page)
    assert "<b>lab</b>" not in " ".join(
        str(one.value) for one in inside(page) if isinstance(one, widgets.HTML)
    )
    press(page, "What now?")
    assert (
        "The invitation says 9:00 am New York. That is 2:00 pm for you: no mix-up of zones."
        in page.lead
    )


def test_an_invitation_that_cannot_be_read_changes_nothing() -> None:
    page = page_at("2026-03-05T14:10")
    before = (page.model.day, page.model.time)
    (pasted,) = [one for one in inside(page) if isinstance(one, widgets.Textarea)]
    pasted.value = "BEGIN:VCALENDAR\r\nX\r\nEND:VCALENDAR"
    with pytest.raises(KitError, match=r"^invitation: the file is torn or malformed"):
        press(page, "Read it")
    assert (page.model.day, page.model.time) == before


def test_what_was_answered_and_ticked_survives_a_restart_and_goes_to_the_log(
    tmp_path: Path,
) -> None:
    desk = str(tmp_path / "desk.json")
    page = page_at("2026-03-05T14:16", sender="Amara Nwosu", phone="020 7946 0100", desk=desk)
    press(page, "What now?")
    ticks = [one for one in inside(page) if isinstance(one, widgets.Checkbox)]
    ticks[0].value = True
    press(page, "Write it")
    assert "Nothing is missing, and nothing may hurt." in words(page)
    again = today_panel("Europe/London", "2026-03-05T14:17", desk=desk)
    assert (again.model.sender, again.model.time) == ("Amara Nwosu", dt.time(14, 0))
    assert again.title == "It is 2:17 pm for you."  # it opens where one was
    done = [one.value for one in inside(again) if isinstance(one, widgets.Checkbox)]
    assert done[0] is True
    assert not any(done[1:])
    log = log_panel(str(tmp_path / "outcomes.db"), timezone="Europe/Paris", desk=desk)
    entry = log.model.entry
    assert (entry.day, entry.time, entry.timezone) == (
        dt.date(2026, 3, 5),
        dt.time(14, 0),
        "Europe/London",
    )
    assert (entry.state, entry.missed_by, entry.caller) == (
        "missed",
        "interviewer_no_call",
        "interviewer",
    )
    entry.client = "C-014"
    press(log, "Log it")
    assert Desk(desk).read("today") == {}


def test_yesterday_s_call_is_not_opened_but_its_answers_are_there(tmp_path: Path) -> None:
    desk = str(tmp_path / "desk.json")
    press(page_at("2026-03-05T14:16", desk=desk), "What now?")
    again = today_panel("Europe/London", "2026-03-06T14:16", desk=desk)
    assert again.model.plan is None
    assert again.model.time == dt.time(14, 0)


def test_start_afresh_clears_the_desk(tmp_path: Path) -> None:
    desk = str(tmp_path / "desk.json")
    page = page_at("2026-03-05T14:16", desk=desk)
    press(page, "What now?")
    assert Desk(desk).read("today")
    press(page, "Start anew")
    assert Desk(desk).read("today") == {}
    assert page.model.plan is None


def test_a_typed_line_is_read_too_and_its_doubts_are_said() -> None:
    page = page_at("2026-03-05T14:10")
    (pasted,) = [one for one in inside(page) if isinstance(one, widgets.Textarea)]
    pasted.value = "Interview today at 9am ET, call 020 7946 0100"
    press(page, "Read it")
    assert (page.model.time, page.model.their_timezone) == (dt.time(14, 0), "America/New_York")
    assert page.model.number == "020 7946 0100"


def test_a_day_of_another_year_is_read_out_with_its_year() -> None:
    page = page_at("2026-03-05T14:10")
    (pasted,) = [one for one in inside(page) if isinstance(one, widgets.Textarea)]
    pasted.value = "Your telephone interview: 3 March 2024 at 10:00"
    press(page, "Read it")
    assert "Sunday 3 March 2024 at 10:00 am" in words(page)


def test_what_is_due_follows_the_ticks_and_the_clock() -> None:
    page = page_at("2026-03-05T14:10")
    press(page, "What now?")
    assert "Due now: take a breath." in words(page)
    steps = [one for one in inside(page) if isinstance(one, widgets.Checkbox)]
    steps[0].value = True
    assert "Due now: take a breath." not in words(page)
    for one in steps:
        one.value = True
    assert "All steps are ticked off." in words(page)
    steps[-1].value = False
    last = steps[-1].description.partition(": ")[2]
    assert "Next, at" in words(page)
    page.model.now = "2026-03-07T15:30"
    (ticker,) = [one for one in inside(page) if type(one).__name__ == "Ticker"]
    ticker.ticks += 1
    assert f"Due now: {last[0].lower()}{last[1:]}." in words(page)


def test_a_window_that_outlasts_the_plan_is_marked() -> None:
    page = page_at("2026-03-05T14:16", sender="Amara Nwosu", phone="020 7946 0100")
    press(page, "What now?")
    press(page, "Write it")
    assert page.draft.review().faults == ()
    page.draft.text = page.draft.text.replace("until 3:00 pm", "until 4:30 pm")
    assert [one.fault for one in page.draft.review().faults] == ["inconsistent_window"]


def test_a_step_s_message_is_one_click_away() -> None:
    page = page_at("2026-03-05T14:16", sender="Amara Nwosu", phone="020 7946 0100")
    page.model.times = "Tuesday after 2 pm"
    press(page, "What now?")
    press(page, "Write this message")
    assert "Tuesday after 2 pm" in page.draft.text


def test_what_a_step_s_message_lacks_is_asked_at_the_form_and_not_said_twice() -> None:
    page = page_at("2026-03-05T14:16", phone="")
    press(page, "What now?")
    press(page, "Write this message")
    (form,) = [one for one in inside(page) if "Your message" in str(getattr(one, "value", ""))]
    assert "data-ic-focus" in form.value  # it comes into sight, on a telephone too
    beside = [one.words for one in inside(page) if type(one).__name__ == "Notice" and one.words]
    (says,) = beside
    assert says.startswith("Email: offer a new time: Your name is missing")
    page.model.sender, page.model.times = "Amara Nwosu", "Tuesday after 2 pm"
    press(page, "Write this message")
    assert not [one.words for one in inside(page) if type(one).__name__ == "Notice" and one.words]
    assert "Change it as you like" in [getattr(one, "description", "") for one in inside(page)]


def test_the_words_of_another_message_do_not_stay_under_a_new_choice() -> None:
    page = page_at("2026-03-05T14:16", sender="Amara Nwosu", phone="020 7946 0100")
    press(page, "What now?")
    press(page, "Write it")
    assert "Change it as you like" in [getattr(one, "description", "") for one in inside(page)]
    page.model.sender = ""
    which = next(one for one in inside(page) if getattr(one, "description", "") == "Which message?")
    which.value = "email_no_answer"
    with pytest.raises(KitError):
        press(page, "Write it")
    assert "Change it as you like" not in [getattr(one, "description", "") for one in inside(page)]


def test_another_invitation_takes_the_place_of_the_first_in_every_field() -> None:
    page = page_at("2026-03-05T14:10")
    take_invitation(page.model, "Interview today at 9am ET, call 212-555-0147")
    assert (page.model.their_timezone, page.model.number) == ("America/New_York", "212-555-0147")
    take_invitation(page.model, "Interview tomorrow at 10:00 GMT")
    assert (page.model.their_timezone, page.model.number) == ("", "")


def test_a_zone_that_the_invitation_names_leaves_no_mix_up_to_suspect() -> None:
    page = page_at("2026-03-05T14:10", caller="candidate")
    take_invitation(page.model, "Interview today at 9am ET, call 212-555-0147")
    press(page, "What now?")
    assert (
        "The invitation says 9:00 am New York. That is 2:00 pm for you: no mix-up of zones."
        in words(page)
    )
    page.model.again()
    page.model.time = dt.time(13, 0)
    press(page, "What now?")
    assert "If the invitation meant 1:00 pm in America/New_York" in words(page)


def test_the_time_of_the_first_message_and_how_long_to_hold_go_onto_the_desk(
    tmp_path: Path,
) -> None:
    desk = str(tmp_path / "desk.json")
    page = page_at("2026-03-05T14:16", sender="Amara Nwosu", phone="020 7946 0100", desk=desk)
    press(page, "What now?")
    assert Desk(desk).read("today")["until"] == "15:00"
    (voicemail,) = [
        one
        for one in inside(page)
        if isinstance(one, widgets.Checkbox) and "voicemail" in one.description.lower()
    ]
    voicemail.value = True
    assert Desk(desk).read("today")["messaged"] == "2026-03-05T14:16:00+00:00"
    entry = log_panel(str(tmp_path / "outcomes.db"), desk=desk).model.entry
    assert (entry.messaged, entry.message_time, entry.until_time) == (
        True,
        dt.time(14, 16),
        dt.time(15, 0),
    )
    voicemail.value = False
    assert Desk(desk).read("today")["messaged"] == ""


def test_start_afresh_empties_the_form_but_for_who_one_is(tmp_path: Path) -> None:
    desk = str(tmp_path / "desk.json")
    Desk(desk).keep("appointment", {"uid": "u", "sequence": 0})
    page = page_at("2026-03-05T14:16", sender="Amara Nwosu", number="1", attempts=3, desk=desk)
    press(page, "What now?")
    press(page, "Start anew")
    model = page.model
    assert (model.time, model.number, model.attempts, model.sender) == (None, "", 0, "Amara Nwosu")
    assert Desk(desk).read("appointment") == {}


def test_asking_again_in_the_same_minute_says_that_nothing_has_changed() -> None:
    page = today_panel("Europe/London", "2026-03-05T14:07", "", time=dt.time(14, 0))
    press(page, "What now?")
    press(page, "What is due now?")
    assert "nothing has changed" in words(page)


def test_what_few_need_is_asked_behind_a_line_that_opens_where_it_is_needed() -> None:
    page = page_at("2026-03-05T14:10")
    seen = [one.description for one in visible(page) if hasattr(one, "description")]
    assert "Who was to call?" in seen
    assert "Their time zone" not in seen
    (line,) = [one for one in buttons(page) if one.startswith("If it applies: ")]
    assert "another time zone than Europe/London" in line
    page.model.timezone = "the moon"
    with pytest.raises(KitError, match=r"^Your time zone: there is no"):
        press(page, "What now?")
    assert "Your time zone" in [getattr(one, "description", "") for one in visible(page)]


def test_what_an_invitation_fills_in_is_seen() -> None:
    page = page_at("2026-03-05T14:10")
    page.model.number = "020 7946 0018"
    assert "The number that was to be called" in [
        getattr(one, "description", "") for one in visible(page)
    ]
