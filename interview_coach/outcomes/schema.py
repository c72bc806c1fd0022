"""The tables of the outcome log, in SQL that SQLite and PostgreSQL both speak.

Every key starts with the coach: two coaches may use the same number for different clients, and a
unique key over both would tell one of them what the other has. History is two tables: a *write* is
one act (who, when, why), a *change* is one field that it altered; an import of a thousand calls is
one write, to which its calls point.

Tables with a text for their key are kept in the order of that key in SQLite (``WITHOUT ROWID``): one
tree to fill instead of two.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

__all__ = [
    "VERSION",
    "UtcTime",
    "about",
    "attempts",
    "calls",
    "changes",
    "client_names",
    "clients",
    "interviews",
    "metadata",
    "workshop_changes",
    "workshops",
    "writes",
]

# Raised by one whenever the tables change, together with the step that brings an older log up. A
# table that older kits need not know (attempts, workshops) does not count: it is made where it is
# missing.
VERSION = 1


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


about = Table(
    "interview_coach_log",
    metadata,
    _text("key", primary_key=True),
    _text("value", nullable=False),
    comment="What this database is: the version of its tables, and the salt of its pseudonyms.",
)

clients = Table(
    "clients",
    metadata,
    _text("coach", primary_key=True),
    _text("client_id", primary_key=True, comment="a pseudonym: it names nobody"),
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
    Column("write_id", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False),
    _text("by", nullable=False),
    _text("action", nullable=False),
    _text("why"),
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
    Column("write_id", Integer, ForeignKey("writes.write_id"), nullable=False),
    ForeignKeyConstraint(
        ["coach", "interview_id"], ["interviews.coach", "interviews.interview_id"]
    ),
    UniqueConstraint("coach", "interview_id", "sequence"),
    # The id of an entry that can be repeated is made of it, so the primary key finds the repetition.
    sqlite_with_rowid=False,
)

changes = Table(
    "changes",
    metadata,
    Column("change_id", Integer, primary_key=True),
    Column("write_id", Integer, ForeignKey("writes.write_id"), nullable=False),
    _text("call_id"),
    _text("client_id"),
    _text("field", nullable=False),
    _text("was"),
    _text("became"),
    Index(None, "call_id"),
    comment="One field that a write altered: what it was and what it became.",
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
