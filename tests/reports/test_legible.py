"""Names and texts for files: readable, and harmless on every disk."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.reports.legible import file_names, legible


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("missed by cohort", "missed-by-cohort"),
        ("Spring 2026 (evening)", "spring-2026-evening"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\temp\\x", "c-temp-x"),
        ("CON", "con-x"),
        ("com1", "com1-x"),
        ("Über", "über"),
        ("हिन्दी", "हिन्दी"),
        ("春の組", "春の組"),
        ("...", "unnamed"),
        ("", "unnamed"),
        ("a" * 100, "a" * 60),
        ("tab\tnul\0", "tab-nul"),
    ],
)
def test_a_name_for_a_text(text: str, name: str) -> None:
    assert file_names([text]) == [name]


def test_names_that_would_meet_are_told_apart() -> None:
    given = ["Spring", "spring!", "SPRING", "spring-2", "u\u0308ber", "über", "a" * 70, "a" * 80]
    assert file_names(given) == [
        *("spring", "spring-2", "spring-3", "spring-2-2", "über", "über-2"),
        *("a" * 60, "a" * 58 + "-2"),
    ]


@given(st.lists(st.text(max_size=80), max_size=30))
def test_names_are_unique_and_short_whatever_is_named(texts: list[str]) -> None:
    names = file_names(texts)
    assert len({unicodedata.normalize("NFD", name).casefold() for name in names}) == len(texts)
    for name in names:
        assert 0 < len(name) <= 60
        assert not set('/\\:*?"<>|.\0\n ') & set(name)


def test_a_thousand_groups_of_one_name() -> None:
    names = file_names(["Spring"] * 1000)
    assert len(set(names)) == 1000
    assert names[-1] == "spring-1000"


def test_what_is_no_sign_leaves_a_mark() -> None:
    assert legible("a\0b\ud800\r\nc\td\x7f\ufffe") == "a\ufffdb\ufffd\nc\td\ufffd\ufffd"
    assert legible("Über 中文 😀") == "Über 中文 😀"
