"""Choosing among the calls: what happens, then which one, or whatever comes."""

import secrets
from collections.abc import Mapping
from typing import Any

from interview_coach.language import N_, _
from interview_coach.panels import kit
from interview_coach.simulation import Scenario

__all__ = ["CallChoice"]

_FAMILIES = {
    "they do not call": N_("They do not call"),
    "you were to call": N_("You were to call them"),
    "you missed it": N_("You missed the call"),
    "second time": N_("It happens again"),
    "afterwards": N_("Afterwards"),
    "video": N_("On video (our extension of the guidance)"),
    "a visit": N_("A visit (our extension of the guidance)"),
}
_ANY = ""


class CallChoice:
    """Two lists, one below the other: a family of calls, and a call of it.

    Parameters
    ----------
    scenarios : mapping of str to Scenario
        What there is, by id.
    first : str
        Id of the one that is offered first; one that is not there leaves it to chance.
    """

    def __init__(self, scenarios: Mapping[str, Scenario], first: str) -> None:
        self._scenarios = scenarios
        family = scenarios[first].family if first in scenarios else _ANY
        # The families of the kit in its order, then those that a coach has added.
        names = dict.fromkeys((*_FAMILIES, *(one.family for one in scenarios.values())))
        there = {one.family for one in scenarios.values()}
        known = [(_(_FAMILIES.get(name, name)), name) for name in names if name in there]
        self.family = kit.dropdown(_("What happens?"), [*known, (_("Surprise me"), _ANY)], family)
        self.call = kit.dropdown(_("Which call?"), self._calls(family), first if family else _ANY)
        kit.on_change(self.family, self._show)
        self._hide()

    @property
    def value(self) -> str:
        """The id of the chosen call; where it was left open, one of those that fit, by chance."""
        fitting = [key for _title, key in self._calls(self.family.value) if key != _ANY]
        return str(self.call.value or secrets.choice(fitting))

    def _calls(self, family: str) -> list[tuple[str, Any]]:
        calls = [
            (one.title, key) for key, one in self._scenarios.items() if family in {_ANY, one.family}
        ]
        # One call needs no choice, and by chance it would be no surprise.
        return sorted(calls) if len(calls) == 1 else [(_("Any of these"), _ANY), *sorted(calls)]

    def _show(self, family: str) -> None:
        self.call.input.options = self._calls(family)
        self._hide()

    def _hide(self) -> None:
        self.call.layout.display = None if self.family.value else "none"
