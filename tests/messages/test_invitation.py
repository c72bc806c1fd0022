"""Appointments as calendar files: written and read back, right on the days clocks change."""

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from interview_coach.errors import KitError
from interview_coach.messages import (
    Invitation,
    called_off,
    moved,
    read_invitation,
    write_invitation,
)
from interview_coach.times import clock_time, read_time

MADE = read_time("2026-03-01T09:00", "Europe/London", "made")


def invitation(start: str = "2026-03-05T14:00", timezone: str = "Europe/London") -> Invitation:
    return Invitation(
        start=read_time(start, timezone, "start"),
        minutes=45,
        summary="Interview: lab manager",
        uid="one@interview-coach",
        place="Call +44 20 7946 0100",
        description="With Ms Mahoney; line, two",
    )


def parsed(data: bytes) -> Any:
    return Calendar.from_ical(data)


def events(data: bytes) -> dict[str, Any]:
    calendar = parsed(data)
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


# Days on which the clocks change in both hemispheres, and a zone of half hours.
DAYS = [
    ("2026-03-29T14:00", "Europe/London"),
    ("2026-10-25T01:30", "Europe/London"),
    ("2026-03-08T03:15", "America/New_York"),
    ("2026-11-01T01:30", "America/New_York"),
    ("2026-04-05T02:30", "Australia/Sydney"),
    ("2026-10-04T03:00", "Australia/Sydney"),
    ("2026-04-05T01:45", "Australia/Lord_Howe"),
    ("2026-09-06T10:00", "America/Santiago"),
    ("2026-06-01T09:30", "Asia/Kolkata"),
]
# Of these the clock shows the time twice.
TWICE = {"2026-10-25T01:30", "2026-11-01T01:30", "2026-04-05T02:30", "2026-04-05T01:45"}


@pytest.mark.parametrize(("start", "timezone"), DAYS)
def test_an_appointment_comes_back_at_its_moment_and_in_its_zone(start: str, timezone: str) -> None:
    given = invitation(start, timezone)
    data = write_invitation(given, made=MADE)
    back = read_invitation(data, timezone="Asia/Tokyo")
    assert back.start.to_instant() == given.start.to_instant()
    assert back.start.tz_id == timezone
    assert (back.minutes, back.summary, back.uid) == (45, given.summary, given.uid)
    assert (back.place, back.description) == (given.place, given.description)
    assert back.doubts == (
        (
            f"The clocks in {timezone} show {clock_time(given.start)} twice on that day: the first is taken; check it with them.",
        )
        if start in TWICE
        else ()
    )
    assert b"BEGIN:VTIMEZONE" in data
    assert f"DTSTART;TZID={timezone}:" in data.decode()


def test_the_second_of_two_equal_clock_times_is_kept_apart() -> None:
    first = invitation("2026-10-25T01:30")
    second = moved(first, first.start.add(hours=1))
    assert second.start.to_plain() == first.start.to_plain()
    back = read_invitation(write_invitation(second, made=MADE), timezone="Europe/London")
    assert back.start == second.start
    assert back.minutes == 45


def test_room_on_both_sides_stands_as_blocks_of_its_own() -> None:
    found = events(write_invitation(invitation(), made=MADE, margins=(30, 45)))
    assert set(found) == {
        "one@interview-coach",
        "one@interview-coach-before",
        "one@interview-coach-after",
    }
    before, after = found["one@interview-coach-before"], found["one@interview-coach-after"]
    assert f"{before['DTSTART'].dt:%H:%M} {before['DURATION'].dt}" == "13:30 0:30:00"
    assert f"{after['DTSTART'].dt:%H:%M} {after['DURATION'].dt}" == "14:45 0:45:00"
    assert {str(event["TRANSP"]) for event in found.values()} == {"OPAQUE"}


