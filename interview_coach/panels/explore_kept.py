"""What stands in the report of the views that were put there: shown again, taken out, put back."""

from collections.abc import Callable
from functools import partial

import ipywidgets as widgets

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.panels import kit
from interview_coach.panels.explore_model import ExploreModel
from interview_coach.reports.content.kept import view_name, window_words
from interview_coach.reports.saved import View
from interview_coach.wording import counted

__all__ = ["Kept"]


class Kept(widgets.VBox):
    """The list of saved views.

    Parameters
    ----------
    page : Page
        To say things to screen readers.
    model : ExploreModel
        The views, and what shows them.
    go : callable
        Called when the model was made to choose a view.
    told : Notice
        What was said of the view before; it is taken away when the list changes.
    """

    def __init__(
        self, page: kit.Page, model: ExploreModel, go: Callable[[], None], told: kit.Notice
    ) -> None:
        self._page, self._model, self._go, self._told = page, model, go, told
        self._notice, self._list, self._undo = kit.Notice(), kit.Region(), kit.Region()
        super().__init__([self._list, self._undo, self._notice])
        self.add_class("ic-region")
        self.refresh()

    def refresh(self) -> None:
        """Read the list anew."""
        self._undo.show()
        try:
            views = self._model.views()
        except KitError as problem:
            self._list.show(
                kit.error(str(problem), title=_("What is in your report cannot be read"))
            )
            return
        if not views:
            self._list.show()
            return
        rows = kit.Region(*(self._row(view) for view in views))
        rows.add_class("ic-lines")
        self._list.show(
            kit.card(
                kit.text(
                    counted(
                        len(views),
                        "{n} view stands at the end of your report, counted anew each time. A report "
                        "for a funder leaves out what it cannot protect.",
                        "{n} views stand at the end of your report, counted anew each time. A report "
                        "for a funder leaves out what it cannot protect.",
                    ),
                    soft=True,
                ),
                rows,
                kit.row(kit.link_button(_("See the report"), page="06_outcome_report")),
                title=_("In your report"),
            )
        )

    def _row(self, view: View) -> widgets.GridBox:
        name = view_name(view)
        own = window_words(view.start, view.end)
        told = [view_name(view.untitled)] if view.title else []
        told.append(
            # Translators: {days} is "from 5 March 2026 to 31 March 2026" or the like.
            _("calls scheduled {days}").format(days=own) if own else _("the report's days")
        )
        if view.days:
            told.append(counted(view.days, "within {n} day", "within {n} days"))
        line = kit.el(
            "div",
            kit.el("p", kit.el("b", name)),
            kit.text(" · ".join(told), soft=True),
        )
        return kit.columns(
            line,
            kit.row(
                kit.button(
                    _("Show"),
                    partial(self._show, view),
                    where=self._notice,
                    label=_("Show {name}").format(name=name),
                ),
                kit.button(
                    _("Remove"),
                    partial(self._remove, view),
                    where=self._notice,
                    label=_("Remove {name}").format(name=name),
                ),
            ),
            widths="end",
        )

    def _show(self, view: View) -> None:
        self._model.show(view)
        self._go()

    def _remove(self, view: View) -> None:
        place = self._model.remove(view)
        self._told.clear()
        self.refresh()
        words = _("Taken out of your report: {view}.").format(view=view_name(view))
        self._page.say(words)
        self._undo.show(
            kit.row(
                kit.text(words),
                kit.button(_("Put it back"), partial(self._back, view, place), where=self._notice),
            )
        )

    def _back(self, view: View, place: int) -> None:
        self._model.put_back(view, place)
        self.refresh()
        self._notice.done(_("It is back in your report."))
