"""The report as a workbook: what it says on the first sheet, and each measure's numbers on its own."""

import io
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

import pandas as pd

from interview_coach.language import _, speaking
from interview_coach.reports.legible import legible
from interview_coach.reports.pieces import (
    Cards,
    Note,
    Paragraph,
    Picture,
    Piece,
    Points,
    Section,
    Terms,
)
from interview_coach.reports.sheets import Sheet
from interview_coach.wording import FEW, all_but, decimals, first_upper, number, percent

__all__ = ["report_workbook"]

# Excel's limits: of a cell, of a heading of a table, of a sheet's name, and of a name in print.
_CELL, _HEADING, _NAME, _FOOT = 32_767, 255, 31, 200
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\n\t]")
_SOFT, _LINE, _AMBER = "#526070", "#d9dfe6", "#855600"
_HEAD_ROW = 2
# A file has to say when it was made; without a day it says what its zip says.
_NO_DAY = date(1980, 1, 1)


def report_workbook(
    sheets: Iterable[Sheet],
    sections: Iterable[Section],
    *,
    title: str,
    language: str,
    day: date | None = None,
    synthetic: bool = False,
) -> bytes:
    """Write the numbers of a report as an XLSX workbook; the same report gives the same bytes.

    Parameters
    ----------
    sheets : iterable of Sheet
        One a measure and grouping. Of a row with a reason no number is written at all.
    sections : iterable of Section
        What the report says, for the first sheet, in reading order.
    title : str
        Of the report.
    language : str
        Of its words, as BCP 47 writes it: "en".
    day : date, optional
        Written into the file as the day it was made; left out, it tells no day.
    synthetic : bool
        Whether the data is invented; every sheet then says so.
    """
    with speaking(language):
        return _written(list(sheets), list(sections), title, language, day, synthetic=synthetic)


def _written(
    tables: list[Sheet],
    sections: list[Section],
    title: str,
    language: str,
    day: date | None,
    *,
    synthetic: bool,
) -> bytes:
    import xlsxwriter

    whole = io.BytesIO()
    book = xlsxwriter.Workbook(whole, {"in_memory": True})
    book.set_properties(
        {
            "title": _cut(title, _HEADING),
            "author": "Interview Coach",
            "created": datetime.combine(day or _NO_DAY, time()),
        }
    )
    book.set_custom_property("Language", language)  # unmarked: a property's name
    looks = _Looks(book)
    names = _names([_("Read first"), *(one.name for one in tables)])
    first = book.add_worksheet(names[0])
    _read_first(first, looks, title, sections, list(zip(names[1:], tables, strict=True)))
    mark = _("Synthetic data") if synthetic else ""
    _print(first, title, mark)
    for at, (name, table) in enumerate(zip(names[1:], tables, strict=True), 1):
        page = book.add_worksheet(name)
        _fill(page, looks, table, names[0], f"T{at}_{re.sub(r'[^A-Za-z0-9]+', '_', name)}", mark)
        _print(page, title, mark, wide=True)
    book.close()
    return whole.getvalue()


