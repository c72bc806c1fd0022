"""The measures' small frames of rates, as they may be shown to a funder."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from interview_coach.errors import KitError
from interview_coach.measures.suppression.protect import EXACT_UP_TO, protect
from interview_coach.measures.suppression.protected import Protected
from interview_coach.measures.suppression.rule import Rule, Status
from interview_coach.measures.suppression.structure import Nested, months_in_quarters
from interview_coach.measures.suppression.table import Key, Table

__all__ = ["AMONG", "COUNTED", "SPLITS", "ProtectedRates", "protect_rates"]

_RESCHEDULED = "interviews rescheduled"
_BEFORE = "interviews moved before the start"
_AFTER = "interviews rebooked after a miss"

# What stands above and below the line of each measure. Measures that count the same thing share the
# words, and are so recognised as linked.
COUNTED: dict[str, tuple[str, str]] = {
    "missed_call_rate": ("missed calls", "calls held"),
    "missed_call_rate_booked": ("missed calls", "calls booked"),
    "reschedule_rate": (_RESCHEDULED, "interviews"),
    "reschedule_rate_proactive": (_BEFORE, "interviews"),
    "reschedule_rate_reactive": (_AFTER, "interviews"),
}

# What is counted among what, so that the difference could be worked out. The last line: those only
# moved are the rescheduled less the rebooked, and are among the moved; the rest of those is both.
AMONG: tuple[tuple[str, str], ...] = (
    ("calls held", "calls booked"),
    (_BEFORE, _RESCHEDULED),
    (_AFTER, _RESCHEDULED),
    (f"{_RESCHEDULED} less {_AFTER}", _BEFORE),
)

# By these the numerator is split, and the denominator is the same in every row.
SPLITS = frozenset({"missed_by", "cause", "initiator", "reason"})

_COLUMNS = ("measure", "group", "n", "N", "value", "low", "high")


@dataclass(frozen=True)
class ProtectedRates:
    """Rates for a funder.

    Attributes
    ----------
    frames : dict of str to DataFrame
        As given, with the columns `measure, group, n, N, value, low, high`, all numbers missing in
        hidden rows, and `text` (n of N, or why it is hidden) and `reason` ("" where shown).
    protected : Protected
        For `audit`, and for the sentence `why`.
    """

    frames: dict[str, pd.DataFrame]
    protected: Protected


def protect_rates(
    frames: Mapping[str, pd.DataFrame],
    rule: Rule | None = None,
    *,
    counted: Mapping[str, tuple[str, str]] | None = None,
    among: Iterable[tuple[str, str]] = (),
    splits: Collection[str] = SPLITS,
    nested: Iterable[Nested] = (),
    exact_up_to: int = EXACT_UP_TO,
) -> ProtectedRates:
    """Hide what must be hidden in all rates of one report together.

    A row is hidden as a whole (numerator, denominator, rate and interval) as soon as its numerator or
    its denominator has to be: because it is small, because what is left between the two is (the calls
    that were *not* missed), or to protect another row. By a column of `splits` the denominator is the
    same in every row. Other columns than the seven are left out, since they may give a denominator
    away (the limits of a p-chart do).

    Parameters
    ----------
    frames : mapping of str to DataFrame
        By what each is grouped ("cohort", "month", "missed_by"; "all" for the overall rates), as
        the measures give them; several measures may stand in one frame.
    rule : Rule, optional
        Counts from 1 to 10 if left out.
    counted : mapping, optional
        For measures besides those of `COUNTED`: the words for numerator and denominator.
    among : iterable of (part, whole), optional
        Besides `AMONG`, what is counted among what.
    splits : collection of str
        Groupings by which only the numerator is split.
    nested : iterable of Nested, optional
        Groups made of groups; months in quarters are recognised without being named.
    exact_up_to : int
        As for `protect`.

    Raises
    ------
    KitError
        If a frame has not the columns of rates, or the frames contradict one another.
    """
    words = COUNTED | dict(counted or {})
    tables: dict[Key, Table] = {}
    pairs: dict[tuple[str, str], None] = {}
    for by, frame in frames.items():
        _check(by, frame, splits)
        for measure in frame["measure"].unique():
            part, whole = words.get(measure, (f"{measure}: n", f"{measure}: N"))
            pairs[part, whole] = None
            rows = frame[frame["measure"] == measure]
            for of, column in ((part, "n"), (whole, "N")):
                table = _table(by, of, rows, column, splits)
                tables.setdefault((of, frozenset((name, "") for name in table.levels)), table)
    months = frames["month"]["group"].unique() if "month" in frames else ()
    quarters = [months_in_quarters(months)] if "quarter" in frames and len(months) else []
    protected = protect(
        list(tables.values()),
        rule,
        within=[*pairs, *AMONG, *among],
        nested=[*quarters, *nested],
        exact_up_to=exact_up_to,
    )
    found = {by: _shown(by, frame, protected, words, splits) for by, frame in frames.items()}
    return ProtectedRates(found, protected)


def _check(by: str, frame: pd.DataFrame, splits: Collection[str]) -> None:
    lacking = [name for name in _COLUMNS if name not in frame.columns]
    if lacking:
        raise KitError(f"The rates by {by} have no column '{lacking[0]}'; give a measure's frame.")
    if frame.duplicated(["measure", "group"]).any() or (
        by == "all" and frame["measure"].duplicated().any()
    ):
        raise KitError(f"The rates by {by} have two rows for the same measure and group.")
    if by in splits and (frame.groupby("measure")["N"].nunique() > 1).any():
        raise KitError(
            f"The rates by {by} should share one denominator, and do not; leave '{by}' out of "
            "`splits` if its groups have denominators of their own."
        )


def _table(by: str, of: str, rows: pd.DataFrame, column: str, splits: Collection[str]) -> Table:
    if by == "all" or (by in splits and column == "N"):
        return Table(f"{of}, all", of, {}, rows[column].to_numpy(np.float64)[0])
    levels = {by: [str(group) for group in rows["group"]]}
    return Table(f"{of} by {by}", of, levels, rows[column].to_numpy(np.float64), margins=False)


def _shown(
    by: str,
    frame: pd.DataFrame,
    protected: Protected,
    words: Mapping[str, tuple[str, str]],
    splits: Collection[str],
) -> pd.DataFrame:
    number = {key: at for at, key in enumerate(protected.structure.keys)}
    reasons = []
    for measure, group in zip(frame["measure"], frame["group"], strict=True):
        part, whole = words.get(measure, (f"{measure}: n", f"{measure}: N"))
        where = frozenset() if by == "all" else frozenset({(by, str(group))})
        above = protected.status[number[part, where]]
        below = protected.status[number[whole, frozenset() if by in splits else where]]
        status = above if above != Status.SHOWN else below
        reasons.append(protected.rule.words(Status(status)))
    hidden = np.array([bool(reason) for reason in reasons], dtype=bool)
    shown = frame.loc[:, list(_COLUMNS)].reset_index(drop=True)
    texts = [
        reason or f"{int(n)} of {int(total)}"
        for reason, n, total in zip(reasons, frame["n"], frame["N"], strict=True)
    ]
    for name in ("n", "N"):
        shown[name] = shown[name].astype("Int64").mask(hidden)
    for name in ("value", "low", "high"):
        shown[name] = shown[name].astype(np.float64).mask(hidden)
    return shown.assign(text=pd.Series(texts, dtype="str"), reason=pd.Series(reasons, dtype="str"))
