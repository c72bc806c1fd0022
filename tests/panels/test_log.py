"""The outcome log's page, driven in process against a log in a temporary folder."""

import datetime as dt
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pytest

from interview_coach.errors import KitError
from interview_coach.outcomes import OutcomeLog
from interview_coach.panels.log import log_panel
from tests.panels.driving import buttons, inside, press, words


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("INTERVIEW_COACH_RAISE", "1")
    return log_panel(
        str(tmp_path / "outcomes.db"),
        "Ada",
        "America/Chicago",
        client="C-014",
        employer="Alder & Pike",
        day=dt.date(2026, 3, 5),
        time=dt.time(14, 0),
    )


def test_an_empty_log_says_what_to_do_first(page: Any) -> None:
    assert page.lead == "Nothing is logged yet. The first call takes a minute."
    assert "Enter the first call above" in words(page)


def test_a_missed_call_is_in_the_log_and_on_the_page(page: Any, tmp_path: Path) -> None:
    page.model.state = "missed"
    page.model.missed_by = "interviewer_no_call"
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
    assert "Logged." in words(page)


def test_who_missed_it_is_asked_only_of_a_missed_call(page: Any) -> None:
    def labels() -> set[str]:
        return {getattr(one, "description", "") for one in inside(page)}

    assert "Who missed it" not in labels()
    page.model.state = "missed"
    assert "Who missed it" in labels()


def test_the_next_call_of_an_interview_joins_it(page: Any) -> None:
    page.model.state = "missed"
    press(page, "Log it")
    press(page, "Log the next call of C-014")
    page.model.state = "completed"
    page.model.day, page.model.time = dt.date(2026, 3, 6), dt.time(10, 0)
    press(page, "Log it")
    calls = page.model.calls()
    assert calls["interview_id"].nunique() == 1
    assert list(calls["sequence"]) == [1, 2]
    assert not [text for text in buttons(page) if text.startswith("Log the next call of")]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"time": None}, "Agreed for: give the day and the time of the call."),
        ({"client": "  "}, "client_id: this is needed"),
        ({"day": dt.date(2026, 3, 8), "time": dt.time(2, 30)}, "this time does not exist in"),
        ({"timezone": "Chicago"}, "did you mean 'America/Chicago'?"),
    ],
)
def test_a_faulty_entry_is_one_sentence_and_nothing_is_written(
    page: Any, given: dict[str, Any], says: str
) -> None:
    for name, value in given.items():
        setattr(page.model, name, value)
    with pytest.raises(KitError) as caught:
        press(page, "Log it")
    assert says in str(caught.value)
    assert says in words(page)
    assert page.model.calls().empty
    assert page.model.employer == "Alder & Pike"


def test_the_same_entry_twice_is_one_call(page: Any) -> None:
    key = page.model._key
    page.model.save()
    page.model.time, page.model._key = dt.time(14, 0), key
    page.model.save()
    assert len(page.model.calls()) == 1


def test_markup_in_a_name_is_shown_as_text(page: Any) -> None:
    page.model.client = "<script>alert(1)</script>"
    press(page, "Log it")
    markup = [str(one.value) for one in inside(page) if isinstance(one, widgets.HTML)]
    assert any("&lt;script&gt;" in value for value in markup)
    assert not any("<script>" in value for value in markup)
