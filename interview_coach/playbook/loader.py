"""Read the playbook from its files, check it whole, and lay the coach's house rules over it."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from interview_coach.language import ENGLISH, N_, _, current, speaking
from interview_coach.playbook.faults import Fault, PlaybookError, from_validation, near
from interview_coach.playbook.joints import joints, laid
from interview_coach.playbook.model import (
    RULE_WORDS,
    Action,
    FieldSpec,
    Item,
    MessageKind,
    Playbook,
    Rule,
    Source,
    Variant,
)
from interview_coach.playbook.overlay import pick, with_house
from interview_coach.playbook.texts import translated

__all__ = ["DATA", "load_playbook", "read_toml"]

DATA = Path(__file__).parent / "data"
"""The folder of the playbook that is shipped: TOML files and templates."""

_M = TypeVar("_M", bound=BaseModel)

# The tables that a coach.toml may hold; [playbook] is read here, the others by their parts.
_COACH_TABLES = ("coach", "log", "playbook", "reader")
# The one entry that stands above them, read by `interview_coach.language`.
_COACH_ENTRIES = ("language",)


def load_playbook(
    house: Path | str | None = None,
    variants: tuple[str, ...] = (),
    folder: Path | str = DATA,
    language: str | None = None,
) -> Playbook:
    """Load the playbook, with the house rules of a coach and any picked variants laid over it.

    Parameters
    ----------
    house : path, optional
        A ``coach.toml``; its ``[playbook]`` table may pick ``variants`` and hold ``change`` and
        ``rule`` entries. A file that is not there counts as empty.
    variants : tuple of str
        Ids of advisers' variants to pick besides (``F1`` to ``F9``).
    folder : path
        The folder of the playbook's files; the one that is shipped unless told otherwise.
    language : str, optional
        The language of the shipped playbook's texts; the one that is being spoken unless given.
        What stands in `house` or in another folder stays as it was written.

    Returns
    -------
    Playbook
        With `changed` listing what house rules and variants changed.

    Raises
    ------
    PlaybookError
        If anything is wrong; it lists every fault with file, rule, field and remedy.
    """
    shipped = Path(folder) == DATA
    playbook = _shipped_in(language or current()) if shipped else _load(Path(folder))
    if house is not None and Path(house).is_file():
        playbook = with_house(playbook, _house_table(Path(house)), Path(house).name)
    playbook = pick(playbook, variants) if variants else playbook
    if playbook.original is not None and playbook.changed:
        playbook = replace(playbook, original=load_playbook(house, variants, folder, ENGLISH))
    return playbook


@lru_cache(maxsize=8)
def _shipped_in(language: str) -> Playbook:
    shipped = _shipped()
    if language == ENGLISH:
        return shipped
    with speaking(language):
        return replace(
            shipped,
            sources=translated(shipped.sources),
            actions=translated(shipped.actions),
            rules=translated(shipped.rules),
            variants=translated(shipped.variants),
            kinds=translated(shipped.kinds),
            items=translated(shipped.items),
            fields=translated(shipped.fields),
            codes=translated(shipped.codes),
            language=language,
            original=shipped,
        )


@lru_cache(maxsize=1)
def _shipped() -> Playbook:
    # Advice on the day must come at once and needs no stories: those are read when asked for.
    return replace(
        _load(DATA, stories=False),
        scenarios=_Unread(DATA / "scenarios"),
        decks=_Unread(DATA / "decks"),
    )


class _Unread(Mapping[str, Mapping[str, object]]):
    """The files of a folder as raw data by name, read when first looked into.

    Raises
    ------
    PlaybookError
        On that first look, if a file cannot be read; all faults at once.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _data(self) -> dict[str, dict[str, Any]]:
        faults: list[Fault] = []
        found = _raw(self._folder, faults)
        if faults:
            raise PlaybookError(faults)
        return found

    def __getitem__(self, key: str) -> Mapping[str, object]:
        return self._data[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)


