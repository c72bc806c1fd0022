"""Stories that were handed to the practice page: by which policy they are to be played, and in which world.

They stand in a file beside the log, under the practised call that each belongs to, so that a call which is
gone on with, played again or looked at later is the same story still. Only its owner can read it.
"""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interview_coach.errors import KitError
from interview_coach.language import N_, _
from interview_coach.outcomes.address import is_server, location
from interview_coach.playbook import Playbook
from interview_coach.simulation import Scenario
from interview_coach.writing import read_object, write_whole

if TYPE_CHECKING:
    # Loaded where it is needed: most calls that are practised were handed over by nobody.
    from interview_coach.comparing import Plan, Policy

__all__ = ["FILE", "Handed", "HandedStory"]

FILE = "handed.json"
_MOST_BYTES = 4_000_000
_LOST = N_(
    "This call cannot be played again: what Compare handed over with it cannot be read any more."
)


@dataclass(frozen=True)
class HandedStory:
    """What goes with a story that was handed over, as plain values.

    Attributes
    ----------
    name : str
        The policy's name, in words.
    policy : mapping
        The policy by which it is to be played.
    values : mapping of str to float
        The assumptions that are not as shipped.
    """

    name: str
    policy: Mapping[str, Any]
    values: Mapping[str, float]

    @classmethod
    def of(cls, name: str, policy: "Policy", values: Mapping[str, float]) -> "HandedStory":
        """Write a policy and the values of some assumptions as plain values."""
        steps = [one.model_dump(exclude_none=True) for one in policy.steps]
        return cls(name, {**asdict(replace(policy, steps=())), "steps": steps}, dict(values))

    @property
    def short(self) -> str:
        """The policy's short name, for the middle of a sentence."""
        from interview_coach.comparing import quoted

        return quoted(str(self.policy.get("id", self.name)))

    def read(self) -> "Policy":
        """Give the policy.

        Raises
        ------
        KitError
            If it is none of this version's.
        """
        from interview_coach.comparing import Policy, Step

        names = {one.name for one in fields(Policy)}
        try:
            steps = tuple(Step.model_validate(one) for one in self.policy["steps"])
            rest: dict[str, Any] = {
                name: tuple(value) if isinstance(value, list) else value
                for name, value in self.policy.items()
                if name in names
            }
            return Policy(**{**rest, "steps": steps})
        except (TypeError, ValueError, KeyError):
            raise KitError(_(_LOST)) from None

    def plan(self, playbook: Playbook, scenario: Scenario) -> "Plan":
        """Lay the policy on the clock of a story.

        Raises
        ------
        KitError
            If it cannot be followed there any more.
        """
        from interview_coach.comparing import checked, plan_of

        return plan_of(checked(self.read(), playbook, scenario), playbook, scenario)

    def world(self, scenario: Scenario) -> Scenario:
        """Give the scenario with the values that were handed over.

        Raises
        ------
        KitError
            If they are none of this version's.
        """
        if not self.values:
            return scenario
        from interview_coach.comparing import assume

        usual = assume(scenario)
        if not all(name in usual.about and _possible(one) for name, one in self.values.items()):
            raise KitError(_(_LOST))
        try:
            return replace(usual, values={**usual.values, **self.values}).scenario()
        except (ValueError, TypeError):
            raise KitError(_(_LOST)) from None


class Handed:
    """The stories that were handed over, in their file.

    Parameters
    ----------
    log : str
        The file or URL of the log; the file is beside it, or in the work folder for a server's.
    """

    def __init__(self, log: str) -> None:
        url = location(log)
        folder = Path() if is_server(url) else Path(str(url.database)).parent
        self.path = folder / FILE

    def of(self, attempt_id: str) -> HandedStory | None:
        """Give what was handed over with a practised call; None where nothing was."""
        kept = self._all().get(attempt_id)
        if kept is None:
            return None
        try:
            return HandedStory(str(kept["name"]), dict(kept["policy"]), dict(kept["values"]))
        except (TypeError, ValueError, KeyError):
            raise KitError(_(_LOST)) from None

    def keep(self, attempt_id: str, story: HandedStory) -> None:
        """Keep what goes with a practised call.

        Raises
        ------
        KitError
            If the file cannot be written.
        """
        self._write({**self._all(), attempt_id: asdict(story)})

    def erase(self, attempt_ids: Iterable[str]) -> None:
        """Take out what went with practised calls that are erased."""
        kept, gone = self._all(), set(attempt_ids)
        if gone & set(kept):
            self._write({key: one for key, one in kept.items() if key not in gone})

    def _all(self) -> dict[str, Any]:
        """Read the file; one that is torn holds nothing that could be told."""
        return read_object(self.path, _MOST_BYTES)

    def _write(self, stories: Mapping[str, Any]) -> None:
        try:
            write_whole(self.path, json.dumps(stories).encode())
        except OSError as error:
            raise KitError(
                _(
                    "The story could not be handed over: {file} cannot be written ({reason}); make room "
                    "there, then try again."
                ).format(file=FILE, reason=error.strerror)
            ) from None


def _possible(value: object) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and math.isfinite(value) and value >= 0  # type: ignore[operator,arg-type]
