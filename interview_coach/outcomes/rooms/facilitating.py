"""What the facilitator's page does with a room: open it, ask, reveal, hide, close, take out, erase.

The server of the phones learns of it from the file alone: each step raises the room's `revision`.
"""

import json
import secrets
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self

from interview_coach.errors import KitError
from interview_coach.language import ENGLISH, _
from interview_coach.outcomes.rooms.codes import new_code
from interview_coach.outcomes.rooms.file import RoomsFile

__all__ = ["Answer", "Draft", "Question", "Room", "Rooms", "Where"]

State = Literal["open", "counted", "revealed"]
_MOST_TRIES = 50  # codes that are taken already; two of them in a row are one chance in billions


@dataclass(frozen=True)
class Question:
    """What the phones are asked: a choice, or words of their own.

    `content` and `result` are what the phones are told; `answers` counts those who have answered.
    """

    number: int
    key: str
    kind: Literal["choice", "words"]
    content: Mapping[str, Any]
    state: State
    result: Mapping[str, Any] | None
    answers: int


@dataclass(frozen=True)
class Where:
    """Where the phones' server answers: its port, addresses of this computer, or what keeps it."""

    port: int | None = None
    addresses: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class Room:
    """An open room as it stands.

    `asked` is what the workshop asks, `words` what is asked in its place while there are words to be
    written; `shown` is which of them is on the screens, from 0. `joined` counts the phones, `revision`
    what the facilitator did.
    """

    room: str
    code: str
    names: bool
    revision: int
    asked: Question | None
    words: Question | None
    shown: int
    joined: int
    where: Where


@dataclass(frozen=True)
class Draft:
    """What one phone wrote; `phone` is known to nobody but the store."""

    phone: str
    words: str
    hidden: bool


@dataclass(frozen=True)
class Answer:
    """One answer for a table: what was asked, what was answered, and by whom where names were asked."""

    asked: str
    kind: str
    answer: str
    name: str
    hidden: bool


