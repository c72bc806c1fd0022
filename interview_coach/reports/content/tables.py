"""The numbers of a report as tables for a spreadsheet; what is hidden on the page is missing here."""

import math
from typing import Any

import pandas as pd

from interview_coach.charts.pairs import read_pairs
from interview_coach.charts.rates import period_name
from interview_coach.measures import CATALOGUE, PERIODS
from interview_coach.reports.content.saying import labels, thing
from interview_coach.reports.figures import Figures
from interview_coach.reports.hiding import BEFORE
from interview_coach.reports.sheets import Sheet
from interview_coach.wording import first_upper

__all__ = ["sheets_of"]

_COLUMNS = {
    "group": "",
    "n": "Counted",
    "N": "Of",
    "value": "Rate",
    "low": "From",
    "high": "To",
    "pending": "Still open",
    "left_out": "Left out: dates not to be relied on",
    "recorded": "With this very step on record",
    "clients": "Clients",
    "known": "Known",
    "reason": "Hidden because",
}
# A sheet's name has room for 31 signs.
_SHORT = {
    "missed_call_rate": "Missed",
    "reschedule_rate": "Rescheduled",
    "same_day_reconnection_rate": "Same day",
    "recovery_rate": "Recovered",
}
_CURVE = {
    "group": "Days",
    "at_risk": "At risk",
    "events": "Completed just then",
    "value": "Not yet completed",
    "low": "From",
    "high": "To",
}
_RATE = {"n": "Counted", "N": "Of", "value": "Rate", "low": "From", "high": "To"}
_APART = ("difference", "difference_low", "difference_high")
_DELAY = {
    "group": "Measure",
    "n": "With a first message",
    "N": "Of missed calls",
    "value": "Half within, minutes",
    "low": "From",
    "high": "To",
    "lower_quartile": "A quarter within",
    "upper_quartile": "Three quarters within",
    "reason": "Hidden because",
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
    steps = figures.funnel.assign(group=figures.funnel["step"].map(first_upper))
    came = "What came of missed calls"
    sheets = [
        _sheet("Main figures", "The main figures", main, group="Measure"),
        _sheet(came, f"{came}, step by step", steps, group="Step"),
    ]
    if figures.delay["reason"] or figures.delay["N"]:
        sheets.append(_delay(figures))
    if figures.compared is not None:
        sheets.append(_compared(figures))
    for (measure, by), frame in figures.rates.items():
        if by in ("all", "part"):
            continue
        named = frame.assign(group=frame["group"].map(period_name if by in PERIODS else labels(by)))
        title = f"{_name(measure)} by {thing(by)}"
        short = f"{_SHORT.get(measure, _name(measure))} by {thing(by)}"
        sheets.append(_sheet(short, title, named, group=thing(by).capitalize()))
    if not figures.question.funder and len(figures.curve):
        curve = figures.curve.assign(group=(figures.curve["minutes"] / (24 * 60)).round(2))
        shown = {name: words for name, words in _CURVE.items() if name in curve.columns}
        title = "Time to the completed call"
        sheets.append(Sheet(title, title, curve.loc[:, list(shown)].assign(reason=""), shown))
    return sheets


def _name(measure: str) -> str:
    base = measure.removesuffix(BEFORE)
    words = CATALOGUE[base].name
    return f"{words} (the period before)" if measure.endswith(BEFORE) else words


def _sheet(name: str, title: str, frame: pd.DataFrame, *, group: str) -> Sheet:
    columns = {column: words for column, words in _COLUMNS.items() if column in frame.columns}
    if "pending" in columns and frame["pending"].isna().all():
        del columns["pending"]
    return Sheet(name, title, frame.loc[:, list(columns)], columns | {"group": group})


def _compared(figures: Figures) -> Sheet:
    compared: Any = figures.compared
    columns = {
        "group": "Measure",
        **{name: f"{words}, {compared.this}" for name, words in _RATE.items()},
        **{f"{name}_against": f"{words}, {compared.other}" for name, words in _RATE.items()},
        **dict(zip(_APART, ("Difference, in points", "Difference from", "to"), strict=True)),
        "verdict": "What it is worth",
        "reason": "Hidden because",
    }
    names = [_name(str(one)) for one in compared.rows["measure"]]
    pairs = read_pairs(compared.rows.assign(name=names))
    told = [None if pair.reason else pair.verdict for pair in pairs]
    verdict = pd.Series(told, index=compared.rows.index, dtype="str")
    frame = compared.rows.assign(group=names, verdict=verdict)
    fractions = {"value", "low", "high", "value_against", "low_against", "high_against"}
    title = f"{compared.this} beside {compared.other}"
    return Sheet(
        "Side by side",
        first_upper(title),
        frame.loc[:, list(columns)],
        columns,
        frozenset(fractions),
        _APART,
    )


def _delay(figures: Figures) -> Sheet:
    row, name = figures.delay, _name("first_message_delay")
    shown = {column: math.nan if row["reason"] else row[column] for column in list(_DELAY)[1:-1]}
    for column in list(shown)[2:]:
        shown[column] = math.nan if pd.isna(shown[column]) else math.floor(shown[column] + 0.5)
    frame = pd.DataFrame([{"group": name, **shown, "reason": row["reason"]}])
    return Sheet("First message", name, frame, _DELAY, frozenset())
