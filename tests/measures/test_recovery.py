"""What came of missed calls, by hand: see the table in `hand`."""

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.errors import KitError
from interview_coach.measures import (
    NOT_RECORDED,
    first_message_delay,
    funnel,
    in_window,
    median_interval,
    missed_call_rate,
    moves_per_interview,
    recovery_rate,
    same_day_reconnection_rate,
)
from tests.calls_frames import calls_frame, many_calls
from tests.measures.hand import AS_OF, STORIES


def told(figures: pd.DataFrame, *columns: str) -> dict[str, tuple[int, ...]]:
    return {
        str(row["group"]): tuple(int(row[column]) for column in columns)
        for row in figures.to_dict("records")
    }


def test_same_day_reconnection() -> None:
    # Eleven missed, F left out. A within the 60 minutes, C within the window of its message; B not.
    assert told(same_day_reconnection_rate(STORIES), "n", "N", "left_out") == {"all": (2, 10, 1)}
    assert told(same_day_reconnection_rate(STORIES, "cohort"), "n", "N", "left_out") == {
        "Autumn": (1, 4, 0),  # C, of C D D E
        "Spring": (1, 4, 0),  # A, of A B B I
        NOT_RECORDED: (0, 2, 1),  # of G H; F left out
    }


def test_the_usual_window_can_be_another() -> None:
    # A spoke after 40 minutes: not within half an hour. C's message named a window of its own.
    assert told(same_day_reconnection_rate(STORIES, window=30), "n", "N") == {"all": (1, 10)}


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        # Old enough: A1 B1 B2 C1 D1 F1; completed within 14 days: A1 B1 (to the minute) B2.
        # Pending: D2, E1 (though completed: counting it alone would flatter), I1. Left out: G1, H1.
        (14, (3, 6, 3, 2)),
        (13, (2, 6, 3, 2)),
        # With 7 days E1 is old enough as well: A1 B2 E1 of seven.
        (7, (3, 7, 2, 2)),
        # Nothing is older than 30 days.
        (30, (0, 0, 9, 2)),
        (0, (0, 9, 0, 2)),
    ],
)
def test_recovery_within_days(days: int, expected: tuple[int, ...]) -> None:
    found = recovery_rate(STORIES, days=days, as_of=AS_OF)
    assert told(found, "n", "N", "pending", "left_out") == {"all": expected}


def test_recovery_by_cohort() -> None:
    assert told(recovery_rate(STORIES, "cohort", as_of=AS_OF), "n", "N", "pending", "left_out") == {
        "Autumn": (0, 2, 2, 0),
        "Spring": (3, 3, 1, 0),
        NOT_RECORDED: (0, 1, 0, 2),
    }


def test_rebooked_is_not_recovered_and_what_is_later_than_the_report_is_not_known() -> None:
    # Seen on 9 March: only A is completed, and nothing is 14 days old.
    early = datetime(2026, 3, 9, tzinfo=UTC)
    found = recovery_rate(STORIES, days=3, as_of=early)
    # Three days old: A1 B1 C1 D1; F1 is not. Still to come: B2 D2 E1 G1 I1; in doubt: H1.
    assert told(found, "n", "N", "pending", "left_out") == {"all": (1, 4, 1, 6)}


def test_a_window_of_misses_looks_beyond_its_end_for_the_completed_call() -> None:
    asked = recovery_rate(STORIES, as_of=AS_OF, start="2026-03-02", end="2026-03-04")
    cut = recovery_rate(in_window(STORIES, "2026-03-02", "2026-03-04")[0], as_of=AS_OF)
    # A1, B1, C1; their completed calls are on the 5th and the 17th.
    assert told(asked, "n", "N") == told(cut, "n", "N") == {"all": (2, 3)}


def test_first_message_delay() -> None:
    # 10 (B1), 20 (A1), 30 (D2), 60 (C1) minutes; F's message went out before the start.
    # Quartiles: 10 + 0.75 * 10 and 30 + 0.25 * 30. Four are too few for an interval.
    row = first_message_delay(STORIES).iloc[0]
    assert row[["n", "N", "left_out"]].tolist() == [4, 10, 1]
    assert row[["lower_quartile", "value", "upper_quartile"]].tolist() == [17.5, 25, 37.5]
    assert np.isnan([row["low"], row["high"]]).all()


def test_a_median_has_an_interval_as_published() -> None:
    # With n = 16 the 95% interval is the 4th to the 13th value, with 100 the 40th to the 61st:
    # the usual tables of the sign test (binomial, 0.0106 and 0.0176 below).
    assert median_interval(range(1, 17)) == (4, 13)
    assert median_interval(range(1, 101)) == (40, 61)
    assert median_interval(range(1, 7)) == (1, 6)
    assert np.isnan(median_interval(range(1, 6))).all()
    assert np.isnan(median_interval([])).all()
    # Beyond a thousand: 5000 - 1.96 * 100 / 2 = 4902.
    assert median_interval(range(1, 10_001)) == (4902, 5099)


