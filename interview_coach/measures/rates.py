"""The missed-call rate and the reschedule rate, overall and by group."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.measures.counting import (
    ALL,
    NO,
    NOT_COUNTED,
    YES,
    as_of_or_now,
    groups_of,
    named,
    rate,
    states,
)
from interview_coach.measures.engines import Frame, times
from interview_coach.measures.following import interview_of, rebooked, sequence_of
from interview_coach.measures.grouping import By, Day, read, within
from interview_coach.measures.needing import need

__all__ = [
    "ALL",
    "MEASURES",
    "OF_A_MISS",
    "OF_A_MOVE",
    "measure",
    "missed_call_rate",
    "moves_by_group",
    "moves_per_interview",
    "reschedule_rate",
]

# Columns that only a missed call, or only a move, has something in. Grouping the calls by them would
# compare misses with misses; instead the numerator is split and the denominator stays whole.
OF_A_MISS = frozenset({"missed_by", "cause", "initiator", "reason"})
OF_A_MOVE = frozenset({"initiator", "reason"})
_OF_AN_INTERVIEW = ("coach", "interview_id", "sequence", "state")


def missed_call_rate(
    calls: Frame,
    by: By = None,
    *,
    basis: Literal["held", "booked"] = "held",
    confidence: float = 0.95,
    as_of: datetime | None = None,
    grace: float | None = None,
    start: Day = None,
    end: Day = None,
) -> pd.DataFrame:
    """Count the calls that were missed: start plus grace passed, no conversation, no notice before.

    Parameters
    ----------
    calls : frame
        One row a call, with `state`; for periods also `scheduled_at` and `timezone`.
    by : str or sequence of str, optional
        A column, or `month`, `quarter`, `week`, `hour` of the scheduled start in the client's own
        zone, or `lead_time` (days from `booked_at` to it, in classes), or several. By `missed_by`, `cause`, `initiator` or `reason` alone the missed calls are split
        (one numerator for each party, say) and the denominator is all calls of the basis.
    basis : {"held", "booked"}
        What stands below the line: ``held``, completed and missed calls (the default); ``booked``,
        every call whose start has passed, the NHS way. The sources disagree, so both are here.
    confidence : float
        Of the Wilson interval.
    as_of : datetime, optional
        Until when a start counts as passed, for the booked basis; the clock if left out.
    grace : float, optional
        Minutes: a call that was entered as missed, but where both spoke within the grace, counts as
        completed. Left out, what was entered stands.
    start, end : str (2026-01-31) or date, optional
        First and last day of the window in the client's own zone; open where left out.

    Returns
    -------
    DataFrame
        `measure, group, n, N, value, low, high`; group "all" when `by` is left out. A call with a
        date in doubt counts everywhere but in a period, where it is the group "date in doubt". With
        several columns to group by, each has a column of its own beside the `group` of them all.

    Raises
    ------
    KitError
        If there is nothing called `by`, or the basis or the confidence is none.
    """
    if basis not in ("held", "booked"):
        raise KitError(
            _("The basis {basis} is not one; give 'held' or 'booked'.").format(basis=repr(basis))
        )
    columns = ["state"] if basis == "held" else ["state", "scheduled_at"]
    rows = read(calls, columns, by, start, end, grace=grace)
    need(rows, columns)
    kind = states(rows, {"missed": YES, "completed": NO}, NOT_COUNTED)
    name = "missed_call_rate"
    if basis == "booked":
        name = "missed_call_rate_booked"
        # A call that was held or missed has begun, whatever its date says.
        passed = times(rows, "scheduled_at") <= as_of_or_now(as_of)
        kind[(kind == NOT_COUNTED) & passed] = NO
    return rate(name, rows, kind, by, confidence, split=OF_A_MISS, inside=within(rows, start, end))


def reschedule_rate(
    calls: Frame,
    by: By = None,
    *,
    kind: Literal["any", "proactive", "reactive"] = "any",
    confidence: float = 0.95,
    grace: float | None = None,
    start: Day = None,
    end: Day = None,
) -> pd.DataFrame:
    """Count the interviews that were moved or rebooked at least once; five moves count once.

    Parameters
    ----------
    calls : frame
        One row a call, with `interview_id`, `sequence` and `state`.
    by : str or sequence of str, optional
        As for `missed_call_rate`. An interview belongs where its *first* call belongs: to the month
        of that call's scheduled start, to the group that call names; so it counts once, and groups
        add up. By `initiator` or `reason` the rescheduled interviews are split by their first move
        or rebooking, over all interviews.
    kind : {"any", "proactive", "reactive"}
        ``proactive``, moved before the start; ``reactive``, rebooked after a miss; or either. An
        interview can be both, so the two may add up to more than ``any``.
    confidence : float
        Of the Wilson interval.
    grace : float, optional
        As for `missed_call_rate`: who spoke within it was not rebooked after a miss.
    start, end : str (2026-01-31) or date, optional
        First and last day of the window: the calls in it make up the interviews.

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
        raise KitError(
            _("The kind {kind} is not one; give 'any', 'proactive' or 'reactive'.").format(
                kind=repr(kind)
            )
        )
    name = "reschedule_rate" if kind == "any" else f"reschedule_rate_{kind}"
    rows, happened = _moves(calls, kind, by, start, end, grace)
    rows, happened, interview = _in_order(rows, happened)
    first = np.unique(interview, return_index=True)[1]
    hit = np.zeros(len(first), dtype=bool)
    np.logical_or.at(hit, interview, happened)
    of_each = rows.iloc[first]
    if isinstance(by, str) and by in OF_A_MOVE and by in rows.columns:
        moves = np.flatnonzero(happened)
        moved, earliest = np.unique(interview[moves], return_index=True)
        told = pd.Series([None] * len(first), dtype="object")
        told.iloc[moved] = rows[by].astype("object").iloc[moves[earliest]].to_numpy()
        of_each = of_each.assign(**{by: told.to_numpy()})
    return rate(name, of_each, np.where(hit, YES, NO), by, confidence, split=OF_A_MOVE)


