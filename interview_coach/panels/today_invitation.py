"""The invitation, pasted or loaded, fills in day, time, zone and number on the day itself."""

from typing import Any

from whenever import ZonedDateTime

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.messages import read_invitation, read_typed
from interview_coach.panels import kit
from interview_coach.panels.today_model import TodayModel
from interview_coach.times import clock_time, date_in_full, day_words, tz_of, weekday, zone

__all__ = ["invitation_card", "take_invitation"]


def invitation_card(model: TodayModel) -> Any:
    """Ask for the invitation: it fills in day, time and zone, and shows a mix-up before anything else."""
    notice, said = kit.Notice(), kit.Region()
    pasted = kit.text_area(
        _("Paste the invitation: the line with day and time, or the calendar file's text"), rows=2
    )
    loaded = kit.file_input(_("Or choose the file (.ics)"), accept=".ics")

    def read() -> None:
        said.show()
        files = loaded.value
        data: bytes | str = bytes(files[0]["content"]) if files else str(pasted.value)
        # A file is read once; what is pasted after it is not in its shade.
        loaded.value = ()
        if not data:
            raise KitError(_("Invitation: paste its text or choose the file first."))
        said.show(*(kit.text(sentence) for sentence in take_invitation(model, data)))

    return kit.card(
        kit.columns(pasted, loaded, widths="end"),
        kit.row(kit.button(_("Read it"), read, where=notice)),
        notice,
        said,
    )


def take_invitation(model: TodayModel, invitation: bytes | str) -> list[str]:
    """Take day, time and zone from an invitation.

    Returns
    -------
    list of str
        What was taken and what is in doubt, a sentence each.

    Raises
    ------
    KitError
        If it cannot be read; nothing is changed.
    """
    own = zone(model.timezone, _("Your time zone"))
    if isinstance(invitation, str) and "BEGIN:VCALENDAR" not in invitation.upper():
        found = read_typed(invitation, timezone=own, now=model.moment())
    else:
        found = read_invitation(invitation, timezone=own, now=model.moment())
    here = found.start.to_tz(own)
    model.day, model.time = here.date().to_stdlib(), here.time().to_stdlib()
    theirs = tz_of(found.start)
    model.their_timezone = theirs if theirs != own else ""
    model.invited = here.to_fixed_offset().format_iso() if theirs != own else ""
    said = [
        _("{summary}: {day} at {time}, on your own clock.").format(
            summary=found.summary,
            day=_day(here, model.moment()),
            time=clock_time(here),
        )
    ]
    model.number = found.numbers[0] if found.numbers else ""
    if found.numbers:
        said.append(
            _("The number in it: {number}. Check that it is the one you called [B1].").format(
                number=", ".join(found.numbers)
            )
        )
    return [*said, *found.doubts]


def _day(here: ZonedDateTime, now: ZonedDateTime) -> str:
    """Name the day; where it is not of this year, with its year, which may be a slip."""
    if here.year == now.year:
        return day_words(here, here.add(hours=240))
    full = date_in_full(here.date().to_stdlib())
    return _("{weekday} {date}").format(weekday=weekday(here), date=full)
