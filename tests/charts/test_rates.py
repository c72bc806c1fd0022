"""What the charts draw and say, read from the drawn data, not from pixels."""

import math
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from interview_coach.charts import rate_by_group, rate_by_month
from interview_coach.charts.paper import text_width, wrapped
from interview_coach.charts.periods import period_of, ticks
from interview_coach.errors import KitError
from interview_coach.measures import missed_call_rate, ordinary_noise
from interview_coach.measures.intervals import wilson
from tests.calls_frames import calls_frame, many_calls
from tests.charts.reading import drawn, points, rates, texts, texts_overlap

THREE = {"Spring": (9, 42), "Summer": (30, 60), "Autumn": (1, 4)}


def test_rows_are_sorted_and_few_cases_come_last() -> None:
    figure = rate_by_group(rates(THREE)).figure
    (summer, spring) = points(figure, "rate")
    (autumn,) = points(figure, "few cases")
    assert (summer[0], spring[0], autumn[0]) == (30 / 60, 9 / 42, 1 / 4)
    assert summer[1] < spring[1] < autumn[1], "down the page"


def test_intervals_are_drawn_from_end_to_end() -> None:
    chart = rate_by_group(rates(THREE))
    for figure in (chart.figure, chart.narrow):
        (lines,) = drawn(figure, "rate: interval")
        low, high = wilson([30, 9], [60, 42])
        ends = np.array([segment[:, 0] for segment in lines.get_segments()])
        assert ends.tolist() == np.column_stack([low, high]).tolist()


def test_counts_stand_at_the_mark_and_a_dollar_is_no_formula() -> None:
    figure = rate_by_group(rates({"$a$ & <b>": (9, 42), "B": (1, 12)})).figure
    assert {"9 of 42", "1 of 12", "$a$ & <b>"} <= set(texts(figure))


def test_months_stand_at_their_place_in_time() -> None:
    figure = rate_by_month(
        rates({"2026-01": (5, 20), "2026-02": (4, 20), "2026-05": (6, 20)})
    ).figure
    first = points(figure, "rate")[0][0]
    assert [(x - first, y) for x, y in points(figure, "rate")] == [(0, 0.25), (1, 0.2), (4, 0.3)]
    (line,) = drawn(figure, "overall")
    assert set(line.get_ydata()) == {15 / 60}


def test_what_stands_out_has_its_own_shape_and_title() -> None:
    chart = rate_by_month(rates({"2026-01": (28, 100), "2026-02": (50, 100), "2026-03": (27, 100)}))
    assert chart.title == "Feb 2026 stands out: 50% of calls missed, 35% overall"
    assert [y for _, y in points(chart.figure, "outside ordinary noise")] == [0.5]


@pytest.mark.parametrize(
    ("counts", "noise", "says"),
    [
        ({}, True, "No calls to count yet"),
        ({"A": (0, 0)}, True, "No calls to count yet"),
        ({"A": (9, 42)}, True, "A: 9 of 42 calls were missed (21%, between 12% and 36%)"),
        ({"A": (1, 4), "B": (2, 9)}, True, "Too few calls in every group to compare"),
        (
            {"A": (9, 42), "B": (2, 9)},
            True,
            "Only one group has 10 calls or more: too few to compare",
        ),
        (
            {"A": (9, 42), "B": (20, 80)},
            True,
            "Neither of the 2 groups stands out: 24% of calls missed overall",
        ),
        (
            {"A": (9, 42), "B": (20, 80), "C": (1, 3), "not recorded": (4, 20)},
            True,
            "Neither of the 2 groups with 10 calls or more stands out: 23% of calls missed overall",
        ),
        (
            {"A": (10, 100), "B": (90, 100), "C": (50, 100)},
            True,
            "2 of the 3 groups stand out from the overall 50% of calls missed",
        ),
        ({"A": (10, 100), "B": (90, 100)}, False, "From 10% (A) to 90% (B) of calls missed"),
    ],
)
def test_the_title_says_what_the_numbers_say(
    counts: dict[str, tuple[int, int]], noise: bool, says: str
) -> None:
    assert rate_by_group(rates(counts, noise=noise)).title == says


def test_alt_text_and_table_hold_the_numbers() -> None:
    chart = rate_by_group(rates(THREE), thing="season", synthetic=True)
    assert chart.alt == (
        "Chart of 3 seasons. Neither of the 2 seasons with 10 calls or more stands out: 38% of calls "
        "missed overall. Synthetic data. Summer: 30 of 60 (50%, between 38% and 62%); Spring: 9 of "
        "42 (21%, between 12% and 36%); Autumn: 1 of 4 (few cases: 25%, between 5% and 70%)."
    )
    assert list(chart.data.columns) == ["Season", "Missed", "Of calls", "Rate", "95% interval"]
    assert chart.data.iloc[2].tolist() == ["Autumn", "1", "4", "few cases: 25%", "5% to 70%"]


def test_synthetic_data_is_labelled_in_the_figure() -> None:
    assert "Synthetic data" in texts(rate_by_group(rates(THREE), synthetic=True).narrow)
    assert "Synthetic data" not in texts(rate_by_group(rates(THREE)).figure)


def test_doubtful_dates_are_told_not_drawn() -> None:
    chart = rate_by_month(rates({"2026-01": (9, 42), "date in doubt": (2, 7)}))
    assert chart.caption == "7 calls have dates in doubt and so no month: 2 of 7 missed."
    assert len(points(chart.figure, "rate")) == 1
    assert chart.data.iloc[1, 0] == "date in doubt"


