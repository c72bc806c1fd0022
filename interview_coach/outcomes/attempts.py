"""Calls that were practised, kept beside the log: saved at every step, resumed, listed, erased.

Plain values only: what a scenario or an action is, the simulation knows. A practised call is no
call of the log and counts in none of its figures.
"""

import csv
import io
import json
import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, Self

from sqlalchemy import Connection, Engine, Row, delete, insert, inspect, select, update

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes import database, files
from interview_coach.outcomes.opened import Opened, utc_now
from interview_coach.outcomes.schema import attempts as table
from interview_coach.outcomes.writing import neutral

__all__ = ["Attempt", "Attempts", "Erased", "attempts_csv", "read_scores", "share"]

Scores = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Attempt:
    """One practised call, as it is kept.

    Attributes
    ----------
    attempt_id : str
        Its id.
    player : str
        Whose it is: a pseudonym.
    scenario, level, seed : str, str, int
        Which story.
    playbook : str
        Fingerprint of the rules and the story that it was played by.
    actions : tuple of (str, int or None)
        Verb, and until which minute where it is a wait.
    messages : tuple of mapping
        What the player wrote: at which action (``step``), of which ``kind``, and the ``text``.
    minute : int
        Minutes past the agreed start.
    outcome : str or None
        What it came to; None while it goes on, and for one that was put aside.
    scores : mapping of str to (float, float)
        Skill -> points got, points that there were; empty until it has ended.
    helped : int
        Hints asked for and steps taken back.
    after : str or None
        The attempt whose story this one plays again.
    started, changed, ended : datetime
        In UTC; `ended` is None while it goes on.
    state : {"running", "ended"}
    revision : int
        How often it has been saved.
    """

    attempt_id: str
    player: str
    scenario: str
    level: str
    seed: int
    playbook: str
    actions: tuple[tuple[str, int | None], ...]
    messages: tuple[Mapping[str, Any], ...]
    minute: int
    outcome: str | None
    scores: Scores
    helped: int
    after: str | None
    started: datetime
    changed: datetime
    ended: datetime | None
    state: Literal["running", "ended"]
    revision: int

    @property
    def score(self) -> float | None:
        """Share of all points, 0 to 1; None where there are none."""
        return share(self.scores)


def share(scores: Scores) -> float | None:
    """Give the share of all points that were got, 0 to 1; None where there are none."""
    there = sum(possible for _got, possible in scores.values())
    got = sum(points for points, *_rest in scores.values())
    return max(0.0, got / there) if there else None


def read_scores(kept: str | None) -> Scores:
    """Read scores as they are kept; a ValueError or TypeError says that they are none."""
    return {
        skill: (float(got), float(possible))
        for skill, (got, possible) in dict(json.loads(kept or "{}")).items()
    }


@dataclass(frozen=True)
class Erased:
    """What an erasure did: how many attempts are gone, and whether no trace is left in the file."""

    attempts: int
    traceless: bool


