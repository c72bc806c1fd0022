"""All calls: finding them, changing one in place, and the choice when somebody else was faster."""

import datetime as dt
import html
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pytest

from interview_coach.errors import KitError
from interview_coach.outcomes import OutcomeLog
from interview_coach.panels.log import log_panel
from interview_coach.panels.log_find import Wanted, find
from tests.panels.driving import buttons, inside, press, visible, words

CALLS: list[dict[str, Any]] = [
    {"client_id": "C-1", "employer": "Alder", "scheduled_at": "2026-03-01T23:30", "cohort": "A"},
    {
        **{"client_id": "C-2", "employer": "Birch & Co", "scheduled_at": "2026-03-02T10:00"},
        **{"state": "missed", "missed_by": "technical", "cohort": "B", "notes": "Rain all day"},
    },
    {"client_id": "C-3", "scheduled_at": "2026-03-03T10:00", "state": "cancelled"},
    {"client_id": "C-1", "employer": "Cedar", "scheduled_at": "2026-03-04T10:00", "cohort": "A"},
]
ZONE = "America/Chicago"


def add(folder: Path, *calls: dict[str, Any]) -> list[str]:
    with OutcomeLog.open(folder / "outcomes.db", "Ada") as log:
        return [log.add_call({"timezone": ZONE, "state": "completed", **call}) for call in calls]


@pytest.fixture
def ids(tmp_path: Path) -> list[str]:
    return add(tmp_path, *CALLS)


@pytest.fixture
def page(ids: list[str], tmp_path: Path) -> Any:
    made = log_panel(str(tmp_path / "outcomes.db"), "Ada", ZONE)
    made.parts.go("all")
    return made


def part(page: Any) -> Any:
    return page.parts.go("all")


def field(page: Any, label: str) -> Any:
    return next(one for one in visible(page) if getattr(one, "description", "") == label)


def seen(page: Any) -> str:
    shown = (str(one.value) for one in visible(page) if isinstance(one, widgets.HTML))
    return html.unescape(" ".join(shown))


SOUGHT: list[tuple[Wanted, list[int]]] = [
    (Wanted(), [3, 2, 1, 0]),
    (Wanted(order="oldest"), [0, 1, 2, 3]),
    (Wanted(order="client_id"), [3, 0, 1, 2]),
    # Who has no employer comes last.
    (Wanted(order="employer"), [0, 1, 3, 2]),
    (Wanted(order="state"), [2, 3, 0, 1]),
    (Wanted(words="c-1"), [3, 0]),
    (Wanted(words="BIRCH rain"), [1]),
    (Wanted(words="birch alder"), []),
    # Looked for as it stands, never as a pattern.
    (Wanted(words="."), []),
    (Wanted(words="&"), [1]),
    (Wanted(state="missed"), [1]),
    (Wanted(cohort="A"), [3, 0]),
    # 23:30 in Chicago is the next day in UTC; the day meant is the client's.
    (Wanted(since=dt.date(2026, 3, 2)), [3, 2, 1]),
    (Wanted(until=dt.date(2026, 3, 1)), [0]),
    (Wanted(since=dt.date(2026, 3, 2), until=dt.date(2026, 3, 3)), [2, 1]),
    (Wanted(words="c-1", state="missed"), []),
]


@pytest.mark.parametrize(("wanted", "found"), SOUGHT)
def test_what_is_found(page: Any, ids: list[str], wanted: Wanted, found: list[int]) -> None:
    calls = find(page.model.calls, wanted)
    assert list(calls["call_id"]) == [ids[number] for number in found]


def test_the_filters_on_the_page(page: Any) -> None:
    here = part(page)
    here.filters["state"].value = "missed"
    assert "1 of 4 calls" in words(here)
    assert ("C-2" in words(here), "C-3" in words(here)) == (True, False)
    here.filters["words"].value = "nobody"
    assert "No call fits these filters" in words(here)
    press(here, "Take the filters away")
    assert "4 calls" in words(here)
    assert here.filters["state"].value == ""
    assert [text for text, _ in here.filters["cohort"].input.options] == ["any group", "A", "B"]


