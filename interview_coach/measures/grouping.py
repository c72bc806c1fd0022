"""Which group a call belongs to, which calls a window of dates holds, and what became of an interview."""

import difflib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from interview_coach.errors import KitError
from interview_coach.language import N_, _
from interview_coach.measures.engines import Frame, columns_of, narrow, times
from interview_coach.measures.following import COMPLETED_AT, recovered_at
from interview_coach.measures.following import rebooked as rebooked_of
from interview_coach.measures.localtime import BOOKED, OF_THE_START, local_days, start_codes
from interview_coach.measures.needing import need
from interview_coach.measures.texts import numbered

__all__ = [
    "IN_DOUBT",
    "NOT_RECORDED",
    "By",
    "Day",
    "factor",
    "groups",
    "in_window",
    "read",
    "within",
]

# Groups of their own, shown last: a date that is not believed is in no month.
IN_DOUBT = N_("date in doubt")
NOT_RECORDED = N_("not recorded")
# Between the names of a group of several columns.
AND = " · "

By: TypeAlias = str | Sequence[str] | None
Day: TypeAlias = str | date | None

# Combinations of several columns beyond which those that do not occur are left out at once, and the
# greatest number (times three: see `counting.rate`) that fits into four bytes.
_MANY, _FITS = 10_000, 2**29

_DATED = ("scheduled_at", "timezone", "date_doubt")
_GRACED = ("state", "scheduled_at", "reconnected_at")
_MARKS = ("rebooked", COMPLETED_AT)


def names_of(by: By) -> tuple[str, ...]:
    """Give the columns to group by, one or several, as a tuple."""
    return () if by is None else (by,) if isinstance(by, str) else tuple(by)


def read(
    frame: Frame,
    columns: Iterable[str],
    by: By = None,
    start: Day = None,
    end: Day = None,
    *,
    fold: bool = True,
    grace: float | None = None,
) -> pd.DataFrame:
    """Take what a measure needs out of a frame of any engine: see `engines.narrow`.

    With a grace (minutes), a call that was entered as missed, but where both spoke within it, comes
    out as completed.

    Raises
    ------
    KitError
        If it is no frame, or there is nothing of that name to group by.
    """
    if grace is not None:
        columns = [*columns, *_GRACED]
        return _graced(read(frame, columns, by, start, end, fold=fold), grace)
    if isinstance(frame, pd.DataFrame):
        return frame
    there = columns_of(frame)
    for name in names_of(by):
        if name not in there and name not in OF_THE_START:
            raise KitError(_no_such_group(name, there))
    dated = start is not None or end is not None or any(n in OF_THE_START for n in names_of(by))
    booked = (BOOKED,) if "lead_time" in names_of(by) else ()
    wanted = [*columns, *names_of(by), *(_DATED if dated else ()), *booked]
    return narrow(frame, [*wanted, *_MARKS], fold=fold)


def _graced(rows: pd.DataFrame, grace: float) -> pd.DataFrame:
    need(rows, _GRACED)
    waited = times(rows, "reconnected_at") - times(rows, "scheduled_at")
    spoke = (waited >= np.timedelta64(0)) & (waited <= np.timedelta64(round(grace * 60), "s"))
    state = rows["state"].astype("object")
    missed = (state == "missed").fillna(False).to_numpy(bool)
    return rows.assign(state=state.mask(missed & spoke, "completed"))


def within(calls: pd.DataFrame, start: Day = None, end: Day = None) -> NDArray[np.bool_] | None:
    """Mark the calls scheduled in a window of days, each in its client's own time zone.

    Returns
    -------
    array of bool or None
        None where there is no window: every call is in it, be its date believed or not.

    Raises
    ------
    KitError
        If a day is not one, or the window ends before it starts.
    """
    first, last = _day(start, "first"), _day(end, "last")
    if first is None and last is None:
        return None
    if first is not None and last is not None and last < first:
        raise KitError(
            _(
                "The window ends on {last}, before it starts on {first}; exchange the two days."
            ).format(last=last, first=first)
        )
    need(calls, ["scheduled_at", "timezone"])
    days = local_days(calls)
    inside: NDArray[np.bool_] = ~np.isnat(days)
    if first is not None:
        inside &= days >= first
    if last is not None:
        inside &= days <= last
    return inside


def in_window(calls: Frame, start: Day = None, end: Day = None) -> tuple[pd.DataFrame, int]:
    """Keep the calls that were scheduled in a window of days, each in its client's own time zone.

    Parameters
    ----------
    calls : frame
        One row a call; of any engine.
    start, end : str (2026-01-31) or date, optional
        First and last day, both included; open where left out. Without either nothing is left out.

    Returns
    -------
    calls : DataFrame
        Those inside. With a window it has two more columns: `rebooked`, the call was missed and the
        interview had another call after it, and `completed_at`, the start of the completed call
        after it; be those inside the window or not.
    left_out : int
        How many calls are not in it: outside the window, or with a date in doubt.

    Raises
    ------
    KitError
        If a day is not one, or the window ends before it starts.
    """
    here = narrow(calls, columns_of(calls), fold=False)
    inside = within(here, start, end)
    if inside is None:
        return here, 0
    if "interview_id" in here.columns:
        # Both before either is put there: the marks of a window inside a window stay.
        marks = {"rebooked": rebooked_of(here), COMPLETED_AT: recovered_at(here)}
        here = here.assign(**{name: marks[name] for name in _MARKS})
        here[COMPLETED_AT] = here[COMPLETED_AT].dt.tz_localize("UTC")
    kept = here[inside]
    return kept, len(here) - len(kept)


