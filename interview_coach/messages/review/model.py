"""What a review says of a draft: the items that it holds and lacks, and the words that may hurt."""

from dataclasses import dataclass
from typing import Any

__all__ = ["Fault", "Missing", "Present", "Review"]


@dataclass(frozen=True)
class Present:
    """An item that the draft holds, and the words that carry it: ``text[start:end]``."""

    item: str
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Missing:
    """A required item that the draft lacks; `try_` is a sentence that would add it."""

    item: str
    says: str
    why: str
    source: str
    try_: str


@dataclass(frozen=True)
class Fault:
    """Words that may hurt: ``text[start:end]``, empty where no words can be marked.

    `try_` is what could stand in their place; "" where they are best taken out. Asked as a question
    (`Review.asks`), `why` ends in a question mark.
    """

    fault: str
    start: int
    end: int
    span: str
    why: str
    source: str
    try_: str

    def as_dict(self) -> dict[str, Any]:
        """Give it as plain values."""
        return {
            "fault": self.fault,
            "span": self.span,
            "start": self.start,
            "end": self.end,
            "why": self.why,
            "source": self.source,
            "try": self.try_,
        }


@dataclass(frozen=True)
class Review:
    """What the review found.

    Attributes
    ----------
    kind, text : str
        The kind of message, and the draft as it was given; offsets count its code points.
    language : str
        ``en``, or the code of the language that the draft seems to be in; ``""`` for none known.
    notice : str
        One sentence on what could not be looked at, or why; mostly empty.
    present, missing : tuple
        Items, in the order of the kind; `missing` are required ones only.
    faults, asks : tuple of Fault
        Sure ones, and doubtful ones to be asked about; by place.
    words, most_words : int
        How long the draft is, and may be.
    spoken_seconds : int
        How long it takes to say, at 150 words a minute.
    """

    kind: str
    text: str
    language: str
    notice: str
    present: tuple[Present, ...]
    missing: tuple[Missing, ...]
    faults: tuple[Fault, ...]
    asks: tuple[Fault, ...]
    words: int
    most_words: int
    spoken_seconds: int

    @property
    def legible(self) -> bool:
        """Whether the draft is in the language that the review reads; else it says little of it."""
        return self.language == "en"

    @property
    def apart(self) -> tuple[Fault, ...]:
        """The faults that mark words, none across another: where two overlap, the first."""
        apart: list[Fault] = []
        for one in self.faults:
            if one.span and (not apart or one.start >= apart[-1].end):
                apart.append(one)
        return tuple(apart)

    def as_line(self) -> dict[str, Any]:
        """Give what ``review --jsonl`` writes in a line: the findings, without the advice."""
        return {
            "items_present": [item.item for item in self.present],
            "items_missing": [item.item for item in self.missing],
            "faults": [fault.as_dict() for fault in self.faults],
            "words": self.words,
            "spoken_seconds": self.spoken_seconds,
        }

    def as_dict(self) -> dict[str, Any]:
        """Give the whole review as plain values."""
        return {
            **self.as_line(),
            "asks": [fault.as_dict() for fault in self.asks],
            "carried_by": {
                item.item: {"span": item.words, "start": item.start, "end": item.end}
                for item in self.present
            },
            "add": {item.item: item.try_ for item in self.missing},
            "notice": self.notice,
            "most_words": self.most_words,
        }
