"""Read an invitation as it stands in a mail: "Interview Thu 5 March 2pm ET with Ms Mahoney, 555-0100".

Only what is sure is taken; the rest is left to the person, and what was taken is said, to be checked.
"""

from dataclasses import dataclass, replace

from whenever import OffsetDateTime, PlainDateTime, TimeDelta, ZonedDateTime

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.messages.invitation import Invitation
from interview_coach.messages.review.mentions import PHONE, mentions
from interview_coach.messages.settled import settled
from interview_coach.messages.typed_clocks import (
    Clock,
    Offset,
    blanked,
    halved,
    lengthened,
    mentioned,
    offsets_in,
    ranges_in,
    spelled_out,
    written_by_machines,
)
from interview_coach.messages.typed_days import dates_in, day_meant
from interview_coach.messages.typed_zone_names import plain_letters
from interview_coach.messages.typed_zones import (
    Named,
    find_zones,
    season_doubt,
    zone_offsets,
)
from interview_coach.times import clock_time, day_words, zone
from interview_coach.wording import number

__all__ = ["read_typed"]

_MOST = 20_000  # characters
_YEARS = (1970, 2200)


def read_typed(text: str, *, timezone: str, now: ZonedDateTime) -> Invitation:
    """Read the day, time, zone, length and number of an interview from a line or a mail.

    Parameters
    ----------
    text : str
        As typed or pasted, at most 20,000 characters.
    timezone : str
        The person's own zone, for a time that names none, or only its offset from UTC.
    now : ZonedDateTime
        The day nearest to it is meant where no year is named.

    Raises
    ------
    KitError
        If it names no clock time, or only a day that does not exist; one sentence.
    """
    home = zone(timezone, _("Your time zone"))
    if len(text) > _MOST:
        raise KitError(
            _(
                "invitation: the text has {n} characters; paste only the lines with the day and time."
            ).format(n=number(len(text)))
        )
    low = plain_letters(text)
    # What one reading has taken is hidden from the next: "+01:00" is no time, "5.3.2026 14" no number.
    written, dates = written_by_machines(low)
    hidden = [(one.offset.start, one.offset.end) for one in written if one.offset]
    rest = blanked(low, [*hidden, *((one.start, one.end) for one in dates)])
    offsets = offsets_in(rest)
    hidden += [(one.start, one.end) for one in offsets]
    rest = blanked(rest, hidden)
    dates += dates_in(rest, now.to_tz(home).date().to_stdlib())
    rest = spelled_out(blanked(rest, [(one.start, one.end) for one in dates]))
    known = [*written, *ranges_in(rest, written)]
    found = mentions(blanked(rest, [], times=known))
    clocks = lengthened(mentioned(found, known), rest)
    if not clocks:
        raise KitError(
            _("invitation: no clock time can be read in it; type the day and time instead.")
        )
    first = clocks[0]
    first = replace(halved(first, low), words=text[first.start : first.end].strip())
    dates = [replace(one, words=text[one.start : one.end].strip(" ,")) for one in dates]
    zones = find_zones(
        blanked(text, hidden), blanked(low, hidden), [(one.start, one.end) for one in clocks]
    )
    meant = _meant(zones, _offset_of(first, offsets), home, now.year)
    day_doubts: list[str] = []
    today = (
        now.to_fixed_offset(meant.offset) if meant.offset is not None else now.to_tz(meant.zone)
    ).date()
    day = day_meant(
        sorted(dates, key=lambda one: one.start), found, low, today.to_stdlib(), day_doubts
    )
    if not _YEARS[0] <= day.year <= _YEARS[1]:
        raise KitError(
            _(
                "invitation: its year, {year}, cannot be right; type the day and time instead."
            ).format(year=day.year)
        )
    plain = PlainDateTime(day.year, day.month, day.day, first.minute // 60, first.minute % 60)
    zone_doubts: list[str] = []
    start = _moment(plain, meant, home, zone_doubts)
    doubts = _several([first, *clocks[1:]], zones, meant, start) + day_doubts
    if not first.sure:
        doubts.append(_("It does not say whether morning or afternoon is meant; check it."))
    if first.until is not None:
        end = clock_time(PlainDateTime(2000, 1, 1, first.until // 60 % 24, first.until % 60))
        doubts.append(
            _(
                "It names a stretch of time, until {time}: its beginning is taken; ask when they call."
            ).format(time=end)
        )
    return Invitation(
        start=start,
        minutes=first.length or 30,
        summary=_("Interview"),
        uid="",
        description=text,
        doubts=(*doubts, *zone_doubts),
        numbers=tuple(text[one.start : one.end].strip() for one in found if one.sign == PHONE),
    )


@dataclass(frozen=True)
class _Meant:
    """The zone that is taken, why, and the offset from UTC where the text gives one.

    With an `offset` the moment is certain and `zone` is only where it is shown. `beside` is an offset
    that stands with the zone's name, as Outlook writes it: then the clock time is the zone's.
    """

    zone: str
    named: Named | None = None
    offset: TimeDelta | None = None
    beside: int | None = None
    unclear: bool = False


def _offset_of(first: Clock, offsets: list[Offset]) -> Offset | None:
    if first.offset:
        return first.offset
    near = [one for one in offsets if one.start >= first.start]
    return next(iter([*near, *offsets]), None)


def _meant(zones: list[Named], offset: Offset | None, home: str, year: int) -> _Meant:
    known = [one for one in zones if one.zone or one.own]
    if offset is not None:
        fits = [one for one in known if one.zone and offset.minutes in zone_offsets(one.zone, year)]
        if fits and not offset.exact:
            return _Meant(fits[0].zone, fits[0], beside=offset.minutes)
        shown = fits[0].zone if fits else home
        return _Meant(
            shown, fits[0] if fits else None, TimeDelta(minutes=offset.minutes), unclear=not fits
        )
    if not known:
        return _Meant(home, zones[0] if zones else None, unclear=True)
    named = known[0]
    if named.own:
        return _Meant(home, named)
    if named.shared:
        places = [place for _name, place in named.shared]
        said = [one.zone for one in known if one.zone in places and one is not named]
        other = [one for one in said if one != named.zone] or said
        if other:
            return _Meant(other[0], named)
        return _Meant(home if home in places else named.zone, named, unclear=True)
    return _Meant(named.zone, named)


def _moment(plain: PlainDateTime, meant: _Meant, home: str, doubts: list[str]) -> ZonedDateTime:
    """Find the moment, and say what is not certain about its zone."""
    if meant.offset is not None:
        start = OffsetDateTime(
            plain.year, plain.month, plain.day, plain.hour, plain.minute, offset=meant.offset
        ).to_tz(meant.zone)
        if meant.unclear:
            day = day_words(start, start.add(hours=240)) if start.date() != plain.date() else ""
            if meant.offset:
                says = (
                    _(
                        "Only the offset {offset} is known, not the time zone: it is {time} on {day} on "
                        "your own clock; check it with them."
                    )
                    if day
                    else _(
                        "Only the offset {offset} is known, not the time zone: it is {time} on your own "
                        "clock; check it with them."
                    )
                )
            else:
                says = (
                    _(
                        "It gives the time in UTC and names no time zone: it is {time} on {day} on your "
                        "own clock; check it with them."
                    )
                    if day
                    else _(
                        "It gives the time in UTC and names no time zone: it is {time} on your own "
                        "clock; check it with them."
                    )
                )
            offset = _said_offset(meant.offset)
            doubts.append(says.format(offset=offset, time=clock_time(start), day=day))
        return start
    twice: list[str] = []
    start, later = (
        settled(plain, meant.zone, twice),
        plain.assume_tz(meant.zone, disambiguation="later"),
    )
    if meant.named and season_doubt(meant.named, start) and not season_doubt(meant.named, later):
        start = later  # of two equal times, "GMT" says the second
    else:
        doubts += twice
    named, clock = meant.named, clock_time(start)
    if named is None:
        doubts.append(
            _(
                "It names no time zone: {time} is taken as your own time; check it with them."
            ).format(time=clock)
        )
    elif meant.unclear and not named.zone:
        doubts.append(
            _(
                "It names a time zone or place that is not known here ({zone}): {time} is taken as your "
                "own time; check it with them."
            ).format(zone=named.words[:40], time=clock)
        )
    elif meant.unclear:
        names = [name for name, _place in named.shared]
        taken = next(name for name, place in named.shared if place == meant.zone)
        doubts.append(
            _(
                "{zone} can be the time of {places} or {place}: {taken} is taken; check it with them."
            ).format(zone=named.words, places=", ".join(names[:-1]), place=names[-1], taken=taken)
        )
    elif not named.sure:
        doubts.append(
            _(
                "It names {place}, but no time zone: {time} is taken as the time there; check it with "
                "them."
            ).format(place=named.words, time=clock)
        )
    if named is not None and named.zone and (doubt := season_doubt(named, start)):
        doubts.append(doubt)
    elif meant.beside is not None and start.offset != TimeDelta(minutes=meant.beside):
        doubts.append(
            _(
                "It gives {offset}, but {zone} is at {other} on that day: {time} is taken as the clock "
                "time there; check it with them."
            ).format(
                offset=_said_offset(TimeDelta(minutes=meant.beside)),
                zone=meant.zone,
                other=_said_offset(start.offset),
                time=clock,
            )
        )
    return start


def _several(
    clocks: list[Clock], zones: list[Named], meant: _Meant, start: ZonedDateTime
) -> list[str]:
    """Say that other times or zones are named, unless they are the same moment said otherwise."""
    first, doubts = clocks[0], []
    theirs: list[Named] = []
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
        doubts.append(
            _("It names several times; the first, {time}, is taken.").format(time=first.words)
        )
    elif meant.named is not None and meant.named.zone and meant.named not in theirs:
        others = [
            one
            for one in zones
            if one.zone and one.sure and one not in theirs
            if start.to_tz(one.zone).offset != start.offset
        ]
        if others and not meant.named.shared:
            doubts.append(
                _(
                    "It names several time zones; the first, {zone}, is taken; check it with them."
                ).format(zone=meant.named.words)
            )
    return doubts


def _said_offset(offset: TimeDelta) -> str:
    minutes = round(offset.total("minutes"))
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"
