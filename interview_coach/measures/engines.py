"""Frames of any engine: what a measure reads of them, as a narrow pandas frame.

A measure is arithmetic on a few columns. The engine that holds the calls picks those columns and, where it is
lazy (DuckDB, Dask, PySpark, a lazy Polars frame), folds equal rows into one with a count; what comes
out is small, and the arithmetic after it is the same NumPy for all, so that all give the same
answers. A pandas frame is taken as it is.
"""

import warnings
from collections.abc import Iterable
from typing import Any, TypeAlias

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from interview_coach.errors import KitError
from interview_coach.language import _

__all__ = ["Frame", "columns_of", "narrow", "times", "weights"]

# pandas, Polars (eager or lazy), PyArrow, DuckDB, Dask or PySpark.
Frame: TypeAlias = Any

# How many rows of the engine a row of the narrow frame stands for.
_ROWS = "interview_coach_rows"


def _wrapped(frame: Frame) -> "nw.DataFrame[Any] | nw.LazyFrame[Any]":
    try:
        with warnings.catch_warnings():
            # Narwhals tells that its Dask part will be a package of its own: nothing for a coach.
            warnings.simplefilter("ignore", FutureWarning)
            wrapped = nw.from_native(frame)
    except TypeError:
        wrapped = None
    if not isinstance(wrapped, nw.DataFrame | nw.LazyFrame):
        raise KitError(
            _(
                "A measure needs a frame of calls, not {name}; give a frame of pandas, Polars, "
                "DuckDB, Dask or PySpark."
            ).format(name=type(frame).__name__)
        )
    return wrapped


def columns_of(frame: Frame) -> list[str]:
    """Name the columns of a frame of any engine, in order.

    Raises
    ------
    KitError
        If it is no frame.
    """
    if isinstance(frame, pd.DataFrame):
        return [str(name) for name in frame.columns]
    return list(_wrapped(frame).collect_schema().names())


def narrow(frame: Frame, columns: Iterable[str], *, fold: bool = True) -> pd.DataFrame:
    """Take the columns that a measure reads out of a frame of any engine.

    Parameters
    ----------
    frame : frame
        A pandas frame comes back as it is.
    columns : iterable of str
        Those that it does not have are passed over.
    fold : bool
        Let a lazy engine hand out equal rows once, with their count (see `weights`). Not where rows
        follow one another.

    Returns
    -------
    DataFrame
        Of pandas.

    Raises
    ------
    KitError
        If it is no frame.
    """
    if isinstance(frame, pd.DataFrame):
        return frame
    wrapped = _wrapped(frame)
    names = set(wrapped.collect_schema().names())
    wanted = [name for name in dict.fromkeys(columns) if name in names]
    if isinstance(wrapped, nw.DataFrame):
        return wrapped.select(wanted).to_pandas()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        lazy = wrapped.select(wanted)
        if fold and wanted:
            lazy = lazy.group_by(*wanted).agg(nw.len().alias(_ROWS))
        # Arrow keeps moments in UTC, which PySpark and DuckDB would hand to pandas in a zone of
        # their own.
        dask = wrapped.implementation is nw.Implementation.DASK
        return lazy.collect("pandas" if dask else "pyarrow").to_pandas()


def weights(rows: pd.DataFrame) -> NDArray[np.float64] | None:
    """Say how many calls each row of a narrow frame stands for; None where each is one call."""
    if _ROWS not in rows.columns:
        return None
    return rows[_ROWS].to_numpy(np.float64)


def times(rows: pd.DataFrame, column: str) -> NDArray[np.datetime64]:
    """Give a column of moments in UTC, as datetime64[us]; NaT where there is none.

    Raises
    ------
    KitError
        If it cannot be read as dates and times.
    """
    if column not in rows.columns:
        return np.full(len(rows), np.datetime64("NaT", "us"))
    values = rows[column]
    try:
        if not isinstance(values.dtype, pd.DatetimeTZDtype):
            values = pd.to_datetime(values, utc=True)
        moments: NDArray[np.datetime64] = pd.DatetimeIndex(values).as_unit("us").asi8.view("M8[us]")
    except (ValueError, TypeError) as error:
        says = (
            _("A scheduled start cannot be read as a date and time: {error}.")
            if column == "scheduled_at"
            else _("A time in '{column}' cannot be read as a date and time: {error}.")
        )
        filled = {} if column == "scheduled_at" else {"column": column}
        raise KitError(says.format(error=error, **filled)) from error
    return moments
