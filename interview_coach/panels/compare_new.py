"""A policy of one's own: what is done when, built from fields, kept in the work folder."""

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any

import ipywidgets as widgets

from interview_coach.language import N_, _
from interview_coach.panels import kit
from interview_coach.panels.compare_model import CompareModel, policy_name
from interview_coach.panels.compare_own import FILE, DraftError

__all__ = ["New"]

_PAST = N_("Minutes past the agreed start; empty for none.")
_PAST_CHECK = N_("Minutes past the agreed start.")
_AS_ABOVE = N_("Minutes past the agreed start; empty: as above.")
# What a check may show: in the list of checks, and before what is done then.
_CHECKS = {
    "check_time": (
        N_("The invitation: date, time and zone"),
        N_("If it shows that the time may be another one:"),
    ),
    "check_number": (N_("The number"), N_("If it shows that the number is wrong:")),
}
_WHO = [
    (N_("The other side: who calls is swapped"), True),
    (N_("The same side as before"), False),
]


class New(widgets.VBox):
    """The form of a new policy, and the list of those that were built.

    Attributes
    ----------
    fields : dict of str to Field
        By the name of what they are in a `Draft`.
    """

    def __init__(self, page: kit.Page, model: CompareModel, built: Callable[[], None]) -> None:
        self._page, self._model, self._built = page, model, built
        self._notice, self._rows, self._undo = kit.Notice(), kit.Region(), kit.Region()
        draft = model.choice.draft
        self.fields = {
            "name": kit.text_input(
                _("Name"), draft.name, hint=_("In words: Call at ten, write at 20.")
            ),
            "call": kit.text_input(_("First call"), draft.call, hint=_(_PAST)),
            "voicemail": kit.checkbox(_("Leave a voicemail after the first call"), draft.voicemail),
            "email": kit.text_input(_("Email"), draft.email, hint=_(_PAST)),
            "again": kit.text_input(_("Second call"), draft.again, hint=_(_PAST)),
            "hold": kit.text_input(
                _("Hold until"),
                draft.hold,
                hint=_("Minutes past the agreed start at which the wait ends."),
            ),
            "next_day": kit.checkbox(_("Offer new times by email the next day"), draft.next_day),
            "confirm": kit.checkbox(_("Confirm a new time ahead"), draft.confirm),
            "swap": kit.dropdown(
                _("Who calls after a second miss?"),
                [(_(words), who) for words, who in _WHO],
                draft.swap,
            ),
            "check": kit.dropdown(_("Check something first?"), self._checks(), self._check()),
            "check_at": kit.text_input(_("When to check"), draft.check_at, hint=_(_PAST_CHECK)),
            "then_call": kit.text_input(_("Then call"), draft.then_call, hint=_(_AS_ABOVE)),
            "then_email": kit.text_input(
                _("Then write an email"), draft.then_email, hint=_(_AS_ABOVE)
            ),
            "then_hold": kit.text_input(_("Then hold until"), draft.then_hold, hint=_(_AS_ABOVE)),
        }
        self._if, self._then = kit.Region(), kit.Region()
        for name, field in self.fields.items():
            kit.on_change(field, partial(self._typed, name), self._notice)
        self._filling = False
        first = [self.fields[name] for name in ("name", "call", "voicemail", "email", "again")]
        last = [self.fields[name] for name in ("hold", "next_day", "confirm", "swap")]
        thens = [self.fields[name] for name in ("then_call", "then_email", "then_hold")]
        self._then.show(self._if, kit.columns(*thens))
        self.fold = kit.fold(
            _("Build a policy of my own"),
            kit.columns(kit.Region(*first), kit.Region(*last)),
            kit.columns(self.fields["check"], self.fields["check_at"]),
            self._then,
            kit.row(kit.button(_("Compare it"), self._add, where=self._notice, main=True)),
            self._notice,
            self._rows,
            self._undo,
        )
        super().__init__([self.fold])
        self.add_class("ic-region")
        self.list()

    def _checks(self) -> list[tuple[str, str]]:
        """List the checks that may show something in the chosen call."""
        scenario = self._model.usual.base
        open_ = {one.do for one in scenario.offer}
        telling = {verb for cause in scenario.cause for verb in cause.cue}
        there = [(_(_CHECKS[verb][0]), verb) for verb in _CHECKS if verb in open_ & telling]
        return [(_("Nothing"), ""), *there]

    def _check(self) -> str:
        """Give the check that is chosen; none where the chosen call has not that one."""
        chosen = self._model.choice.draft.check
        return chosen if chosen in {verb for _words, verb in self._checks()} else ""

    def _show_check(self) -> None:
        """Ask what to do then only where something is checked."""
        check = self.fields["check"].value
        for part in (self.fields["check_at"], self._then):
            kit.seen(part, bool(check))
        if check:
            self._if.show(kit.text(kit.el("b", _(_CHECKS[check][1]))))

    def list(self) -> None:
        """Show the coach's own policies, and the checks that there are in this call."""
        options, field = self._checks(), self.fields["check"]
        if list(field.input.options) != options:
            check, self._filling = self._check(), True
            try:
                field.input.options = options
                field.value = check
            finally:
                self._filling = False
            self._model.draft(check=check)
        self._show_check()
        own = self._model.of_own
        if not own:
            self._rows.show()
            return
        rows = [
            kit.columns(
                kit.text(policy_name(policy)),
                kit.button(
                    _("Remove"),
                    partial(self._remove, key),
                    where=self._notice,
                    label=_("Remove {name}").format(name=key),
                ),
                widths="end",
            )
            for key, policy in own.items()
        ]
        lines = kit.Region(*rows)
        lines.add_class("ic-lines")
        self._rows.show(
            kit.heading(_("Your own policies"), 3),
            lines,
            kit.small(
                _("They stand in {file} of your work folder; in a terminal: {command}").format(
                    file=FILE,
                    command=f"interview-coach compare guidance {FILE}",  # unmarked: a command
                )
            ),
        )

    def _typed(self, name: str, value: Any) -> None:
        if not self._filling:
            self.fields[name].error = ""
            self._model.draft(**{name: value})
            if name == "check":
                self._show_check()

    def _add(self) -> None:
        for field in self.fields.values():
            field.error = ""
        try:
            key = self._model.add()
        except DraftError as wrong:
            for name, words in wrong.fields.items():
                self.fields[name].error = words
            self.fields[next(iter(wrong.fields))].input.focus()
            self._notice.fail(str(wrong))
            return
        self._filling = True
        try:
            for name, value in asdict(self._model.choice.draft).items():
                self.fields[name].value = value
        finally:
            self._filling = False
        self._undo.show()
        self.list()
        self._built()
        self._notice.done(
            _("{name} is compared with the others, and kept in {file}.").format(name=key, file=FILE)
        )

    def _remove(self, key: str) -> None:
        before = self._model.remove(key)
        self.list()
        self._built()
        words = _("Taken out: {name}.").format(name=key)
        self._page.say(words)
        self._undo.show(
            kit.row(
                kit.text(words),
                kit.button(_("Put it back"), partial(self._back, before), where=self._notice),
            )
        )

    def _back(self, before: str) -> None:
        self._model.put_back(before)
        self._undo.show()
        self.list()
        self._built()
        self._notice.done(_("It is back."))
