"""What came of missed calls: the first message, the same day, recovery within days, the funnel."""

from datetime import datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from interview_coach.errors import KitError
from interview_coach.language import N_, _
from interview_coach.measures.counting import (
    NO,
    NOT_COUNTED,
    YES,
    as_of_or_now,
    groups_of,
    named,
    rate,
    small,
    split,
    states,
)
from interview_coach.measures.engines import Frame, times
from interview_coach.measures.following import rebooked, recovered_at
from interview_coach.measures.grouping import By, Day, read, within
from interview_coach.measures.intervals import median_interval
from interview_coach.measures.needing import need

__all__ = [
    "DAYS",
    "STEPS",
    "WINDOW",
    "Misses",
    "first_message_delay",
    "funnel",
    "misses",
    "recovery_rate",
    "same_day_reconnection_rate",
]

# Minutes after the start within which both must have spoken, where the message named no window.
WINDOW = 60
# Days within which a missed call is to be recovered, unless asked otherwise.
DAYS = 14
# Of the funnel; "or further along", since a call can be rebooked with nothing on record in between.
STEPS = (
    N_("missed"),
    N_("message sent, or further along"),
    N_("spoke the same day, or further along"),
    N_("rebooked, or further along"),
    N_("completed"),
)

_MISSED = ("state", "scheduled_at")
_STORY = ("coach", "interview_id", "sequence", "state", "scheduled_at", "date_doubt")
_DAY = np.timedelta64(1, "D")


def same_day_reconnection_rate(
    calls: Frame,
    by: By = None,
    *,
    window: float = WINDOW,
    confidence: float = 0.95,
    grace: float | None = None,
    start: Day = None,
    end: Day = None,
) -> pd.DataFrame:
    """Count the missed calls where both spoke within the availability window of the message.

    Parameters
    ----------
    calls : frame
        With `state`, `scheduled_at`, `reconnected_at` and, where messages named one, `window_until`.
    by : str or sequence of str, optional
        As for `missed_call_rate`; all of it is about missed calls, so `missed_by` and `cause` group
        like any other column.
    window : float
        Minutes after the scheduled start, where the message named no end of its window.
    confidence : float
        Of the Wilson interval.
    grace : float, optional
        Minutes, as for `missed_call_rate`: a call where both spoke within them was not missed.
    start, end : str (2026-01-31) or date, optional
        First and last day of the window of dates; open where left out.

    Returns
    -------
    DataFrame
        `measure, group, n, N, value, low, high`, and `left_out`: missed calls that cannot be told,
        since they are said to have been reconnected before they were to start, or at no known time.
    """
    columns = [*_MISSED, "reconnected_at"]
    rows = read(calls, [*columns, "window_until"], by, start, end, grace=grace)
    need(rows, columns)
    kind = states(rows, {"missed": NO}, NOT_COUNTED)
    missed = kind == NO
    spoke, early = _spoke(rows, window)
    kind[missed & spoke] = YES
    kind[early] = NOT_COUNTED
    inside = within(rows, start, end)
    return rate(
        "same_day_reconnection_rate",
        rows[missed],
        kind[missed],
        by,
        confidence,
        inside=None if inside is None else inside[missed],
        beside={"left_out": early[missed]},
    )


def recovery_rate(
    calls: Frame,
    by: By = None,
    *,
    days: int = DAYS,
    confidence: float = 0.95,
    as_of: datetime | None = None,
    grace: float | None = None,
    start: Day = None,
    end: Day = None,
) -> pd.DataFrame:
    """Count the missed calls that a completed call of the same interview followed within some days.

    Parameters
    ----------
    calls : frame
        With `interview_id`, `sequence`, `state` and `scheduled_at`.
    by : str or sequence of str, optional
        As for `same_day_reconnection_rate`.
    days : int
        Between the start of the missed call and that of the completed one; the last moment counts.
    confidence : float
        Of the Wilson interval.
    as_of : datetime, optional
        The day of the report; the clock if left out.
    grace : float, optional
        As for `same_day_reconnection_rate`; the call then counts as a completed one.
    start, end : str (2026-01-31) or date, optional
        First and last day of the window of the missed calls; the completed call may lie beyond it.

    Returns
    -------
    DataFrame
        `measure, group, n, N, value, low, high`; `pending`, the missed calls younger than `days`,
        which are in neither sum, recovered or not (to count the quick successes alone would flatter);
        and `left_out`, those whose date is in doubt, not known or still to come, or that a completed
        call is said to have followed before they were to start.
    """
    found = misses(calls, by, as_of=as_of, grace=grace, start=start, end=end)
    kind, beside = found.recovery(days)
    return rate("recovery_rate", found.rows, kind, by, confidence, beside=beside)


