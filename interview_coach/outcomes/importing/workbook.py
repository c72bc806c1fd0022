"""Reading an Excel workbook (XLSX): cells to text, with caps, and nothing taken silently.

openpyxl reads it row by row; its read-only mode knows no merged cells, so that their ranges are
taken from the sheet itself. Sizes are checked before anything is unpacked: a few kilobytes may
hold gigabytes.
"""

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes.importing.synonyms import is_header
from interview_coach.outcomes.importing.table import (
    LONGEST_CELL,
    MOST_COLUMNS,
    FileTable,
    Note,
    check_header,
    header_row,
)
from interview_coach.wording import number

__all__ = ["read_workbook"]

# Unpacked, a hundred thousand calls with twenty columns are about 100 MB.
_MOST_BYTES = 300_000_000
_MOST_ROWS = 250_000
_MOST_CELLS = 20_000_000
# What Excel itself has; a file that says more was made to hurt.
_LAST_ROW = 1_048_576
_MERGE = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"'
)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
# How a workbook writes what XML cannot hold, such as a carriage return; openpyxl leaves it so.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOST_FILLED = 1_000_000


@dataclass
class _Sheet:
    """A sheet's rows by their number, each as texts, and what is wrong with single cells."""

    title: str
    rows: dict[int, list[str]] = field(default_factory=dict)
    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)


def read_workbook(raw: bytes, name: str, needed: Sequence[str], sheet: str | None) -> FileTable:
    """Read one sheet of a workbook; `read_table` says with what, and what is raised.

    Rows with nothing in them are none. A cell merged over several rows is the value of each of them;
    a header in two rows, the upper merged over several columns, is read as one.
    """
    _check_outside(raw, name)
    import openpyxl

    try:
        with warnings.catch_warnings():
            # openpyxl warns of styles and extensions that it does not know; they hold no calls.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
            return _read(book, raw, name, needed, sheet)
    except KitError:
        raise
    except Exception as error:
        raise KitError(
            _(
                "{file} is a damaged workbook, or none ({kind}); open it in the spreadsheet "
                "program, save it anew and import that; nothing was imported."
            ).format(file=name, kind=type(error).__name__)
        ) from None


def _check_outside(raw: bytes, name: str) -> None:
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in raw:
            raise KitError(
                _(
                    "{file} is locked with a password; open it in the spreadsheet program, save it "
                    "without one and import that; nothing was imported."
                ).format(file=name)
            )
        raise KitError(
            _(
                "{file} is an old Excel workbook (.xls); save it as .xlsx or as CSV (UTF-8) "
                "and import that; nothing was imported."
            ).format(file=name)
        )
    try:
        parts = zipfile.ZipFile(io.BytesIO(raw)).infolist()
    except Exception:
        raise KitError(
            _(
                "{file} is a damaged workbook or another packed file; open it in the "
                "spreadsheet program, save it anew and import that; nothing was imported."
            ).format(file=name)
        ) from None
    if not any(part.filename.startswith("xl/") for part in parts):
        raise KitError(
            _(
                "{file} is a packed file, but no Excel workbook; unpack it, or save the table "
                "as .xlsx or as CSV (UTF-8); nothing was imported."
            ).format(file=name)
        )
    # No more than is declared is ever unpacked: zipfile stops there.
    size = sum(part.file_size for part in parts)
    if size > _MOST_BYTES:
        raise KitError(
            _(
                "{file} would unpack to {size} MB, more than the {most} MB that are read; if it is "
                "your own, save the sheet as CSV (UTF-8); nothing was imported."
            ).format(file=name, size=number(size / 1e6), most=f"{_MOST_BYTES / 1e6:g}")
        )


class _Found(NamedTuple):
    """A sheet read as a table: the row of its header, and how much speaks for it."""

    title: str
    line: int
    suits: tuple[int, int]
    table: FileTable


