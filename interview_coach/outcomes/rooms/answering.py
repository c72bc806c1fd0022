"""What the phones' server does with a room: let a phone in, take its answers, tell it what is asked.

Each function takes a cursor in a transaction, so that the server can put many answers into one commit.
What a phone may not do is a `Refused`, raised before anything is written.
"""

import json
import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from interview_coach.outcomes.rooms.codes import read_code

__all__ = [
    "LONGEST_NAME",
    "LONGEST_WORDS",
    "MOST_PHONES",
    "OpenRoom",
    "Refused",
    "answer",
    "close_old",
    "join",
    "last_port",
    "listening",
    "mine",
    "open_rooms",
    "room_of",
    "view",
]

LONGEST_WORDS = 2_000  # characters; the longest message of the playbook has some 900
LONGEST_NAME = 60
MOST_PHONES = 2_000  # in one room
_MOST_TURNS = 1_000_000


class Refused(Exception):
    """What a phone asked for is not done; `reason` is one of those that its page has words for.

    No `KitError`: it is for a phone, and never reaches a page of the kit.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(f"Refused: {reason}.")  # unmarked: for programmers
        self.reason = reason


@dataclass(frozen=True)
class OpenRoom:
    """An open room: since when (seconds since 1970), how much was done in it, what it speaks."""

    room: str
    code: str
    opened_at: float
    revision: int
    language: str


def open_rooms(run: sqlite3.Cursor) -> list[OpenRoom]:
    """List the open rooms."""
    rows = run.execute(
        "SELECT room, code, opened_at, revision, language FROM rooms WHERE closed_at IS NULL"
    )
    return [OpenRoom(*row) for row in rows]


def close_old(run: sqlite3.Cursor, before: float, now: float) -> int:
    """Close the rooms that were opened at a moment or before it (seconds since 1970); give how many."""
    return run.execute(
        "UPDATE rooms SET closed_at = ?, revision = revision + 1 "
        "WHERE closed_at IS NULL AND opened_at <= ?",
        (now, before),
    ).rowcount


def listening(
    run: sqlite3.Cursor, port: int | None, addresses: Sequence[str] = (), problem: str = ""
) -> None:
    """Write down where the server answers, for the facilitator's page."""
    run.execute(
        "INSERT OR REPLACE INTO listener VALUES (1, ?, ?, ?)",
        (port, json.dumps(list(addresses)), problem),
    )


def last_port(run: sqlite3.Cursor) -> int | None:
    """Give the port at which phones were answered last; None if there was none."""
    row = run.execute("SELECT port FROM listener").fetchone()
    return None if row is None else row[0]


def join(run: sqlite3.Cursor, typed: str, phone: str, name: str, now: float) -> tuple[str, str]:
    """Let a phone into a room.

    Parameters
    ----------
    run : Cursor
        In a write transaction.
    typed : str
        The code, as it was typed.
    phone : str
        What an earlier join gave it; "" or anything unknown makes it a new one.
    name : str
        Kept only where the room asks for names.
    now : float
        Seconds since 1970.

    Returns
    -------
    tuple of str
        The room, and what the phone is known by: 128 random bits.

    Raises
    ------
    Refused
        ``code``, ``closed``, ``name`` (asked for and not given) or ``full``.
    """
    found = run.execute(
        "SELECT room, names, closed_at FROM rooms WHERE code = ?", (read_code(typed),)
    ).fetchone()
    if found is None:
        raise Refused("code")
    room, names, closed = found
    if closed is not None:
        raise Refused("closed")
    known = run.execute(
        "SELECT 1 FROM phones WHERE phone = ? AND room = ?", (phone, room)
    ).fetchone()
    if known:
        return room, phone
    called = " ".join(name.split())[:LONGEST_NAME] if names else ""
    # Signs that nobody sees, such as a joiner of letters, are no name by themselves.
    if names and not any(sign.isprintable() and not sign.isspace() for sign in called):
        raise Refused("name")
    there = run.execute("SELECT count(*) FROM phones WHERE room = ?", (room,)).fetchone()[0]
    if there >= MOST_PHONES:
        raise Refused("full")
    phone = secrets.token_urlsafe(16)
    run.execute("INSERT INTO phones VALUES (?, ?, ?, ?)", (phone, room, called, now))
    return room, phone


