"""Looking closer: choose measure, grouping and days, see chart and table, put the view into the report."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.panels import kit
from interview_coach.panels.choices import spoken
from interview_coach.panels.desk import Desk
from interview_coach.panels.explore_choice import WINDOWS, Choice
from interview_coach.panels.explore_kept import Kept
from interview_coach.panels.explore_model import ExploreModel
from interview_coach.reports.question import Question

__all__ = ["explore_panel"]


@kit.panel
def explore_panel(
    log: str = "",
    measure: str = Choice.measure,
    by: str = Choice.by,
    start: str = "",
    end: str = "",
    days: int = Choice.days,
    as_of: str = "",
    desk: str = "",
) -> kit.Page:
    """Show the page for looking closer at the log.

    Parameters
    ----------
    log : str
        The log, as a file or a URL; empty for ``outcomes.db`` in this folder, or else the sample.
    measure, by : str
        What to show first: a key of `CATALOGUE`, and a column or `month`, `quarter`, `week`, `hour`.
    start, end : str
        First and last day (2026-01-31), in each client's own time zone; empty for an open window.
    days : int
        Within which a missed call is to be recovered.
    as_of : str
        Up to which day things count as having happened; empty for this moment.
    desk : str
        The file that keeps what was chosen last; "" keeps nothing.
    """
    page = kit.page(
        _("Look closer"),
        _("Choose what to count, by what, and over which days. The chart follows."),
        current="explore",
    )
    page.explain(stays=True)
    way = kit.link_button(_("Log a call"), page="05_log_outcomes", main=True)
    try:
        question = Question(log, start=start, end=end, days=days, as_of=as_of)
        first, last = (dt.date.fromisoformat(day) if day else None for day in (start, end))
        window = "own" if first or last else "all"
        choice = Choice(measure, by, window, first, last, days)
        model = page.model = ExploreModel(question, choice, Desk(desk))
        if model.data.calls.empty:
            words = _("From the first call on, this page shows what came of it.")
            page.body.show(kit.empty(words, way, title=_("No calls logged yet")))
        else:
            page.body.show(Looking(page, model))
            if model.sample:
                page.head(page.title, _of_the_sample())
    except KitError as problem:
        page.body.show(kit.error(str(problem), way, title=_("There is nothing to look at")))
    return page


def _of_the_sample() -> kit.Html:
    # Translators: {page} is a link to the page of the log.
    says = _(
        "These calls are made up. Log a call or import your own file under {page}, and this page shows "
        "yours."
    )
    before, _page, after = says.partition("{page}")
    return kit.join(
        [
            kit.tag(_("synthetic data"), "amber"),
            " ",
            before,
            kit.el(
                "a", _("Outcomes"), href="05_log_outcomes.ipynb", data_ic_page="05_log_outcomes"
            ),
            after,
        ]
    )


class Looking(widgets.VBox):
    """What is chosen, what it shows, and what can be done with it.

    Attributes
    ----------
    fields : dict of str to Field
        By the name of what they choose.
    """

    def __init__(self, page: kit.Page, model: ExploreModel) -> None:
        self._page, self._model = page, model
        self._filling = False
        self._notice, self._told = kit.Notice(), kit.Notice()
        choice = model.choice
        self.fields = {
            "measure": kit.dropdown(_("Count"), model.measures(), choice.measure, grouped=True),
            "by": kit.dropdown(_("By"), model.groupings(), choice.by, grouped=True),
            "window": kit.dropdown(_("Days"), spoken(WINDOWS), choice.window),
            "start": kit.date_input(_("First day"), choice.start),
            "end": kit.date_input(_("Last day"), choice.end),
            "days": kit.number_input(_("Recovered within (days)"), choice.days, high=3650),
        }
        for name, field in self.fields.items():
            kit.on_change(field, self._changed(name), self._notice)
        self._more = kit.columns(*(self.fields[name] for name in ("start", "end", "days")))
        self._shown = kit.Region()
        self._all_days = kit.row(kit.button(_("Show all days"), self._widen, where=self._notice))
        self._title = kit.text_input(
            _("Title in the report"), hint=_("If you leave it empty, the finding is the title.")
        )
        self._fixed = kit.checkbox(_("Keep these days, whatever days the report covers"))
        self._pictures = kit.row(
            *(
                kit.button(
                    _("Save the picture ({kind})").format(kind=kind.upper()),
                    self._save(kind),
                    where=self._told,
                )
                for kind in ("png", "svg")
            )
        )
        self._keeping = kit.card(
            kit.columns(self._title, self._fixed),
            kit.row(
                kit.button(_("Put this into my report"), self._keep, where=self._told, main=True),
                self._pictures,
            ),
            self._told,
        )
        self.kept = Kept(page, model, self._go, self._told)
        super().__init__(
            [
                kit.card(
                    kit.columns(*(self.fields[name] for name in ("measure", "by", "window"))),
                    self._more,
                    self._notice,
                ),
                self._shown,
                self._all_days,
                self._keeping,
                self.kept,
            ]
        )
        self.add_class("ic-region")
        self.draw()

    def draw(self) -> None:
        """Show what is chosen, and offer what can be chosen with it."""
        model, choice = self._model, self._model.choice
        self._filling = True
        try:
            box = self.fields["by"].input
            if list(box.options) != model.groupings():
                box.options = model.groupings()
            for name, field in self.fields.items():
                field.value = getattr(choice, name)
        finally:
            self._filling = False
        own = choice.window == "own" and model.takes_window
        kit.seen(self.fields["window"], model.takes_window)
        for name, wanted in (("start", own), ("end", own), ("days", model.takes_days)):
            kit.seen(self.fields[name], wanted)
        kit.seen(self._more, own or model.takes_days)
        look, windowed = model.look(), any(model.window)
        if look.way:
            self._shown.show(kit.empty(look.way, title=look.finding))
        else:
            unseen = "ic-unseen" if look.chart else None
            self._shown.show(
                kit.el(
                    "section",
                    kit.el("h2", look.finding, class_=unseen),
                    kit.trusted(look.markup),
                    kit.small(" ".join(look.says)),
                    aria_label=_("What was found"),
                    class_="ic-found ic-tight",
                )
            )
        kit.seen(self._all_days, bool(look.way) and windowed)
        kit.seen(self._keeping, not look.way)
        kit.seen(self._pictures, look.chart)
        kit.seen(self._fixed, windowed)

    def _changed(self, name: str) -> Callable[[Any], None]:
        def take(value: Any) -> None:
            if self._filling:
                return
            self._told.clear()
            self._model.choose(**{name: value})
            self._redraw()

        return take

    def _redraw(self) -> None:
        self.draw()
        look = self._model.look()
        self._page.say(f"{look.finding}. {look.way}".strip())

    def _widen(self) -> None:
        self._model.choose(window="all")
        self._redraw()

    def _go(self) -> None:
        """Show what the model was made to choose."""
        self._told.clear()
        self._redraw()
        self.fields["measure"].input.focus()

    def _keep(self) -> None:
        said = self._model.keep(
            self._title.value, fixed=bool(self._fixed.value and any(self._model.window))
        )
        self._title.value, self._fixed.value = "", False
        self._told.done(said)
        self.kept.refresh()

    def _save(self, kind: str) -> Callable[[], None]:
        def save() -> None:
            path = self._model.save_picture(kind)
            self._told.done(_("Saved as {name} in your work folder.").format(name=path.name))

        return save