def moves_per_interview(
    calls: Frame, *, grace: float | None = None, start: Day = None, end: Day = None
) -> tuple[int, int]:
    """Count moves and rebookings, and the interviews they are spread over.

    Returns
    -------
    moves, interviews : int
        To be shown beside the reschedule rate, never instead of it.
    """
    rows, happened = _moves(calls, "any", None, start, end, grace)
    return int(happened.sum()), len(np.unique(interview_of(rows)))


def moves_by_group(
    calls: Frame,
    by: By = None,
    *,
    grace: float | None = None,
    start: Day = None,
    end: Day = None,
) -> pd.DataFrame:
    """Count moves and rebookings for each interview, by group.

    Parameters
    ----------
    calls, by, grace, start, end
        As for `reschedule_rate`: an interview, with all its moves, belongs where its first call does.

    Returns
    -------
    DataFrame
        `measure, group, n, N, value, low, high`: moves, interviews, moves per interview (NaN without
        interviews); `low` and `high` are NaN, since moves of one interview are no separate trials.
    """
    rows, happened = _moves(calls, "any", by, start, end, grace)
    rows, happened, interview = _in_order(rows, happened)
    first = np.unique(interview, return_index=True)[1]
    moves = np.bincount(interview[happened], minlength=len(first))
    codes, found = groups_of(rows.iloc[first], by)
    n = np.bincount(codes, moves, minlength=len(found)).astype(np.int64)
    total = np.bincount(codes, minlength=len(found))
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(total > 0, n / total, np.nan)
    return pd.DataFrame(
        {
            **named("moves_per_interview", found, by),
            "n": n,
            "N": total,
            "value": value,
            "low": np.nan,
            "high": np.nan,
        }
    )


def _moves(
    calls: Frame, kind: str, by: By, start: Day, end: Day, grace: float | None
) -> tuple[pd.DataFrame, NDArray[np.bool_]]:
    """Give the calls of the window, and mark those that a new time came of."""
    rows = read(calls, _OF_AN_INTERVIEW, by, start, end, fold=False, grace=grace)
    need(rows, ["interview_id", "sequence", "state"])
    happened = (rows["state"] == "moved").fillna(False).to_numpy(bool)
    if kind != "proactive":
        # Over all calls: a miss in the window may have been rebooked beyond its end.
        after_a_miss = rebooked(rows)
        happened = after_a_miss if kind == "reactive" else happened | after_a_miss
    inside = within(rows, start, end)
    return (rows, happened) if inside is None else (rows[inside], happened[inside])


def _in_order(
    calls: pd.DataFrame, happened: NDArray[np.bool_]
) -> tuple[pd.DataFrame, NDArray[np.bool_], NDArray[np.int64]]:
    """Sort the calls by interview and sequence, so that an interview's first call comes first."""
    interview = interview_of(calls)
    order = np.lexsort((sequence_of(calls), interview))
    return calls.iloc[order], happened[order], interview[order]


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
    calls: Frame,
    by: By = None,
    names: Iterable[str] | None = None,
    *,
    confidence: float = 0.95,
) -> list[dict[str, Any]]:
    """Give measures as plain records, fit for JSON.

    Parameters
    ----------
    calls : frame
        One row a call.
    by : str or sequence of str, optional
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
        raise KitError(
            _("There is no measure {unknown}; there are: {known}.").format(
                unknown=repr(unknown[0]), known=", ".join(MEASURES)
            )
        )
    return [
        {str(key): None if isinstance(v, float) and np.isnan(v) else v for key, v in record.items()}
        for name in wanted
        for record in MEASURES[name](calls, by, confidence=confidence).to_dict("records")
    ]
