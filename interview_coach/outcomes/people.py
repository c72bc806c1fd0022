"""What is kept of a client beside the calls: cohort, tags, outcome, name, and the practice linked."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from sqlalchemy import bindparam, delete, insert, select, text, update

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes import acts, chain, history, schema
from interview_coach.outcomes.model import EntryError, EntryFault, code, words
from interview_coach.outcomes.plain import Run, Statement

__all__ = ["ClientEntry", "Person", "describe", "find"]

_APART = ("name", "contact")
_HERE = ("cohort", "tags", "outcome", "outcome_on", "player")


def _tags(value: object) -> object:
    if value is None:
        return None
    given = value.split(",") if isinstance(value, str) else value
    if not isinstance(given, list | tuple | set | frozenset) or not all(
        isinstance(tag, str) for tag in given
    ):
        raise ValueError(_("a list of words is needed"))
    return tuple(sorted({" ".join(str(tag).split()) for tag in map(words, given) if tag})) or None


def _outcome(value: object) -> object:
    return None if value is None else code("outcome", value)


_Short = Annotated[Annotated[str, Field(max_length=200)] | None, BeforeValidator(words)]


class ClientEntry(BaseModel):
    """What can be kept of a client; each field is optional."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    cohort: Annotated[_Short, Field(description="Group or programme of the client.")] = None
    tags: Annotated[
        tuple[Annotated[str, Field(max_length=60)], ...] | None,
        BeforeValidator(_tags),
        Field(description="Words by which clients are grouped: a list, sorted."),
    ] = None
    outcome: Annotated[
        str | None,
        BeforeValidator(_outcome),
        Field(description="What came of it: the client's career outcome; empty is not known."),
    ] = None
    outcome_on: Annotated[
        date | None, Field(description="The day of which the outcome is true.")
    ] = None
    player: Annotated[
        _Short,
        Field(description="Whose practised calls the client agreed to have linked; empty is none."),
    ] = None
    name: Annotated[
        _Short,
        Field(description="The client's name, kept apart from everything else; optional, private."),
    ] = None
    contact: Annotated[
        _Short, Field(description="How to reach the client; optional and private.")
    ] = None


def checked(fields: Mapping[str, Any], now: datetime) -> ClientEntry:
    """Check what is to be kept of a client; an EntryError lists all faults."""
    faults: list[EntryFault] = []
    try:
        entry = ClientEntry(**fields)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            says = {
                "value_error": str(detail.get("ctx", {}).get("error")),
                "extra_forbidden": _("there is no such field"),
                "string_too_long": _("the text is too long; shorten it"),
            }.get(detail["type"])
            if detail["type"].startswith("date"):
                says = _("a day is needed, such as 2026-03-05")
            faults.append(EntryFault(str(detail["loc"][0]), says or _("a text is needed")))
        raise EntryError(faults, _("The client cannot be described")) from None
    if entry.outcome not in (None, "unknown") and entry.outcome_on is None:
        faults.append(EntryFault("outcome_on", _("an outcome needs the day of which it is true")))
    if entry.outcome_on is not None and entry.outcome_on > now.astimezone(UTC).date():
        faults.append(EntryFault("outcome_on", _("the day of an outcome cannot lie ahead")))
    if entry.outcome is None and entry.outcome_on is not None:
        faults.append(EntryFault("outcome", _("a day without an outcome says nothing; give both")))
    if faults:
        raise EntryError(faults, _("The client cannot be described"))
    return entry


class Person:
    """A client in the log: key of the private digests, chain, and all fields."""

    def __init__(self, coach: str, client_id: str, row: tuple[Any, ...]):
        self.coach, self.client_id = coach, client_id
        self.chain, secret, *rest = row
        self.secret = None if secret is None else bytes(secret)
        self.fields: dict[str, Any] = dict(zip((*_HERE, *_APART), rest, strict=True))

    def states(self, fields: Mapping[str, Any]) -> tuple[str, str]:
        """Write the client's row for its digests, plain and private."""
        named = {**fields, "client_id": self.client_id}
        return chain.state(named, chain.CLIENT_PLAIN), chain.state(named, chain.CLIENT_PRIVATE)


_clients, _names = schema.clients, schema.client_names
_FIND = Statement(
    select(
        _clients.c.chain,
        _clients.c.secret,
        *(_clients.c[name] for name in _HERE),
        *(_names.c[name] for name in _APART),
    )
    .join_from(_clients, _names, isouter=True)
    .where(_clients.c.coach == bindparam("coach"), _clients.c.client_id == bindparam("client_id"))
)
_CHANGE = Statement(
    update(_clients)
    .where(
        _clients.c.coach == bindparam("the_coach"),
        _clients.c.client_id == bindparam("the_client"),
    )
    .values({name: bindparam(f"new_{name}") for name in (*_HERE, "chain")})
)
_NAME = Statement(
    text(
        "INSERT INTO client_names (coach, client_id, name, contact) "
        "VALUES (:coach, :client_id, :name, :contact) ON CONFLICT (coach, client_id) "
        "DO UPDATE SET name = excluded.name, contact = excluded.contact"
    )
)
UNNAME = Statement(
    delete(_names).where(
        _names.c.coach == bindparam("coach"), _names.c.client_id == bindparam("client_id")
    )
)
ADD = Statement(insert(_clients), ["coach", "client_id", *_HERE, "chain", "secret"])


def find(run: Run, coach: str, client_id: str) -> Person:
    """Find a client; a KitError says that there is none."""
    row = run.row(_FIND, coach=coach, client_id=client_id)
    if row is None:
        raise KitError(_("There is no such client in the log; log a call of theirs first."))
    return Person(coach, client_id, row)


def describe(
    run: Run,
    key: tuple[str, str],
    fields: Mapping[str, Any],
    now: datetime,
    begin: Callable[[], history.Act],
) -> None:
    """Keep `fields` of a client (coach, id), with the history; nothing is done where nothing changes."""
    acts.lock(run, key[0], "client", key[1])
    person = find(run, *key)
    was = dict(person.fields)
    known = {**was, "tags": json.loads(was["tags"]) if was["tags"] else None}
    entry = checked({**known, **fields}, now)
    became: dict[str, Any] = entry.model_dump()
    became["tags"] = json.dumps(entry.tags, ensure_ascii=False) if entry.tags else None
    changed = {name for name in became if became[name] != was[name]}
    if not changed:
        return
    act = begin()
    of = person.chain or acts.new_id("client")
    row = {f"new_{name}": became[name] for name in _HERE} | {"new_chain": of}
    run.do(_CHANGE, {**row, "the_coach": key[0], "the_client": key[1]})
    if changed & set(_APART):
        names = {name: became[name] for name in _APART}
        run.do(_NAME, {"coach": key[0], "client_id": key[1], **names})
    # That a name changed is kept, what it said is not: the fewer places it stands in, the better.
    private: dict[str, tuple[Any, Any]] = {name: (None, None) for name in _APART if name in changed}
    private |= {n: (was[n], became[n]) for n in ("tags", "player") if n in changed}
    plain_state, private_state = person.states(became)
    history.enter(
        run,
        act,
        history.Entry(
            coach=key[0],
            chain=of,
            call_id=None,
            change={n: (was[n], became[n]) for n in chain.CLIENT_PLAIN if n in changed},
            private=private,
            secret=person.secret,
            plain_state=plain_state,
            private_state=private_state,
            interview_state=None,
        ),
    )
