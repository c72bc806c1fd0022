"""Trackers as people and their programs keep them: what is taken, what is asked, what is listed."""

import csv
import re
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from interview_coach.errors import KitError
from interview_coach.outcomes import Proposal, import_file, propose
from interview_coach.outcomes.importing.dates import FileDate, read_date, read_time_of_day
from interview_coach.outcomes.importing.mapping import load_mapping
from interview_coach.outcomes.importing.meaning import suggested
from interview_coach.outcomes.importing.proposal import NoDates

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def proposed(tmp_path: Path, *lines: str, zone: str = "America/New_York") -> Proposal:
    """Write the lines as a file, and make the proposal of it."""
    file = tmp_path / "calls.csv"
    file.write_text("\n".join(lines), "utf-8")
    return propose(file, timezone=zone)


def columns(proposal: Proposal) -> dict[str, str]:
    """Say which column is taken for which field."""
    return {guess.field: guess.column for guess in proposal.guesses}


def asked(proposal: Proposal) -> dict[str, str | None]:
    """Say what is asked, and what is taken without an answer."""
    return {question.name: question.default for question in proposal.questions}


@pytest.mark.parametrize(
    ("says", "clock"),
    [
        *(("14h30", time(14, 30)), ("11 h 15", time(11, 15)), ("14 Uhr 30", time(14, 30))),
        *(("0930", time(9, 30)), ("900", time(9)), ("2:30p", time(14, 30)), ("9a", time(9))),
        *(("12 noon", time(12)), ("midday", time(12)), ("14:30-15:00", time(14, 30))),
        *(("10:00 – 11:00", time(10)), ("2pm to 3pm", time(14)), ("10:00-11:00", time(10))),
    ],
)
def test_times_of_day_as_people_write_them(says: str, clock: time) -> None:
    assert read_time_of_day(says) == clock


@pytest.mark.parametrize(
    ("says", "why"),
    [
        ("1:00-2:00 pm", "am or pm stands only behind the end; write the start as 14:00"),
        (
            "2:30 PM EST",
            "a zone stands behind the time; put it in a column of its own, such as America/New_York",
        ),
        ("10-11", "this is not a time of day; write it as 14:00"),
    ],
)
def test_a_time_that_may_be_another_is_not_read(says: str, why: str) -> None:
    with pytest.raises(ValueError, match=re.escape(why)):
        read_time_of_day(says)


@pytest.mark.parametrize(
    ("says", "clock", "offset"),
    [
        ("2026-03-23 10:00-11:00", time(10), None),
        ("2026-03-23T10:00-11:00", time(10), -660),
        ("2026-03-23 14:30-04:00", time(14, 30), -240),
        ("2026-03-23 09:00:00-10:00", time(9), -600),
        ("March 23, 2026 2:30 PM (GMT) → 3:00 PM", time(14, 30), 0),
        ("March 23, 2026 10:00 AM → March 23, 2026 10:30 AM", time(10), None),
        ("2026-03-23 10:00 UTC+1", time(10), 60),
        ("2026-01-23 2:30 PM EST", time(14, 30), -300),
        ("2026-07-23 2:30 PM ET", time(14, 30), -240),
        ("2026-01-25 10:00 PST", time(10), -480),
    ],
)
def test_what_stands_behind_the_time(says: str, clock: time, offset: int | None) -> None:
    assert read_date(says, None)[1:] == (clock, offset)


