"""How far missed calls came: step by step to a completed one, with what is still open."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from interview_coach.charts import finding
from interview_coach.charts.chart import Chart
from interview_coach.charts.figures import column, need, reasons
from interview_coach.charts.marks import axis_label, row_name, spans
from interview_coach.charts.paper import (
    BLUE,
    GREY,
    INK,
    LEADING,
    NARROW,
    PAPER,
    SMALL,
    SMALL_LEADING,
    SOFT,
    WIDE,
    Look,
    Sheet,
    put,
    text_width,
    wrapped,
)
from interview_coach.errors import KitError
from interview_coach.language import N_, _, ngettext
from interview_coach.subjects import Subject, Thing
from interview_coach.wording import FEW, first_upper, number, of_total, percent, rate_in_brackets

__all__ = ["funnel_chart"]

_EDGE, _AXIS, _BAR = 14.0, 38.0, 14.0
_KEY = N_(
    "Bar: share of the missed calls that came at least as far as the step; line: its 95% interval."
)
_OPEN_KEY = N_("Hatched: still open, too young to tell whether they come this far.")


class _Step(NamedTuple):
    name: str
    n: int
    N: int
    value: float
    low: float
    high: float
    pending: int | None
    reason: str

    @property
    def figures(self) -> bool:
        """Whether there is something to draw."""
        return not self.reason and self.N > 0

    @property
    def end(self) -> float:
        """The right end of all that is drawn."""
        return max(self.high, self.value + (self.pending or 0) / self.N)

    @property
    def open(self) -> str:
        if not self.pending:
            return ""
        return _("{n} still open").format(n=number(self.pending))

    @property
    def counts(self) -> str:
        said = of_total(self.n, self.N)
        if self.N < FEW:
            said = _("few cases: {words}").format(words=said)
        return ", ".join(filter(None, [said, self.open]))

    @property
    def told(self) -> str:
        if self.reason:
            return _("{name}: {words}").format(name=self.name, words=self.reason)
        said = of_total(self.n, self.N)
        if self.low < self.high:
            said = _("{words} ({rate})").format(words=said, rate=rate_in_brackets(self._asdict()))
        said = ", ".join(filter(None, [said, self.open]))
        return _("{name}: {words}").format(name=self.name, words=said)


def funnel_chart(funnel: pd.DataFrame, *, synthetic: bool = False) -> Chart:
    """Draw the steps from a missed call to a completed one, each with what is still open.

    Parameters
    ----------
    funnel : DataFrame
        Of `measures.funnel`, for one group, in the order of the steps: `step, n, N, value, low,
        high, pending`; with `left_out` the caption says how many calls are not in it, and a step
        with a `reason` is hidden.
    synthetic : bool
        Whether the data is invented; the figure then says so.

    Raises
    ------
    KitError
        If the frame lacks a column, or holds more than one group.
    """
    need(funnel, ("step", "n", "N", "value", "low", "high", "pending"), _("the funnel"))
    if funnel["step"].duplicated().any():
        raise KitError(
            _("The funnel is drawn for one group at a time; choose the rows of one group.")
        )
    steps = _read(funnel)
    heading = _title(steps)
    lost = max((int(n) for n in column(funnel, "left_out") if not math.isnan(n)), default=0)
    caption = finding.unreliable(Subject("missed call").more(lost), lost) if lost else ""
    drawn = steps if any(step.figures or step.reason for step in steps) else []
    some_open = any(step.figures and step.pending for step in drawn)
    some = any(step.figures for step in drawn)
    key = " ".join([_(_KEY), *([_(_OPEN_KEY)] if some_open else [])]) if some else ""
    look = Look(heading, key, _("share of the missed calls"), synthetic)
    return Chart(
        figure=_draw(drawn, look, WIDE),
        narrow=_draw(drawn, look, NARROW),
        title=heading,
        alt=finding.alt_text(
            heading,
            Thing("step").counted(len(drawn)),
            [step.told for step in drawn],
            synthetic=synthetic,
            caption=caption,
        ),
        caption=caption,
        data=_table(steps),
    )


def _read(funnel: pd.DataFrame) -> list[_Step]:
    figures = zip(*(column(funnel, name) for name in _Step._fields[1:7]), strict=True)
    steps: list[_Step] = []
    for name, why, (n, total, value, low, high, pending) in zip(
        funnel["step"].tolist(), reasons(funnel, "n", "N"), figures, strict=True
    ):
        waits = None if math.isnan(pending) else int(pending)
        counts = (0, 0) if why else (int(n), int(total))
        if not steps:
            # That they were missed is what the calls were chosen by: nothing is uncertain about it.
            low = high = value
        steps.append(_Step(first_upper(_(name)), *counts, value, low, high, waits, why))
    return steps


def _title(steps: Sequence[_Step]) -> str:
    if steps and all(step.reason for step in steps):
        return _("What came of missed calls is hidden")
    if not any(step.figures for step in steps):
        return _("No {calls} to count yet").format(calls=Subject("missed call").many)
    last = steps[-1]
    if last.reason:
        return _("How many missed calls came to a completed one is hidden")
    known = [step.pending for step in steps if not step.reason and step.pending is not None]
    # Whoever is still open waits at one step only, so the steps add up; not if one is hidden.
    still = sum(known) if len(known) == len(steps) else 0
    filled = {"n": number(last.n), "total": number(last.N), "open": number(still)}
    if still == last.N:
        says = ngettext(
            "the only missed call is still open", "all {n} missed calls are still open", still
        )
        said = says.format(n=number(still))
    elif still:
        says = (
            _("{n} of {total} missed calls came to a completed one, {open} is still open")
            if still == 1
            else _("{n} of {total} missed calls came to a completed one, {open} are still open")
        )
        said = says.format(**filled)
    else:
        says = ngettext(
            "{n} of {total} missed call came to a completed one",
            "{n} of {total} missed calls came to a completed one",
            last.N,
        )
        said = says.format(**filled)
    return first_upper(_("few cases: {words}").format(words=said) if last.N < FEW else said)


def _draw(steps: Sequence[_Step], look: Look, width: float) -> Figure:
    if not steps:
        return Sheet(width, look, 10).figure
    beside = width >= WIDE
    room = width * 0.34 if beside else width - 2 * _EDGE
    names = [wrapped(step.name, room, most=3) for step in steps]
    says = [
        [step.counts]
        if step.figures
        else wrapped(step.reason or _("no cases"), room, SMALL, most=2)
        for step in steps
    ]
    left = _EDGE + (max(text_width(line) for name in names for line in name) + 10 if beside else 4)
    right = _EDGE + (max(text_width(step.counts, SMALL) for step in steps) + 8 if beside else 4)
    inner = width - left - right
    heights = [
        max(32.0, len(name) * LEADING + 10)
        if beside
        else len(name) * LEADING + len(said) * SMALL_LEADING + (_BAR + 12 if step.figures else 8)
        for name, said, step in zip(names, says, steps, strict=True)
    ]
    figures = any(step.figures for step in steps)
    sheet = Sheet(width, look, 4 + sum(heights) + (_AXIS if figures else 8))
    axes = sheet.axes(left, right, 4, _AXIS if figures else 8)
    axes.set_xlim(0, 1)
    axes.set_ylim(sum(heights), 0)
    axes.set_yticks([])
    shares = [0, 0.25, 0.5, 0.75, 1] if figures else []
    axes.set_xticks(shares, [percent(share) for share in shares])
    if figures:
        axis_label(axes, look.axis, inner, horizontal=True)
    top = 0.0
    for step, name, said, height in zip(steps, names, says, heights, strict=True):
        place = top + height / 2 if beside else top + height - _BAR / 2 - 8
        middle = place if beside else top + len(name) * LEADING / 2
        row_name(axes, name, middle, 1 / inner, beside=beside)
        if step.figures:
            _bar(axes, step, place)
        for nth, line in enumerate(said):
            if beside:
                down = place + (nth - (len(said) - 1) / 2) * SMALL_LEADING
                x = (step.end if step.figures else 0) + 8 / inner
            else:
                down, x = top + len(name) * LEADING + 6 + nth * SMALL_LEADING, -4 / inner
            put(
                axes, x, down, line, fontsize=SMALL, va="center",
                color=INK if step.figures else SOFT,
            )  # fmt: skip
        top += height
    return sheet.figure


def _bar(axes: Axes, step: _Step, place: float) -> None:
    few = step.N < FEW
    colour = GREY if few else BLUE
    axes.barh(place, step.value, _BAR, color=colour, zorder=2, gid=f"reached: {step.name}")
    if step.pending:
        axes.barh(
            place, step.pending / step.N, _BAR, left=step.value, facecolor=PAPER, edgecolor=colour,
            hatch="/////", linewidth=1, zorder=2, gid=f"open: {step.name}",
        )  # fmt: skip
    if step.low == step.high:
        return
    # A pale edge, so that the line can be seen on the bar and beyond it.
    for width, shade, order, gid in ((4.0, PAPER, 3, "edge"), (1.6, INK, 4, "interval")):
        spans(
            axes, [place], [step.low], [step.high],
            along="x", colour=shade, width=width, order=order, gid=f"{gid}: {step.name}",
        )  # fmt: skip


def _table(steps: Sequence[_Step]) -> pd.DataFrame:
    rows = []
    for step in steps:
        if step.reason:
            rows.append((step.name, "", "", step.reason, "", ""))
            continue
        share = percent(step.value) if step.N else _("no cases")
        if 0 < step.N < FEW:
            share = _("few cases: {words}").format(words=share)
        interval = finding.interval(step.low, step.high, 0) if step.low < step.high else ""
        waits = "" if step.pending is None else number(step.pending)
        rows.append((step.name, number(step.n), number(step.N), share, interval, waits))
    head = [
        *(_("Step"), _("Came this far"), _("Of missed calls"), _("Share"), _("95% interval")),
        _("Still open"),
    ]
    # Where nothing is told of those still open, there is no column for them.
    some = any(step.pending is not None for step in steps)
    return pd.DataFrame(rows, columns=head).iloc[:, : len(head) if some else -1]
