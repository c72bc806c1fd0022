"""The funder's report of the sample, word for word as a person once read it and found it right.

Where a sentence changes on purpose: ``python -m tests.reports.test_golden`` writes the file anew, and
its difference is to be read like any other change.
"""

from pathlib import Path

from interview_coach.outcomes import sample_calls
from tests.reports.reading import report_of, words

FILE = Path(__file__).parent / "golden" / "sample_for_a_funder.txt"


def told() -> str:
    report = report_of(
        sample_calls(), view="funder", start="2026-01-01", end="2026-06-30", as_of="2026-08-31"
    )
    return "\n\n".join(words(section) for section in report.sections()) + "\n"


def test_the_report_reads_as_it_was_read() -> None:
    assert told() == FILE.read_text(encoding="utf-8")


if __name__ == "__main__":
    FILE.write_text(told(), encoding="utf-8")
