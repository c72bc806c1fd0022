"""The part "Log a call": what waits, the form, the chart of missed calls, and the latest calls."""

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from interview_coach.charts import rate_by_month
from interview_coach.language import _
from interview_coach.measures import missed_call_rate, ordinary_noise
from interview_coach.panels import kit
from interview_coach.panels.log_back import WayBack
from interview_coach.panels.log_due import due_card
from interview_coach.panels.log_fields import CallFields
from interview_coach.panels.log_model import LogModel
from interview_coach.panels.log_story import call_line, call_name, stories_of

__all__ = ["NewCall"]

_LATEST = 5


class NewCall(widgets.VBox):
    """The part of the page in which a call is logged.

    Parameters
    ----------
    page : Page
        To say things to screen readers.
    model : LogModel
        The log.
    change : callable
        Given a call's id, shows it in the list, to be changed.
    """

    def __init__(self, page: kit.Page, model: LogModel, change: Callable[[str], None]) -> None:
        self._page, self._model, self._change = page, model, change
        self._notice = kit.Notice()
        self._waits, self._follows, self._seen = kit.Region(), kit.Region(), kit.Region()
        self._after = WayBack(model, self._notice, self._notice.done)
        self.fields = CallFields(model.entry, self._notice)
        made_up = kit.Region(
            kit.text(
                kit.tag(_("Example"), "blue"),
                " ",
                _("Made up. If you log it, it is marked as synthetic, here and in every report."),
            )
        )
        kit.on_change(model.entry, lambda on: kit.seen(made_up, on), name="made_up")
        kit.seen(made_up, model.entry.made_up)
        form = kit.card(
            made_up,
            self._follows,
            self.fields,
            kit.row(
                kit.button(_("Log it"), self._save, where=self._notice, main=True),
                kit.button(_("Empty the form"), model.empty, where=self._notice),
                kit.small(_("Enter logs it too, from any field above.")),
            ),
            self._notice,
            self._after,
        )
        form.add_class("ic-form")
        super().__init__([self._waits, form, self._seen])
        self.add_class("ic-region")
        kit.on_change(model, lambda __: self.refresh(), self._notice, name="changed")
        kit.on_change(model, self.fields.wrong, self._notice, name="wrong")
        kit.on_change(model.entry, lambda __: self._say_follows(), self._notice, name="follows")
        self._say_follows()
        self.refresh()

    def refresh(self) -> None:
        """Draw anew what the log says; the form stays, so that who types on loses no letter."""
        card = due_card(self._model, self._notice, self.follow, self._change)
        self._waits.show(card)
        kit.seen(self._waits, card is not None)
        self._seen.show(*self._latest())

    def follow(self, call_id: str) -> None:
        """Make the form the next call of a call's interview."""
        self._after.show()
        again = self._model.entry.follows == call_id
        self._model.follow_up(call_id)
        if again:
            self._say_follows()  # takes whoever pressed it twice to the form once more
        self._page.say(
            _("The form is for the next call of {client}.").format(client=self._model.entry.client)
        )

    def _save(self) -> None:
        self._after.show()
        act, besides = self._model.save()
        says = _("Logged. The chart and the list below have it.")
        self._notice.done(f"{says} {besides}".strip())
        self._page.say(_("Logged."))
        self._after.offer(act)

    def _say_follows(self) -> None:
        entry = self._model.entry
        call = self._model.row(entry.follows) if entry.follows else None
        if not entry.interview:
            self._follows.show()
            kit.seen(self._follows, False)
            return
        kit.seen(self._follows, True)
        before = entry.client if call is None else call_name(call)
        self._follows.show(
            kit.heading(_("The next call of {client}").format(client=entry.client), focus=True),
            kit.text(_("It goes with: {before}.").format(before=before), soft=True),
            kit.row(
                kit.button(
                    _("A new interview instead"), self._model.new_interview, where=self._notice
                )
            ),
        )

    def _latest(self) -> list[Any]:
        model = self._model
        if model.calls.empty:
            return [
                kit.empty(
                    _("Enter the first call above, or bring in a file under Import and export."),
                    title=_("Nothing is logged yet"),
                )
            ]
        rows: list[Any] = list(model.calls.tail(_LATEST).iloc[::-1].itertuples())
        stories = stories_of(model, rows)
        lines = kit.Region(
            *(
                kit.Region(call_line(one, stories.get(one.call_id), coach=model.coach))
                for one in rows
            )
        )
        lines.add_class("ic-lines")
        return [
            kit.columns(_chart(model.calls), kit.card(lines, title=_("The latest calls"))),
            kit.row(kit.link_button(_("See the report"), page="06_outcome_report")),
        ]


def _chart(calls: Any) -> Any:
    rates = ordinary_noise(missed_call_rate(calls, "month"))
    if not rates["N"].sum():
        return kit.card(
            kit.text(_("The chart comes with the first call that was held or missed."), soft=True)
        )
    chart = rate_by_month(rates, synthetic=bool(calls["synthetic"].any()))
    return kit.card(kit.trusted(chart.html()))
