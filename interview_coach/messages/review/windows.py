"""Statements of when the writer is free, and whether they can all hold.

K3: what a message offers must agree with itself. Only plain contradictions are told: two different
ends of the same window, a length that does not reach the end named beside it, a day offered inside
a stretch that is ruled out.
"""

import itertools
import re
from dataclasses import dataclass

from interview_coach.messages.review.mentions import CLOCK, DAY, SPAN, Mention
from interview_coach.messages.review.parts import STOP, Draft

__all__ = ["beyond", "contradictions"]

_SLACK = 5  # minutes: "about three" is three
_S = r"[ \n]+"
_C, _D, _L = CLOCK, DAY, SPAN
_UNTIL = re.compile(
    rf"(?:until|till|'til|til|up to|up until|before|by|to|-){_S}(?:about |around |at least |just before |at )*({_C})"
)
_FREE = re.compile(
    r"\b(?:free|available|around|about the house|reachable|(?:can|could|able to) (?:talk|speak|chat|take|pick|be reached|do|manage|make|call)|by (?:the|my) (?:phone|telephone|mobile|desk)|near (?:the|my) phone|"
    r"at my desk|at home|on hand|standing by|open|ready|wait(?:ing)?|stay(?:ing)?|reach me|get me|catch me|call me|ring me|phone me|call back|here|nothing (?:else|on|planned)|have until|i'm in|be in|"
    r"any ?time|would (?:suit|work|be (?:perfect|fine|good|great|ideal))|works?|suits? me|is (?:cool|fine|good|perfect)|hit me up|flexible|keep(?:ing)? (?:the|my) (?:line|phone|time|slot)|only have|have (?:only|just|about|another))\b|\bim (?:free|in|around)"
)
_NOT = re.compile(
    r"\b(?:(?:cannot|can't|can not|cant|couldn't|could not|won't|will not|wont|wouldn't|shall not|shan't|not|never|no longer|unable to)(?: \w+){0,3}? ?(?:be |to |take |talk|speak|available|reachable|reached|free|answer|pick|call|calls|do|make|manage|phone|around|there|home|contactable|able|get|after|before|past|on|between|from)|"
    r"unavailable|unreachable|out of (?:reach|office|town|signal|the (?:house|office|country))|(?:i'm|i am|im|i'll be|i will be|be|i have to|i must|i've got to|got to|gotta|need to|have to|i'm off|i|will be) (?:then )?(?:leav(?:e|ing)|go(?:ing)? (?:out|in|off|to|at|into)|head(?:ing)? (?:out|off|in|to|into)|set(?:ting)? off|board(?:ing)?|catch(?:ing)?|fly(?:ing)?|travel(?:l?ing)?|start(?:ing)?(?: my| a)? ?(?:work|shift)?|away|abroad|on (?:duty|shift|a (?:flight|plane|train)|holiday|leave|nights|site|a course)|at work|in (?:a |an |back[- ]to[- ]back )?(?:meetings?|class|lessons?|lectures?|surgery|court|transit|the air|hospital|exams?|an exam)|work(?:ing)?|driving|busy|tied up|booked|out|off|engaged|occupied|picking up|collect(?:ing)?|pick up)|"
    r"(?:leave|leaving) (?:for|the house|home|in|at)|back at work|shift (?:starts|begins)|(?:i|we) (?:travel|fly|leave|work|board|start|go|drive) |(?:i have|i've got|i've|have|got|there's) (?:a |an |my |another |work |to )?(?:dentist|doctor|appointment|meeting|class|shift|flight|train|exam|lesson|lecture|engagement|work|job|course|school run|viewing|collect|leave|go)|on duty|fully booked|no signal|abroad|(?:start|begin) (?:my|a|the) (?:\w+ )?(?:shift|class|work|job)|on holiday|my (?:shift|flight|train|class|bus|next meeting))\b"
)
# "So until ten thirty", "that is, till 3" go on from the statement before.
_GOES_ON = re.compile(
    r"[,;\s\u2014(-]*(?:so|that is|that's|i\.e\.|meaning|which is|or|and|just|but)*[,\s]*"
    r"(?:so |i mean )?(?:until|till|til|up to)\b"
)
_ALL_DAY = re.compile(
    r"any ?time \ue002|all week|(?:all|whole|entire|any ?time|rest of the) ?(?:day|afternoon|morning|evening|today|this)|any ?time (?:today|at all)|nothing else|no plans|open all"
)


@dataclass(frozen=True)
class _Said:
    free: bool
    start: int
    end: int
    days: frozenset[int]
    opens: int | None = None
    closes: int | None = None
    length: int | None = None
    only: bool = False
    all_day: bool = False
    whole_days: bool = False


def contradictions(draft: Draft) -> list[tuple[int, int]]:
    """Find ranges of the marked text that contradict what is said elsewhere; at most one."""
    said = [one for first, last in draft.sentences for one in _statements(draft, first, last)]
    now = _now(draft)
    for index, later in enumerate(said):
        for earlier in said[:index]:
            if _clash(earlier, later, now):
                return [_extent(draft, later)]
        if _clash_with_itself(later, now):
            return [_extent(draft, later)]
    return []


