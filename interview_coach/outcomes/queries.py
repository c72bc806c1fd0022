"""What is asked of the database to hand out the log: one query a frame, in the frame's columns."""

from typing import Any

from sqlalchemy import Select, select

from interview_coach.outcomes import frames, schema

__all__ = ["added", "calls", "changed", "clients", "interviews"]

_OF_A_WRITE = ("write_id", "at", "by", "action", "why")


def calls() -> Select[Any]:
    """Ask for all calls with their interview's fields, by scheduled start: `frames.CALLS`."""
    table, interviews_ = schema.calls, schema.interviews
    of = {column.name: column for column in (*interviews_.c, *table.c)}
    return (
        select(*(of[name] for name in frames.CALLS))
        .join_from(table, interviews_)
        .order_by(table.c.scheduled_at, table.c.interview_id, table.c.sequence, table.c.call_id)
    )


def interviews() -> Select[Any]:
    """Ask for all interviews: `frames.INTERVIEWS`."""
    table = schema.interviews
    return select(*(table.c[name] for name in frames.INTERVIEWS)).order_by(
        table.c.coach, table.c.interview_id
    )


def clients() -> Select[Any]:
    """Ask for all clients, with names where they are kept: `frames.CLIENTS`."""
    table, names = schema.clients, schema.client_names
    return (
        select(table.c.client_id, table.c.coach, names.c.name, names.c.contact)
        .join_from(table, names, isouter=True)
        .order_by(table.c.coach, table.c.client_id)
    )


def added(call_id: str | None) -> Select[Any]:
    """Ask for the writes that brought calls; an added call points to its write."""
    writes, table = schema.writes, schema.calls
    query = select(*(writes.c[name] for name in _OF_A_WRITE), table.c.call_id).join_from(
        table, writes
    )
    return query if call_id is None else query.where(table.c.call_id == call_id)


def changed(call_id: str | None) -> Select[Any]:
    """Ask for changes, one row a field; a change points to its write and to its call."""
    writes, changes = schema.writes, schema.changes
    query = (
        select(
            *(writes.c[name] for name in _OF_A_WRITE),
            changes.c.call_id,
            *(changes.c[name] for name in ("client_id", "field", "was", "became")),
        )
        .join_from(changes, writes)
        .order_by(changes.c.change_id)
    )
    return query if call_id is None else query.where(changes.c.call_id == call_id)
