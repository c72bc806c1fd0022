"""The first page, for a busy reader: what changed, whether it is noise, and what to do."""

from datetime import date

import pandas as pd

from interview_coach.charts import comparison_chart
from interview_coach.charts.periods import period_of
from interview_coach.measures import CATALOGUE, IN_DOUBT, signals
from interview_coach.measures.comparing import ABOVE, BELOW, TOO_FEW
from interview_coach.measures.suppression import Rule
from interview_coach.measures.words import difference_sentence, duration
from interview_coach.reports.comparing import Compared
from interview_coach.reports.content.doing import things_to_do
from interview_coach.reports.content.saying import figure, headline, shown
from interview_coach.reports.drawing import DONE
from interview_coach.reports.figures import Figures, Row, records
from interview_coach.reports.hiding import COMPARED
from interview_coach.reports.parts import day_words
from interview_coach.reports.pieces import (
    Cards,
    Grid,
    Logo,
    Note,
    Paragraph,
    Picture,
    Points,
    Section,
    grid,
)
from interview_coach.reports.question import Question
from interview_coach.wording import FEW, counted, first_upper, of_total, percent

__all__ = ["at_a_glance", "opening", "side_by_side"]


def opening(figures: Figures) -> Section:
    """Say the finding, what was counted, and what was not."""
    question, whole = figures.question, figures.overall("missed_call_rate")
    picture = question.picture()
    notes = []
    calls = figures.calls
    if len(calls) and calls["synthetic"].astype("bool").any():
        made_up = int(calls["synthetic"].sum())
        all_of = made_up == len(calls)
        much = "All" if all_of else "Some" if question.funder else of_total(made_up, len(calls))
        notes.append(Note("synthetic data", f"{much} calls here are made up; nobody is in them."))
    empty = None
    if not whole["reason"] and not whole["N"]:
        empty = Paragraph(
            "A rate needs calls that took place or were missed. Log what happened, or import a "
            "file; this page then fills by itself."
        )
    return Section(
        headline(whole),
        Logo(*picture) if picture else None,
        Paragraph(question.heading, "eyebrow"),
        *notes,
        empty,
        Paragraph(_counted(figures), "lead"),
        Points(tuple(_not_counted(figures))),
        level=1,
    )


def at_a_glance(figures: Figures) -> Section:
    """Answer a busy reader: what changed, is it noise, what to do; then the main figures."""
    if figures.calls.empty or not _anything_shown(figures):
        return Section("")
    heading, changed = _changed(figures)
    noise = _noise(figures)
    doing, sources = things_to_do(figures)
    differs = figures.compared is not None and not figures.compared.over_time
    # Whose guidance it is means something to a coach alone.
    after = f"After {sources}." if sources and not figures.question.funder else ""
    cards = [
        ("What differs?" if differs else "What changed?", tuple(changed), ""),
        ("Is it noise?", tuple(noise), ""),
        ("What to do", tuple(doing), after),
    ]
    return Section(heading, Cards(tuple(cards)), _main_figures(figures))


def side_by_side(figures: Figures) -> Section:
    """Set two periods or two groups beside each other, measure by measure."""
    compared = figures.compared
    if compared is None or not (compared.rows["reason"] == "").any():
        return Section("")
    rows = compared.rows.assign(name=[CATALOGUE[name].name for name in compared.rows["measure"]])
    chart = comparison_chart(
        rows, first=compared.this, second=compared.other, synthetic=figures.data.synthetic
    )
    return Section(chart.title, Picture("side_by_side", chart), unseen=True)


def _counted(figures: Figures) -> str:
    question, calls = figures.question, figures.calls
    as_of = f" Figures as of {day_words(question.moment.date())}."
    if calls.empty:
        return f"There are no calls{_window(question)}.{as_of}"
    interviews = figures.overall("reschedule_rate")
    if question.funder:
        booked = figures.overall("missed_call_rate_booked")
        told = [
            counted(int(row["N"]), noun)
            for row, noun in ((booked, "call"), (interviews, "interview"))
            if shown(row)
        ]
        text = " of ".join(told) or "how many calls is hidden, to protect small counts"
    else:
        text = f"{counted(len(calls), 'call')} of {counted(int(interviews['N']), 'interview')}"
    window = _window(question)
    if window:
        return f"Counted: {text}{window}.{as_of}"
    return f"Counted: {text}{_seen(calls, whole_months=question.funder)}.{as_of}"


