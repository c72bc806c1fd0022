"""Practice beside outcomes: what became of the missed calls of clients who practised well, and less well.

Whoever practises more may be keener, have more time or a better phone: the two figures stand side by
side, and nothing here says that the one brings the other about.
"""

from datetime import datetime
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from interview_coach.errors import KitError
from interview_coach.language import N_, _
from interview_coach.measures.comparing import differences
from interview_coach.measures.counting import NOT_COUNTED, YES, small
from interview_coach.measures.engines import Frame, columns_of, narrow
from interview_coach.measures.grouping import Day
from interview_coach.measures.recovery import DAYS, misses

__all__ = ["SCORES", "BesidePractice", "practice_beside_recovery"]

# The least score of each class, and its name.
SCORES = {0.0: N_("under half"), 0.5: N_("half to 80%"), 0.8: N_("80% or more")}
_CLIENT = ("coach", "client_id")


class BesidePractice(NamedTuple):
    """The rates of the classes of score, and the difference between the highest and the lowest."""

    rates: pd.DataFrame
    difference: pd.DataFrame


def practice_beside_recovery(
    practice: Frame,
    calls: Frame,
    *,
    days: int = DAYS,
    confidence: float = 0.95,
    as_of: datetime | None = None,
    grace: float | None = None,
    start: Day = None,
    end: Day = None,
) -> BesidePractice:
    """Count the recovered missed calls of clients who agreed to it, by how well they practised.

    Whether somebody practised before a call or after it makes no difference here.

    Parameters
    ----------
    practice : frame
        One row a client, as `OutcomeLog.practice` gives it: `coach` and `client_id` as the calls
        name them, and `score`, from 0 to 1. Clients who are not in it are not looked at.
    calls : frame
        As for `recovery_rate`, with `client_id` and, where there are several, `coach`.
    days, confidence, as_of, grace, start, end
        As for `recovery_rate`.

    Returns
    -------
    rates : DataFrame
        One row for each of `SCORES`, lowest first: `measure, group, n, N, value, low, high`;
        `pending` and `left_out` as for `recovery_rate`; `clients`, whose calls make up `N`. The
        interval takes calls for independent, though one client may have several.
    difference : DataFrame
        One row, as of `differences`: the highest class less the lowest.

    Raises
    ------
    KitError
        If a column is not there, a score is none, or a client is there twice.
    """
    keys = [name for name in _CLIENT if name in columns_of(calls)]
    scores = _checked(narrow(practice, [*_CLIENT, "score"], fold=False), keys)
    found = misses(calls, as_of=as_of, grace=grace, start=start, end=end, also=_CLIENT)
    kind, beside = found.recovery(days)
    of_each = found.rows[keys].merge(scores, how="left", on=keys)
    score = of_each["score"].to_numpy(np.float64)
    codes = np.searchsorted(np.array(list(SCORES)), score, side="right") - 1
    linked, size = ~np.isnan(score), len(SCORES)
    counts = linked & (kind != NOT_COUNTED)

    def count(mark: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.bincount(codes[linked & mark], minlength=size)

    first = ~of_each[counts].duplicated(keys).to_numpy(bool)
    rates = small(
        "practice_beside_recovery",
        [(name,) for name in SCORES.values()],
        "score",
        count(kind == YES),
        count(counts),
        confidence,
        {
            **{name: count(mark) for name, mark in beside.items()},
            "clients": np.bincount(codes[counts][first], minlength=size),
        },
    )
    ends = rates.iloc[[size - 1, 0]]
    return BesidePractice(rates, differences(ends, confidence=confidence))


def _checked(practice: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    lacking = [name for name in (*keys, "score") if name not in practice.columns]
    says = _(
        "The practice that stands beside recovery has no column '{column}'; take practice and calls "
        "from an outcome log."
    )
    if "client_id" not in keys:
        lacking = ["client_id"]
        says = _(
            "The calls that practice stands beside have no column '{column}'; take practice and "
            "calls from an outcome log."
        )
    if lacking:
        raise KitError(says.format(column=lacking[0]))
    scores = pd.to_numeric(practice["score"], errors="coerce").to_numpy(np.float64)
    if not ((scores >= 0) & (scores <= 1)).all():
        raise KitError(
            _(
                "A client's practice has a score that is none; give the share of the points, from 0 "
                "to 1, and leave out who has not practised."
            )
        )
    if practice.duplicated(keys).any():
        raise KitError(_("The practice has two rows for the same client; give one row a client."))
    return practice[keys].assign(score=scores)
