"""The missed-call rate and the reschedule rate, overall and by group."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from interview_coach.errors import KitError
from interview_coach.measures.grouping import (
    factor,
    interview_of,
    need,
    rebooked,
)
from interview_coach.measures.intervals import wilson

__all__ = [
    "ALL",
    "MEASURES",
    "measure",
    "missed_call_rate",
    "moves_per_interview",
    "reschedule_rate",
]

ALL = "all"

# Columns that only a missed call, or only a move, has something in. Grouping the calls by them would
# compare misses with misses; instead the numerator is split and the denominator stays whole.
_OF_A_MISS = frozenset({"missed_by", "cause", "initiator", "reason"})
_OF_A_MOVE = frozenset({"initiator", "reason"})


def missed_call_rate(
    calls: pd.DataFrame,
    by: str | None = None,
    *,
    basis: Literal["held", "booked"] = "held",
    confidence: float = 0.95,
    as_of: datetime | None = None,
) -> pd.DataFrame:
    """Count the calls that were missed: start plus grace passed, no conversation, no notice before.

    Parameters
    ----------
    calls : DataFrame
        One row a call, with `state`; for periods also `scheduled_at` and `timezone`.
    by : str, optional
        A column, or `month`, `quarter`, `week` of the scheduled start in the client's own zone. By
        `missed_by`, `cause`, `initiator` or `reason` the missed calls are split (one numerator for
        each party, say) and the denominator is all calls of the basis.
    basis : {"held", "booked"}
        What stands below the line: ``held``, completed and missed calls (the default); ``booked``,
        every call whose start has passed, the NHS way. The sources disagree, so both are here.
    confidence : float
        Of the Wilson interval.
    as_of : datetime, optional
        Until when a start counts as passed, for the booked basis; the clock if left out.

    Returns
    -------
    DataFrame
        `measure, group, n, N, value, low, high`; group "all" when `by` is left out. A call with a
        date in doubt counts everywhere but in a period, where it is the group "date in doubt".

    Raises
    ------
    KitError
        If there is nothing called `by`, or the basis or the confidence is none.
    """
    need(calls, ["state"])
    state = calls["state"]
    missed = (state == "missed").fillna(False).to_numpy(bool)
    held = missed | (state == "completed").fillna(False).to_numpy(bool)
    if basis == "held":
        name, counted = "missed_call_rate", held
    elif basis == "booked":
        need(calls, ["scheduled_at"])
        starts = pd.to_datetime(calls["scheduled_at"], utc=True)
        passed = (starts <= pd.Timestamp(as_of or datetime.now(UTC))).to_numpy(bool)
        # A call that was held or missed has begun, whatever its date says.
        name, counted = "missed_call_rate_booked", held | passed
    else:
        raise KitError(f"The basis {basis!r} is not one; give 'held' or 'booked'.")
    return _rate(name, calls, missed, counted, by, confidence, _OF_A_MISS)


def reschedule_rate(
    calls: pd.DataFrame,
    by: str | None = None,
    *,
    kind: Literal["any", "proactive", "reactive"] = "any",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Count the interviews that were moved or rebooked at least once; five moves count once.

    Parameters
    ----------
    calls : DataFrame
        One row a call, with `interview_id`, `sequence` and `state`.
    by : str, optional
        As for `missed_call_rate`. An interview belongs where its *first* call belongs: to the month
        of that call's scheduled start, to the group that call names; so it counts once, and groups
        add up. By `initiator` or `reason` the rescheduled interviews are split by their first move
        or rebooking, over all interviews.
    kind : {"any", "proactive", "reactive"}
        ``proactive``, moved before the start; ``reactive``, rebooked after a miss; or either. An
        interview can be both, so the two may add up to more than ``any``.
    confidence : float
        Of the Wilson interval.

    Returns
    -------
    DataFrame
        `measure, group, n, N, value, low, high`, in interviews.

    Raises
    ------
    KitError
        If there is nothing called `by`, or the kind or the confidence is none.
    """
    if kind not in ("any", "proactive", "reactive"):
        raise KitError(f"The kind {kind!r} is not one; give 'any', 'proactive' or 'reactive'.")
    name = "reschedule_rate" if kind == "any" else f"reschedule_rate_{kind}"
    need(calls, ["interview_id", "sequence", "state"])
    calls, interview = _in_order(calls)
    happened = _rescheduled(calls, kind)
    first = np.unique(interview, return_index=True)[1]
    hit = np.zeros(len(first), dtype=bool)
    np.logical_or.at(hit, interview, happened)
    of_each = calls.iloc[first]
    if by in _OF_A_MOVE and by in calls.columns:
        moves = np.flatnonzero(happened)
        moved, earliest = np.unique(interview[moves], return_index=True)
        told = pd.Series([None] * len(first), dtype="object")
        told.iloc[moved] = calls[by].astype("object").iloc[moves[earliest]].to_numpy()
        of_each = of_each.assign(**{by: told.to_numpy()})
    return _rate(name, of_each, hit, np.ones(len(first), bool), by, confidence, _OF_A_MOVE)


