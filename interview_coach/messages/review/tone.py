"""Faint signs of a fault, weighed together.

"I can see why you'd want to leave it there with me" holds no word that hurts by itself. Each run of
up to three words has a weight for each fault, learned from labelled sentences (``benchmarks/messages``
has them, and the program that learns); a sentence is told or asked about where its weights add up.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from interview_coach.messages.review.cues import FOLDER, Rules
from interview_coach.messages.review.mentions import CLOCK, DAY, MAIL, PHONE, SPAN
from interview_coach.messages.review.parts import Draft

__all__ = ["LONGEST_RUN", "Tone", "load_tone", "runs", "scale", "words_of"]

LONGEST_RUN = 3  # words
_SIGNS = {
    CLOCK: " <clock> ",
    DAY: " <day> ",
    SPAN: " <span> ",
    PHONE: " <phone> ",
    MAIL: " <mail> ",
}
_WORD = re.compile(
    r"<[a-z]+>|[a-z]+(?:'[a-z]+)?|'[a-z]+|[!?]+|[\U0001f300-\U0001faff\u2600-\u27bf]|\d+"
)
_SHORT = {
    "n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am", "'s": "'s",
}  # fmt: skip
_WHOLE = {"can't": ("can", "not"), "won't": ("will", "not"), "shan't": ("shall", "not")}
_ENDINGS = ("ingly", "edly", "ing", "ed", "ly", "es", "s")
_STEM = 4  # letters that must be left of a word whose ending is taken off


def words_of(marked: str, rules: Rules) -> list[str]:
    """Split marked text into words as the weights know them.

    Spelling is made even, short forms are written out, endings are taken off, and words of one kind
    (kin, money, ways to call) count as one.
    """
    for sign, name in _SIGNS.items():
        if sign in marked:
            marked = marked.replace(sign, name)
    found: list[str] = []
    for token in _WORD.findall(marked):
        found += _plain(token, rules)
    return found


@lru_cache(maxsize=20_000)
def _plain(token: str, rules: Rules) -> Sequence[str]:
    first = token[0]
    if first == "<":
        return (token,)
    if first.isdigit():
        return ("#",)
    if first in "!?":
        return (token[:3],)
    if first > "\u2000":
        return ("<picture>",)
    word = re.sub(r"(.)\1{2,}", r"\1\1", token)
    return [rules.classes.get(one) or _stem(one) for one in _written_out(word, rules)]


def _written_out(word: str, rules: Rules) -> Sequence[str]:
    if word in rules.spelling:
        return rules.spelling[word].split()
    if word in _WHOLE:
        return _WHOLE[word]
    for ending, full in _SHORT.items():
        if word.endswith(ending) and len(word) > len(ending):
            return (word[: -len(ending)], full)
    return (word,)


def _stem(word: str) -> str:
    if len(word) <= _STEM + 1:
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            word = word[: -len(ending)]
            if word[-1] == word[-2]:
                word = word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > _STEM + 1 else word


def runs(words: Sequence[str]) -> set[str]:
    """Give the runs of one to three words, with the ends of the sentence, and how long it is."""
    whole = ["^", *words, "$"]
    found = {
        " ".join(whole[at : at + count])
        for count in range(1, LONGEST_RUN + 1)
        for at in range(len(whole) - count + 1)
    }
    return found | {f"length>{least}" for least in (4, 12, 25) if len(words) > least}


def scale(count: int) -> float:
    """Give what each run counts in a sentence of so many runs: long ones hold more of everything."""
    return 3.0 / math.sqrt(max(count, 1))


@dataclass(frozen=True)
class Tone:
    """The weights, and from which sum a fault is told, and from which it is asked about."""

    faults: tuple[str, ...]
    bias: tuple[float, ...]
    told: tuple[float, ...]
    asked: tuple[float, ...]
    weights: Mapping[str, Sequence[tuple[int, float]]]

    def weigh(self, words: Sequence[str]) -> list[float]:
        """Give the sum for each fault, in the order of `faults`."""
        sums = [0.0] * len(self.faults)
        found = runs(words)
        for run in found & self.weights.keys():
            for fault, weight in self.weights[run]:
                sums[fault] += weight
        factor = scale(len(found))
        return [bias + factor * one for bias, one in zip(self.bias, sums, strict=True)]

    def find(self, draft: Draft, rules: Rules) -> Iterator[tuple[str, int, int, bool]]:
        """Find sentences with a fault: which, from where to where, and whether it is sure."""
        for first, last in draft.sentences:
            words = words_of(draft.marked[first:last], rules)
            if not any(word.isalpha() for word in words):
                continue
            for index, weight in enumerate(self.weigh(words)):
                if weight >= self.asked[index]:
                    place = self._narrowed(draft, rules, first, last, index, weight)
                    yield self.faults[index], *place, weight >= self.told[index]

    def _narrowed(
        self, draft: Draft, rules: Rules, first: int, last: int, index: int, weight: float
    ) -> tuple[int, int]:
        """Give the clause that weighs as much as its sentence, or the sentence where none does."""
        for start, end in draft.clauses(first, last):
            words = words_of(draft.marked[start:end], rules)
            if words and self.weigh(words)[index] >= weight:
                return start, end
        return first, last


@lru_cache(maxsize=1)
def load_tone() -> Tone:
    """Read the shipped weights."""
    given = json.loads((FOLDER / "tone.json").read_text(encoding="utf-8"))
    return Tone(
        tuple(given["faults"]),
        tuple(given["bias"]),
        tuple(given["told"]),
        tuple(given["asked"]),
        {
            run: tuple((int(index), weight) for index, weight in weights.items())
            for run, weights in given["weights"].items()
        },
    )
