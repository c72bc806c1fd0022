"""What to compare with the invitation before anything else."""

from interview_coach.mixups import mix_ups
from interview_coach.times import read_time


def said(start: str, zone: str) -> str:
    scheduled = read_time(start, zone, "start")
    return " ".join(mix_ups(scheduled, scheduled.add(minutes=10)))


def test_weekday_date_and_half_of_the_day_are_asked() -> None:
    assert said("2026-03-05T14:00", "Europe/London") == (
        "Does the invitation say Thursday, 5 March? "
        "Written in figures, 5/3 is 5 March in one country and 3 May in another. "
        "Is it 2:00 pm, and not 2:00 am (today)?"
    )


def test_a_date_that_reads_one_way_only_raises_no_doubt() -> None:
    for start in ("2026-03-25T14:00", "2026-03-03T14:00"):
        assert "in figures" not in said(start, "Asia/Tokyo")


def test_noon_is_not_midnight_and_midnight_is_left_alone() -> None:
    assert "Is it 12:00 pm, and not 12:00 am (today)?" in said("2026-05-25T12:00", "Asia/Tokyo")
    assert "Is it" not in said("2026-05-25T00:00", "Asia/Tokyo")


def test_a_clock_change_near_the_day_is_named_in_both_hemispheres() -> None:
    assert "The clocks in Europe/London change about 29 March" in said(
        "2026-03-31T09:00", "Europe/London"
    )
    assert "The clocks in Australia/Sydney change about 5 April" in said(
        "2026-04-01T09:00", "Australia/Sydney"
    )
    assert "The clocks" not in said("2026-06-01T09:00", "Europe/London")
