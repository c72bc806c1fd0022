"""Score the review on labelled drafts: precision, recall and F1 per item and per fault."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from interview_coach.messages.review import review

DATA = Path(__file__).parent / "data"
SENTENCES = DATA / "sentences.jsonl"
# Written by others, and read when the rules and the weights stood: nothing is learned from them.
UNSEEN = tuple(sorted(DATA.glob("unseen_*.jsonl")))
# Read once each before the rules were mended by them; no weight is learned from them.
CHECKED = tuple(sorted(DATA.glob("checked_*.jsonl")))
KNOWN = tuple(
    path for path in sorted(DATA.glob("*.jsonl")) if path not in {SENTENCES, *UNSEEN, *CHECKED}
)


@dataclass
class Score:
    """True positives, false positives and false negatives."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def precision(self) -> float:
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 1.0

    @property
    def recall(self) -> float:
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 1.0

    @property
    def f1(self) -> float:
        return (
            2 * self.tp / (2 * self.tp + self.fp + self.fn) if self.tp + self.fp + self.fn else 1.0
        )


def load(paths: Iterable[Path]) -> list[dict[str, Any]]:
    return [
        json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines() if line
    ]


def score(
    drafts: Sequence[Mapping[str, Any]],
) -> tuple[dict[str, Score], dict[str, Score], list[str]]:
    """Compare the review with the labels, draft by draft."""
    items: dict[str, Score] = {}
    faults: dict[str, Score] = {}
    wrong: list[str] = []
    for draft in drafts:
        got = review(draft["kind"], draft["text"])
        have = {one.item for one in got.present}
        want = set(draft["items_present"])
        told, labelled = (
            Counter(one.fault for one in got.faults),
            {one["fault"] for one in draft["faults"]},
        )
        for table, mine, theirs, of in (
            (items, have, want, "item"),
            (faults, set(told), labelled, "fault"),
        ):
            for name in mine | theirs:
                one = table.setdefault(name, Score())
                if name in mine and name in theirs:
                    one.tp += 1
                elif name in mine:
                    one.fp += 1
                    words = next(
                        (p.words for p in got.present if p.item == name), None
                    ) or " | ".join(f.span for f in got.faults if f.fault == name)
                    wrong.append(f"{draft['id']} {of} {name}: not labelled, found in {words!r}")
                else:
                    one.fn += 1
                    words = " | ".join(f["span"] for f in draft["faults"] if f["fault"] == name)
                    wrong.append(f"{draft['id']} {of} {name}: missed {words!r}")
    return items, faults, wrong


def total(table: Mapping[str, Score]) -> Score:
    return Score(
        sum(one.tp for one in table.values()),
        sum(one.fp for one in table.values()),
        sum(one.fn for one in table.values()),
    )
