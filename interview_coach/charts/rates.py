"""The two charts of a rate: by group, and over time."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from interview_coach.charts import finding
from interview_coach.charts.chart import Chart
from interview_coach.charts.finding import Subject
from interview_coach.charts.marks import draw_periods, draw_rows
from interview_coach.charts.paper import NARROW, WIDE
from interview_coach.charts.periods import period_of
from interview_coach.errors import KitError
from interview_coach.wording import FEW, counted, of_total

__all__ = ["rate_by_group", "rate_by_month"]

_COLUMNS = ("group", "n", "N", "value", "low", "high")
# More rows than this cannot be read in one look; the table has them all.
_MOST_ROWS = 40
# More periods than this leave no room for the counts at their marks, and become rows.
_MOST_ACROSS = 40
# These two are no group like the others: they come last.
_LAST = ("not recorded", "date in doubt")


def rate_by_group(
    rates: pd.DataFrame,
    *,
    thing: str = "group",
    noun: str = "call",
    done: str = "missed",
    labels: Callable[[Any], str] = str,
    synthetic: bool = False,
) -> Chart:
    """Draw one rate for each group: a dot with its interval and its counts, highest first.

    Parameters
    ----------
    rates : DataFrame
        One measure by groups: `group, n, N, value, low, high`; with `noise_low` and `noise_high`
        (see `measures.ordinary_noise`) the title may say that a group stands out.
    thing : str
        What a group is, in the singular: cohort, employer type.
    noun, done : str
        What is counted, in the singular, and what happened to it.
    labels : callable
        Writes the name of a group for people.
    synthetic : bool
        Whether the data is invented; the figure then says so.

    Returns
    -------
    Chart
        Groups without cases are only in its table, and of more than 40 groups the chart shows the
        largest.

    Raises
    ------
    KitError
        If the frame lacks a column.
    """
    _check(rates)
    subject = Subject(noun, done)
    cases = rates[rates["N"] > 0]
    notes = []
    if len(cases) > _MOST_ROWS:
        notes.append(f"The chart shows the {_MOST_ROWS} largest of {len(cases):,} {thing}s.")
        drawn = cases.nlargest(_MOST_ROWS, "N")
    else:
        drawn = cases
    order = (
        drawn.assign(
            last=drawn["group"].isin(_LAST), few=drawn["N"] < FEW, name=drawn["group"].map(labels)
        )
        .sort_values(["last", "few", "value", "name"], ascending=[True, True, False, True])
        .index
    )
    drawn = drawn.loc[order]
    # What is not recorded is no group to compare with others.
    named = cases[~cases["group"].isin(_LAST)]
    heading = finding.title(named if len(named) else cases, subject, thing, labels)
    return _chart(drawn, rates, heading, subject, thing, labels, notes, synthetic, draw_rows)


def rate_by_month(
    rates: pd.DataFrame,
    *,
    noun: str = "call",
    done: str = "missed",
    synthetic: bool = False,
) -> Chart:
    """Draw a rate over time: points with intervals and counts, the overall line, ordinary noise.

    Parameters
    ----------
    rates : DataFrame
        One measure by month, quarter or week: `group` (2026-03, 2026-Q1, 2026-W10), `n, N, value,
        low, high`; with `noise_low` and `noise_high` (see `measures.ordinary_noise`) a pale band
        shows how far a rate of so many cases moves about for no reason. "date in doubt" stands in
        no period: it is told in the caption.
    noun, done, synthetic
        As for `rate_by_group`.

    Returns
    -------
    Chart
        Each period at its place in time; those without cases leave a gap.

    Raises
    ------
    KitError
        If the frame lacks a column, or a group is no period.
    """
    _check(rates)
    subject = Subject(noun, done)
    dated = rates[(rates["N"] > 0) & ~rates["group"].isin(_LAST)]
    undated = rates[(rates["N"] > 0) & rates["group"].isin(_LAST)]
    periods = [period_of(group) for group in dated["group"]]
    if len({period.kind for period in periods}) > 1:
        raise KitError("Months, quarters and weeks cannot stand in one chart; choose one of them.")
    thing = periods[0].kind if periods else "month"
    notes = []
    if int(undated["N"].sum()):
        were = "has a date" if int(undated["N"].sum()) == 1 else "have dates"
        notes.append(
            f"{counted(int(undated['N'].sum()), noun)} {were} in doubt and so no {thing}: "
            f"{of_total(int(undated['n'].sum()), int(undated['N'].sum()))} {done}."
        )
    dated = dated.assign(place=[period.number for period in periods]).sort_values("place")
    drawn = dated
    if len(dated) > 3 * _MOST_ACROSS:
        drawn = dated.tail(3 * _MOST_ACROSS)
        notes.append(f"The chart shows the last {len(drawn)} of {len(dated):,} {thing}s.")
    heading = finding.title(dated, subject, thing, _period_name)
    across = drawn["place"].max() - drawn["place"].min() < _MOST_ACROSS if len(drawn) else False
    wide = draw_periods if across else draw_rows
    return _chart(drawn, rates, heading, subject, thing, _period_name, notes, synthetic, wide)


def _period_name(group: Any) -> str:
    return str(group) if group in _LAST else period_of(group).words


def _chart(
    drawn: pd.DataFrame,
    rates: pd.DataFrame,
    heading: str,
    subject: Subject,
    thing: str,
    named: Callable[[Any], str],
    notes: list[str],
    synthetic: bool,
    wide: Callable[..., Any],
) -> Chart:
    heading = _first_upper(heading)
    caption = " ".join(notes)
    drawn = drawn.assign(
        name=[named(group) for group in drawn["group"]], out=finding.stands_out(drawn)
    )
    look: dict[str, Any] = {
        "heading": heading,
        "key": _key(drawn, subject),
        "axis": f"share of {subject.share}",
        "synthetic": synthetic,
    }
    return Chart(
        figure=wide(drawn, width=WIDE, **look),
        narrow=draw_rows(drawn, width=NARROW, **look),
        title=heading,
        alt=finding.alt_text(heading, drawn, thing, named, synthetic=synthetic, caption=caption),
        caption=caption,
        data=finding.table(rates, subject, thing, named),
    )


def _key(drawn: pd.DataFrame, subject: Subject) -> str:
    """Say what each kind of mark means that the figure has, and no other."""
    parts = []
    few = drawn["N"] < FEW
    if (~few & ~drawn["out"]).any():
        parts.append("Dot: rate, with its 95% interval and its counts.")
    if drawn["out"].any():
        parts.append("Square: outside ordinary noise.")
    if few.any():
        parts.append(f"Grey diamond: few cases, under {FEW} {subject.noun}s.")
    if "noise_low" in drawn.columns and len(drawn) > 1:
        parts.append("Dashed line: overall. Pale band: ordinary noise around it (3 sigma).")
    return " ".join(parts)


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _check(rates: pd.DataFrame) -> None:
    missing = [name for name in _COLUMNS if name not in rates.columns]
    if missing:
        raise KitError(
            f"A chart of rates needs the column '{missing[0]}'; give it the frame that a measure "
            "returns."
        )