class _Looks:
    """The looks of cells, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __call__(self, **how: Any) -> Any:
        key = tuple(sorted(how.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"valign": "top", **how})
        return self._made[key]


def _write(page: Any, row: int, column: int, text: str, look: Any, most: int = _CELL) -> None:
    # write_string: what looks like a formula, an address or a number stays text.
    page.write_string(row, column, _cut(text, most), look)


def _cut(text: str, most: int = _CELL) -> str:
    # Excel counts in halves of a pair, of which a rare sign takes two.
    text = legible(text)
    if len(text.encode("utf-16-le")) // 2 <= most:
        return text
    note = _(" … [cut here; {n} characters]").format(n=number(len(text)))
    room = 2 * (most - len(note))
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + note


def _names(wanted: Sequence[str]) -> list[str]:
    """Name the sheets as Excel allows: short, without its own signs, unique whatever the case."""
    taken: set[str] = set()
    names = []
    for one in wanted:
        plain = _FORBIDDEN.sub(" ", legible(one)).strip().strip("'").strip() or _("Numbers")
        # Excel keeps this name for itself.
        plain = _("History of calls") if plain.casefold() == "history" else plain
        name, again = _fitting(plain, ""), 2
        while name.casefold() in taken:
            name, again = _fitting(plain, f" {again}"), again + 1
        taken.add(name.casefold())
        names.append(name)
    return names


def _fitting(text: str, end: str) -> str:
    room = _NAME - len(end)
    if len(text.encode("utf-16-le")) <= 2 * room:
        return text + end
    cut = text.encode("utf-16-le")[: 2 * room - 2].decode("utf-16-le", "ignore")
    # Between two words, if that leaves enough to know it by.
    words, _blank, rest = cut.rpartition(" ")
    return f"{words if len(rest) < room // 2 and words else cut}…{end}"


def _print(page: Any, title: str, mark: str, *, wide: bool = False) -> None:
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.6, right=0.6)
    page.hide_gridlines(2)
    middle = f"&C{mark}" if mark else ""
    page_of = _("Page {n} of {of}").format(n="&P", of="&N")
    page.set_footer(f"&L{_cut(title, _FOOT).replace('&', '&&')}{middle}&R{page_of}")
    if wide:
        page.set_landscape()
        page.repeat_rows(_HEAD_ROW)


# ------------------------------------------------------------------ the first sheet


def _read_first(
    page: Any,
    looks: _Looks,
    title: str,
    sections: list[Section],
    tables: list[tuple[str, Sheet]],
) -> None:
    page.set_column(0, 0, 100)
    _write(page, 0, 0, title, looks(bold=True, font_color=_SOFT, text_wrap=True))
    row = 1
    said = {title}
    before, after = sections[:1], sections[1:]
    for section in before:
        row = _say(page, looks, section, row, 18, said)
    if tables:
        _write(page, row + 1, 0, _("The numbers, sheet by sheet"), looks(bold=True, font_size=13))
        row += 2
        for name, table in tables:
            quoted = name.replace("'", "''")
            link = looks(font_color="#1f5f99", underline=1, text_wrap=True)
            page.write_url(
                row, 0, f"internal:'{quoted}'!A1", link, _cut(table.title, _HEADING), _("Go there")
            )
            row += 1
    for section in after:
        row = _say(page, looks, section, row + 1, 13, said)


def _say(page: Any, looks: _Looks, section: Section, row: int, size: int, said: set[str]) -> int:
    """Write what a section says and nothing above it `said` yet, and give the row after it."""
    lines = [(text, look) for piece in section.pieces for text, look in _sentences(piece)]
    if section.heading:
        lines.insert(0, (section.heading, {"bold": True, "font_size": size}))
    for text, look in lines:
        # The finding of a chart is its heading, and often that of its section as well.
        if text.rstrip(".") not in said:
            _write(page, row, 0, text, looks(text_wrap=True, **look))
            row += 1
        said.add(text.rstrip("."))
    return row


def _sentences(piece: Piece) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give what a piece says, a line each, and how it looks."""
    match piece:
        case Paragraph():
            yield piece.text, {}
        case Note():
            yield _("{name}: {words}").format(name=piece.tag, words=piece.text), {}
        case Points():
            yield from ((item, {}) for item in piece.items)
        case Cards():
            for asked, says, small in piece.cards:
                yield asked, {"bold": True}
                yield from ((one, {}) for one in says)
                if small:
                    yield small, {"font_color": _SOFT}
        case Picture():
            yield _("{words}.").format(words=piece.chart.title), {}
            if piece.chart.caption:
                yield piece.chart.caption, {}
        case Terms():
            for word, meaning, whose in piece.entries:
                yield f"{word}: {meaning} {whose}".rstrip(), {}
        # A table of words has its numbers on a sheet.


# ------------------------------------------------------------------ a sheet of numbers


def _fill(page: Any, looks: _Looks, table: Sheet, first: str, name: str, mark: str) -> None:
    _write(page, 0, 0, table.title, looks(bold=True, font_size=14))
    back = looks(font_color="#1f5f99", underline=1)
    back_to = _("Back to {sheet}").format(sheet=first)
    page.write_url(1, 0, f"internal:'{first}'!A1", back, back_to, _("Go there"))
    if mark:
        _write(page, 1, 1, mark, looks(bold=True, font_color=_AMBER))
    rows = [_cells(row, table) for row in table.frame.to_dict("records")]
    heads = _heads(table, few=any(row[-1][0] for row in rows))
    bold = looks(bold=True, text_wrap=True, bottom=1, bottom_color=_LINE)
    for column, head in enumerate(heads):
        _write(page, _HEAD_ROW, column, head, bold, _HEADING)
        longest = max((len(_shown(row[column])) for row in rows), default=0)
        page.set_column(column, column, max(10, min(longest + 2, 46), min(len(head) + 4, 18)))
    if not rows:
        _write(page, _HEAD_ROW + 1, 0, _("Nothing to count yet."), looks())
        return
    for down, row in enumerate(rows, _HEAD_ROW + 1):
        for column, (value, how) in enumerate(row[: len(heads)]):
            if value == "":
                page.write_blank(down, column, None, looks(**how))
            elif isinstance(value, str):
                _write(page, down, column, value, looks(**how))
            else:
                page.write_number(down, column, value, looks(**how))
    page.freeze_panes(_HEAD_ROW + 1, 1)
    page.add_table(
        *(_HEAD_ROW, 0, _HEAD_ROW + len(rows), len(heads) - 1),
        {
            "name": name,
            "style": "Table Style Light 1",  # unmarked: Excel's own
            "banded_rows": False,
            "columns": [{"header": head, "header_format": bold} for head in heads],
        },
    )


