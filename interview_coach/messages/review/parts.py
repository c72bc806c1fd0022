"""The parts of a draft: subject, greeting, sentences, sign-off; and who signs it.

Mentions are replaced by one sign each, and each sentence ends in a sign of its own, so that a cue
is one regular expression that cannot run from one sentence into the next.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from interview_coach.messages.review.cleaned import Cleaned, clean
from interview_coach.messages.review.mentions import Mention, mentions

__all__ = ["STOP", "Draft", "read"]

STOP = "\ue00f"
_TITLES = r"(?:mr|mrs|ms|dr|prof|st|no|approx|tel|ext|e\.g|i\.e|etc|vs|md|jr|sr|mx|rev|capt|sgt|lt|hon|messrs|mt|ft|inc|ltd|co)"
# Where a new sentence begins in a text that is spoken on or typed without any points and commas.
_BEGINS = re.compile(
    r"(?<=[a-z0-9]) (?=(?:(?:and|but|so|anyway) )?(?:(?:i|we)(?:'?m|'?ve|'?d|'?ll)? |it'?s |its |my (?:name|number|phone)|"
    r"let me know|please |pls |sorry |thank(?:s|ing)? |cheers |(?:can|could|would|shall|is|are|do) (?:we|you|u|it|i|now|this)\b))"
)
_BOUND = re.compile(
    r"\b(?:if|that|when|whenever|as|because|cos|cuz|since|what|where|hope|hoping|think|thought|know|and|but|so|anyway|or|than|"
    r"whether|while|until|till|til|before|after|once|wonder|wondering|said|sure|afraid|mean|guess|suppose|which|how|sorry|thing|"
    r"time|day|number|why|like|who|day|please|pls|many|kind|no|the|one|only|for|to|with|of|my|your|about|glad|happy|just|say|i|i'm|im|it's|its|we|you|so|very|also|both|then|now|am|was|is|be)$"
)
_RUNNING = 15  # words without a point or comma that are more than one sentence
_EACH = 25  # and so many more for each point or comma that there is
_ENDS = re.compile(r"[.!?\u2026]+[\"')\]]*(?=\s|$|\ue004)|\n")


@dataclass(frozen=True)
class Draft:
    """A draft as the cues read it.

    `marked` is in lower case with signs for mentions; `cased` the same with its capitals; `starts` and
    `ends` give for each place of `marked` the range in the plain text.
    """

    cleaned: Cleaned
    mentions: tuple[Mention, ...]
    marked: str
    cased: str
    starts: list[int]
    ends: list[int]
    by_place: dict[int, Mention]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Turn a range of the marked text into one of the draft as it was given."""
        while end > start and self.marked[end - 1] in STOP + " \n":
            end -= 1
        while start < end and self.marked[start] in STOP + " \n":
            start += 1
        if start >= end:
            return (0, 0)
        return self.cleaned.place(self.starts[start], self.ends[end - 1])

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Ranges of the sentences in the marked text."""
        found, start = [], 0
        for end, char in enumerate(self.marked):
            if char == STOP:
                if self.marked[start:end].strip():
                    found.append((start, end))
                start = end + 1
        if self.marked[start:].strip():
            found.append((start, len(self.marked)))
        return tuple(found)

    def sentence(self, place: int) -> tuple[int, int]:
        """Return the sentence that holds a place."""
        start = self.marked.rfind(STOP, 0, place) + 1
        end = self.marked.find(STOP, place)
        return start, len(self.marked) if end < 0 else end

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """Widen a range to its clause: to the nearest comma, dash or conjunction on both sides."""
        first, last = self.sentence(start)
        before = [m.end() for m in _CLAUSE.finditer(self.marked, first, start)]
        after = _CLAUSE.search(self.marked, end, last)
        return (before[-1] if before else first), (after.start() if after else last)

    def clauses(self, first: int, last: int) -> list[tuple[int, int]]:
        """Split a sentence at its commas, dashes and conjunctions."""
        found, start = [], first
        for match in _CLAUSE.finditer(self.marked, first, last):
            found.append((start, match.start()))
            start = match.end()
        return [(a, b) for a, b in [*found, (start, last)] if self.marked[a:b].strip()]


_CLAUSE = re.compile(
    r"\s*[;:\u2014(),]\s*(?:(?:and|but|so|or|because|as|though|although|yet) )?|\s+-+\s+|\s+(?:and|but|so|because|although|though) "
)


def read(text: str) -> Draft:
    """Read a draft into its parts."""
    cleaned = clean(text)
    lower = cleaned.lower
    found = mentions(lower)
    stops = _stops(lower, found) | {
        # "at 4 p.m. Then": the point belongs to the time, and ends the sentence too.
        one.end
        for one in found
        if one.words.endswith(".") and re.match(r"\s+[A-Z]", cleaned.text[one.end : one.end + 3])
    }
    marked: list[str] = []
    cased: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    by_place: dict[int, Mention] = {}

    def plain(first: int, last: int) -> None:
        marked.append(lower[first:last])
        cased.append(cleaned.text[first:last])
        starts.extend(range(first, last))
        ends.extend(range(first + 1, last + 1))

    def sign(char: str, first: int, last: int) -> None:
        marked.append(char)
        cased.append(char)
        starts.append(first)
        ends.append(last)

    begin = {one.start: one for one in found}
    place = 0
    for at in sorted({*begin, *stops, len(lower)}):
        if at > place:
            plain(place, at)
            place = at
        if at in stops:
            sign(STOP, at, at)
        if at in begin:
            one = begin[at]
            by_place[len(starts)] = one
            sign(one.sign, one.start, one.end)
            place = one.end
            if place in stops:
                # The point of "4 p.m." ends the sentence as well.
                sign(STOP, place, place)
                stops.discard(place)
    return Draft(cleaned, tuple(found), "".join(marked), "".join(cased), starts, ends, by_place)


def _stops(lower: str, found: list[Mention]) -> set[int]:
    inside = {place for one in found for place in range(one.start, one.end)}
    stops = set()
    for match in _ENDS.finditer(lower):
        if match.start() in inside:
            continue
        if match.group() == "\n":
            line = lower[lower.rfind("\n", 0, match.start()) + 1 : match.start()]
            following = lower[match.end() : match.end() + 1]
            # A long line that goes on below is one sentence broken by the mail program.
            if (
                len(line) > 55
                and following not in {"\n", ""}
                and not line.rstrip().endswith((",", ":"))
            ):
                continue
        elif match.group() == "." and re.search(
            rf"(?:^|[\s(.]){_TITLES}$|(?:^|\s)[a-z]$",
            lower[max(0, match.start() - 8) : match.start()],
        ):
            continue
        stops.add(match.end())
    return stops | _unpointed(lower)


def _unpointed(lower: str) -> set[int]:
    """Find where sentences begin in a text with hardly a point or comma."""
    if len(lower.split()) < _RUNNING + _EACH * len(re.findall(r"[a-z)][.,;:!?]", lower)):
        return set()
    return {
        match.start()
        for match in _BEGINS.finditer(lower)
        if not _BOUND.search(lower, max(0, match.start() - 20), match.start())
    }
