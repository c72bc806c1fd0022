"""Keeping a whole file of calls in one transaction: which rows are new, known, or in conflict."""

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, insert, select

from interview_coach.outcomes import database, schema
from interview_coach.outcomes.interpret import FileRow
from interview_coach.outcomes.store import CALL_FIELDS, INTERVIEW_FIELDS, OutcomeLog

__all__ = ["Outcome", "Plan", "keep", "rehearse"]

CHUNK = 5000


@dataclass(frozen=True)
class Plan:
    """What is to be kept: the rows of a file, by whom, when, and whether its clients are named."""

    file: str
    coach: str
    now: datetime
    pseudonymous: bool
    rows: list[FileRow]


@dataclass(frozen=True)
class Outcome:
    """What became of the rows."""

    added: list[FileRow]
    already_there: int
    rejected: list[FileRow]


class _Interview(NamedTuple):
    """What one interview is, as far as the log or an earlier row knows."""

    where: str
    client_id: str
    fields: dict[str, Any]
    new: bool


@dataclass
class _Known:
    """What the log holds already, of the coaches in the file."""

    salt: str
    keys: dict[tuple[str, str], str | None] = field(default_factory=dict)
    interviews: dict[tuple[str, str], _Interview] = field(default_factory=dict)
    last: dict[tuple[str, str], int] = field(default_factory=dict)
    clients: set[tuple[str, str]] = field(default_factory=set)
    named: set[tuple[str, str]] = field(default_factory=set)


@dataclass(slots=True)
class _Call:
    """A row on its way into the log, with the ids that it gets there."""

    row: FileRow
    coach: str
    client_id: str
    interview_id: str
    key: str
    digest: str


def keep(
    plan: Plan,
    log: OutcomeLog,
    list_rejects: Callable[[list[FileRow]], None],
    progress: Callable[[int, int], None],
) -> Outcome:
    """Write the new rows of a plan into a log, in one transaction.

    Parameters
    ----------
    plan : Plan
        The rows; those with reasons are not written, and reasons are added to those that contradict
        the log or another row.
    log : OutcomeLog
        Where to.
    list_rejects : callable
        Called with the rejected rows before anything is kept for good; if it raises, nothing is.
    progress : callable
        Told how many rows are written, of how many.
    """
    with log.transaction() as connection:
        known = _known(connection, {_coach(row, plan) for row in plan.rows})
        calls, already = _sort_out(plan, known)
        rejected = [row for row in plan.rows if row.reasons]
        list_rejects(rejected)
        if calls:
            why = f"{plan.file}: {len(calls):,} of {len(plan.rows):,} rows"
            write = log.record(connection, plan.now, "imported", why)
            _write(connection, plan, known, calls, write, progress)
    return Outcome([call.row for call in calls], already, rejected)


def rehearse(plan: Plan, log_url: str | os.PathLike[str]) -> Outcome:
    """Tell what `keep` would do, without making or changing the log."""
    url = database.location(log_url)
    is_file = url.get_backend_name() == "sqlite"
    if is_file and not Path(str(url.database)).exists():
        known = _Known(salt="")
    else:
        with OutcomeLog.open(log_url, plan.coach) as log, log.snapshot() as connection:
            known = _known(connection, {_coach(row, plan) for row in plan.rows})
    calls, already = _sort_out(plan, known)
    return Outcome([call.row for call in calls], already, [row for row in plan.rows if row.reasons])


def _coach(row: FileRow, plan: Plan) -> str:
    return str(row.fields.get("coach") or plan.coach)


def _known(connection: Connection, coaches: Iterable[str]) -> _Known:
    about, calls, interviews = schema.about, schema.calls, schema.interviews
    salt = connection.scalar(select(about.c.value).where(about.c.key == "salt"))
    known = _Known(str(salt))
    for coach in sorted(coaches):
        for key, digest in connection.execute(
            select(calls.c.entry_key, calls.c.entry_digest).where(
                calls.c.coach == coach, calls.c.entry_key.is_not(None)
            )
        ):
            known.keys[coach, key] = digest
        for found in connection.execute(select(interviews).where(interviews.c.coach == coach)):
            fields = {name: getattr(found, name) for name in INTERVIEW_FIELDS}
            known.interviews[coach, found.interview_id] = _Interview(
                "in the log", found.client_id, fields, new=False
            )
        for interview, last in connection.execute(
            select(calls.c.interview_id, func.max(calls.c.sequence))
            .where(calls.c.coach == coach)
            .group_by(calls.c.interview_id)
        ):
            known.last[coach, interview] = last
        for table, held in ((schema.clients, known.clients), (schema.client_names, known.named)):
            held.update(
                (coach, client)
                for client in connection.scalars(
                    select(table.c.client_id).where(table.c.coach == coach)
                )
            )
    return known


