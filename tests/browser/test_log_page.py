"""The log's page in a browser: by keyboard alone, two people at one call, a tracker and a calendar."""

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from interview_coach.outcomes import OutcomeLog
from tests.browser.looking import quiet, tab_to

pytestmark = pytest.mark.browser
# A second click at the same place within 400 ms counts as a double click and is let go.
NO_DOUBLE_CLICK = 450
SIZES = [(1280, 900), (390, 844)]


def log_of(app: Any, coach: str = "me") -> OutcomeLog:
    return OutcomeLog.open(app.folder / "outcomes.db", coach)


def go(here: Any, part: str) -> None:
    here.get_by_role("group", name="Parts of this page").get_by_role("button", name=part).click()


def choose(here: Any, file: Path) -> None:
    with here.expect_file_chooser() as chooser:
        here.get_by_role("button", name="Choose the file").click()
    chooser.value.set_files(file)


def test_a_call_is_logged_by_keyboard_alone(
    page: Callable[..., Any], app: Any, axe: Callable[[Any], list[str]], screens: Path
) -> None:
    here = page("05_log_outcomes", height=900)
    here.screenshot(path=screens / "log-empty.png", full_page=True)
    assert axe(here) == []
    tab_to(here, "Client")
    here.keyboard.type("C-014")
    tab_to(here, "Employer")
    here.keyboard.type("Alder & Pike")
    tab_to(here, "Agreed day")
    here.keyboard.type("03052026")
    tab_to(here, "Agreed time")
    here.keyboard.type("0200PM")
    # The radio that is chosen has the focus; the arrow goes to the next one.
    tab_to(here, "We spoke")
    here.keyboard.press("ArrowDown")
    here.get_by_label("Who missed it").wait_for()
    tab_to(here, "A voicemail or an email was sent")
    here.keyboard.press("Space")
    here.get_by_label("Sent at").wait_for()
    tab_to(here, "Sent at")
    here.keyboard.type("0220PM")
    here.screenshot(path=screens / "log-missed.png", full_page=True)
    assert axe(here) == []
    here.keyboard.press("Enter")
    here.get_by_text("Logged. The chart and the list below have it.").wait_for()
    here.get_by_text("message sent 14:20 → still open").wait_for()
    here.locator("figure img[alt*='1 of 1']").wait_for()
    here.get_by_role("heading", name="1 call waits for you").wait_for()
    here.screenshot(path=screens / "log-logged.png", full_page=True)
    assert axe(here) == []
    tab_to(here, "Take it back")
    with log_of(app) as log:
        call: Any = next(log.calls().itertuples())
    assert (call.client_id, call.employer, call.state) == ("C-014", "Alder & Pike", "missed")
    local = call.scheduled_at.tz_convert(call.timezone)
    assert f"{local:%Y-%m-%d %H:%M}" == "2026-03-05 14:00"
    quiet(here, 1280)


