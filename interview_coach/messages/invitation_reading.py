"""Read an invitation: an ``.ics`` file or its text, from any calendar. Nothing in it is run.

What is not certain comes back as a sentence beside the appointment (`Invitation.doubts`); what
cannot be read ends in one sentence that says what to do.
"""

import html
import re
from datetime import date, datetime
from typing import Any

from whenever import Instant, PlainDateTime, ZonedDateTime

from interview_coach.errors import KitError
from interview_coach.language import ENGLISH, _, current, ngettext
from interview_coach.messages.invitation import Invitation
from interview_coach.messages.invitation_repeats import Occurrence, occurrences, repeats
from interview_coach.messages.settled import settled
from interview_coach.times import clock_time, date_in_full, day_words, zone
from interview_coach.wording import number

__all__ = ["MOST_BYTES", "read_invitation"]

MOST_BYTES = 1_000_000
"""An invitation has a few thousand bytes; a whole calendar with years in it is something else."""

_MOST_EVENTS = 50


def read_invitation(
    data: bytes | str, *, timezone: str, now: ZonedDateTime | None = None
) -> Invitation:
    """Read an invitation.

    Parameters
    ----------
    data : bytes or str
        The file, or its text as pasted; at most `MOST_BYTES`.
    timezone : str
        The person's own zone: for times without one, and the zone of a UTC time.
    now : ZonedDateTime, optional
        Of an appointment that repeats, the time nearest to it is taken; without it, the first.

    Returns
    -------
    Invitation
        Its start is in the zone that it names; in `timezone` where it names none, UTC or one that
        nobody knows, with a doubt that says so.

    Raises
    ------
    KitError
        If it is no calendar file, is torn, holds no appointment or several different ones, or one
        that lasts all day; one sentence.
    """
    home = zone(timezone, _("Your time zone"))
    raw = data if isinstance(data, bytes) else data.encode("utf-8", "replace")
    if len(raw) > MOST_BYTES:
        raise KitError(
            _(
                "invitation: it has {n} bytes, more than an invitation has; save the one appointment "
                "from your calendar, or type the day and time instead."
            ).format(n=number(len(raw)))
        )
    event, changed = _the_one(_events(raw))
    doubts: list[str] = []
    if repeats(event) or [one for one in changed if one is not event]:
        event, start = _nearest(event, changed, home, now, doubts)
    else:
        start = _start(event, home, doubts)
    minutes = _minutes(event, _start(event, home, []), home, doubts)
    cancelled = str(event.get("STATUS", "")).upper() == "CANCELLED"
    if cancelled:
        doubts.append(_("It says that the appointment is called off."))
    place, description = (_text(event.get(name)) for name in ("LOCATION", "DESCRIPTION"))
    written = f"{place}\n{description}"
    return Invitation(
        start=start,
        minutes=minutes,
        summary=_text(event.get("SUMMARY")) or _("Interview"),
        uid=_text(event.get("UID"))[:255],
        sequence=_sequence(event),
        cancelled=cancelled,
        place=place,
        description=description,
        doubts=tuple(doubts),
        numbers=_numbers(written),
        links=tuple(dict.fromkeys(re.findall(r"https://[^\s<>\"')\]]{4,400}", written))),
    )


def _events(raw: bytes) -> list[Any]:
    from icalendar import Calendar

    if b"BEGIN:VCALENDAR" not in raw.upper():
        raise KitError(
            _(
                "invitation: this is no calendar file (.ics); choose another, or type the day and time "
                "instead."
            )
        )
    text = raw.decode("utf-8-sig", "replace").replace("\x00", "")
    begin = text.upper().index("BEGIN:VCALENDAR")
    try:
        calendars = Calendar.from_ical(text[begin:].rstrip() + "\r\n", multiple=True)
        events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    except RecursionError:
        events = []
    except Exception as error:  # whatever a reader of foreign files may raise
        raise KitError(
            _(
                "invitation: the file is torn or malformed ({error}); save it anew from the mail, or "
                "type the day and time instead."
            ).format(error=type(error).__name__)
        ) from None
    if not events:
        raise KitError(
            _(
                "invitation: the file holds no appointment; choose another, or type the day and time "
                "instead."
            )
        )
    return events


