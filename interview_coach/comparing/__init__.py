"""Which policy works better under which assumptions: calculated, simulated, and learnt from a log."""

from interview_coach.comparing.assumptions import (
    Assumption,
    Assumptions,
    assume,
    checked_values,
    overlaid,
)
from interview_coach.comparing.batch import Batch, foretold, simulate
from interview_coach.comparing.exact import FIGURES, Answer, Figure, exact, grid
from interview_coach.comparing.from_log import ENOUGH, Learnt, learn
from interview_coach.comparing.moments import MOMENTS, SCENARIOS, moment_of
from interview_coach.comparing.played import follow
from interview_coach.comparing.policies import VERBS, Plan, Policy, Step, plan_of
from interview_coach.comparing.reading import load_policies, read_policies
from interview_coach.comparing.saying import quoted, short_name
from interview_coach.comparing.sensitivity import Map, Swing, tornado, winners
from interview_coach.comparing.side_by_side import METHODS, Comparison, as_dict, compare
from interview_coach.comparing.soundness import checked
from interview_coach.comparing.words import (
    NO_FORECAST,
    cause_words,
    headline,
    named,
    sentences,
    that_day,
    under_cause,
)

__all__ = [
    "ENOUGH",
    "FIGURES",
    "METHODS",
    "MOMENTS",
    "NO_FORECAST",
    "SCENARIOS",
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
    "cause_words",
    "checked",
    "checked_values",
    "compare",
    "exact",
    "follow",
    "foretold",
    "grid",
    "headline",
    "learn",
    "load_policies",
    "moment_of",
    "named",
    "overlaid",
    "plan_of",
    "quoted",
    "read_policies",
    "sentences",
    "short_name",
    "simulate",
    "that_day",
    "tornado",
    "under_cause",
    "winners",
]
