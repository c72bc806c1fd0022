"""How many calls were missed: by whom and why, in which groups, over time, at which hours."""

import pandas as pd

from interview_coach.charts import (
    causes_chart,
    rate_by_group,
    rate_by_month,
    small_multiples,
)
from interview_coach.language import _, ngettext
from interview_coach.measures import IN_DOUBT, NOT_RECORDED, PERIODS
from interview_coach.reports.content.saying import figure, labels, said, shown, thing
from interview_coach.reports.drawing import DONE, PATTERNS, chart_of
from interview_coach.reports.figures import SPLITTING, Figures, Row, records
from interview_coach.reports.hiding import tells
from interview_coach.reports.pieces import Grid, Paragraph, Picture, Points, Section, grid
from interview_coach.reports.reading import MOST_GROUPS, OTHERS
from interview_coach.subjects import Subject, Thing
from interview_coach.wording import counted, number, of_total, percent

__all__ = [
    "by_group",
    "causes",
    "group_figures",
    "missed",
    "over_time",
    "patterns",
    "within_groups",
]


def missed(figures: Figures) -> Section:
    """Say the missed-call rate, its other basis, and who missed the calls."""
    row = figures.overall("missed_call_rate")
    if not row["reason"] and not row["N"]:
        return Section("")
    sentences = [said(row)]
    if shown(row):
        completed = Subject("call", "completed").sentence(_completed(row))
        sentences.append(_("{words}: both sides spoke.").format(words=completed))
    booked = figures.overall("missed_call_rate_booked")
    if booked["reason"]:
        says = _(
            "Of all calls whose start has passed, moved and cancelled ones included: {reason}."
        )
        sentences.append(says.format(reason=booked["reason"]))
    else:
        says = _(
            "Of all calls whose start has passed, moved and cancelled ones included: {cases} missed, "
            "{rate}."
        )
        cases = of_total(int(booked["n"]), int(booked["N"]))
        sentences.append(says.format(cases=cases, rate=figure(booked)[1]))
    told = tells(figures.rates, "missed_by")
    parties = records(figures.rates["missed_call_rate", "missed_by"]) if told else []
    parties.sort(
        key=lambda one: (
            bool(one["reason"]),
            -1 if one["reason"] else -int(one["n"]),
            str(one["group"]),
        )
    )
    named = labels("missed_by")
    whole = int(row["n"]) if shown(row) else 0
    table = grid(
        [
            _("Who missed it"),
            _("Missed, of calls"),
            _("Rate (95% interval)"),
            _("Of missed calls"),
        ],
        [
            (
                named(one["group"]),
                *figure(one),
                percent(int(one["n"]) / whole) if whole and not one["reason"] else "",
            )
            for one in parties
        ],
        _("Missed calls by who missed them"),
    )
    return Section(_by_whom(parties, row), Points(tuple(sentences)), table)


def causes(figures: Figures) -> Section:
    """Show why calls were missed."""
    frame = figures.rates["missed_call_rate", "cause"]
    if not tells(figures.rates, "cause") or not (set(frame["group"]) - {NOT_RECORDED, "unknown"}):
        return Section("")
    chart = causes_chart(frame, labels=labels("cause"), synthetic=figures.data.synthetic)
    return Section(chart.title, Picture("causes", chart), unseen=True)


def over_time(figures: Figures) -> Section:
    """Show the missed-call rate over time, and the reschedule rate beneath it."""
    pictures: list[Picture] = []
    if not tells(figures.rates, figures.period):
        return Section("")
    for name, file in (("missed_call_rate", "missed"), ("reschedule_rate", "rescheduled")):
        frame = figures.charted(name, figures.period)
        none = (frame["reason"] == "").all() and not frame["n"].sum()
        if not _any(frame) or (none and pictures):
            continue
        subject = DONE[name]
        chart = rate_by_month(
            frame,
            noun=subject.noun,
            done=subject.done,
            synthetic=figures.data.synthetic,
            published=True,
        )
        pictures.append(Picture(f"{file}_by_{figures.period}", chart))
    if not pictures:
        return Section("")
    return Section(pictures[0].chart.title, *pictures, unseen=True)


