"""Taking calls out of the log: CSV, XLSX or Parquet, harmless in a spreadsheet and read by nobody else."""

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes.writing import neutral
from interview_coach.wording import number
from interview_coach.writing import write_whole

__all__ = ["SUFFIXES", "export_calls"]

# Excel's own limit, less the header.
_MOST_ROWS = 1_048_575


def export_calls(
    frame: pd.DataFrame, path: str | os.PathLike[str], *, replace: bool = False
) -> Path:
    """Write a frame of calls to a file, in one step, readable by its owner only.

    Texts that a spreadsheet would run as formulas get an apostrophe in front, in every format,
    because each ends in a spreadsheet sooner or later; telephone numbers stay as they are. Times
    are in UTC and say so: as ISO 8601 in CSV and XLSX, whose own times have no zone.

    Parameters
    ----------
    frame : DataFrame
        Such as `OutcomeLog.calls` gives.
    path : path
        Where to; its suffix says the format: ``.csv``, ``.tsv``, ``.xlsx`` or ``.parquet``.
    replace : bool
        Whether a file that is there already may be replaced.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    KitError
        If the suffix is none of these, a file is there already, or it cannot be written.
    """
    file = Path(path)
    write = SUFFIXES.get(file.suffix.lower())
    if write is None:
        raise KitError(
            _("{file}: the name of an export ends in {endings}; nothing was written.").format(
                file=file.name, endings=", ".join(SUFFIXES)
            )
        )
    if file.exists() and not replace:
        raise KitError(
            _(
                "There is a file {file} already; name another one, or say that it may be "
                "replaced; nothing was written."
            ).format(file=file)
        )
    try:
        write_whole(file, write(_plain(frame)))
    except OSError as error:
        raise KitError(
            _("The export {file} cannot be written ({why}); name another place for it.").format(
                file=file, why=(error.strerror or _("unknown")).lower()
            )
        ) from None
    return file


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Make every text of a frame harmless, the names of its columns too."""
    plain = {}
    for name, column in frame.items():
        if pd.api.types.is_string_dtype(column.dtype) or column.dtype == object:
            known = {
                value: neutral(value) if isinstance(value, str) else value
                for value in column.dropna().unique()
            }
            column = column.map(known, na_action="ignore").astype(column.dtype)
        plain[neutral(str(name))] = column
    return pd.DataFrame(plain)


def _texts(frame: pd.DataFrame) -> list[list[str]]:
    columns = []
    for place in range(frame.shape[1]):
        column = frame.iloc[:, place]
        if isinstance(column.dtype, pd.DatetimeTZDtype):
            known: dict[Any, str] = {
                at: at.tz_convert("UTC").strftime("%Y-%m-%dT%H:%M:%SZ")
                for at in column.dropna().unique()
            }
        elif pd.api.types.is_bool_dtype(column.dtype):
            known = {True: "true", False: "false"}
        else:
            known = {value: str(value) for value in column.dropna().unique()}
        columns.append(["" if v is None else v for v in map(known.get, column)])
    return [list(row) for row in zip(*columns, strict=True)]


def _delimited(mark: str) -> Callable[[pd.DataFrame], bytes]:
    def write(frame: pd.DataFrame) -> bytes:
        text = io.StringIO(newline="")
        # Everything quoted: Python before 3.11.9 writes a bare carriage return without quotes.
        writer = csv.writer(text, delimiter=mark, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(frame.columns)
        writer.writerows(_texts(frame))
        # The mark lets Excel read the letters.
        return text.getvalue().encode("utf-8-sig", "replace")

    return write


def _workbook(frame: pd.DataFrame) -> bytes:
    import xlsxwriter

    if len(frame) > _MOST_ROWS:
        raise KitError(
            _(
                "A workbook holds {most} rows and these are {n}; export them as .csv "
                "or .parquet; nothing was written."
            ).format(most=number(_MOST_ROWS), n=number(len(frame)))
        )
    whole = io.BytesIO()
    book = xlsxwriter.Workbook(whole, {"in_memory": True, "constant_memory": False})
    sheet = book.add_worksheet("Calls")  # unmarked: a name that is kept
    bold = book.add_format({"bold": True})
    numbers = [pd.api.types.is_integer_dtype(kind) for kind in frame.dtypes]
    for place, name in enumerate(frame.columns):
        # write_string: what looks like a formula, an address or a number stays text.
        sheet.write_string(0, place, name, bold)
    for line, row in enumerate(_texts(frame), 1):
        for place, text in enumerate(row):
            if text and numbers[place]:
                sheet.write_number(line, place, int(text))
            elif text:
                sheet.write_string(line, place, text)
    sheet.freeze_panes(1, 0)
    book.close()
    return whole.getvalue()


def _parquet(frame: pd.DataFrame) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    whole = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), whole)
    return whole.getvalue()


SUFFIXES: dict[str, Callable[[pd.DataFrame], bytes]] = {
    ".csv": _delimited(","),
    ".tsv": _delimited("\t"),
    ".xlsx": _workbook,
    ".parquet": _parquet,
}
