"""The log's page as a state: what is in the log, what is being typed, and what can be done to it."""

import datetime as dt
import secrets
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import pandas as pd
import traitlets

from interview_coach.errors import KitError
from interview_coach.language import ENGLISH, _, current
from interview_coach.outcomes import CallEntry, EntryError, OutcomeLog
from interview_coach.outcomes.undoing import Undone
from interview_coach.panels.desk import Desk
from interview_coach.panels.log_entry_model import EntryModel, from_today
from interview_coach.panels.log_words import field
from interview_coach.times import now_in

__all__ = ["LogModel", "in_words"]


class LogModel(traitlets.HasTraits):
    """The log, and the entry being typed.

    Attributes
    ----------
    log, coach : str
        A file or URL, and who is writing.
    entry : EntryModel
        The new call.
    calls, due : DataFrame
        As `OutcomeLog.calls` and `OutcomeLog.follow_ups` give them, when last read.
    notice : str
        What the log has to say itself, such as that it could not be backed up.
    changed : int
        Counts what was written; watch it.
    """

    notice = traitlets.Unicode()
    changed = traitlets.Int(0)
    wrong = traitlets.Dict()

    def __init__(self, log: str, coach: str, desk: Desk, timezone: str, **given: Any) -> None:
        super().__init__()
        self.log, self.coach, self.desk, self.timezone = log, coach, desk, timezone
        self.calls: pd.DataFrame = pd.DataFrame()
        self.due: pd.DataFrame = pd.DataFrame()
        self._written: tuple[Any, ...] | None = None
        self.read()
        self._new_key()
        self.entry = EntryModel(timezone=timezone)
        self.entry.day = now_in(timezone).date().to_stdlib()
        self._fill(given)
        self.entry.observe(self._keep)

    def _fill(self, given: Mapping[str, Any]) -> None:
        """Fill the form: what rarely changes, then today's call, then what was typed before."""
        mine = self.calls[self.calls["coach"] == self.coach]
        if not mine.empty:
            last = mine.iloc[-1]
            rarely = {n: last[n] for n in ("timezone", "channel", "caller", "cohort")}
            self.entry.take({n: v for n, v in rarely.items() if not pd.isna(v)})
        self.entry.take(self.desk.read("last_entry"))
        today, typed = self.desk.read("today"), self.desk.read("entry")
        # A newer call of today goes before what was typed of another one.
        if typed.get("today") == (today or None):
            self.entry.take(typed)
        else:
            self.entry.take(from_today(today))
        self.entry.take(given)

    def _keep(self, __: Any = None) -> None:
        # A desk that cannot be written must not get in the way of typing.
        with suppress(KitError):
            today = self.desk.read("today") or None
            self.desk.keep("entry", {**self.entry.kept(), "today": today})

    def _new_key(self) -> None:
        self._key = secrets.token_hex(8)

    def open(self) -> OutcomeLog:
        """Open the log; best in a ``with`` statement."""
        return OutcomeLog.open(self.log, self.coach)

    def read(self) -> None:
        """Read the log anew: its calls only if something was written since."""
        with self.open() as log:
            written = log.written()
            if written != self._written:
                self.calls, self._written = log.calls(), written
            self.due = log.follow_ups()
            self.notice = log.notice or ""

    def save(self) -> tuple[int, str]:
        """Log the entry, and the call at the new time with it where one is agreed.

        Returns
        -------
        (int, str)
            The number of the act that logged it, and what there is to say besides; the form is ready for the next one.

        Raises
        ------
        KitError
            If something is missing or contradicts itself; nothing that was typed is lost.
        """
        entry = self.entry
        self.wrong = {}
        call = entry.fields()
        following = entry.next_call()
        same = {"client_id": entry.client.strip()}
        if entry.of_coach:
            same["coach"] = entry.of_coach
        # The keys make a second click add nothing.
        of = entry.interview or f"interview-{self._key[:12]}"
        call |= {**same, "entry_key": self._key, "interview_id": of}
        if entry.interview:
            call["employer"] = call["cohort"] = None
        if following is not None:
            following |= {**same, "entry_key": f"{self._key}-next", "interview_id": of}
        besides = ""
        try:
            checked = [CallEntry(**one) for one in (call, following) if one is not None]
            with self.open() as log:
                call_id, *_rest = log.add_calls(checked)
                act = int(log.history(call_id)["write_id"].iloc[-1])
        except EntryError as error:
            raise self._in_words(error) from None
        tags = entry.tags.strip()
        if tags:
            besides = self._tag(tags)
        self._next()
        self.read()
        self.changed += 1
        return act, besides

    def _tag(self, tags: str) -> str:
        try:
            with self.open() as log:
                who = self.entry.of_coach or self.coach
                log.describe_client(self.entry.client.strip(), coach=who, tags=tags)
        except KitError as error:
            return _("The tags were not kept. {error}").format(error=error)
        return ""

    def _in_words(self, error: EntryError) -> KitError:
        self.wrong = {fault.field: fault.says for fault in error.faults}
        return in_words(error, _("Not logged yet"))

    def _next(self) -> None:
        """Get the form ready for the next call: what rarely changes stays, whose call it is does not."""
        entry = self.entry
        self._new_key()
        names = ("timezone", "channel", "caller", "cohort")
        with suppress(KitError):
            self.desk.clear("today", "draft")
            self.desk.keep("last_entry", {name: getattr(entry, name) for name in names})
        self.empty()

    def empty(self) -> None:
        """Empty the form; what rarely changes stays, and so does today's call on the desk."""
        entry = self.entry
        with suppress(KitError):
            self.desk.clear("entry")
        entry.unobserve(self._keep)
        for name in ("message", "spoke", "new", "booked"):
            setattr(entry, f"{name}_day", None)
            setattr(entry, f"{name}_time", None)
        entry.until_time = entry.time = None
        entry.messaged, entry.went_on = False, "nothing"
        for name in (
            "client",
            "employer",
            "initiator",
            "reason",
            "waited",
            "notes",
            "tags",
            "which",
        ):
            setattr(entry, name, "")
        entry.cause, entry.made_up = "unknown", False
        self.new_interview()
        entry.observe(self._keep)

    def example(self) -> None:
        """Fill the form in with a made-up call that was missed and recovered; nothing is logged by it.

        Raises
        ------
        KitError
            If something of the person's own has been typed.
        """
        entry = self.entry
        if entry.time is not None or entry.client or entry.notes or entry.interview:
            raise KitError(
                _(
                    "A call of yours is being entered: log it, or empty the form, and the example has room."
                )
            )
        entry.made_up = True
        entry.client, entry.employer = "C-000", _("Example Ltd")
        entry.day = now_in(self.timezone).subtract(days=1).date().to_stdlib()
        entry.time, entry.state = dt.time(14, 0), "missed"
        entry.missed_by, entry.cause = "interviewer_no_call", "overran"
        entry.messaged, entry.message_day, entry.message_time = True, entry.day, dt.time(14, 10)
        entry.until_time, entry.went_on = dt.time(15, 0), "spoke"
        entry.spoke_day, entry.spoke_time = entry.day, dt.time(14, 26)

    def new_interview(self) -> None:
        """Make the entry one of a new interview."""
        self.entry.interview = self.entry.of_coach = self.entry.follows = ""

    def follow_up(self, call_id: str) -> None:
        """Make the entry the next call of a call's interview, agreed as that one was."""
        with self.open() as log:
            call = log.call(call_id)
        entry = self.entry
        entry.client, entry.timezone = call["client_id"], call["timezone"]
        entry.employer, entry.cohort = call["employer"] or "", call["cohort"] or ""
        entry.channel, entry.caller = call["channel"], call["caller"]
        entry.state, entry.time = "pending", None
        entry.of_coach, entry.interview = call["coach"], call["interview_id"]
        entry.follows = call_id

    def editor(self, call_id: str) -> tuple[EntryModel, dict[str, Any]]:
        """Give a call as a form to change it, and all of its fields as they are now."""
        with self.open() as log:
            call = log.call(call_id)
        made = EntryModel()
        made.load(call)
        return made, call

    def change(self, entry: EntryModel, fields: Mapping[str, Any], why: str, revision: int) -> None:
        """Change a call, if nobody else has meanwhile.

        Raises
        ------
        ChangedMeanwhile
            If somebody has; nothing is written.
        KitError
            If the change is faulty; nothing is written.
        """
        try:
            with self.open() as log:
                log.change_call(entry.call_id, why=why, expected_revision=revision, **fields)
        except EntryError as error:
            raise in_words(error, _("Not changed")) from None
        self.read()
        self.changed += 1

    def undo(self, call_id: str, revision: int | None = None) -> str:
        """Take the last act on a call back; says what was."""
        # The keys of the fields are English words, and nobody else's.
        named = str if current() == ENGLISH else field
        with self.open() as log:
            said = log.undo(call_id, expected_revision=revision, named=named)
        self.read()
        self.changed += 1
        return said

    def undo_act(self, act: int) -> Undone:
        """Take all that one act did back: a call with its new time, or an import."""
        with self.open() as log:
            undone = log.undo_act(act)
        self.read()
        self.changed += 1
        return undone

    def row(self, call_id: str) -> Any:
        """Give a call as the list has it, None if it is not in the log."""
        found = self.calls[self.calls["call_id"] == call_id]
        return None if found.empty else next(found.itertuples())


def in_words(error: EntryError, what: str) -> KitError:
    """Say an entry's faults with the names that the form gives its fields."""
    says = [
        _("{field}: {says}").format(field=field(fault.field), says=fault.says)
        + ("" if fault.says.endswith("?") else ".")
        for fault in error.faults
    ]
    return KitError(_("{what}. {faults}").format(what=what, faults=" ".join(says)))
