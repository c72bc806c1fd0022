"""The acts on calls: adding one and changing it, each within a transaction; `undoing` takes them back."""

import os
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, select, text, update

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes import chain, history, schema, tallies
from interview_coach.outcomes.model import CallEntry, EntryError, EntryFault
from interview_coach.outcomes.plain import Run, Statement

__all__ = [
    "ADD_CALL",
    "CALL_FIELDS",
    "INTERVIEW",
    "INTERVIEW_FIELDS",
    "ChangedMeanwhile",
    "add",
    "apply",
    "entry_of",
    "find",
    "known",
    "lock",
    "new_id",
    "told_of",
]

# What belongs to the interview, and what to the single call.
INTERVIEW_FIELDS = ("cohort", "employer", "employer_type", "round")
CALL_FIELDS = (
    *("channel", "caller", "scheduled_at", "timezone", "state", "missed_by", "cause", "initiator"),
    *("reason", "first_message_at", "window_until", "reconnected_at", "waited_minutes"),
    *("date_doubt", "synthetic", "notes", "booked_at"),
)
# What `undo` must be able to bring back, beside those.
_KEPT_WITH = ("sequence", "entry_digest", "write_id")


class ChangedMeanwhile(KitError):
    """Somebody else has changed a call since it was looked at; nothing was written.

    Attributes
    ----------
    call_id : str
    theirs : mapping of str to value
        The fields that differ from what this change wants, as they stand in the log now.
    yours : mapping of str to value
        The same fields, as this change would have them.
    revision : int
        The call's revision now: to overwrite, give the change again with this one expected.
    by, at : str, datetime
        Who changed it last, and when (UTC).
    """

    def __init__(
        self,
        call_id: str,
        theirs: Mapping[str, Any],
        yours: Mapping[str, Any],
        revision: int,
        by: str,
        at: datetime,
    ):
        self.call_id, self.theirs, self.yours = call_id, dict(theirs), dict(yours)
        self.revision, self.by, self.at = revision, by, at
        differ = ", ".join(self.theirs) or _("nothing that you change")
        super().__init__(
            _(
                "{coach} changed this call on {day} at {time} UTC, after you opened it; nothing was "
                "written. Different now: {fields}. Keep theirs, or save yours again over it."
            ).format(coach=by, day=f"{at:%Y-%m-%d}", time=f"{at:%H:%M}", fields=differ)
        )


class Found(NamedTuple):
    """A call in the log: where it belongs, its fields and its interview's, and its client's key."""

    call_id: str
    coach: str
    interview_id: str
    client_id: str
    secret: bytes | None
    revision: int
    fields: dict[str, Any]


_calls, _interviews, _clients = schema.calls, schema.interviews, schema.clients
_FIND = Statement(
    select(
        _calls.c.coach,
        _calls.c.interview_id,
        _interviews.c.client_id,
        _clients.c.secret,
        _calls.c.revision,
        *(_calls.c[name] for name in (*CALL_FIELDS, *_KEPT_WITH)),
        *(_interviews.c[name] for name in INTERVIEW_FIELDS),
    )
    .join_from(_calls, _interviews)
    .join(
        _clients,
        (_clients.c.coach == _interviews.c.coach)
        & (_clients.c.client_id == _interviews.c.client_id),
    )
    .where(_calls.c.call_id == bindparam("call_id"))
)
_THERE = Statement(select(_calls.c.call_id).where(_calls.c.call_id == bindparam("call_id")))
INTERVIEW = Statement(
    select(
        _interviews.c.client_id,
        *(_interviews.c[name] for name in INTERVIEW_FIELDS),
        _clients.c.secret,
    )
    .join_from(_interviews, _clients)
    .where(
        _interviews.c.coach == bindparam("coach"),
        _interviews.c.interview_id == bindparam("interview_id"),
    )
)
_CLIENT = Statement(
    select(_clients.c.secret).where(
        _clients.c.coach == bindparam("coach"), _clients.c.client_id == bindparam("client_id")
    )
)
_ADD_CLIENT = Statement(insert(_clients), ["coach", "client_id", "chain", "secret"])
_ADD_INTERVIEW = Statement(
    insert(_interviews), ["coach", "interview_id", "client_id", *INTERVIEW_FIELDS]
)
ADD_CALL = Statement(
    insert(_calls),
    ["call_id", "coach", "interview_id", "revision", *CALL_FIELDS, *_KEPT_WITH],
)
_of_call = _calls.c.call_id == bindparam("the_call")
_CHANGE_CALL = Statement(
    update(_calls)
    .where(_of_call)
    .values({name: bindparam(f"new_{name}") for name in (*CALL_FIELDS, "revision")})
)
_CHANGE_INTERVIEW = Statement(
    update(_interviews)
    .where(
        _interviews.c.coach == bindparam("the_coach"),
        _interviews.c.interview_id == bindparam("the_interview"),
    )
    .values({name: bindparam(f"new_{name}") for name in INTERVIEW_FIELDS})
)
_LOCK = Statement(text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))"))


