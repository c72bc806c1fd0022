"""The chain of the history: each row's hash covers the row before it, so that damage is found.

A hash covers what was done, and digests of the row as it then stood; what is private (names, notes,
free text, and the client's own id) enters only through a digest keyed with a secret of the client.
Erasing the client destroys text and secret: the digests stay, say nothing, and the chain still
verifies.

The form of what is hashed is fixed for good: a kit that changed it could verify no older log.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

__all__ = [
    "CALL_PLAIN",
    "CALL_PRIVATE",
    "CLIENT_PLAIN",
    "CLIENT_PRIVATE",
    "CONVERTED",
    "INTERVIEW",
    "SECRET_SIZE",
    "as_json",
    "head_value",
    "keyed",
    "link",
    "plain",
    "read",
    "state",
    "written",
]

# Bytes: 128 bits of digest are ample against chance, and half the room of the usual 256.
_SIZE = 16
SECRET_SIZE = 16
_NOTHING = bytes(_SIZE)

INTERVIEW = ("cohort", "employer", "employer_type", "round")
CALL_PLAIN = (
    *("sequence", "channel", "caller", "scheduled_at", "timezone", "state", "missed_by", "cause"),
    *("initiator", "first_message_at", "window_until", "reconnected_at", "waited_minutes"),
    "synthetic",
    # Since version 3: last, and only of calls that have it, so that older chains stay as they were.
    "booked_at",
)
CALL_PRIVATE = ("client_id", "reason", "notes", "date_doubt", "entry_digest")
CLIENT_PLAIN = ("cohort", "outcome", "outcome_on")
CLIENT_PRIVATE = ("client_id", "name", "contact", "player", "tags")


def written(value: object) -> str | None:
    """Write a field's value as the history keeps it: times as ISO 8601 in UTC."""
    if value is None:
        return None
    # A datetime is a date as well.
    return value.isoformat() if isinstance(value, date) else str(value)


_TIMES = frozenset(
    ("scheduled_at", "booked_at", "first_message_at", "window_until", "reconnected_at")
)
_NUMBERS = frozenset(("waited_minutes", "round", "sequence"))
# The fields that are no texts.
CONVERTED = _TIMES | _NUMBERS | {"synthetic", "outcome_on"}


def read(name: str, value: str | None) -> Any:
    """Read a field as the history wrote it (`written`)."""
    if value is None:
        return False if name == "synthetic" else None
    if name in _TIMES:
        return datetime.fromisoformat(value)
    if name in _NUMBERS:
        return int(value)
    if name == "synthetic":
        return value == "True"
    return date.fromisoformat(value) if name == "outcome_on" else value


def as_json(change: Mapping[str, tuple[Any, Any]]) -> str | None:
    """Write what changed, field by field; None where nothing did."""
    if not change:
        return None
    return json.dumps(
        {name: [written(was), written(became)] for name, (was, became) in change.items()},
        ensure_ascii=False,
    )


def state(fields: Mapping[str, Any], names: Iterable[str]) -> str:
    """Write a row's fields for its digest: those that hold something, each with its name."""
    get = fields.get
    return "\0".join(
        [
            f"{name}={value if value.__class__ is str else written(value)}"
            for name in names
            if (value := get(name)) is not None
        ]
    )


def plain(text: str) -> bytes:
    """Digest what is not private."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_SIZE).digest()


def keyed(secret: bytes | None, text: str | None) -> bytes | None:
    """Digest what is private; None where there is nothing, or the secret is gone."""
    if text is None or secret is None:
        return None
    return blake2b(text.encode("utf-8", "surrogatepass"), key=secret, digest_size=_SIZE).digest()


def link(before: bytes | None, act: str, digests: Iterable[bytes | None], what: str) -> bytes:
    """Hash a row of the history onto the one before it.

    Parameters
    ----------
    before : bytes or None
        The hash of the row before it in the chain; None for the first.
    act : str
        When, by whom, what was done, with the digest of why: see `history.act_text`.
    digests : iterable of bytes or None
        Of the row as it stands after the act, and of its private change.
    what : str
        The chain, the call and the change.
    """
    fixed = b"".join([_NOTHING if digest is None else digest for digest in digests])
    text = f"{act}\0{what}".encode("utf-8", "surrogatepass")
    return blake2b((before or _NOTHING) + fixed + text, digest_size=_SIZE).digest()


def head_value(hashed: bytes) -> int:
    """Give a hash as a number that can be added up over all rows, in 61 bits."""
    return int.from_bytes(hashed[:8], "big") >> 3
