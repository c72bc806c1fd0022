"""What can be asked of an outcome log: frames, one call, what is due, and whether all is sound."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Engine

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes import (
    acts,
    checking,
    columns,
    database,
    files,
    following,
    frames,
    practised,
    queries,
    seals,
    tallies,
)
from interview_coach.outcomes.acts import CALL_FIELDS, INTERVIEW_FIELDS
from interview_coach.outcomes.opened import Opened
from interview_coach.outcomes.plain import Run
from interview_coach.times import zone

__all__ = ["Lookups"]

# As in METRICS: until then a call that has not begun is not missed.
GRACE = timedelta(minutes=15)


class Lookups(Opened):
    """The half of an outcome log that only reads; each method in one transaction of its own."""

    def __init__(self, engine: Engine, name: str, coach: str, clock: Callable[[], datetime]):
        super().__init__(engine, name, clock)
        self.coach = coach
        self._held = database.Held(engine)

    def close(self) -> None:
        """Let go of the database; what was written is already on the disk."""
        self._held.close()
        super().close()

    def calls(self) -> pd.DataFrame:
        """Give all calls, one row a call, by scheduled start.

        Returns
        -------
        DataFrame
            The columns of `frames.LOGGED`; times in UTC.
        """
        with database.reading(self._engine, self._name) as connection:
            return columns.calls_frame(connection)

    def interviews(self) -> pd.DataFrame:
        """Give all interviews: `frames.INTERVIEWS`, one row an interview."""
        return frames.typed(self._rows(queries.interviews()), frames.INTERVIEWS)

    def clients(self) -> pd.DataFrame:
        """Give all clients: `frames.CLIENTS`, one row a client; private, as names may stand in it."""
        tags = list(frames.CLIENTS).index("tags")
        rows = [
            (*row[:tags], ", ".join(json.loads(row[tags])) if row[tags] else None, *row[tags + 1 :])
            for row in self._rows(queries.clients())
        ]
        return frames.typed(rows, frames.CLIENTS)

    def practice(self) -> pd.DataFrame:
        """Give how well clients practised, of those who agreed to have it linked: `frames.PRACTICE`."""
        with self._readable(), database.reading(self._engine, self._name) as connection:
            return practised.practice_frame(connection)

    def history(self, call_id: str | None = None) -> pd.DataFrame:
        """Give what was done to the log, in order.

        Parameters
        ----------
        call_id : str, optional
            Only what concerns this call.

        Returns
        -------
        DataFrame
            The columns of `frames.HISTORY`. `action` is added, imported, changed, undone, described,
            named or erased; a change has one row for each field, with what it `was` and what it
            `became`, times as ISO 8601. What a name was, the history does not keep.
        """
        with self._reading() as run:
            return frames.typed(list(queries.history(run, call_id)), frames.HISTORY)

    def call(self, call_id: str) -> dict[str, Any]:
        """Give all fields of one call, with its `revision`, for a form that changes it.

        Raises
        ------
        KitError
            If there is no such call.
        """
        with self._reading() as run:
            found = acts.find(run, call_id)
        told = {name: found.fields[name] for name in (*CALL_FIELDS, *INTERVIEW_FIELDS, "sequence")}
        ids = {"call_id": call_id, "coach": found.coach, "interview_id": found.interview_id}
        return {**ids, "client_id": found.client_id, **told, "revision": found.revision}

    def written(self) -> tuple[Any, ...]:
        """Say how much was written so far: the same twice, and the calls are the same as well."""
        with self._reading() as run:
            return queries.written(run)

    def follow_ups(self) -> pd.DataFrame:
        """Give what is to be done next, the oldest first: `frames.DUE`, one row an open case."""
        now = self._now()
        with self._reading() as run:
            return frames.typed(following.due(run, now - GRACE), frames.DUE)

    def stories(self, interview_id: str | None = None, coach: str | None = None) -> pd.DataFrame:
        """Give how each missed call went on: `frames.STORIES`, one row a missed call.

        Parameters
        ----------
        interview_id, coach : str, optional
            Only of this interview, of a coach where it is not the one writing.
        """
        place = None if interview_id is None else (coach or self.coach, interview_id)
        with self._reading() as run:
            return frames.typed(list(following.stories(run, place)), frames.STORIES)

    def dashboard(
        self, *, timezone: str = "UTC", month: str | None = None, coach: str | None = None
    ) -> tallies.Dashboard:
        """Give what a coach wants to see first: open cases, and the month's counts.

        Parameters
        ----------
        timezone : str
            IANA name; decides which month it is now.
        month : str, optional
            Another month than this one, as 2026-03.
        coach : str, optional
            Only this coach's; all if left out.
        """
        now = self._now()
        month = month or tallies.month_of(now, zone(timezone))
        with self._reading() as run:
            return tallies.dashboard(run, coach and [coach], month, now - GRACE)

    def verify(self) -> list[str]:
        """Compare the log with its history, and the history with its hashes.

        Returns
        -------
        list of str
            What is wrong, a sentence each; empty if all is well.
        """
        try:
            with self._reading() as run:
                return checking.findings(run, sealed=seals.read(files.file_of(self._engine)))
        except KitError as error:
            return [str(error)]

    def _rows(self, query: Any) -> list[tuple[Any, ...]]:
        with (
            self._readable(),
            database.reading(self._engine, self._name) as connection,
        ):
            return [tuple(row) for row in connection.execute(query)]

    @contextmanager
    def _reading(self) -> Iterator[Run]:
        with (
            self._readable(),
            database.running(self._engine, self._name, writes=False, held=self._held) as run,
        ):
            yield run

    @contextmanager
    def _readable(self) -> Iterator[None]:
        """Say that the log is damaged where a value in it cannot be read as what it should be."""
        try:
            yield
        except (ValueError, TypeError, LookupError, OverflowError):
            # Not chained: the text would quote the value.
            raise KitError(
                _(
                    "{name} is damaged: it holds what cannot be read; 'interview-coach doctor' "
                    "says more."
                ).format(name=self._name)
            ) from None

    def _now(self) -> datetime:
        return self._clock().astimezone(UTC)
