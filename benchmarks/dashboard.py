"""How long a look at the dashboard takes in a log of a million calls, beside counting them.

Run by hand: ``python benchmarks/dashboard.py [CALLS]``. The log is filled straight in SQL; its counts are
then made by a full recount, which is what the dashboard would otherwise have to do at each look.
"""

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from interview_coach.outcomes import OutcomeLog, database

ROUNDS = 200
AIM = 5.0
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)

FILL = """
INSERT INTO calls (call_id, coach, interview_id, sequence, channel, caller, scheduled_at, timezone,
    state, missed_by, synthetic, write_id)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :calls - 1)
SELECT 'call-' || i, 'me', 'i' || (i / 4), i % 4 + 1, 'phone', 'interviewer',
    strftime('%Y-%m-%d %H:%M:%f000', '2025-07-01', '+' || (i / 4 % 365) || ' days',
        '+' || (8 + i % 9) || ' hours'),
    'Europe/London',
    CASE WHEN i % 10 < 2 THEN 'missed' WHEN i % 37 = 0 THEN 'pending' ELSE 'completed' END,
    CASE WHEN i % 10 < 2 THEN 'candidate' END, 1, 1
FROM n
"""


def main() -> None:
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with (
        tempfile.TemporaryDirectory() as top,
        OutcomeLog.open(Path(top) / "log.db", clock=lambda: NOW) as log,
    ):
        with log.transaction() as connection:
            run = database.run_of(connection)
            run.sql(
                "INSERT INTO writes (at, by, action) VALUES ('2026-07-01 00:00:00', 'me', 'imported')"
            )
            run.sql("INSERT INTO clients (coach, client_id) VALUES ('me', 'c')")
            run.sql(
                "INSERT INTO interviews (coach, interview_id, client_id) WITH RECURSIVE n(i) AS "
                f"(SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {calls // 4}) "
                "SELECT 'me', 'i' || i, 'c' FROM n"
            )
            run.sql(FILL.replace(":calls", str(calls)))
        start = perf_counter()
        log.recount()
        counted = perf_counter() - start
        seconds = []
        for _ in range(ROUNDS):
            start = perf_counter()
            board = log.dashboard(month="2026-06")
            seconds.append(perf_counter() - start)
    worst = sorted(seconds)[int(ROUNDS * 0.99) - 1] * 1000
    print(
        f"{calls:,} calls; {sum(board.open_cases.values()):,} open cases, {board.to_enter:,} to enter"
    )
    print(f"  dashboard   {median(seconds) * 1000:8.2f} ms (median), {worst:.2f} ms (99%)")
    print(f"  recount     {counted * 1000:8.0f} ms")
    print(f"  aim         at most {AIM:g} ms")


if __name__ == "__main__":
    main()
