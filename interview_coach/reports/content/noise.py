"""Whether what a report shows is more than noise: differences, and months that stand out."""

import pandas as pd

from interview_coach.charts.periods import period_of
from interview_coach.language import _, ngettext
from interview_coach.measures import IN_DOUBT, signals
from interview_coach.measures.comparing import ABOVE, BELOW, TOO_FEW
from interview_coach.reports.comparing import Compared
from interview_coach.reports.content.saying import shown
from interview_coach.reports.drawing import DONE
from interview_coach.reports.figures import Figures, Row, records
from interview_coach.subjects import Thing
from interview_coach.wording import FEW, percent

__all__ = ["noise", "tells"]


def tells(row: Row) -> bool:
    """Say whether a difference is none that chance alone explains, with enough cases behind it."""
    if row["reason"] or not (row["difference_low"] > 0 or row["difference_high"] < 0):
        return False
    return min(int(row["N"]), int(row["N_against"])) >= FEW


def noise(figures: Figures) -> list[str]:
    """Say whether what changed may be chance, and whether single months stand out."""
    return [*_chance(figures.compared), *_single_periods(figures)] or [
        _("There is too little to tell noise from change.")
    ]


def _chance(compared: Compared | None) -> list[str]:
    rows = [] if compared is None else records(compared.rows)
    many = sum(not pd.isna(row["difference"]) for row in rows)
    told = sum(tells(row) for row in rows)
    if not many:
        return []
    if not told:
        says = ngettext(
            "It may well be: the difference looked at does not lie beyond chance.",
            "It may well be: none of the {n} differences looked at lies beyond chance.",
            many,
        )
        return [says.format(n=many)]
    if many == 1:
        return [_("Probably not: the difference looked at lies beyond chance.")]
    says = ngettext(
        "Probably not: {n} of the {total} differences looked at lies beyond chance.",
        "Probably not: {n} of the {total} differences looked at lie beyond chance.",
        told,
    )
    chance = round(1 / (1 - 0.95**many))
    return [
        says.format(n=told, total=many),
        _("But with {n} looks, one would seem to about once in {times} times.").format(
            n=many, times=chance
        ),
    ]


def _single_periods(figures: Figures) -> list[str]:
    """Say which months stand out, of missed calls and of rescheduled interviews."""
    return [
        sentence
        for name in ("missed_call_rate", "reschedule_rate")
        for sentence in _standing_out(figures, name)
    ]


def _standing_out(figures: Figures, name: str) -> list[str]:
    frame, whole = figures.charted(name, figures.period), figures.overall(name)
    dated = frame[(frame["reason"] == "") & (frame["group"] != IN_DOUBT)]
    subject, period = DONE[name], Thing(figures.period)
    if len(dated) < 2 or not shown(whole) or not int(whole["n"]):
        return []
    judged = signals(dated, overall=float(whole["value"]))
    judged = judged[judged["signal"] != TOO_FEW]
    out = judged[judged["signal"].isin([ABOVE, BELOW])]
    share = subject.share
    if judged.empty:
        return [
            _("No {period} has {few} {calls} or more: too few to tell one from another.").format(
                period=period.one, few=FEW, calls=subject.many
            )
        ]
    if out.empty:
        says = (
            _("No single {period} stands out in {share}: {n} were looked at.")
            if len(judged) > 1
            else _("Only one {period} can be judged by its {share}; it does not stand out.")
        )
        filled = {"n": len(judged)} if len(judged) > 1 else {}
        return [says.format(period=period.one, share=share, **filled)]
    named = ", ".join(
        _("{name} ({words})").format(
            name=period_of(row["group"]).words, words=percent(float(row["value"]))
        )
        for row in records(out)[:3]
    )
    if len(out) > 3:
        named = _("{names} and {n} more").format(names=named, n=len(out) - 3)
    says = ngettext(
        "{names} stands out in {share}, of {periods} looked at; overall it is {rate}.",
        "{names} stand out in {share}, of {periods} looked at; overall it is {rate}.",
        len(out),
    )
    overall = percent(float(whole["value"]))
    periods = period.counted(len(judged))
    return [says.format(names=named, share=share, periods=periods, rate=overall)]
