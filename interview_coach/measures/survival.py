"""How long until a missed call is made good: Kaplan-Meier by counting on whole minutes."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from interview_coach.measures.counting import groups_of, named, split
from interview_coach.measures.engines import Frame
from interview_coach.measures.grouping import By, Day
from interview_coach.measures.intervals import quantile_of_normal
from interview_coach.measures.recovery import misses

__all__ = ["AT_RISK_DAYS", "kaplan_meier", "median_time", "time_to_reconnection"]

# Days at which the numbers at risk are given, beneath the curve.
AT_RISK_DAYS = (0, 1, 3, 7, 14, 30)
_DAY = 24 * 60


def kaplan_meier(
    minutes: ArrayLike,
    happened: ArrayLike,
    *,
    at: Sequence[int] = (),
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Estimate the share of cases in which it has not happened yet, by Kaplan and Meier.

    Parameters
    ----------
    minutes : array of int
        For each case how long it was watched, in whole minutes (or any other whole unit), from 0.
    happened : array of bool
        It ended with the event; else the case was still open then (censored).
    at : sequence of int
        More minutes to give a row for, so that numbers at risk can be shown there.
    confidence : float
        Of the log-log band.

    Returns
    -------
    DataFrame
        One row for each minute with an event, and for 0 and `at`: `minutes, at_risk, events, value,
        low, high`. `at_risk` are the cases watched for that long or longer, `value` the share still
        open after that minute. The band is NaN where the share is 0 or where there is no case, and
        1 before the first event.

    Raises
    ------
    KitError
        If the confidence is not between 0 and 1.
    ValueError
        If a time is negative.

    Notes
    -----
    E. L. Kaplan and P. Meier, "Nonparametric estimation from incomplete observations", Journal of
    the American Statistical Association 53 (1958); variance by Greenwood, band on the scale of
    log(-log S) as in J. D. Kalbfleisch and R. L. Prentice, "The Statistical Analysis of Failure
    Time Data" (1980), 1.3. Cases are counted by the minute, so nothing is sorted.
    """
    z = quantile_of_normal(confidence)
    watched = np.asarray(minutes, dtype=np.int64)
    ended = np.asarray(happened, dtype=bool)
    if watched.min(initial=0) < 0:
        raise ValueError("kaplan_meier needs times from 0 up")
    times, leave, events = _counted(watched, ended)
    shown = np.union1d(times[events > 0], np.asarray([0, *at], dtype=np.int64))
    place = np.searchsorted(times, shown)
    # Those watched for as long or longer: all but those who left before.
    at_risk = len(watched) - np.append(0, np.cumsum(leave))[place]
    gone = np.where(np.append(times, -1)[place] == shown, np.append(events, 0)[place], 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.cumprod(np.where(gone > 0, (at_risk - gone) / at_risk, 1.0))
        spread = np.cumsum(np.where(gone > 0, gone / (at_risk * (at_risk - gone)), 0.0))
        reach = z * np.sqrt(spread) / np.log(value)
        low, high = value ** np.exp(-reach), value ** np.exp(reach)
    # Nobody can be seen beyond the longest time: there the curve says nothing.
    value = np.where(at_risk > 0, value, np.nan)
    before = (value == 1) & (at_risk > 0)
    nothing = ~(value > 0)
    return pd.DataFrame(
        {
            "minutes": shown,
            "at_risk": at_risk,
            "events": gone,
            "value": value,
            "low": np.where(before, 1.0, np.where(nothing, np.nan, low)),
            "high": np.where(before, 1.0, np.where(nothing, np.nan, high)),
        }
    )


def _counted(
    watched: NDArray[np.int64], ended: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Give the minutes at which cases leave, and how many do, and how many of them by the event."""
    size = int(watched.max(initial=0)) + 1
    if size <= 8 * len(watched):
        # One pass over the cases: the minute and how it ended are one number.
        table = np.bincount(watched * 2 + ended, minlength=2 * size).reshape(size, 2)
        everyone = table.sum(axis=1)
        times = np.flatnonzero(everyone)
        return times, everyone[times], table[times, 1]
    # Few cases over a long time: most minutes would be empty.
    times, place = np.unique(watched, return_inverse=True)
    leave = np.bincount(place, minlength=len(times))
    return times, leave, np.bincount(place[ended], minlength=len(times))


def median_time(curve: pd.DataFrame) -> tuple[float, float, float]:
    """Give the time by which half of the cases have ended, and its interval.

    Parameters
    ----------
    curve : DataFrame
        Of one group, as of `kaplan_meier`.

    Returns
    -------
    median, low, high : float
        In minutes; NaN where the curve (or its band) does not come down to a half. The interval is
        where the band crosses a half (R. Brookmeyer and J. Crowley, Biometrics 38 (1982), 29-41).
    """

    def first(column: str) -> float:
        down = curve["minutes"][(curve[column] <= 0.5)]
        return float(down.iloc[0]) if len(down) else float("nan")

    return first("value"), first("low"), first("high")


def time_to_reconnection(
    calls: Frame,
    by: By = None,
    *,
    at: Sequence[int] = AT_RISK_DAYS,
    confidence: float = 0.95,
    as_of: datetime | None = None,
    grace: float | None = None,
    start: Day = None,
    end: Day = None,
) -> pd.DataFrame:
    """Draw the curve from the start of missed calls to the completed call of the same interview.

    Parameters
    ----------
    calls : frame
        With `interview_id`, `sequence`, `state` and `scheduled_at`.
    by : str or sequence of str, optional
        As for `same_day_reconnection_rate`; a curve for each group.
    at : sequence of int
        Days for which the number at risk is wanted.
    confidence : float
        Of the log-log band.
    as_of : datetime, optional
        The day of the report, at which open cases are censored; the clock if left out.
    grace : float, optional
        As for `recovery_rate`.
    start, end : str (2026-01-31) or date, optional
        First and last day of the window of the missed calls; the completed call may lie beyond it.

    Returns
    -------
    DataFrame
        `measure, group`, the columns of `kaplan_meier` (`value` is the share not yet completed), and
        `N, left_out`: the missed calls of the group, and how many more could not be told, as for
        `recovery_rate`.
    """
    found = misses(calls, by, as_of=as_of, grace=grace, start=start, end=end)
    codes, groups = groups_of(found.rows, by)
    done = ~np.isnat(found.completed)
    until = np.where(done, found.completed, found.now)
    # A start that is not known gives no time; those are left out below.
    begin = np.where(np.isnat(found.begin), until, found.begin)
    watched: NDArray[np.int64] = (until - begin) // np.timedelta64(60, "s")
    curves, sizes, lost = [], [], []
    for here in split(codes, len(groups)):
        counted = here[~found.left_out[here]]
        moments = [day * _DAY for day in at]
        curves.append(
            kaplan_meier(watched[counted], done[counted], at=moments, confidence=confidence)
        )
        sizes.append(len(counted))
        lost.append(len(here) - len(counted))
    # Without a group there are the columns all the same.
    whole = pd.concat([kaplan_meier([], [])[:0], *curves], ignore_index=True)
    rows = [len(curve) for curve in curves]
    of_each = [group for group, many in zip(groups, rows, strict=True) for _ in range(many)]
    return pd.DataFrame(named("time_to_reconnection", of_each, by)).assign(
        **{str(name): whole[name] for name in whole.columns},
        N=np.repeat(np.array(sizes, dtype=np.int64), rows),
        left_out=np.repeat(np.array(lost, dtype=np.int64), rows),
    )
