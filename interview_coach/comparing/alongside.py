"""A policy beside a person who plays: what it says to do next, where they departed, what it would have come to.

It sees no more than the person does: what a check shows counts from the moment at which it was made.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from interview_coach.comparing.played import follow
from interview_coach.comparing.policies import Plan
from interview_coach.playbook import Playbook
from interview_coach.simulation import Play, run

__all__ = ["Departure", "departures", "in_words", "next_of", "same_story"]

_QUIET = {"wait", "stay_calm"}  # a breath is nobody's policy, and against none
_AFTER_A_CALL = "leave_voicemail"


@dataclass(frozen=True)
class Departure:
    """Where a person did something else than a policy.

    Attributes
    ----------
    do : str
        The verb.
    due : int or None
        The minute at which the policy does it; None where it does not.
    done : int or None
        The minute at which the person did it; None where they did not.
    """

    do: str
    due: int | None
    done: int | None


def _acts(plan: Plan, play: Play) -> tuple[tuple[int, str], ...]:
    seen = plan.shows.get(play.world.cause.code, frozenset()) & set(play.done)
    return plan.branches.get(seen, plan).acts


def next_of(plan: Plan, play: Play) -> tuple[int, str] | None:
    """Give what a policy says to do next, as (minute past the start, verb).

    What was done, be it at another minute, is not asked for again; what can no longer be done is passed over.

    Returns
    -------
    tuple or None
        None where the policy has nothing to say: the wait is over.
    """
    if play.outcome is not None or play.phase != "waiting":
        return None
    done = Counter(action.do for _, action in play.actions)
    open_ = {action.do for action in play.open}
    for minute, do in _acts(plan, play):
        if done[do]:
            done[do] -= 1
        elif do in open_ or (minute > play.minute and do != _AFTER_A_CALL):
            # Straight after a call means: now, if it rang out sooner than planned.
            now = play.minute if do == _AFTER_A_CALL else minute
            return max(now, play.minute), do
    return None


def in_words(do: str, play: Play, playbook: Playbook) -> str:
    """Say a verb in the words of the story, for the middle of a sentence."""
    own = next((one.says for one in play.scenario.offer if one.do == do and one.says), None)
    words = play.scenario.words(own) if own else playbook.actions[do].says
    return words[:1].lower() + words[1:]


def same_story(plan: Plan, play: Play, playbook: Playbook) -> Play:
    """Play the very story of a play, as its policy would."""
    return run(play.scenario, play.seed, follow(plan), playbook, play.level)


def departures(plan: Plan, play: Play, playbook: Playbook) -> list[Departure]:
    """List where a person did something else, in the order of the clock.

    What would have come after the story's end was never due. A voicemail belongs to its call, whenever
    that was made.
    """
    left = {do: list[int]() for do in {action.do for _, action in play.actions}}
    for minute, action in play.actions:
        left[action.do].append(minute)
    found = list(_from_the_plan(plan, play, left))
    # What the policy itself does once both are on the line is no departure.
    own = {action.do for _, action in same_story(plan, play, playbook).actions}
    own -= {do for _, do in _acts(plan, play)}
    found += [
        Departure(do, None, minute)
        for do, minutes in left.items()
        if do not in _QUIET | own
        for minute in minutes
    ]
    return sorted(found, key=lambda one: one.due if one.done is None else one.done)  # type: ignore[arg-type,return-value]


def _from_the_plan(plan: Plan, play: Play, left: dict[str, list[int]]) -> Iterator[Departure]:
    for due, do in _acts(plan, play):
        done = left[do].pop(0) if left.get(do) else None
        if done is None:
            # Who is called back at the minute itself had no time for it.
            if due < play.minute:
                yield Departure(do, due, None)
        elif done != due and do != _AFTER_A_CALL:
            yield Departure(do, due, done)
