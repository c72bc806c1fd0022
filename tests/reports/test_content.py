"""What the report says, for logs large, small and empty: each sentence agrees with its number."""

import re
from html import unescape

import pandas as pd
import pytest

from interview_coach.errors import KitError
from interview_coach.reports import Report
from interview_coach.reports import content as content_module
from interview_coach.reports.section import Section
from tests.calls_frames import calls_frame, many_calls

PIECES = ("headline", "missed", "by_group", "by_month", "rescheduled", "definitions")


def report_of(calls: pd.DataFrame, monkeypatch: pytest.MonkeyPatch, **given: str) -> Report:
    monkeypatch.setattr(content_module, "calls_of", lambda log: (calls, "3 calls from a test."))
    return Report(**given)


def words(section: Section) -> str:
    html = re.sub(r"<style>.*?</style>", "", section._repr_html_(), flags=re.DOTALL)
    html = re.sub(r'"data:[^"]*"', '""', html)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))).strip()


HAND = calls_frame(
    [
        *({"state": "completed", "cohort": "Spring"} for _ in range(33)),
        *({"state": "missed", "cohort": "Autumn", "missed_by": "candidate"} for _ in range(8)),
        {"state": "missed", "missed_by": "technical", "date_doubt": "year runs on"},
        {"state": "moved", "interview_id": "m", "sequence": 1},
        {"state": "cancelled", "interview_id": "m", "sequence": 2},
        {"state": "pending"},
    ]
)


def test_the_finding_stands_first(monkeypatch: pytest.MonkeyPatch) -> None:
    text = words(report_of(HAND, monkeypatch, title="Spring <report>").headline())
    assert text == (
        "Spring <report> 9 of 42 calls were missed: 21% synthetic data All calls here are made up; "
        "nobody is in them. Counted: 45 calls of 44 interviews, scheduled on 5 March 2026. 1 call whose date is in doubt: in the overall figures, in no month. 2 calls "
        "moved or cancelled with notice: in neither line of the rate. 1 call not held yet, or not "
        "known: not in the rate."
    )


def test_missed_completed_and_by_whom(monkeypatch: pytest.MonkeyPatch) -> None:
    text = words(report_of(HAND, monkeypatch).missed())
    assert text.startswith("The candidate missed it: 8 of 9 missed calls ")
    assert "9 of 42 calls were missed (21%, between 12% and 36%)." in text
    assert "33 of 42 calls were completed (79%, between 64% and 88%): both sides spoke." in text
    assert "The candidate missed it 8 42 19%, between 10% and 33%" in text
    assert "A technical fault 1 42 2%" in text


def test_rescheduled(monkeypatch: pytest.MonkeyPatch) -> None:
    text = words(report_of(HAND, monkeypatch).rescheduled())
    # 44 interviews; m was moved once; nobody was rebooked after a miss.
    assert text.startswith("1 of 44 interviews was rescheduled (2%, between under 1% and 12%)")
    assert "0 of 44 interviews were rebooked after a missed call" in text
    assert "1 move or rebooking over 44 interviews: 0.02 per interview." in text


def test_a_window_says_what_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    text = words(report_of(HAND, monkeypatch, start="2026-03-06").headline())
    assert "No calls to count yet" in text
    assert "44 calls outside the window: left out." in text
    assert "1 call whose date is in doubt: left out." in text
    assert "Counted: 0 calls of 0 interviews, scheduled from 2026-03-06, in each client's" in text


@pytest.mark.parametrize(
    ("calls", "heading"),
    [
        (calls_frame([]), "No calls to count yet"),
        (calls_frame([{"state": "pending"}] * 3), "No calls to count yet"),
        (calls_frame([{"state": "missed"}]), "1 of 1 call was missed: 100%"),
        (calls_frame([{}]), "0 of 1 call were missed: 0%"),
        (many_calls(3000, groups=1000), None),
    ],
    ids=["empty", "pending", "one missed", "one held", "1,000 groups"],
)
@pytest.mark.parametrize("group", ["cohort", "month", "missed_by", "channel"])
def test_every_piece_of_any_log(
    calls: pd.DataFrame, heading: str | None, group: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = report_of(calls, monkeypatch, group=group)
    text = " ".join(words(getattr(report, piece)()) for piece in PIECES)
    assert heading is None or heading in text
    assert "nan" not in text.lower().split() and "None " not in text.replace("None of the", "")


def test_text_of_people_is_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    evil = '<script>alert("x")</script>'
    calls = calls_frame([{"cohort": evil, "state": "missed", "missed_by": evil}] * 12)
    report = report_of(calls, monkeypatch, title=evil)
    html = "".join(getattr(report, piece)()._repr_html_() for piece in PIECES)
    assert "<script" not in html and "&lt;script&gt;" in html


def test_notes_are_in_no_report(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(KitError) as caught:
        report_of(HAND, monkeypatch, group="notes")
    assert str(caught.value) == (
        "Notes are for you alone and appear in no report; compare by another column, such as cohort."
    )


def test_no_such_column(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(KitError, match="There is no column 'cohrot' to group by; did you mean"):
        report_of(HAND, monkeypatch, group="cohrot")
