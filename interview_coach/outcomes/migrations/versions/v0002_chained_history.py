"""A chained history, more about clients, revisions of calls, and counts that are kept."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from interview_coach.outcomes import chain, database, history, tallies
from interview_coach.outcomes.schema import UtcTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of version 2 and fill them from those of version 1."""
    for name in ("cohort", "tags", "outcome"):
        op.add_column("clients", sa.Column(name, sa.Text))
    op.add_column("clients", sa.Column("outcome_on", sa.Date))
    for name in ("player", "chain"):
        op.add_column("clients", sa.Column(name, sa.Text))
    op.add_column("clients", sa.Column("secret", sa.LargeBinary))
    op.add_column("writes", sa.Column("why_secret", sa.LargeBinary))
    op.add_column("writes", sa.Column("why_digest", sa.LargeBinary))
    op.add_column(
        "calls", sa.Column("revision", sa.Integer, nullable=False, server_default=sa.text("1"))
    )
    pending = sa.text("state = 'pending'")
    op.create_index(
        "ix_calls_pending",
        "calls",
        ["coach", "scheduled_at", "state"],
        sqlite_where=pending,
        postgresql_where=pending,
    )
    _new_tables()
    _fill(op.get_bind())
    op.drop_table("changes")


def _new_tables() -> None:
    op.create_table(
        "history",
        sa.Column("coach", sa.Text),
        sa.Column("chain", sa.Text),
        sa.Column("number", sa.Integer, autoincrement=False),
        sa.Column("write_id", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("call_id", "change", "private")),
        *(sa.Column(name, sa.LargeBinary) for name in ("private_digest", "plain_digest")),
        *(sa.Column(name, sa.LargeBinary) for name in ("keyed_digest", "interview_digest")),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("coach", "chain", "number", name="pk_history"),
        sa.ForeignKeyConstraint(["write_id"], ["writes.write_id"], "fk_history_write_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tallies",
        *(sa.Column(name, sa.Text) for name in ("coach", "month", "what")),
        sa.Column("n", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("coach", "month", "what", name="pk_tallies"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "open_cases",
        sa.Column("coach", sa.Text),
        sa.Column("interview_id", sa.Text),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("call_id", "due")),
        sa.Column("since", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("coach", "interview_id", name="pk_open_cases"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_open_cases_coach_since", "open_cases", ["coach", "since"])


# The tables as this step finds and leaves them: not those of the model, which goes on.
_CLIENTS = sa.table("clients", *map(sa.column, ("coach", "client_id", "chain", "secret")))
_NAMES = sa.table("client_names", *map(sa.column, ("coach", "client_id", "name", "contact")))
_WRITES = sa.table(
    "writes",
    sa.column("write_id"),
    sa.column("at", UtcTime()),
    *map(sa.column, ("by", "action", "why", "why_secret", "why_digest")),
)
_CHANGES = sa.table(
    "changes",
    *map(
        sa.column,
        ("change_id", "write_id", "call_id", "client_id", "field", "was", "became"),
    ),
)
_INTERVIEWS = sa.table(
    "interviews", *map(sa.column, ("coach", "interview_id", "client_id", *chain.INTERVIEW))
)
_TIMES = ("scheduled_at", "first_message_at", "window_until", "reconnected_at")
_CALLS = sa.table(
    "calls",
    *(sa.column(name) for name in ("call_id", "coach", "interview_id", "write_id")),
    sa.column("revision", sa.Integer),
    sa.column("synthetic", sa.Boolean),
    *(sa.column(name, UtcTime()) for name in _TIMES),
    *(
        sa.column(name)
        for name in dict.fromkeys((*chain.CALL_PLAIN, *chain.CALL_PRIVATE))
        if name not in (*_TIMES, "synthetic", "client_id", "booked_at")
    ),
)
_HISTORY = sa.table("history", *map(sa.column, history.ENTRY_COLUMNS))


def _fill(bind: sa.Connection) -> None:
    """Chain the history that there is: each call's adding, and then its changes."""
    acts = _acts(bind)
    keys = _keys(bind)
    changes: dict[str, dict[int, dict[str, Any]]] = {}
    named: list[tuple[int, str]] = []
    for one in bind.execute(sa.select(_CHANGES).order_by(_CHANGES.c.change_id)).mappings():
        if one["call_id"] is None:
            named.append((one["write_id"], one["client_id"]))
        else:
            fields = changes.setdefault(one["call_id"], {}).setdefault(one["write_id"], {})
            fields[one["field"]] = (one["was"], one["became"])
    rows: list[dict[str, Any]] = []
    for interview, calls in _by_interview(bind):
        rows += _chained(interview, calls, changes, acts, keys)
    rows += _named(bind, dict.fromkeys(named), acts, keys)
    for start in range(0, len(rows), 10_000):
        bind.execute(sa.insert(_HISTORY), rows[start : start + 10_000])
    for call_id, of_call in changes.items():
        bind.execute(
            sa.update(_CALLS).where(_CALLS.c.call_id == call_id).values(revision=1 + len(of_call))
        )
    tallies.recount(database.run_of(bind))


def _acts(bind: sa.Connection) -> dict[int, history.Act]:
    acts, digests = {}, []
    for one in bind.execute(sa.select(_WRITES)).mappings():
        secret = secrets.token_bytes(chain.SECRET_SIZE) if one["why"] else None
        digest = chain.keyed(secret, one["why"])
        if secret is not None:
            digests.append({"the": one["write_id"], "secret": secret, "digest": digest})
        text = history.act_text(one["at"], one["by"], one["action"], digest)
        acts[one["write_id"]] = history.Act(one["write_id"], text)
    if digests:
        bind.execute(
            sa.update(_WRITES)
            .where(_WRITES.c.write_id == sa.bindparam("the"))
            .values(why_secret=sa.bindparam("secret"), why_digest=sa.bindparam("digest")),
            digests,
        )
    return acts


def _keys(bind: sa.Connection) -> dict[tuple[str, str], tuple[str, bytes]]:
    """Give each client a chain and a key."""
    keys = {
        (one.coach, one.client_id): (
            f"client-{secrets.token_hex(6)}",
            secrets.token_bytes(chain.SECRET_SIZE),
        )
        for one in bind.execute(sa.select(_CLIENTS.c.coach, _CLIENTS.c.client_id))
    }
    if keys:
        bind.execute(
            sa.update(_CLIENTS)
            .where(
                _CLIENTS.c.coach == sa.bindparam("the_coach"),
                _CLIENTS.c.client_id == sa.bindparam("the_client"),
            )
            .values(chain=sa.bindparam("new_chain"), secret=sa.bindparam("new_secret")),
            [
                {"the_coach": coach, "the_client": client, "new_chain": of, "new_secret": key}
                for (coach, client), (of, key) in keys.items()
            ],
        )
    return keys


def _by_interview(bind: sa.Connection) -> Iterable[tuple[Any, list[dict[str, Any]]]]:
    calls: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for one in bind.execute(sa.select(_CALLS)).mappings():
        calls.setdefault((one["coach"], one["interview_id"]), []).append(dict(one))
    for interview in bind.execute(sa.select(_INTERVIEWS)).mappings():
        yield interview, calls.get((interview["coach"], interview["interview_id"]), [])


def _chained(
    interview: Mapping[str, Any],
    calls: list[dict[str, Any]],
    changes: Mapping[str, dict[int, dict[str, Any]]],
    acts: Mapping[int, history.Act],
    keys: Mapping[tuple[str, str], tuple[str, bytes]],
) -> list[dict[str, Any]]:
    """Write the chain of one interview: backwards from what is, then hashed forwards."""
    _, key = keys[interview["coach"], interview["client_id"]]
    around = {name: chain.written(interview[name]) for name in chain.INTERVIEW}
    now = {
        call["call_id"]: {name: chain.written(value) for name, value in call.items()}
        | {"client_id": interview["client_id"]}
        for call in calls
    }
    done: list[tuple[int, str, Any]] = [(call["write_id"], call["call_id"], None) for call in calls]
    done += [
        (write, call["call_id"], fields)
        for call in calls
        for write, fields in changes.get(call["call_id"], {}).items()
    ]
    done.sort(key=lambda one: (one[0], one[2] is not None, now[one[1]]["sequence"]))
    entries = []
    for write, call_id, fields in reversed(done):
        fields = fields or {}
        entries.append(
            (
                write,
                history.Entry(
                    coach=interview["coach"],
                    chain=interview["interview_id"],
                    call_id=call_id,
                    change={n: c for n, c in fields.items() if n not in chain.CALL_PRIVATE},
                    private={n: c for n, c in fields.items() if n in chain.CALL_PRIVATE},
                    secret=key,
                    plain_state=chain.state(now[call_id], chain.CALL_PLAIN),
                    private_state=chain.state(now[call_id], chain.CALL_PRIVATE),
                    interview_state=chain.state(around, chain.INTERVIEW),
                ),
            )
        )
        for name, (was, _) in fields.items():
            (around if name in chain.INTERVIEW else now[call_id])[name] = was
    return _rows(reversed(entries), acts)


def _named(
    bind: sa.Connection,
    named: Iterable[tuple[int, str]],
    acts: Mapping[int, history.Act],
    keys: Mapping[tuple[str, str], tuple[str, bytes]],
) -> list[dict[str, Any]]:
    """Write the chains of clients who were named: version 1 kept that they were, not what was said."""
    names = {(one.coach, one.client_id): one for one in bind.execute(sa.select(_NAMES))}
    entries: dict[str, list[tuple[int, history.Entry]]] = {}
    for write, client_id in named:
        for (coach, client), (of, key) in keys.items():
            found = names.get((coach, client))
            if client != client_id or found is None:
                continue
            state = {"client_id": client, "name": found.name, "contact": found.contact}
            private = chain.state(state, chain.CLIENT_PRIVATE)
            entry = history.Entry(coach, of, None, {}, {}, key, "", private, None)
            entries.setdefault(of, []).append((write, entry))
    return [row for of_client in entries.values() for row in _rows(of_client, acts)]


def _rows(
    entries: Iterable[tuple[int, history.Entry]], acts: Mapping[int, history.Act]
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    hashed = None
    for number, (write, entry) in enumerate(entries):
        row = history.row_of(acts[write], entry, number, hashed)
        hashed = row["hash"]
        rows.append(row)
    return rows
