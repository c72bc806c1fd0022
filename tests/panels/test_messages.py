"""The page of messages in process: a draft, its review, suggestions taken and undone, ways to take it along."""

import base64
import datetime as dt
import email
import json
import stat
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from interview_coach.errors import KitError
from interview_coach.messages import review
from interview_coach.panels.desk import Desk
from interview_coach.panels.draft_model import DraftModel
from interview_coach.panels.draft_send import AppointmentModel
from interview_coach.panels.draft_view import headline
from interview_coach.panels.messages import messages_panel
from interview_coach.playbook import load_playbook
from interview_coach.times import read_time
from tests.panels.driving import buttons, inside, press, words

NOW = "2026-03-05T14:07"


def page_at(**given: Any) -> Any:
    page = messages_panel("Europe/London", NOW, desk=given.pop("desk", ""))
    answers = {"sender": "Amara Nwosu", "time": dt.time(14, 0), "until": dt.time(15, 0)}
    for name, value in (answers | given).items():
        setattr(page.model, name, value)
    return page


def links(page: Any) -> dict[str, str]:
    found = {}
    for one in inside(page):
        value = str(getattr(one, "value", ""))
        for part in value.split("<a ")[1:]:
            if "href=" in part:
                address = part.partition('href="')[2].partition('"')[0]
                found[part.partition(">")[2].partition("<")[0]] = address
    return found


def test_a_draft_comes_filled_and_reviewed() -> None:
    page = page_at()
    press(page, "Write it for me")
    assert "set for today at 2:00 pm" in page.draft.text
    assert "Nothing is missing, and nothing may hurt." in words(page)


@pytest.mark.parametrize("kind", load_playbook().kinds)
def test_every_kind_asks_for_what_it_needs_and_can_be_written(kind: str) -> None:
    page = page_at(kind=kind)
    page.model.new_day = page.model.spoken_day = dt.date(2026, 3, 6)
    page.model.new_time = page.model.spoken_time = dt.time(10, 0)
    page.model.phone, page.model.times = "020 7946 0100", "Tuesday after 2 pm; Friday morning"
    press(page, "Write it for me")
    assert page.draft.kind == kind
    assert "Amara Nwosu" in page.draft.text
    assert "Nothing is missing, and nothing may hurt." in words(page)


def test_what_is_missing_is_said_in_one_sentence_and_nothing_is_lost() -> None:
    page = page_at(sender="")
    with pytest.raises(KitError) as caught:
        press(page, "Write it for me")
    assert str(caught.value) == "Email: nobody answers: Your name is missing."
    assert page.model.time == dt.time(14, 0)


def test_a_hurting_word_is_shown_replaced_with_a_click_and_undone() -> None:
    page = page_at()
    press(page, "Write it for me")
    good = page.draft.text
    page.draft.text = good.replace("I called", "You forgot to call me. I called")
    assert "1 place may hurt." in words(page)
    assert "“You forgot to call me.”" in words(page)
    press(page, "Use instead: We did not manage to connect.")
    assert "We did not manage to connect. I called once" in page.draft.text
    assert "Nothing is missing, and nothing may hurt." in words(page)
    press(page, "Undo")
    assert "You forgot to call me. I called" in page.draft.text
    press(page, "Redo")
    assert "We did not manage to connect." in page.draft.text


def test_a_missing_item_is_added_before_the_closing() -> None:
    draft = DraftModel(load_playbook(), kind="email_thanks")
    draft.text = "Dear Jo,\n\nThank you for the interview today.\n\nKind regards,\nAmara Nwosu"
    (missing,) = draft.review().missing
    draft.add(missing)
    assert draft.text == (
        "Dear Jo,\n\nThank you for the interview today.\n\n"
        "Thank you for your flexibility in finding a new time.\n\nKind regards,\nAmara Nwosu"
    )
    assert draft.review().missing == ()