class Rooms:
    """The rooms of a work folder, as the facilitator's page uses them; best in a ``with`` statement.

    Parameters
    ----------
    path : path
        The file; see `RoomsFile`.
    clock : callable
        Gives seconds since 1970.
    """

    def __init__(self, path: Path | str, clock: Callable[[], float] = time.time) -> None:
        self._file, self._clock = RoomsFile(path), clock

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def open(self, workshop: str, *, names: bool = False, language: str = ENGLISH) -> Room:
        """Open a room for a workshop, in a language; the one that is open already, if there is one."""
        with self._file.writing() as run:
            if not _open_room(run, workshop):
                taken = {code for (code,) in run.execute("SELECT code FROM rooms")}
                tries = (new_code() for _try in range(_MOST_TRIES))
                code = next(one for one in tries if one not in taken)
                made = f"room-{secrets.token_hex(6)}"
                run.execute(
                    "INSERT INTO rooms (room, code, workshop, names, opened_at, language) "
                    "VALUES (?,?,?,?,?,?)",
                    (made, code, workshop, names, self._clock(), language),
                )
        room = self.of(workshop)
        assert room is not None  # opened just now
        return room

    def of(self, workshop: str) -> Room | None:
        """Give the open room of a workshop, None if there is none."""
        with self._file.reading() as run:
            found = _open_room(run, workshop)
            if found is None:
                return None
            room, code, names, revision, asked, words, shown = found
            port = run.execute("SELECT port, addresses, problem FROM listener").fetchone()
            return Room(
                room=room,
                code=code,
                names=bool(names),
                revision=revision,
                asked=_question(run, room, asked),
                words=_question(run, room, words),
                shown=shown,
                joined=_count(run, "phones WHERE room = ?", room),
                where=Where(port[0], tuple(json.loads(port[1])), port[2]) if port else Where(),
            )

    def ask(self, room: str, key: str, content: Mapping[str, Any], seen: int | None = None) -> None:
        """Ask a choice; what was answered to it before, if it was asked before, counts again.

        Parameters
        ----------
        room : str
            Id of the room.
        key : str
            Which decision it is.
        content : mapping
            ``asked`` and ``options`` (pairs of key and words), for the phones.
        seen : int, optional
            The revision that this follows from: nothing is done if somebody has done more since.
        """
        with self._file.writing() as run:
            if not _still(run, room, seen):
                return
            number = _numbered(run, room, key, "choice", content)
            run.execute("UPDATE rooms SET question = ? WHERE room = ?", (number, room))
            _moved(run, room)

    def ask_nothing(self, room: str, seen: int | None = None) -> None:
        """Ask nothing for now: the phones are told to wait."""
        with self._file.writing() as run:
            if _still(run, room, seen):
                run.execute("UPDATE rooms SET question = NULL WHERE room = ?", (room,))
                _moved(run, room)

    def ask_words(self, room: str, content: Mapping[str, Any]) -> None:
        """Ask for words (``asked``, and ``kind`` of message), in place of what is asked now."""
        with self._file.writing() as run:
            number = _numbered(run, room, f"words {secrets.token_hex(4)}", "words", content)
            run.execute("UPDATE rooms SET words = ?, shown = 0 WHERE room = ?", (number, room))
            _moved(run, room)

    def turn_to(self, room: str, shown: int) -> None:
        """Show another of the words, in every window of the facilitator."""
        with self._file.writing() as run:
            run.execute("UPDATE rooms SET shown = ? WHERE room = ?", (shown, room))
            _moved(run, room)

    def back_from_words(self, room: str) -> None:
        """Ask again what was asked before the words."""
        with self._file.writing() as run:
            run.execute("UPDATE rooms SET words = NULL WHERE room = ?", (room,))
            _moved(run, room)

    def count(self, room: str, number: int) -> dict[str, int]:
        """End a vote and count it; phones see nothing of it yet. Counted again, it is the same.

        Returns
        -------
        dict of str to int
            Votes by choice, without the choices that nobody made.
        """
        with self._file.writing() as run:
            run.execute(
                "UPDATE questions SET state = 'counted' WHERE room = ? AND number = ? "
                "AND state = 'open'",
                (room, number),
            )
            _moved(run, room)
            return _counted(run, room, number)

    def reveal(
        self, room: str, number: int, result: Mapping[str, Any], seen: int | None = None
    ) -> None:
        """Show the phones what came of a question; `seen` as for `ask`."""
        self._set_state(room, number, "revealed", json.dumps(result), seen)

    def reopen(self, room: str, number: int, seen: int | None = None) -> None:
        """Take answers again: what was sent is kept, and may be changed; `seen` as for `ask`."""
        self._set_state(room, number, "open", None, seen)

    def _set_state(
        self, room: str, number: int, state: State, result: str | None, seen: int | None
    ) -> None:
        with self._file.writing() as run:
            if not _still(run, room, seen):
                return
            run.execute(
                "UPDATE questions SET state = ?, result = ? WHERE room = ? AND number = ?",
                (state, result, room, number),
            )
            _moved(run, room)

    def drafts(self, room: str, number: int) -> list[Draft]:
        """List the words that were sent, in an order that tells nothing of who sent them first."""
        with self._file.reading() as run:
            rows = run.execute(
                "SELECT phone, answer, hidden FROM answers WHERE room = ? AND number = ? "
                "ORDER BY phone",
                (room, number),
            )
            return [Draft(phone, words, bool(hidden)) for phone, words, hidden in rows]

    def hide(self, room: str, number: int, phone: str, *, hidden: bool = True) -> None:
        """Take one phone's words off the screen, or put them back."""
        with self._file.writing() as run:
            run.execute(
                "UPDATE answers SET hidden = ? WHERE room = ? AND number = ? AND phone = ?",
                (hidden, room, number, phone),
            )
            _moved(run, room)

    def reveal_words(
        self, room: str, number: int, found: Mapping[str, Any], result: Mapping[str, Any]
    ) -> None:
        """Show each phone what the review found in its words, and all of them the result."""
        with self._file.writing() as run:
            run.executemany(
                "UPDATE answers SET found = ? WHERE room = ? AND number = ? AND phone = ?",
                [(json.dumps(one), room, number, phone) for phone, one in found.items()],
            )
            run.execute(
                "UPDATE questions SET state = 'revealed', result = ? WHERE room = ? AND number = ?",
                (json.dumps(result), room, number),
            )
            _moved(run, room)

    def names(self, room: str) -> list[str]:
        """List the names that were given, in the order of the alphabet."""
        with self._file.reading() as run:
            rows = run.execute("SELECT name FROM phones WHERE room = ? AND name <> ''", (room,))
            return sorted((name for (name,) in rows), key=str.casefold)

    def end(self, room: str) -> None:
        """Close a room for good: its code and its phones are let in nowhere."""
        with self._file.writing() as run:
            run.execute("UPDATE rooms SET closed_at = ? WHERE room = ?", (self._clock(), room))
            _moved(run, room)

    def any_open(self) -> list[str]:
        """List the workshops that have an open room."""
        with self._file.reading() as run:
            rows = run.execute("SELECT workshop FROM rooms WHERE closed_at IS NULL")
            return [workshop for (workshop,) in rows]

    def answers(self, workshop: str) -> list[Answer]:
        """List what the phones of a workshop answered, in all its rooms, in the order of the questions.

        Within a question by answer and name: nothing tells which answers came from one phone where
        no names were asked for.
        """
        with self._file.reading() as run:
            rows = run.execute(
                "SELECT content, kind, answer, name, hidden FROM answers "
                "JOIN phones USING (room, phone) JOIN questions USING (room, number) "
                "JOIN rooms USING (room) WHERE workshop = ? "
                "ORDER BY opened_at, number, answer, name",
                (workshop,),
            )
            return [
                Answer(
                    asked=told["asked"],
                    kind=kind,
                    answer=dict(told.get("options", ())).get(answer, answer),
                    name=name,
                    hidden=bool(hidden),
                )
                for content, kind, answer, name, hidden in rows
                for told in (json.loads(content),)
            ]

    def erase(self, workshop: str) -> None:
        """Erase all that phones sent in a workshop, with their names; what was counted stays there.

        Raises
        ------
        KitError
            If a room of it is still open.
        """
        with self._file.writing() as run:
            if _open_room(run, workshop):
                raise KitError(
                    _("The room is still open; close it, then erase what its phones sent.")
                )
            inside = "WHERE room IN (SELECT room FROM rooms WHERE workshop = ?)"
            for table in ("answers", "phones", "questions"):
                run.execute(f"DELETE FROM {table} {inside}", (workshop,))
            run.execute("DELETE FROM rooms WHERE workshop = ?", (workshop,))
        self._file.tidy()


