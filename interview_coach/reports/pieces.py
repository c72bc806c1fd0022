"""The pieces a report is made of: what they say, apart from how a page or a paper shows it.

Words are kept as words: `html` here escapes them, the PDF sets them as data, the workbook writes
them as text. So nothing that a client, a cohort or a column is called can become markup.
"""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import TypeAlias

from interview_coach.charts import Chart
from interview_coach.charts.markup import table_html
from interview_coach.language import _, current, speaking

__all__ = [
    "Cards",
    "Grid",
    "Logo",
    "Note",
    "Paragraph",
    "Picture",
    "Piece",
    "Points",
    "Section",
    "Terms",
    "grid",
    "stylesheet",
]

_HERE = Path(__file__).resolve().parent


@cache
def stylesheet() -> str:
    """Give the kit's stylesheet and the few rules that only a report needs."""
    sheets = (_HERE.parent / "panels" / "kit" / "theme.css", _HERE / "report.css")
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


@dataclass(frozen=True)
class Logo:
    """The picture of whoever hands the report on: its media type and bytes."""

    kind: str
    data: bytes

    def html(self) -> str:
        """Write it for a page."""
        data, alt = base64.b64encode(self.data).decode("ascii"), _("Logo")
        return f'<img class="ic-logo" src="data:{self.kind};base64,{data}" alt="{escape(alt)}">'


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of plain text; `kind` is "", "lead", "eyebrow" or "source" (small print)."""

    text: str
    kind: str = ""

    def html(self) -> str:
        """Write it for a page."""
        look = f' class="ic-{escape(self.kind)}"' if self.kind else ""
        return f"<p{look}>{escape(self.text)}</p>"


@dataclass(frozen=True)
class Note:
    """A remark that must not be missed: a word on amber, then a sentence."""

    tag: str
    text: str

    def html(self) -> str:
        """Write it for a page."""
        tag = f'<span class="ic-tag ic-amber">{escape(self.tag)}</span>'
        return f'<p class="ic-note">{tag} {escape(self.text)}</p>'


@dataclass(frozen=True)
class Points:
    """A list of plain sentences; nothing where there is none."""

    items: tuple[str, ...]

    def html(self) -> str:
        """Write it for a page."""
        inside = "".join(f"<li>{escape(item)}</li>" for item in self.items)
        return f"<ul>{inside}</ul>" if inside else ""


@dataclass(frozen=True)
class Cards:
    """Short answers beside each other: (question, sentences, small print) each."""

    cards: tuple[tuple[str, tuple[str, ...], str], ...]

    def html(self) -> str:
        """Write it for a page."""
        inside = ""
        for asked, says, small in self.cards:
            body = "".join(f"<p>{escape(one)}</p>" for one in says)
            foot = f'<p class="ic-source">{escape(small)}</p>' if small else ""
            inside += f'<div class="ic-card"><h3>{escape(asked)}</h3>{body}{foot}</div>'
        return f'<div class="ic-answers">{inside}</div>' if inside else ""


@dataclass(frozen=True)
class Grid:
    """A table of plain text, the first column naming its rows."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str

    def html(self) -> str:
        """Write it for a page."""
        return table_html(self.head, self.rows, self.caption)


@dataclass(frozen=True)
class Picture:
    """A chart; `name` is that of its file when the figures are saved."""

    name: str
    chart: Chart

    def html(self) -> str:
        """Write it for a page."""
        return self.chart.html()


@dataclass(frozen=True)
class Terms:
    """Definitions: the word, its meaning, and in small print whose it is."""

    entries: tuple[tuple[str, str, str], ...]

    def html(self) -> str:
        """Write it for a page."""
        inside = "".join(
            f"<dt>{escape(word)}</dt><dd>{escape(meaning)} "
            f'<span class="ic-whose">{escape(whose)}</span></dd>'
            for word, meaning, whose in self.entries
        )
        return f"<dl>{inside}</dl>" if inside else ""


Piece: TypeAlias = Logo | Paragraph | Note | Points | Cards | Grid | Picture | Terms


class Section:
    """A heading and what stands beneath it; a notebook shows it, the files take it over.

    Parameters
    ----------
    heading : str
        Plain text. Empty leaves it out.
    *pieces : Piece or None
        What stands beneath it, in order; None is left out.
    unseen : bool
        Whether the heading is only for those who listen, as a picture beneath it says it.
    level : int
        1 for the report's finding, else 2.
    """

    def __init__(
        self, heading: str, *pieces: Piece | None, unseen: bool = False, level: int = 2
    ) -> None:
        self.heading, self.unseen, self.level = heading, unseen, level
        self.language = current()
        self.pieces: tuple[Piece, ...] = tuple(piece for piece in pieces if piece is not None)

    def __bool__(self) -> bool:
        return bool(self.heading or self.pieces)

    def html(self) -> str:
        """Write it for a page that has the stylesheet in its head."""
        if not self:
            return ""
        # What stands around it may be in another language, or be written by another process.
        other = f' lang="{self.language}"' if self.language != current() else ""
        with speaking(self.language):
            return f'<section class="ic-page ic-report"{other}>{self._inside()}</section>'

    def _inside(self) -> str:
        before = [piece for piece in self.pieces if _stands_above(piece)]
        after = [piece for piece in self.pieces if not _stands_above(piece)]
        hidden = ' class="ic-unseen"' if self.unseen else ""
        title = f"<h{self.level}{hidden}>{escape(self.heading)}</h{self.level}>"
        inside = "".join(piece.html() for piece in before)
        inside += title if self.heading else ""
        inside += "".join(piece.html() for piece in after)
        return inside

    def _repr_html_(self) -> str:
        # JupyterLab knows nothing of the kit's looks: the first section brings them along.
        looks = f"<style>{stylesheet()}</style>" if self.level == 1 else ""
        return looks + self.html()

    def __repr__(self) -> str:
        # Shown where a notebook cannot show HTML.
        return _("A part of the report, to be seen in a browser.") if self else ""


def _stands_above(piece: Piece) -> bool:
    return isinstance(piece, Logo) or (isinstance(piece, Paragraph) and piece.kind == "eyebrow")


def grid(head: Sequence[str], rows: Iterable[Sequence[str]], caption: str) -> Grid | None:
    """Make a table, or nothing where it would have no rows."""
    made = tuple(tuple(row) for row in rows)
    return Grid(tuple(head), made, caption) if made else None