def _nearest(
    series: Any, changed: list[Any], home: str, now: ZonedDateTime | None, doubts: list[str]
) -> tuple[Any, ZonedDateTime]:
    """Choose the time of an appointment that repeats, and the entry that tells of it."""

    def moment(value: datetime, named: str) -> ZonedDateTime:
        return _moment(value, named, home, [])

    zone_doubts: list[str] = []
    clock_doubts: list[str] = []
    first = _start(series, home, zone_doubts, clock_doubts)
    # A file may hold single days of a series only: then there is no rule.
    whole = {} if any(one is series for one in changed) else series
    off = str(series.get("STATUS", "")).upper() == "CANCELLED"
    days, clear = occurrences(whole, first, [] if off and whole else changed, moment, now)
    if not days and not off:
        raise KitError(
            _(
                "invitation: it repeats, and each of its days is called off; type the day and time "
                "instead."
            )
        )
    near = days[0] if days else Occurrence(first)
    if now is not None and clear and days:
        near = min(days, key=lambda one: abs((one.start - now).total("seconds")))
    event = near.event if near.event is not None else series
    if near.event is not None:
        _start(event, home, doubts)
    else:
        # The zone's doubt is of every time; that the clocks skip one is of that time only.
        doubts += zone_doubts
        if near.start == first and not near.doubts:
            doubts += clock_doubts
        doubts += near.doubts
    if not clear:
        says = _(
            "It repeats in a way that is not read here: the first time, {day} at {time}, is taken; "
            "check the day."
        )
    elif now is None:
        says = _("It repeats: the first time, {day} at {time}, is taken; check the day.")
    else:
        says = _("It repeats: the time nearest to now, {day} at {time}, is taken; check the day.")
    day = day_words(near.start, near.start.add(hours=24 * 9))
    doubts.append(says.format(day=day, time=clock_time(near.start)))
    return event, near.start


def _the_one(events: list[Any]) -> tuple[Any, list[Any]]:
    """Choose the appointment: the latest state of it; several different ones are asked about.

    Returns
    -------
    icalendar.Event
        The appointment; of a series, the series itself if it is in the file.
    list of icalendar.Event
        The latest state of each single day of the series that was changed.
    """
    latest: dict[str, Any] = {}
    single: dict[str, dict[str, Any]] = {}
    for event in events:
        # A single date of a series that was moved is told apart by its RECURRENCE-ID.
        key = f"{event.get('UID', '')}"
        states = latest
        if event.get("RECURRENCE-ID") is not None:
            states = single.setdefault(key, {})
            value, _named = _when(event, "RECURRENCE-ID")
            key = str(value)
        if key not in states or _sequence(event) > _sequence(states[key]):
            states[key] = event
    for uid, days in single.items():
        latest.setdefault(uid, next(iter(days.values())))
    # The room kept free around an appointment, which the kit writes beside it, is not another one.
    chosen = [
        event
        for uid, event in latest.items()
        if not (uid.endswith(("-before", "-after")) and uid.rpartition("-")[0] in latest)
    ]
    if len(chosen) > 1:
        alive = [one for one in chosen if str(one.get("STATUS", "")).upper() != "CANCELLED"]
        named = [
            one
            for one in alive
            if re.search(
                r"(?i)interview|screening|gespräch|entretien|entrevista", _text(one.get("SUMMARY"))
            )
        ]
        chosen = next((some for some in (alive, named) if len(some) == 1), chosen)
    if len(chosen) > 1:
        says = (
            ngettext(
                "invitation: the file holds {n} different appointment; save only the interview's from "
                "your calendar, or type the day and time instead.",
                "invitation: the file holds {n} different appointments; save only the interview's from "
                "your calendar, or type the day and time instead.",
                len(chosen),
            )
            if len(chosen) < _MOST_EVENTS
            else _(
                "invitation: the file holds over {n} different appointments; save only the interview's "
                "from your calendar, or type the day and time instead."
            )
        )
        raise KitError(says.format(n=min(len(chosen), _MOST_EVENTS)))
    changed = [*single.get(f"{chosen[0].get('UID', '')}", {}).values()]
    return chosen[0], changed


def _sequence(event: Any) -> int:
    try:
        return max(0, int(event.get("SEQUENCE", 0)))
    except (TypeError, ValueError):
        return 0


def _when(event: Any, name: str) -> tuple[Any, str]:
    prop = event.get(name)
    if isinstance(prop, list):
        prop = prop[0]
    try:
        return prop.dt, str(prop.params.get("TZID", ""))
    except Exception:  # a broken property raises as it is read
        return None, ""


