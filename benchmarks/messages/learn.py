"""Learn the weights of the review's tone from labelled sentences and drafts; needs ``pip install -e ".[learn]"``.

Run by hand after the data or the words change: ``python benchmarks/messages/learn.py`` writes
``interview_coach/playbook/data/review/tone.json``. From which sum a fault is told, and asked about, is
read off a curve through drafts by writers that the weights were not learned from (one writer left out
at a time). The unseen drafts are never read here.
"""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.messages.drafts import KNOWN, SENTENCES, Score, load
from interview_coach.messages.review import review
from interview_coach.messages.review.cues import FOLDER, load_rules
from interview_coach.messages.review.faults import ASKED_ONLY
from interview_coach.messages.review.parts import read
from interview_coach.messages.review.tone import runs, scale, words_of

FAULTS = (
    "blame",
    "irritation",
    "demand",
    "desperation",
    "self_doubt",
    "over_apology",
    "overshare",
    "too_casual",
)
BY_RULES = ("inconsistent_window", "placeholder", "too_long")  # nothing is learned for these
TOLD = 0.6  # how likely a fault must be to be told
ASKED = 0.4  # and to be asked about
STRENGTH = 2.0  # scikit-learn's C: the higher, the closer to the examples
DRAFTS_COUNT = 2.0  # a sentence of a whole draft counts so many sentences written as examples
OURS_COUNT = 4.0  # and one that the kit itself writes, or that it once read wrongly (writer "kit")
LEAST = 3  # sentences in which a run must occur
SMALLEST = 0.05  # weights nearer to nothing are left out


@dataclass(frozen=True)
class Row:
    """A sentence: its words, its faults, who wrote it, and the draft that it is from ("" if none)."""

    words: tuple[str, ...]
    faults: frozenset[str]
    writer: str
    draft: str


def rows() -> list[Row]:
    return [*_sentences(), *(row for draft in _drafts() for row in _of_draft(draft))]


def _drafts() -> list[dict[str, Any]]:
    return [{**draft, "writer": path.stem} for path in KNOWN for draft in load([path])]


def _sentences() -> Iterator[Row]:
    rules = load_rules()
    for one in load([SENTENCES]):
        draft = read(one["text"])
        words = [
            word
            for first, last in draft.sentences
            for word in ("|", *words_of(draft.marked[first:last], rules))
        ]
        yield Row(tuple(words[1:]), frozenset(one["faults"]), one["writer"], "")


def _of_draft(draft: Mapping[str, Any]) -> Iterator[Row]:
    rules = load_rules()
    text = draft["text"]
    parts = read(text)
    for first, last in parts.sentences:
        start, end = parts.place(first, last)
        found = set()
        for fault in draft["faults"]:
            at = text.find(fault["span"])
            shared = min(end, at + len(fault["span"])) - max(start, at)
            if fault["span"] and shared >= min(6, len(fault["span"])):
                found.add(fault["fault"])
        words = tuple(words_of(parts.marked[first:last], rules))
        if words:
            yield Row(words, frozenset(found & set(FAULTS)), draft["writer"], draft["id"])


def matrix(
    given: Sequence[Row], least: int = LEAST, known: Sequence[str] | None = None
) -> tuple[Any, list[str]]:
    from scipy.sparse import csr_matrix

    found = [runs(row.words) for row in given]
    if known is None:
        count = Counter(run for one in found for run in one)
        known = sorted(run for run, times in count.items() if times >= least)
    column = {run: at for at, run in enumerate(known)}
    data: list[float] = []
    indices: list[int] = []
    starts = [0]
    for one in found:
        at = [column[run] for run in one if run in column]
        indices += at
        data += [scale(len(one))] * len(at)
        starts.append(len(indices))
    return csr_matrix((data, indices, starts), shape=(len(given), len(known))), list(known)


def fitted(table: Any, given: Sequence[Row], fault: str) -> Any:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=500)
    counts = [
        DRAFTS_COUNT if row.draft else OURS_COUNT if row.writer == "kit" else 1.0 for row in given
    ]
    return model.fit(table, [fault in row.faults for row in given], sample_weight=counts)


def left_out(given: Sequence[Row], table: Any) -> dict[str, dict[str, float]]:
    """Give each draft's highest sum for each fault, by weights learned without its writer."""
    sums: dict[str, dict[str, float]] = {fault: {} for fault in FAULTS}
    for writer in sorted({row.writer for row in given if row.draft}):
        theirs = np.array([row.writer == writer for row in given])
        others = [row for row in given if row.writer != writer]
        for fault in FAULTS:
            model = fitted(table[~theirs], others, fault)
            weighed = model.decision_function(table[theirs])
            for row, weight in zip(
                [row for row in given if row.writer == writer], weighed, strict=True
            ):
                known = sums[fault].get(row.draft, -np.inf)
                sums[fault][row.draft] = max(known, float(weight))
    return sums


