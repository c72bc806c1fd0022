"""The tables of the outcome log, in SQL that SQLite and PostgreSQL both speak.

Every key starts with the coach: two coaches may use the same number for different clients, and a
unique key over both would tell one of them what the other has. History is two tables: a *write* is
one act (who, when, why), and a row of *history* is what the act did to one call or one client, tied
by its hash to the row before it (see `chain`); an import of a thousand calls is one write with a
thousand rows. *Tallies* and *open cases* repeat what the calls say, so that counting them is quick;
they are kept in the same transactions.

Tables with a text for their key are kept in the order of that key in SQLite (``WITHOUT ROWID``): one
tree to fill instead of two.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

__all__ = [
    "REVISION",
    "VERSION",
    "UtcTime",
    "about",
    "alembic_version",
    "attempts",
    "calls",
    "client_names",
    "clients",
    "history",
    "interviews",
    "metadata",
    "open_cases",
    "tallies",
    "workshop_changes",
    "workshops",
    "writes",
]

# Raised by one whenever the tables change, together with the step in `migrations` that brings an
# older log up. A table that older kits need not know (attempts, workshops) does not count: it is
# made where it is missing.
VERSION = 3
# The name of that step.
REVISION = "0003"


class UtcTime(TypeDecorator[datetime]):
    """A moment, kept in UTC; SQLite would drop the zone and hand back a naive time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware time into UTC; SQLite gets it without its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        if value.tzinfo is not UTC:
            value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Hand back an aware time in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData(
    # Named constraints, so that a later version of the tables can find and alter them.
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _text(name: str, *more: Any, **options: Any) -> Column[str]:
    return Column(name, Text, *more, **options)


# On a team's server each coach has a range of numbers of their own, which takes 64 bits; in SQLite
# only a column of this very type is the row's own number.
_WriteId = BigInteger().with_variant(Integer(), "sqlite")

about = Table(
    "interview_coach_log",
    metadata,
    _text("key", primary_key=True),
    _text("value", nullable=False),
    comment="What this database is: the version of its tables, and the salt of its pseudonyms.",
)

alembic_version = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), primary_key=True),
    comment="Alembic's own: the last step of `migrations` that was taken.",
)

clients = Table(
    "clients",
    metadata,
    _text("coach", primary_key=True),
    _text("client_id", primary_key=True, comment="a pseudonym: it names nobody"),
    _text("cohort"),
    _text("tags", comment="JSON: a sorted list of words"),
    _text("outcome", comment="what came of it all, a code of the playbook's client_outcome"),
    Column("outcome_on", Date, comment="the day of which that is true"),
    _text("player", comment="whose practised calls the client agreed to have linked"),
    _text("chain", comment="of the history of this client's own row"),
    Column("secret", LargeBinary, comment="key of the private fields' digests; goes with erasure"),
    sqlite_with_rowid=False,
)

client_names = Table(
    "client_names",
    metadata,
    _text("coach", primary_key=True),
    _text("client_id", primary_key=True),
    _text("name"),
    _text("contact"),
    ForeignKeyConstraint(["coach", "client_id"], ["clients.coach", "clients.client_id"]),
    comment="Names stand apart, so that everything else can be read without them.",
)

interviews = Table(
    "interviews",
    metadata,
    _text("coach", primary_key=True),
    _text("interview_id", primary_key=True),
    _text("client_id", nullable=False),
    _text("cohort"),
    _text("employer"),
    _text("employer_type"),
    Column("round", Integer),
    ForeignKeyConstraint(["coach", "client_id"], ["clients.coach", "clients.client_id"]),
    sqlite_with_rowid=False,
)

writes = Table(
    "writes",
    metadata,
    Column("write_id", _WriteId, primary_key=True),
    Column("at", UtcTime, nullable=False),
    _text("by", nullable=False),
    _text("action", nullable=False),
    _text("why"),
    Column("why_secret", LargeBinary, comment="key of the digest of `why`; goes with erasure"),
    Column("why_digest", LargeBinary),
    comment="One act on the log: who, when, why.",
)

calls = Table(
    "calls",
    metadata,
    _text("call_id", primary_key=True),
    _text("coach", nullable=False),
    _text("interview_id", nullable=False),
    Column("sequence", Integer, nullable=False),
    _text("channel", nullable=False),
    _text("caller", nullable=False),
    Column("scheduled_at", UtcTime, nullable=False),
    _text("timezone", nullable=False),
    _text("state", nullable=False),
    _text("missed_by"),
    _text("cause"),
    _text("initiator"),
    _text("reason"),
    Column("first_message_at", UtcTime),
    Column("window_until", UtcTime),
    Column("reconnected_at", UtcTime),
    Column("waited_minutes", Integer),
    _text("date_doubt"),
    Column("synthetic", Boolean(create_constraint=False), nullable=False),
    _text("notes"),
    _text("entry_digest", comment="of an imported row: shows that the file's row has changed"),
    Column("write_id", _WriteId, ForeignKey("writes.write_id"), nullable=False),
    Column("revision", Integer, nullable=False, server_default=text("1")),
    Column("booked_at", UtcTime),
    ForeignKeyConstraint(
        ["coach", "interview_id"], ["interviews.coach", "interviews.interview_id"]
    ),
    UniqueConstraint("coach", "interview_id", "sequence"),
    # The id of an entry that can be repeated is made of it, so the primary key finds the repetition.
    sqlite_with_rowid=False,
)