STEPS = ["missed", "message sent, or further along", "spoke the same day, or further along"]
STEPS += ["rebooked, or further along", "completed"]


def test_the_funnel() -> None:
    # Left out: F (talked before the start), G, H. Eight are left.
    #            message  same day  rebooked  completed
    #   A1          x        x         x         x
    #   B1          x        -         x         x
    #   B2          -        -         x         x
    #   C1          x        x         -         -
    #   D1          -        -         x         -     old
    #   D2          x        -         x         -     young: may still be completed
    #   E1          -        -         x         x
    #   I1          -        -         -         -     young: may still get its message
    whole = funnel(STORIES, as_of=AS_OF)
    assert whole["step"].tolist() == STEPS
    assert whole["recorded"].tolist() == [8, 4, 2, 6, 4]
    assert whole["n"].tolist() == [8, 7, 7, 6, 4]
    assert whole["pending"].tolist() == [0, 1, 0, 0, 1]
    assert whole["N"].tolist() == [8] * 5
    assert whole["left_out"].tolist() == [3] * 5


def test_the_funnel_of_each_cohort() -> None:
    groups = funnel(STORIES, "cohort", as_of=AS_OF)
    assert groups["group"].tolist() == ["Autumn"] * 5 + ["Spring"] * 5 + [NOT_RECORDED] * 5
    assert groups["step"].tolist() == STEPS * 3
    assert groups["n"].tolist() == [4, 4, 4, 3, 1, 4, 3, 3, 3, 3, 0, 0, 0, 0, 0]


def test_who_spoke_within_the_grace_did_not_miss_it() -> None:
    rows: list[dict[str, Any]] = [
        {"state": "missed", "reconnected_at": "2026-03-05T14:12Z"},
        {"state": "missed", "reconnected_at": "2026-03-05T14:16Z"},
        # Before the start: that cannot be, and excuses nobody.
        {"state": "missed", "reconnected_at": "2026-03-05T13:50Z"},
        {"state": "missed"},
        {"state": "completed"},
    ]
    calls = calls_frame(rows)
    assert told(missed_call_rate(calls), "n", "N") == {"all": (4, 5)}
    assert told(missed_call_rate(calls, grace=15), "n", "N") == {"all": (3, 5)}
    assert told(missed_call_rate(calls, grace=16), "n", "N") == {"all": (2, 5)}


def test_with_a_grace_a_late_talk_completes_what_was_missed_before() -> None:
    calls = calls_frame(
        [
            {"interview_id": "A", "state": "missed", "scheduled_at": "2026-03-01T14:00Z"},
            {
                "interview_id": "A",
                "sequence": 2,
                "state": "missed",
                "scheduled_at": "2026-03-05T14:00Z",
                "reconnected_at": "2026-03-05T14:10Z",
            },
            {"interview_id": "A", "sequence": 3, "state": "pending"},
        ]
    )
    # As entered, two missed calls, each rebooked, none completed; with the grace, one, recovered.
    assert told(recovery_rate(calls, as_of=AS_OF), "n", "N") == {"all": (0, 2)}
    assert told(recovery_rate(calls, as_of=AS_OF, grace=15), "n", "N") == {"all": (1, 1)}
    assert told(same_day_reconnection_rate(calls), "n", "N") == {"all": (1, 2)}
    assert told(same_day_reconnection_rate(calls, grace=15), "n", "N") == {"all": (0, 1)}
    assert moves_per_interview(calls) == (2, 1)
    assert moves_per_interview(calls, grace=15) == (1, 1)
    marked = in_window(calls, "2026-03-01", "2026-03-06")[0]
    assert moves_per_interview(marked, grace=15) == (1, 1)


@pytest.mark.parametrize("count", [recovery_rate, funnel])
def test_days_that_cannot_be(count: Any) -> None:
    with pytest.raises(KitError) as caught:
        count(STORIES, days=-1)
    assert str(caught.value) == "Recovery within -1 days cannot be; give 0 or more."


def test_a_moment_without_a_zone() -> None:
    with pytest.raises(KitError) as caught:
        recovery_rate(STORIES, as_of=datetime(2026, 3, 1))
    assert str(caught.value) == "The moment to count until has no time zone; give it in UTC."


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), size=st.integers(0, 80), days=st.integers(0, 400))
def test_what_always_holds(seed: int, size: int, days: int) -> None:
    calls = many_calls(size, seed=seed)
    missed = int((calls["state"] == "missed").sum())
    row = recovery_rate(calls, days=days, as_of=AS_OF).iloc[0]
    assert row["n"] <= row["N"]
    assert row["N"] + row["pending"] + row["left_out"] == missed
    for _, steps in funnel(calls, "timezone", days=days, as_of=AS_OF).groupby("group"):
        assert steps["n"].is_monotonic_decreasing
        assert (steps["recorded"] <= steps["n"]).all()
        # Whoever may still take a step is among those who stand before it.
        assert (steps["pending"].iloc[1:].to_numpy() <= -np.diff(steps["n"])).all()
