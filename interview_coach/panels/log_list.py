"""The part "All calls": find them, see each one's story on a line, change it in place."""

from collections.abc import Callable
from functools import partial
from typing import Any

import ipywidgets as widgets
import pandas as pd

from interview_coach.language import _, pgettext
from interview_coach.panels import kit
from interview_coach.panels.choices import spoken
from interview_coach.panels.log_edit import CallEditor
from interview_coach.panels.log_find import ORDERS, PAGE, Wanted, find
from interview_coach.panels.log_model import LogModel
from interview_coach.panels.log_story import call_line, call_name, stories_of
from interview_coach.panels.log_words import BECAME
from interview_coach.wording import counted, number

__all__ = ["CallList"]


class CallList(widgets.VBox):
    """The part of the page with all calls.

    Parameters
    ----------
    page : Page
        To say things to screen readers.
    model : LogModel
        The log.
    follow : callable
        Given a call's id, goes to the form for the next call of its interview.
    """

    def __init__(self, page: kit.Page, model: LogModel, follow: Callable[[str], None]) -> None:
        self._page, self._model, self._follow = page, model, follow
        self._notice = kit.Notice()
        self._found, self._at, self._sought = pd.DataFrame(), 0, Wanted()
        self._editing: set[str] = set()
        self.list = kit.Region()
        self.filters = self._filters()
        for one in self.filters.values():
            kit.on_change(one, lambda __: self._seek(), self._notice)
        self._all = kit.row(kit.button(_("Take the filters away"), self._clear, where=self._notice))
        first, second = ("words", "state", "order"), ("cohort", "since", "until")
        super().__init__(
            [
                kit.card(
                    kit.columns(*(self.filters[name] for name in first)),
                    kit.fold(
                        _("Group and days"), kit.columns(*(self.filters[name] for name in second))
                    ),
                    self._all,
                ),
                self._notice,
                self.list,
            ]
        )
        self.add_class("ic-region")
        self.refresh()

    def _filters(self) -> dict[str, Any]:
        states = [(_("however"), ""), *((_(says), code) for code, says in BECAME.items())]
        return {
            "words": kit.text_input(
                _("Look for"), hint=_("In client, employer, group, notes."), live=False
            ),
            "state": kit.dropdown(_("How it ended"), states, ""),
            "cohort": kit.dropdown(_("Group"), [(_("any group"), "")], ""),
            "since": kit.date_input(pgettext("the first day", "From")),
            "until": kit.date_input(pgettext("the last day", "To")),
            "order": kit.dropdown(_("Order"), spoken(ORDERS), "newest"),
        }

    def refresh(self) -> None:
        """Read the log and draw the list anew, unless a call is open: what is typed there stays."""
        if self._editing:
            return
        self._model.read()
        cohorts = sorted(self._model.calls["cohort"].dropna().unique())
        box = self.filters["cohort"].input
        wanted = [(_("any group"), ""), *((name, name) for name in cohorts)]
        if list(box.options) != wanted:
            chosen = box.value
            box.options = wanted
            box.value = chosen if chosen in cohorts else ""
        self._seek()

    def show_call(self, call_id: str) -> None:
        """Bring a call into sight, to be changed, whatever the filters say."""
        self._sought = Wanted()
        self._clear()
        places = list(self._found["call_id"])
        if call_id in places:
            self._turn_to(places.index(call_id) // PAGE, editing=call_id)

    def _clear(self) -> None:
        for name, one in self.filters.items():
            one.value = {"order": "newest", "since": None, "until": None}.get(name, "")
        self._seek()

    def _seek(self) -> None:
        wanted = Wanted(**{name: one.value for name, one in self.filters.items()})
        if wanted != self._sought:
            self._at = 0
        self._sought = wanted
        kit.seen(self._all, wanted != Wanted())
        self._found = find(self._model.calls, wanted)
        self._turn_to(min(self._at, max(0, (len(self._found) - 1) // PAGE)))

    def _turn_to(self, at: int, *, editing: str = "") -> None:
        self._at = at
        self._editing.clear()
        found, every = self._found, len(self._model.calls)
        if found.empty:
            self.list.show(self._nothing(every))
            return
        shown: list[Any] = list(found.iloc[at * PAGE : (at + 1) * PAGE].itertuples())
        stories = stories_of(self._model, shown)
        rows = kit.Region(*(self._row(call, stories.get(call.call_id)) for call in shown))
        rows.add_class("ic-lines")
        rows.add_class("ic-brief")
        by_time = self._sought.order == "newest"
        self.list.show(
            kit.card(rows, title=self._title(len(shown), every)),
            kit.row(
                self._pager(_("Newer calls") if by_time else _("Before calls"), at - 1),
                self._pager(_("Older calls") if by_time else _("Further calls"), at + 1),
            ),
        )
        for row, call in zip(rows.children, shown, strict=True):
            if call.call_id == editing:
                self._edit(row, editing)

    def _title(self, shown: int, every: int) -> str:
        found = len(self._found)
        of = counted(every, "{n} call", "{n} calls")
        if found != every:
            # Translators: how many calls were found, of all: 12 of 340 calls.
            of = _("{found} of {calls}").format(found=number(found), calls=of)
        if shown == found:
            return of
        first = self._at * PAGE + 1
        return _("{first} to {last}, of {calls}").format(
            first=number(first), last=number(first + shown - 1), calls=of
        )

    def _nothing(self, every: int) -> Any:
        if every:
            return kit.empty(
                _("Take a word away, or widen the days."), title=_("No call fits these filters")
            )
        return kit.empty(
            _("Enter the first one under Log a call, or bring in a file under Import and export."),
            title=_("Nothing is logged yet"),
        )

    def _pager(self, words: str, to: int) -> Any:
        if not 0 <= to <= (len(self._found) - 1) // PAGE:
            return None
        return kit.button(words, partial(self._turn_to, to), where=self._notice)

    def _row(self, call: Any, story: Any) -> kit.Region:
        row = kit.Region()
        self._show_row(row, call, story)
        return row

    def _show_row(self, row: kit.Region, call: Any, story: Any, *after: Any) -> None:
        edit = kit.button(
            _("Edit"),
            partial(self._edit, row, call.call_id),
            where=self._notice,
            label=_("Edit {call}").format(call=call_name(call)),
        )
        line = call_line(call, story, coach=self._model.coach)
        row.show(kit.columns(line, edit, widths="end"), *after)

    def _edit(self, row: kit.Region, call_id: str) -> None:
        def close(words: str, written: bool) -> None:
            self._redraw(row, call_id, words, written)

        self._editing.add(call_id)
        row.show(CallEditor(self._model, call_id, close, self._follow))

    def _redraw(self, row: kit.Region, call_id: str, words: str, written: bool) -> None:
        """Show a row as the log has it now, with what was done to it, and how to take that back."""
        self._editing.discard(call_id)
        notice = kit.Notice()
        call = self._model.row(call_id)
        done: list[Any] = [notice]
        if words:
            notice.done(words)
            self._page.say(words)
        if written:

            def undo() -> None:
                self._redraw(row, call_id, self._model.undo(call_id), True)

            label = _("Undo") if call is not None else _("Bring it back")
            done.append(kit.row(kit.button(label, undo, where=notice)))
        if call is None:
            row.show(*done)
            return
        self._show_row(row, call, stories_of(self._model, [call]).get(call_id), *done)
