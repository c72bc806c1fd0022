"""What the report says, for logs large, small and empty: each sentence agrees with its number."""

import re
from typing import Any

import numpy as np
import pandas as pd
import pytest

from interview_coach.errors import KitError
from interview_coach.measures import missed_call_rate, recovery_rate, reschedule_rate, wilson
from interview_coach.reports import Question, Report
from interview_coach.reports.comparing import records
from interview_coach.reports.saved import View
from interview_coach.wording import percent
from tests.calls_frames import calls_frame, many_calls
from tests.reports.reading import all_words, report_of, words

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


def test_the_finding_stands_first() -> None:
    text = words(report_of(HAND, title="Spring <report>").headline())
    assert text == (
        "Spring <report> 9 of 42 calls were missed: 21% synthetic data All calls here are made up; "
        "nobody is in them. Counted: 45 calls of 44 interviews, scheduled on 5 March 2026. Figures as "
        "of 30 September 2026. 1 call whose date is in doubt: in the overall figures, in no month. 2 calls moved or cancelled "
        "with notice: not counted in the rate. 1 call not held yet, or not known: not counted in the "
        "rate."
    )


def test_missed_completed_and_by_whom() -> None:
    text = words(report_of(HAND).missed())
    assert text.startswith("The candidate missed it: 8 of 9 missed calls ")
    assert "9 of 42 calls were missed (21%, between 12% and 36%)." in text
    assert "33 of 42 calls were completed (79%, between 64% and 88%): both sides spoke." in text
    assert "The candidate missed it 8 of 42 19%, between 10% and 33%" in text
    assert "A technical fault 1 of 42 2%" in text


def test_rescheduled() -> None:
    text = words(report_of(HAND).rescheduled())
    # 44 interviews; m was moved once; nobody was rebooked after a miss.
    assert text.startswith("1 of 44 interviews was rescheduled (2%, between under 1% and 12%)")
    assert "0 of 44 interviews were rebooked after a missed call" in text
    assert "1 move or rebooking over 44 interviews: 0.02 per interview." in text


def test_a_window_says_what_it_leaves_out() -> None:
    text = words(report_of(HAND, start="2026-03-06").headline())
    assert "No calls to count yet" in text
    assert "44 calls outside the window: left out." in text
    assert "1 call whose date is in doubt: left out." in text
    assert (
        "There are no calls, scheduled from 6 March 2026, in each client's own time zone." in text
    )


def test_no_sentence_speaks_of_a_change_without_an_earlier_time() -> None:
    text = words(report_of(HAND).at_a_glance())
    assert text.startswith(
        "Too short a time to say what changed What changed? Nothing is set beside"
    )


def change(before: tuple[int, int], recent: tuple[int, int]) -> pd.DataFrame:
    """Missed and held calls in a first half year, and in the quarter after it."""
    rows: list[dict[str, Any]] = []
    for (missed, held), months in ((before, (1, 2, 3)), (recent, (4, 5, 6))):
        for number in range(held):
            day = f"2026-{months[number % 3]:02}-{number % 27 + 1:02}T14:00Z"
            state = "missed" if number < missed else "completed"
            rows.append({"state": state, "scheduled_at": day})
    return calls_frame(rows)


def test_a_change_beyond_chance_is_the_heading() -> None:
    text = words(report_of(change((60, 120), (20, 120))).at_a_glance())
    assert text.startswith(
        "Missed less often in April to June 2026 than in January to March 2026 What changed? "
        "Missed less often in April to June 2026 than in January to March 2026: by 33 points, "
        "between 22 points and 44 points."
    )
    assert "Probably not: 1 of the 2 differences looked at lies beyond chance." in text
    assert "with 2 looks, one would seem to about once in 10 times" in text


def test_a_change_within_chance_is_none() -> None:
    text = words(report_of(change((30, 120), (27, 120))).at_a_glance())
    assert text.startswith(
        "No change that can be told between April to June 2026 and January to March 2026"
    )
    assert "It may well be: none of the 2 differences looked at lies beyond chance." in text


def test_few_cases_never_are_a_change() -> None:
    text = words(report_of(change((60, 120), (0, 8))).at_a_glance())
    assert text.startswith("No change that can be told")


