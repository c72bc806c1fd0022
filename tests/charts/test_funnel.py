"""The funnel: bars as long as the counts, what is open apart from them, titles that add up."""

import math
from datetime import UTC, datetime

import pandas as pd
import pytest

from interview_coach.charts import funnel_chart
from interview_coach.errors import KitError
from interview_coach.measures import funnel
from interview_coach.measures.intervals import wilson
from interview_coach.outcomes import calls_of
from tests.charts.reading import hide, named, texts, texts_overlap

STEPS = ("missed", "message sent, or further along", "rebooked, or further along", "completed")


def steps(n: list[int], pending: list[int], total: int | None = None) -> pd.DataFrame:
    every = [n[0] if total is None else total] * len(n)
    low, high = wilson(n, every)
    value = [one / of if of else float("nan") for one, of in zip(n, every, strict=True)]
    return pd.DataFrame(
        {
            "group": "all", "step": STEPS[: len(n)], "n": n, "N": every, "value": value,
            "low": low, "high": high, "pending": pending, "left_out": 0,
        }
    )  # fmt: skip


SOME = steps([120, 100, 60, 47], [0, 3, 4, 5])


def test_bars_and_intervals_are_as_long_as_the_numbers() -> None:
    chart = funnel_chart(SOME)
    low, high = wilson([120, 100, 60, 47], [120] * 4)
    for figure in (chart.figure, chart.narrow):
        for place, (name, n, waits) in enumerate(
            [
                ("Message sent, or further along", 100, 3),
                ("Rebooked, or further along", 60, 4),
                ("Completed", 47, 5),
            ],
            start=1,
        ):
            bar, rest = named(figure, f"reached: {name}"), named(figure, f"open: {name}")
            assert (bar.get_x(), bar.get_width()) == (0, n / 120)
            assert (rest.get_x(), rest.get_width()) == pytest.approx((n / 120, waits / 120))
            assert rest.get_hatch(), "what is open is told by more than its colour"
            (line,) = named(figure, f"interval: {name}").get_segments()
            assert line[:, 0].tolist() == [low[place], high[place]]
        assert {"120 of 120", "47 of 120, 5 still open"} <= set(texts(figure))


@pytest.mark.parametrize(
    ("frame", "says"),
    [
        (SOME, "47 of 120 missed calls came to a completed one, 12 are still open"),
        (
            steps([12, 12, 12, 11], [0, 0, 0, 1]),
            "11 of 12 missed calls came to a completed one, 1 is still open",
        ),
        (steps([12, 12, 12, 11], [0] * 4), "11 of 12 missed calls came to a completed one"),
        (steps([12, 2, 0, 0], [0, 10, 2, 0]), "All 12 missed calls are still open"),
        (steps([1, 0, 0, 0], [0, 1, 0, 0]), "Few cases: the only missed call is still open"),
        (steps([1, 1, 1, 1], [0] * 4), "Few cases: 1 of 1 missed call came to a completed one"),
        (
            steps([7, 7, 5, 3], [0, 0, 0, 1]),
            "Few cases: 3 of 7 missed calls came to a completed one, 1 is still open",
        ),
        (steps([0, 0, 0, 0], [0] * 4), "No missed calls to count yet"),
        (SOME[:0], "No missed calls to count yet"),
        (
            hide(SOME, {"completed": "hidden: fewer than 11"}, "step"),
            "How many missed calls came to a completed one is hidden",
        ),
        (
            hide(SOME, {STEPS[1]: "hidden: fewer than 11"}, "step"),
            "47 of 120 missed calls came to a completed one",
        ),
        (
            hide(SOME, dict.fromkeys(STEPS, "hidden: fewer than 11"), "step"),
            "What came of missed calls is hidden",
        ),
    ],
)
def test_the_title_says_what_the_numbers_say(frame: pd.DataFrame, says: str) -> None:
    chart = funnel_chart(frame, synthetic=True)
    assert chart.title == says
    assert f" {says}. Synthetic data." in chart.alt
    assert texts_overlap(chart) == []


def test_alt_text_and_table_have_the_numbers() -> None:
    chart = funnel_chart(SOME.assign(left_out=2))
    assert "Missed: 120 of 120; Message" in chart.alt, "that they were missed is certain"
    assert "Completed: 47 of 120 (39%, between 31% and 48%), 5 still open" in chart.alt
    assert chart.data.iloc[3].tolist() == ["Completed", "47", "120", "39%", "31% to 48%", "5"]
    assert chart.caption == "2 more missed calls have dates that cannot be relied on."


def test_a_hidden_step_has_its_reason_in_place_of_a_bar() -> None:
    why = "hidden: fewer than 11"
    chart = funnel_chart(hide(SOME, {STEPS[2]: why}, "step"))
    assert why in texts(chart.figure) and why in texts(chart.narrow)
    assert f"Rebooked, or further along: {why}" in chart.alt
    assert chart.data.iloc[2].tolist() == ["Rebooked, or further along", "", "", why, "", ""]
    gids = [artist.get_gid() for artist in chart.figure.axes[0].get_children()]
    assert "reached: Rebooked, or further along" not in gids and "reached: Completed" in gids


def test_few_cases_are_grey_and_say_so() -> None:
    chart = funnel_chart(steps([7, 7, 5, 3], [0, 0, 0, 1]))
    assert "few cases: 3 of 7, 1 still open" in texts(chart.narrow)
    assert chart.data.iloc[3, 3] == "few cases: 43%"


def test_the_sample_log_and_one_group_at_a_time() -> None:
    calls, _ = calls_of(None)
    whole = funnel(calls, as_of=datetime(2026, 7, 1, tzinfo=UTC))
    last = whole.iloc[-1]
    still = int(whole["pending"].sum())
    assert funnel_chart(whole).title.startswith(
        f"{last['n']} of {last['N']} missed calls came to a completed one"
    )
    assert str(still) in funnel_chart(whole).title or not still
    with pytest.raises(KitError) as caught:
        funnel_chart(funnel(calls, "cohort"))
    assert str(caught.value) == (
        "The funnel is drawn for one group at a time; choose the rows of one group."
    )
    with pytest.raises(KitError) as caught:
        funnel_chart(whole.drop(columns="pending"))
    assert str(caught.value) == (
        "A chart of the funnel needs the column 'pending'; give it the frame that a measure returns."
    )


def test_where_nothing_is_told_of_those_still_open_there_is_no_column_for_them() -> None:
    found = steps([100, 80, 60, 40], [0, 0, 0, 0])
    assert funnel_chart(found).data.columns[-1] == "Still open"
    assert funnel_chart(found.assign(pending=math.nan)).data.columns[-1] == "95% interval"
