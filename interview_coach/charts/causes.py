"""Why calls were missed, or through whom: what is known first, most frequent on top."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from interview_coach.charts import finding
from interview_coach.charts.chart import Chart
from interview_coach.charts.figures import FEW_CASES, HIDDEN, LAST, UNKNOWN, Row, named, read, shown
from interview_coach.charts.rates import assembled, largest
from interview_coach.language import _
from interview_coach.subjects import Subject, Thing, listed
from interview_coach.wording import FEW, first_lower, of_total, rate_in_brackets

__all__ = ["causes_chart"]

# Said of a call, but no cause.
_NOT_KNOWN = ("unknown", *LAST)


def causes_chart(
    rates: pd.DataFrame,
    *,
    thing: str = "cause",
    noun: str = "call",
    done: str = "missed",
    labels: Callable[[Any], str] = named,
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
    found = read(rates, labels, _("causes"))
    subject, things = Subject(noun, done), Thing(thing)
    drawn, notes = largest(found, things)
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
    heading = _title(found.rows, subject, things)
    return assembled(found, found.only(drawn), heading, subject, things, notes, synthetic)


def _title(rows: list[Row], subject: Subject, thing: Thing) -> str:
    hidden = sum(row.kind == HIDDEN for row in rows)
    cases = shown(rows)
    known = [row for row in cases if row.group not in _NOT_KNOWN]
    most = max((row.n for row in known), default=0)
    if not cases:
        if hidden:
            return finding.hidden_title(hidden, thing)
        return _("No {calls} to count yet").format(calls=subject.many)
    if not most:
        if hidden:
            return _("No {thing} that is shown was recorded").format(thing=thing.one)
        if any(row.n for row in cases):
            return _("No {thing} is known yet of the {share}").format(
                thing=thing.one, share=subject.share
            )
        return _("None of {calls} {missed}").format(
            calls=subject.counted(cases[0].N), missed=subject.did
        )
    first = [row for row in known if row.n == most]
    each = first[0]
    if len(first) == 1:
        says = (
            _("most frequent known {things} shown: {names}, {cases} {share} ({rate})")
            if hidden
            else _("most frequent known {things}: {names}, {cases} {share} ({rate})")
        )
    else:
        says = (
            _("most frequent known {things} shown: {names}, {cases} {share} each ({rate})")
            if hidden
            else _("most frequent known {things}: {names}, {cases} {share} each ({rate})")
        )
    said = says.format(
        things=thing.one if len(first) == 1 else thing.many,
        # What the kit itself calls a cause begins small in a sentence; what was typed stays.
        names=listed(
            [first_lower(row.name) if row.name != row.group else row.name for row in first]
        ),
        cases=of_total(each.n, each.N),
        share=subject.share,
        # That the cases are few is said at the beginning.
        rate=rate_in_brackets({**each._asdict(), "N": max(each.N, FEW)}),
    )
    return _("few cases: {words}").format(words=said) if each.N < FEW else said
