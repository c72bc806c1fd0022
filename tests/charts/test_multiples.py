"""Small charts on the same scales: their points, their limits, and a title that counts them all."""

import pandas as pd
import pytest

from interview_coach.charts import small_multiples
from interview_coach.errors import KitError
from interview_coach.measures import missed_call_rate, ordinary_noise
from tests.calls_frames import many_calls
from tests.charts.reading import hide, rates, texts, texts_overlap

EVEN = {"2026-01": (10, 40), "2026-02": (12, 40), "2026-03": (11, 40)}
ODD = {"2026-01": (10, 100), "2026-02": (60, 100), "2026-03": (12, 100)}
ONE = {"2026-01": (25, 100), "2026-02": (60, 100), "2026-03": (30, 100)}
FEW = {"2026-01": (1, 4), "2026-03": (2, 5)}


def by_coach(groups: dict[str, dict[str, tuple[int, int]]]) -> pd.DataFrame:
    frames = [rates({})] + [rates(counts).assign(coach=name) for name, counts in groups.items()]
    return pd.concat(frames[1:] or [frames[0].assign(coach=[])]).rename(columns={"group": "month"})


def panel(chart: object, name: str, wide: bool = True) -> dict[str, list[tuple[float, float]]]:
    figure = chart.figure if wide else chart.narrow  # type: ignore[attr-defined]
    (axes,) = [axes for axes in figure.axes if axes.get_gid() == name]
    return {line.get_gid(): [tuple(xy) for xy in line.get_xydata()] for line in axes.lines}


@pytest.mark.parametrize("wide", [True, False])
def test_each_group_has_its_points_its_overall_rate_and_its_signals(wide: bool) -> None:
    chart = small_multiples(by_coach({"Ash": ONE, "Birch": EVEN}), by="coach")
    ash, birch = panel(chart, "Ash", wide), panel(chart, "Birch", wide)
    assert [y for _, y in ash["rate"]] == [0.25, 0.3]
    assert [y for _, y in ash["outside ordinary noise"]] == [0.6]
    assert [y for _, y in birch["rate"]] == [0.25, 0.3, 11 / 40]
    assert (ash["overall"][0][1], birch["overall"][0][1]) == (115 / 300, 33 / 120)
    figure = chart.figure if wide else chart.narrow
    assert len({(axes.get_xlim(), axes.get_ylim()) for axes in figure.axes}) == 1, "same scales"
    assert "60/100" in texts(figure), "what stands out has its counts"
    assert "38%, 115 of 300" in texts(figure)


@pytest.mark.parametrize(
    ("groups", "says"),
    [
        ({}, "No calls to count yet"),
        ({"Ash": {"2026-01": (0, 0)}}, "No calls to count yet"),
        ({"Ash": FEW, "Birch": FEW}, "Too few calls in every month to tell noise from change"),
        ({"Ash": EVEN}, "Ash: no month stands out"),
        ({"Ash": EVEN, "Birch": EVEN}, "No month of the 2 coaches stands out"),
        (
            {"Ash": EVEN, "Birch": EVEN, "Cedar": FEW},
            "No month of the 2 coaches stands out (1 could not be judged)",
        ),
        ({"Ash": EVEN, "Birch": {**EVEN, "2026-04": (39, 40)}}, "Birch: Apr 2026 stands out"),
        ({"Ash": ODD, "Birch": EVEN}, "Ash: 3 months stand out"),
        ({"Ash": ODD, "Birch": ODD}, "6 months stand out, in both coaches"),
    ],
)
def test_the_title_says_what_the_numbers_say(
    groups: dict[str, dict[str, tuple[int, int]]], says: str
) -> None:
    chart = small_multiples(by_coach(groups), by="coach", synthetic=True)
    assert chart.title == says
    assert says in chart.alt
    assert texts_overlap(chart) == []


def test_hidden_months_are_marks_and_nothing_tells_their_sum() -> None:
    why = "hidden: fewer than 11"
    frame = hide(by_coach({"Ash": EVEN}), {"2026-02": why}, "month")
    frame = pd.concat([frame, by_coach({"Birch": EVEN}).assign(reason="")])
    chart = small_multiples(frame, by="coach")
    ash = panel(chart, "Ash")
    first = ash["rate"][0][0]
    assert [(x - first, y) for x, y in ash["hidden"]] == [(1, 0)]
    assert "overall" not in ash and "overall" in panel(chart, "Birch")
    assert "some hidden" in texts(chart.figure) and f"Feb 2026: {why}" in chart.alt
    assert chart.title == "Birch: no month stands out (1 could not be judged)"
    assert chart.data.iloc[1].tolist() == ["Ash", "Feb 2026", "", "", why, ""]
    every = small_multiples(
        hide(by_coach({"Ash": EVEN}), dict.fromkeys(EVEN, why), "month"), by="coach"
    )
    assert every.title == "Calls missed by coach and month, some of them hidden"
    assert texts_overlap(every) == []


def test_up_to_twelve_groups_by_name_and_the_rest_in_the_table() -> None:
    groups = {f"Coach {chr(90 - number)}": EVEN for number in range(15)}
    chart = small_multiples(by_coach(groups), by="coach")
    assert chart.caption == "The chart shows the first 12 of 15 coaches by name."
    assert [axes.get_gid() for axes in chart.figure.axes] == sorted(groups)[:12]
    assert len(chart.data) == 45
    assert texts_overlap(chart) == []


def test_the_log_by_cohort_and_quarter() -> None:
    calls = many_calls(900, months=30)
    frame = missed_call_rate(calls, ["cohort", "quarter"])
    framed = [ordinary_noise(rows) for _, rows in frame.groupby("cohort")]
    chart = small_multiples(
        pd.concat(framed), by="cohort", period="quarter", labels=lambda name: f"{name} of the year"
    )
    doubt = int(frame["N"][frame["quarter"] == "date in doubt"].sum())
    assert chart.caption == f"{doubt} calls have dates in doubt and so no quarter."
    assert "quarter" in chart.title
    for row in frame[frame["quarter"] != "date in doubt"].to_dict("records"):
        assert not row["N"] or f"{row['n']} of {row['N']} (" in chart.alt
    assert texts_overlap(chart) == []
    with pytest.raises(KitError) as caught:
        small_multiples(frame, by="coach", period="quarter")
    assert str(caught.value) == (
        "A chart of small multiples needs the column 'coach'; give it the frame that a measure returns."
    )
