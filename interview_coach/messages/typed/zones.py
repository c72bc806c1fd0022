"""The time zone that a typed invitation names: "PM (EST)", "Eastern Time - New York", "14h30 (Paris)".

It may stand beside the time, behind a range or anywhere in the text. What only looks like a zone or a
place comes back without one, so that it can be said.
"""

import re
from dataclasses import dataclass

from whenever import PlainDateTime, ZonedDateTime

from interview_coach.language import _
from interview_coach.messages.typed.place_names import ADJECTIVES, PEOPLE, REGIONS
from interview_coach.messages.typed.spans import overlaps
from interview_coach.messages.typed.zone_names import (
    BESIDE,
    LETTERS,
    SHARED,
    beginning,
    iana,
    long_names,
    places,
)
from interview_coach.times import clock_time, tz_of, zone

__all__ = ["Named", "find_zones", "season_doubt", "zone_offsets"]

_TITLES = (
    "mr|mrs|ms|miss|dr|prof|teams|zoom|skype|google|meet|video|phone|call|room|via|with|dial|hr|"
    "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|today|tomorrow|if"
)
_ADJECTIVES = "|".join(ADJECTIVES)
_TIME_OF = re.compile(
    rf"\b(?:hora|heure)(?: (?:oficial|legale))? (?P<after>{_ADJECTIVES})\b|\b(?P<before>{_ADJECTIVES}) zeit\b"
)
_TIME_AT = re.compile(
    rf"\b(?:heure|hora)(?: normale| avancee| estandar)? (?:de l'|du |des |del? |de la )(?P<region>{'|'.join(REGIONS)})\b"  # unmarked: read, not said
)
# "At 3 tomorrow, Pacific."
_REGION = re.compile(r"[,(-] ?(?P<name>eastern|central|mountain|pacific)(?=\s*(?:[).;!?\n]|$))")
_PERSON = re.compile(r"'ll\b| (?:will|can|calls?|shall|has|wants|rings?|phones?|or i)\b")
_CLOCK_OF = r"(?P<whose>your|my|our|local|their)(?: (?:own|local))? time\b"


@dataclass(frozen=True)
class Named:
    """A zone that the text names.

    `zone` is empty where the words look like a zone and are none that is known, or where they say
    "your time" (`own`). `sure` is False for a place that the text merely mentions.
    """

    start: int
    end: int
    words: str
    zone: str = ""
    season: str = ""
    shared: tuple[tuple[str, str], ...] = ()
    sure: bool = True
    own: bool = False


def find_zones(text: str, low: str, clocks: list[tuple[int, int]]) -> list[Named]:
    """Find what names a time zone; what stands beside the first clock time comes first.

    Parameters
    ----------
    text, low : str
        As written; the same in small letters without accents, character by character.
    clocks : list of tuple of int
        Where clock times (with the end of their range) begin and end.
    """
    found: list[Named] = []
    beside: list[Named] = []
    for start, end in clocks:
        inside = [one for one in _letters(text, low, start, end) if one.start > start]
        gap = re.compile(
            r"[\s.,;/|]*(?:uhr|hrs|hours|sharp)?[\s.,;/|()\[\]-]*(?:in |the |[a-z]t(?= \())*[ (]*"
        ).match(low, end)
        here = inside[0] if inside else _at(text, low, gap.end() if gap else end, end)
        if here is not None and "\n" in low[end : here.start] and here.words.lower() in _towns():
            here = None  # a name on a line of its own is a signature's: "2pm", "Sydney"
        if here is not None:
            (beside if (start, end) == clocks[0] else found).append(here)
            # "IST, Dublin", "Eastern Time - New York": the place says more.
            more = re.compile(r"[ \t,/(-]+").match(low, here.end)
            place = _at(text, low, more.end(), -1) if more and not here.own else None
            if place is not None and place.zone:
                found.append(place)
    found += _listed(text, low)
    found += _long_names(text, low)
    found += [
        Named(*match.span(), match.group(), ADJECTIVES[match["after"] or match["before"]])
        for match in _TIME_OF.finditer(low)
    ]
    found += [
        Named(*match.span(), text[slice(*match.span())], REGIONS[match["region"]])
        for match in _TIME_AT.finditer(low)
    ]
    for match in re.finditer(
        r"(?:time ?zone|zeitzone|"  # unmarked: read, not said
        r"fuseau horaire|huso horario|heure d[eu]|hora(?:rio)?(?: del?)?|times? (?:is|are)(?: in| given in)?(?! (?:on|at|the)\b))"
        r"(?: is)?\s*[:=-]?\s*(?:the )?",
        low,
    ):
        here = _at(text, low, match.end(), match.end(), named="zone" in match.group())
        if here is not None:
            found.append(here)
    found += [
        _whose(text, match)
        for match in re.finditer(rf"\b{_CLOCK_OF}", low)
        if match["whose"] in {"your", "our", "my", "local"}
    ]
    for match in re.finditer(r"\b(?:time|zeit)\b", low):
        words = re.compile(r"(?:[a-z.]+[ -]){1,4}$").search(
            low[max(0, match.start() - 60) : match.start()]
        )
        if words is None:
            continue
        at = match.start() - len(words.group())
        for word in re.finditer(r"[a-z.]+", words.group()):
            here = _at(text, low, at + word.start(), -1)
            if here is not None and here.zone and here.end >= match.start() - 1:
                found.append(here)
                break
    found += [
        Named(*match.span("name"), text[slice(*match.span("name"))], places()[match["name"]])
        for match in _REGION.finditer(low)
    ]
    found += _mentioned(text, low)
    found.sort(key=lambda one: (not one.sure, -(one.end - one.start)))
    kept = list(beside)
    for one in found:
        rivals = [other for other in kept if other.zone or other.own or not one.zone]
        if not overlaps(one.start, one.end, rivals):
            kept.append(one)
    return [*beside, *sorted(kept[len(beside) :], key=lambda one: (not one.sure, one.start))]


