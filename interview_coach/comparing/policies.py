"""Policies as data: what to do when, said ahead of the call. The rules of the playbook are their source.

A policy is a list of timed steps; each is done if both have not spoken by then. What a rule's timing
says becomes a step, so a house rule or an adviser's variant changes the policy with everything else.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from interview_coach.playbook import Facts, Fault, Playbook, PlaybookError, Timing, pick
from interview_coach.playbook.faults import from_validation, near
from interview_coach.playbook.loader import DATA, read_toml
from interview_coach.simulation.scenario import Scenario
from interview_coach.simulation.world import TRIES

__all__ = ["VERBS", "Plan", "Policy", "Step", "checked", "load_policies", "plan_of"]

VERBS: Mapping[str, str] = {
    "call": "while both have not spoken",
    "leave_voicemail": "straight after a call that nobody answers",
    "send_email": "while both have not spoken",
    "stop_waiting": "when both have not spoken by then",
    "propose_times": "when no new time has been agreed by then",
    "confirm_ahead": "when a new time has been agreed",
    "ask_them_to_call": "after a second miss",
    "check_time": "while both have not spoken",
    "check_number": "while both have not spoken",
}
"""What a policy may do, and on which condition each of it is done."""

CHECKS = ("check_time", "check_number")
"""What may show something on the way, on which other steps may then depend."""

_TIMED = ("call", "send_email", "stop_waiting", "propose_times", *CHECKS)
_ORDER = (*CHECKS, "call", "leave_voicemail", "send_email")  # of what is due at one minute
_DAY = 24 * 60

Which = Literal["earliest", "due", "latest"]


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Step(_Data):
    """Something to do; `at` is the minute past the agreed start (none: straight after what it follows).

    With `noticed` it is done only if that check showed something, and then in place of every step of
    the same verb that asks for nothing.
    """

    do: str
    at: int | None = None
    noticed: str | None = None

    @property
    def condition(self) -> str:
        """On which condition it is done, in words."""
        seen = f", if {self.noticed!r} showed something" if self.noticed else ""
        return VERBS[self.do] + seen


class _Entry(_Data):
    id: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9-]*$")
    says: str = Field(min_length=3)
    source: tuple[str, ...] = ("house",)
    variants: tuple[str, ...] = ()
    at: Mapping[str, Which | int] = {}
    without: tuple[str, ...] = ()
    more: tuple[Step, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Policy:
    """A rule of conduct to be compared: its steps, in order."""

    id: str
    says: str
    source: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Plan:
    """When a policy does what, one thing after another, in minutes past the agreed start.

    Attributes
    ----------
    acts : tuple of (int, str)
        The minute at which each act of the day begins, and its verb; the last one stops waiting.
    next_day : int or None
        Days until an email offers new times.
    confirms, swaps : bool
        Whether a new time is confirmed ahead, and who calls is swapped after a second miss.
    branches : mapping of frozenset of str to Plan
        What is done instead where these checks have shown something.
    shows : mapping of str to frozenset of str
        Cause -> the checks of this plan that show something under it.
    """

    acts: tuple[tuple[int, str], ...]
    next_day: int | None
    confirms: bool
    swaps: bool
    branches: Mapping[frozenset[str], "Plan"] = field(default_factory=dict)
    shows: Mapping[str, frozenset[str]] = field(default_factory=dict)

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


def load_policies(
    playbook: Playbook, scenario: Scenario, path: Path | str = DATA / "policies.toml"
) -> dict[str, Policy]:
    """Read policies from a file and take their times from the rules in force.

    Raises
    ------
    PlaybookError
        If anything in the file is wrong, or a policy could not be followed; all faults at once.
    """
    faults: list[Fault] = []
    file = Path(path).name
    found: dict[str, Policy] = {}
    data = read_toml(Path(path), faults)
    entries = data.get("policy", [])
    wrong = [name for name in data if name != "policy"]
    faults += [Fault(file, n, "", "there is no such table", "use [[policy]]") for n in wrong]
    if not isinstance(entries, list) or not (entries or faults):
        faults.append(Fault(file, "policy", "", "there is none", "add one as [[policy]]"))
        entries = []
    for number, raw in enumerate(entries, 1):
        where = str(raw.get("id", f"policy {number}")) if isinstance(raw, dict) else str(number)
        try:
            entry = _Entry.model_validate(raw)
            policy = _policy(entry, playbook, scenario, file)
        except ValidationError as error:
            faults += from_validation(error, file, where, (*_Entry.model_fields, "do", "at"))
            continue
        except PlaybookError as error:
            faults += error.faults
            continue
        if policy.id in found:
            faults.append(Fault(file, where, "id", "it is there twice", "give it another name"))
        faults += _faults(policy, playbook, scenario, file)
        found[policy.id] = policy
    if faults:
        raise PlaybookError(faults)
    return found


def checked(policy: Policy, playbook: Playbook, scenario: Scenario) -> Policy:
    """Give the policy back if it can be followed.

    Raises
    ------
    PlaybookError
        If it never ends, its times contradict each other, or it holds what is not known.
    """
    faults = list(_faults(policy, playbook, scenario, "policy"))
    if faults:
        raise PlaybookError(faults)
    return policy


def _policy(entry: _Entry, playbook: Playbook, scenario: Scenario, file: str) -> Policy:
    allowed = {"without": VERBS, "at": _TIMED}
    for name, given in (("without", entry.without), ("at", entry.at)):
        for verb in given:
            if verb not in allowed[name]:
                remedy = near(verb, allowed[name], "leave it out")
                raise PlaybookError(
                    [Fault(file, entry.id, name, f"{verb!r} is not known here", remedy)]
                )
    if entry.steps:
        return Policy(entry.id, entry.says, entry.source, entry.steps)
    ruled = pick(playbook, entry.variants, file) if entry.variants else playbook
    steps = [one for one in _ruled(entry, ruled, scenario) if one.do not in entry.without]
    return Policy(entry.id, entry.says, entry.source, tuple(steps))


def _ruled(entry: _Entry, playbook: Playbook, scenario: Scenario) -> Iterator[Step]:
    """Write the rules that speak as steps, each at the time that the entry asks for."""
    facts: dict[str, Any] = {
        "caller": scenario.caller,
        "missed_by": scenario.missed_by,
        "channel": scenario.channel,
        "minutes_past": scenario.opens,
        "attempts": scenario.attempts,
    }
    hold = playbook.hold(Facts(**facts))
    left = (hold.due if hold else _DAY) - scenario.opens

    def timing(do: str, **more: Any) -> Timing | None:
        rules = playbook.speaking(Facts(**(facts | {"minutes_left": left} | more)))
        return next((r.timing for r in rules if r.do == do and not r.avoid and r.timing), None)

    def at(do: str, found: Timing) -> int:
        asked = entry.at.get(do, "due")
        return asked if isinstance(asked, int) else int(getattr(found, asked))

    ends = at("stop_waiting", hold) if hold else scenario.length
    clock, called = scenario.opens, False
    for do in ("call", "leave_voicemail", "send_email"):
        found = timing(do)
        if found is None or (do == "leave_voicemail" and not called):
            continue
        # A voicemail can only be left where a call has just rung out.
        begin = clock if do == "leave_voicemail" else max(clock, at(do, found))
        if begin + playbook.actions[do].minutes < ends:
            clock = begin + playbook.actions[do].minutes
            called = called or do == "call"
            yield Step(do=do, at=None if do == "leave_voicemail" else begin)
    for one in entry.more:
        found = timing(one.do) if one.do in CHECKS and one.at is None else None
        if found is not None:
            yield Step(do=one.do, at=max(scenario.opens, found.due))
        elif one.do == "stop_waiting" or one.at is None or one.at + 2 < ends:
            yield one
    yield Step(do="stop_waiting", at=ends)
    again = timing("propose_times")
    if again is not None and again.from_ == "scheduled":
        yield Step(do="propose_times", at=at("propose_times", again))
    if timing("confirm_ahead", stage="rebooked"):
        yield Step(do="confirm_ahead")
    if timing("ask_them_to_call", miss=2):
        yield Step(do="ask_them_to_call")


def plan_of(policy: Policy, playbook: Playbook, scenario: Scenario) -> Plan:
    """Lay the steps of a policy on the clock: what is not over delays what comes next."""
    used = {one.noticed for one in policy.steps}
    checks = {one.do for one in policy.steps if one.do in used}
    shows = {one.code: frozenset(checks & set(one.cue)) for one in scenario.cause}
    plain = _laid(policy.steps, frozenset(), playbook, scenario)
    seen = {one for one in shows.values() if one}
    branches = {one: _laid(policy.steps, one, playbook, scenario) for one in seen}
    return replace(plain, branches=branches, shows=shows if branches else {})


def _laid(
    given: Sequence[Step], seen: frozenset[str], playbook: Playbook, scenario: Scenario
) -> Plan:
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
        next_day=None if again is None else max(1, round(again / _DAY)),
        confirms="confirm_ahead" in verbs,
        swaps="ask_them_to_call" in verbs,
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


def _faults(policy: Policy, playbook: Playbook, scenario: Scenario, file: str) -> Iterator[Fault]:
    def fault(do: str, wrong: str, remedy: str) -> Fault:
        return Fault(file, policy.id, do, wrong, remedy)

    unknown = [one.do for one in policy.steps if one.do not in VERBS]
    for do in unknown:
        yield fault("do", f"{do!r} is nothing that a policy does", near(do, VERBS, "leave it out"))
    for one in policy.steps:
        if one.noticed is not None and one.noticed not in {two.do for two in policy.steps}:
            wrong = f"it asks what {one.noticed!r} showed, which is never done"
            yield fault(one.do, wrong, f"add that check: {', '.join(CHECKS)}")
        elif one.noticed is not None and one.noticed not in CHECKS:
            wrong = f"{one.noticed!r} shows nothing"
            yield fault(one.do, wrong, f"ask for one of {', '.join(CHECKS)}")
        if one.do in _TIMED and one.at is None and one.noticed is None:
            yield fault(one.do, "its minute is missing", "add at = minutes past the start")
        if one.at is not None and one.at < 0:
            yield fault(one.do, f"{one.at} is before the agreed start", "use 0 or more")
    for do in VERBS:
        count = sum(one.do == do and one.noticed is None for one in policy.steps)
        if do == "stop_waiting" and count == 0:
            yield fault(do, "the policy never ends", f"add {{ do = '{do}', at = 60 }}")
        elif do != "call" and count > 1:
            yield fault(do, f"it is there {count} times", "keep one of them")
        elif do == "call" and count > TRIES:
            yield fault(do, f"it is there {count} times", f"keep {TRIES} of them at most")
    plain = [one for one in policy.steps if one.noticed is None]
    timed = all(one.at is not None for one in plain if one.do in _TIMED)
    if unknown or not timed or not any(one.do == "stop_waiting" for one in plain):
        return
    plan = plan_of(policy, playbook, scenario)
    again = next((one.at for one in plain if one.do == "propose_times"), None)
    found: dict[Fault, None] = {}
    for laid in (plan, *plan.branches.values()):
        found |= dict.fromkeys(_contradictions(laid, again, playbook, scenario, fault))
    yield from found
    for seen, laid in plan.branches.items():
        known = max(minute for minute, do in plan.acts if do in seen)
        before, instead = ([a for a in one.acts if a[0] <= known] for one in (plan, laid))
        if before != instead:
            wrong = "what depends on it would change what was done before"
            yield fault(max(seen), wrong, "check sooner, or do the rest later")


def _contradictions(
    plan: Plan, again: int | None, playbook: Playbook, scenario: Scenario, fault: Any
) -> Iterator[Fault]:
    if not scenario.opens < plan.hold <= scenario.length:
        wrong = f"it stops at minute {plan.hold}, outside the story"
        remedy = f"use a minute from {scenario.opens + 1} to {scenario.length}"
        yield fault("stop_waiting", wrong, remedy)
    before: tuple[int, str] | None = None
    for minute, do in plan.acts[:-1]:
        over = minute + playbook.actions[do].minutes
        if over >= plan.hold:
            wrong = f"it is done at minute {minute}, when the wait ends at {plan.hold}"
            yield fault(do, wrong, "do it sooner, or hold longer")
        if do == "leave_voicemail" and (before is None or before[1] != "call"):
            yield fault(do, "no call has just rung out", "put it straight after a call")
        elif do == "leave_voicemail" and before is not None and minute > before[0] + 1:
            yield fault(do, "its call was over before", "leave it without 'at', after a call")
        if do == "call" and before is not None and before[1] == "call" and minute < before[0] + 2:
            yield fault(
                do, f"there is a call at minute {before[0]} already", "keep 2 minutes apart"
            )
        if do in CHECKS and not _is_offered(do, minute, plan, scenario):
            yield fault(do, f"it is not open at minute {minute} of this call", "do it sooner")
        before = (minute, do)
    if again is not None and again <= plan.hold:
        wrong = f"new times are offered at minute {again}, before the wait ends at {plan.hold}"
        yield fault("propose_times", wrong, "offer them later; 1440 is a day")


def _is_offered(do: str, minute: int, plan: Plan, scenario: Scenario) -> bool:
    done = {verb: at for at, verb in plan.acts if at < minute}
    return any(
        offer.do == do and offer.holds(done, "", "waiting", "plain", minute)
        for offer in scenario.offer
    )
