"""A page that is opened to come back shows the place that was left, and else what it always shows."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from interview_coach.outcomes.attempts import Attempts
from interview_coach.panels import kit
from interview_coach.panels.kit.places import Mark, came_back_to
from interview_coach.panels.log import log_panel
from interview_coach.panels.practice import practice_panel
from interview_coach.panels.workshop import workshop_panel
from tests.panels.driving import buttons, inside, press, words

Back = Callable[[str], None]


@pytest.fixture
def back(monkeypatch: pytest.MonkeyPatch) -> Back:
    """Let the pages be opened to come back to a place, as Voilà tells a kernel of an address."""

    def to(place: str) -> None:
        monkeypatch.setenv("QUERY_STRING", f"theme=light&back={place}")

    return to


def marks(page: Any) -> list[str]:
    return [one.place for one in inside(page) if isinstance(one, Mark) and one.place]


def practice(log: Path) -> Any:
    return practice_panel(seed=7, log=str(log), house="")


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("", ""),
        ("back=", ""),
        ("back=clients", "clients"),
        ("token=x&back=call:attempt-01ab:leave_voicemail", "call:attempt-01ab:leave_voicemail"),
        ("back=%3Cscript%3E", ""),
        ("back=" + "a" * 81, ""),
    ],
)
def test_what_an_address_says(monkeypatch: pytest.MonkeyPatch, query: str, place: str) -> None:
    monkeypatch.setenv("QUERY_STRING", query)
    assert came_back_to() == place
    monkeypatch.delenv("QUERY_STRING")
    assert came_back_to() == ""


def test_a_mark_is_not_seen_and_holds_no_markup() -> None:
    mark = Mark()
    mark.at("call:attempt-1")
    assert 'data-ic-place="call:attempt-1"' in mark.value
    assert mark.layout.display == "none"
    mark.at("")
    assert mark.value == ""
    with pytest.raises(ValueError, match="is no name of a place"):
        mark.at('"><script>')


def test_a_call_goes_on_at_the_same_minute(tmp_path: Path, back: Back) -> None:
    log = tmp_path / "outcomes.db"
    page = practice(log)
    assert marks(page) == []
    press(page, "Play")
    press(page, "Take a breath")
    (place,) = marks(page)
    title = page.title
    # Opened anew, it asks first; opened to come back, it goes on.
    assert practice(log).title.startswith("You were in the middle of a call")
    back(place)
    again = practice(log)
    assert again.title == title
    assert marks(again) == [place]
    press(again, "Take back")
    assert "Take a breath" in buttons(again)
    with Attempts.open(log) as attempts:
        assert len(attempts.all()) == 1


def test_a_message_is_open_again(tmp_path: Path, back: Back) -> None:
    log = tmp_path / "outcomes.db"
    page = practice(log)
    press(page, "Play")
    press(page, "Write an email")
    (place,) = marks(page)
    title = page.title
    back(place)
    assert practice(log).title == title


def test_a_debrief_and_the_progress_are_there_again(tmp_path: Path, back: Back) -> None:
    log = tmp_path / "outcomes.db"
    page = practice(log)
    press(page, "Play")
    press(page, "Stop waiting for today")
    (place,) = marks(page)
    title = page.title
    # Another one was played since, in another window: this one is shown all the same.
    other = practice(log)
    press(other, "Play")
    back(place)
    assert practice(log).title == title
    press(page, "My progress")
    assert marks(page) == ["progress"]
    back("progress")
    assert practice(log).title == page.title


@pytest.mark.parametrize("place", ["call:attempt-000000000000", "call:", "call", "room:1", "x"])
def test_a_place_that_is_not_there_is_no_way_back(tmp_path: Path, back: Back, place: str) -> None:
    log = tmp_path / "outcomes.db"
    back(place)
    assert practice(log).title == "Practise a missed call"
    assert workshop_panel(str(tmp_path / "none.db")).title == "Run a workshop"


def test_a_call_that_was_put_aside_is_not_played_on(tmp_path: Path, back: Back) -> None:
    log = tmp_path / "outcomes.db"
    page = practice(log)
    press(page, "Play")
    (place,) = marks(page)
    press(practice(log), "Start anew")
    back(place)
    assert practice(log).title == "Practise a missed call"


def test_the_part_of_the_log_s_page(tmp_path: Path, back: Back) -> None:
    page = log_panel(str(tmp_path / "outcomes.db"), "me", "Europe/London", "")
    assert marks(page) == ["new"]
    press(page, "Clients")
    assert marks(page) == ["clients"]
    back("clients")
    again = log_panel(str(tmp_path / "outcomes.db"), "me", "Europe/London", "")
    assert again.parts.current == "clients"
    back("elsewhere")
    other = log_panel(str(tmp_path / "outcomes.db"), "me", "Europe/London", "")
    assert other.parts.current == "new"


def test_the_room_and_the_notes_of_a_workshop(tmp_path: Path, back: Back) -> None:
    log = str(tmp_path / "outcomes.db")
    page = workshop_panel(log)
    assert marks(page) == []
    press(page, "First workshop: four calls (60 minutes)")
    press(page, "Begin")
    press(page, "Wait until 2:15")
    (place,) = marks(page)
    back(place)
    again = workshop_panel(log)
    assert again.title == page.title
    assert "1 hand" in words(again)
    assert again.model.private is False
    back(place.replace("room:", "notes:"))
    assert workshop_panel(log).model.private is True


def test_a_page_marks_only_what_it_is_told() -> None:
    page = kit.page("It is seven past.", "", "Nothing here.")
    assert marks(page) == []
    page.at("call")
    assert marks(page) == ["call"]
