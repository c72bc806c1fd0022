"""The one sum behind every rate: hits over what counts, by group, with Wilson's interval."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.measures.engines import weights
from interview_coach.measures.grouping import AND, By, groups, names_of
from interview_coach.measures.intervals import wilson

__all__ = [
    "ALL",
    "NO",
    "NOT_COUNTED",
    "YES",
    "Group",
    "as_of_or_now",
    "groups_of",
    "named",
    "rate",
    "small",
    "split",
    "states",
]

ALL = "all"

# What a row is to a rate: in neither sum, in the denominator, or in both.
NOT_COUNTED, NO, YES = 0, 1, 2

_Codes: TypeAlias = NDArray[np.integer]
Group: TypeAlias = tuple[str, ...]


def as_of_or_now(as_of: datetime | None) -> np.datetime64:
    """Give the moment until which things count as having happened; the clock's if none is given.

    Raises
    ------
    KitError
        If the moment has no zone.
    """
    moment = as_of or datetime.now(UTC)
    if moment.tzinfo is None:
        raise KitError(_("The moment to count until has no time zone; give it in UTC."))
    return np.datetime64(moment.astimezone(UTC).replace(tzinfo=None), "us")


def states(rows: pd.DataFrame, kinds: Mapping[str, int], rest: int) -> NDArray[np.int8]:
    """Turn the calls' end states into numbers, `rest` for those not named."""
    values = rows["state"]
    if isinstance(values.dtype, pd.CategoricalDtype):
        # The last entry serves code -1, a missing state.
        known = [kinds.get(str(state), rest) for state in values.cat.categories]
        coded: NDArray[np.int8] = np.array([*known, rest], dtype=np.int8)[values.cat.codes]
        return coded
    numbers = np.full(len(rows), rest, dtype=np.int8)
    # To compare texts with two words is several times quicker than to number all their words.
    for state, number in kinds.items():
        here = (values == state).fillna(False).to_numpy(bool)
        numbers += here * np.int8(number - rest)
    return numbers


def groups_of(rows: pd.DataFrame, by: By, *, used: bool = True) -> tuple[_Codes, list[Group]]:
    """Sort rows into groups, or into one called "all"; `used` as for `grouping.groups`."""
    if by is None:
        return np.zeros(len(rows), dtype=np.int32), [(ALL,)]
    return groups(rows, by, used=used)


def split(codes: _Codes, size: int) -> list[_Codes]:
    """Give for each group the places of its rows, in their order."""
    if size == 1:
        return [np.arange(len(codes))]
    ends = np.cumsum(np.bincount(codes, minlength=size))
    return np.split(np.argsort(codes, kind="stable"), ends[:-1]) if size else []


def rate(
    name: str,
    rows: pd.DataFrame,
    kind: NDArray[np.integer],
    by: By,
    confidence: float,
    *,
    split: frozenset[str] = frozenset(),
    inside: NDArray[np.bool_] | None = None,
    beside: Mapping[str, NDArray[np.bool_]] | None = None,
) -> pd.DataFrame:
    """Count what was hit over what counts, by group.

    Parameters
    ----------
    name : str
        Of the measure.
    rows : DataFrame
        What to group by is read from it; each row may stand for several calls.
    kind : array of int
        For each row `NOT_COUNTED`, `NO` or `YES`.
    by : str or sequence of str, optional
        What to group by.
    confidence : float
        Of the Wilson interval.
    split : set of str
        Columns by which the numerator is split and the denominator stays whole.
    inside : array of bool, optional
        The rows that are in the window; all if left out.
    beside : mapping of str to array of bool, optional
        More columns: how many calls of each group are marked so (pending ones, say).

    Returns
    -------
    DataFrame
        `measure, group, n, N, value, low, high`, and a column for each of `beside`; after `group`
        one for each of `by` if that is several.
    """
    beside = dict(beside or {})
    if inside is not None:
        rows, kind = rows[inside], kind[inside]
        beside = {key: mark[inside] for key, mark in beside.items()}
    codes, found = groups_of(rows, by, used=False)
    many = weights(rows)
    size = len(found)
    # One pass: the group and what the row is to the rate are one number.
    wide: NDArray[np.integer] = codes.astype(np.int32 if size < 2**29 else np.int64, copy=False)
    table = np.bincount(wide * np.int32(3) + kind, many, minlength=3 * size).reshape(size, 3)
    hits, totals = table[:, YES], table[:, NO] + table[:, YES]
    more = {
        key: np.bincount(codes[mark], None if many is None else many[mark], minlength=size)
        for key, mark in beside.items()
    }
    # A group that exists only through calls that are not counted stays, as 0 of 0.
    shown = np.ones(size, dtype=bool) if by is None else table.sum(axis=1) > 0
    if isinstance(by, str) and by in split:
        totals = np.full(size, totals.sum())
        shown = hits > 0
    return small(
        name,
        [group for group, keep in zip(found, shown, strict=True) if keep],
        by,
        hits[shown],
        totals[shown],
        confidence,
        {key: counts[shown].astype(np.int64) for key, counts in more.items()},
    )


def small(
    name: str,
    found: list[Group],
    by: By,
    hits: NDArray[np.number],
    totals: NDArray[np.number],
    confidence: float,
    beside: Mapping[str, NDArray[np.number]],
) -> pd.DataFrame:
    """Make the small frame of a rate out of its counts."""
    low, high = wilson(hits, totals, confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(totals > 0, hits / totals, np.nan)
    return pd.DataFrame(
        {
            **named(name, found, by),
            "n": hits.astype(np.int64),
            "N": totals.astype(np.int64),
            "value": value.astype(np.float64),
            "low": low,
            "high": high,
            **beside,
        }
    )


def named(name: str, found: list[Group], by: By) -> dict[str, pd.Series]:
    """Give the first columns of a small frame: the measure, the group, and what that is made of."""
    names = names_of(by)
    parts = names if len(names) > 1 else ()
    return {
        "measure": pd.Series([name] * len(found), dtype="str"),
        "group": pd.Series([AND.join(group) for group in found], dtype="str"),
        **{
            part: pd.Series([group[place] for group in found], dtype="str")
            for place, part in enumerate(parts)
        },
    }
