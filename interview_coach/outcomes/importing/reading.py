"""Reading somebody's file, whatever it is: text, workbook, Parquet or calendar, into one shape.

What a file is shows in its first bytes, not in its name: a workbook renamed to .csv is still one.
Written out rather than left to pandas, which pads short rows, drops what it takes for missing and
cannot say where a row stood; an import must account for every row.
"""

import difflib
import os
from collections.abc import Sequence
from pathlib import Path

from interview_coach.errors import KitError
from interview_coach.language import N_, _
from interview_coach.outcomes.importing.table import LONGEST_CELL, FileTable
from interview_coach.wording import number

__all__ = ["LARGEST_FILE", "LONGEST_CELL", "FileTable", "read_table"]

# A million calls are about 150 MB of text.
LARGEST_FILE = 1_000_000_000
# What a file that holds no table begins with, and what to do about it.
_BINARY = {
    b"%PDF": N_(
        "{file} is a PDF; export the table behind it as CSV (UTF-8); nothing was imported."
    ),
    b"\x1f\x8b": N_("{file} is packed with gzip; unpack it first; nothing was imported."),
    b"SQLite format 3": N_(
        "{file} is a SQLite database, not a CSV file; export the table as CSV; nothing was imported."
    ),
    b"\x89PNG": N_(
        "{file} is a picture; export the table behind it as CSV (UTF-8); nothing was imported."
    ),
}


def read_table(
    file: str | os.PathLike[str],
    needed: Sequence[str] = (),
    *,
    delimiter: str | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    words: str | None = None,
    words_in: str | None = None,
) -> FileTable:
    """Read a file of calls: CSV, TSV, XLSX, Parquet, or a calendar's ICS.

    Parameters
    ----------
    file : path
        The file.
    needed : sequence of str
        Names of the columns that must be there, each once.
    delimiter, encoding : str, optional
        Of text; found out where not given. A byte-order mark outweighs a given encoding.
    sheet : str, optional
        Of a workbook; the one with the header that is looked for if left out.
    words, words_in : str, optional
        Only rows that hold one of these words, separated by ``|``, in this column; of a calendar by
        default the events whose title says that they are interviews. ``*`` is all.

    Returns
    -------
    FileTable

    Raises
    ------
    KitError
        If there is no such file, it holds no table, is damaged, too large or locked with a
        password, its quotation marks do not close, or a needed column is missing or stands there
        twice.
    """
    path = Path(file)
    table = _read(path, needed, delimiter, encoding, sheet)
    if table.kind == "calendar":
        from interview_coach.outcomes.importing.calendars import INTERVIEW_WORDS, TITLE

        words, words_in = words or INTERVIEW_WORDS, words_in or TITLE
    return table.only(words, words_in) if words and words_in and words != "*" else table


def _read(
    path: Path,
    needed: Sequence[str],
    delimiter: str | None,
    encoding: str | None,
    sheet: str | None,
) -> FileTable:
    raw = _bytes(path)
    for begins, says in _BINARY.items():
        if raw.startswith(begins):
            raise KitError(_(says).format(file=path.name))
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        from interview_coach.outcomes.importing.workbook import read_workbook

        return read_workbook(raw, path.name, needed, sheet)
    if raw.startswith(b"PAR1"):
        from interview_coach.outcomes.importing.parquet import read_parquet

        return read_parquet(raw, path.name, needed)
    if raw[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:15].upper() == b"BEGIN:VCALENDAR":
        from interview_coach.outcomes.importing.calendars import read_calendar

        return read_calendar(raw, path.name, needed)
    from interview_coach.outcomes.importing.delimited import read_text

    return read_text(raw, path.name, needed, delimiter, encoding)


def _bytes(path: Path) -> bytes:
    try:
        if path.is_file() and (size := path.stat().st_size) > LARGEST_FILE:
            raise KitError(
                _(
                    "{file} has {size} GB, more than the {most} GB that are read; split it; nothing "
                    "was imported."
                ).format(file=path.name, size=number(size / 1e9, 1), most=f"{LARGEST_FILE / 1e9:g}")
            )
        return path.read_bytes()
    except FileNotFoundError:
        folder = path.parent
        names = [p.name for p in folder.iterdir()] if folder.is_dir() else []
        near = difflib.get_close_matches(path.name, names, 1, 0.7)
        says = (
            _("There is no file {file}; did you mean {name}?").format(file=path, name=near[0])
            if near
            else _("There is no file {file}; look at the name and the folder.").format(file=path)
        )
        raise KitError(says) from None
    except IsADirectoryError:
        raise KitError(_("{file} is a folder; name the file in it.").format(file=path)) from None
    except OSError as error:
        raise KitError(
            _("{file} cannot be read: {why}.").format(
                file=path, why=(error.strerror or _("unknown")).lower()
            )
        ) from None
