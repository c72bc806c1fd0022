"""Calls that come back: a file that the log was exported to, imported into the same log again.

An export carries the log's own number of each call. A row with such a number is that call: it adds
nothing, and where it says something else the row is listed, because the log is changed in the log.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from interview_coach.language import _
from interview_coach.outcomes.importing.interpret import Interpretation
from interview_coach.outcomes.importing.mapping import ColumnMapping
from interview_coach.outcomes.writing import neutral

__all__ = ["holds_calls", "known_calls", "left_behind"]

_PREFIX = "call-"


def holds_calls(read: Interpretation, mapping: ColumnMapping) -> bool:
    """Say whether a file may hold calls of a log: it has a column of their numbers."""
    return any(cell.startswith(_PREFIX) for cell in _numbers(read, mapping))


def known_calls(
    read: Interpretation, mapping: ColumnMapping, calls: pd.DataFrame
) -> dict[int, str | None]:
    """Find the rows that are calls of the log.

    Parameters
    ----------
    read : Interpretation
        The rows of the file.
    mapping : ColumnMapping
        What its columns mean.
    calls : DataFrame
        The log's calls, as `OutcomeLog.calls` gives them.

    Returns
    -------
    dict of int to str or None
        By row: None where it says what the log says, else the reason why it is not imported.
    """
    numbers = _numbers(read, mapping)
    wanted = calls[calls["call_id"].isin(numbers)]
    kept = {row["call_id"]: row for row in wanted.to_dict("records")}
    fields = [name for name in read.fields if name in mapping.columns and name in calls.columns]
    if "scheduled_at" in read.fields and "scheduled_at" not in fields:
        fields.append("scheduled_at")
    found: dict[int, str | None] = {}
    for row, number in enumerate(numbers):
        if number not in kept or row in read.reasons:
            continue
        differ = [name for name in fields if not _same(read.fields[name][row], kept[number][name])]
        found[row] = (
            _(
                "the log has this call with another {fields}; nothing was changed: change it in the "
                "log if the file is right"
            ).format(fields=", ".join(differ))
            if differ
            else None
        )
    return found


def left_behind(before: pd.DataFrame, after: pd.DataFrame) -> int:
    """Count the open calls that stand in a calendar at another time now.

    Parameters
    ----------
    before, after : DataFrame
        The log's calls before and after a calendar was imported. A calendar exported later shows a
        moved event only at its new time; the call at the old time is still in the log, as pending.
    """
    new = after[~after["call_id"].isin(before["call_id"])]
    open_ = before[before["state"] == "pending"]
    places = ["coach", "interview_id"]
    return len(open_.merge(new[places].drop_duplicates(), on=places))


def _numbers(read: Interpretation, mapping: ColumnMapping) -> Sequence[str]:
    column = mapping.columns.get("row_id")
    if column is None:
        return ()
    place = read.table.place(column)
    return [row[place].strip() if place < len(row) else "" for row in read.table.rows]


def _lines(text: str) -> str:
    return "\n".join(text.strip().splitlines())


def _same(given: Any, kept: Any) -> bool:
    if kept is None or (not isinstance(kept, str) and pd.isna(kept)):
        return given is None
    if isinstance(kept, datetime):
        # An export writes whole seconds.
        return given is not None and abs((given - kept).total_seconds()) < 1
    if isinstance(kept, str):
        # An export makes formulas harmless, and a workbook knows one kind of line end.
        return given is not None and _lines(str(given)) in {_lines(kept), _lines(neutral(kept))}
    return bool(given == kept)
