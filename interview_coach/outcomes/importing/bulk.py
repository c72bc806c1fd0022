"""Keeping a whole file of calls in one transaction: which rows are new, known, or in conflict."""

import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, func, insert, select

from interview_coach.language import _
from interview_coach.outcomes import chain, chaining, database, history, schema
from interview_coach.outcomes.acts import CALL_FIELDS, INTERVIEW_FIELDS
from interview_coach.outcomes.erasing import ERASED
from interview_coach.outcomes.importing.interpret import Interpretation
from interview_coach.outcomes.keys import keyed_digest
from interview_coach.outcomes.plain import converter
from interview_coach.outcomes.store import OutcomeLog

__all__ = ["Outcome", "Plan", "keep", "rehearse"]

CHUNK = 10_000


@dataclass(frozen=True)
class Plan:
    """What is to be kept: the rows of a file, by whom, when, and whether its clients are named."""

    coach: str
    now: datetime
    pseudonymous: bool
    read: Interpretation

    def coaches(self) -> list[str]:
        """Give the coach of each row."""
        given = self.read.fields.get("coach") or [None] * len(self.read.identity)
        return [coach or self.coach for coach in given]


@dataclass(frozen=True)
class Outcome:
    """What became of the rows: those added, by their place in the file, how many were known, which act."""

    added: list[int]
    already_there: int
    act: int | None = None


class _Interview(NamedTuple):
    """What one interview is, as far as the log or an earlier row knows."""

    where: str
    client_id: str
    fields: tuple[Any, ...]
    new: bool


@dataclass
class _Known:
    """What the log holds already, of the coaches in the file."""

    digest: Callable[[str], str]
    keys: dict[str, str | None] = field(default_factory=dict)
    interviews: dict[tuple[str, str], _Interview] = field(default_factory=dict)
    last: dict[tuple[str, str], int] = field(default_factory=dict)
    clients: dict[tuple[str, str], bytes | None] = field(default_factory=dict)
    named: set[tuple[str, str]] = field(default_factory=set)


# A row on its way into the log, with the ids that it gets there: interview, coach, start, row, client,
# call and what shows that the file's row has changed. A plain tuple, made a hundred thousand times and
# sorted by its first field, which tells an interview from any other coach's as well.
_Call = tuple[str, str, datetime, int, str, str, str]


