"""A view of the log in words, chart and table: on the page 07_explore, and where it is kept in the report."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from interview_coach.charts import Chart
from interview_coach.charts.periods import period_of
from interview_coach.errors import KitError
from interview_coach.language import N_, _, ngettext, pgettext
from interview_coach.measures import CATALOGUE, GROUPINGS, IN_DOUBT, PERIODS
from interview_coach.measures.words import delay_sentence, known_sentence
from interview_coach.reports.content.aftermath import moves_words
from interview_coach.reports.content.saying import figure, labels, shown, thing
from interview_coach.reports.drawing import DONE, chart_of, charted
from interview_coach.reports.figures import Figures, Row, records
from interview_coach.reports.pieces import Grid, Paragraph, Picture, Points, Section, grid
from interview_coach.reports.saved import View
from interview_coach.subjects import Subject, Thing
from interview_coach.wording import (
    FEW,
    counted,
    duration,
    first_upper,
    number,
    of_total,
    span_words,
)

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
        if known["reason"]:
            says.append(_("How many are known: {reason}.").format(reason=known["reason"]))
        else:
            says.append(_("{words}.").format(words=known_sentence(known)))
    if charted(view.measure, view.by) and len(frame):
        chart = chart_of(view.measure, view.by, frame, synthetic=synthetic)
        return Seen(chart.title, chart, None, tuple(says))
    return Seen(_finding(view, whole), None, view_table(view, frame), tuple(says))


def saved_views(figures: Figures) -> list[Section]:
    """Give a section for each saved view that this report may show."""
    return [_section(number, view, figures) for number, view in enumerate(figures.data.views, 1)]


def view_name(view: View) -> str:
    """Name a view by its title, or by what it counts and by what."""
    if view.title:
        return view.title
    name = _(CATALOGUE[view.measure].name)
    if not view.by:
        return name
    return _("{measure} by {thing}").format(measure=name, thing=_group_word(view.by))


def _group_word(by: str) -> str:
    return _(GROUPINGS[by]) if by in GROUPINGS else Thing(thing(by)).one


def window_words(start: str, end: str) -> str:
    """Say a window of days: ``from 2026-01-01 to 2026-03-31``; empty where there is none."""
    if start and end:
        return pgettext("days", "from {first} to {last}").format(first=start, last=end)
    if start:
        return pgettext("days", "from {first}").format(first=start)
    return pgettext("days", "to {last}").format(last=end) if end else ""


def _section(number: int, view: View, figures: Figures) -> Section:
    called, funder = view_name(view), figures.question.funder
    if funder and not figures.may_show(view):
        return Section(
            called,
            Paragraph(
                _(
                    "Left out of a report for a funder: it has a window or days of its own, or "
                    "shows what cannot be protected together with the rest."
                )
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
        return Section(
            called, Paragraph(_("This saved view cannot be shown: {why}").format(why=error))
        )
    picture = None
    if found.chart is not None:
        picture = Picture(f"saved_{number}_{view.measure}", found.chart)
    own = window_words(view.start, view.end)
    return Section(
        view.title or found.finding,
        picture,
        Paragraph(_("{words}.").format(words=found.finding))
        if view.title and not picture
        else None,
        found.table,
        Points(found.says) if found.says else None,
        Paragraph(
            _("Calls scheduled {window}, whatever the report's window is.").format(window=own),
            "source",
        )
        if own
        else None,
        unseen=bool(picture and not view.title),
    )


def _finding(view: View, whole: Row) -> str:
    """Say what is found over all groups together, where no chart says it."""
    entry = CATALOGUE[view.measure]
    if whole["reason"]:
        return _("{name}: {words}").format(name=_(entry.name), words=whole["reason"])
    if not shown(whole):
        return _("No {calls} to count yet").format(calls=_(entry.below))
    if entry.unit == "minutes":
        return delay_sentence(whole)
    if entry.unit == "mean":
        n, total = int(whole["n"]), int(whole["N"])
        return _("{moves} over {interviews}: {number} for each").format(
            moves=moves_words(n),
            interviews=Subject("interview").counted(total),
            number=number(n / total, 2),
        )
    if view.measure in DONE:
        return DONE[view.measure].sentence(whole)
    return view_name(replace(view, title=""))


def _beside(view: View, frame: pd.DataFrame, days: int) -> list[str]:
    """Say what a reader must know of the figures, and how many calls they leave out."""
    says = []
    if view.measure in ("recovery_rate", "funnel"):
        span = counted(days, "{n} day", "{n} days")
        says.append(
            _("Recovered means completed within {days} of the missed start.").format(days=span)
        )
    missed = Subject("missed call")
    if view.measure == "recovery_rate" and "pending" in frame.columns:
        young = int(frame["pending"].sum())
        if young:
            them = ngettext(
                "{calls} is younger and counts neither way yet.",
                "{calls} are younger and count neither way yet.",
                young,
            )
            says.append(them.format(calls=missed.more(young)))
    if view.measure not in ("funnel", "time_to_reconnection") and "left_out" in frame.columns:
        lost = int(frame["left_out"].sum())
        if lost:
            them = ngettext(
                "{calls} has a time that cannot be relied on: left out.",
                "{calls} have times that cannot be relied on: left out.",
                lost,
            )
            says.append(them.format(calls=missed.counted(lost)))
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
            cells = (_("no cases"), "")
        elif unit == "mean":
            n, total = number(int(row["n"])), number(int(row["N"]))
            cells = (_("{n} over {total}").format(n=n, total=total), _plain(row, unit))
        else:
            cells = (of_total(int(row["n"]), int(row["N"])), _plain(row, unit))
        names = [named(row["group"])] if view.by else [] if "step" in row else [_("All")]
        if "step" in row:
            names.append(first_upper(_(str(row["step"]))))
        rows.append((": ".join(names), *cells))
    if view.by:
        group = first_upper(Thing(thing(view.by)).one)
    else:
        group = _("Step") if view.measure == "funnel" else _("Group")
    says = first_upper(CATALOGUE[view.measure].says)
    return grid([group, _("Counted"), _(_UNITS[unit])], rows, says)


def period_words(group: str) -> str:
    """Write a month, quarter or week for people: ``Mar 2026``."""
    return _(IN_DOUBT) if group == IN_DOUBT else period_of(group).words


_UNITS = {
    "rate": N_("Rate (95% interval)"),
    "minutes": N_("Half within (95% interval)"),
    "mean": N_("For each"),
    "curve": N_("Not yet completed (95% interval)"),
}


def _plain(row: Mapping[str, Any], unit: str) -> str:
    value, low, high = (float(row[name]) for name in ("value", "low", "high"))
    if unit == "mean":
        return number(value, 2)
    half = 0 if pd.isna(low) else (high - low) / 2
    said = duration(value, half)
    if not pd.isna(low):
        first, last = span_words(low, high, half, outward=False)
        said = _("{time}, {low} to {high}").format(time=said, low=first, high=last)
    return _("few cases: {words}").format(words=said) if row["n"] < FEW else said
