"""The history and the counts of many calls at once: what `history` and `tallies` do, column-wise.

A hundred thousand rows go through here, so each distinct value is written out once, and the digests
are made without a function call more than needed. The result is that of `history.row_of` (tested).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from itertools import repeat
from operator import itemgetter
from typing import Any

from interview_coach.outcomes import chain, history, tallies
from interview_coach.outcomes.plain import Run

__all__ = ["Added", "count", "history_rows"]

_NOTHING = bytes(16)
# What is neither time nor number differs from row to row: looking it up costs more than writing it.
_TEXTS = frozenset(chain.CALL_PLAIN + chain.CALL_PRIVATE) - chain.CONVERTED


@dataclass(frozen=True)
class Added:
    """Calls that are added: columns of the calls table, by coach, interview and sequence.

    Attributes
    ----------
    columns : mapping of str to sequence
        As for `schema.calls`, and `client_id`.
    secrets : sequence of bytes or None
        The client's key, call by call.
    interviews : mapping of (str, str) to tuple
        Coach and interview -> the interview's fields, in the order of `chain.INTERVIEW`.
    known : set of (str, str)
        The interviews that were in the log before.
    """

    columns: Mapping[str, Sequence[Any]]
    secrets: Sequence[bytes | None]
    interviews: Mapping[tuple[str, str], tuple[Any, ...]]
    known: set[tuple[str, str]]


def _states(columns: Mapping[str, Sequence[Any]], names: Sequence[str]) -> Iterator[bytes]:
    """Give `chain.state` of each row, encoded."""
    rows = len(columns["call_id"])
    written: list[Iterable[str]] = []
    for name in names:
        values = columns.get(name)
        if values is None:
            continue
        first = values[0]
        if values.count(first) == rows:
            # The same in all rows, as most fields of a file of calls are.
            same = "" if first is None else f"\0{name}={chain.written(first)}"
            written.append(repeat(same, rows))
        elif name in _TEXTS:
            begin = f"\0{name}="
            written.append(["" if value is None else begin + value for value in values])
        else:
            said = {value: f"\0{name}={chain.written(value)}" for value in set(values)}
            said[None] = ""
            written.append(map(said.__getitem__, values))
    for text in map("".join, zip(*written, strict=True)):
        yield text[1:].encode("utf-8", "surrogatepass")


def _around(fields: tuple[Any, ...]) -> bytes:
    named = dict(zip(chain.INTERVIEW, fields, strict=True))
    return chain.plain(chain.state(named, chain.INTERVIEW))


def history_rows(run: Run, act: history.Act, added: Added) -> dict[str, Sequence[Any]]:
    """Make the columns of the history's rows for calls that one act adds."""
    columns = added.columns
    coaches, interviews = columns["coach"], columns["interview_id"]
    # Few employers and groups, many interviews: each state is digested once.
    digest_of = cache(_around)
    around = {place: digest_of(fields) for place, fields in added.interviews.items()}
    plain = [
        blake2b(state, digest_size=16).digest() for state in _states(columns, chain.CALL_PLAIN)
    ]
    keyed = [
        None if secret is None else blake2b(state, key=secret, digest_size=16).digest()
        for secret, state in zip(added.secrets, _states(columns, chain.CALL_PRIVATE), strict=True)
    ]
    numbers, of_interview, hashes = [], [], []
    last_coach = last = ""
    number, before, digest = 0, _NOTHING, _NOTHING
    start = act.text.encode("utf-8", "surrogatepass")
    for coach, interview, call_id, one, two in zip(
        coaches, interviews, columns["call_id"], plain, keyed, strict=True
    ):
        if interview != last or coach != last_coach:
            last_coach, last = place = (coach, interview)
            number, head = history.head(run, *place) if place in added.known else (0, None)
            before, digest = head or _NOTHING, around[place]
        number += 1
        what = f"\0{interview}\0{number}\0{call_id}\0".encode("utf-8", "surrogatepass")
        # As in `chain.link`; nothing of an added call has been changed, which is the last digest.
        parts = (before, one, two or _NOTHING, digest, _NOTHING, start, what)
        before = blake2b(b"".join(parts), digest_size=16).digest()
        numbers.append(number)
        of_interview.append(digest)
        hashes.append(before)
    return {
        "coach": coaches,
        "chain": interviews,
        "number": numbers,
        "write_id": [act.write_id] * len(numbers),
        "call_id": columns["call_id"],
        "plain_digest": plain,
        "keyed_digest": keyed,
        "interview_digest": of_interview,
        "hash": hashes,
    }


class _Signs(dict[tuple[Any, ...], tallies.Sign]):
    """What of a call is counted, by all that decides it: calls of one start and end repeat."""

    def __missing__(self, told: tuple[Any, ...]) -> tallies.Sign:
        made = self[told] = tallies.sign(tallies.Told("", 0, *told))
        return made


def count(run: Run, added: Added) -> None:
    """Bring the counts up by calls that are about to be added."""
    columns = added.columns
    coaches, interviews = columns["coach"], columns["interview_id"]
    rows = len(interviews)
    nothing = [None] * rows
    fields = [columns.get(name, nothing) for name in tallies.Told._fields]
    known = _Signs()
    signs = list(map(known.__getitem__, zip(*fields[2:], strict=True)))

    def calls(start: int, end: int) -> list[tallies.Told]:
        return list(map(tallies.Told._make, zip(*(one[start:end] for one in fields), strict=True)))

    new: dict[tuple[str, tuple[tallies.Sign, ...]], int] = {}
    cases, changes = [], []
    places = list(zip(coaches, interviews, strict=True))
    begins = [row for row, place in enumerate(places) if not row or place != places[row - 1]]
    for start, end in zip(begins, [*begins[1:], rows], strict=True):
        coach, interview = place = places[start]
        if place in added.known:
            before = tallies.told(run, coach, interview)
            after = sorted([*before, *calls(start, end)], key=itemgetter(1))
            changes.append((coach, interview, before, after))
            continue
        pattern = (coach, tuple(signs[start:end]))
        new[pattern] = new.get(pattern, 0) + 1
        if signs[end - 1].state in tallies.OPEN_AFTER:
            case = tallies.open_case(calls(end - 1, end)[0])
            if case is not None:
                cases.append((coach, interview, case))
    tallies.enter_many(run, changes, new, cases)
