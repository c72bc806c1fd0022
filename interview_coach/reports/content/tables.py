"""The numbers of a report as tables for a spreadsheet; what is hidden on the page is missing here."""

from typing import Any

import pandas as pd

from interview_coach.measures import CATALOGUE
from interview_coach.reports.content.saying import labels, thing
from interview_coach.reports.figures import Figures
from interview_coach.reports.hiding import BEFORE
from interview_coach.reports.sheets import Sheet

__all__ = ["sheets_of"]

_COLUMNS = {
    "group": "Group",
    "n": "Counted",
    "N": "Of",
    "value": "Rate",
    "low": "From",
    "high": "To",
    "pending": "Too young to tell",
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


def sheets_of(figures: Figures) -> list[Sheet]:
    """Give the numbers: the overall rates, the funnel, each measure by each grouping, the curve."""
    overall = [
        frame.assign(group=_name(measure))
        for (measure, by), frame in figures.rates.items()
        if by == "all"
        and CATALOGUE[measure.removesuffix(BEFORE)].unit == "rate"
        and measure != "funnel"
    ]
    sheets = [_sheet("Main figures", "The main figures", pd.concat(overall, ignore_index=True))]
    sheets.append(
        _sheet(
            "What came of missed calls",
            "What came of missed calls, step by step",
            figures.funnel.assign(group=figures.funnel["step"]),
        )
    )
    if figures.compared is not None:
        sheets.append(_compared(figures))
    for (measure, by), frame in figures.rates.items():
        if by in ("all", "part"):
            continue
        named = frame.assign(group=frame["group"].map(labels(by)))
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


def _sheet(name: str, title: str, frame: pd.DataFrame, *, group: str = "Group") -> Sheet:
    columns = {column: words for column, words in _COLUMNS.items() if column in frame.columns}
    return Sheet(name, title, frame.loc[:, list(columns)], columns | {"group": group})


def _compared(figures: Figures) -> Sheet:
    compared: Any = figures.compared
    columns = {
        "group": "Measure",
        **{name: f"{words}, {compared.this}" for name, words in _RATE.items()},
        **{f"{name}_against": f"{words}, {compared.other}" for name, words in _RATE.items()},
        "difference": "Difference",
        "difference_low": "Difference from",
        "difference_high": "Difference to",
        "reason": "Hidden because",
    }
    frame = compared.rows.assign(group=[_name(str(one)) for one in compared.rows["measure"]])
    fractions = {"value", "low", "high", "value_against", "low_against", "high_against"}
    title = f"{compared.this} beside {compared.other}"
    return Sheet(
        "Side by side",
        title[:1].upper() + title[1:],
        frame.loc[:, list(columns)],
        columns,
        frozenset(fractions | {"difference", "difference_low", "difference_high"}),
    )


_RATE = {"n": "Counted", "N": "Of", "value": "Rate", "low": "From", "high": "To"}
