"""Erasing a client: name, contact, notes and free text go, from rows, history and the kit's backups.

What stays counts: calls, their end states and times, cohort, employer, outcome, under a new pseudonym
that says nothing. The history stays verifiable: see `chain`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, bindparam, func, select, text, update

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes import (
    acts,
    backups,
    database,
    files,
    history,
    people,
    schema,
)
from interview_coach.outcomes.plain import Run, Statement
from interview_coach.wording import counted

__all__ = ["ERASED", "Erased", "copies_of", "erase", "expired"]

# In the place of words that said that there were some: a doubted date stays a doubted one, an
# imported row stays known.
ERASED = "erased"


@dataclass(frozen=True)
class Erased:
    """What an erasure did.

    Attributes
    ----------
    clients : int
        How many clients it was.
    calls : int
        Calls of theirs that stay in the counts.
    acts : int
        Rows of their history whose words are gone.
    backups : int
        Backups in which the same was done.
    deleted : tuple of str
        Names of older copies that were deleted whole.
    left : tuple of str
        Names of copies that could not be opened: to be deleted by hand.
    traceless : bool
        Whether no trace is left in the file; False where another program has it open, or a server's
        own housekeeping keeps old copies for a while.
    """

    clients: int
    calls: int
    acts: int
    backups: int = 0
    deleted: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    traceless: bool = False

    def summary(self) -> str:
        """Say it in sentences."""
        clients = counted(self.clients, "{n} client", "{n} clients")
        calls = counted(self.calls, "{n} call", "{n} calls")
        lines = [
            # Translators: how many clients were erased, and how many calls they had.
            _(
                "Erased {clients}: name, contact, notes and all free text are gone. {calls} of theirs "
                "still count, under a pseudonym that says nothing."
            ).format(clients=clients, calls=calls)
        ]
        if self.backups:
            says = counted(
                self.backups,
                "The same was done in {n} backup.",
                "The same was done in {n} backups.",
            )
            lines.append(says)
        if self.deleted:
            lines.append(
                _("Older copies were deleted: {files}.").format(files=", ".join(self.deleted))
            )
        if self.left:
            lines.append(
                _("These copies could not be opened, delete them: {files}.").format(
                    files=", ".join(self.left)
                )
            )
        if not self.traceless:
            lines.append(
                _(
                    "Until other programs let go of the log, traces may stay in it; close them and "
                    "erase again."
                )
            )
        return "\n".join(lines)


_clients, _interviews, _calls = schema.clients, schema.interviews, schema.calls
_history, _writes, _attempts = schema.history, schema.writes, schema.attempts
_old: dict[str, Any] = {"coach": bindparam("the_coach"), "client_id": bindparam("the_client")}
_of_client = (_interviews.c.coach == _old["coach"]) & (_interviews.c.client_id == _old["client_id"])
_INTERVIEWS = Statement(select(_interviews.c.interview_id).where(_of_client))
_RENAME = Statement(update(_interviews).where(_of_client).values(client_id=bindparam("new_id")))
_REMOVE = Statement(
    text("DELETE FROM clients WHERE coach = :the_coach AND client_id = :the_client")
)
_of_chain: dict[str, Any] = {"coach": bindparam("the_coach"), "chain": bindparam("the_chain")}
_EMPTY = Statement(
    update(_calls)
    .where(_calls.c.coach == _of_chain["coach"], _calls.c.interview_id == _of_chain["chain"])
    .values(
        notes=None,
        reason=None,
        date_doubt=text(f"CASE WHEN date_doubt IS NULL THEN NULL ELSE '{ERASED}' END"),
        entry_digest=text(f"CASE WHEN entry_digest IS NULL THEN NULL ELSE '{ERASED}' END"),
    )
)
_in_chain = (_history.c.coach == _of_chain["coach"]) & (_history.c.chain == _of_chain["chain"])
_FORGET = Statement(update(_history).where(_in_chain).values(private=None))
_ACTS = Statement(
    select(_history.c.write_id, _writes.c.action).join_from(_history, _writes).where(_in_chain)
)
_OTHERS = Statement(
    select(_history.c.coach, _history.c.chain).where(_history.c.write_id == bindparam("write_id"))
)
_NO_WHY = Statement(
    update(_writes)
    .where(_writes.c.write_id == bindparam("the_act"))
    .values(why=None, why_secret=None)
)
_PRACTICE = Statement(
    update(_attempts)
    .where(_attempts.c.player == bindparam("the_player"))
    .values(messages=text("'[]'"), player=bindparam("new_player"))
)
_OLD = Statement(
    select(_interviews.c.coach, _interviews.c.client_id)
    .join_from(_interviews, _calls)
    .join(
        _clients,
        (_clients.c.coach == _interviews.c.coach)
        & (_clients.c.client_id == _interviews.c.client_id),
    )
    .where(_clients.c.secret.is_not(None))
    .group_by(_interviews.c.coach, _interviews.c.client_id)
    .having(func.max(_calls.c.scheduled_at) < bindparam("before"))
)

Key = tuple[str, str]
Begin = Callable[[Run], history.Act]


def expired(run: Run, before: datetime) -> list[Key]:
    """List the clients (coach, id) who have not had a call since `before`, and are not erased yet."""
    return [(str(coach), str(client)) for coach, client in run.rows(_OLD, before=before)]


def erase(engine: Engine, name: str, keys: Sequence[Key], now: datetime, by: str) -> Erased:
    """Erase clients (coach, id) from a log and from the copies that the kit made of it.

    Raises
    ------
    KitError
        If one of them is not in the log, or it cannot be written; then nothing is erased.
    """
    new = {key: acts.new_id(ERASED) for key in keys}

    def begin(run: Run) -> history.Act:
        return history.begin(run, now, by, ERASED, None)

    calls, done = _in_log(engine, name, new, begin, strict=True)
    file = files.file_of(engine)
    if file is None:
        return Erased(len(keys), calls, done)
    treated, deleted, left = 0, [], []
    for copy in copies_of(file):
        if copy.suffix == ".bak":
            # Of before an upgrade: it has done its work, and another kit's tables.
            copy.unlink()
            deleted.append(copy.name)
            continue
        try:
            other = database.connect(database.location(copy))
            try:
                _in_log(
                    other, _("The backup {name}").format(name=copy.name), new, begin, strict=False
                )
                files.clean(other)
            finally:
                other.dispose()
            treated += 1
        except KitError:
            left.append(copy.name)
    return Erased(
        len(keys), calls, done, treated, tuple(deleted), tuple(left), traceless=files.clean(engine)
    )


def copies_of(file: Path) -> list[Path]:
    """Find all copies of a log's file that the kit made."""
    found = [one.file for one in backups.all_of(file)]
    for pattern in (".version-*.bak", ".replaced-*", ".restored"):
        found += sorted(file.parent.glob(f"{file.name}{pattern}"))
    return [one for one in found if not one.name.endswith(("-wal", "-shm"))]


