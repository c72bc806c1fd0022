"""What is chosen on the page of policies, and what is typed there: plain values that a desk can keep."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from interview_coach.comparing import FIGURES, SCENARIOS
from interview_coach.language import N_

__all__ = ["FIGURE_WORDS", "Choice", "Draft", "number_of"]

FIGURE_WORDS = {
    "completed": N_("interviews that take place"),
    "connected": N_("interviews held that day"),
    "waiting_minutes": N_("minutes of waiting"),
    "calls": N_("calls that day"),
    "goodwill": N_("goodwill left"),
}
assert set(FIGURE_WORDS) == set(FIGURES)


@dataclass(frozen=True)
class Draft:
    """A policy that is being built, as it was typed; an empty minute is something not done.

    With a `check`, what stands in `then_call`, `then_email` and `then_hold` is done in place of the
    calls, the email and the end of the wait where it shows something; empty is as without it.
    """

    name: str = ""
    call: str = "15"
    voicemail: bool = True
    email: str = "17"
    again: str = ""
    hold: str = "60"
    next_day: bool = True
    confirm: bool = True
    swap: bool = True
    check: str = ""
    check_at: str = "5"
    then_call: str = ""
    then_email: str = ""
    then_hold: str = ""


@dataclass(frozen=True)
class Choice:
    """What a person wants to compare.

    Attributes
    ----------
    scenario : str
        Whose world.
    left_out : tuple of str
        Policies, by id, that are not compared.
    days : int
        Within which an interview counts as completed.
    use_log : bool
        Whether the log takes the place of the assumptions where it holds enough cases.
    typed : mapping of str to (mapping of str to str)
        By scenario and assumption: what was typed in place of the value, right or wrong.
    first, second : str
        The two policies whose change of places is asked for; "" for the two best.
    figure : str
        By which they are held against each other.
    across, up : str
        The assumptions of the map.
    draft : Draft
        The policy that is being built.
    runs, seed : str
        Of the simulation, as typed.
    story, played : str
        The number of the one story, as typed, and the policy as which it is told; "" for the first.
    """

    scenario: str = "silent_phone"
    left_out: tuple[str, ...] = ()
    days: int = 7
    use_log: bool = True
    typed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    first: str = ""
    second: str = ""
    figure: str = "completed"
    across: str = "later.accept"
    up: str = "later.unprompted"
    draft: Draft = field(default_factory=Draft)
    runs: str = "100000"
    seed: str = "0"
    story: str = "0"
    played: str = ""

    def kept(self) -> dict[str, Any]:
        """Give it as plain values, for `taken`."""
        return asdict(self)

    @classmethod
    def taken(cls, kept: Mapping[str, Any]) -> "Choice":
        """Make the choice that was kept.

        Raises
        ------
        TypeError, ValueError, KeyError, AttributeError
            If it is none of this version's.
        """
        draft = Draft(**kept.get("draft", {}))
        typed = {
            str(one): {str(name): str(text) for name, text in values.items()}
            for one, values in kept.get("typed", {}).items()
        }
        left_out = tuple(map(str, kept.get("left_out", ())))
        choice = cls(**{**kept, "draft": draft, "typed": typed, "left_out": left_out})
        usual = cls()
        wrong = [
            name
            for made, like in ((choice, usual), (choice.draft, usual.draft))
            for name, value in vars(made).items()
            if type(value) is not type(getattr(like, name))
        ]
        if (
            wrong
            or choice.scenario not in SCENARIOS
            or choice.figure not in FIGURES
            or not 0 <= choice.days <= 365
        ):
            raise ValueError("This choice was kept by another version.")
        return choice


def number_of(text: str) -> float | None:
    """Read a number as people write it (0.4, 0,4 or 40%); None where it is none."""
    bare = text.strip().replace(",", ".")
    share = bare.endswith("%")
    try:
        value = float(bare.rstrip("%").strip())
    except ValueError:
        return None
    if not math.isfinite(value):
        return None
    # 40 and a hundredth of it are not the same last digit.
    return round(value / 100, 9) if share else value
