"""Hand a draft over: to the clipboard, the mail program or the calendar. Nothing is sent from here."""

import datetime as dt
import secrets
from collections.abc import Callable
from typing import Any

import traitlets
from whenever import ZonedDateTime

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.messages import (
    Invitation,
    called_off,
    eml,
    mailto,
    moved,
    subject_and_body,
    write_invitation,
)
from interview_coach.panels import kit
from interview_coach.panels.draft_model import DraftModel
from interview_coach.times import clock_time, day_words, read_time

__all__ = ["AppointmentModel", "appointment_card", "send_row"]

_ALARM = 90  # minutes: in the middle of one to two hours (D4)


def send_row(model: DraftModel, now: Callable[[], ZonedDateTime]) -> kit.Region:
    """Make the ways to take the draft along, kept up with its text."""
    ways = kit.Region()
    email = model.playbook.kinds[model.kind].medium == "email"

    def draw(_change: Any = None) -> None:
        parts: list[Any] = [kit.copy_button(_("Copy the text"), model.text)]
        words = _("Copy it into your mail, or read it out. Nothing is sent from here.")
        if email:
            subject, body = subject_and_body(model.text)
            try:
                link = mailto(subject, body)
                parts.append(kit.link_button(_("Open in my mail program"), href=link))
            except KitError as error:
                words = str(error)
            draft = eml(subject, body, made=now())
            parts.append(
                kit.download_link(
                    _("Save as a draft (.eml)"), "message.eml", draft, "message/rfc822"
                )
            )
        ways.show(kit.row(*parts) if model.text.strip() else None, kit.small(words))

    model.observe(draw, "text")
    draw()
    return ways


class AppointmentModel(traitlets.HasTraits):
    """The new appointment as the calendar has it; `uid` and `sequence` say which state of which."""

    day = traitlets.Any(None)
    time = traitlets.Any(None)
    minutes = traitlets.Int(45)
    margin = traitlets.Int(30)
    alarm = traitlets.Bool(True)
    uid = traitlets.Unicode()
    sequence = traitlets.Int(-1)  # not in the calendar yet
    kept = traitlets.Unicode()  # the start that the calendar has, ISO 8601
    margins = traitlets.Tuple()  # the room before and after that the calendar has, in minutes
    off = traitlets.Bool(False)

    def another(self) -> None:
        """Begin another appointment; the one that was saved stays in the calendar as it is."""
        self.uid, self.kept, self.margins, self.off = "", "", (), False
        self.sequence = -1

    def file(
        self, timezone: str, summary: str, now: ZonedDateTime, *, cancel: bool = False
    ) -> bytes:
        """Write the file for the calendar, and count what it changes.

        Raises
        ------
        KitError
            If the day or time is missing or in the past.
        """
        if cancel and not self.kept:
            raise KitError(
                _("Calendar: there is nothing to call off; no appointment was saved yet.")
            )
        if cancel:
            start = read_time(self.kept, timezone, _("New appointment"))
        else:
            if not isinstance(self.day, dt.date) or not isinstance(self.time, dt.time):
                raise KitError(_("New appointment: give its day and its time."))
            start = read_time(
                f"{self.day:%Y-%m-%d}T{self.time:%H:%M}", timezone, _("New appointment")
            )
            if start <= now:
                raise KitError(_("New appointment: its day and time have passed; check them."))
        self.uid = self.uid or f"{secrets.token_hex(8)}@interview-coach"
        known = Invitation(start, self.minutes, summary, self.uid, max(self.sequence, 0))
        if cancel:
            known = called_off(known)
        elif self.sequence >= 0:
            known = moved(known, start)
        room = self.margin, self.margin
        written = write_invitation(
            known,
            made=now,
            margins=room,
            alarm=_ALARM if self.alarm else None,
            margins_before=self.margins or None,
        )
        # The start goes first: what watches the sequence shows it.
        self.kept = "" if cancel else start.to_fixed_offset().format_iso()
        self.margins, self.off, self.sequence = room, cancel, known.sequence
        return written


def appointment_card(
    model: AppointmentModel,
    *,
    timezone: Callable[[], str],
    now: Callable[[], ZonedDateTime],
    summary: Callable[[], str],
) -> Any:
    """Make the card that writes the new appointment for a calendar."""
    notice, ready, buttons = kit.Notice(), kit.Region(), kit.Region()
    fields = {
        "day": kit.date_input(_("New day"), model.day),
        "time": kit.time_input(_("New time"), model.time, hint=_("On your own clock.")),
        "minutes": kit.number_input(_("How long, in minutes"), model.minutes, low=5, high=480),
        "margin": kit.number_input(
            _("Minutes to keep free before and after"),
            model.margin,
            high=240,
            hint=_("They may start late, or the talk may run over [E6]."),
        ),
        "alarm": kit.checkbox(
            _("Remind me to confirm"), model.alarm, hint=_("An hour and a half before [D4].")
        ),
    }
    for name, field in fields.items():
        kit.link((model, name), (field, "value"))

    def write(*, cancel: bool = False) -> None:
        saved = model.sequence >= 0 and not model.off
        data = model.file(timezone(), summary(), now(), cancel=cancel)
        if cancel:
            words = _("This takes the appointment, and the room around it, out of your calendar.")
        else:
            start = read_time(model.kept, timezone(), _("New appointment"))
            words = (
                _(
                    "Moved to {day} at {time}, in your own zone. Open the file to put it into your calendar."
                )
                if saved
                else _(
                    "For {day} at {time}, in your own zone. Open the file to put it into your calendar."
                )
            ).format(day=day_words(start, now()), time=clock_time(start))
        ready.show(
            kit.text(words),
            kit.row(
                kit.download_link(
                    _("Save the calendar file (.ics)"), "interview.ics", data, "text/calendar"
                )
            ),
        )

    def another() -> None:
        model.another()
        ready.show()

    def draw(_change: Any = None) -> None:
        there = model.sequence >= 0 and not model.off
        buttons.show(
            kit.text(_saved(model, timezone(), now()), soft=True) if there else None,
            kit.row(
                kit.button(
                    _("Move it") if there else _("Make the calendar file"), write, where=notice
                ),
                kit.button(_("Call it off"), lambda: write(cancel=True), where=notice)
                if there
                else None,
                kit.button(_("This is another one"), another, where=notice) if there else None,
            ),
        )

    model.observe(draw, ["sequence", "off"])
    draw()
    return kit.card(
        kit.columns(fields["day"], fields["time"], fields["minutes"]),
        kit.columns(fields["margin"], fields["alarm"]),
        buttons,
        notice,
        ready,
        title=_("Put the new appointment into your calendar"),
    )


def _saved(model: AppointmentModel, timezone: str, now: ZonedDateTime) -> str:
    if not model.kept:
        return ""
    start = read_time(model.kept, timezone, _("New appointment"))
    return _("Saved for your calendar: {day} at {time}.").format(
        day=day_words(start, now), time=clock_time(start)
    )
