"""The one shape that every file is read into: a header, rows of text, and the line of each row.

Whatever the format, a cell is text from here on, so that one set of rules reads dates, codes and
names, and a reason can quote what the file says.
"""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from interview_coach.errors import KitError
from interview_coach.language import _, ngettext
from interview_coach.outcomes.importing.synonyms import is_header
from interview_coach.wording import number

__all__ = [
    "LONGEST_CELL",
    "MOST_COLUMNS",
    "FileTable",
    "Note",
    "check_header",
    "header_row",
    "holds_word",
    "missing_columns",
]

# No cell of a table of calls is that long: a quotation mark without its pair has swallowed rows.
LONGEST_CELL = 100_000
# No table of calls is that wide; a single stray cell far to the right would make each row as wide.
MOST_COLUMNS = 500
# Trackers have a title and a remark above the header, not a page.
_LOOK = 20


class Note(str):
    """What there is to say of a file, and how a page says it: otherwise, or not at all ("")."""

    page: str

    def __new__(cls, says: str, page: str) -> "Note":
        """Take both; the note itself is what is said everywhere else."""
        note = super().__new__(cls, says)
        note.page = page
        return note


@dataclass(frozen=True)
class FileTable:
    """A file as read: its header, its rows, and the physical line or row that each stands on.

    `faults` holds, by row, what reading found wrong with a cell (its column's place) or with the
    row as a whole (None). `epoch` is the day 0 of a workbook's numbers for days. `kind` is
    ``text``, ``workbook``, ``parquet`` or ``calendar``; `sheet` is the one of a workbook's several.
    """

    name: str
    header: list[str]
    rows: list[list[str]]
    lines: list[int]
    delimiter: str
    notes: list[str] = field(default_factory=list)
    faults: dict[int, list[tuple[int | None, str]]] = field(default_factory=dict)
    epoch: date | None = None
    kind: str = "text"
    sheet: str | None = None

    def only(self, words: str, column: str) -> "FileTable":
        """Keep the rows that hold one of the words in a column, and say how many those are.

        Parameters
        ----------
        words : str
            Separated by ``|``; a word's ending may differ.
        column : str
            The column, such as a calendar's titles.
        """
        place = self.place(column)
        kept = [
            n
            for n, row in enumerate(self.rows)
            if holds_word((row + [""] * place)[place:][0], words)
        ]
        listed = ", ".join(repr(word.strip()) for word in words.split("|") if word.strip())
        places = {
            "n": number(len(kept)),
            "total": number(len(self.rows)),
            "file": self.name,
            "words": listed,
            "column": repr(column.strip()),
        }
        says = Note(
            _(
                "{n} of {total} rows of {file} have {words} under {column} and were looked at; for "
                "other words put words under [file] of the mapping."
            ).format(**places),
            page=_(
                "{n} of {total} rows of {file} have {words} under {column} and were looked at; other "
                "words can be given above."
            ).format(**places),
        )
        return replace(
            self,
            rows=[self.rows[n] for n in kept],
            lines=[self.lines[n] for n in kept],
            faults={new: self.faults[n] for new, n in enumerate(kept) if n in self.faults},
            notes=[says, *self.notes],
        )

    def with_marks(self, names: Sequence[str]) -> "FileTable":
        """Add a column that says which of some columns of marks hold one, each row."""
        from interview_coach.outcomes.importing.meaning import mark_column, marked

        if not names:
            return self
        width, places = len(self.header), [self.place(name) for name in names]
        rows = []
        for row in self.rows:
            whole = row if any(cell.strip() for cell in row[width:]) else row[:width]
            even = len(whole) == width
            said = marked(names, [whole[place] for place in places]) if even else ""
            # A row that is too short stays too short, and is listed.
            rows.append([*whole, said] if len(whole) >= width else whole)
        return replace(self, header=[*self.header, mark_column(names)], rows=rows)

    def place(self, column: str) -> int:
        """Give the position of a column that `read_table` has found."""
        return [name.strip() for name in self.header].index(column.strip())


def holds_word(text: str, words: str) -> bool:
    """Say whether a text holds one of the words, separated by ``|``; an ending may follow."""
    return _pattern(words).search(" ".join(text.split())) is not None


@lru_cache(maxsize=64)
def _pattern(words: str) -> re.Pattern[str]:
    listed = [re.escape(" ".join(word.split())) for word in words.split("|") if word.strip()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(listed)})", re.I)


def header_row(rows: Sequence[Sequence[str]], needed: Sequence[str]) -> int | None:
    """Find the row that holds the names of the columns.

    Parameters
    ----------
    rows : sequence of sequences of str
        The first rows of the file.
    needed : sequence of str
        Columns that must be there; with them the header is the row that holds them all. Without, it
        is the row with most of the names that people give to columns.

    Returns
    -------
    int or None
        Its place; None if nothing is written in any row.
    """
    stripped = [[cell.strip() for cell in row] for row in rows[:_LOOK]]
    written = [place for place, row in enumerate(stripped) if any(row)]
    if not written:
        # Lines of spaces above the header are no header; it may stand further down.
        return next((n for n, row in enumerate(rows) if any(cell.strip() for cell in row)), None)
    wanted = {name.strip() for name in needed}
    if wanted:
        return next((n for n in written if wanted <= set(stripped[n])), written[0])
    hits = {n: len({c for c in stripped[n] if is_header(c)}) for n in written}
    best = max(written, key=lambda n: (hits[n], -n))
    if hits[best] >= 2:
        return best
    width = max(sum(map(bool, stripped[n])) for n in written)
    return next(n for n in written if sum(map(bool, stripped[n])) >= max(1, 0.6 * width))


def check_header(header: Sequence[str], needed: Sequence[str], name: str, line: int) -> None:
    """Check that each needed column is there once; KitError says which is not, and what is near."""
    names = [column.strip() for column in header]
    missing = [column for column in needed if column.strip() not in names]
    if missing:
        raise KitError(missing_columns(missing, names, name, line))
    for column in needed:
        places = [str(i) for i, found in enumerate(names, 1) if found == column.strip()]
        if len(places) > 1:
            raise KitError(
                _(
                    "{file}, line {line}: the column {column} stands there {number} times (columns "
                    "{places}); rename all but the one that is meant; nothing was imported."
                ).format(
                    file=name,
                    line=line,
                    column=repr(column),
                    number=len(places),
                    places=", ".join(places),
                )
            )


def missing_columns(missing: Sequence[str], names: Sequence[str], name: str, line: int) -> str:
    """Say which columns are not there, and which the file has."""

    def one(column: str) -> str:
        folded = {re.sub(r"\W+", " ", n).casefold().strip(): n for n in names if n}
        near = difflib.get_close_matches(
            re.sub(r"\W+", " ", column).casefold().strip(), folded, 1, 0.6
        )
        if not near:
            return repr(column)
        return _("{column} (did you mean {name}?)").format(
            column=repr(column), name=repr(folded[near[0]])
        )

    listed = ", ".join(one(column) for column in missing)
    has = ", ".join(repr(n[:40]) for n in names[:8] if n) + (", ..." if len(names) > 8 else "")
    return ngettext(
        "{file}, line {line}: the mapping names a column that is not there: {listed}; the file has "
        "{columns}; nothing was imported.",
        "{file}, line {line}: the mapping names columns that are not there: {listed}; the file has "
        "{columns}; nothing was imported.",
        len(missing),
    ).format(file=name, line=line, listed=listed, columns=has)