def beyond(draft: Draft, minutes: int) -> list[tuple[int, int]]:
    """Find where a window of today ends at another time than the plan holds until.

    Parameters
    ----------
    draft : Draft
        The draft.
    minutes : int
        Until when the plan holds, in minutes after midnight on the writer's clock.
    """
    said = [one for first, last in draft.sentences for one in _statements(draft, first, last)]
    return [
        _extent(draft, one)
        for one in said
        if one.free
        and _today(one)
        and one.closes is not None
        and one.opens is None
        and abs((one.closes - minutes + 360) % 720 - 360) > _SLACK
    ][:1]


def _extent(draft: Draft, one: _Said) -> tuple[int, int]:
    return one.start, one.end


def _statements(draft: Draft, first: int, last: int) -> list[_Said]:
    text = draft.marked
    found = []
    pieces = [first]
    pattern = re.compile(
        rf"[;\u2014]|\s-+\s|,?{_S}(?:but|though|although|because|however|except|yet|just not|and after that|and then|so from|as)\b|,{_S}(?:so|and|or|then|since|which|not)\b|,{_S}(?=i\b|i'm|i am|im\b)|{_S}and{_S}(?=i\b|i'm|i am|from|cannot|can't|will not|won't|never|am\b|have to)|\("
    )
    pieces += [match.start() for match in pattern.finditer(text, first, last)] + [last]
    for start, end in itertools.pairwise(pieces):
        piece = text[start:end]
        if not any(sign in piece for sign in (_C, _D, _L)) and not _ALL_DAY.search(piece):
            continue
        one = _read(draft, start, end)
        if one is not None:
            found.append(one)
    return found


def _read(draft: Draft, start: int, end: int) -> _Said | None:
    piece = draft.marked[start:end]
    bad, good = _NOT.search(piece), _FREE.search(piece)
    if re.search(
        r"\b(?:called|rang|phoned|dialled|dialed|waited|missed|was|were|had|interview (?:was|at|on|today|for)|agreed|scheduled|arranged|due|hope|confirm\w*|did not|didn't|until then|till then)\b",
        piece,
    ) and not re.search(r"\b(?:can|will|am|'ll|'m|im|free|cannot|can't)\b", piece):
        return None
    if not bad and not good and not _GOES_ON.match(piece):
        return None
    if re.search(r"\bno more than\b|\bgood number\b", piece):
        return None
    if re.search(
        r"(?:hope|would like|possible|prefer|could you|can you|would you|please)\b[^\ue001\ue002]*(?:hear|call|ring|reply|confirm)[^\ue001\ue002]*\bby\b",
        piece,
    ):
        return None
    free = not bad
    if bad and re.search(
        r"nothing (?:else|on|planned)|not (?:busy|working|on shift)|no meetings", piece
    ):
        free = True
    only = (
        bool(re.search(r"\bonly\b|\bjust\b(?! not)|at the (?:latest|most)|no later", piece))
        and free
    )
    marks = [
        (place, draft.by_place[place]) for place in range(start, end) if place in draft.by_place
    ]
    clocks = [(place, one) for place, one in marks if one.sign == CLOCK and one.value is not None]
    spans = [one for _, one in marks if one.sign == SPAN and one.value is not None]
    if re.search(rf"\bnot {_L}", piece):
        spans = []  # "not a minute longer" is no length
    days, whole = _days(
        draft, [(place, one) for place, one in marks if one.sign == DAY], start, end
    )
    opens = closes = None
    for place, one in clocks:
        before = draft.marked[max(start, place - 22) : place]
        if re.search(
            r"(?:until|till|til|up to|before|by|through|latest|no later than)\b(?: \w+){0,2} ?$",
            before,
        ):
            closes = _near(one)
        elif re.search(r"(?:from|after|since|onwards?|past)\b(?: \w+){0,2} ?$", before) or not free:
            opens = _near(one)
        elif re.search(r"(?:to|-|and) ?$", before) and opens is not None:
            closes = _near(one)
        elif opens is None and free:
            opens = _near(one)
    if (
        not free
        and opens is None
        and closes is None
        and not clocks
        and spans
        and re.search(rf"\bin (?:about |around )?{_L}", piece)
    ):
        return _Said(False, *_trim(draft, start, end), days, length=spans[0].value)
    all_day = bool(_ALL_DAY.search(piece)) or any(
        re.match(r"all|the whole|whole|entire|rest of|the rest of", one.words) for _, one in marks
    )
    if free and not clocks and not days and not spans and not all_day:
        return None
    return _Said(
        free,
        *_trim(draft, start, end),
        days,
        opens,
        closes,
        spans[0].value if spans and free else None,
        only,
        all_day,
        whole,
    )


def _near(one: Mention) -> int:
    # Working hours run from 7 to 7: without am or pm, 1 to 6 is the afternoon.
    value = one.value or 0
    if one.half == "pm" or (not one.half and value < 7 * 60):
        return value + 720
    return value


