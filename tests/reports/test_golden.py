"""The funder's report of the sample, word for word as a person once read it and found it right.

It is kept in each language. Where a sentence changes on purpose, ``python -m
tests.reports.test_golden`` writes the files anew, and their difference is to be read like any other change.
"""

from pathlib import Path

import pytest

from interview_coach.outcomes import sample_calls
from tests.reports.reading import report_of, words

GOLDEN = Path(__file__).parent / "golden"
FILES = {
    "en": GOLDEN / "sample_for_a_funder.txt",
    "es": GOLDEN / "sample_for_a_funder_es.txt",
}


def told(language: str) -> str:
    report = report_of(
        sample_calls(),
        view="funder",
        start="2026-01-01",
        end="2026-06-30",
        as_of="2026-08-31",
        language=language,
    )
    return "\n\n".join(words(section) for section in report.sections()) + "\n"


@pytest.mark.parametrize("language", FILES)
def test_the_report_reads_as_it_was_read(language: str) -> None:
    assert told(language) == FILES[language].read_text(encoding="utf-8")


if __name__ == "__main__":
    for language, file in FILES.items():
        file.write_text(told(language), encoding="utf-8")