def _columns(table: Sheet) -> dict[str, str]:
    # Why a row is hidden stands where its numbers would.
    return {name: head for name, head in table.headings.items() if name != "reason"}


def _heads(table: Sheet, *, few: bool) -> list[str]:
    """Give the headings, unique whatever the case, as a table must have them."""
    taken: set[str] = set()
    heads = []
    for one in [*_columns(table).values(), *([first_upper(_("few cases"))] if few else [])]:
        head = plain = _cut(one, _HEADING - 4) or _("Column")
        again = 2
        while head.casefold() in taken:
            head, again = f"{plain} {again}", again + 1
        taken.add(head.casefold())
        heads.append(head)
    return heads


_Cell = tuple[str | float, dict[str, Any]]


def _cells(row: dict[Any, Any], table: Sheet) -> list[_Cell]:
    """Give what a row's cells hold and how they look; the last says whether its cases are few."""
    total = row.get("N")
    reason = "" if pd.isna(row.get("reason", "")) else str(row.get("reason", ""))
    few = not reason and total is not None and not pd.isna(total) and total < FEW
    places = decimals(_fraction(row.get("low")), _fraction(row.get("high")))
    ends = [_fraction(row.get(name)) for name in table.points[1:]]
    cells: list[_Cell] = []
    why = reason
    for column in _columns(table):
        value = row[column]
        if column == "group" or pd.api.types.is_string_dtype(table.frame[column]):
            cells.append(_name(value))
        elif reason:
            # The first says why; whatever the frame may hold, no number of this row is written.
            cells.append((why, {"font_color": _SOFT, "text_wrap": True}))
            why = _("hidden")
        elif column in table.fractions:
            cells.append(_percentage(value, places, few=few))
        elif column in table.points:
            cells.append(_points(value, decimals(ends[0], ends[1])))
        else:
            cells.append(_count(value))
    cells.append((_("few cases") if few and total else "", {"font_color": _SOFT}))
    return cells


def _name(value: Any) -> _Cell:
    if isinstance(value, float) and math.isfinite(value):
        return round(value, 4), {"align": "left"}
    return ("" if pd.isna(value) else str(value)), {"text_wrap": True}


def _fraction(value: Any) -> float:
    return math.nan if value is None or pd.isna(value) else float(value)


def _percentage(value: Any, places: int, *, few: bool) -> _Cell:
    look = {"font_color": _SOFT, "italic": True} if few else {}
    fraction = _fraction(value)
    if not math.isfinite(fraction):
        return _("no figure"), {"font_color": _SOFT, "align": "right"}
    plain = "0%" if not places else f"0.{'0' * places}%"
    # What is not quite none or all says so, and is still a number to reckon with.
    words = f'"{percent(fraction, places)}"' if all_but(fraction, places) else plain
    return fraction, {"num_format": words, "align": "right", **look}


def _points(value: Any, places: int) -> _Cell:
    points = _fraction(value) * 100
    if not math.isfinite(points):
        return _("no figure"), {"font_color": _SOFT, "align": "right"}
    plain = f"0.{'0' * places}" if places else "0"
    how = f"+{plain};-{plain};0"
    if 0 < abs(points) < 10.0**-places / 2:
        # What is not quite none does not read 0.
        least = number(10.0**-places, places)
        says = _("under {amount}") if points > 0 else _("over -{amount}")
        how = f'"{says.format(amount=least)}"'
    return points, {"num_format": how, "align": "right"}


def _count(value: Any) -> _Cell:
    count = _fraction(value)
    if not math.isfinite(count):
        # Nothing of this kind is counted in this measure.
        return "", {}
    return count, {"num_format": "#,##0" if count.is_integer() else "#,##0.00"}


def _shown(cell: _Cell) -> str:
    value, how = cell
    return value if isinstance(value, str) else f"{value:,.0f}{how.get('num_format', '')}"[:12]
