"""The part "Clients": group, tags and outcome of each, and erasing one for good."""

from functools import partial
from typing import Any

import ipywidgets as widgets
import pandas as pd

from interview_coach.errors import KitError
from interview_coach.language import _, ngettext
from interview_coach.outcomes import EntryError
from interview_coach.panels import kit
from interview_coach.panels.log_find import PAGE
from interview_coach.panels.log_model import LogModel, in_words
from interview_coach.panels.log_words import options, told, whose
from interview_coach.times import date_in_brief
from interview_coach.wording import counted, number

__all__ = ["Clients"]


class Clients(widgets.VBox):
    """The part of the page with all clients."""

    def __init__(self, page: kit.Page, model: LogModel) -> None:
        self._page, self._model = page, model
        self._notice = kit.Notice()
        self._at = 0
        self.words = kit.text_input(_("Look for"), hint=_("A pseudonym, a group or a tag."))
        self.list = kit.Region()
        super().__init__([kit.card(self.words), self._notice, self.list])
        self.add_class("ic-region")
        kit.on_change(self.words, lambda __: self._seek(), self._notice)
        self.refresh()

    def refresh(self) -> None:
        """Read the clients anew."""
        with self._model.open() as log:
            self._clients = log.clients()
        self._calls = self._model.calls.groupby(["coach", "client_id"]).size()
        self._draw()

    def _seek(self) -> None:
        self._at = 0
        self._draw()

    def _found(self) -> pd.DataFrame:
        kept = pd.Series(True, index=self._clients.index)
        for word in str(self.words.value).casefold().split():
            found = pd.Series(False, index=self._clients.index)
            for name in ("client_id", "cohort", "tags", "coach"):
                texts = self._clients[name].fillna("").str.casefold()
                found |= texts.str.contains(word, regex=False)
            kept &= found
        return self._clients[kept]

    def _draw(self) -> None:
        found = self._found()
        if found.empty:
            title = (
                _("Nobody fits these words")
                if len(self._clients)
                else _("Nobody is in the log yet")
            )
            says = (
                _("Take a word away.")
                if len(self._clients)
                else _("Clients come with their first call.")
            )
            self.list.show(kit.empty(says, title=title))
            return
        self._at = min(self._at, (len(found) - 1) // PAGE)
        shown: list[Any] = list(found.iloc[self._at * PAGE : (self._at + 1) * PAGE].itertuples())
        rows = kit.Region(*(self._row(client) for client in shown))
        rows.add_class("ic-lines")
        rows.add_class("ic-brief")
        first, many = self._at * PAGE + 1, len(found)
        title = counted(many, "{n} client", "{n} clients")
        if many > PAGE:
            title = _("{first} to {last} of {all}").format(
                first=number(first), last=number(first + len(shown) - 1), all=title
            )
        self.list.show(
            kit.card(rows, title=title),
            kit.row(
                self._pager(_("Clients before"), -1) if self._at else None,
                self._pager(_("Further clients"), 1) if (self._at + 1) * PAGE < many else None,
            ),
        )

    def _pager(self, words: str, by: int) -> Any:
        def turn() -> None:
            self._at += by
            self._draw()

        return kit.button(words, turn, where=self._notice)

    def _row(self, client: Any) -> kit.Region:
        row = kit.Region()
        self._show_row(row, client)
        return row

    def _show_row(self, row: kit.Region, client: Any, *after: Any) -> None:
        many = int(self._calls.get((client.coach, client.client_id), 0))
        said = [counted(many, "{n} call", "{n} calls")]
        if not pd.isna(client.cohort):
            said.append(client.cohort)
        if not pd.isna(client.tags):
            said.append(client.tags)
        outcome = None if pd.isna(client.outcome) else told("outcome", client.outcome)
        if outcome and not pd.isna(client.outcome_on):
            # Translators: what came of it all, and the day of which it is true.
            outcome = _("{outcome} ({day})").format(
                outcome=outcome, day=date_in_brief(client.outcome_on.date(), weekday=False)
            )
        other = whose(client.coach) if client.coach != self._model.coach else ""
        line = kit.el(
            "div",
            kit.el("p", kit.el("b", client.client_id), other, " · ", " · ".join(said)),
            kit.text(outcome or _("outcome not known"), soft=True),
        )
        edit = kit.button(
            _("Open"),
            partial(self._open, row, client),
            where=self._notice,
            label=_("Open client {client}").format(client=client.client_id),
        )
        row.show(kit.columns(line, edit, widths="end"), *after)

    def _again(self, row: kit.Region, client: Any, words: str) -> None:
        """Show a client's row as the log has it now."""
        with self._model.open() as log:
            self._clients = log.clients()
        same = self._clients[
            (self._clients["client_id"] == client.client_id)
            & (self._clients["coach"] == client.coach)
        ]
        notice = kit.Notice()
        notice.done(words)
        self._page.say(words)
        self._show_row(row, next(same.itertuples()), notice)

    def _open(self, row: kit.Region, client: Any) -> None:
        notice = kit.Notice()

        def text(name: str) -> str:
            value = getattr(client, name)
            return "" if pd.isna(value) else str(value)

        on = None if pd.isna(client.outcome_on) else client.outcome_on.date()
        known = [(_("not asked yet"), ""), *options("outcome")]
        fields: dict[str, Any] = {
            "outcome": kit.dropdown(_("What came of it"), known, text("outcome")),
            "outcome_on": kit.date_input(_("True on"), on, hint=_("The day of which you know it.")),
            "cohort": kit.text_input(_("Group"), text("cohort"), hint=_("Programme or cohort.")),
            "tags": kit.text_input(_("Tags"), text("tags"), hint=_("Words, with commas between.")),
            "player": kit.text_input(
                _("Practises as"),
                text("player"),
                hint=_("Only if the client agreed that practised calls are linked."),
            ),
            "name": kit.text_input(_("Name"), text("name")),
            "contact": kit.text_input(_("Contact"), text("contact")),
        }
        before = {name: one.value for name, one in fields.items()}

        def save() -> None:
            changed: dict[str, Any] = {
                name: (one.value.strip() if isinstance(one.value, str) else one.value) or None
                for name, one in fields.items()
                if one.value != before[name]
            }
            if not changed:
                raise KitError(_("Nothing is changed yet."))
            if "outcome" in changed and changed["outcome"] is None:
                # What nobody has asked is true of no day.
                changed["outcome_on"] = None
            try:
                with self._model.open() as log:
                    log.describe_client(client.client_id, coach=client.coach, **changed)
            except EntryError as error:
                raise in_words(error, _("Not kept")) from None
            self._again(row, client, _("Kept."))

        form = kit.Region(
            kit.columns(fields["outcome"], fields["outcome_on"]),
            kit.columns(fields["cohort"], fields["tags"]),
            kit.fold(
                _("Name and contact, kept apart from everything else"),
                kit.columns(fields["name"], fields["contact"]),
                fields["player"],
            ),
            kit.row(
                kit.button(_("Keep this"), save, where=notice, main=True),
                kit.button(_("Close"), partial(self._show_row, row, client), where=notice),
            ),
            notice,
        )
        form.add_class("ic-form")
        row.show(
            kit.heading(client.client_id, 3, focus=True),
            form,
            self._erasing(row, client),
        )

    def _erasing(self, row: kit.Region, client: Any) -> Any:
        """Ask twice before a client is erased: it cannot be taken back."""
        notice = kit.Notice()
        many = int(self._calls.get((client.coach, client.client_id), 0))
        left = ngettext(
            "Name, contact, notes and all free text of {client} go: from the calls, from the history, "
            "and from the backups that the kit made. Their {n} call still counts, with no word on "
            "whose they were.",
            "Name, contact, notes and all free text of {client} go: from the calls, from the history, "
            "and from the backups that the kit made. Their {n} calls still count, with no word on "
            "whose they were.",
            many,
        ).format(client=client.client_id, n=number(many))
        sure = kit.checkbox(_("I know that nobody can bring this back"))

        def erase() -> None:
            if not sure.value:
                raise KitError(_("Tick the line above first; nothing was erased."))
            with notice.working(_("Erasing, in the backups too …")), self._model.open() as log:
                done = log.erase(client.client_id, coach=client.coach)
            self._model.read()
            self._model.changed += 1
            self._page.say(_("Erased."))
            row.show(kit.finished(done.summary().replace("\n", " "), title=_("Erased")))

        return kit.fold(
            _("Erase this client"),
            kit.text(left),
            sure,
            kit.row(
                kit.button(_("Erase {client}").format(client=client.client_id), erase, where=notice)
            ),
            notice,
        )
