"""On which day a call was scheduled where its client is, and which month, quarter or week that is."""

from collections.abc import Callable
from datetime import date, timedelta
from zoneinfo import ZoneInfoNotFoundError

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from interview_coach.errors import KitError
from interview_coach.measures.engines import times

__all__ = ["PERIODS", "local_days", "period_codes"]

Days = NDArray[np.datetime64]

# Offsets from UTC change on whole quarters of an hour since 1972 (Liberia was the last to leave
# local mean time); a table of the offsets by the quarter serves a million calls.
_SLOT = 15 * 60 * 1_000_000
_FROM, _TO = np.datetime64("1973-01-01", "us"), np.datetime64("2100-01-01", "us")


def _week(number: int) -> str:
    year, week, _ = (date(1970, 1, 5) + timedelta(weeks=number)).isocalendar()
    return f"{year:04}-W{week:02}"


# How days are numbered, and how such a number is written; 5 January 1970 was a Monday.
PERIODS: dict[str, tuple[Callable[[Days], NDArray[np.int64]], Callable[[int], str]]] = {
    "month": (
        lambda days: days.astype("M8[M]").astype(np.int64),
        lambda number: str(np.datetime64(number, "M")),
    ),
    "quarter": (
        lambda days: days.astype("M8[M]").astype(np.int64) // 3,
        lambda number: f"{1970 + number // 4:04}-Q{number % 4 + 1}",
    ),
    "week": (lambda days: (days.astype(np.int64) - 4) // 7, _week),
}


def local_days(calls: pd.DataFrame) -> Days:
    """Give the date of each call's scheduled start where its client is.

    Parameters
    ----------
    calls : DataFrame
        With `scheduled_at` (UTC, or readable as such), `timezone` (IANA, the client's) and, where
        there is one, `date_doubt`.

    Returns
    -------
    array of datetime64[D]
        NaT where the date is in doubt or not known.

    Raises
    ------
    KitError
        If a time zone is not one, or a scheduled start cannot be read.
    """
    moments = times(calls, "scheduled_at")
    codes, zones = pd.factorize(calls["timezone"])
    days = np.full(len(calls), np.datetime64("NaT", "D"))
    one = len(zones) == 1 and not np.any(codes < 0)
    for code, name in enumerate(zones):
        here: NDArray[np.bool_] | slice = slice(None) if one else codes == code
        try:
            days[here] = _days_in(moments[here], str(name))
        except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
            raise KitError(
                f"There is no time zone called {str(name)[:60]!r}, which "
                f"{int((codes == code).sum())} of these calls name; use a name such as "
                "'Europe/London'."
            ) from None
    if "date_doubt" in calls.columns:
        days[calls["date_doubt"].notna().to_numpy(bool)] = np.datetime64("NaT")
    return days


def _days_in(moments: NDArray[np.datetime64], zone: str) -> Days:
    known = moments[~np.isnat(moments)]
    if not len(known):
        # Also says whether there is such a zone.
        return _converted(moments, zone)
    first, last = known.min(), known.max()
    slots = (last.astype(np.int64) - first.astype(np.int64)) // _SLOT + 2
    if len(moments) < 4 * slots or first < _FROM or last > _TO:
        return _converted(moments, zone)
    begin = first.astype(np.int64) // _SLOT
    starts = (np.arange(begin, begin + slots) * _SLOT).view("M8[us]")
    table = np.append(_converted(starts, zone), np.datetime64("NaT"))
    numbers = moments.astype(np.int64) // _SLOT - begin
    numbers[np.isnat(moments)] = slots
    days: Days = table[numbers]
    return days


def _converted(moments: NDArray[np.datetime64], zone: str) -> Days:
    local = pd.DatetimeIndex(moments).tz_localize("UTC").tz_convert(zone).tz_localize(None)
    days: Days = local.to_numpy().astype("M8[D]")
    return days


def period_codes(calls: pd.DataFrame, period: str) -> tuple[NDArray[np.int64], list[str]]:
    """Give each call the number of the period of its scheduled start where the client is.

    Parameters
    ----------
    calls : DataFrame
        As for `local_days`.
    period : str
        A key of `PERIODS`.

    Returns
    -------
    codes : array of int
        The place of each call's period in `labels`; -1 where its date is in doubt or not known.
    labels : list of str
        By time.
    """
    number_of, written = PERIODS[period]
    days = local_days(calls)
    unknown = np.isnat(days)
    # Day by day there are few: what is dear is done once for each.
    day_codes, found = pd.factorize(days.astype(np.int64))
    numbers = number_of(found.astype("M8[D]"))
    known = found.astype("M8[D]")
    present, place = np.unique(numbers[~np.isnat(known)], return_inverse=True)
    table = np.full(len(found), -1, dtype=np.int64)
    table[~np.isnat(known)] = place
    codes: NDArray[np.int64] = table[day_codes]
    codes[unknown] = -1
    return codes, [written(int(number)) for number in present]
