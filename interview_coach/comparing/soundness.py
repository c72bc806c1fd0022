"""Whether a policy can be followed: that it ends, that its times agree, that what it does is open."""

from collections.abc import Iterator, Sequence
from typing import Any

from interview_coach.comparing.moments import moment_of
from interview_coach.comparing.policies import CHECKS, TIMED, VERBS, Plan, Policy, plan_of
from interview_coach.playbook import Fault, Playbook, PlaybookError
from interview_coach.playbook.faults import near
from interview_coach.simulation.scenario import Scenario
from interview_coach.simulation.world import TRIES

__all__ = ["checked", "faults_of", "last_minute"]

_ROOM = 3  # minutes: the apology, whether now is good, and a time that is chosen


def checked(policy: Policy, playbook: Playbook, scenario: Scenario) -> Policy:
    """Give the policy back if it can be followed.

    Raises
    ------
    PlaybookError
        If it never ends, its times contradict each other, or it holds what is not known.
    """
    faults = list(faults_of(policy, playbook, scenario, "policy"))
    if faults:
        raise PlaybookError(faults)
    return policy


def faults_of(policy: Policy, playbook: Playbook, scenario: Scenario, file: str) -> Iterator[Fault]:
    """Find all that keeps a policy from being followed in a call."""

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
        if one.do in TIMED and one.at is None and one.noticed is None:
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
    timed = all(one.at is not None for one in plain if one.do in TIMED)
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


def last_minute(scenario: Scenario, acts: Sequence[tuple[int, str]] = ()) -> int:
    """Say until which minute a call can be waited out, by who does these acts.

    Once both are in touch there has to be room for what is said.
    """
    done = {do for _, do in acts}
    waits = [
        one.until or 0 for one in scenario.offer if one.do == "wait" and done >= set(one.needs)
    ]
    talk = _ROOM if moment_of(scenario) == "you_missed_it" else 0
    return min(max(waits, default=scenario.length), scenario.length - talk)


def _contradictions(
    plan: Plan, again: int | None, playbook: Playbook, scenario: Scenario, fault: Any
) -> Iterator[Fault]:
    last = last_minute(scenario, plan.acts)
    if not scenario.opens < plan.hold <= last:
        wrong = f"it stops at minute {plan.hold}, outside the story"
        remedy = f"use a minute from {scenario.opens + 1} to {last}"
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
    if again is not None and again < plan.hold:
        wrong = f"new times are offered at minute {again}, before the wait ends at {plan.hold}"
        yield fault("propose_times", wrong, "offer them later; 1440 is a day")


def _is_offered(do: str, minute: int, plan: Plan, scenario: Scenario) -> bool:
    done = {verb: at for at, verb in plan.acts if at < minute}
    return any(
        offer.do == do and offer.holds(done, "", "waiting", "plain", minute)
        for offer in scenario.offer
    )
