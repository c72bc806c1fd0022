"""What the words of a file seem to mean where no list has them: a suggestion, which is asked about.

And the columns that hold one mark for each outcome, which are read as one column.
"""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from interview_coach.outcomes.importing.synonyms import (
    code_of,
    denies,
    match,
    normal,
    said_yes,
    yes_or_no,
)
from interview_coach.outcomes.model import codes

__all__ = ["known", "mark_column", "mark_of", "marked", "suggested"]

# The word for the outcome stands first, and behind it what is said of it: "No show - rang 3x".
_LEAD = re.compile(
    r"(?P<lead>[^-–—,;:(/.!]+?(?:-\w+)?)(?:\s+[-–—]|[-–—]\s|\s*[,;:(/.!])(?P<rest>.*)", re.S
)
# "Rescheduled to 4/5", "Cancelled by employer".
_TO = re.compile(
    r"(?P<lead>\D{2,40}?)\s(?:to|for|until|till|by|auf|von|vom|durch|a|al|para|por|au|par|pour)\s(?P<rest>.*)",
    re.S | re.I,
)
_LONGEST = 200
_MOST_WORDS = 20  # after that many words a remark is a story of its own
_BETWEEN = " / "
_JOINED = " + "
_NO = ": no"  # unmarked: it stands in the mapping


def known(field: str, text: str, column: str) -> str | None:
    """Give the code that a text surely stands for in a field's column, or None."""
    found = code_of(field, text)
    if found is None and field == "state":
        found = yes_or_no(text, column)
        if found is None and _BETWEEN in column:
            names = column.split(_BETWEEN)
            parts = text.split(_JOINED)
            means = {mark_of(one) if one in names else code_of(field, one) for one in parts}
            # Two marks that say the same are one; others are asked.
            found = means.pop() if len(means) == 1 else None
    return found


@lru_cache(maxsize=1 << 16)
def suggested(field: str, text: str) -> str | None:
    """Give the code that a text may stand for, as far as the look of it goes, or None."""
    if len(text) > _LONGEST:
        return None
    if field == "state":
        for pattern, moves in ((_LEAD, False), (_TO, True)):
            found = pattern.fullmatch(text.strip())
            code = code_of(field, found["lead"]) if found else None
            if found and code and (not moves or code in {"moved", "cancelled"}):
                return code if _agrees(code, found["rest"]) else None
    near = difflib.get_close_matches(normal(text), [normal(c) for c in codes(field)], 1, 0.75)
    if not near or denies(text) != denies(near[0]):
        return None
    return code_of(field, near[0])


def _agrees(code: str, rest: str) -> bool:
    """Say whether nothing of the rest tells another outcome, or takes the first word back."""
    words = normal(rest).split()
    if len(words) > _MOST_WORDS:
        return False
    grams = {" ".join(words[n : n + size]) for size in (1, 2, 3) for n in range(len(words))}
    others = {found for gram in grams if (found := code_of("state", gram))}
    return others <= {code} and (code == "missed" or not denies(rest))


def mark_of(header: str) -> str | None:
    """Give the end state that a mark under a header stands for, or None where it stands for none."""
    code = code_of("state", header)
    if code is None and (said := yes_or_no("yes", header)):
        named = said != "completed" or match(header).get("state", (0.0,))[0] >= 0.9
        code = said if named else None
    return code


def mark_column(names: Sequence[str]) -> str:
    """Name the column that columns of marks are read as."""
    return _BETWEEN.join(names)


def marked(names: Sequence[str], cells: Iterable[str]) -> str:
    """Say which of the columns are marked in a row; nothing where none is."""
    said, parts = {}, []
    for name, cell in zip(names, cells, strict=True):
        said[name] = said_yes(cell)
        # The first may be a column of words, which the marks add to.
        words = name if said[name] else cell.strip() if said[name] is None else ""
        if words:
            parts.append(words)
    if parts:
        return _JOINED.join(parts)
    states: Mapping[str, str | None] = {name: mark_of(name) for name in names}
    if "missed" in states.values():
        return ""
    # Neither attended, nor called off: that may be a missed call, or one to come.
    no = [n for n, answer in said.items() if answer is False and states[n] == "completed"]
    return f"{no[0]}{_NO}" if no else ""
