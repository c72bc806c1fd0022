"""Read an invitation as it stands in a mail: "Interview Thu 5 March 2pm ET with Ms Mahoney, 555-0100".

Only what is sure is taken; the rest is left to the person, and what was taken is said, to be checked.
"""

import datetime as dt
from dataclasses import dataclass, replace
from itertools import chain

from whenever import OffsetDateTime, PlainDateTime, TimeDelta, ZonedDateTime

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.messages.invitation import Invitation
from interview_coach.messages.review.mentions import mentions
from interview_coach.messages.settled import settled
from interview_coach.messages.typed.asides import Aside, asides, sent_on
from interview_coach.messages.typed.clocks import (
    Clock,
    Offset,
    blanked,
    halved,
    inside,
    is_place,
    lengthened,
    mentioned,
    offsets_in,
    ranges_in,
    widened,
    written_by_machines,
)
from interview_coach.messages.typed.days import Dated, dates_in, day_meant
from interview_coach.messages.typed.extras import length_in, numbers_in, own_clock, wait_in
from interview_coach.messages.typed.others import other_times, own_by_the_other
from interview_coach.messages.typed.relative import days_in_words
from interview_coach.messages.typed.words import spelled_out
from interview_coach.messages.typed.zone_names import plain_letters
from interview_coach.messages.typed.zones import (
    Named,
    find_zones,
    season_doubt,
    zone_offsets,
)
from interview_coach.times import clock_time, date_in_full, day_words, zone
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
    here = now.to_tz(home).date().to_stdlib()
    levels = asides(low, here)
    got = next((got for some in levels if (got := _gather(low, some, here)).clocks), None)
    if got is None:
        return _from_now(text, low, home, now)
    first, *rest = got.clocks
    # What no longer holds is not taken; but it is said that it is there.
    whole = _gather(low, Aside([], [], []), here).clocks if got.old else []
    old = [one for one in whole if inside(one, got.old)]
    quiet = [*got.hidden, *((a, b) for a, b in got.words if " et " in low[a:b])]
    zones = find_zones(
        blanked(text, quiet), blanked(low, quiet), [(one.start, one.end) for one in got.clocks]
    )
    if (own := own_clock(got.clocks, zones, low)) is not None:
        rest, first = [one for one in got.clocks if one is not own], own
        zones.sort(key=lambda one: not one.own)
    elif own_by_the_other(got.clocks, zones, home, now):
        zones.insert(0, Named(first.start, first.end, first.words, own=True))
    first = replace(halved(first, low), words=text[first.start : first.end].strip())
    meant = _meant(zones, _offset_of(first, got.offsets), home, now.year)
    day_doubts: list[str] = []
    today = (
        (now.to_fixed_offset(meant.offset) if meant.offset is not None else now.to_tz(meant.zone))
        .date()
        .to_stdlib()
    )
    sent = sent_on(low, got.heads, first.start, today)
    read, dates = got.text, []
    # "> Thursday?", "Sorry, 4pm instead": a day that is not said again still holds.
    for some in chain([got], (_gather(low, one, here) for one in levels[1:3])):
        words = days_in_words(
            some.text, sent or today, some.dates, here=sent or here, sent=sent is not None
        )
        if some.dates or words:
            read, dates = some.text, [*some.dates, *words]
            break
    dates = [replace(one, words=text[one.start : one.end].strip(" ,")) for one in dates]
    day = day_meant(
        sorted(dates, key=lambda one: one.start),
        read,
        sent or today,
        day_doubts,
        clock=(first.start, first.end),
        sent=sent is not None,
    )
    if not _YEARS[0] <= day.year <= _YEARS[1]:
        raise KitError(
            _(
                "invitation: its year, {year}, cannot be right; type the day and time instead."
            ).format(year=day.year)
        )
    plain = PlainDateTime(day.year, day.month, day.day, first.minute // 60, first.minute % 60)
    if first.midnight:
        day_doubts.append(
            _("It says midnight: the one at the start of {day} is taken; check the day.").format(
                day=date_in_full(day)
            )
        )
    zone_doubts: list[str] = []
    start = _moment(plain, meant, home, zone_doubts)
    doubts = other_times([first, *rest, *old], zones, meant.named, start, home) + day_doubts
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
        minutes=first.length or length_in(low) or 30,
        summary=_("Interview"),
        uid="",
        description=text,
        doubts=(*doubts, *zone_doubts),
        numbers=numbers_in(text, low, got.dates, got.clocks),
    )


def _from_now(text: str, low: str, home: str, now: ZonedDateTime) -> Invitation:
    """Read "I'll call in twenty minutes", which counts from now.

    Raises
    ------
    KitError
        If it says nothing of the kind.
    """
    minutes = wait_in(low)
    if minutes is None:
        raise KitError(
            _("invitation: no clock time can be read in it; type the day and time instead.")
        )
    start = now.to_tz(home).add(minutes=minutes).round("minute")
    return Invitation(
        start=start,
        minutes=30,
        summary=_("Interview"),
        uid="",
        description=text,
        doubts=(
            _("It counts from when it was written, and now is taken: {time}; check it.").format(
                time=clock_time(start)
            ),
        ),
        numbers=numbers_in(text, low, [], []),
    )


@dataclass(frozen=True)
class _Gathered:
    """What is found in a text of which something is hidden: `text` is what is left to find days in."""

    text: str
    heads: list[tuple[int, int]]
    hidden: list[tuple[int, int]]
    dates: list[Dated]
    offsets: list[Offset]
    clocks: list[Clock]
    words: list[tuple[int, int]]
    old: list[tuple[int, int]]


def _gather(low: str, aside: Aside, today: dt.date) -> _Gathered:
    # What one reading has taken is hidden from the next: "+01:00" is no time, "5.3.2026 14" no number.
    quiet = blanked(low, aside.hidden)
    written, dates = written_by_machines(quiet)
    hidden = aside.hidden + [(one.offset.start, one.offset.end) for one in written if one.offset]
    rest = blanked(quiet, [*hidden, *((one.start, one.end) for one in dates)])
    offsets = offsets_in(rest)
    hidden += [(one.start, one.end) for one in offsets]
    rest = blanked(rest, hidden)
    dates += dates_in(rest, today)
    rest, words = spelled_out(blanked(rest, [(one.start, one.end) for one in dates]))
    known = [*written, *ranges_in(rest, written)]
    found = mentions(blanked(rest, [], times=known))
    times = [one for one in mentioned(found, known) if not is_place(one, rest)]
    clocks = [widened(one, words, low) for one in lengthened(times, rest)]
    return _Gathered(quiet, aside.heads, hidden, dates, offsets, clocks, words, aside.old)


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
    if named.season:
        # "AEST, Brisbane", "MST (Phoenix)": a place that keeps this very clock all the year says more.
        low, high = zone_offsets(named.zone, year)
        wanted = (low, low) if named.season == "winter" else (high, high)
        if fixed := [one for one in known if one.zone and zone_offsets(one.zone, year) == wanted]:
            return _Meant(fixed[0].zone, fixed[0])
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


def _said_offset(offset: TimeDelta) -> str:
    minutes = round(offset.total("minutes"))
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"
