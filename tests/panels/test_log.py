"""The outcome log's page, driven in process: logging a call, what is due, and what is kept while typing."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pytest
from whenever import Instant

from interview_coach.errors import KitError
from interview_coach.outcomes import OutcomeLog, acts
from interview_coach.panels.log import log_panel
from tests.panels.driving import buttons, inside, press, visible, words

START = {"day": dt.date(2026, 3, 5), "time": dt.time(14, 0)}


def open_page(folder: Path, **given: Any) -> Any:
    return log_panel(
        str(folder / "outcomes.db"),
        "Ada",
        "America/Chicago",
        str(folder / "desk.json"),
        **given,
    )


@pytest.fixture
def page(tmp_path: Path) -> Any:
    return open_page(tmp_path, client="C-014", employer="Alder & Pike", **START)


def labels(page: Any) -> set[str]:
    return {getattr(one, "description", "") for one in visible(page)}


def field(page: Any, label: str) -> Any:
    return next(one for one in visible(page) if getattr(one, "description", "") == label)


def test_an_empty_log_says_what_to_do_first(page: Any) -> None:
    assert page.lead == "Nothing is logged yet. The first call takes a minute."
    assert "Enter the first call above" in words(page)


def test_a_missed_call_is_in_the_log_and_on_the_page(page: Any, tmp_path: Path) -> None:
    page.model.entry.state = "missed"
    press(page, "Log it")
    with OutcomeLog.open(tmp_path / "outcomes.db") as log:
        (call,) = log.calls().itertuples()
        assert list(log.history()["by"]) == ["Ada"]
    # 14:00 in Chicago on 5 March 2026 (UTC-6) is 20:00 UTC.
    assert str(call.scheduled_at) == "2026-03-05 20:00:00+00:00"
    assert (call.client_id, call.state, call.missed_by) == (
        "C-014",
        "missed",
        "interviewer_no_call",
    )
    assert page.lead == "1 call in the log, 1 of them missed."
    assert "Thu 5 Mar 2026, 14:00" in words(page)
    assert "Logged. The chart and the list below have it." in words(page)
    assert "1 of 1" in words(page)


BASIC = {"Client", "Employer", "Agreed day", "Agreed time", "How did it end?"}
WHY = {"Who missed it", "Why, if known"}
SENT = "A voicemail or an email was sent"
NEW = {"New day", "New time", "Who asked for the new time", "Reason given"}
SHOWN: list[tuple[dict[str, Any], set[str]]] = [
    ({"state": "completed"}, set()),
    ({"state": "pending"}, set()),
    ({"state": "cancelled"}, {"Why, if known", "Reason given"}),
    ({"state": "moved"}, {"Why, if known", *NEW}),
    ({"state": "missed"}, {*WHY, SENT, "How did it go on?"}),
    (
        {"state": "missed", "messaged": True},
        {*WHY, SENT, "How did it go on?", "Sent at", "Sent on", "Available until"},
    ),
    (
        {"state": "missed", "went_on": "spoke"},
        {*WHY, SENT, "How did it go on?", "You spoke at", "On"},
    ),
    ({"state": "missed", "went_on": "rebooked"}, {*WHY, SENT, "How did it go on?", *NEW}),
]


@pytest.mark.parametrize(("chosen", "more"), SHOWN)
def test_only_the_fields_that_the_end_has_are_shown(
    page: Any, chosen: dict[str, Any], more: set[str]
) -> None:
    for name, value in chosen.items():
        setattr(page.model.entry, name, value)
    asked = {one.description for one in visible(page) if _is_input(one)}
    assert asked == BASIC | more


def _is_input(one: Any) -> bool:
    kinds = (widgets.Text, widgets.Dropdown, widgets.RadioButtons, widgets.Checkbox)
    return isinstance(one, (*kinds, widgets.DatePicker, widgets.TimePicker))


def test_what_few_need_is_folded_away_and_kept(page: Any) -> None:
    assert "Notes" not in labels(page)
    press(page, "Group, tags, notes, how you were to speak, when it was booked")
    assert {"Group", "Tags", "Notes", "How", "Who was to call", "Client's time zone"} <= labels(
        page
    )
    field(page, "Group").value = "Spring"
    field(page, "Tags").value = "evening, remote"
    field(page, "Notes").value = "Slept badly"
    press(page, "Log it")
    (call,) = page.model.calls.itertuples()
    assert (call.cohort, call.notes) == ("Spring", "Slept badly")
    with page.model.open() as log:
        assert list(log.clients()["tags"]) == ["evening, remote"]
    assert (page.model.entry.cohort, page.model.entry.notes) == ("Spring", "")


def test_a_whole_story_is_entered_at_once(page: Any) -> None:
    entry = page.model.entry
    entry.state, entry.cause, entry.messaged = "missed", "overran", True
    entry.message_time, entry.until_time = dt.time(14, 20), dt.time(15, 0)
    entry.went_on, entry.initiator, entry.reason = "rebooked", "interviewer", "A meeting"
    entry.new_day, entry.new_time = dt.date(2026, 3, 6), dt.time(10, 0)
    press(page, "Log it")
    first, second = page.model.calls.itertuples()
    assert (first.state, first.cause, first.initiator, first.reason) == (
        *("missed", "overran", "interviewer", "A meeting"),
    )
    assert str(first.first_message_at) == "2026-03-05 20:20:00+00:00"
    assert str(first.window_until) == "2026-03-05 21:00:00+00:00"
    assert (second.state, second.sequence, second.interview_id) == (
        "pending",
        2,
        first.interview_id,
    )
    assert str(second.scheduled_at) == "2026-03-06 16:00:00+00:00"
    assert "message sent 14:20 → rebooked for Fri 6 Mar, 10:00 → still open" in words(page)


def test_they_spoke_after_all(page: Any) -> None:
    entry = page.model.entry
    entry.state, entry.went_on, entry.spoke_time = "missed", "spoke", dt.time(14, 24)
    press(page, "Log it")
    (call,) = page.model.calls.itertuples()
    assert str(call.reconnected_at) == "2026-03-05 20:24:00+00:00"
    assert "no message → spoke after all 14:24" in words(page)


def test_what_is_due_stands_on_top_and_is_one_click_from_its_entry(page: Any) -> None:
    entry = page.model.entry
    entry.state, entry.messaged, entry.message_time = "missed", True, dt.time(14, 20)
    press(page, "Log it")
    assert "1 call waits for you" in words(page)
    assert "Missed, message sent, no new time yet." in words(page)
    press(page, "Log the next call")
    assert "The next call of C-014" in words(page)
    assert "Client" not in labels(page)
    entry.state, entry.day, entry.time = "completed", dt.date(2026, 3, 6), dt.time(10, 0)
    press(page, "Log it")
    calls = page.model.calls
    assert calls["interview_id"].nunique() == 1
    assert list(calls["sequence"]) == [1, 2]
    assert "waits for you" not in " ".join(
        str(one.value) for one in visible(page) if isinstance(one, widgets.HTML)
    )


def test_a_call_whose_time_has_passed_is_due_in_the_list(page: Any) -> None:
    page.model.entry.state = "pending"
    press(page, "Log it")
    press(page, "Say how it ended")
    assert page.parts.current == "all"
    assert {"Save", "Leave it as it is"} <= labels(page)


def test_when_it_was_booked_may_be_said(page: Any) -> None:
    press(page, "Group, tags, notes, how you were to speak, when it was booked")
    field(page, "Booked on").value = dt.date(2026, 3, 1)
    press(page, "Log it")
    assert (page.model.entry.booked_day, page.model.entry.booked_time) == (None, None)
    entry = page.model.entry
    entry.client, entry.day, entry.time = "C-015", dt.date(2026, 3, 6), dt.time(9, 0)
    entry.booked_day, entry.booked_time = dt.date(2026, 3, 6), dt.time(8, 30)
    press(page, "Log it")
    # The day alone is its first moment in Chicago (UTC-6).
    assert [str(at) for at in page.model.calls["booked_at"]] == [
        "2026-03-01 06:00:00+00:00",
        "2026-03-06 14:30:00+00:00",
    ]


HALF_PAST = dt.datetime(2026, 3, 5, 20, 30, tzinfo=dt.UTC)  # half past two in Chicago
AGREED = [
    (HALF_PAST, dt.date(2026, 3, 6), dt.time(10, 0), HALF_PAST),
    # When it was agreed on another day, nobody says.
    (HALF_PAST + dt.timedelta(days=1), dt.date(2026, 3, 9), dt.time(10, 0), None),
    # The new time is over as well: logged in the evening.
    (HALF_PAST + dt.timedelta(hours=3), dt.date(2026, 3, 5), dt.time(16, 0), None),
]


@pytest.mark.parametrize(("now", "day", "time", "booked"), AGREED)
def test_a_new_time_agreed_today_was_booked_today(
    page: Any,
    monkeypatch: pytest.MonkeyPatch,
    now: dt.datetime,
    day: dt.date,
    time: dt.time,
    booked: dt.datetime | None,
) -> None:
    there = Instant(now).to_tz("America/Chicago")
    monkeypatch.setattr("interview_coach.panels.log_entry_model.now_in", lambda _: there)
    entry = page.model.entry
    entry.state, entry.went_on = "missed", "rebooked"
    entry.new_day, entry.new_time = day, time
    press(page, "Log it")
    first, second = page.model.calls["booked_at"]
    assert str(first) == "NaT"
    assert (None if str(second) == "NaT" else second) == booked


def test_when_a_moved_call_s_new_time_was_agreed_is_not_guessed(
    page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = Instant(HALF_PAST).to_tz("America/Chicago")
    monkeypatch.setattr("interview_coach.panels.log_entry_model.now_in", lambda _: there)
    entry = page.model.entry
    entry.state, entry.new_day, entry.new_time = "moved", dt.date(2026, 3, 6), dt.time(10, 0)
    press(page, "Log it")
    assert page.model.calls["booked_at"].isna().all()


FAULTS: list[tuple[dict[str, Any], str]] = [
    (
        {"booked_time": dt.time(9, 0)},
        "Booked on: give the day as well, or leave the time empty.",
    ),
    (
        {"booked_day": dt.date(2026, 3, 6)},
        "Not logged yet. Booked: the booking cannot lie after the agreed start.",
    ),
    ({"time": None}, "Agreed for: give the day and the time of the call."),
    ({"client": "  "}, "Not logged yet. Client: this is needed."),
    (
        {"day": dt.date(2026, 3, 8), "time": dt.time(2, 30)},
        "Not logged yet. Agreed for: this time does not exist in America/Chicago: the clocks go "
        "forward over it; look at the invitation again.",
    ),
    (
        {"timezone": "Chicago"},
        "Client's time zone: there is no time zone called 'Chicago'; did you mean 'America/Chicago'?",
    ),
    (
        {"state": "missed", "messaged": True},
        "Message: give the time it was sent at, or take the tick away.",
    ),
    (
        {"state": "missed", "messaged": True, "message_time": dt.time(13, 0)},
        "Not logged yet. Message sent: the first message after a missed start cannot lie before the "
        "agreed start.",
    ),
    (
        {"state": "missed", "went_on": "spoke"},
        "You spoke after all: give the time at which that was.",
    ),
    (
        {"state": "missed", "went_on": "rebooked", "new_day": dt.date(2026, 3, 6)},
        "New time: give its day and its time.",
    ),
    ({"state": "missed", "waited": "ten"}, "Minutes waited: a whole number is needed, or nothing."),
    (
        {"day": dt.date(2999, 3, 5)},
        "Not logged yet. How it ended: the call has not begun yet, so it cannot be completed; look at "
        "the date, or choose 'pending'.",
    ),
]


@pytest.mark.parametrize(("given", "says"), FAULTS)
def test_a_faulty_entry_is_one_sentence_and_nothing_is_written_or_lost(
    page: Any, given: dict[str, Any], says: str
) -> None:
    for name, value in given.items():
        setattr(page.model.entry, name, value)
    with pytest.raises(KitError) as caught:
        press(page, "Log it")
    assert str(caught.value) == says
    assert says in words(page)
    page.model.read()
    assert page.model.calls.empty
    assert page.model.entry.employer == "Alder & Pike"


def test_a_fault_stands_beside_its_field_until_it_is_right(page: Any) -> None:
    page.model.entry.client = ""
    with pytest.raises(KitError):
        press(page, "Log it")
    fields = next(one for one in inside(page) if hasattr(one, "wrong"))
    assert fields.fields["client"].error == "this is needed"
    page.model.entry.client = "C-014"
    press(page, "Log it")
    assert fields.fields["client"].error == ""


def test_the_same_entry_twice_is_one_call_with_its_new_time(page: Any) -> None:
    entry, key = page.model.entry, page.model._key
    for _ in range(2):
        entry.take({**START, "client": "C-014", "state": "moved", "new_day": dt.date(2026, 3, 6)})
        entry.new_time, page.model._key = dt.time(10, 0), key
        page.model.save()
    assert list(page.model.calls["state"]) == ["moved", "pending"]


def test_a_logged_call_is_taken_back_and_brought_back(page: Any) -> None:
    press(page, "Log it")
    press(page, "Take it back")
    assert page.model.calls.empty
    assert "1 call is taken out of the log again." in words(page)
    press(page, "Bring it back")
    assert len(page.model.calls) == 1
    assert "1 call is back as it was." in words(page)
    press(page, "Take it back")
    assert page.model.calls.empty


def rebooked(page: Any) -> None:
    entry = page.model.entry
    entry.state, entry.went_on, entry.messaged = "missed", "rebooked", False
    entry.new_day, entry.new_time = dt.date(2026, 3, 9), dt.time(10, 0)


def test_a_rebooked_call_and_its_new_time_are_one_act(page: Any) -> None:
    rebooked(page)
    press(page, "Log it")
    assert list(page.model.calls["state"]) == ["missed", "pending"]
    with page.model.open() as log:
        assert log.history()["write_id"].nunique() == 1
    press(page, "Take it back")
    assert "2 calls are taken out of the log again." in words(page)
    assert page.model.calls.empty
    press(page, "Bring it back")
    assert list(page.model.calls["state"]) == ["missed", "pending"]


def test_where_the_new_time_cannot_be_logged_neither_is_the_missed_call(
    page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rebooked(page)
    add, times = acts.add, []

    def fails_the_second_time(*given: Any) -> str:
        times.append(1)
        if len(times) == 2:
            raise KitError("The disk is full.")
        return add(*given)

    monkeypatch.setattr(acts, "add", fails_the_second_time)
    with pytest.raises(KitError, match="The disk is full"):
        press(page, "Log it")
    page.model.read()
    assert page.model.calls.empty
    # What was typed is still there, and can be logged.
    press(page, "Log it")
    assert len(page.model.calls) == 2


TWICE = "This hour comes twice that night"
# 01:30 in Chicago on 1 November 2026 comes at 06:30 and at 07:30 UTC.
NIGHT = {"day": dt.date(2026, 11, 1), "time": dt.time(1, 30), "state": "pending"}


@pytest.mark.parametrize(("which", "hour"), [("first", 6), ("second", 7)])
def test_an_hour_that_comes_twice_can_be_typed(page: Any, which: str, hour: int) -> None:
    assert TWICE not in labels(page)
    for name, value in NIGHT.items():
        setattr(page.model.entry, name, value)
    with pytest.raises(KitError, match="and 01:30 comes twice: say which of the two is meant"):
        press(page, "Log it")
    field(page, TWICE).value = which
    press(page, "Log it")
    (call,) = page.model.calls.itertuples()
    assert str(call.scheduled_at) == f"2026-11-01 0{hour}:30:00+00:00"
    assert page.model.entry.which == ""
    # To be changed, it is there as it was, and saving what is not touched changes nothing.
    entry, _ = page.model.editor(call.call_id)
    assert (entry.time, entry.which, entry.changed()) == (dt.time(1, 30), which, {})
    entry.which = "first" if which == "second" else "second"
    page.model.change(entry, entry.changed(), "the other one", entry.revision)
    (call,) = page.model.calls.itertuples()
    assert call.scheduled_at.hour == 13 - hour


def test_the_new_time_can_lie_in_an_hour_that_comes_twice(page: Any) -> None:
    rebooked(page)
    entry = page.model.entry
    entry.new_day, entry.new_time = NIGHT["day"], NIGHT["time"]
    field(page, TWICE).value = "second"
    press(page, "Log it")
    assert [str(at) for at in page.model.calls["scheduled_at"]] == [
        "2026-03-05 20:00:00+00:00",
        "2026-11-01 07:30:00+00:00",
    ]


def test_a_zone_that_is_none_asks_no_question_about_its_hours(page: Any) -> None:
    for name, value in NIGHT.items():
        setattr(page.model.entry, name, value)
    assert TWICE in labels(page)
    page.model.entry.timezone = "Chicago, Illinois"
    assert TWICE not in labels(page)


def test_the_calls_are_read_again_only_when_something_was_written(
    page: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(page, "Log it")
    read, times = OutcomeLog.calls, []

    def counted(log: OutcomeLog) -> Any:
        times.append(1)
        return read(log)

    monkeypatch.setattr(OutcomeLog, "calls", counted)
    for part in ("all", "clients", "files", "new", "all"):
        page.parts.go(part)
    assert len(times) == 0
    # What somebody else writes is seen when a part is opened.
    with OutcomeLog.open(tmp_path / "outcomes.db", "Bea") as log:
        call_id = str(page.model.calls["call_id"].iloc[0])
        log.change_call(call_id, why="told later", notes="by car")
    page.parts.go("new")
    page.parts.go("all")
    assert len(times) == 1
    assert page.model.row(call_id).notes == "by car"


def test_the_form_begins_with_what_rarely_changes(page: Any, tmp_path: Path) -> None:
    page.model.entry.cohort, page.model.entry.channel = "Spring", "video"
    press(page, "Log it")
    entry = open_page(tmp_path).model.entry
    assert (entry.cohort, entry.channel, entry.timezone) == ("Spring", "video", "America/Chicago")
    assert (entry.client, entry.time, entry.notes) == ("", None, "")


def test_the_form_begins_with_today_s_call(tmp_path: Path) -> None:
    today = {
        **{"day": "2026-03-05", "time": "14:00", "timezone": "Europe/London"},
        **{"caller": "interviewer", "channel": "video", "missed_by": "interviewer"},
    }
    (tmp_path / "desk.json").write_text(json.dumps({"today": today}))
    page = open_page(tmp_path)
    entry = page.model.entry
    assert (entry.day, entry.time, entry.timezone) == (START["day"], START["time"], "Europe/London")
    assert (entry.state, entry.missed_by, entry.channel) == (
        *("missed", "interviewer_no_call", "video"),
    )
    entry.client = "C-014"
    press(page, "Log it")
    assert "today" not in json.loads((tmp_path / "desk.json").read_text())


def test_what_is_typed_is_there_after_a_restart(page: Any, tmp_path: Path) -> None:
    page.model.entry.state = "missed"
    page.model.entry.messaged, page.model.entry.message_time = True, dt.time(14, 20)
    entry = open_page(tmp_path).model.entry
    assert (entry.client, entry.day, entry.time) == ("C-014", *START.values())
    assert (entry.state, entry.messaged, entry.message_time) == ("missed", True, dt.time(14, 20))


@pytest.mark.parametrize("typed", [{"state": "gone"}, {"day": 5}, {"went_on": "x"}, {"client": 3}])
def test_a_desk_that_says_nonsense_is_passed_over(tmp_path: Path, typed: dict[str, Any]) -> None:
    desk = {"entry": {**typed, "employer": "Alder & Pike", "today": None}}
    (tmp_path / "desk.json").write_text(json.dumps(desk))
    entry = open_page(tmp_path).model.entry
    assert (entry.state, entry.went_on, entry.client) == ("completed", "nothing", "")
    assert entry.employer == "Alder & Pike"


def test_markup_in_a_name_is_shown_as_text(page: Any) -> None:
    page.model.entry.client = "<script>alert(1)</script>"
    page.model.entry.employer = "<img src=x onerror=alert(1)>"
    press(page, "Log it")
    for part in ("all", "files", "clients"):
        page.parts.go(part)
    page.parts.go("all")
    press(page, "Edit")
    markup = [str(one.value) for one in inside(page) if isinstance(one, widgets.HTML)]
    assert any("&lt;script&gt;" in value for value in markup)
    assert not any("<script>" in value or "<img src=x" in value for value in markup)


def test_the_notebook_s_output_holds_nothing_of_a_client(page: Any) -> None:
    press(page, "Log it")
    kept = page._repr_mimebundle_()
    assert kept["text/plain"] == "<page 'Log what happened'>"
    assert "C-014" not in json.dumps(kept)


def test_a_log_that_could_not_be_backed_up_says_so(page: Any) -> None:
    page.model.notice = "outcomes.db could not be backed up."
    page.model.changed += 1
    assert "outcomes.db could not be backed up." in words(page)


def test_every_button_has_words(page: Any) -> None:
    assert all(text.strip() for text in buttons(page))