class Misses:
    """The missed calls of a window, with what is known of each at the day of the report.

    Attributes
    ----------
    rows : DataFrame
        One row a missed call.
    begin, completed : array of datetime64[us]
        Its scheduled start, and that of the completed call after it (NaT where there is none by the
        day of the report); in UTC.
    rebooked : array of bool
        Another call of the interview followed it.
    now : datetime64[us]
        The day of the report.
    left_out : array of bool
        Its date is in doubt, not known or still to come, or the completed call came before it.
    """

    def __init__(
        self,
        rows: pd.DataFrame,
        completed: NDArray[np.datetime64],
        followed: NDArray[np.bool_],
        now: np.datetime64,
    ):
        self.rows, self.rebooked, self.now = rows, followed, now
        self.begin = times(rows, "scheduled_at")
        self.completed = np.where(completed <= now, completed, np.datetime64("NaT", "us"))
        self.left_out = ~(self.begin <= now) | (self.completed < self.begin)
        if "date_doubt" in rows.columns:
            self.left_out |= rows["date_doubt"].notna().to_numpy(bool)

    def old(self, days: int) -> NDArray[np.bool_]:
        """Mark those with at least so many days elapsed."""
        old: NDArray[np.bool_] = self.now - self.begin >= days * _DAY
        return old

    def recovery(self, days: int) -> tuple[NDArray[np.int64], dict[str, NDArray[np.bool_]]]:
        """Say what each is to the recovery rate, and which are `pending` and `left_out` of it."""
        _checked(days)
        old = self.old(days) & ~self.left_out
        recovered = self.completed - self.begin <= days * _DAY
        kind = np.where(old, np.where(recovered, YES, NO), NOT_COUNTED)
        return kind, {"pending": ~old & ~self.left_out, "left_out": self.left_out}


def misses(
    calls: Frame,
    by: By = None,
    *,
    as_of: datetime | None = None,
    grace: float | None = None,
    start: Day = None,
    end: Day = None,
    also: tuple[str, ...] = (),
) -> Misses:
    """Find the missed calls of a window and what followed them, in the window or beyond it.

    Parameters
    ----------
    calls : frame
        With `interview_id`, `sequence`, `state` and `scheduled_at`.
    by, as_of, grace, start, end
        As for `recovery_rate`.
    also : tuple of str
        More columns to take along.

    Raises
    ------
    KitError
        If a column that is needed is not there, or the window is none.
    """
    rows = read(calls, [*_STORY, *also], by, start, end, fold=False, grace=grace)
    need(rows, ["interview_id", "sequence", *_MISSED])
    here = (rows["state"] == "missed").fillna(False).to_numpy(bool)
    inside = within(rows, start, end)
    if inside is not None:
        here = here & inside
    return Misses(rows[here], recovered_at(rows)[here], rebooked(rows)[here], as_of_or_now(as_of))


def first_message_delay(
    calls: Frame,
    by: By = None,
    *,
    confidence: float = 0.95,
    grace: float | None = None,
    start: Day = None,
    end: Day = None,
) -> pd.DataFrame:
    """Give the minutes from the scheduled start to the first voicemail or email: median, quartiles.

    Parameters
    ----------
    calls : frame
        With `state`, `scheduled_at` and `first_message_at`.
    by, grace, start, end
        As for `same_day_reconnection_rate`.
    confidence : float
        Of the median's interval, which no assumption about the delays stands behind; there is none
        (NaN) where the messages are too few for one.

    Returns
    -------
    DataFrame
        `measure, group, n, N, value, low, high`: missed calls with a message, missed calls, the
        median and its interval in minutes; `lower_quartile`, `upper_quartile` (linear between two
        delays, as NumPy and spreadsheets do); and `left_out`, messages said to have gone out before
        the start.
    """
    columns = [*_MISSED, "first_message_at"]
    rows = read(calls, columns, by, start, end, fold=False, grace=grace)
    need(rows, columns)
    missed = states(rows, {"missed": NO}, NOT_COUNTED) == NO
    inside = within(rows, start, end)
    rows = rows[missed if inside is None else missed & inside]
    codes, found = groups_of(rows, by)
    delay = (times(rows, "first_message_at") - times(rows, "scheduled_at")) / np.timedelta64(
        60, "s"
    )
    sent, before = delay >= 0, delay < 0
    figures = [_spread(delay[here[sent[here]]], confidence) for here in split(codes, len(found))]
    value, low, high, lower, upper = np.array(figures).reshape(-1, 5).T
    return pd.DataFrame(
        {
            **named("first_message_delay", found, by),
            "n": np.bincount(codes[sent], minlength=len(found)),
            "N": np.bincount(codes[~before], minlength=len(found)),
            "value": value,
            "low": low,
            "high": high,
            "lower_quartile": lower,
            "upper_quartile": upper,
            "left_out": np.bincount(codes[before], minlength=len(found)),
        }
    )


