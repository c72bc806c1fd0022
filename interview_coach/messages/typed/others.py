"""The other clock times and zones of an invitation: the same moment said again, or a doubt."""

from dataclasses import replace

from whenever import ZonedDateTime

from interview_coach.language import _
from interview_coach.messages.typed.clocks import Clock
from interview_coach.messages.typed.zones import Named, zone_offsets

__all__ = ["other_times", "own_by_the_other"]


def own_by_the_other(
    clocks: list[Clock], zones: list[Named], home: str, now: ZonedDateTime
) -> bool:
    """Say whether the first time is the person's own, as the second tells: "7pm / 2pm EST", in London."""
    if len(clocks) < 2:
        return False
    first, second = clocks[:2]
    if any(first.end <= one.start < second.start for one in zones if one.sure):
        return False
    beside = next((one for one in zones if one.zone and 0 <= one.start - second.end <= 8), None)
    if beside is None:
        return False
    apart = (first.minute - second.minute) % (24 * 60)
    return any(
        apart
        == round((day.to_tz(home).offset - day.to_tz(beside.zone).offset).total("minutes"))
        % (24 * 60)
        for day in (now, now.add(hours=14 * 24))
    )


def other_times(
    clocks: list[Clock], zones: list[Named], named: Named | None, start: ZonedDateTime, home: str
) -> list[str]:
    """Say that other times or zones are named, unless they are the same moment said otherwise."""
    first, doubts = clocks[0], []
    theirs: list[Named] = []
    zones = [replace(one, zone=home) if one.own else one for one in zones]
    differ = False
    for place, clock in enumerate(clocks[1:], 2):
        after = clocks[place] if place < len(clocks) else None
        with_it = [
            one
            for one in zones
            if one.zone
            and clock.start <= one.start <= clock.end + 8
            and (after is None or one.start < after.start)
        ]
        theirs += with_it
        if clock.minute == first.minute and not with_it:
            continue
        there = start.to_tz(with_it[0].zone) if with_it else start
        minute = there.hour * 60 + there.minute
        same = (clock.minute - minute) % (24 * 60 if clock.sure else 12 * 60) == 0
        differ = differ or not same
    if differ:
        words = (
            _("It names several times; the first, {time}, is taken.")
            if first.start < clocks[1].start
            else _("It names several times; {time} is taken.")
        )
        doubts.append(words.format(time=first.words))
    elif named is not None and named.zone and named not in theirs:
        others = [
            one
            for one in zones
            if one.zone and one.sure and one not in theirs
            if start.to_tz(one.zone).offset != start.offset and not _keeps(one, start)
        ]
        if others and not named.shared:
            doubts.append(
                _(
                    "It names several time zones; the first, {zone}, is taken; check it with them."
                ).format(zone=named.words)
            )
    return doubts


def _keeps(named: Named, start: ZonedDateTime) -> bool:
    """Say whether the letters of a zone mean the offset of a moment: "AEST", in Brisbane's summer."""
    low, high = zone_offsets(named.zone, start.year)
    minutes = {"winter": low, "summer": high}.get(named.season)
    return minutes == round(start.offset.total("minutes"))
