"""Policies as data: what to do when, said ahead of the call.

A policy is a list of timed steps; each is done if both are not in touch by then. `reading` makes them
of a file and of the rules in force, `soundness` says which cannot be followed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict

from interview_coach.comparing.moments import moment_of
from interview_coach.language import N_, _
from interview_coach.playbook import Playbook
from interview_coach.simulation.scenario import Scenario

__all__ = ["CHECKS", "TIMED", "VERBS", "Apology", "Plan", "Policy", "Step", "plan_of"]

VERBS: Mapping[str, str] = {
    "call": N_("while both are not in touch"),
    "leave_voicemail": N_("straight after a call that nobody answers"),
    "send_email": N_("while both are not in touch"),
    "stop_waiting": N_("when both are not in touch by then"),
    "propose_times": N_("when no new time has been agreed by then"),
    "confirm_ahead": N_("when a new time has been agreed"),
    "leave_margins": N_("when a new time is chosen"),
    "ask_them_to_call": N_("after a second miss"),
    "gather": N_("while both are not in touch"),
    "check_time": N_("while both are not in touch"),
    "check_number": N_("while both are not in touch"),
    "check_link": N_("while both are not in touch"),
}
"""What a policy may do, and on which condition each of it is done."""

CHECKS = ("check_time", "check_number", "check_link")
"""What may show something on the way, on which other steps may then depend."""

TIMED = ("gather", "call", "send_email", "stop_waiting", "propose_times", *CHECKS)
"""What has to have its minute."""

_ORDER = (
    *CHECKS,
    "gather",
    "call",
    "leave_voicemail",
    "send_email",
)  # of what is due at one minute
_TALK = ("apologise", "ask_good_time")  # once both are on the line, after a miss of one's own
_DAY = 24 * 60

Apology = Literal["brief", "plain"]


class Step(BaseModel):
    """Something to do; `at` is the minute past the agreed start (none: straight after what it follows).

    With `noticed` it is done only if that check showed something, and then in place of every step of
    the same verb that asks for nothing.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    do: str
    at: int | None = None
    noticed: str | None = None

    @property
    def condition(self) -> str:
        """On which condition it is done, in words."""
        when = _(VERBS[self.do])
        if not self.noticed:
            return when
        return _("{when}, if {check} showed something").format(when=when, check=repr(self.noticed))


@dataclass(frozen=True)
class Policy:
    """A rule of conduct to be compared: its steps, in order.

    `apology` and `offers` matter where the miss was the candidate's own: whether it is brief or owns
    the miss plainly, and whether two or three times are named with it.
    """

    id: str
    says: str
    source: tuple[str, ...]
    steps: tuple[Step, ...]
    apology: Apology = "brief"
    offers: bool = False


@dataclass(frozen=True)
class Plan:
    """When a policy does what, one thing after another, in minutes past the agreed start.

    Attributes
    ----------
    acts : tuple of (int, str)
        The minute at which each act of the day begins, and its verb; the last one stops waiting.
    next_day : int or None
        Days until an email offers new times; 0 where it is written the same day, after the wait.
    confirms, swaps : bool
        Whether a new time is confirmed ahead, and who calls is swapped after a second miss.
    branches : mapping of frozenset of str to Plan
        What is done instead where these checks have shown something.
    shows : mapping of str to frozenset of str
        Cause -> the checks of this plan that show something under it.
    talk : tuple of str
        What is said in order once both are on the line, before a time is chosen.
    margins : bool
        Whether time is kept free on both sides of a new appointment.
    apology, offers
        See `Policy`.
    """

    acts: tuple[tuple[int, str], ...]
    next_day: int | None
    confirms: bool
    swaps: bool
    branches: Mapping[frozenset[str], "Plan"] = field(default_factory=dict)
    shows: Mapping[str, frozenset[str]] = field(default_factory=dict)
    talk: tuple[str, ...] = ()
    margins: bool = False
    apology: Apology = "brief"
    offers: bool = False

    def under(self, cause: str) -> "Plan":
        """Give what is done under a cause; it has no branches any more."""
        seen = self.branches.get(self.shows.get(cause, frozenset()))
        return seen or replace(self, branches={}, shows={})

    @cached_property
    def hold(self) -> int:
        """The minute at which the wait ends."""
        return self.acts[-1][0]

    @cached_property
    def calls(self) -> tuple[int, ...]:
        """The minutes at which calls begin."""
        return tuple(minute for minute, do in self.acts if do == "call")

    def first(self, verbs: Sequence[str]) -> int | None:
        """Give the minute of the first of some verbs; None where the policy has none of them."""
        return next((minute for minute, do in self.acts if do in verbs), None)

    @property
    def tells(self) -> bool:
        """Whether the interviewer finds a message of that day."""
        return self.first(("leave_voicemail", "send_email")) is not None


def plan_of(policy: Policy, playbook: Playbook, scenario: Scenario) -> Plan:
    """Lay the steps of a policy on the clock: what is not over delays what comes next."""
    used = {one.noticed for one in policy.steps}
    checks = {one.do for one in policy.steps if one.do in used}
    shows = {one.name: frozenset(checks & set(one.cue)) for one in scenario.cause}
    plain = _laid(policy, frozenset(), playbook, scenario)
    seen = {one for one in shows.values() if one}
    branches = {one: _laid(policy, one, playbook, scenario) for one in seen}
    return replace(plain, branches=branches, shows=shows if branches else {})


def _laid(policy: Policy, seen: frozenset[str], playbook: Playbook, scenario: Scenario) -> Plan:
    given = policy.steps
    instead = {one.do for one in given if one.noticed in seen}
    steps = [
        one
        for one in given
        if one.noticed in seen or (one.noticed is None and one.do not in instead)
    ]
    hold = next(one.at for one in steps if one.do == "stop_waiting")
    assert hold is not None  # held by the checks
    clock, acts = scenario.opens, list[tuple[int, str]]()
    for minute, do in _of_the_day(steps):
        clock = max(clock, minute)
        acts.append((clock, do))
        clock += playbook.actions[do].minutes
    again = next((one.at for one in steps if one.do == "propose_times"), None)
    verbs = {one.do for one in steps}
    return Plan(
        acts=(*acts, (hold, "stop_waiting")),
        next_day=None if again is None else round(again / _DAY),
        confirms="confirm_ahead" in verbs,
        swaps="ask_them_to_call" in verbs,
        talk=_TALK if moment_of(scenario) == "you_missed_it" else (),
        margins="leave_margins" in verbs,
        apology=policy.apology,
        offers=policy.offers,
    )


def _of_the_day(steps: Sequence[Step]) -> list[tuple[int, str]]:
    """Order what is done while waiting; what has no minute belongs to what stands before it."""
    timed: list[tuple[int, str]] = []
    last = 0
    for one in steps:
        if one.do in _ORDER:
            last = last if one.at is None else one.at
            timed.append((last, one.do))
    return sorted(timed, key=lambda act: (act[0], _ORDER.index(act[1])))
