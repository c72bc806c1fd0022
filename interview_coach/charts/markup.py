"""Tables of words as HTML, and which of their cells a reason takes up."""

from collections.abc import Iterable, Sequence
from html import escape

__all__ = ["spread", "table_html"]


def spread(row: Sequence[str]) -> list[tuple[str, int]]:
    """Give the cells of a row and how many columns each takes up.

    Where a row has words in place of its numbers (why it is hidden), they take up the empty cells
    beside them, and need not fold in a narrow column.
    """
    some = [place for place, cell in enumerate(row) if place and cell]
    if len(some) + 1 == len(row) or not some or any(row[place][0].isdigit() for place in some):
        return [(cell, 1) for cell in row]
    *before, said = some
    first = (before[-1] if before else 0) + 1
    return [(cell, 1) for cell in row[:first]] + [(row[said], len(row) - first)]


def table_html(
    head: Sequence[str], rows: Iterable[Sequence[str]], caption: str, *, label: str = ""
) -> str:
    """Write a table for a page, the first cell of each row naming it.

    A wide one can be moved sideways, by keyboard too; `label` is what it is called there, the
    caption if left out.
    """
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(f"<tr>{_cells(row)}</tr>" for row in rows)
    return (
        f'<div class="ic-table" tabindex="0" role="region" aria-label="{escape(label or caption)}">'
        f"<table><caption>{escape(caption)}</caption><thead><tr>{top}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _cells(row: Sequence[str]) -> str:
    (name, _), *rest = spread(row)
    said = ""
    for cell, columns in rest:
        across = f' colspan="{columns}"' if columns > 1 else ""
        said += f"<td{across}>{escape(cell)}</td>"
    return f'<th scope="row">{escape(name)}</th>{said}'
