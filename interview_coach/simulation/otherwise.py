"""The other way: where a play left the guidance's path, and what the guidance would have done there."""

from interview_coach.playbook import Playbook
from interview_coach.simulation.debrief import Debrief, next_step
from interview_coach.simulation.engine import Action, Play, start, step

__all__ = ["other_way"]


def other_way(play: Play, after: Debrief, playbook: Playbook) -> tuple[int, Action] | None:
    """Find the step to play otherwise.

    It is the last one at which the guidance would have chosen something else, up to the first
    thing that was not in time: a late call is put right before it, where the waiting began.

    Parameters
    ----------
    play : Play
        What was played.
    after : Debrief
        Its debrief.

    Returns
    -------
    (int, Action) or None
        Number of the step, counted from 0, and what the guidance does instead; None where
        everything was in time.
    """
    first = _first_fault(play, after)
    if first is None:
        return None
    found = None
    now = start(play.scenario, play.seed, play.level, play.world)
    for number, (_, action) in enumerate(play.actions[: first + 1]):
        guided, _ = next_step(now, playbook)
        if guided != action:
            found = (number, guided)
        now = step(now, action, playbook)
    return found


def _first_fault(play: Play, after: Debrief) -> int | None:
    """Give the number of the first step that was not in time, or during which one was missed."""
    numbers = []
    for one in after.judged:
        if one.judgement in {"in_time", "neutral"}:
            continue
        if one.step is not None:
            numbers.append(one.step)
        else:
            before = (n for n, (minute, _) in enumerate(play.actions) if minute <= one.minute)
            numbers.append(max(before, default=0))
    return min(numbers, default=None)
