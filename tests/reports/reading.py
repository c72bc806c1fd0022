"""Reports of calls made in tests, and the words that a reader sees of them."""

import re
from html import unescape

import pandas as pd

from interview_coach.reports import Question, Report
from interview_coach.reports.pieces import Section
from interview_coach.reports.reading import Data
from interview_coach.reports.saved import View

__all__ = ["DAY", "all_words", "report_of", "words"]

DAY = "2026-09-30"


def report_of(
    calls: pd.DataFrame,
    *,
    clients: pd.DataFrame | None = None,
    practice: pd.DataFrame | None = None,
    views: tuple[View, ...] = (),
    **given: object,
) -> Report:
    """The report of some calls, as of a fixed day."""
    question = Question(**{"as_of": DAY, **given})  # type: ignore[arg-type]
    return Report.of(question, Data(calls, "Calls from a test.", clients, practice, views))


def words(section: Section) -> str:
    """What a reader sees of a section; pictures only by their alt text."""
    html = re.sub(r'<img [^>]*alt="([^"]*)"[^>]*>', r" \1 ", section.html())
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))).strip()


def all_words(report: Report) -> str:
    """What a reader sees of the whole."""
    return " ".join(words(section) for section in report.sections())
