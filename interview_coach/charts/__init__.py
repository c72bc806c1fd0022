"""A small frame of rates in, a figure that says what it found out.

The figures are matplotlib `Figure` objects, made without pyplot, so that nothing is kept between
calls and nothing needs a screen. Each comes with a text that says its numbers, and its table.
"""

from interview_coach.charts.chart import Chart
from interview_coach.charts.rates import rate_by_group, rate_by_month

__all__ = ["Chart", "rate_by_group", "rate_by_month"]