def _read(book: Any, raw: bytes, name: str, needed: Sequence[str], wanted: str | None) -> FileTable:
    # Sheets that are nothing but a chart have no rows.
    sheets = [one for one in book.worksheets if hasattr(one, "reset_dimensions")]
    chosen = seen = [one for one in sheets if one.sheet_state == "visible"] or sheets
    if wanted is not None:
        chosen = [one for one in sheets if one.title.strip() == wanted.strip()]
        if not chosen:
            titles = ", ".join(repr(one.title[:40]) for one in sheets[:10])
            raise KitError(
                _(
                    "{file} has no sheet {wanted}; it has {titles}; name one of them under [file] "
                    "of the mapping; nothing was imported."
                ).format(file=name, wanted=repr(wanted[:40]), titles=titles)
            )
    tables = (_table(_cells(one, raw, name), book, name, needed) for one in chosen[:20])
    found = [table for table in tables if table is not None]
    if not found:
        raise KitError(
            _("{file} is empty; nothing was imported; export it again.").format(file=name)
        )
    best = max(found, key=lambda one: one.suits)
    check_header(best.table.header, needed, name, best.line)
    others = [one.title for one in sheets if one.title != best.title and one in seen]
    if not others:
        return best.table
    places = {
        "file": name,
        "title": repr(best.title[:40]),
        "others": ", ".join(repr(title[:40]) for title in others[:10]),
    }
    best.table.notes.insert(
        0,
        Note(
            _(
                "{file}: the sheet {title} was read, and not {others}; for another one put sheet = and "
                "its name under [file] of the mapping."
            ).format(**places),
            page=_(
                "{file}: the sheet {title} was read, and not {others}; to bring in another one, save "
                "it as a file of its own."
            ).format(**places),
        ),
    )
    return replace(best.table, sheet=best.title)


