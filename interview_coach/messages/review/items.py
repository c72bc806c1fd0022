"""Which items a draft holds, and the words that carry each: ranges of the plain text."""

import re
from collections.abc import Iterable

from interview_coach.messages.review.cues import Compiled, Rules
from interview_coach.messages.review.mentions import CLOCK, DAY, MAIL, PHONE
from interview_coach.messages.review.names import sender
from interview_coach.messages.review.parts import STOP, Draft
from interview_coach.playbook import MessageKind

__all__ = ["items_in"]

Range = tuple[int, int]
_TIMES = {"current_time", "availability_window", "specific_times"}

_NOT_MINE = re.compile(
    rf"(?:dialled|dialed|called|rang|rung|tried|trying|phoned|given|old|wrong|incorrect|not|former|previous|instead of|listed as|have is|was|had)"
    rf"(?: \w+){{0,3}}? ?(?:number |one |as |is |was |me )?[:(]?[ ]?(?=[{PHONE}])"
)
_MINE = re.compile(
    r"(?:reach|call|ring|phone|my|me on|me at|text|correct|right|new|contact|back|instead|use|i'm on|i am on|it'?s|it is|should be)\b"
)
_BEFORE = STOP + " \n.,;:!?"  # what a cue may look at before its first word
_OLD = re.compile(r"my (?:old|former)")
_VAGUE_DAYS = re.compile(
    r"^(?:all|the rest|rest|every|any|the whole|whole|entire|weekdays|in the|the (?!\d)|early|late|first thing|lunch|end of)|(?:next|this|coming|later this) week"
)


def items_in(draft: Draft, spec: MessageKind, rules: Rules) -> dict[str, Range]:
    """Find the items that are judged for this kind.

    Returns
    -------
    dict
        Item -> range of the plain text that carries it, in no order.
    """
    judged = {*spec.required, *spec.optional}
    found: dict[str, Range] = {}
    timed: list[Range] = []
    for item, listed in rules.cues.items():
        times = item in _TIMES
        cues = tuple(one for one in listed if not one.cue.kinds or spec.id in one.cue.kinds)
        if cues and (times or item in judged) and rules.screens[item].search(draft.marked):
            spoken: Iterable[Range] = (one for cue in cues for one in matches(draft, spec, cue))
            if times:
                # Where the agreed time is looked for, every one of these counts, not only the first.
                spoken = list(spoken)
                timed += spoken
            place = _first(draft, spec, item, spoken) if item in judged else None
            if place is not None:
                found[item] = place
    if name := sender(draft.cleaned.text):
        found["sender_name"] = name
    if contact := _contact(draft, (PHONE, MAIL)):
        found["contact_details"] = contact
    if number := _contact(draft, (PHONE,)):
        found["correct_number"] = number
    if agreed := _appointment(draft, spec, timed, rules):
        found["appointment_time"] = agreed
    if "specific_times" in found and "reschedule_offer" not in found:
        found["reschedule_offer"] = found["specific_times"]
    return {item: place for item, place in found.items() if item in judged}


def matches(
    draft: Draft, spec: MessageKind, cue: Compiled, void: list[Range] | None = None
) -> list[Range]:
    """Find where a cue speaks, in the marked text; what is voided goes into `void` instead."""
    if cue.cue.kinds and spec.id not in cue.cue.kinds:
        return []
    text = draft.cased if cue.cue.case else draft.marked
    found = []
    for match in cue.match.finditer(text):
        if match.start() == match.end():
            continue
        if cue.cue.low and draft.cased[match.start() : match.end()] != match.group():
            continue
        if cue.unless is not None:
            first, last = (
                draft.clause(*match.span())
                if cue.cue.within == "clause"
                else draft.sentence(match.start())
            )
            if cue.unless.search(text, first, last):
                if void is not None:
                    void.append((first, last))
                continue
        start, end = match.span()
        while start < end - 1 and text[start] in _BEFORE:
            start += 1
        found.append((start, end))
    return found


def _first(draft: Draft, spec: MessageKind, item: str, spoken: Iterable[Range]) -> Range | None:
    for start, end in spoken:
        if item == "specific_times" and not _offers(draft, spec, start, end):
            continue
        if item == "availability_window" and _on_another_day(draft, start, end):
            continue
        return _plain(draft, start, end)
    return None


def _on_another_day(draft: Draft, start: int, end: int) -> bool:
    """Whether a window is one of tomorrow or of a weekday: an offer, and not how long they wait now."""
    first, last = draft.clause(start, end)
    for place in range(first, min(last, end + 20)):
        mention = draft.by_place.get(place)
        if mention is not None and mention.sign == DAY and mention.value in _LATER:
            return not _UP_TO.search(draft.marked, max(0, place - 30), place)
    return False


_LATER = {0, 1, 2, 3, 4, 5, 6, 11, 12}


def _offers(draft: Draft, spec: MessageKind, start: int, end: int) -> bool:
    # An end of the present window is no offer, and "this week" is no time.
    for place in range(start, end):
        mention = draft.by_place.get(place)
        if mention is None or mention.sign not in {CLOCK, DAY} or _VAGUE_DAYS.search(mention.words):
            continue
        windowed = "availability_window" in spec.required
        ends = _UP_TO if windowed else _BY
        if not ends.search(draft.marked, max(0, place - 30), place):
            return True
    return False


