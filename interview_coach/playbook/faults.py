"""What is wrong with a playbook: every fault at once, each with file, rule, field and remedy."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from interview_coach.errors import KitError

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
        many = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        lines = "\n".join(f"- {fault}" for fault in faults)
        super().__init__(f"The playbook has {many}:\n{lines}")


def near(wrong: object, known: Iterable[str], otherwise: str) -> str:
    """Write the remedy for a name that is not known: the nearest names, or all if there are few."""
    names = list(known)
    hits = difflib.get_close_matches(str(wrong), names, 2, 0.6)
    if hits:
        return "did you mean " + " or ".join(f"'{hit}'" for hit in hits)
    if 0 < len(names) <= 12:
        return "use one of " + ", ".join(names)
    return otherwise


def from_validation(
    error: ValidationError, file: str, where: str, fields: Iterable[str]
) -> list[Fault]:
    """Turn what pydantic found into faults that say what would be right."""
    known = list(fields)
    return [_fault(detail, file, where, known) for detail in error.errors(include_url=False)]


def _fault(detail: Any, file: str, where: str, known: list[str]) -> Fault:
    field = ".".join(str(part) for part in detail["loc"])
    given, kind = detail.get("input"), detail["type"]
    shown = repr(given) if isinstance(given, str | int | float | bool) else type(given).__name__
    if kind == "missing":
        return Fault(file, where, field, "it is missing", "add it")
    if kind == "extra_forbidden":
        remedy = near(field.rpartition(".")[2], known, "remove it")
        return Fault(file, where, field, "there is no such field", remedy)
    if kind == "literal_error":
        allowed = detail["ctx"]["expected"].replace(" or ", ", ")
        return Fault(file, where, field, f"{shown} is not known", f"use one of {allowed}")
    if kind == "value_error":
        return Fault(file, where, field, str(detail["ctx"]["error"]), "put that right")
    message = detail["msg"][0].lower() + detail["msg"][1:]
    return Fault(file, where, field, f"{shown} does not fit", message)
