"""Changing a call in place: its fields, why, its history, and the choice when somebody was faster."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as widgets

from interview_coach.errors import KitError
from interview_coach.language import N_, _
from interview_coach.outcomes import ChangedMeanwhile
from interview_coach.outcomes.history import TAKEN_BACK
from interview_coach.panels import kit
from interview_coach.panels.log_fields import CallFields
from interview_coach.panels.log_model import LogModel
from interview_coach.panels.log_words import field, local, told
from interview_coach.wording import number

__all__ = ["CallEditor", "history_table"]

_ACTS = {
    "added": N_("logged it"),
    "imported": N_("imported it"),
    "changed": N_("changed it"),
    "undone": N_("took the last act back"),
    "erased": N_("erased the client"),
}


class CallEditor(widgets.VBox):
    """A call, to be changed where it stands in the list.

    Parameters
    ----------
    model : LogModel
        The log.
    call_id : str
        The call.
    close : callable
        Ends it: takes what to say, "" for nothing, and whether that was written and can be undone.
    follow : callable
        Goes to the form for the next call of the interview.
    """

    def __init__(
        self,
        model: LogModel,
        call_id: str,
        close: Callable[[str, bool], None],
        follow: Callable[[str], None],
    ) -> None:
        self._model, self._close, self._follow = model, close, follow
        self._call_id = call_id
        self._body = kit.Region()
        super().__init__([self._body])
        self.add_class("ic-region")
        self.load()

    def load(self, says: str = "") -> None:
        """Show the call as the log has it now."""
        self.notice = kit.Notice()
        self.entry, self._opened = self._model.editor(self._call_id)
        self.fields = CallFields(self.entry, self.notice)
        state = self.entry.state
        self.why = kit.text_input(
            _("Why do you change it?"),
            _("It went on since")
            if state in {"pending", "missed"}
            else _("It was entered wrongly"),
            hint=_("For whoever reads the history."),
        )
        timezone = self.entry.timezone
        head = f"{self.entry.client} · {local(self._opened['scheduled_at'], timezone)}"
        form = kit.Region(
            self.fields,
            self.why,
            kit.row(
                kit.button(_("Save"), self._save, where=self.notice, main=True),
                kit.button(
                    _("Leave it as it is"), lambda: self._close("", False), where=self.notice
                ),
            ),
            self.notice,
        )
        form.add_class("ic-form")
        self._body.show(
            kit.heading(head, 3, focus=True),
            kit.text(says) if says else None,
            form,
            kit.row(
                kit.button(
                    _("Log the next call"),
                    lambda: self._follow(self._call_id),
                    where=self.notice,
                ),
                kit.button(_("Undo the last change"), self._undo, where=self.notice),
            ),
            kit.fold(_("History"), make=lambda: [self._history()], where=self.notice),
        )

    def _history(self) -> Any:
        with self._model.open() as log:
            return history_table(log.history(self._call_id), self.entry.timezone)

    def _save(self) -> None:
        fields = self.entry.changed()
        if not fields:
            raise KitError(_("Nothing is changed yet; change a field, or leave the call as it is."))
        self._put(fields, self.entry.revision)

    def _put(self, fields: Mapping[str, Any], revision: int) -> None:
        try:
            self._model.change(self.entry, fields, str(self.why.value), revision)
        except ChangedMeanwhile as meanwhile:
            self._conflict(meanwhile, fields)
            return
        named = ", ".join(field(name) for name in fields)
        self._close(_("Changed: {fields}.").format(fields=named), True)

    def _undo(self) -> None:
        try:
            said = self._model.undo(self._call_id, self.entry.revision)
        except ChangedMeanwhile as meanwhile:
            self._model.read()
            self.load(
                _(
                    "{coach} changed this call meanwhile. Nothing was taken back; here it is as it "
                    "is now."
                ).format(coach=meanwhile.by)
            )
            return
        self._close(said, True)

    def _conflict(self, meanwhile: ChangedMeanwhile, fields: Mapping[str, Any]) -> None:
        """Show both versions; nothing is written until one is chosen."""
        self.notice = kit.Notice()
        with self._model.open() as log:
            now = log.call(self._call_id)
        timezone = self.entry.timezone
        yours = meanwhile.yours

        def words(name: str, value: Any) -> str:
            return told(name, value, timezone)

        changed = [n for n in self._opened if n not in {"revision"} and now[n] != self._opened[n]]
        names = [*yours, *(name for name in changed if name not in yours)]
        rows = [
            (
                field(name),
                words(name, self._opened[name]),
                words(name, now[name]),
                words(name, yours[name]) if name in yours else _("as they have it"),
            )
            for name in names
        ]
        picks = {
            name: kit.radio(
                field(name),
                [
                    (_("Theirs: {value}").format(value=words(name, now[name])), "theirs"),
                    (_("Mine: {value}").format(value=words(name, yours[name])), "mine"),
                ],
                "theirs",
            )
            for name in yours
        }

        def theirs() -> None:
            self._model.read()
            self._close(_("Kept as they have it. Nothing of yours was written."), False)

        def mine(only: Callable[[], set[str]]) -> Callable[[], None]:
            def put() -> None:
                chosen = {name: value for name, value in fields.items() if name in only()}
                if not chosen:
                    theirs()
                    return
                self._put(chosen, meanwhile.revision)

            return put

        def picked() -> set[str]:
            return {name for name, pick in picks.items() if pick.value == "mine"}

        self._body.show(
            kit.heading(
                _("{coach} changed this call while you had it open").format(coach=meanwhile.by),
                3,
                focus=True,
            ),
            kit.text(
                _(
                    "At {time}, the client's clock. Nothing was overwritten: say which is right."
                ).format(time=local(meanwhile.at, timezone))
            ),
            kit.el(
                "div",
                kit.table(
                    (_("Field"), _("Before"), _("Theirs, in the log"), _("Yours, not written")),
                    rows,
                    caption=_("What differs"),
                ),
                class_="ic-tight",
            ),
            kit.row(
                kit.button(_("Keep theirs"), theirs, where=self.notice),
                kit.button(_("Save mine over it"), mine(lambda: set(fields)), where=self.notice),
            ),
            kit.fold(
                _("Choose field by field"),
                *picks.values(),
                kit.row(kit.button(_("Save as chosen"), mine(picked), where=self.notice)),
                where=self.notice,
            )
            if len(yours) > 1
            else None,
            self.notice,
            kit.small(_("Theirs stays in the history, whatever you choose.")),
        )


def history_table(history: Any, timezone: str) -> kit.Html:
    """Show what was done to a call, the newest first: when, who, what it was and became, and why."""
    rows = []
    for act in history.iloc[::-1].itertuples():
        name = act.field if isinstance(act.field, str) else ""
        if name in {"sequence", "entry_digest"}:
            continue
        change = f"{told(name, act.was, timezone)} → {told(name, act.became, timezone)}"
        rows.append(
            (
                local(act.at, timezone),
                act.by,
                _(_ACTS.get(act.action, act.action)),
                f"{field(name)}: {change}" if name else "",
                _why(act),
            )
        )
    return kit.el(
        "div",
        kit.table(
            (_("When"), _("Who"), _("Did what"), _("What changed"), _("Why")),
            rows,
            caption=_("Everything that was done to this call; times on the client's clock"),
        ),
        class_="ic-tight",
    )


def _why(act: Any) -> str:
    """Give the reason of an act; those that the kit keeps itself, in English, as the reader speaks."""
    if not isinstance(act.why, str):
        return ""
    if act.action == "undone" and act.why == TAKEN_BACK:
        return _("taken back")
    of_file = re.fullmatch(r"(.+): ([\d,]+) of ([\d,]+) rows", act.why)
    if act.action != "imported" or of_file is None:
        return str(act.why)
    file, *counts = of_file.groups()
    n, total = (number(int(one.replace(",", ""))) for one in counts)
    return _("{file}: {n} of {total} rows").format(file=file, n=n, total=total)
