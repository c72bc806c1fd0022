"""What a log does beside taking calls: what is known of clients, erasing, counting anew, backing up."""

from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes import backups, database, erasing, history, people, retention, tallies
from interview_coach.outcomes.lookups import Lookups
from interview_coach.outcomes.model import words
from interview_coach.outcomes.plain import Run

__all__ = ["Upkeep"]


class Upkeep(Lookups):
    """The part of an outcome log about its clients and itself; each method is one transaction."""

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

    def _begin(self, run: Run, now: datetime, action: str, why: str | None = None) -> history.Act:
        try:
            words(why)
        except ValueError as error:
            raise KitError(
                _("The reason cannot be kept: {error}; nothing was changed.").format(error=error)
            ) from None
        return history.begin(run, now, self.coach, action, why)

    def _writing(self) -> AbstractContextManager[Run]:
        return database.running(self._engine, self._name, held=self._held)
