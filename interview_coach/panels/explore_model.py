"""Looking closer at the log, without widgets: what can be chosen, what is chosen, and what it shows."""

import datetime as dt
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.measures import CATALOGUE, GROUPINGS
from interview_coach.measures.localtime import local_days
from interview_coach.panels.desk import Desk
from interview_coach.panels.explore_choice import (
    MENU,
    USUAL_DAYS,
    Choice,
    from_to,
    groupings_for,
    iso,
    told_apart,
    window_of,
)
from interview_coach.panels.explore_coverage import left_out, of_days, of_the_log
from interview_coach.reports.comparing import NOTHING, Row, records
from interview_coach.reports.content.kept import Seen, seen
from interview_coach.reports.question import Question
from interview_coach.reports.reading import log_of
from interview_coach.reports.saved import View, load_views, remove_view, save_view
from interview_coach.reports.viewing import view_figures
from interview_coach.wording import counted

__all__ = ["ExploreModel", "Look"]

# Tables longer than this are a click away.
_SHORT = 20


@dataclass(frozen=True)
class Look:
    """What a choice shows.

    Attributes
    ----------
    finding : str
        In one line; where there is nothing to show, why.
    way : str
        Where there is nothing to show, what to do about it; else "".
    markup : str
        Chart and table, or the table, as safe HTML.
    says : tuple of str
        What is counted and what is left out.
    chart : bool
        Whether there is a chart to save.
    """

    finding: str
    way: str = ""
    markup: str = ""
    says: tuple[str, ...] = ()
    chart: bool = False


