"""Lay other rules over the playbook: an adviser's variant, or a coach's house rules.

Both are the same thing, changes to rules and added rules, and both show what they changed.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.playbook.faults import Fault, PlaybookError, from_validation, near
from interview_coach.playbook.model import RULE_WORDS, Change, HouseChange, Playbook, Rule

__all__ = ["pick", "with_house"]


class _House(BaseModel):
    """The [playbook] table of a coach.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    variants: tuple[str, ...] = ()
    change: tuple[Change, ...] = ()
    rule: tuple[Rule, ...] = ()


def pick(playbook: Playbook, variants: tuple[str, ...], file: str = "") -> Playbook:
    """Pick advisers' variants by id, in the order given.

    Raises
    ------
    KitError
        If there is no variant of such an id; the text lists those that there are.
    """
    unknown = _unknown_variants(playbook, variants, file)
    if unknown:
        raise PlaybookError(unknown) if file else KitError(" ".join(map(str, unknown)))
    for wanted in variants:
        key = wanted.strip().upper()
        if key in playbook.picked:
            continue
        variant = playbook.variants[key]
        playbook = _lay(playbook, variant.change, variant.rule, key, file or "variants.toml")
        playbook = replace(playbook, picked=(*playbook.picked, key))
    return playbook


def _unknown_variants(playbook: Playbook, variants: tuple[str, ...], file: str) -> list[Fault]:
    known = ", ".join(playbook.variants)
    return [
        Fault(
            file,
            "",
            "variant",
            _("there is no variant {name!r}").format(name=wanted),
            _("use one of {names}").format(names=known),
        )
        for wanted in variants
        if wanted.strip().upper() not in playbook.variants
    ]


def with_house(playbook: Playbook, table: Mapping[str, Any], file: str) -> Playbook:
    """Lay the ``[playbook]`` table of a coach's file over the playbook.

    Raises
    ------
    PlaybookError
        If anything in the table is wrong; all faults at once.
    """
    given = dict(table)
    if isinstance(given.get("rule"), list):
        # A coach need not write the source of a rule of their own.
        given["rule"] = [
            {"source": ["house"], **rule} if isinstance(rule, dict) else rule
            for rule in given["rule"]
        ]
    try:
        house = _House.model_validate(given)
    except ValidationError as error:
        names = (*_House.model_fields, *Change.model_fields, *RULE_WORDS)
        raise PlaybookError(from_validation(error, file, "[playbook]", names)) from None
    unknown = _unknown_variants(playbook, house.variants, file)
    known = tuple(key for key in house.variants if key.strip().upper() in playbook.variants)
    playbook = pick(playbook, known, file)
    try:
        playbook = _lay(playbook, house.change, house.rule, "house", file)
    except PlaybookError as error:
        raise PlaybookError((*unknown, *error.faults)) from None
    if unknown:
        raise PlaybookError(unknown)
    return playbook


def _lay(
    playbook: Playbook, changes: tuple[Change, ...], added: tuple[Rule, ...], by: str, file: str
) -> Playbook:
    rules, faults, changed = dict(playbook.rules), [], list(playbook.changed)
    for change in changes:
        if change.rule not in rules:
            remedy = near(change.rule, rules, _("interview-coach check lists them"))
            wrong = _("there is no rule {name!r}").format(name=change.rule)
            faults.append(Fault(file, "", "change.rule", wrong, remedy))
            continue
        was = rules[change.rule]
        try:
            now = _changed(was, change, by)
        except ValidationError as error:
            faults += from_validation(error, file, change.rule, RULE_WORDS)
            continue
        if now.template is not None and now.template not in playbook.kinds:
            wrong = _("{value} is not known").format(value=repr(now.template))
            remedy = near(now.template, playbook.kinds, _("see the playbook"))
            faults.append(Fault(file, change.rule, "template", wrong, remedy))
            continue
        rules[change.rule] = now
        changed += _differences(was, now, by)
    for rule in added:
        missing = [
            Fault(
                file,
                rule.id,
                field,
                _("{value} is not known").format(value=repr(value)),
                near(value, names, _("see the playbook")),
            )
            for field, value, names in (
                ("do", rule.do, playbook.actions),
                ("template", rule.template or "", {"": 0, **playbook.kinds}),
                *(("source", source, playbook.sources) for source in rule.source),
                *(("variants", variant, playbook.variants) for variant in rule.variants),
            )
            if value not in names
        ]
        if rule.id in rules:
            wrong = _("there is a rule of this id already")
            missing.append(Fault(file, rule.id, "id", wrong, _("use change to change it")))
        faults += missing
        rules[rule.id] = rule
        changed.append(HouseChange(by, rule.id, "rule", _("not there"), rule.say))
    if faults:
        raise PlaybookError(faults)
    return replace(playbook, rules=rules, changed=tuple(changed))


def _changed(rule: Rule, change: Change, by: str) -> Rule:
    data = rule.model_dump(by_alias=True, exclude_unset=True)
    for name in ("timing", "when"):
        part = getattr(change, name)
        if part is not None:
            data[name] = {**(data.get(name) or {}), **part}
    for name in ("say", "because", "template", "off"):
        if getattr(change, name) is not None:
            data[name] = getattr(change, name)
    data["source"] = (*rule.source, *(key for key in (by,) if key not in rule.source))
    return Rule.model_validate(data)


def _differences(was: Rule, now: Rule, by: str) -> list[HouseChange]:
    return [
        HouseChange(by, was.id, name, _shown(getattr(was, name)), _shown(getattr(now, name)))
        for name in ("timing", "when", "say", "because", "template", "off")
        if getattr(was, name) != getattr(now, name)
    ]


def _shown(value: object) -> str:
    if isinstance(value, BaseModel):
        parts = value.model_dump(by_alias=True, exclude_unset=True)
        return ", ".join(f"{name} {part}" for name, part in parts.items())
    return str(value)
