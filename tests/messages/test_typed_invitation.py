"""An invitation as it stands in a mail: what is sure is taken, what is not is said."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.errors import KitError
from interview_coach.messages import Invitation, read_typed
from interview_coach.times import read_time

NOW = read_time("2026-03-05T14:10", "Europe/London", "now")  # a Thursday


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Interview Thu 5 March 2pm ET with Ms Mahoney, 555-0100", "2026-03-05T14:00:00-05:00[America/New_York]"),
        ("Your interview is on Thursday at 14:00", "2026-03-05T14:00:00+00:00[Europe/London]"),
        ("We will call you tomorrow at half past ten", "2026-03-06T10:30:00+00:00[Europe/London]"),
        ("phone interview, March 5th 2026, 2:00 PM GMT", "2026-03-05T14:00:00+00:00[Europe/London]"),
        ("2026-03-05 at 14:00", "2026-03-05T14:00:00+00:00[Europe/London]"),
        ("28 December at 9am", "2025-12-28T09:00:00+00:00[Europe/London]"),
        ("Monday 9.30 am CET", "2026-03-09T09:30:00+01:00[Europe/Berlin]"),
    ],
)  # fmt: skip
def test_day_time_and_zone_are_read(text: str, start: str) -> None:
    assert read_typed(text, timezone="Europe/London", now=NOW).start.format_iso() == start


def test_numbers_come_along_and_doubts_are_said() -> None:
    found = read_typed("Call me at 2 or at 3 on 020 7946 0100", timezone="Europe/London", now=NOW)
    assert found.numbers == ("020 7946 0100",)
    assert found.doubts == (
        "It names several times; the first, 2, is taken.",
        "It names no day that can be read: today is taken.",
        "It does not say whether morning or afternoon is meant; check it.",
        "It names no time zone: 2:00 pm is taken as your own time; check it with them.",
    )


@pytest.mark.parametrize("text", ["", "see you soon", "<script>alert(1)</script>"])
def test_without_a_time_one_sentence_says_what_to_do(text: str) -> None:
    with pytest.raises(KitError) as caught:
        read_typed(text, timezone="Europe/London", now=NOW)
    assert str(caught.value) == (
        "invitation: no clock time can be read in it; type the day and time instead."
    )


def read(text: str, now: str = "2026-03-05T14:10", home: str = "Europe/London") -> Invitation:
    return read_typed(text, timezone=home, now=read_time(now, home, "now"))


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("Thursday 2:00 - 2:30 PM (EST)", "14:00:00-05:00[America/New_York]"),
        ("Thursday from 2pm to 3pm ET", "14:00:00-05:00[America/New_York]"),
        ("Thursday, March 5, 2026⋅2:00 – 2:30pm Eastern Time - New York", "14:00:00-05:00[America/New_York]"),
        ("Thursday, March 5, 2026⋅2:00 – 2:30pm\nTime zone: America/New_York", "14:00:00-05:00[America/New_York]"),
        ("When: Thursday, March 5, 2026 2:00 PM-2:30 PM. (UTC-05:00) Eastern Time (US & Canada)", "14:00:00-05:00[America/New_York]"),
        ("All times are Pacific. Thursday 2pm", "14:00:00-08:00[America/Los_Angeles]"),
        ("Thursday 14h30 (Paris)", "14:30:00+01:00[Europe/Paris]"),
        ("jeudi 5 mars à 14h, heure de Paris", "14:00:00+01:00[Europe/Paris]"),
        ("Thursday 2pm Singapore time", "14:00:00+08:00[Asia/Singapore]"),
        ("Thursday noon central time", "12:00:00-06:00[America/Chicago]"),
        ("Thursday noon–1pm CT", "12:00:00-06:00[America/Chicago]"),
        ("jueves 5 de marzo a las 14:00, hora de Ciudad de México", "14:00:00-06:00[America/Mexico_City]"),
        ("jueves 5 de marzo, 14:00 (hora de España)", "14:00:00+01:00[Europe/Madrid]"),
        ("Thursday 2pm New Mexico time", "14:00:00-07:00[America/Denver]"),
        ("Thursday, 5. März, 14.00 Uhr MEZ", "14:00:00+01:00[Europe/Berlin]"),
        ("Donnerstag, 5.3. um 14 Uhr mitteleuropäische Zeit", "14:00:00+01:00[Europe/Berlin]"),
        ("Thursday 2pm NZDT", "14:00:00+13:00[Pacific/Auckland]"),
        ("Thursday 2pm Central European Time", "14:00:00+01:00[Europe/Berlin]"),
        ("Thursday 2pm India Standard Time", "14:00:00+05:30[Asia/Kolkata]"),
        ("Thursday 2pm Irish time", "14:00:00+00:00[Europe/Dublin]"),
        ("Thursday 2pm (IST, Dublin)", "14:00:00+00:00[Europe/Dublin]"),
        ("Thursday 2 pm IST, with the team in Dublin", "14:00:00+00:00[Europe/Dublin]"),
        ("Thursday 2pm GMT+1 (Paris)", "14:00:00+01:00[Europe/Paris]"),
        ("2026-03-05T14:00:00+01:00[Europe/Paris]", "14:00:00+01:00[Europe/Paris]"),
        ("Thursday 9:00am PT / 12:00pm ET / 5:00pm GMT", "09:00:00-08:00[America/Los_Angeles]"),
        ("Thursday 2pm UTC", "14:00:00+00:00[UTC]"),
        ("jueves 5 de marzo a las 4 de la tarde, hora argentina", "16:00:00-03:00[America/Argentina/Buenos_Aires]"),
        ("El jueves 5 a las 16 h, hora mexicana", "16:00:00-06:00[America/Mexico_City]"),
        ("jueves, 16:30 hora peninsular", "16:30:00+01:00[Europe/Madrid]"),
        ("jeudi 5 mars à 8 heures du soir, heure belge", "20:00:00+01:00[Europe/Brussels]"),
        ("Donnerstag um 4 Uhr nachmittags, deutsche Zeit", "16:00:00+01:00[Europe/Berlin]"),
        ("Thursday 2pm your time", "14:00:00+00:00[Europe/London]"),
        ("Thursday at 14:00 (UK time). Our team in Paris will call you.", "14:00:00+00:00[Europe/London]"),
    ],
)  # fmt: skip
def test_a_zone_is_found_wherever_it_stands(text: str, clock: str) -> None:
    found = read(text)
    assert found.start.format_iso() == f"2026-03-05T{clock}"
    assert found.doubts == ()


UNKNOWN = "It names a time zone or place that is not known here ({}): 2:00 pm is taken as your own time; check it with them."


@pytest.mark.parametrize(
    ("text", "zone", "doubts"),
    [
        ("5 March 2 pm with Jo in Dublin", "Europe/Dublin", ["It names Dublin, but no time zone: 2:00 pm is taken as the time there; check it with them."]),
        ("5 March 2pm Narnia time", "Europe/London", [UNKNOWN.format("Narnia time")]),
        ("5 March 2pm XQT", "Europe/London", [UNKNOWN.format("XQT")]),
        ("5 March 2pm in Springfield", "Europe/London", [UNKNOWN.format("Springfield")]),
        ("5 March 2pm. Time zone: Mars", "Europe/London", [UNKNOWN.format("Mars")]),
        ("5 March 2pm our time", "Europe/London", [UNKNOWN.format("our time")]),
        ("5 March 2pm IST", "Asia/Kolkata", ["IST can be the time of India, Ireland or Israel: India is taken; check it with them."]),
        ("5 March 2pm CST", "America/Chicago", ["CST can be the time of Chicago, China or Cuba: Chicago is taken; check it with them."]),
        ("5 July 2pm BST", "Europe/London", ["BST can be the time of Britain or Bangladesh: Britain is taken; check it with them."]),
        ("5 March 2pm BST", "Europe/London", ["BST can be the time of Britain or Bangladesh: Britain is taken; check it with them.", "It says BST, which London does not keep on that day: 2:00 pm is taken as the clock time in London; check it with them."]),
        ("5 July 2pm EST", "America/New_York", ["It says EST, which New York does not keep on that day: 2:00 pm is taken as the clock time in New York; check it with them."]),
        ("5 July 2pm Eastern Standard Time", "America/New_York", ["It says Eastern Standard Time, which New York does not keep on that day: 2:00 pm is taken as the clock time in New York; check it with them."]),
        ("5 July 2pm (UTC-05:00) Eastern Time", "America/New_York", ["It gives UTC-05:00, but America/New_York is at UTC-04:00 on that day: 2:00 pm is taken as the clock time there; check it with them."]),
        ("5 March 2pm. Times are in ET or PST", "America/New_York", ["It names several time zones; the first, ET, is taken; check it with them."]),
        ("5 March 2pm (Zoom)", "Europe/London", ["It names no time zone: 2:00 pm is taken as your own time; check it with them."]),
        ("5 March 2pm (Ms Mahoney)", "Europe/London", ["It names no time zone: 2:00 pm is taken as your own time; check it with them."]),
    ],
)  # fmt: skip
def test_what_is_not_certain_about_the_zone_is_said(
    text: str, zone: str, doubts: list[str]
) -> None:
    found = read(text)
    assert found.start.tz_id == zone
    assert (found.start.hour, list(found.doubts)) == (14, doubts)


@pytest.mark.parametrize(
    ("home", "taken"),
    [("Europe/Dublin", "Ireland"), ("Asia/Jerusalem", "Israel"), ("Asia/Tokyo", "India")],
)
def test_of_letters_that_several_countries_use_the_persons_own_are_taken(
    home: str, taken: str
) -> None:
    assert read("5 March 2pm IST", home=home).doubts == (
        f"IST can be the time of India, Ireland or Israel: {taken} is taken; check it with them.",
    )


@pytest.mark.parametrize(
    ("text", "start", "said"),
    [
        ("2026-03-05T14:00:00+01:00", "2026-03-05T13:00:00+00:00", "Only the offset UTC+01:00 is known, not the time zone: it is 1:00 pm"),
        ("2026-07-03T14:00:00-04:00", "2026-07-03T19:00:00+01:00", "Only the offset UTC-04:00 is known, not the time zone: it is 7:00 pm"),
        ("2026-07-03T14:00Z", "2026-07-03T15:00:00+01:00", "It gives the time in UTC and names no time zone: it is 3:00 pm"),
        ("20260703T140000Z", "2026-07-03T15:00:00+01:00", "It gives the time in UTC and names no time zone: it is 3:00 pm"),
        ("Thursday 2pm GMT+1", "2026-03-05T13:00:00+00:00", "Only the offset UTC+01:00 is known, not the time zone: it is 1:00 pm"),
        ("Thursday 2pm UTC-5", "2026-03-05T19:00:00+00:00", "Only the offset UTC-05:00 is known, not the time zone: it is 7:00 pm"),
        ("Thursday 2pm UTC−05:30", "2026-03-05T19:30:00+00:00", "Only the offset UTC-05:30 is known, not the time zone: it is 7:30 pm"),
        ("Thursday 14:00 +0100", "2026-03-05T13:00:00+00:00", "Only the offset UTC+01:00 is known, not the time zone: it is 1:00 pm"),
        ("5 March 8pm UTC-8", "2026-03-06T04:00:00+00:00", "Only the offset UTC-08:00 is known, not the time zone: it is 4:00 am on Friday 6 March"),
    ],
)  # fmt: skip
def test_an_offset_gives_the_moment_on_the_persons_own_clock(
    text: str, start: str, said: str
) -> None:
    found = read(text)
    assert found.start.format_iso() == f"{start}[Europe/London]"
    assert found.doubts == (f"{said} on your own clock; check it with them.",)


@pytest.mark.parametrize(
    ("text", "start", "minutes"),
    [
        ("Friday 2-2:30pm PST", "2026-03-06T14:00:00-08:00", 30),
        ("Thursday 5 March 2-2:45pm PST", "2026-03-05T14:00:00-08:00", 45),
        ("2:00 – 2:30pm PST on Thursday", "2026-03-05T14:00:00-08:00", 30),
        ("Thursday 14:00–14:45 PST", "2026-03-05T14:00:00-08:00", 45),
        ("Thursday 11-12:30pm PST", "2026-03-05T11:00:00-08:00", 90),
        ("Thursday 11am-1pm PST", "2026-03-05T11:00:00-08:00", 120),
        ("Thursday 2.30-3pm PST", "2026-03-05T14:30:00-08:00", 30),
        ("Thursday 2pm PST - 3pm PST", "2026-03-05T14:00:00-08:00", 60),
        ("Thursday 22:30-00:15 PST", "2026-03-05T22:30:00-08:00", 105),
        ("Thursday 2:00 p.m. to 2:20 p.m. PST", "2026-03-05T14:00:00-08:00", 20),
        ("Thursday noon to 1pm PST", "2026-03-05T12:00:00-08:00", 60),
        ("2026-03-05 14:00-15:00 PST", "2026-03-05T14:00:00-08:00", 60),
        ("Thu 5 Mar 2026 14:00 – Thu 5 Mar 2026 14:45 (PST)", "2026-03-05T14:00:00-08:00", 45),
        ("March 5 - 2pm PST", "2026-03-05T14:00:00-08:00", 30),
    ],
)  # fmt: skip
def test_a_range_gives_the_start_and_the_length(text: str, start: str, minutes: int) -> None:
    found = read(text)
    assert found.start.format_iso() == f"{start}[America/Los_Angeles]"
    assert (found.minutes, found.doubts) == (minutes, ())


@pytest.mark.parametrize(
    ("text", "hour", "sure"),
    [
        ("tomorrow at 2 GMT", 14, False),
        ("tomorrow afternoon at 2 GMT", 14, True),
        ("2 o'clock in the afternoon tomorrow GMT", 14, True),
        ("6 o'clock in the morning tomorrow GMT", 6, True),
        ("tomorrow at 2:30 GMT", 14, False),
        ("tomorrow at 9:30 GMT", 9, True),
        ("tomorrow at 12:30 GMT", 12, True),
        ("tomorrow at 00:30 GMT", 0, True),
        ("tomorrow at 2pm GMT", 14, True),
    ],
)
def test_morning_or_afternoon_is_taken_from_the_words_or_said(
    text: str, hour: int, sure: bool
) -> None:
    found = read(text)
    assert found.start.hour == hour
    assert found.doubts == (
        () if sure else ("It does not say whether morning or afternoon is meant; check it.",)
    )


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("mañana a las 9 de la noche", "2026-03-06T21:00"),
        ("el jueves a las 10 de la mañana", "2026-03-05T10:00"),
        ("el jueves por la tarde a las 4", "2026-03-05T16:00"),
        ("el jueves a la 1 de la tarde", "2026-03-05T13:00"),
        ("el jueves a las 12 de la mañana", "2026-03-05T12:00"),
        ("heute Abend um 8 Uhr", "2026-03-05T20:00"),
        ("Donnerstag, 8 Uhr", "2026-03-05T08:00"),
        ("jeudi à 9h du matin", "2026-03-05T09:00"),
        ("Thursday at 9:00 in the evening", "2026-03-05T21:00"),
        (
            "Thursday at 4 in the afternoon, which is 4 in the morning in Auckland",
            "2026-03-05T16:00",
        ),
        ("Thursday morning at 10, or if that does not suit in the afternoon", "2026-03-05T10:00"),
        ("Good evening! We will call you on Thursday at 10:15", "2026-03-05T10:15"),
        ("Guten Abend Frau Kern, wir rufen Sie am Donnerstag um 9 Uhr an", "2026-03-05T09:00"),
        ("Buenas tardes, la llamada es el 5 de marzo a las 10", "2026-03-05T10:00"),
        ("We will call on Thursday at 8:30. Have a lovely evening", "2026-03-05T08:30"),
    ],
)
def test_which_half_of_the_day_is_told_by_the_words_beside_the_time(text: str, start: str) -> None:
    found = read(text)
    assert found.start.to_plain().format_iso()[:16] == start
    assert not any("morning or afternoon" in doubt for doubt in found.doubts)


def test_a_greeting_does_not_settle_the_half_of_the_day() -> None:
    found = read("Good afternoon Alex, we will call you on Thursday at 10.")
    assert found.start.hour == 10
    assert "It does not say whether morning or afternoon is meant; check it." in found.doubts


def test_a_stretch_in_which_they_call_is_no_length() -> None:
    found = read("between 9am and 5pm ET on Friday")
    assert (found.start.hour, found.minutes) == (9, 30)
    assert found.doubts == (
        "It names a stretch of time, until 5:00 pm: its beginning is taken; ask when they call.",
    )


@pytest.mark.parametrize(
    ("text", "day", "doubt"),
    [
        ("11/26/2026 at 2pm", "2026-11-26", None),
        ("26/11/2026 at 2pm", "2026-11-26", None),
        ("26.11.2026 14:00", "2026-11-26", None),
        ("5.3.2026 14:00", "2026-03-05", None),
        ("2026/03/05 at 2pm", "2026-03-05", None),
        ("3/3/26 at 2pm", "2026-03-03", None),
        ("am 5.3. um 14 Uhr", "2026-03-05", None),
        ("03/05/2026 at 2pm", "2026-03-05", "03/05/2026 can be 3 May 2026 or 5 March 2026: 5 March 2026 is taken"),
        ("Monday 12/07/2026 at 2pm", "2026-12-07", "12/07/2026 can be 12 July 2026 or 7 December 2026: 7 December 2026 is taken"),
        ("Sunday 12/07/2026 at 2pm", "2026-07-12", "12/07/2026 can be 12 July 2026 or 7 December 2026: 12 July 2026 is taken"),
        ("12/07/2026 at 2pm", "2026-07-12", "12/07/2026 can be 12 July 2026 or 7 December 2026: 12 July 2026 is taken"),
        ("4/3 at 2pm", "2026-03-04", "4/3 can be 4 March 2026 or 3 April 2026: 4 March 2026 is taken"),
        ("the 12th at 2pm", "2026-03-12", None),
        ("Tuesday the 10th at 2pm", "2026-03-10", None),
        ("today noon", "2026-03-05", None),
        ("mardi 10 mars à 14h", "2026-03-10", None),
        ("Dienstag um 14 Uhr", "2026-03-10", "Dienstag can be 10 March 2026 or 3 March 2026: 10 March 2026 is taken"),
        ("Friday 6 March at 2pm", "2026-03-06", None),
        ("Thursday 6 March at 2pm", "2026-03-06", "6 March 2026 is a Friday, but it says Thursday: 6 March 2026 is taken"),
    ],
)  # fmt: skip
def test_a_day_is_read_and_what_can_be_two_is_said(text: str, day: str, doubt: str | None) -> None:
    found = read(text)
    assert found.start.date().format_iso() == day
    said = [one for one in found.doubts if "no time zone" not in one]
    assert said == ([f"{doubt}; check the day."] if doubt else [])


def test_several_days_are_said() -> None:
    assert read("3 March or 4 March at 2pm GMT").doubts == (
        "It names several days; the first, 3 March 2026, is taken.",
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("February 30 at 2pm", "February 30"),
        ("Monday 30 February at 2pm", "30 February"),
        ("30/02/2026 at 2pm", "30/02/2026"),
        ("31.04.2026 um 14 Uhr", "31.04.2026"),
        ("13/13/2026 at 2pm", "13/13/2026"),
        ("2026-02-30T14:00", "2026-02-30"),
        ("Feb 29, 2026 at 2pm", "Feb 29, 2026"),
    ],
)
def test_a_day_that_does_not_exist_ends_in_one_sentence(text: str, words: str) -> None:
    with pytest.raises(KitError) as caught:
        read(text)
    assert str(caught.value) == (
        f"invitation: there is no such day as {words}; look at it again, or type the day and time instead."
    )


@pytest.mark.parametrize(
    ("text", "start", "doubts"),
    [
        ("29 March 2026 at 1:30am London time", "2026-03-29T02:30:00+01:00", ("The clocks in Europe/London skip 1:30 am on that day: 2:30 am is taken; check it with them.",)),
        ("25 October 2026 at 1:30am London time", "2026-10-25T01:30:00+01:00", ("The clocks in Europe/London show 1:30 am twice on that day: the first is taken; check it with them.",)),
        ("25 October 2026 at 1:30am GMT", "2026-10-25T01:30:00+00:00", ()),
    ],
)  # fmt: skip
def test_on_days_when_the_clocks_change_what_is_taken_is_said(
    text: str, start: str, doubts: tuple[str, ...]
) -> None:
    found = read(text)
    assert found.start.format_iso() == f"{start}[Europe/London]"
    assert found.doubts == doubts


def test_a_date_or_a_range_is_no_telephone_number() -> None:
    assert read("5.3.2026 14:00, call 555-0100 Thu 2-3pm").numbers == ("555-0100",)


@settings(max_examples=80, deadline=None)
@given(
    st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2100, 1, 1)),
    st.integers(-14 * 4, 14 * 4),
    st.sampled_from(["minutes", "seconds"]),
)
def test_an_iso_time_is_its_moment_whatever_the_offset(
    at: dt.datetime, quarters: int, spec: str
) -> None:
    aware = at.replace(
        second=0, microsecond=0, tzinfo=dt.timezone(dt.timedelta(minutes=15 * quarters))
    )
    found = read(f"Interview: {aware.isoformat(timespec=spec)}, see you")
    assert found.start.timestamp() == aware.timestamp()


@settings(max_examples=80, deadline=None)
@given(
    st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31)),
    st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%Y/%m/%d", "%d %B %Y", "%B %d, %Y", "%A, %d %b %Y"]),
    st.integers(0, 23 * 60),
    st.integers(1, 59),
)
def test_a_day_in_any_writing_with_a_range_comes_back(
    day: dt.date, writing: str, minute: int, length: int
) -> None:
    start = dt.datetime.combine(day, dt.time(minute // 60, minute % 60))
    end = start + dt.timedelta(minutes=length)
    # "01:30" without am or pm is rather the afternoon's: only clocks of 24 hours after 7 are sure.
    for clock in ("%H:%M", "%I:%M %p") if start.hour >= 7 else ("%I:%M %p",):
        found = read(f"{day:{writing}}, {start:{clock}} - {end:{clock}} UTC")
        assert found.start.to_plain().format_iso() == start.isoformat()
        assert (found.minutes, found.doubts) == (length, ())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["31 february", "at 2", "24:00", "2pm", "the 31st", "12/40", "0000-99-99", "may", "noon ET", "5/3", "30.2.2026", "2-3", "2026-03-05T14:00Z", "GMT+14", "(Paris)", "in", "time", "IST", "31/12/9999", "half two", "0:60", "\u200b", "tomorrow"]), max_size=6).map(" ".join)
    | st.text(max_size=80)
)  # fmt: skip
def test_any_text_ends_in_an_appointment_or_in_one_sentence(text: str) -> None:
    try:
        found = read_typed(text, timezone="Europe/London", now=NOW)
    except KitError as error:
        assert str(error).endswith(".")
    else:
        assert abs((found.start - NOW).total("hours")) < 24 * 400 or "0" in text
