"""Rows that must not be shown: their reason stands in place of the mark, and nothing gives them away."""

import re

import pytest

from interview_coach.charts import rate_by_group, rate_by_month
from tests.charts.reading import drawn, hide, points, rates, texts, texts_overlap

FEWER, OTHERS = "hidden: fewer than 11", "hidden: could be worked out from the others"
FOUR = {"Spring": (9, 42), "Summer": (30, 60), "Autumn": (3, 40), "Winter": (20, 50)}
WHY = {"Winter": OTHERS, "Autumn": FEWER}


def test_the_reason_stands_where_the_mark_would_be() -> None:
    chart = rate_by_group(hide(rates(FOUR, noise=False), WHY))
    for figure in (chart.figure, chart.narrow):
        assert [value for value, _ in points(figure, "rate")] == [0.5, 9 / 42]
        found = [text for axes in figure.axes for text in axes.texts]
        at = {text.get_text(): text.get_position()[1] for text in found}
        assert at["Summer"] < at["Spring"] < at["Autumn"] < at["Winter"], "hidden last, by name"
    wide = {text.get_text(): text.get_position()[1] for text in chart.figure.axes[0].texts}
    assert (wide[FEWER], wide[OTHERS]) == (wide["Autumn"], wide["Winter"])


def test_table_and_alt_text_have_the_reason_and_no_number() -> None:
    chart = rate_by_group(hide(rates(FOUR, noise=False), WHY), thing="season")
    assert chart.data.iloc[2].tolist() == ["Autumn", "", "", FEWER, ""]
    assert f"Autumn: {FEWER}; Winter: {OTHERS}." in chart.alt
    assert not re.search(r"\b(3 of 40|20 of 50)\b", chart.html())
    assert (
        chart.title == "Of the 2 seasons shown, from 21% (Spring) to 50% (Summer) of calls missed"
    )


def test_what_stands_in_place_does_not_depend_on_what_is_hidden() -> None:
    other = {**FOUR, "Autumn": (40, 40), "Winter": (0, 900)}
    one, two = (rate_by_group(hide(rates(counts, noise=False), WHY)) for counts in (FOUR, other))
    assert one.html() == two.html()


def test_limits_that_would_tell_the_sum_are_not_drawn() -> None:
    chart = rate_by_group(hide(rates(FOUR), WHY))
    assert not drawn(chart.figure, "noise") and not drawn(chart.figure, "overall")
    assert "overall" not in chart.alt + " ".join(texts(chart.figure))


def test_limits_around_a_rate_that_is_told_anyway_are_drawn_for_what_is_shown() -> None:
    chart = rate_by_group(hide(rates(FOUR), WHY), published=True)
    assert len(drawn(chart.figure, "noise")[0].get_paths()) == 2
    assert drawn(chart.figure, "overall")
    assert re.search(r"shown stand", chart.title)


@pytest.mark.parametrize(
    ("why", "says"),
    [
        (dict.fromkeys(FOUR, FEWER), "All 4 groups are hidden"),
        (
            dict.fromkeys(list(FOUR)[1:], FEWER),
            "Spring: 9 of 42 calls were missed (21%, between 12% and 36%); 3 other groups are hidden",
        ),
    ],
)
def test_titles_say_no_more_than_is_shown(why: dict[str, str], says: str) -> None:
    chart = rate_by_group(hide(rates(FOUR, noise=False), why))
    assert chart.title == says
    assert texts_overlap(chart) == []


def test_a_single_hidden_row() -> None:
    chart = rate_by_group(hide(rates({"A": (9, 42)}, noise=False), {"A": FEWER}))
    assert chart.title == "The only group is hidden"
    assert FEWER in texts(chart.narrow)


def test_a_missing_number_without_a_reason_is_told_too() -> None:
    frame = rates(FOUR, noise=False)
    frame.loc[0, ["value", "low", "high"]] = float("nan")
    chart = rate_by_group(frame)
    assert "Spring: no figure" in chart.alt
    assert chart.data.iloc[0].tolist() == ["Spring", "", "", "no figure", ""]


MONTHS = {"2026-01": (5, 20), "2026-02": (4, 20), "2026-03": (3, 20), "2026-05": (6, 20)}


def test_over_time_a_hidden_period_is_a_mark_on_the_axis_a_shape_for_each_reason() -> None:
    chart = rate_by_month(hide(rates(MONTHS), {"2026-02": FEWER, "2026-03": OTHERS}))
    first = points(chart.figure, "rate")[0][0]
    crosses = drawn(chart.figure, "hidden")
    assert [(x - first, y) for line in crosses for x, y in line.get_xydata()] == [(1, 0), (2, 0)]
    assert len({line.get_marker() for line in crosses}) == 2
    key = " ".join(texts(chart.figure))
    assert "Hidden: fewer than 11 (cross)." in key
    assert "could be worked out from the others (plus sign)." in key
    assert f"Feb 2026: {FEWER}" in chart.alt
    assert (
        chart.title
        == "Of the 2 months shown, from 25% (Jan 2026) to 30% (May 2026) of calls missed"
    )
    assert texts_overlap(chart) == []


def test_on_a_narrow_sheet_hidden_periods_stay_at_their_time() -> None:
    narrow = rate_by_month(hide(rates(MONTHS), {"2026-02": FEWER})).narrow
    at = {text.get_text(): text.get_position()[1] for text in narrow.axes[0].texts}
    assert at["Jan 2026"] < at["Feb 2026"] < at[FEWER] < at["Mar 2026"]


def test_many_hidden_rows_are_told_in_the_caption() -> None:
    counts = {f"G{number:03}": (5, 20) for number in range(100)}
    why = {name: FEWER for name in counts if name >= "G030"}
    chart = rate_by_group(hide(rates(counts, noise=False), why))
    assert chart.caption == "60 hidden groups more in the table only."
    assert texts(chart.figure).count(FEWER) == 10
    assert len(chart.data) == 100


def test_a_long_reason_is_broken_into_lines() -> None:
    why = "hidden: " + "so that no one can be found out from the sums of the rest " * 2
    chart = rate_by_group(hide(rates(FOUR, noise=False), {"Winter": why, "Autumn": why}))
    assert texts_overlap(chart) == []
