"""A view of the log in words, chart and table: on the page 07_explore, and where it is kept in the report."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from interview_coach.charts import Chart
from interview_coach.charts.periods import period_of
from interview_coach.errors import KitError
from interview_coach.measures import CATALOGUE, GROUPINGS, IN_DOUBT, PERIODS
from interview_coach.measures.words import delay_sentence, known_sentence
from interview_coach.reports.content.saying import figure, labels, shown, thing
from interview_coach.reports.drawing import DONE, chart_of, charted
from interview_coach.reports.figures import Figures, Row, records
from interview_coach.reports.pieces import Grid, Paragraph, Picture, Points, Section, grid
from interview_coach.reports.saved import View
from interview_coach.wording import FEW, counted, duration, first_upper, rate_sentence

__all__ = ["Seen", "saved_views", "seen", "view_name", "view_table", "window_words"]


@dataclass(frozen=True)
class Seen:
    """What a view shows.

    Attributes
    ----------
    finding : str
        In one line, without a full stop.
    chart : Chart or None
        Where there is one of this kind of measure.
    table : Grid or None
        The numbers; a chart has them in its own table.
    says : tuple of str
        Sentences that a reader needs beside it.
    """

    finding: str
    chart: Chart | None
    table: Grid | None
    says: tuple[str, ...]


def seen(
    view: View,
    frame: pd.DataFrame,
    whole: Row,
    *,
    days: int,
    known: Row | None = None,
    synthetic: bool = False,
) -> Seen:
    """Put a view into words, chart and table.

    Parameters
    ----------
    view : View
    frame : DataFrame
        Its figures.
    whole : mapping
        The same over all groups together.
    days : int
        Within which a missed call was to be recovered.
    known : mapping, optional
        The knowledge rate, which stands beside a rate of outcomes.
    synthetic : bool
        Whether the data is made up.
    """
    says = _beside(view, frame, view.days or days)
    if known is not None and view.measure == "career_outcomes_rate":
        hidden = known["reason"]
        says.append(f"{f'How many are known: {hidden}' if hidden else known_sentence(known)}.")
    if charted(view.measure, view.by) and len(frame):
        chart = chart_of(view.measure, view.by, frame, synthetic=synthetic)
        return Seen(chart.title, chart, None, tuple(says))
    return Seen(_finding(view, whole), None, view_table(view, frame), tuple(says))


def saved_views(figures: Figures) -> list[Section]:
    """Give a section for each saved view that this report may show."""
    return [_section(number, view, figures) for number, view in enumerate(figures.data.views, 1)]


def view_name(view: View) -> str:
    """Name a view by its title, or by what it counts and by what."""
    name = CATALOGUE[view.measure].name
    by = f" by {GROUPINGS.get(view.by, thing(view.by))}" if view.by else ""
    return view.title or f"{name}{by}"


def window_words(start: str, end: str) -> str:
    """Say a window of days: ``from 2026-01-01 to 2026-03-31``; empty where there is none."""
    first = f"from {start} " if start else ""
    return f"{first}to {end}" if end else first.strip()


def _section(number: int, view: View, figures: Figures) -> Section:
    called, funder = view_name(view), figures.question.funder
    if funder and not figures.may_show(view):
        return Section(
            called,
            Paragraph(
                "Left out of a report for a funder: it has a window or days of its own, or shows "
                "what cannot be protected together with the rest."
            ),
        )
    try:
        frame = figures.viewed(view)
        whole = (
            figures.overall(view.measure)
            if funder
            else records(figures.viewed(replace(view, by="")))[0]
        )
        found = seen(
            view,
            frame,
            whole,
            days=figures.question.days,
            known=figures.overall("knowledge_rate"),
            synthetic=figures.data.synthetic,
        )
    except KitError as error:
        return Section(called, Paragraph(f"This saved view cannot be shown: {error}"))
    picture = None
    if found.chart is not None:
        picture = Picture(f"saved_{number}_{view.measure}", found.chart)
    own = window_words(view.start, view.end)
    return Section(
        view.title or found.finding,
        picture,
        Paragraph(f"{found.finding}.") if view.title and not picture else None,
        found.table,
        Points(found.says) if found.says else None,
        Paragraph(f"Calls scheduled {own}, whatever the report's window is.", "source")
        if own
        else None,
        unseen=bool(picture and not view.title),
    )


def _finding(view: View, whole: Row) -> str:
    """Say what is found over all groups together, where no chart says it."""
    entry = CATALOGUE[view.measure]
    if whole["reason"]:
        return f"{entry.name}: {whole['reason']}"
    if not shown(whole):
        return f"No {entry.below} to count yet"
    if entry.unit == "minutes":
        return delay_sentence(whole)
    if entry.unit == "mean":
        n, total = int(whole["n"]), int(whole["N"])
        return (
            f"{counted(n, 'move or rebooking', 'moves and rebookings')} over "
            f"{counted(total, 'interview')}: {n / total:.2f} for each"
        )
    if view.measure in DONE:
        return rate_sentence(whole, *DONE[view.measure])
    return view_name(replace(view, title=""))


def _beside(view: View, frame: pd.DataFrame, days: int) -> list[str]:
    """Say what a reader must know of the figures, and how many calls they leave out."""
    says = []
    if view.measure in ("recovery_rate", "funnel"):
        says.append(f"Recovered means completed within {counted(days, 'day')} of the missed start.")
    if view.measure == "recovery_rate" and "pending" in frame.columns:
        young = int(frame["pending"].sum())
        if young:
            them = "is younger and counts" if young == 1 else "are younger and count"
            says.append(f"{counted(young, 'more missed call')} {them} neither way yet.")
    if view.measure not in ("funnel", "time_to_reconnection") and "left_out" in frame.columns:
        lost = int(frame["left_out"].sum())
        if lost:
            them = "has a time" if lost == 1 else "have times"
            says.append(
                f"{counted(lost, 'missed call')} {them} that cannot be relied on: left out."
            )
    return says


def view_table(view: View, frame: pd.DataFrame) -> Grid | None:
    """Give a measure as a table of text: each group with its counts, figure and interval."""
    unit = CATALOGUE[view.measure].unit
    named = period_words if view.by in PERIODS else labels(view.by)
    rows = []
    for row in records(frame):
        if row.get("reason"):
            cells = (str(row["reason"]), "")
        elif unit == "rate":
            cells = figure({"reason": "", **row})
        elif not row["N"] or pd.isna(row["value"]):
            cells = ("no cases", "")
        else:
            of = "over" if unit == "mean" else "of"
            cells = (f"{int(row['n']):,} {of} {int(row['N']):,}", _plain(row, unit))
        names = [named(row["group"])] if view.by else [] if "step" in row else ["All"]
        if "step" in row:
            names.append(first_upper(str(row["step"])))
        rows.append((": ".join(names), *cells))
    group = (
        first_upper(thing(view.by)) if view.by else "Step" if view.measure == "funnel" else "Group"
    )
    return grid([group, "Counted", _UNITS[unit]], rows, first_upper(CATALOGUE[view.measure].says))


def period_words(group: str) -> str:
    """Write a month, quarter or week for people: ``Mar 2026``."""
    return group if group == IN_DOUBT else period_of(group).words


_UNITS = {
    "rate": "Rate (95% interval)",
    "minutes": "Half within (95% interval)",
    "mean": "For each",
    "curve": "Not yet completed (95% interval)",
}


def _plain(row: Mapping[str, Any], unit: str) -> str:
    value, low, high = (float(row[name]) for name in ("value", "low", "high"))
    few = "few cases: " if row["n"] < FEW else ""
    if unit == "mean":
        return f"{value:.2f}"
    if pd.isna(low):
        return f"{few}{duration(value)}"
    half = (high - low) / 2
    first, last = duration(low, half), duration(high, half)
    number, _, unit_of_first = first.rpartition(" ")
    if last.split()[-1].startswith(unit_of_first.rstrip("s")):
        first = number
    return f"{few}{duration(value, half)}, {first} to {last}"
