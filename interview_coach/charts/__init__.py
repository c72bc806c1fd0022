"""A small frame of rates in, a figure that says what it found out.

The figures are matplotlib `Figure` objects, made without pyplot, so that nothing is kept between
calls and nothing needs a screen. Each comes with a text that says its numbers, and its table.
"""

from interview_coach.charts.association import association_chart
from interview_coach.charts.causes import causes_chart
from interview_coach.charts.chart import Chart
from interview_coach.charts.comparison import comparison_chart
from interview_coach.charts.curve import curve_chart
from interview_coach.charts.funnel import funnel_chart
from interview_coach.charts.multiples import small_multiples
from interview_coach.charts.patterns import pattern_chart
from interview_coach.charts.policies import policies_chart
from interview_coach.charts.rates import rate_by_group, rate_by_month
from interview_coach.charts.turns import Axis, tornado_chart, winners_chart

__all__ = [
    "Axis",
    "Chart",
    "association_chart",
    "causes_chart",
    "comparison_chart",
    "curve_chart",
    "funnel_chart",
    "pattern_chart",
    "policies_chart",
    "rate_by_group",
    "rate_by_month",
    "small_multiples",
    "tornado_chart",
    "winners_chart",
]
