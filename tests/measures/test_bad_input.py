"""Every measure of poor frames: a small frame that says what is missing, never a fault of the program."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from interview_coach.measures import CATALOGUE, differences, impossible, measured, signals
from tests.calls_frames import calls_frame, many_calls
from tests.measures.hand import AS_OF, STORIES

MEASURES = [name for name, entry in CATALOGUE.items() if entry.of == "calls"]
GROUPS: list[Any] = [None, "cohort", "month", "missed_by", ["cohort", "week"], ["month", "cause"]]

MIXED = [
    {"timezone": zone, "state": "missed", "interview_id": "one", "sequence": place + 1}
    for place, zone in enumerate(["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"])
]
FRAMES: dict[str, pd.DataFrame] = {
    "nothing": calls_frame([]),
    "one row": calls_frame([{}]),
    "one missed": calls_frame([{"state": "missed"}]),
    "all pending": calls_frame([{"state": "pending"}] * 5),
    "all one group": calls_frame([{"cohort": "Spring", "state": "missed"}] * 5),
    "no dates": calls_frame([{"scheduled_at": None, "state": "missed"}] * 3),
    "dates to come": calls_frame([{"scheduled_at": "2199-01-01T10:00Z", "state": "missed"}]),
    "dates long gone": calls_frame([{"scheduled_at": "1800-01-01T10:00Z", "state": "missed"}]),
    "no zone": calls_frame([{"timezone": None, "state": "missed"}, {}]),
    "mixed zones": calls_frame(MIXED),
    "a state of no kind": calls_frame([{"state": None}, {"state": "dreamt"}]),
    "no sequence, no interview": calls_frame([{"interview_id": None, "state": "missed"}] * 2),
    "a thousand groups": many_calls(2500, groups=1000),
}


def options_of(name: str) -> dict[str, Any]:
    return {"as_of": AS_OF} if "as_of" in CATALOGUE[name].options else {}


@pytest.mark.parametrize("by", GROUPS, ids=str)
@pytest.mark.parametrize("what", FRAMES)
def test_every_measure_of_a_poor_frame(what: str, by: Any) -> None:
    calls = FRAMES[what]
    for name in MEASURES:
        found = measured(name, calls, by, **options_of(name))
        assert {"measure", "group", "N", "value", "low", "high"} <= set(found.columns)
        assert found["group"].notna().all()
        known = found["value"].notna()
        assert not np.isinf(found[["value", "low", "high"]].to_numpy(float)).any()
        if by is None:
            assert set(found["group"]) == {"all"}
        if CATALOGUE[name].unit == "rate":
            assert (known == (found["N"] > 0)).all()
            assert (found.loc[known, "low"] <= found.loc[known, "value"]).all()


@pytest.mark.parametrize("name", MEASURES)
def test_a_window_in_which_nothing_was(name: str) -> None:
    found = measured(name, STORIES, start="2030-01-01", end="2030-01-31", **options_of(name))
    assert set(found["N"]) == {0}
    empty = measured(name, STORIES, "cohort", start="2030-01-01", **options_of(name))
    assert empty.empty
    assert list(empty.columns) == list(found.columns)


@pytest.mark.parametrize("what", FRAMES)
def test_signals_and_differences_of_a_poor_frame(what: str) -> None:
    rates = measured("missed_call_rate", FRAMES[what], "month")
    assert len(signals(rates)) == len(rates)
    count = len(rates)
    assert len(differences(rates)) == count * (count - 1) // 2
    odd = impossible(FRAMES[what], as_of=AS_OF)
    assert (odd["n"] <= odd["N"]).all()


def test_groups_of_categories_with_none_in_them() -> None:
    calls = STORIES.assign(
        cohort=pd.Categorical(STORIES["cohort"], ["Winter", "Spring", "Autumn", " Spring "]),
        state=STORIES["state"].astype("category"),
        timezone=STORIES["timezone"].astype("category"),
    )
    for name in MEASURES:
        for by in (None, "cohort", ["cohort", "month"]):
            pd.testing.assert_frame_equal(
                measured(name, calls, by, **options_of(name)),
                measured(name, STORIES, by, **options_of(name)),
            )


def test_many_calls_in_few_days_are_looked_up_and_get_the_same_month() -> None:
    # Four calls for each quarter of an hour and zone: the table pays, also where clocks change.
    random = np.random.default_rng(1)
    zones = ["Europe/London", "America/New_York", "Australia/Lord_Howe"]
    calls = pd.DataFrame(
        {
            "state": "missed",
            "scheduled_at": pd.Timestamp("2026-03-28T20:00Z")
            + pd.to_timedelta(random.integers(0, 8 * 24 * 60, 40_000), unit="min"),
            "timezone": random.choice(zones, 40_000),
        }
    )
    calls.loc[:10, "scheduled_at"] = pd.NaT
    calls.loc[20:30, "timezone"] = None
    for period, written in (("month", "%Y-%m"), ("week", "%G-W%V")):
        expected: dict[str, int] = {}
        for zone, part in calls.dropna().groupby("timezone"):
            labels = part["scheduled_at"].dt.tz_convert(str(zone)).dt.strftime(written)
            for label, many in labels.value_counts().items():
                expected[str(label)] = expected.get(str(label), 0) + int(many)
        expected["date in doubt"] = int(calls.isna().any(axis=1).sum())
        found = measured("missed_call_rate", calls, period)
        assert dict(zip(found["group"], found["N"].tolist(), strict=True)) == expected
