"""What one entry of the playbook says of another must be there, and every variant must fit."""

from collections.abc import Collection, Mapping

from interview_coach.language import _
from interview_coach.playbook.faults import Fault, PlaybookError, near
from interview_coach.playbook.model import Playbook, Rule
from interview_coach.playbook.overlay import pick

__all__ = ["joints", "laid"]


def joints(playbook: Playbook, files: Mapping[str, str], broken: Collection[str]) -> list[Fault]:
    """Check what one entry says of another: sources, actions, templates, variants, items, blanks.

    `files` says which file a rule is in. Names that a `broken` file may hold are not asked for:
    one slip there would be told a hundred times.
    """
    faults: list[Fault] = []

    def known(
        value: str, names: Mapping[str, object], home: str, file: str, where: str, field: str
    ) -> None:
        if value not in names and home not in broken:
            remedy = near(
                value, names, _("add it to {file} or use one that is there").format(file=home)
            )
            faults.append(
                Fault(
                    file, where, field, _("{value} is not known").format(value=repr(value)), remedy
                )
            )

    def check_rule(rule: Rule, file: str) -> None:
        for source in rule.source:
            known(source, playbook.sources, "sources.toml", file, rule.id, "source")
        known(rule.do, playbook.actions, "actions.toml", file, rule.id, "do")
        for variant in rule.variants:
            known(variant, playbook.variants, "variants.toml", file, rule.id, "variants")
        if rule.template is not None:
            known(rule.template, playbook.kinds, "messages.toml", file, rule.id, "template")

    for rule in playbook.rules.values():
        check_rule(rule, files.get(rule.id, "rules"))
    others = {"sources.toml", "codes.toml", "actions.toml", "messages.toml", "variants.toml"}
    rules_broken = not others.issuperset(broken)
    for variant in playbook.variants.values():
        file = "variants.toml"
        known(variant.id, playbook.sources, "sources.toml", file, variant.id, "id")
        for change in variant.change if not rules_broken else ():
            known(change.rule, playbook.rules, "rules", file, variant.id, "change.rule")
        for rule in variant.rule:
            check_rule(rule, file)
    skills = playbook.codes.get("skill", {})
    for action in playbook.actions.values():
        known(action.skill, skills, "codes.toml", "actions.toml", action.id, "skill")
    for kind in playbook.kinds.values():
        for source in kind.source:
            known(source, playbook.sources, "sources.toml", "messages.toml", kind.id, "source")
        for name, names, field in (
            *((item, playbook.items, "required") for item in kind.required),
            *((item, playbook.items, "optional") for item in kind.optional),
            *((blank, playbook.fields, "needs") for blank in kind.needs),
            *((blank, playbook.fields, "may") for blank in kind.may),
        ):
            known(name, names, "messages.toml", "messages.toml", kind.id, field)
    for blank in playbook.fields.values():
        if blank.type == "choice":
            known(blank.id, playbook.codes, "codes.toml", "messages.toml", blank.id, "id")
    return faults


def laid(playbook: Playbook) -> list[Fault]:
    """Lay each variant over the rules: one that cannot be must not wait until somebody picks it."""
    faults: list[Fault] = []
    for key in playbook.variants:
        try:
            pick(playbook, (key,))
        except PlaybookError as error:
            faults += error.faults
    return faults
