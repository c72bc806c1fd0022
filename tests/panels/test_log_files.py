"""A coach's own files into the log and out of it, through the page, without writing a mapping."""

import base64
import datetime as dt
import html
import io
import re
import stat
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import openpyxl
import pandas as pd
import pytest

from interview_coach.errors import KitError
from interview_coach.outcomes import OutcomeLog, load_mapping
from interview_coach.panels.log import log_panel
from tests.panels.driving import buttons, inside, press, visible, words

TRACKER = [
    ["Name", "Company", "Interview date", "Time", "Outcome", "Comments"],
    ["Ann Ode", "Alder & Pike", "03/04/2026", "10:00", "Attended", "Went well"],
    ["Ann Ode", "Birch", "05/04/2026", "14:30", "Ghosted", ""],
    ["Ben Ito", "Cedar", "07/04/2026", "9:00", "No show (them)", "=SUM(A1)"],
    ["Ben Ito", "Cedar", "08/04/2026", "9:00", "Attended", ""],
    ["", "Dogwood", "09/04/2026", "9:00", "Attended", ""],
    ["Cy Wu", "Elder", "next week", "9:00", "Attended", ""],
]


def tracker(rows: list[list[str]] = TRACKER) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    # What a formula's text is stays text here.
    book.active["F4"].data_type = "s"
    whole = io.BytesIO()
    book.save(whole)
    return whole.getvalue()


CALENDAR = "\r\n".join(
    [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:phone"),
        *("BEGIN:VEVENT", "UID:one", "SEQUENCE:0", "SUMMARY:Phone screen, Alder"),
        *("DTSTART;TZID=Europe/London:20260305T140000", "DURATION:PT30M", "END:VEVENT"),
        *("BEGIN:VEVENT", "UID:two", "SUMMARY:Interview at Birch", "STATUS:CANCELLED"),
        *("DTSTART;TZID=Europe/London:20260306T100000", "DURATION:PT30M", "END:VEVENT"),
        *("BEGIN:VEVENT", "UID:three", "SUMMARY:Dentist"),
        *("DTSTART;TZID=Europe/London:20260307T100000", "END:VEVENT", "END:VCALENDAR", ""),
    ]
)


@pytest.fixture
def page(tmp_path: Path) -> Any:
    made = log_panel(str(tmp_path / "outcomes.db"), "Ada", "Europe/London")
    made.parts.go("files")
    return made


def choose(page: Any, name: str, content: bytes, label: str = "Choose the file") -> None:
    upload = next(one for one in visible(page) if getattr(one, "description", "") == label)
    file = {"name": name, "type": "", "size": len(content), "content": memoryview(content)}
    upload.value = ({**file, "last_modified": dt.datetime(2026, 4, 1, tzinfo=dt.UTC)},)


def answer(page: Any, label: str, value: str) -> None:
    field = next(one for one in visible(page) if getattr(one, "description", "") == label)
    field.value = value


def importer(page: Any) -> Any:
    return next(one for one in inside(page) if hasattr(one, "_outcome"))


def seen(page: Any) -> str:
    shown = (str(one.value) for one in visible(page) if isinstance(one, widgets.HTML))
    return html.unescape(" ".join(shown))


def saved(page: Any, ending: str) -> bytes:
    """Read what a link to save a file holds."""
    found = re.search(
        rf'download="[^"]*{re.escape(ending)}" href="data:[^,]*,([^"]*)"', words(page)
    )
    assert found is not None
    return base64.b64decode(found.group(1))


def labels(page: Any) -> set[str]:
    return {getattr(one, "description", "") for one in visible(page)}


def test_a_tracker_goes_in_without_a_mapping(page: Any, tmp_path: Path) -> None:
    choose(page, "My tracker.xlsx", tracker())
    said = seen(page)
    assert "My tracker.xlsx: 6 rows" in said
    assert "Interview date" in said and "Company" in said
    assert "Bring them in" not in buttons(page)
    assert page.model.calls.empty
    answer(page, "Which stands first in its dates?", "day")
    for label in [text for text in labels(page) if text.startswith("“")]:
        answer(page, label, "missed")
    said = seen(page)
    assert "4 calls would go in" in said
    assert "The file has 6 rows." in said
    # The month in letters shows a date that was read the wrong way round.
    assert "Fri 3 Apr 2026, 10:00" in said
    assert "the row does not say who the client is" in said
    assert "next week" in said
    assert page.model.calls.empty
    press(page, "Bring them in")
    said = seen(page)
    assert "4 calls are in the log now" in said
    assert str(tmp_path) not in said and "/tmp" not in said
    calls = page.model.calls
    assert len(calls) == 4
    assert str(calls["scheduled_at"].iloc[0]) == "2026-04-03 09:00:00+00:00"
    assert page.lead == "4 calls in the log, 2 of them missed."
    # Names are no pseudonyms: the log makes some, and keeps the names apart.
    assert not calls["client_id"].str.contains("Ann").any()