def test_html_is_escaped_and_asks_for_nothing_outside() -> None:
    html = rate_by_group(rates({'<img src=x onerror="x()">': (9, 42), "B": (3, 20)})).html()
    assert "<img src=x" not in html and "&lt;img src=x" in html
    assert re.search(r'<img src="data:image/svg\+xml;base64,[^"]+" alt="Chart of 2 groups', html)
    assert "http" not in re.sub(r'"data:[^"]*"', "", html)
    assert html.count("<tr>") == 3


def test_a_thousand_groups_show_the_largest() -> None:
    counts = {f"G{number}": (1, 1 + number) for number in range(1, 1001)}
    chart = rate_by_group(rates(counts), thing="employer")
    assert chart.caption == "The chart shows the 40 largest of 1,000 employers."
    assert len(chart.data) == 1000
    assert len(points(chart.figure, "rate") + points(chart.figure, "outside ordinary noise")) == 40


LONG = "A training provider with a rather long name $5"


@pytest.mark.parametrize("groups", [1, 2, 8, 30])
def test_no_text_of_groups_overlaps_or_is_cut(groups: int) -> None:
    calls = many_calls(groups * 25, groups=groups, seed=groups)
    calls["cohort"] = calls["cohort"] + " " + LONG[: 33 - len(str(groups))]
    chart = rate_by_group(ordinary_noise(missed_call_rate(calls, "cohort")), synthetic=True)
    assert texts_overlap(chart) == []


@pytest.mark.parametrize("months", [1, 2, 12, 36])
def test_no_text_of_months_overlaps_or_is_cut(months: int) -> None:
    calls = many_calls(months * 60, months=months, seed=months)
    chart = rate_by_month(ordinary_noise(missed_call_rate(calls, "month")))
    assert texts_overlap(chart) == []


@pytest.mark.parametrize("by", ["week", "quarter"])
def test_weeks_and_quarters(by: str) -> None:
    calls = many_calls(900, months=30)
    chart = rate_by_month(ordinary_noise(missed_call_rate(calls, by)))
    assert by in chart.title
    assert texts_overlap(chart) == []


def test_nothing_at_all() -> None:
    for chart in (
        rate_by_group(missed_call_rate(calls_frame([]), "cohort")),
        rate_by_month(missed_call_rate(calls_frame([]), "month")),
    ):
        assert chart.title == "No calls to count yet"
        assert "<figure" in chart.html()


def test_periods_are_read_and_written() -> None:
    assert [period_of(p).words for p in ("2026-03", "2026-Q1", "2026-W01")] == [
        "Mar 2026",
        "Q1 2026",
        "W1 2026",
    ]
    assert period_of("2026-01").number - period_of("2025-12").number == 1
    assert period_of("2026-W01").number - period_of("2025-W52").number == 1
    for wrong in ("2026-13", "soon", "2026-W60", "0000-01"):
        with pytest.raises(KitError) as caught:
            period_of(wrong)
        assert str(caught.value) == f"'{wrong}' is no month, quarter or week; write it as 2026-03."


def test_ticks_say_each_year_once() -> None:
    first = period_of("2025-06").number
    assert ticks("month", first, first + 13, 6) == [
        (first + 1, "Jul\n2025"),
        (first + 4, "Oct"),
        (first + 7, "Jan\n2026"),
        (first + 10, "Apr"),
        (first + 13, "Jul"),
    ]


def test_saving(tmp_path: Path) -> None:
    chart = rate_by_group(rates(THREE))
    assert chart.save(tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    first = chart.save(tmp_path / "a.svg").read_bytes()
    assert rate_by_group(rates(THREE)).save(tmp_path / "b.svg").read_bytes() == first
    with pytest.raises(KitError) as caught:
        chart.save(tmp_path / "a.gif")
    assert str(caught.value) == (
        "A chart cannot be saved as 'a.gif'; end the name in .svg, .png or .pdf."
    )
    with pytest.raises(KitError, match="could not be written"):
        chart.save(tmp_path / "nowhere" / "a.png")


def test_a_frame_without_its_columns() -> None:
    with pytest.raises(KitError) as caught:
        rate_by_group(pd.DataFrame({"group": ["A"]}))
    assert str(caught.value) == (
        "A chart of rates needs the column 'n'; give it the frame that a measure returns."
    )


def test_names_of_any_script_and_size() -> None:
    chart = rate_by_group(rates({"面接コーチ" * 8: (3, 20), "w" * 200: (4, 20), "": (1, 20)}))
    assert chart.html() and not math.isnan(text_width("w"))
    assert all(text_width(line) <= 100 for line in wrapped("w" * 200, 100))


def test_of_two_it_says_both_and_neither() -> None:
    limits = pd.DataFrame(
        {
            "group": ["A", "B"],
            "n": [1, 9],
            "N": [10, 10],
            "value": [0.1, 0.9],
            "low": [0.0, 0.6],
            "high": [0.4, 1.0],
            "noise_low": 0.4,
            "noise_high": 0.6,
            "overall": 0.5,
        }
    )
    assert (
        rate_by_group(limits).title == "Both groups stand out from the overall 50% of calls missed"
    )
    hidden = rate_by_group(limits.assign(reason="fewer than 5 calls"))
    assert hidden.title == "Both groups are hidden"


def test_no_line_or_band_runs_through_the_counts() -> None:
    months = rates({"2026-01": (12, 89), "2026-02": (31, 105), "2026-03": (3, 9)})
    by_group, by_month = rate_by_group(months), rate_by_month(months)
    ends = max(months["high"].max(), months["noise_high"].max())
    for figure in (by_group.figure, by_group.narrow, by_month.narrow, by_month.figure):
        counts = [one for one in figure.axes[0].texts if re.search("[0-9](/| of )", one.get_text())]
        assert len(counts) == 3
        for one in counts:
            edges = one.get_window_extent().transformed(figure.axes[0].transData.inverted())
            assert (edges.y0 if "/" in one.get_text() else edges.x0) > ends
