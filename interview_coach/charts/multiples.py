"""One small chart over time for each coach or cohort, all on the same scales."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from interview_coach.charts import finding
from interview_coach.charts.chart import Chart
from interview_coach.charts.figures import (
    EMPTY,
    HIDDEN,
    LAST,
    OUTSIDE,
    Rates,
    Row,
    named,
    need,
    read,
    shown,
)
from interview_coach.charts.marks import (
    CLEAR,
    bands,
    crosses,
    hidden_shapes,
    marks,
    percent_ticks,
)
from interview_coach.charts.paper import (
    GREY,
    INK,
    LEADING,
    NARROW,
    SMALL,
    SOFT,
    WIDE,
    Look,
    Sheet,
    put,
    text_width,
    wrapped,
)
from interview_coach.charts.periods import period_of
from interview_coach.language import _, ngettext
from interview_coach.subjects import Subject, Thing
from interview_coach.wording import FEW, first_upper, number, of_total, percent

__all__ = ["small_multiples"]

_MOST = 12
_COUNTS = 8.0  # smaller than other text, so that most panels have room for them
_EDGE, _GAP, _LEFT, _PLOT, _BELOW = 14.0, 16.0, 30.0, 78.0, 30.0


class _Panel(NamedTuple):
    name: str
    rates: Rates

    @property
    def sums(self) -> str:
        """All periods together, unless one is hidden: it could be worked out from the sum."""
        if any(row.kind == HIDDEN for row in self.rates.rows):
            return _("some hidden")
        n, total = sum(row.n for row in self.rates.rows), sum(row.N for row in self.rates.rows)
        rate = percent(n / total) if total else _("no cases")
        return _("{rate}, {cases}").format(rate=rate, cases=of_total(n, total))

    @property
    def signals(self) -> list[Row]:
        return [row for row in self.rates.rows if row.kind == OUTSIDE]


def small_multiples(
    rates: pd.DataFrame,
    *,
    by: str,
    thing: str = "",
    period: str = "month",
    noun: str = "call",
    done: str = "missed",
    labels: Callable[[Any], str] = named,
    synthetic: bool = False,
) -> Chart:
    """Draw a small chart over time for each group, with its own overall rate and its own limits.

    Parameters
    ----------
    rates : DataFrame
        A measure by a column and a period: the column `by`, the column `period` (2026-03, 2026-Q1 or
        2026-W10), `n, N, value, low, high`; `noise_low, noise_high, overall` as `ordinary_noise`
        gives them *within* each group; `reason` where a row is hidden, and then no limits are drawn
        for that group.
    by, period : str
        Names of the two columns.
    thing : str
        What a group is, in the singular; `by` with blanks if left out.
    noun, done, labels, synthetic
        As for `rate_by_group`.

    Returns
    -------
    Chart
        Up to twelve groups, by name; the caption says how many more the table has.

    Raises
    ------
    KitError
        If the frame lacks a column, or a period is none.
    """
    need(rates, (by, period), _("small multiples"))
    things, subject = Thing(thing or by.replace("_", " ")), Subject(noun, done)
    periods = Thing(period)
    panels, notes = _panels(rates, by, periods, labels, subject)
    drawn = panels[:_MOST]
    if len(panels) > _MOST:
        says = _("The chart shows the first {most} of {all} {things} by name.")
        all_of = number(len(panels))
        notes.insert(0, says.format(most=_MOST, all=all_of, things=things.many))
    heading = first_upper(_title(panels, subject, things, periods))
    caption = " ".join(notes)
    axis = _("share of {share}").format(share=subject.share)
    look = Look(heading, _key(drawn, subject), axis, synthetic)
    told = [
        _("{name} ({sums}): {rates}").format(
            name=panel.name,
            sums=panel.sums,
            rates=", ".join(finding.told(row) for row in panel.rates.rows),
        )
        for panel in drawn
    ]
    return Chart(
        figure=_draw(drawn, look, WIDE),
        narrow=_draw(drawn, look, NARROW),
        title=heading,
        alt=finding.alt_text(
            heading,
            _("{things} over time").format(things=things.counted(len(drawn))),
            told,
            synthetic=synthetic,
            caption=caption,
        ),
        caption=caption,
        data=_table(panels, subject, things, periods),
    )


def _panels(
    rates: pd.DataFrame, by: str, periods: Thing, labels: Callable[[Any], str], subject: Subject
) -> tuple[list[_Panel], list[str]]:
    panels, undated = [], 0
    period = periods.name
    for group, rows in rates.groupby(by, sort=False, dropna=False):
        dated = ~rows[period].isin(LAST)
        undated += int(rows["N"][~dated].fillna(0).sum())
        some = read(rows[dated].assign(group=rows[period]), lambda p: period_of(p).words)
        placed = [row._replace(place=period_of(row.group).number) for row in some.rows]
        kept = [row for row in sorted(placed, key=lambda row: row.place) if row.kind != EMPTY]
        if kept:
            panels.append(_Panel(labels(group), some.only(kept)))
    panels.sort(key=lambda panel: (panel.name in LAST, panel.name))
    notes = []
    if undated:
        says = ngettext(
            "{calls} has a date in doubt and so no {period}.",
            "{calls} have dates in doubt and so no {period}.",
            undated,
        )
        notes.append(says.format(calls=subject.counted(undated), period=periods.one))
    return panels, notes


def _title(panels: Sequence[_Panel], subject: Subject, things: Thing, periods: Thing) -> str:
    if not panels:
        return _("No {calls} to count yet").format(calls=subject.many)
    judged = [
        panel
        for panel in panels
        if panel.rates.overall is not None and any(row.N >= FEW for row in panel.rates.rows)
    ]
    if not judged:
        if any(row.kind == HIDDEN for panel in panels for row in panel.rates.rows):
            return _("{share} by {thing} and {period}, some of them hidden").format(
                share=subject.share, thing=things.one, period=periods.one
            )
        return _("Too few {calls} in every {period} to tell noise from change").format(
            calls=subject.many, period=periods.one
        )
    said = _standing_out(judged, things, periods)
    left = len(panels) - len(judged)
    if not left:
        return said
    return _("{words} ({n} could not be judged)").format(words=said, n=left)


def _standing_out(judged: Sequence[_Panel], things: Thing, periods: Thing) -> str:
    out = [panel for panel in judged if panel.signals]
    months = sum(len(panel.signals) for panel in out)
    if not out:
        if len(judged) == 1:
            return _("{name}: no {period} stands out").format(
                name=judged[0].name, period=periods.one
            )
        return _("No {period} of the {things} stands out").format(
            period=periods.one, things=things.counted(len(judged))
        )
    if months == 1:
        return _("{name}: {period} stands out").format(
            name=out[0].name, period=out[0].signals[0].name
        )
    several = periods.counted(months)
    if len(out) == 1:
        return _("{name}: {periods} stand out").format(name=out[0].name, periods=several)
    if len(out) < len(judged):
        return _("{periods} stand out, in {n} of the {things}").format(
            periods=several, n=number(len(out)), things=things.counted(len(judged))
        )
    if len(out) == 2:
        return _("{periods} stand out, in both {things}").format(
            periods=several, things=things.many
        )
    return _("{periods} stand out, in all {things}").format(
        periods=several, things=things.counted(len(out))
    )


def _key(drawn: Sequence[_Panel], subject: Subject) -> str:
    rows = [row for panel in drawn for row in panel.rates.rows]
    overall = next((p.rates.overall for p in drawn if p.rates.overall is not None), None)
    return finding.key(
        Rates(rows, overall),
        subject,
        dot=_("Dot: rate, with its 95% interval; counts where there is room, all in the table."),
        shapes=hidden_shapes(rows),
    )


def _draw(drawn: Sequence[_Panel], look: Look, width: float) -> Figure:
    if not drawn:
        return Sheet(width, look, 10).figure
    across = min(3 if width >= WIDE else 2, len(drawn))
    room = (width - 2 * _EDGE - _LEFT - (across - 1) * _GAP) / across
    rows = [row for panel in drawn for row in panel.rates.rows]
    shapes = hidden_shapes(rows)
    first, last = min(row.place for row in rows), max(row.place for row in rows)
    names = [wrapped(panel.name, room, most=2) for panel in drawn]
    ends = max(
        (end for row in shown(rows) for end in (row.high, row.noise_high) if end >= 0), default=1.0
    )
    lines = [names[nth : nth + across] for nth in range(0, len(drawn), across)]
    heads = [max(map(len, line)) * LEADING + 14 for line in lines]
    heights = [head + _PLOT + _BELOW for head in heads]
    sheet = Sheet(width, look, LEADING + 4 + sum(heights) - 8)
    for nth, panel in enumerate(drawn):
        line, place = divmod(nth, across)
        top = LEADING + 4 + sum(heights[:line]) + heads[line]
        left = _EDGE + _LEFT + place * (room + _GAP)
        axes = sheet.axes(left, width - left - room, top, sheet.body - top - _PLOT)
        axes.set_gid(panel.name)
        axes.set_xlim(first - 0.7, last + 0.7)
        # Room above for the counts of what stands out.
        axes.set_ylim(0, min(1.0, ends) * 1.16)
        axes.set_yticks(*(percent_ticks(ends, 3) if place == 0 else ([], [])))
        axes.set_xticks([])
        _panel(axes, panel, shapes, names[nth], room, heads[line])
        if nth == 0:
            unit = (last - first + 1.4) / room
            above = axes.get_ylim()[1] * (1 + (heads[0] + LEADING / 2 + 4) / _PLOT)
            put(
                axes, first - 0.7 - _LEFT * unit, above, look.axis, fontsize=SMALL + 0.5,
                color=SOFT, va="center",
            )  # fmt: skip
    return sheet.figure


def _panel(
    axes: Axes,
    panel: _Panel,
    shapes: dict[str, str],
    name: Sequence[str],
    room: float,
    head: float,
) -> None:
    rows, overall = panel.rates.rows, panel.rates.overall
    (left, right), top = axes.get_xlim(), axes.get_ylim()[1]
    unit, up = (right - left) / room, top / _PLOT
    marked = shown(rows)
    axes.axhline(0, color=INK, linewidth=0.8, zorder=2, clip_on=False)
    if overall is not None:
        bands(
            axes,
            [(row.place - 0.5, row.place + 0.5, row.noise_low, row.noise_high) for row in rows],
        )
        axes.axhline(overall, color=SOFT, linewidth=1, dashes=(4, 3), zorder=2, gid="overall")
    axes.plot(
        [row.place for row in marked], [row.value for row in marked], color=GREY, linewidth=0.8,
        alpha=0.6, zorder=2, gid="line",
    )  # fmt: skip
    marks(axes, rows, [row.place for row in rows], along="y", size=4)
    crosses(axes, rows, shapes, size=5.5)
    counts = [f"{number(row.n)}/{number(row.N)}" for row in marked]
    widest = max((text_width(text, _COUNTS) for text in counts), default=0)
    all_fit = (widest + 4) * unit <= 1
    for row, text in zip(marked, counts, strict=True):
        # Where not all have room, those that stand out still get their counts.
        if all_fit or row.kind == OUTSIDE:
            half = text_width(text, _COUNTS) / 2 * unit
            x = min(max(row.place, left + half), right - half)
            y = top - 10 * up if all_fit else min(row.high + 3 * up, top - 10 * up)
            put(
                axes, x, y, text, fontsize=_COUNTS,
                ha="center", va="bottom", zorder=5, bbox=CLEAR,
            )  # fmt: skip
    for nth, line in enumerate(name):
        put(axes, left, top + (head - 6 - nth * LEADING) * up, line, va="center")
    down = head - 6 - len(name) * LEADING
    put(axes, left, top + down * up, panel.sums, fontsize=SMALL, color=SOFT, va="center")
    _ends(axes, rows, up)


def _ends(axes: Axes, rows: Sequence[Row], up: float) -> None:
    """Write the first and the last period below the plot."""
    left, right = axes.get_xlim()
    first, last = rows[0], rows[-1]
    style: dict[str, Any] = {"fontsize": SMALL - 0.5, "color": SOFT, "va": "center"}
    if first is last:
        put(axes, (left + right) / 2, -10 * up, first.name, ha="center", **style)
        return
    put(axes, left, -10 * up, first.name, ha="left", **style)
    put(axes, right, -10 * up, last.name, ha="right", **style)


def _table(
    panels: Sequence[_Panel], subject: Subject, things: Thing, periods: Thing
) -> pd.DataFrame:
    rows = [
        (panel.name, row.name, *finding.rate_cells(row))
        for panel in panels
        for row in panel.rates.rows
    ]
    head = [
        first_upper(things.one), first_upper(periods.one), *finding.rate_heads(subject),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=head)
