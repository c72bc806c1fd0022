"""What is asked of the database to hand out the log: one query a frame, in the frame's columns."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, func, select

from interview_coach.outcomes import frames, schema
from interview_coach.outcomes import history as log_history
from interview_coach.outcomes.plain import Run, Statement

__all__ = ["calls", "clients", "history", "interviews", "written"]


def calls() -> Select[Any]:
    """Ask for all calls with their interview's fields, by scheduled start: `frames.LOGGED`."""
    table, interviews_ = schema.calls, schema.interviews
    of = {column.name: column for column in (*interviews_.c, *table.c)}
    return (
        select(*(of[name] for name in frames.LOGGED))
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
    of = {column.name: column for column in (*names.c, *table.c)}
    return (
        select(*(of[name] for name in frames.CLIENTS))
        .join_from(table, names, isouter=True)
        .order_by(table.c.coach, table.c.client_id)
    )


_writes = schema.writes
_WRITTEN = Statement(
    select(func.count(), func.max(_writes.c.write_id), func.max(_writes.c.at)).select_from(_writes)
)


def written(run: Run) -> tuple[Any, ...]:
    """Give the number of acts, and of the last one its number and when it was."""
    found = run.row(_WRITTEN)
    assert found is not None
    return found


_CHAINS = Statement(select(schema.clients.c.chain, schema.clients.c.client_id))


def history(run: Run, call_id: str | None) -> Iterator[tuple[Any, ...]]:
    """Give the history, one row a field changed: `frames.HISTORY`."""
    clients_: dict[str, str] = {}
    if call_id is None:
        found, clients_ = log_history.rows(run), {row[0]: row[1] for row in run.rows(_CHAINS)}
    else:
        place = log_history.place_of(run, call_id)
        found = log_history.rows(run, (*place, call_id)) if place else iter(())
    for write_id, at, by, action, why, of, chain, _, change, private in found:
        act = (write_id, at, by, action, why, of, None if of else clients_.get(chain))
        fields = json.loads(change or "{}") | json.loads(private or "{}")
        if not fields:
            yield (*act, None, None, None)
        for name, (was, became) in fields.items():
            yield (*act, name, was, became)
