"""How well and how fast the review reads drafts: precision, recall and F1 per item and fault, and time.

Run by hand: ``python benchmarks/messages [FILE...]`` with files of labelled drafts, a JSON object a
line (`id`, `kind`, `text`, `items_present`, `faults`). Without one: the drafts that nobody had seen when
the rules were written (``unseen_*.jsonl``), those that the rules were mended by later (``checked_*.jsonl``),
then those at hand. What was learned from them is left out
writer by writer in ``learn.py``, which prints that table.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.messages.drafts import CHECKED, KNOWN, UNSEEN, Score, load, score, total
from interview_coach.messages.review import review

MANY = 10_000


def main(paths: Sequence[str]) -> None:
    review("email_thanks", "the first one loads the rules")
    if paths:
        for line in scored([Path(path) for path in paths]):
            print(line)
        return
    print("## Not seen before")
    scored(UNSEEN)
    print("## Rules mended by them, nothing learned from them")
    scored(CHECKED)
    print("## At hand while the rules were written")
    scored(KNOWN)
    speed(load(KNOWN))


def scored(paths: Sequence[Path]) -> list[str]:
    drafts = load(paths)
    items, found, wrong = score(drafts)
    print(f"\n{len(drafts)} drafts from {', '.join(path.name for path in paths)}\n")
    table("item", items)
    table("fault (draft level)", found)
    return wrong


def table(head: str, scores: Mapping[str, Score]) -> None:
    print(f"| {head} | n | precision | recall | F1 |\n| --- | ---: | ---: | ---: | ---: |")
    for name, one in [*sorted(scores.items()), ("all", total(scores))]:
        print(
            f"| {name} | {one.tp + one.fn} | {one.precision:.2f} | {one.recall:.2f} | {one.f1:.2f} |"
        )
    print()


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
    many = [
        json.dumps({"id": number, "kind": draft["kind"], "text": draft["text"]})
        for number, draft in ((number, drafts[number % len(drafts)]) for number in range(MANY))
    ]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.write("\n".join(many))
        file.flush()
        program = "import sys; from interview_coach.cli import main; sys.exit(main())"
        command = [sys.executable, "-c", program, "review", "--jsonl", file.name]
        begun = time.perf_counter()
        done = subprocess.run(command, capture_output=True, check=True)
    lines = len(done.stdout.splitlines())
    print(f"{lines:,} drafts through review --jsonl: {time.perf_counter() - begun:.1f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