def _towns() -> set[str]:
    return set(places()) - {"eastern", "central", "mountain", "pacific"}


def zone_offsets(name: str, year: int) -> tuple[int, int]:
    """Return the lower and the higher offset of a zone in a year, in minutes from UTC."""
    both = [
        round(PlainDateTime(year, month, 15, 12).assume_tz(name).offset.total("minutes"))
        for month in (1, 7)
    ]
    return min(both), max(both)


def season_doubt(named: Named, moment: ZonedDateTime) -> str:
    """Say that "EST" cannot be right in July; "" where the season fits."""
    if not named.season:
        return ""
    low, high = zone_offsets(tz_of(moment), moment.year)
    meant = low if named.season == "winter" else high
    if round(moment.offset.total("minutes")) == meant:
        return ""
    place = tz_of(moment).rpartition("/")[2].replace("_", " ")
    return _(
        "It says {zone}, which {place} does not keep on that day: {time} is taken as the clock time in "
        "{place}; check it with them."
    ).format(zone=named.words, place=place, time=clock_time(moment))


def _at(text: str, low: str, at: int, end: int, *, named: bool = False) -> Named | None:
    """Read the zone that begins at a place; `end` is where a clock time ended, -1 for none."""
    if whose := re.compile(_CLOCK_OF).match(low, at):
        return _whose(text, whose)
    if path := re.compile(r"[a-z]+/[a-z_]+(?:/[a-z_]+)?").match(low, at):
        known = iana().get(path.group())
        if known:
            return Named(at, path.end(), text[at : path.end()], zone(known))
        if named:
            return Named(at, path.end(), text[at : path.end()])
    words = re.compile(r"[a-z]+(?:[ -]+[a-z]+){0,4}").match(low, at)
    if words is None:
        return None
    for long, (name, season) in beginning().get(re.split("[ -]", words.group())[0], []):
        if low.startswith(long, at) and not low[at + len(long) : at + len(long) + 1].isalpha():
            return Named(at, at + len(long), text[at : at + len(long)], name, season)
    ends = [at + match.end() for match in re.finditer(r"[a-z]+", words.group())]
    for stop in reversed(ends[:4]):
        place = places().get(re.sub(r"[ -]+", " ", low[at:stop]))
        if place:
            # "Eastern Daylight Time" says which clock; "eastern Europe" is no zone at all.
            after = re.compile(r" (standard|daylight|summer)\b").match(low, stop)
            season = {"standard": "winter"}.get(after[1], "summer") if after else ""
            if low[at:stop] in {"eastern", "central", "mountain", "pacific"} and re.match(
                r" europe| africa| asia| america", low[stop:]
            ):
                continue
            if _PERSON.match(low, stop):
                continue  # "at 2pm Sydney will call you"
            return Named(at, stop, text[at:stop], place, season)
    letters = low[at : ends[0]]
    if letters in LETTERS and _is_meant(text[at : ends[0]], low, at, end):
        return _lettered(text, at, ends[0])
    return _unknown(text, low, at, ends, end, named=named)


