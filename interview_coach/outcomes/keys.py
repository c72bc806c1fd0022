"""Ids made of texts: the same text gives the same id, and nobody outside the log can try names."""

from collections.abc import Callable
from hashlib import blake2b

from sqlalchemy import Connection, select

from interview_coach.outcomes import schema
from interview_coach.outcomes.plain import Run, Statement

__all__ = ["digest_with", "keyed_digest", "salt_of"]

_about = schema.about
_select_salt = select(_about.c.value).where(_about.c.key == "salt")
_SALT = Statement(_select_salt)


def keyed_digest(connection: Connection | None) -> Callable[[str], str]:
    """Give what makes ids of texts, the same ones each time, within one log.

    They are keyed with the log's own salt: without the log nobody can try names against them.
    Without a connection they are those of no log, for a rehearsal.
    """
    salt = "" if connection is None else str(connection.scalar(_select_salt))
    return digest_with(salt)


def salt_of(run: Run) -> str:
    """Give the log's own salt."""
    row = run.row(_SALT)
    assert row is not None
    return str(row[0])


def digest_with(salt: str) -> Callable[[str], str]:
    """Give what makes ids of texts, keyed with a salt."""
    keyed = blake2b(key=salt.encode(), digest_size=10)

    def digest(text: str) -> str:
        own = keyed.copy()
        own.update(text.encode("utf-8", "replace"))
        return own.hexdigest()

    return digest
