"""Taking a calendar file apart: its lines, its events, and the lines that are none.

The `icalendar` package reads each line; the walk through the file is here, because an import must
say on which line an event began, and one broken line must not take the others with it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.times import zone

__all__ = ["Event", "Property", "Walk", "walk"]

_WANTED = frozenset(
    (
        *("UID", "SEQUENCE", "RECURRENCE-ID", "STATUS", "DTSTART", "DTEND", "SUMMARY", "LOCATION"),
        *("DESCRIPTION", "ORGANIZER", "ATTENDEE", "RRULE", "RDATE", "LAST-MODIFIED", "URL"),
        *("CREATED", "DTSTAMP"),
        *("X-GOOGLE-CONFERENCE", "TZID", "X-LIC-LOCATION", "X-WR-TIMEZONE", "METHOD"),
    )
)
_NAME = re.compile(r"[A-Za-z0-9-]+(?=[;:])")
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?", re.I)
# A line longer than that is a picture or a page of markup.
_LONGEST = 200_000


class Property(NamedTuple):
    """A line of an event: its value, its time zone if it names one, its shown name, where it stood."""

    value: str
    tzid: str
    shown: str
    line: int

    def start(self) -> tuple[str, str]:
        """Read it as a moment: ISO 8601 text and the zone that it names; ValueError if it is none."""
        found = _STAMP.fullmatch(self.value.strip())
        if found is None:
            raise ValueError(_("it is no date and time of a calendar"))
        year, month, day, hour, minute, second, utc = found.groups()
        if hour is None:
            return datetime(int(year), int(month), int(day)).date().isoformat(), ""
        # 235960 is a leap second, which no clock of a phone shows.
        at = datetime(int(year), int(month), int(day), int(hour), int(minute), min(int(second), 59))
        return at.isoformat() + ("Z" if utc else ""), "" if utc else self.tzid


@dataclass
class Event:
    """An event as the file writes it: the lines by their names, and whether it was closed."""

    line: int
    lines: dict[str, list[Property]] = field(default_factory=dict)
    whole: bool = True

    def text(self, name: str) -> str:
        """Give the first value of a name, or nothing."""
        found = self.lines.get(name)
        return found[0].value if found else ""


@dataclass
class Walk:
    """What a calendar file holds: its events, its own zone, and the lines that are none."""

    events: list[Event] = field(default_factory=list)
    timezone: str = ""
    method: str = ""
    zones: dict[str, str] = field(default_factory=dict)
    broken: list[int] = field(default_factory=list)

    def zone_of(self, tzid: str) -> str:
        """Give the zone's IANA name where one can be found, or else what the file writes."""
        from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

        parts = tzid.strip('"').split("/")
        tried = (
            tzid,
            self.zones.get(tzid, ""),
            WINDOWS_TO_OLSON.get(tzid.strip('"'), ""),
            # Old programs write /mozilla.org/20050126_1/Europe/Berlin.
            "/".join(parts[-2:]) if len(parts) > 2 else "",
        )
        for name in filter(None, tried):
            try:
                return zone(name)
            except KitError:
                continue
        return tzid


def walk(raw: bytes) -> Walk:
    """Walk through a calendar file.

    Parameters
    ----------
    raw : bytes
        The file. Letters that are no UTF-8 are read as Windows-1252.

    Returns
    -------
    Walk
    """
    found = Walk()
    inside: list[str] = []
    event: Event | None = None
    tzid = ""
    for line, text in _lines(raw):
        name, _colon, rest = text.partition(":")
        name = name.upper().strip()
        kind = rest.strip().upper()
        if name == "BEGIN":
            if kind == "VEVENT":
                if event is not None:
                    _close(found, event, whole=False)
                event, inside = Event(line), ["VEVENT"]
            else:
                inside = [*inside[-20:], kind]
        elif name == "END":
            if kind == "VEVENT" and event is not None:
                _close(found, event)
                event, inside = None, []
            elif inside and inside[-1] == kind:
                inside.pop()
        elif event is None or inside == ["VEVENT"]:
            known = _NAME.match(text)
            if known is None:
                found.broken.append(line)
            elif known[0].upper() in _WANTED:
                read = _property(text, line)
                if read is None:
                    found.broken.append(line)
                elif event is not None:
                    event.lines.setdefault(known[0].upper(), []).append(read)
                else:
                    tzid = _of_calendar(found, known[0].upper(), read.value, tzid)
    if event is not None:
        _close(found, event, whole=False)
    return found


def _close(found: Walk, event: Event, *, whole: bool = True) -> None:
    event.whole = whole
    found.events.append(event)


def _of_calendar(found: Walk, name: str, value: str, tzid: str) -> str:
    if name == "X-WR-TIMEZONE":
        found.timezone = found.timezone or value.strip()
    elif name == "METHOD":
        found.method = value.strip().upper()
    elif name == "TZID":
        return value.strip()
    elif name == "X-LIC-LOCATION" and tzid:
        found.zones[tzid] = value.strip()
    return tzid


def _property(text: str, line: int) -> Property | None:
    from icalendar.parser import Contentline

    try:
        name, params, value = Contentline(text).parts()  # type: ignore[no-untyped-call]
    except Exception:
        # Whatever the parser stumbles over: the line is told as broken, and the rest goes on.
        return None
    if name.upper() in {"SUMMARY", "LOCATION", "DESCRIPTION", "STATUS", "UID"}:
        value = re.sub(r"\\([nN,;\\])", lambda m: "\n" if m[1] in "nN" else m[1], value)
    return Property(value, str(params.get("TZID", "")), str(params.get("CN", "")), line)


def _lines(raw: bytes) -> Iterator[tuple[int, str]]:
    """Give the lines as they were before they were folded, each with where it began."""
    start, parts = 1, list[bytes]()
    for number, physical in enumerate(
        re.split(rb"\r\n|\n|\r", raw.removeprefix(b"\xef\xbb\xbf")), 1
    ):
        if physical[:1] in (b" ", b"\t") and parts:
            parts.append(physical[1:])
            continue
        if parts:
            yield start, _decoded(parts)
        start, parts = number, [physical] if physical.strip() else []
    if parts:
        yield start, _decoded(parts)


def _decoded(parts: list[bytes]) -> str:
    whole = b"".join(parts)[:_LONGEST]
    try:
        return whole.decode("utf-8")
    except UnicodeDecodeError:
        return whole.decode("windows-1252", "replace")
