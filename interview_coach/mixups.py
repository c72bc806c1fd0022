"""How the time of an appointment gets mixed up: its zone, morning or afternoon, date, clock change.

GUIDANCE A2 and F5: a mix-up of the time is among the likely causes, and is checked first (K2). Pure
functions: `now` is an argument.
"""

from whenever import ZonedDateTime

from interview_coach.language import _
from interview_coach.times import (
    Clock,
    clock_time,
    day_and_month,
    day_words,
    minutes_between,
    tz_of,
    weekday,
)
from interview_coach.wording import time_span

__all__ = ["mix_ups", "zone_words"]

_DAYS_NEAR = 8  # a week, and the day of the change itself


def mix_ups(scheduled: ZonedDateTime, now: ZonedDateTime) -> tuple[str, ...]:
    """Say what to compare with the invitation, a sentence each.

    Parameters
    ----------
    scheduled : ZonedDateTime
        The agreed start as the person has it, in their zone.
    now : ZonedDateTime
        The moment of asking.
    """
    tz = tz_of(scheduled)
    said = [
        _("Does the invitation say {weekday}, {date}?").format(
            weekday=weekday(scheduled), date=day_and_month(scheduled)
        )
    ]
    if scheduled.day <= 12 and scheduled.day != scheduled.month:
        other = scheduled.replace(
            month=scheduled.day, day=scheduled.month, disambiguation="compatible"
        )
        said.append(
            _(
                "Written in figures, {figures} is {date} in one country and {other} in another."
            ).format(
                figures=f"{scheduled.day}/{scheduled.month}",
                date=day_and_month(scheduled),
                other=day_and_month(other),
            )
        )
    if scheduled.hour % 12 or scheduled.hour == 12:
        other = scheduled.add(hours=12 if scheduled.hour < 12 else -12)
        said.append(
            _("Is it {time}, and not {other} ({day})?").format(
                time=clock_time(scheduled), other=clock_time(other), day=day_words(other, now)
            )
        )
    changed = _change_near(scheduled)
    if changed is not None:
        said.append(
            _(
                "The clocks in {zone} change about {date}: a calendar that missed it is an hour off."
            ).format(zone=tz, date=day_and_month(changed))
        )
    return tuple(said)


def _change_near(scheduled: ZonedDateTime) -> ZonedDateTime | None:
    for days in range(-_DAYS_NEAR, _DAYS_NEAR):
        before, after = scheduled.add(hours=24 * days), scheduled.add(hours=24 * (days + 1))
        if before.offset != after.offset:
            return after
    return None


def zone_words(
    ours: ZonedDateTime, tz: str, now: ZonedDateTime, *, written: bool = False, clock: Clock = "12"
) -> str:
    """Compare an appointment on both clocks (K2).

    Parameters
    ----------
    ours : ZonedDateTime
        The agreed start as the person has it, in their zone.
    tz : str
        The other side's zone (IANA name).
    now : ZonedDateTime
        The moment of asking.
    written : bool
        Whether the invitation itself names `tz`: then nothing can be mixed up.
    clock : {"12", "24"}
        How clock times are written.
    """
    theirs, here = ours.to_tz(tz), clock_time(ours, clock)
    if theirs.offset == ours.offset:
        return _("Both clocks say {time}: the zones do not explain it.").format(time=here)
    if written:
        there = tz.rpartition("/")[2].replace("_", " ")
        said = _clock_and_day(theirs, ours, clock)
        return _(
            "The invitation says {time} {place}. That is {here} for you: no mix-up of zones."
        ).format(time=said, place=there, here=here)
    meant = ours.to_plain().assume_tz(tz, disambiguation="compatible").to_tz(tz_of(ours))
    sentences = [
        _("{here} for you is {there} for them.").format(
            here=here, there=_clock_and_day(theirs, ours, clock)
        ),
        _when_that_is(meant, now).format(
            time=here,
            zone=tz,
            meant=_clock_and_day(meant, ours, clock),
            length=time_span(abs(minutes_between(now, meant))),
        ),
    ]
    if _gap_differs_nearby(ours, tz):
        sentences.append(
            _(
                "The clocks of the two places change on different days about now, so the usual "
                "difference may not hold."
            )
        )
    return " ".join(sentences)


def _clock_and_day(moment: ZonedDateTime, ours: ZonedDateTime, clock: Clock) -> str:
    days = (moment.date().to_stdlib() - ours.date().to_stdlib()).days
    # From one edge of the date line to the other it is two days.
    said = {
        0: "{time}",
        1: _("{time} the next day"),
        2: _("{time} two days on"),
        -1: _("{time} the day before"),
    }.get(days, _("{time} two days before"))
    return said.format(time=clock_time(moment, clock))


def _when_that_is(meant: ZonedDateTime, now: ZonedDateTime) -> str:
    away = minutes_between(now, meant)
    if away > 0:
        return _(
            "If the invitation meant {time} in {zone}, the call is at {meant} your time, {length} from now."
        )
    if away < 0:
        return _(
            "If the invitation meant {time} in {zone}, the call is at {meant} your time, {length} ago."
        )
    return _("If the invitation meant {time} in {zone}, the call is at {meant} your time, now.")


def _gap_differs_nearby(ours: ZonedDateTime, tz: str) -> bool:
    def gap(days: int) -> float:
        moment = ours.add(hours=24 * days)
        return (moment.offset - moment.to_tz(tz).offset).total("minutes")

    return len({gap(days) for days in (-21, 0, 21)}) > 1
