"""What is wrong with a playbook: every fault at once, each with file, rule, field and remedy."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from interview_coach.errors import KitError
from interview_coach.language import N_, _, ngettext

__all__ = ["Fault", "PlaybookError", "from_validation", "near"]


@dataclass(frozen=True)
class Fault:
    """One thing wrong in the data: where it stands, what is wrong, and what would be right."""

    file: str
    where: str
    field: str
    wrong: str
    remedy: str

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.file, self.where, self.field) if part)
        return f"{place}: {self.wrong}; {self.remedy}."


class PlaybookError(KitError):
    """The playbook cannot be used as it is; `faults` lists everything that is wrong with it."""

    def __init__(self, faults: Sequence[Fault]):
        self.faults = tuple(faults)
        one = len(faults) == 1
        listed = str(faults[0]) if one else "\n" + "\n".join(f"- {fault}" for fault in faults)
        says = ngettext("The playbook has 1 fault:", "The playbook has {n} faults:", len(faults))
        super().__init__(f"{says.format(n=len(faults))}{' ' if one else ''}{listed}")


def near(wrong: object, known: Iterable[str], otherwise: str) -> str:
    """Write the remedy for a name that is not known: the nearest names, or all if there are few."""
    names = list(dict.fromkeys(known))
    hits = difflib.get_close_matches(str(wrong), names, 2, 0.6)
    if hits:
        if len(hits) == 1:
            return _("did you mean '{name}'").format(name=hits[0])
        return _("did you mean '{name}' or '{other}'").format(name=hits[0], other=hits[1])
    if 0 < len(names) <= 12:
        return _("use one of {names}").format(names=", ".join(names))
    return otherwise


def from_validation(
    error: ValidationError, file: str, where: str, fields: Iterable[str]
) -> list[Fault]:
    """Turn what pydantic found into faults that say what would be right."""
    known = list(fields)
    return [_fault(detail, file, where, known) for detail in error.errors(include_url=False)]


_REMEDIES = {
    "int_parsing": N_("use a whole number"),
    "int_type": N_("use a whole number"),
    "int_from_float": N_("use a whole number"),
    "bool_parsing": N_("use true or false"),
    "bool_type": N_("use true or false"),
    "string_type": N_("use text in quotes"),
    "tuple_type": N_("use a list in square brackets"),
    "dict_type": N_("use a table in curly brackets"),
    "model_type": N_("use a table in curly brackets"),
    "string_pattern_mismatch": N_("use small letters, digits and '-', a letter first"),
}


def _fault(detail: Any, file: str, where: str, known: list[str]) -> Fault:
    field = _place(detail["loc"])
    given, kind = detail.get("input"), detail["type"]
    shown = repr(given) if isinstance(given, str | int | float | bool) else type(given).__name__
    if kind == "missing":
        return Fault(file, where, field, _("it is missing"), _("add it"))
    if kind == "extra_forbidden":
        remedy = near(field.rpartition(".")[2], known, _("remove it"))
        return Fault(file, where, field, _("there is no such field"), remedy)
    if kind == "literal_error":
        allowed = detail["ctx"]["expected"].replace(" or ", ", ")
        wrong = _("{value} is not known").format(value=shown)
        return Fault(file, where, field, wrong, _("use one of {names}").format(names=allowed))
    if kind == "value_error":
        return Fault(file, where, field, str(detail["ctx"]["error"]), _("put that right"))
    own = _REMEDIES.get(kind)
    message = _(own) if own else detail["msg"][0].lower() + detail["msg"][1:]
    return Fault(file, where, field, _("{value} does not fit").format(value=shown), message)


def _place(loc: tuple[str | int, ...]) -> str:
    # People count from one: the second entry of `change` is "change 2".
    parts: list[str] = []
    for part in loc:
        if isinstance(part, int) and parts:
            parts[-1] = f"{parts[-1]} {part + 1}"
        else:
            parts.append(str(part))
    return ".".join(parts)