def _spread(minutes: NDArray[np.float64], confidence: float) -> tuple[float, ...]:
    if not len(minutes):
        return (np.nan,) * 5
    lower, median, upper = np.quantile(minutes, [0.25, 0.5, 0.75])
    return float(median), *median_interval(minutes, confidence), float(lower), float(upper)


def funnel(
    calls: Frame,
    by: By = None,
    *,
    days: int = DAYS,
    window: float = WINDOW,
    confidence: float = 0.95,
    as_of: datetime | None = None,
    grace: float | None = None,
    start: Day = None,
    end: Day = None,
) -> pd.DataFrame:
    """Follow the missed calls: message sent, reconnected (the same day), rebooked, completed.

    Parameters
    ----------
    calls : frame
        With `interview_id`, `sequence`, `state`, `scheduled_at`, `first_message_at` and
        `reconnected_at`.
    by, days, confidence, as_of, grace, start, end
        As for `recovery_rate`.
    window : float
        As for `same_day_reconnection_rate`.

    Returns
    -------
    DataFrame
        `measure, group, step, n, N, value, low, high`: `n` of the `N` missed calls came at least as
        far as the step, so that no step exceeds the one before; who was rebooked without a message
        on record has passed that step too. `recorded`, the calls with that very step on record;
        `pending`, the calls at the step before that are younger than `days` and may still take this
        one; `left_out`, as for `recovery_rate`, and those said to have been reconnected before they
        were to start.
    """
    _checked(days)
    columns = ("first_message_at", "reconnected_at")
    found = misses(
        calls, by, as_of=as_of, grace=grace, start=start, end=end, also=(*columns, "window_until")
    )
    need(found.rows, columns)
    spoke, early = _spoke(found.rows, window)
    left_out = found.left_out | early
    codes, groups = groups_of(found.rows, by)
    counted = ~left_out
    recorded = {
        STEPS[0]: counted,
        STEPS[1]: counted & ~np.isnat(times(found.rows, "first_message_at")),
        STEPS[2]: counted & spoke,
        STEPS[3]: counted & found.rebooked,
        STEPS[4]: counted & ~np.isnat(found.completed),
    }
    young = ~found.old(days)
    size = len(groups)

    def count(mark: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.bincount(codes[mark], minlength=size)

    # From the end: whoever took a later step has come as far as the earlier ones.
    reached: dict[str, NDArray[np.bool_]] = {}
    further = np.zeros(len(codes), dtype=bool)
    for step in reversed(STEPS):
        further = further | recorded[step]
        reached[step] = further
    before = counted
    frames = []
    for step in STEPS:
        beside = {
            "recorded": count(recorded[step]),
            "pending": count(before & ~reached[step] & young),
            "left_out": count(left_out),
        }
        frame = small(
            "funnel", groups, by, count(reached[step]), count(counted), confidence, beside
        )
        place = list(frame.columns).index("n")
        frame.insert(place, "step", pd.Series([step] * size, dtype="str"))
        frames.append(frame)
        before = reached[step]
    whole = pd.concat(frames, keys=range(len(STEPS)))
    # Group by group, each with its steps in order.
    return whole.sort_index(level=1, sort_remaining=True).reset_index(drop=True)


def _checked(days: int) -> None:
    if days < 0:
        raise KitError(
            _("Recovery within {days} days cannot be; give 0 or more.").format(days=days)
        )


def _spoke(rows: pd.DataFrame, window: float) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Mark the calls where both spoke within the window, and those where that is said to be before."""
    begin, spoke = times(rows, "scheduled_at"), times(rows, "reconnected_at")
    until = times(rows, "window_until")
    until = np.where(np.isnat(until), begin + np.timedelta64(round(window * 60), "s"), until)
    early = ~np.isnat(spoke) & ~(spoke >= begin)
    return (spoke <= until) & ~early, early