def test_a_moved_appointment_is_the_same_one_with_a_higher_sequence() -> None:
    first = invitation()
    later = moved(first, first.start.add(hours=24))
    found = events(write_invitation(later, made=MADE, margins=(15, 0)))
    assert {int(event["SEQUENCE"]) for event in found.values()} == {1}
    assert set(found) == {first.uid, f"{first.uid}-before", f"{first.uid}-after"}
    both = write_invitation(first, made=MADE).replace(b"END:VCALENDAR\r\n", b"") + (
        write_invitation(later, made=MADE)
        .partition(b"BEGIN:VEVENT")[2]
        .join([b"BEGIN:VEVENT", b""])
    )
    assert read_invitation(both, timezone="Europe/London").start == later.start


def states(data: bytes) -> dict[str, tuple[str, str, str]]:
    return {
        uid.rpartition("-")[2] if uid.endswith(("-before", "-after")) else "": (
            f"{event['DTSTART'].dt:%d %H:%M}",
            f"{event['DURATION'].dt}",
            f"{event['STATUS']} {event['TRANSP']}",
        )
        for uid, event in events(data).items()
    }


ON, OFF = "CONFIRMED OPAQUE", "CANCELLED TRANSPARENT"


@pytest.mark.parametrize(
    ("margins", "before", "blocks"),
    [
        ((15, 0), (30, 45), {"before": ("06 13:45", "0:15:00", ON), "after": ("06 14:45", "0:45:00", OFF)}),
        ((0, 0), (30, 0), {"before": ("06 13:30", "0:30:00", OFF)}),
        ((0, 0), (0, 0), {}),
        ((0, 10), (0, 0), {"after": ("06 14:45", "0:10:00", ON)}),
        ((0, 0), None, {"before": ("06 13:59", "0:01:00", OFF), "after": ("06 14:45", "0:01:00", OFF)}),
    ],
)  # fmt: skip
def test_room_that_is_kept_no_longer_is_given_free_when_the_appointment_moves(
    margins: tuple[int, int],
    before: tuple[int, int] | None,
    blocks: dict[str, tuple[str, str, str]],
) -> None:
    later = moved(invitation(), invitation().start.add(hours=24))
    data = write_invitation(later, made=MADE, margins=margins, margins_before=before)
    assert states(data) == {"": ("06 14:00", "0:45:00", ON)} | blocks
    back = read_invitation(data, timezone="Europe/London")
    assert (back.start, back.cancelled) == (later.start, False)


@pytest.mark.parametrize("before", [(30, 45), None])
def test_calling_it_off_without_margins_gives_the_room_free_that_was_kept(
    before: tuple[int, int] | None,
) -> None:
    data = write_invitation(called_off(invitation()), made=MADE, margins_before=before)
    assert {name: state for name, (_, _, state) in states(data).items()} == {
        "": OFF, "before": OFF, "after": OFF,
    }  # fmt: skip
    assert str(parsed(data)["METHOD"]) == "CANCEL"


def test_a_new_appointment_has_nothing_to_give_free() -> None:
    assert set(states(write_invitation(invitation(), made=MADE))) == {""}


def test_one_that_is_called_off_cancels_its_blocks_too() -> None:
    data = write_invitation(called_off(invitation()), made=MADE, margins=(15, 15), alarm=90)
    calendar = parsed(data)
    assert str(calendar["METHOD"]) == "CANCEL"
    assert {str(event["STATUS"]) for event in calendar.walk("VEVENT")} == {"CANCELLED"}
    assert len(calendar.walk("VEVENT")) == 3
    assert calendar.walk("VALARM") == []
    back = read_invitation(data, timezone="Europe/London")
    assert back.cancelled
    assert "It says that the appointment is called off." in back.doubts


def test_the_alarm_rings_while_the_confirmation_is_due() -> None:
    (alarm,) = parsed(write_invitation(invitation(), made=MADE, alarm=90)).walk("VALARM")
    assert alarm["TRIGGER"].dt.total_seconds() == -90 * 60
    for minutes in (59, 121, 0):
        with pytest.raises(
            KitError, match=rf"^alarm: {minutes} minutes before is not one to two hours"
        ):
            write_invitation(invitation(), made=MADE, alarm=minutes)


def test_lengths_and_margins_out_of_range_are_refused() -> None:
    with pytest.raises(KitError, match=r"^room after: 241 minutes cannot be; give 0 to 240"):
        write_invitation(invitation(), made=MADE, margins=(0, 241))
    with pytest.raises(KitError, match=r"^room before: -1 minutes cannot be"):
        write_invitation(invitation(), made=MADE, margins=(-1, 0))


