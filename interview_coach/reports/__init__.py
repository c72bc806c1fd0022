"""Reports: a notebook and its parameters in, files for a reader out.

`Report` is what the notebook shows, section by section; `make_report` runs the notebook and writes
the files; `make_directly` writes the same from calls that are at hand, and `make_each` so for every
group. Names load on first use: showing a report must not cost the import of papermill.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from interview_coach.reports.content.report import Report
    from interview_coach.reports.each import make_each
    from interview_coach.reports.making import keep_report, make_directly, make_report
    from interview_coach.reports.question import Question

__all__ = ["Question", "Report", "keep_report", "make_directly", "make_each", "make_report"]

_HOME = {
    **dict.fromkeys(("keep_report", "make_directly", "make_report"), "making"),
    "Question": "question",
    "make_each": "each",
    "Report": "content.report",
}


def __getattr__(name: str) -> Any:
    """Import a public name from the module it lives in, the first time it is asked for."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
