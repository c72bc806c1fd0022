"""Times of day as people write them, and what stands behind them: an end, an offset, a zone's letters."""

import re
from datetime import date, time

from whenever import PlainDateTime

from interview_coach.language import _

__all__ = ["clock_and_offset", "read_time_of_day"]

_NOON = re.compile(r"(?:12(?:[:.]?00)?\s*)?(?:noon|midday|mediod[ií]a|mittags?|midi)", re.I)
_CLOCK = re.compile(
    # 14:30, 14.30, 14h30, 14 Uhr 30, 1430
    r"(?P<h>\d{1,2})(?:(?:\s*(?:h|uhr)\s*|[:.]|)(?P<m>\d{2}))?(?:[:.](?P<s>\d{2})(?:\.\d+)?)?\s*"
    r"(?:(?P<half>[ap]\.?\s?m\.?|[ap](?![a-z]))|(?P<oclock>uhr|hrs?\.?|h\.?))?\s*"
    r"(?:(?P<off>z|[+-]\d{2}:?\d{2})|\(?(?P<utc>utc|gmt)?(?P<from>[+-]\d{1,2}(?::?\d{2})?)?\)?"
    r"|\(?(?P<zone>[a-z]{2,4})\)?)",
    re.I,
)
# The end of an appointment, behind its start: "14:30 - 15:00", "2pm to 3pm".
_UNTIL = re.compile(
    r"(?P<start>.*?\d.*?)\s*(?:->|[-–—]|\b(?:to|until|till|bis|hasta|a|à)\b)\s*(?P<end>\d.*)", re.I
)
_LONGEST = 60  # characters; what is longer is no time of day
# The letters of a zone, and how far from UTC they say it is, where they say that: PT is what
# clocks show there. Letters that several countries use, such as CST and IST, are not among them.
_LETTERS = {
    "et": ("America/New_York", None),
    "est": ("America/New_York", -300),
    "edt": ("America/New_York", -240),
    "ct": ("America/Chicago", None),
    "cdt": ("America/Chicago", -300),
    "mt": ("America/Denver", None),
    "mst": ("America/Denver", -420),
    "mdt": ("America/Denver", -360),
    "pt": ("America/Los_Angeles", None),
    "pst": ("America/Los_Angeles", -480),
    "pdt": ("America/Los_Angeles", -420),
    "gmt": ("Europe/London", 0),
    "bst": ("Europe/London", 60),
    "cet": ("Europe/Paris", 60),
    "cest": ("Europe/Paris", 120),
    "mez": ("Europe/Berlin", 60),
    "mesz": ("Europe/Berlin", 120),
}


def read_time_of_day(text: str) -> time:
    """Read a time of day such as ``14:00``, ``9.30 AM``, ``14h30`` or ``2 pm``; ValueError says what is wrong."""
    clock, offset = clock_and_offset(" ".join(text.split()), None)
    if offset is not None:
        raise ValueError(
            _(
                "a zone stands behind the time; put it in a column of its own, such as America/New_York"
            )
        )
    return clock


def clock_and_offset(text: str, day: date | None, *, iso: bool = False) -> tuple[time, int | None]:
    """Read a time of day, and its offset from UTC in minutes where one is written.

    Parameters
    ----------
    text : str
        Without spaces around it.
    day : date, optional
        The day; a zone's letters are read by it.
    iso : bool
        Whether it is written as in ISO 8601, where ``-11:00`` is an offset and no end.
    """
    if len(text) > _LONGEST:
        raise ValueError(_("this is not a time of day; write it as 14:00"))
    if _NOON.fullmatch(text):
        return time(12), None
    found = _CLOCK.fullmatch(text)
    if (not found or found["off"]) and (start := _until(text, iso=iso)):
        return clock_and_offset(start, day)
    if not found or not (found["m"] or found["half"] or found["oclock"]):
        raise ValueError(_("this is not a time of day; write it as 14:00"))
    hour, minute, second = int(found["h"]), int(found["m"] or 0), int(found["s"] or 0)
    if found["half"]:
        # 13:30 pm is a slip that can mean only one thing; 0:30 pm and 13:30 am are not.
        if found["half"][0] in "pP":
            if hour == 0:
                raise ValueError(_("there is no 0 o'clock pm"))
            hour = hour if hour >= 12 else hour + 12
        elif hour > 12:
            raise ValueError(_("there is no {hour} o'clock am").format(hour=hour))
        else:
            hour %= 12
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError(_("there is no such time in a day"))
    clock = time(hour, minute, second)
    if found["zone"] or ((found["utc"] or "").casefold() == "gmt" and not found["from"]):
        return clock, _by_letters(found["zone"] or found["utc"], day, clock)
    off = found["off"] or found["from"]
    if off is None:
        return clock, 0 if found["utc"] else None
    if off in "zZ":
        return clock, 0
    hours, _colon, rest = off[1:].partition(":")
    if not rest and len(hours) > 2:
        hours, rest = hours[:-2], hours[-2:]
    minutes = int(hours) * 60 + int(rest or 0)
    if minutes > 14 * 60:
        raise ValueError(_("no place is that far from UTC"))
    return clock, -minutes if off[0] == "-" else minutes


def _until(text: str, *, iso: bool) -> str | None:
    """Give the start of "14:30-15:00"; None where the text is no start and end."""
    found = None if iso else _UNTIL.fullmatch(text)
    start = _CLOCK.fullmatch(found["start"]) if found else None
    end = _CLOCK.fullmatch(found["end"]) if found else None
    if not found or not start or not end or not (end["m"] or end["half"] or end["oclock"]):
        return None
    if end["half"] and not start["half"]:
        raise ValueError(_("am or pm stands only behind the end; write the start as 14:00"))
    whole = _CLOCK.fullmatch(text)
    if whole and whole["off"]:
        # "14:30-04:00" and "14:30:00-15:00" carry an offset; "10:00-11:00" lasts an hour.
        later = (int(end["h"]), int(end["m"] or 0)) > (int(start["h"]), int(start["m"] or 0))
        if start["s"] or not later or ":" not in whole["off"]:
            return None
    return found["start"]


def _by_letters(letters: str, day: date | None, clock: time) -> int:
    where, says = _LETTERS.get(letters.casefold(), (None, None))
    if where is not None and day is None:
        return 0  # whatever it is: without a day it is not read
    if where is None or day is None:
        raise ValueError(
            _(
                "{letters} behind the time does not say which zone is meant; write the difference "
                "from UTC, such as 14:00 -05:00"
            ).format(letters=letters)
        )
    plain = PlainDateTime(day.year, day.month, day.day, clock.hour, clock.minute)
    away = plain.assume_utc().timestamp() - plain.assume_tz(where).timestamp()
    offset = round(away / 60)
    if says is not None and says != offset:
        raise ValueError(
            _(
                "{letters} is not in force on that day, clocks are an hour off; write the "
                "difference from UTC, such as 14:00 -05:00"
            ).format(letters=letters)
        )
    return offset
