"""Kaplan-Meier: by hand, a published example, SciPy and statsmodels."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf
from statsmodels.duration.survfunc import SurvfuncRight

from interview_coach.measures import kaplan_meier, median_time, time_to_reconnection
from tests.measures.hand import AS_OF, STORIES


def test_by_hand() -> None:
    # Nine misses (G and H left out), all watched for a day: 4,320 5,760 10,080 20,160 completed; 1,560 8,760 36,120 37,560
    # 39,000 open. At 4,320 eight are watched: 7/8; at 5,760 seven: x 6/7 = 3/4; at 10,080 five:
    # x 4/5 = 3/5; at 20,160 four: x 3/4 = 9/20. After 30 days (43,200) nobody is watched any more.
    curve = time_to_reconnection(STORIES, as_of=AS_OF)
    assert curve["minutes"].tolist() == [0, 1440, 4320, 5760, 10080, 20160, 43200]
    assert curve["at_risk"].tolist() == [9, 9, 8, 7, 5, 4, 0]
    assert curve["events"].tolist() == [0, 0, 1, 1, 1, 1, 0]
    assert curve["value"].tolist()[:-1] == pytest.approx([1, 1, 0.875, 0.75, 0.6, 0.45])
    assert math.isnan(curve["value"].iloc[-1])
    assert curve["N"].unique().tolist() == [9]
    assert curve["left_out"].unique().tolist() == [2]
    assert median_time(curve)[0] == 20160


# Weeks in remission of 21 children on 6-mercaptopurine, 1 where they relapsed: E. J. Freireich and
# others, Blood 21 (1963), 699-716.
WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
# The curve as tabulated in D. G. Kleinbaum and M. Klein, "Survival Analysis" (2012), chapter 2.
PUBLISHED = {
    6: (21, 3, 0.8571),
    7: (17, 1, 0.8067),
    10: (15, 1, 0.7529),
    13: (12, 1, 0.6902),
    16: (11, 1, 0.6275),
    22: (7, 1, 0.5378),
    23: (6, 1, 0.4482),
}


def test_the_published_example() -> None:
    curve = kaplan_meier(WEEKS, RELAPSED)[1:]
    found = {
        int(row["minutes"]): (int(row["at_risk"]), int(row["events"]), round(row["value"], 4))
        for row in curve.to_dict("records")
    }
    assert found == PUBLISHED
    # The median is published there as 23 weeks.
    assert median_time(curve)[0] == 23


def against_scipy(minutes: list[int], happened: list[bool], confidence: float) -> None:
    times, events = np.array(minutes), np.array(happened, dtype=bool)
    curve = kaplan_meier(times, events, confidence=confidence)
    sf = ecdf(CensoredData(times[events], right=times[~events])).sf
    with np.errstate(all="ignore"):
        band = sf.confidence_interval(confidence, method="log-log")
    seen = curve[curve["events"] > 0]
    place = np.searchsorted(sf.quantiles, seen["minutes"])
    assert seen["value"].to_numpy() == pytest.approx(sf.probabilities[place], abs=1e-12)
    open_still = seen["value"].to_numpy() > 0
    for ours, theirs in (("low", band.low), ("high", band.high)):
        expected = theirs.probabilities[place][open_still]
        assert seen[ours].to_numpy()[open_still] == pytest.approx(expected, abs=1e-9)


@pytest.mark.filterwarnings("ignore:The confidence interval is undefined:RuntimeWarning")
@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
def test_same_as_scipy(confidence: float) -> None:
    against_scipy(WEEKS, [bool(one) for one in RELAPSED], confidence)
    random = np.random.default_rng(1)
    watched = random.integers(1, 20_000, 3000)
    against_scipy(watched.tolist(), (random.random(3000) < 0.6).tolist(), confidence)


def test_same_as_statsmodels() -> None:
    models = SurvfuncRight(WEEKS, RELAPSED)
    curve = kaplan_meier(WEEKS, RELAPSED)[1:]
    assert curve["minutes"].tolist() == models.surv_times.tolist()
    assert curve["value"].to_numpy() == pytest.approx(models.surv_prob, abs=1e-12)
    assert curve["at_risk"].tolist() == models.n_risk.tolist()


@settings(max_examples=60, deadline=None)
@given(
    cases=st.lists(st.tuples(st.integers(0, 50), st.booleans()), max_size=60),
    at=st.lists(st.integers(0, 60), max_size=4),
)
def test_what_always_holds(cases: list[tuple[int, bool]], at: list[int]) -> None:
    watched = [minute for minute, _ in cases]
    curve = kaplan_meier(watched, [happened for _, happened in cases], at=at)
    assert set(at) <= set(curve["minutes"])
    for row in curve.to_dict("records"):
        assert row["at_risk"] == sum(minute >= row["minutes"] for minute in watched)
        if not math.isnan(row["low"]):
            assert 0 <= row["low"] <= row["value"] <= row["high"] <= 1
    known = curve["value"].dropna()
    assert known.is_monotonic_decreasing


def test_a_band_begins_with_the_first_event() -> None:
    curve = kaplan_meier([5, 9], [False, True])
    assert curve[["value", "low"]].iloc[0].tolist() == [1, 1]
    # The last case ends it: nothing is open, and there is no band around nothing.
    assert curve["value"].iloc[-1] == 0
    assert math.isnan(curve["low"].iloc[-1])


def test_nothing_to_draw() -> None:
    curve = time_to_reconnection(STORIES[:0], as_of=AS_OF)
    assert curve["at_risk"].tolist() == [0] * 6
    assert time_to_reconnection(STORIES[:0], "cohort", as_of=AS_OF).empty
    assert all(math.isnan(one) for one in median_time(curve))


def test_a_time_below_nothing_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="from 0 up"):
        kaplan_meier([-1], [True])
