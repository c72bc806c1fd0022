"""How long an import of calls takes, beside the shortest way that checks nothing.

Run by hand: ``python benchmarks/import_calls.py [ROWS]``. Both ways read the same file and end in a
SQLite table on the same disk, in turns in one run, so that only their ratio counts. The importer
reads every date, checks every row, recognises rows that it has seen and writes the history; pandas
copies the cells.
"""

import sqlite3
import sys
import tempfile
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

import pandas as pd

from interview_coach.outcomes import ColumnMapping, OutcomeLog, import_file

ROUNDS = 3
AIM = 3.0

MAPPING = ColumnMapping.model_validate(
    {
        "time": {"timezone": "Europe/London", "date_order": "day"},
        "client": {"columns": ["Client"], "pseudonymous": True},
        "interview": {"columns": ["Employer", "Round"]},
        "columns": {
            "scheduled_at": "Date",
            "scheduled_time": "Time",
            "state": "Outcome",
            "missed_by": "Missed by",
            "cause": "Cause",
            "employer": "Employer",
            "cohort": "Group",
            "channel": "Channel",
            "waited_minutes": "Waited",
            "notes": "Notes",
        },
        "values": {"state": {"came": "completed", "no show": "missed"}},
    }
)


def write_file(path: Path, rows: int) -> None:
    draw = Random(1)
    columns = "Date,Time,Client,Employer,Round,Group,Channel,Outcome,Missed by,Cause,Waited,Notes"
    with path.open("w", encoding="utf-8") as file:
        file.write(columns + "\n")
        for number in range(rows):
            day = f"{1 + int(draw.random() * 28):02}/{1 + int(draw.random() * 12):02}/2025"
            clock = f"{9 + int(draw.random() * 8):02}:{(0, 15, 30, 45)[int(draw.random() * 4)]:02}"
            missed = draw.random() < 0.2
            # Four calls to three interviews, and five interviews a client, as in the sample log.
            client, employer = int(draw.random() * rows / 5), int(draw.random() * 4)
            file.write(
                f"{day},{clock},C{client:06},Employer {client % 97 + employer},1,"
                f"Group {client % 12},{('phone', 'Video')[number % 2]},"
                + ("No show,candidate,travel,25," if missed else "came,,,,")
                + f"call {number}\n"
            )


def by_kit(file: Path, folder: Path) -> int:
    return import_file(file, MAPPING, folder / "kit.db").imported


def by_pandas(file: Path, folder: Path) -> int:
    connection = sqlite3.connect(folder / "pandas.db")
    frame = pd.read_csv(file)
    frame.to_sql("calls", connection, index=False)
    connection.commit()
    connection.close()
    return len(frame)


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    seconds: dict[str, list[float]] = {"kit": [], "pandas": []}
    with tempfile.TemporaryDirectory() as top:
        file = Path(top) / "calls.csv"
        write_file(file, rows)
        for number in range(ROUNDS):
            for name, way in (("pandas", by_pandas), ("kit", by_kit)):
                folder = Path(top) / f"{name}{number}"
                folder.mkdir()
                start = perf_counter()
                done = way(file, folder)
                seconds[name].append(perf_counter() - start)
                if done != rows:
                    raise SystemExit(f"{name} kept {done:,} of {rows:,} rows")
        with OutcomeLog.open(Path(top) / "kit0" / "kit.db") as log:
            kept = log.calls()
        missed = int((kept["state"] == "missed").sum())
        same = int((pd.read_csv(file)["Outcome"] == "No show").sum())
    ratios = [kit / plain for kit, plain in zip(seconds["kit"], seconds["pandas"], strict=True)]
    print(
        f"{rows:,} rows, {ROUNDS} rounds; missed {missed:,} of {len(kept):,}, in the file {same:,}"
    )
    for name, each in seconds.items():
        print(f"  {name:<8} {median(each):6.2f} s (median)")
    print(f"  ratio    {median(ratios):6.2f} (aim: at most {AIM:g})")


if __name__ == "__main__":
    main()
