"""The figures of one view of the log: a measure, by what, over which days, for the coach's own eyes."""

from datetime import datetime

import pandas as pd

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.measures import CATALOGUE, measured, ordinary_noise
from interview_coach.reports.reading import Data
from interview_coach.reports.saved import View

__all__ = ["SPLITTING", "view_figures"]

# What splits the missed calls rather than all calls.
SPLITTING = frozenset({"missed_by", "cause", "initiator", "reason"})


def view_figures(
    view: View,
    data: Data,
    *,
    days: int,
    as_of: datetime,
    grace: float | None = None,
    start: str | None = None,
    end: str | None = None,
) -> pd.DataFrame:
    """Count what a view shows.

    Parameters
    ----------
    view : View
        Its own window and days go before those of the report.
    data : Data
        What to count.
    days : int
        Within which a missed call is to be recovered, where the measure asks for it.
    as_of : datetime
        Up to when things count as having happened.
    grace : float, optional
        Minutes in which a late start is no miss.
    start, end : str, optional
        The report's window.

    Returns
    -------
    DataFrame
        As the measure gives it, with `reason` (""), and of a rate by groups with the limits of
        ordinary noise.

    Raises
    ------
    KitError
        If the log has nothing called as the view groups by, or knows no clients.
    """
    entry = CATALOGUE[view.measure]
    frame = data.clients if entry.of == "clients" else data.calls
    if frame is None:
        raise KitError(_("the sample log knows no outcomes of clients."))
    window = (view.start, view.end) if view.start or view.end else (start, end)
    given = {
        **{"days": view.days or days, "as_of": as_of, "grace": grace},
        **{"start": window[0] or None, "end": window[1] or None},
    }
    options = {name: value for name, value in given.items() if name in entry.options}
    found = measured(view.measure, frame, view.by or None, **options).assign(reason="")
    plain = entry.unit == "rate" and view.measure != "funnel"
    return ordinary_noise(found) if view.by and plain and view.by not in SPLITTING else found
