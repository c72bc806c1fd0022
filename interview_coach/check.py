"""The ledger: what carries each piece of guidance, and whether every rule speaks as it should.

`interview-coach check` prints it; a hole in it (a guidance id that nothing carries, a rule that is
silent where it must speak) ends with exit code 1.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from whenever import ZonedDateTime

from interview_coach.advice import Situation, advise
from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.messages import fill
from interview_coach.messages.languages import LANGUAGES, VOICES
from interview_coach.playbook import Playbook, Rule, pick
from interview_coach.playbook.model import Example
from interview_coach.simulation import Scenario, load_scenarios
from interview_coach.simulation.walk import Walk, unreached
from interview_coach.wording import number
from interview_coach.workshop.decks import load_decks

__all__ = ["Hole", "Ledger", "RuleCheck", "TemplateCheck", "ledger"]

_START = ZonedDateTime(2026, 3, 5, 14, tz="Europe/London")


@dataclass(frozen=True)
class Hole:
    """Something the ledger found wanting: where, and what would fill it."""

    where: str
    wrong: str


@dataclass(frozen=True)
class RuleCheck:
    """Whether a rule speaks in its must-speak example and is silent in the other.

    `speaks_in` and `silent_in` say the two situations in words.
    """

    id: str
    source: tuple[str, ...]
    speaks: bool
    silent: bool
    speaks_in: str
    silent_in: str


@dataclass(frozen=True)
class TemplateCheck:
    """Whether a template fills, with all blanks and with only those it needs, and its words."""

    kind: str
    words: int
    most_words: int
    fault: str


@dataclass(frozen=True)
class Ledger:
    """All that was checked. `carried` maps each source id to what carries it."""

    carried: dict[str, tuple[str, ...]]
    rules: tuple[RuleCheck, ...]
    templates: tuple[TemplateCheck, ...]
    scenarios: tuple[str, ...]
    decks: tuple[str, ...]
    walks: Mapping[str, Walk]
    changed: tuple[str, ...]
    holes: tuple[Hole, ...]

    def as_dict(self) -> dict[str, Any]:
        """Give the ledger as plain values for JSON."""
        return {
            "ok": not self.holes,
            "guidance": [{"id": key, "carried_by": list(by)} for key, by in self.carried.items()],
            "rules": [
                {
                    "id": r.id,
                    "source": list(r.source),
                    "must_speak": r.speaks,
                    "must_be_silent": r.silent,
                    "speaks_in": r.speaks_in,
                    "silent_in": r.silent_in,
                }
                for r in self.rules
            ],
            "templates": [
                {
                    "kind": t.kind,
                    "words": t.words,
                    "most_words": t.most_words,
                    "fault": t.fault or None,
                }
                for t in self.templates
            ],
            "scenarios": list(self.scenarios),
            "decks": list(self.decks),
            "walks": [
                {
                    "scenario": walk.scenario,
                    "states": walk.states,
                    "ended": walk.ended,
                    "outcomes": sorted(walk.outcomes),
                    "failures": [str(failure) for failure in walk.failures],
                }
                for walk in self.walks.values()
            ],
            "changed": list(self.changed),
            "holes": [{"where": hole.where, "wrong": hole.wrong} for hole in self.holes],
        }


def ledger(playbook: Playbook, walks: Mapping[str, Walk] | None = None) -> Ledger:
    """Check the playbook as a whole: coverage, examples, templates, scenarios, decks.

    Parameters
    ----------
    playbook : Playbook
        With house rules and picked variants already laid over it.
    walks : mapping of str to Walk, optional
        What walking all scenarios found (`walk_all`); left out, stories are not judged.
    """
    scenarios = load_scenarios(playbook)
    carried = _carried(playbook)
    rules = tuple(_checked_rules(playbook))
    templates = tuple(_checked_template(kind, playbook) for kind in playbook.kinds)
    return Ledger(
        carried=carried,
        rules=rules,
        templates=templates,
        scenarios=tuple(scenarios),
        decks=tuple(load_decks(playbook, scenarios)),
        walks=walks or {},
        changed=tuple(f"{c.by}: {c.rule}, {c.field}: {c.was} -> {c.now}" for c in playbook.changed),
        holes=(
            *_holes(playbook, carried, rules, templates),
            *_unwalked(playbook, scenarios, walks or {}),
        ),
    )


def _carried(playbook: Playbook) -> dict[str, tuple[str, ...]]:
    by: dict[str, list[str]] = {key: [] for key in playbook.sources if key not in {"kit", "house"}}
    variants = {variant.id: variant for variant in playbook.variants.values()}
    for rule in (*playbook.rules.values(), *(r for v in variants.values() for r in v.rule)):
        for source in rule.source:
            by.setdefault(source, []).append(_("rule {id}").format(id=rule.id))
    for kind in playbook.kinds.values():
        for source in kind.source:
            by.setdefault(source, []).append(_("template {id}").format(id=kind.id))
    for key in variants:
        by.setdefault(key, []).append(_("variant {id}").format(id=key))
    return {key: tuple(dict.fromkeys(carriers)) for key, carriers in by.items()}


def _checked_rules(playbook: Playbook) -> Iterable[RuleCheck]:
    for rule in playbook.rules.values():
        if not rule.off:
            yield _checked_rule(rule, playbook)
    for variant in playbook.variants.values():
        if variant.id not in playbook.picked:
            picked = pick(playbook, (variant.id,))
            for rule in variant.rule:
                yield _checked_rule(rule, picked)


def _checked_rule(rule: Rule, playbook: Playbook) -> RuleCheck:
    def spoken(example: Example) -> bool:
        now = _START.add(minutes=example.minutes_past)
        situation = Situation(
            scheduled=_START,
            new_time=now.add(hours=24),
            spoke_at=now,
            **example.model_dump(exclude={"minutes_past"}),
        )
        plan = advise(situation, now, playbook)
        return rule.id in {step.id for step in plan.steps} | {r.id for r in plan.avoid}

    return RuleCheck(
        id=rule.id,
        source=rule.source,
        speaks=spoken(rule.speaks),
        silent=not spoken(rule.silent),
        speaks_in=_in_words(rule.speaks),
        silent_in=_in_words(rule.silent),
    )


def _in_words(example: Example) -> str:
    given = example.model_dump(exclude_unset=True)
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in given.items())


def _checked_template(kind: str, playbook: Playbook) -> TemplateCheck:
    spec = playbook.kinds[kind]
    samples: dict[str, Any] = {
        "text": "a plain text",  # unmarked: to fill in
        "moment": _START.add(hours=1),
        "phone": "020 7946 0100",
        "email": "amara@example.org",
        "count": 2,
        "texts": ("Tuesday after 2 pm", "Wednesday morning"),  # unmarked: to fill in
        "flag": True,
    }
    longest = 0
    try:
        for names in ((*spec.needs, *spec.may), spec.needs):
            fields = {
                name: next(iter(playbook.codes[name]))
                if playbook.fields[name].type == "choice"
                else samples[playbook.fields[name].type]
                for name in names
            }
            if "appointment" in fields:
                fields["appointment"] = _START  # a miss is spoken of once it has come
            for language in LANGUAGES:
                for voice in VOICES:
                    filled = fill(
                        kind, fields, playbook, now=_START, voice=voice, language=language
                    )
                    longest = max(longest, filled.words)
            if longest > spec.most_words:
                fault = _("it has {n} words, the most is {most}").format(
                    n=longest, most=spec.most_words
                )
                return TemplateCheck(kind, longest, spec.most_words, fault)
    except KitError as error:
        return TemplateCheck(kind, 0, spec.most_words, str(error))
    return TemplateCheck(kind, longest, spec.most_words, "")


def _holes(
    playbook: Playbook,
    carried: dict[str, tuple[str, ...]],
    rules: tuple[RuleCheck, ...],
    templates: tuple[TemplateCheck, ...],
) -> Iterable[Hole]:
    for key, by in carried.items():
        if not by:
            yield Hole(
                key,
                _("nothing carries it: add a rule, a template or a variant with this source"),
            )
    for rule in rules:
        where = _("rule {id}").format(id=rule.id)
        if not rule.speaks:
            yield Hole(where, _("it is silent in the example where it must speak"))
        if not rule.silent:
            yield Hole(where, _("it speaks in the example where it must be silent"))
    for template in templates:
        if template.fault:
            where = _("template {id}").format(id=template.kind)
            yield Hole(where, template.fault.rstrip("."))
    used = {name for kind in playbook.kinds.values() for name in (*kind.needs, *kind.may)}
    for name in playbook.fields:
        if name not in used:
            where = _("blank {name}").format(name=name)
            yield Hole(where, _("no template uses it: remove it or use it"))


_MOST_SHOWN = 3  # stories named of one scenario: the same slip fails many


def _unwalked(
    playbook: Playbook, scenarios: Mapping[str, Scenario], walks: Mapping[str, Walk]
) -> Iterable[Hole]:
    for key, found in walks.items():
        where = _("scenario {id}").format(id=key)
        for failure in found.failures[:_MOST_SHOWN]:
            yield Hole(where, str(failure))
        if len(found.failures) > _MOST_SHOWN:
            more = len(found.failures) - _MOST_SHOWN
            yield Hole(where, _("{n} more stories fail").format(n=number(more)))
        for what in unreached(scenarios[key], found):
            yield Hole(where, _("{what} is never reached").format(what=what))
    if walks:
        spoken = set().union(*(found.rules for found in walks.values()))
        for rule in playbook.rules.values():
            # A coach's own rule may be for a moment that no shipped story has.
            if not rule.off and rule.id not in spoken and "house" not in rule.source:
                where = _("rule {id}").format(id=rule.id)
                yield Hole(where, _("it speaks in no story: add a scenario for it"))
