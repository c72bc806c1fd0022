"""The figures that a funder may see: counts by quarter, small ones hidden by the database itself."""

import os

import pandas as pd

from interview_coach.outcomes import address, database, frames
from interview_coach.outcomes.team.administering import server

__all__ = ["figures"]

_FIGURES = {"quarter": "str", "what": "str", "n": "Int64", "hidden": "bool"}


def figures(url_or_path: str | os.PathLike[str]) -> pd.DataFrame:
    """Give the figures that a funder may see: counts by quarter, small ones hidden by the database.

    Returns
    -------
    DataFrame
        `quarter` (2026-Q1; of the scheduled start, in the client's zone, once it is over), `what`
        (completed, missed, moved, cancelled: calls; interviews, rescheduled: interviews), `n`
        (missing where it is hidden), `hidden`.

    Raises
    ------
    KitError
        If it is no team's log, or the login may not see them.
    """
    url = server(url_or_path)
    name = address.name_of(url)
    engine = database.plain_engine(url)
    try:
        with database.reading(engine, name) as connection:
            rows = [
                tuple(row) for row in connection.exec_driver_sql("SELECT * FROM funder_figures()")
            ]
    finally:
        engine.dispose()
    return frames.typed(rows, _FIGURES)