def test_every_missing_item_can_be_added_until_none_is_missing_but_blanks() -> None:
    for kind in load_playbook().kinds:
        draft = DraftModel(load_playbook(), kind=kind)
        for _ in range(12):
            missing = draft.review().missing
            if not missing:
                break
            draft.add(missing[0])
            before = len(missing)
            left = draft.review().missing
            # What is added with a blank to fill in counts only once it is filled in.
            if len(left) >= before:
                assert "[" in missing[0].try_
                draft.text = draft.text.replace("[Your name]", "Amara Nwosu").replace(
                    "[your name]", "Amara Nwosu"
                )
                draft.text = (
                    draft.text.replace("[your number]", "020 7946 0100")
                    .replace("[time]", "2:07 pm")
                    .replace("[day]", "Thursday")
                )
        assert draft.review().missing == (), (kind, draft.text)


def test_a_suggestion_for_words_that_are_gone_changes_nothing() -> None:
    draft = DraftModel(load_playbook(), kind="email_thanks", text="You forgot me. Thanks.")
    (fault,) = draft.review().faults
    draft.text = "Other words."
    with pytest.raises(KitError, match=r"^The text has changed there meanwhile"):
        draft.use(fault)
    assert draft.text == "Other words."


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Called AGAIN at two, lol. Thanks.", "Called AGAIN at two. Thanks."),
        ("lol, thank you for the call.", "thank you for the call."),
        ("Thank you lol", "Thank you"),
    ],
)
def test_words_taken_out_leave_no_gap(text: str, after: str) -> None:
    draft = DraftModel(load_playbook(), kind="email_thanks", text=text)
    draft.use(next(one for one in draft.review().faults if one.span == "lol"))
    assert draft.text.replace(",.", ".") == after


def test_what_people_type_is_shown_escaped() -> None:
    page = page_at()
    press(page, "I write it myself")
    page.draft.text = "<img src=x onerror=alert(1)> you forgot me"
    markup = " ".join(
        str(getattr(one, "value", "")) for one in inside(page) if type(one).__name__ == "HTML"
    )
    assert "<img" not in markup
    assert "&lt;img" in markup


def test_a_voicemail_shows_how_long_it_takes_to_say() -> None:
    page = page_at(kind="voicemail_no_answer", phone="020 7946 0100")
    press(page, "Write it for me")
    assert "seconds to say, of at most 30" in words(page)
    page.draft.text = "word " * 80
    assert "That is too long." in words(page)


def test_another_language_is_written_and_the_review_says_what_it_cannot_read() -> None:
    page = page_at(language="de", voice="formal", reader="Frau Maier")
    press(page, "Write it for me")
    assert "Sehr geehrte Frau Maier" in page.draft.text
    assert "This looks like German, and the review reads English" in words(page)


def test_no_english_sentence_is_offered_for_a_draft_in_another_language() -> None:
    page = page_at(language="es")
    press(page, "I write it myself")
    assert not any("Add:" in name for name in buttons(page))
    page.draft.text = "Buenos días"
    assert page.draft.review().missing == ()
    page.model.language = "en"
    assert page.draft.text == "Buenos días"
    assert any("Add:" in name for name in buttons(page))


def test_the_mail_link_and_the_draft_file_say_what_the_editor_says() -> None:
    page = page_at()
    press(page, "Write it for me")
    page.draft.text = page.draft.text.replace("Thank you", "Many thanks")
    found = links(page)
    assert "Many%20thanks" in found["Open in my mail program"]
    raw = base64.b64decode(found["Save as a draft (.eml)"].partition("base64,")[2])
    message: Any = email.message_from_bytes(raw, policy=default)
    assert message["Subject"] == "Our interview today at 2:00 pm"
    assert "Many thanks" in message.get_content()


def test_a_draft_too_long_for_a_link_says_so_and_can_still_be_saved() -> None:
    page = page_at()
    press(page, "I write it myself")
    page.draft.text = "word " * 600
    assert "copy the text instead, or save it as a draft." in words(page)
    assert "Save as a draft (.eml)" in links(page)


def event(data: bytes) -> Any:
    calendar: Any = Calendar.from_ical(data)
    return calendar.walk("VEVENT")[0]


