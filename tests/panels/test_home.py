"""The first page: what can be done, and the month in words that agree with the log."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from whenever import ZonedDateTime

from interview_coach.outcomes import OutcomeLog
from interview_coach.panels.home import home_panel, month_words
from interview_coach.panels.kit.pages import _all_inside

NOW = ZonedDateTime(2026, 3, 20, 12, tz="Europe/London")


def words(page: Any) -> str:
    return " ".join(str(getattr(part, "value", "")) for part in _all_inside([page]))


def calls(*states: str, day: str = "2026-03-05") -> pd.DataFrame:
    """Make calls of one month, one interview each, with only what a rate needs."""
    return pd.DataFrame(
        {
            "interview_id": [f"i{n}" for n in range(len(states))],
            "sequence": 1,
            "state": list(states),
            "scheduled_at": pd.Timestamp(f"{day}T14:00Z"),
            "timezone": "Europe/London",
            "date_doubt": pd.Series([pd.NA] * len(states), dtype="str"),
            "synthetic": False,
        }
    )


def test_without_a_log_it_says_what_to_do_first_and_makes_none(tmp_path: Path) -> None:
    page = home_panel(str(tmp_path / "outcomes.db"))
    said = words(page)
    assert "No calls logged yet" in said
    assert list(tmp_path.iterdir()) == []
    for notebook in (
        "01_today",
        "02_practice",
        "03_workshop",
        "05_log_outcomes",
        "06_outcome_report",
        "07_explore",
        "08_compare_policies",
    ):
        assert f'href="{notebook}.ipynb"' in said


def test_an_unreadable_log_does_not_keep_the_page_from_opening(tmp_path: Path) -> None:
    (tmp_path / "outcomes.db").write_text("not a database at all, just words " * 9)
    said = words(home_panel(str(tmp_path / "outcomes.db")))
    assert "The log could not be read" in said
    assert "Nobody has called me" in said


def test_a_log_is_counted(tmp_path: Path) -> None:
    log = str(tmp_path / "outcomes.db")
    with OutcomeLog.open(log) as opened:
        opened.add_call(
            {
                "client_id": "C-014",
                "employer": "Mahoney Ltd",
                "round": "1",
                "channel": "phone",
                "caller": "interviewer",
                "scheduled_at": "2026-03-05T14:00",
                "timezone": "Europe/London",
                "state": "completed",
            }
        )
    said = words(home_panel(log, "Europe/London", "2026-03-20T12:00"))
    assert "1 call, <b>0 missed</b>" in said
    assert "Few cases" in said


def test_the_month_in_words_agrees_with_its_numbers() -> None:
    # 9 of 42: Wilson 95% by statsmodels 0.14.5, proportion_confint(9, 42, method="wilson"):
    # 0.1171, 0.3593.
    frame = calls(*["missed"] * 9, *["completed"] * 33, "moved", "cancelled")
    assert month_words(frame, NOW) == [
        "<p>42 calls, <b>9 missed</b> (21%, between 12% and 36%).</p>"
    ]


def test_another_month_does_not_count() -> None:
    frame = calls("missed", "completed", day="2026-02-28")
    assert month_words(frame, NOW) == ["<p>No call has been held or missed yet.</p>"]


def test_synthetic_calls_are_called_so() -> None:
    frame = calls("missed", "completed").assign(synthetic=True)
    assert "synthetic" in month_words(frame, NOW)[-1]


@pytest.mark.parametrize("held", [9, 10])
def test_few_cases_are_called_few(held: int) -> None:
    said = " ".join(month_words(calls(*["completed"] * held), NOW))
    assert ("Few cases" in said) is (held < 10)
