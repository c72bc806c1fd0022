"""The figures of a report: the same as the measures', and for a funder safe as one whole."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from interview_coach.errors import KitError
from interview_coach.measures import (
    differences,
    missed_call_rate,
    ordinary_noise,
    recovery_rate,
    reschedule_rate,
)
from interview_coach.measures.suppression import audit
from interview_coach.reports.figures import Figures
from interview_coach.reports.hiding import BEFORE, COMPARED
from interview_coach.reports.parts import just_before, named_period
from interview_coach.reports.question import Question
from interview_coach.reports.reading import Data, of_group
from interview_coach.reports.saved import View
from tests.calls_frames import calls_frame, many_calls

CALLS = many_calls(1500, groups=4, months=18)
NUMBERS = ["n", "N", "value", "low", "high"]
DAY = "2026-09-30"


def figures_of(calls: pd.DataFrame = CALLS, *views: View, **given: object) -> Figures:
    question = Question(**{"as_of": DAY, **given})  # type: ignore[arg-type]
    return Figures(question, Data(calls, "A test's calls.", views=views))


def test_a_coach_sees_what_the_measures_count() -> None:
    figures = figures_of(start="2025-06-01", end="2026-03-31", compare="none")
    window: dict[str, Any] = {"start": "2025-06-01", "end": "2026-03-31"}
    for name, frame in (
        ("missed_call_rate", missed_call_rate(CALLS, "cohort", **window)),
        ("reschedule_rate", reschedule_rate(CALLS, "cohort", **window)),
        (
            "recovery_rate",
            recovery_rate(CALLS, "cohort", as_of=figures.question.moment, **window),
        ),
    ):
        shown = figures.rates[name, "cohort"]
        pd.testing.assert_frame_equal(shown.drop(columns="reason"), frame)
        assert (shown["reason"] == "").all()
    assert figures.compared is None


def test_months_are_told_apart_where_they_hold_enough_calls_and_quarters_else() -> None:
    assert figures_of().period == "month"
    assert figures_of(view="funder").period == "month"
    assert figures_of(many_calls(300, months=18), view="funder").period == "quarter"
    assert figures_of(group="week").period == "week"


def test_the_last_months_stand_beside_the_time_before() -> None:
    compared = figures_of().compared
    assert compared is not None and compared.over_time
    months = missed_call_rate(CALLS, "month").set_index("group")
    months = months[[str(one).startswith("20") for one in months.index]]
    recent, before = months.iloc[-3:], months.iloc[:-3]
    row = compared.rows.set_index("measure").loc["missed_call_rate"]
    assert (row["n"], row["N"]) == (recent["n"].sum(), recent["N"].sum())
    assert (row["n_against"], row["N_against"]) == (before["n"].sum(), before["N"].sum())
    pair = pd.DataFrame(
        {
            "measure": ["missed_call_rate"] * 2,
            "group": ["a", "b"],
            "n": [row["n"], row["n_against"]],
            "N": [row["N"], row["N_against"]],
        }
    )
    expected = differences(pair).iloc[0]
    assert row["difference"] == expected["value"]
    assert (row["difference_low"], row["difference_high"]) == (expected["low"], expected["high"])
    last = max(str(one) for one in months.index)
    assert f"{date.fromisoformat(last + '-01'):%B %Y}" in compared.this


def test_a_window_stands_beside_the_one_just_before_it() -> None:
    figures = figures_of(start="2026-01-01", end="2026-03-31")
    compared = figures.compared
    assert compared is not None
    assert (compared.this, compared.other) == (
        "January to March 2026",
        "October to December 2025",
    )
    before = missed_call_rate(CALLS, start="2025-10-01", end="2025-12-31").iloc[0]
    row = compared.rows.set_index("measure").loc["missed_call_rate"]
    assert (row["n_against"], row["N_against"]) == (before["n"], before["N"])


@pytest.mark.parametrize(
    ("window", "before"),
    [
        (("2026-01-01", "2026-03-31"), ("2025-10-01", "2025-12-31")),
        (("2025-09-01", "2026-02-28"), ("2025-03-01", "2025-08-31")),
        (("2026-01-10", "2026-01-19"), ("2025-12-31", "2026-01-09")),
        (("2026-01-01", "2026-01-01"), ("2025-12-31", "2025-12-31")),
    ],
)
def test_whole_months_follow_whole_months(window: tuple[str, str], before: tuple[str, str]) -> None:
    assert just_before(*window) == before


@pytest.mark.parametrize(
    ("name", "window"),
    [
        ("last-month", ("2026-01-01", "2026-01-31")),
        ("last-quarter", ("2025-10-01", "2025-12-31")),
        ("last-year", ("2025-01-01", "2025-12-31")),
        ("this-month", ("2026-02-01", "2026-02-14")),
        ("This-Year ", ("2026-01-01", "2026-02-14")),
    ],
)
def test_periods_that_are_named_from_today(name: str, window: tuple[str, str]) -> None:
    assert named_period(name, date(2026, 2, 14)) == window
    with pytest.raises(KitError, match="There is no period 'last-week'; give last-month,"):
        named_period("last-week", date(2026, 2, 14))


def test_two_groups_stand_beside_each_other() -> None:
    groups = sorted(CALLS["cohort"].dropna().unique())[:2]
    compared = figures_of(compare=" vs ".join(groups)).compared
    assert compared is not None and not compared.over_time
    found = missed_call_rate(CALLS, "cohort").set_index("group")
    row = compared.rows.set_index("measure").loc["missed_call_rate"]
    assert (row["n"], row["n_against"]) == tuple(found.loc[groups, "n"])


def test_a_group_that_is_not_there_is_named() -> None:
    with pytest.raises(KitError, match="There is no cohort 'Nowhere' to compare; there are: "):
        _ = figures_of(compare="Nowhere vs Spring").compared
    with pytest.raises(KitError, match="cannot be compared where the groups are periods"):
        figures_of(compare="2026-01 vs 2026-02", group="month")


def test_too_short_a_time_is_not_cut_in_two() -> None:
    assert figures_of(many_calls(200, months=2)).compared is None
    assert figures_of(calls_frame([])).compared is None


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    "given",
    [
        {},
        {"group": "missed_by"},
        {"group": "quarter"},
        {"group": "week"},
        {"start": "2025-04-01", "end": "2025-06-30"},
    ],
)
def test_for_a_funder_hidden_rows_hold_no_number(seed: int, given: dict[str, str]) -> None:
    calls = many_calls(400 + 150 * seed, seed=seed, groups=3 + seed, months=9)
    figures = figures_of(calls, view="funder", **given)
    assert figures.protected is not None
    audit(figures.protected).require()
    some_hidden = False
    for frame in figures.rates.values():
        hidden = frame["reason"] != ""
        some_hidden |= bool(hidden.any())
        assert frame.loc[hidden, NUMBERS].isna().all(axis=None)
        shown = frame[~hidden]
        for n, total in zip(shown["n"], shown["N"], strict=True):
            assert n == 0 or n > 10
            assert total == n or total - n > 10
        assert not {"pending", "left_out", "recorded"} & set(frame.columns)
    assert some_hidden


def test_a_funder_s_limits_follow_from_what_is_printed_alone() -> None:
    figures = figures_of(view="funder")
    charted = figures.charted("missed_call_rate", "month")
    shown = charted[charted["reason"] == ""]
    overall = figures.overall("missed_call_rate")["value"]
    expected = ordinary_noise(shown[NUMBERS], overall=overall)
    np.testing.assert_array_equal(shown["noise_high"], expected["noise_high"])
    assert charted.loc[charted["reason"] != "", "noise_high"].isna().all()


def test_a_saved_view_is_protected_with_the_rest_or_left_out() -> None:
    views = (
        View("missed_call_rate", "channel"),
        View("missed_call_rate", "channel", start="2026-01-01"),
        View("first_message_delay", "cohort"),
        View("missed_call_rate", "client_id"),
    )
    figures = figures_of(CALLS, *views, view="funder")
    assert [figures.may_show(view) for view in views] == [True, False, False, False]
    assert set(figures.viewed(views[0]).columns) >= {*NUMBERS, "reason"}
    assert ("missed_call_rate", "channel") in figures.rates


def test_a_coach_s_saved_view_may_have_a_window_of_its_own() -> None:
    view = View("missed_call_rate", "cohort", start="2026-01-01")
    frame = figures_of(CALLS, view, end="2025-12-31").viewed(view)
    expected = missed_call_rate(CALLS, "cohort", start="2026-01-01")
    np.testing.assert_array_equal(frame["n"], expected["n"])


def test_one_group_alone() -> None:
    name = str(CALLS["cohort"].dropna().iloc[0])
    data = of_group(Data(CALLS, ""), "cohort", name)
    assert set(data.calls["cohort"]) == {name}
    figures = Figures(Question(as_of=DAY, only=f"cohort={name}"), data)
    assert ("missed_call_rate", "cohort") not in figures.rates
    with pytest.raises(KitError, match="No call has cohort 'Nowhere'"):
        of_group(Data(CALLS, ""), "cohort", "Nowhere")
    with pytest.raises(KitError, match="There is no column 'cohrot' to group by"):
        of_group(Data(CALLS, ""), "cohrot", name)


def test_what_is_the_same_count_is_hidden_with_it() -> None:
    # As in a file that says of no miss what came of it: 17 calls are 17 interviews, 11 of them missed;
    # with either of the two shown elsewhere, the 6 completed calls would follow.
    rows = [{"state": "completed", "cohort": "A"}] * 6 + [{"state": "missed", "cohort": "A"}] * 11
    rows += [{"state": "completed", "cohort": "B"}] * 60 + [{"state": "missed", "cohort": "B"}] * 40
    figures = figures_of(calls_frame(rows), view="funder")
    rates = {
        name: figures.rates[name, "cohort"].set_index("group")
        for name in ("missed_call_rate", "reschedule_rate", "same_day_reconnection_rate")
    }
    shown = {name: frame.loc["A", "reason"] == "" for name, frame in rates.items()}
    assert not shown["missed_call_rate"]
    assert not (shown["reschedule_rate"] and shown["same_day_reconnection_rate"])


def test_the_period_before_hides_what_its_own_report_hid() -> None:
    hidden = 0
    for seed in range(6):
        calls = many_calls(330, seed=seed, groups=3, months=9)
        window = {"start": "2025-04-01", "end": "2025-06-30"}
        figures = figures_of(calls, view="funder", **window)
        own = figures_of(calls, view="funder", start="2025-01-01", end="2025-03-31", compare="none")
        for name in COMPARED:
            if own.overall(name)["reason"]:
                hidden += 1
                before = figures.rates[name + BEFORE, "all"]
                assert (before["reason"] != "").all() and before[NUMBERS].isna().all(axis=None)
    assert hidden


def test_a_funder_is_told_no_minutes_of_a_few_messages() -> None:
    rows = [
        {
            "state": "missed",
            "missed_by": "technical",
            "first_message_at": f"2026-03-05T14:{number:02}Z",
        }
        for number in range(5, 48)
    ]
    few = figures_of(calls_frame(rows), view="funder").delay
    assert few["n"] == 43 and np.isnan(few["value"]) and np.isnan(few["lower_quartile"])
    rows.append(rows[0])
    assert figures_of(calls_frame(rows), view="funder").delay["value"] > 0
    assert figures_of(calls_frame(rows[:20])).delay["value"] > 0


def test_days_from_booking_are_asked_only_where_a_call_says_when_it_was_booked() -> None:
    calls = CALLS.assign(booked_at=pd.Series(pd.NaT, CALLS.index, "datetime64[ns, UTC]"))
    assert ("missed_call_rate", "lead_time") not in figures_of(calls).rates
    calls.loc[calls.index[0], "booked_at"] = calls["scheduled_at"].iloc[0] - pd.Timedelta(days=2)
    assert ("missed_call_rate", "lead_time") in figures_of(calls).rates
