"""Times as people give and read them: checked on the way in, written plainly on the way out.

The kit computes with `whenever`, because the standard library walks into hours that do not exist
when clocks change. Nothing here reads the clock but `now_in`, which only edges call.
"""

import difflib
import re
from datetime import date, time
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from whenever import (
    SYSTEM_TZ,
    Instant,
    OffsetDateTime,
    PlainDateTime,
    RepeatedTime,
    SkippedTime,
    TimeZoneNotFoundError,
    ZonedDateTime,
)

from interview_coach.errors import KitError
from interview_coach.language import ENGLISH, _, current

__all__ = [
    "Clock",
    "clock_face",
    "clock_time",
    "date_in_brief",
    "date_in_full",
    "day_and_month",
    "day_words",
    "local_zone",
    "minutes_between",
    "month_and_year",
    "now_in",
    "read_time",
    "shown_twice",
    "tz_of",
    "weekday",
    "zone",
]

Clock = Literal["12", "24"]

_FIRST_YEAR, _LAST_YEAR = 1970, 2200

# Zone names that people type and that the IANA list does not hold as such.
_SLIPS = {
    "london": "Europe/London",
    "new york": "America/New_York",
    "est": "America/New_York",
    "edt": "America/New_York",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "bst": "Europe/London",
    "ist": "Asia/Kolkata",
    "cet": "Europe/Paris",
    "cest": "Europe/Paris",
}


@lru_cache(maxsize=256)
def zone(name: str, what: str = "timezone") -> str:
    """Check the name of a time zone.

    Parameters
    ----------
    name : str
        An IANA name, such as ``Europe/London``; upper and lower case are not told apart.
    what : str
        What the zone is of, for the error.

    Returns
    -------
    str
        The name as the IANA list writes it.

    Raises
    ------
    KitError
        If there is no such zone; the text offers the nearest names.
    """
    # No zone has as long a name: a page of text that was pasted here is not compared with all of them.
    wanted = name.strip()[:100]
    known = _zones()
    exact = known.get(wanted.casefold())
    if exact and _loads(exact):
        return exact
    near = [_SLIPS[wanted.casefold()]] if wanted.casefold() in _SLIPS else []
    near += [
        full
        for low, full in known.items()
        if wanted and low.rpartition("/")[2] == wanted.casefold().replace(" ", "_")
    ]
    near += [known[hit] for hit in difflib.get_close_matches(wanted.casefold(), known, 2, 0.85)]
    if not near:
        cities = {low.rpartition("/")[2]: full for low, full in known.items()}
        near = [cities[hit] for hit in difflib.get_close_matches(wanted.casefold(), cities, 2, 0.8)]
    hint = _(" or ").join(f"'{n}'" for n in dict.fromkeys(near[:3]))
    if hint:
        raise KitError(
            _("{what}: there is no time zone called {name}; did you mean {hint}?").format(
                what=what, name=repr(wanted[:60]), hint=hint
            )
        )
    raise KitError(
        _(
            "{what}: there is no time zone called {name}; use a name such as 'Europe/London'."
        ).format(what=what, name=repr(wanted[:60]))
    )


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    # The list that comes with tzdata: one small file, and the same names on every machine
    # (zoneinfo.available_timezones opens every file of the system's folder).
    names = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return {name.casefold(): name for name in names if name != "Factory"}


def _loads(name: str) -> bool:
    try:
        Instant.from_timestamp(0).to_tz(name)
    except TimeZoneNotFoundError:
        return False
    return True


