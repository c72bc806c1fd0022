"""How long a report for each of 20 cohorts takes, beside 20 runs of the report's notebook.

Run by hand: ``python benchmarks/each_report.py [COHORTS]``. Both ways make the same HTML files of the
same invented log, one after the other in one run, and only the ratio counts; that of processor time
holds on a busy machine too, but knows nothing of two at a time. The words of each pair of files are
compared.
"""

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from time import perf_counter

from interview_coach.outcomes import OutcomeLog
from interview_coach.outcomes.sample import sample_calls
from interview_coach.reports.each import make_each
from interview_coach.reports.making import make_report
from interview_coach.reports.question import Question

AS_OF = "2026-06-30"
AIM = 4


def fill(log: Path, cohorts: int) -> int:
    """Put the sample's calls into a log, its clients dealt out to so many cohorts."""
    calls = sample_calls()
    number = calls["client_id"].str.extract(r"(\d+)$")[0].astype("int64") % cohorts
    with OutcomeLog.open(log) as opened:
        return opened.add_frame(calls.assign(cohort="Cohort " + (number + 1).astype("str")))


def clocks() -> tuple[float, float]:
    """Tell the time, and the processor time of this process and of those that it waited for."""
    return perf_counter(), sum(os.times()[:4])


def since(start: tuple[float, float]) -> tuple[float, float]:
    now = clocks()
    return now[0] - start[0], now[1] - start[1]


def words(file: Path) -> str:
    page = re.sub(r"<style>.*?</style>", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def by_notebook(log: Path, out: Path, cohorts: list[str]) -> Iterator[Path]:
    for cohort in cohorts:
        (file,) = make_report(out / cohort, log=str(log), as_of=AS_OF, only=f"cohort={cohort}")
        yield file


def main() -> None:
    cohorts = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory() as top:
        log = Path(top) / "outcomes.db"
        calls = fill(log, cohorts)
        start = clocks()
        each = make_each(Question(log=str(log), as_of=AS_OF), "cohort", Path(top) / "each")
        ours = since(start)
        start = clocks()
        theirs_files = list(by_notebook(log, Path(top) / "notebook", list(each.made)))
        theirs = since(start)
        start = clocks()
        kept = make_each(Question(log=str(log), as_of=AS_OF), "cohort", Path(top) / "each").kept
        again = since(start)
        different = [
            group
            for (group, folder), file in zip(each.made.items(), theirs_files, strict=True)
            if words(folder / "outcome_report.html") != words(file)
        ]
    if each.failed or len(each.made) != cohorts or len(kept) != cohorts:
        raise SystemExit(f"Not every report was made, and then kept: {each.failed}")
    if different:
        raise SystemExit(f"The two ways differ for {', '.join(different)}")
    print(f"{cohorts} reports of {calls:,} calls; both ways say the same")
    for name, (wall, worked) in (
        ("for each, two at a time", ours),
        ("notebook, one by one", theirs),
        ("for each, nothing changed", again),
    ):
        print(f"  {name:27}{wall:6.1f} s, {worked:6.1f} s of processor")
    print(f"  ratio                      {theirs[0] / ours[0]:6.1f} (aim: at least {AIM:g})")
    print(f"  ratio of processor time    {theirs[1] / ours[1]:6.1f}")


if __name__ == "__main__":
    main()
