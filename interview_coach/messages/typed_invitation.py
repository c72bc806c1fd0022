"""Read an invitation as it stands in a mail: "Interview Thu 5 March 2pm ET with Ms Mahoney, 555-0100".

Only what is sure is taken; the rest is left to the person, and what was taken is said, to be checked.
"""

import datetime as dt
import re

from whenever import PlainDateTime, ZonedDateTime

from interview_coach.errors import KitError
from interview_coach.messages.invitation import Invitation
from interview_coach.messages.review.mentions import CLOCK, DAY, PHONE, Mention, mentions
from interview_coach.times import clock_time, zone

__all__ = ["read_typed"]

_MOST = 20_000  # characters
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# What people write after a time, and the zone of the place that most of them mean.
_ZONES = {
    "et": "America/New_York", "est": "America/New_York", "edt": "America/New_York", "eastern": "America/New_York",
    "ct": "America/Chicago", "cst": "America/Chicago", "cdt": "America/Chicago", "central": "America/Chicago",
    "mt": "America/Denver", "mst": "America/Denver", "mdt": "America/Denver", "mountain": "America/Denver",
    "pt": "America/Los_Angeles", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles",
    "pacific": "America/Los_Angeles", "gmt": "Europe/London", "bst": "Europe/London", "uk": "Europe/London",
    "london": "Europe/London", "cet": "Europe/Berlin", "cest": "Europe/Berlin", "berlin": "Europe/Berlin",
    "paris": "Europe/Paris", "ist": "Asia/Kolkata", "indian": "Asia/Kolkata", "utc": "UTC", "aest": "Australia/Sydney",
    "aedt": "Australia/Sydney", "sgt": "Asia/Singapore", "jst": "Asia/Tokyo", "wat": "Africa/Lagos",
    "sast": "Africa/Johannesburg", "pht": "Asia/Manila",
}  # fmt: skip


def read_typed(text: str, *, timezone: str, now: ZonedDateTime) -> Invitation:
    """Read the day, time, zone and number of an interview from a line or a mail.

    Parameters
    ----------
    text : str
        As typed or pasted, at most 20,000 characters.
    timezone : str
        The person's own zone, for a time that names none.
    now : ZonedDateTime
        The day nearest to it is meant where no year is named.

    Raises
    ------
    KitError
        If it names no clock time, or several different ones; one sentence.
    """
    home = zone(timezone, "Your time zone")
    if len(text) > _MOST:
        raise KitError(
            f"invitation: the text has {len(text):,} characters; paste only the lines with the day and time."
        )
    found = mentions(text.lower())
    clocks = [one for one in found if one.sign == CLOCK and one.value is not None]
    if not clocks:
        raise KitError(
            "invitation: no clock time can be read in it; type the day and time instead."
        )
    starts = {(one.value, one.half) for one in clocks}
    doubts = []
    if len(starts) > 1:
        doubts.append(f"It names several times; the first, {clocks[0].words.strip()}, is taken.")
    first = clocks[0]
    theirs = _zone_of(first.words) or home
    day, said = _day(found, now.to_tz(theirs).date().to_stdlib())
    if not said:
        doubts.append("It names no day that can be read: today is taken.")
    hour, minute = divmod(first.value or 0, 60)
    if first.half == "pm" or (not first.half and hour < 7):
        hour += 12
    if not first.half and not re.search(r"\d[:.h]\d\d|\d{4}|noon|midday", first.words):
        doubts.append("It does not say whether morning or afternoon is meant; check it.")
    moment = PlainDateTime(day.year, day.month, day.day, hour, minute).assume_tz(
        theirs, disambiguation="compatible"
    )
    if theirs == home and not _zone_of(first.words):
        doubts.append(
            f"It names no time zone: {clock_time(moment)} is taken as your own time; check it with them."
        )
    numbers = tuple(text[one.start : one.end].strip() for one in found if one.sign == PHONE)
    return Invitation(
        start=moment,
        minutes=30,
        summary="Interview",
        uid="",
        description=text,
        doubts=tuple(doubts),
        numbers=numbers,
    )


def _zone_of(words: str) -> str | None:
    for word in re.findall(r"[a-z]+", words):
        if word in _ZONES:
            return _ZONES[word]
    return None


def _day(found: list[Mention], today: dt.date) -> tuple[dt.date, bool]:
    weekday: dt.date | None = None
    for one in found:
        if one.sign != DAY:
            continue
        dated = _date(one.words, today)
        if dated is not None:
            return dated, True
        if one.value is None or weekday is not None:
            continue
        if one.value < 7:
            # Of the last and the next such day, the nearer one: the call is about now.
            ahead = (one.value - today.weekday()) % 7
            weekday = today + dt.timedelta(days=ahead if ahead <= 3 else ahead - 7)
        else:
            weekday = today + dt.timedelta(days=one.value - 10)
    return (weekday, True) if weekday is not None else (today, False)


def _date(words: str, today: dt.date) -> dt.date | None:
    iso = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", words.strip())
    named = re.search(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]{3})", words) or re.search(
        r"([a-z]{3})[a-z]*\.? (?:the )?(\d{1,2})", words
    )
    try:
        if iso:
            return dt.date(int(iso[1]), int(iso[2]), int(iso[3]))
        if named is None:
            return None
        number, month = (named[1], named[2]) if named[1].isdigit() else (named[2], named[1])
        if month not in _MONTHS:
            return None
        year = re.search(r"\b(\d{4})\b", words)
        years = [int(year[1])] if year else [today.year - 1, today.year, today.year + 1]
        days = [dt.date(one, _MONTHS.index(month) + 1, int(number)) for one in years]
    except ValueError:
        return None
    return min(days, key=lambda day: abs(day - today))