def ics(*lines: str, before: str = "") -> str:
    return "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:x",
            *before.splitlines(),
            "BEGIN:VEVENT",
            "UID:u",
            "SUMMARY:Interview",
            *lines,
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    )


@pytest.mark.parametrize(
    ("line", "start", "doubt"),
    [
        ("DTSTART:20260305T140000", "2026-03-05T14:00:00+01:00[Europe/Berlin]", "It names no time zone: 2:00 pm is taken as your own time"),
        ("DTSTART;TZID=Mars/Base:20260305T140000", "2026-03-05T14:00:00+01:00[Europe/Berlin]", "It names a time zone that nobody knows (Mars/Base)"),
        ("DTSTART:20260305T140000Z", "2026-03-05T15:00:00+01:00[Europe/Berlin]", ""),
        ("DTSTART;TZID=Eastern Standard Time:20260305T140000", "2026-03-05T14:00:00-05:00[America/New_York]", ""),
        ("DTSTART;TZID=America/New_York:20260308T023000", "2026-03-08T03:30:00-04:00[America/New_York]", "The clocks in America/New_York skip 2:30 am on that day: 3:30 am is taken"),
        ("DTSTART;TZID=America/New_York:20261101T013000", "2026-11-01T01:30:00-04:00[America/New_York]", "The clocks in America/New_York show 1:30 am twice on that day: the first is taken"),
        ("DTSTART;TZID=Europe/London:20260305T140000\r\nRRULE:FREQ=WEEKLY", "2026-03-05T14:00:00+00:00[Europe/London]", "It repeats: the first time, Thursday 5 March at 2:00 pm, is taken"),
    ],
)  # fmt: skip
def test_what_calendars_write_is_read_and_doubts_are_said(
    line: str, start: str, doubt: str
) -> None:
    found = read_invitation(ics(line, "DURATION:PT30M"), timezone="Europe/Berlin")
    assert found.start.format_iso() == start
    assert any(one.startswith(doubt) for one in found.doubts) if doubt else found.doubts == ()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("hello", "invitation: this is no calendar file (.ics); choose another, or type the day and time instead."),
        (ics("DTSTART;VALUE=DATE:20260305"), "invitation: it lasts all day (05 March 2026) and names no time; type the day and time instead."),
        (ics("DTSTART:soon"), "invitation: its start cannot be read; type the day and time instead."),
        (ics(), "invitation: its start cannot be read; type the day and time instead."),
        (ics("DTSTART:00010305T140000Z"), "invitation: its year, 1, cannot be right; type the day and time instead."),
        ("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "invitation: the file holds no appointment; choose another, or type the day and time instead."),
        ("BEGIN:VCALENDAR\r\nX\r\nEND:VCALENDAR\r\n", "invitation: the file is torn or malformed (ValueError); save it anew from the mail, or type the day and time instead."),
        ("BEGIN:VCALENDAR" + "x" * 1_000_000, "invitation: it has 1,000,015 bytes, more than an invitation has; save the one appointment from your calendar, or type the day and time instead."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_ends_in_one_sentence(data: str, says: str) -> None:
    with pytest.raises(KitError) as caught:
        read_invitation(data, timezone="Europe/London")
    assert str(caught.value) == says


LONDON = "DTSTART;TZID=Europe/London:20260305T140000"
NEAREST = "It repeats: the time nearest to now, {}, is taken; check the day."


def series(*lines: str, days: tuple[tuple[str, ...], ...] = ()) -> str:
    more = "".join(
        "\r\n".join(["BEGIN:VEVENT", "UID:u", "SUMMARY:Interview", *day, "END:VEVENT", ""])
        for day in days
    )
    return ics(*lines).replace("END:VCALENDAR", more + "END:VCALENDAR")


def day(of: str, *lines: str) -> tuple[str, ...]:
    return (f"RECURRENCE-ID;TZID=Europe/London:{of}", *lines)


@pytest.mark.parametrize(
    ("data", "start", "minutes", "said"),
    [
        (series(LONDON, "DURATION:PT45M", "RRULE:FREQ=WEEKLY"), "2026-03-26T14:00:00+00:00", 45, "Thursday 26 March at 2:00 pm"),
        (series(LONDON, "DTEND;TZID=Europe/London:20260305T150000", "RRULE:FREQ=WEEKLY;INTERVAL=2"), "2026-04-02T14:00:00+01:00", 60, "Thursday 2 April at 2:00 pm"),
        (series(LONDON, "DURATION:PT45M", "RRULE:FREQ=WEEKLY;UNTIL=20260312T140000Z"), "2026-03-12T14:00:00+00:00", 45, "Thursday 12 March at 2:00 pm"),
        (series(LONDON, "DURATION:PT45M", "RRULE:FREQ=WEEKLY;COUNT=2"), "2026-03-12T14:00:00+00:00", 45, "Thursday 12 March at 2:00 pm"),
        (series(LONDON, "DURATION:PT45M", "RRULE:FREQ=WEEKLY", "EXDATE;TZID=Europe/London:20260326T140000"), "2026-04-02T14:00:00+01:00", 45, "Thursday 2 April at 2:00 pm"),
        (series(LONDON, "DURATION:PT45M", "RRULE:FREQ=WEEKLY", "EXDATE:20260326T140000Z,20260402T130000Z"), "2026-03-19T14:00:00+00:00", 45, "Thursday 19 March at 2:00 pm"),
        (series(LONDON, "DURATION:PT45M", "RRULE:FREQ=WEEKLY", "EXDATE;VALUE=DATE:20260326"), "2026-04-02T14:00:00+01:00", 45, "Thursday 2 April at 2:00 pm"),
        (series(LONDON, "DURATION:PT45M", "RRULE:FREQ=WEEKLY", days=(day("20260326T140000", "DTSTART;TZID=Europe/London:20260327T160000", "DURATION:PT20M"),)), "2026-03-27T16:00:00+00:00", 20, "Friday 27 March at 4:00 pm"),
        (series(LONDON, "DURATION:PT45M", "RRULE:FREQ=WEEKLY", days=(day("20260326T140000", "DTSTART;TZID=Europe/London:20260326T140000", "STATUS:CANCELLED"),)), "2026-04-02T14:00:00+01:00", 45, "Thursday 2 April at 2:00 pm"),
        (series(LONDON, "DURATION:PT45M", "RDATE;TZID=Europe/London:20260325T120000,20260410T090000"), "2026-03-25T12:00:00+00:00", 45, "Wednesday 25 March at 12:00 pm"),
        (series(LONDON, "DURATION:PT45M", "RRULE:FREQ=MONTHLY;BYDAY=TH;BYSETPOS=-1"), "2026-03-26T14:00:00+00:00", 45, "Thursday 26 March at 2:00 pm"),
        (series("DTSTART;TZID=Europe/London:19700305T140000", "DURATION:PT45M", "RRULE:FREQ=DAILY"), "2026-03-28T14:00:00+00:00", 45, "Saturday 28 March at 2:00 pm"),
    ],
)  # fmt: skip
def test_of_one_that_repeats_the_time_nearest_to_now_is_taken(
    data: str, start: str, minutes: int, said: str
) -> None:
    now = read_time("2026-03-28T13:00", "Europe/London", "now")
    found = read_invitation(data, timezone="Europe/London", now=now)
    assert found.start.format_iso() == f"{start}[Europe/London]"
    assert (found.minutes, found.doubts) == (minutes, (NEAREST.format(said),))


def test_a_time_of_a_series_that_the_clocks_skip_is_said() -> None:
    data = series(
        "DTSTART;TZID=Europe/London:20260322T013000", "DURATION:PT30M", "RRULE:FREQ=WEEKLY"
    )
    now = read_time("2026-03-29T12:00", "Europe/London", "now")
    assert read_invitation(data, timezone="Europe/London", now=now).doubts == (
        "The clocks in Europe/London skip 1:30 am on that day: 2:30 am is taken; check it with them.",
        NEAREST.format("Sunday 29 March at 2:30 am"),
    )


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYSETPOS=5", "FREQ=WEEKLY;INTERVAL=0"],
)  # fmt: skip
def test_a_rule_that_never_ends_or_never_comes_is_not_worked_out(rule: str) -> None:
    now = read_time("2026-03-28T13:00", "Europe/London", "now")
    data = series(LONDON, "DURATION:PT30M", f"RRULE:{rule}")
    assert read_invitation(data, timezone="Europe/London", now=now).doubts == (
        "It repeats in a way that is not read here: the first time, Thursday 5 March at 2:00 pm, is taken; check the day.",
    )


def test_a_series_with_no_day_left_ends_in_one_sentence() -> None:
    data = series(LONDON, "RRULE:FREQ=WEEKLY;COUNT=1", "EXDATE;TZID=Europe/London:20260305T140000")
    with pytest.raises(KitError) as caught:
        read_invitation(data, timezone="Europe/London")
    assert str(caught.value) == (
        "invitation: it repeats, and each of its days is called off; type the day and time instead."
    )


def two(second: str, summary: str = "Dentist") -> str:
    return ics("DTSTART:20260305T140000Z").replace(
        "END:VCALENDAR",
        f"BEGIN:VEVENT\r\nUID:{second}\r\nSUMMARY:{summary}\r\nDTSTART:20260306T140000Z\r\nSEQUENCE:2\r\nEND:VEVENT\r\nEND:VCALENDAR",
    )


def test_of_several_appointments_the_interview_is_taken_or_the_person_asked() -> None:
    assert read_invitation(two("other"), timezone="UTC").start.day == 5
    assert read_invitation(two("u", "Interview"), timezone="UTC").start.day == 6
    with pytest.raises(KitError, match=r"^invitation: the file holds 2 different appointments"):
        read_invitation(two("other", "Second interview"), timezone="UTC")


def test_what_is_written_in_it_comes_back_as_plain_text_with_its_numbers_and_links() -> None:
    found = read_invitation(
        ics(
            "DTSTART:20260305T140000Z",
            "DESCRIPTION:<html><script>alert(1)</script><p>Call <b>+44 20 7946 0100</b><br>or join https://meet.example.com/abc</p></html>",
            "LOCATION:\u202eRoom\u202c 5",
        ),
        timezone="Europe/London",
    )
    assert found.description == "Call +44 20 7946 0100\nor join https://meet.example.com/abc"
    assert found.place == "Room 5"
    assert found.numbers == ("+44 20 7946 0100",)
    assert found.links == ("https://meet.example.com/abc",)


@settings(max_examples=80, deadline=None)
@given(
    st.binary(max_size=300)
    | st.lists(
        st.sampled_from(
            [
                "BEGIN:VCALENDAR",
                "END:VCALENDAR",
                "BEGIN:VEVENT",
                "END:VEVENT",
                "DTSTART:20260305T140000Z",
                "DTEND:20200101T000000Z",
                "DURATION:PT-5M",
                "UID:x",
                "SEQUENCE:many",
                "RRULE:FREQ=SECONDLY",
                "RRULE:FREQ=DAILY;COUNT=3",
                "EXDATE:20260305T140000Z",
                "RDATE;VALUE=PERIOD:20260305T140000Z/PT1H",
                "RECURRENCE-ID:20260306T140000Z",
                "STATUS:CANCELLED",
                "DTSTART;TZID=:20260305T140000",
                "DTSTART;TZID=Europe/London:99999999T999999",
                "BEGIN:VALARM",
                " folded",
                "DESCRIPTION:\\n\\n",
            ]
        ),
        max_size=14,
    ).map(lambda lines: "\r\n".join(lines).encode())
)
@example(
    b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260305T140000Z\r\nEND:VEVENT\r\nEND:VCALENDAR"
)
def test_any_file_ends_in_an_appointment_or_in_one_sentence(data: bytes) -> None:
    try:
        found = read_invitation(data, timezone="Europe/London", now=MADE)
    except KitError as error:
        assert "\n" not in str(error)
        assert str(error).endswith(".")
    else:
        assert 1 <= found.minutes <= 24 * 60
