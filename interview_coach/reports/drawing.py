"""A measure as a chart: which kind of chart suits which measure and grouping."""

from typing import Literal, cast

import pandas as pd

from interview_coach.charts import (
    Chart,
    causes_chart,
    curve_chart,
    funnel_chart,
    pattern_chart,
    rate_by_group,
    rate_by_month,
)
from interview_coach.measures import CATALOGUE, PERIODS
from interview_coach.reports.content.saying import labels, thing
from interview_coach.reports.figures import SPLITTING
from interview_coach.subjects import Subject

__all__ = ["DONE", "PATTERNS", "chart_of", "charted"]

PATTERNS = ("hour", "lead_time")

# What each rate counts, and what is said to have happened to it.
DONE: dict[str, Subject] = {
    "missed_call_rate": Subject("call", "missed"),
    "missed_call_rate_booked": Subject("call", "missed"),
    "reschedule_rate": Subject("interview", "rescheduled"),
    "reschedule_rate_proactive": Subject("interview", "moved before the start"),
    "reschedule_rate_reactive": Subject("interview", "rebooked after a miss"),
    "same_day_reconnection_rate": Subject("missed call", "put right the same day"),
    "recovery_rate": Subject("missed call", "recovered"),
    "knowledge_rate": Subject("client", "with a known outcome"),
    "career_outcomes_rate": Subject("client", "in work or education"),
}


def charted(measure: str, by: str) -> bool:
    """Say whether there is a chart of a measure by a grouping ("" for all together)."""
    unit = CATALOGUE[measure].unit
    if unit in ("minutes", "mean"):
        return False
    if measure == "funnel":
        return not by
    return unit == "curve" or bool(by)


def chart_of(measure: str, by: str, frame: pd.DataFrame, *, synthetic: bool = False) -> Chart:
    """Draw a measure by a grouping.

    Parameters
    ----------
    measure : str
        A key of `CATALOGUE`, for which `charted` holds.
    by : str
        The grouping; "" for all together.
    frame : DataFrame
        As the measure gives it; with `reason`, and with limits of noise where there are any: around
        an overall rate that the same readers are told.
    synthetic : bool
        Whether the data is made up.
    """
    if measure == "funnel":
        return funnel_chart(frame, synthetic=synthetic)
    if CATALOGUE[measure].unit == "curve":
        return curve_chart(frame, labels=labels(by), synthetic=synthetic)
    noun, done = DONE[measure].noun, DONE[measure].done
    if by in PERIODS:
        return rate_by_month(frame, noun=noun, done=done, synthetic=synthetic, published=True)
    if by in PATTERNS:
        return pattern_chart(
            frame,
            kind=cast("Literal['hour', 'lead_time']", by),  # unmarked: a type
            noun=noun,
            done=done,
            synthetic=synthetic,
        )
    if by in SPLITTING and measure.startswith("missed_call_rate"):
        return causes_chart(
            frame, thing=thing(by), noun=noun, done=done, labels=labels(by), synthetic=synthetic
        )
    return rate_by_group(
        frame,
        thing=thing(by),
        noun=noun,
        done=done,
        labels=labels(by),
        synthetic=synthetic,
        published=True,
    )
