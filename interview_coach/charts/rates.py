"""The two charts of a rate: by group, and over time."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from interview_coach.charts import finding
from interview_coach.charts.across import draw_across, inner_width
from interview_coach.charts.chart import Chart
from interview_coach.charts.figures import EMPTY, FEW_CASES, HIDDEN, LAST, Rates, Row, named, read
from interview_coach.charts.marks import hidden_shapes
from interview_coach.charts.paper import NARROW, WIDE, Look
from interview_coach.charts.periods import period_of, ticks
from interview_coach.charts.rows import draw_rows
from interview_coach.errors import KitError
from interview_coach.language import _, ngettext
from interview_coach.subjects import Subject, Thing
from interview_coach.wording import first_upper, number, of_total

__all__ = ["assembled", "largest", "more_in_table", "period_name", "rate_by_group", "rate_by_month"]

# More rows than this cannot be read in one look; the table has them all.
_MOST_ROWS = 40
# More periods than this leave no room for the counts at their marks, and become rows.
_MOST_ACROSS = 40


def rate_by_group(
    rates: pd.DataFrame,
    *,
    thing: str = "group",
    noun: str = "call",
    done: str = "missed",
    labels: Callable[[Any], str] = named,
    synthetic: bool = False,
    published: bool = False,
) -> Chart:
    """Draw one rate for each group: a dot with its interval and its counts, highest first.

    Parameters
    ----------
    rates : DataFrame
        One measure by groups: `group, n, N, value, low, high`; with `noise_low` and `noise_high`
        (see `measures.ordinary_noise`) the title may say that a group stands out. Rows with a
        `reason` are hidden: it stands in place of their numbers, and they come last, by name.
    thing : str
        What a group is, in the singular: cohort, employer type.
    noun, done : str
        What is counted, in the singular, and what happened to it.
    labels : callable
        Writes the name of a group for people.
    synthetic : bool
        Whether the data is invented; the figure then says so.
    published : bool
        The overall rate is told to the same readers anyway: its limits may stand beside hidden rows.

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
    found = read(rates, labels, published=published)
    subject, things = Subject(noun, done), Thing(thing)
    drawn, notes = largest(found, things)
    drawn.sort(
        key=lambda row: (
            row.kind == HIDDEN, row.group in LAST, row.kind == FEW_CASES,
            0 if row.kind == HIDDEN else -row.value, row.name,
        )
    )  # fmt: skip
    # What is not recorded is no group to compare with others.
    plain = found.only(row for row in found.rows if row.group not in LAST)
    heading = finding.title(plain if _some(plain) else found, subject, things)
    return assembled(found, found.only(drawn), heading, subject, things, notes, synthetic)


def largest(found: Rates, thing: Thing) -> tuple[list[Row], list[str]]:
    """Choose the rows to draw, those with most cases, and say what is left to the table."""
    cases = [row for row in found.rows if row.kind not in (EMPTY, HIDDEN)]
    hidden = sorted((row for row in found.rows if row.kind == HIDDEN), key=lambda row: row.name)
    notes = []
    drawn = cases
    if len(cases) > _MOST_ROWS:
        says = (
            _("The chart shows the {most} largest of {all} {things} that are not hidden.")
            if hidden
            else _("The chart shows the {most} largest of {all} {things}.")
        )
        notes.append(says.format(most=_MOST_ROWS, all=number(len(cases)), things=thing.many))
        drawn = sorted(cases, key=lambda row: (-row.N, -row.n))[:_MOST_ROWS]
    room = _MOST_ROWS - len(drawn)
    if len(hidden) > room:
        notes.append(more_in_table(thing.hidden(len(hidden) - room)))
    return drawn + hidden[:room], notes


def more_in_table(things: str) -> str:
    """Say that some rows, in words, are in the table only."""
    return _("{things} more in the table only.").format(things=things)


def _some(found: Rates) -> bool:
    return any(row.kind != EMPTY for row in found.rows)


