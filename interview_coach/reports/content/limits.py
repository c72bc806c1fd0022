"""What a reader must know to trust the figures: what cannot be, what is hidden, what words mean."""

from interview_coach.language import _
from interview_coach.measures.words import impossible_sentences
from interview_coach.reports.content.saying import thing
from interview_coach.reports.figures import Figures
from interview_coach.reports.hiding import untold
from interview_coach.reports.pieces import Paragraph, Points, Section, Terms
from interview_coach.reports.question import Question
from interview_coach.subjects import Thing
from interview_coach.wording import counted, number

__all__ = ["cannot_be", "definitions", "hidden"]


def cannot_be(figures: Figures) -> Section:
    """Count what cannot be in the data, so that it is shown and not dropped in silence."""
    found = figures.impossible
    found = found[found["n"] > 0]
    if found.empty:
        return Section("")
    if figures.question.funder:
        # How many they are may be a small count.
        says = tuple(_("Some calls: {what}.").format(what=_(check)) for check in found["check"])
    else:
        says = tuple(
            _("{words}.").format(words=sentence) for sentence in impossible_sentences(found)
        )
    return Section(
        _("Some entries cannot be as they stand"),
        Points(says),
        Paragraph(
            _(
                "They count as entered wherever the figure does not need what is wrong with them, "
                "and are left out where it does. Correct them in the log; the report then follows."
            )
        ),
    )


def hidden(figures: Figures) -> Section:
    """Say what is hidden, why, and how it was proved to be; for a funder alone."""
    protected = figures.protected
    if protected is None:
        return Section("")
    rule = protected.rule
    if protected.hidden.empty:
        return Section(_("Nothing had to be hidden"), Paragraph(protected.why))
    return Section(
        _("What is hidden, and why"),
        Paragraph(protected.why),
        Points(
            (
                _(
                    "A count of {low} to {high} may point to a person. It is hidden, and so is every "
                    "percentage and interval that would give it away."
                ).format(low=rule.low, high=rule.high),
                _(
                    "Some larger counts are hidden too, where a small one could be worked out from "
                    "them and a total."
                ),
                *_left_out(untold(figures.rates)),
                _(
                    "Before this report was written, everything in it was looked at together: for "
                    "each hidden count the smallest and the largest value that it could have were "
                    "computed from what is printed. They lie at least {spread} apart."
                ).format(spread=rule.spread),
                _(
                    "Another report on other days or other groups, made from the same log, could "
                    "still give something away beside this one."
                ),
            )
        ),
    )


def _left_out(groupings: list[str]) -> list[str]:
    if not groupings:
        return []
    named = "; ".join(_("by {thing}").format(thing=Thing(thing(by)).one) for by in groupings)
    return [
        _("Left out altogether, since every count in it is hidden: {names}.").format(names=named)
    ]


def definitions(figures: Figures) -> Section:
    """Say what each word means here, whose definition it is, and what the figures can't say."""
    question = figures.question
    return Section(
        _("What the words mean"),
        Terms(tuple(_definitions(question, left_out=bool(figures.doubted)))),
        Paragraph(
            _(
                "Intervals are Wilson's, at 95%; of a difference, Newcombe's; of a median, those "
                "that need no assumption. A rate under 10 cases is shown in grey with the words “few "
                "cases”. The band of ordinary noise is three standard errors around the overall "
                "rate: inside it, a difference is no news. Comparing many groups, one may stand out "
                "by chance. These figures say what happened, not why."
            )
        ),
        None if question.funder else Paragraph(figures.data.whose, "source"),
    )


def _definitions(question: Question, *, left_out: bool) -> list[tuple[str, str, str]]:
    days, grace = question.days, question.grace
    missed = _(
        "As it was entered: the start and a grace (15 minutes is usual) passed with no conversation "
        "and no notice before the start."
    )
    if grace:
        missed = _(
            "The start and {minutes} minutes of grace passed with no conversation and no notice "
            "before the start; who spoke within the grace counts as completed, whatever was entered."
        ).format(minutes=number(grace, 0 if float(grace).is_integer() else 1))
    kit = _("Kit")
    return [
        (
            _("Interview, call"),
            _(
                "An interview is one client, one employer, one round; a call is one scheduled "
                "attempt at it."
            ),
            kit,
        ),
        (
            _("Missed call"),
            missed,
            _("NHS Scotland's “did not attend”; the grace after Ask a Manager"),
        ),
        (
            _("Missed-call rate"),
            _("Missed over completed and missed calls. Moved and cancelled calls are in neither."),
            _("Kit; the sources disagree"),
        ),
        (
            _("The same, booked basis"),
            _("Missed over all calls whose start has passed."),
            _("As the NHS counts"),
        ),
        (
            _("Reschedule rate"),
            _(
                "Interviews moved or rebooked at least once, over all interviews; five moves count "
                "once."
            ),
            _("GoodTime; an interview belongs where its first call does (kit)"),
        ),
        (
            _("Same-day reconnection rate, put right the same day"),
            _(
                "Missed calls where both spoke within the time that the message named, or 60 "
                "minutes after the start, over missed calls."
            ),
            kit,
        ),
        (
            _("First-message delay"),
            _(
                "From the missed start to the first voicemail or email after it, of the missed calls "
                "that have one on record: half went out within so long."
            ),
            kit,
        ),
        (
            _("Recovery rate"),
            _(
                "Missed calls with a completed call of the same interview within {days}, over missed "
                "calls at least that old. Rebooked is not recovered."
            ).format(days=counted(days, "{n} day", "{n} days")),
            _("After HSCIC, 2014; the days are the kit's"),
        ),
        (
            _("Knowledge rate, career outcomes rate"),
            _(
                "Clients whose outcome is known, over all; those in work, service, the forces or "
                "education, over those known, less those not seeking."
            ),
            _("NACE, first-destination standards"),
        ),
        (
            _("Window, month"),
            _("Those of the scheduled start, in the client's time zone, never of the typing in."),
            kit,
        ),
        (
            _("Date in doubt"),
            _("A date that cannot be believed: left out of this report, as they are few.")
            if left_out
            else _(
                "A date that cannot be believed: counted overall, but in no month and no window."
            ),
            kit,
        ),
    ]