def _start(
    event: Any, home: str, doubts: list[str], skips: list[str] | None = None
) -> ZonedDateTime:
    value, named = _when(event, "DTSTART")
    if isinstance(value, date) and not isinstance(value, datetime):
        raise KitError(
            _(
                "invitation: it lasts all day ({day}) and names no time; type the day and time instead."
            ).format(day=f"{value:%d %B %Y}" if current() == ENGLISH else date_in_full(value))
        )
    if not isinstance(value, datetime):
        raise KitError(_("invitation: its start cannot be read; type the day and time instead."))
    return _moment(value, named, home, doubts, skips)


def _moment(
    value: datetime, named: str, home: str, doubts: list[str], skips: list[str] | None = None
) -> ZonedDateTime:
    """Find a moment; what the clocks do on that day goes to `skips`, where that is told apart."""
    if not 1970 <= value.year <= 2200:
        raise KitError(
            _(
                "invitation: its year, {year}, cannot be right; type the day and time instead."
            ).format(year=value.year)
        )
    if value.tzinfo is None:
        known = _known(named)
        plain = PlainDateTime(
            value.year, value.month, value.day, value.hour, value.minute, value.second
        )
        if known is None:
            clock = clock_time(plain)
            says = (
                _(
                    "It names a time zone that nobody knows ({zone}): {time} is taken as your own time; "
                    "ask them which zone they mean."
                )
                if named
                else _(
                    "It names no time zone: {time} is taken as your own time; check it with them."
                )
            )
            doubts.append(says.format(zone=_text(named)[:40], time=clock))
        return settled(plain, known or home, doubts if skips is None else skips)
    name = getattr(value.tzinfo, "key", None) or str(value.tzinfo)
    instant = Instant.from_timestamp(int(value.timestamp()))
    known = _known(name) or _known(named)
    if known in {None, "UTC", "Etc/UTC"}:
        # A calendar that writes UTC names no zone of theirs: only the moment is sure.
        return instant.to_tz(home)
    plain = PlainDateTime(
        value.year, value.month, value.day, value.hour, value.minute, value.second
    )
    moment = instant.to_tz(known)
    # The file's own rules of a zone may be others than the list's: then the file is right.
    usual = plain.assume_tz(known, disambiguation="compatible")
    told = doubts if skips is None else skips
    return settled(plain, known, told) if usual == moment else moment


def _known(name: str) -> str | None:
    if not name:
        return None
    for one in (name, name.rpartition("/freeassociation.sourceforge.net/")[2]):
        try:
            return zone(one)
        except KitError:
            continue
    tail = re.search(r"([A-Z][A-Za-z]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?)$", name)
    return _known(tail[1]) if tail and tail[1] != name else None


def _minutes(event: Any, start: ZonedDateTime, home: str, doubts: list[str]) -> int:
    minutes = 30.0
    try:
        if (length := event.get("DURATION")) is not None:
            minutes = length.dt.total_seconds() / 60
        else:
            value, named = _when(event, "DTEND")
            if isinstance(value, datetime):
                minutes = (_moment(value, named, home, []) - start).total("minutes")
    except (AttributeError, KitError, OverflowError, TypeError, ValueError):
        minutes = 0
    if not 1 <= minutes <= 24 * 60:
        doubts.append(_("It does not say how long it takes: half an hour is taken."))
        return 30
    return round(minutes)


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    text = str(value or "")[:20_000]
    if re.search(r"(?i)<(?:p|br|div|html|body|span|a)\b", text):
        text = re.sub(r"(?is)<(script|style)\b.*?(?:</\1\s*>|$)", " ", text)
        text = html.unescape(
            re.sub(r"(?s)<[^>]*>", " ", re.sub(r"(?i)<(?:br|/p|/div)\b[^>]*>", "\n", text))
        )
    kept = "".join(char for char in text if char == "\n" or char.isprintable())
    return re.sub(r" *\n *", "\n", re.sub(r"[ \t]+", " ", kept)).strip()


def _numbers(text: str) -> tuple[str, ...]:
    import phonenumbers

    written = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    # Without a country only numbers with their code (+44 ...) are sure.
    found = [
        phonenumbers.format_number(match.number, written)
        for match in phonenumbers.PhoneNumberMatcher(text, None)
    ]
    if not found:
        found = [
            " ".join(one.split())
            for one in re.findall(r"(?<![\w/.])\(?\d[\d\s().-]{5,17}\d(?!\w|[-/])", text)
            if 7 <= len(re.sub(r"\D", "", one)) <= 13
        ]
    return tuple(dict.fromkeys(found))[:5]