def rate_by_month(
    rates: pd.DataFrame,
    *,
    noun: str = "call",
    done: str = "missed",
    synthetic: bool = False,
    published: bool = False,
) -> Chart:
    """Draw a rate over time: points with intervals and counts, the overall line, ordinary noise.

    Parameters
    ----------
    rates : DataFrame
        One measure by month, quarter or week: `group` (2026-03, 2026-Q1, 2026-W10), `n, N, value,
        low, high`; with `noise_low` and `noise_high` (see `measures.ordinary_noise`) a pale band
        shows how far a rate of so many cases moves about for no reason. "date in doubt" stands in
        no period: it is told in the caption. A period with a `reason` is hidden: a cross on the axis.
    noun, done, synthetic, published
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
    found = read(rates, period_name, published=published)
    subject = Subject(noun, done)
    cases = [row for row in found.rows if row.kind != EMPTY]
    dated = [row for row in cases if row.group not in LAST]
    periods = [period_of(row.group) for row in dated]
    if len({period.kind for period in periods}) > 1:
        raise KitError(
            _("Months, quarters and weeks cannot stand in one chart; choose one of them.")
        )
    kind = periods[0].kind if periods else "month"
    thing = Thing(kind)
    notes = [_undated(row, subject, thing) for row in cases if row.group in LAST]
    placed = [row._replace(place=period.number) for row, period in zip(dated, periods, strict=True)]
    placed.sort(key=lambda row: row.place)
    drawn = placed
    if len(placed) > 3 * _MOST_ACROSS:
        drawn = placed[-3 * _MOST_ACROSS :]
        says = _("The chart shows the last {most} of {all} {things}.")
        notes.append(says.format(most=len(drawn), all=number(len(placed)), things=thing.many))
    heading = finding.title(found.only(placed), subject, thing)
    across = bool(drawn) and drawn[-1].place - drawn[0].place < _MOST_ACROSS

    def along_time(shown: Rates, look: Look, width: float) -> Figure:
        first, last = int(shown.rows[0].place), int(shown.rows[-1].place)
        chosen = ticks(kind, first, last, max(1, int(inner_width(shown, width) // 34)))
        return draw_across(shown, look, width, ticks=chosen, places=6)

    wide = along_time if across else draw_rows
    return assembled(
        found, found.only(drawn), heading, subject, thing, notes, synthetic, wide,
        shapes=hidden_shapes(drawn) if across else None,
    )  # fmt: skip


def _undated(row: Row, subject: Subject, thing: Thing) -> str:
    if row.kind == HIDDEN:
        return _("{calls} whose dates are in doubt: {reason}.").format(
            calls=first_upper(subject.many), reason=row.reason
        )
    says = ngettext(
        "{calls} has a date in doubt and so no {period}: {cases} {missed}.",
        "{calls} have dates in doubt and so no {period}: {cases} {missed}.",
        row.N,
    )
    return says.format(
        calls=subject.counted(row.N),
        period=thing.one,
        cases=of_total(row.n, row.N),
        missed=subject.did,
    )


def period_name(group: Any) -> str:
    """Write a period for people: ``Jan 2026``, ``Q1 2026``; what has none stays as it is."""
    return named(group) if group in LAST else period_of(group).words


def assembled(
    found: Rates,
    drawn: Rates,
    heading: str,
    subject: Subject,
    thing: Thing,
    notes: Sequence[str],
    synthetic: bool,
    wide: Callable[[Rates, Look, float], Figure] = draw_rows,
    narrow: Callable[[Rates, Look, float], Figure] = draw_rows,
    *,
    shapes: dict[str, str] | None = None,
) -> Chart:
    """Put a chart of rates together.

    Parameters
    ----------
    found, drawn : Rates
        All of them, for the table, and those to draw, in their order.
    heading, subject, thing, synthetic
        The title; what is counted; what the rows are; whether the data is invented.
    notes : sequence of str
        Sentences for the caption.
    wide, narrow : callable
        How each width is drawn.
    shapes : dict of str, optional
        Words for the marks of hidden rows, by reason, where the wide figure has such marks.
    """
    heading = first_upper(heading)
    caption = " ".join(notes)
    axis = _("share of {share}").format(share=subject.share)
    looks = [
        Look(heading, finding.key(drawn, subject, shapes=marked), axis, synthetic)
        for marked in (shapes, shapes if narrow is wide else None)
    ]
    return Chart(
        figure=wide(drawn, looks[0], WIDE),
        narrow=narrow(drawn, looks[1], NARROW),
        title=heading,
        alt=finding.alt_text(
            heading,
            thing.counted(len(drawn.rows)),
            [finding.told(row) for row in drawn.rows],
            synthetic=synthetic,
            caption=caption,
        ),
        caption=caption,
        data=finding.table(found.rows, subject, thing),
    )
