"""Clients on the page: group, tags and outcome; and erasing one for good, seen to be done."""

import datetime as dt
import html
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pytest

from interview_coach.errors import KitError
from interview_coach.outcomes import OutcomeLog
from interview_coach.panels.log import log_panel
from tests.panels.driving import buttons, press, visible


@pytest.fixture
def page(tmp_path: Path) -> Any:
    with OutcomeLog.open(tmp_path / "outcomes.db", "Ada") as log:
        for client, cohort in (("C-014", "Spring"), ("C-015", "Autumn")):
            log.add_call(
                {
                    **{"client_id": client, "scheduled_at": "2026-03-05T10:00", "timezone": "UTC"},
                    **{"state": "completed", "cohort": cohort, "notes": "Likes tea"},
                }
            )
        log.describe_client("C-014", tags="evening", cohort="Spring")
    made = log_panel(str(tmp_path / "outcomes.db"), "Ada", "UTC")
    made.parts.go("clients")
    return made


def seen(page: Any) -> str:
    shown = (str(one.value) for one in visible(page) if isinstance(one, widgets.HTML))
    return html.unescape(" ".join(shown))


def field(page: Any, label: str) -> Any:
    return next(one for one in visible(page) if getattr(one, "description", "") == label)


def open_client(page: Any, client: str) -> None:
    next(
        one for one in visible(page) if getattr(one, "tooltip", "") == f"Open client {client}"
    ).click()


def client(page: Any, name: str) -> Any:
    with page.model.open() as log:
        found = log.clients()
    return next(found[found["client_id"] == name].itertuples())


def test_clients_are_listed_and_found(page: Any) -> None:
    assert "2 clients" in seen(page)
    assert "1 call · Spring · evening" in seen(page)
    field(page, "Look for").value = "EVENING"
    assert "1 client" in seen(page)
    assert "C-015" not in seen(page)
    field(page, "Look for").value = "nobody"
    assert "Nobody fits these words" in seen(page)


def test_an_outcome_with_its_day_group_and_tags(page: Any) -> None:
    open_client(page, "C-015")
    field(page, "What came of it").value = "employed"
    field(page, "True on").value = dt.date(2026, 4, 1)
    field(page, "Tags").value = "remote, evening"
    field(page, "Group").value = "Winter"
    press(page, "Keep this")
    kept = client(page, "C-015")
    assert (kept.outcome, str(kept.outcome_on.date())) == ("employed", "2026-04-01")
    assert (kept.cohort, kept.tags) == ("Winter", "evening, remote")
    assert "in work, full or part time, their own business included (1 Apr 2026)" in seen(page)
    open_client(page, "C-015")
    field(page, "What came of it").value = ""
    press(page, "Keep this")
    assert str(client(page, "C-015").outcome_on) == "NaT"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "Nothing is changed yet."),
        (
            {"What came of it": "employed"},
            "Not kept. True on: an outcome needs the day of which it is true.",
        ),
        (
            {"What came of it": "employed", "True on": dt.date(2999, 1, 1)},
            "Not kept. True on: the day of an outcome cannot lie ahead.",
        ),
        ({"Tags": "x" * 61}, "Not kept. Tags: the text is too long; shorten it."),
    ],
)
def test_what_cannot_be_kept_is_said(page: Any, given: dict[str, Any], says: str) -> None:
    open_client(page, "C-014")
    for label, value in given.items():
        field(page, label).value = value
    with pytest.raises(KitError) as caught:
        press(page, "Keep this")
    assert str(caught.value) == says
    assert says in seen(page)


def test_a_name_is_kept_apart_and_out_of_sight(page: Any) -> None:
    open_client(page, "C-014")
    press(page, "Name and contact, kept apart from everything else")
    field(page, "Name").value = "Amara Nwosu"
    press(page, "Keep this")
    assert client(page, "C-014").name == "Amara Nwosu"
    assert "Amara" not in seen(page)


def test_erasing_asks_first_and_shows_what_was_done(page: Any) -> None:
    open_client(page, "C-014")
    press(page, "Erase this client")
    assert "Their 1 call still counts" in seen(page)
    with pytest.raises(KitError) as caught:
        press(page, "Erase C-014")
    assert str(caught.value) == "Tick the line above first; nothing was erased."
    assert client(page, "C-014").tags == "evening"
    field(page, "I know that nobody can bring this back").value = True
    press(page, "Erase C-014")
    assert "Erased 1 client: name, contact, notes and all free text are gone." in seen(page)
    with page.model.open() as log:
        assert "C-014" not in set(log.clients()["client_id"])
        assert len(log.calls()) == 2
        assert list(log.calls()["notes"].dropna()) == ["Likes tea"]


def test_an_empty_log_has_no_clients(tmp_path: Path) -> None:
    page = log_panel(str(tmp_path / "new.db"), "Ada", "UTC")
    page.parts.go("clients")
    assert "Nobody is in the log yet" in seen(page)
    assert "Open" not in buttons(page.parts._made["clients"])
