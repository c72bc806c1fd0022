"""What is hidden, drawn once from a seed: the cause, and everything chance decides under it."""

from dataclasses import dataclass

import numpy as np

from interview_coach.simulation.scenario import Cause, Draw, Scenario

__all__ = ["NEVER", "TRIES", "World", "draw_world"]

NEVER = 1_000_000  # minutes: later than any story ends
TRIES = 12  # answers drawn ahead for each reaction: more tries than any story has minutes for


@dataclass(frozen=True)
class World:
    """What is hidden.

    Attributes
    ----------
    cause : Cause
        The reason.
    free_at : int or None
        Minute past the agreed start from which the interviewer can be reached; None = not that day.
    minutes : tuple of int
        For each happening of the scenario under this cause: its minute, or its delay; `NEVER` where
        chance does not let it come.
    answers : tuple of tuple of bool
        For each reaction: whether it comes, the first time it is asked for, the second ...
    """

    cause: Cause
    free_at: int | None
    minutes: tuple[int, ...]
    answers: tuple[tuple[bool, ...], ...]


def draw_world(scenario: Scenario, seed: int) -> World:
    """Draw a world. What is hidden and how the counterpart answers have streams of their own.

    So a change to how calls are answered does not change which cause a seed stands for.
    """
    streams = np.random.SeedSequence(seed).spawn(2)
    hidden, counterpart = (np.random.Generator(np.random.PCG64(stream)) for stream in streams)
    weights = np.array([cause.weight for cause in scenario.cause])
    cause = scenario.cause[int(hidden.choice(len(weights), p=weights / weights.sum()))]

    def drawn(draw: Draw) -> int:
        return int(hidden.integers(draw.from_, draw.to + 1))

    free_at = drawn(cause.free_after) if cause.free_after else None
    minutes = tuple(drawn(happening.draw) for happening in scenario.happenings(cause))
    answers = tuple(
        tuple(bool(x) for x in counterpart.random(TRIES) < reaction.chance)
        for reaction in scenario.reactions(cause)
    )
    minutes = tuple(
        minute if one.chance == 1 or counterpart.random() < one.chance else NEVER
        for minute, one in zip(minutes, scenario.happenings(cause), strict=True)
    )
    return World(cause, free_at, minutes, answers)
