"""The rejects file: the rows that were not imported, each with its line and the reason.

It goes back to the person in the shape they know (their columns, their values), to be put right in
a spreadsheet and imported again. A spreadsheet runs cells that look like formulas, so those are
made harmless.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes.writing import neutral
from interview_coach.writing import write_whole

__all__ = ["free_name", "write_rejects"]


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
        writer.writerow([str(line), neutral("; ".join(reasons)), *map(neutral, cells)])
    try:
        # The mark lets Excel read the letters; the mode keeps the clients' rows to their coach.
        write_whole(path, text.getvalue().encode("utf-8-sig", "replace"))
    except OSError as error:
        raise KitError(
            _(
                "The rejects file {file} cannot be written ({why}); nothing was imported; "
                "name another place for it."
            ).format(file=path, why=(error.strerror or _("unknown")).lower())
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