def read_toml(path: Path, faults: list[Fault]) -> dict[str, Any]:
    """Read one TOML file; what keeps it from being read is added to `faults`."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        faults.append(Fault(path.name, "", "", _("the file is not there"), _("put it back")))
    except OSError as error:
        wrong = error.strerror or _("it cannot be read")
        faults.append(Fault(path.name, "", "", wrong, _("make it a file that can be read")))
    except UnicodeDecodeError:
        faults.append(Fault(path.name, "", "", _("it is not UTF-8 text"), _("save it as UTF-8")))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        wrong = str(error) or _("it is nested too deeply")
        faults.append(Fault(path.name, "", "", wrong, _("write it as TOML asks")))
    return {}


def _house_table(path: Path) -> dict[str, Any]:
    faults: list[Fault] = []
    data = read_toml(path, faults)
    faults += [
        Fault(
            path.name, f"[{name}]", "", _("there is no such table"), near(name, _COACH_TABLES, "")
        )
        for name in data
        if name not in (*_COACH_TABLES, *_COACH_ENTRIES)
    ]
    if faults:
        raise PlaybookError(faults)
    table = data.get("playbook", {})
    if not isinstance(table, dict):
        remedy = _("write [playbook] on a line of its own, and its entries below")
        raise PlaybookError([Fault(path.name, "[playbook]", "", _("it is not a table"), remedy)])
    return table


def _load(folder: Path, *, stories: bool = True) -> Playbook:
    faults: list[Fault] = []
    sources = _sources(read_toml(folder / "sources.toml", faults), faults)
    codes = _codes(read_toml(folder / "codes.toml", faults), faults)
    actions = _table(read_toml(folder / "actions.toml", faults), "actions.toml", Action, faults)
    messages = _tables(
        read_toml(folder / "messages.toml", faults),
        "messages.toml",
        ("kind", "item", "field"),
        faults,
    )
    rules, files = _rules(folder, faults)
    variants = _list(
        read_toml(folder / "variants.toml", faults), "variant", "variants.toml", Variant, faults
    )
    playbook = Playbook(
        sources=sources,
        actions=actions,
        rules=rules,
        variants=variants,
        kinds=_table(messages.get("kind", {}), "messages.toml", MessageKind, faults),
        items=_table(messages.get("item", {}), "messages.toml", Item, faults),
        fields=_table(messages.get("field", {}), "messages.toml", FieldSpec, faults),
        codes=codes,
        scenarios=_raw(folder / "scenarios", faults) if stories else {},
        decks=_raw(folder / "decks", faults) if stories else {},
    )
    faults += joints(playbook, files, {fault.file for fault in faults})
    faults += [] if faults else laid(playbook)
    if faults:
        raise PlaybookError(faults)
    return playbook


def _make(model: type[_M], data: object, file: str, where: str, faults: list[Fault]) -> _M | None:
    if not isinstance(data, dict):
        faults.append(
            Fault(
                file,
                where,
                "",
                _("it is not a table"),
                _("write it as {entry}").format(entry=f"[{where}]"),
            )
        )
        return None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        fields = model.model_fields
        names = [info.alias or name for name, info in fields.items() if name != "id"]
        if "timing" in fields or "rule" in fields:
            names += RULE_WORDS
        faults += from_validation(error, file, where, names)
        return None


def _table(
    data: Mapping[str, Any], file: str, model: type[_M], faults: list[Fault]
) -> dict[str, _M]:
    made = {
        key: _make(
            model, {"id": key, **entry} if isinstance(entry, dict) else entry, file, key, faults
        )
        for key, entry in data.items()
    }
    return {key: value for key, value in made.items() if value is not None}


def _list(
    data: Mapping[str, Any], key: str, file: str, model: type[_M], faults: list[Fault]
) -> dict[str, _M]:
    made: dict[str, _M] = {}
    faults += [
        Fault(
            file, name, "", _("there is no such table"), _("use {entry}").format(entry=f"[[{key}]]")
        )
        for name in data
        if name != key
    ]
    entries = data.get(key, [])
    if not isinstance(entries, list):
        faults.append(
            Fault(
                file,
                key,
                "",
                _("it is not a list of tables"),
                _("use {entry}").format(entry=f"[[{key}]]"),
            )
        )
        entries = []
    for number, entry in enumerate(entries, 1):
        name = str(entry.get("id", f"{key} {number}")) if isinstance(entry, dict) else str(number)
        one = _make(model, entry, file, name, faults)
        if one is not None and name in made:
            faults.append(
                Fault(file, name, "id", _("it is there twice"), _("give it a name of its own"))
            )
        elif one is not None:
            made[name] = one
    return made


def _tables(
    data: Mapping[str, Any], file: str, known: tuple[str, ...], faults: list[Fault]
) -> dict[str, dict[str, Any]]:
    """Return the tables of a file that a reader may rely on; what is not one of them is a fault."""
    for name, entry in data.items():
        if name not in known:
            remedy = near(name, known, _("remove it"))
            faults.append(Fault(file, f"[{name}]", "", _("there is no such table"), remedy))
        elif not isinstance(entry, dict):
            remedy = _("write it as {entry}").format(entry=f"[{name}]")
            faults.append(Fault(file, f"[{name}]", "", _("it is not a table"), remedy))
    return {name: data[name] if isinstance(data.get(name), dict) else {} for name in known}


def _rules(folder: Path, faults: list[Fault]) -> tuple[dict[str, Rule], dict[str, str]]:
    rules: dict[str, Rule] = {}
    files: dict[str, str] = {}
    paths = sorted((folder / "rules").glob("*.toml"))
    if not paths:
        faults.append(Fault("rules", "", "", _("there is no rule file"), _("put one there")))
    for path in paths:
        for key, rule in _list(read_toml(path, faults), "rule", path.name, Rule, faults).items():
            if key in rules:
                wrong = _("another file has a rule of this id")
                faults.append(Fault(path.name, key, "id", wrong, _("give it a name of its own")))
            rules[key] = rule
            files[key] = path.name
    return rules, files


def _sources(data: Mapping[str, Any], faults: list[Fault]) -> dict[str, Source]:
    known = ("work", "guidance", "kit", "adviser")
    data = _tables(data, "sources.toml", known, faults)
    work = data["work"]
    entries: dict[str, Any]
    entries = {
        key: {"id": key, "kind": kind, "says": says, "where": work.get(kind, "")}
        for kind in ("guidance", "kit")
        for key, says in data[kind].items()
    }
    for key, adviser in data["adviser"].items():
        is_table = isinstance(adviser, dict)
        entries[key] = {"id": key, "kind": "adviser", **adviser} if is_table else adviser
    made = _table(entries, "sources.toml", Source, faults)
    # Rules that are ours without a numbered reading, and those of a coach.
    made["kit"] = Source(
        id="kit",
        kind="kit",
        says=N_("Our own reading of the guidance."),
        where=str(work.get("kit", "kit")),
    )
    made["house"] = Source(
        id="house", kind="house", says=N_("Your own house rule."), where="coach.toml"
    )
    return made


def _codes(data: Mapping[str, Any], faults: list[Fault]) -> dict[str, dict[str, str]]:
    codes: dict[str, dict[str, str]] = {}
    for table, entries in data.items():
        codes[table] = {}
        for code, says in entries.items() if isinstance(entries, dict) else ():
            if isinstance(says, str) and says.strip():
                codes[table][code] = says
            else:
                faults.append(
                    Fault("codes.toml", table, code, _("it says nothing"), _("say what it means"))
                )
    return codes


def _raw(folder: Path, faults: list[Fault]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.toml")):
        data = read_toml(path, faults)
        if data:
            found[path.stem] = {"file": path.name, **data}
    return found
