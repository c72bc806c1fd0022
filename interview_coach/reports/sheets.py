"""The numbers of a report as tables for a spreadsheet, one a measure and grouping."""

from dataclasses import dataclass

import pandas as pd

__all__ = ["Sheet"]


@dataclass(frozen=True)
class Sheet:
    """One table of numbers.

    Attributes
    ----------
    name : str
        Short and unique within the report: "missed by cohort".
    title : str
        What it holds, in words.
    frame : DataFrame
        `group` first, then counts (`n, N, pending, ...`; whole numbers, missing where hidden) and
        fractions (`value, low, high`; missing where hidden or without cases), and `reason` ("" or
        why the row is hidden).
    headings : dict of str to str
        What each column is called for people, in the order to show.
    fractions : frozenset of str
        The columns that are fractions from 0 to 1, to be shown as percentages.
    points : tuple of str
        The columns that are differences of fractions, to be shown in percentage points: the
        difference, and the two ends of its interval.
    """

    name: str
    title: str
    frame: pd.DataFrame
    headings: dict[str, str]
    fractions: frozenset[str] = frozenset({"value", "low", "high"})
    points: tuple[str, ...] = ()