def _window(question: Question) -> str:
    first, last = (
        day_words(date.fromisoformat(day)) if day else "" for day in (question.start, question.end)
    )
    if not (first or last):
        return ""
    begins = f" from {first}" if first else ""
    ends = f" to {last}" if last and first else f" up to {last}" if last else ""
    return f", scheduled{begins}{ends}, in each client's own time zone"


def _seen(calls: pd.DataFrame, *, whole_months: bool) -> str:
    """Say from when to when the calls were; to a funder in months, as a day may be one client's."""
    dated = calls[calls["date_doubt"].isna() & calls["scheduled_at"].notna()]
    if dated.empty or (whole_months and len(dated) <= Rule().high):
        return ""
    ordered = dated.sort_values("scheduled_at")
    ends = (ordered.iloc[at] for at in (0, -1))
    days = [one["scheduled_at"].tz_convert(one["timezone"]).date() for one in ends]
    first, last = (f"{day:%B %Y}" if whole_months else day_words(day) for day in days)
    if first == last:
        return f", scheduled {'in' if whole_months else 'on'} {first}"
    return f", scheduled from {first} to {last}"


def _not_counted(figures: Figures) -> list[str]:
    calls, question = figures.calls, figures.question
    in_doubt = int(figures.data.calls["date_doubt"].notna().sum())
    if question.funder:
        return [
            "Calls that were moved or cancelled with notice, and calls not held yet, are not counted "
            "in the rate.",
            *(["Calls whose dates are in doubt are in no month."] if in_doubt else []),
            *(["A few calls whose dates are in doubt are left out."] if figures.doubted else []),
        ]
    says = []
    outside = figures.left_out - (in_doubt if figures.left_out else 0)
    if outside:
        says.append(f"{counted(outside, 'call')} outside the window: left out.")
    if in_doubt:
        are = "date is" if in_doubt == 1 else "dates are"
        what = "left out" if figures.left_out else "in the overall figures, in no month"
        says.append(f"{counted(in_doubt, 'call')} whose {are} in doubt: {what}.")
    state = calls["state"].astype("str").value_counts()
    for codes, words in (
        (("moved", "cancelled"), "moved or cancelled with notice: not counted in the rate"),
        (("pending",), "not held yet, or not known: not counted in the rate"),
    ):
        some = int(sum(state.get(code, 0) for code in codes))
        if some:
            says.append(f"{counted(some, 'call')} {words}.")
    return says


def _changed(figures: Figures) -> tuple[str, list[str]]:
    """Say what changed: in a heading, and in sentences beneath it."""
    compared = figures.compared
    if compared is None:
        return "Too short a time to say what changed", [
            "Nothing is set beside these figures yet: a change needs an earlier time to compare with."
        ]
    rows = records(compared.rows)
    days = counted(figures.question.days, "day")
    told = [_difference(row, days) for row in rows if _tells(row)]
    names = [
        CATALOGUE[str(row["measure"])].name.lower()
        for row in rows
        if not row["reason"] and row["N"] and row["N_against"]
    ]
    if not names and all(row["reason"] for row in rows):
        return "What changed is hidden, to protect small counts", [
            f"{first_upper(compared.this)} and {compared.other} cannot be compared without giving small counts away."
        ]
    if not names:
        return "Too few cases to say what changed", [
            f"{first_upper(compared.this)} and {compared.other} cannot be compared."
        ]
    pair = f"{compared.this} and {compared.other}"
    if told:
        rest = len(names) - len(told)
        says = [f"{one}." for one in told]
        if rest:
            says.append(f"No other difference can be told from chance ({rest} looked at).")
        return told[0].partition(":")[0], says
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    change = "change" if compared.over_time else "difference"
    return f"No {change} that can be told between {pair}", [
        f"Nothing that can be told from chance. Compared: {listed}."
    ]