def test_an_appointment_is_made_moved_and_called_off_under_one_name() -> None:
    now = read_time(NOW, "Europe/London", "now")
    model = AppointmentModel(day=dt.date(2026, 3, 6), time=dt.time(10, 0))
    first = event(model.file("Europe/London", "Interview", now))
    model.time = dt.time(11, 0)
    second = event(model.file("Europe/London", "Interview", now))
    third = event(model.file("Europe/London", "Interview", now, cancel=True))
    assert {str(one["UID"]) for one in (first, second, third)} == {model.uid}
    assert [int(one["SEQUENCE"]) for one in (first, second, third)] == [0, 1, 2]
    assert f"{second['DTSTART'].dt:%H:%M}" == f"{third['DTSTART'].dt:%H:%M}" == "11:00"
    assert str(third["STATUS"]) == "CANCELLED"
    with pytest.raises(KitError, match=r"^Calendar: there is nothing to call off"):
        model.file("Europe/London", "Interview", now, cancel=True)


def test_room_that_is_no_longer_wanted_is_taken_out_of_the_calendar() -> None:
    now = read_time(NOW, "Europe/London", "now")
    model = AppointmentModel(day=dt.date(2026, 3, 6), time=dt.time(10, 0), margin=0)
    assert b"Kept free" not in model.file("Europe/London", "Interview", now)
    assert b"Kept free" not in model.file("Europe/London", "Interview", now)
    model.margin = 30
    assert model.file("Europe/London", "Interview", now).count(b"Kept free") == 2
    model.margin = 0
    gone = model.file("Europe/London", "Interview", now)
    assert gone.count(b"Kept free") == gone.count(b"STATUS:CANCELLED") == 2


def test_an_appointment_in_the_past_is_refused() -> None:
    now = read_time(NOW, "Europe/London", "now")
    with pytest.raises(KitError, match=r"^New appointment: its day and time have passed"):
        AppointmentModel(day=dt.date(2026, 3, 5), time=dt.time(14, 0)).file(
            "Europe/London", "x", now
        )


def test_the_calendar_file_is_offered_where_a_time_is_agreed() -> None:
    page = page_at(kind="email_confirmation", new_day=dt.date(2026, 3, 6), new_time=dt.time(10, 0))
    press(page, "Write it for me")
    press(page, "Make the calendar file")
    assert "For tomorrow at 10:00 am, in your own zone." in words(page)
    assert {"Move it", "Call it off"} <= set(buttons(page))
    page = page_at()
    press(page, "Write it for me")
    assert "Make the calendar file" not in buttons(page)


def test_a_restart_brings_answers_and_draft_back(tmp_path: Path) -> None:
    desk = str(tmp_path / "desk.json")
    page = page_at(desk=desk, role="lab manager")
    press(page, "Write it for me")
    page.draft.text += "\n\nP.S. Own words."
    again = messages_panel("Europe/London", NOW, desk=desk)
    assert again.model.role == "lab manager"
    assert again.model.time == dt.time(14, 0)
    assert again.draft.text.endswith("P.S. Own words.")
    press(again, "Clear the desk")
    assert messages_panel("Europe/London", NOW, desk=desk).model.role == ""


def test_the_desk_is_readable_by_its_owner_only_and_bears_damage(tmp_path: Path) -> None:
    path = tmp_path / "desk.json"
    desk = Desk(path)
    desk.keep("message", {"sender": "Amara"})
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert desk.read("message") == {"sender": "Amara"}
    for torn in ("{", "[]", json.dumps({"message": 5}), "\x00"):
        path.write_text(torn)
        assert desk.read("message") == {}
        assert messages_panel("Europe/London", NOW, desk=str(path)).model.sender == ""
    assert [one.name for one in tmp_path.iterdir()] == ["desk.json"]


def test_a_desk_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(KitError, match=r"^Your draft could not be kept in desk.json"):
        Desk(tmp_path / "no" / "desk.json").keep("draft", {})


