"""Two periods or two groups side by side: their rates, and how far they are apart."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from interview_coach.language import _
from interview_coach.measures import differences

__all__ = ["NOTHING", "Compared", "Row", "records", "side_by_side"]

Row: TypeAlias = dict[str, Any]

# A rate of no cases.
NOTHING: Row = {
    **{"n": 0, "N": 0, "value": np.nan, "low": np.nan, "high": np.nan},
    "reason": "",
}


def records(frame: pd.DataFrame) -> list[Row]:
    """Give the rows of a small frame as mappings."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


@dataclass(frozen=True)
class Compared:
    """Two periods or groups side by side.

    Attributes
    ----------
    this, other : str
        What they are called in a sentence.
    rows : DataFrame
        One row a measure: `measure, group, n, N, value, low, high` of this one, `against`,
        `n_against, N_against, value_against, low_against, high_against` of the other,
        `difference, difference_low, difference_high` (this less the other, fractions) and
        `reason` ("" or why nothing is shown).
    over_time : bool
        Whether the two are periods.
    """

    this: str
    other: str
    rows: pd.DataFrame
    over_time: bool


def side_by_side(measure: str, one: tuple[str, Row], other: tuple[str, Row]) -> Row:
    """Make the row of a measure out of two names and their rates, as `Compared.rows` has it."""
    (this, a), (against, b) = one, other
    reason = a["reason"] or b["reason"]
    if reason and not (a["reason"] and b["reason"]):
        reason = _("one of the two is hidden")
    row: Row = {"measure": measure, "group": this, "against": against, "reason": reason}
    # Where the one is hidden the other is not told here either: it stands where it is shown.
    for name in ("n", "N", "value", "low", "high"):
        row[name] = np.nan if reason else a[name]
        row[f"{name}_against"] = np.nan if reason else b[name]
    row |= {"difference": np.nan, "difference_low": np.nan, "difference_high": np.nan}
    if not reason and a["N"] and b["N"]:
        pair = pd.DataFrame(
            [
                {"measure": measure, "group": str(at), "n": int(r["n"]), "N": int(r["N"])}
                for at, r in enumerate((a, b))
            ]
        )
        found = records(differences(pair))[0]
        row |= {
            "difference": found["value"],
            "difference_low": found["low"],
            "difference_high": found["high"],
        }
    return row
