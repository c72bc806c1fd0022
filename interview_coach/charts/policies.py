"""Policies beside each other: what each buys."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from interview_coach.charts.chart import Chart
from interview_coach.charts.figures import need
from interview_coach.charts.finding import alt_text
from interview_coach.charts.marks import axis_label, dots, label_lines, row_name, spans
from interview_coach.charts.paper import (
    BLUE,
    INK,
    LEADING,
    NARROW,
    SMALL,
    SOFT,
    VERMILION,
    WIDE,
    Look,
    Sheet,
    put,
    text_width,
    wrapped,
)
from interview_coach.language import _, pgettext
from interview_coach.wording import counted, decimals, number, percent

__all__ = ["named_rows", "policies_chart"]

_EDGE, _AXIS = 14.0, 38.0
_PAD = "\u2007"
_SHARES = ("connected", "completed")


def policies_chart(
    answers: pd.DataFrame,
    *,
    title: str,
    within: int,
    day: tuple[str, str, str] = (
        "they speak that day",  # unmarked: English only
        "speak",
        "speak that day",  # unmarked: English only
    ),
    synthetic: bool = False,
) -> Chart:
    """Draw what each policy buys: two dots a row, with the wait beside them.

    Parameters
    ----------
    answers : DataFrame
        A row for each policy: `policy` (its name), `connected` and `completed` (shares) with the
        ends of their intervals (`connected_low` ...; the share itself where there is none),
        `waiting_minutes` and `calls`.
    title : str
        What was found.
    within : int
        Days within which an interview counts as completed.
    day : tuple of str
        What `connected` is: a sentence, a word for a column, and the same with the day.
    synthetic : bool
        Whether it rests on invented data; the figure then says so.

    Raises
    ------
    KitError
        If the frame lacks a column.
    """
    ends = [f"{name}_{end}" for name in _SHARES for end in ("low", "high")]
    need(answers, ["policy", *_SHARES, *ends, "waiting_minutes", "calls"], "policies")
    rows = answers.to_dict("records")
    unsure = any(row[f"{one}_low"] < row[f"{one}_high"] for row in rows for one in _SHARES)
    days = counted(within, "{n} day", "{n} days")
    key = _("Open square: {what}. Dot (done): the interview takes place within {days}.").format(
        what=day[0], days=days
    )
    if unsure:
        key = " ".join((key, _("Lines: 95% intervals.")))
    look = Look(title, key, _("share of interviews, under these assumptions"), synthetic)
    line = _(
        "{policy}: {what} {connected}, completed {completed}, waiting {minutes} minutes, {calls} calls"
    )
    told = [
        line.format(
            policy=row["policy"],
            what=day[2],
            connected=_share(row, "connected"),
            completed=_share(row, "completed"),
            minutes=number(row["waiting_minutes"]),
            calls=number(row["calls"], 1),
        )
        for row in rows
    ]
    return Chart(
        figure=_buys(rows, look, day[1], WIDE),
        narrow=_buys(rows, look, day[1], NARROW),
        title=title,
        alt=alt_text(
            title,
            counted(len(rows), "{n} policy", "{n} policies"),
            told,
            synthetic=synthetic,
            caption="",
        ),
        caption="",
        data=pd.DataFrame(
            {
                _("policy"): [row["policy"] for row in rows],
                day[2]: [_share(row, "connected") for row in rows],
                _("completed within {days}").format(days=days): [
                    _share(row, "completed") for row in rows
                ],
                _("waiting minutes"): [number(row["waiting_minutes"]) for row in rows],
                _("calls"): [number(row["calls"], 1) for row in rows],
            }
        ),
    )


def _share(row: Any, name: str) -> str:
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    if low == high:
        return percent(row[name])
    places = decimals(low, high)
    return _("{value} ({low} to {high})").format(
        value=percent(row[name], places), low=percent(low, places), high=percent(high, places)
    )


def named_rows(names: Sequence[str], width: float, least: float) -> tuple[Any, float, list[float]]:
    """Break the names of rows into lines; gives them, the room at the left and the heights.

    `least` is the height of a row, or on a narrow sheet what it has below its name.
    """
    beside = width >= WIDE
    lines = [wrapped(name, width * 0.4 if beside else width - 2 * _EDGE, most=3) for name in names]
    widest = max(text_width(line) for name in lines for line in name)
    heights = [
        max(least, len(name) * LEADING + 8) if beside else len(name) * LEADING + least
        for name in lines
    ]
    return lines, _EDGE + (widest + 10 if beside else 4), heights


def _buys(rows: Sequence[Any], look: Look, day: str, width: float) -> Figure:
    if not rows:
        return Sheet(width, look, 10).figure
    beside = width >= WIDE
    names, left, heights = named_rows([row["policy"] for row in rows], width, 22.0)
    right = _EDGE + 22 * text_width("0", SMALL)
    inner, total = width - left - right, sum(heights)
    # The words of the axis stand in the middle of the plot, within the sheet.
    label = 2 * min(left, right) + inner - 2 * _EDGE
    below = _AXIS + (len(label_lines(look.axis, label)) - 1) * LEADING
    sheet = Sheet(width, look, 22 + total + below)
    axes = sheet.axes(left, right, 22, below)
    axes.set_ylim(total, 0)
    axes.set_yticks([])
    axes.set_xlim(0, 1)
    axes.set_xticks(*_percents(5 if inner > 130 else 3))
    axis_label(axes, look.axis, label, horizontal=True)
    unit = 1 / inner
    # One text a row is drawn twice as fast as three; what pads it is as wide as a digit.
    minutes = _("{n} min")
    figures = [
        f"{percent(row['connected']):{_PAD}>4}{percent(row['completed']):{_PAD}>6}"
        + minutes.format(n=f"{row['waiting_minutes']:{_PAD}>5.0f}")
        for row in rows
    ]
    edge = 1 + (right - _EDGE) * unit
    digit, after = text_width("0", SMALL), text_width(minutes.format(n=""), SMALL)
    for words, back in (
        (day, 11 * digit + after),
        (pgettext("over a column: interviews that are", "done"), 5 * digit + after),
        (pgettext("over a column of minutes", "wait"), 0),
    ):
        x = edge - back * unit
        put(axes, x, -10, words, fontsize=SMALL, color=SOFT, va="center", ha="right")
    down, places, strips = 0.0, [], []
    for name, said, height in zip(names, figures, heights, strict=True):
        above = 0.0 if beside else len(name) * LEADING + 2
        place = down + above + (height - above) / 2
        places.append(place)
        strips.append((down + above, down + height))
        row_name(axes, name, place if beside else down + above / 2, unit, beside=beside)
        put(axes, edge, place, said, fontsize=SMALL, va="center", ha="right")
        down += height
    uppers, lowers = zip(*strips, strict=True)
    zeros = [0.0] * len(strips)
    spans(axes, zeros, uppers, lowers, along="y", colour=INK, width=0.8, order=2, gid="zero")
    for name, shade, shape, filled, size in (
        ("connected", VERMILION, "s", False, 7.5),
        ("completed", BLUE, "o", True, 6),
    ):
        values = [row[name] for row in rows]
        ends = [[row[f"{name}_{end}"] for row in rows] for end in ("low", "high")]
        spans(axes, places, *ends, along="x", colour=shade, gid=f"{name}: interval")
        dots(axes, values, places, shape=shape, colour=shade, gid=name, filled=filled, size=size)
    return sheet.figure


def _percents(most: int) -> tuple[list[float], list[str]]:
    ticks = [nth / (most - 1) for nth in range(most)]
    return ticks, [percent(tick) for tick in ticks]