def read_time(
    text: str, timezone: str, what: str, *, not_before: ZonedDateTime | None = None
) -> ZonedDateTime:
    """Read a date and time as typed, in a time zone.

    Parameters
    ----------
    text : str
        ISO 8601, such as ``2026-03-05T14:00``; a space may stand for the ``T``, and an offset
        (``+01:00`` or ``Z``) is taken into account.
    timezone : str
        The zone the clock time is of, and the zone of the result.
    what : str
        What the time is, for the error.
    not_before : ZonedDateTime, optional
        Where clocks go back an hour and the time happens twice, the first one that is not before
        this is meant. Without it the first is, as in a calendar file (RFC 5545, 3.3.5).

    Returns
    -------
    ZonedDateTime
        The moment, in `timezone`.

    Raises
    ------
    KitError
        If it is no date and time, or one that the clocks skip.
    """
    tz = zone(timezone)
    given = text.strip().replace(" ", "T", 1).upper()
    try:
        if re.search(r"T.*(Z|[+-]\d\d(:?\d\d)?)$", given):
            moment = OffsetDateTime.parse_iso(given.replace("Z", "+00:00"))
            _check_year(moment.year, what)
            return moment.to_tz(tz)
        plain = PlainDateTime.parse_iso(given)
    except ValueError:
        raise KitError(_not_a_time(text, what)) from None
    _check_year(plain.year, what)
    try:
        return plain.assume_tz(tz, disambiguation="raise")
    except SkippedTime:
        later = plain.assume_tz(tz, disambiguation="later")
        meant = clock_time(later, "24")
        if later.date() != plain.date():
            meant = _("{time} on {date}").format(time=meant, date=_date(later))
        raise KitError(
            _(
                "{what}: {time} on {date} does not exist in {zone}, where the clocks go forward just "
                "then; look at the invitation again ({meant} may be meant)."
            ).format(
                what=what, time=clock_time(plain, "24"), date=_date(plain), zone=tz, meant=meant
            )
        ) from None
    except RepeatedTime:
        first = plain.assume_tz(tz, disambiguation="earlier")
        if not_before is not None and first < not_before:
            return plain.assume_tz(tz, disambiguation="later")
        return first


def shown_twice(day: date, time: time, timezone: str) -> tuple[str, str] | None:
    """Give the two moments that a clock time names in the night when the clocks go back.

    Parameters
    ----------
    day, time : date, time
        As the clocks of `timezone` show them.
    timezone : str
        An IANA name.

    Returns
    -------
    (str, str) or None
        In ISO 8601 with their offsets, the earlier first; None where the clocks show it once.

    Raises
    ------
    KitError
        If there is no such zone.
    """
    plain = PlainDateTime(day.year, day.month, day.day, time.hour, time.minute)
    tz = zone(timezone)
    try:
        plain.assume_tz(tz, disambiguation="raise")
    except SkippedTime:
        return None
    except RepeatedTime:
        first = plain.assume_tz(tz, disambiguation="earlier")
        second = plain.assume_tz(tz, disambiguation="later")
        return first.to_fixed_offset().format_iso(), second.to_fixed_offset().format_iso()
    return None


def _check_year(year: int, what: str) -> None:
    # No interview lies outside, and beyond them zones have no agreed offsets.
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise KitError(
            _("{what}: the year {year} cannot be meant; give one from {first} to {last}.").format(
                what=what, year=year, first=_FIRST_YEAR, last=_LAST_YEAR
            )
        )


def _not_a_time(text: str, what: str) -> str:
    shown = text.strip()[:40]
    parts = re.fullmatch(r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ](\d\d?):(\d\d).*)?", shown)
    if not parts:
        return _(
            "{what}: {given} is not a date and time; write it as 2026-03-05T14:00 "
            "(year-month-day, T, hours:minutes)."
        ).format(what=what, given=repr(shown))
    year, month, day = (int(part) for part in parts.group(1, 2, 3))
    if not 1 <= month <= 12:
        slip = _("there is no month {month}").format(month=month)
    elif not 1 <= day <= _days(year, month):
        slip = _("that month has {days} days").format(days=_days(year, month))
    elif parts.group(4) is None:
        slip = _("the time of day is not there")
    elif int(parts.group(4)) > 23 or int(parts.group(5)) > 59:
        time = f"{parts.group(4)}:{parts.group(5)}"
        slip = _("there is no time {time} in a day").format(time=time)
    elif re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d", shown):
        slip = _("what follows the time is no offset such as +01:00")
    else:
        slip = _("months, days and hours are written with two digits")
    return _(
        "{what}: {given} is not a date and time: {slip}; write it as 2026-03-05T14:00."
    ).format(what=what, given=repr(shown), slip=slip)


def _days(year: int, month: int) -> int:
    import calendar

    return calendar.monthrange(max(year, 1), month)[1]


def now_in(timezone: str) -> ZonedDateTime:
    """Read the machine's clock, to the minute, in a zone. Only for edges (CLI, panels)."""
    return Instant.now().to_tz(zone(timezone)).round("minute", mode="floor")


