"""An export of a calendar as a table of calls: which events are interviews, moved or called off.

A calendar knows when calls were to be, not what became of them: nothing here says that a call took
place. An event that is in the file in several versions (one UID, a rising SEQUENCE), or an instance
that a RECURRENCE-ID moves, is several calls of one interview.

A call was booked when its event was made, one at a new time when the event was moved there; where the
file leaves out the version before, or calls the event off, that is not known.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from interview_coach.language import _, ngettext
from interview_coach.outcomes.importing.events import Event, Walk, walk
from interview_coach.outcomes.importing.table import FileTable, check_header, holds_word
from interview_coach.wording import counted, number

__all__ = ["CALENDAR_HEADER", "INTERVIEW_WORDS", "TITLE", "read_calendar"]

INTERVIEW_WORDS = "interview|screening|phone screen|telefoninterview|vorstellungsgespräch|bewerbungsgespräch|entrevista|entretien"  # unmarked: read, not said
CALENDAR_HEADER = (
    *("Start", "End", "Time zone", "Title", "With"),  # unmarked: columns
    *("Organizer", "Attendees", "Location", "Channel"),  # unmarked: columns
    *("Status", "Description", "UID", "Booked on"),  # unmarked: columns
)
TITLE = "Title"  # unmarked: a column
_VIDEO = re.compile(
    r"zoom|teams|meet\.google|google meet|webex|skype|whereby|video|hangout",  # unmarked: read
    re.I,
)
_PHONE = re.compile(r"\b(?:tele)?phone|\bcall\b|\btel:|\+\d[\d\s()./-]{6,}", re.I)
_JOINER = re.compile(r"\s+[-\u2013\u2014|]\s+|:\s+|\s+(?:with|at|w/|@)\s+|[()\[\]]", re.I)


class _Version(NamedTuple):
    """One version of an event: where its call was to be, in the order in which it was changed."""

    order: tuple[int, str, int]
    event: Event
    start: str
    zone: str
    fault: str | None
    booked: str = ""


def read_calendar(raw: bytes, name: str, needed: Sequence[str]) -> FileTable:
    """Read a calendar; `read_table` says with what, and what is raised.

    The columns are those of `CALENDAR_HEADER`; ``Status`` is what the calendar says, and ``moved``
    or ``cancelled`` where its versions do. Rows stand on the line on which their event begins.
    """
    read = walk(raw)
    check_header(CALENDAR_HEADER, needed, name, 1)
    table = FileTable(name, list(CALENDAR_HEADER), [], [], ",", kind="calendar")
    for group in _grouped(read.events):
        _add(table, read, group)
    table.notes.extend(_notes(table, read))
    return table


def _grouped(events: list[Event]) -> list[list[Event]]:
    """Put the versions of one event together; an instance of a series is an event of its own."""
    groups: dict[tuple[str, str], list[Event]] = {}
    for place, event in enumerate(events):
        uid = event.text("UID").strip() or f"\0{place}"
        groups.setdefault((uid, event.text("RECURRENCE-ID").strip()), []).append(event)
    return list(groups.values())


def _add(table: FileTable, read: Walk, group: list[Event]) -> None:
    versions = sorted(
        (_version(read, event, place) for place, event in enumerate(group)), key=lambda v: v.order
    )
    # A version at the same time only says more of the same call.
    calls: list[_Version] = []
    for version in versions:
        if calls and (calls[-1].start, calls[-1].zone) == (version.start, version.zone):
            booked = calls.pop().booked
        else:
            booked = _booked(version, calls[-1] if calls else None, read)
        calls.append(version._replace(booked=booked))
    first = calls[0]
    if "RECURRENCE-ID" in first.event.lines:
        try:
            start, tzid = first.event.lines["RECURRENCE-ID"][0].start()
        except ValueError:
            start, tzid = first.start, ""
        zone = read.zone_of(tzid) if tzid else _own(read, start)
        if first.fault is None and (start, zone) != (first.start, first.zone) and "T" in start:
            calls[0] = first._replace(booked=_booked(first, first, read))
            calls.insert(0, first._replace(start=start, zone=zone))
    for place, version in enumerate(calls):
        later = calls[place + 1] if place + 1 < len(calls) else None
        row = _row(version, _status(version, later, read))
        if version.fault is not None:
            table.faults[len(table.rows)] = [(None, version.fault)]
        table.rows.append(row)
        table.lines.append(version.event.line)


def _version(read: Walk, event: Event, place: int) -> _Version:
    sequence = event.text("SEQUENCE").strip()
    rank = int(sequence) if sequence.isascii() and sequence.isdecimal() and len(sequence) < 9 else 0
    start, zone, fault = "", "", None
    if "DTSTART" not in event.lines:
        fault = _("the event has no start that can be read")
    else:
        try:
            start, tzid = event.lines["DTSTART"][0].start()
            zone = read.zone_of(tzid) if tzid else _own(read, start)
        except ValueError as error:
            fault = _("the event's start on line {line}: {error}").format(
                line=event.lines["DTSTART"][0].line, error=error
            )
    if not event.whole:
        fault = _("the event is cut off in the file; export the calendar again")
    elif "RRULE" in event.lines or "RDATE" in event.lines:
        fault = _(
            "the event repeats, and an interview is one appointment; enter those of its "
            "days that were interviews by hand"
        )
    return _Version((rank, event.text("LAST-MODIFIED"), place), event, start, zone, fault)


def _own(read: Walk, start: str) -> str:
    # A moment in UTC is shown by the clock of the calendar; a floating one belongs to nobody's.
    return read.zone_of(read.timezone) if start.endswith("Z") and read.timezone else ""


def _status(version: _Version, later: _Version | None, read: Walk) -> str:
    if later is not None:
        # Changed after the start, it was no move: what became of the call is not known.
        return "" if _after_start(version, later) else "moved"
    return "cancelled" if _called_off(version, read) else _own_status(version)


def _own_status(version: _Version) -> str:
    return version.event.text("STATUS").strip().lower()


def _called_off(version: _Version, read: Walk) -> bool:
    return read.method == "CANCEL" or _own_status(version) in {"cancelled", "canceled"}


def _booked(version: _Version, before: _Version | None, read: Walk) -> str:
    # Only a request's own stamp is of the request; elsewhere it may be that of the export.
    sent = ("DTSTAMP",) if read.method == "REQUEST" else ()
    if before is None:
        return "" if version.order[0] else _stamp(version.event, "CREATED", *sent)
    if version.order[0] > before.order[0] + 1 or _called_off(version, read):
        return ""
    return _stamp(version.event, "LAST-MODIFIED", *sent)


def _stamp(event: Event, *names: str) -> str:
    """Give the first of some moments that an event names, in UTC, or nothing."""
    for name in names:
        try:
            text = event.lines[name][0].start()[0]
        except (KeyError, ValueError):
            continue
        # A year such as 1900 stands for one that the program did not know.
        if "T" in text and text >= "1990":
            return text.removesuffix("Z") + "Z"
    return ""


def _after_start(version: _Version, later: _Version) -> bool:
    changed = _stamp(later.event, "LAST-MODIFIED")
    # Both are written alike: in UTC, to the second.
    return bool(changed) and version.start.endswith("Z") and changed > version.start


def _row(version: _Version, status: str) -> list[str]:
    event = version.event
    title = event.text("SUMMARY").strip()
    end = ""
    if "DTEND" in event.lines:
        try:
            end = event.lines["DTEND"][0].start()[0]
        except ValueError:
            end = ""
    where = event.text("LOCATION").strip()
    hints = " ".join((where, title, event.text("URL"), event.text("X-GOOGLE-CONFERENCE")))
    channel = "video" if _VIDEO.search(hints) else "phone" if _PHONE.search(hints) else ""
    people = "; ".join(_person(event, "ATTENDEE"))
    uid = event.text("UID").strip() or f"line {event.line}"
    if instance := event.text("RECURRENCE-ID").strip():
        uid = f"{uid} {instance}"
    return [
        *(version.start, end, version.zone, title, _with(title)),
        *("; ".join(_person(event, "ORGANIZER")), people, where, channel, status),
        *(event.text("DESCRIPTION").strip(), uid, version.booked),
    ]


def _person(event: Event, name: str) -> list[str]:
    return [
        line.shown or re.sub(r"^mailto:", "", line.value, flags=re.I)
        for line in event.lines.get(name, [])
    ]


def _with(title: str) -> str:
    """Give the part of a title that is neither the word for an interview nor a joiner."""
    parts = [part.strip() for part in _JOINER.split(title) if part.strip()]
    others = [part for part in parts if not holds_word(part, INTERVIEW_WORDS)]
    return others[0] if len(parts) > 1 and others else ""


def _notes(table: FileTable, read: Walk) -> list[str]:
    says = []
    floating = sum("T" in row[0] and not row[0].endswith("Z") and not row[2] for row in table.rows)
    if floating:
        says.append(
            counted(
                floating,
                "{n} event has no time zone; the one of the mapping is taken.",
                "{n} events have no time zone; the one of the mapping is taken.",
            )
        )
    if read.broken:
        lines = ", ".join(map(str, read.broken[:5])) + (", ..." if len(read.broken) > 5 else "")
        says.append(
            ngettext(
                "{n} line is no line of a calendar and had to be left out ({lines}).",
                "{n} lines are no line of a calendar and had to be left out ({lines}).",
                len(read.broken),
            ).format(n=number(len(read.broken)), lines=lines)
        )
    return says
