"""When a call was scheduled where its client is: the day, its month, quarter or week, and the hour."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Literal, TypeAlias
from zoneinfo import ZoneInfoNotFoundError

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from interview_coach.errors import KitError
from interview_coach.language import N_, _
from interview_coach.measures.engines import times
from interview_coach.measures.needing import need

__all__ = ["BOOKED", "LEAD_TIMES", "OF_THE_START", "PERIODS", "local_days", "start_codes"]

Days = NDArray[np.datetime64]
Unit: TypeAlias = Literal["D", "h"]

# Offsets from UTC change on whole quarters of an hour since 1972 (Liberia was the last to leave
# local mean time); a table of the offsets by the quarter serves a million calls.
_SLOT = 15 * 60 * 1_000_000
_FROM, _TO = np.datetime64("1973-01-01", "us"), np.datetime64("2100-01-01", "us")


def _week(number: int) -> str:
    year, week, _day = (date(1970, 1, 5) + timedelta(weeks=number)).isocalendar()
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
# What follows from the scheduled start, and can be grouped by like a column.
OF_THE_START = (*PERIODS, "hour", "lead_time")
# The moment at which the call was agreed.
BOOKED = "booked_at"
# Days from booking to the start: the first of each class, and its name.
LEAD_TIMES = {
    0: N_("same day"),
    1: N_("1 to 2 days"),
    3: N_("3 to 7 days"),
    8: N_("8 to 14 days"),
    15: N_("over 14 days"),
}


def local_days(calls: pd.DataFrame, column: str = "scheduled_at") -> Days:
    """Give the date of each call's scheduled start where its client is.

    Parameters
    ----------
    calls : DataFrame
        With `scheduled_at` (UTC, or readable as such), `timezone` (IANA, the client's) and, where
        there is one, `date_doubt`.
    column : str
        Another moment than the scheduled start; its doubts do not concern it.

    Returns
    -------
    array of datetime64[D]
        NaT where the date is in doubt or not known.

    Raises
    ------
    KitError
        If a time zone is not one, or a scheduled start cannot be read.
    """
    return _local(calls, column, "D")


def _local(calls: pd.DataFrame, column: str, unit: Unit) -> Days:
    moments = times(calls, column)
    values = calls["timezone"]
    if isinstance(values.dtype, pd.CategoricalDtype):
        values = values.cat.remove_unused_categories()
        codes, zones = values.cat.codes.to_numpy(), list(values.cat.categories)
    else:
        codes, found = pd.factorize(values)
        zones = list(found)
    local = _looked_up(moments, codes, zones, unit)
    if local is None:
        local = np.full(len(calls), np.datetime64("NaT", unit))
        for code, name in enumerate(zones):
            here = codes == code
            local[here] = _in_zone(moments[here], name, codes, code, unit)
    if column == "scheduled_at" and "date_doubt" in calls.columns:
        local[calls["date_doubt"].notna().to_numpy(bool)] = np.datetime64("NaT", unit)
    return local


def _looked_up(
    moments: NDArray[np.datetime64], codes: NDArray[np.integer], zones: list[Any], unit: Unit
) -> Days | None:
    """Look the days (or hours) up in a table of quarters of an hour; None where that would not be worth it."""
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
    tables = [_in_zone(starts, name, codes, code, unit) for code, name in enumerate(zones)]
    table = np.concatenate([*tables, [np.datetime64("NaT", unit)]])
    places = moments.astype(np.int64) // _SLOT - begin
    if len(zones) > 1:
        places += codes * np.int64(slots)
    if any_unknown:
        places[unknown] = len(table) - 1
    local: Days = table[places]
    return local


def _in_zone(
    moments: NDArray[np.datetime64], zone: Any, codes: NDArray[np.integer], code: int, unit: Unit
) -> Days:
    try:
        return _converted(moments, str(zone), unit)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        raise KitError(
            _(
                "There is no time zone called {zone}, which {n} of these calls name; use a name "
                "such as 'Europe/London'."
            ).format(zone=repr(str(zone)[:60]), n=int((codes == code).sum()))
        ) from None


def _converted(moments: NDArray[np.datetime64], zone: str, unit: Unit) -> Days:
    clock = pd.DatetimeIndex(moments).tz_localize("UTC").tz_convert(zone).tz_localize(None)
    local: Days = clock.to_numpy().astype(f"M8[{unit}]")
    return local


def start_codes(calls: pd.DataFrame, by: str) -> tuple[NDArray[np.int64], list[str]]:
    """Give each call the number of what follows from its scheduled start where the client is.

    Parameters
    ----------
    calls : DataFrame
        As for `local_days`; for `lead_time` with `booked_at` too, the moment when the call was
        agreed.
    by : str
        One of `OF_THE_START`. Lead time is in days of the client's calendar.

    Returns
    -------
    codes : array of int
        The place in `labels`; -1 where the date is in doubt or not known, or before the booking; -2
        where the booking is not known.
    labels : list of str
        By time; of hours "09", and so on.

    Raises
    ------
    KitError
        If a column is not there, or cannot be read.
    """
    need(calls, ["scheduled_at", "timezone"])
    if by == "hour":
        return _hours(calls)
    return _lead_times(calls) if by == "lead_time" else _periods(calls, by)


def _hours(calls: pd.DataFrame) -> tuple[NDArray[np.int64], list[str]]:
    hours = _local(calls, "scheduled_at", "h")
    codes = np.where(np.isnat(hours), -1, hours.astype(np.int64) % 24)
    return codes, [f"{hour:02}" for hour in range(24)]


def _lead_times(calls: pd.DataFrame) -> tuple[NDArray[np.int64], list[str]]:
    if BOOKED not in calls.columns:
        raise KitError(
            _(
                "These calls do not say when they were booked; to group by lead time, put that "
                "moment into a column '{booked}'."
            ).format(booked=BOOKED)
        )
    start, booked = local_days(calls), local_days(calls, BOOKED)
    ahead = (start - booked).astype(np.int64)
    codes = np.searchsorted(np.array(list(LEAD_TIMES)), ahead, side="right") - 1
    codes[np.isnat(booked)] = -2
    # Later on the same day cannot be either.
    codes[np.isnat(start) | (times(calls, BOOKED) > times(calls, "scheduled_at"))] = -1
    return codes, list(LEAD_TIMES.values())


def _periods(calls: pd.DataFrame, period: str) -> tuple[NDArray[np.int64], list[str]]:
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
