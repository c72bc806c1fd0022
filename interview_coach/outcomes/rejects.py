"""The rejects file: the rows that were not imported, each with its line and the reason.

It goes back to the person in the shape they know (their columns, their values), to be put right in
a spreadsheet and imported again. A spreadsheet runs cells that look like formulas, so those are
made harmless.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from interview_coach.errors import KitError
from interview_coach.outcomes.writing import write_whole

__all__ = ["free_name", "neutral", "write_rejects"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# A telephone number and a plain number begin like formulas, and are no use with a sign before them.
_HARMLESS = re.compile(r"\+\d[\d\s()./-]{5,}|[+-]?\d+(?:[.,]\d+)?|-+")


# A spreadsheet's cell holds 32,767 characters, and most readers of CSV stop soon after.
_LONGEST = 32_000


def neutral(cell: str) -> str:
    """Make a cell that a spreadsheet would run harmless, a NUL visible, and an endless one short."""
    if len(cell) > _LONGEST:
        cell = f"{cell[:_LONGEST]} [cut here; {len(cell):,} characters]"
    cell = cell.replace("\0", "\u2400")
    # Spaces before a formula do not keep every program from running it.
    if (cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA)) and not (
        _HARMLESS.fullmatch(cell)
    ):
        return "'" + cell
    return cell


def write_rejects(
    path: Path,
    header: Sequence[str],
    rows: Iterable[tuple[int, Sequence[str], Sequence[str]]],
    delimiter: str,
) -> None:
    """Write the rejects file as a whole: it is there complete, or not at all.

    Parameters
    ----------
    path : Path
        Where to; a file of that name is replaced.
    header : sequence of str
        The columns of the imported file.
    rows : iterable of (int, sequence of str, sequence of str)
        Line, reasons and cells of each row.
    delimiter : str
        That of the imported file, so that one mapping reads both.

    Raises
    ------
    KitError
        If it cannot be written there.
    """
    text = io.StringIO(newline="")
    # Everything quoted: Python before 3.11.9 writes a bare carriage return without quotes.
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([neutral(name) for name in ("line", "reason", *header)])
    for line, reasons, cells in rows:
        writer.writerow([str(line), "; ".join(reasons), *map(neutral, cells)])
    try:
        # The mark lets Excel read the letters; the mode keeps the clients' rows to their coach.
        write_whole(path, text.getvalue().encode("utf-8-sig", "replace"))
    except OSError as error:
        raise KitError(
            f"The rejects file {path} cannot be written ({(error.strerror or 'unknown').lower()}); "
            "nothing was imported; name another place for it."
        ) from None


def free_name(file: Path) -> Path:
    """Name a rejects file beside the imported one that does not exist yet.

    An earlier one is never replaced: somebody may be in the middle of putting its rows right.
    """
    path = file.with_name(f"{file.stem}.rejects.csv")
    number = 2
    while path.exists():
        path = file.with_name(f"{file.stem}.{number}.rejects.csv")
        number += 1
    return path
