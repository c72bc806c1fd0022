"""What people call their columns, and the words they fill them with; the words stand in a TOML file."""

import difflib
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from interview_coach.outcomes.model import CODED, codes

__all__ = [
    "Match",
    "asks_of_them",
    "code_of",
    "denies",
    "halves",
    "is_header",
    "match",
    "normal",
    "said_yes",
    "without_accents",
    "yes_or_no",
]

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LONGEST_HEADER = 120
# Ticked and empty boxes stand for yes and no. A cross may stand for either: it is asked.
_TICKS = "✓✔☑✅☐"
# A fuzzy match begins here: "Employr" and "Intervew date" pass, "State" and "Date" (0.67) do not.
_NEAR = 0.84


class Match(NamedTuple):
    """How well a header suits a field, from 0 to 1, and the word that it was known by."""

    score: float
    word: str


def without_accents(text: str) -> str:
    """Take the accents off: ``miércoles`` and ``März`` are often typed without them."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def normal(text: str) -> str:
    """Bring a header or a value to plain small words without accents: ``Fecha_de-Citación`` is "fecha de citacion"."""
    plain = _CAMEL.sub(" ", without_accents(text[:1000]))
    return " ".join(re.sub(rf"[^\w{_TICKS}]|_", " ", plain.casefold()).split())


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
    text = _whole_words(normal(header).strip(f"{_TICKS} "))
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
        elif len(known) > 3 and text not in _by_word():
            # Only what is no word of the list may be one of them, misspelt.
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
        exact = field in found and found[field].word == text
        if field in found and not exact and any(f" {word} " in f" {text} " for word in unfit):
            del found[field]
    return found


def _whole_words(text: str) -> str:
    """Write out what a database shortens: "appt dt" is "appointment date"."""
    if text in _by_word():
        return text
    short = _data()["short"]
    return " ".join(short.get(word, word) for word in text.split())


@lru_cache(maxsize=8)
def _codes_by_word(field: str) -> Mapping[str, str]:
    found = {normal(code): code for code in codes(field)}
    for code, words in _data()["values"].get(field, {}).items():
        for word in words:
            found.setdefault(word, code)
    return found


def code_of(field: str, cell: str) -> str | None:
    """Give the code that a cell's words stand for in a field, or None where that is not known."""
    if field not in CODED:
        return None
    said = normal(cell)
    return _codes_by_word(field).get(said.strip(f"{_TICKS} ") or said)


def yes_or_no(cell: str, header: str) -> str | None:
    """Give the end state that a yes or a no stands for under a header such as "attended" or "no show"."""
    yes = said_yes(cell)
    if yes is None:
        return None
    above, words = normal(header), _data()["yes_no"]
    for code in ("missed", "cancelled", "moved"):
        if any(word in above for word in words[f"{code}_headers"]):
            # What was not called off may have been missed.
            return code if yes else "completed" if code == "missed" else None
    return "completed" if yes else "missed"


def said_yes(cell: str) -> bool | None:
    """Say whether a cell says yes, or no; None where it says neither."""
    words, said = _data()["yes_no"], normal(cell)
    return True if said in words["yes"] else False if said in words["no"] else None


def asks_of_them(header: str) -> bool:
    """Say whether a header asks what the interviewer did: "Did the interviewer call?"."""
    return any(word in normal(header) for word in _data()["yes_no"]["they_headers"])


def denies(text: str) -> bool:
    """Say whether a text holds a word that says no, such as "not" or "never"."""
    return not set(_data()["no"]["words"]).isdisjoint(normal(text).split())


def halves(headers: Sequence[str]) -> tuple[str, str] | None:
    """Find the columns of a first name and of a last name; None where there are not both."""
    words = _data()["names"]
    whole = next((h for h in headers if normal(h) in words["either"]), None)
    first = next((h for h in headers if normal(h) in words["first"]), None)
    last = next((h for h in headers if normal(h) in words["last"]), None)
    # "Prénom, Nom" and "Nombre, Apellidos": beside the one, the other is its half.
    if first or last:
        first, last = first or whole, last or whole
    return (first, last) if first and last else None
