"""Times as people type them: what is read, what is refused, and in which words."""

import datetime as dt
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whenever import ZonedDateTime

from interview_coach import times
from interview_coach.errors import KitError
from interview_coach.times import (
    clock_time,
    day_words,
    local_zone,
    minutes_between,
    now_in,
    read_time,
    shown_twice,
    tz_of,
    zone,
)

# Places whose clocks differ in how they change: by an hour, by half an hour, over a skipped day,
# never, and by odd offsets. The facts are those of the IANA time zone database.
ZONES = (
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
    "UTC",
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Europe/London", "Europe/London"),
        ("europe/london", "Europe/London"),
        (" America/New_York ", "America/New_York"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_known_by_its_name_in_any_case(typed: str, meant: str) -> None:
    assert zone(typed) == meant


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (
            "London",
            "zone: there is no time zone called 'London'; did you mean 'Europe/London'?",
        ),
        (
            "Lodnon",
            "zone: there is no time zone called 'Lodnon'; did you mean 'Europe/London'?",
        ),
        (
            "new york",
            "zone: there is no time zone called 'new york'; did you mean 'America/New_York'?",
        ),
        (
            "Europe/Londn",
            "zone: there is no time zone called 'Europe/Londn'; did you mean 'Europe/London'?",
        ),
        (
            "Mars/Base",
            "zone: there is no time zone called 'Mars/Base'; use a name such as 'Europe/London'.",
        ),
        ("", "zone: there is no time zone called ''; use a name such as 'Europe/London'."),
        (
            "../../etc/passwd",
            "zone: there is no time zone called '../../etc/passwd'; "
            "use a name such as 'Europe/London'.",
        ),
        (
            "a\0b",
            r"zone: there is no time zone called 'a\x00b'; use a name such as 'Europe/London'.",
        ),
    ],
)
def test_an_unknown_zone_is_one_sentence_with_the_nearest_name(typed: str, says: str) -> None:
    with pytest.raises(KitError) as refused:
        zone(typed, "zone")
    assert str(refused.value) == says


@given(st.text(max_size=80))
def test_any_text_is_a_zone_or_a_kit_error(text: str) -> None:
    try:
        found = zone(text)
    except KitError as refused:
        assert "\n" not in str(refused)
    else:
        assert found.casefold() == text.strip().casefold()


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2026-03-05T14:00", "2026-03-05T14:00:00+00:00"),
        ("2026-03-05 14:00", "2026-03-05T14:00:00+00:00"),
        (" 2026-03-05t14:00:30 ", "2026-03-05T14:00:30+00:00"),
        ("2026-03-05T14:00Z", "2026-03-05T14:00:00+00:00"),
        ("2026-07-05T14:00+02:00", "2026-07-05T13:00:00+01:00"),
        ("2026-03-05T09:00-05:00", "2026-03-05T14:00:00+00:00"),
    ],
)
def test_a_time_is_read_in_its_zone(typed: str, iso: str) -> None:
    moment = read_time(typed, "Europe/London", "start")
    assert moment.to_fixed_offset().format_iso() == iso
    assert tz_of(moment) == "Europe/London"


@pytest.mark.parametrize(
    ("typed", "slip"),
    [
        ("2026-02-30T14:00", "that month has 28 days; write it as 2026-03-05T14:00."),
        ("2028-02-30T14:00", "that month has 29 days; write it as 2026-03-05T14:00."),
        ("2026-13-05T14:00", "there is no month 13; write it as 2026-03-05T14:00."),
        ("2026-00-05T14:00", "there is no month 0; write it as 2026-03-05T14:00."),
        ("2026-03-05T25:00", "there is no time 25:00 in a day; write it as 2026-03-05T14:00."),
        ("2026-03-05T14:60", "there is no time 14:60 in a day; write it as 2026-03-05T14:00."),
        ("2026-03-05", "the time of day is not there; write it as 2026-03-05T14:00."),
        (
            "2026-3-5T14:00",
            "months, days and hours are written with two digits; write it as 2026-03-05T14:00.",
        ),
        (
            "2026-03-05T14:00+99:00",
            "what follows the time is no offset such as +01:00; write it as 2026-03-05T14:00.",
        ),
    ],
)
def test_an_impossible_date_says_why(typed: str, slip: str) -> None:
    with pytest.raises(KitError) as refused:
        read_time(typed, "Europe/London", "--scheduled")
    assert str(refused.value) == f"--scheduled: {typed!r} is not a date and time: {slip}"


@pytest.mark.parametrize("typed", ["", "tomorrow", "14:00", "05/03/2026 14:00", "x" * 5000])
def test_what_is_no_date_shows_how_to_write_one(typed: str) -> None:
    with pytest.raises(KitError) as refused:
        read_time(typed, "Europe/London", "--now")
    assert str(refused.value) == (
        f"--now: {typed[:40]!r} is not a date and time; write it as 2026-03-05T14:00 "
        "(year-month-day, T, hours:minutes)."
    )


@pytest.mark.parametrize("typed", ["9999-12-31T23:50", "0001-01-01T00:00", "9999-12-31T23:50Z"])
def test_a_year_far_off_is_refused(typed: str) -> None:
    with pytest.raises(KitError) as refused:
        read_time(typed, "Europe/London", "--scheduled")
    year = int(typed[:4])
    assert str(refused.value) == (
        f"--scheduled: the year {year} cannot be meant; give one from 1970 to 2200."
    )