def _tells(row: Row) -> bool:
    """Say whether a difference is none that chance alone explains, with enough cases behind it."""
    if row["reason"] or not (row["difference_low"] > 0 or row["difference_high"] < 0):
        return False
    return min(int(row["N"]), int(row["N_against"])) >= FEW


def _difference(row: Row, days: str) -> str:
    measure = str(row["measure"])
    done = DONE[measure][1] + (f" within {days}" if measure == "recovery_rate" else "")
    difference = {
        "value": row["difference"],
        "low": row["difference_low"],
        "high": row["difference_high"],
        "compared": 1,
    }
    return difference_sentence({**row, **difference}, done)


def _noise(figures: Figures) -> list[str]:
    """Say whether what changed may be chance, and whether single months stand out."""
    return [*_chance(figures.compared), *_single_periods(figures)] or [
        "There is too little to tell noise from change."
    ]


def _chance(compared: Compared | None) -> list[str]:
    rows = [] if compared is None else records(compared.rows)
    many = sum(not pd.isna(row["difference"]) for row in rows)
    told = sum(_tells(row) for row in rows)
    if not many:
        return []
    if not told:
        one = "the difference" if many == 1 else f"none of the {many} differences"
        lies = "does not lie" if many == 1 else "lies"
        return [f"It may well be: {one} looked at {lies} beyond chance."]
    which = "the difference" if many == 1 else f"{told} of the {many} differences"
    says = [f"Probably not: {which} looked at {'lies' if told == 1 else 'lie'} beyond chance."]
    if many > 1:
        chance = round(1 / (1 - 0.95**many))
        says.append(f"But with {many} looks, one would seem to about once in {chance} times.")
    return says


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
    noun, done = DONE[name]
    if len(dated) < 2 or not shown(whole) or not int(whole["n"]):
        return []
    judged = signals(dated, overall=float(whole["value"]))
    judged = judged[judged["signal"] != TOO_FEW]
    out = judged[judged["signal"].isin([ABOVE, BELOW])]
    period, share = figures.period, f"{noun}s {done}"
    if judged.empty:
        return [f"No {period} has {FEW} {noun}s or more: too few to tell one from another."]
    if out.empty:
        return [
            f"No single {period} stands out in {share}: {len(judged)} were looked at."
            if len(judged) > 1
            else f"Only one {period} can be judged by its {share}; it does not stand out."
        ]
    named = ", ".join(
        f"{period_of(row['group']).words} ({percent(float(row['value']))})"
        for row in records(out)[:3]
    )
    more = f" and {len(out) - 3} more" if len(out) > 3 else ""
    stand = "stands" if len(out) == 1 else "stand"
    return [
        f"{named}{more} {stand} out in {share}, of {len(judged)} {period}s looked at; overall it is "
        f"{percent(float(whole['value']))}."
    ]


def _anything_shown(figures: Figures) -> bool:
    return any(shown(figures.overall(name)) for name in COMPARED)


def _main_figures(figures: Figures) -> Grid | None:
    rows = []
    for name in COMPARED if figures.tells_what_came else COMPARED[:2]:
        row = figures.overall(name)
        title = CATALOGUE[name].name
        if name == "recovery_rate":
            title = f"{title}, {counted(figures.question.days, 'day')}"
        rows.append((title, *figure(row)))
    delay = figures.delay
    if shown(delay) and int(delay["n"]) and not pd.isna(delay["value"]):
        half = f"half within {duration(float(delay['value']))}"
        rows.append(
            (
                CATALOGUE["first_message_delay"].name,
                of_total(int(delay["n"]), int(delay["N"])),
                half,
            )
        )
    return grid(["Measure", "Counted", "Rate (95% interval)"], rows, "The main figures")
