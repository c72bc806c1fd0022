"""The weights of faint signs: what they must find and leave alone, and what they were learned from."""

import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from interview_coach.messages.review import review
from interview_coach.messages.review.cues import FOLDER, load_rules
from interview_coach.messages.review.parts import read
from interview_coach.messages.review.tone import load_tone, runs, scale, words_of

ROOT = Path(__file__).parents[2]
EXAMPLES: dict[str, Any] = tomllib.loads((FOLDER / "tone.toml").read_text("utf-8"))["tone_examples"]
FIRES = [(fault, text) for fault, given in EXAMPLES.items() for text in given["fires"]]
SILENT = [(fault, text) for fault, given in EXAMPLES.items() for text in given["silent"]]


def noticed(text: str, *, tone: bool) -> set[str]:
    found = review("email_no_answer", text, tone=tone)
    return {one.fault for one in (*found.faults, *found.asks)}


def test_every_fault_that_is_weighed_has_its_examples() -> None:
    assert set(EXAMPLES) == set(load_tone().faults)


@pytest.mark.parametrize(("fault", "text"), FIRES)
def test_faint_signs_are_noticed(fault: str, text: str) -> None:
    assert fault in noticed(text, tone=True)


@pytest.mark.parametrize(("fault", "text"), SILENT)
def test_what_only_sounds_near_is_left_alone(fault: str, text: str) -> None:
    assert noticed(text, tone=True) == set()


def test_weights_find_what_no_rule_does() -> None:
    found = [text for fault, text in FIRES if fault not in noticed(text, tone=False)]
    assert len(found) > len(FIRES) / 2


def test_the_weights_are_those_of_the_labelled_sentences_beside_them() -> None:
    # learn.py writes the digest of its data; new data without new weights would be a false benchmark.
    found = hashlib.sha256()
    data = ROOT / "benchmarks" / "messages" / "data"
    known = [
        path
        for path in sorted(data.glob("*.jsonl"))
        if not path.name.startswith(("unseen_", "checked_"))
    ]
    for path in sorted(known, key=lambda path: path.name != "sentences.jsonl"):
        found.update(path.read_bytes())
    given = json.loads((FOLDER / "tone.json").read_text("utf-8"))["learned_from"]
    assert given == found.hexdigest()[:16], "run: python benchmarks/messages/learn.py"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("You'd called at 2:05!!!!", ["you", "would", "<ring>", "at", "<clock>", "!!!"]),
        ("I can't wait, pls ring", ["i", "can", "not", "wait", "pleas", "<ring>"]),
        ("my wife's soooo late 😅", ["my", "<kin>", "'s", "soo", "late", "<picture>"]),
        ("3 interviewers were waiting", ["#", "interviewer", "were", "wait"]),
    ],
)
def test_words_are_made_even_before_they_are_weighed(text: str, words: list[str]) -> None:
    assert words_of(read(text).marked.strip("\ue00f"), load_rules()) == words


def test_runs_go_from_one_word_to_three_and_long_sentences_count_each_less() -> None:
    assert runs(["you", "forgot"]) == {
        *("^", "you", "forgot", "$", "^ you", "you forgot", "forgot $"),
        *("^ you forgot", "you forgot $"),
    }
    assert scale(9) == 1.0
    assert scale(36) == 0.5


def test_a_sum_below_what_is_told_is_only_asked_about() -> None:
    tone = load_tone()
    assert all(asked <= told for asked, told in zip(tone.asked, tone.told, strict=True))


def test_the_words_marked_are_those_that_weigh() -> None:
    text = "I was on time, and the one who missed the interview is you."
    (one,) = [one for one in review("email_no_answer", text).faults if one.fault == "blame"]
    assert one.span.startswith("the one who missed")
