"""How well and how fast the review reads drafts: precision, recall and F1 per item and fault, and time.

Run by hand: ``python benchmarks/messages.py [FILE...]`` with files of labelled drafts, a JSON object a
line (`id`, `kind`, `text`, `items_present`, `faults`); without one, those in ``drafts``. The rules are
written by hand; the one number that is tuned, from which weight private matters are told, is also
chosen by ten-fold cross-validation, and that score is printed beside the shipped one.
"""

import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks._drafts import Score, load, score, total
from interview_coach.messages.review import faults, review

DRAFTS = Path(__file__).parent / "drafts"
WEIGHTS = (2.5, 3.0, 3.5, 4.0)
FOLDS = 10
MANY = 10_000


def main(paths: Sequence[str]) -> None:
    files = [Path(path) for path in paths] or sorted(DRAFTS.glob("*.jsonl"))
    drafts = load(files)
    review("email_thanks", "the first one loads the rules")
    items, found, wrong = score(drafts)
    for line in wrong:
        print(line)
    print(f"\n{len(drafts)} drafts from {', '.join(path.name for path in files)}\n")
    table("item", items)
    table("fault (draft level)", found)
    print(f"overshare, weight chosen on the other folds: F1 {cross_validated(drafts):.2f}\n")
    speed(drafts)


def table(head: str, scores: Mapping[str, Score]) -> None:
    print(f"| {head} | n | precision | recall | F1 |\n| --- | ---: | ---: | ---: | ---: |")
    for name, one in [*sorted(scores.items()), ("all", total(scores))]:
        print(
            f"| {name} | {one.tp + one.fn} | {one.precision:.2f} | {one.recall:.2f} | {one.f1:.2f} |"
        )
    print()


def cross_validated(drafts: Sequence[Mapping[str, Any]]) -> float:
    """Score each fold with the weight that does best on the others."""
    shipped = faults.TOLD
    by_weight: dict[float, list[Score]] = {}
    folds = [drafts[fold::FOLDS] for fold in range(FOLDS)]
    try:
        for weight in WEIGHTS:
            faults.TOLD = weight
            by_weight[weight] = [score(fold)[1].get("overshare", Score()) for fold in folds]
    finally:
        faults.TOLD = shipped
    held = []
    for fold in range(FOLDS):
        others = {
            weight: total({str(n): one for n, one in enumerate(scores) if n != fold}).f1
            for weight, scores in by_weight.items()
        }
        best = max(others, key=lambda weight: (others[weight], weight == shipped))
        held.append(by_weight[best][fold])
    return total({str(n): one for n, one in enumerate(held)}).f1


def speed(drafts: Sequence[Mapping[str, Any]]) -> None:
    long = max(
        (draft for draft in drafts if draft["kind"].startswith("email")),
        key=lambda draft: -abs(len(draft["text"].split()) - 125),
    )
    taken = []
    for _ in range(200):
        begun = time.perf_counter()
        review(long["kind"], long["text"])
        taken.append((time.perf_counter() - begun) * 1000)
    print(
        f"an email of {len(long['text'].split())} words: median {statistics.median(taken):.1f} ms, "
        f"99% {statistics.quantiles(taken, n=100)[98]:.1f} ms"
    )
    begun = time.perf_counter()
    for number in range(MANY):
        draft = drafts[number % len(drafts)]
        review(draft["kind"], draft["text"])
    print(f"{MANY:,} drafts, one process: {time.perf_counter() - begun:.1f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