def _open_room(run: sqlite3.Cursor, workshop: str) -> Any:
    return run.execute(
        "SELECT room, code, names, revision, question, words, shown FROM rooms "
        "WHERE workshop = ? AND closed_at IS NULL ORDER BY opened_at DESC",
        (workshop,),
    ).fetchone()


def _question(run: sqlite3.Cursor, room: str, number: int | None) -> Question | None:
    row = run.execute(
        "SELECT key, kind, content, state, result FROM questions WHERE room = ? AND number = ?",
        (room, number),
    ).fetchone()
    if row is None or number is None:
        return None
    key, kind, content, state, result = row
    return Question(
        number=number,
        key=key,
        kind=kind,
        content=json.loads(content),
        state=state,
        result=json.loads(result) if result else None,
        answers=_count(run, "answers WHERE room = ? AND number = ?", room, number),
    )


def _count(run: sqlite3.Cursor, of: str, *values: str | int) -> int:
    return int(run.execute(f"SELECT count(*) FROM {of}", values).fetchone()[0])


def _counted(run: sqlite3.Cursor, room: str, number: int) -> dict[str, int]:
    rows: Sequence[tuple[str]] = run.execute(
        "SELECT answer FROM answers WHERE room = ? AND number = ?", (room, number)
    ).fetchall()
    return dict(sorted(Counter(answer for (answer,) in rows).items()))


def _numbered(
    run: sqlite3.Cursor, room: str, key: str, kind: str, content: Mapping[str, Any]
) -> int:
    """Give the number of the question with this key, writing it down if it is new."""
    run.execute(
        "INSERT INTO questions (room, number, key, kind, content) "
        "SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4 FROM questions WHERE room = ?1 "
        "ON CONFLICT (room, key) DO NOTHING",
        (room, key, kind, json.dumps(content)),
    )
    row = run.execute("SELECT number FROM questions WHERE room = ? AND key = ?", (room, key))
    return int(row.fetchone()[0])


def _still(run: sqlite3.Cursor, room: str, seen: int | None) -> bool:
    found = run.execute(
        "SELECT revision FROM rooms WHERE room = ? AND closed_at IS NULL", (room,)
    ).fetchone()
    return found is not None and seen in (None, found[0])


def _moved(run: sqlite3.Cursor, room: str) -> None:
    run.execute("UPDATE rooms SET revision = revision + 1 WHERE room = ?", (room,))
