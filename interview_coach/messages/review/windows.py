"""Statements of when the writer can speak and when not, read from the clauses of a draft.

K3: what a message offers must agree with itself. A clause that names a time and says that one is free
then, or busy, becomes a stretch of minutes on one or more days; `clashes` compares them.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from interview_coach.messages.review.cues import Rules
from interview_coach.messages.review.mentions import CLOCK, DAY, SPAN, Mention
from interview_coach.messages.review.parts import STOP, Draft

__all__ = ["DAY_END", "TODAY", "Statement", "now_in", "statements"]

TODAY = 10
DAY_END = 24 * 60
_OFFER = 30  # minutes that an offered time takes
_PARTS = {
    "morning": (5 * 60, 12 * 60),
    "lunch": (12 * 60, 14 * 60),
    "afternoon": (12 * 60, 18 * 60),
    "arvo": (12 * 60, 18 * 60),
    "evening": (17 * 60, DAY_END),
    "tonight": (17 * 60, DAY_END),
    "night": (20 * 60, DAY_END),
}
_S = r"[ \n]+"
_SPLIT = re.compile(
    rf"[;\u2014]|\s-+\s|,?{_S}(?:but|though|although|because|however|'?cause|cuz|coz|except|yet|just not|and after that|and then|so from|as(?! long| well| soon| much| you| it))\b|"
    rf"(?<=[{CLOCK}{DAY}]){_S}(?=my \w+ (?:starts|begins|leaves|goes|ends|finishes)\b)|,{_S}(?:so|and|or|then|since|which|not)\b|,{_S}(?=i\b|i'm|i am|im\b)|{_S}and{_S}(?=i\b|i'm|i am|from|cannot|can't|will not|won't|never|am\b|have to|there)|\("
)
_AT_DAY = re.compile(rf",?{_S}(?:or|and){_S}(?={DAY})|,{_S}(?={DAY})")
_LEAD = re.compile(
    rf"[\s,;\u2014({STOP}-]*(?:(?:but|though|although|because|however|so|and|or|as|since|anyway|actually|mind|please note that|kindly note that|be informed that|"
    r"note that|i should (?:add|say) that|otherwise|then|well|only thing(?: is)?|only catch is|heads up(?: but)?|oh(?: hang on)?|ah no|wait)\b[\s,]*)*"
)
_ENDS = re.compile(
    r"(?:until|till|til|up to|to|by|before|through|latest|no later than|-)(?: (?:about|around|at|least|say|just|the|gone|nearly|past|when)){0,2} ?-? ?$|(?:until|till) \w+,? (?:around|about) $|\bb4 $"
)
_BEGINS = re.compile(
    r"(?:from|after|since|onwards?|past|once|starting|between|beyond)\b(?: \w+){0,3} ?$"
)
_GOES_TO = re.compile(r"(?:to|-|and|until|till|til|up to) ?-? ?$")
_NOT_BEFORE = re.compile(r"(?:before|until|till) ?(?:about |around |at least )?$")
_ONWARDS = re.compile(r"^ ?(?:onwards?|on(?= ?[,.;!?\ue00f]|$)|and after|or later|and later)")
_GOES_ON = re.compile(
    r"[,;\s\u2014(-]*(?:(?:so|that is|that's|i\.e\.|meaning|which is|or|and|just|but|i mean)[,\s]*)*(?:until|till|til|up to)\b"
)
_ASKS = re.compile(
    rf"[^{STOP}]{{0,40}}?\b(?:would|could|does|will|shall|should|can|might|how about|what about)\b[^{STOP}]*\?"
)
_AHEAD = re.compile(
    r"\b(?:can|will|am|'ll|'m|im|free|cannot|can't|i'll|shall|have to|must|gotta)\b"
)
_WISH = re.compile(
    r"(?:hope|would like|possible|prefer|could you|can you|would you|please|need|want)\b[^\ue001\ue002]*(?:hear|reply|confirm|answer|decision|know)[^\ue001\ue002]*\bby\b"
)
_IN = re.compile(rf"\bin (?:about |around |just )?{SPAN}")
_BAR = re.compile(
    rf"\b(?:bar|except|apart from|other than|but not)(?: for| on)? {DAY}(?: (?:and|or) {DAY})*"
)
_ALWAYS = re.compile(r"\b(mornings|afternoons|evenings|nights)\b")
_WEEK = frozenset(range(7))
_ALL = re.compile(r"all|the whole|whole|the entire|entire|the rest|rest of|any|every|each")
_NEXT = re.compile(
    rf"[\s,(]*(?:(?:or|and|also|then|maybe|perhaps) )*(?:on |at |from )?[{CLOCK}{DAY}]"
)
_ITS_OWN = re.compile(r"\b(?:interview|appointment|agreed|our (?:call|time|slot)|subject)\b")
_COUNTS = {"five": 5, "ten": 10, "quarter": 15, "twenty": 20, "twenty-five": 25, "half": 30}


@dataclass(frozen=True)
class Statement:
    """A stretch of time in which the writer is `free` or not.

    `start` and `end` are its place in the marked text; `days` weekdays 0-6, 10 today, 11 tomorrow, 100 + n
    the nth of the month, none where no day is named; `opens` and `closes` minutes after midnight.
    """

    free: bool
    start: int
    end: int
    days: frozenset[int]
    opens: int | None = None
    closes: int | None = None
    length: int | None = None  # minutes from now
    only: bool = False
    whole: bool = False  # says that all of it is meant
    spare: bool = False  # an extension, or a time instead
    unsure: bool = False  # of morning or afternoon


def statements(draft: Draft, rules: Rules) -> list[Statement]:
    """Read the statements of a draft, in order; one without a day takes that of the one before it."""
    found: list[Statement] = []
    for first, last in draft.sentences:
        text = draft.marked[first:last]
        if not any(sign in text for sign in (CLOCK, DAY, SPAN)) and not (
            rules.windows["whole"].search(text) or _ALWAYS.search(text)
        ):
            continue
        if text.lstrip().startswith("subject:"):
            continue
        before: bool | None = None
        for start, end in _clauses(draft, first, last):
            read = _read(draft, rules, start, end, (first, last), before)
            if read:
                before = read[0].free
            elif rules.windows["free"].search(draft.marked, start, end):
                before = True
            found += read
    return list(_with_days(_in_the_evening(draft, found)))


def now_in(draft: Draft) -> int | None:
    """Find the time that the draft gives as the present one, in minutes after midnight."""
    match = re.search(
        rf"(?:it's|it is|its|now|time is|calling(?: you)? at|ringing at|gone|by my (?:clock|watch)(?: it's| it is)?)(?: now| like| just| about| around| gone| already| it is| is)* {CLOCK}",
        draft.marked,
    ) or re.search(rf"{CLOCK}(?:,| is)? (?:now|right now|here|already)\b", draft.marked)
    if match is None:
        return None
    place = next(at for at in range(match.start(), match.end()) if draft.marked[at] == CLOCK)
    return _near(draft.by_place[place])


def _in_the_evening(draft: Draft, found: list[Statement]) -> list[Statement]:
    """Take "till seven" as the evening where the other times of the draft are of the afternoon."""
    clocks = [one for one in draft.by_place.values() if one.sign == CLOCK and one.value is not None]
    late = any(one.half == "pm" or (not one.half and (one.value or 0) < 7 * 60) for one in clocks)
    if not late or any(one.half == "am" or (one.value or 0) >= 9 * 60 for one in clocks):
        return found
    return [
        replace(one, closes=(one.closes or 0) + 720, unsure=False)
        if one.unsure and one.free and one.opens is None and (one.closes or 0) // 60 in {7, 8}
        else one
        for one in found
    ]


def _with_days(found: list[Statement]) -> Iterator[Statement]:
    known: frozenset[int] = frozenset()
    for one in found:
        if not one.days and known and one.length is None:
            one = replace(one, days=known)
        elif one.days:
            known = one.days
        yield one


def _clauses(draft: Draft, first: int, last: int) -> list[tuple[int, int]]:
    cuts = [first, *(match.start() for match in _SPLIT.finditer(draft.marked, first, last)), last]
    # "On Tuesday after 2, or on Friday": each day with hours of its own is a statement of its own.
    for match in _AT_DAY.finditer(draft.marked, first, last):
        piece = range(max(cut for cut in cuts if cut <= match.start()), match.start())
        named = [draft.by_place[place] for place in piece if place in draft.by_place]
        if any(one.sign == CLOCK or _ALL.match(one.words) for one in named):
            cuts = sorted({*cuts, match.start()})
    return list(itertools.pairwise(cuts))


def _read(
    draft: Draft,
    rules: Rules,
    start: int,
    end: int,
    sentence: tuple[int, int],
    before: bool | None,
) -> list[Statement]:
    piece = draft.marked[start:end]
    words = rules.windows
    whole = words["whole"].search(piece) is not None
    if not any(sign in piece for sign in (CLOCK, DAY, SPAN)) and not (
        whole or _ALWAYS.search(piece)
    ):
        return []
    bad, good = words["busy"].search(piece), words["free"].search(piece)
    if words["regret"].search(piece) or (words["past"].search(piece) and not _AHEAD.search(piece)):
        return []
    if not bad and _ASKS.match(draft.marked, *sentence):
        good = good or _ASKS.match(draft.marked, *sentence)
    if _WISH.search(piece) or words["rest"].search(piece):
        return []
    if not bad and not good and not (before is not None and _NEXT.match(piece)):
        # "Bus leaves at 4:45 and there's no signal": what is said of the time stands beside it.
        bad = None if _ITS_OWN.search(piece) else words["busy"].search(draft.marked, *sentence)
        if not bad and not _GOES_ON.match(piece):
            return []
    bar = _BAR.search(piece)
    free = not bad or bar is not None
    if not bad and not good and before is not None and _NEXT.match(piece):
        free = before  # "free on Tuesday after 2, all day Wednesday, or Friday"
    if bad and re.search(
        r"nothing (?:else|on|planned)|not (?:busy|working|on shift)|no meetings|no plans", piece
    ):
        free = True
    one = _stretch(draft, rules, start, end, free=free)
    if one is None:
        return []
    length = _length(draft, start, end)
    if free and length is not None and one.length is None and one.closes is not None:
        return [one, replace(one, opens=None, closes=None, length=length)]
    if bar is not None:
        days = _days(draft, start + bar.start(), start + bar.end())
        return [
            replace(one, days=(one.days or _WEEK) - days, opens=None, closes=None),
            replace(one, free=False, days=days, opens=None, closes=None, whole=True),
        ]
    return [one]


def _stretch(draft: Draft, rules: Rules, start: int, end: int, *, free: bool) -> Statement | None:
    piece = draft.marked[start:end]
    marks = [
        (place, draft.by_place[place]) for place in range(start, end) if place in draft.by_place
    ]
    clocks = _clocks(draft, marks)
    length = _length(draft, start, end)
    words = rules.windows
    one = Statement(
        free,
        *_trim(draft, start, end),
        _days(draft, start, end),
        only=free and words["only"].search(piece) is not None,
        whole=words["whole"].search(piece) is not None
        or any(one.sign == DAY and _ALL.match(one.words) for _, one in marks),
        spare=words["spare"].search(piece) is not None,
    )
    part = _part(marks, piece)
    opens, closes = _hours(draft, start, clocks, free=free)
    unsure = any(not mention.half and (mention.value or 0) >= 7 * 60 for _, mention in clocks)
    if part and clocks and part[0] >= 12 * 60:
        opens, closes = (
            value + 720 if value is not None and 5 * 60 <= value < 720 else value
            for value in (opens, closes)
        )
        unsure = False
    if clocks:
        return replace(one, opens=opens, closes=closes, unsure=unsure)
    if length is not None and (free or _IN.search(piece)):
        return replace(one, length=length)
    if part and (len(one.days) < 3 or _ALWAYS.search(piece)):
        return replace(one, opens=part[0], closes=part[1], whole=one.whole or not free)
    if one.days or one.whole:
        return replace(one, whole=one.whole or not free)
    return None


def _length(draft: Draft, start: int, end: int) -> int | None:
    if re.search(
        rf"\bnot {SPAN}|{SPAN} (?:past|after|before|early|late|ago)", draft.marked[start:end]
    ):
        return None
    for place in range(start, end):
        mention = draft.by_place.get(place)
        if mention is not None and mention.sign == SPAN and mention.value is not None:
            return mention.value
    return None


def _clocks(draft: Draft, marks: list[tuple[int, Mention]]) -> list[tuple[int, Mention]]:
    """Give the clock times; one without its hour ("ten past") takes it from the time named before it."""
    known = []
    for place, one in marks:
        if one.sign != CLOCK:
            continue
        if one.value is None:
            minutes = _minutes(one.words)
            earlier = [
                other
                for at, other in draft.by_place.items()
                if other.sign == CLOCK and other.value is not None and at < place
            ]
            if minutes is None:
                continue
            base = (earlier[-1].value or 0) if earlier else 0
            hour = base // 60 + (minutes < base % 60)
            half = earlier[-1].half if earlier else ""
            one = replace(one, value=(hour * 60 + minutes) % 720, half=half)
        known.append((place, one))
    return known


def _minutes(words: str) -> int | None:
    read = re.match(r"(?:a )?([a-z]+(?:[- ]five)?|\d+) ?(past|to|of)?", words)
    if read is None:
        return None
    count = _COUNTS.get(read[1].replace(" ", "-"), int(read[1]) if read[1].isdigit() else None)
    return None if count is None else (60 - count if read[2] in {"to", "of"} else count)


def _hours(
    draft: Draft, start: int, clocks: list[tuple[int, Mention]], *, free: bool
) -> tuple[int | None, int | None]:
    opens = closes = None
    for place, mention in clocks:
        before = draft.marked[max(start, place - 26) : place]
        after = draft.marked[place + 1 : place + 12]
        value = _near(mention)
        if (
            (opens is not None and _GOES_TO.search(before))
            or (not free and _NOT_BEFORE.search(before))
            or _ENDS.search(before)
        ):
            closes = value
        elif _BEGINS.search(before) or _ONWARDS.match(after):
            opens = value
        elif opens is None and closes is None:
            opens = value
            if free and not re.search(
                rf"^ ?(?:to|-|and|until|till|til) ?{CLOCK}", draft.marked[place + 1 :][:12]
            ):
                closes = value + _OFFER
    if opens is not None and closes is not None and closes <= opens:
        if closes == opens or opens - closes < 720 <= opens:
            opens -= 720 if opens >= 720 else 0
        if closes < opens:
            closes += 720
    return opens, closes


def _near(one: Mention) -> int:
    # Working hours run from 7 to 7: without am or pm, 1 to 6 is the afternoon, and 12 is noon.
    value = one.value or 0
    if "midnight" in one.words:
        return DAY_END
    if one.half == "pm" or (not one.half and value < 7 * 60):
        return value + 720
    return value


def _part(marks: list[tuple[int, Mention]], piece: str) -> tuple[int, int] | None:
    habit = _ALWAYS.search(piece)
    said: list[str] = [one.words for _, one in marks if one.sign == DAY] + (
        [habit[1]] if habit else []
    )
    for words in said:
        for name, hours in _PARTS.items():
            if name in words:
                return hours
    return None


def _days(draft: Draft, start: int, end: int) -> frozenset[int]:
    named: list[tuple[int, frozenset[int]]] = []
    for place in range(start, end):
        mention = draft.by_place.get(place)
        if mention is not None and mention.sign == DAY:
            days = _which(mention)
            if days:
                named.append((place, days))
    days = frozenset().union(*(one for _, one in named)) if named else frozenset()
    if not named and _ALWAYS.search(draft.marked, start, end):
        return _WEEK | {TODAY, TODAY + 1}
    if len(named) == 1 and re.search(
        r"(?:until|till|til|before) (?:next )?$", draft.marked[start : named[0][0]]
    ):
        # Until Thursday: the days before it, and today and tomorrow.
        last = min(days)
        return frozenset(range(last or 7)) - ({0, 1, 2, 3, 4} if last == 0 else set()) | {
            TODAY,
            TODAY + 1,
        }
    for (a_place, a), (b_place, b) in itertools.pairwise(named):
        between = draft.marked[a_place + 1 : b_place]
        if len(a) == len(b) == 1 and re.fullmatch(
            r"[ \n,]*(?:to|until|till|through|thru|-|up to)(?: the| next)? *", between
        ):
            days |= _between(min(a), min(b))
    return days


def _between(first: int, last: int) -> frozenset[int]:
    if first < 7 and last < 7:
        return frozenset((first + step) % 7 for step in range((last - first) % 7 + 1))
    if first >= 100 and last >= first:
        return frozenset(range(first, last + 1))
    return frozenset({first, last})


def _which(mention: Mention) -> frozenset[int]:
    words = mention.words
    if mention.value is not None:
        return frozenset({mention.value})
    if "weekend" in words:
        return frozenset({5, 6})
    if "weekday" in words:
        return frozenset(range(5))
    if "week" in words or re.match(r"(?:any|every|each|most) (?:day|evening|morning|aft)", words):
        return _WEEK
    date = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", words)
    return frozenset({100 + int(date[1])}) if date else frozenset()


def _trim(draft: Draft, start: int, end: int) -> tuple[int, int]:
    match = _LEAD.match(draft.marked, start, end)
    return (match.end() if match and match.end() < end else start), end
