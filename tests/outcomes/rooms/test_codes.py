"""Codes of rooms: easy to type, and too many to be guessed at the rate that is allowed."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.app.room.limits import Guesses
from interview_coach.app.room.live import HOURS
from interview_coach.outcomes.rooms.codes import ALPHABET, LENGTH, new_code, read_code, spaced

DOCS = Path(__file__).parents[3] / "docs" / "workshop.md"


def test_a_code_is_of_the_alphabet_and_no_two_are_alike() -> None:
    codes = {new_code() for _ in range(2000)}
    assert len(codes) == 2000
    assert all(re.fullmatch(f"[{ALPHABET}]{{{LENGTH}}}", code) for code in codes)
    # Every sign is used: 16,000 draws miss one of 22 about once in 10 ** 322 times.
    assert set("".join(codes)) == set(ALPHABET)


def test_no_sign_looks_like_another() -> None:
    for alike in ("0OQD", "1IL", "2Z", "5S", "6G", "8B", "UV", "AEIOUY"):
        assert len(set(alike) & set(ALPHABET)) <= 1


@given(st.text(alphabet=ALPHABET, min_size=LENGTH, max_size=LENGTH))
def test_a_code_is_read_however_it_is_typed(code: str) -> None:
    for typed in (code, code.lower(), spaced(code), f" {code[:3]}-{code[3:]}\n"):
        assert read_code(typed) == code


@pytest.mark.parametrize("typed", ["", "BCDF", "BCDFGHJKM", "BCDFGHJ0", "B" * 10_000, "<b>BCDFG"])
def test_what_can_be_no_code_is_none(typed: str) -> None:
    assert read_code(typed) == ""


def test_the_arithmetic_of_the_docs_is_that_of_the_code() -> None:
    """Docs and limits say the same: how many codes, how many tries, one chance in how many."""
    codes = len(ALPHABET) ** LENGTH
    seconds = HOURS * 3600
    everybody = Guesses.MOST + Guesses.A_SECOND * seconds
    alone = Guesses.MOST_FROM_ONE + Guesses.A_SECOND_FROM_ONE * seconds
    text = " ".join(DOCS.read_text(encoding="utf-8").split())
    assert f"{codes:,}" in text
    assert f"{everybody:,.0f} tries" in text
    assert f"one in {int(codes / everybody / 1000) * 1000:,}" in text
    assert f"{alone:,.0f} tries" in text
    assert f"one in {int(codes / alone / 100_000) / 10} million" in text
