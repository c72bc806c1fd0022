"""Whatever bytes a file holds: it is read, or refused in a sentence, and then nothing is written."""

import io
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.errors import KitError
from interview_coach.outcomes import OutcomeLog, import_file, propose

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
BEGINS = [
    b"",
    b"PK\x03\x04",
    b"PAR1",
    b"\xd0\xcf\x11\xe0",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Interview\r\n",
    b"Date,Client,Outcome\n",
    b"Date;Time;Name;Result\n",
]
CELL = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            *("13/05/2026", "2026-05-04T10:00Z", "04/05/06", "10:00", "2 pm", "46086.5", "#REF!"),
            *("came", "No show", "yes", "N/A", "=1+1", "<b>", "'; DROP TABLE calls; --", "\u202ex"),
            *("Europe/London", "c1", "Anna", "x" * 10_001, "\0", "29/03/2026 01:30"),
        ]
    ),
)
HEADER = st.one_of(
    st.sampled_from(
        ["Date", "Time", "Client", "Outcome", "Employer", "Cause", "Zone", "Id", "Missed by"]
    ),
    st.text(max_size=8),
)
DATES = [
    "13/05/2026",
    "04/05/2026 10:00",
    "4 May 2026",
    "2026-05-04T10:00Z",
    "05/30/2026",
    "",
    "soon",
]
TIMES = ["10:00", "9.30 am", "2 pm", "", "25:00", "01:30"]
STATES = [
    "came",
    "No show",
    "moved",
    "Employer didn't call",
    "kaput",
    "yes",
    "",
    "cancelled",
    "n/a",
]
ROW = st.tuples(
    st.sampled_from(DATES),
    st.sampled_from(TIMES),
    st.sampled_from(["c1", "c2", "Anna", "", "<b>x</b>"]),
    st.sampled_from(["Acme", "acme ", "", "=1+1"]),
    st.sampled_from(STATES),
    st.sampled_from(["", "candidate", "employer", "me", "7"]),
    st.sampled_from(["", "traffic", "forgot", "moonlight"]),
    CELL,
)
MOMENT = st.datetimes(datetime(1905, 1, 1), datetime(2199, 1, 1))
LINE = st.one_of(
    st.sampled_from(
        [
            *(
                "BEGIN:VEVENT",
                "END:VEVENT",
                "UID:a",
                "SUMMARY:Interview with Acme",
                "STATUS:CANCELLED",
            ),
            *("DTSTART:20260305T140000Z", "DTSTART;TZID=Nowhere:20260305T140000", "SEQUENCE:1"),
            *("DTSTART:20269999T999999", "RRULE:FREQ=DAILY", "RECURRENCE-ID:20260304T140000Z"),
            *("BEGIN:VALARM", "END:VALARM", " folded", "LAST-MODIFIED:20260305T150000Z"),
        ]
    ),
    st.text(max_size=30),
)


def bring(raw: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top)
        file, log = folder / name, folder / "log.db"
        file.write_bytes(raw)
        try:
            proposal = propose(file, timezone="Europe/London")
            for question in proposal.open_questions:
                options = question.options or ("all: c1",)
                value = "all: c1" if question.name == "client" else options[0]
                proposal = proposal.answer(question.name, value)
            proposal.preview(now=NOW)
            mapping = proposal.mapping
        except KitError as error:
            assert str(error)
            assert [each.name for each in folder.iterdir()] == [name]
            return
        result = import_file(file, mapping, log, clock=lambda: NOW)
        assert result.rows == result.imported + result.already_there + result.rejected
        with OutcomeLog.open(log) as opened:
            assert len(opened.calls()) == result.imported
        again = import_file(file, mapping, log, clock=lambda: NOW)
        assert (again.imported, again.already_there) == (0, result.imported)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(BEGINS), st.binary(max_size=200))
def test_any_bytes(begin: bytes, rest: bytes) -> None:
    bring(begin + rest, "calls.csv")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(HEADER, min_size=1, max_size=6),
    st.lists(st.lists(CELL, max_size=7), max_size=6),
    st.sampled_from([",", ";", "\t"]),
)
def test_any_table(header: list[str], rows: list[list[str]], mark: str) -> None:
    lines = [
        mark.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [header, *rows]
    ]
    bring("\n".join(lines).encode("utf-8", "replace"), "calls.csv")


@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, max_size=8))
def test_any_tracker(rows: list[tuple[str, ...]]) -> None:
    header = ("Date", "Time", "Client", "Employer", "Outcome", "Missed by", "Cause", "Notes")
    lines = [
        ",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [header, *rows]
    ]
    bring("\n".join(lines).encode("utf-8", "replace"), "calls.csv")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(HEADER, min_size=1, max_size=5),
    st.lists(
        st.lists(
            st.one_of(CELL, st.integers(-(10**12), 10**12), st.booleans(), MOMENT), max_size=6
        ),
        max_size=5,
    ),
    st.booleans(),
)
def test_any_workbook(header: list[str], rows: list[list[object]], epoch_1904: bool) -> None:
    whole = io.BytesIO()
    book = xlsxwriter.Workbook(whole, {"in_memory": True, "date_1904": epoch_1904})
    sheet, shown = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    lines: list[Sequence[object]] = [header, *rows]
    for number, row in enumerate(lines):
        for place, cell in enumerate(row):
            if isinstance(cell, datetime):
                sheet.write_datetime(number, place, cell, shown)
            elif isinstance(cell, str):
                sheet.write_string(number, place, cell.encode("utf-8", "replace").decode())
            else:
                sheet.write(number, place, cell)
    book.close()
    bring(whole.getvalue(), "calls.xlsx")


@settings(max_examples=60, deadline=None)
@given(st.lists(LINE, max_size=16))
def test_any_calendar(lines: list[str]) -> None:
    text = "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR"])
    bring(text.encode("utf-8", "replace"), "calendar.ics")


@pytest.mark.parametrize(
    "nasty",
    [
        "<img src=x onerror=alert(1)>",
        "'; DROP TABLE calls; --",
        "=1+1",
        "x" * 10_000,
        "\u202eevil\u202c",
    ],
)
def test_nasty_names_are_stored_as_the_text_that_they_are(nasty: str, tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    file.write_text(
        f'Date,Time,Client,Employer,Outcome\n13/05/2026,10:00,"{nasty}","{nasty}",came\n'
    )
    mapping = propose(file, timezone="Europe/London").mapping
    result = import_file(file, mapping, tmp_path / "log.db", clock=lambda: NOW)
    assert result.imported == 1
    with OutcomeLog.open(tmp_path / "log.db") as log:
        assert list(log.calls()["employer"]) == [nasty]
        assert list(log.clients()["name"]) == [nasty]
