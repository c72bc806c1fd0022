"""Entering acts in the history: who, when, why, what was and what became, chained by hash."""

import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, select

from interview_coach.outcomes import chain, schema
from interview_coach.outcomes.plain import Run, Statement

__all__ = [
    "TAKEN_BACK",
    "Act",
    "Entry",
    "act_text",
    "begin",
    "enter",
    "head",
    "last_of",
    "place_of",
]

_writes, _history = schema.writes, schema.history

_WRITE = Statement(
    insert(_writes).returning(_writes.c.write_id),
    ["at", "by", "action", "why", "why_secret", "why_digest"],
)
_HEAD = Statement(
    select(_history.c.number, _history.c.hash)
    .where(_history.c.coach == bindparam("coach"), _history.c.chain == bindparam("chain"))
    .order_by(_history.c.number.desc())
    .limit(1)
)
ENTRY_COLUMNS = tuple(column.name for column in _history.c)
_ENTER = Statement(insert(_history), ENTRY_COLUMNS)

TAKEN_BACK = "taken back"  # unmarked: it is kept
"""The reason that an act is kept with which took another back; English, as it is kept."""


class Act(NamedTuple):
    """One act, with its number and the text by which it enters the hashes of its rows."""

    write_id: int
    text: str


class Entry(NamedTuple):
    """What an act did to one call or client.

    Attributes
    ----------
    coach, chain : str
        The chain that it stands in: an interview's id, or the chain of a client.
    call_id : str or None
        The call; None where it is about the client.
    change, private : mapping of str to (was, became)
        What changed, and what of it is private.
    secret : bytes or None
        Key of the client's private digests.
    plain_state, private_state, interview_state : str or None
        The rows as they stand after the act (`chain.state`); None where the call is gone, or none
        is concerned.
    """

    coach: str
    chain: str
    call_id: str | None
    change: Mapping[str, tuple[Any, Any]]
    private: Mapping[str, tuple[Any, Any]]
    secret: bytes | None
    plain_state: str | None
    private_state: str | None
    interview_state: str | None


def act_text(at: datetime, by: str, action: str, why_digest: bytes | None) -> str:
    """Write an act as it enters the hashes: when (UTC), by whom, what, and the digest of why."""
    why = why_digest.hex() if why_digest else ""
    at = at if at.tzinfo is UTC else at.astimezone(UTC)
    return f"{at.isoformat()}\0{by}\0{action}\0{why}"


def begin(run: Run, at: datetime, by: str, action: str, why: str | None) -> Act:
    """Enter an act; what it did is then entered with its number."""
    secret = secrets.token_bytes(chain.SECRET_SIZE) if why else None
    digest = chain.keyed(secret, why)
    row = run.row(
        _WRITE,
        at=at,
        by=by,
        action=action,
        why=why,
        why_secret=secret,
        why_digest=digest,
    )
    assert row is not None
    return Act(int(row[0]), act_text(at, by, action, digest))


def what_text(chain_: str, number: int, call_id: str | None, change: str | None) -> str:
    """Write where a row of the history stands, and what it says, as it enters its hash."""
    return f"{chain_}\0{number}\0{call_id or ''}\0{change or ''}"


def head(run: Run, coach: str, chain_: str) -> tuple[int, bytes | None]:
    """Give the number and the hash of a chain's last row; 0 and None of one not begun."""
    found = run.row(_HEAD, coach=coach, chain=chain_)
    return (int(found[0]), bytes(found[1])) if found else (0, None)


def enter(run: Run, act: Act, entry: Entry, before: tuple[int, bytes | None] | None = None) -> None:
    """Enter what an act did to one call or client, onto its chain.

    Parameters
    ----------
    run : Run
    act : Act
    entry : Entry
    before : (int, bytes or None), optional
        The chain's head, where it is known.
    """
    number, hashed = before if before is not None else head(run, entry.coach, entry.chain)
    run.do(_ENTER, row_of(act, entry, number, hashed))


def row_of(act: Act, entry: Entry, number: int, hashed: bytes | None) -> dict[str, Any]:
    """Make the row that follows row `number`, whose hash is `hashed`, in a chain."""
    change, private = chain.as_json(entry.change), chain.as_json(entry.private)
    digests = {
        "plain_digest": None if entry.plain_state is None else chain.plain(entry.plain_state),
        "keyed_digest": chain.keyed(entry.secret, entry.private_state),
        "interview_digest": None
        if entry.interview_state is None
        else chain.plain(entry.interview_state),
        "private_digest": chain.keyed(entry.secret, private),
    }
    what = what_text(entry.chain, number + 1, entry.call_id, change)
    return {
        "coach": entry.coach,
        "chain": entry.chain,
        "number": number + 1,
        "write_id": act.write_id,
        "call_id": entry.call_id,
        "change": change,
        "private": private,
        **digests,
        "hash": chain.link(hashed, act.text, digests.values(), what),
    }


_LAST = Statement(
    select(
        _history.c.number,
        _history.c.call_id,
        _history.c.change,
        _history.c.private,
        _writes.c.action,
        _writes.c.at,
        _writes.c.by,
    )
    .join_from(_history, _writes)
    .where(
        _history.c.coach == bindparam("coach"),
        _history.c.chain == bindparam("chain"),
        _history.c.call_id == bindparam("call_id"),
    )
    .order_by(_history.c.number)
)


def last_of(run: Run, coach: str, chain_: str, call_id: str) -> dict[str, Any] | None:
    """Give the last row about a call: number, change, private, action, at, by; and how many."""
    found = run.rows(_LAST, coach=coach, chain=chain_, call_id=call_id)
    names = ("number", "call_id", "change", "private", "action", "at", "by")
    return {**dict(zip(names, found[-1], strict=True)), "acts": len(found)} if found else None


_PLACE = Statement(
    select(schema.calls.c.coach, schema.calls.c.interview_id).where(
        schema.calls.c.call_id == bindparam("call_id")
    )
)
_PLACE_THEN = Statement(
    select(_history.c.coach, _history.c.chain)
    .where(_history.c.call_id == bindparam("call_id"))
    .limit(1)
)


def place_of(run: Run, call_id: str) -> tuple[str, str] | None:
    """Give the coach and the interview of a call, also of one that was taken out of the log."""
    # Only of a call that was taken out must the whole history be searched.
    found = run.row(_PLACE, call_id=call_id) or run.row(_PLACE_THEN, call_id=call_id)
    return (str(found[0]), str(found[1])) if found else None


_OF_CALL = (
    select(
        _history.c.write_id,
        _writes.c.at,
        _writes.c.by,
        _writes.c.action,
        _writes.c.why,
        _history.c.call_id,
        _history.c.chain,
        _history.c.coach,
        _history.c.change,
        _history.c.private,
    )
    .join_from(_history, _writes)
    .order_by(_history.c.write_id, _history.c.coach, _history.c.chain, _history.c.number)
)
_ALL = Statement(_OF_CALL)
_ONE = Statement(
    _OF_CALL.where(
        _history.c.coach == bindparam("coach"),
        _history.c.chain == bindparam("chain"),
        _history.c.call_id == bindparam("call_id"),
    )
)


def rows(run: Run, of: tuple[str, str, str] | None = None) -> Iterator[tuple[Any, ...]]:
    """Give the history in order, of one call (coach, interview, call) or of everything."""
    if of is None:
        yield from run.rows(_ALL)
    else:
        yield from run.rows(_ONE, coach=of[0], chain=of[1], call_id=of[2])