def scored(sums: Mapping[str, float], labelled: set[str], ruled: set[str], least: float) -> Score:
    told = {draft for draft, weight in sums.items() if weight >= least} | ruled
    return Score(len(told & labelled), len(told - labelled), len(labelled - told))


def chosen(sums: Mapping[str, float], labelled: set[str], sure: float) -> float:
    """Choose the sum from which a fault is as likely as wanted, by a logistic curve through all drafts.

    The sum with the best count would be the luck of a few drafts; the curve takes all of them.
    """
    from sklearn.linear_model import LogisticRegression

    drafts = sorted(sums)
    curve = LogisticRegression(C=1e6).fit(
        [[sums[draft]] for draft in drafts], [draft in labelled for draft in drafts]
    )
    return round(float((np.log(sure / (1 - sure)) - curve.intercept_[0]) / curve.coef_[0][0]), 2)


def digest() -> str:
    """Tell the data by: the weights say what they were learned from."""
    found = hashlib.sha256()
    for path in (SENTENCES, *KNOWN):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def main() -> None:
    given = rows()
    drafts = _drafts()
    table, known = matrix(given)
    sums = left_out(given, table)
    ruled = {
        draft["id"]: {one.fault for one in review(draft["kind"], draft["text"], tone=False).faults}
        for draft in drafts
    }
    told: list[float] = []
    asked: list[float] = []
    bias: list[float] = []
    weights: dict[str, dict[str, float]] = {}
    print(
        "| fault | n | told from | precision | recall | F1 | by rules alone: precision | recall |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    labels = {draft["id"]: {one["fault"] for one in draft["faults"]} for draft in drafts}
    # Each draft's faults as told by weights that its writer had no part in.
    found = {draft: faults & set(BY_RULES) for draft, faults in ruled.items()}
    whole = Score()
    for index, fault in enumerate(FAULTS):
        labelled = {draft for draft, faults in labels.items() if fault in faults}
        by_rule = {draft for draft, faults in ruled.items() if fault in faults}
        told.append(chosen(sums[fault], labelled, TOLD))
        asked.append(min(told[-1], chosen(sums[fault], labelled, ASKED)))
        least = np.inf if fault in ASKED_ONLY else told[-1]
        one = scored(sums[fault], labelled, by_rule, least)
        alone = scored(sums[fault], labelled, by_rule, np.inf)
        for draft in {one for one, most in sums[fault].items() if most >= least} | by_rule:
            found[draft].add(fault)
        whole = Score(whole.tp + one.tp, whole.fp + one.fp, whole.fn + one.fn)
        print(
            f"| {fault} | {len(labelled)} | {'rules' if fault in ASKED_ONLY else f'{told[-1]:.1f}'} | {one.precision:.2f} | {one.recall:.2f} | {one.f1:.2f} "
            f"| {alone.precision:.2f} | {alone.recall:.2f} |"
        )
        model = fitted(table, given, fault)
        bias.append(round(float(model.intercept_[0]), 3))
        for run, weight in zip(known, model.coef_[0], strict=True):
            if abs(weight) >= SMALLEST:
                weights.setdefault(run, {})[str(index)] = round(float(weight), 2)
    print(
        f"| all | {whole.tp + whole.fn} | | {whole.precision:.2f} | {whole.recall:.2f} | {whole.f1:.2f} | | |"
    )
    print("\nWith the faults that are told by rules alone, by the file that was left out:\n")
    print("| file | n | precision | recall | F1 |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for writer in [*sorted({draft["writer"] for draft in drafts}), ""]:
        theirs = [draft["id"] for draft in drafts if writer in ("", draft["writer"])]
        one = Score(
            sum(len(found[draft] & labels[draft]) for draft in theirs),
            sum(len(found[draft] - labels[draft]) for draft in theirs),
            sum(len(labels[draft] - found[draft]) for draft in theirs),
        )
        print(
            f"| {writer or 'all'} | {one.tp + one.fn} | {one.precision:.2f} | {one.recall:.2f} | {one.f1:.2f} |"
        )
    path = FOLDER / "tone.json"
    path.write_text(
        json.dumps(
            {
                "learned_from": digest(),
                "faults": FAULTS,
                "bias": bias,
                "told": told,
                "asked": asked,
                "weights": dict(sorted(weights.items())),
            },
            ensure_ascii=False,
            separators=(",", ":"),
        ).replace('},"', '},\n"')
        + "\n",
        encoding="utf-8",
    )
    print(f"\n{len(weights):,} runs, {path.stat().st_size:,} bytes, from {len(given):,} sentences")


if __name__ == "__main__":
    main()