def _in_log(
    engine: Engine, name: str, new: dict[Key, str], begin: Begin, *, strict: bool
) -> tuple[int, int]:
    """Erase clients from one file; gives how many calls and rows of history it touched."""
    calls = done = 0
    with database.running(engine, name) as run:
        if run.dialect.name == "sqlite":
            # What is deleted is overwritten with zeros, not only marked as free.
            run.sql("PRAGMA secure_delete=ON")
        for (coach, client_id), pseudonym in new.items():
            acts.lock(run, coach, "client", client_id)
            try:
                person = people.find(run, coach, client_id)
            except KitError:
                if strict:
                    raise
                continue
            of_calls, rows = _one(run, person, pseudonym, begin(run))
            calls, done = calls + of_calls, done + rows
    return calls, done


def _one(run: Run, person: people.Person, pseudonym: str, act: history.Act) -> tuple[int, int]:
    key = {"the_coach": person.coach, "the_client": person.client_id}
    of_client = person.chain or acts.new_id("client")
    chains = [str(row[0]) for row in run.rows(_INTERVIEWS, **key)]
    calls = sum(run.do(_EMPTY, {**key, "the_chain": one}) for one in chains)
    if person.fields["player"] is not None:
        player = {"the_player": person.fields["player"], "new_player": acts.new_id(ERASED)}
        run.do(_PRACTICE, player)
    kept = {name: person.fields[name] for name in ("cohort", "outcome", "outcome_on")}
    row: dict[str, Any] = {**kept, "coach": person.coach, "client_id": pseudonym}
    run.do(people.ADD, {**row, "tags": None, "player": None, "chain": of_client, "secret": None})
    run.do(_RENAME, {**key, "new_id": pseudonym})
    run.do(people.UNNAME, {"coach": person.coach, "client_id": person.client_id})
    run.do(_REMOVE, key)
    rows = _words_of_history(run, person.coach, [*chains, of_client])
    plain_state, _private = person.states(kept)
    entry = history.Entry(person.coach, of_client, None, {}, {}, None, plain_state, None, None)
    history.enter(run, act, entry)
    return calls, rows


def _words_of_history(run: Run, coach: str, chains: Iterable[str]) -> int:
    """Empty the private words of chains, and the reasons of acts that concern nobody else."""
    mine = {(coach, one) for one in chains}
    rows = 0
    reasons: set[int] = set()
    for _coach, one in mine:
        of = {"the_coach": coach, "the_chain": one}
        rows += run.do(_FORGET, of)
        reasons.update(int(write) for write, *_rest in run.rows(_ACTS, **of))
    for write in sorted(reasons):
        if all((c, one) in mine for c, one in run.rows(_OTHERS, write_id=write)):
            run.do(_NO_WHY, {"the_act": write})
    return rows
