"""Ids made of texts: the same text gives the same id, and nobody outside the log can try names."""

from collections.abc import Callable
from hashlib import blake2b

from sqlalchemy import Connection, select

from interview_coach.outcomes import schema

__all__ = ["keyed_digest"]


def keyed_digest(connection: Connection | None) -> Callable[[str], str]:
    """Give what makes ids of texts, the same ones each time, within one log.

    They are keyed with the log's own salt: without the log nobody can try names against them.
    Without a connection they are those of no log, for a rehearsal.
    """
    salt = ""
    if connection is not None:
        about = schema.about
        salt = str(connection.scalar(select(about.c.value).where(about.c.key == "salt")))
    keyed = blake2b(key=salt.encode(), digest_size=10)

    def digest(text: str) -> str:
        own = keyed.copy()
        own.update(text.encode("utf-8", "replace"))
        return own.hexdigest()

    return digest
