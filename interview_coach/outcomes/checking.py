"""Finding damage: the log against its history, the history against its hashes and the last seal."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select

from interview_coach.language import N_, _, ngettext
from interview_coach.outcomes import chain, history, schema, tallies
from interview_coach.outcomes.plain import Run, Statement
from interview_coach.outcomes.seals import Seal
from interview_coach.wording import number

__all__ = ["COUNTS", "UNREADABLE", "findings", "lost", "seal_of"]

COUNTS = N_("The counts that are kept do not agree with the calls; count them anew.")
UNREADABLE = N_(
    "The log holds values that cannot be read as what they should be; put a backup back."
)
# So many of one kind are named; the rest are counted.
_NAMED = 5

_history, _writes, _clients = schema.history, schema.writes, schema.clients
_interviews, _calls, _names = schema.interviews, schema.calls, schema.client_names
_ROWS = Statement(
    select(
        *(_history.c[name] for name in history.ENTRY_COLUMNS),
        _writes.c.at,
        _writes.c.by,
        _writes.c.action,
        _writes.c.why_digest,
    )
    .join_from(_history, _writes, isouter=True)
    .order_by(_history.c.coach, _history.c.chain, _history.c.number)
)
_WRITES = Statement(
    select(_writes.c.write_id, _writes.c.why, _writes.c.why_secret, _writes.c.why_digest)
)
_KEYS = Statement(
    select(
        _interviews.c.coach, _interviews.c.interview_id, _clients.c.client_id, _clients.c.secret
    ).join_from(_interviews, _clients, isouter=True)
)
_PEOPLE = Statement(
    select(
        *(_clients.c[name] for name in ("coach", "chain", "secret", *chain.CLIENT_PLAIN)),
        *(
            (_names if name in ("name", "contact") else _clients).c[name]
            for name in chain.CLIENT_PRIVATE
        ),
    ).join_from(_clients, _names, isouter=True)
)
_INTERVIEWS = Statement(
    select(*(_interviews.c[name] for name in ("coach", "interview_id", *chain.INTERVIEW)))
)
_CALL_NAMES = dict.fromkeys((*chain.CALL_PLAIN, *chain.CALL_PRIVATE))
_CALLS = Statement(
    select(
        _calls.c.call_id,
        _calls.c.coach,
        _calls.c.interview_id,
        *(_calls.c[name] for name in _CALL_NAMES if name != "client_id"),
    )
)
_SEALED = Statement(
    select(_history.c.write_id, _history.c.hash, _history.c.coach, _history.c.chain)
)
_LAST_WRITE = Statement(select(func.max(_writes.c.write_id)))


def findings(run: Run, sealed: Seal | None = None) -> list[str]:
    """Find what is wrong with a log.

    Parameters
    ----------
    run : Run
        A transaction that reads.
    sealed : Seal, optional
        What the log was known to hold at a moment.

    Returns
    -------
    list of str
        One sentence each; empty if all is well.
    """
    found: Counter[str] = Counter()
    said: dict[str, list[str]] = {}
    for kind, sentence in _all(run, sealed):
        found[kind] += 1
        said.setdefault(kind, [])
        if found[kind] <= _NAMED:
            said[kind].append(sentence)
    sentences = []
    for kind, each in said.items():
        sentences += each
        if found[kind] > _NAMED:
            more = _("{n} more like this: {kind}.")
            sentences.append(more.format(n=number(found[kind] - _NAMED), kind=_(kind)))
    return sentences


def _all(run: Run, sealed: Seal | None) -> Iterator[tuple[str, str]]:
    chains = _Chains(run)
    yield from _reasons(run)
    yield from chains.walk(run)
    yield from chains.against_rows(run)
    if sealed is not None:
        yield from _against_seal(run, sealed)
    if tallies.kept(run) != tallies.counted(run):
        yield "counts", _(COUNTS)


def _reasons(run: Run) -> Iterator[tuple[str, str]]:
    for write_id, why, secret, digest in run.rows(_WRITES):
        # Without its key the reason was erased.
        if (secret is None) != (why is None) or (
            secret is not None and chain.keyed(bytes(secret), why) != _bytes(digest)
        ):
            yield (
                N_("reasons"),
                _("The reason of act {act} is not what was entered.").format(act=write_id),
            )


class _Chains:
    """The history as it is walked, and the last that it says of each row."""

    def __init__(self, run: Run):
        self.keys = {
            (coach, interview): (client, _bytes(secret))
            for coach, interview, client, secret in run.rows(_KEYS)
        }
        self.people: dict[tuple[str, str], tuple[bytes | None, dict[str, Any]]] = {}
        names = (*chain.CLIENT_PLAIN, *chain.CLIENT_PRIVATE)
        for coach, of, secret, *rest in run.rows(_PEOPLE):
            if of is not None:
                fields = dict(zip(names, rest, strict=True))
                self.people[coach, of] = (_bytes(secret), fields)
        self.calls: dict[str, dict[str, Any]] = {}
        self.interviews: dict[tuple[str, str], bytes | None] = {}
        self.clients: dict[tuple[str, str], dict[str, Any]] = {}

    def walk(self, run: Run) -> Iterator[tuple[str, str]]:
        """Follow every chain from its first row, hash by hash."""
        names = (*history.ENTRY_COLUMNS, "at", "by", "action", "why_digest")
        where: tuple[str, str] | None = None
        place, before = 0, None
        for cells in run.rows(_ROWS):
            row = dict(zip(names, cells, strict=True))
            if (row["coach"], row["chain"]) != where:
                where, place, before = (row["coach"], row["chain"]), 0, None
            place += 1
            named = _named(where, self.people)
            if row["number"] != place:
                yield (
                    N_("history rows are missing"),
                    _("The history of {what} lacks row {place}: it goes on with {number}.").format(
                        what=named, place=place, number=row["number"]
                    ),
                )
                place = row["number"]
            elif self._hash(row, before) != _bytes(row["hash"]):
                yield (
                    N_("history rows are damaged"),
                    _("Row {place} of the history of {what} is not what was entered.").format(
                        place=place, what=named
                    ),
                )
            secret = self._secret(where)
            if secret is not None and chain.keyed(secret, row["private"]) != _bytes(
                row["private_digest"]
            ):
                yield (
                    N_("private words in the history are damaged"),
                    _(
                        "What is private in row {place} of the history of {what} is not what was "
                        "entered."
                    ).format(place=place, what=named),
                )
            before = _bytes(row["hash"])
            if row["call_id"] is None:
                self.clients[where] = row
            else:
                self.calls[row["call_id"]] = row
                self.interviews[where] = _bytes(row["interview_digest"])

    def _secret(self, where: tuple[str, str]) -> bytes | None:
        if where in self.people:
            return self.people[where][0]
        return self.keys.get(where, ("", None))[1]

    @staticmethod
    def _hash(row: dict[str, Any], before: bytes | None) -> bytes | None:
        if row["at"] is None:
            return None
        act = history.act_text(row["at"], row["by"], row["action"], _bytes(row["why_digest"]))
        names = ("plain_digest", "keyed_digest", "interview_digest", "private_digest")
        digests = [_bytes(row[name]) for name in names]
        what = history.what_text(row["chain"], row["number"], row["call_id"], row["change"])
        return chain.link(before, act, digests, what)

    def against_rows(self, run: Run) -> Iterator[tuple[str, str]]:
        """Compare the rows as they are with the last that the history says of each."""
        for call_id, coach, interview, *rest in run.rows(_CALLS):
            fields = dict(zip((n for n in _CALL_NAMES if n != "client_id"), rest, strict=True))
            fields["synthetic"] = bool(fields["synthetic"])
            client, secret = self.keys.get((coach, interview), (None, None))
            fields["client_id"] = client
            row = self.calls.pop(call_id, None)
            if row is None or row["plain_digest"] is None:
                yield (
                    N_("calls without history"),
                    _("The call {call} is in no history.").format(call=call_id),
                )
                continue
            same = (row["coach"], row["chain"]) == (coach, interview) and chain.plain(
                chain.state(fields, chain.CALL_PLAIN)
            ) == _bytes(row["plain_digest"])
            private = secret is None or chain.keyed(
                secret, chain.state(fields, chain.CALL_PRIVATE)
            ) == _bytes(row["keyed_digest"])
            if not (same and private):
                yield (
                    N_("calls are damaged"),
                    _("The call {call} is not what was logged.").format(call=call_id),
                )
        for call_id, row in self.calls.items():
            if row["plain_digest"] is not None:
                yield (
                    N_("calls are gone"),
                    _("The call {call} is gone, though nobody took it out.").format(call=call_id),
                )
        for coach, interview, *rest in run.rows(_INTERVIEWS):
            digest = self.interviews.pop((coach, interview), None)
            state = chain.state(dict(zip(chain.INTERVIEW, rest, strict=True)), chain.INTERVIEW)
            if digest != chain.plain(state):
                yield (
                    N_("interviews are damaged"),
                    _("The interview {interview} is not what was logged.").format(
                        interview=interview
                    ),
                )
        for _coach, interview in self.interviews:
            yield (
                N_("interviews are gone"),
                _("The interview {interview} is gone.").format(interview=interview),
            )
        yield from self._clients_against_rows()

    def _clients_against_rows(self) -> Iterator[tuple[str, str]]:
        for where, (secret, fields) in self.people.items():
            row = self.clients.pop(where, None)
            if row is None:
                # One of whom nothing was said but their calls: then nothing must be there.
                if any(
                    fields[name] is not None for name in (*chain.CLIENT_PLAIN, "tags", "player")
                ):
                    yield (
                        N_("clients are damaged"),
                        _("What is said of client {client} is in no history.").format(
                            client=where[1]
                        ),
                    )
                continue
            plain = chain.plain(chain.state(fields, chain.CLIENT_PLAIN))
            private = chain.keyed(secret, chain.state(fields, chain.CLIENT_PRIVATE))
            if plain != _bytes(row["plain_digest"]) or (
                secret is not None and private != _bytes(row["keyed_digest"])
            ):
                yield (
                    N_("clients are damaged"),
                    _("What is said of client {client} is not what was entered.").format(
                        client=where[1]
                    ),
                )
        for _coach, of in self.clients:
            yield N_("clients are gone"), _("The client {client} is gone.").format(client=of)


def _named(where: tuple[str, str], people: dict[tuple[str, str], Any]) -> str:
    if where in people:
        return _("client {name}").format(name=where[1])
    return _("interview {name}").format(name=where[1])


def _bytes(value: Any) -> bytes | None:
    return None if value is None else bytes(value)


def seal_of(run: Run) -> Seal:
    """Count the history and add up its hashes, as it now is."""
    last = run.row(_LAST_WRITE)
    write_id = int(last[0] or 0) if last else 0
    return _sealed(run, write_id)


def _sealed(run: Run, until: int) -> Seal:
    rows, total = 0, 0
    chains = set()
    for write_id, hashed, coach, of in run.rows(_SEALED):
        if write_id <= until:
            rows += 1
            total += chain.head_value(bytes(hashed))
            chains.add((coach, of))
    return Seal(write_id=until, rows=rows, chains=len(chains), total=f"{total % 2**61:x}")


def lost(run: Run, sealed: Seal | None) -> list[str]:
    """Say what a log lacks of what it held when it was sealed."""
    return [] if sealed is None else [says for _kind, says in _against_seal(run, sealed)]


def _against_seal(run: Run, sealed: Seal) -> Iterator[tuple[str, str]]:
    last = run.row(_LAST_WRITE)
    write_id = int(last[0] or 0) if last else 0
    if write_id < sealed.write_id:
        lost = sealed.write_id - write_id
        yield (
            N_("acts are gone"),
            ngettext(
                "The log ends too early: {n} act is gone that it held at {time}; the last one that is "
                "left is {last}, the last one then was {then}.",
                "The log ends too early: {n} acts are gone that it held at {time}; the last one that "
                "is left is {last}, the last one then was {then}.",
                lost,
            ).format(n=number(lost), time=sealed.at, last=write_id, then=sealed.write_id),
        )
        return
    now = _sealed(run, sealed.write_id)
    if (now.rows, now.chains) != (sealed.rows, sealed.chains):
        yield (
            N_("history rows are gone"),
            _(
                "The history held {rows} rows in {chains} chains at {time}; of those {rows_left} "
                "rows in {chains_left} chains are left."
            ).format(
                rows=number(sealed.rows),
                chains=number(sealed.chains),
                time=sealed.at,
                rows_left=number(now.rows),
                chains_left=number(now.chains),
            ),
        )
    elif now.total != sealed.total:
        yield (
            N_("the history was rewritten"),
            _("The history up to act {act} is not what it was at {time}.").format(
                act=sealed.write_id, time=sealed.at
            ),
        )
