"""Calendars as phones export them: moves, cancellations, series, zones, and broken lines."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from interview_coach.errors import KitError
from interview_coach.outcomes import ColumnMapping, OutcomeLog, import_file, propose
from interview_coach.outcomes.importing.calendars import INTERVIEW_WORDS
from interview_coach.outcomes.importing.reading import read_table
from interview_coach.outcomes.importing.table import holds_word

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
SPEC = ColumnMapping.model_validate(
    {
        "time": {"timezone": "Europe/London"},
        "client": {"same": "c1", "pseudonymous": True},
        "interview": {"columns": ["UID"]},
        "columns": {
            "scheduled_at": "Start",
            "timezone": "Time zone",
            "state": "Status",
            "employer": "With",
            "channel": "Channel",
        },
        "values": {"state": {"confirmed": "pending", "tentative": "pending"}},
    }
)


def event(*lines: str, uid: str = "u1", title: str = "Interview with Acme") -> str:
    return "\r\n".join(("BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{title}", *lines, "END:VEVENT"))


def calendar(folder: Path, *parts: str) -> Path:
    file = folder / "calendar.ics"
    text = "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *parts, "END:VCALENDAR", ""))
    file.write_bytes(text.encode())
    return file


def told(folder: Path, *parts: str) -> list[tuple[str, str, str, str]]:
    table = read_table(calendar(folder, *parts))
    return [(row[0], row[2], row[9], row[4]) for row in table.rows]


FIRST = "DTSTART;TZID=Europe/London:20260305T140000"
THEN = "DTSTART;TZID=Europe/London:20260306T100000"

EVENTS = {
    "in a zone": ([event(FIRST)], [("2026-03-05T14:00:00", "Europe/London", "", "Acme")]),
    "in UTC": (
        ["X-WR-TIMEZONE:Asia/Kolkata", event("DTSTART:20260305T140000Z")],
        [("2026-03-05T14:00:00Z", "Asia/Kolkata", "", "Acme")],
    ),
    "floating": ([event("DTSTART:20260305T140000")], [("2026-03-05T14:00:00", "", "", "Acme")]),
    "a whole day": ([event("DTSTART;VALUE=DATE:20260305")], [("2026-03-05", "", "", "Acme")]),
    "a zone by Windows' name": (
        [event('DTSTART;TZID="W. Europe Standard Time":20260305T140000')],
        [("2026-03-05T14:00:00", "Europe/Berlin", "", "Acme")],
    ),
    "a zone by an old path": (
        [event("DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20260305T140000")],
        [("2026-03-05T14:00:00", "Europe/Berlin", "", "Acme")],
    ),
    "a zone that the file explains": (
        [
            "BEGIN:VTIMEZONE\r\nTZID:Home\r\nX-LIC-LOCATION:Europe/Paris\r\nEND:VTIMEZONE",
            event("DTSTART;TZID=Home:20260305T140000"),
        ],
        [("2026-03-05T14:00:00", "Europe/Paris", "", "Acme")],
    ),
    "moved": (
        [event(THEN, "SEQUENCE:1"), event(FIRST, "SEQUENCE:0")],
        [
            ("2026-03-05T14:00:00", "Europe/London", "moved", "Acme"),
            ("2026-03-06T10:00:00", "Europe/London", "", "Acme"),
        ],
    ),
    "moved and called off": (
        [event(FIRST), event(THEN, "SEQUENCE:2", "STATUS:CANCELLED")],
        [
            ("2026-03-05T14:00:00", "Europe/London", "moved", "Acme"),
            ("2026-03-06T10:00:00", "Europe/London", "cancelled", "Acme"),
        ],
    ),
    "said again without a change": (
        [event(FIRST), event(FIRST, "SEQUENCE:1", "STATUS:CONFIRMED")],
        [("2026-03-05T14:00:00", "Europe/London", "confirmed", "Acme")],
    ),
    "changed after the start": (
        [
            event("DTSTART:20260305T140000Z"),
            event("DTSTART:20260306T140000Z", "SEQUENCE:1", "LAST-MODIFIED:20260305T150000Z"),
        ],
        [
            ("2026-03-05T14:00:00Z", "", "", "Acme"),
            ("2026-03-06T14:00:00Z", "", "", "Acme"),
        ],
    ),
    "an instance of a series, moved": (
        [event(THEN, "RECURRENCE-ID;TZID=Europe/London:20260305T140000")],
        [
            ("2026-03-05T14:00:00", "Europe/London", "moved", "Acme"),
            ("2026-03-06T10:00:00", "Europe/London", "", "Acme"),
        ],
    ),
    "a calendar that calls off": (
        ["METHOD:CANCEL", event(FIRST)],
        [("2026-03-05T14:00:00", "Europe/London", "cancelled", "Acme")],
    ),
    "another event": ([event(FIRST, title="Dentist")], []),
    "a title folded": (
        [
            "BEGIN:VEVENT\r\nUID:u1\r\nSUMMARY:Inter\r\n view: Acme\\, Ltd\r\n"
            + FIRST
            + "\r\nEND:VEVENT"
        ],
        [("2026-03-05T14:00:00", "Europe/London", "", "Acme, Ltd")],
    ),
}


@pytest.mark.parametrize("name", EVENTS)
def test_events_become_calls(name: str, tmp_path: Path) -> None:
    parts, calls = EVENTS[name]
    assert told(tmp_path, *parts) == calls


REJECTED = {
    "a series": (
        event(FIRST, "RRULE:FREQ=WEEKLY"),
        "the event repeats, and an interview is one appointment; enter those of its days that were "
        "interviews by hand",
    ),
    "no start": (event(), "the event has no start that can be read"),
    "a start that is none": (
        event("DTSTART:20260231T140000"),
        "the event's start on line 6: day is out of range for month",
    ),
    "cut off": (
        f"BEGIN:VEVENT\r\nUID:u1\r\nSUMMARY:Interview\r\n{FIRST}",
        "the event is cut off in the file; export the calendar again",
    ),
    "an unknown zone": (
        event("DTSTART;TZID=Mars/Base:20260305T140000"),
        "Time zone: timezone: there is no time zone called 'Mars/Base'; use a name such as "
        "'Europe/London'",
    ),
    "a whole day": (
        event("DTSTART;VALUE=DATE:20260305"),
        "Start: there is no time of day; put start_time under [time] of the mapping",
    ),
}


@pytest.mark.parametrize("name", REJECTED)
def test_events_that_are_no_single_call_are_listed(name: str, tmp_path: Path) -> None:
    part, says = REJECTED[name]
    result = import_file(calendar(tmp_path, part), SPEC, tmp_path / "log.db", clock=lambda: NOW)
    assert (result.rows, result.imported, result.rejected) == (1, 0, 1)
    assert f"Not imported (line 3): {says}." in result.notes


def test_moves_are_calls_of_one_interview_and_a_second_time_adds_nothing(tmp_path: Path) -> None:
    file = calendar(
        tmp_path,
        event(FIRST),
        event(THEN, "SEQUENCE:1"),
        event("DTSTART:20260801T090000", "LOCATION:https://zoom.us/j/1", uid="u2"),
        "this line is broken",
    )
    result = import_file(file, SPEC, tmp_path / "log.db", clock=lambda: NOW)
    assert (result.rows, result.imported) == (3, 3)
    with OutcomeLog.open(tmp_path / "log.db") as log:
        calls = log.calls()
    assert list(calls["state"]) == ["moved", "pending", "pending"]
    assert list(calls["sequence"]) == [1, 2, 1]
    assert list(calls["channel"]) == ["phone", "phone", "video"]
    assert calls["interview_id"].nunique() == 2
    assert result.notes == [
        f"3 of 3 rows of calendar.ics have {', '.join(map(repr, INTERVIEW_WORDS.split('|')))} under 'Title' and "
        "were looked at; for other words put words under [file] of the mapping.",
        "1 event has no time zone; the one of the mapping is taken.",
        "1 line is no line of a calendar and had to be left out (20).",
        "1 call lies in the past and nobody said how it ended; it is kept as pending: say in the log "
        "what became of it.",
    ]
    again = import_file(file, SPEC, tmp_path / "log.db", clock=lambda: NOW)
    assert (again.imported, again.already_there) == (0, 3)


def test_an_event_that_moved_since_the_last_import_is_told(tmp_path: Path) -> None:
    log = tmp_path / "log.db"
    later = "DTSTART;TZID=Europe/London:20260801T100000"
    import_file(calendar(tmp_path, event(later)), SPEC, log, clock=lambda: NOW)
    file = calendar(tmp_path, event(later.replace("0801", "0802"), "SEQUENCE:1"))
    result = import_file(file, SPEC, log, clock=lambda: NOW)
    assert (result.imported, result.rejected) == (1, 0)
    assert result.notes[-1] == (
        "1 call stands in the calendar at another time now, and in the log as pending at the old one: if "
        "moved, say so in the log."
    )
    again = import_file(file, SPEC, log, clock=lambda: NOW)
    assert (again.already_there, len(again.notes)) == (1, 1)


@pytest.mark.parametrize(
    ("title", "words", "said"),
    [
        ("Interview", None, True),
        ("INTERVIEWS with Bolt", None, True),
        ("Phone  Screen: Acme", None, True),
        ("Reinterview", None, False),
        ("Lunch", None, False),
        ("Lunch", "lunch | dinner", True),
        ("a.b", "a.b", True),
        ("axb", "a.b", False),
    ],
)
def test_words_of_a_title(title: str, words: str | None, said: bool) -> None:
    assert holds_word(title, words or INTERVIEW_WORDS) is said


def test_a_column_that_no_calendar_has_is_named(tmp_path: Path) -> None:
    with pytest.raises(KitError, match=r"^calendar\.ics, line 1: the mapping names a column that"):
        read_table(calendar(tmp_path), ["Starts"])


MADE = "CREATED:20260301T090000Z"
EDITED = "LAST-MODIFIED:20260304T110000Z"
SENT = "DTSTAMP:20260302T080000Z"
BOOKED = {
    "when its event was made": ([event(FIRST, MADE, EDITED, SENT)], ["2026-03-01T09:00:00Z"]),
    "by the stamp of a request": (
        ["METHOD:REQUEST", event(FIRST, SENT)],
        ["2026-03-02T08:00:00Z"],
    ),
    "not by the stamp of an export": (["METHOD:PUBLISH", event(FIRST, SENT)], [""]),
    "not by a year that stands for none": ([event(FIRST, "CREATED:19000101T120000Z")], [""]),
    "not by what is no moment": ([event(FIRST, "CREATED:00000000T000000Z")], [""]),
    "not where an earlier version is not there": ([event(FIRST, MADE, "SEQUENCE:1")], [""]),
    "at the move": (
        [event(FIRST, MADE), event(THEN, MADE, EDITED, "SEQUENCE:1")],
        ["2026-03-01T09:00:00Z", "2026-03-04T11:00:00Z"],
    ),
    "at the move, by the stamp of the request": (
        [
            "METHOD:REQUEST",
            event(FIRST, SENT),
            event(THEN, "DTSTAMP:20260304T120000Z", "SEQUENCE:1"),
        ],
        ["2026-03-02T08:00:00Z", "2026-03-04T12:00:00Z"],
    ),
    "at the move, not at what was changed after it": (
        [
            event(FIRST, MADE),
            event(THEN, EDITED, "SEQUENCE:1"),
            event(THEN, "LAST-MODIFIED:20260305T080000Z", "SEQUENCE:2"),
        ],
        ["2026-03-01T09:00:00Z", "2026-03-04T11:00:00Z"],
    ),
    "not where a version between is not there": (
        [event(FIRST, MADE), event(THEN, EDITED, "SEQUENCE:2")],
        ["2026-03-01T09:00:00Z", ""],
    ),
    "not where it was called off": (
        [event(FIRST, MADE), event(THEN, EDITED, "SEQUENCE:1", "STATUS:CANCELLED")],
        ["2026-03-01T09:00:00Z", ""],
    ),
    "an instance of a series": (
        [event(THEN, MADE, EDITED, "RECURRENCE-ID;TZID=Europe/London:20260305T140000")],
        ["2026-03-01T09:00:00Z", "2026-03-04T11:00:00Z"],
    ),
}


@pytest.mark.parametrize("name", BOOKED)
def test_when_a_call_was_booked(name: str, tmp_path: Path) -> None:
    parts, booked = BOOKED[name]
    assert [row[-1] for row in read_table(calendar(tmp_path, *parts)).rows] == booked


def test_a_calendar_says_when_its_calls_were_booked_without_being_asked(tmp_path: Path) -> None:
    late = event("DTSTART:20260305T140000Z", "CREATED:20260401T090000Z", uid="u2")
    file = calendar(tmp_path, event(FIRST, MADE), event(THEN, EDITED, "SEQUENCE:1"), late)
    said = propose(file, timezone="Europe/London", answers={"client": "all:c1"})
    assert said.mapping.columns["booked_at"] == "Booked on"
    result = import_file(file, said.mapping, tmp_path / "log.db", clock=lambda: NOW)
    assert result.imported == 3
    assert any(note.startswith("1 row says it was booked after") for note in result.notes)
    with OutcomeLog.open(tmp_path / "log.db") as log:
        booked = log.calls()["booked_at"]
    assert sorted(booked.dropna().dt.day) == [1, 4]
    plain = calendar(tmp_path, event(FIRST))
    assert "booked_at" not in propose(plain, timezone="Europe/London").draft.columns
