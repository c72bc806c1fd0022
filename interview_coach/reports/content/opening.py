"""The first page, for a busy reader: what changed, whether it is noise, and what to do."""

from dataclasses import replace
from datetime import date

import pandas as pd

from interview_coach.charts import comparison_chart
from interview_coach.charts.periods import period_of
from interview_coach.language import _, ngettext, pgettext
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
from interview_coach.subjects import Subject, Thing, listed
from interview_coach.wording import (
    FEW,
    counted,
    first_lower,
    first_upper,
    number,
    of_total,
    percent,
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
    noise = _noise(figures)
    doing, guidance = things_to_do(figures)
    differs = figures.compared is not None and not figures.compared.over_time
    # Whose guidance it is means something to a coach alone.
    after = "" if figures.question.funder else guidance
    cards = [
        (_("What differs?") if differs else _("What changed?"), tuple(changed), ""),
        (_("Is it noise?"), tuple(noise), ""),
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
            return f"{_('There are no calls.')} {as_of}"
        says = _("There are no calls, scheduled {window}, in each client's own time zone.")
        return f"{says.format(window=window)} {as_of}"
    told = _calls_and_interviews(figures)
    if window:
        says = _("Counted: {calls}, scheduled {window}, in each client's own time zone.")
        return f"{says.format(calls=told, window=window)} {as_of}"
    seen = _seen(calls, whole_months=question.funder)
    says = _("Counted: {calls}, scheduled {window}.") if seen else _("Counted: {calls}.")
    filled = {"window": seen} if seen else {}
    return f"{says.format(calls=told, **filled)} {as_of}"


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
    told = [_difference(row, figures.question.days) for row in rows if _tells(row)]
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


def _tells(row: Row) -> bool:
    """Say whether a difference is none that chance alone explains, with enough cases behind it."""
    if row["reason"] or not (row["difference_low"] > 0 or row["difference_high"] < 0):
        return False
    return min(int(row["N"]), int(row["N_against"])) >= FEW


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


def _noise(figures: Figures) -> list[str]:
    """Say whether what changed may be chance, and whether single months stand out."""
    return [*_chance(figures.compared), *_single_periods(figures)] or [
        _("There is too little to tell noise from change.")
    ]


def _chance(compared: Compared | None) -> list[str]:
    rows = [] if compared is None else records(compared.rows)
    many = sum(not pd.isna(row["difference"]) for row in rows)
    told = sum(_tells(row) for row in rows)
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
