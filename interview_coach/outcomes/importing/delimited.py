"""Reading somebody's CSV or TSV: which encoding, which delimiter, which line each row begins on.

Written out rather than left to `pandas.read_csv`, which pads short rows, drops what it takes for
missing and cannot say where a row stood; an import must account for every row.
"""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from interview_coach.errors import KitError
from interview_coach.language import N_, _
from interview_coach.outcomes.importing.table import (
    MOST_COLUMNS,
    FileTable,
    check_header,
    header_row,
)
from interview_coach.wording import number

__all__ = ["read_text"]

_DELIMITERS = {
    ",": N_("commas"),
    ";": N_("semicolons"),
    "\t": N_("tabs"),
    "|": N_("bars (|)"),
}
# How much of the text shows its delimiter.
_SNIFFED = 100_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    # Before UTF-16, whose mark its own begins with.
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)


def read_text(
    raw: bytes, name: str, needed: Sequence[str], delimiter: str | None, encoding: str | None
) -> FileTable:
    """Read delimited text; `read_table` says with what, and what is raised.

    Every record below the header is a row; lines with nothing on them are none.
    """
    text, notes = _decode(raw, name, encoding)
    if not text.strip():
        raise KitError(
            _("{file} is empty; nothing was imported; export it again.").format(file=name)
        )
    chosen = delimiter or _sniff(text, needed)
    records = list(_records(text, chosen, name))
    place = header_row([record for _line, record in records], needed)
    if place is None:
        raise KitError(
            _("{file} is empty; nothing was imported; export it again.").format(file=name)
        )
    line, header = records[place]
    named = sum(bool(column.strip()) for column in header)
    if named > MOST_COLUMNS:
        raise KitError(
            _(
                "{file} has {n} columns, more than the {most} that are read; delete those that say "
                "nothing of the calls; nothing was imported."
            ).format(file=name, n=number(named), most=MOST_COLUMNS)
        )
    lines = [line for line, *_rest in records[place + 1 :]]
    rows = [record for _line, record in records[place + 1 :]]
    _check_header(header, needed, name, line, text, chosen, given=delimiter is not None)
    if any(cell.strip() for _line, record in records[:place] for cell in record):
        notes.append(
            _("The header of {file} is on line {line}; what stands above it was left out.").format(
                file=name, line=line
            )
        )
    if chosen != "," and delimiter is None:
        notes.append(
            _("The columns of {file} are separated by {signs}.").format(
                file=name, signs=_(_DELIMITERS[chosen])
            )
        )
    if not rows:
        notes.append(_("{file} has a header but no rows; nothing was imported.").format(file=name))
    return FileTable(name, header, rows, lines, chosen, notes)


def _decode(raw: bytes, name: str, encoding: str | None) -> tuple[str, list[str]]:
    for mark, codec, called in _BOMS:
        if raw.startswith(mark):
            text = _with(codec, raw[len(mark) :], name)
            return text, [] if codec == "utf-8" else [
                _("{file} is {encoding} and was read as such.").format(file=name, encoding=called)
            ]
    if encoding is not None:
        try:
            codecs.lookup(encoding)
        except LookupError:
            raise KitError(
                _(
                    "The mapping's encoding {encoding} is not known; use utf-8, windows-1252 or "
                    "utf-16."
                ).format(encoding=repr(encoding))
            ) from None
        return _with(encoding, raw, name), []
    wide = _utf16_without_mark(raw)
    if wide:
        return _with(wide, raw, name), [
            _("{file} is UTF-16 without a byte-order mark and was read as such.").format(file=name)
        ]
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError as error:
        line = _line_at(raw, error.start)
    try:
        text = raw.decode("windows-1252")
    except UnicodeDecodeError:
        raise KitError(
            _(
                "{file}, line {line}: the letters are neither UTF-8 nor Windows-1252; say the "
                "file's encoding under [file] of the mapping, or save it as UTF-8; nothing was "
                "imported."
            ).format(file=name, line=line)
        ) from None
    return text, [
        _(
            "{file} is not UTF-8 (line {line}); it was read as Windows-1252; if letters "
            "look wrong, say the encoding under [file] of the mapping."
        ).format(file=name, line=line)
    ]


def _with(codec: str, raw: bytes, name: str) -> str:
    try:
        return raw.decode(codec).removeprefix("\ufeff")
    except UnicodeError as error:
        line = _line_at(raw, getattr(error, "start", 0))
        raise KitError(
            _(
                "{file}, line {line}: this is not {encoding}; say the file's true encoding under "
                "[file] of the mapping, or save it as UTF-8; nothing was imported."
            ).format(file=name, line=line, encoding=codec.upper())
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
    """Choose the delimiter under which a line holds most of the needed columns, or else most columns."""
    found = {mark: _first_lines(text, mark) for mark in _DELIMITERS}
    wanted = {name.strip() for name in needed}

    def suits(mark: str) -> tuple[int, int, int]:
        lines = found[mark]
        width = len(lines[0]) if lines else 0
        return max((len(wanted & set(x)) for x in lines), default=0), width, sum(map(len, lines))

    return max(found, key=suits)


def _first_lines(text: str, delimiter: str) -> list[list[str]]:
    """Give the fields of the first written lines; a title may stand above the header."""
    lines: list[list[str]] = []
    for line in io.StringIO(text[:_SNIFFED], newline=""):
        if line.strip():
            fields = next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), [])
            lines.append([name.strip() for name in fields])
        if len(lines) == 10:
            break
    return lines


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
        return _(
            "{file}, line {line}: a quotation mark opens and is never closed; write a quotation mark "
            "inside a field twice; nothing was imported."
        ).format(file=name, line=start)
    return _(
        "{file}, line {line}: text follows a closing quotation mark; write a quotation mark inside a "
        "field twice; nothing was imported."
    ).format(file=name, line=here)


def _check_header(
    header: list[str],
    needed: Sequence[str],
    name: str,
    line: int,
    text: str,
    delimiter: str,
    *,
    given: bool,
) -> None:
    if len(header) == 1 and given and any(c.strip() != header[0].strip() for c in needed):
        better = _sniff(text, needed)
        if better != delimiter and max(map(len, _first_lines(text, better))) > 1:
            raise KitError(
                _(
                    "{file}, line {line}: the mapping says that columns are separated by {signs}, "
                    "but the header is separated by {others}; put delimiter = {value} under "
                    "[file] of the mapping."
                ).format(
                    file=name,
                    line=line,
                    signs=_(_DELIMITERS.get(delimiter, repr(delimiter))),
                    others=_(_DELIMITERS[better]),
                    value=_toml(better),
                )
            )
    check_header(header, needed, name, line)


def _toml(mark: str) -> str:
    return '"\\t"' if mark == "\t" else f'"{mark}"'
