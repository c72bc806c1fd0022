"""Skills over practised calls: one strip a skill, a point a call, with the points behind it."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from interview_coach.charts.chart import Chart
from interview_coach.charts.paper import (
    BLUE,
    GREY,
    INK,
    NARROW,
    PAPER,
    SMALL,
    SOFT,
    WIDE,
    Look,
    Sheet,
    put,
    text_width,
)
from interview_coach.language import ENGLISH, _, current
from interview_coach.subjects import Thing
from interview_coach.wording import counted, first_upper, number, percent

__all__ = ["skills_over_attempts"]

_LAST = 5  # calls that "lately" means: a week or two of practice
_SOUND = 0.8  # share of the points from which a skill holds
_EDGE = 14.0
_STRIP, _NAME = 44.0, 15.0  # heights of a strip and of a name above it, in points
_AXIS = 34.0
_SKILL = Thing("skill")


def skills_over_attempts(points: pd.DataFrame) -> Chart:
    """Draw how each skill went from call to call.

    Parameters
    ----------
    points : DataFrame
        One row for each skill that a call was practice for: `attempt` (1, 2, ... in the order
        played), `label` (the call in words), `skill`, `got`, `of` (points; `of` above 0).

    Returns
    -------
    Chart
        Of an empty frame, one that says so.
    """
    heading = _title(points)
    caption = ""
    if len(points):
        caption = _(
            "Points for steps in time, half a point for the right step at the wrong time; a harmful step "
            "takes a point away. Each call asks for other things, so a difference of a point or two "
            "between calls is ordinary."
        )
    return Chart(
        figure=_draw(points, heading, WIDE),
        narrow=_draw(points, heading, NARROW),
        title=heading,
        alt=_alt(points, heading),
        caption=caption,
        data=_table(points),
    )


def _title(points: pd.DataFrame) -> str:
    if points.empty:
        return _("No calls practised yet")
    calls = sorted(points["attempt"].unique())
    lately = points[points["attempt"].isin(calls[-_LAST:])]
    last = min(len(calls), _LAST)
    # What the table shows is what is summed: no call below nothing.
    lately = lately.assign(got=lately["got"].clip(lower=0))
    sums = lately.groupby("skill", sort=False)[["got", "of"]].sum()
    if len(calls) == 1:
        full = int((sums["got"] >= sums["of"]).sum())
        return _("One call so far: {n} of {skills} in full").format(
            n=full, skills=_SKILL.counted(len(sums))
        )
    share = sums["got"] / sums["of"]
    if (share >= _SOUND).all():
        return _("Every skill holds: at least {rate} of the points in your last {n} calls").format(
            rate=percent(float(share.min())), n=last
        )
    # Of skills that are alike the one with more points behind it says more.
    least = sums.assign(share=share).sort_values(["share", "of"], ascending=[True, False]).iloc[0]
    return _("{skill} has the most room: {points} points in your last {n} calls").format(
        skill=_upper(str(least.name)), points=_points(least["got"], least["of"]), n=last
    )


def _upper(skill: str) -> str:
    return skill.capitalize() if current() == ENGLISH else first_upper(skill)


def _skills(points: pd.DataFrame) -> list[str]:
    return [str(skill) for skill in points["skill"].unique()]


def _draw(points: pd.DataFrame, heading: str, width: float) -> Figure:
    skills = _skills(points)
    if not skills:
        return Sheet(width, Look(heading), 10).figure
    beside = width >= WIDE
    above = 0.0 if beside else _NAME
    key = _(
        "Each dot is a call, its height the share of the points from none (lower line) to all "
        "(upper line); beside the last, the points themselves."
    )
    body = len(skills) * (_STRIP + above) + _AXIS
    sheet = Sheet(width, Look(heading, key), body)
    left = _EDGE + (max(text_width(_upper(skill)) for skill in skills) + 12 if beside else 6)
    right = _EDGE + text_width(_points(10.5, 12), SMALL) + 4
    last = int(points["attempt"].max())
    for place, skill in enumerate(skills):
        top = place * (_STRIP + above) + above + 7
        axes = sheet.axes(left, right, top, body - top - _STRIP + 14)
        _strip(axes, points[points["skill"] == skill], last)
        axes.set_gid(skill)
        if beside:
            put(axes, 0.5 - (last + 0.2) * 0.03, 0.5, _upper(skill), ha="right", va="center")
        else:
            put(axes, 0.5, 1.55, _upper(skill), ha="left", va="center")
        if place == len(skills) - 1:
            every = max(1, -(-last // 12))
            marks = list(range(1, last + 1, every))
            axes.set_xticks(marks, [str(mark) for mark in marks])
            axes.set_xlabel(_("calls practised, in order"), fontsize=9.5, color=SOFT, labelpad=4)
        else:
            axes.set_xticks([])
    return sheet.figure


def _strip(axes: Axes, rows: pd.DataFrame, last: int) -> None:
    share = (rows["got"].clip(lower=0) / rows["of"]).to_list()
    calls = rows["attempt"].to_list()
    axes.set_xlim(0.5, last + 0.7)
    axes.set_ylim(-0.12, 1.12)
    axes.set_yticks([])
    for level in (0, 1):
        axes.axhline(level, color=GREY, linewidth=0.5, alpha=0.5, zorder=1, gid="edge")
    axes.plot(calls, share, color=BLUE, linewidth=1.2, alpha=0.5, zorder=2, gid="line")
    axes.plot(
        calls, share, linestyle="none", marker="o", markersize=5, color=BLUE,
        markeredgecolor=PAPER, zorder=3, clip_on=False, gid="calls",
    )  # fmt: skip
    end = rows.iloc[-1]
    put(
        axes, last + 0.7, share[-1], f" {_points(end['got'], end['of'])}",
        fontsize=SMALL, color=INK, ha="left", va="center",
    )  # fmt: skip


def _alt(points: pd.DataFrame, heading: str) -> str:
    if points.empty:
        return _("{title}.").format(title=heading)
    parts = []
    for skill in _skills(points):
        rows = points[points["skill"] == skill]
        told = ", ".join(
            _("{points} in call {n}").format(points=_points(row.got, row.of), n=row.attempt)
            for row in rows.itertuples(index=False)
        )
        parts.append(_("{name}: {words}").format(name=_upper(skill), words=told))
    calls = counted(int(points["attempt"].nunique()), "{n} practised call", "{n} practised calls")
    return _("Chart of {skills} over {calls}. {title}. {points}.").format(
        skills=_SKILL.counted(len(parts)), calls=calls, title=heading, points="; ".join(parts)
    )


def _table(points: pd.DataFrame) -> pd.DataFrame:
    skills: Sequence[str] = _skills(points)
    rows = []
    for (attempt, label), rest in points.groupby(["attempt", "label"], sort=True):
        cells = {row.skill: _points(row.got, row.of) for row in rest.itertuples(index=False)}
        rows.append((f"{attempt}. {label}", *(cells.get(skill, "") for skill in skills)))
    return pd.DataFrame(rows, columns=[_("Call"), *map(_upper, skills)])


def _points(got: object, of: object) -> str:
    return _("{n} of {total}").format(n=_number(got), total=_number(of))


def _number(points: object) -> str:
    value = round(max(float(str(points)), 0.0), 1)
    return number(value, 0 if value.is_integer() else 1)
