"""The store of workshops: everything done in one, in order, each change a transaction of its own.

It knows nothing of votes or calls: a change is a line of JSON that the workshop part writes and
reads. It lies beside the outcome log, in the same database, and counts in no figure of it.
"""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from sqlalchemy import Connection, Engine, func, insert, inspect, select
from sqlalchemy.exc import IntegrityError

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes import database, schema
from interview_coach.outcomes.opened import Opened, utc_now
from interview_coach.outcomes.team import login

__all__ = ["Held", "MovedOn", "Workshops"]


class MovedOn(KitError):
    """Another window has done something in the same workshop in the meantime."""


@dataclass(frozen=True)
class Held:
    """A workshop that was begun: with which deck and group, when (UTC), how many changes since."""

    workshop_id: str
    deck: str
    cohort: str
    begun_at: datetime
    changes: int


class Workshops(Opened):
    """The workshops in a database. Open it with `Workshops.open`."""

    def __init__(self, engine: Engine, name: str, coach: str, clock: Callable[[], datetime]):
        super().__init__(engine, name, clock)
        self._coach = coach
        self._tables_are_there = False

    @classmethod
    def open(
        cls,
        url_or_path: str | os.PathLike[str],
        coach: str = "me",
        *,
        clock: Callable[[], datetime] = utc_now,
    ) -> Self:
        """Open the database of an outcome log, making it if there is none.

        Parameters
        ----------
        url_or_path : str or path
            As for `OutcomeLog.open`. A log of before there were workshops is taken as it is.
        coach : str
            Whose workshops they are.
        clock : callable
            Gives the present moment as an aware datetime.

        Raises
        ------
        KitError
            If it cannot be opened.
        """
        url = database.location(url_or_path)
        engine, name = database.connect(url), database.name_of(url)
        return cls(engine, name, login.writer(engine, name, coach.strip() or login.NOBODY), clock)

    def begin(self, deck: str, cohort: str) -> str:
        """Begin a workshop.

        Parameters
        ----------
        deck : str
            Id of the deck.
        cohort : str
            What the facilitator calls the group.

        Returns
        -------
        str
            The workshop's id.
        """
        workshop_id = f"workshop-{secrets.token_hex(6)}"
        with database.writing(self._engine, self._name) as connection:
            self._make_tables(connection)
            connection.execute(
                insert(schema.workshops),
                {
                    "workshop_id": workshop_id,
                    "coach": self._coach,
                    "deck": deck,
                    "cohort": cohort,
                    "begun_at": self._now(),
                },
            )
        return workshop_id

    def _make_tables(self, connection: Connection) -> None:
        """Make the tables in a log that has none of them yet."""
        if not self._tables_are_there:
            tables = [schema.workshops, schema.workshop_changes]
            schema.metadata.create_all(connection, tables=tables)

    def add(self, workshop_id: str, after: int, change: str) -> int:
        """Keep a change, if nothing else was done since.

        Parameters
        ----------
        workshop_id : str
            As `begin` gave it.
        after : int
            How many changes there were when this one was made.
        change : str
            What was done, as one line of JSON.

        Returns
        -------
        int
            How many changes there are now.

        Raises
        ------
        MovedOn
            If another window has written in the meantime; nothing is kept.
        KitError
            If it cannot be written.
        """
        table = schema.workshop_changes
        with database.writing(self._engine, self._name) as connection:
            there = connection.scalar(
                select(func.count()).select_from(table).filter_by(workshop_id=workshop_id)
            )
            if there != after:
                raise _moved_on()
            row = {"workshop_id": workshop_id, "number": after + 1, "at": self._now()}
            try:
                connection.execute(insert(table), {**row, "change": change})
            except IntegrityError:
                # Two windows on a server's database, at once: the number is taken.
                raise _moved_on() from None
        return after + 1

    def changes(self, workshop_id: str, after: int = 0) -> list[str]:
        """List what was done in a workshop, in order, but for the first `after` changes."""
        table = schema.workshop_changes
        query = (
            select(table.c.change)
            .where(table.c.workshop_id == workshop_id, table.c.number > after)
            .order_by(table.c.number)
        )
        with database.reading(self._engine, self._name) as connection:
            return [str(change) for change in connection.scalars(query)]

    def all(self) -> list[Held]:
        """List this coach's workshops, the latest first; none in a log of before there were any."""
        held, table = schema.workshops, schema.workshop_changes
        counted = (
            select(table.c.workshop_id, func.count().label("changes"))
            .group_by(table.c.workshop_id)
            .subquery()
        )
        query = (
            select(held, func.coalesce(counted.c.changes, 0).label("changes"))
            .join_from(held, counted, held.c.workshop_id == counted.c.workshop_id, isouter=True)
            .where(held.c.coach == self._coach)
            .order_by(held.c.begun_at.desc(), held.c.workshop_id)
        )
        with database.reading(self._engine, self._name) as connection:
            if not self._tables_are_there:
                self._tables_are_there = inspect(connection).has_table(held.name)
            if not self._tables_are_there:
                return []
            return [
                Held(row.workshop_id, row.deck, row.cohort, row.begun_at, row.changes)
                for row in connection.execute(query)
            ]

    def _now(self) -> datetime:
        return self._clock().astimezone(UTC)


def _moved_on() -> MovedOn:
    return MovedOn(_("Your other window has gone on in the meantime; this one now shows the same."))