def bring_in(page: Any) -> None:
    choose(page, "My tracker.xlsx", tracker())
    answer(page, "Which stands first in its dates?", "day")
    for label in [text for text in labels(page) if text.startswith("“")]:
        answer(page, label, "missed")
    press(page, "Bring them in")


def test_the_rejected_rows_are_listed_and_can_be_saved(page: Any) -> None:
    bring_in(page)
    said = seen(page)
    assert "2 rows that stay out" in said
    assert "Dogwood · 09/04/2026" in said
    rejects = saved(page, ".rejects.csv").decode("utf-8-sig").splitlines()
    assert rejects[0].startswith('"line","reason","Name","Company"')
    assert [row.split(",")[0] for row in rejects[1:]] == ['"6"', '"7"']


def test_the_mapping_is_kept_and_nothing_is_asked_next_time(page: Any, tmp_path: Path) -> None:
    bring_in(page)
    mapping = saved(page, ".mapping.toml")
    (tmp_path / "kept.toml").write_bytes(mapping)
    assert load_mapping(tmp_path / "kept.toml").time.date_order == "day"
    press(page, "Another file")
    press(page, "You kept a mapping last time? Choose it first")
    choose(page, "kept.toml", mapping, "Choose the kept mapping")
    new = [*TRACKER, ["Dee Po", "Fir", "10/04/2026", "9:00", "Attended", ""]]
    choose(page, "My tracker.xlsx", tracker(new))
    assert "1 call would go in" in seen(page)
    assert "The file has 7 rows. 4 are in the log already." in seen(page)
    press(page, "Bring them in")
    assert len(page.model.calls) == 5


def test_the_same_file_again_adds_nothing(page: Any) -> None:
    bring_in(page)
    press(page, "Another file")
    choose(page, "My tracker.xlsx", tracker())
    answer(page, "Which stands first in its dates?", "day")
    for label in [text for text in labels(page) if text.startswith("“")]:
        answer(page, label, "missed")
    assert "0 calls would go in" in seen(page)
    assert "Bring them in" not in buttons(page)


def test_an_import_is_taken_back_whole_and_brought_back(page: Any, tmp_path: Path) -> None:
    bring_in(page)
    assert len(page.model.calls) == 4
    press(page, "Take all of it back")
    assert "4 calls are taken out of the log again." in seen(page)
    assert "4 calls are in the log now" not in seen(page)
    assert page.model.calls.empty
    press(page, "Bring it back")
    assert "4 calls are back as they were." in seen(page)
    assert len(page.model.calls) == 4
    # A call that was changed since keeps the import from being taken back, and is named.
    call_id = str(page.model.calls["call_id"].iloc[0])
    with OutcomeLog.open(tmp_path / "outcomes.db") as log:
        log.change_call(call_id, why="told later", notes="by car")
    with pytest.raises(KitError, match=f"1 call of it was changed since .{call_id}"):
        press(page, "Take all of it back")
    page.model.read()
    assert len(page.model.calls) == 4


def test_a_calendar_goes_in(page: Any) -> None:
    choose(page, "calendar.ics", CALENDAR.encode())
    answer(page, "Who is the client?", "all:")
    answer(page, "Their pseudonym", "C-014")
    assert "2 calls would go in" in seen(page)
    press(page, "Bring them in")
    assert list(page.model.calls["state"]) == ["pending", "cancelled"]
    assert set(page.model.calls["client_id"]) == {"C-014"}
    assert "1 call lies in the past and nobody said how it ended" in seen(page)
    page.parts.go("new")
    assert "1 call waits for you" in seen(page)


def test_a_column_that_is_taken_for_what_it_is_not(page: Any) -> None:
    choose(page, "My tracker.xlsx", tracker())
    press(page, "Something is taken for what it is not")
    answer(page, "What", "cohort")
    answer(page, "Take it from", "Comments")
    press(page, "Take it so")
    draft = importer(page).model.proposal.draft
    assert draft.columns["cohort"] == "Comments"