# The end of a window, its day too ("until five tonight"); a deadline ("by five today") is none of any kind.
_ABOUT = rf"\s+(?:about |around |at least )?(?:[{CLOCK}{DAY}],? ?(?:on |this )?)?$"
_UP_TO = re.compile(
    rf"(?:until|till|til|up to|now to|here to|desk to|free to|through|before|by){_ABOUT}"
)
_BY = re.compile(rf"\bby{_ABOUT}")


def _plain(draft: Draft, start: int, end: int) -> Range:
    while end - 1 > start and draft.marked[end - 1] in STOP + " \n":
        end -= 1
    while start < end - 1 and draft.marked[start] in STOP + " \n":
        start += 1
    return draft.starts[start], draft.ends[end - 1]


def _contact(draft: Draft, wanted: tuple[str, ...]) -> Range | None:
    for place, mention in draft.by_place.items():
        if mention.sign not in wanted:
            continue
        first, _ = draft.sentence(place)
        before = draft.marked[first : place + 1]
        hit = _last(_NOT_MINE, before) if mention.sign == PHONE else None
        if hit is not None and not _MINE.search(_OLD.sub("", before[max(0, hit.end() - 25) :])):
            continue
        if re.match(r"_|x{2,}", draft.marked[place + 1 : place + 3]):
            continue
        return mention.start, mention.end
    return None


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for match in pattern.finditer(text):
        found = match
    return found if found is not None and found.end() >= len(text) - 1 else None


def _appointment(draft: Draft, spec: MessageKind, timed: list[Range], rules: Rules) -> Range | None:
    """Find the agreed time: what is said of the interview and is neither now, a window nor an offer."""
    taken = {place for start, end in timed for place in range(start, end)}
    # A confirmation offers nothing: the time that it names is the agreed one.
    confirms = {"specific_times", "availability_window"}.isdisjoint(
        {*spec.required, *spec.optional}
    ) and "appointment_time" in spec.required
    agreed = rules.cues["agreed"][0].match if "agreed" in rules.cues else None
    best: Range | None = None
    for place, mention in draft.by_place.items():
        if mention.sign not in {CLOCK, DAY} or (
            mention.sign == DAY and _VAGUE_DAYS.search(mention.words)
        ):
            continue
        first, last = draft.sentence(place)
        around = _around(draft, place, first, last)
        sure = _AT_ONCE.search(around) is not None
        if place in taken and not sure:
            continue
        if not _ITS_OWN.match(draft.marked, place + 1) and re.search(
            r"(?:until|till|til|up to|by|before|another)\s*(?:about |around )?$",
            draft.marked[first:place],
        ):
            continue
        if (
            sure
            or (confirms and not _OWN_DAY.search(draft.marked, first, last))
            or (agreed is not None and agreed.search(draft.marked, first, last))
        ):
            best = best or (mention.start, mention.end)
            if sure:
                return mention.start, mention.end
    return best


def _around(draft: Draft, place: int, first: int, last: int) -> str:
    return (
        draft.marked[max(first, place - 70) : place]
        + "\ue0aa"
        + draft.marked[place + 1 : min(last, place + 40)]
    )


_ITS_OWN = re.compile(
    r" (?:\w+ ){0,2}(?:interview|appointment|screening)\b"
)  # "before Friday's interview"
_OWN_DAY = re.compile(
    r"\b(?:train|bus|flight|shift|must|can't|cannot|between|from|free|reach|any ?time|should you|busy|until|last)\b"
)
_W = f"[{CLOCK}{DAY}\ue0aa]"
_AT_ONCE = re.compile(
    rf"(?:our|my|the|your|for|an?)[ \n](?:{_W}[ \n])?\ue0aa[ \n](?:{_W}[ \n])?(?:[a-z-]+[ \n]){{0,3}}?(?:interview|call|slot|appointment|screening|phone|conversation|chat)"
    rf"|(?:interview|appointment|screening|slot)s?\b(?:[ \n(,]+(?:we|that|was|is|had|were|today|set|due|down|planned|scheduled|booked|arranged|agreed|fixed|meant|for|at|on|of|this|call|from|the|which|put|in|been|a|an|role|job|position|post|[a-z]+|{_W}))*?[ \n(,]+(?:for|at|on|of|today|this|from|was|is|@|\(|set)?[ \n]*{_W}*[ \n]*(?:at |on |, )?\ue0aa"
    rf"|\ue0aa[ \n,]+(?:at |on |, )?{_W}*[ \n]*(?:we had agreed|was the time|was our|as (?:planned|agreed|arranged|scheduled)|sharp for|for (?:our|my|the|a|an)[^{STOP}]{{0,30}}interview|(?:today )?for (?:our|my|the))"
    rf"|(?:on time|agreed times?|due to (?:speak|talk|ring|call|start|have)|supposed to (?:speak|talk|ring|call|start|be|have)|scheduled (?:for|at|to)|arranged (?:for|first for)|set for|planned for|booked (?:for|in for)|missed (?:you|your call|our call|the call|each other)|have been on the line|down for)[^{STOP}]{{0,45}}\ue0aa"
    rf"|\ue0aa's[ ]"
)