def keep(
    plan: Plan,
    log: OutcomeLog,
    list_rejects: Callable[[], None],
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
        Called when all reasons are known, before anything is kept for good; if it raises, nothing is.
    progress : callable
        Told how many rows are written, of how many.
    """
    # On a team's server the coach of rows that name none is whoever is logged in.
    plan = replace(plan, coach=log.coach)
    with log.transaction() as connection:
        known = _known(connection, set(plan.coaches()))
        calls, already = _sort_out(plan, known)
        list_rejects()
        act = None
        if calls:
            rows = len(plan.read.identity)
            why = f"{plan.read.table.name}: {len(calls):,} of {rows:,} rows"
            act = history.begin(database.run_of(connection), plan.now, log.coach, "imported", why)
            _write(connection, plan, known, calls, act, progress)
    return Outcome(sorted(call[3] for call in calls), already, act and act.write_id)


def rehearse(plan: Plan, log_url: str | os.PathLike[str]) -> Outcome:
    """Tell what `keep` would do, without making or changing the log."""
    url = database.location(log_url)
    is_file = url.get_backend_name() == "sqlite"
    if is_file and not Path(str(url.database)).exists():
        known = _Known(keyed_digest(None))
    else:
        with OutcomeLog.open(log_url, plan.coach) as log, log.snapshot() as connection:
            plan = replace(plan, coach=log.coach)
            known = _known(connection, set(plan.coaches()))
    calls, already = _sort_out(plan, known)
    return Outcome(sorted(call[3] for call in calls), already)


def _known(connection: Connection, coaches: Iterable[str]) -> _Known:
    calls, interviews = schema.calls, schema.interviews
    known = _Known(keyed_digest(connection))
    for coach in sorted(coaches):
        for key, content in connection.execute(
            select(calls.c.call_id, calls.c.entry_digest).where(
                calls.c.coach == coach, calls.c.entry_digest.is_not(None)
            )
        ):
            known.keys[key] = content
        for found in connection.execute(select(interviews).where(interviews.c.coach == coach)):
            fields = tuple(getattr(found, name) for name in INTERVIEW_FIELDS)
            known.interviews[coach, found.interview_id] = _Interview(
                _("in the log"), found.client_id, fields, new=False
            )
        for interview, last in connection.execute(
            select(calls.c.interview_id, func.max(calls.c.sequence))
            .where(calls.c.coach == coach)
            .group_by(calls.c.interview_id)
        ):
            known.last[coach, interview] = last
        people, names = schema.clients, schema.client_names
        for client, secret in connection.execute(
            select(people.c.client_id, people.c.secret).where(people.c.coach == coach)
        ):
            known.clients[coach, client] = secret
        known.named.update(
            (coach, client)
            for client in connection.scalars(
                select(names.c.client_id).where(names.c.coach == coach)
            )
        )
    return known


def _sort_out(plan: Plan, known: _Known) -> tuple[list[_Call], int]:
    """Find the rows that are new; add reasons to those that contradict what is known."""
    read = plan.read
    calls: list[_Call] = []
    already = 0
    seen: dict[str, int] = {}
    digest = known.digest
    nothing = [None] * len(read.identity)
    of_interview = zip(*(read.fields.get(name, nothing) for name in INTERVIEW_FIELDS), strict=True)
    cells = zip(plan.coaches(), of_interview, read.identity, read.content, read.client, strict=True)
    for row, (coach, fields, identity, said, client) in enumerate(cells):
        # Faulty rows are counted as well, so that a mended mapping does not renumber the others.
        same = f"{coach}\0{identity}"
        times = seen[same] = seen.get(same, 0) + 1
        if row in read.reasons:
            continue
        key = digest(f"{same}\0{times}")
        content = _checksum(said)
        call_id = "call-" + key
        if call_id in known.keys:
            if known.keys[call_id] in (content, _checksum(read.content_before[row]), ERASED):
                already += 1
            else:
                read.add(
                    row,
                    _(
                        "an earlier import brought this call with other values; nothing was changed: "
                        "change it in the log if the file is right"
                    ),
                )
            continue
        if not plan.pseudonymous:
            client = "client-" + digest(f"client\0{coach}\0{client.casefold()}")
        interview = "interview-" + (
            digest(f"interview\0{coach}\0{client}\0{read.interview[row]}")
            if read.interview is not None
            else key
        )
        conflict = _fits(known, read.table.lines[row], (coach, interview), client, fields)
        if conflict:
            read.add(row, conflict)
            continue
        start = read.fields["scheduled_at"][row]
        calls.append((interview, coach, start, row, client, call_id, content))
    return calls, already


def _checksum(said: str) -> str:
    return f"{zlib.crc32(said.encode('utf-8', 'replace')):08x}"


def _fits(
    known: _Known, line: int, place: tuple[str, str], client: str, mine: tuple[Any, ...]
) -> str | None:
    """Take the row's interview as known from now on, or say how it contradicts what is."""
    before = known.interviews.get(place)
    if before is None:
        known.interviews[place] = _Interview(
            _("on line {line}").format(line=line), client, mine, new=True
        )
        return None
    if mine == before.fields:
        return None
    for name, value, was in zip(INTERVIEW_FIELDS, mine, before.fields, strict=True):
        if value is not None and was is not None and value != was:
            return _("{field}: the same interview has another one {where}").format(
                field=name, where=before.where
            )
    if before.new:
        filled = tuple(w if v is None else v for v, w in zip(mine, before.fields, strict=True))
        known.interviews[place] = before._replace(fields=filled)
    return None


def _write(
    connection: Connection,
    plan: Plan,
    known: _Known,
    calls: list[_Call],
    act: history.Act,
    progress: Callable[[int, int], None],
) -> None:
    # Sorted by their keys throughout: an index is then filled page by page, not all over. The order
    # of the calls is that of the largest index beside the table: quicker than that of their ids.
    calls.sort()
    interviews, coaches, _starts, order, of_client, call_ids, contents = zip(*calls, strict=True)
    whose = list(zip(coaches, of_client, strict=True))
    clients = sorted(set(whose) - known.clients.keys())
    keys = list(_drawn(chain.SECRET_SIZE, len(clients)))
    known.clients.update(zip(clients, keys, strict=True))
    named = _columns(("coach", "client_id"), clients)
    named |= {"secret": keys, "chain": [f"client-{one.hex()}" for one in _drawn(6, len(clients))]}
    _insert(connection, schema.clients, named)
    if not plan.pseudonymous:
        names = {who: plan.read.client[row] for who, row in zip(whose, order, strict=True)}
        rows = [(*who, names[who]) for who in sorted(names.keys() - known.named)]
        _insert(connection, schema.client_names, _columns(("coach", "client_id", "name"), rows))
    places = list(zip(coaches, interviews, strict=True))
    fields = {place: known.interviews[place] for place in places}
    new = [(*place, one.client_id, *one.fields) for place, one in fields.items() if one.new]
    of_interview = ("coach", "interview_id", "client_id", *INTERVIEW_FIELDS)
    _insert(connection, schema.interviews, _columns(of_interview, new))
    columns: dict[str, Sequence[Any]] = {
        "call_id": call_ids,
        "coach": coaches,
        "interview_id": interviews,
        "entry_digest": contents,
        "sequence": list(_numbers(places, known.last)),
        "write_id": [act.write_id] * len(calls),
    }
    for name in CALL_FIELDS:
        if name in plan.read.fields:
            values = plan.read.fields[name]
            columns[name] = [values[row] for row in order]
    added = chaining.Added(
        columns={**columns, "client_id": of_client},
        secrets=list(map(known.clients.__getitem__, whose)),
        interviews={place: one.fields for place, one in fields.items()},
        known={place for place, one in fields.items() if not one.new},
    )
    run = database.run_of(connection)
    chaining.count(run, added)
    _insert(connection, schema.calls, columns, progress)
    _insert(connection, schema.history, chaining.history_rows(run, act, added))


def _drawn(size: int, number: int) -> Iterator[bytes]:
    """Draw secrets: asking the machine once takes a tenth of asking for each."""
    drawn = os.urandom(size * number)
    return (drawn[start : start + size] for start in range(0, len(drawn), size))


def _numbers(
    places: Iterable[tuple[str, str]], last: Mapping[tuple[str, str], int]
) -> Iterator[int]:
    """Give each call its number in its interview; they come by their start."""
    before: tuple[str, str] | None = None
    number = 0
    for place in places:
        number = number + 1 if place == before else last.get(place, 0) + 1
        before = place
        yield number


def _columns(names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> dict[str, Sequence[Any]]:
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _insert(
    connection: Connection,
    table: Table,
    columns: dict[str, Sequence[Any]],
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> None:
    names = tuple(columns)
    rows = len(columns[names[0]])
    marks = ", ".join("?" * len(names))
    statement = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})"
    if connection.dialect.name == "sqlite":
        # Straight to SQLite: SQLAlchemy's own work for each row takes longer than SQLite's.
        cursor = connection.connection.cursor()
        stored = [_stored(connection, table, name, columns[name]) for name in names]
        cells = zip(*stored, strict=True)
        for start in range(0, rows, CHUNK):
            cursor.executemany(statement, list(islice(cells, CHUNK)))
            progress(min(start + CHUNK, rows), rows)
        cursor.close()
        return
    cells = zip(*columns.values(), strict=True)
    for start in range(0, rows, CHUNK):
        part = [dict(zip(names, row, strict=True)) for row in islice(cells, CHUNK)]
        connection.execute(insert(table), part)
        progress(start + len(part), rows)


def _stored(
    connection: Connection, table: Table, name: str, values: Sequence[Any]
) -> Sequence[Any]:
    """Give what the column's type would store, worked out once for each distinct value."""
    stored = converter(table.c[name].type, connection.dialect)
    if stored is None:
        return values
    known = {value: None if value is None else stored(value) for value in set(values)}
    return list(map(known.__getitem__, values))