# Calls that are still to come, or whose end nobody has entered: few, and asked for at every look.
Index(
    "ix_calls_pending",
    calls.c.coach,
    calls.c.scheduled_at,
    # The same in each row, but without it SQLite looks every call up to count them.
    calls.c.state,
    sqlite_where=calls.c.state == "pending",
    postgresql_where=calls.c.state == "pending",
)

history = Table(
    "history",
    metadata,
    _text("coach", primary_key=True),
    _text("chain", primary_key=True, comment="an interview, or the chain of a client"),
    Column("number", Integer, primary_key=True, autoincrement=False, comment="from 1, no gaps"),
    Column("write_id", _WriteId, ForeignKey("writes.write_id"), nullable=False),
    _text("call_id", comment="empty where it is about the client"),
    _text("change", comment="JSON: field -> [what it was, what it became]; empty where added"),
    _text("private", comment="the same, of the fields that erasure takes"),
    Column("private_digest", LargeBinary, comment="of `private`, keyed"),
    Column("plain_digest", LargeBinary, comment="of the call's or client's row after this"),
    Column("keyed_digest", LargeBinary, comment="of its private fields after this, keyed"),
    Column("interview_digest", LargeBinary, comment="of the interview's row after this"),
    Column("hash", LargeBinary, nullable=False, comment="of all this and the hash before it"),
    comment="What each act did to one call or client.",
    sqlite_with_rowid=False,
)

tallies = Table(
    "tallies",
    metadata,
    _text("coach", primary_key=True),
    _text("month", primary_key=True, comment="2026-03, 'doubt' where dates are, or 'now'"),
    _text("what", primary_key=True),
    Column("n", BigInteger, nullable=False),
    comment="Counts of the calls and interviews, kept with them; `tallies` says which.",
    sqlite_with_rowid=False,
)

open_cases = Table(
    "open_cases",
    metadata,
    _text("coach", primary_key=True),
    _text("interview_id", primary_key=True),
    _text("call_id", nullable=False),
    _text("due", nullable=False, comment="message, rebook or new_time"),
    Column("since", UtcTime, nullable=False),
    Index(None, "coach", "since"),
    comment="Interviews whose last call was missed or moved, with what is to be done next.",
    sqlite_with_rowid=False,
)

attempts = Table(
    "attempts",
    metadata,
    _text("attempt_id", primary_key=True),
    _text("player", nullable=False, comment="a pseudonym, 'me' unless told otherwise"),
    _text("scenario", nullable=False),
    _text("level", nullable=False),
    Column("seed", BigInteger, nullable=False),
    _text("playbook", nullable=False, comment="fingerprint of the rules and the story it was"),
    _text("actions", nullable=False, comment="JSON: [verb, until minute or null], in order"),
    _text("messages", nullable=False, comment="JSON: what the player wrote, and ticked"),
    Column("minute", Integer, nullable=False, comment="past the agreed start"),
    _text("outcome"),
    _text("scores", comment="JSON: skill -> [points got, points there were]; of an ended one"),
    Column("helped", Integer, nullable=False, comment="hints asked for and steps taken back"),
    _text("after", comment="the attempt whose story this one plays again, if it does"),
    Column("started", UtcTime, nullable=False),
    Column("changed", UtcTime, nullable=False),
    Column("ended", UtcTime),
    _text("state", nullable=False, comment="running or ended"),
    Column("revision", Integer, nullable=False, comment="counts the saves: two windows, one call"),
    Index(None, "player", "changed"),
    comment="Calls that were practised. They are no calls of the log and count in no figure of it.",
)

workshops = Table(
    "workshops",
    metadata,
    _text("workshop_id", primary_key=True),
    _text("coach", nullable=False),
    _text("deck", nullable=False),
    _text("cohort", nullable=False, comment="what the facilitator calls the group; names nobody"),
    Column("begun_at", UtcTime, nullable=False),
    comment="A room that voted on practice calls. Only counts of hands are kept, never who.",
)

workshop_changes = Table(
    "workshop_changes",
    metadata,
    _text("workshop_id", ForeignKey("workshops.workshop_id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False, comment="from 1, no gaps"),
    Column("at", UtcTime, nullable=False),
    _text("change", nullable=False, comment="JSON: what was done (a hand, reveal, play, undo ...)"),
    comment="Everything done in a workshop, in order: played again, it is the workshop as it was.",
)
