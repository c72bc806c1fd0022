"""Which policy works better under which assumptions: calculated, simulated, and learnt from a log."""

from interview_coach.comparing.assumptions import Assumption, Assumptions, assume, overlaid
from interview_coach.comparing.batch import Batch, foretold, simulate
from interview_coach.comparing.exact import FIGURES, Answer, Figure, exact, grid
from interview_coach.comparing.from_log import ENOUGH, Learnt, learn
from interview_coach.comparing.played import follow
from interview_coach.comparing.policies import (
    VERBS,
    Plan,
    Policy,
    Step,
    checked,
    load_policies,
    plan_of,
)
from interview_coach.comparing.sensitivity import Map, Swing, tornado, winners
from interview_coach.comparing.side_by_side import METHODS, Comparison, as_dict, compare
from interview_coach.comparing.words import NO_FORECAST, sentences

__all__ = [
    "ENOUGH",
    "FIGURES",
    "METHODS",
    "NO_FORECAST",
    "VERBS",
    "Answer",
    "Assumption",
    "Assumptions",
    "Batch",
    "Comparison",
    "Figure",
    "Learnt",
    "Map",
    "Plan",
    "Policy",
    "Step",
    "Swing",
    "as_dict",
    "assume",
    "checked",
    "compare",
    "exact",
    "follow",
    "foretold",
    "grid",
    "learn",
    "load_policies",
    "overlaid",
    "plan_of",
    "sentences",
    "simulate",
    "tornado",
    "winners",
]
