"""A piece of a report: safe markup that a notebook shows and that the file takes over."""

from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from pathlib import Path

__all__ = ["Section", "list_of", "note", "paragraph", "stylesheet", "table", "terms"]

_HERE = Path(__file__).resolve().parent


@cache
def stylesheet() -> str:
    """Give the kit's stylesheet and the few rules that only a report needs."""
    sheets = (_HERE.parent / "panels" / "kit" / "theme.css", _HERE / "report.css")
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


class Section:
    """A heading and what stands beneath it.

    Parameters
    ----------
    heading : str
        Plain text; it is escaped. Empty leaves it out.
    *parts : str
        Markup made by the functions here or by `Chart.html`, in which all text is escaped.
    unseen : bool
        Whether the heading is only for those who listen, as a picture beneath it says it.
    """

    def __init__(self, heading: str, *parts: str, unseen: bool = False):
        hidden = ' class="ic-unseen"' if unseen else ""
        title = f"<h2{hidden}>{escape(heading)}</h2>" if heading else ""
        self._html = title + "".join(parts)

    def __bool__(self) -> bool:
        return bool(self._html)

    def _repr_html_(self) -> str:
        return f'<section class="ic-page ic-report">{self._html}</section>' if self else ""

    def __repr__(self) -> str:
        # Shown where a notebook cannot show HTML.
        return "A part of the report, to be seen in a browser." if self else ""


def paragraph(text: str, kind: str = "") -> str:
    """Make a paragraph of plain text; `kind` is a class of the stylesheet."""
    return f'<p class="{escape(kind)}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"


def note(tag: str, text: str) -> str:
    """Make a remark that must not be missed: a word on amber, then a sentence."""
    return (
        f'<p class="ic-note"><span class="ic-tag ic-amber">{escape(tag)}</span> {escape(text)}</p>'
    )


def list_of(items: Iterable[str]) -> str:
    """Make a list of plain sentences; nothing without any."""
    inside = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f"<ul>{inside}</ul>" if inside else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]], caption: str) -> str:
    """Make a table of plain text, the first column naming its rows."""
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="ic-table" tabindex="0" role="region" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{top}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def terms(entries: Iterable[tuple[str, str, str]]) -> str:
    """Make a list of definitions: the word, its meaning, and in small print whose it is."""
    inside = "".join(
        f"<dt>{escape(word)}</dt><dd>{escape(meaning)} "
        f'<span class="ic-whose">{escape(whose)}</span></dd>'
        for word, meaning, whose in entries
    )
    return f"<dl>{inside}</dl>"