def _cells(one: Any, raw: bytes, name: str) -> _Sheet:
    """Read a sheet's rows; those with nothing in them are left out."""
    sheet = _Sheet(one.title)
    # The size that a sheet states is often wrong, and openpyxl would pad each row to it.
    one.reset_dimensions()
    total = 0
    for line, cells in enumerate(one.rows, 1):
        if line > _LAST_ROW:
            break
        total += len(cells)
        texts = [_text(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if len(texts) > MOST_COLUMNS:
            raise KitError(
                _(
                    "{file}, row {line}: something stands in column {column}, beyond the "
                    "{most} that are read; delete what strayed there; nothing was imported."
                ).format(file=name, line=line, column=number(len(texts)), most=MOST_COLUMNS)
            )
        if texts:
            sheet.rows[line] = texts
        if len(sheet.rows) > _MOST_ROWS or total > _MOST_CELLS:
            raise KitError(
                _(
                    "{file} has more than {most} rows, or cells than can be read; save the "
                    "sheet as CSV (UTF-8) and import that; nothing was imported."
                ).format(file=name, most=number(_MOST_ROWS))
            )
    # Merged ranges and formulas: openpyxl's quick reader passes over both.
    xml = one.parent._archive.read(one._worksheet_path)
    for left, top, right, bottom in _MERGE.findall(xml):
        ends = (int(top), int(bottom), _column(left), _column(right))
        sheet.merges.append((min(ends[:2]), max(ends[:2]), min(ends[2:]), max(ends[2:])))
    if _FORMULA.search(xml):
        _without_result(sheet, raw)
    _fill(sheet, name)
    return sheet


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _without_result(sheet: _Sheet, raw: bytes) -> None:
    """Note the formulas that a program wrote without working them out: they would read as empty."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True)
    again = book[sheet.title]
    again.reset_dimensions()
    for line, cells in enumerate(again.rows, 1):
        if line > _LAST_ROW:
            break
        for place, cell in enumerate(cells):
            if getattr(cell, "data_type", None) == "f":
                known = sheet.rows.get(line, [])
                if place >= MOST_COLUMNS or (place < len(known) and known[place]):
                    continue
                row = sheet.rows.setdefault(line, [])
                row += [""] * (place + 1 - len(row))
                sheet.faults[line, place] = _(
                    "the formula there was saved without its result; open the workbook in the "
                    "spreadsheet program and save it"
                )
    sheet.rows = dict(sorted(sheet.rows.items()))


def _fill(sheet: _Sheet, name: str) -> None:
    """Give each row of a cell that is merged over several rows its value."""
    filled = 0
    for top, bottom, left, *_rest in sheet.merges:
        above = sheet.rows.get(top, [])
        if bottom == top or left >= len(above) or not above[left]:
            continue
        for line in range(top + 1, min(bottom, max(sheet.rows)) + 1):
            filled += 1
            if filled > _MOST_FILLED:
                raise KitError(
                    _(
                        "{file} has more merged cells than can be read; undo the merging in the "
                        "spreadsheet program; nothing was imported."
                    ).format(file=name)
                )
            row = sheet.rows.get(line)
            # A row with nothing of its own is no call, whatever is merged across it.
            if row is not None:
                row += [""] * (left + 1 - len(row))
                row[left] = row[left] or above[left]


def _table(sheet: _Sheet, book: Any, name: str, needed: Sequence[str]) -> _Found | None:
    numbers = list(sheet.rows)
    rows = list(sheet.rows.values())
    for place in range(min(len(rows) - 1, 20)):
        _join_header(sheet, numbers, rows, place)
    found = header_row(rows, needed)
    if found is None:
        return None
    place, header = found, rows[found]
    width = max(len(header), *(len(row) for row in rows[place:]))
    header = header + [""] * (width - len(header))
    kept = [row + [""] * (width - len(row)) for row in rows[place + 1 :]]
    lines = numbers[place + 1 :]
    at = {line: row for row, line in enumerate(lines)}
    faults: dict[int, list[tuple[int | None, str]]] = {}
    for (line, column), says in sheet.faults.items():
        if line in at:
            faults.setdefault(at[line], []).append((column, says))
    notes = []
    if any(any(row) for row in rows[:place]):
        notes.append(
            _("The header of {file} is on row {line}; what stands above it was left out.").format(
                file=name, line=numbers[place]
            )
        )
    if not kept:
        notes.append(_("{file} has a header but no rows; nothing was imported.").format(file=name))
    hits = len({cell.strip() for cell in header} & {column.strip() for column in needed})
    known = len({cell for cell in header if is_header(cell)})
    table = FileTable(
        name, header, kept, lines, ",", notes, faults, book.epoch.date(), kind="workbook"
    )
    return _Found(sheet.title, numbers[place], (hits, known), table)


def _join_header(sheet: _Sheet, numbers: list[int], rows: list[list[str]], place: int) -> None:
    """Read a header in two rows as one: "Interview" over "Date" and "Time" is "Interview Date"."""
    upper, lower = rows[place], rows[place + 1]
    line = numbers[place]
    spans = [
        (left, right)
        for top, bottom, left, right in sheet.merges
        if top == bottom == line and right > left and left < len(upper) and upper[left]
    ]
    # One title across everything is no part of the columns' names.
    if numbers[place + 1] != line + 1 or not spans or len(set(filter(None, upper))) < 2:
        return
    if not all(any(lower[left : right + 1]) for left, right in spans):
        return
    above = upper + [""] * (len(lower) - len(upper))
    for left, right in spans:
        for column in range(left, min(right + 1, len(above))):
            above[column] = upper[left]
    below = lower + [""] * (len(above) - len(lower))
    rows[place + 1] = [
        high if not low or low == high else f"{high} {low}".strip()
        for high, low in zip(above, below, strict=True)
    ]
    rows[place] = []


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    # Half of a pair is no letter.
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)


def _text(cell: Any) -> str:
    """Give a cell as text: days as 2026-03-05, with a time of day where there is one."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPED.sub(_unescaped, value[: LONGEST_CELL + 1])
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        # The day's fraction is a binary number, and lands a hair beside the minute.
        value = (value + dt.timedelta(milliseconds=500)).replace(microsecond=0)
        shows_time = "h" in str(cell.number_format).casefold()
        if value.time() == dt.time() and not shows_time:
            return value.date().isoformat()
        return value.isoformat(sep=" ")
    if isinstance(value, dt.time):
        return value.replace(microsecond=0).isoformat()
    if isinstance(value, dt.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        clock = f"{minutes // 60}:{minutes % 60:02}"
        return clock if not seconds else f"{clock}:{seconds:02}"
    return str(value)
