"""The measures' small frames of rates, as they may be shown to a funder."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.measures.catalogue import CATALOGUE
from interview_coach.measures.suppression.counted import (
    SPLITS,
    counted_in,
    dimension_of,
    splits_of,
    within,
)
from interview_coach.measures.suppression.protect import EXACT_UP_TO, protect
from interview_coach.measures.suppression.protected import Protected
from interview_coach.measures.suppression.rule import Rule, Status
from interview_coach.measures.suppression.structure import Nested, Within, months_in_quarters
from interview_coach.measures.suppression.table import Key, Table
from interview_coach.wording import of_total

__all__ = ["ProtectedRates", "protect_rates", "tables_of"]

_COLUMNS = ("measure", "group", "n", "N", "value", "low", "high")
_COUNT = "interview_coach_count"


@dataclass(frozen=True)
class ProtectedRates:
    """Rates for a funder.

    Attributes
    ----------
    frames : dict of str to DataFrame
        As given, with the columns `measure, group, n, N, value, low, high` (and `step` of a funnel,
        and the columns of several to group by, after `group`), all numbers missing in hidden rows, and `text` (n of N, or why it is hidden) and `reason` ("" where shown).
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
    worth: Mapping[str, int] | None = None,
    drawn: bool = False,
) -> ProtectedRates:
    """Hide what must be hidden in all rates of one report together.

    A row is hidden as a whole (numerator, denominator, rate and interval) as soon as its numerator or
    its denominator has to be: because it is small, because what is left between the two is (the calls
    that were *not* missed), or to protect another row. A median shows only with its row. By a column
    of `splits` the denominator is the same in every row. Columns beside the rate are left out, since
    they may give a count away (those pending, the limits of a p-chart).

    Parameters
    ----------
    frames : mapping of str to DataFrame
        By what each is grouped ("cohort", "month", "missed_by"; "all" for the overall rates), as
        the measures give them; several measures may stand in one frame. What is grouped by several
        columns is tied to what is grouped by each, whatever it is called here.
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
    exact_up_to, worth, drawn
        As for `protect`.

    Raises
    ------
    KitError
        If a frame has not the columns of rates, or the frames contradict one another.
    """
    words = dict(counted or {})
    tables, tied, quarters = tables_of(frames, counted=words, among=among, splits=splits)
    found = protect(
        tables,
        rule,
        within=tied,
        nested=[*quarters, *nested],
        exact_up_to=exact_up_to,
        worth=worth,
        drawn=drawn,
    )
    number = {key: at for at, key in enumerate(found.structure.keys)}
    shown = {}
    for by, frame in frames.items():
        reasons = pd.Series("", index=range(len(frame)), dtype="str")
        for line, rows in _lines(by, frame.reset_index(drop=True), words, splits):
            for at, row in zip(rows.index, rows.to_dict("records"), strict=True):
                keys = (line.above, line.place(row)), (line.below, line.below_place(row))
                # A group that another measure of the same thing does not list counts nothing.
                status = [found.status[number[key]] for key in keys if key in number]
                hidden = [one for one in status if one != Status.SHOWN]
                reasons[at] = found.rule.words(Status(hidden[0])) if hidden else ""
        shown[by] = _shown(frame.reset_index(drop=True), reasons)
    return ProtectedRates(shown, found)


def tables_of(
    frames: Mapping[str, pd.DataFrame],
    *,
    counted: Mapping[str, tuple[str, str]],
    among: Iterable[tuple[str, str]] = (),
    splits: Collection[str] = SPLITS,
) -> tuple[list[Table], Within, list[Nested]]:
    """Take rates apart into tables of counts, and say what of them is counted among what.

    Raises
    ------
    KitError
        As for `protect_rates`.
    """
    tables: dict[Key, Table] = {}
    pairs: dict[tuple[str, str], None] = {}
    for by, frame in frames.items():
        _check(by, frame)
        for line, rows in _lines(by, frame, counted, splits):
            if line.is_part:
                pairs[line.above, line.below] = None
            for of, column in ((line.above, "n"), (line.below, "N")):
                table = _table(line, of, rows, column)
                there = tables.setdefault(
                    (of, frozenset((name, "") for name in table.levels)), table
                )
                if not _agree(there, table):
                    raise KitError(
                        _(
                            "The rates by {by} disagree on {name}; take all of them from the same calls and the "
                            "same window."
                        ).format(by=by, name=table.name)
                    )
    months = [level for table in tables.values() for level in table.levels.get("month", ())]
    quarters = any("quarter" in table.levels for table in tables.values())
    nested = [months_in_quarters(dict.fromkeys(months))] if quarters else []
    return list(tables.values()), within(pairs, among), nested


