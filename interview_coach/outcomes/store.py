"""The outcome log: what happened to each call, kept so that nothing is lost or changed in silence."""

import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any, Self

import pandas as pd
from sqlalchemy import Connection, Engine, func, insert, select, update

from interview_coach.errors import KitError
from interview_coach.outcomes import database, frames, queries, schema
from interview_coach.outcomes.keys import keyed_digest
from interview_coach.outcomes.model import CallEntry, EntryError, EntryFault
from interview_coach.outcomes.opened import Opened, utc_now

__all__ = ["CALL_FIELDS", "INTERVIEW_FIELDS", "OutcomeLog", "keyed_digest"]

# What belongs to the interview, and what to the single call.

INTERVIEW_FIELDS = ("cohort", "employer", "employer_type", "round")
CALL_FIELDS = (
    *("channel", "caller", "scheduled_at", "timezone", "state", "missed_by", "cause", "initiator"),
    *("reason", "first_message_at", "window_until", "reconnected_at", "waited_minutes"),
    *("date_doubt", "synthetic", "notes"),
)


class OutcomeLog(Opened):
    """A log of calls, interviews and clients, with the history of every change.

    Open it with `OutcomeLog.open`, best in a ``with`` statement. Every method that writes does so in
    one transaction: all of it is kept, on the disk, when the method returns, or nothing is.
    """

    def __init__(self, engine: Engine, name: str, coach: str, clock: Callable[[], datetime]):
        super().__init__(engine, name, clock)
        self.coach = coach

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
            Who is writing: the coach of calls that name none, and the "by" of the history.
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
        return cls(database.connect(url), database.name_of(url), coach.strip(), clock)

    # ------------------------------------------------------------------ writing

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
        calls = schema.calls
        with database.writing(self._engine, self._name) as connection:
            call_id = _new_id("call")
            if entry.entry_key is not None:
                call_id = "call-" + keyed_digest(connection)(f"entry\0{coach}\0{entry.entry_key}")
                if connection.scalar(select(calls.c.call_id).where(calls.c.call_id == call_id)):
                    return call_id
            interview_id = self._interview_of(connection, coach, entry)
            before = connection.scalar(
                select(func.max(calls.c.sequence)).where(
                    calls.c.coach == coach, calls.c.interview_id == interview_id
                )
            )
            write = self.record(connection, now, "added", None)
            row = entry.model_dump(include={*CALL_FIELDS})
            row |= {"call_id": call_id, "coach": coach, "interview_id": interview_id}
            row |= {"sequence": (before or 0) + 1, "write_id": write}
            connection.execute(insert(calls), row)
            return call_id

    def _interview_of(self, connection: Connection, coach: str, entry: CallEntry) -> str:
        """Find the entry's interview, or begin it, and its client with it."""
        table = schema.interviews
        wanted = entry.interview_id or _new_id("interview")
        found = connection.execute(
            select(table).where(table.c.coach == coach, table.c.interview_id == wanted)
        ).one_or_none()
        if found is not None:
            faults = [
                EntryFault(
                    field,
                    "the interview was logged with another one; change that, or begin "
                    "another interview",
                )
                for field in ("client_id", *INTERVIEW_FIELDS)
                if getattr(entry, field) not in (None, getattr(found, field))
            ]
            if faults:
                raise EntryError(faults)
            return wanted
        clients = schema.clients
        key = {"coach": coach, "client_id": entry.client_id}
        known = select(clients.c.client_id).filter_by(**key)
        if connection.scalar(known) is None:
            connection.execute(insert(clients), key)
        connection.execute(
            insert(table),
            {**key, "interview_id": wanted, **entry.model_dump(include={*INTERVIEW_FIELDS})},
        )
        return wanted

    def change_call(self, call_id: str, *, why: str, **fields: Any) -> None:
        """Change what is logged of a call; what it was stays in the history.

        Parameters
        ----------
        call_id : str
            The call.
        why : str
            The reason, for whoever reads the history.
        **fields
            Fields of `CallEntry` with their new values, None to empty one. Those of the interview
            (`cohort`, `employer`, `employer_type`, `round`) change for all of its calls.

        Raises
        ------
        EntryError
            If the call would be faulty with the change; nothing is written.
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
        calls, interviews = schema.calls, schema.interviews
        now = self._now()
        with database.writing(self._engine, self._name) as connection:
            found = connection.execute(
                select(
                    calls,
                    interviews.c.client_id,
                    *(interviews.c[name] for name in INTERVIEW_FIELDS),
                )
                .join_from(calls, interviews)
                .where(calls.c.call_id == call_id)
            ).one_or_none()
            if found is None:
                raise KitError(
                    f"There is no call {call_id[:60]!r} in the log; nothing was changed."
                )
            was = {name: getattr(found, name) for name in (*CALL_FIELDS, *INTERVIEW_FIELDS)}
            try:
                entry = CallEntry(client_id=found.client_id, coach=found.coach, **{**was, **fields})
                if fields.keys() & {"state", "scheduled_at"}:
                    _not_ahead_of(now, entry)
            except EntryError as error:
                raise EntryError(error.faults, "The call cannot be changed") from None
            became = {n: getattr(entry, n) for n in was if getattr(entry, n) != was[n]}
            if not became:
                return
            write = self.record(connection, now, "changed", why.strip())
            connection.execute(
                insert(schema.changes),
                [
                    {
                        "write_id": write,
                        "call_id": call_id,
                        "field": name,
                        "was": _written(was[name]),
                        "became": _written(value),
                    }
                    for name, value in became.items()
                ],
            )
            of_call = {name: value for name, value in became.items() if name in CALL_FIELDS}
            if of_call:
                connection.execute(update(calls).where(calls.c.call_id == call_id).values(of_call))
            of_interview = {
                name: value for name, value in became.items() if name in INTERVIEW_FIELDS
            }
            if of_interview:
                connection.execute(
                    update(interviews)
                    .where(
                        interviews.c.coach == found.coach,
                        interviews.c.interview_id == found.interview_id,
                    )
                    .values(of_interview)
                )

    def name_client(
        self,
        client_id: str,
        *,
        name: str | None = None,
        contact: str | None = None,
        coach: str | None = None,
    ) -> None:
        """Keep a client's name and contact, apart from everything else.

        Parameters
        ----------
        client_id : str
            A client who has a call in the log.
        name, contact : str, optional
            What to keep; None empties it.
        coach : str, optional
            The client's coach, where it is not the one writing.

        Raises
        ------
        KitError
            If there is no such client, or the log cannot be written.
        """
        key = {"coach": coach or self.coach, "client_id": client_id}
        clients, names = schema.clients, schema.client_names
        with database.writing(self._engine, self._name) as connection:
            if connection.scalar(select(clients.c.client_id).filter_by(**key)) is None:
                raise KitError("There is no such client in the log; log a call of theirs first.")
            before = connection.execute(select(names).filter_by(**key)).one_or_none()
            values = {"name": name, "contact": contact}
            if before is None:
                connection.execute(insert(names), {**key, **values})
            else:
                connection.execute(update(names).filter_by(**key).values(values))
            write = self.record(connection, self._now(), "named", None)
            # That it changed is kept, what it said is not: a name must be erasable.
            connection.execute(
                insert(schema.changes),
                [{"write_id": write, "client_id": client_id, "field": field} for field in values],
            )

    def transaction(self) -> AbstractContextManager[Connection]:
        """Write in one transaction of one's own; for the importer, which brings many rows at once."""
        return database.writing(self._engine, self._name)

    def snapshot(self) -> AbstractContextManager[Connection]:
        """Read in one transaction of one's own; for the importer's rehearsal."""
        return database.reading(self._engine, self._name)

    def record(self, connection: Connection, now: datetime, action: str, why: str | None) -> int:
        """Enter an act in the history, within the transaction that does it; gives its number."""
        done = connection.execute(
            insert(schema.writes), {"at": now, "by": self.coach, "action": action, "why": why}
        )
        assert done.inserted_primary_key is not None
        return int(done.inserted_primary_key[0])

    def _now(self) -> datetime:
        return self._clock().astimezone(UTC)

    # ------------------------------------------------------------------ reading

    def calls(self) -> pd.DataFrame:
        """Give all calls, one row a call, by scheduled start.

        Returns
        -------
        DataFrame
            The columns of `frames.CALLS`; times in UTC.
        """
        return frames.typed(self._rows(queries.calls()), frames.CALLS)

    def interviews(self) -> pd.DataFrame:
        """Give all interviews: `frames.INTERVIEWS`, one row an interview."""
        return frames.typed(self._rows(queries.interviews()), frames.INTERVIEWS)

    def clients(self) -> pd.DataFrame:
        """Give all clients: `frames.CLIENTS`, one row a client; private, as names may stand in it."""
        return frames.typed(self._rows(queries.clients()), frames.CLIENTS)

    def history(self, call_id: str | None = None) -> pd.DataFrame:
        """Give what was done to the log, in order.

        Parameters
        ----------
        call_id : str, optional
            Only what concerns this call.

        Returns
        -------
        DataFrame
            The columns of `frames.HISTORY`. `action` is added, imported, changed or named; a change
            has one row for each field, with what it `was` and what it `became`, times as ISO 8601.
        """
        rows = [(*row, None, None, None, None) for row in self._rows(queries.added(call_id))]
        rows += self._rows(queries.changed(call_id))
        rows.sort(key=lambda row: row[0])
        return frames.typed(rows, frames.HISTORY)

    def _rows(self, query: Any) -> list[tuple[Any, ...]]:
        with database.reading(self._engine, self._name) as connection:
            return [tuple(row) for row in connection.execute(query)]


def _new_id(kind: str) -> str:
    return f"{kind}-{secrets.token_hex(6)}"


def _written(value: object) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, datetime) else str(value)


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