def tz_of(moment: ZonedDateTime) -> str:
    """Return the IANA name of a moment's zone; every moment in the kit has one."""
    if moment.tz_id is None:
        raise KitError(_("the time has no named zone; use a name such as 'Europe/London'."))
    return moment.tz_id


def minutes_between(start: ZonedDateTime, end: ZonedDateTime) -> int:
    """Count the whole minutes that pass between two moments (negative when `end` is earlier)."""
    return int((end - start).total("seconds") // 60)


def clock_time(moment: ZonedDateTime | PlainDateTime, clock: Clock = "12") -> str:
    """Write a clock time: ``2:07 pm`` or ``14:07``.

    ``"12"`` is how English is read; in another language it stands for that language's own way.
    """
    if clock == "24":
        return f"{moment.hour:02}:{moment.minute:02}"
    if current() != ENGLISH:
        return clock_face(moment)
    return f"{clock_face(moment)} {'am' if moment.hour < 12 else 'pm'}"


def clock_face(moment: ZonedDateTime | PlainDateTime) -> str:
    """Write a clock time as a telephone shows it: ``2:07``, and in other languages as they write it."""
    if current() == ENGLISH:
        return f"{(moment.hour - 1) % 12 + 1}:{moment.minute:02}"
    from babel.dates import format_time

    return format_time(time(moment.hour, moment.minute), "short", locale=current())


def day_words(moment: ZonedDateTime, now: ZonedDateTime) -> str:
    """Name a day from where the reader stands: today, tomorrow, yesterday, or its date."""
    day, today = moment.date(), now.to_tz(tz_of(moment)).date()
    for word, near in (
        (_("today"), today),
        (_("tomorrow"), today.add(days=1)),
        (_("yesterday"), today.subtract(days=1)),
    ):
        if day == near:
            return word
    return _date(moment)


def weekday(moment: ZonedDateTime | PlainDateTime) -> str:
    """Name the day of the week: ``Thursday``."""
    day = moment.date().to_stdlib()
    if current() == ENGLISH:
        return f"{day:%A}"
    from babel.dates import format_date

    return format_date(day, "EEEE", locale=current())


def day_and_month(moment: ZonedDateTime | PlainDateTime) -> str:
    """Write a date within the year: ``5 March``."""
    day = moment.date().to_stdlib()
    if current() == ENGLISH:
        return f"{day.day} {day:%B}"
    from babel.dates import format_skeleton

    return format_skeleton("MMMMd", day, locale=current())


def date_in_full(day: date) -> str:
    """Write a date with its year: ``5 March 2026``."""
    if current() == ENGLISH:
        return f"{day.day} {day:%B %Y}"
    from babel.dates import format_date

    return format_date(day, "long", locale=current())


def month_and_year(day: date) -> str:
    """Write a month: ``March 2026``."""
    if current() == ENGLISH:
        return f"{day:%B %Y}"
    from babel.dates import format_skeleton

    return format_skeleton("yMMMM", day, locale=current())


def date_in_brief(day: date, *, weekday: bool = True, year: bool = True) -> str:
    """Write a date as briefly as a list needs it: ``Thu 5 Mar 2026``, ``5 Mar``."""
    if current() == ENGLISH:
        words = f"{day:%a} {day.day} {day:%b}" if weekday else f"{day.day} {day:%b}"
        return f"{words} {day.year}" if year else words
    from babel.dates import format_skeleton

    skeleton = f"{'y' if year else ''}MMM{'E' if weekday else ''}d"
    return format_skeleton(skeleton, day, locale=current())


def _date(moment: ZonedDateTime | PlainDateTime) -> str:
    return _("{weekday} {date}").format(weekday=weekday(moment), date=day_and_month(moment))


def local_zone() -> str:
    """Return the machine's own time zone; UTC where it does not say. Only for edges.

    Raises
    ------
    KitError
        If what the machine says is no time zone.
    """
    try:
        found = Instant.now().to_tz(SYSTEM_TZ).tz_id or "UTC"
        return zone(found)
    except (TimeZoneNotFoundError, KitError):
        raise KitError(
            _(
                "This computer does not say in which time zone it is; choose one in its settings "
                "(or set TZ to a name such as Europe/London), then open Interview Coach again."
            )
        ) from None
