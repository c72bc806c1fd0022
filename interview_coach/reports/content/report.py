"""The outcome report in sections: what a notebook shows one by one, and every file takes over."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from interview_coach.language import speaking
from interview_coach.reports.content import aftermath, kept, limits, misses, opening, people
from interview_coach.reports.content.saying import headline
from interview_coach.reports.content.tables import sheets_of
from interview_coach.reports.figures import Figures
from interview_coach.reports.pieces import Section
from interview_coach.reports.question import Question
from interview_coach.reports.reading import Data, data_of
from interview_coach.reports.sheets import Sheet

__all__ = ["Report"]

_SECTIONS: dict[str, Callable[[Figures], Section]] = {
    "headline": opening.opening,
    "at_a_glance": opening.at_a_glance,
    "side_by_side": opening.side_by_side,
    "missed": misses.missed,
    "causes": misses.causes,
    "over_time": misses.over_time,
    "by_group": misses.by_group,
    "within_groups": misses.within_groups,
    "patterns": misses.patterns,
    "rescheduled": aftermath.rescheduled,
    "followed": aftermath.followed,
    "time_taken": aftermath.time_taken,
    "careers": people.careers,
    "practised": people.practised,
    "cannot_be": limits.cannot_be,
    "hidden": limits.hidden,
    "definitions": limits.definitions,
}


class Sections(list[Section]):
    """Several sections that a notebook shows one after the other."""

    def _repr_html_(self) -> str:
        return "".join(section.html() for section in self)


class Report:
    """The outcome report of a log, in sections that a notebook shows one by one.

    Parameters
    ----------
    log : str
        The log, as a file or a URL; empty for ``outcomes.db`` in this folder, or else the sample.
    **given
        The other parameters of `Question`.

    Raises
    ------
    KitError
        If a parameter cannot be, the log cannot be read, or there is nothing called as asked.
    """

    def __init__(self, log: str = "", **given: Any):
        question = Question(log=log, **given)
        self._begin(question, data_of(question))

    @classmethod
    def of(cls, question: Question, data: Data) -> "Report":
        """Make the report of a question about calls that are at hand."""
        made = cls.__new__(cls)
        made._begin(question, data)
        return made

    def _begin(self, question: Question, data: Data) -> None:
        self.question = question
        # Some words are among the figures: what the parts are called, why a count is hidden.
        with speaking(question.language):
            self.figures = Figures(question, data)

    @property
    def title(self) -> str:
        """The title, with the group that the report is for."""
        return self.question.heading

    @property
    def finding(self) -> str:
        """The one line that stands above everything."""
        with speaking(self.question.language):
            return headline(self.figures.overall("missed_call_rate"))

    def section(self, name: str) -> Section:
        """Give one section by its name; an empty one where there is nothing to say."""
        with speaking(self.question.language):
            return _SECTIONS[name](self.figures)

    def headline(self) -> Section:
        """Say the finding, what was counted, and what was not."""
        return self.section("headline")

    def at_a_glance(self) -> Section:
        """Say what changed, whether it is noise, and what to do; and the main figures."""
        return self.section("at_a_glance")

    def side_by_side(self) -> Section:
        """Set two periods or two groups beside each other."""
        return self.section("side_by_side")

    def missed(self) -> Section:
        """Say the missed-call rate, its other basis, and who missed the calls."""
        return self.section("missed")

    def causes(self) -> Section:
        """Show why calls were missed."""
        return self.section("causes")

    def over_time(self) -> Section:
        """Show the missed-call rate and the reschedule rate over time."""
        return self.section("over_time")

    def by_group(self) -> Section:
        """Compare groups."""
        return self.section("by_group")

    def within_groups(self) -> Section:
        """Show each group over time."""
        return self.section("within_groups")

    def patterns(self) -> Section:
        """Show the missed-call rate by hour of the day and by lead time."""
        return self.section("patterns")

    def rescheduled(self) -> Section:
        """Say how many interviews were moved or rebooked."""
        return self.section("rescheduled")

    def followed(self) -> Section:
        """Say what came of missed calls."""
        return self.section("followed")

    def time_taken(self) -> Section:
        """Show how long it took until a missed call was made good."""
        return self.section("time_taken")

    def careers(self) -> Section:
        """Say what became of the clients."""
        return self.section("careers")

    def practised(self) -> Section:
        """Set practice beside outcomes, for clients who agreed."""
        return self.section("practised")

    def saved(self) -> "Sections":
        """Show what was saved on the page 07_explore."""
        with speaking(self.question.language):
            return Sections(kept.saved_views(self.figures))

    def cannot_be(self) -> Section:
        """Count what cannot be in the data."""
        return self.section("cannot_be")

    def hidden(self) -> Section:
        """Say what is hidden, and why."""
        return self.section("hidden")

    def definitions(self) -> Section:
        """Say what each word means here."""
        return self.section("definitions")

    @cached_property
    def _sections(self) -> list[Section]:
        order = list(_SECTIONS)
        made = {name: self.section(name) for name in order}
        before = order.index("cannot_be")
        whole = [made[name] for name in order[:before]]
        whole += [*self.saved(), *(made[name] for name in order[before:])]
        return [section for section in whole if section]

    def sections(self) -> list[Section]:
        """Give all sections that have something to say, in reading order."""
        return self._sections

    def sheets(self) -> list[Sheet]:
        """Give the numbers, one table a measure and grouping, hidden ones missing."""
        with speaking(self.question.language):
            return sheets_of(self.figures)