@pytest.mark.parametrize(
    ("typed", "tz", "says"),
    [
        # Clocks in the United Kingdom go from 01:00 to 02:00.
        (
            "2026-03-29T01:30",
            "Europe/London",
            "start: 01:30 on Sunday 29 March does not exist in Europe/London, where the clocks go "
            "forward just then; look at the invitation again (02:30 may be meant).",
        ),
        # Lord Howe moves by half an hour: 02:00 to 02:30.
        (
            "2026-10-04T02:10",
            "Australia/Lord_Howe",
            "start: 02:10 on Sunday 4 October does not exist in Australia/Lord_Howe, where the "
            "clocks go forward just then; look at the invitation again (02:40 may be meant).",
        ),
        # Samoa crossed the date line: there was no 30 December 2011.
        (
            "2011-12-30T09:00",
            "Pacific/Apia",
            "start: 09:00 on Friday 30 December does not exist in Pacific/Apia, where the clocks "
            "go forward just then; look at the invitation again (09:00 on Saturday 31 December "
            "may be meant).",
        ),
    ],
)
def test_an_hour_that_the_clocks_skip_is_refused(typed: str, tz: str, says: str) -> None:
    with pytest.raises(KitError) as refused:
        read_time(typed, tz, "start")
    assert str(refused.value) == says


def test_an_hour_that_comes_twice_is_the_first_one_that_can_be_meant() -> None:
    first = read_time("2026-10-25T01:30", "Europe/London", "start")
    assert first.to_fixed_offset().format_iso() == "2026-10-25T01:30:00+01:00"
    after = read_time("2026-10-25T01:10", "Europe/London", "now", not_before=first)
    assert after.to_fixed_offset().format_iso() == "2026-10-25T01:10:00+00:00"
    assert minutes_between(first, after) == 40


@pytest.mark.parametrize(
    ("day", "clock", "tz", "both"),
    [
        (
            dt.date(2026, 10, 25),
            dt.time(1, 30),
            "Europe/London",
            ("2026-10-25T01:30:00+01:00", "2026-10-25T01:30:00+00:00"),
        ),
        # Half an hour only, on Lord Howe Island.
        (
            dt.date(2026, 4, 5),
            dt.time(1, 45),
            "Australia/Lord_Howe",
            ("2026-04-05T01:45:00+11:00", "2026-04-05T01:45:00+10:30"),
        ),
        (dt.date(2026, 4, 5), dt.time(1, 15), "Australia/Lord_Howe", None),
        (dt.date(2026, 10, 25), dt.time(2, 0), "Europe/London", None),
        # This one the clocks skip.
        (dt.date(2026, 3, 29), dt.time(1, 30), "Europe/London", None),
        (dt.date(2026, 10, 25), dt.time(1, 30), "UTC", None),
    ],
)
def test_an_hour_that_the_clocks_show_twice_names_two_moments(
    day: dt.date, clock: dt.time, tz: str, both: tuple[str, str] | None
) -> None:
    assert shown_twice(day, clock, tz) == both


@given(
    st.datetimes(datetime(1971, 1, 1), datetime(2030, 1, 1)),
    st.sampled_from(ZONES),
)
def test_reading_agrees_with_the_standard_library_wherever_that_is_sure(
    plain: datetime, tz: str
) -> None:
    typed = plain.strftime("%Y-%m-%dT%H:%M:%S")
    aware = plain.replace(microsecond=0, tzinfo=ZoneInfo(tz))
    back = aware.astimezone(UTC).astimezone(ZoneInfo(tz))
    if back.replace(tzinfo=None) != aware.replace(tzinfo=None):
        with pytest.raises(KitError, match="does not exist"):
            read_time(typed, tz, "start")
    else:
        assert read_time(typed, tz, "start").to_stdlib().astimezone(UTC) == aware.astimezone(UTC)


@pytest.mark.parametrize(
    ("hour", "minute", "twelve", "twenty_four"),
    [
        (0, 5, "12:05 am", "00:05"),
        (9, 0, "9:00 am", "09:00"),
        (12, 0, "12:00 pm", "12:00"),
        (14, 7, "2:07 pm", "14:07"),
        (23, 59, "11:59 pm", "23:59"),
    ],
)
def test_clock_times(hour: int, minute: int, twelve: str, twenty_four: str) -> None:
    moment = ZonedDateTime(2026, 3, 5, hour, minute, tz="UTC")
    assert (clock_time(moment), clock_time(moment, "24")) == (twelve, twenty_four)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-2, "Tuesday 3 March"),
        (-1, "yesterday"),
        (0, "today"),
        (1, "tomorrow"),
        (2, "Saturday 7 March"),
    ],
)
def test_days_are_named_from_where_the_reader_stands(days: int, words: str) -> None:
    now = ZonedDateTime(2026, 3, 5, 14, tz="Europe/London")
    assert day_words(now.add(days=days), now) == words


def test_minutes_are_whole_and_floored() -> None:
    start = ZonedDateTime(2026, 3, 5, 14, tz="Europe/London")
    assert minutes_between(start, start.add(seconds=119)) == 1
    assert minutes_between(start, start.subtract(seconds=1)) == -1


def test_the_clock_is_read_to_the_minute() -> None:
    assert now_in("Europe/London").second == 0


@pytest.mark.parametrize("said", ["Nonsense/Zone", "Factory"])
def test_a_computer_that_does_not_say_its_zone_is_told_how_to(
    said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(times, "SYSTEM_TZ", said)
    with pytest.raises(KitError, match="does not say in which time zone it is; choose one"):
        local_zone()


def test_a_page_of_text_is_no_zone_and_that_is_said_at_once() -> None:
    with pytest.raises(KitError, match="there is no time zone called 'xxx"):
        zone("x" * 50_000_000)  # compared with every name it would take minutes
