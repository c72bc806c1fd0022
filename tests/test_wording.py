"""Words beside a number agree with it, and no digit claims more than the interval supports."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.measures import wilson
from interview_coach.wording import (
    FEW,
    decimals,
    half_sentence,
    percent,
    plural,
    points,
    rate_sentence,
)


def row(n: int, total: int) -> dict[str, float]:
    low, high = wilson(n, total)
    value = n / total if total else math.nan
    return {"n": n, "N": total, "value": value, "low": float(low), "high": float(high)}


@pytest.mark.parametrize(
    ("n", "total", "says"),
    [
        (9, 42, "9 of 42 calls were missed (21%, between 12% and 36%)"),
        (1, 42, "1 of 42 calls was missed (2%, between under 1% and 12%)"),
        (0, 42, "0 of 42 calls were missed (0%, between 0% and 8%)"),
        (1, 1, "1 of 1 call was missed (few cases: 100%, between 21% and 100%)"),
        (3, 9, "3 of 9 calls were missed (few cases: 33%, between 12% and 65%)"),
        (3, 10, "3 of 10 calls were missed (30%, between 11% and 60%)"),
        (450, 1233, "450 of 1,233 calls were missed (36%, between 34% and 39%)"),
        (0, 0, "There are no calls to count yet"),
        (3, 10_000, "3 of 10,000 calls were missed (0.03%, between 0.01% and 0.09%)"),
    ],
)
def test_sentences(n: int, total: int, says: str) -> None:
    assert rate_sentence(row(n, total)) == says


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (0.125, 0, "13%"),
        (0.285, 1, "28.5%"),
        (0.0, 0, "0%"),
        (1.0, 0, "100%"),
        (0.001, 0, "under 1%"),
        (0.999, 0, "over 99%"),
        (0.9999, 1, "over 99.9%"),
        (math.nan, 0, "no figure"),
    ],
)
def test_percentages(value: float, places: int, text: str) -> None:
    assert percent(value, places) == text


@pytest.mark.parametrize(
    ("half_width_in_points", "places"),
    [(12, 0), (1.01, 0), (1, 1), (0.11, 1), (0.1, 2), (0.001, 2)],
)
def test_digits_follow_the_interval(half_width_in_points: float, places: int) -> None:
    assert decimals(0.5 - half_width_in_points / 100, 0.5 + half_width_in_points / 100) == places


@given(st.integers(0, 200_000), st.integers(1, 200_000))
def test_the_sentence_agrees_with_the_number(a: int, b: int) -> None:
    n, total = min(a, b), max(a, b)
    given_row = row(n, total)
    text = rate_sentence(given_row)
    assert text.startswith(f"{n:,} of {total:,} ")
    assert ("few cases" in text) == (total < FEW)
    assert (" was " in text) == (1 in (n, total))
    shown = re.findall(r"(\d+(?:\.\d+)?)%", text)
    half_width = (given_row["high"] - given_row["low"]) * 50
    for number, true in zip(shown, (given_row[k] for k in ("value", "low", "high")), strict=True):
        unit = 10 ** -len(number.partition(".")[2])
        assert abs(float(number) - 100 * true) <= unit + 1e-9
        assert unit >= half_width / 10 - 1e-9 or unit == 1


@pytest.mark.parametrize(
    ("n", "total", "begins"),
    [
        (0, 1, "0 of 1 call was missed"),
        (1, 1, "1 of 1 call was missed"),
        (1, 2, "1 of 2 calls was missed"),
        (0, 2, "0 of 2 calls were missed"),
    ],
)
def test_the_verb_agrees_with_the_count_and_with_a_single_call(
    n: int, total: int, begins: str
) -> None:
    assert rate_sentence(row(n, total)).startswith(begins)


@pytest.mark.parametrize(
    ("total", "days", "says"),
    [
        (0, (math.nan,) * 3, "There are no missed calls to count yet"),
        (
            20,
            (math.nan,) * 3,
            "Of 20 missed calls, fewer than half came to a completed call so far as can be seen",
        ),
        # Rounded up, and the interval outwards: at 14 days it was not yet half.
        (
            20,
            (14.2, 12.6, 15.4),
            "Half of 20 missed calls came to a completed call within 15 days (between 12 days and 16 "
            "days)",
        ),
        (
            9,
            (14.0, 3.0, math.nan),
            "Half of 9 missed calls came to a completed call within 14 days (few cases: 3 days "
            "or more, no upper limit known)",
        ),
        (
            9,
            (14.0, math.nan, math.nan),
            "Half of 9 missed calls came to a completed call within 14 days (few cases: no "
            "interval, as too few were recovered)",
        ),
        (
            20,
            (0.1, 0.1, 0.1),
            "Half of 20 missed calls came to a completed call within 3 hours (between 2 hours and 3 "
            "hours)",
        ),
    ],
)
def test_half_is_said_to_be_within_a_time_that_is_long_enough(
    total: int, days: tuple[float, float, float], says: str
) -> None:
    middle, low, high = (day * 24 * 60 for day in days)
    assert half_sentence(total, middle, low, high) == says


def test_plurals() -> None:
    nouns = ("call", "coach", "party", "day", "class", "box")
    assert [plural(noun) for noun in nouns] == [
        "calls", "coaches", "parties", "days", "classes", "boxes"
    ]  # fmt: skip


def test_points_of_difference_are_never_none_where_there_is_one() -> None:
    assert [
        points(0.001, 0),
        points(0.01, 0),
        points(0.083, 0),
        points(0.0004, 1),
        points(0, 0),
    ] == [
        "under 1 point",
        "1 point",
        "8 points",
        "under 0.1 points",
        "0 points",
    ]
