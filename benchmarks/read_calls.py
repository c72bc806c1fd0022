"""How long it takes to read all calls of a log into pandas, beside ADBC with the same query.

Run by hand: ``python benchmarks/read_calls.py [CALLS]``. All ways read the same file, in turns in one
run, so that only their ratios count. ADBC hands out texts for times and numbers for true and false;
the kit's frame has its types.
"""

import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

import pandas as pd
from sqlalchemy.dialects import sqlite

from interview_coach.outcomes import OutcomeLog, export_calls, queries, schema
from interview_coach.outcomes.columns import calls_frame
from interview_coach.outcomes.snapshot import read_snapshot

ROUNDS = 3
AIM = 1.5
STAMP = "%Y-%m-%d %H:%M:%S.%f"


def fill(file: Path, calls: int) -> None:
    """Make a log of calls: four calls to three interviews, five interviews a client."""
    OutcomeLog.open(file).close()
    draw = Random(1)
    interviews, clients = max(1, calls * 3 // 4), max(1, calls // 5)
    connection = sqlite3.connect(file)

    def put(table: str, rows: Iterator[dict[str, object]]) -> None:
        names: tuple[str, ...] = ()
        for row in rows:
            if not names:
                names = tuple(row)
                marks = ", ".join(f":{name}" for name in names)
                statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"
            connection.execute(statement, row)

    def call(number: int) -> dict[str, object]:
        at = datetime(2025, 1, 1, 9) + timedelta(minutes=15 * draw.randrange(50_000))
        missed = draw.random() < 0.2
        return {
            "call_id": f"call-{number:016x}",
            "coach": "me",
            "interview_id": f"interview-{number % interviews:016x}",
            "sequence": 1 + number // interviews,
            "channel": "phone",
            "caller": "interviewer",
            "scheduled_at": at.strftime(STAMP),
            "timezone": "Europe/London",
            "state": "missed" if missed else "completed",
            "missed_by": "candidate" if missed else None,
            "cause": "travel" if missed else None,
            "first_message_at": (at + timedelta(minutes=20)).strftime(STAMP) if missed else None,
            "waited_minutes": 25 if missed else None,
            "synthetic": 0,
            "notes": f"call {number}" if number % 3 == 0 else None,
            "write_id": 1,
        }

    at = datetime(2026, 1, 1).strftime(STAMP)
    write = {"write_id": 1, "at": at, "by": "me", "action": "imported"}
    put(schema.writes.name, iter([write]))
    put("clients", ({"coach": "me", "client_id": f"client-{n:016x}"} for n in range(clients)))
    put(
        "interviews",
        (
            {
                "coach": "me",
                "interview_id": f"interview-{n:016x}",
                "client_id": f"client-{draw.randrange(clients):016x}",
                "cohort": f"Group {n % 12}",
                "employer": f"Employer {n % 500}",
                "employer_type": "Finance",
            }
            for n in range(interviews)
        ),
    )
    put("calls", map(call, range(calls)))
    connection.commit()
    connection.close()


def by_adbc(file: Path) -> pd.DataFrame:
    import adbc_driver_sqlite.dbapi as adbc

    query = str(queries.calls().compile(dialect=sqlite.dialect()))
    with adbc.connect(str(file)) as connection, connection.cursor() as cursor:
        cursor.execute(query)
        frame: pd.DataFrame = cursor.fetch_arrow_table().to_pandas()
        return frame


def by_columns(file: Path) -> pd.DataFrame:
    with OutcomeLog.open(file) as log, log.snapshot() as connection:
        return calls_frame(connection)


def by_log(file: Path) -> pd.DataFrame:
    with OutcomeLog.open(file) as log:
        return log.calls()


def by_snapshot(file: Path) -> pd.DataFrame:
    return read_snapshot(file.with_suffix(".parquet"))


WAYS: dict[str, Callable[[Path], pd.DataFrame]] = {
    "adbc": by_adbc,
    "columns": by_columns,
    "log.calls": by_log,
    "parquet": by_snapshot,
}


def main() -> None:
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    seconds: dict[str, list[float]] = {name: [] for name in WAYS}
    with tempfile.TemporaryDirectory() as top:
        file = Path(top) / "log.db"
        fill(file, calls)
        export_calls(by_log(file), file.with_suffix(".parquet"))
        for _ in range(ROUNDS):
            for name, way in WAYS.items():
                start = perf_counter()
                frame = way(file)
                seconds[name].append(perf_counter() - start)
                if len(frame) != calls:
                    raise SystemExit(f"{name} read {len(frame):,} of {calls:,} calls")
                del frame
    print(f"{calls:,} calls, {ROUNDS} rounds")
    for name, each in seconds.items():
        ratios = [own / base for own, base in zip(each, seconds["adbc"], strict=True)]
        print(f"  {name:<10} {median(each):6.2f} s   {median(ratios):5.2f} of ADBC")
    print(f"  aim: at most {AIM:g} of ADBC")


if __name__ == "__main__":
    main()
