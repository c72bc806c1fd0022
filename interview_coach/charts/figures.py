"""The frame of a measure, read once into rows: what each mark is, and what must not be shown."""

import math
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import pandas as pd

from interview_coach.errors import KitError
from interview_coach.language import N_, _
from interview_coach.wording import FEW

__all__ = [
    "COLUMNS",
    "EMPTY",
    "FEW_CASES",
    "HIDDEN",
    "LAST",
    "OUTSIDE",
    "RATE",
    "UNKNOWN",
    "Rates",
    "Row",
    "column",
    "named",
    "need",
    "read",
    "reasons",
    "shown",
]

COLUMNS = ("group", "n", "N", "value", "low", "high")
# What a row is, and so which mark it gets.
RATE, OUTSIDE, FEW_CASES = "rate", "outside ordinary noise", "few cases"  # unmarked: keys
UNKNOWN, HIDDEN, EMPTY = "not known", "hidden", "no cases"  # unmarked: keys
# These two are no group like the others: they come last.
LAST = (N_("not recorded"), N_("date in doubt"))


class Row(NamedTuple):
    """One rate: counts, fractions from 0 to 1, its kind, and the reason where it is hidden."""

    group: Any
    name: str
    n: int
    N: int
    value: float
    low: float
    high: float
    noise_low: float
    noise_high: float
    reason: str
    kind: str
    place: float = math.nan


class Rates(NamedTuple):
    """Rows to draw, with the overall rate where limits of ordinary noise are known."""

    rows: list[Row]
    overall: float | None

    def only(self, rows: Iterable[Row]) -> "Rates":
        """Give some of the rows, with the same overall rate."""
        return Rates(list(rows), self.overall)


def need(frame: pd.DataFrame, columns: Iterable[str], what: str) -> None:
    """Refuse a frame that lacks a column.

    Raises
    ------
    KitError
        With the first column that is not there.
    """
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise KitError(
            _(
                "A chart of {what} needs the column '{column}'; give it the frame that a measure "
                "returns."
            ).format(what=what, column=missing[0])
        )


def column(frame: pd.DataFrame, name: str) -> list[float]:
    """Give a column as plain floats; NaN where it is missing or is not there."""
    if name not in frame.columns:
        return [math.nan] * len(frame)
    return [math.nan if pd.isna(cell) else float(cell) for cell in frame[name].tolist()]


def reasons(frame: pd.DataFrame, *figures: str) -> list[str]:
    """Give for each row why it is hidden, in words; empty where it is shown.

    Parameters
    ----------
    frame : DataFrame
        With or without `reason`.
    *figures : str
        Columns without which there is nothing to show: a row that lacks one reads "no figure".
    """
    told = frame["reason"].tolist() if "reason" in frame.columns else [""] * len(frame)
    columns = [column(frame, figure) for figure in figures]
    lacking = [any(map(math.isnan, cells)) for cells in zip(*columns, strict=True)]
    return [
        str(why) if not pd.isna(why) and str(why).strip() else _("no figure") if lacks else ""
        for why, lacks in zip(told, lacking, strict=True)
    ]


def read(
    rates: pd.DataFrame,
    labels: Callable[[Any], str] | None = None,
    what: str = "",
    *,
    published: bool = False,
) -> Rates:
    """Read a frame of rates.

    Parameters
    ----------
    rates : DataFrame
        `group, n, N, value, low, high`; `noise_low, noise_high, overall` where limits are known, and
        `reason` where rows may be hidden. Beside hidden rows no limits are drawn: they would tell
        what the rest adds up to.
    labels : callable, optional
        Writes the name of a group; `named` if left out.
    what : str
        What the chart is of, for the error.
    published : bool
        The overall rate that the limits are around is told to the same readers anyway, so that
        limits may be drawn beside hidden rows.

    Raises
    ------
    KitError
        If a column is missing.
    """
    need(rates, COLUMNS, what or _("rates"))
    n, total, value, low, high, noise_low, noise_high, overall = (
        column(rates, name)
        for name in ("n", "N", "value", "low", "high", "noise_low", "noise_high", "overall")
    )
    # A rate may be missing only where there are no cases.
    why = [
        told or (_("no figure") if cases and math.isnan(rate) else "")
        for told, cases, rate in zip(reasons(rates, "n", "N"), total, value, strict=True)
    ]
    known = any(not math.isnan(level) for level in overall)
    noise = known and (published or not any(why))
    rows = []
    for place, group in enumerate(rates["group"].tolist()):
        name = (labels or named)(group)
        if why[place]:
            blank = (math.nan,) * 5
            rows.append(Row(group, name, 0, 0, *blank, why[place], HIDDEN))
            continue
        limits = (noise_low[place], noise_high[place]) if noise else (math.nan, math.nan)
        outside = value[place] < limits[0] or value[place] > limits[1]
        cases = int(total[place])
        kind = (
            EMPTY if not cases else FEW_CASES if cases < FEW else OUTSIDE if outside else RATE
        )  # few cases never stand out
        rows.append(
            Row(
                group, name, int(n[place]), cases, value[place], low[place], high[place], *limits,
                "", kind,
            )
        )  # fmt: skip
    levels = [level for level in overall if not math.isnan(level)]
    return Rates(rows, levels[0] if noise else None)


def named(group: Any) -> str:
    """Write a group as it is called; what is no group like the others in the language spoken."""
    return _(str(group)) if group in LAST else str(group)


def shown(rows: Iterable[Row]) -> list[Row]:
    """Give the rows with figures, of at least one case."""
    return [row for row in rows if row.kind not in (HIDDEN, EMPTY)]