@pytest.mark.parametrize("seed", range(3))
def test_every_rate_in_words_is_that_of_the_calls(seed: int) -> None:
    calls = many_calls(700, seed=seed)
    report = report_of(calls)
    text = all_words(report)
    as_of = report.question.moment
    for frame, noun, done in (
        (missed_call_rate(calls), "calls", "missed"),
        (reschedule_rate(calls), "interviews", "rescheduled"),
        (reschedule_rate(calls, kind="proactive"), "interviews", "moved before the start"),
        (recovery_rate(calls, as_of=as_of), "missed calls", "recovered within 14 days"),
    ):
        n, total = (int(frame[name].iloc[0]) for name in ("n", "N"))
        assert re.search(rf"\b{n:,} of {total:,} {noun} (was|were) {done}\b", text)
    # And the other way round: each "n of N ... (p, between a and b)" is Wilson's.
    found = re.findall(
        r"([\d,]+) of ([\d,]+) [a-z ]+? (?:was|were) [a-z0-9 ]+? \(([\d.]+)%, between ([\d.]+)% and "
        r"([\d.]+)%\)",
        text,
    )
    assert len(found) >= 4
    for n_text, total_text, *shown in found:
        n, total = int(n_text.replace(",", "")), int(total_text.replace(",", ""))
        low, high = (float(end) for end in wilson(n, total))
        places = len(shown[0].partition(".")[2])
        assert [f"{part}%" for part in shown] == [
            percent(value, places) for value in (n / total, low, high)
        ]


@pytest.mark.parametrize(
    ("calls", "heading"),
    [
        (calls_frame([]), "No calls to count yet"),
        (calls_frame([{"state": "pending"}] * 3), "No calls to count yet"),
        (calls_frame([{"state": "missed"}]), "1 of 1 call was missed: 100%"),
        (calls_frame([{}]), "0 of 1 call was missed: 0%"),
        (many_calls(3000, groups=1000), None),
        (calls_frame([{"scheduled_at": None, "state": "missed"}] * 30), "30 of 30 calls"),
        (calls_frame([{"scheduled_at": "2031-01-01T10:00Z", "state": "missed"}] * 30), "30 of 30"),
    ],
    ids=["empty", "pending", "one missed", "one held", "1,000 groups", "no dates", "future"],
)
@pytest.mark.parametrize("group", ["cohort", "month", "missed_by", "channel"])
@pytest.mark.parametrize("view", ["coach", "funder"])
def test_every_section_of_any_log(
    calls: pd.DataFrame, heading: str | None, group: str, view: str
) -> None:
    report = report_of(calls, group=group, view=view)
    text = all_words(report)
    if view == "coach":
        assert heading is None or heading in text
    assert "nan" not in re.findall(r"[a-z<>]+", text.lower())
    assert "None " not in text.replace("None of the", "") and "<NA>" not in text
    assert report.sheets()


def test_text_of_people_is_escaped() -> None:
    evil = '<script>alert("x")</script>'
    calls = calls_frame([{"cohort": evil, "state": "missed", "missed_by": evil}] * 12)
    report = report_of(calls, title=evil, views=(View("missed_call_rate", "cohort", title=evil),))
    html = "".join(section._repr_html_() for section in report.sections())
    assert "<script" not in html and "&lt;script&gt;" in html


def test_no_such_column() -> None:
    with pytest.raises(KitError, match="There is no column 'cohrot' to compare by; did you mean"):
        report_of(HAND, group="cohrot")


@pytest.mark.parametrize("seed", range(3))
def test_a_funder_reads_no_small_count(seed: int) -> None:
    calls = many_calls(500 + 200 * seed, seed=seed, groups=4, months=6)
    report = report_of(calls, view="funder", group="cohort")
    text = all_words(report)
    assert "hidden" in text
    found = re.findall(r"\b([\d,]+) of ([\d,]+)\b(?! (?:months|quarters|counts))", text)
    assert len(found) > 10
    for n_text, total_text in found:
        n, total = int(n_text.replace(",", "")), int(total_text.replace(",", ""))
        assert (n == 0 or n > 10) and (n == total or total - n > 10), (n, total)
    for sheet in report.sheets():
        hidden = sheet.frame[sheet.frame["reason"] != ""]
        numbers = hidden.drop(columns=["group", "reason", "step"], errors="ignore")
        assert numbers.isna().all(axis=None)
    assert "Calls from a test." not in text


def test_where_all_is_hidden_nothing_is_named() -> None:
    missed = {"state": "missed", "missed_by": "interviewer_no_call", "cause": "forgot"}
    calls = calls_frame([missed] * 3 + [{"state": "completed"}] * 2)
    report = report_of(calls, view="funder", group="cohort")
    read = all_words(report)
    for name in ("orgotten", "did not call", "Q1", "Spring"):
        assert name not in read
    assert (
        "Left out altogether, since every count in it is hidden: by quarter; by cohort; by party; "
        "by cause."
    ) in read
    assert [one.name for one in report.sheets() if " by " in one.name] == []
    # To a coach it is all told.
    assert "Forgotten" in all_words(report_of(calls, group="cohort"))


