"""Adding the calls of a data frame: each row checked as an entry is, all of them added or none."""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import pandas as pd

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes import acts, history
from interview_coach.outcomes.model import CallEntry, EntryError
from interview_coach.outcomes.plain import Run
from interview_coach.wording import number

__all__ = ["FrameError", "FrameFault", "Row", "add", "rows_of"]

# Columns of `log.calls()` that the log makes itself.
_MADE = frozenset(("call_id", "sequence", "revision"))
_LISTED = 20


class FrameFault(NamedTuple):
    """One thing wrong with a frame: row (from 0, as in `iloc`), column, and what to do."""

    row: int
    column: str
    says: str


class FrameError(KitError):
    """A frame cannot be added; `faults` lists all that is wrong, by row and column."""

    def __init__(self, faults: list[FrameFault]):
        self.faults = tuple(faults)
        lines = [
            _("row {row}, {column}: {fault}").format(
                row=one.row,
                column=one.column,
                fault=one.says + ("" if one.says.endswith("?") else "."),
            )
            for one in faults[:_LISTED]
        ]
        if len(faults) > _LISTED:
            lines.append(_("and {n} more.").format(n=number(len(faults) - _LISTED)))
        if len(lines) == 1:
            says = _("Nothing of the frame was added: {fault}").format(fault=lines[0])
        else:
            says = _("Nothing of the frame was added, for {n} reasons:").format(
                n=number(len(faults))
            )
            says += "".join(f"\n- {one}" for one in lines)
        super().__init__(says)


class Row(NamedTuple):
    """A row that is sound: where it stands, its entry, and what marks it as the same one later."""

    row: int
    entry: CallEntry
    call_id: str | None


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """Check a frame of calls, and give its rows in the order in which they are to be added.

    Raises
    ------
    FrameError
        With all faults of all rows.
    KitError
        If two columns have one name.
    """
    names = [str(name) for name in frame.columns]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise KitError(
            _("The frame has two columns called {name!r}; rename one.").format(name=twice[0])
        )
    faults: list[FrameFault] = []
    rows: list[tuple[Any, Row]] = []
    columns = [frame.iloc[:, place].astype(object).tolist() for place in range(len(names))]
    for row, cells in enumerate(zip(*columns, strict=True)):
        given = {name: _plain(cell) for name, cell in zip(names, cells, strict=True)}
        given = {name: value for name, value in given.items() if value is not None}
        fields = {name: value for name, value in given.items() if name not in _MADE}
        try:
            entry = CallEntry(**fields)
        except EntryError as error:
            faults += [FrameFault(row, fault.field, fault.says) for fault in error.faults]
            continue
        call_id = given.get("call_id")
        order = (given.get("sequence", 0), entry.scheduled_at, row)
        rows.append((order, Row(row, entry, None if call_id is None else str(call_id))))
    if faults:
        raise FrameError(faults)
    return [row for _order, row in sorted(rows, key=lambda one: one[0])]


def _plain(cell: Any) -> Any:
    """Give a cell as Python has it; None where it is missing."""
    if cell is None or (not isinstance(cell, list | dict | tuple) and pd.isna(cell)):
        return None
    if isinstance(cell, pd.Timestamp):
        return cell.to_pydatetime(warn=False)
    if hasattr(cell, "item"):
        cell = cell.item()
    # A column of whole numbers with a gap is one of floats.
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def add(
    run: Run,
    rows: list[Row],
    coach: str,
    digest: Callable[[str], str],
    *,
    check: Callable[[CallEntry], None],
    begin: Callable[[], history.Act],
) -> int:
    """Add the rows that the log does not have, as one act; gives how many those are.

    Parameters
    ----------
    run : Run
        The transaction; it is to be taken back when this raises.
    rows : list of Row
        As `rows_of` gives them.
    coach : str
        Of rows that name none.
    digest : callable
        Makes ids of texts: see `keys`.
    check : callable
        Raises an `EntryError` for an entry that cannot be true now.
    begin : callable
        Begins the act; called when there is a row to add.

    Raises
    ------
    FrameError
        With all faults, when all rows were tried.
    """
    act = cache(begin)
    faults: list[FrameFault] = []
    added = 0
    for row in rows:
        of = row.entry.coach or coach
        key = row.entry.entry_key or row.call_id
        call_id = f"call-{digest(f'entry{chr(0)}{of}{chr(0)}{key}')}" if key else None
        if acts.known(run, call_id) or acts.known(run, row.call_id):
            continue
        try:
            check(row.entry)
            acts.add(run, row.entry, of, call_id, act)
            added += 1
        except EntryError as error:
            faults += [FrameFault(row.row, *fault) for fault in error.faults]
    if faults:
        raise FrameError(sorted(faults))
    return added
