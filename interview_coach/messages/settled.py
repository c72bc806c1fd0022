"""Find the moment of a clock time in a zone, and say where its clocks skip that time or show it twice."""

from whenever import PlainDateTime, ZonedDateTime

from interview_coach.language import _
from interview_coach.times import clock_time

__all__ = ["settled"]


def settled(plain: PlainDateTime, tz: str, doubts: list[str]) -> ZonedDateTime:
    """Find the moment of a clock time.

    Parameters
    ----------
    plain : PlainDateTime
        What the invitation says.
    tz : str
        The zone whose clocks are meant.
    doubts : list of str
        Gets a sentence where that time does not exist on that day, or exists twice. A skipped time is
        moved on by what the clocks skip; of two equal ones the first is meant (RFC 5545, 3.3.5).
    """
    moment = plain.assume_tz(tz, disambiguation="compatible")
    if moment.to_plain() != plain:
        doubts.append(
            _(
                "The clocks in {zone} skip {time} on that day: {taken} is taken; check it with them."
            ).format(zone=tz, time=clock_time(plain), taken=clock_time(moment))
        )
    elif plain.assume_tz(tz, disambiguation="later") != moment:
        doubts.append(
            _(
                "The clocks in {zone} show {time} twice on that day: the first is taken; check it with "
                "them."
            ).format(zone=tz, time=clock_time(plain))
        )
    return moment
