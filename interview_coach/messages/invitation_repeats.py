"""Find the days of an appointment that repeats: its rule, days added and left out, and days moved.

The rule is worked out in the clock time of its zone, as a calendar does (RFC 5545, 3.8.5), by
dateutil; what is added, left out or moved is compared as moments.
"""

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from whenever import Instant, PlainDateTime, ZonedDateTime

from interview_coach.errors import KitError
from interview_coach.messages.settled import settled
from interview_coach.times import tz_of

__all__ = ["Occurrence", "occurrences", "repeats"]

# A rule outside these (every second; a BYSETPOS that no day meets) can keep a reader busy for ever.
_PARTS = {
    "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST", "BYHOUR", "BYMINUTE",
    "BYSECOND",
}  # fmt: skip
_DAYS_IN = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
_MOST = 60_000  # occurrences that are counted through: more than a hundred years of days
_KEPT = 2_000  # of them, those that may be the nearest
_AHEAD = timedelta(days=800)

Moment = Callable[[datetime, str], ZonedDateTime]
"""Turns a time of the file, and the zone that stands beside it, into a moment."""


@dataclass(frozen=True)
class Occurrence:
    """One time of an appointment that repeats.

    `event` is the day's own entry where it was changed; `doubts` says where the clocks skip that time.
    """

    start: ZonedDateTime
    event: Any = None
    doubts: tuple[str, ...] = ()


def repeats(event: Any) -> bool:
    """Tell whether an appointment repeats."""
    return event.get("RRULE") is not None or event.get("RDATE") is not None


def occurrences(
    event: Any,
    start: ZonedDateTime,
    changed: list[Any],
    moment: Moment,
    until: ZonedDateTime | None,
) -> tuple[list[Occurrence], bool]:
    """List when an appointment takes place, in order.

    Parameters
    ----------
    event : icalendar.Event
        The series.
    start : ZonedDateTime
        Its first time, in its own zone.
    changed : list of icalendar.Event
        Entries of single days (RECURRENCE-ID), the latest state of each.
    moment : callable
        Reads a time of the file.
    until : ZonedDateTime, optional
        The list goes to some two years after it; None ends it soon after the first.

    Returns
    -------
    list of Occurrence
        Empty if every day was called off.
    bool
        Whether the rule could be worked out; otherwise only the first time and added days are in it.
    """
    left_out, whole_days = _times(event, "EXDATE", moment)
    added, _ = _times(event, "RDATE", moment)
    horizon = start if until is None or until < start else until.to_tz(tz_of(start))
    series, clear = _series(
        event, start, horizon.to_plain().to_stdlib() + _AHEAD, late=until is not None
    )
    starts = [*map(Occurrence, [start, *added]), *series]
    kept = {
        one.start.to_instant(): one
        for one in starts
        if one.start.date().to_stdlib() not in whole_days
    }
    for one in left_out:
        kept.pop(one.to_instant(), None)
    for entry in changed:
        of, begins = _time(entry, "RECURRENCE-ID", moment), _time(entry, "DTSTART", moment)
        if of is not None:
            kept.pop(of.to_instant(), None)
        if begins is not None and str(entry.get("STATUS", "")).upper() != "CANCELLED":
            kept[begins.to_instant()] = Occurrence(begins, entry)
    return [kept[instant] for instant in sorted(kept)], clear


def _series(
    event: Any, start: ZonedDateTime, horizon: datetime, *, late: bool
) -> tuple[list[Occurrence], bool]:
    """Work the rules out up to the horizon; of too many times, the `late` ones or the first are kept."""
    from dateutil.rrule import rrulestr

    given = event.get("RRULE")
    found: list[Occurrence] = []
    for rule in [] if given is None else given if isinstance(given, list) else [given]:
        if not _readable(rule):
            return found, False
        last = _until(rule, start)
        end = horizon if last is None else min(horizon, last)
        text = rule.to_ical().decode("ascii", "replace")
        text = ";".join(part for part in text.split(";") if not part.upper().startswith("UNTIL="))
        kept: deque[datetime] = deque(maxlen=_KEPT if late else None)
        try:
            days = rrulestr(text, dtstart=start.to_plain().to_stdlib())
            for count, one in enumerate(days, 1):
                if one > end or (not late and count > _KEPT):
                    break
                if count > _MOST:
                    return found, False
                kept.append(one)
            found += [_occurrence(one, tz_of(start)) for one in kept]
        except (ArithmeticError, LookupError, TypeError, ValueError):
            return found, False
    return found, True


def _occurrence(value: datetime, tz: str) -> Occurrence:
    parts = value.year, value.month, value.day, value.hour, value.minute, value.second
    doubts: list[str] = []
    start = settled(PlainDateTime(*parts), tz, doubts)
    return Occurrence(start, doubts=tuple(doubts))


def _readable(rule: Any) -> bool:
    def listed(name: str) -> list[Any]:
        value = rule.get(name, [])
        return value if isinstance(value, list) else [value]

    often = [str(one).upper() for one in listed("FREQ")]
    if {str(name).upper() for name in rule} - _PARTS or len(often) != 1:
        return False
    if often[0] not in {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}:
        return False
    if any(not str(one).isdigit() or int(one) < 1 for one in listed("INTERVAL")):
        return False
    if listed("BYSETPOS") and often[0] not in {"MONTHLY", "YEARLY"}:
        return False
    # A day that none of the months has ("every day, if it is 30 February") never comes.
    months = [int(re.sub(r"\D", "", str(one)) or 0) for one in listed("BYMONTH")] or [1]
    days = [int(one) for one in listed("BYMONTHDAY") if re.fullmatch(r"[+-]?\d+", str(one))]
    longest = max(_DAYS_IN.get(month, 31) for month in months)
    return not days or min(abs(day) for day in days) <= longest


def _until(rule: Any, start: ZonedDateTime) -> datetime | None:
    value = rule.get("UNTIL")
    value = value[0] if isinstance(value, list) and value else value
    if not isinstance(value, date):
        return None
    if not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, 23, 59, 59)
    if value.tzinfo is None:
        return value
    there = Instant.from_timestamp(int(value.timestamp())).to_tz(tz_of(start))
    return there.to_plain().to_stdlib()


def _time(entry: Any, name: str, moment: Moment) -> ZonedDateTime | None:
    times, _ = _times(entry, name, moment)
    return times[0] if times else None


def _times(event: Any, name: str, moment: Moment) -> tuple[list[ZonedDateTime], set[date]]:
    """Read a property's times, and its whole days."""
    times: list[ZonedDateTime] = []
    days: set[date] = set()
    given = event.get(name)
    for prop in given if isinstance(given, list) else [given]:
        try:
            named = str(prop.params.get("TZID", ""))
            values = [one.dt for one in prop.dts] if hasattr(prop, "dts") else [prop.dt]
        except Exception:  # a broken property raises as it is read
            continue
        for value in values:
            value = value[0] if isinstance(value, tuple) else value  # a PERIOD
            try:
                if isinstance(value, datetime):
                    times.append(moment(value, named))
                elif isinstance(value, date):
                    days.add(value)
            except (KitError, OverflowError, ValueError):
                continue
    return times, days
