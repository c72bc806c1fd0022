"""The outcome log: what happened to each call, kept so that nothing is lost or changed in silence."""

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Self

import pandas as pd
from sqlalchemy import Connection, Engine

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes import (
    acts,
    backups,
    database,
    framing,
    history,
    keys,
    undoing,
)
from interview_coach.outcomes.acts import CALL_FIELDS, INTERVIEW_FIELDS
from interview_coach.outcomes.keys import keyed_digest
from interview_coach.outcomes.model import CallEntry, EntryError, EntryFault, in_state
from interview_coach.outcomes.opened import utc_now
from interview_coach.outcomes.plain import Run
from interview_coach.outcomes.team import login
from interview_coach.outcomes.upkeep import Upkeep

__all__ = ["CALL_FIELDS", "INTERVIEW_FIELDS", "OutcomeLog", "keyed_digest"]


class OutcomeLog(Upkeep):
    """A log of calls, interviews and clients, with the history of every change.

    Open it with `OutcomeLog.open`, best in a ``with`` statement. Every method that writes does so in
    one transaction: all of it is kept, on the disk, when the method returns, or nothing is.
    """

    def __init__(self, engine: Engine, name: str, coach: str, clock: Callable[[], datetime]):
        super().__init__(engine, name, coach, clock)
        # What the person should know, though the log can be used: that no backup could be made.
        self.notice: str | None = None
        self._salt: str | None = None

    @classmethod
    def open(
        cls,
        url_or_path: str | os.PathLike[str],
        coach: str = "me",
        *,
        clock: Callable[[], datetime] = utc_now,
    ) -> Self:
        """Open a log, making it if there is none.

        Parameters
        ----------
        url_or_path : str or path
            A file (``outcomes.db``), or a URL (``sqlite:///outcomes.db``).
        coach : str
            Who is writing: the coach of calls that name none, and the "by" of the history. On a
            team's server it is whoever is logged in; leave it out there.
        clock : callable
            Gives the present moment as an aware datetime.

        Raises
        ------
        KitError
            If it cannot be opened, is damaged, or is no outcome log.
        """
        if not coach.strip():
            raise KitError(
                _("The outcome log needs to know who is writing; give the coach a name.")
            )
        url = database.location(url_or_path)
        engine, name = database.connect(url), database.name_of(url)
        log = cls(engine, name, login.writer(engine, name, coach.strip()), clock)
        log.notice = backups.when_opened(log._engine, log._name, log._now())
        return log

    def add_call(self, entry: CallEntry | Mapping[str, Any]) -> str:
        """Log a call; for an interview that has calls already, it is the next one.

        Parameters
        ----------
        entry : CallEntry or mapping
            The call. Without `interview_id` a new interview is begun. An `entry_key` that the log
            has seen adds nothing, so that a doubled click logs one call.

        Returns
        -------
        str
            The `call_id`; of a repeated `entry_key`, that of the first time.

        Raises
        ------
        EntryError
            If the entry is faulty or contradicts the interview it belongs to; nothing is written.
        KitError
            If the log cannot be written.
        """
        return self.add_calls([entry])[0]

    def add_calls(self, entries: Iterable[CallEntry | Mapping[str, Any]]) -> list[str]:
        """Log calls that belong together as one act, all of them or none.

        A missed call and the one at the new time agreed for it are logged so, one after the other,
        with the same `interview_id`.

        Parameters
        ----------
        entries : iterable of CallEntry or mapping
            As for `add_call`.

        Returns
        -------
        list of str
            The `call_id` of each.

        Raises
        ------
        EntryError
            If an entry is faulty or contradicts the interview it belongs to; nothing is written.
        KitError
            If the log cannot be written.
        """
        calls = [one if isinstance(one, CallEntry) else CallEntry(**one) for one in entries]
        now = self._now()
        for entry in calls:
            _not_ahead_of(now, entry)
        with self._writing() as run:
            begun: list[history.Act] = []

            def act() -> history.Act:
                if not begun:
                    begun.append(self._begin(run, now, "added"))
                return begun[0]

            added = []
            for entry in calls:
                coach, call_id = entry.coach or self.coach, None
                if entry.entry_key is not None:
                    call_id = "call-" + self._digest(run)(f"entry\0{coach}\0{entry.entry_key}")
                added.append(acts.add(run, entry, coach, call_id, act))
            return added

    def add_frame(self, frame: pd.DataFrame) -> int:
        """Log the calls of a data frame, all of them or none; rows that the log has add nothing.

        Parameters
        ----------
        frame : DataFrame
            One row a call; columns as the fields of `CallEntry`, or those of `calls`, whose
            `call_id` marks a row as the same one. An interview's calls are numbered by `sequence`,
            where it is there, and then by their start.

        Returns
        -------
        int
            How many calls were added.

        Raises
        ------
        FrameError
            If rows are faulty or contradict the log; it lists them by row and column, and nothing is
            added.
        KitError
            If the log cannot be written.
        """
        rows = framing.rows_of(frame)
        now = self._now()
        why = f"a data frame: {len(rows):,} rows"  # unmarked: it is kept
        with self._writing() as run:
            return framing.add(
                run,
                rows,
                self.coach,
                self._digest(run),
                check=lambda entry: _not_ahead_of(now, entry),
                begin=lambda: self._begin(run, now, "imported", why),
            )

    def change_call(
        self, call_id: str, *, why: str, expected_revision: int | None = None, **fields: Any
    ) -> None:
        """Change what is logged of a call; what it was stays in the history.

        Parameters
        ----------
        call_id : str
            The call.
        why : str
            The reason, for whoever reads the history.
        expected_revision : int, optional
            The call's revision when it was looked at; if it has another one by now, nothing is
            overwritten.
        **fields
            Fields of `CallEntry` with their new values, None to empty one. Those of the interview
            (`cohort`, `employer`, `employer_type`, `round`) change for all of its calls.

        Raises
        ------
        EntryError
            If the call would be faulty with the change; nothing is written.
        ChangedMeanwhile
            If the call has another revision than the expected one; it holds both versions.
        KitError
            If there is no such call, no reason is given, or the log cannot be written.
        """
        if not why.strip():
            raise KitError(_("A change to the log needs its reason; say in a few words why."))
        fixed = [
            EntryFault(name, _("this cannot be changed; it says which call this is"))
            for name in ("client_id", "coach", "interview_id", "entry_key")
            if name in fields
        ]
        if fixed:
            raise EntryError(fixed, _("The call cannot be changed"))
        now = self._now()
        with self._writing() as run:
            call = acts.find(run, call_id)
            acts.lock(run, call.coach, call.interview_id)
            call = acts.find(run, call_id)
            was = {name: call.fields[name] for name in (*CALL_FIELDS, *INTERVIEW_FIELDS)}
            try:
                entry = CallEntry(client_id=call.client_id, coach=call.coach, **{**was, **fields})
                if fields.keys() & {"state", "scheduled_at"}:
                    _not_ahead_of(now, entry)
            except EntryError as error:
                raise EntryError(error.faults, _("The call cannot be changed")) from None
            became = {n: getattr(entry, n) for n in was if getattr(entry, n) != was[n]}
            if not became:
                return
            if expected_revision is not None and expected_revision != call.revision:
                raise _changed_meanwhile(run, call, became)
            acts.apply(run, call, became, self._begin(run, now, "changed", why.strip()))

    def undo(
        self,
        call_id: str,
        *,
        why: str = history.TAKEN_BACK,
        expected_revision: int | None = None,
        named: Callable[[str], str] = str,
    ) -> str:
        """Take back the last act on a call; that is itself an act, and can be taken back too.

        Parameters
        ----------
        call_id : str
            The call; also one that was just taken out of the log, which then comes back.
        why : str
            The reason, for whoever reads the history.
        expected_revision : int, optional
            As for `change_call`.

        Returns
        -------
        str
            What was taken back, in a sentence.

        Raises
        ------
        ChangedMeanwhile
            If the call has another revision than the expected one.
        KitError
            If there is no such call, the act cannot be taken back, or the log cannot be written.
        """
        now = self._now()
        with self._writing() as run:
            if expected_revision is not None:
                call = acts.find(run, call_id)
                if call.revision != expected_revision:
                    raise _changed_meanwhile(run, call, {})
            return undoing.undo(
                run, call_id, lambda: self._begin(run, now, "undone", why.strip() or None), named
            )

    def undo_act(self, act: int, *, why: str = history.TAKEN_BACK) -> undoing.Undone:
        """Take back all that one act did to calls, such as an import; that is one act as well.

        Parameters
        ----------
        act : int
            Its number: `ImportResult.act`, or the ``write_id`` of `history`. Given that of an act
            which took another back, the calls are as they were before.
        why : str
            The reason, for whoever reads the history.

        Returns
        -------
        Undone
            What that did, in a sentence, and its own number. The clients stay, as they do when their
            last call is taken back.

        Raises
        ------
        KitError
            If there is no such act, it is taken back already, a call of it was changed since, or the
            log cannot be written; then nothing is changed.
        """
        now = self._now()
        with self._writing() as run:
            return undoing.undo_act(
                run, act, lambda: self._begin(run, now, "undone", why.strip() or None)
            )

    def transaction(self) -> AbstractContextManager[Connection]:
        """Write in one transaction of one's own; for the importer, which brings many rows at once."""
        return database.writing(self._engine, self._name)

    def snapshot(self) -> AbstractContextManager[Connection]:
        """Read in one transaction of one's own; for the importer's rehearsal."""
        return database.reading(self._engine, self._name)

    def _digest(self, run: Run) -> Callable[[str], str]:
        if self._salt is None:
            self._salt = keys.salt_of(run)
        return keys.digest_with(self._salt)


def _changed_meanwhile(
    run: Run, call: acts.Found, became: Mapping[str, Any]
) -> acts.ChangedMeanwhile:
    last = history.last_of(run, call.coach, call.interview_id, call.call_id)
    assert last is not None
    theirs = {name: call.fields[name] for name in became}
    return acts.ChangedMeanwhile(
        call.call_id, theirs, became, call.revision, last["by"], last["at"]
    )


def _not_ahead_of(now: datetime, entry: CallEntry) -> None:
    """Refuse an outcome of a call that has not begun; a doubted date is no reason to refuse."""
    if entry.state in {"completed", "missed"} and entry.scheduled_at > now and not entry.date_doubt:
        raise EntryError(
            [
                EntryFault(
                    "state",
                    _(
                        "the call has not begun yet, so it cannot be {state}; look at the date, or "
                        "choose 'pending'"
                    ).format(state=in_state(entry.state)),
                )
            ]
        )
