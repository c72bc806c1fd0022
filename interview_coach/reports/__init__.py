"""Reports: a notebook and its parameters in, one HTML file out.

`Report` is what the notebook shows, piece by piece; `make_report` runs the notebook and writes the
file. Names load on first use: showing a report must not cost the import of papermill.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from interview_coach.reports.content import Report
    from interview_coach.reports.making import keep_report, make_report

__all__ = ["Report", "keep_report", "make_report"]

_HOME = {"Report": "content", "keep_report": "making", "make_report": "making"}


def __getattr__(name: str) -> Any:
    """Import a public name from the module it lives in, the first time it is asked for."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
