"""What is counted, and how: a data frame of calls (or clients) in, a small frame of figures out.

The frame that goes in may be of pandas, Polars, DuckDB, Dask or PySpark; the small one is of pandas.
A rate has the columns `measure, group, n, N, value, low, high`: numerator, denominator, the rate and
its Wilson interval as fractions from 0 to 1 (NaN where the denominator is 0); a measure with more to
say has more columns behind. `CATALOGUE` names all measures.
"""

from interview_coach.measures.careers import ENOUGH_KNOWN, career_outcomes_rate, knowledge_rate
from interview_coach.measures.catalogue import (
    CATALOGUE,
    GROUPINGS,
    Measure,
    groupings_of,
    measured,
)
from interview_coach.measures.comparing import differences, signals
from interview_coach.measures.grouping import IN_DOUBT, NOT_RECORDED, in_window
from interview_coach.measures.impossible import impossible
from interview_coach.measures.intervals import median_interval, newcombe, ordinary_noise, wilson
from interview_coach.measures.localtime import LEAD_TIMES, OF_THE_START, PERIODS
from interview_coach.measures.practising import SCORES, BesidePractice, practice_beside_recovery
from interview_coach.measures.rates import (
    ALL,
    MEASURES,
    measure,
    missed_call_rate,
    moves_by_group,
    moves_per_interview,
    reschedule_rate,
)
from interview_coach.measures.recovery import (
    first_message_delay,
    funnel,
    recovery_rate,
    same_day_reconnection_rate,
)
from interview_coach.measures.survival import kaplan_meier, median_time, time_to_reconnection

__all__ = [
    "ALL",
    "CATALOGUE",
    "ENOUGH_KNOWN",
    "GROUPINGS",
    "IN_DOUBT",
    "LEAD_TIMES",
    "MEASURES",
    "NOT_RECORDED",
    "OF_THE_START",
    "PERIODS",
    "SCORES",
    "BesidePractice",
    "Measure",
    "career_outcomes_rate",
    "differences",
    "first_message_delay",
    "funnel",
    "groupings_of",
    "impossible",
    "in_window",
    "kaplan_meier",
    "knowledge_rate",
    "measure",
    "measured",
    "median_interval",
    "median_time",
    "missed_call_rate",
    "moves_by_group",
    "moves_per_interview",
    "newcombe",
    "ordinary_noise",
    "practice_beside_recovery",
    "recovery_rate",
    "reschedule_rate",
    "same_day_reconnection_rate",
    "signals",
    "time_to_reconnection",
    "wilson",
]
