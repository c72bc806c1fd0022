"""The figures of a report as files of their own, each with its numbers and its words."""

import csv
import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from interview_coach.charts import Chart
from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes.writing import neutral
from interview_coach.reports.legible import file_names, legible
from interview_coach.reports.pieces import Picture, Section

__all__ = ["KINDS", "save_figures"]

KINDS = ("svg", "png", "pdf")


def save_figures(
    sections: Iterable[Section],
    folder: str | os.PathLike[str],
    kinds: Sequence[str] = ("svg",),
) -> list[Path]:
    """Write every picture of a report to a folder, with its table (CSV) and its words (TXT).

    Parameters
    ----------
    sections : iterable of Section
        The report.
    folder : path
        Made if it is not there. Files of the same names are replaced.
    kinds : sequence of {"svg", "png", "pdf"}
        How to draw each.

    Returns
    -------
    list of Path
        What was written, in the order of the report.

    Raises
    ------
    KitError
        If a kind is none of these, or a file cannot be written.
    """
    for kind in kinds:
        if kind not in KINDS:
            raise KitError(
                _("A figure cannot be saved as {kind}; choose from {known}.").format(
                    kind=repr(kind), known=", ".join(KINDS)
                )
            )
    pictures = [
        piece for section in sections for piece in section.pieces if isinstance(piece, Picture)
    ]
    target = Path(folder)
    written = []
    try:
        target.mkdir(parents=True, exist_ok=True)
        for name, picture in zip(file_names(one.name for one in pictures), pictures, strict=True):
            chart = picture.chart
            written += [_drawn(chart, target / f"{name}.{kind}") for kind in kinds]
            for ending, content in (("csv", _table(chart)), ("txt", _words(chart))):
                path = target / f"{name}.{ending}"
                path.write_bytes(content)
                written.append(path)
    except OSError as error:
        raise KitError(
            _(
                "The figures cannot be written to '{target}' ({why}); choose a folder that you may "
                "write to."
            ).format(target=target, why=error.strerror or type(error).__name__)
        ) from None
    return written


def _drawn(chart: Chart, path: Path) -> Path:
    chart.save(path)
    if path.suffix == ".svg":
        # A control sign in a name would make the drawing unreadable as a whole.
        path.write_bytes(legible(path.read_text(encoding="utf-8")).encode())
    return path


def _table(chart: Chart) -> bytes:
    text = io.StringIO(newline="")
    # Everything quoted: Python before 3.11.9 writes a bare carriage return without quotes.
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in [tuple(chart.data.columns), *chart.data.itertuples(index=False, name=None)]:
        writer.writerow([neutral(legible(str(cell))) for cell in row])
    # The mark lets Excel read the letters.
    return text.getvalue().encode("utf-8-sig")


def _words(chart: Chart) -> bytes:
    says = [chart.title, chart.alt, chart.caption]
    return "".join(f"{legible(one)}\n\n" for one in says if one).rstrip("\n").encode() + b"\n"