@dataclass(frozen=True)
class _Line:
    """One measure, or step of the funnel, by what it is grouped.

    `levels` names for each dimension the column of the frame; `split` says that the denominator is
    the same in every row, `is_part` that the numerator is counted among it.
    """

    above: str
    below: str
    levels: Mapping[str, str]
    split: bool
    is_part: bool

    def place(self, row: Mapping[Any, Any]) -> frozenset[tuple[str, str]]:
        return frozenset((name, str(row[column])) for name, column in self.levels.items())

    def below_place(self, row: Mapping[Any, Any]) -> frozenset[tuple[str, str]]:
        return frozenset() if self.split else self.place(row)


def _lines(
    by: str,
    frame: pd.DataFrame,
    counted: Mapping[str, tuple[str, str]],
    splits: Collection[str],
) -> Iterator[tuple[_Line, pd.DataFrame]]:
    parts = _parts(frame)
    steps = frame["step"] if "step" in frame.columns else pd.Series(None, frame.index, "object")
    for measure in frame["measure"].unique():
        of_measure = frame["measure"] == measure
        for step in steps[of_measure].unique():
            rows = frame[of_measure & ((steps == step) | (steps.isna() & pd.isna(step)))]
            above, below = counted.get(measure) or counted_in(measure, step)
            levels = {name: name for name in parts}
            if by != "all" and not parts:
                levels = {dimension_of(measure, by): "group"}
            split = not parts and by in splits and by in splits_of(measure)
            if split and rows["N"].nunique() > 1:
                raise KitError(
                    _(
                        "The rates by {by} should share one denominator, and do not; leave '{by}' out of "
                        "`splits` if its groups have denominators of their own."
                    ).format(by=by)
                )
            is_part = measure not in CATALOGUE or CATALOGUE[measure].unit != "mean"
            yield _Line(above, below, levels, split, is_part and above != below), rows


def _parts(frame: pd.DataFrame) -> list[str]:
    """Name the columns that a group of several columns is made of."""
    names = [str(name) for name in frame.columns]
    return [name for name in names[names.index("group") + 1 : names.index("n")] if name != "step"]


def _check(by: str, frame: pd.DataFrame) -> None:
    lacking = [name for name in _COLUMNS if name not in frame.columns]
    if lacking:
        raise KitError(
            _("The rates by {by} have no column '{lacking}'; give a measure's frame.").format(
                by=by, lacking=lacking[0]
            )
        )
    which = ["measure", *(["step"] if "step" in frame.columns else [])]
    if frame.duplicated([*which, "group"]).any() or (by == "all" and frame.duplicated(which).any()):
        raise KitError(
            _("The rates by {by} have two rows for the same measure and group.").format(by=by)
        )


def _table(line: _Line, of: str, rows: pd.DataFrame, column: str) -> Table:
    if not line.levels or (line.split and column == "N"):
        return Table(f"{of}, all", of, {}, rows[column].to_numpy(np.float64)[0])
    named = pd.DataFrame({name: rows[of_rows] for name, of_rows in line.levels.items()})
    return Table.from_frame(
        f"{of} by {' and '.join(line.levels)}",
        named.assign(**{_COUNT: rows[column]}),
        list(line.levels),
        of=of,
        count=_COUNT,
        margins=False,
    )


def _agree(one: Table, other: Table) -> bool:
    """Whether two tables of the same name say the same; a group that only one has counts nothing there."""
    counts = [
        {key: count for __, key, count, _printed in table.cells() if count}
        for table in (one, other)
    ]
    return counts[0] == counts[1]


def _shown(frame: pd.DataFrame, reasons: pd.Series) -> pd.DataFrame:
    hidden = (reasons != "").to_numpy(bool)
    named = [*_parts(frame), *(["step"] if "step" in frame.columns else [])]
    shown = frame.loc[:, ["measure", "group", *named, *_COLUMNS[2:]]].copy()
    texts = [
        reason or of_total(int(n), int(total))
        for reason, n, total in zip(reasons, frame["n"], frame["N"], strict=True)
    ]
    for name in ("n", "N"):
        shown[name] = shown[name].astype("Int64").mask(hidden)
    for name in ("value", "low", "high"):
        shown[name] = shown[name].astype(np.float64).mask(hidden)
    return shown.assign(text=pd.Series(texts, dtype="str"), reason=reasons)