def test_a_wrong_answer_is_said_and_the_rest_stays(page: Any) -> None:
    choose(page, "My tracker.xlsx", tracker())
    answer(page, "Which stands first in its dates?", "day")
    press(page, next(text for text in buttons(page) if text.startswith("What is assumed")))
    with pytest.raises(KitError):
        answer(page, "In which time zone are the times of the file?", "Europe/Lundon")
    assert "did you mean 'Europe/London'?" in seen(page)
    assert importer(page).model.proposal.answers["date_order"] == "day"


REFUSED: list[tuple[str, bytes, str]] = [
    (
        "photo.png",
        b"\x89PNG",
        "photo.png: choose a spreadsheet (.xlsx), a table (.csv, .tsv, .parquet) or a calendar "
        "(.ics).",
    ),
    ("list.csv", b"%PDF-1.4", "list.csv is a PDF; export the table behind it as CSV (UTF-8); "),
    ("list.csv", b"a,b\n", "list.csv has no rows; there is nothing to import."),
    ("list.csv", b"", "list.csv"),
]


@pytest.mark.parametrize(("name", "content", "says"), REFUSED)
def test_what_is_no_table_is_said_and_another_can_be_chosen(
    page: Any, name: str, content: bytes, says: str
) -> None:
    with pytest.raises(KitError) as caught:
        choose(page, name, content)
    assert str(caught.value).startswith(says)
    assert str(caught.value) in seen(page)
    assert "Choose the file" in labels(page)


@pytest.mark.parametrize("name", ["../../evil.csv", "C:\\x\\evil.csv", "\x00evil.csv", ".csv"])
def test_a_file_s_name_cannot_lead_elsewhere(page: Any, tmp_path: Path, name: str) -> None:
    content = b"Client,Date,Outcome\nC-1,2026-03-05 10:00,attended\n"
    try:
        choose(page, name, content)
    except KitError as error:
        assert name == ".csv", error
        return
    model = importer(page).model
    folder = Path(model._folder.name)
    assert model._path.parent == folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    model.put_away()
    assert not folder.exists()


def test_markup_in_a_file_is_shown_as_text(page: Any) -> None:
    rows = [
        "Client,Date,Outcome,Notes,<img src=x onerror=alert(1)>",
        "C-1,2026-03-05 10:00,attended,<script>alert(1)</script>,x",
        "C-2,<b>never</b>,attended,,x",
    ]
    choose(page, "<b>list</b>.csv", "\n".join(rows).encode())
    markup = [str(one.value) for one in inside(page) if isinstance(one, widgets.HTML)]
    assert any("&lt;script&gt;" in value for value in markup)
    assert not any("<script>" in v or "<img src=x" in v or "<b>never" in v for v in markup)


KINDS = [".csv", ".xlsx", ".parquet"]


@pytest.mark.parametrize("kind", KINDS)
def test_calls_go_out_as_a_file(page: Any, tmp_path: Path, kind: str) -> None:
    with OutcomeLog.open(tmp_path / "outcomes.db", "Ada") as log:
        log.add_call(
            {
                **{"client_id": "C-1", "scheduled_at": "2026-03-05T10:00", "timezone": "UTC"},
                **{"state": "completed", "notes": "=1+1"},
            }
        )
    answer(page, "As what?", kind)
    press(page, "Make the file")
    content = io.BytesIO(saved(page, f"outcomes{kind}"))
    readers: dict[str, Any] = {
        ".csv": pd.read_csv,
        ".xlsx": pd.read_excel,
        ".parquet": pd.read_parquet,
    }
    frame = readers[kind](content)
    assert list(frame["client_id"]) == ["C-1"]
    assert list(frame["notes"]) == ["'=1+1"]


def test_an_empty_log_has_nothing_to_take_out(page: Any) -> None:
    with pytest.raises(KitError) as caught:
        press(page, "Make the file")
    assert str(caught.value) == "There is nothing to take out yet; log a call first."


def test_the_page_asks_which_column_holds_the_dates_where_none_can_be_told(page: Any) -> None:
    rows = b"Who,Termin\nC-1,next week\nC-2,soon\n"
    choose(page, "mine.csv", rows)
    assert "1 question for you" in words(page) and "column:scheduled_at" not in words(page)
    answer(page, "Which column holds the date of the call?", "Termin")
    assert "mine.csv: 2 rows" in words(page)
    assert "Which column holds the date of the call?" not in words(page)
