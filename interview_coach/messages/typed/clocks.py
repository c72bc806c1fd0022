"""The clock times that a typed invitation names: single ones, ranges, and what machines write (ISO 8601)."""

import re
from dataclasses import dataclass, replace

from interview_coach.messages.review.mentions import CLOCK, Mention
from interview_coach.messages.typed.days import Dated, real_date
from interview_coach.messages.typed.spans import overlaps

__all__ = [
    "Clock",
    "Offset",
    "blanked",
    "halved",
    "inside",
    "is_place",
    "lengthened",
    "mentioned",
    "offsets_in",
    "ranges_in",
    "widened",
    "written_by_machines",
]

_DAY = 24 * 60
_LONGEST = 4 * 60  # minutes: a longer range is when they may call, not how long it takes


@dataclass(frozen=True)
class Offset:
    """Minutes from UTC, as written; `exact` for what a machine wrote for this very moment."""

    start: int
    end: int
    minutes: int
    exact: bool = False


@dataclass(frozen=True)
class Clock:
    """A clock time in the text, from `start` to `end`.

    `minute` counts from midnight; `length` (minutes) is known for a range; `sure` says that morning
    or afternoon is certain; `offset` is what an ISO time gives; `until` is the end of a long range;
    `midnight` says that it is called so.
    """

    start: int
    end: int
    minute: int
    words: str
    sure: bool = True
    length: int | None = None
    offset: Offset | None = None
    until: int | None = None
    midnight: bool = False


_ISO = re.compile(
    r"(?<!\w)(?P<date>\d{4}-?\d\d-?\d\d)(?P<t>t|\s)(?P<hour>[01]\d|2[0-4]):?(?P<minute>[0-5]\d)"
    r"(?P<second>:?[0-5]\d(?:[.,]\d+)?)?(?P<offset>\s?z\b|\s?\+\d\d(?::?\d\d)?|-\d\d(?::?\d\d)?)?(?![\d:])"
)
_OFFSET = re.compile(
    r"\b(?:utc|gmt)\s?(?P<sign>[+-])(?P<hour>\d{1,2})(?::?(?P<minute>[0-5]\d))?(?![\d:]|\s?[ap]\.?m\b)"
    r"|(?<=\d\d:\d\d)\s?(?P<plus>\+)(?P<hours>\d\d):?(?P<minutes>[0-5]\d)(?!\d)"
    r"|(?<=\d[\d:][0-5]\d)\s?(?P<zulu>z)\b"
)
_HALF = r"(?:\s?(?P<{0}>[ap]\.?\s?m\b\.?|(?<=\d)[ap]\b))?"
_TAIL = r"(?:\s?(?:uhr|hrs|hours|h)\b)?"
_LETTERS = r"(?:\s?\(?[a-z]{2,4}\)?)?"
_ZONE_BEHIND = re.compile(
    r"\s?\(?(?:[ecmp][sd]?t|a[ew][sd]?t|ae[sd]?t|gmt|bst|utc|ce?s?t|ist|sast|sgt|jst|hkt)\b|\s(?:eastern|central|mountain|pacific)\b"
)
_AND = re.compile(r"and|und|et|y")
_ONE = r"(?P<h{0}>[01]?\d|2[0-4])(?:[:.h](?P<m{0}>[0-5]\d))?"
_RANGE = re.compile(
    rf"(?<![\w:./+-])(?P<lead>between |from |zwischen |entre (?:las? )?)?{_ONE.format(1)}{_HALF.format('half1')}{_TAIL}{_LETTERS}"  # unmarked: read, not said
    rf"\s*(?P<join>-|to\b|until\b|till?\b|bis\b|a\b|and\b|und\b|et\b|y(?: las?)?\b|hasta\b)\s*{_ONE.format(2)}{_HALF.format('half2')}"
    rf"(?P<tail>{_TAIL})(?![\w:/+-]|\.\d|\s?(?:minutes?|mins?|hours?|days?|weeks?|people|years?)\b)"
)
_UHR = re.compile(
    r"(?<![\w:./+-])(?:(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<colon>[0-5]\d))?\s?uhr(?:\s(?P<minute>[0-5]\d)\b)?"
    r"|(?:(?<=\ba )|(?<=\bde )|(?<=\bvers )|(?<=, )(?=(?:0?[7-9]|1\d|20)\s?h(?:eures)?\b(?! par| de)))(?P<heure>[01]?\d|2[0-4])\s?h(?:eures?)?(?P<m>[0-5]\d)?\b"
    r"|(?:(?<=\bla )|(?<=\blas ))(?P<hora>[01]?\d|2[0-4])(?:[:.](?P<punto>[0-5]\d))?(?:\s?h(?:s|rs|oras?)?\b)?(?![\w:/+-]|\.\d))"
)
_TO = re.compile(
    r"[\s;,]*(?:-|to\b|until\b|bis\b)[\s;,]*(?:[a-z]{3,10}[.,]?)?[\s;,]*(?:at|um|t)?\s*"
)

