"""The first page, for a busy reader: what changed, whether it is noise, and what to do."""

from dataclasses import replace
from datetime import date

import pandas as pd

from interview_coach.charts import comparison_chart
from interview_coach.language import _, ngettext, pgettext
from interview_coach.measures import CATALOGUE
from interview_coach.measures.suppression import Rule
from interview_coach.measures.words import difference_sentence, duration
from interview_coach.reports.content.doing import things_to_do
from interview_coach.reports.content.noise import noise, tells
from interview_coach.reports.content.saying import figure, headline, shown
from interview_coach.reports.drawing import DONE
from interview_coach.reports.figures import Figures, Row, records
from interview_coach.reports.hiding import COMPARED
from interview_coach.reports.parts import day_words, month_words
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
from interview_coach.subjects import Subject, listed
from interview_coach.wording import (
    counted,
    first_lower,
    first_upper,
    number,
    of_total,
)

__all__ = ["at_a_glance", "opening", "side_by_side"]


def opening(figures: Figures) -> Section:
    """Say the finding, what was counted, and what was not."""
    question, whole = figures.question, figures.overall("missed_call_rate")
    picture = question.picture()
    notes = []
    calls = figures.calls
    if len(calls) and calls["synthetic"].astype("bool").any():
        made_up = int(calls["synthetic"].sum())
        if made_up == len(calls):
            says = _("All calls here are made up; nobody is in them.")
        elif question.funder:
            says = _("Some calls here are made up; nobody is in them.")
        else:
            says = _("{cases} calls here are made up; nobody is in them.").format(
                cases=of_total(made_up, len(calls))
            )
        notes.append(Note(_("synthetic data"), says))
    empty = None
    if not whole["reason"] and not whole["N"]:
        empty = Paragraph(
            _(
                "A rate needs calls that took place or were missed. Log what happened, or import a "
                "file; this page then fills by itself."
            )
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
    looked_at = noise(figures)
    doing, guidance = things_to_do(figures)
    differs = figures.compared is not None and not figures.compared.over_time
    # Whose guidance it is means something to a coach alone.
    after = "" if figures.question.funder else guidance
    cards = [
        (_("What differs?") if differs else _("What changed?"), tuple(changed), ""),
        (_("Is it noise?"), tuple(looked_at), ""),
        (_("What to do"), tuple(doing), after),
    ]
    return Section(heading, Cards(tuple(cards)), _main_figures(figures))


def side_by_side(figures: Figures) -> Section:
    """Set two periods or two groups beside each other, measure by measure."""
    compared = figures.compared
    if compared is None or not (compared.rows["reason"] == "").any():
        return Section("")
    rows = compared.rows.assign(name=[_(CATALOGUE[name].name) for name in compared.rows["measure"]])
    chart = comparison_chart(
        rows, first=compared.this, second=compared.other, synthetic=figures.data.synthetic
    )
    return Section(chart.title, Picture("side_by_side", chart), unseen=True)


def _counted(figures: Figures) -> str:
    question, calls = figures.question, figures.calls
    as_of = _("Figures as of {day}.").format(day=day_words(question.moment.date()))
    window = _window(question)
    if calls.empty:
        if not window:
            return " ".join((_("There are no calls."), as_of))
        says = _("There are no calls, scheduled {window}, in each client's own time zone.")
        return " ".join((says.format(window=window), as_of))
    told = _calls_and_interviews(figures)
    if window:
        says = _("Counted: {calls}, scheduled {window}, in each client's own time zone.")
        return " ".join((says.format(calls=told, window=window), as_of))
    seen = _seen(calls, whole_months=question.funder)
    says = _("Counted: {calls}, scheduled {window}.") if seen else _("Counted: {calls}.")
    filled = {"window": seen} if seen else {}
    return " ".join((says.format(calls=told, **filled), as_of))


def _calls_and_interviews(figures: Figures) -> str:
    interviews = figures.overall("reschedule_rate")
    calls, of_interviews = Subject(), Subject("interview")
    if not figures.question.funder:
        return _("{calls} of {interviews}").format(
            calls=calls.counted(len(figures.calls)),
            interviews=of_interviews.counted(int(interviews["N"])),
        )
    booked = figures.overall("missed_call_rate_booked")
    if shown(booked) and shown(interviews):
        return _("{calls} of {interviews}").format(
            calls=calls.counted(int(booked["N"])),
            interviews=of_interviews.counted(int(interviews["N"])),
        )
    if shown(booked):
        return calls.counted(int(booked["N"]))
    if shown(interviews):
        return of_interviews.counted(int(interviews["N"]))
    return _("how many calls is hidden, to protect small counts")


def _window(question: Question) -> str:
    first, last = (
        day_words(date.fromisoformat(day)) if day else "" for day in (question.start, question.end)
    )
    if first and last:
        return pgettext("days", "from {first} to {last}").format(first=first, last=last)
    if first:
        return pgettext("days", "from {first}").format(first=first)
    return pgettext("days", "up to {last}").format(last=last) if last else ""


def _seen(calls: pd.DataFrame, *, whole_months: bool) -> str:
    """Say from when to when the calls were; to a funder in months, as a day may be one client's."""
    dated = calls[calls["date_doubt"].isna() & calls["scheduled_at"].notna()]
    if dated.empty or (whole_months and len(dated) <= Rule().high):
        return ""
    ordered = dated.sort_values("scheduled_at")
    ends = (ordered.iloc[at] for at in (0, -1))
    days = [one["scheduled_at"].tz_convert(one["timezone"]).date() for one in ends]
    if whole_months:
        first, last = map(month_words, days)
        if first == last:
            return _("in {month}").format(month=first)
        return pgettext("months", "from {first} to {last}").format(first=first, last=last)
    first, last = map(day_words, days)
    if first == last:
        return _("on {day}").format(day=first)
    return pgettext("days", "from {first} to {last}").format(first=first, last=last)


def _not_counted(figures: Figures) -> list[str]:
    calls, question = figures.calls, figures.question
    in_doubt = int(figures.data.calls["date_doubt"].notna().sum())
    if question.funder:
        says = [
            _(
                "Calls that were moved or cancelled with notice, and calls not held yet, are not "
                "counted in the rate."
            )
        ]
        if in_doubt:
            says.append(_("Calls whose dates are in doubt are in no month."))
        if figures.doubted:
            says.append(_("A few calls whose dates are in doubt are left out."))
        return says
    says = []
    outside = figures.left_out - (in_doubt if figures.left_out else 0)
    if outside:
        says.append(
            _("{calls} outside the window: left out.").format(calls=Subject().counted(outside))
        )
    if in_doubt:
        doubted = (
            ngettext(
                "{n} call whose date is in doubt: left out.",
                "{n} calls whose dates are in doubt: left out.",
                in_doubt,
            )
            if figures.left_out
            else ngettext(
                "{n} call whose date is in doubt: in the overall figures, in no month.",
                "{n} calls whose dates are in doubt: in the overall figures, in no month.",
                in_doubt,
            )
        )
        says.append(doubted.format(n=number(in_doubt)))
    state = calls["state"].astype("str").value_counts()
    for codes, words in (
        (
            ("moved", "cancelled"),
            _("{calls} moved or cancelled with notice: not counted in the rate."),
        ),
        (("pending",), _("{calls} not held yet, or not known: not counted in the rate.")),
    ):
        some = int(sum(state.get(code, 0) for code in codes))
        if some:
            says.append(words.format(calls=Subject().counted(some)))
    return says


def _changed(figures: Figures) -> tuple[str, list[str]]:
    """Say what changed: in a heading, and in sentences beneath it."""
    compared = figures.compared
    if compared is None:
        return _("Too short a time to say what changed"), [
            _(
                "Nothing is set beside these figures yet: a change needs an earlier time to compare "
                "with."
            )
        ]
    two = {"first": compared.this, "second": compared.other}
    rows = records(compared.rows)
    told = [_difference(row, figures.question.days) for row in rows if tells(row)]
    names = [
        first_lower(_(CATALOGUE[str(row["measure"])].name))
        for row in rows
        if not row["reason"] and row["N"] and row["N_against"]
    ]
    if not names and all(row["reason"] for row in rows):
        says = _("{first} and {second} cannot be compared without giving small counts away.")
        return _("What changed is hidden, to protect small counts"), [
            first_upper(says.format(**two))
        ]
    if not names:
        says = _("{first} and {second} cannot be compared.")
        return _("Too few cases to say what changed"), [first_upper(says.format(**two))]
    if told:
        rest = len(names) - len(told)
        listing = [_("{words}.").format(words=one) for one in told]
        if rest:
            says = _("No other difference can be told from chance ({n} looked at).")
            listing.append(says.format(n=rest))
        return told[0].partition(":")[0], listing
    says = (
        _("No change that can be told between {first} and {second}")
        if compared.over_time
        else _("No difference that can be told between {first} and {second}")
    )
    return says.format(**two), [
        _("Nothing that can be told from chance. Compared: {list}.").format(list=listed(names))
    ]


def _difference(row: Row, days: int) -> str:
    measure = str(row["measure"])
    subject = DONE[measure]
    if measure == "recovery_rate":
        subject = replace(subject, days=days)
    difference = {
        "value": row["difference"],
        "low": row["difference_low"],
        "high": row["difference_high"],
        "compared": 1,
    }
    return difference_sentence({**row, **difference}, subject)


def _anything_shown(figures: Figures) -> bool:
    return any(shown(figures.overall(name)) for name in COMPARED)


def _main_figures(figures: Figures) -> Grid | None:
    rows = []
    for name in COMPARED if figures.tells_what_came else COMPARED[:2]:
        row = figures.overall(name)
        title = _(CATALOGUE[name].name)
        if name == "recovery_rate":
            days = counted(figures.question.days, "{n} day", "{n} days")
            title = _("{measure}, {days}").format(measure=title, days=days)
        rows.append((title, *figure(row)))
    delay = figures.delay
    if shown(delay) and int(delay["n"]) and not pd.isna(delay["value"]):
        measure = CATALOGUE["first_message_delay"]
        half = _("half within {time}").format(time=duration(float(delay["value"])))
        cases = of_total(int(delay["n"]), int(delay["N"]))
        rows.append((_(measure.name), cases, half))
    return grid([_("Measure"), _("Counted"), _("Rate (95% interval)")], rows, _("The main figures"))
