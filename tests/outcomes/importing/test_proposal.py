"""The mapping assistant: what it takes from a file, what it asks, and what it never guesses."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.errors import KitError
from interview_coach.outcomes import (
    ColumnMapping,
    OutcomeLog,
    Proposal,
    import_file,
    load_mapping,
    propose,
)
from interview_coach.outcomes.importing.calendars import INTERVIEW_WORDS
from interview_coach.outcomes.importing.guessing import looks_pseudonymous
from interview_coach.outcomes.importing.mapping_file import mapping_toml
from interview_coach.outcomes.importing.synonyms import code_of, match, yes_or_no
from interview_coach.outcomes.importing.table import FileTable
from interview_coach.shipped import shipped

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


def table(header: str, *rows: str, kind: str = "text") -> FileTable:
    cells = [row.split(",") for row in rows]
    return FileTable(
        "calls.csv", header.split(","), cells, list(range(2, 2 + len(rows))), ",", kind=kind
    )


def fields(proposal: Proposal) -> dict[str, str]:
    return {guess.field: guess.column for guess in proposal.guesses}


def names(proposal: Proposal) -> list[str]:
    return [question.name for question in proposal.questions]


TRACKER = (
    "Participant,Date of call,Time,Company,Intervew type,What happened,Cause,Comments",
    "Anna S,13/03/2026,14:00,Acme,Zoom,Came,,went well",
    "Ben O,04/03/2026,9.30 am,Bolt,Telephone,Employer didn't call,,",
    "Cleo P,05/03/2026,2 pm,Bolt,phone,No show,stuck in traffic,",
    "Cleo P,06/03/2026,2 pm,Bolt,phone,Rescheduled,,",
)


def test_a_coach_s_tracker_goes_in_without_a_mapping() -> None:
    proposal = propose(table(*TRACKER), timezone="Europe/London")
    assert fields(proposal) == {
        "client": "Participant",
        "scheduled_at": "Date of call",
        "scheduled_time": "Time",
        "employer": "Company",
        "channel": "Intervew type",
        "state": "What happened",
        "cause": "Cause",
        "notes": "Comments",
    }
    assert names(proposal) == ["timezone", "missed_by", "caller"]
    assert proposal.open_questions == ()
    mapping = proposal.mapping
    assert mapping.time.model_dump() == {
        "timezone": "Europe/London",
        "date_order": "day",
        "start_time": None,
    }
    assert mapping.client.pseudonymous is False
    assert mapping.interview is not None and mapping.interview.columns == ("Company",)
    shown = proposal.preview(now=NOW)
    assert list(shown["problem"]) == [""] * 4
    assert list(shown["scheduled_at"]) == [
        "2026-03-13 14:00",
        "2026-03-04 09:30",
        "2026-03-05 14:00",
        "2026-03-06 14:00",
    ]
    assert list(shown["state"]) == ["completed", "missed", "missed", "moved"]
    assert list(shown["missed_by"]) == ["", "interviewer_no_call", "unknown", ""]
    assert list(shown["channel"]) == ["video", "phone", "phone", "phone"]
    assert list(shown["cause"]) == ["", "", "travel", ""]


def test_the_real_file_goes_in_without_a_mapping(attendance: Path, tmp_path: Path) -> None:
    proposal = propose(attendance, answers={"timezone": "Asia/Kolkata"})
    saved = proposal.save(tmp_path / "mapping.toml")
    result = import_file(attendance, saved, tmp_path / "log.db", clock=lambda: NOW)
    assert (result.rows, result.imported, result.rejected, result.doubtful) == (1233, 1233, 0, 7)
    with OutcomeLog.open(tmp_path / "log.db") as log:
        calls = log.calls()
    # The figure that the file's publisher gives.
    assert calls["state"].value_counts().to_dict() == {"completed": 783, "missed": 450}
    assert set(calls["missed_by"].dropna()) == {"candidate"}
    assert set(calls["channel"]) == {"in_person"}
    assert calls["client_id"].nunique() == 1233
    spec = load_mapping(shipped("data") / "mappings" / "interview_attendance.toml")
    assert proposal.mapping.columns.items() >= spec.columns.items()


def test_a_spreadsheet_of_a_phone_s_calendar(tmp_path: Path) -> None:
    file = tmp_path / "calendar.csv"
    file.write_text(
        "Subject,Start Date,Start Time,End Date,End Time,All Day Event,Description,Location\n"
        "Interview with Acme,03/14/2026,02:00 PM,03/14/2026,03:00 PM,False,bring CV,Zoom\n"
        "Dentist,03/16/2026,02:00 PM,03/16/2026,03:00 PM,False,,High Street\n"
        "Phone screen Bolt,04/05/2026,10:00 AM,04/05/2026,11:00 AM,False,,\n"
    )
    proposal = propose(file, timezone="America/New_York")
    assert names(proposal) == ["words", "client", "timezone", "state", "channel", "caller"]
    assert [q.name for q in proposal.open_questions] == ["client"]
    mapping = proposal.answer("client", "all: Dana Reyes").mapping
    result = import_file(file, mapping, tmp_path / "log.db", clock=lambda: NOW)
    assert (result.rows, result.imported) == (2, 2)
    with OutcomeLog.open(tmp_path / "log.db") as log:
        calls, clients = log.calls(), log.clients()
    assert list(clients["name"]) == ["Dana Reyes"]
    assert [str(at) for at in calls["scheduled_at"]] == [
        "2026-03-14 18:00:00+00:00",
        "2026-04-05 14:00:00+00:00",
    ]
    # A calendar does not know what became of a call.
    assert set(calls["state"]) == {"pending"}
    assert len(proposal.answer("words", "dentist | phone").table.rows) == 2
    assert len(proposal.answer("words", "*").table.rows) == 3


def test_a_calendar_goes_in_after_one_answer(tmp_path: Path) -> None:
    file = tmp_path / "calendar.ics"
    file.write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nSUMMARY:Interview: Acme\nDTSTART:20260305T140000Z\n"
        "STATUS:CONFIRMED\nEND:VEVENT\nBEGIN:VEVENT\nUID:a\nSEQUENCE:1\nSUMMARY:Interview: Acme\n"
        "DTSTART:20260306T140000Z\nSTATUS:CONFIRMED\nEND:VEVENT\nBEGIN:VEVENT\nUID:b\n"
        "SUMMARY:Lunch\nDTSTART:20260305T120000Z\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    proposal = propose(file, timezone="Europe/London")
    assert [q.name for q in proposal.open_questions] == ["client"]
    mapping = proposal.answer("client", "all: c-7").mapping
    assert mapping.client.pseudonymous is True
    result = import_file(file, mapping, tmp_path / "log.db", clock=lambda: NOW)
    assert (result.rows, result.imported) == (2, 2)
    with OutcomeLog.open(tmp_path / "log.db") as log:
        calls = log.calls()
    assert list(calls["state"]) == ["moved", "pending"]
    assert list(calls["sequence"]) == [1, 2]
    assert set(calls["employer"]) == {"Acme"}


ORDERS = {
    "day, settled by one date": (["04/05/2026", "13/05/2026"], "day", None),
    "month, settled by one date": (["04/05/2026", "04/13/2026"], "month", None),
    "year first": (["2026-05-04"], None, None),
    "a month's name": (["4 May 2026"], None, None),
    "either way": (["04/05/2026", "05/06/2026"], None, ("day", "month")),
    "two digits, any way": (["04/05/06"], None, ("day", "month", "year")),
    "one against another": (["13/05/2026", "05/13/2026"], None, ("day", "month", "year")),
}


@pytest.mark.parametrize("name", ORDERS)
def test_the_order_of_day_and_month_is_read_from_the_whole_column_or_asked(name: str) -> None:
    dates, order, options = ORDERS[name]
    proposal = propose(
        table("Date,Client,Outcome", *(f"{date} 10:00,c1,came" for date in dates)), timezone="UTC"
    )
    assert proposal.draft.time.date_order == order
    asked = {q.name: q for q in proposal.questions}.get("date_order")
    assert (asked.options if asked else None) == options
    if asked:
        assert asked.open
        assert proposal.answer("date_order", "Day").mapping.time.date_order == "day"


def test_a_slip_among_many_dates_is_asked_with_what_most_say() -> None:
    rows = [f"{day}/05/2026 10:00,c1,came" for day in range(13, 29)] * 3
    proposal = propose(
        table("Date,Client,Outcome", *rows, "05/30/2026 10:00,c1,came"), timezone="UTC"
    )
    (question,) = (q for q in proposal.questions if q.name == "date_order")
    assert question.default == "day"
    assert question.where == "'13/05/2026 10:00' (day first), '05/30/2026 10:00' (month first)"


def test_doubtful_words_are_asked_and_open_questions_stop_the_import() -> None:
    proposal = propose(
        table(
            "Date,Client,Outcome,Cause",
            "13/05/2026 10:00,c1,kaput,moonlight",
            "14/05/2026 10:00,c1,Complted,",
        )
    )
    by_name = {q.name: q for q in proposal.questions}
    assert by_name["state:kaput"].what == "What does 'kaput' mean for state?"
    assert by_name["state:kaput"].open
    assert by_name["state:Complted"].default == "completed"
    assert by_name["cause:moonlight"].default == "nothing"
    with pytest.raises(KitError) as caught:
        _ = proposal.mapping
    assert str(caught.value) == (
        "2 questions are open before calls.csv can be imported:\n"
        "- timezone: In which time zone are the times of the file, such as Europe/London?\n"
        "- state:kaput: What does 'kaput' mean for state? (completed, missed, moved, cancelled, pending)"
    )
    done = proposal.answer("state:kaput", "missed").answer("timezone", "europe/paris")
    assert done.mapping.values["state"] == {"kaput": "missed", "complted": "completed"}
    assert done.mapping.when_state == {"missed": {"missed_by": "unknown"}}
    assert done.mapping.time.timezone == "Europe/Paris"
    # The first proposal is as it was.
    assert by_name["state:kaput"].open and proposal.answers == {}


ANSWERS = {
    ("nonsense", "x"): "nonsense: this is not asked about calls.csv; the questions are timezone, "
    "missed_by, caller.",
    ("missed_by", "nobody"): "missed_by: 'nobody' is none of the answers; use one of "
    "interviewer_no_call, interviewer_no_answer, candidate, technical, unknown.",
    ("timezone", "Lundon"): "timezone: there is no time zone called 'Lundon'; did you mean "
    "'Europe/London'?",
    ("column:employr", "Company"): "column:employr: there is no field 'employr'; did you mean "
    "'employer'?",
    ("column:employer", "Compny"): "column:employer: there is no column 'Compny'; did you mean "
    "'Company'?",
}


@pytest.mark.parametrize(("name", "value"), ANSWERS)
def test_an_answer_that_does_not_fit_says_what_would(name: str, value: str) -> None:
    with pytest.raises(KitError) as caught:
        propose(table(*TRACKER), timezone="Europe/London").answer(name, value)
    assert str(caught.value) == ANSWERS[name, value]


def test_answers_that_say_nothing_or_too_much(tmp_path: Path) -> None:
    events = propose(
        table("Subject,Start Date", "Interview,2026-03-05 10:00"), timezone="Europe/London"
    )
    for name, value, says in (
        ("words", " | ", "words: an answer is needed. Which words mark an interview? "),
        ("client", "all: ", "client: an answer is needed. Who is the client? "),
        ("client", "all: " + "x" * 200, "client: who it is has more than 200 characters; shorten"),
        ("start_time", "noon", "start_time: this is not asked about calls.csv; "),
    ):
        with pytest.raises(KitError) as caught:
            events.answer(name, value)
        assert str(caught.value).startswith(says)
    missed = events.answer("client", "all: c1").answer("state", "missed")
    assert missed.mapping.when_state == {"missed": {"missed_by": "unknown"}}
    assert list(missed.preview(now=NOW)["problem"]) == [""]


def test_a_column_can_be_said_and_taken_away() -> None:
    proposal = propose(table(*TRACKER), timezone="Europe/London")
    other = proposal.answer("column:cohort", "Comments").answer("column:cause", "")
    assert fields(other)["cohort"] == "Comments"
    assert {"notes", "cause"} & fields(other).keys() == set()


def test_without_dates_it_is_said_which_column_is_missing() -> None:
    with pytest.raises(KitError) as caught:
        propose(table("Colour,Client", "red,c1"))
    assert str(caught.value) == (
        "calls.csv has no column of dates that could be told; say which one holds the date of the "
        "call, as column:scheduled_at."
    )
    said = propose(table("Colour,Client", "red,c1"), answers={"column:scheduled_at": "colour"})
    assert fields(said)["scheduled_at"] == "Colour"


def test_a_slip_among_the_dates_leaves_them_dates_under_whatever_heading() -> None:
    days = ("03.11.2026", "04.11.2026", "31.11.2026", "05.11.2026", "16.11.2026")
    said = propose(table("Kundin,Termin", *(f"c{n},{day}" for n, day in enumerate(days))))
    assert fields(said)["scheduled_at"] == "Termin"


def test_a_file_without_rows_or_without_interviews_says_so() -> None:
    with pytest.raises(KitError) as caught:
        propose(table("Date,Client"))
    assert str(caught.value) == "calls.csv has no rows; there is nothing to import."
    events = table("Subject,Start Date", "Dentist,2026-03-05 10:00", "Lunch,2026-03-06 10:00")
    with pytest.raises(KitError) as caught:
        propose(events)
    assert str(caught.value) == (
        f"No row of calls.csv has one of the words '{INTERVIEW_WORDS}' under 'Subject'; say "
        "which words mark an interview, as words=...; * takes every row."
    )
    assert len(propose(events, answers={"words": "lunch"}).table.rows) == 1


HEADERS = {
    "Date_of-Interview": "scheduled_at",
    "InterviewDate": "scheduled_at",
    "Intervew date": "scheduled_at",
    "Company Name": "employer",
    "Organisation": "employer",
    "Candidate name": "client",
    "Who missed it?": "missed_by",
    "Time zone": "timezone",
    "Minutes waited": "waited_minutes",
    "Remarks:": "notes",
}


@pytest.mark.parametrize("header", HEADERS)
def test_headers_as_people_write_them(header: str) -> None:
    found = match(header)
    assert max(found, key=lambda field: found[field].score) == HEADERS[header]


@pytest.mark.parametrize("header", ["Date of birth", "Expected attendance", "", "x" * 10_000, "🙂"])
def test_headers_of_other_matters(header: str) -> None:
    assert {"scheduled_at", "state"} & match(header).keys() == set()


@pytest.mark.parametrize(
    ("field", "cell", "code"),
    [
        ("state", "No-Show", "missed"),
        ("state", "DNA", "missed"),
        ("state", "Re-scheduled", "moved"),
        ("state", "canceled", "cancelled"),
        ("state", "perhaps", None),
        ("missed_by", "Employer didn't call", "interviewer_no_call"),
        ("cause", "Time zone", "time_mix_up"),
        ("channel", "MS Teams", "video"),
        ("notes", "came", None),
    ],
)
def test_words_for_codes(field: str, cell: str, code: str | None) -> None:
    assert code_of(field, cell) == code


@pytest.mark.parametrize(
    ("cell", "header", "state"),
    [
        ("Yes", "Attended?", "completed"),
        ("no ", "Observed Attendance", "missed"),
        ("Y", "No show", "missed"),
        ("N", "No show", "completed"),
        ("perhaps", "Attended", None),
    ],
)
def test_what_a_yes_means_depends_on_the_header(cell: str, header: str, state: str | None) -> None:
    assert yes_or_no(cell, header) == state


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["Candidate 1", "Candidate 22"], True),
        (["C-007", "c-8"], True),
        (["client-2c4c7a3fe734db2f"], True),
        (["Anna 1", "Ben 2"], False),
        (["Anna Schmidt"], False),
        (["a" + "-" * 100_000], False),
        ([], False),
    ],
)
def test_codes_and_names(texts: list[str], said: bool) -> None:
    assert looks_pseudonymous(texts) is said


words = st.text(min_size=1, max_size=20)


@given(
    st.dictionaries(words, words, max_size=4),
    st.dictionaries(words, st.sampled_from(["missed", "completed", ""]), max_size=4),
    st.lists(words, min_size=1, max_size=3),
    words,
)
def test_a_mapping_comes_back_from_its_file_as_it_was(
    columns: dict[str, str], values: dict[str, str], client: list[str], title: str
) -> None:
    mapping = ColumnMapping.model_validate(
        {
            "title": title,
            "file": {"words": "a|b", "words_in": title, "missing": [title, ""]},
            "time": {"timezone": "Europe/London", "date_order": "day"},
            "client": {"columns": client, "pseudonymous": True},
            "columns": {"scheduled_at": title, **columns},
            "values": {"state": values} if values else {},
            "constants": {"synthetic": True, "round": 2, "cohort": title},
            "when_state": {"missed": {"missed_by": "unknown"}},
        }
    )
    assert ColumnMapping.model_validate(tomllib.loads(mapping_toml(mapping))) == mapping


def test_a_mapping_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    proposal = propose(table(*TRACKER), timezone="Europe/London")
    assert load_mapping(proposal.save(tmp_path / "m.toml")) == proposal.mapping
    assert (tmp_path / "m.toml").stat().st_mode & 0o777 == 0o600
    with pytest.raises(KitError, match=r"^The mapping .* cannot be written \(no such file"):
        proposal.save(tmp_path / "nowhere" / "m.toml")


BOOKINGS = {
    "Booked on": "booked_at",
    "Booked": "booked_at",
    "Date booked": "booked_at",
    "Created": "booked_at",
    "Created At": "booked_at",
    "Booked for": None,
    "Booked by": None,
    "Account created": None,
    "Updated": None,
}


@pytest.mark.parametrize("header", BOOKINGS)
def test_columns_that_say_when_a_call_was_booked(header: str) -> None:
    rows = ("c1,2026-03-05 10:00,2026-03-01", "c2,2026-03-06 10:00,2026-03-02")
    found = fields(propose(table(f"Client,Interview date,{header}", *rows)))
    assert found["scheduled_at"] == "Interview date"
    assert found.get("booked_at") == (header if BOOKINGS[header] else None)


def test_a_column_of_other_words_says_no_booking() -> None:
    said = propose(table("Client,Date,Booked on", "c1,2026-03-05,phone", "c2,2026-03-06,the web"))
    assert "booked_at" not in fields(said)


def test_the_only_dates_of_a_file_are_those_of_its_calls() -> None:
    said = propose(table("Client,Date booked", "c1,2026-03-05 10:00"))
    assert fields(said) == {"client": "Client", "scheduled_at": "Date booked"}
    forced = {"column:booked_at": "Date booked"}
    with pytest.raises(KitError, match="has no column of dates that could be told"):
        propose(table("Client,Date booked", "c1,2026-03-05 10:00"), answers=forced)
