"""A policy as a player of the practice call: the same engine, the same screen, one story at a time."""

from collections.abc import Callable

from interview_coach.comparing.policies import CHECKS, Plan
from interview_coach.playbook import Playbook
from interview_coach.simulation import Action, Play

__all__ = ["follow"]


def follow(plan: Plan) -> Callable[[Play, Playbook], Action]:
    """Give a player who does what a plan says; for `simulation.run`, and for a click at a time.

    It chooses among what is open, as a person does, and sees no more.
    """

    def choose(play: Play, playbook: Playbook) -> Action:
        if play.phase != "waiting":
            return Action(_said(plan, play))
        done = sum(action.do != "wait" for _, action in play.actions)
        minute, do = plan.branches.get(_noticed(play), plan).acts[done]
        if play.minute >= minute:
            return Action(do)
        longest = max(action.until or 0 for action in play.open)
        return Action("wait", min(minute, longest))

    return choose


def _said(plan: Plan, play: Play) -> str:
    """Say what comes next once both are in touch: what is still to be said, then the time offered."""
    if play.stage == "rebooked":
        return "leave_margins" if plan.margins else "take_tight_slot"
    return next(do for do in plan.talk if do not in play.done)


def _noticed(play: Play) -> frozenset[str]:
    """List the checks that showed something else than they show when all is well."""
    scenario = play.scenario
    return frozenset(
        event.kind
        for event in play.events
        if event.kind in CHECKS and event.says != scenario.words(scenario.cue[event.kind])
    )