def _is_meant(written: str, low: str, at: int, end: int) -> bool:
    # "à 14h et ...", "c'est": small letters are a zone only right after "2pm" or "2:00".
    if written.isupper() or (
        len(written) == 3 and written not in {"est", "art", "eat", "cat", "wet", "cot"}
    ):
        return True
    return end >= 0 and bool(
        re.search(r"(?:[ap]\.?m\.?|:\d\d|noon|midday|uhr)\s?\(?$", low[max(0, at - 12) : at])
    )


def _unknown(
    text: str, low: str, at: int, ends: list[int], end: int, *, named: bool
) -> Named | None:
    first = text[at : ends[0]]
    if named:
        return Named(at, ends[0], first)
    if end < 0 or re.match(rf"(?:{_TITLES})\b", low[at:]):
        return None
    timed = re.compile(r"(?:[a-z]+[ -]){1,3}time\b").match(low, at)
    if timed and not re.match(
        r"(?:for|on|at|to|is|as|and|or|this|that|the|a|any|in|we|i|please|morning|afternoon|evening|night)\b",
        low[at:],
    ):
        return Named(at, timed.end(), text[at : timed.end()])
    if re.fullmatch(r"[A-Z]{1,4}T|[A-Z]{2,3}Z", first) and first not in {
        "AT", "IT", "NOT", "BUT", "LET", "MEET", "NEXT", "CHAT", "TEXT", "WAIT", "BEST", "START", "GET",
    }:  # fmt: skip
        return Named(at, ends[0], first)
    inside = re.compile(r"([A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2})\s*[)\]]").match(text, at)
    if inside and text[:at].rstrip().endswith(("(", "[")):
        return Named(at, inside.end(1), inside[1])
    return None


def _whose(text: str, match: re.Match[str]) -> Named:
    return Named(
        match.start(), match.end(), text[match.start() : match.end()], own=match["whose"] == "your"
    )


def _lettered(text: str, start: int, end: int) -> Named:
    letters = text[start:end].lower()
    known = LETTERS[letters]
    return Named(
        start,
        end,
        text[start:end].upper(),
        known.zone,
        known.season,
        tuple(SHARED.get(letters, {}).items()),
    )


def _letters(text: str, low: str, start: int, end: int) -> list[Named]:
    return [
        _lettered(text, start + match.start(), start + match.end())
        for match in re.finditer(r"\b[a-z]{2,4}\b", low[start:end])
        if match.group() in LETTERS
    ]


def _listed(text: str, low: str) -> list[Named]:
    """Find capital letters and IANA names, wherever they stand."""
    found = [
        _lettered(text, *match.span())
        for match in re.finditer(r"\b[A-Z]{2,4}\b", text)
        if match.group().lower() in set(LETTERS) - BESIDE
    ]
    found += [
        Named(*match.span(), text[slice(*match.span())], zone(known))
        for match in re.finditer(r"\b[a-z]+/[a-z_]+(?:/[a-z_]+)?", low)
        if (known := iana().get(match.group()))
    ]
    return found


def _long_names(text: str, low: str) -> list[Named]:
    found = []
    for long, (name, season) in long_names().items():
        at = low.find(long)
        if (
            at >= 0
            and not (low[at - 1 : at] + low[at + len(long) : at + len(long) + 1]).strip().isalpha()
        ):
            found.append(Named(at, at + len(long), text[at : at + len(long)], name, season))
    return found


def _mentioned(text: str, low: str) -> list[Named]:
    """Find places that are named in passing: "in Dublin", "our Paris office"."""
    found = []
    ours = re.search(r"\b(?:our|my) time\b", low)
    for match in re.finditer(r"\b(?:in|from|our|the)\s+(?:the )?(?=[a-z])", low):
        here = _at(text, low, match.end(), -1)
        if here is None or not here.zone or here.words.upper() in map(str.upper, LETTERS):
            continue
        if here.words.lower() in PEOPLE:
            continue  # "in German" says nothing of a clock
        office = re.match(r" (?:office|team|branch|site|hq|time)\b", low[here.end :])
        if match.group().split()[0] == "in" or office or (ours and "from" in match.group()):
            found.append(_passing(here))
    found += [
        Named(match.start(1), match.end(1), match[1], sure=False)
        for match in re.finditer(r"\bin ([A-Z][a-z]+(?: [A-Z][a-z]+)?)", text)
        if not re.match(rf"(?:{_TITLES}|english|french|german|spanish|person)", match[1].lower())
    ]
    return found


def _passing(named: Named) -> Named:
    return Named(named.start, named.end, named.words, named.zone, named.season, sure=False)