def moves_per_interview(calls: pd.DataFrame) -> tuple[int, int]:
    """Count moves and rebookings, and the interviews they are spread over.

    Returns
    -------
    moves, interviews : int
        To be shown beside the reschedule rate, never instead of it.
    """
    need(calls, ["interview_id", "sequence", "state"])
    return int(_rescheduled(calls, "any").sum()), len(np.unique(interview_of(calls)))


def _rescheduled(calls: pd.DataFrame, kind: str) -> NDArray[np.bool_]:
    moved = (calls["state"] == "moved").fillna(False).to_numpy(bool)
    if kind == "proactive":
        return moved
    after_a_miss = rebooked(calls)
    return after_a_miss if kind == "reactive" else moved | after_a_miss


def _in_order(calls: pd.DataFrame) -> tuple[pd.DataFrame, NDArray[np.int64]]:
    """Sort the calls by interview and sequence, so that an interview's first call comes first."""
    interview = interview_of(calls)
    sequence = pd.to_numeric(calls["sequence"]).fillna(1).to_numpy(np.float64)
    order = np.lexsort((sequence, interview))
    return calls.iloc[order], interview[order]


def _rate(
    name: str,
    rows: pd.DataFrame,
    hit: NDArray[np.bool_],
    counted: NDArray[np.bool_],
    by: str | None,
    confidence: float,
    split: frozenset[str],
) -> pd.DataFrame:
    if by is None:
        labels, hits, totals = [ALL], np.array([hit.sum()]), np.array([counted.sum()])
    else:
        codes, labels = factor(rows, by)
        hits = np.bincount(codes[hit], minlength=len(labels))
        if by in split:
            totals = np.full(len(labels), counted.sum())
            shown = hits > 0
        else:
            totals = np.bincount(codes[counted], minlength=len(labels))
            # A group that exists only through calls that are not counted stays, as 0 of 0.
            shown = np.ones(len(labels), dtype=bool)
        labels = [label for label, keep in zip(labels, shown, strict=True) if keep]
        hits, totals = hits[shown], totals[shown]
    low, high = wilson(hits, totals, confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(totals > 0, hits / totals, np.nan)
    return pd.DataFrame(
        {
            "measure": pd.Series([name] * len(labels), dtype="str"),
            "group": pd.Series(labels, dtype="str"),
            "n": hits.astype(np.int64),
            "N": totals.astype(np.int64),
            "value": value.astype(np.float64),
            "low": low,
            "high": high,
        }
    )


MEASURES: dict[str, Callable[..., pd.DataFrame]] = {
    "missed_call_rate": missed_call_rate,
    "missed_call_rate_booked": lambda calls, by, **rest: missed_call_rate(
        calls, by, basis="booked", **rest
    ),
    "reschedule_rate": reschedule_rate,
    "reschedule_rate_proactive": lambda calls, by, **rest: reschedule_rate(
        calls, by, kind="proactive", **rest
    ),
    "reschedule_rate_reactive": lambda calls, by, **rest: reschedule_rate(
        calls, by, kind="reactive", **rest
    ),
}


def measure(
    calls: pd.DataFrame,
    by: str | None = None,
    names: Iterable[str] | None = None,
    *,
    confidence: float = 0.95,
) -> list[dict[str, Any]]:
    """Give measures as plain records, fit for JSON.

    Parameters
    ----------
    calls : DataFrame
        One row a call.
    by : str, optional
        What to group by, as for the measures themselves.
    names : iterable of str, optional
        Keys of `MEASURES`; all of them if left out.
    confidence : float
        Of the Wilson intervals.

    Returns
    -------
    list of dict
        `measure, group, n, N, value, low, high`; the last three None where `N` is 0.

    Raises
    ------
    KitError
        If a measure or what to group by is not known.
    """
    wanted = list(MEASURES) if names is None else list(names)
    unknown = [name for name in wanted if name not in MEASURES]
    if unknown:
        raise KitError(f"There is no measure {unknown[0]!r}; there are: {', '.join(MEASURES)}.")
    return [
        {str(key): None if isinstance(v, float) and np.isnan(v) else v for key, v in record.items()}
        for name in wanted
        for record in MEASURES[name](calls, by, confidence=confidence).to_dict("records")
    ]
