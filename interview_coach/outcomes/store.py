"""The outcome log: what happened to each call, kept so that nothing is lost or changed in silence."""

import os
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any, Self

import pandas as pd
from sqlalchemy import Connection, Engine

from interview_coach.errors import KitError
from interview_coach.outcomes import (
    acts,
    backups,
    database,
    erasing,
    framing,
    history,
    keys,
    people,
    retention,
    tallies,
)
from interview_coach.outcomes.acts import CALL_FIELDS, INTERVIEW_FIELDS
from interview_coach.outcomes.keys import keyed_digest
from interview_coach.outcomes.lookups import Lookups
from interview_coach.outcomes.model import CallEntry, EntryError, EntryFault, words
from interview_coach.outcomes.opened import utc_now
from interview_coach.outcomes.plain import Run
from interview_coach.outcomes.team import login

__all__ = ["CALL_FIELDS", "INTERVIEW_FIELDS", "OutcomeLog", "keyed_digest"]


class OutcomeLog(Lookups):
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
            raise KitError("The outcome log needs to know who is writing; give the coach a name.")
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
        entry = entry if isinstance(entry, CallEntry) else CallEntry(**entry)
        now = self._now()
        _not_ahead_of(now, entry)
        coach = entry.coach or self.coach
        with self._writing() as run:
            call_id = None
            if entry.entry_key is not None:
                call_id = "call-" + self._digest(run)(f"entry\0{coach}\0{entry.entry_key}")
            return acts.add(run, entry, coach, call_id, lambda: self._begin(run, now, "added"))

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
        why = f"a data frame: {len(rows):,} rows"
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
            raise KitError("A change to the log needs its reason; say in a few words why.")
        fixed = [
            EntryFault(name, "this cannot be changed; it says which call this is")
            for name in ("client_id", "coach", "interview_id", "entry_key")
            if name in fields
        ]
        if fixed:
            raise EntryError(fixed, "The call cannot be changed")
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
                raise EntryError(error.faults, "The call cannot be changed") from None
            became = {n: getattr(entry, n) for n in was if getattr(entry, n) != was[n]}
            if not became:
                return
            if expected_revision is not None and expected_revision != call.revision:
                raise _changed_meanwhile(run, call, became)
            acts.apply(run, call, became, self._begin(run, now, "changed", why.strip()))

    def undo(
        self, call_id: str, *, why: str = "taken back", expected_revision: int | None = None
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
            return acts.undo(
                run, call_id, lambda: self._begin(run, now, "undone", why.strip() or None)
            )

    def describe_client(
        self, client_id: str, *, coach: str | None = None, why: str | None = None, **fields: Any
    ) -> None:
        """Keep what is known of a client; what it was stays in the history.

        Parameters
        ----------
        client_id : str
            A client who has a call in the log.
        coach : str, optional
            The client's coach, where it is not the one writing.
        why : str, optional
            The reason, for whoever reads the history.
        **fields
            Fields of `people.ClientEntry`, None to empty one: `cohort`; `tags`, a list of words;
            `outcome`, a code of the playbook's ``client_outcome``, with `outcome_on`, the day of
            which it is true; `player`, whose practised calls the client agreed to have linked;
            `name` and `contact`, which are kept apart.

        Raises
        ------
        EntryError
            If a field is faulty; nothing is written.
        KitError
            If there is no such client, or the log cannot be written.
        """
        now = self._now()
        with self._writing() as run:
            key = (coach or self.coach, client_id)
            people.describe(run, key, fields, now, lambda: self._begin(run, now, "described", why))

    def name_client(
        self,
        client_id: str,
        *,
        name: str | None = None,
        contact: str | None = None,
        coach: str | None = None,
    ) -> None:
        """Keep a client's name and contact, apart from everything else; None empties them.

        Raises
        ------
        KitError
            If there is no such client, or the log cannot be written.
        """
        with self._writing() as run:
            now = self._now()
            key = (coach or self.coach, client_id)
            fields = {"name": name, "contact": contact}
            people.describe(run, key, fields, now, lambda: self._begin(run, now, "named"))

    def transaction(self) -> AbstractContextManager[Connection]:
        """Write in one transaction of one's own; for the importer, which brings many rows at once."""
        return database.writing(self._engine, self._name)

    def snapshot(self) -> AbstractContextManager[Connection]:
        """Read in one transaction of one's own; for the importer's rehearsal."""
        return database.reading(self._engine, self._name)

    def _begin(self, run: Run, now: datetime, action: str, why: str | None = None) -> history.Act:
        try:
            words(why)
        except ValueError as error:
            raise KitError(f"The reason cannot be kept: {error}; nothing was changed.") from None
        return history.begin(run, now, self.coach, action, why)

    def _digest(self, run: Run) -> Callable[[str], str]:
        if self._salt is None:
            self._salt = keys.salt_of(run)
        return keys.digest_with(self._salt)

    def _writing(self) -> AbstractContextManager[Run]:
        return database.running(self._engine, self._name, held=self._held)

    def erase(self, client_id: str, *, coach: str | None = None) -> erasing.Erased:
        """Erase a client: name, contact, notes and all free text, here and in the kit's backups.

        What counts stays, under a new pseudonym that says nothing.

        Parameters
        ----------
        client_id : str
            The client.
        coach : str, optional
            The client's coach, where it is not the one writing.

        Returns
        -------
        Erased
            What was done; its `summary` says it in sentences.

        Raises
        ------
        KitError
            If there is no such client, or the log cannot be written; then nothing is erased.
        """
        return self._erase([(coach or self.coach, client_id)])

    def erase_older(self, months: int) -> erasing.Erased:
        """Erase all clients whose last call lies more than `months` months back.

        Raises
        ------
        KitError
            If `months` is no whole number from 1, or the log cannot be written.
        """
        with self._reading() as run:
            keys = erasing.expired(run, retention.before(self._now(), months))
        return self._erase(keys)

    def _erase(self, keys: list[tuple[str, str]]) -> erasing.Erased:
        return erasing.erase(self._engine, self._name, keys, self._now(), self.coach)

    def recount(self) -> None:
        """Count anew what `dashboard` shows, from the calls; for a log that was damaged."""
        with self._writing() as run:
            tallies.recount(run)

    def backup(self) -> Path:
        """Back the log's file up now; the newest ten backups are kept.

        Returns
        -------
        path
            Of the backup.

        Raises
        ------
        KitError
            If it cannot be done; the backups are as they were.
        """
        return backups.make(self._engine, self._name, self._now()).file


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
                    f"the call has not begun yet, so it cannot be {entry.state}; look at "
                    "the date, or choose 'pending'",
                )
            ]
        )