@pytest.mark.parametrize(
    ("says", "why"),
    [
        ("2026-07-23 2:30 PM EST", "EST is not in force on that day"),
        ("2026-01-23 10:00 CST", "CST behind the time does not say which zone is meant"),
        ("Mon 23 Mar", "the date has no year"),
        ("23/03 14:30", "the date has no year"),
        ("March 23", "the date has no year"),
    ],
)
def test_a_date_that_may_be_another_is_not_read(says: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_date(says, "day")
    assert read_date("23 Mar 26", None) == FileDate(date(2026, 3, 23))


def test_dates_without_a_year_are_said_to_have_none(tmp_path: Path) -> None:
    with pytest.raises(NoDates) as caught:
        proposed(tmp_path, "Who,Day,Result", "Ann,Mon 23 Mar,Done", "Bo,Tue 24th March 2pm,Missed")
    assert str(caught.value) == (
        "The dates under 'Day' of calls.csv have no year, such as 'Mon 23 Mar'; write the year behind each."
    )


def test_a_heading_above_two_columns_is_told_and_not_left_out(tmp_path: Path) -> None:
    with pytest.raises(KitError) as caught:
        proposed(tmp_path, "Date,Name,Date,Status", "1/2/26,Ann,23/03/2026 14:30,Done")
    assert str(caught.value) == (
        "calls.csv has the heading 'Date' above 2 columns (1, 3); name each of them otherwise, so that "
        "it can be said which one is meant."
    )


def test_an_export_of_appointments_is_read_by_its_start_and_by_who_was_invited(
    tmp_path: Path,
) -> None:
    read = proposed(
        tmp_path,
        "Start Time,First Name,Last Name,Type,Price,Notes,Date Scheduled,Label,ID",
        '"March 23, 2026 2:30 pm",Ann,Lee,Phone,0.00,,"March 10, 2026",Completed,1001',
        '"March 24, 2026 9:00 am",Bob,Lee,Phone,0.00,,"March 11, 2026",Cancelled,1002',
    )
    taken = columns(read)
    assert (taken["scheduled_at"], taken["booked_at"]) == ("Start Time", "Date Scheduled")
    assert "scheduled_time" not in taken
    assert asked(read)["client"] == "First Name+Last Name"
    assert list(read.preview(now=NOW)["client"]) == ["Ann Lee", "Bob Lee"]


@pytest.mark.parametrize(
    ("header", "client", "employer"),
    [
        ("User Name,Invitee Name,Company", "Invitee Name", "Company"),
        ("Meeting name,Associated Contact,Associated Company", "Associated Contact", None),
        ("Client Co,Cand.,Consultant", "Cand.", "Client Co"),
        ("Client,Candidate,Recruiter", "Candidate", "Client"),
        ("Client,Employer,Coach", "Client", "Employer"),
    ],
)
def test_the_client_is_the_person_who_is_interviewed(
    tmp_path: Path, header: str, client: str, employer: str | None
) -> None:
    read = proposed(tmp_path, f"{header},Date,Status", "A B,C D,E,2026-03-05 10:00,Done")
    assert read.draft.client.columns == (client,)
    assert employer is None or columns(read)["employer"] == employer


def test_a_heading_that_only_holds_a_word_for_the_client_is_asked_about(tmp_path: Path) -> None:
    rows = ("Name of the venue,Date,Status", "Ann,2026-03-05 10:00,Done")
    assert [q.name for q in proposed(tmp_path, *rows).open_questions] == ["client"]
    rows = ("Client (initials),Date,Status", "AB,2026-03-05 10:00,Done")
    assert not [q for q in proposed(tmp_path, *rows).open_questions if q.name != "client"]


def test_whom_a_recruiters_client_means_is_asked(tmp_path: Path) -> None:
    rows = ("Cand.,Client Co,Date,Result", "Ann,HSBC,2026-03-05 10:00,Client no show")
    assert asked(proposed(tmp_path, *rows))["state:Client no show"] is None
    rows = ("Client,Company,Date,Result", "Ann,HSBC,2026-03-05 10:00,Client no show")
    assert "state:Client no show" not in asked(proposed(tmp_path, *rows))


def test_a_column_of_times_that_cannot_be_read_is_listed_and_not_replaced(tmp_path: Path) -> None:
    read = proposed(
        tmp_path, "Client,Date,Time,Status", "Ann,2026-03-05,10:00 EST,Done", "Bo,2026-03-06,?,Done"
    )
    assert columns(read)["scheduled_time"] == "Time"
    assert "start_time" not in asked(read)
    assert all(read.preview(now=NOW)["problem"])


def test_a_column_of_times_under_another_heading_is_asked_about(tmp_path: Path) -> None:
    read = proposed(
        tmp_path,
        "Client,Date,From,To,Status",
        "Ann,23 Mar 2026,14.00,14.30,Done",
        "Bo,24 Mar 2026,9.00,9.30,Done",
    )
    question = next(q for q in read.questions if q.name == "column:scheduled_time")
    assert (question.open, question.options) == (True, ("From", "To", "nothing"))
    taken = read.answer("column:scheduled_time", "From")
    assert "start_time" not in asked(taken)
    assert columns(taken)["scheduled_time"] == "From"
    none = read.answer("column:scheduled_time", "nothing")
    assert not none.open_questions
    assert asked(none)["start_time"] == "09:00"


def test_one_name_in_every_row_may_be_the_coach(tmp_path: Path) -> None:
    rows = [f"Card {n},2026-03-0{n} 10:00,Done,jo" for n in range(1, 4)]
    read = proposed(tmp_path, "Card,Date,Status,Members", *rows)
    assert [q.name for q in read.open_questions] == ["client"]


def test_a_column_of_words_for_the_channel_needs_no_heading(tmp_path: Path) -> None:
    rows = ("Ann,2026-03-05 10:00,Done,Phone", "Bo,2026-03-06 10:00,Done,In person")
    assert columns(proposed(tmp_path, "Client,Date,Status,Setting", *rows))["channel"] == "Setting"
    rows = ("Ann,2026-03-05 10:00,Done,Remote", "Bo,2026-03-06 10:00,Done,On site")
    assert "channel" not in columns(proposed(tmp_path, "Client,Date,Status,Setting", *rows))


def test_what_stands_under_the_dates_heading_is_shown_where_it_is_no_date(tmp_path: Path) -> None:
    with pytest.raises(NoDates) as caught:
        proposed(tmp_path, "client_ref,start_ts,status", "C-001,1774276200,completed")
    assert str(caught.value).endswith(
        "start_ts: '1774276200': it is a program's count of seconds; write it as a date first."
    )


def test_two_times_that_differ_are_no_guess(tmp_path: Path) -> None:
    read = proposed(
        tmp_path,
        "Client,Date,Time,Status",
        "Ann,2026-03-05 14:30,10:00,Done",
        "Bo,2026-03-06 00:00,10:00,Done",
        "Cy,2026-03-07 10:00,10:00,Done",
    )
    assert list(read.preview(now=NOW)["problem"]) == [
        "Date says 14:30 and Time says 10:00; make them say the same",
        "",
        "",
    ]


def test_a_mark_for_each_outcome_is_read_as_one_column(tmp_path: Path) -> None:
    read = proposed(
        tmp_path,
        "Name,Employer,Date,Completed,No show,Rescheduled,Cancelled",
        *("Ann,A,2026-03-05 10:00,x,,,", "Bob,B,2026-03-06 10:00,,x,,"),
        *(
            "Cat,C,2026-03-07 10:00,,,x,",
            "Dee,D,2026-03-08 10:00,,,,x",
            "Eve,E,2026-03-09 10:00,,,,",
        ),
        "short,row",
    )
    found = list(read.preview(now=NOW)["state"])
    assert found == ["completed", "missed", "moved", "cancelled", "pending", "pending"]
    assert "initiator" not in columns(read)
    assert "Left out" not in read.summary()
    saved = load_mapping(read.save(tmp_path / "calls.toml"))
    assert saved == read.mapping
    result = import_file(tmp_path / "calls.csv", saved, tmp_path / "log.db", clock=lambda: NOW)
    assert (result.imported, result.rejected) == (5, 1)
    assert result.rejects_path is not None
    with result.rejects_path.open(encoding="utf-8-sig", newline="") as file:
        head, row = csv.reader(file)
    # The list has the file's own columns, so that the same mapping reads it.
    assert head[2:] == [
        "Name",
        "Employer",
        "Date",
        "Completed",
        "No show",
        "Rescheduled",
        "Cancelled",
    ]
    assert row[1:] == ["the row has 2 fields where the header has 7", "short", "row"]


def test_marks_that_contradict_each_other_or_say_only_no_are_asked(tmp_path: Path) -> None:
    read = proposed(
        tmp_path,
        "Name,Date,Attended,Cancelled",
        "Ann,2026-03-05 10:00,yes,yes",
        "Bob,2026-03-06 10:00,no,no",
        "Cat,2026-03-07 10:00,no,yes",
    )
    questions = asked(read)
    assert questions["state:Attended + Cancelled"] is None
    assert questions["state:Attended: no"] is None
    read = read.answer("state:Attended + Cancelled", "cancelled").answer(
        "state:Attended: no", "missed"
    )
    assert list(read.preview(now=NOW)["state"]) == ["cancelled", "missed", "cancelled"]


def test_whether_the_interviewer_called_is_an_outcome(tmp_path: Path) -> None:
    read = proposed(
        tmp_path,
        "Your name,Which company were you meeting?,Date,Did the interviewer call?",
        "Ann,Acme,2026-03-05 10:00,Yes",
        "Bob,Beta,2026-03-06 10:00,No",
    )
    assert columns(read)["employer"] == "Which company were you meeting?"
    assert asked(read)["missed_by"] == "interviewer_no_call"
    assert list(read.preview(now=NOW)["state"]) == ["completed", "missed"]


def test_what_may_be_the_outcome_is_asked_before_it_is_taken_for_unknown(tmp_path: Path) -> None:
    read = proposed(tmp_path, "Name,Date,Did it go ahead?", "Ann,2026-03-05 10:00,Yes")
    assert asked(read)["state"] is None
    read = read.answer("column:state", "Did it go ahead?")
    assert list(read.preview(now=NOW)["state"]) == ["completed"]


def test_a_mark_beside_the_words_for_the_outcome_adds_to_them(tmp_path: Path) -> None:
    read = proposed(
        tmp_path,
        "Student First Name,Student Last Name,Date,Status,Student No Show",
        *("Ann,Lee,2026-03-05 10:00,completed,No", "Bob,Day,2026-03-06 10:00,completed,Yes"),
        *("Cy,Fox,2026-03-09 10:00,No show,Yes", "Di,Roe,2026-03-10 10:00,cancelled,No"),
    )
    assert asked(read)["client"] == "Student First Name+Student Last Name"
    # Both cannot be: it is asked.
    assert [q.name for q in read.open_questions] == ["state:completed + Student No Show"]
    read = read.answer("state:completed + Student No Show", "missed")
    assert list(read.preview(now=NOW)["state"]) == ["completed", "missed", "missed", "cancelled"]


@pytest.mark.parametrize("yes", ["☑", "✅", "j", "✔"])
def test_ticks_are_a_yes(tmp_path: Path, yes: str) -> None:
    read = proposed(
        tmp_path,
        "Client,Date,They called?",
        *(f"Ann,2026-03-05 10:00,{yes}", "Bo,2026-03-06 10:00,☐"),
    )
    assert list(read.preview(now=NOW)["state"]) == ["completed", "missed"]
    assert asked(read)["missed_by"] == "interviewer_no_call"


def test_headings_that_a_database_shortens(tmp_path: Path) -> None:
    read = proposed(
        tmp_path, "CLIENT_ID|APPT_DT|APPT_TM|EMPLOYER_NM|STATUS", "1|20260323|1430|TESCO|Attended"
    )
    assert columns(read)["scheduled_time"] == "APPT_TM"
    assert columns(read)["employer"] == "EMPLOYER_NM"


@pytest.mark.parametrize(
    ("says", "code"),
    [
        *(("no show - rang 3x", "missed"), ("Rescheduled to 4/5", "moved")),
        *(("Completed (offer!)", "completed"), ("Cancelada por la empresa", "cancelled")),
        *(("verschoben auf Montag", "moved"), ("Complted", "completed")),
        *(("not completed", None), ("Completed - not by him", None), ("Done, then no show", None)),
        *(("held up in traffic", None), ("Moved, then completed", None)),
    ],
)
def test_what_stands_first_is_suggested_unless_the_rest_says_otherwise(
    says: str, code: str | None
) -> None:
    assert suggested("state", says) == code


def test_many_remarks_behind_a_known_word_do_not_lose_the_column(tmp_path: Path) -> None:
    rows = [f"C{n},2026-03-{n % 28 + 1:02} 10:00,No show - remark {n}" for n in range(40)]
    read = proposed(tmp_path, "Client,Date,Outcome", *rows)
    assert columns(read)["state"] == "Outcome"
    assert set(read.preview(40, now=NOW)["state"]) == {"missed"}
    # One question stands for all of them.
    assert [name for name in asked(read) if ":" in name or name == "beginnings"] == ["beginnings"]
    read = read.answer("beginnings", "no")
    assert "state" not in columns(read)
    # What is written there is not taken for nothing: it is asked, and column:state="" says so.
    question = next(q for q in read.questions if q.name == "state")
    assert (question.open, question.where) == (True, "'Outcome'")
    assert asked(read.answer("column:state", ""))["state"] == "pending"


def test_words_that_may_mean_called_off_are_asked(tmp_path: Path) -> None:
    words = ("Not held", "Didn't happen", "Nicht stattgefunden", "N'a pas eu lieu", "Done")
    rows = [f"C{n},2026-03-0{n + 1} 10:00,{word}" for n, word in enumerate(words)]
    questions = asked(proposed(tmp_path, "Client,Date,Outcome", *rows))
    assert [questions.get(f"state:{word}", "known") for word in words] == [None] * 4 + ["known"]


def test_two_columns_that_are_as_likely_are_asked_about(tmp_path: Path) -> None:
    read = proposed(
        tmp_path,
        "Client,Call date,Interview date,Status",
        "Ann,2026-03-05 10:00,2026-03-09 10:00,Done",
    )
    question = next(q for q in read.questions if q.name == "column:scheduled_at")
    assert question.open
    assert question.options == ("Call date", "Interview date")
    read = read.answer("column:scheduled_at", "Interview date")
    assert columns(read)["scheduled_at"] == "Interview date"
    assert not read.open_questions


@pytest.mark.parametrize(
    ("header", "row", "name"),
    [
        (
            "Client,Original date,New date,Time",
            "Ann,2026-03-05,2026-03-09,10:00",
            "column:scheduled_at",
        ),
        ("Client,Date,Time here,Time there", "Ann,2026-03-05,10:00,15:00", "column:scheduled_time"),
    ],
)
def test_vague_headings_of_two_columns_are_asked_about(
    tmp_path: Path, header: str, row: str, name: str
) -> None:
    assert asked(proposed(tmp_path, header, row))[name] is None


def test_the_end_is_no_start(tmp_path: Path) -> None:
    read = proposed(tmp_path, "Client,Date,Heure fin,Heure début", "Ann,2026-03-05,15:00,14:30")
    assert columns(read)["scheduled_time"] == "Heure début"


def test_whether_the_company_called_is_no_company(tmp_path: Path) -> None:
    rows = ("Ann,2026-03-05 10:00,Yes", "Bo,2026-03-06 10:00,No - never")
    read = proposed(tmp_path, "Client,Date,Company called?", *rows)
    assert "employer" not in columns(read)
    assert [q.name for q in read.open_questions] == ["state:No - never"]


def test_the_example_of_a_date_is_one_that_can_be_read_either_way(tmp_path: Path) -> None:
    read = proposed(tmp_path, "Client,Date,Status", "Ann,2026-03-05,Done", "Bo,3/4/26,Done")
    question = next(q for q in read.questions if q.name == "date_order")
    assert question.where == "'Date', such as '3/4/26'"
