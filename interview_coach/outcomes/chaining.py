"""The history and the counts of many calls at once: what `history` and `tallies` do, column-wise.

A hundred thousand rows go through here, so each distinct value is written out once, and the digests
are made without a function call more than needed. The result is that of `history.row_of` (tested).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from operator import itemgetter
from typing import Any

from interview_coach.outcomes import chain, history, tallies
from interview_coach.outcomes.plain import Run

__all__ = ["Added", "count", "history_rows"]

_NOTHING = bytes(16)


@dataclass(frozen=True)
class Added:
    """Calls that are added: columns of the calls table, by coach, interview and sequence.

    Attributes
    ----------
    columns : mapping of str to sequence
        As for `schema.calls`, and `client_id`.
    secrets : sequence of bytes or None
        The client's key, call by call.
    interviews : mapping of (str, str) to mapping
        Coach and interview -> the interview's fields.
    known : set of (str, str)
        The interviews that were in the log before.
    """

    columns: Mapping[str, Sequence[Any]]
    secrets: Sequence[bytes | None]
    interviews: Mapping[tuple[str, str], Mapping[str, Any]]
    known: set[tuple[str, str]]


def _states(columns: Mapping[str, Sequence[Any]], names: Sequence[str]) -> Iterator[str]:
    """Give `chain.state` of each row."""
    written = []
    for name in names:
        if name in columns:
            values = columns[name]
            said = {
                value: "" if value is None else f"\0{name}={chain.written(value)}"
                for value in set(values)
            }
            written.append(list(map(said.__getitem__, values)))
    return (text[1:] for text in map("".join, zip(*written, strict=True)))


def history_rows(run: Run, act: history.Act, added: Added) -> dict[str, Sequence[Any]]:
    """Make the columns of the history's rows for calls that one act adds."""
    columns = added.columns
    coaches, interviews = columns["coach"], columns["interview_id"]
    # Few employers and groups, many interviews: each state is digested once.
    digest_of = cache(chain.plain)
    around = {
        place: digest_of(chain.state(fields, chain.INTERVIEW))
        for place, fields in added.interviews.items()
    }
    numbers, plain, keyed, of_interview, hashes = [], [], [], [], []
    place = ("", "")
    number, before, digest = 0, _NOTHING, _NOTHING
    start = f"{act.text}\0"
    for coach, interview, call_id, secret, state, private in zip(
        coaches,
        interviews,
        columns["call_id"],
        added.secrets,
        _states(columns, chain.CALL_PLAIN),
        _states(columns, chain.CALL_PRIVATE),
        strict=True,
    ):
        if interview != place[1] or coach != place[0]:
            place = (coach, interview)
            number, head = history.head(run, *place) if place in added.known else (0, None)
            before, digest = head or _NOTHING, around[place]
        number += 1
        one = blake2b(state.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        two = (
            None
            if secret is None
            else blake2b(
                private.encode("utf-8", "surrogatepass"), key=secret, digest_size=16
            ).digest()
        )
        what = f"{start}{interview}\0{number}\0{call_id}\0"
        before = blake2b(
            before + one + (two or _NOTHING) + digest + _NOTHING + what.encode("utf-8"),
            digest_size=16,
        ).digest()
        numbers.append(number)
        plain.append(one)
        keyed.append(two)
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


def count(run: Run, added: Added) -> None:
    """Bring the counts up by calls that are about to be added."""
    columns = added.columns
    rows = len(columns["call_id"])
    nothing = [None] * rows
    given = zip(*(columns.get(name, nothing) for name in tallies.Told._fields), strict=True)
    groups: dict[tuple[str, str], list[tallies.Told]] = {}
    for coach, interview, told in zip(
        columns["coach"], columns["interview_id"], map(tallies.Told._make, given), strict=True
    ):
        groups.setdefault((coach, interview), []).append(told)
    by_sequence = itemgetter(1)

    def changes() -> Iterator[tuple[str, str, list[tallies.Told], list[tallies.Told]]]:
        for (coach, interview), new in groups.items():
            known = (coach, interview) in added.known
            before = tallies.told(run, coach, interview) if known else []
            yield coach, interview, before, sorted([*before, *new], key=by_sequence)

    tallies.enter_many(run, changes())