def many_calls(app: Any) -> None:
    with log_of(app) as log:
        for number in range(30):
            day = dt.date(2026, 2, 1) + dt.timedelta(days=number)
            missed = number % 4 == 0
            call = log.add_call(
                {
                    "client_id": f"C-{number % 7 + 10:03}",
                    "employer": ("Alder & Pike", "Birch", "Cedar Street Clinic")[number % 3],
                    "scheduled_at": f"{day}T14:00",
                    "timezone": "Europe/London",
                    "cohort": ("Spring", "Autumn")[number % 2],
                    "state": "missed" if missed else "completed",
                    "missed_by": "interviewer_no_call" if missed else None,
                    "first_message_at": f"{day}T14:20" if missed else None,
                    "interview_id": f"i-{number}",
                }
            )
            if number == 4:
                again = {"scheduled_at": "2026-02-06T10:00", "state": "completed"}
                entry = {"client_id": "C-014", "timezone": "Europe/London", "interview_id": "i-4"}
                log.add_call({**entry, **again})
            assert call


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_find_change_and_choose_when_somebody_was_faster(
    page: Callable[..., Any],
    app: Any,
    axe: Callable[[Any], list[str]],
    screens: Path,
    width: int,
    height: int,
) -> None:
    many_calls(app)
    here = page("05_log_outcomes", width=width, height=height)
    here.screenshot(path=screens / f"log-new-{width}.png", full_page=True)
    go(here, "All calls")
    here.get_by_role("heading", name="1 to 25, of 31 calls").wait_for()
    here.screenshot(path=screens / f"log-all-{width}.png", full_page=True)
    assert axe(here) == []
    here.get_by_role("textbox", name="Look for").fill("alder")
    here.get_by_role("textbox", name="Look for").press("Tab")
    here.get_by_role("combobox", name="How it ended").select_option("missed")
    here.get_by_role("heading", name="3 of 31 calls").wait_for()
    here.get_by_role("button", name="Edit C-015 · Alder & Pike · Fri 13 Feb 2026, 14:00").click()
    # Roles, not labels: what the other parts of the page hold is hidden, and has no role.
    employer = here.get_by_role("textbox", name="Employer")
    employer.wait_for()
    with log_of(app, "Bo") as log:
        called: Any = next(log.calls().query("interview_id == 'i-12'").itertuples())
        log.change_call(called.call_id, why="heard later", employer="Alder House", channel="video")
    employer.fill("Alder Partners")
    here.get_by_role("button", name="History").click()
    here.get_by_role("table", name="Everything that was done").wait_for()
    here.screenshot(path=screens / f"log-edit-{width}.png", full_page=True)
    quiet(here, width)
    assert axe(here) == []
    here.get_by_role("button", name="Save", exact=True).click()
    here.get_by_role("heading", name="Bo changed this call while you had it open").wait_for()
    here.screenshot(path=screens / f"log-conflict-{width}.png", full_page=True)
    assert axe(here) == []
    here.get_by_role("button", name="Save mine over it").click()
    here.get_by_text("✓ Changed: Employer.").wait_for()
    with log_of(app) as log:
        call = log.call(called.call_id)
    assert (call["employer"], call["channel"]) == ("Alder Partners", "video")
    here.wait_for_timeout(NO_DOUBLE_CLICK)
    here.get_by_role("button", name="Undo", exact=True).click()
    here.get_by_text("✓ Taken back: employer.").wait_for()
    here.screenshot(path=screens / f"log-undone-{width}.png", full_page=True)
    assert axe(here) == []
    quiet(here, width)


