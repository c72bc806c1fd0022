"""Which group or period a call belongs to, and which calls a window of dates holds."""

import difflib
from collections.abc import Callable, Iterable
from datetime import date
from zoneinfo import ZoneInfoNotFoundError

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from interview_coach.errors import KitError

__all__ = [
    "IN_DOUBT",
    "NOT_RECORDED",
    "PERIODS",
    "factor",
    "in_window",
    "interview_of",
    "need",
    "rebooked",
]

# Groups of their own, shown last: a date that is not believed is in no month.
IN_DOUBT = "date in doubt"
NOT_RECORDED = "not recorded"


def _week(days: pd.Series) -> pd.Series:
    iso = days.dt.isocalendar()
    year, week = iso["year"].astype("str"), iso["week"].astype("str")
    labels: pd.Series = year.str.zfill(4) + "-W" + week.str.zfill(2)
    return labels


PERIODS: dict[str, Callable[[pd.Series], pd.Series]] = {
    "month": lambda days: days.dt.strftime("%Y-%m"),
    "quarter": lambda days: (
        days.dt.strftime("%Y-Q") + days.dt.quarter.astype("Int64").astype("str")
    ),
    "week": _week,
}


def need(calls: pd.DataFrame, columns: Iterable[str]) -> None:
    """Check that a frame of calls has what a measure reads.

    Raises
    ------
    KitError
        Naming the columns that are not there.
    """
    missing = [name for name in columns if name not in calls.columns]
    if missing:
        names = " and ".join(f"'{name}'" for name in missing)
        raise KitError(
            f"These calls have no column {names}, which this measure needs; take the calls from an "
            "outcome log, or import the file with a mapping that fills it."
        )


def local_days(calls: pd.DataFrame) -> pd.Series:
    """Give the date of each call's scheduled start where its client is.

    Parameters
    ----------
    calls : DataFrame
        With `scheduled_at` (UTC, or readable as such), `timezone` (IANA, the client's) and, where
        there is one, `date_doubt`.

    Returns
    -------
    Series of datetime64
        Midnight of the local day; NaT where the date is in doubt or not known.

    Raises
    ------
    KitError
        If a time zone is not one, or a scheduled start cannot be read.
    """
    need(calls, ["scheduled_at", "timezone"])
    try:
        moments = pd.to_datetime(calls["scheduled_at"], utc=True)
    except (ValueError, TypeError) as error:
        raise KitError(f"A scheduled start cannot be read as a date and time: {error}.") from error
    zones = calls["timezone"].astype("object")
    days = pd.Series(pd.NaT, index=calls.index, dtype="datetime64[us]")
    for name in zones.dropna().unique():
        here = (zones == name).to_numpy(bool)
        try:
            local = moments[here].dt.tz_convert(str(name))
        except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
            raise KitError(
                f"There is no time zone called {str(name)[:60]!r}, which "
                f"{int(here.sum())} of these calls name; use a name such as 'Europe/London'."
            ) from None
        days[here] = local.dt.tz_localize(None).dt.normalize().astype("datetime64[us]")
    if "date_doubt" in calls.columns:
        days = days.mask(calls["date_doubt"].notna().to_numpy(bool))
    return days


def in_window(
    calls: pd.DataFrame, start: str | date | None = None, end: str | date | None = None
) -> tuple[pd.DataFrame, int]:
    """Keep the calls that were scheduled in a window of days, each in its client's own time zone.

    Parameters
    ----------
    calls : DataFrame
        One row a call.
    start, end : str (2026-01-31) or date, optional
        First and last day, both included; open where left out. Without either nothing is left out.

    Returns
    -------
    calls : DataFrame
        Those inside. With a window it has one more column, `rebooked`: the call was missed and the
        interview had another call after it, be that inside the window or not.
    left_out : int
        How many calls are not in it: outside the window, or with a date in doubt.

    Raises
    ------
    KitError
        If a day is not one, or the window ends before it starts.
    """
    first, last = _day(start, "first"), _day(end, "last")
    if first is None and last is None:
        return calls, 0
    if first is not None and last is not None and last < first:
        raise KitError(
            f"The window ends on {last:%Y-%m-%d}, before it starts on {first:%Y-%m-%d}; "
            "exchange the two days."
        )
    days = local_days(calls)
    inside = days.notna()
    if first is not None:
        inside &= days >= first
    if last is not None:
        inside &= days <= last
    marked = calls.assign(rebooked=rebooked(calls)) if "interview_id" in calls.columns else calls
    kept = marked[inside.to_numpy(bool)]
    return kept, len(calls) - len(kept)