def new_id(kind: str) -> str:
    """Make an id that nothing else has."""
    return f"{kind}-{os.urandom(6).hex()}"


def lock(run: Run, *what: str) -> None:
    """Have one writer at a time at an interview or a client; SQLite's writers wait anyway."""
    if run.dialect.name == "postgresql":
        run.rows(_LOCK, what="\x1f".join(what))


def find(run: Run, call_id: str) -> Found:
    """Find a call; a KitError says that there is none."""
    row = run.row(_FIND, call_id=call_id)
    if row is None:
        raise KitError(
            _("There is no call {call} in the log; nothing was changed.").format(
                call=repr(call_id[:60])
            )
        )
    coach, interview_id, client_id, secret, revision, *rest = row
    fields = dict(zip((*CALL_FIELDS, *_KEPT_WITH, *INTERVIEW_FIELDS), rest, strict=True))
    fields["synthetic"] = bool(fields["synthetic"])
    key = None if secret is None else bytes(secret)
    return Found(call_id, coach, interview_id, client_id, key, int(revision), fields)


def known(run: Run, call_id: str | None) -> bool:
    """Tell whether the log has a call of this id."""
    return call_id is not None and run.row(_THERE, call_id=call_id) is not None


def add(
    run: Run,
    entry: CallEntry,
    coach: str,
    call_id: str | None,
    begin: Callable[[], history.Act],
) -> str:
    """Add a call, and its interview and client with it where they are new.

    Parameters
    ----------
    run : Run
    entry : CallEntry
    coach : str
        The client's.
    call_id : str, optional
        Made of the entry's key, where it has one; if the log has it, nothing is added.
    begin : callable
        Begins the act in the history.
    """
    if call_id is not None and known(run, call_id):
        return call_id
    call_id = call_id or new_id("call")
    interview_id = entry.interview_id or new_id("interview")
    begun = entry.interview_id is not None
    # Where nothing is worked out, the entry's fields go to the tables as they are.
    whole: dict[str, Any] = {**vars(entry), "call_id": call_id, "coach": coach}
    whole |= {"interview_id": interview_id, "revision": 1}
    if begun:
        lock(run, coach, interview_id)
    found = run.row(INTERVIEW, coach=coach, interview_id=interview_id) if begun else None
    if found is None:
        secret = _client(run, coach, entry.client_id)
        run.do(_ADD_INTERVIEW, whole)
        before, head = [], None
    else:
        whole |= _same_interview(entry, found)
        secret = None if found[-1] is None else bytes(found[-1])
        before = tallies.told(run, coach, interview_id)
        head = history.head(run, coach, interview_id)
    # A chain may be there without its interview's calls: the only one was taken back.
    head = head or (0, None)
    act = begin()
    whole["sequence"] = before[-1].sequence + 1 if before else 1
    whole["entry_digest"] = None
    whole["write_id"] = act.write_id
    run.do(ADD_CALL, whole)
    history.enter(
        run,
        act,
        history.Entry(
            coach=coach,
            chain=interview_id,
            call_id=call_id,
            change={},
            private={},
            secret=secret,
            plain_state=chain.state(whole, chain.CALL_PLAIN),
            private_state=chain.state(whole, chain.CALL_PRIVATE),
            interview_state=chain.state(whole, INTERVIEW_FIELDS),
        ),
        head,
    )
    tallies.enter(run, coach, interview_id, before, [*before, told_of(call_id, whole)])
    return call_id


