"""What became of the clients, and practice beside outcomes for those who agreed."""

from interview_coach.charts import association_chart
from interview_coach.measures.words import known_sentence, outcomes_sentence, practice_sentence
from interview_coach.reports.content.saying import shown
from interview_coach.reports.figures import Figures
from interview_coach.reports.pieces import Paragraph, Picture, Points, Section

__all__ = ["careers", "practised"]


def careers(figures: Figures) -> Section:
    """Say what is known of the clients' careers; never a rate without how many are known."""
    known = figures.overall("knowledge_rate")
    if known["reason"]:
        return Section("What became of the clients", Points((f"It is {known['reason']}.",)))
    if not known["N"] or not known["n"]:
        # Nothing asked, nothing to say: most logs keep calls alone.
        return Section("")
    rate = figures.overall("career_outcomes_rate")
    if rate["reason"]:
        says: tuple[str, ...] = (
            f"{known_sentence(known)}.",
            f"How many found one: {rate['reason']}.",
        )
    elif shown(rate):
        says = (f"{outcomes_sentence(rate, known)}.",)
    else:
        says = (f"{known_sentence(known)}.", "None of those known was looking for one.")
    return Section("What became of the clients", Points(says))


def practised(figures: Figures) -> Section:
    """Set practice scores beside recovery, for clients who agreed; for a coach alone."""
    found = figures.practice
    if found is None or not found.rates["N"].sum():
        return Section("")
    chart = association_chart(found.rates, synthetic=figures.data.synthetic)
    return Section(
        chart.title,
        Points((f"{practice_sentence(found, figures.question.days)}.",)),
        Picture("practice_beside_recovery", chart),
        Paragraph(
            "Only clients who agreed to it are in here. Association, not cause: who practises more "
            "may differ in other ways.",
            "source",
        ),
        unseen=True,
    )
