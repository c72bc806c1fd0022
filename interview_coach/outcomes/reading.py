"""Reading somebody's CSV: which encoding, which delimiter, which line each row begins on.

Written out rather than left to `pandas.read_csv`, which pads short rows, drops what it takes for
missing and cannot say where a row stood; an import must account for every row.
"""

import codecs
import csv
import difflib
import io
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from interview_coach.errors import KitError

__all__ = ["FileTable", "read_table"]

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars (|)"}
# What a file that is no text begins with, and what to do about it.
_BINARY = {
    b"PK\x03\x04": "an Excel workbook or another packed file; save it as CSV (UTF-8) and import that",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook; save it as CSV (UTF-8) and import that",
    b"%PDF": "a PDF; export the table behind it as CSV (UTF-8)",
    b"\x1f\x8b": "packed with gzip; unpack it first",
    b"SQLite format 3": "a SQLite database, not a CSV file; export the table as CSV",
    b"\x89PNG": "a picture; export the table behind it as CSV (UTF-8)",
    b"PAR1": "a Parquet file; export it as CSV (UTF-8)",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8 with a byte-order mark"),
    # Before UTF-16, whose mark its own begins with.
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
# No cell of a table of calls is that long: a quotation mark without its pair has swallowed rows.
LONGEST_CELL = 100_000


@dataclass(frozen=True)
class FileTable:
    """A file as read: its header, its rows, and the physical line that each row begins on."""

    name: str
    header: list[str]
    rows: list[list[str]]
    lines: list[int]
    delimiter: str
    notes: list[str] = field(default_factory=list)

    def place(self, column: str) -> int:
        """Give the position of a column that `read_table` has found."""
        return [name.strip() for name in self.header].index(column.strip())


def read_table(
    file: str | os.PathLike[str],
    needed: Sequence[str],
    *,
    delimiter: str | None = None,
    encoding: str | None = None,
) -> FileTable:
    """Read a delimited text file.

    Parameters
    ----------
    file : path
        The file.
    needed : sequence of str
        Names of the columns that must be there, each once.
    delimiter, encoding : str, optional
        Found out where not given. A byte-order mark outweighs a given encoding.

    Returns
    -------
    FileTable
        Every record below the header is a row; lines with nothing on them are none.

    Raises
    ------
    KitError
        If there is no such file, it is no text or empty, its quotation marks do not close, or a
        needed column is missing or stands there twice.
    """
    path = Path(file)
    text, notes = _decode(_bytes(path), path.name, encoding)
    if not text.strip():
        raise KitError(f"{path.name} is empty; nothing was imported; export it again.")
    chosen = delimiter or _sniff(text, needed)
    header: list[str] | None = None
    rows: list[list[str]] = []
    lines: list[int] = []
    for line, record in _records(text, chosen, path.name):
        if header is None:
            # Lines of spaces above the header are no header; below it they are rows, if empty ones.
            header = record if any(cell.strip() for cell in record) else None
        else:
            rows.append(record)
            lines.append(line)
    assert header is not None
    _check_header(header, needed, path.name, text, chosen, given=delimiter is not None)
    if chosen != "," and delimiter is None:
        notes.append(f"The columns of {path.name} are separated by {_DELIMITERS[chosen]}.")
    if not rows:
        notes.append(f"{path.name} has a header but no rows; nothing was imported.")
    return FileTable(path.name, header, rows, lines, chosen, notes)


def _bytes(path: Path) -> bytes:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        folder = path.parent
        names = [p.name for p in folder.iterdir()] if folder.is_dir() else []
        near = difflib.get_close_matches(path.name, names, 1, 0.7)
        remedy = f"did you mean {near[0]}?" if near else "look at the name and the folder."
        raise KitError(f"There is no file {path}; {remedy}") from None
    except IsADirectoryError:
        raise KitError(f"{path} is a folder; name the file in it.") from None
    except OSError as error:
        raise KitError(f"{path} cannot be read: {(error.strerror or 'unknown').lower()}.") from None
    for begins, what in _BINARY.items():
        if raw.startswith(begins):
            raise KitError(f"{path.name} is {what}; nothing was imported.")
    return raw


def _decode(raw: bytes, name: str, encoding: str | None) -> tuple[str, list[str]]:
    for mark, codec, called in _BOMS:
        if raw.startswith(mark):
            text = _with(codec, raw[len(mark) :], name)
            return text, [] if codec == "utf-8" else [f"{name} is {called} and was read as such."]
    if encoding is not None:
        try:
            codecs.lookup(encoding)
        except LookupError:
            raise KitError(
                f"The mapping's encoding {encoding!r} is not known; use utf-8, windows-1252 or utf-16."
            ) from None
        return _with(encoding, raw, name), []
    wide = _utf16_without_mark(raw)
    if wide:
        return _with(wide, raw, name), [
            f"{name} is UTF-16 without a byte-order mark and was read as such."
        ]
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError as error:
        line = _line_at(raw, error.start)
    try:
        text = raw.decode("windows-1252")
    except UnicodeDecodeError:
        raise KitError(
            f"{name}, line {line}: the letters are neither UTF-8 nor Windows-1252; say the file's "
            "encoding under [file] of the mapping, or save it as UTF-8; nothing was imported."
        ) from None
    return text, [
        f"{name} is not UTF-8 (line {line}); it was read as Windows-1252; if letters look wrong, say "
        "the encoding under [file] of the mapping."
    ]


def _with(codec: str, raw: bytes, name: str) -> str:
    try:
        return raw.decode(codec).removeprefix("\ufeff")
    except UnicodeError as error:
        line = _line_at(raw, getattr(error, "start", 0))
        raise KitError(
            f"{name}, line {line}: this is not {codec.upper()}; say the file's true encoding under "
            "[file] of the mapping, or save it as UTF-8; nothing was imported."
        ) from None


def _utf16_without_mark(raw: bytes) -> str | None:
    # Western text in UTF-16 has a zero in every other byte; stray NULs in an 8-bit file are few.
    sample = raw[:4096]
    if len(sample) < 4 or len(raw) % 2:
        return None
    half = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 0.4 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _line_at(raw: bytes, position: int) -> int:
    before = raw[:position].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1


def _sniff(text: str, needed: Sequence[str]) -> str:
    """Choose the delimiter under which the header holds most of the needed columns."""
    found = {mark: _header(text, mark) for mark in _DELIMITERS}
    wanted = {name.strip() for name in needed}
    return max(found, key=lambda mark: (len(wanted & set(found[mark])), len(found[mark])))


def _header(text: str, delimiter: str) -> list[str]:
    first = next((line for line in io.StringIO(text, newline="") if line.strip()), "")
    return [
        name.strip() for name in next(csv.reader([first.rstrip("\r\n")], delimiter=delimiter), [])
    ]


@contextmanager
def _long_fields(limit: int) -> Iterator[None]:
    # The limit is the csv module's own for all of its readers, so it is put back.
    before = csv.field_size_limit(max(limit, csv.field_size_limit()))
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _records(text: str, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    with _long_fields(len(text) + 1):
        while True:
            try:
                record = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise KitError(_quoting(str(error), name, line, reader.line_num)) from None
            if record:
                yield line, record
            line = reader.line_num + 1


def _quoting(error: str, name: str, start: int, here: int) -> str:
    if "end of data" in error:
        what = f"{name}, line {start}: a quotation mark opens and is never closed"
    else:
        what = f"{name}, line {here}: text follows a closing quotation mark"
    return f"{what}; write a quotation mark inside a field twice; nothing was imported."


def _check_header(
    header: list[str], needed: Sequence[str], name: str, text: str, delimiter: str, *, given: bool
) -> None:
    names = [column.strip() for column in header]
    missing = [column for column in needed if column.strip() not in names]
    if missing and len(names) == 1 and given:
        better = _sniff(text, needed)
        if better != delimiter and len(_header(text, better)) > 1:
            raise KitError(
                f"{name}, line 1: the mapping says that columns are separated by "
                f"{_DELIMITERS.get(delimiter, repr(delimiter))}, but the header is separated by "
                f"{_DELIMITERS[better]}; put delimiter = {_toml(better)} under [file] of the mapping."
            )
    if missing:
        raise KitError(_missing(missing, names, name))
    for column in needed:
        places = [str(i) for i, found in enumerate(names, 1) if found == column.strip()]
        if len(places) > 1:
            raise KitError(
                f"{name}, line 1: the column {column!r} stands there {len(places)} times (columns "
                f"{', '.join(places)}); rename all but the one that is meant; nothing was imported."
            )


def _toml(mark: str) -> str:
    return '"\\t"' if mark == "\t" else f'"{mark}"'


def _missing(missing: list[str], names: list[str], name: str) -> str:
    def one(column: str) -> str:
        folded = {re.sub(r"\W+", " ", n).casefold().strip(): n for n in names if n}
        near = difflib.get_close_matches(
            re.sub(r"\W+", " ", column).casefold().strip(), folded, 1, 0.6
        )
        return f"{column!r} (did you mean {folded[near[0]]!r}?)" if near else repr(column)

    listed = ", ".join(one(column) for column in missing)
    what = "a column that is" if len(missing) == 1 else "columns that are"
    has = ", ".join(repr(n[:40]) for n in names[:8] if n) + (", ..." if len(names) > 8 else "")
    return (
        f"{name}, line 1: the mapping names {what} not there: {listed}; the file has {has}; "
        "nothing was imported."
    )
