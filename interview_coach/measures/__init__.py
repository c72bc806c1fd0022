"""What is counted, and how: a data frame of calls in, a small frame of rates out.

Every small frame has the columns `measure, group, n, N, value, low, high`: numerator, denominator,
the rate and its Wilson interval as fractions from 0 to 1 (NaN where the denominator is 0).
"""

from interview_coach.measures.grouping import IN_DOUBT, NOT_RECORDED, in_window
from interview_coach.measures.intervals import ordinary_noise, wilson
from interview_coach.measures.localtime import PERIODS
from interview_coach.measures.rates import (
    ALL,
    MEASURES,
    measure,
    missed_call_rate,
    moves_per_interview,
    reschedule_rate,
)

__all__ = [
    "ALL",
    "IN_DOUBT",
    "MEASURES",
    "NOT_RECORDED",
    "PERIODS",
    "in_window",
    "measure",
    "missed_call_rate",
    "moves_per_interview",
    "ordinary_noise",
    "reschedule_rate",
    "wilson",
]