def tracker(file: Path) -> Path:
    """A coach's old tracker: a title above, words of their own, dates as they typed them."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Client ref", "Company", "Date of call", "Time", "What happened", "Why", "Comments"],
        ["C-021", "Alder & Pike", "03/04/2026", "10:00", "Attended", "", "Went well"],
        ["C-021", "Birch", "05/04/2026", "14:30", "Ghosted", "", "Waited 40 minutes"],
        ["C-022", "Cedar", "07/04/2026", "9:00", "Rescheduled", "double booked", ""],
        ["C-022", "Cedar", "08/04/2026", "9:00", "Attended", "", "<b>Great</b>"],
        ["C-023", "Dogwood", "someday", "9:00", "Attended", "", ""],
    ):
        sheet.append(row)
    whole = io.BytesIO()
    book.save(whole)
    file.write_bytes(whole.getvalue())
    return file


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_coach_s_old_tracker_goes_in_without_a_mapping(
    page: Callable[..., Any],
    app: Any,
    axe: Callable[[Any], list[str]],
    screens: Path,
    tmp_path: Path,
    width: int,
    height: int,
) -> None:
    here = page("05_log_outcomes", width=width, height=height)
    go(here, "Import and export")
    here.get_by_role("heading", name="Bring a file in").wait_for()
    here.screenshot(path=screens / f"import-empty-{width}.png", full_page=True)
    assert axe(here) == []
    choose(here, tracker(tmp_path / "Old tracker.xlsx"))
    here.get_by_role("heading", name="Old tracker.xlsx: 5 rows").wait_for()
    here.screenshot(path=screens / f"import-questions-{width}.png", full_page=True)
    assert axe(here) == []
    here.get_by_label("the day: 05/03 is 5 March").check()
    ghosted = here.get_by_label("“Ghosted”")
    if ghosted.count():
        ghosted.select_option("It was missed")
    zone = here.get_by_label("In which time zone")
    if zone.count() and zone.is_visible():
        zone.fill("Europe/London")
        zone.press("Tab")
    here.get_by_role("heading", name="4 calls would go in").wait_for()
    here.screenshot(path=screens / f"import-preview-{width}.png", full_page=True)
    assert axe(here) == []
    with log_of(app) as log:
        assert log.calls().empty
    here.get_by_role("button", name="Bring them in").click()
    here.get_by_role("heading", name="4 calls are in the log now").wait_for()
    here.get_by_text("someday", exact=False).first.wait_for()
    here.screenshot(path=screens / f"import-done-{width}.png", full_page=True)
    assert axe(here) == []
    with here.expect_download() as saving:
        here.get_by_role("link", name="Keep the mapping for next time").click()
    assert saving.value.suggested_filename == "Old tracker.mapping.toml"
    here.get_by_label("A table (.csv)").check()
    here.get_by_role("button", name="Make the file").click()
    with here.expect_download() as saving:
        here.get_by_role("link", name="Save 4 calls (.csv)").click()
    assert "C-021" in Path(saving.value.path()).read_text("utf-8-sig")
    here.get_by_role("button", name="See all calls").click()
    here.get_by_role("heading", name="4 calls").wait_for()
    quiet(here, width)


CALENDAR = "\r\n".join(
    [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:phone"),
        *("BEGIN:VEVENT", "UID:one", "SUMMARY:Phone screen, Alder"),
        *("DTSTART;TZID=Europe/London:20260305T140000", "DURATION:PT30M", "END:VEVENT"),
        *("BEGIN:VEVENT", "UID:two", "SUMMARY:Interview at Birch", "STATUS:CANCELLED"),
        *("DTSTART;TZID=Europe/London:20260306T100000", "DURATION:PT30M", "END:VEVENT"),
        *("BEGIN:VEVENT", "UID:three", "SUMMARY:Dentist"),
        *("DTSTART;TZID=Europe/London:20260307T100000", "END:VEVENT", "END:VCALENDAR", ""),
    ]
)


def test_a_calendar_goes_in_and_a_client_is_erased(
    page: Callable[..., Any],
    app: Any,
    axe: Callable[[Any], list[str]],
    screens: Path,
    tmp_path: Path,
) -> None:
    file = tmp_path / "phone.ics"
    file.write_text(CALENDAR)
    here = page("05_log_outcomes", height=900)
    go(here, "Import and export")
    choose(here, file)
    here.get_by_label("Who is the client?").select_option("All rows are of one client")
    here.get_by_label("Their pseudonym").fill("C-030")
    here.get_by_label("Their pseudonym").press("Tab")
    here.get_by_role("heading", name="2 calls would go in").wait_for()
    here.screenshot(path=screens / "import-calendar.png", full_page=True)
    assert axe(here) == []
    here.get_by_role("button", name="Bring them in").click()
    here.get_by_role("heading", name="2 calls are in the log now").wait_for()
    go(here, "Clients")
    here.get_by_role("button", name="Open client C-030").click()
    here.get_by_label("What came of it").select_option("still looking for work or a place to study")
    here.get_by_label("True on").fill("2026-04-01")
    here.get_by_role("textbox", name="Tags").fill("evening")
    here.get_by_role("textbox", name="Tags").press("Enter")
    here.get_by_text("✓ Kept.").wait_for()
    here.wait_for_timeout(NO_DOUBLE_CLICK)
    here.get_by_role("button", name="Open client C-030").click()
    here.get_by_role("button", name="Erase this client").click()
    here.get_by_label("I know that nobody can bring this back").check()
    here.screenshot(path=screens / "clients-erase.png", full_page=True)
    assert axe(here) == []
    here.get_by_role("button", name="Erase C-030").click()
    here.get_by_text("Erased 1 client").wait_for()
    here.screenshot(path=screens / "clients-erased.png", full_page=True)
    assert axe(here) == []
    with log_of(app) as log:
        assert "C-030" not in set(log.calls()["client_id"])
    quiet(here, 1280)


def test_a_file_larger_than_the_server_s_own_limit_goes_in(
    page: Callable[..., Any], app: Any, tmp_path: Path
) -> None:
    rows = [
        f"C-{number:04},2026-03-{number % 28 + 1:02} 10:00,attended,{'long note ' * 950}"
        for number in range(1_250)
    ]
    file = tmp_path / "long.csv"
    file.write_text("\n".join(["Client,Date,Outcome,Notes", *rows]))
    assert file.stat().st_size > 11_000_000
    here = page("05_log_outcomes", height=900)
    go(here, "Import and export")
    choose(here, file)
    here.get_by_role("heading", name="long.csv: 1,250 rows").wait_for()
    assert (here.heard.outside, here.heard.errors) == ([], [])
