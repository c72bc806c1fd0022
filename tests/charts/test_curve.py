"""The curve climbs where the measure falls, the median stands on it, the words follow both."""

import math
import re
from typing import Any

import numpy as np
import pandas as pd
import pytest

from interview_coach.charts import curve_chart
from interview_coach.charts.paper import GREY
from interview_coach.measures import kaplan_meier, median_time, time_to_reconnection
from interview_coach.measures.survival import AT_RISK_DAYS
from interview_coach.measures.words import reconnection_sentence
from interview_coach.outcomes import calls_of
from tests.charts.reading import named, texts, texts_overlap

DAY = 24 * 60


def curves(groups: dict[str, tuple[list[float], list[bool]]]) -> pd.DataFrame:
    """The frame of the measure, from days watched and whether they ended in a completed call."""
    frames = [kaplan_meier([], [])[:0].assign(group=[], N=[], left_out=[])]
    for name, (days, done) in groups.items():
        minutes = [round(day * DAY) for day in days]
        one = kaplan_meier(minutes, done, at=[day * DAY for day in AT_RISK_DAYS])
        frames.append(one.assign(group=name, N=len(days), left_out=0))
    return pd.concat(frames[1:] or frames, ignore_index=True)


def days(count: int, first: float, last: float, open_: int = 0) -> tuple[list[float], list[bool]]:
    ends = [float(day) for day in np.linspace(first, last, count)]
    return ends + [40.0] * open_, [True] * count + [False] * open_


QUICK, SLOW = days(30, 0.5, 8, 5), days(30, 9, 25, 3)


def steps_of(line: Any) -> list[tuple[float, float]]:
    return [(float(x) ** 2, float(y)) for x, y in line.get_xydata()]


def test_the_curve_and_its_band_are_the_frame_turned_over() -> None:
    frame = curves({"all": QUICK})
    chart = curve_chart(frame)
    assert "All missed calls: Half of" in chart.alt
    assert set(chart.data["Group"]) == {"All missed calls"}
    low, high = 1 - frame["high"], 1 - frame["low"]
    for figure in (chart.figure, chart.narrow):
        drawn = steps_of(named(figure, "curve: All missed calls"))
        assert np.allclose(drawn, np.column_stack([frame["minutes"] / DAY, 1 - frame["value"]]))
        corners = named(figure, "band: All missed calls").get_paths()[0].vertices
        assert math.isclose(corners[:, 1].max(), high.max())
        assert set(np.round(low.dropna(), 9)) <= set(np.round(corners[:, 1], 9))


def test_the_median_stands_beneath_with_its_interval() -> None:
    frame = curves({"all": QUICK})
    middle, low, high = median_time(frame)
    figure = curve_chart(frame).figure
    ((x, _),) = named(figure, "median: All missed calls").get_xydata()
    assert math.isclose(x**2, middle / DAY)
    (line,) = named(figure, "half: All missed calls").get_segments()
    assert np.allclose(line[:, 0] ** 2, [low / DAY, high / DAY])


