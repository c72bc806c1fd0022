"""How the time of an appointment gets mixed up, besides its zone: morning or afternoon, date, clock change.

GUIDANCE A2 and F5: a mix-up of the time is among the likely causes, and is checked first (K2). Pure
functions: `now` is an argument.
"""

from whenever import ZonedDateTime

from interview_coach.language import _
from interview_coach.times import clock_time, day_and_month, day_words, tz_of, weekday

__all__ = ["mix_ups"]

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
