"""Taking acts back: the last one on a call, or a whole one, such as an import; within a transaction."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, delete, select

from interview_coach.errors import KitError
from interview_coach.language import _, ngettext
from interview_coach.outcomes import acts, chain, history, schema, tallies
from interview_coach.outcomes.acts import CALL_FIELDS, INTERVIEW_FIELDS, Found
from interview_coach.outcomes.plain import Run, Statement
from interview_coach.wording import counted, number

__all__ = ["Undone", "undo", "undo_act"]

_history = schema.history
_since = _history.alias()
_REMOVE = Statement(delete(schema.calls).where(schema.calls.c.call_id == bindparam("the_call")))
# From the end of each chain: the calls of an interview go as they came, and come back as they went.
_OF_ACT = Statement(
    select(
        _history.c.call_id,
        _history.c.coach,
        _history.c.chain,
        schema.writes.c.action,
        _history.c.change,
        _history.c.private,
        _history.c.plain_digest,
        _history.c.keyed_digest,
    )
    .join_from(_history, schema.writes)
    .where(_history.c.write_id == bindparam("write_id"), _history.c.call_id.is_not(None))
    .order_by(_history.c.coach, _history.c.chain, _history.c.number.desc())
)
_SINCE = Statement(
    select(_since.c.call_id, _since.c.plain_digest, _since.c.keyed_digest)
    .join_from(
        _history,
        _since,
        and_(
            _since.c.coach == _history.c.coach,
            _since.c.chain == _history.c.chain,
            _since.c.call_id == _history.c.call_id,
            _since.c.number > _history.c.number,
        ),
    )
    .where(_history.c.write_id == bindparam("write_id"))
    .order_by(_since.c.coach, _since.c.chain, _since.c.number)
)
_OUT, _BACK, _CHANGED = "out", "back", "changed"


class Undone(NamedTuple):
    """A whole act that was taken back: what that did, in a sentence, and the number of that act itself."""

    says: str
    act: int


def undo(
    run: Run, call_id: str, begin: Callable[[], history.Act], named: Callable[[str], str] = str
) -> str:
    """Take back the last act on a call; gives a sentence that says what was taken back.

    `named` gives fields the names that the reader knows them by.
    """
    where = history.place_of(run, call_id)
    if where is None:
        raise KitError(
            _("There is no call {call} in the log; nothing was changed.").format(
                call=repr(call_id[:60])
            )
        )
    acts.lock(run, *where)
    last = history.last_of(run, *where, call_id)
    assert last is not None
    change = _fields(last["change"], last["private"])
    did, fields = _undo(run, (call_id, *where), last["action"], change, begin)
    if did == _CHANGED:
        return _("Taken back: {fields}.").format(fields=", ".join(map(named, fields)))
    if did == _BACK:
        return _("The call is back as it was.")
    return _("The call is taken out of the log again.")


def undo_act(run: Run, write_id: int, begin: Callable[[], history.Act]) -> Undone:
    """Take back all that one act did to calls, as one act.

    Calls of it that are out of the log already stay out. No interview is locked, as there may be a
    great many: where somebody else writes to one meanwhile, the next number of its history is taken,
    and nothing of this is kept.

    Raises
    ------
    KitError
        If there is no such act, nothing of it is left, or a call of it was changed since.
    """
    calls = run.rows(_OF_ACT, write_id=write_id)
    if not calls:
        raise KitError(
            _("There is no act {act} on calls in the log; nothing was changed.").format(
                act=write_id
            )
        )
    since = {row[0]: row[1:] for row in run.rows(_SINCE, write_id=write_id)}
    left, changed = [], []
    for call in calls:
        # What was changed and changed back is as it was; what left the log has no digest any more.
        now = since.get(call[0], call[-2:])
        if now == call[-2:]:
            left.append(call)
        elif now[0] is not None:
            changed.append(call[0])
    if changed:
        says = ngettext(
            "Act {act} cannot be taken back as a whole: {n} call of it was changed since ({call}); "
            "take that back first, call by call; nothing was changed.",
            "Act {act} cannot be taken back as a whole: {n} calls of it were changed since ({call}, "
            "...); take that back first, call by call; nothing was changed.",
            len(changed),
        )
        raise KitError(says.format(act=write_id, n=number(len(changed)), call=changed[0]))
    if not left:
        raise KitError(
            _("Act {act} is taken back already; nothing was changed.").format(act=write_id)
        )
    act = cache(begin)
    did = Counter(
        _undo(run, (call_id, of, chain_), action, _fields(change, private), act)[0]
        for call_id, of, chain_, action, change, private, *_rest in left
    )
    return Undone(" ".join(_told(*one) for one in sorted(did.items())), act().write_id)


def _told(did: str, times: int) -> str:
    if did == _OUT:
        return counted(
            times,
            "{n} call is taken out of the log again.",
            "{n} calls are taken out of the log again.",
        )
    return counted(times, "{n} call is back as it was.", "{n} calls are back as they were.")


def _fields(change: str | None, private: str | None) -> dict[str, tuple[Any, Any]]:
    fields: dict[str, tuple[Any, Any]] = json.loads(change or "{}") | json.loads(private or "{}")
    return fields


def _undo(
    run: Run,
    place: tuple[str, str, str],
    action: str,
    change: Mapping[str, tuple[Any, Any]],
    begin: Callable[[], history.Act],
) -> tuple[str, list[str]]:
    """Take back an act on a call (call, coach, interview) that is as that act left it.

    Gives what that did, and to which fields.
    """
    call_id = place[0]
    if not acts.known(run, call_id):
        _bring_back(run, place, change, begin())
        return _BACK, []
    call = acts.find(run, call_id)
    if action in {"added", "imported"} or change.get("sequence", ("",))[0] is None:
        _remove(run, call, begin())
        return _OUT, []
    if not change:
        raise KitError(_("The last act on this call cannot be taken back: what it was is erased."))
    now = {name: chain.written(call.fields[name]) for name in change}
    moved = [name for name, (_was, became) in change.items() if now[name] != became]
    if moved:
        # An interview's fields may have been changed since, through another of its calls.
        raise KitError(
            _(
                "The last act on this call cannot be taken back: {fields} was changed since "
                "through another call of the interview; change it by hand."
            ).format(fields=", ".join(moved))
        )
    was = {name: chain.read(name, was) for name, (was, *_rest) in change.items()}
    acts.apply(run, call, was, begin())
    return _CHANGED, list(was)


def _remove(run: Run, call: Found, act: history.Act) -> None:
    before = tallies.told(run, call.coach, call.interview_id)
    run.do(_REMOVE, {"the_call": call.call_id})
    whole = {
        name: value
        for name, value in call.fields.items()
        if value is not None and name not in (*INTERVIEW_FIELDS, "write_id")
    }
    history.enter(run, act, acts.entry_of(call, None, whole))
    now = [one for one in before if one.call_id != call.call_id]
    tallies.enter(run, call.coach, call.interview_id, before, now)


def _bring_back(
    run: Run, place: tuple[str, str, str], change: Mapping[str, Any], act: history.Act
) -> None:
    call_id, coach, interview_id = place
    last = history.last_of(run, coach, interview_id, call_id)
    assert last is not None
    revision = int(last["acts"]) + 1
    row = run.row(acts.INTERVIEW, coach=coach, interview_id=interview_id)
    assert row is not None
    client_id, *of_interview, secret = row
    before = tallies.told(run, coach, interview_id)
    fields = {name: chain.read(name, change.get(name, (None,))[0]) for name in CALL_FIELDS}
    taken = {one.sequence for one in before}
    sequence = int(change["sequence"][0])
    fields["sequence"] = sequence if sequence not in taken else max(taken) + 1
    fields["entry_digest"] = change.get("entry_digest", (None,))[0]
    fields["write_id"] = act.write_id
    key = {"call_id": call_id, "coach": coach, "interview_id": interview_id, "revision": revision}
    run.do(acts.ADD_CALL, key | fields)
    whole = fields | dict(zip(INTERVIEW_FIELDS, of_interview, strict=True))
    call = Found(*place, client_id, None if secret is None else bytes(secret), revision, whole)
    came = {name: None for name in fields if name != "write_id" and fields[name] is not None}
    history.enter(run, act, acts.entry_of(call, whole, came))
    now = sorted([*before, acts.told_of(call_id, fields)], key=lambda one: one.sequence)
    tallies.enter(run, coach, interview_id, before, now)