def test_numbers_at_risk_stand_beneath_their_days() -> None:
    frame = curves({"all": QUICK})
    under = curve_chart(frame).figure.axes[1]
    found = {round(text.get_position()[0] ** 2): text.get_text() for text in under.texts[2:]}
    told = frame[frame["minutes"].isin([day * DAY for day in AT_RISK_DAYS])]
    assert list(found) == (told["minutes"] // DAY).to_list()
    assert list(found.values()) == told["at_risk"].astype(str).to_list()


@pytest.mark.parametrize(
    ("groups", "says"),
    [
        ({}, "No missed calls to count yet"),
        ({"all": ([], [])}, "No missed calls to count yet"),
        ({"A": QUICK, "B": ([], [])}, "A: half of 35 missed calls came to a completed call within"),
        (
            {"A": days(3, 1, 2), "B": days(4, 1, 2)},
            "Too few missed calls in every group to compare",
        ),
        (
            {"A": QUICK, "B": days(4, 1, 2)},
            "Only one group has 10 missed calls or more: too few to compare",
        ),
        (
            {"A": days(2, 1, 2, 20), "B": days(3, 1, 2, 30)},
            "In neither of the 2 groups half of the missed calls came to a completed call so far as can "
            "be seen",
        ),
        (
            {"A": QUICK, "B": days(3, 1, 2, 30)},
            "Half came to a completed call within 5 days in A; fewer than half so far in 1 other group",
        ),
        (
            {"A": QUICK, "B": QUICK, "C": QUICK},
            "Half came to a completed call within 5 days in each of the 3 groups",
        ),
        (
            {"A": SLOW, "B": QUICK},
            "Half came to a completed call within 5 days (B) to 18 days (A)",
        ),
        (
            {"A": QUICK, "B": days(30, 0.5, 9, 5), "C": days(3, 1, 2, 30)},
            "Half came to a completed call within 5 days (A) to 6 days (B); their intervals overlap; "
            "fewer than half so far in 1 other group",
        ),
    ],
)
def test_the_title_says_what_the_curves_say(
    groups: dict[str, tuple[list[float], list[bool]]], says: str
) -> None:
    chart = curve_chart(curves(groups), synthetic=True)
    assert chart.title.startswith(says)
    assert chart.title in chart.alt
    assert texts_overlap(chart) == []


def test_of_one_group_the_title_is_the_sentence_of_the_measure() -> None:
    calls, _ = calls_of(None)
    for some in (calls, calls[:60]):
        frame = time_to_reconnection(some)
        chart = curve_chart(frame)
        assert chart.title == reconnection_sentence(frame)
        assert texts_overlap(chart) == []


@pytest.mark.parametrize("seed", range(12))
def test_within_so_many_days_it_is_half_and_a_unit_before_it_was_not(seed: int) -> None:
    random = np.random.default_rng(seed)
    ends = random.gamma(2, 1 + seed, 60)
    frame = curves({"all": (list(ends), list(random.random(60) < 0.9))})
    found = re.search(r"within (\d+) (hour|day)s?", curve_chart(frame).title)
    assert found
    unit = 60 if found[2] == "hour" else DAY
    done = [
        1 - frame["value"][frame["minutes"] <= (int(found[1]) - less) * unit].iloc[-1]
        for less in (0, 1)
    ]
    assert done[0] >= 0.5 > done[1]


def test_where_no_upper_limit_is_known_there_is_an_arrow_and_words() -> None:
    frame = curves({"all": days(12, 1, 20, 11)})
    assert math.isnan(median_time(frame)[2])
    chart = curve_chart(frame)
    edge = chart.figure.axes[1].get_xlim()[1]
    assert named(chart.figure, "no limit: All missed calls").get_xydata()[0][0] == edge
    for figure in (chart.figure, chart.narrow):
        assert "arrow: no upper limit is known" in " ".join(texts(figure))
    assert "(no upper limit known)" in str(chart.data.iloc[0, 3])


def test_curves_differ_in_more_than_colour_and_few_cases_are_grey() -> None:
    groups = {"A": QUICK, "B": SLOW, "C": days(20, 2, 9), "D": days(5, 1, 3)}
    chart = curve_chart(curves(groups))
    for figure in (chart.figure, chart.narrow):
        lines = [named(figure, f"curve: {name}") for name in groups]
        assert len({str(line._unscaled_dash_pattern) for line in lines}) == 4
        assert len({named(figure, f"median: {name}").get_marker() for name in groups}) == 4
        assert lines[3].get_color() == GREY
        assert "few cases" in " ".join(texts(figure))
    assert "D (few cases)" in chart.alt


def test_of_more_than_four_groups_the_largest_are_drawn() -> None:
    groups = {f"G{size}": days(10 + size, 1, 9) for size in range(6)}
    chart = curve_chart(curves(groups))
    assert chart.caption == "The chart shows the 4 largest of 6 groups."
    gids = [artist.get_gid() for artist in chart.figure.axes[0].lines]
    assert [gid for gid in gids if str(gid).startswith("curve")] == [
        f"curve: G{size}" for size in (2, 3, 4, 5)
    ]
    assert set(chart.data["Group"]) == set(groups)


def test_hidden_groups_have_no_curve_and_their_reason_in_words() -> None:
    frame = curves({"A": QUICK, "B": SLOW})
    frame["reason"] = np.where(frame["group"] == "B", "hidden: fewer than 11", "")
    frame.loc[frame["group"] == "B", ["at_risk", "value", "low", "high", "N"]] = float("nan")
    chart = curve_chart(frame)
    assert chart.title.startswith("A: half of 35 missed calls")
    assert chart.caption == "B: hidden: fewer than 11."
    assert "B: hidden: fewer than 11." in chart.alt
    assert chart.data.iloc[-1].tolist() == ["B", "", "", "hidden: fewer than 11"]
    gone = curve_chart(frame[frame["group"] == "B"])
    assert gone.title == "How long it took until a completed call is hidden"


def test_all_open_and_all_at_once() -> None:
    still = curve_chart(curves({"all": ([20.0] * 12, [False] * 12)}))
    assert still.title == (
        "Of 12 missed calls, fewer than half came to a completed call so far as can be seen"
    )
    assert {y for _, y in steps_of(named(still.figure, "curve: All missed calls"))} == {0}
    at_once = curve_chart(curves({"all": ([0.0] * 12, [True] * 12)}))
    assert at_once.html() and texts_overlap(at_once) == []


@pytest.mark.parametrize("groups", [2, 3, 4])
def test_long_names_and_alike_curves_stay_apart(groups: int) -> None:
    names = [f"A training provider with a rather long name $ {number}" for number in range(groups)]
    chart = curve_chart(curves(dict.fromkeys(names, QUICK)), synthetic=True)
    assert texts_overlap(chart) == []


def test_numbers_too_wide_to_stand_side_by_side_are_left_to_the_table() -> None:
    frame = curves({"A": QUICK, "B": SLOW})
    frame[["at_risk", "N"]] += 12_345
    chart = curve_chart(frame)
    assert texts_overlap(chart) == []
    assert "12,380" in texts(chart.narrow) and "12,380" in chart.alt