def _day(given: Day, which: str) -> np.datetime64 | None:
    if given is None or (isinstance(given, str) and not given.strip()):
        return None
    try:
        text = given.strip() if isinstance(given, str) else given.isoformat()[:10]
        return np.datetime64(date.fromisoformat(text), "D")
    except ValueError:
        says = (
            _(
                "The first day of the window is {given}, which is not a day; write it as 2026-01-31 "
                "(year-month-day)."
            )
            if which == "first"
            else _(
                "The last day of the window is {given}, which is not a day; write it as 2026-01-31 "
                "(year-month-day)."
            )
        )
        raise KitError(says.format(given=repr(str(given)[:40]))) from None


def factor(calls: pd.DataFrame, by: str | Sequence[str]) -> tuple[NDArray[np.integer], list[str]]:
    """Sort the calls into groups.

    Parameters
    ----------
    calls : DataFrame
        One row a call.
    by : str or sequence of str
        A column, or `month`, `quarter`, `week`, `hour` of the scheduled start where the client is,
        or `lead_time`, the days to it from the booking; several make one group of each combination
        that there is.

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
    codes, found = groups(calls, by)
    return codes, [AND.join(group) for group in found]


def groups(
    calls: pd.DataFrame, by: str | Sequence[str], *, used: bool = True
) -> tuple[NDArray[np.integer], list[tuple[str, ...]]]:
    """Sort the calls into groups, as `factor` does, each a label for every name of `by`.

    With `used` false there may be groups without a call: whoever counts anyway leaves them out in
    passing, where a look for them would cost as much as the count.
    """
    names = names_of(by)
    if not names:
        raise KitError(_("There is nothing to group by; name a column, or leave it out."))
    codes, labels = _factor(calls, names[0])
    found: list[tuple[str, ...]] = [(label,) for label in labels]
    for name in names[1:]:
        more, labels = _factor(calls, name)
        size = len(found) * len(labels)
        codes = codes * (np.int32 if size < _FITS else np.int64)(len(labels))
        codes += more
        places = np.arange(size)
        if size > _MANY:
            codes, places = _used(codes, size)
        found = [(*found[at // len(labels)], labels[at % len(labels)]) for at in places.tolist()]
    if used:
        codes, places = _used(codes, len(found))
        found = [found[at] for at in places.tolist()]
    return codes, found


def _used(codes: NDArray[np.integer], size: int) -> tuple[NDArray[np.integer], NDArray[np.int64]]:
    """Give new numbers to the codes that there are, and those codes in order."""
    there = np.bincount(codes, minlength=size) > 0
    if there.all():
        return codes, np.arange(size)
    return (np.cumsum(there) - 1)[codes], np.flatnonzero(there)


def _factor(calls: pd.DataFrame, by: str) -> tuple[NDArray[np.integer], list[str]]:
    if by in calls.columns:
        return _of_values(calls[by])
    if by not in OF_THE_START:
        raise KitError(_no_such_group(by, [str(name) for name in calls.columns]))
    codes, labels = start_codes(calls, by)
    if codes.min(initial=0) < 0:
        for number, label in ((-2, NOT_RECORDED), (-1, IN_DOUBT)):
            here = codes == number
            if here.any():
                codes[here] = len(labels)
                labels = [*labels, label]
    return codes, labels


def _of_values(values: pd.Series) -> tuple[NDArray[np.integer], list[str]]:
    raw: NDArray[np.integer]
    found: Any
    if isinstance(values.dtype, pd.CategoricalDtype):
        # The codes are there already: nothing has to be looked up.
        raw, found = values.cat.codes.to_numpy(), values.cat.categories
    else:
        in_order = numbered(values, lambda word: _sorting((_label(word), word)))
        raw, found = in_order or pd.factorize(values)
    labels = [_label(value) for value in found]
    # What differs only in how it was typed in (a blank, a number and its text) is one group.
    order = sorted(
        {label: value for label, value in zip(labels, found, strict=True) if label}.items(),
        key=_sorting,
    )
    named = [label for label, __ in order if label != NOT_RECORDED]
    place = {label: number for number, label in enumerate(named)}
    # The last entry serves code -1, a missing value.
    table = [place.get(label, len(named)) for label in labels] + [len(named)]
    missing = len(raw) > 0 and raw.min() < 0
    shown = [*named, NOT_RECORDED] if missing or len(named) in table[:-1] else named
    if not missing and table[:-1] == list(range(len(found))):
        # In order as they are.
        return raw, shown
    return np.array(table, dtype=np.int32)[raw], shown


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
    can_ask = [*columns, *OF_THE_START]
    near = difflib.get_close_matches(str(by).strip().lower(), can_ask, 1, 0.6)
    listed = ", ".join([*near, *(name for name in can_ask if name not in near)])
    given = repr(str(by)[:60])
    if near:
        return _(
            "There is no column {given} to group by; did you mean '{near}'? You can ask for: {known}."
        ).format(given=given, near=near[0], known=listed)
    return _("There is no column {given} to group by; you can ask for: {known}.").format(
        given=given, known=listed
    )