def by_group(figures: Figures) -> Section:
    """Compare the missed-call rate between groups."""
    group = figures.question.group
    if group in PERIODS or group == "cause" or ("missed_call_rate", group) not in figures.rates:
        return Section("")
    frame = figures.charted("missed_call_rate", group)
    if not tells(figures.rates, group) or not _any(frame):
        return Section("")
    chart = rate_by_group(
        frame,
        thing=thing(group),
        labels=labels(group),
        synthetic=figures.data.synthetic,
        published=True,
    )
    note = None
    if figures.groups:
        note = Paragraph(
            _(
                "The {most} largest of {all} stand by themselves; the rest are counted together as "
                "“{name}”."
            ).format(most=MOST_GROUPS, all=number(figures.groups), name=_(OTHERS)),
            "source",
        )
    return Section(
        chart.title,
        Picture(f"missed_by_{group}", chart),
        note,
        group_figures(figures),
        unseen=True,
    )


def group_figures(figures: Figures) -> Grid | None:
    """Give the main rates of each group beside each other, as a table."""
    group = figures.question.group
    if group in SPLITTING or ("recovery_rate", group) not in figures.rates:
        return None
    measures: tuple[str, ...] = (
        "reschedule_rate",
        "same_day_reconnection_rate",
        "recovery_rate",
    )
    days = counted(figures.question.days, "{n} day", "{n} days")
    heads: tuple[str, ...] = (
        _("Interviews rescheduled"),
        _("Put right the same day"),
        _("Recovered within {days}").format(days=days),
    )
    if not figures.tells_what_came:
        measures, heads = measures[:1], heads[:1]
    found = {
        name: {str(row["group"]): row for row in records(figures.rates[name, group])}
        for name in measures
    }
    names = sorted({one for rows in found.values() for one in rows})
    if not figures.tells_what_came and not int(figures.overall("reschedule_rate")["n"] or 0):
        return None
    nothing: Row = {"reason": "", "n": 0, "N": 0, "value": float("nan")}
    rows = []
    for one in names[:60]:
        cells = [figure(found[name].get(one, nothing)) for name in measures]
        rows.append((labels(group)(one), *map(_cell, cells)))
    return grid(
        [Thing(thing(group)).head, *heads],
        rows,
        _("Other rates by {thing}").format(thing=Thing(thing(group)).one),
    )


def _cell(figures: tuple[str, str]) -> str:
    cases, rate = figures
    return _("{cases}: {rate}").format(cases=cases, rate=rate) if rate else cases


def within_groups(figures: Figures) -> Section:
    """Show each group's missed-call rate over time, on one scale; for a coach alone."""
    frame = figures.multiples
    if frame is None:
        return Section("")
    group = figures.question.group
    chart = small_multiples(
        frame,
        by=group,
        thing=thing(group),
        period=figures.period,
        labels=labels(group),
        synthetic=figures.data.synthetic,
    )
    return Section(chart.title, Picture(f"missed_within_{group}", chart), unseen=True)


def patterns(figures: Figures) -> Section:
    """Show the missed-call rate by the hour of the start and by lead time; for a coach alone."""
    pictures: list[Picture] = []
    for by in PATTERNS:
        if ("missed_call_rate", by) not in figures.rates:
            continue
        frame = figures.charted("missed_call_rate", by)
        known = frame[~frame["group"].isin([NOT_RECORDED, IN_DOUBT])]
        if not known["N"].sum():
            continue
        chart = chart_of("missed_call_rate", by, frame, synthetic=figures.data.synthetic)
        pictures.append(Picture(f"missed_by_{by}", chart))
    if not pictures:
        return Section("")
    note = Paragraph(
        _(
            "Hours are those of the client's own time zone. Looking at many classes, one may stand "
            "out by chance."
        ),
        "source",
    )
    return Section(pictures[0].chart.title, *pictures, note, unseen=True)


def _any(frame: pd.DataFrame) -> bool:
    return bool(((frame["reason"] != "") | (frame["N"].fillna(0) > 0)).any())


def _completed(row: Row) -> Row:
    return {
        **row,
        "n": int(row["N"]) - int(row["n"]),
        "value": 1 - row["value"],
        "low": 1 - row["high"],
        "high": 1 - row["low"],
    }


def _by_whom(parties: list[Row], whole: Row) -> str:
    told = [row for row in parties if not row["reason"]]
    missed = 0 if whole["reason"] else int(whole["n"])
    if not missed and not whole["reason"]:
        return _("No call was missed")
    if not told or whole["reason"]:
        return _("Who missed the calls")
    first = told[0]
    name = labels("missed_by")(first["group"])
    if int(first["n"]) == missed:
        if first["group"] == NOT_RECORDED:
            return _("Who missed the calls is not recorded")
        says = ngettext("{name}: the one missed call", "{name}: all {n} missed calls", missed)
        return says.format(name=name, n=number(missed))
    return _("{name}: {n} of {total} missed calls").format(
        name=name, n=number(int(first["n"])), total=number(missed)
    )