def test_what_cannot_be_is_told() -> None:
    odd = calls_frame(
        [
            *({"state": "completed"} for _ in range(12)),
            {
                "state": "missed",
                "missed_by": "technical",
                "reconnected_at": "2026-03-05T13:00Z",
                "first_message_at": "2026-03-05T14:10Z",
            },
        ]
    )
    text = words(report_of(odd).cannot_be())
    assert "1 of 1 call: reconnected before the scheduled start." in text
    assert "1 of 1" not in words(report_of(odd, view="funder").cannot_be())
    assert not report_of(HAND.drop(index=41)).cannot_be()


def test_clients_stand_with_how_many_are_known() -> None:
    outcomes = ["employed"] * 8 + ["seeking"] * 6 + ["unknown"] * 20
    clients = pd.DataFrame(
        {
            "coach": ["me"] * 34,
            "client_id": [f"client-{number}" for number in range(34)],
            "cohort": ["Spring"] * 34,
            "outcome": outcomes,
        }
    )
    text = words(report_of(HAND, clients=clients).careers())
    assert "8 of 14 clients" in text and "14 of 34 clients" in text and "under 65% known" in text
    assert not report_of(HAND).careers()


def test_practice_stands_beside_outcomes_for_a_coach_alone() -> None:
    rows: list[dict[str, Any]] = []
    for number in range(24):
        one = {"interview_id": f"i{number}", "client_id": f"c{number}", "missed_by": "candidate"}
        rows.append({**one, "state": "missed"})
        if number % 3:
            later = {"sequence": 2, "scheduled_at": "2026-03-09T14:00Z", "missed_by": None}
            rows.append({**one, **later})
    practice = pd.DataFrame(
        {
            "coach": ["me"] * 24,
            "client_id": [f"c{number}" for number in range(24)],
            "score": np.where(np.arange(24) < 12, 0.4, 0.9),
            "attempts": [3] * 24,
        }
    )
    calls = calls_frame(rows)
    text = words(report_of(calls, practice=practice).practised())
    assert "association, not cause" in text.lower() and "8 of 12" in text
    assert not report_of(calls, practice=practice, view="funder").practised()


def test_saved_views_are_sections_of_their_own() -> None:
    views = (
        View("missed_call_rate", "channel"),
        View("first_message_delay", title="How soon we write"),
        View("knowledge_rate"),
        View("recovery_rate", "no_such_column"),
    )
    calls = many_calls(300)
    first, second, third, fourth = report_of(calls, views=views).saved()
    assert "channel" in words(first).lower()
    assert words(second).startswith("How soon we write")
    assert "the sample log knows no outcomes of clients" in words(third)
    assert "There is no column 'no_such_column'" in words(fourth)


def test_the_sample_report_is_that_of_the_question() -> None:
    made = Report(group="channel", as_of="2026-06-30")
    assert made.question == Question(group="channel", as_of="2026-06-30")
    assert "1,967 made-up calls" in words(made.definitions())


def test_the_numbers_are_named_for_people() -> None:
    report = report_of(many_calls(3000), compare="none")
    sheets = {sheet.name: sheet for sheet in report.sheets()}
    assert sheets["Main figures"].headings["group"] == "Measure"
    assert sheets["What came of missed calls"].frame["group"].tolist()[:2] == [
        "Missed",
        "Message sent, or further along",
    ]
    assert all("Too young" not in head for one in sheets.values() for head in one.headings.values())
    months = sheets["Missed by month"].frame["group"]
    assert months.str.fullmatch(r"[A-Z][a-z]{2} \d{4}|date in doubt").all()


def test_the_delay_of_the_page_is_among_the_numbers() -> None:
    missed = {"state": "missed", "first_message_at": "2026-03-05T14:12:20Z"}
    calls = calls_frame([missed] * 3 + [{"state": "completed"}] * 30)
    (row,) = delays(report_of(calls))
    assert (row["n"], row["N"], row["value"], row["reason"]) == (3, 3, 12, "")
    (row,) = delays(report_of(calls, view="funder"))
    assert row.pop("reason").startswith("hidden")
    assert [cell for cell in row.values() if not pd.isna(cell)] == ["First-message delay"]


def delays(report: Report) -> list[dict[str, Any]]:
    (sheet,) = [sheet for sheet in report.sheets() if sheet.name == "First message"]
    return records(sheet.frame)


def test_a_difference_has_the_words_of_its_chart() -> None:
    report = report_of(many_calls(3000), view="coach")
    (sheet,) = [sheet for sheet in report.sheets() if sheet.name == "Side by side"]
    chart = words(report.side_by_side())
    for row in sheet.frame.to_dict("records"):
        told = row["difference_low"] > 0 or row["difference_high"] < 0
        assert (row["verdict"] == "could be chance") == (not told)
        assert (row["verdict"] == "more") == (row["difference_low"] > 0)
    assert ("no difference that can be told" in chart) == (
        "could be chance" in set(sheet.frame["verdict"])
    )
