"""What came of moves and misses: new times, messages, the same day, recovery, the time it took."""

import pandas as pd

from interview_coach.charts import curve_chart, funnel_chart, rate_by_group
from interview_coach.language import _
from interview_coach.measures import PERIODS, moves_per_interview
from interview_coach.measures.words import delay_sentence, recovery_sentence
from interview_coach.reports.content.saying import labels, said, shown, thing
from interview_coach.reports.figures import Figures
from interview_coach.reports.pieces import Picture, Points, Section
from interview_coach.subjects import Subject
from interview_coach.wording import counted, number, percent

__all__ = ["followed", "moves_words", "rescheduled", "time_taken"]


def rescheduled(figures: Figures) -> Section:
    """Say how many interviews were moved or rebooked, and compare groups."""
    every = figures.overall("reschedule_rate")
    if not every["reason"] and not every["N"]:
        return Section("")
    before = figures.overall("reschedule_rate_proactive")
    after = figures.overall("reschedule_rate_reactive")
    sentences = [
        said(before, Subject("interview", "moved before the start")),
        said(after, Subject("interview", "rebooked after a missed call")),
    ]
    if not figures.question.funder:
        moves, interviews = moves_per_interview(
            figures.data.calls, grace=figures.question.grace or None, **figures.window
        )
        sentences.append(
            _(
                "{moves} over {interviews}: {number} per interview. An interview that was moved five "
                "times counts once in the rates above."
            ).format(
                moves=moves_words(moves),
                interviews=Subject("interview").counted(interviews),
                number=number(moves / interviews, 2),
            )
        )
    points = Points(tuple(sentences))
    if every["reason"]:
        return Section(_("Interviews that were moved or rebooked"), points)
    if not every["n"]:
        # Zeros beside each other are no comparison.
        return Section(_("No move or rebooking is on record"), points)
    heading = Subject("interview", "rescheduled").sentence(every)
    group = figures.question.group
    if group in PERIODS or ("reschedule_rate", group) not in figures.rates:
        return Section(heading, points)
    chart = rate_by_group(
        figures.charted("reschedule_rate", group),
        thing=thing(group),
        noun="interview",
        done="rescheduled",
        labels=labels(group),
        synthetic=figures.data.synthetic,
        published=True,
    )
    return Section(heading, points, Picture(f"rescheduled_by_{group}", chart))


def followed(figures: Figures) -> Section:
    """Follow the missed calls: message, the same day, rebooked, completed."""
    steps = figures.funnel
    first = steps.iloc[0].to_dict()
    if not first["reason"] and not first["N"]:
        return Section("")
    if not figures.tells_what_came:
        return Section(
            _("What came of missed calls is not on record"),
            Points(
                (
                    _(
                        "No message, no talk, no new time and no completed call is on record after "
                        "any missed call. Log them, and this section fills by itself."
                    ),
                )
            ),
        )
    days = figures.question.days
    recovery = figures.overall("recovery_rate")
    same_day = figures.overall("same_day_reconnection_rate")
    delay = figures.delay
    recovered = Subject("missed call", "recovered", days)
    put_right = Subject("missed call", "put right while the client was still available")
    sentences = [
        said(recovery, recovered)
        if recovery["reason"] or "pending" not in recovery
        else _("{words}.").format(words=recovery_sentence(recovery, days)),
        said(same_day, put_right),
    ]
    if not delay["reason"] and pd.isna(delay["value"]) and int(delay["n"]):
        followed_by = Subject("missed call", "followed by a message")
        sentences.append(said(figures.overall("first_message_delay"), followed_by))
    elif delay["reason"]:
        says = _("When first messages went out: {reason}.")
        sentences.append(says.format(reason=delay["reason"]))
    else:
        sentences.append(_("{words}.").format(words=delay_sentence(delay)))
    if figures.question.funder:
        span = counted(days, "{n} day", "{n} days")
        young = _(
            "Missed calls younger than {days} are no failures yet: the recovery rate leaves them "
            "out."
        ).format(days=span)
        if recovery["reason"]:
            young += " " + _(
                "A report made {days} or more after its last call can often show it."
            ).format(days=span)
        sentences.append(young)
    chart = funnel_chart(steps, synthetic=figures.data.synthetic)
    heading = _("What came of missed calls")
    if shown(recovery):
        heading = recovered.headline(recovery, percent(float(recovery["value"])))
    return Section(heading, Points(tuple(sentences)), Picture("funnel", chart))


def moves_words(moves: int) -> str:
    """So many moves and rebookings."""
    return counted(moves, "{n} move or rebooking", "{n} moves and rebookings")


def time_taken(figures: Figures) -> Section:
    """Show how long it took until a missed call was made good; for a coach alone."""
    if figures.question.funder or not figures.tells_what_came or figures.curve.empty:
        return Section("")
    chart = curve_chart(figures.curve, synthetic=figures.data.synthetic)
    return Section(chart.title, Picture("time_to_completed", chart), unseen=True)
