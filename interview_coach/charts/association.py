"""Practice beside outcomes: a rate by classes of practice score, and never a word of cause."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from interview_coach.charts import finding
from interview_coach.charts.chart import Chart
from interview_coach.charts.figures import EMPTY, HIDDEN, LAST, Row, column, named, read, shown
from interview_coach.charts.rates import assembled
from interview_coach.language import _, ngettext
from interview_coach.subjects import Subject, Thing
from interview_coach.wording import FEW, first_lower, number, percent

__all__ = ["association_chart"]

_THING = Thing("practice score")


def association_chart(
    rates: pd.DataFrame,
    *,
    noun: str = "missed call",  # unmarked: a key
    done: str = "recovered",
    labels: Callable[[Any], str] = named,
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
    found = read(rates.drop(columns=limits, errors="ignore"), labels, _("association"))
    subject = Subject(noun, done)
    drawn = sorted(
        (row for row in found.rows if row.kind != EMPTY), key=lambda row: row.group in LAST
    )
    heading = _title(drawn, subject)
    caution = _(
        "Clients who practise more may differ in other ways from those who practise less; these "
        "figures cannot tell."
    )
    notes = [*_beside(rates, found.rows, subject), caution] if drawn else []
    return assembled(found, found.only(drawn), heading, subject, _THING, notes, synthetic)


def _beside(rates: pd.DataFrame, rows: list[Row], subject: Subject) -> list[str]:
    """Say whose calls they are and what is not in them; not where rows are hidden, as it adds up."""
    if any(row.kind == HIDDEN for row in rows):
        return []
    notes = []
    clients = [
        _("{n} ({group})").format(n=number(clients), group=row.name)
        for row, clients in zip(rows, column(rates, "clients"), strict=True)
        if clients > 0
    ]
    if clients:
        notes.append(_("Clients whose calls these are: {list}.").format(list=", ".join(clients)))
    young, lost = (
        int(sum(count for count in column(rates, name) if count > 0))
        for name in ("pending", "left_out")
    )
    if young:
        says = ngettext(
            "{calls} is younger and counts neither way yet.",
            "{calls} are younger and count neither way yet.",
            young,
        )
        notes.append(says.format(calls=subject.more(young)))
    if lost:
        notes.append(finding.unreliable(subject.more(lost), lost))
    return notes


def _title(drawn: list[Row], subject: Subject) -> str:
    ordered = [row for row in drawn if row.group not in LAST]
    classes = shown(ordered)
    hidden = sum(row.kind == HIDDEN for row in ordered)
    if not classes:
        if hidden:
            said = first_lower(finding.hidden_title(hidden, _THING))
            return _("Association, not cause: {words}").format(words=said)
        return _("Association, not cause: no {calls} to compare with practice yet").format(
            calls=subject.many
        )
    enough = [row for row in classes if row.N >= FEW]
    if len(enough) < 2:
        return _("Association, not cause: too few {calls} to compare practice scores").format(
            calls=subject.many
        )
    low, high = enough[0], enough[-1]
    apart = low.high < high.low or high.high < low.low
    says = (
        _(
            "Association, not cause: {rate} of {share} at a practice score of {low}, {other} at "
            "{high}"
        )
        if apart
        else _(
            "Association, not cause: {rate} of {share} at a practice score of {low}, {other} at "
            "{high}; their intervals overlap"
        )
    )
    return says.format(
        rate=percent(low.value),
        share=subject.share,
        low=low.name,
        other=percent(high.value),
        high=high.name,
    )