def room_of(run: sqlite3.Cursor, phone: str) -> str:
    """Give the open room of a phone.

    Raises
    ------
    Refused
        ``phone`` for one that nobody knows, ``closed`` where its room is.
    """
    row = run.execute(
        "SELECT room, closed_at FROM phones JOIN rooms USING (room) WHERE phone = ?", (phone,)
    ).fetchone()
    if row is None:
        raise Refused("phone")
    if row[1] is not None:
        raise Refused("closed")
    return str(row[0])


def answer(run: sqlite3.Cursor, phone: str, number: int, kind: str, said: str, turn: int) -> int:
    """Keep a phone's answer in place of its earlier one.

    Parameters
    ----------
    run : Cursor
        In a write transaction.
    phone : str
        Which phone.
    number : int
        The question that it saw.
    kind : str
        ``choice`` or ``words``.
    said : str
        A choice's key, or the words.
    turn : int
        The phone's own count of its answers: one that is not above what is kept was sent again, or
        came late, and changes nothing.

    Returns
    -------
    int
        The turn that is kept now.

    Raises
    ------
    Refused
        ``phone``, ``closed``; ``moved`` if something else is asked now; ``over`` if no more answers
        are taken; ``wrong`` if it is no answer to this question; ``long`` if it has too many letters.
    """
    room = room_of(run, phone)
    row = run.execute(
        "SELECT number, kind, state, content FROM questions JOIN rooms USING (room) "
        "WHERE room = ? AND number = coalesce(words, question)",
        (room,),
    ).fetchone()
    if row is None or row[0] != number:
        raise Refused("moved")
    _, asked, state, content = row
    if state != "open":
        raise Refused("over")
    if len(said) > LONGEST_WORDS:
        raise Refused("long")
    choices = [key for key, _ in json.loads(content).get("options", ())]
    if (
        kind != asked
        or not 0 < turn <= _MOST_TURNS
        or (said not in choices if asked == "choice" else not said.strip())
    ):
        raise Refused("wrong")
    run.execute(
        "INSERT INTO answers (room, number, phone, answer, turn) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (room, number, phone) DO UPDATE SET answer = excluded.answer, "
        "turn = excluded.turn, hidden = (hidden AND answer = excluded.answer), found = NULL "
        "WHERE excluded.turn > answers.turn",
        (room, number, phone, said, turn),
    )
    if run.rowcount:
        return turn
    kept = run.execute(
        "SELECT turn FROM answers WHERE room = ? AND number = ? AND phone = ?",
        (room, number, phone),
    )
    return int(kept.fetchone()[0])


def view(run: sqlite3.Cursor, room: str) -> dict[str, Any]:
    """Tell what every phone of a room is to show now: what is asked, and its result if revealed."""
    row = run.execute(
        "SELECT number, kind, content, state, result, closed_at, names, language "
        "FROM rooms LEFT JOIN questions ON questions.room = rooms.room AND number = coalesce(words, question) "
        "WHERE rooms.room = ?",
        (room,),
    ).fetchone()
    if row is None or row[5] is not None:
        return {"stage": "closed"}
    number, kind, content, state, result, _closed, names, language = row
    if number is None:
        return {"stage": "waiting", "names": bool(names), "language": language}
    shown = {
        **{"stage": state, "question": number, "kind": kind, "names": bool(names)},
        "language": language,
        **json.loads(content),
    }
    # Before it is revealed no phone is told anything of it, not even one that reads the answers raw.
    return {**shown, "result": json.loads(result)} if state == "revealed" and result else shown


def mine(run: sqlite3.Cursor, phone: str, room: str) -> dict[str, Any]:
    """Tell a phone what it answered itself to what is asked now, and what the review found in it."""
    row = run.execute(
        "SELECT answer, turn, found, state FROM answers JOIN questions USING (room, number) "
        "JOIN rooms USING (room) WHERE room = ? AND number = coalesce(words, question) "
        "AND phone = ?",
        (room, phone),
    ).fetchone()
    turns = run.execute("SELECT max(turn) FROM answers WHERE room = ? AND phone = ?", (room, phone))
    told: dict[str, Any] = {"turn": turns.fetchone()[0] or 0}
    if row is not None:
        told["answer"] = row[0]
        if row[2] and row[3] == "revealed":
            told["found"] = json.loads(row[2])
    return told
