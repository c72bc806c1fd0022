"""What became of the clients, and practice beside outcomes for those who agreed."""

from interview_coach.charts import association_chart
from interview_coach.language import _
from interview_coach.measures.words import known_sentence, outcomes_sentence, practice_sentence
from interview_coach.reports.content.saying import shown
from interview_coach.reports.figures import Figures
from interview_coach.reports.pieces import Paragraph, Picture, Points, Section

__all__ = ["careers", "practised"]


def careers(figures: Figures) -> Section:
    """Say what is known of the clients' careers; never a rate without how many are known."""
    known = figures.overall("knowledge_rate")
    heading = _("What became of the clients")
    if known["reason"]:
        return Section(heading, Points((_("It is {reason}.").format(reason=known["reason"]),)))
    if not known["N"] or not known["n"]:
        # Nothing asked, nothing to say: most logs keep calls alone.
        return Section("")
    rate = figures.overall("career_outcomes_rate")
    if rate["reason"]:
        says: tuple[str, ...] = (
            _("{words}.").format(words=known_sentence(known)),
            _("How many found one: {reason}.").format(reason=rate["reason"]),
        )
    elif shown(rate):
        says = (_("{words}.").format(words=outcomes_sentence(rate, known)),)
    else:
        says = (
            _("{words}.").format(words=known_sentence(known)),
            _("None of those known was looking for one."),
        )
    return Section(heading, Points(says))


def practised(figures: Figures) -> Section:
    """Set practice scores beside recovery, for clients who agreed; for a coach alone."""
    found = figures.practice
    if found is None or not found.rates["N"].sum():
        return Section("")
    chart = association_chart(
        found.rates, labels=lambda score: _(str(score)), synthetic=figures.data.synthetic
    )
    said = practice_sentence(found, figures.question.days)
    return Section(
        chart.title,
        Points((_("{words}.").format(words=said),)),
        Picture("practice_beside_recovery", chart),
        Paragraph(
            _(
                "Only clients who agreed to it are in here. Association, not cause: who practises "
                "more may differ in other ways."
            ),
            "source",
        ),
        unseen=True,
    )
