"""Why calls were missed, or through whom: what is known first, most frequent on top."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from interview_coach.charts import finding
from interview_coach.charts.chart import Chart
from interview_coach.charts.figures import FEW_CASES, HIDDEN, LAST, UNKNOWN, Row, read, shown
from interview_coach.charts.finding import Subject
from interview_coach.charts.rates import assembled, largest
from interview_coach.wording import FEW, counted, of_total, plural, rate_in_brackets

__all__ = ["causes_chart"]

# Said of a call, but no cause.
_NOT_KNOWN = ("unknown", *LAST)


def causes_chart(
    rates: pd.DataFrame,
    *,
    thing: str = "cause",
    noun: str = "call",
    done: str = "missed",
    labels: Callable[[Any], str] = str,
    synthetic: bool = False,
) -> Chart:
    """Draw how often each cause was the one: a dot with its interval and counts, most often first.

    Parameters
    ----------
    rates : DataFrame
        A rate that was split by `cause`, `missed_by`, `initiator` or `reason`: `group, n, N, value,
        low, high`, and `reason` where rows are hidden. What is "unknown" or "not recorded" comes
        last, in grey.
    thing : str
        What a row is, in the singular: cause, party.
    noun, done, labels, synthetic
        As for `rate_by_group`.

    Raises
    ------
    KitError
        If the frame lacks a column.
    """
    found = read(rates, labels, "causes")
    subject = Subject(noun, done)
    drawn, notes = largest(found, thing)
    drawn = [
        row._replace(kind=UNKNOWN)
        if row.group in _NOT_KNOWN and row.kind not in (HIDDEN, FEW_CASES)
        else row
        for row in drawn
    ]
    drawn.sort(
        key=lambda row: (
            row.kind == HIDDEN, row.group in _NOT_KNOWN, row.group in LAST,
            0 if row.kind == HIDDEN else -row.value, row.name,
        )
    )  # fmt: skip
    heading = _title(found.rows, subject, thing)
    return assembled(found, found.only(drawn), heading, subject, thing, notes, synthetic)


def _title(rows: list[Row], subject: Subject, thing: str) -> str:
    hidden = sum(row.kind == HIDDEN for row in rows)
    cases = shown(rows)
    known = [row for row in cases if row.group not in _NOT_KNOWN]
    most = max((row.n for row in known), default=0)
    if not cases:
        return finding.hidden_title(hidden, thing) if hidden else f"No {subject.many} to count yet"
    if not most:
        if hidden:
            return f"No {thing} that is shown was recorded"
        if any(row.n for row in cases):
            return f"No {thing} is known yet of the {subject.share}"
        return f"None of {counted(cases[0].N, subject.noun)} {subject.done}"
    first = [row for row in known if row.n == most]
    seen = " shown" if hidden else ""
    each = first[0]
    few = "Few cases: most" if each.N < FEW else "Most"
    things = thing if len(first) == 1 else plural(thing)
    names = finding.listed([row.name for row in first])
    said = f"{of_total(each.n, each.N)} {subject.share}{' each' if len(first) > 1 else ''}"
    figures = rate_in_brackets(each._asdict()).removeprefix("few cases: ")
    return f"{few} frequent known {things}{seen}: {names}, {said} ({figures})"
