"""The review's rules, read from data: what words carry an item or a fault, and what voids them.

A cue is one or more regular expressions over the marked text (`parts.Draft.marked`), with short
names in angle brackets for what is mentioned (``<clock>``, ``<day>``) and for word lists (``<you>``).
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from interview_coach.errors import KitError
from interview_coach.messages.review import mentions as signs
from interview_coach.messages.review.parts import STOP
from interview_coach.playbook.loader import DATA
from interview_coach.playbook.texts import SHOWN

__all__ = ["Cue", "FaultAdvice", "ItemAdvice", "Rules", "alone", "load_rules"]

_NOTHING = re.compile(r"(?!)")
FOLDER = DATA / "review"
_Model = TypeVar("_Model", bound=BaseModel)
_GAP = r"[ \n]+"
_SIGNS = {
    "clock": signs.CLOCK,
    "day": signs.DAY,
    "span": signs.SPAN,
    "phone": signs.PHONE,
    "mail": signs.MAIL,
    "when": f"(?:[{signs.CLOCK}{signs.DAY}](?:(?:,| at| on| from| after| before| around| about| @| by|,? the)? ?[{signs.CLOCK}{signs.DAY}])*)",
    "gap": f"[^{STOP}]{{0,60}}?",
    "near": f"[^{STOP},;:]{{0,30}}?",
}


class Cue(BaseModel):
    """One rule of the review.

    `finds` is an item or a fault; `kinds` limits it to some kinds of message; `match` are expressions
    of which one must be found, `unless` such as void it when found in the same sentence (or clause:
    `within`). With `case` capitals count; with `low` the words must not be capitalised. `extent` says
    how much is marked; `sure = false` asks instead of telling. `fires` and `silent` are examples, tested.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    finds: str
    match: tuple[str, ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    extent: Literal["match", "clause", "sentence"] = "match"
    within: Literal["sentence", "clause"] = "sentence"
    case: bool = False
    low: bool = False
    sure: bool = True
    source: str = ""
    why: Annotated[str, SHOWN] = ""
    try_: str = Field("", alias="try")
    fires: tuple[str, ...] = Field(min_length=1)
    silent: tuple[str, ...] = Field(min_length=1)


class ItemAdvice(BaseModel):
    """Why an item belongs in the message, who says so, and a sentence that adds it.

    The sentence belongs to the message and so to its language, whatever the page speaks.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    why: Annotated[str, SHOWN]
    source: str
    add: str


class FaultAdvice(BaseModel):
    """What to say of a fault where its cue says nothing of its own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    why: Annotated[str, SHOWN]
    source: str
    ask: Annotated[str, SHOWN]
    try_: str = Field("", alias="try")


@dataclass(frozen=True)
class Compiled:
    """A cue ready to search."""

    cue: Cue
    match: re.Pattern[str]
    unless: re.Pattern[str] | None


@dataclass(frozen=True, eq=False)  # one set of rules is itself only, and can be a key
class Rules:
    """All cues, by what they find, and the advice beside them.

    `screens` has one expression for all cues that find the same: where it finds nothing, none of them does.
    """

    cues: Mapping[str, tuple[Compiled, ...]]
    screens: Mapping[str, re.Pattern[str]]
    items: Mapping[str, ItemAdvice]
    faults: Mapping[str, FaultAdvice]
    swap: Mapping[str, str]
    spelling: Mapping[str, str]
    classes: Mapping[str, str]
    windows: Mapping[str, re.Pattern[str]]
    names: Mapping[str, str]


@lru_cache(maxsize=1)
def load_rules() -> Rules:
    """Read the shipped rules of the review.

    Raises
    ------
    KitError
        If the data does not fit; all faults at once, each with file and cue.
    """
    return read_rules(FOLDER)


def read_rules(folder: Path) -> Rules:
    """Read the rules of a folder; see `load_rules`."""
    faults: list[str] = []
    words = {
        name: "(?:" + "|".join(values) + ")"
        for name, values in _table(folder / "words.toml", faults).get("words", {}).items()
    }
    names = {**_SIGNS}
    for name, pattern in words.items():
        names[name] = _named(pattern, names, f"words.toml: {name}", faults)  # unmarked: a file
    cues: dict[str, list[Compiled]] = {}
    items: dict[str, ItemAdvice] = {}
    advice: dict[str, FaultAdvice] = {}
    swap: dict[str, str] = {}
    spelling: dict[str, str] = {}
    classes: dict[str, str] = {}
    windows: dict[str, re.Pattern[str]] = {}
    seen: set[str] = set()
    for path in sorted(folder.glob("*.toml")):
        table = _table(path, faults)
        swap.update(table.get("swap", {}))
        spelling.update(table.get("spelling", {}))
        for key, listed in table.get("classes", {}).items():
            classes.update(dict.fromkeys(listed, "#" if key == "number" else f"<{key}>"))
        for key, listed in table.get("windows", {}).items():
            where = f"{path.name}: windows {key}"
            spelled = _gaps(_named("|".join(listed), names, where, faults))
            windows[key] = re.compile(rf"(?<![\w'-])(?:{spelled})(?!\w)")
        for key, given in table.get("item", {}).items():
            _checked(ItemAdvice, given, f"{path.name}: item {key}", faults, items, key)
        for key, given in table.get("fault", {}).items():
            _checked(FaultAdvice, given, f"{path.name}: fault {key}", faults, advice, key)
        for given in table.get("cue", []):
            where = f"{path.name}: cue {given.get('id', '?')}"
            one: dict[str, Cue] = {}
            _checked(Cue, given, where, faults, one, "cue")
            if "cue" not in one:
                continue
            if one["cue"].id in seen:
                faults.append(f"{where}: the id is used twice")  # unmarked: the kit's own rules
            seen.add(one["cue"].id)
            compiled = _compiled(one["cue"], names, where, faults)
            if compiled is not None:
                cues.setdefault(one["cue"].finds, []).append(compiled)
    if faults:
        what = "The review's rules do not fit"  # unmarked: the kit's own rules, not a coach's
        raise KitError(f"{what}: {'; '.join(faults)}.")
    return Rules(
        {key: tuple(found) for key, found in cues.items()},
        {key: _screen(found, names) for key, found in cues.items()},
        items,
        advice,
        swap,
        spelling,
        classes,
        windows,
        names,
    )


def alone(compiled: Compiled, expression: str, rules: Rules) -> Compiled:
    """Compile a cue as if `expression`, one of its `match`, were all it has.

    Raises
    ------
    KitError
        If the expression does not fit.
    """
    faults: list[str] = []
    only = compiled.cue.model_copy(update={"match": (expression,), "unless": ()})
    one = _compiled(only, rules.names, compiled.cue.id, faults)
    if one is None or faults:
        raise KitError("; ".join(faults))
    return replace(compiled, match=one.match)


@lru_cache(maxsize=8)
def words_named(name: str, rules: Rules) -> re.Pattern[str]:
    """Return the expression of a list of words by its name in words.toml."""
    return _joined((f"<{name}>",), r"(?!\w)", rules.names, name, [])


def _screen(cues: Sequence[Compiled], names: Mapping[str, str]) -> re.Pattern[str]:
    patterns = tuple(one for cue in cues if not cue.cue.case for one in cue.cue.match)
    return _joined(patterns, r"(?!\w)", names, "", []) if patterns else _NOTHING


def _table(path: Path, faults: list[str]) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        faults.append(f"{path.name}: {error}")
        return {}


def _checked(
    model: type[_Model],
    given: object,
    where: str,
    faults: list[str],
    into: dict[str, _Model],
    key: str,
) -> None:
    try:
        into[key] = model.model_validate(given)
    except ValidationError as error:
        faults += [
            f"{where}: {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()
        ]


def _named(pattern: str, names: Mapping[str, str], where: str, faults: list[str]) -> str:
    def name(match: re.Match[str]) -> str:
        if match[1] not in names:
            known = ", ".join(names)
            wrong = f"<{match[1]}> is no name; use one of {known}"  # unmarked: the kit's own rules
            faults.append(f"{where}: {wrong}")
            return ""
        return names[match[1]]

    return re.sub(r"<([a-z_]+)>", name, pattern)


def _gap(match: re.Match[str]) -> str:
    return match[1] or {"": _GAP, "?": r"[ \n]*", "*": r"[ \n]*"}[match[2]]


def _gaps(pattern: str) -> str:
    # Not within a class of characters, nor in what must stand before, which has to be of one width.
    kept = r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?<[=!][^()]*\)"
    return re.sub(rf"({kept})| ([?*]?)", _gap, pattern)


def _joined(
    patterns: tuple[str, ...], end: str, names: Mapping[str, str], where: str, faults: list[str]
) -> re.Pattern[str]:
    def spelled(patterns: list[str]) -> str:
        return "|".join(f"(?:{_named(pattern, names, where, faults)})" for pattern in patterns)

    # A space stands for any gap between words; words begin and end where words do. One check of the
    # place for all expressions: most places are no beginning of a word. What voids a cue may be the
    # beginning of a word.
    words = spelled([pattern for pattern in patterns if not pattern.startswith("~")])
    free = spelled([pattern[1:] for pattern in patterns if pattern.startswith("~")])
    both = [rf"(?<![\w'-])(?:{_gaps(words)}){end}"] if words else []
    return re.compile("|".join([*both, free] if free else both))


def _compiled(cue: Cue, names: Mapping[str, str], where: str, faults: list[str]) -> Compiled | None:
    try:
        match = _joined(cue.match, r"(?!\w)", names, where, faults)
        unless = _joined(cue.unless, "", names, where, faults) if cue.unless else None
        return Compiled(cue, match, unless)
    except re.error as error:
        faults.append(f"{where}: {error}")
        return None
