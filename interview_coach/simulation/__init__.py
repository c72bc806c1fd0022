"""The simulated missed call: one engine for a person, a scripted policy and a batch of runs."""

from interview_coach.simulation.debrief import Debrief, debrief, next_step
from interview_coach.simulation.engine import (
    Action,
    Choice,
    Event,
    Play,
    choices,
    replay,
    start,
    step,
)
from interview_coach.simulation.judge import Judge, Judged
from interview_coach.simulation.loading import load_scenarios
from interview_coach.simulation.policies import Policy, follow_the_guidance, run
from interview_coach.simulation.scenario import LEVELS, Level, Scenario
from interview_coach.simulation.world import World, draw_world

__all__ = [
    "LEVELS",
    "Action",
    "Choice",
    "Debrief",
    "Event",
    "Judge",
    "Judged",
    "Level",
    "Play",
    "Policy",
    "Scenario",
    "World",
    "choices",
    "debrief",
    "draw_world",
    "follow_the_guidance",
    "load_scenarios",
    "next_step",
    "replay",
    "run",
    "start",
    "step",
]
