"""Two periods side by side: both rates at their place, and words that the interval bears."""

import pytest

from interview_coach.charts import comparison_chart
from interview_coach.charts.paper import GREY
from interview_coach.errors import KitError
from interview_coach.measures.intervals import wilson
from tests.charts.reading import hide, named, pairs, texts, texts_overlap

DOWN, SAME = ("Missed calls", 60, 240, 80, 230), ("Moved", 50, 180, 45, 170)
UP, FEW = ("Recovered", 40, 60, 20, 60), ("Same day", 2, 5, 30, 60)
NONE = ("Outcome known", 0, 0, 4, 20)


def test_both_rates_stand_at_their_place_in_shapes_of_their_own() -> None:
    chart = comparison_chart(pairs(DOWN, SAME), first="Q2", second="Q1")
    for figure in (chart.figure, chart.narrow):
        one, other = named(figure, "first: Missed calls"), named(figure, "second: Missed calls")
        assert (one.get_xdata()[0], other.get_xdata()[0]) == (60 / 240, 80 / 230)
        assert one.get_marker() != other.get_marker()
        (line,) = named(figure, "second: Missed calls: interval").get_segments()
        low, high = wilson([80], [230])
        assert line[:, 0].tolist() == [low[0], high[0]]
        assert "60 of 240, Q2" in texts(figure) and "80 of 230, Q1" in texts(figure)
    assert texts_overlap(chart) == []


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "Nothing to compare yet between Q2 and Q1"),
        ([NONE], "Nothing to compare yet between Q2 and Q1"),
        ([FEW], "Too few cases to compare Q2 with Q1"),
        ([SAME, FEW], "No difference that can be told between Q2 and Q1"),
        ([DOWN, SAME, FEW], "Missed calls: 10 points lower in Q2 than in Q1"),
        ([UP], "Recovered: 33 points higher in Q2 than in Q1"),
        ([DOWN, UP, FEW], "Both measures differ between Q2 and Q1"),
        ([DOWN, UP, SAME, FEW], "2 of the 3 measures differ between Q2 and Q1"),
    ],
)
def test_the_title_says_what_the_numbers_say(
    rows: list[tuple[str, int, int, int, int]], says: str
) -> None:
    chart = comparison_chart(pairs(*rows), first="Q2", second="Q1", synthetic=True)
    assert chart.title == says
    assert says in chart.alt
    assert texts_overlap(chart) == []


def test_alt_text_and_table_have_the_numbers() -> None:
    chart = comparison_chart(pairs(DOWN, SAME, FEW, NONE), first="Q2", second="Q1")
    assert (
        "Missed calls: Q2 60 of 240 (25%, between 20% and 31%), Q1 80 of 230 (35%, between 29% and "
        "41%); 10 points lower, between 2 points and 18 points;"
    ) in chart.alt
    assert (
        "Moved: " in chart.alt
        and "no difference that can be told: from 8 points lower" in chart.alt
    )
    assert "few cases: no difference that can be told" in chart.alt
    assert chart.data.iloc[3].tolist() == [
        "Outcome known",
        "no cases",
        "4 of 20 (20%, between 8% and 42%)",
        "no cases in one of the two",
    ]
    assert chart.caption == (
        "Of 20 such comparisons about one would seem to differ by chance alone; here there are 3."
    )


def test_few_cases_never_differ_and_are_grey() -> None:
    sure = ("Recovered", 9, 9, 5, 60)
    chart = comparison_chart(pairs(sure, SAME), first="Q2", second="Q1")
    assert chart.title == "No difference that can be told between Q2 and Q1"
    assert named(chart.figure, "first: Recovered").get_color() == GREY
    assert "few cases: " in " ".join(texts(chart.figure))


def test_hidden_rows_have_their_reason_only() -> None:
    why = "hidden: fewer than 11"
    frame = hide(pairs(DOWN, UP), {"Recovered": why}, "name")
    frame.loc[1, ["difference", "difference_low", "difference_high"]] = float("nan")
    chart = comparison_chart(frame, first="Q2", second="Q1")
    assert chart.title == "Missed calls: 10 points lower in Q2 than in Q1"
    assert f"Recovered: {why}." in chart.alt
    assert why in texts(chart.narrow)
    every = comparison_chart(frame[1:], first="Q2", second="Q1")
    assert every.title == "The only measure is hidden"


def test_a_difference_that_is_not_known_is_told() -> None:
    frame = pairs(DOWN).assign(difference=float("nan"))
    chart = comparison_chart(frame, first="Q2", second="Q1")
    assert "Missed calls: no figure" in chart.alt


def test_long_names_have_room_and_a_column_that_lacks_is_named() -> None:
    rows = pairs(("A measure with a rather long name $5 and more", 9, 42, 20, 80), SAME)
    chart = comparison_chart(
        rows, first="Graduates of the long course", second="Returners after a break of years"
    )
    assert texts_overlap(chart) == []
    with pytest.raises(KitError) as caught:
        comparison_chart(rows.drop(columns="N_against"), first="a", second="b")
    assert str(caught.value) == (
        "A chart of two periods needs the column 'N_against'; give it the frame that a measure "
        "returns."
    )
