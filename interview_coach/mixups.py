"""How the time of an appointment gets mixed up, besides its zone: morning or afternoon, date, clock change.

GUIDANCE A2 and F5: a mix-up of the time is among the likely causes, and is checked first (K2). Pure
functions: `now` is an argument.
"""

from whenever import ZonedDateTime

from interview_coach.times import clock_time, day_words, tz_of

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
    said = [f"Does the invitation say {scheduled.date().to_stdlib():%A}, {_date(scheduled)}?"]
    if scheduled.day <= 12 and scheduled.day != scheduled.month:
        other = scheduled.replace(
            month=scheduled.day, day=scheduled.month, disambiguation="compatible"
        )
        said.append(
            f"Written in figures, {scheduled.day}/{scheduled.month} is {_date(scheduled)} in one country and "
            f"{_date(other)} in another."
        )
    if scheduled.hour % 12 or scheduled.hour == 12:
        other = scheduled.add(hours=12 if scheduled.hour < 12 else -12)
        when = day_words(other, now)
        said.append(f"Is it {clock_time(scheduled)}, and not {clock_time(other)} ({when})?")
    changed = _change_near(scheduled)
    if changed is not None:
        said.append(
            f"The clocks in {tz} change about {_date(changed)}: a calendar that missed it is an hour off."
        )
    return tuple(said)


def _date(moment: ZonedDateTime) -> str:
    return f"{moment.day} {moment.date().to_stdlib():%B}"


def _change_near(scheduled: ZonedDateTime) -> ZonedDateTime | None:
    for days in range(-_DAYS_NEAR, _DAYS_NEAR):
        before, after = scheduled.add(hours=24 * days), scheduled.add(hours=24 * (days + 1))
        if before.offset != after.offset:
            return after
    return None