def test_pages_of_25(page: Any, tmp_path: Path) -> None:
    add(
        tmp_path,
        *(
            {"client_id": f"D-{n}", "scheduled_at": f"2026-02-{n % 28 + 1:02}T09:00"}
            for n in range(50)
        ),
    )
    page.model.read()
    here = part(page)
    assert "1 to 25, of 54 calls" in words(here)
    assert "Newer calls" not in buttons(here)
    press(here, "Older calls")
    press(here, "Older calls")
    assert "51 to 54, of 54 calls" in words(here)
    assert "Older calls" not in buttons(here)
    here.filters["order"].value = "oldest"
    assert "1 to 25, of 54 calls" in words(here)


def edit(page: Any, call_id: str) -> Any:
    here = part(page)
    here.show_call(call_id)
    return next(one for one in inside(here) if hasattr(one, "entry"))


def test_a_call_is_changed_in_place_with_its_reason(page: Any, ids: list[str]) -> None:
    editor = edit(page, ids[0])
    editor.entry.employer = "Alder & Pike"
    assert field(page, "Why do you change it?").value == "It was entered wrongly"
    press(page, "Save")
    assert "Changed: Employer." in seen(page)
    with page.model.open() as log:
        last = log.history(ids[0]).iloc[-1]
    assert (last["field"], last["was"], last["became"]) == ("employer", "Alder", "Alder & Pike")
    assert (last["why"], last["by"]) == ("It was entered wrongly", "Ada")
    press(page, "Undo")
    assert "Taken back: employer." in seen(page)
    assert page.model.row(ids[0]).employer == "Alder"


def test_opening_and_saving_changes_nothing(page: Any, ids: list[str]) -> None:
    """Stored seconds, codes that no form shows, and times on other days stay as they are."""
    (call_id,) = add(
        page_folder(page),
        {
            **{"client_id": "C-9", "scheduled_at": "2026-03-05T14:00:30", "state": "missed"},
            **{"missed_by": "unknown", "cause": "unknown", "waited_minutes": 0},
            **{"first_message_at": "2026-03-06T09:15:10", "window_until": "2026-03-07T17:00"},
            **{"booked_at": "2026-03-01T10:00:20"},
            **{"reconnected_at": "2026-03-06T11:00", "initiator": "candidate", "reason": "x"},
        },
    )
    page.model.read()
    editor = edit(page, call_id)
    assert editor.entry.changed() == {}
    with pytest.raises(KitError) as caught:
        press(page, "Save")
    assert str(caught.value) == (
        "Nothing is changed yet; change a field, or leave the call as it is."
    )
    editor.entry.notes = "Only this"
    press(page, "Save")
    with page.model.open() as log:
        changed = log.history(call_id)
    assert list(changed["field"].dropna()) == ["notes"]


def page_folder(page: Any) -> Path:
    return Path(page.model.log).parent


def test_another_zone_moves_the_moments_with_the_clock(page: Any, ids: list[str]) -> None:
    editor = edit(page, ids[1])
    editor.entry.timezone = "America/New_York"
    press(page, "Save")
    # 10:00 stays 10:00, now on New York's clock (UTC-5).
    assert str(page.model.row(ids[1]).scheduled_at) == "2026-03-02 15:00:00+00:00"


def test_what_makes_no_sense_is_said_and_the_form_stays(page: Any, ids: list[str]) -> None:
    editor = edit(page, ids[1])
    editor.entry.messaged, editor.entry.message_time = True, dt.time(9, 0)
    with pytest.raises(KitError) as caught:
        press(page, "Save")
    assert str(caught.value) == (
        "Not changed. Message sent: the first message after a missed start cannot lie before the "
        "agreed start."
    )
    assert editor.entry.message_time == dt.time(9, 0)


