"""Whether a policy can be followed: that it ends, that its times agree, that what it does is open."""

from collections.abc import Iterator, Sequence
from typing import Any

from interview_coach.comparing.moments import moment_of
from interview_coach.comparing.policies import CHECKS, TIMED, VERBS, Plan, Policy, plan_of
from interview_coach.language import _
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
        wrong = _("{name} is nothing that a policy does").format(name=repr(do))
        yield fault("do", wrong, near(do, VERBS, _("leave it out")))
    for one in policy.steps:
        if one.noticed is not None and one.noticed not in {two.do for two in policy.steps}:
            wrong = _("it asks what {check} showed, which is never done").format(
                check=repr(one.noticed)
            )
            yield fault(one.do, wrong, _("add that check: {names}").format(names=", ".join(CHECKS)))
        elif one.noticed is not None and one.noticed not in CHECKS:
            wrong = _("{check} shows nothing").format(check=repr(one.noticed))
            yield fault(one.do, wrong, _("ask for one of {names}").format(names=", ".join(CHECKS)))
        if one.do in TIMED and one.at is None and one.noticed is None:
            yield fault(one.do, _("its minute is missing"), _("add at = minutes past the start"))
        if one.at is not None and one.at < 0:
            yield fault(
                one.do,
                _("{minute} is before the agreed start").format(minute=one.at),
                _("use 0 or more"),
            )
    for do in VERBS:
        count = sum(one.do == do and one.noticed is None for one in policy.steps)
        if do == "stop_waiting" and count == 0:
            yield fault(
                do,
                _("the policy never ends"),
                _("add {what}").format(what=f"{{ do = '{do}', at = 60 }}"),
            )
        elif do != "call" and count > 1:
            yield fault(do, _("it is there {n} times").format(n=count), _("keep one of them"))
        elif do == "call" and count > TRIES:
            yield fault(
                do,
                _("it is there {n} times").format(n=count),
                _("keep {n} of them at most").format(n=TRIES),
            )
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
            wrong = _("what depends on it would change what was done before")
            yield fault(max(seen), wrong, _("check sooner, or do the rest later"))


def last_minute(scenario: Scenario, acts: Sequence[tuple[int, str]] = ()) -> int:
    """Say until which minute a call can be waited out, by who does these acts.

    Once both are in touch there has to be room for what is said.
    """
    done = {do for _at, do in acts}
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
        wrong = _("it stops at minute {minute}, outside the story").format(minute=plan.hold)
        remedy = _("use a minute from {first} to {last}").format(
            first=scenario.opens + 1, last=last
        )
        yield fault("stop_waiting", wrong, remedy)
    before: tuple[int, str] | None = None
    for minute, do in plan.acts[:-1]:
        over = minute + playbook.actions[do].minutes
        if over >= plan.hold:
            wrong = _("it is done at minute {minute}, when the wait ends at {end}").format(
                minute=minute, end=plan.hold
            )
            yield fault(do, wrong, _("do it sooner, or hold longer"))
        if do == "leave_voicemail" and (before is None or before[1] != "call"):
            yield fault(do, _("no call has just rung out"), _("put it straight after a call"))
        elif do == "leave_voicemail" and before is not None and minute > before[0] + 1:
            yield fault(do, _("its call was over before"), _("leave it without 'at', after a call"))
        if do == "call" and before is not None and before[1] == "call" and minute < before[0] + 2:
            yield fault(
                do,
                _("there is a call at minute {minute} already").format(minute=before[0]),
                _("keep 2 minutes apart"),
            )
        if do in CHECKS and not _is_offered(do, minute, plan, scenario):
            yield fault(
                do,
                _("it is not open at minute {minute} of this call").format(minute=minute),
                _("do it sooner"),
            )
        before = (minute, do)
    if again is not None and again < plan.hold:
        wrong = _("new times are offered at minute {minute}, before the wait ends at {end}").format(
            minute=again, end=plan.hold
        )
        yield fault("propose_times", wrong, _("offer them later; 1440 is a day"))


def _is_offered(do: str, minute: int, plan: Plan, scenario: Scenario) -> bool:
    done = {verb: at for at, verb in plan.acts if at < minute}
    return any(
        offer.do == do and offer.holds(done, "", "waiting", "plain", minute)
        for offer in scenario.offer
    )