class Attempts(Opened):
    """The practised calls of one player, in the file of the outcome log.

    Open it with `Attempts.open`, best in a ``with`` statement. What a method writes is on the disk
    when it returns, or nothing is.
    """

    def __init__(self, engine: Engine, name: str, player: str, clock: Callable[[], datetime]):
        super().__init__(engine, name, clock)
        self.player = player
        self._file = self._found()

    @classmethod
    def open(
        cls,
        url_or_path: str | os.PathLike[str],
        player: str = "me",
        *,
        clock: Callable[[], datetime] = utc_now,
    ) -> Self:
        """Open the file of the log, making it if there is none; a log of before gets the table.

        Parameters
        ----------
        url_or_path : str or path
            A file (``outcomes.db``) or a database URL.
        player : str
            Whose attempts: a pseudonym.
        clock : callable
            Gives the present moment as an aware datetime.

        Raises
        ------
        KitError
            If it cannot be opened, or the player has no name.
        """
        if not player.strip():
            raise KitError(_("player: it is empty; give a name to practise under, such as 'me'."))
        url = database.location(url_or_path)
        return cls(database.connect(url), database.name_of(url), player.strip(), clock)

    def begin(
        self,
        *,
        scenario: str,
        level: str,
        seed: int,
        playbook: str,
        minute: int,
        actions: Iterable[tuple[str, int | None]] = (),
        messages: Iterable[Mapping[str, Any]] = (),
        after: str | None = None,
    ) -> Attempt:
        """Enter a new attempt and return it; the fields are those of `Attempt`.

        Raises
        ------
        KitError
            If it cannot be written.
        """
        now = self._clock().astimezone(UTC)
        begun = Attempt(
            attempt_id=f"attempt-{secrets.token_hex(6)}",
            player=self.player,
            scenario=scenario,
            level=level,
            seed=seed,
            playbook=playbook,
            actions=tuple(actions),
            messages=tuple(messages),
            minute=minute,
            outcome=None,
            scores={},
            helped=0,
            after=after,
            started=now,
            changed=now,
            ended=None,
            state="running",
            revision=1,
        )
        with self._writing() as connection:
            connection.execute(insert(table), _values(begun))
        return begun

    def save(self, attempt: Attempt) -> Attempt:
        """Save an attempt as it now stands, and return it as saved.

        An attempt with an outcome ends with this; one that has ended is never changed again.

        Raises
        ------
        KitError
            If it cannot be written, or has been played on or erased elsewhere meanwhile.
        """
        now = self._clock().astimezone(UTC)
        over = attempt.outcome is not None or attempt.state == "ended"
        saved = replace(
            attempt,
            changed=now,
            ended=now if over else None,
            state="ended" if over else "running",
            revision=attempt.revision + 1,
        )
        mine = (
            (table.c.attempt_id == attempt.attempt_id)
            & (table.c.player == self.player)
            & (table.c.revision == attempt.revision)
            & (table.c.state == "running")
        )
        with self._writing() as connection:
            if connection.execute(update(table).where(mine).values(_values(saved))).rowcount != 1:
                raise KitError(
                    _(
                        "This call was played on, put aside or erased in another window, so this step "
                        "was not kept; open this page again to go on from there."
                    )
                )
        return saved

    def put_aside(self, attempt: Attempt) -> None:
        """End an attempt that nobody wants to go on with; it keeps no score."""
        self.save(replace(attempt, state="ended"))

    def latest(self) -> Attempt | None:
        """Give the attempt that was saved last, None if there is none."""
        return next(iter(self._read(newest_first=True, most=1)), None)

    def all(self) -> tuple[Attempt, ...]:
        """Give all attempts, in the order in which they were begun."""
        return self._read()

    def erase(self) -> Erased:
        """Erase all attempts of the player: the rows, and what is left of them in the file.

        Returns
        -------
        Erased
            `traceless` is False where another program that reads the file, or a server's own
            housekeeping, may keep old copies for a while.

        Raises
        ------
        KitError
            If it cannot be written; then nothing is erased.
        """
        with self._writing() as connection:
            if self._engine.dialect.name == "sqlite":
                # What is deleted is overwritten with zeros, not only marked as free.
                connection.exec_driver_sql("PRAGMA secure_delete=ON")
            gone = connection.execute(delete(table).where(table.c.player == self.player)).rowcount
        return Erased(gone, self._engine.dialect.name == "sqlite" and files.clean(self._engine))

    def _read(self, *, newest_first: bool = False, most: int | None = None) -> tuple[Attempt, ...]:
        order = table.c.changed.desc() if newest_first else table.c.started.asc()
        query = select(table).where(table.c.player == self.player).order_by(order).limit(most)
        with database.reading(self._engine, self._name) as connection:
            if not inspect(connection).has_table(table.name):
                return ()
            return tuple(_attempt(row) for row in connection.execute(query))

    def _found(self) -> tuple[int, int] | None:
        """Tell which file is there now, None for a server's database and for one that is gone."""
        if self._engine.dialect.name != "sqlite" or self._engine.url.database is None:
            return None
        try:
            there = Path(self._engine.url.database).stat()
        except OSError:
            return None
        return there.st_dev, there.st_ino

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self._found() != self._file:
            # SQLite would go on writing into the file that nobody will ever look into again.
            raise KitError(
                _(
                    "{name} was moved, replaced or deleted while it was in use; nothing was "
                    "written; put it back, or open this page again."
                ).format(name=self._name)
            )
        with database.writing(self._engine, self._name) as connection:
            # A log that was made before there was practice has no such table yet.
            table.create(connection, checkfirst=True)
            yield connection


def _values(attempt: Attempt) -> dict[str, Any]:
    values = {name: getattr(attempt, name) for name in table.c.keys()}  # noqa: SIM118
    values["actions"] = json.dumps([list(action) for action in attempt.actions])
    values["messages"] = json.dumps([dict(one) for one in attempt.messages], ensure_ascii=False)
    scores = {skill: list(points) for skill, points in attempt.scores.items()}
    values["scores"] = json.dumps(scores) if scores else None
    return values


def _attempt(row: Row[Any]) -> Attempt:
    values = dict(row._mapping)
    try:
        values["actions"] = tuple(
            (str(do), None if until is None else int(until))
            for do, until in json.loads(values["actions"])
        )
        values["messages"] = tuple(dict(one) for one in json.loads(values["messages"]))
        values["scores"] = read_scores(values["scores"])
    except (ValueError, TypeError, AttributeError):
        raise KitError(
            _(
                "The attempt {attempt} in the log is damaged: its actions, messages or "
                "scores cannot be read; restore the log from a backup."
            ).format(attempt=values["attempt_id"])
        ) from None
    return Attempt(**values)


def attempts_csv(attempts: Iterable[Attempt], skills: Iterable[str]) -> str:
    """Write attempts as CSV for a spreadsheet; cells that it would run are made harmless.

    Parameters
    ----------
    attempts : iterable of Attempt
        One row each.
    skills : iterable of str
        Names of the skills: two columns each, points got and points that there were.
    """
    skills = list(skills)
    text = io.StringIO(newline="")
    # Everything quoted: Python before 3.11.9 writes a bare carriage return without quotes.
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    plain = (
        *("attempt_id", "player", "scenario", "level", "seed", "playbook", "started", "ended"),
        *("state", "outcome", "minute", "helped", "after"),
    )
    points = [f"{skill}_{what}" for skill in skills for what in ("got", "of")]
    writer.writerow([*plain, "score", *points, "actions", "messages"])
    for one in attempts:
        scores = [one.scores.get(skill, ("", "")) for skill in skills]
        cells = [_cell(getattr(one, name)) for name in plain]
        cells += ["" if one.score is None else f"{one.score:.2f}"]
        cells += [_cell(value) for pair in scores for value in pair]
        done = [do if until is None else f"{do} until {until}" for do, until in one.actions]
        said = [str(message.get("text", "")) for message in one.messages]
        writer.writerow(
            [*map(neutral, cells), neutral("; ".join(done)), neutral("\n\n".join(said))]
        )
    return text.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return f"{value:g}" if isinstance(value, float) else str(value)
