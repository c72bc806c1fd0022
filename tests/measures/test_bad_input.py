"""Every measure of poor frames: a small frame that says what is missing, never a fault of the program."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from interview_coach.measures import (
    CATALOGUE,
    NOT_RECORDED,
    differences,
    impossible,
    measured,
    practice_beside_recovery,
    signals,
)
from interview_coach.measures.words import practice_sentence
from tests.calls_frames import calls_frame, many_calls
from tests.measures.hand import AS_OF, STORIES

MEASURES = [name for name, entry in CATALOGUE.items() if entry.of == "calls"]
GROUPS: list[Any] = [
    None,
    "cohort",
    "month",
    "hour",
    "missed_by",
    ["cohort", "week"],
    ["month", "cause"],
    ["lead_time", "hour"],
]

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
    "messages without a start": calls_frame(
        [{"scheduled_at": None, "state": "missed", "first_message_at": "2026-03-05T14:10Z"}] * 2
    ),
    "talks before the start, and to come": calls_frame(
        [{"state": "missed", "reconnected_at": f"{year}-03-05T14:10Z"} for year in (1990, 2190)]
    ),
    "every date in doubt": calls_frame([{"state": "missed", "date_doubt": "years ahead"}] * 3),
    "a state of no kind": calls_frame([{"state": None}, {"state": "dreamt"}]),
    "no sequence, no interview": calls_frame([{"interview_id": None, "state": "missed"}] * 2),
    "a thousand groups": many_calls(2500, groups=1000),
}


def options_of(name: str) -> dict[str, Any]:
    return {"as_of": AS_OF} if "as_of" in CATALOGUE[name].options else {}


@pytest.mark.parametrize("by", GROUPS, ids=str)
@pytest.mark.parametrize("what", FRAMES)
def test_every_measure_of_a_poor_frame(what: str, by: Any) -> None:
    calls = FRAMES[what].assign(booked_at=FRAMES[what]["scheduled_at"])
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


@pytest.mark.parametrize("what", FRAMES)
def test_practice_beside_a_poor_frame(what: str) -> None:
    calls = FRAMES[what]
    clients = calls["client_id"].drop_duplicates()
    practice = pd.DataFrame({"coach": "me", "client_id": clients, "score": 0.9})
    found = practice_beside_recovery(practice, calls, as_of=AS_OF)
    whole = measured("recovery_rate", calls, as_of=AS_OF).iloc[0]
    for column in ("n", "N", "pending", "left_out"):
        assert found.rates[column].tolist() == [0, 0, whole[column]]
    assert practice_sentence(found, 14).startswith("Association, not cause")
    nobody = practice_beside_recovery(practice[:0], calls, as_of=AS_OF)
    assert not nobody.rates[["n", "N", "pending", "left_out", "clients"]].to_numpy().any()


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


@pytest.mark.parametrize("size", [9, 600_000])
def test_words_that_the_first_rows_do_not_have(size: int) -> None:
    # Looked up in a list made of the first rows, in slices where they are many.
    words = [" Spring", "Spring", "autumn", "Winter", None, " "]
    cohort = pd.Series([words[at % 6] for at in range(size - 3)] + ["Late", "Later", None])
    state = pd.Series(["missed", "completed", "moved"] * (size // 3))
    texts = pd.DataFrame({"cohort": cohort.astype("str"), "state": state.astype("str")})
    objects = pd.DataFrame({"cohort": cohort.astype("object"), "state": state.astype("object")})
    found = measured("missed_call_rate", texts, "cohort")
    pd.testing.assert_frame_equal(found, measured("missed_call_rate", objects, "cohort"))
    assert found["group"].tolist() == ["autumn", "Late", "Later", "Spring", "Winter", NOT_RECORDED]
    # The same in pieces, as frames put together have it, and without any word.
    pieces = pd.concat([texts[: size // 2], texts[size // 2 :]])
    pd.testing.assert_frame_equal(measured("missed_call_rate", pieces, "cohort"), found)
    nothing = measured("missed_call_rate", texts.assign(cohort=None).astype("str"), "cohort")
    assert nothing["group"].tolist() == [NOT_RECORDED]


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
    for period, written in (("month", "%Y-%m"), ("week", "%G-W%V"), ("hour", "%H")):
        expected: dict[str, int] = {}
        for zone, part in calls.dropna().groupby("timezone"):
            labels = part["scheduled_at"].dt.tz_convert(str(zone)).dt.strftime(written)
            for label, many in labels.value_counts().items():
                expected[str(label)] = expected.get(str(label), 0) + int(many)
        expected["date in doubt"] = int(calls.isna().any(axis=1).sum())
        found = measured("missed_call_rate", calls, period)
        assert dict(zip(found["group"], found["N"].tolist(), strict=True)) == expected