def _days(
    draft: Draft, marks: list[tuple[int, Mention]], start: int, end: int
) -> tuple[frozenset[int], bool]:
    named = [(place, one.value) for place, one in marks if one.value is not None]
    piece = draft.marked[start:end]
    days = {value for _, value in named}
    whole = False
    for (a_place, a), (b_place, b) in itertools.pairwise(named):
        between = draft.marked[a_place + 1 : b_place]
        if (
            re.fullmatch(
                r"\s*(?:to|until|till|through|thru|-|and will not be back until|to the|and shall not be reachable until next|.{0,50}until(?: next)?|up to)\s*",
                between,
            )
            and a < 7
            and b < 7
        ):
            day = a
            while day != b:
                days.add(day)
                day = (day + 1) % 7
            whole = True
    if re.search(r"(?:until|till|before)\s+(?:next )?\ue002", piece):
        whole = True
        if (
            len(named) == 2
            and named[0][1] == 11
            and re.search(r"(?:until|till) (?:next )?\ue002", piece)
        ):
            days |= set(range(7))  # from tomorrow until next Tuesday: this week is out
            days.discard(named[1][1] or 0)
    if any(
        "this week" in one.words or "every " in one.words or "any day" in one.words
        for _, one in marks
    ):
        days |= set(range(7))
        whole = True
    return frozenset(days), whole


def _trim(draft: Draft, start: int, end: int) -> tuple[int, int]:
    lead = re.compile(
        rf"[\s,;\u2014({STOP}-]*(?:(?:but|though|although|because|however|so|and|or|as|since|anyway|please note that|kindly note that|note that|i should add that|otherwise|then)\b[\s,]*)*"
    )
    match = lead.match(draft.marked, start, end)
    return (match.end() if match and match.end() < end else start), end


def _now(draft: Draft) -> int | None:
    match = re.search(
        rf"(?:it's|it is|its|now|time is|calling(?: you)? at|ringing at|by my (?:clock|watch)(?: it's| it is)?)(?: now| like| just| about| around| gone| already| it is)* {_C}",
        draft.marked,
    )
    if match:
        return _near(draft.by_place[match.end() - 1])
    match = re.search(rf"{_C}(?:,| is)? (?:now|right now|here)\b", draft.marked)
    return _near(draft.by_place[match.start()]) if match else None


def _today(one: _Said) -> bool:
    return not one.days or one.days == {10}


def _clash(a: _Said, b: _Said, now: int | None) -> bool:
    if a.free and b.free:
        if not (_today(a) and _today(b)):
            return False
        if a.closes is not None and b.closes is not None and a.opens is None and b.opens is None:
            return abs(a.closes - b.closes) > 5
        if a.length is not None and b.length is not None and b.closes is None and a.closes is None:
            return a.length != b.length
        for length, until in ((a, b), (b, a)):
            if (
                length.length is not None
                and until.closes is not None
                and now is not None
                and until.length is None
            ):
                return abs((now + length.length - until.closes + 360) % 720 - 360) > 7
        return bool((a.all_day and b.only and b.closes) or (b.all_day and a.only and a.closes))
    yes, no = (a, b) if a.free else (b, a)
    if (_today(yes) and _today(no)) or (yes.days and yes.days == no.days and len(yes.days) == 1):
        if yes.all_day and yes.days and (no.opens is not None or no.closes is not None):
            return True
        if no.length is not None:
            return (
                yes.all_day
                or (yes.closes is not None and now is not None and yes.closes > now + no.length + 5)
                or (yes.length is not None and yes.length > no.length)
            )
        if no.opens is not None and no.closes is None:
            end = (
                yes.closes
                if yes.closes is not None
                else (now + yes.length if now is not None and yes.length else None)
            )
            if end is not None:
                return end > no.opens + 5
            if yes.opens is not None:
                return yes.opens > no.opens + 5 or (yes.opens == no.opens and bool(no.days))
            return yes.all_day
        if no.closes is not None:
            if yes.opens is not None:
                return yes.opens < no.closes - 5
            return yes.closes is not None and yes.closes <= no.closes and _today(no) is False
        return bool(no.opens is None and no.closes is None and no.days and yes.days)
    shared = {day for day in yes.days & no.days if day not in {9}}
    if not shared:
        return False
    if no.whole_days or (no.opens is None and no.closes is None):
        # A stretch that is ruled out: one of its days is offered all the same.
        return not (yes.whole_days and no.days < yes.days and not no.whole_days)
    if yes.all_day and (no.closes is not None or no.opens is not None):
        return True
    if no.closes is not None and yes.opens is not None:
        return yes.opens < no.closes - 5
    if no.opens is not None and yes.opens is not None:
        return yes.opens >= no.opens
    return False


def _clash_with_itself(one: _Said, now: int | None) -> bool:
    if (
        one.free
        and one.length is not None
        and one.closes is not None
        and now is not None
        and _today(one)
    ):
        return abs((now + one.length - one.closes + 360) % 720 - 360) > 7
    return False
