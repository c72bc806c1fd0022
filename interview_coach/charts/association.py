"""Practice beside outcomes: a rate by classes of practice score, and never a word of cause."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from interview_coach.charts import finding
from interview_coach.charts.chart import Chart
from interview_coach.charts.figures import EMPTY, HIDDEN, LAST, Row, column, read, shown
from interview_coach.charts.finding import Subject
from interview_coach.charts.rates import assembled
from interview_coach.wording import FEW, counted, percent

__all__ = ["association_chart"]

_THING = "practice score"
_CAUTION = (
    "Clients who practise more may differ in other ways from those who practise less; these "
    "figures cannot tell."
)


def association_chart(
    rates: pd.DataFrame,
    *,
    noun: str = "missed call",
    done: str = "recovered",
    labels: Callable[[Any], str] = str,
    synthetic: bool = False,
) -> Chart:
    """Draw a rate by classes of practice score, in their order, lowest score first.

    Parameters
    ----------
    rates : DataFrame
        `group, n, N, value, low, high` (and `reason`), the classes in order: "under half", "half to
        80%", "80% or more"; with `clients`, `pending` and `left_out` the caption tells their sums.
    noun, done, labels, synthetic
        As for `rate_by_group`.

    Returns
    -------
    Chart
        Its title has the words "association, not cause". Classes without cases are in the table.

    Raises
    ------
    KitError
        If the frame lacks a column.
    """
    # Limits of noise ask which class stands out; here the question is whether the ends differ.
    limits = ["noise_low", "noise_high", "overall"]
    found = read(rates.drop(columns=limits, errors="ignore"), labels, "association")
    subject = Subject(noun, done)
    drawn = sorted(
        (row for row in found.rows if row.kind != EMPTY), key=lambda row: row.group in LAST
    )
    heading = _title(drawn, subject)
    notes = [*_beside(rates, found.rows, subject), _CAUTION] if drawn else []
    return assembled(found, found.only(drawn), heading, subject, _THING, notes, synthetic)


def _beside(rates: pd.DataFrame, rows: list[Row], subject: Subject) -> list[str]:
    """Say whose calls they are and what is not in them; not where rows are hidden, as it adds up."""
    if any(row.kind == HIDDEN for row in rows):
        return []
    notes = []
    clients = [
        f"{clients:,.0f} ({row.name})"
        for row, clients in zip(rows, column(rates, "clients"), strict=True)
        if clients > 0
    ]
    if clients:
        notes.append(f"Clients whose calls these are: {', '.join(clients)}.")
    for name, one, many in (
        (
            "pending",
            "is younger and counts neither way yet",
            "are younger and count neither way yet",
        ),
        ("left_out", "has a date that cannot be relied on", "have dates that cannot be relied on"),
    ):
        some = int(sum(count for count in column(rates, name) if count > 0))
        if some:
            words = one if some == 1 else many
            notes.append(f"{counted(some, f'more {subject.noun}')} {words}.")
    return notes


def _title(drawn: list[Row], subject: Subject) -> str:
    ordered = [row for row in drawn if row.group not in LAST]
    classes = shown(ordered)
    hidden = sum(row.kind == HIDDEN for row in ordered)
    if not classes:
        said = (
            finding.hidden_title(hidden, _THING)
            if hidden
            else f"no {subject.many} to compare with practice yet"
        )
        return f"Association, not cause: {said[0].lower()}{said[1:]}"
    enough = [row for row in classes if row.N >= FEW]
    if len(enough) < 2:
        return f"Association, not cause: too few {subject.many} to compare practice scores"
    low, high = enough[0], enough[-1]
    said = (
        f"{percent(low.value)} of {subject.share} at a {_THING} of {low.name}, "
        f"{percent(high.value)} at {high.name}"
    )
    apart = low.high < high.low or high.high < low.low
    return f"Association, not cause: {said}{'' if apart else '; their intervals overlap'}"
