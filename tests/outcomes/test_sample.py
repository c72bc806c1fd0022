"""The sample log: made again it is the same, it is labelled, and it holds every kind of call."""

from datetime import date

import pandas as pd

from interview_coach.measures import missed_call_rate
from interview_coach.measures.localtime import LEAD_TIMES
from interview_coach.outcomes.dictionary import FILE, dictionary
from interview_coach.outcomes.frames import CALLS
from interview_coach.outcomes.model import codes
from interview_coach.outcomes.sample import FILE_NAME, FIRST, LAST, sample_calls, sample_csv
from interview_coach.shipped import shipped


def test_the_shipped_file_is_what_the_generator_writes() -> None:
    assert (shipped("data") / FILE_NAME).read_bytes() == sample_csv().encode()


def test_the_shipped_dictionary_is_what_the_model_says() -> None:
    assert (shipped("data") / FILE).read_text("utf-8") == dictionary()


def test_the_frame_is_that_of_a_log() -> None:
    calls = sample_calls()
    assert {name: str(kind) for name, kind in calls.dtypes.items()} == dict(CALLS)
    assert calls["synthetic"].all()
    assert calls["call_id"].is_unique
    assert 1_900 <= len(calls) <= 2_100


def test_it_spans_eighteen_months_of_working_days() -> None:
    calls = sample_calls()
    local = [
        start.tz_convert(zone)
        for start, zone in zip(calls["scheduled_at"], calls["timezone"], strict=True)
    ]
    days = [moment.date() for moment in local]
    assert min(days) >= FIRST == date(2025, 1, 1)
    assert max(days) <= LAST == date(2026, 6, 30)
    assert len({(day.year, day.month) for day in days}) == 18
    assert all(day.weekday() < 5 for day in days)
    assert all(8 <= moment.hour <= 16 for moment in local)


def test_it_holds_every_kind_of_call() -> None:
    calls = sample_calls()
    for column in ("state", "missed_by", "cause", "channel", "caller", "initiator"):
        assert set(calls[column].dropna()) == set(codes(column)), column
    assert calls["coach"].nunique() == 3
    assert calls["reconnected_at"].notna().sum() > 50


def test_its_interviews_hold_together() -> None:
    calls = sample_calls().sort_values(["interview_id", "sequence"])
    for _, group in calls.groupby("interview_id"):
        assert list(group["sequence"]) == list(range(1, len(group) + 1))
        assert group["scheduled_at"].is_monotonic_increasing
        # A call that others follow was moved or missed, and says who asked for the new time.
        assert set(group["state"].iloc[:-1]) <= {"moved", "missed"}
        assert group["initiator"].iloc[:-1].notna().all()
        assert pd.isna(group["initiator"].iloc[-1])


def test_most_calls_say_when_they_were_booked() -> None:
    calls = sample_calls()
    booked = calls.dropna(subset="booked_at")
    assert 0.88 < len(booked) / len(calls) < 0.93
    assert (booked["booked_at"] <= booked["scheduled_at"]).all()
    for _, group in booked.sort_values(["interview_id", "sequence"]).groupby("interview_id"):
        assert group["booked_at"].is_monotonic_increasing
    rates = missed_call_rate(calls, "lead_time").set_index("group")
    assert list(rates.index) == [*LEAD_TIMES.values(), "not recorded"]
    assert rates["N"].min() > 30
    assert rates["value"]["over 14 days"] > rates["value"]["1 to 2 days"]