def _sort_out(plan: Plan, known: _Known) -> tuple[list[_Call], int]:
    """Find the rows that are new; add reasons to those that contradict what is known."""
    calls: list[_Call] = []
    already = 0
    seen: Counter[tuple[str, ...]] = Counter()
    mark = known.salt.encode()

    def digest(*parts: str) -> str:
        # Keyed with the log's own salt: without the log nobody can try names against it.
        return blake2b(
            "\x1f".join(parts).encode("utf-8", "replace"), key=mark, digest_size=10
        ).hexdigest()

    for row in plan.rows:
        coach = _coach(row, plan)
        # Faulty rows are counted as well, so that a mended mapping does not renumber the others.
        same = (coach, *row.identity)
        seen[same] += 1
        if row.reasons:
            continue
        key = "row-" + digest(*same, str(seen[same]))
        content = digest(*row.content)
        if (coach, key) in known.keys:
            if known.keys[coach, key] == content:
                already += 1
            else:
                row.reasons.append(
                    "an earlier import brought this call with other values; nothing was changed: "
                    "change it in the log if the file is right"
                )
            continue
        client = " ".join(row.client)
        if not plan.pseudonymous:
            client = "client-" + digest("client", coach, client.casefold())
        interview = "interview-" + (
            digest("interview", coach, client, *row.interview) if row.interview else digest(key)
        )
        conflict = _fits(known, row, coach, client, interview)
        if conflict:
            row.reasons.append(conflict)
            continue
        calls.append(_Call(row, coach, client, interview, key, content))
    return calls, already


def _fits(known: _Known, row: FileRow, coach: str, client: str, interview: str) -> str | None:
    """Take the row's interview as known from now on, or say how it contradicts what is."""
    mine = {name: row.fields.get(name) for name in INTERVIEW_FIELDS}
    before = known.interviews.get((coach, interview))
    if before is None:
        known.interviews[coach, interview] = _Interview(
            f"on line {row.line}", client, mine, new=True
        )
        return None
    for name, value in mine.items():
        was = before.fields[name]
        if value is not None and was is not None and value != was:
            return f"{name}: the same interview has another one {before.where}"
    if before.new:
        before.fields.update({k: v for k, v in mine.items() if v is not None})
    return None


def _write(
    connection: Connection,
    plan: Plan,
    known: _Known,
    calls: list[_Call],
    write: int,
    progress: Callable[[int, int], None],
) -> None:
    # Sorted by their keys throughout: an index is then filled page by page, not all over.
    clients = sorted({(call.coach, call.client_id) for call in calls})
    _insert(
        connection,
        schema.clients,
        [{"coach": c, "client_id": i} for c, i in clients if (c, i) not in known.clients],
    )
    if not plan.pseudonymous:
        names = {(call.coach, call.client_id): " ".join(call.row.client) for call in calls}
        _insert(
            connection,
            schema.client_names,
            [
                {"coach": c, "client_id": i, "name": name, "contact": None}
                for (c, i), name in names.items()
                if (c, i) not in known.named
            ],
        )
    used = sorted({(call.coach, call.interview_id) for call in calls})
    _insert(
        connection,
        schema.interviews,
        [
            {"coach": c, "interview_id": i, "client_id": one.client_id, **one.fields}
            for c, i in used
            if (one := known.interviews[c, i]).new
        ],
    )
    _insert(connection, schema.calls, _numbered(known, calls, write), progress)


def _numbered(known: _Known, calls: list[_Call], write: int) -> list[dict[str, Any]]:
    """Make the rows of the calls table: the calls of an interview are numbered by their start."""
    by_interview: dict[tuple[str, str], list[_Call]] = defaultdict(list)
    for call in calls:
        by_interview[call.coach, call.interview_id].append(call)
    rows = []
    for place, group in by_interview.items():
        group.sort(key=lambda call: (call.row.fields["scheduled_at"], call.row.line))
        for sequence, call in enumerate(group, known.last.get(place, 0) + 1):
            row = {name: call.row.fields.get(name) for name in CALL_FIELDS}
            row["call_id"] = "call-" + call.key.removeprefix("row-")
            row["coach"], row["interview_id"] = place
            row["sequence"], row["write_id"] = sequence, write
            row["entry_key"], row["entry_digest"] = call.key, call.digest
            rows.append(row)
    rows.sort(key=lambda row: (row["coach"], row["entry_key"]))
    return rows


def _insert(
    connection: Connection,
    table: Any,
    rows: list[dict[str, Any]],
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> None:
    statement = insert(table)
    for start in range(0, len(rows), CHUNK):
        connection.execute(statement, rows[start : start + CHUNK])
        progress(min(start + CHUNK, len(rows)), len(rows))