def test_the_history_is_one_click_away(page: Any, ids: list[str]) -> None:
    editor = edit(page, ids[1])
    editor.entry.state = "completed"
    press(page, "Save")
    edit(page, ids[1])
    assert "changed it" not in seen(page)
    press(page, "History")
    said = words(page)
    assert "How it ended: missed → spoke" in said
    assert "Who missed it: a technical fault → empty" in said
    assert "logged it" in said and "Ada" in said


def somebody_else(page: Any, call_id: str, **fields: Any) -> None:
    with OutcomeLog.open(page.model.log, "Bo") as log:
        log.change_call(call_id, why="on the phone", **fields)


@pytest.fixture
def conflict(page: Any, ids: list[str]) -> Any:
    editor = edit(page, ids[0])
    somebody_else(page, ids[0], employer="Elder", notes="called back", channel="video")
    editor.entry.employer, editor.entry.notes = "Alder & Pike", "mine"
    press(page, "Save")
    return page


def test_nothing_is_overwritten_silently(conflict: Any, ids: list[str]) -> None:
    said = words(conflict)
    assert "Bo changed this call while you had it open" in said
    for value in ("Elder", "Alder & Pike", "called back", "mine", "as they have it", "video call"):
        assert value in said
    conflict.model.read()
    assert conflict.model.row(ids[0]).employer == "Elder"


def test_keep_theirs(conflict: Any, ids: list[str]) -> None:
    press(conflict, "Keep theirs")
    assert conflict.model.row(ids[0]).notes == "called back"
    assert "Kept as they have it. Nothing of yours was written." in words(conflict)
    # Their change is not offered to be undone with one click.
    assert "Undo" not in buttons(conflict)


def test_save_mine_over_it(conflict: Any, ids: list[str]) -> None:
    press(conflict, "Save mine over it")
    row = conflict.model.row(ids[0])
    assert (row.employer, row.notes, row.channel) == ("Alder & Pike", "mine", "video")
    with conflict.model.open() as log:
        assert "Elder" in list(log.history(ids[0])["became"])


def test_choose_field_by_field(conflict: Any, ids: list[str]) -> None:
    press(conflict, "Choose field by field")
    field(conflict, "Notes").value = "mine"
    press(conflict, "Save as chosen")
    row = conflict.model.row(ids[0])
    assert (row.employer, row.notes) == ("Elder", "mine")


def test_they_change_it_again_while_you_choose(conflict: Any, ids: list[str]) -> None:
    somebody_else(conflict, ids[0], employer="Alder Tree")
    press(conflict, "Save mine over it")
    assert "Alder Tree" in words(conflict)
    conflict.model.read()
    assert conflict.model.row(ids[0]).employer == "Alder Tree"


def test_undo_takes_nothing_back_that_somebody_else_did(page: Any, ids: list[str]) -> None:
    edit(page, ids[0])
    somebody_else(page, ids[0], employer="Elder")
    press(page, "Undo the last change")
    assert "Bo changed this call meanwhile. Nothing was taken back" in words(page)
    assert page.model.row(ids[0]).employer == "Elder"
    press(page, "Undo the last change")
    assert page.model.row(ids[0]).employer == "Alder"


def test_a_call_that_is_taken_out_can_be_brought_back(page: Any, ids: list[str]) -> None:
    edit(page, ids[2])
    press(page, "Undo the last change")
    assert page.model.row(ids[2]) is None
    press(page, "Bring it back")
    assert page.model.row(ids[2]) is not None


def test_what_is_being_changed_stays_while_another_part_is_looked_at(
    page: Any, ids: list[str]
) -> None:
    editor = edit(page, ids[0])
    editor.entry.employer = "Half typed"
    page.parts.go("clients")
    page.parts.go("all")
    assert field(page, "Employer").value == "Half typed"


def test_the_next_call_from_the_list(page: Any, ids: list[str]) -> None:
    edit(page, ids[1])
    press(page, "Log the next call")
    assert page.parts.current == "new"
    assert "The next call of C-2" in seen(page)
    assert "Birch & Co" in seen(page)
