"""How long logging one call takes, beside bare ``sqlite3`` running the same statements.

Run by hand: ``python benchmarks/log_write.py [CALLS]``. The log's own statements and values are taken
down while it logs calls into one file, and are then run again by ``sqlite3`` alone, with the same
settings, into a second file on the same disk; in turns in one run, so that only the ratio counts. Each
call is one transaction, on the disk before the next begins, with its row of history and its counts.
"""

import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from interview_coach.outcomes import OutcomeLog, plain

ROUNDS = 7
AIM = 0.7


def entry(number: int) -> dict[str, Any]:
    return {
        "client_id": f"c{number % 50}",
        "scheduled_at": "2026-03-05T14:00",
        "timezone": "Europe/London",
        "state": "missed",
        "missed_by": "interviewer_no_call",
        "employer": "Acme",
        "notes": f"call {number}",
    }


class Taken:
    """Takes down every statement that a cursor runs."""

    def __init__(self, cursor: Any, into: list[tuple[str, str, Any]]):
        self._cursor, self._into = cursor, into

    def execute(self, sql: str, values: Any = ()) -> Any:
        self._into.append(("execute", sql, values))
        return self._cursor.execute(sql, values)

    def executemany(self, sql: str, values: Any) -> Any:
        self._into.append(("executemany", sql, values))
        return self._cursor.executemany(sql, values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


@contextmanager
def taking_down() -> Iterator[list[list[tuple[str, str, Any]]]]:
    """Take the statements of each transaction down."""
    acts: list[list[tuple[str, str, Any]]] = []
    begin = plain.Run.__init__

    def begun(run: plain.Run, cursor: Any, dialect: Any) -> None:
        acts.append([])
        begin(run, Taken(cursor, acts[-1]), dialect)

    plain.Run.__init__ = begun  # type: ignore[assignment,method-assign]
    try:
        yield acts
    finally:
        plain.Run.__init__ = begin  # type: ignore[method-assign]


def bare(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None)
    for setting in ("foreign_keys=ON", "synchronous=FULL", "cache_size=-65536"):
        connection.execute(f"PRAGMA {setting}")
    return connection


def replay(connection: sqlite3.Connection, acts: list[list[tuple[str, str, Any]]]) -> float:
    start = perf_counter()
    cursor = connection.cursor()
    for act in acts:
        cursor.execute("BEGIN IMMEDIATE")
        for how, sql, values in act:
            if how == "execute":
                cursor.execute(sql, values)
                if sql.startswith("SELECT") or " RETURNING " in sql:
                    cursor.fetchall()
            else:
                cursor.executemany(sql, values)
        connection.commit()
    return perf_counter() - start


def main() -> None:
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    ratios, ours, theirs = [], [], []
    with tempfile.TemporaryDirectory() as top:
        first, second = Path(top) / "log.db", Path(top) / "bare.db"
        with OutcomeLog.open(first) as log, OutcomeLog.open(second):
            connection = bare(second)
            number = 0
            for _ in range(ROUNDS):
                # What is taken down is not timed, and brings both files to the same state.
                with taking_down() as acts:
                    for _ in range(20):
                        log.add_call(entry(number := number + 1))
                replay(connection, acts)
                entries = [entry(number := number + 1) for _ in range(calls)]
                before = Path(top) / "before.db"
                before.unlink(missing_ok=True)
                with sqlite3.connect(before) as copy:
                    bare(first).backup(copy)
                start = perf_counter()
                for one in entries:
                    log.add_call(one)
                ours.append(perf_counter() - start)
                # The same calls once more, into a copy of before, only to take the statements down.
                with OutcomeLog.open(before) as again, taking_down() as acts:
                    for one in entries:
                        again.add_call(one)
                theirs.append(replay(connection, acts))
                ratios.append(theirs[-1] / ours[-1])
            connection.close()
            same = [
                sqlite3.connect(file)
                .execute("SELECT count(*), max(write_id) FROM calls")
                .fetchone()
                for file in (first, second)
            ]
    if same[0] != same[1]:
        raise SystemExit(f"The two files differ: {same}")
    print(f"{calls} calls a round, {ROUNDS} rounds; both files hold {same[0][0]:,} calls")
    print(f"  log      {median(ours) / calls * 1e6:6.0f} microseconds a call (median)")
    print(f"  sqlite3  {median(theirs) / calls * 1e6:6.0f} microseconds a call (median)")
    print(f"  ratio    {median(ratios):6.2f} (aim: at least {AIM:g})")


if __name__ == "__main__":
    main()