_TOLD = re.compile(
    r".*(?:\d\s?(?:[ap]\.?\s?m\b\.?|hrs?\b|h\b)|\d|\b(?:o'?\s?clock|uhr|hours?|hundred|half|quarter|one|two|three|four|five|"
    r"six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|twenty|thirty|forty|fifty)\b(?:\s?[ap]\.?m\b\.?)?)"
)
_BARE = re.compile(
    r"(?:(?<=@)|(?<=@ )|(?<=\bat )|(?<=\d, )|(?<=[a-z]day )|(?<=[a-z]day, )|(?<=[-/|] ))(?P<hour>1[0-2]|0?[1-9])(?P<minute>[:.][0-5]\d)?(?P<half>[ap])\b(?!\.?\s?m\b)"
    r"|(?<![\w:.,/+-])(?P<hour2>1[0-2]|0?[1-9])(?P<minute2>[:.][0-5]\d)?(?P<half2>[ap])\b(?= ?\(?(?:[ecmp][sd]?t|gmt|bst|eastern|central|mountain|pacific)\b)"
    r"|(?:(?<=@)|(?<=@ )|(?<=\bat )|(?<![\w:.,/+-])(?=\d{4} ?(?:z|gmt|utc|bst|hrs?|hours?|h|[ecmp][sd]?t|c?est|ist|a[ew]?[sd]t|sast)\b))(?P<four>(?:[01]\d|2[0-3])[0-5]\d)(?=\b|z\b)(?![:.,/-]\d)"
)


_FOUR = re.compile(
    r"(?<![\d:.,/+-])(?<!\d )(?!(?:19|20)\d\d\s?(?:-|to)\s?(?:19|20)\d\d\b)([01]\d|2[0-3])([0-5]\d)\s?(?:hrs?|h)?\s?(?:-|to)\s?"
    r"([01]\d|2[0-3])([0-5]\d)\s?(?:hrs?|hours?|h)?\b(?![\d:./-]| ?\d)"
)
_SAY = re.compile(
    r"(?:(?<=\bsay )|(?<=\bmake it )|(?<=\bback to )|(?<=\bforward to )|(?=\d\d? instead of))(?<![\w:.,/-])(?:1[0-2]|[1-9])(?![\w:/-]|\.\d)(?! ?(?:min|hour|day|people|or so|of)| [a-z]+s\b)"  # unmarked: read, not said
)
# "Room 2.30" is no time.
_ROOM = re.compile(
    r"\b(?:room|suite|floor|unit|version|section|page|step|part|chapter|gate|desk|grade|band|no|figure|clause)\.?\s*$"
)


def is_place(clock: Clock, text: str) -> bool:
    """Say whether what looks like a time counts rooms or pages."""
    return _ROOM.search(text, max(0, clock.start - 12), clock.start) is not None


def written_by_machines(text: str) -> tuple[list[Clock], list[Dated]]:
    """Find ISO 8601 times, with the offset that they give; the text is in small letters."""
    clocks, dates = [], []
    for match in _ISO.finditer(text):
        offset = None
        said = (match["offset"] or "").strip()
        digits = re.sub(r"\D", "", match["date"])
        basic = "-" not in match["date"]
        if basic and match["t"] != "t":
            continue
        if said and match["t"] != "t" and said.startswith("-"):
            # "2026-07-03 14:00-15:00" is a range.
            continue
        if said:
            offset = Offset(match.start("offset"), match.end("offset"), _minutes(said), exact=True)
        day = real_date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        dates.append(Dated(*match.span("date"), match["date"], (day,) if day else ()))
        minute = (int(match["hour"]) * 60 + int(match["minute"])) % _DAY
        clocks.append(Clock(match.start("hour"), match.end(), minute, match.group(), offset=offset))
    return clocks, dates


def _minutes(said: str) -> int:
    if said == "z":
        return 0
    digits = re.sub(r"\D", "", said)
    return (-1 if said[0] == "-" else 1) * (int(digits[:2]) * 60 + int(digits[2:] or 0))


def offsets_in(text: str) -> list[Offset]:
    """Find "GMT+1", "UTC-05:00" and "14:00 +0100"; no zone is further than 14 hours from UTC."""
    found = []
    for match in _OFFSET.finditer(text):
        hours, minutes = (
            match["hour"] or match["hours"] or 0,
            match["minute"] or match["minutes"] or 0,
        )
        total = int(hours) * 60 + int(minutes)
        if total <= 14 * 60:
            found.append(Offset(*match.span(), -total if match["sign"] == "-" else total))
    return found


