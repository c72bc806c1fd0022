"""The rates of METRICS on tables small enough to count on fingers; the arithmetic stands beside."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.errors import KitError
from interview_coach.measures import (
    IN_DOUBT,
    LEAD_TIMES,
    MEASURES,
    NOT_RECORDED,
    impossible,
    in_window,
    measure,
    missed_call_rate,
    moves_per_interview,
    reschedule_rate,
)
from tests.calls_frames import calls_frame, many_calls

# Six interviews, eleven calls. Held: completed 4, missed 4.
#   A: moved, moved, completed        proactive, two moves
#   B: missed (rebooked), completed   reactive
#   C: missed (last call)             not rescheduled
#   D: moved, missed (rebooked), completed   both, two moves
#   E: missed, no other call; no cohort
#   F: completed; its date is in doubt
HAND = calls_frame(
    [
        dict(interview_id=i, sequence=s, state=state, cohort=cohort, scheduled_at=at, **more)
        for i, s, state, cohort, at, more in [
            ("A", 1, "moved", "Spring", "2026-01-30T10:00Z", {"initiator": "candidate"}),
            ("A", 2, "moved", "Spring", "2026-02-02T10:00Z", {"initiator": "interviewer"}),
            ("A", 3, "completed", "Spring", "2026-02-03T10:00Z", {}),
            ("B", 1, "missed", "Spring", "2026-01-15T10:00Z", {"missed_by": "candidate"}),
            ("B", 2, "completed", "Spring", "2026-02-15T10:00Z", {}),
            ("C", 1, "missed", "Autumn", "2026-02-10T10:00Z", {"missed_by": "technical"}),
            ("D", 1, "moved", "Autumn", "2026-02-11T10:00Z", {"initiator": "interviewer"}),
            ("D", 2, "missed", "Autumn", "2026-02-12T10:00Z", {"missed_by": "candidate"}),
            ("D", 3, "completed", "Autumn", "2026-03-01T10:00Z", {}),
            ("E", 1, "missed", None, "2026-03-02T10:00Z", {}),
            ("F", 1, "completed", " ", "2021-03-02T10:00Z", {"date_doubt": "year runs on"}),
        ]
    ]
)


def counts(rates: pd.DataFrame) -> dict[str, tuple[int, int]]:
    return {
        str(group): (int(n), int(total))
        for group, n, total in zip(rates["group"], rates["n"], rates["N"], strict=True)
    }


@pytest.mark.parametrize(
    ("name", "by", "expected"),
    [
        # missed 4 (B1, C1, D2, E1); completed 4 (A3, B2, D3, F1)
        ("missed_call_rate", None, {"all": (4, 8)}),
        ("missed_call_rate_booked", None, {"all": (4, 11)}),
        (
            "missed_call_rate",
            "cohort",
            {"Autumn": (2, 3), "Spring": (1, 3), NOT_RECORDED: (1, 2)},
        ),
        # January: B1. February: C1 and D2 missed, A3 and B2 completed. March: E1; D3. F is in none.
        (
            "missed_call_rate",
            "month",
            {"2026-01": (1, 1), "2026-02": (2, 4), "2026-03": (1, 2), IN_DOUBT: (0, 1)},
        ),
        ("missed_call_rate", "quarter", {"2026-Q1": (4, 7), IN_DOUBT: (0, 1)}),
        # Each party's misses over all held calls.
        (
            "missed_call_rate",
            "missed_by",
            {"candidate": (2, 8), "technical": (1, 8), NOT_RECORDED: (1, 8)},
        ),
        # A, B, D of six; A's two moves count once.
        ("reschedule_rate", None, {"all": (3, 6)}),
        ("reschedule_rate_proactive", None, {"all": (2, 6)}),
        ("reschedule_rate_reactive", None, {"all": (2, 6)}),
        # By the first call: A, B in January; C, D in February; E in March.
        (
            "reschedule_rate",
            "month",
            {"2026-01": (2, 2), "2026-02": (1, 2), "2026-03": (0, 1), IN_DOUBT: (0, 1)},
        ),
        # By the first move: A candidate (its second, by the interviewer, does not count), D
        # interviewer, B's rebooking names nobody.
        (
            "reschedule_rate",
            "initiator",
            {"candidate": (1, 6), "interviewer": (1, 6), NOT_RECORDED: (1, 6)},
        ),
    ],
)
def test_counted_by_hand(name: str, by: str | None, expected: dict[str, tuple[int, int]]) -> None:
    assert counts(MEASURES[name](HAND, by)) == expected


def test_moves_per_interview() -> None:
    # A 2, B 1, D 2 over six interviews.
    assert moves_per_interview(HAND) == (5, 6)


def test_the_frame_that_comes_out() -> None:
    rates = missed_call_rate(HAND, "cohort")
    assert list(rates.columns) == ["measure", "group", "n", "N", "value", "low", "high"]
    assert rates["measure"].unique().tolist() == ["missed_call_rate"]
    assert rates["value"].tolist() == pytest.approx([2 / 3, 1 / 3, 1 / 2])


def test_a_month_is_the_clients_own() -> None:
    # 31 January 23:30 in New York is 1 February in London and Kolkata.
    calls = calls_frame(
        [
            {"scheduled_at": "2026-02-01T04:30Z", "timezone": "America/New_York"},
            {"scheduled_at": "2026-02-01T04:30Z", "timezone": "Asia/Kolkata"},
        ]
    )
    assert counts(missed_call_rate(calls, "month")) == {"2026-01": (0, 1), "2026-02": (0, 1)}
    inside, left_out = in_window(calls, end="2026-01-31")
    assert (inside["timezone"].tolist(), left_out) == (["America/New_York"], 1)


def test_an_hour_is_the_clients_own() -> None:
    rows: list[dict[str, object]] = [
        # Six hours, five after the clocks went forward: 09:30, and 10:30 by the other's.
        {"scheduled_at": "2026-03-05T14:30Z", "timezone": "America/New_York"},
        {"scheduled_at": "2026-03-09T14:30Z", "timezone": "America/New_York", "state": "missed"},
        # 5:45 ahead: 20:15, and five minutes to midnight.
        {"scheduled_at": "2026-03-05T14:30Z", "timezone": "Asia/Kathmandu"},
        {"scheduled_at": "2026-03-05T18:10Z", "timezone": "Asia/Kathmandu"},
        {"scheduled_at": "2026-03-05T09:59Z"},
        {"scheduled_at": "1960-03-05T09:00Z", "date_doubt": "long ago"},
        {"scheduled_at": None},
    ]
    assert counts(missed_call_rate(calls_frame(rows), "hour")) == {
        "09": (0, 2),
        "10": (1, 1),
        "20": (0, 1),
        "23": (0, 1),
        IN_DOUBT: (0, 2),
    }


def test_lead_time_counts_the_days_of_the_clients_calendar() -> None:
    # The call is on 20 March, 10:00 in New York.
    booked = {
        "2026-03-20T04:30Z": "same day",
        "2026-03-20T03:30Z": "1 to 2 days",
        "2026-03-18T14:00Z": "1 to 2 days",
        "2026-03-17T14:00Z": "3 to 7 days",
        "2026-03-13T20:00Z": "3 to 7 days",
        "2026-03-12T14:00Z": "8 to 14 days",
        "2026-03-06T14:00Z": "8 to 14 days",
        "2026-03-05T14:00Z": "over 14 days",
        None: NOT_RECORDED,
        # After the start: the same day, and the next.
        "2026-03-20T14:01Z": IN_DOUBT,
        "2026-03-21T14:00Z": IN_DOUBT,
    }
    calls = calls_frame(
        [{"scheduled_at": "2026-03-20T14:00Z", "timezone": "America/New_York"}] * len(booked)
    ).assign(booked_at=pd.to_datetime(pd.Series(list(booked), dtype="object"), utc=True))
    found = missed_call_rate(calls, ["lead_time", "scheduled_at"])
    assert dict(zip(found["lead_time"], found["N"], strict=True)) == {
        label: list(booked.values()).count(label) for label in booked.values()
    }
    assert found["lead_time"].tolist() == [*LEAD_TIMES.values(), NOT_RECORDED, IN_DOUBT]
    odd = {row["check"]: (row["n"], row["N"]) for row in impossible(calls).to_dict("records")}
    assert odd["booked after the scheduled start"] == (2, 10)
    # A call whose date is in doubt has no lead time either.
    doubtful = calls.assign(date_doubt="years ahead")
    assert counts(missed_call_rate(doubtful, "lead_time")) == {IN_DOUBT: (0, len(booked))}


@pytest.mark.parametrize("calls", [HAND, HAND[:0]], ids=["calls", "none"])
def test_lead_time_of_calls_that_do_not_say_when_they_were_booked(calls: pd.DataFrame) -> None:
    told = missed_call_rate(calls, "lead_time")
    assert set(told["group"][told["N"] > 0]) == ({NOT_RECORDED, IN_DOUBT} if len(calls) else set())
    with pytest.raises(KitError) as caught:
        missed_call_rate(calls.drop(columns="booked_at"), "lead_time")
    assert str(caught.value) == (
        "These calls do not say when they were booked; to group by lead time, put that moment into "
        "a column 'booked_at'."
    )


def test_weeks_are_iso_weeks() -> None:
    # 29 December 2025 is a Monday: week 1 of 2026.
    calls = calls_frame([{"scheduled_at": "2025-12-29T10:00Z"}])
    assert counts(missed_call_rate(calls, "week")) == {"2026-W01": (0, 1)}


def test_booked_basis_waits_for_the_start() -> None:
    calls = calls_frame(
        [
            {"state": "pending", "scheduled_at": "2026-03-05T14:00Z"},
            {"state": "moved", "scheduled_at": "2026-03-07T14:00Z"},
            {"state": "missed", "scheduled_at": "2026-03-01T14:00Z"},
        ]
    )
    rates = missed_call_rate(calls, basis="booked", as_of=datetime(2026, 3, 6, tzinfo=UTC))
    assert counts(rates) == {"all": (1, 2)}


def test_a_window_leaves_out_what_is_outside_or_in_doubt() -> None:
    inside, left_out = in_window(HAND, "2026-02-01", date(2026, 2, 28))
    # In February: A2, A3, B2, C1, D1, D2. Left out: A1, B1, D3, E1, and F with its doubt.
    assert (len(inside), left_out) == (6, 5)


def test_a_window_knows_of_a_rebooking_after_its_end() -> None:
    inside, _ = in_window(HAND, "2026-02-01", "2026-02-28")
    # D2 was missed in February and rebooked into March.
    assert counts(reschedule_rate(inside, kind="reactive")) == {"all": (1, 4)}


def test_no_window_leaves_nothing_out() -> None:
    inside, left_out = in_window(HAND, None, " ")
    assert (len(inside), left_out) == (11, 0)


@pytest.mark.parametrize(
    ("start", "end", "says"),
    [
        (
            "05/03/2026",
            None,
            "The first day of the window is '05/03/2026', which is not a day; write it as "
            "2026-01-31 (year-month-day).",
        ),
        (
            None,
            "2026-02-30",
            "The last day of the window is '2026-02-30', which is not a day; write it as "
            "2026-01-31 (year-month-day).",
        ),
        (
            "2026-03-01",
            "2026-02-01",
            "The window ends on 2026-02-01, before it starts on 2026-03-01; exchange the two days.",
        ),
    ],
)
def test_a_window_that_is_none(start: str | None, end: str | None, says: str) -> None:
    with pytest.raises(KitError) as caught:
        in_window(HAND, start, end)
    assert str(caught.value) == says


def test_an_unknown_column_offers_the_near_one_first() -> None:
    with pytest.raises(KitError) as caught:
        missed_call_rate(HAND[["state", "cohort", "channel"]], "cohrot")
    assert str(caught.value) == (
        "There is no column 'cohrot' to group by; did you mean 'cohort'? You can ask for: "
        "cohort, state, channel, month, quarter, week, hour, lead_time."
    )


def test_nothing_near_an_unknown_column() -> None:
    with pytest.raises(KitError) as caught:
        missed_call_rate(HAND[["state"]], "zodiac")
    assert str(caught.value) == (
        "There is no column 'zodiac' to group by; you can ask for: state, month, quarter, week, "
        "hour, lead_time."
    )


def test_a_frame_that_is_no_frame_of_calls() -> None:
    with pytest.raises(KitError) as caught:
        reschedule_rate(pd.DataFrame({"state": ["missed"]}))
    assert str(caught.value).startswith("These calls have no column 'interview_id' and 'sequence',")


def test_a_zone_that_is_none() -> None:
    with pytest.raises(KitError) as caught:
        missed_call_rate(calls_frame([{"timezone": "Mars/Olympus"}]), "month")
    assert str(caught.value) == (
        "There is no time zone called 'Mars/Olympus', which 1 of these calls name; use a name such "
        "as 'Europe/London'."
    )


@pytest.mark.parametrize("by", [None, "cohort", "month", "missed_by", "sequence", "initiator"])
@pytest.mark.parametrize(
    "rows",
    [[], [{}], [{"state": "pending"}] * 3, [{"state": "missed"}], [{"scheduled_at": None}]],
    ids=["none", "one", "all pending", "one missed", "no date"],
)
def test_little_or_nothing_to_count(rows: list[dict[str, object]], by: str | None) -> None:
    calls = calls_frame(rows)
    for record in measure(calls, by):
        assert 0 <= record["n"] <= record["N"] <= len(rows)
        assert (record["value"] is None) == (record["N"] == 0)
    if by is None:
        assert [record["group"] for record in measure(calls)] == ["all"] * len(MEASURES)


def test_odd_types_of_columns_make_no_difference() -> None:
    odd = HAND.assign(
        cohort=HAND["cohort"].astype("category"),
        state=HAND["state"].astype("object"),
        scheduled_at=HAND["scheduled_at"].astype("str"),
        sequence=HAND["sequence"].astype("float64"),
        date_doubt=HAND["date_doubt"].astype("object"),
    )
    for by in (None, "cohort", "month"):
        assert measure(odd, by) == measure(HAND, by)


def test_groups_of_numbers_stand_by_size() -> None:
    calls = calls_frame([{"sequence": n} for n in (10, 2, 1)])
    assert missed_call_rate(calls, "sequence")["group"].tolist() == ["1", "2", "10"]


def test_two_coaches_may_use_the_same_interview_number() -> None:
    calls = calls_frame(
        [
            {"interview_id": "1", "coach": "Ana", "state": "missed"},
            {"interview_id": "1", "coach": "Ben", "sequence": 2},
        ]
    )
    assert counts(reschedule_rate(calls)) == {"all": (0, 2)}


def test_a_thousand_groups() -> None:
    calls = many_calls(3000, groups=1000)
    assert len(missed_call_rate(calls, "cohort")) > 900


def test_an_unknown_measure_lists_what_there_is() -> None:
    with pytest.raises(KitError) as caught:
        measure(HAND, None, ["happiness"])
    assert str(caught.value) == (
        "There is no measure 'happiness'; there are: missed_call_rate, missed_call_rate_booked, "
        "reschedule_rate, reschedule_rate_proactive, reschedule_rate_reactive."
    )


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    size=st.integers(0, 60),
    by=st.sampled_from(["cohort", "month", "week", "quarter", "hour", "timezone", "state"]),
)
def test_groups_add_up_to_the_whole(seed: int, size: int, by: str) -> None:
    calls = many_calls(size, seed=seed)
    for name in MEASURES:
        whole = MEASURES[name](calls, None).iloc[0]
        groups = MEASURES[name](calls, by)
        assert (groups["n"].sum(), groups["N"].sum()) == (whole["n"], whole["N"])
        known = groups[groups["N"] > 0]
        assert ((known["low"] <= known["value"]) & (known["value"] <= known["high"])).all()
