"""Two periods or two groups beside each other: each measure twice, and the difference in words."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from interview_coach.charts import finding
from interview_coach.charts.chart import Chart
from interview_coach.charts.marks import axis_label, dots, percent_ticks, row_name, spans
from interview_coach.charts.pairs import Pair, Rate, read_pairs, table, title
from interview_coach.charts.paper import (
    BLUE,
    GREY,
    INK,
    LEADING,
    NARROW,
    SMALL,
    SMALL_LEADING,
    SOFT,
    VERMILION,
    WIDE,
    Look,
    Sheet,
    put,
    text_width,
    wrapped,
)
from interview_coach.language import _
from interview_coach.subjects import Thing
from interview_coach.wording import BY_CHANCE, FEW, first_upper

__all__ = ["comparison_chart"]

_EDGE, _AXIS, _LINE = 14.0, 38.0, 17.0


def comparison_chart(
    rows: pd.DataFrame, *, first: str, second: str, thing: str = "measure", synthetic: bool = False
) -> Chart:
    """Draw each measure in two places, with both intervals, and say how far they are apart.

    Parameters
    ----------
    rows : DataFrame
        A row a measure: `name`; `n, N, value, low, high` of the first; the same with `_against`
        behind of the second; `difference, difference_low, difference_high` (first less second, from
        -1 to 1, with Newcombe's interval). With `reason` a row is hidden.
    first, second : str
        What the two are: "this quarter", "last quarter".
    thing : str
        What a row is, in the singular.
    synthetic : bool
        Whether the data is invented; the figure then says so.

    Raises
    ------
    KitError
        If the frame lacks a column.
    """
    pairs = read_pairs(rows)
    things = Thing(thing)
    heading = first_upper(title(pairs, first, second, things))
    compared = sum(pair.cases > 0 for pair in pairs)
    caption = ""
    if compared > 1:
        caption = _("{words}; here there are {n}.").format(
            words=first_upper(_(BY_CHANCE)), n=compared
        )
    look = Look(heading, _key(pairs, first, second), _("rate"), synthetic)
    told = [_told(pair, first, second) for pair in pairs]
    return Chart(
        figure=_draw(pairs, look, WIDE, (first, second)),
        narrow=_draw(pairs, look, NARROW, (first, second)),
        title=heading,
        alt=finding.alt_text(
            heading, things.counted(len(pairs)), told, synthetic=synthetic, caption=caption
        ),
        caption=caption,
        data=table(pairs, first, second, things),
    )


def _key(pairs: Sequence[Pair], first: str, second: str) -> str:
    if not any(pair.cases for pair in pairs):
        return ""
    says = _("Dot: {first}. Open square: {second}. Lines: 95% intervals.")
    said = says.format(first=first, second=second)
    if any(0 < pair.cases < FEW for pair in pairs):
        said += " " + _("Grey: few cases, under {few} in one of the two.").format(few=FEW)
    return said


def _told(pair: Pair, first: str, second: str) -> str:
    if pair.reason:
        return _("{name}: {words}").format(name=pair.name, words=pair.reason)
    return _("{name}: {first} {rate}, {second} {other}; {difference}").format(
        name=pair.name,
        first=first,
        rate=pair.first.told,
        second=second,
        other=pair.second.told,
        difference=pair.words,
    )


def _draw(pairs: Sequence[Pair], look: Look, width: float, two: tuple[str, str]) -> Figure:
    if not pairs:
        return Sheet(width, look, 10).figure
    beside = width >= WIDE
    room = width * 0.3 if beside else width - 2 * _EDGE
    names = [wrapped(pair.name, room, most=3) for pair in pairs]
    left = _EDGE + (max(text_width(line) for name in names for line in name) + 10 if beside else 4)
    labels = _labels(pairs, two, width * 0.4)
    right = _EDGE + 8 + max(text_width(text, SMALL) for label in labels for text in label)
    says = [wrapped(pair.words, width - left - _EDGE - 6, SMALL, most=4) for pair in pairs]
    marks = [2 * _LINE if pair.cases else 0.0 for pair in pairs]
    heights = [
        max(len(name) * LEADING, mark + len(said) * SMALL_LEADING) + 14
        if beside
        else len(name) * LEADING + mark + len(said) * SMALL_LEADING + 16
        for name, mark, said in zip(names, marks, says, strict=True)
    ]
    inner = width - left - right
    shown = [pair for pair in pairs if pair.cases]
    below = _AXIS if shown else 8.0
    sheet = Sheet(width, look, 4 + sum(heights) + below)
    axes = sheet.axes(left, right, 4, below)
    axes.set_ylim(sum(heights), 0)
    axes.set_yticks([])
    ends = max((end for pair in shown for end in (pair.first.high, pair.second.high)), default=1.0)
    top = min(1.0, ends)
    unit = top / inner
    axes.set_xlim(0, top)
    axes.set_xticks(*(percent_ticks(ends, 5 if beside else 4) if shown else ([], [])))
    if shown:
        axis_label(axes, look.axis, inner, horizontal=True)
    down = 0.0
    for pair, name, said, mark, label, height in zip(
        pairs, names, says, marks, labels, heights, strict=True
    ):
        begin = down + (4 if beside else len(name) * LEADING + 4)
        tall = mark + len(said) * SMALL_LEADING
        middle = begin + tall / 2 if beside else down + len(name) * LEADING / 2
        row_name(axes, name, middle, unit, beside=beside)
        if pair.cases:
            _dumbbell(axes, pair, begin + _LINE / 2, label, unit)
        for number, line in enumerate(said):
            at = begin + mark + 6 + number * SMALL_LEADING
            x = 6 * unit if beside else -4 * unit
            colour = INK if pair.differs else SOFT
            put(axes, x, at, line, fontsize=SMALL, va="center", color=colour)
        down += height
    return sheet.figure


def _labels(pairs: Sequence[Pair], two: tuple[str, str], most: float) -> list[tuple[str, str]]:
    """Give what stands behind the marks: the counts, and in the first row also what they are of."""
    labels = [(pair.first.counts, pair.second.counts) if pair.cases else ("", "") for pair in pairs]
    first = next((place for place, pair in enumerate(pairs) if pair.cases), None)
    if first is not None:
        one, other = (
            _("{cases}, {name}").format(cases=count, name=name)
            for count, name in zip(labels[first], two, strict=True)
        )
        # Where the names are too long the key alone has them.
        if max(text_width(one, SMALL), text_width(other, SMALL)) <= most:
            labels[first] = one, other
    return labels


def _dumbbell(axes: Axes, pair: Pair, place: float, label: tuple[str, str], unit: float) -> None:
    few = pair.cases < FEW
    spans(
        axes, [0], [place - _LINE / 2], [place + 1.5 * _LINE],
        along="y", colour=INK, width=0.8, order=2, gid="zero",
    )  # fmt: skip
    values = [pair.first.value, pair.second.value]
    axes.plot(values, [place, place + _LINE], color=GREY, linewidth=1, alpha=0.6, zorder=2)
    marks: tuple[tuple[Rate, str, str, str], ...] = (
        (pair.first, BLUE, "o", "first"),
        (pair.second, VERMILION, "s", "second"),
    )
    for number, (rate, shade, shape, which) in enumerate(marks):
        colour, at = GREY if few else shade, place + number * _LINE
        gid = f"{which}: {pair.name}"
        spans(
            axes, [at], [rate.low], [rate.high],
            along="x", colour=colour, gid=f"{gid}: interval",
        )  # fmt: skip
        dots(axes, [rate.value], [at], shape=shape, colour=colour, filled=not number, gid=gid)
        put(axes, rate.high + 6 * unit, at, label[number], fontsize=SMALL, va="center")
