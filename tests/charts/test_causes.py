"""Causes: what is known first, what is not in grey, and a title that follows the counts."""

import pytest

from interview_coach.charts import causes_chart
from interview_coach.charts.paper import GREY
from tests.charts.reading import drawn, hide, points, rates, texts_overlap

SOME = {"overran": (9, 42), "travel": (4, 42), "unknown": (12, 42), "not recorded": (15, 42)}


def test_known_causes_come_first_and_the_rest_is_grey_with_a_shape_of_its_own() -> None:
    chart = causes_chart(rates(SOME, noise=False))
    known, rest = points(chart.figure, "rate"), points(chart.figure, "not known")
    assert [value for value, _ in known] == [9 / 42, 4 / 42]
    assert [value for value, _ in rest] == [12 / 42, 15 / 42]
    assert max(down for _, down in known) < min(down for _, down in rest)
    (line,), (mark,) = drawn(chart.figure, "not known"), drawn(chart.figure, "rate")
    assert line.get_color() == GREY
    assert line.get_marker() != mark.get_marker()


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ({}, "No calls to count yet"),
        ({"overran": (0, 0)}, "No calls to count yet"),
        ({"overran": (0, 42)}, "None of 42 calls missed"),
        (
            SOME,
            "Most frequent known cause: overran, 9 of 42 calls missed (21%, between 12% and 36%)",
        ),
        (
            {"overran": (9, 42), "travel": (9, 42), "other": (1, 42)},
            "Most frequent known causes: overran and travel, 9 of 42 calls missed each (21%, between "
            "12% and 36%)",
        ),
        (
            {"overran": (2, 7), "travel": (1, 7)},
            "Few cases: most frequent known cause: overran, 2 of 7 calls missed (29%, between 8% and "
            "64%)",
        ),
        (
            {"unknown": (9, 42), "not recorded": (3, 42)},
            "No cause is known yet of the calls missed",
        ),
    ],
)
def test_the_title_says_what_the_numbers_say(counts: dict[str, tuple[int, int]], says: str) -> None:
    chart = causes_chart(rates(counts, noise=False))
    assert chart.title == says
    assert texts_overlap(chart) == []


def test_a_hidden_cause_may_be_the_most_frequent_one_so_the_title_is_of_those_shown() -> None:
    why = "hidden: could be worked out from the others"
    chart = causes_chart(hide(rates(SOME, noise=False), {"overran": why}))
    assert chart.title == (
        "Most frequent known cause shown: travel, 4 of 42 calls missed (10%, between 4% and 22%)"
    )
    every = causes_chart(hide(rates(SOME, noise=False), dict.fromkeys(SOME, why)))
    assert every.title == "All 4 causes are hidden"


def test_parties_and_their_names() -> None:
    frame = rates({"technical": (9, 42), "candidate": (9, 42)}, noise=False)
    chart = causes_chart(frame, thing="party", labels=lambda code: f"the {code}")
    assert chart.title.startswith("Most frequent known parties: the technical and the candidate, 9")
    assert chart.alt.startswith("Chart of 2 parties.")


def test_what_the_kit_calls_a_cause_begins_small_in_the_title_and_what_was_typed_stays() -> None:
    words = {"forgot": "Forgotten", "travel": "Held up on the way"}
    counts = {"travel": (9, 42), "forgot": (9, 42), "Letter lost": (9, 42)}
    chart = causes_chart(rates(counts, noise=False), labels=lambda one: words.get(one, str(one)))
    assert chart.title.startswith(
        "Most frequent known causes: held up on the way, forgotten and Letter lost, 9 of 42"
    )
