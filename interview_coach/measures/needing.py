"""What a measure says of a frame that lacks a column which it reads."""

from collections.abc import Iterable

import pandas as pd

from interview_coach.errors import KitError
from interview_coach.language import _

__all__ = ["need"]


def need(calls: pd.DataFrame, columns: Iterable[str]) -> None:
    """Check that a frame of calls has what a measure reads.

    Raises
    ------
    KitError
        Naming the columns that are not there.
    """
    missing = [name for name in columns if name not in calls.columns]
    if missing:
        names = _(" and ").join(f"'{name}'" for name in missing)
        raise KitError(
            _(
                "These calls have no column {names}, which this measure needs; take the calls from "
                "an outcome log, or import the file with a mapping that fills it."
            ).format(names=names)
        )