class ExploreModel:
    """The log, and a choice of what to see of it.

    Parameters
    ----------
    question : Question
        Which log, and up to when things count as having happened.
    choice : Choice
        What to see first; it goes before what the desk kept, where it is not the usual one.
    desk : Desk
        Keeps the choice.
    folder : path
        The work folder: what goes into the report, and pictures.

    Raises
    ------
    KitError
        If the log cannot be read, or the choice is none.
    """

    def __init__(
        self, question: Question, choice: Choice, desk: Desk, folder: str | Path = "."
    ) -> None:
        self.question, self.desk, self.folder = question, desk, Path(folder)
        self.data = log_of(question)
        self.days = local_days(self.data.calls)
        dated = self.days[~np.isnat(self.days)]
        self.span = (dated.min().item(), dated.max().item()) if len(dated) else None
        self.today = question.moment.date()
        if self.sample and self.span:
            # The sample stands still; what was lately in it is not lately on the clock.
            self.today = min(self.today, self.span[1])
        self._looks: dict[View, Look] = {}
        self._wide = {
            of: told_apart(frame)
            for of, frame in (("calls", self.data.calls), ("clients", self.data.clients))
            if frame is not None
        }
        self.choice, self._wanted = Choice(), choice.by
        self.choose(**(asdict(choice) if choice != Choice() else self._kept()))
        if choice.by not in (self.choice.by, Choice.by):
            can = ", ".join(code for _says, code in self.groupings() if code)
            raise KitError(
                _(
                    "The {measure} cannot be shown by {group} for this log; choose one of: {groups}."
                ).format(
                    measure=_(CATALOGUE[choice.measure].name).lower(),
                    group=repr(choice.by[:60]),
                    groups=can or _("none"),
                )
            )

    @property
    def sample(self) -> bool:
        """Whether the calls are those of the sample, as there is no log yet."""
        return self.data.clients is None

    # ------------------------------------------------------------------ what can be chosen

    def measures(self) -> list[tuple[str, str]]:
        """Give the measures that this log can have, as (group and name, code)."""
        return [
            # Translators: a measure in the menu, after the group that it stands in.
            (_("{group}: {name}").format(group=_(group), name=_(CATALOGUE[name].name)), name)
            for group, names in MENU.items()
            for name in names
            if CATALOGUE[name].of in self._wide
        ]

    def groupings(self, measure: str = "") -> list[tuple[str, str]]:
        """Give what a measure can be told apart by in this log, as (group and name, code)."""
        measure = measure or self.choice.measure
        return groupings_for(measure, self._wide[CATALOGUE[measure].of])

    # ------------------------------------------------------------------ what is chosen

    def choose(self, **changed: Any) -> None:
        """Change the choice; a grouping that the measure does not have gives way to one that it has."""
        before = self.choice
        choice = replace(before, **changed)
        if choice.measure not in {code for _says, code in self.measures()}:
            View(choice.measure)
            raise KitError(
                _(
                    "This log knows nothing of the {measure} yet; log what became of your clients first."
                ).format(measure=_(CATALOGUE[choice.measure].name).lower())
            )
        # What was wanted comes back with the next measure that has it.
        self._wanted = changed.get("by", self._wanted)
        can = [code for _says, code in self.groupings(choice.measure)]
        found = [code for code in (self._wanted, "cohort") if code in can]
        choice = replace(choice, by=(found or can)[0])
        if (
            choice.window == "own"
            and before.window != "own"
            and not {"start", "end"} & set(changed)
        ):
            first, last = window_of(before, self.today)
            span = self.span or (None, None)
            choice = replace(choice, start=first or span[0], end=last or span[1])
        self.choice = choice
        with suppress(KitError):
            # A desk that cannot be written must not get in the way of looking.
            self.desk.keep("explore", choice.kept())

    def _kept(self) -> dict[str, Any]:
        try:
            choice = Choice.taken(self.desk.read("explore"))
            self.groupings(choice.measure)
        except (TypeError, ValueError, KeyError):
            # Kept by another version: the usual choice is no loss.
            return {}
        return asdict(choice)

    @property
    def takes_days(self) -> bool:
        """Whether the measure asks within how many days."""
        return "days" in CATALOGUE[self.choice.measure].options

    @property
    def takes_window(self) -> bool:
        """Whether the measure can be asked for some days only."""
        return "start" in CATALOGUE[self.choice.measure].options

    @property
    def window(self) -> tuple[dt.date | None, dt.date | None]:
        """The first and the last day, None where they are open."""
        return window_of(self.choice, self.today) if self.takes_window else (None, None)

    def view(self, *, title: str = "", fixed: bool = True) -> View:
        """Give the choice as a view; `fixed` keeps its days whatever the report's are."""
        first, last = (iso(day) for day in self.window) if fixed else ("", "")
        days = self.choice.days if self.takes_days and self.choice.days != USUAL_DAYS else 0
        return View(self.choice.measure, self.choice.by, first, last, " ".join(title.split()), days)

    # ------------------------------------------------------------------ what it shows

    def look(self) -> Look:
        """Count and draw what is chosen; what was looked at before is not drawn again."""
        view = self.view()
        if view not in self._looks:
            if len(self._looks) > 40:
                self._looks.clear()
            self._looks[view] = self._look(view)
        return self._looks[view]

    def _look(self, view: View) -> Look:
        first, last = self.window
        if first and last and last < first:
            return Look(
                _("These days are the wrong way round"), _("Choose a last day after the first.")
            )
        if not self._inside() and self.takes_window:
            way = _("Choose other days.")
            if self.span:
                # Translators: {days} is "from 5 March 2026 to 31 March 2026" or the like.
                held = _("The log holds calls {days}.").format(days=from_to(*self.span))
                way = f"{way} {held}"
            return Look(_("No calls in these days"), way)
        frame, whole = self._figures(view), self._whole(view)
        if not whole["N"]:
            none = _("No {cases} in these days yet") if first or last else _("No {cases} yet")
            return Look(
                # Translators: {cases} is what a measure counts: calls, missed calls, clients.
                none.format(cases=_(CATALOGUE[view.measure].below)),
                _("Choose other days, or something else to count."),
            )
        found = self._seen(view, frame, whole)
        says = self._says(view, frame, found)
        return Look(found.finding, "", _markup(found), says, found.chart is not None)

    def _seen(self, view: View, frame: pd.DataFrame, whole: Row) -> Seen:
        known = None
        if view.measure == "career_outcomes_rate":
            known = self._whole(View("knowledge_rate"))
        synthetic = self.data.synthetic
        return seen(view, frame, whole, days=self.choice.days, known=known, synthetic=synthetic)

    def _whole(self, view: View) -> Row:
        frame = self._figures(replace(view, by=""))
        return records(frame)[0] if len(frame) else NOTHING

    def _figures(self, view: View) -> pd.DataFrame:
        return view_figures(view, self.data, days=self.choice.days, as_of=self.question.moment)

    def _inside(self) -> int:
        first, last = self.window
        if first is None and last is None:
            return len(self.days)
        inside = ~np.isnat(self.days)
        if first is not None:
            inside &= self.days >= np.datetime64(first)
        if last is not None:
            inside &= self.days <= np.datetime64(last)
        return int(inside.sum())

    def _says(self, view: View, frame: pd.DataFrame, found: Seen) -> tuple[str, ...]:
        """Say what is counted, and what is left out."""
        # Within how many days is said beside the figures already.
        says = (
            []
            if self.takes_days
            else [_("Counted: {what}.").format(what=_(CATALOGUE[view.measure].says))]
        )
        says += found.says
        if view.by and int((frame["N"] > 0).sum()) == 1:
            says.append(
                _("Only one group has anything to count; to compare, choose other days or groups.")
            )
        if not self.takes_window:
            clients = 0 if self.data.clients is None else len(self.data.clients)
            every = counted(
                clients,
                "All {n} client of the log, whatever the days.",
                "All {n} clients of the log, whatever the days.",
            )
            return (*says, every)
        doubtful = int(np.isnat(self.days).sum())
        inside = self._inside()
        first, last = self.window
        if first or last:
            outside = len(self.days) - inside - doubtful
            return (*says, *of_days(inside, first, last), *left_out(outside, doubtful))
        return (*says, *of_the_log(inside, self.span, doubtful))

    # ------------------------------------------------------------------ what is kept

    def views(self) -> tuple[View, ...]:
        """Give what stands in the report."""
        return load_views(self.folder)

    def keep(self, title: str, *, fixed: bool) -> str:
        """Put what is chosen into the report.

        Returns
        -------
        str
            What was done, in a sentence.

        Raises
        ------
        KitError
            If it cannot be written.
        """
        view = self.view(title=title, fixed=fixed)
        if save_view(view, self.folder):
            return _("It is in your report.")
        said = _("This was in your report already, and is there once.")
        return " ".join((said, _("Its title is the new one."))) if view.title else said

    def remove(self, view: View) -> int:
        """Take a view out of the report; gives its place, to put it back."""
        views = self.views()
        remove_view(view, self.folder)
        return views.index(view) if view in views else len(views)

    def put_back(self, view: View, place: int) -> None:
        """Put a view back in its place."""
        save_view(view, self.folder, place=place)

    def show(self, view: View) -> None:
        """Choose what a view of the report shows.

        Raises
        ------
        KitError
            If this log cannot show it.
        """
        if view.by not in {code for _says, code in self.groupings(view.measure)}:
            raise KitError(
                _(
                    "This log has nothing to tell apart by {group}; the view stays in your report until "
                    "you take it out."
                ).format(group=_(GROUPINGS.get(view.by, view.by)))
            )
        own = bool(view.start or view.end)
        self.choose(
            measure=view.measure,
            by=view.by,
            window="own" if own else "all",
            start=dt.date.fromisoformat(view.start) if view.start else None,
            end=dt.date.fromisoformat(view.end) if view.end else None,
            days=view.days or USUAL_DAYS,
        )

    def save_picture(self, kind: str) -> Path:
        """Write the chart into the work folder, beside what is there; `kind` is svg or png.

        Raises
        ------
        KitError
            If there is no chart, or it cannot be written.
        """
        view = self.view()
        if not self.look().chart:
            raise KitError(_("There is no chart to save here; choose a measure that has one."))
        # Drawn anew: only the markup of what was looked at is kept.
        chart = self._seen(view, self._figures(view), self._whole(view)).chart
        assert chart is not None
        days = [f"{view.days}_days"] if view.days else []
        parts = [view.measure, *(["by", view.by] if view.by else []), *days, view.start, view.end]
        name = "_".join(part for part in parts if part)
        target, number = self.folder / f"{name}.{kind}", 1
        while target.exists():
            number += 1
            target = self.folder / f"{name}_{number}.{kind}"
        return chart.save(target)


def _markup(found: Seen) -> str:
    if found.chart is not None:
        return found.chart.html(opened=len(found.chart.data) <= _SHORT)
    return found.table.html() if found.table else ""
