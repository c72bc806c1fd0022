"""What people call their columns, and the words they fill them with; the words stand in a TOML file."""

import difflib
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from interview_coach.outcomes.model import CODED, codes

__all__ = ["Match", "code_of", "is_header", "match", "normal", "without_accents", "yes_or_no"]

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LONGEST_HEADER = 120
# A fuzzy match begins here: "Employr" and "Intervew date" pass, "State" and "Date" (0.67) do not.
_NEAR = 0.84


class Match(NamedTuple):
    """How well a header suits a field, from 0 to 1, and the word that it was known by."""

    score: float
    word: str


def without_accents(text: str) -> str:
    """Take the accents off: ``miércoles`` and ``März`` are often typed without them."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def normal(text: str) -> str:
    """Bring a header or a value to plain small words without accents: ``Fecha_de-Citación`` is "fecha de citacion"."""
    plain = _CAMEL.sub(" ", without_accents(text[:1000]))
    return " ".join(re.sub(r"[^\w✓✔]|_", " ", plain.casefold()).split())


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Any]:
    """Read the words, English first: where two languages share one, the English meaning has it."""
    folder = files("interview_coach.outcomes.importing")
    english, others = (
        tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8"))
        for name in ("synonyms.toml", "synonyms_others.toml")
    )
    joined: Mapping[str, Any] = _joined(english, others)
    return joined


def _joined(one: Any, other: Any) -> Any:
    if isinstance(one, list):
        return list(dict.fromkeys([*one, *other]))
    return {
        key: _joined(one[key], other[key]) if key in one and key in other else said
        for key, said in {**one, **other}.items()
    }


@lru_cache(maxsize=1)
def _by_word() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for field, words in _data()["headers"].items():
        for word in words:
            found.setdefault(word, []).append(field)
    return {word: tuple(fields) for word, fields in found.items()}


def is_header(text: str) -> bool:
    """Say whether a cell is what people write above a column."""
    return len(text) <= _LONGEST_HEADER and normal(text) in _by_word()


@lru_cache(maxsize=4096)
def match(header: str) -> Mapping[str, Match]:
    """Find the fields that a header may stand for.

    Parameters
    ----------
    header : str
        As the file writes it.

    Returns
    -------
    mapping of str to Match
        By field, ``client``, ``position`` and ``interview_id`` among them. 1 for a word of the list;
        less for one that holds such a word among others, or is spelt nearly like it.
    """
    text = normal(header)
    if not text or len(text) > _LONGEST_HEADER:
        return {}
    found: dict[str, Match] = {}
    words = set(text.split())
    for known, fields in _by_word().items():
        if known == text:
            score = 1.0
        elif (parts := known.split()) and words.issuperset(parts):
            # The more of the header the known word covers, the surer: "interview date (local)".
            score = 0.4 + 0.5 * len(known) / len(text)
        elif len(known) > 3:
            near = difflib.SequenceMatcher(None, known, text, autojunk=False)
            if near.real_quick_ratio() < _NEAR or near.quick_ratio() < _NEAR:
                continue
            ratio = near.ratio()
            if ratio < _NEAR:
                continue
            score = ratio * 0.9
        else:
            continue
        for field in fields:
            if score > found.get(field, Match(0, "")).score:
                found[field] = Match(score, known)
    for field, unfit in _data()["not"].items():
        if field in found and any(f" {word} " in f" {text} " for word in unfit):
            del found[field]
    return found


@lru_cache(maxsize=8)
def _codes_by_word(field: str) -> Mapping[str, str]:
    found = {normal(code): code for code in codes(field)}
    for code, words in _data()["values"].get(field, {}).items():
        for word in words:
            found.setdefault(word, code)
    return found


def code_of(field: str, cell: str) -> str | None:
    """Give the code that a cell's words stand for in a field, or None where that is not known."""
    return _codes_by_word(field).get(normal(cell)) if field in CODED else None


def yes_or_no(cell: str, header: str) -> str | None:
    """Give the end state that a yes or a no stands for under a header such as "attended" or "no show"."""
    words = _data()["yes_no"]
    said = normal(cell)
    if said not in words["yes"] and said not in words["no"]:
        return None
    above = normal(header)
    about_missing = any(word in above for word in words["missed_headers"])
    return "missed" if (said in words["yes"]) == about_missing else "completed"