def ranges_in(text: str, known: list[Clock]) -> list[Clock]:
    """Find ranges such as "2-2:30pm" (the second time gives the length), and "14 Uhr".

    A `known` time that a machine wrote is not read again.
    """
    found: list[Clock] = []
    for match in _RANGE.finditer(text):
        if overlaps(match.start("h1"), match.end(), known):
            continue
        timed = any(match[name] for name in ("m1", "m2", "half1", "half2", "tail"))
        # "Monday 10-11 EST": the zone says that the numbers are times.
        timed = timed or bool(_ZONE_BEHIND.match(text, match.end()))
        between = (match["lead"] or "").startswith(("between", "zwischen", "entre"))
        if not timed or (_AND.match(match["join"]) and not between):
            continue
        if match["join"] == "a" and not match["tail"] and "h" not in match.group():
            continue  # French "14h a 15h", but "2 a 3pm" is a slip of somebody
        start, end, sure = _both(match)
        length = (end - start) % _DAY
        clock = Clock(match.start("h1"), match.end(), start, match.group().strip(), sure)
        if not length:
            found.append(clock)
        elif length > _LONGEST or between:
            found.append(replace(clock, until=end))
        else:
            found.append(replace(clock, length=length))
    for match in _UHR.finditer(text):
        if not overlaps(*match.span(), [*known, *found]):
            hour = int(match["hour"] or match["heure"] or match["hora"])
            past = match["colon"] or match["minute"] or match["m"] or match["punto"]
            minute = hour * 60 + int(past or 0)
            start, sure = _guess(minute % _DAY) if minute >= 60 else (minute, True)
            found.append(Clock(*match.span(), start, match.group(), sure))
    for match in _BARE.finditer(text):
        if not overlaps(*match.span(), [*known, *found]):
            if match["four"]:
                minute = int(match["four"][:2]) * 60 + int(match["four"][2:])
            else:
                past = (match["minute"] or match["minute2"] or ":0")[1:]
                minute = int(match["hour"] or match["hour2"]) * 60 + int(past)
                minute = _on(minute, match["half"] or match["half2"])
            found.append(Clock(*match.span(), minute, match.group()))
    for match in _FOUR.finditer(text):
        start = int(match[1]) * 60 + int(match[2])
        length = int(match[3]) * 60 + int(match[4]) - start
        if 0 < length <= _LONGEST and not overlaps(*match.span(), [*known, *found]):
            found.append(Clock(*match.span(), start, match.group(), length=length))
    for match in _SAY.finditer(text):
        if not overlaps(*match.span(), [*known, *found]):
            minute = _guess(int(match[0]) * 60)[0]
            found.append(Clock(*match.span(), minute, match.group(), sure=False))
    return found


def lengthened(clocks: list[Clock], text: str) -> list[Clock]:
    """Take the second time for the first one's end where only "to" and a date stand between them.

    `text` is the one in which the dates are hidden: "5 Mar 2026 14:00 - 5 Mar 2026 14:45".
    """
    if len(clocks) < 2 or clocks[0].length is not None or clocks[0].until is not None:
        return clocks
    first, second = clocks[:2]
    length = (second.minute - first.minute) % _DAY
    if not 0 < length <= _LONGEST or not _TO.fullmatch(text, first.end, second.start):
        return clocks
    return [replace(first, end=second.end, length=length), *clocks[2:]]


_MORNING = (
    r"morning\b|(?:de|por|en|esta) (?:la )?(?:manana|madrugada)\b|matin\b|morgens\b|vormittags?\b|"
    r"(?:morgen|heute) fruh\b"
)
_LATER = (
    r"(?:afternoon|evening|tonight)\b|(?:de|por|en|esta) (?:la )?(?:tarde|noche)\b|apres-midi\b|soir\b|"
    r"nachmittags?\b|abends?\b"
)
_HALF_OF = re.compile(rf"\b(?:(?P<morning>{_MORNING})|(?P<later>{_LATER}))")
# "Good afternoon" and "Enjoy your evening" say nothing of when the call is.
_GREETING = re.compile(
    r"\b(?:good|nice|lovely|great|pleasant|wonderful|guten|schonen|schoner|"  # unmarked: read, not said
    r"bon|bonne|belle|excellent|buenas?|feliz|(?:enjoy|rest of) (?:your|the)) (?:morning|afternoon|evening|[a-z]*mittag|abend|morgen|apres-midi|tarde|noche)\b"
)
_BEHIND = re.compile(
    r"[\s,(]*(?:uhr|h|hrs|horas?|heures?)?[\s,]*(?:(?:on |this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day |tomorrow )?(?:in the |at |this |de l'|du |am )?"  # unmarked: the same
)
_BEFORE = re.compile(r"[\s,]*(?:at|um|gegen|a|vers|a las?|sobre las?)?\s*$")  # unmarked: the same


