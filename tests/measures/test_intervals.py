"""Wilson's interval against SciPy and statsmodels, and the band of ordinary noise by hand."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from statsmodels.stats.proportion import proportion_confint

from interview_coach.errors import KitError
from interview_coach.measures import ordinary_noise, wilson

CASES = [(0, 1), (1, 1), (9, 42), (0, 42), (42, 42), (3, 10), (783, 1233), (1, 100_000)]


@pytest.mark.parametrize(("n", "total"), CASES)
@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
def test_same_as_scipy_and_statsmodels(n: int, total: int, confidence: float) -> None:
    low, high = wilson(n, total, confidence)
    scipy = binomtest(n, total).proportion_ci(confidence, method="wilson")
    models = proportion_confint(n, total, alpha=1 - confidence, method="wilson")
    assert [low, high] == pytest.approx([scipy.low, scipy.high], abs=1e-12)
    assert [low, high] == pytest.approx(list(models), abs=1e-12)


def test_nine_of_forty_two_by_hand() -> None:
    # p = 9/42 = 0.2143, z = 1.96, z2 = 3.8415: centre (9 + 1.9207) / 45.8415 = 0.23823;
    # half = sqrt(3.8415 * (9 * 33 / 42 + 0.96036)) / 45.8415 = sqrt(30.854) / 45.8415 = 0.12117.
    low, high = wilson(9, 42)
    assert (round(float(low), 4), round(float(high), 4)) == (0.1171, 0.3594)


def test_a_whole_table_at_once_with_nothing_in_a_cell() -> None:
    low, high = wilson([[0, 5], [5, 0]], [[10, 10], [5, 0]])
    assert low.shape == high.shape == (2, 2)
    assert math.isnan(low[1, 1]) and math.isnan(high[1, 1])
    assert low[0, 0] == 0 and high[1, 0] == 1


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.floats(0.01, 0.999))
def test_the_rate_lies_inside(a: int, b: int, confidence: float) -> None:
    n, total = min(a, b), max(a, b)
    low, high = wilson(n, total, confidence)
    if total:
        assert 0 <= low <= n / total <= high <= 1


@pytest.mark.parametrize("confidence", [0, 1, 95, -0.5, math.nan])
def test_a_confidence_that_is_none(confidence: float) -> None:
    with pytest.raises(KitError) as caught:
        wilson(1, 2, confidence)
    assert str(caught.value) == (
        f"The confidence is {confidence}; give a number between 0 and 1, as 0.95."
    )


def test_impossible_counts_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="0 <= n <= N"):
        wilson(3, 2)


def test_ordinary_noise_by_hand() -> None:
    # Overall 30 of 100. For N = 25: 0.3 +- 3 * sqrt(0.3 * 0.7 / 25) = 0.3 +- 0.27495, and for
    # N = 4: 0.3 +- 0.68739, cut at 0.
    rates = pd.DataFrame({"n": [12, 18, 0, 0], "N": [25, 71, 4, 0]})
    noise = ordinary_noise(rates)
    assert noise["overall"].tolist() == [0.3] * 4
    assert noise["noise_low"].round(5).tolist()[:3] == [0.02505, 0.13684, 0]
    assert noise["noise_high"].round(5).tolist()[:3] == [0.57495, 0.46316, 0.98739]
    assert np.isnan(noise["noise_high"][3])


def test_noise_of_nothing() -> None:
    noise = ordinary_noise(pd.DataFrame({"n": [0], "N": [0]}))
    assert noise[["overall", "noise_low", "noise_high"]].isna().all(axis=None)
