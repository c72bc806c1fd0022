"""A finished chart: the figure, the same for a telephone, its words and its numbers."""

import base64
import io
import re
import warnings
from dataclasses import dataclass
from html import escape
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib import rc_context
from matplotlib.figure import Figure

from interview_coach.charts.markup import table_html
from interview_coach.charts.paper import FONT
from interview_coach.errors import KitError
from interview_coach.language import _

__all__ = ["Chart"]

# Text stays text, which is small and sharp. It was measured in a wide font; the next best are no
# wider, so that nothing overlaps where that font is not there. The fixed salt makes the same chart
# the same file each time.
_SVG: Any = {"svg.fonttype": "none", "svg.hashsalt": "interview-coach"}
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FONTS = f"'{FONT}', Verdana, 'Segoe UI', Arial, sans-serif"  # unmarked: fonts


@dataclass(frozen=True)
class Chart:
    """A chart to show, save or read out.

    Attributes
    ----------
    figure : Figure
        For screens and paper.
    narrow : Figure
        The same, drawn for a column of about 360 pixels.
    title : str
        The finding, as drawn in the figure.
    alt : str
        The chart in words, with its numbers.
    caption : str
        What the reader must know beside it; may be empty.
    data : DataFrame
        The table behind it, with the headings to show.
    """

    figure: Figure
    narrow: Figure
    title: str
    alt: str
    caption: str
    data: pd.DataFrame

    def html(self, *, opened: bool = False) -> str:
        """Give the chart as one safe piece of HTML: picture, caption, and its table.

        Parameters
        ----------
        opened : bool
            Whether the table is in sight, and not a click away.
        """
        caption = f"<figcaption>{escape(self.caption)}</figcaption>" if self.caption else ""
        numbers = _("The numbers as a table")
        return (
            '<figure class="ic-figure"><picture>'
            f'<source media="(max-width: 560px)" srcset="{_data_uri(self.narrow)}" '
            f"{_size(self.narrow)}>"
            f'<img src="{_data_uri(self.figure)}" alt="{escape(self.alt)}" {_size(self.figure)}>'
            f"</picture>{caption}<details{' open' if opened else ''}>"
            f"<summary>{escape(numbers)}</summary>{self._table()}</details></figure>"
        )

    def _repr_html_(self) -> str:
        return self.html()

    def save(self, path: str | PathLike[str]) -> Path:
        """Write the figure to a file; its ending says how (.svg, .png, .pdf).

        Raises
        ------
        KitError
            If the file cannot be written, or the ending is none that can be.
        """
        target = Path(path)
        kind = target.suffix.lstrip(".").lower()
        if kind not in {"svg", "png", "pdf"}:
            raise KitError(
                _("A chart cannot be saved as {name}; end the name in .svg, .png or .pdf.").format(
                    name=repr(target.name)
                )
            )
        try:
            target.write_bytes(_drawn(self.figure, kind))
        except OSError as error:
            raise KitError(
                _(
                    "The chart could not be written to '{file}' ({why}); choose a folder that you "
                    "may write to."
                ).format(file=target, why=error.strerror)
            ) from error
        return target

    def _table(self) -> str:
        rows = ([str(cell) for cell in row] for row in self.data.itertuples(index=False))
        head = [str(name) for name in self.data.columns]
        label = _("Table: {title}").format(title=self.title)
        return table_html(head, rows, self.title, label=label)


def _drawn(figure: Figure, kind: str) -> bytes:
    buffer = io.BytesIO()
    with rc_context(_SVG), warnings.catch_warnings():
        # A group may be named in a script that the font lacks: boxes are drawn, and the table and
        # the alt text, which the reader's own fonts show, still say the name.
        warnings.filterwarnings("ignore", message="Glyph ")  # unmarked: matplotlib's
        metadata = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(kind)
        figure.savefig(buffer, format=kind, dpi=160, metadata=metadata)
    # A control sign in a name is none that a picture's file may hold.
    drawn = _CONTROL.sub(b"", buffer.getvalue()) if kind == "svg" else buffer.getvalue()
    return drawn.replace(f"'{FONT}'".encode(), _FONTS.encode()) if kind == "svg" else drawn


def _size(figure: Figure) -> str:
    """Tell the browser the size before it has the picture, so that what follows stays in its place."""
    width, height = figure.get_size_inches() * 96
    return f'width="{width:.0f}" height="{height:.0f}"'


def _data_uri(figure: Figure) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(_drawn(figure, 'svg')).decode('ascii')}"
