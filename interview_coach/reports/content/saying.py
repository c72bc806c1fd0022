"""Sentences of a report that hold for both of its readers: a hidden figure says why it is hidden."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from interview_coach.charts.figures import named
from interview_coach.language import N_, _
from interview_coach.measures import GROUPINGS
from interview_coach.measures.localtime import LEAD_TIMES
from interview_coach.playbook import load_playbook
from interview_coach.reports.figures import Row
from interview_coach.reports.reading import OTHERS
from interview_coach.subjects import Subject
from interview_coach.wording import (
    first_upper,
    of_total,
    percent,
    rate_in_brackets,
)

__all__ = ["figure", "headline", "labels", "said", "shown", "thing"]

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
        "interviewer": N_("the interviewer was to call"),
        "candidate": N_("the client was to call"),
    }
}


def shown(row: Row) -> bool:
    """Say whether a row may be told with its numbers, and has any."""
    return not row["reason"] and not pd.isna(row["N"]) and int(row["N"]) > 0


def said(row: Row, subject: Subject | None = None) -> str:
    """Say a rate (of calls missed) in one sentence with its full stop, or that it is hidden and why."""
    subject = subject or Subject()
    if row["reason"]:
        return _("How many {calls} were {missed}: {reason}.").format(
            calls=subject.many, missed=subject.did, reason=row["reason"]
        )
    return _("{words}.").format(words=subject.sentence(row))


def figure(row: Row) -> tuple[str, str]:
    """Give the two cells of a rate in a table: "9 of 42", and the rate with its interval."""
    if row["reason"]:
        return str(row["reason"]), ""
    if not int(row["N"]):
        return _("no cases"), ""
    return of_total(int(row["n"]), int(row["N"])), rate_in_brackets(row)


def headline(row: Row) -> str:
    """Say the finding that stands above a report."""
    if row["reason"]:
        return _("How many calls were missed is hidden, to protect small counts")
    if not int(row["N"]):
        return _("No {calls} to count yet").format(calls=Subject().many)
    return Subject().headline(row, percent(float(row["value"])))


def labels(column: str) -> Callable[[Any], str]:
    """Give what writes a group of a column for people."""
    if column not in _CODED:
        return _name
    told = {code: _(words) for code, words in _TOLD.get(column, {}).items()}
    codes = {**load_playbook().codes[_CODED[column]], **told}
    return lambda code: first_upper(str(codes.get(str(code), named(code))))


def _name(group: Any) -> str:
    # What is the kit's own word, and no name of the coach's.
    return _(str(group)) if group == OTHERS or group in LEAD_TIMES.values() else named(group)


def thing(column: str) -> str:
    """Name one group of a column, as `Thing` knows it."""
    return _THINGS.get(column) or GROUPINGS.get(column, column.replace("_", " "))
