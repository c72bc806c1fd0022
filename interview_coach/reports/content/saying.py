"""Sentences of a report that hold for both of its readers: a hidden figure says why it is hidden."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from interview_coach.measures import GROUPINGS
from interview_coach.playbook import load_playbook
from interview_coach.reports.figures import Row
from interview_coach.wording import (
    first_upper,
    of_total,
    percent,
    rate_in_brackets,
    rate_sentence,
    verb,
)

__all__ = ["figure", "labels", "said", "shown", "thing"]

# Columns whose values are codes of the playbook: what they are called there.
_CODED = {
    "state": "end_state",
    **{name: name for name in ("caller", "missed_by", "cause", "channel", "initiator")},
}

# What one group is called, where that is another word than what is grouped by.
_THINGS = {"missed_by": "party", "initiator": "party", "caller": "caller"}

# The playbook speaks to the client; a report speaks of them.
_TOLD = {
    "caller": {
        "interviewer": "the interviewer was to call",
        "candidate": "the client was to call",
    }
}


def shown(row: Row) -> bool:
    """Say whether a row may be told with its numbers, and has any."""
    return not row["reason"] and not pd.isna(row["N"]) and int(row["N"]) > 0


def said(
    row: Row, noun: str = "call", done: str = "missed", *, were: tuple[str, str] = ("was", "were")
) -> str:
    """Say a rate in one sentence with its full stop, or that it is hidden and why."""
    if row["reason"]:
        return f"How many {noun}s were {done}: {row['reason']}."
    return f"{rate_sentence(row, noun, done, were=were)}."


def figure(row: Row) -> tuple[str, str]:
    """Give the two cells of a rate in a table: "9 of 42", and the rate with its interval."""
    if row["reason"]:
        return str(row["reason"]), ""
    if not int(row["N"]):
        return "no cases", ""
    return of_total(int(row["n"]), int(row["N"])), rate_in_brackets(row)


def headline(row: Row) -> str:
    """Say the finding that stands above a report."""
    if row["reason"]:
        return "How many calls were missed is hidden, to protect small counts"
    n, total = int(row["n"]), int(row["N"])
    if not total:
        return "No calls to count yet"
    calls = "call" if total == 1 else "calls"
    return f"{of_total(n, total)} {calls} {verb(n, total)} missed: {percent(float(row['value']))}"


def labels(column: str) -> Callable[[Any], str]:
    """Give what writes a group of a column for people."""
    if column not in _CODED:
        return str
    codes = {**load_playbook().codes[_CODED[column]], **_TOLD.get(column, {})}
    return lambda code: first_upper(str(codes.get(str(code), code)))


def thing(column: str) -> str:
    """Name one group of a column in a sentence."""
    return _THINGS.get(column) or GROUPINGS.get(column, column.replace("_", " "))
