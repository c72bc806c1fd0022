"""The numbers of a report as tables for a spreadsheet; what is hidden on the page is missing here."""

import math
from typing import Any

import pandas as pd

from interview_coach.charts.pairs import read_pairs
from interview_coach.charts.rates import period_name
from interview_coach.language import N_, _
from interview_coach.measures import CATALOGUE, PERIODS
from interview_coach.reports.content.saying import labels, thing
from interview_coach.reports.figures import Figures
from interview_coach.reports.hiding import BEFORE, tells
from interview_coach.reports.sheets import Sheet
from interview_coach.subjects import Thing
from interview_coach.wording import first_upper

__all__ = ["sheets_of"]

_COLUMNS = {
    "group": "",
    "n": N_("Counted"),
    "N": N_("Of"),
    "value": N_("Rate"),
    "low": N_("From"),
    "high": N_("To"),
    "pending": N_("Still open"),
    "left_out": N_("Left out: dates not to be relied on"),
    "recorded": N_("With this very step on record"),
    "clients": N_("Clients"),
    "known": N_("Known"),
    "reason": N_("Hidden because"),
}
# A sheet's name has room for 31 signs.
_SHORT = {
    "missed_call_rate": N_("Missed"),
    "reschedule_rate": N_("Rescheduled"),
    "same_day_reconnection_rate": N_("Same day"),
    "recovery_rate": N_("Recovered"),
}
_CURVE = {
    "group": N_("Days"),
    "at_risk": N_("At risk"),
    "events": N_("Completed just then"),
    "value": N_("Not yet completed"),
    "low": N_("From"),
    "high": N_("To"),
}
_RATE = {
    "n": N_("Counted"),
    "N": N_("Of"),
    "value": N_("Rate"),
    "low": N_("From"),
    "high": N_("To"),
}
_APART = ("difference", "difference_low", "difference_high")
_DELAY = {
    "group": N_("Measure"),
    "n": N_("With a first message"),
    "N": N_("Of missed calls"),
    "value": N_("Half within, minutes"),
    "low": N_("From"),
    "high": N_("To"),
    "lower_quartile": N_("A quarter within"),
    "upper_quartile": N_("Three quarters within"),
    "reason": N_("Hidden because"),
}


def sheets_of(figures: Figures) -> list[Sheet]:
    """Give the numbers: the overall rates, the funnel, each measure by each grouping, the curve."""
    overall = [
        frame.assign(group=_name(measure))
        for (measure, by), frame in figures.rates.items()
        if by == "all"
        and CATALOGUE[measure.removesuffix(BEFORE)].unit == "rate"
        and measure != "funnel"
    ]
    main = pd.concat(overall, ignore_index=True)
    steps = figures.funnel["step"].map(lambda step: first_upper(_(str(step))))
    followed = figures.funnel.assign(group=steps)
    sheets = [
        _sheet(_("Main figures"), _("The main figures"), main, group=_("Measure")),
        _sheet(
            _("What came of missed calls"),
            _("What came of missed calls, step by step"),
            followed,
            group=_("Step"),
        ),
    ]
    if figures.delay["reason"] or figures.delay["N"]:
        sheets.append(_delay(figures))
    if figures.compared is not None:
        sheets.append(_compared(figures))
    for (measure, by), frame in figures.rates.items():
        if by in ("all", "part") or not tells(figures.rates, by):
            continue
        named = frame.assign(group=frame["group"].map(period_name if by in PERIODS else labels(by)))
        things = Thing(thing(by))
        title = _by(_name(measure), things)
        short = _by(_(_SHORT[measure]) if measure in _SHORT else _name(measure), things)
        sheets.append(_sheet(short, title, named, group=things.head))
    if not figures.question.funder and len(figures.curve):
        curve = figures.curve.assign(group=(figures.curve["minutes"] / (24 * 60)).round(2))
        shown = {name: _(words) for name, words in _CURVE.items() if name in curve.columns}
        title = _("Time to the completed call")
        sheets.append(Sheet(title, title, curve.loc[:, list(shown)].assign(reason=""), shown))
    return sheets


def _name(measure: str) -> str:
    words = _(CATALOGUE[measure.removesuffix(BEFORE)].name)
    if not measure.endswith(BEFORE):
        return words
    return _("{measure} (the period before)").format(measure=words)


def _by(measure: str, things: Thing) -> str:
    return _("{measure} by {thing}").format(measure=measure, thing=things.one)


def _sheet(name: str, title: str, frame: pd.DataFrame, *, group: str) -> Sheet:
    columns = {column: _(words) for column, words in _COLUMNS.items() if column in frame.columns}
    if "pending" in columns and frame["pending"].isna().all():
        del columns["pending"]
    return Sheet(name, title, frame.loc[:, list(columns)], columns | {"group": group})


def _compared(figures: Figures) -> Sheet:
    compared: Any = figures.compared
    columns = {
        "group": _("Measure"),
        **{name: _head(words, compared.this) for name, words in _RATE.items()},
        **{f"{name}_against": _head(words, compared.other) for name, words in _RATE.items()},
        **dict(
            zip(_APART, (_("Difference, in points"), _("Difference from"), _("to")), strict=True)
        ),
        "verdict": _("What it is worth"),
        "reason": _("Hidden because"),
    }
    names = [_name(str(one)) for one in compared.rows["measure"]]
    pairs = read_pairs(compared.rows.assign(name=names))
    told = [None if pair.reason else pair.verdict for pair in pairs]
    verdict = pd.Series(told, index=compared.rows.index, dtype="str")
    frame = compared.rows.assign(group=names, verdict=verdict)
    fractions = {"value", "low", "high", "value_against", "low_against", "high_against"}
    title = _("{first} beside {second}").format(first=compared.this, second=compared.other)
    return Sheet(
        _("Side by side"),
        first_upper(title),
        frame.loc[:, list(columns)],
        columns,
        frozenset(fractions),
        _APART,
    )


def _head(words: str, whose: str) -> str:
    return _("{column}, {name}").format(column=_(words), name=whose)


def _delay(figures: Figures) -> Sheet:
    row, name = figures.delay, _name("first_message_delay")
    shown = {column: math.nan if row["reason"] else row[column] for column in list(_DELAY)[1:-1]}
    for column in list(shown)[2:]:
        shown[column] = math.nan if pd.isna(shown[column]) else math.floor(shown[column] + 0.5)
    frame = pd.DataFrame([{"group": name, **shown, "reason": row["reason"]}])
    heads = {column: _(words) for column, words in _DELAY.items()}
    return Sheet(_("First message"), name, frame, heads, frozenset())