def _client(run: Run, coach: str, client_id: str) -> bytes | None:
    """Give the client's key, entering the client if they are new."""
    lock(run, coach, "client", client_id)
    found = run.row(_CLIENT, coach=coach, client_id=client_id)
    if found is not None:
        return None if found[0] is None else bytes(found[0])
    secret = secrets.token_bytes(chain.SECRET_SIZE)
    row = {"coach": coach, "client_id": client_id, "chain": new_id("client"), "secret": secret}
    run.do(_ADD_CLIENT, row)
    return secret


def _same_interview(entry: CallEntry, found: tuple[Any, ...]) -> dict[str, Any]:
    was = dict(zip(("client_id", *INTERVIEW_FIELDS), found, strict=False))
    faults = [
        EntryFault(
            field,
            _("the interview was logged with another one; change that, or begin another interview"),
        )
        for field in was
        if getattr(entry, field) not in (None, was[field])
    ]
    if faults:
        raise EntryError(faults)
    return {name: was[name] for name in INTERVIEW_FIELDS}


_TELLS = itemgetter(*tallies.Told._fields[1:])


def told_of(call_id: str, fields: Mapping[str, Any]) -> tallies.Told:
    """Give of a call's fields what the counts need to know."""
    return tallies.Told(call_id, *_TELLS(fields))


def entry_of(
    call: Found, became: Mapping[str, Any] | None, was: Mapping[str, Any]
) -> history.Entry:
    """Say for the history what an act did to a call: `became` is the whole row after it.

    `was` holds what changed, as it was; with `became` None the call is gone, and `was` is all of it.
    """
    after = became or {}
    change = {
        name: (was[name], after.get(name))
        for name in (*chain.CALL_PLAIN, *INTERVIEW_FIELDS)
        if name in was
    }
    private = {name: (was[name], after.get(name)) for name in chain.CALL_PRIVATE if name in was}
    named = {**after, "client_id": call.client_id}
    interview = call.fields if became is None else after
    return history.Entry(
        coach=call.coach,
        chain=call.interview_id,
        call_id=call.call_id,
        change=change,
        private=private,
        secret=call.secret,
        plain_state=None if became is None else chain.state(after, chain.CALL_PLAIN),
        private_state=None if became is None else chain.state(named, chain.CALL_PRIVATE),
        interview_state=chain.state(interview, INTERVIEW_FIELDS),
    )


def apply(run: Run, call: Found, became: Mapping[str, Any], act: history.Act) -> None:
    """Change a call's fields, and its interview's, to what they `became`, with the history."""
    after = {**call.fields, **became}
    was = {name: call.fields[name] for name in became}
    before = tallies.told(run, call.coach, call.interview_id)
    new = {f"new_{name}": after[name] for name in CALL_FIELDS}
    run.do(_CHANGE_CALL, {**new, "the_call": call.call_id, "new_revision": call.revision + 1})
    if became.keys() & set(INTERVIEW_FIELDS):
        whole = {f"new_{name}": after[name] for name in INTERVIEW_FIELDS}
        key = {"the_coach": call.coach, "the_interview": call.interview_id}
        run.do(_CHANGE_INTERVIEW, {**whole, **key})
    history.enter(run, act, entry_of(call, after, was))
    changed = told_of(call.call_id, after)
    now = [changed if one.call_id == call.call_id else one for one in before]
    tallies.enter(run, call.coach, call.interview_id, before, now)
