"""What a reader must know to trust the figures: what cannot be, what is hidden, what words mean."""

from interview_coach.measures.words import impossible_sentences
from interview_coach.reports.figures import Figures
from interview_coach.reports.pieces import Paragraph, Points, Section, Terms
from interview_coach.reports.question import Question
from interview_coach.wording import counted

__all__ = ["cannot_be", "definitions", "hidden"]


def cannot_be(figures: Figures) -> Section:
    """Count what cannot be in the data, so that it is shown and not dropped in silence."""
    found = figures.impossible
    found = found[found["n"] > 0]
    if found.empty:
        return Section("")
    if figures.question.funder:
        # How many they are may be a small count.
        says = tuple(f"Some calls: {check}." for check in found["check"])
    else:
        says = tuple(f"{sentence}." for sentence in impossible_sentences(found))
    return Section(
        "Some entries cannot be as they stand",
        Points(says),
        Paragraph(
            "They count as entered wherever the figure does not need what is wrong with them, and "
            "are left out where it does. Correct them in the log; the report then follows."
        ),
    )


def hidden(figures: Figures) -> Section:
    """Say what is hidden, why, and how it was proved to be; for a funder alone."""
    protected = figures.protected
    if protected is None:
        return Section("")
    rule = protected.rule
    if protected.hidden.empty:
        return Section("Nothing had to be hidden", Paragraph(protected.why))
    return Section(
        "What is hidden, and why",
        Paragraph(protected.why),
        Points(
            (
                f"A count of {rule.low} to {rule.high} may point to a person. It is hidden, and "
                "so is every percentage and interval that would give it away.",
                "Some larger counts are hidden too, where a small one could be worked out from "
                "them and a total.",
                "Before this report was written, everything in it was looked at together: for "
                "each hidden count the smallest and the largest value that it could have were "
                f"computed from what is printed. They lie at least {rule.spread} apart.",
                "Another report on other days or other groups, made from the same log, could "
                "still give something away beside this one.",
            )
        ),
    )


def definitions(figures: Figures) -> Section:
    """Say what each word means here, whose definition it is, and what the figures can't say."""
    question = figures.question
    return Section(
        "What the words mean",
        Terms(tuple(_definitions(question, left_out=bool(figures.doubted)))),
        Paragraph(
            "Intervals are Wilson's, at 95%; of a difference, Newcombe's; of a median, those that "
            "need no assumption. A rate under 10 cases is shown in grey with the words “few "
            "cases”. The band of ordinary noise is three standard errors around the overall rate: "
            "inside it, a difference is no news. Comparing many groups, one may stand out by "
            "chance. These figures say what happened, not why."
        ),
        None if question.funder else Paragraph(figures.data.whose, "source"),
    )


def _definitions(question: Question, *, left_out: bool) -> list[tuple[str, str, str]]:
    days, grace = question.days, question.grace
    missed = (
        "As it was entered: the start and a grace (15 minutes is usual) passed with no conversation "
        "and no notice before the start."
    )
    if grace:
        missed = (
            f"The start and {grace:g} minutes of grace passed with no conversation and no notice "
            "before the start; who spoke within the grace counts as completed, whatever was entered."
        )
    return [
        (
            "Interview, call",
            "An interview is one client, one employer, one round; a call is one scheduled attempt at it.",
            "Kit",
        ),
        (
            "Missed call",
            missed,
            "NHS Scotland's “did not attend”; the grace after Ask a Manager",
        ),
        (
            "Missed-call rate",
            "Missed over completed and missed calls. Moved and cancelled calls are in neither.",
            "Kit; the sources disagree",
        ),
        (
            "The same, booked basis",
            "Missed over all calls whose start has passed.",
            "As the NHS counts",
        ),
        (
            "Reschedule rate",
            "Interviews moved or rebooked at least once, over all interviews; five moves count once.",
            "GoodTime; an interview belongs where its first call does (kit)",
        ),
        (
            "Put right the same day",
            "Missed calls where both spoke within the time that the message named, or 60 minutes "
            "after the start, over missed calls.",
            "Kit",
        ),
        (
            "Recovery rate",
            f"Missed calls with a completed call of the same interview within {counted(days, 'day')}, "
            f"over missed calls at least that old. Rebooked is not recovered.",
            "After HSCIC, 2014; the days are the kit's",
        ),
        (
            "Knowledge rate, career outcomes rate",
            "Clients whose outcome is known, over all; those in work, service, the forces or "
            "education, over those known, less those not seeking.",
            "NACE, first-destination standards",
        ),
        (
            "Window, month",
            "Those of the scheduled start, in the client's time zone, never of the typing in.",
            "Kit",
        ),
        (
            "Date in doubt",
            "A date that cannot be believed: "
            + (
                "left out of this report, as they are few."
                if left_out
                else "counted overall, but in no month and no window."
            ),
            "Kit",
        ),
    ]
