"""Write an appointment as an ``.ics`` file: made, moved and called off, right in its zone.

RFC 5545 and 5546: a moved appointment keeps its UID and has a higher SEQUENCE; one that is called off
is CANCELLED. E6: room on both sides, as busy blocks of their own. D4: an alarm for the confirmation.
"""

from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from typing import Any

from whenever import ZonedDateTime

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.times import tz_of
from interview_coach.wording import number

__all__ = ["ALARM", "Invitation", "called_off", "moved", "write_invitation"]

ALARM = (60, 120)
"""From and to: minutes before the appointment at which the confirmation is due (D4)."""

_MOST_MINUTES = 24 * 60
_MOST_MARGIN = 240


@dataclass(frozen=True)
class Invitation:
    """An appointment as a calendar knows it.

    Attributes
    ----------
    start : ZonedDateTime
        In the zone that the calendar shows it in.
    minutes : int
        How long it takes.
    summary, place, description : str
        Plain text.
    uid : str
        What the calendar knows it by, for as long as it lives.
    sequence : int
        How often it was changed.
    cancelled : bool
        Called off.
    doubts : tuple of str
        What was not certain on reading, a sentence each.
    numbers, links : tuple of str
        Telephone numbers (international form) and addresses of video calls found in it.
    """

    start: ZonedDateTime
    minutes: int
    summary: str
    uid: str
    sequence: int = 0
    cancelled: bool = False
    place: str = ""
    description: str = ""
    doubts: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


def moved(invitation: Invitation, start: ZonedDateTime) -> Invitation:
    """Give the same appointment a new start."""
    return replace(invitation, start=start, sequence=invitation.sequence + 1, cancelled=False)


def called_off(invitation: Invitation) -> Invitation:
    """Call the appointment off."""
    return replace(invitation, sequence=invitation.sequence + 1, cancelled=True)


def write_invitation(
    invitation: Invitation,
    *,
    made: ZonedDateTime,
    margins: tuple[int, int] = (0, 0),
    alarm: int | None = None,
    margins_before: tuple[int, int] | None = None,
) -> bytes:
    """Write the appointment as an ``.ics`` file.

    Parameters
    ----------
    invitation : Invitation
        What to write.
    made : ZonedDateTime
        When it is written.
    margins : tuple of int
        Minutes to keep free before and after, as busy blocks of their own (E6); 0 for none.
    alarm : int, optional
        Minutes before the start at which to be reminded of the confirmation (D4): 60 to 120.
    margins_before : tuple of int, optional
        The margins that were written for this appointment last time. Where it had one and has none now,
        that block is called off. Without it, each block that it has no margin for is called off as soon
        as the appointment was changed once, since the calendar may still hold it.

    Raises
    ------
    KitError
        If a length, a margin or the alarm is out of its range.
    """
    from icalendar import Calendar

    for room in (margins, margins_before or (0, 0)):
        _check(invitation, room, alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Interview Coach//EN")  # unmarked: of the format
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if invitation.cancelled else "PUBLISH")
    event = _event(invitation, invitation.start, invitation.minutes, made)
    for name in ("place", "description"):
        if value := getattr(invitation, name):
            event.add("location" if name == "place" else name, _plain(value))
    if alarm is not None and not invitation.cancelled:
        event.add_component(_alarm(alarm))
    calendar.add_component(event)
    for name, minutes, written_before in zip(
        ("before", "after"), margins, margins_before or (None, None), strict=True
    ):
        known = written_before if written_before is not None else int(invitation.sequence > 0)
        length = minutes or known
        if not length:
            continue
        block = replace(
            invitation,
            uid=f"{invitation.uid}-{name}",
            summary=_("Kept free before the interview")
            if name == "before"
            else _("Kept free after the interview"),
            cancelled=invitation.cancelled or not minutes,
        )
        beginning = (
            invitation.start.subtract(minutes=length)
            if name == "before"
            else invitation.start.add(minutes=invitation.minutes)
        )
        calendar.add_component(_event(block, beginning, length, made))
    calendar.add_missing_timezones()
    data: bytes = calendar.to_ical()
    return data


def _check(invitation: Invitation, margins: tuple[int, int], alarm: int | None) -> None:
    if not 1 <= invitation.minutes <= _MOST_MINUTES:
        raise KitError(
            _("length: {n} minutes cannot be; give 1 to {most} minutes.").format(
                n=invitation.minutes, most=number(_MOST_MINUTES)
            )
        )
    for name, minutes in zip(("before", "after"), margins, strict=True):
        if not 0 <= minutes <= _MOST_MARGIN:
            says = (
                _("room before: {n} minutes cannot be; give 0 to {most} minutes.")
                if name == "before"
                else _("room after: {n} minutes cannot be; give 0 to {most} minutes.")
            )
            raise KitError(says.format(n=minutes, most=_MOST_MARGIN))
    if alarm is not None and not ALARM[0] <= alarm <= ALARM[1]:
        raise KitError(
            _(
                "alarm: {n} minutes before is not one to two hours; the confirmation goes out {least} "
                "to {most} minutes before (D4)."
            ).format(n=alarm, least=ALARM[0], most=ALARM[1])
        )


def _event(invitation: Invitation, start: ZonedDateTime, minutes: int, made: ZonedDateTime) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", invitation.uid)
    event.add("dtstamp", made.to_stdlib().astimezone(UTC))
    event.add("sequence", invitation.sequence)
    event.add("summary", _plain(invitation.summary))
    # With the zone's name, not as UTC: a calendar must show the agreed clock time even if a country
    # changes its rules before the day. Where the clock shows a time twice, the name means the first
    # (RFC 5545, 3.3.5), so the second is written as UTC. The length is safe either way.
    first = start.to_plain().assume_tz(tz_of(start), disambiguation="earlier")
    when = start.to_stdlib()
    event.add("dtstart", when if first == start else when.astimezone(UTC))
    event.add("duration", timedelta(minutes=minutes))
    # A calendar that keeps what is called off in sight must not show it as busy.
    event.add("transp", "TRANSPARENT" if invitation.cancelled else "OPAQUE")
    event.add("status", "CANCELLED" if invitation.cancelled else "CONFIRMED")
    return event


def _alarm(minutes: int) -> Any:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _("Send the short confirmation email now"))
    alarm.add("trigger", timedelta(minutes=-minutes))
    return alarm


def _plain(text: str) -> str:
    return "".join(char for char in text if char == "\n" or char.isprintable())
