"""On which day a call was scheduled where its client is, and which month, quarter or week that is."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
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
_UNKNOWN = np.datetime64("NaT", "D")
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
    values = calls["timezone"]
    if isinstance(values.dtype, pd.CategoricalDtype):
        values = values.cat.remove_unused_categories()
        codes, zones = values.cat.codes.to_numpy(), list(values.cat.categories)
    else:
        codes, found = pd.factorize(values)
        zones = list(found)
    days = _looked_up(moments, codes, zones)
    if days is None:
        days = np.full(len(calls), _UNKNOWN)
        for code, name in enumerate(zones):
            here = codes == code
            days[here] = _in_zone(moments[here], name, codes, code)
    if "date_doubt" in calls.columns:
        days[calls["date_doubt"].notna().to_numpy(bool)] = _UNKNOWN
    return days


def _looked_up(
    moments: NDArray[np.datetime64], codes: NDArray[np.integer], zones: list[Any]
) -> Days | None:
    """Look the days up in a table of quarters of an hour; None where that would not be worth it."""
    unknown = np.isnat(moments) | (codes < 0)
    any_unknown = bool(unknown.any())
    known = moments[~unknown] if any_unknown else moments
    if not len(known):
        return None
    first, last = known.min(), known.max()
    begin = first.astype(np.int64) // _SLOT
    slots = int(last.astype(np.int64) // _SLOT - begin + 1)
    if len(moments) < 4 * slots * len(zones) or first < _FROM or last > _TO:
        return None
    starts = (np.arange(begin, begin + slots) * _SLOT).view("M8[us]")
    tables = [_in_zone(starts, name, codes, code) for code, name in enumerate(zones)]
    table = np.concatenate([*tables, [_UNKNOWN]])
    places = moments.astype(np.int64) // _SLOT - begin
    if len(zones) > 1:
        places += codes * np.int64(slots)
    if any_unknown:
        places[unknown] = len(table) - 1
    days: Days = table[places]
    return days


def _in_zone(
    moments: NDArray[np.datetime64], zone: Any, codes: NDArray[np.integer], code: int
) -> Days:
    try:
        return _converted(moments, str(zone))
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        raise KitError(
            f"There is no time zone called {str(zone)[:60]!r}, which "
            f"{int((codes == code).sum())} of these calls name; use a name such as "
            "'Europe/London'."
        ) from None


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
    any_unknown = bool(unknown.any())
    known = days[~unknown] if any_unknown else days
    if not len(known):
        return np.full(len(days), -1, dtype=np.int64), []
    first = known.min()
    # A table from the first day to the last: the calls are too many to reckon each by itself.
    every = np.arange(first, known.max() + 1)
    numbers = number_of(every)
    numbers -= numbers[0]
    places = (days - first).astype(np.int64)
    if any_unknown:
        places[unknown] = 0
    codes: NDArray[np.int64] = numbers[places]
    if any_unknown:
        codes[unknown] = -1
    there = np.bincount(codes[~unknown] if any_unknown else codes, minlength=numbers[-1] + 1) > 0
    offset = int(number_of(every[:1])[0])
    labels = [written(int(number) + offset) for number in np.flatnonzero(there)]
    renumbered = np.append(np.cumsum(there) - 1, -1)
    return renumbered[codes], labels