@pytest.mark.parametrize(
    "closing", ["Cheers,", "All the best,", "Respectfully,", "Looking forward,", "Kind regards"]
)
def test_a_sentence_is_added_above_the_closing_whatever_it_says(closing: str) -> None:
    draft = DraftModel(load_playbook(), text=f"Hello,\n\nI called.\n\n{closing}\nGreg Malloy")
    missing = next(one for one in draft.review().missing if one.item == "interview_reference")
    draft.add(missing)
    assert draft.text == (
        f"Hello,\n\nI called.\n\nIt is about our interview.\n\n{closing}\nGreg Malloy"
    )


def test_thanks_in_the_middle_are_no_closing() -> None:
    text = "Hello,\nThank you so much\n" + "\n".join(f"Line number {n} goes on." for n in range(6))
    draft = DraftModel(load_playbook(), text=text)
    draft.add(next(one for one in draft.review().missing if one.item == "interview_reference"))
    assert draft.text.endswith("goes on.\n\nIt is about our interview.")


def test_what_is_known_fills_a_suggestion_and_a_blank_is_added_once() -> None:
    known = {"your name": "Amara Nwosu", "day": "", "time": ""}
    draft = DraftModel(
        load_playbook(), text="Hello, it is about the interview.", known=lambda: known
    )
    missing = {one.item: one for one in draft.review().missing}
    draft.add(missing["sender_name"])
    assert draft.text.endswith("\nAmara Nwosu")
    draft.add(missing["appointment_time"])
    assert "Our interview was set for [day] at [time]." in draft.text
    with pytest.raises(KitError) as caught:
        draft.add(missing["appointment_time"])
    assert str(caught.value) == "It stands in the draft already: fill in [day]."


def test_a_text_too_long_to_review_says_so_in_place_of_an_old_review() -> None:
    page = page_at()
    press(page, "Write it for me")
    page.draft.text = "a " * 60_000
    assert "This cannot be reviewed" in words(page)
    assert "120,000 characters" in words(page)
    page.draft.text = "Hello"
    assert "This cannot be reviewed" not in words(page)


def test_the_draft_of_another_kind_is_put_aside_and_comes_back() -> None:
    page = page_at(kind="email_no_answer")
    press(page, "Write it for me")
    text = page.draft.text
    page.model.kind = "voicemail_no_answer"
    assert "Your draft" not in [getattr(one, "description", "") for one in inside(page)]
    page.model.kind = "email_no_answer"
    assert page.draft.text == text
    assert "Your draft" in [getattr(one, "description", "") for one in inside(page)]


def test_coming_from_today_the_reader_s_zone_and_the_window_come_along(tmp_path: Path) -> None:
    desk = str(tmp_path / "desk.json")
    today = {"day": "2026-03-05", "time": "14:00:00", "timezone": "Europe/London", "until": "15:00"}
    more = {
        "their_timezone": "America/New_York",
        "missed_by": "interviewer",
        "sender": "Amara Nwosu",
    }
    Desk(desk).keep("today", {**today, **more, "caller": "interviewer", "attempts": 1})
    page = messages_panel("Europe/London", NOW, desk=desk)
    press(page, "Write it for me")
    assert "2:00 pm London time" in page.draft.text
    assert "until 3:00 pm" in page.draft.text
    page.draft.text = page.draft.text.replace("until 3:00 pm", "until 5:00 pm")
    assert [one.fault for one in page.draft.review().faults] == ["inconsistent_window"]


def test_a_second_interview_gets_an_appointment_of_its_own() -> None:
    model = AppointmentModel(day=dt.date(2026, 3, 6), time=dt.time(10, 0))
    now = read_time(NOW, "Europe/London", "now")
    first = Calendar.from_ical(model.file("Europe/London", "Interview", now)).walk("VEVENT")[0]
    model.another()
    model.day = dt.date(2026, 3, 9)
    second = Calendar.from_ical(model.file("Europe/London", "Interview", now)).walk("VEVENT")[0]
    assert first["UID"] != second["UID"]
    assert second["SEQUENCE"] == 0


def test_a_place_that_may_hurt_in_two_ways_is_one_place() -> None:
    found = review(
        "voicemail_no_answer", "You wasted my time. You people are idiots.", load_playbook()
    )
    assert len(found.faults) > len(found.apart) == 2
    assert headline(found).endswith(", 2 places may hurt.")
