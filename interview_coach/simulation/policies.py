"""Scripted candidates: they choose among what is open, as a person does, and see no more."""

from collections.abc import Callable

from interview_coach.playbook import Playbook
from interview_coach.simulation.debrief import next_step
from interview_coach.simulation.engine import Action, Play, start, step
from interview_coach.simulation.scenario import Level, Scenario

__all__ = ["Policy", "follow_the_guidance", "run"]

Policy = Callable[[Play, Playbook], Action]
"""Given a play and the playbook, choose one of the open actions."""


def follow_the_guidance(play: Play, playbook: Playbook) -> Action:
    """Do what the playbook says is due next."""
    return next_step(play, playbook)[0]


def run(
    scenario: Scenario, seed: int, policy: Policy, playbook: Playbook, level: Level = "plain"
) -> Play:
    """Play a story to its end with a policy in place of a person."""
    play = start(scenario, seed, level)
    while play.outcome is None:
        play = step(play, policy(play, playbook), playbook)
    return play