def _day(given: str | date | None, which: str) -> pd.Timestamp | None:
    if given is None or (isinstance(given, str) and not given.strip()):
        return None
    try:
        text = given.strip() if isinstance(given, str) else given.isoformat()[:10]
        return pd.Timestamp(date.fromisoformat(text))
    except ValueError:
        raise KitError(
            f"The {which} day of the window is {str(given)[:40]!r}, which is not a day; write it "
            "as 2026-01-31 (year-month-day)."
        ) from None


def interview_of(calls: pd.DataFrame) -> NDArray[np.int64]:
    """Give all calls of one interview of one coach the same number.

    A call that names no interview is one by itself.
    """
    need(calls, ["interview_id"])
    numbers, _ = pd.factorize(calls["interview_id"])
    numbers = numbers.astype(np.int64)
    unnamed = numbers < 0
    if "coach" in calls.columns:
        # Two coaches may use the same number for different interviews.
        coaches, names = pd.factorize(calls["coach"])
        numbers = numbers * (len(names) + 1) + coaches + 1
    numbers[unnamed] = numbers.max(initial=0) + 1 + np.arange(unnamed.sum())
    return pd.factorize(numbers)[0].astype(np.int64)


def rebooked(calls: pd.DataFrame) -> NDArray[np.bool_]:
    """Mark the missed calls that another call of the same interview followed."""
    if "rebooked" in calls.columns:
        return calls["rebooked"].to_numpy(bool)
    need(calls, ["state", "sequence"])
    if calls.empty:
        return np.zeros(0, dtype=bool)
    interview = interview_of(calls)
    sequence = pd.to_numeric(calls["sequence"]).fillna(1).to_numpy(np.float64)
    latest = np.full(interview.max() + 1, -np.inf)
    np.maximum.at(latest, interview, sequence)
    missed = (calls["state"] == "missed").fillna(False).to_numpy(bool)
    followed: NDArray[np.bool_] = missed & (sequence < latest[interview])
    return followed


def factor(calls: pd.DataFrame, by: str) -> tuple[NDArray[np.int64], list[str]]:
    """Sort the calls into groups.

    Parameters
    ----------
    calls : DataFrame
        One row a call.
    by : str
        A column, or `month`, `quarter`, `week` of the scheduled start where the client is.

    Returns
    -------
    codes : array of int
        For each call the place of its group in `labels`.
    labels : list of str
        The groups in the order to show them: periods by time, numbers by size, words by alphabet;
        then `NOT_RECORDED` and `IN_DOUBT`, where a call needs them.

    Raises
    ------
    KitError
        If there is nothing of that name to group by.
    """
    if by in calls.columns:
        values, rest = calls[by], NOT_RECORDED
    elif by in PERIODS:
        days = local_days(calls)
        values, rest = PERIODS[by](days).where(days.notna()), IN_DOUBT
    else:
        raise KitError(_no_such_group(by, [str(name) for name in calls.columns]))
    codes, found = pd.factorize(values)
    labels = [_label(value) for value in found]
    # What differs only in how it was typed in (a blank, a number and its text) is one group.
    order = sorted(
        {label: value for label, value in zip(labels, found, strict=True) if label}.items(),
        key=_sorting,
    )
    named = [label for label, _ in order if label != rest]
    place = {label: number for number, label in enumerate(named)}
    # The last entry serves code -1, a missing value.
    table = np.array([place.get(label, len(named)) for label in labels] + [len(named)])
    numbers = table[codes].astype(np.int64)
    return numbers, [*named, rest] if np.any(numbers == len(named)) else named


def _label(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def _sorting(item: tuple[str, object]) -> tuple[int, float, str, str]:
    label, value = item
    if isinstance(value, int | float | np.number) and not isinstance(value, bool):
        return 0, float(value), "", label
    return 1, 0.0, label.casefold(), label


def _no_such_group(by: object, columns: list[str]) -> str:
    can_ask = [*columns, *PERIODS]
    near = difflib.get_close_matches(str(by).strip().lower(), can_ask, 1, 0.6)
    hint = f"did you mean '{near[0]}'? You can" if near else "you can"
    listed = ", ".join([*near, *(name for name in can_ask if name not in near)])
    return f"There is no column {str(by)[:60]!r} to group by; {hint} ask for: {listed}."