def halved(clock: Clock, text: str) -> Clock:
    """Let "in the morning", "de la tarde" or "abends" tell which half of the day a time is of.

    Beside the time it settles any that no machine wrote; elsewhere in the text only an unsure one.
    """
    text = blanked(text, [match.span() for match in _GREETING.finditer(text)])
    said = list(_HALF_OF.finditer(text))
    behind = _BEHIND.match(text, clock.end)
    beside = [one for one in said if behind is not None and one.start() == behind.end()] or [
        one
        for one in said
        if one.end() <= clock.start and _BEFORE.fullmatch(text, one.end(), clock.start)
    ]
    told = {one.lastgroup for one in beside or said}
    if len(told) != 1 or clock.offset is not None or not (beside or not clock.sure):
        return clock
    if clock.minute >= 720 and (clock.sure or clock.minute < 780):
        return clock  # "14 Uhr nachmittags"; noon, which people put into either half
    return replace(clock, minute=clock.minute % 720 + (720 if told == {"later"} else 0), sure=True)


def _both(match: re.Match[str]) -> tuple[int, int, bool]:
    (first, half1), (second, half2) = (
        (
            int(match[f"h{side}"]) * 60 + int(match[f"m{side}"] or 0),
            (match[f"half{side}"] or "")[:1],
        )
        for side in (1, 2)
    )
    if max(first, second) >= 13 * 60 or min(first, second) < 60:
        half1 = half1 if first < 13 * 60 and half1 else "24"
        half2 = half2 if second < 13 * 60 and half2 else "24"
        return _on(first, half1), _on(second, half2), True
    if not half1 and not half2:
        start, sure = _guess(first)
        return start, start + (second - first) % 720, sure
    if half1 and half2:
        return _on(first, half1), _on(second, half2), True
    if half2:
        # The half of the day is taken over, unless the range would then end before it begins.
        end = _on(second, half2)
        same, other = _on(first, half2), _on(first, "a" if half2 == "p" else "p")
        return (same if same < end else other), end, True
    start = _on(first, half1)
    return start, start + (second - first) % 720, True


def _on(minute: int, half: str) -> int:
    return minute % _DAY if half == "24" else minute % 720 + (720 if half == "p" else 0)


def _guess(minute: int) -> tuple[int, bool]:
    """Take the afternoon where nobody would be called in the morning; that is not sure."""
    return (minute + 720, False) if minute < 7 * 60 else (minute, True)


def mentioned(found: list[Mention], known: list[Clock]) -> list[Clock]:
    """Join the times already known with those that people say otherwise ("half past ten"), in order."""
    clocks = list(known)
    for one in found:
        if one.sign != CLOCK or one.value is None:
            continue
        if overlaps(one.start, one.end, known):
            continue
        minute, sure = one.value, True
        if re.match(r"(?:00|24)[:.h]?\d\d|0[:.h]\d\d", one.words):
            minute = one.value
        elif one.half == "pm":
            minute += 720
        elif not one.half:
            minute, sure = _guess(minute)
            if minute == 720 + one.value and one.value < 60:
                sure = True  # "12:30" is just after noon
            sure = sure and bool(re.search(r"\d[:.h]\d\d|\d{4}", one.words))
        # What follows the time itself ("2pm central") is left to the reading of zones.
        told = _TOLD.match(one.words)
        end = one.start + told.end() if told else one.end
        clocks.append(Clock(one.start, end, minute, one.words.strip(), sure))
    return sorted(clocks, key=lambda one: one.start)


def widened(clock: Clock, words: list[tuple[int, int]], text: str) -> Clock:
    """Let a time that was written in figures in place reach to the end of its words."""
    for start, end in words:
        if start <= clock.start < end:
            night = re.match(
                r"(?:12 |twelve )?midn|(?:a )?medianoche|mittern|minuit", text[start:end]
            )
            return replace(clock, start=start, end=max(end, clock.end), midnight=night is not None)
    return clock


def inside(clock: Clock, spans: list[tuple[int, int]]) -> bool:
    """Say whether a time stands in one of several places."""
    return any(start <= clock.start < end for start, end in spans)


def blanked(text: str, spans: list[tuple[int, int]], *, times: list[Clock] | None = None) -> str:
    """Hide what is read already, in place; `times` are left as a plain "14:00" each."""
    chars = list(text)
    for start, end in spans:
        if start < end:
            chars[start:end] = ";" + " " * (end - start - 1)
    for one in times or []:
        shown = f"{one.minute // 60:02}:{one.minute % 60:02}"
        if one.end - one.start >= len(shown):
            chars[one.start : one.end] = shown.ljust(one.end - one.start)
    return "".join(chars)
