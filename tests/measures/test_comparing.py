"""Signals against textbooks, differences against Newcombe's paper and statsmodels."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from interview_coach.errors import KitError
from interview_coach.measures import differences, newcombe, signals


def rates(n: list[int], total: list[int]) -> pd.DataFrame:
    hits, of = np.array(n), np.array(total)
    with np.errstate(invalid="ignore"):
        value = hits / of
    groups = [f"{place + 1}" for place in range(len(n))]
    return pd.DataFrame({"measure": "m", "group": groups, "n": hits, "N": of, "value": value})


# Purchase orders with a fault, of all orders of the week: D. C. Montgomery, "Introduction to
# Statistical Quality Control" (6th edition, 2009), table 7.4, a p-chart with variable limits.
FAULTY = [12, 8, 6, 9, 10, 12, 11, 16, 10, 6, 20, 15, 9, 8, 6, 8, 10, 7, 5, 8, 5, 8, 10, 6, 9]
ORDERS = [100, 80, 80, 100, 110, 110, 100, 100, 90, 90, 110, 120, 120, 120, 110]
ORDERS += [80, 80, 80, 90, 100, 100, 100, 100, 90, 90]


def test_a_textbook_chart_with_limits_that_vary() -> None:
    chart = signals(rates(FAULTY, ORDERS))
    # Published there: centre 0.096 (234 of 2,450); 0.096 +- 3 * sqrt(0.096 * 0.904 / n).
    assert (sum(FAULTY), sum(ORDERS)) == (234, 2450)
    assert chart["overall"].iloc[0] == pytest.approx(0.0955, abs=5e-5)
    upper = dict(zip(ORDERS, chart["noise_high"].round(3), strict=True))
    lower = dict(zip(ORDERS, chart["noise_low"].round(3), strict=True))
    assert upper == {80: 0.194, 90: 0.188, 100: 0.184, 110: 0.18, 120: 0.176}
    assert lower == {80: 0.0, 90: 0.003, 100: 0.007, 110: 0.011, 120: 0.015}
    # And the only point outside is that of sample 11: 20 of 110, 0.182.
    assert chart.loc[chart["signal"] == "above", "group"].tolist() == ["11"]
    assert (chart["signal"] == "below").sum() == 0


def test_the_limits_of_the_nist_handbook() -> None:
    # NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.3.2: thirty wafers of fifty chips, 0.2313
    # on average; limits 0.0524 and 0.4102. Also Montgomery's table 7.1: 347 of 1,500.
    chart = signals(rates([347], [1500]).assign(n=[347]))
    reach = 3 * np.sqrt(chart["overall"].iloc[0] * (1 - chart["overall"].iloc[0]) / 50)
    fifty = signals(pd.concat([rates([12], [50]), rates([335], [1450])], ignore_index=True))
    assert fifty["noise_low"].iloc[0].round(4) == 0.0524
    assert fifty["noise_high"].iloc[0].round(4) == 0.4102
    assert reach == pytest.approx(0.1789, abs=5e-5)


def test_what_a_signal_says() -> None:
    # Overall 300 of 1,000. Three sigma for 100 is 0.137, for 9 it is 0.458; nine never are a signal.
    chart = signals(rates([45, 10, 30, 9, 206, 0], [100, 100, 100, 9, 691, 0]))
    assert chart["signal"].tolist() == [
        "above",
        "below",
        "ordinary noise",
        "few cases",
        "ordinary noise",
        "few cases",
    ]


# Table II of R. G. Newcombe, Statistics in Medicine 17 (1998), 873-890, method 10.
PUBLISHED = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1611, 0.2775),
    (0, 10, 0, 10, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0),
    (10, 10, 0, 10, 0.6075, 1.0),
]


@pytest.mark.parametrize(("n1", "total1", "n2", "total2", "low", "high"), PUBLISHED)
def test_newcombes_own_examples(
    n1: int, total1: int, n2: int, total2: int, low: float, high: float
) -> None:
    found = newcombe(n1, total1, n2, total2)
    assert [round(float(end), 4) for end in found] == [low, high]
    models = confint_proportions_2indep(n1, total1, n2, total2, compare="diff", method="newcomb")
    assert list(found) == pytest.approx(list(models), abs=1e-9)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50)), min_size=2, max_size=2))
def test_the_difference_lies_inside_and_turns_round(pairs: list[tuple[int, int]]) -> None:
    (n1, more1), (n2, more2) = pairs
    low, high = newcombe(n1, n1 + more1, n2, n2 + more2)
    assert -1 <= low <= n1 / (n1 + more1) - n2 / (n2 + more2) <= high <= 1
    turned = newcombe(n2, n2 + more2, n1, n1 + more1)
    assert [-high, -low] == pytest.approx(list(turned), abs=1e-12)


def test_every_two_groups() -> None:
    found = differences(rates([56, 48, 0], [70, 80, 0]))
    assert list(zip(found["group"], found["against"], strict=True)) == [
        ("1", "2"),
        ("1", "3"),
        ("2", "3"),
    ]
    assert found["compared"].tolist() == [3, 3, 3]
    first = found.iloc[0]
    # 0.8 - 0.6; Newcombe's first example.
    assert first[["n", "N", "n_against", "N_against"]].tolist() == [56, 70, 48, 80]
    assert first["value"] == pytest.approx(0.2)
    assert (round(first["low"], 4), round(first["high"], 4)) == (0.0524, 0.3339)
    assert found[["value", "low", "high"]].iloc[1:].isna().all(axis=None)


def test_all_groups_against_one() -> None:
    found = differences(rates([1, 2, 3], [10, 10, 10]), against="2")
    assert found["group"].tolist() == ["1", "3"]
    assert found["value"].tolist() == pytest.approx([-0.1, 0.1])


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_to_compare(count: int) -> None:
    assert differences(rates([1] * count, [2] * count)).empty


def test_a_group_that_is_none() -> None:
    with pytest.raises(KitError) as caught:
        differences(rates([1, 2], [3, 4]), against="Winter")
    assert str(caught.value) == "There is no group 'Winter' to compare with; there are: 1, 2."
