"""All cells of one report and every sum that ties them together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from interview_coach.errors import KitError
from interview_coach.measures.suppression.table import Key, Table, place

__all__ = ["Nested", "Structure", "build", "months_in_quarters"]

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Nested:
    """Groups of one dimension that are made of whole groups of another: quarters of months.

    Parameters
    ----------
    finer, coarser : str
        The two dimensions, as the tables call them.
    levels : mapping of str to sequence of str
        For each coarser group the finer ones in it. One that no table holds counts as empty.
    """

    finer: str
    coarser: str
    levels: Mapping[str, Sequence[str]]


def months_in_quarters(
    months: Iterable[str], finer: str = "month", coarser: str = "quarter"
) -> Nested:
    """Say which months ("2026-01") make which quarter ("2026-Q1"); other groups stand for themselves."""
    levels: dict[str, list[str]] = {}
    for month in months:
        year, dash, number = month.partition("-")
        known = bool(dash) and number.isdigit() and 1 <= int(number) <= 12
        quarter = f"{year}-Q{(int(number) + 2) // 3}" if known else month
        levels.setdefault(quarter, []).append(month)
    return Nested(finer, coarser, levels)


@dataclass(frozen=True)
class Structure:
    """The shape of a report without its counts: what anybody who reads it knows anyway.

    Attributes
    ----------
    keys : tuple
        What each cell counts, and where.
    shown_in : tuple of str
        The first table that prints the cell; "" for one that only follows from others.
    sums : array, one row a sum, one column a cell
        1 for the whole, -1 for its parts; times the counts it is 0.
    """

    keys: tuple[Key, ...]
    shown_in: tuple[str, ...]
    sums: NDArray[np.float64]

    @property
    def printed(self) -> NDArray[np.bool_]:
        """Mark the cells that some table prints."""
        return np.array([bool(table) for table in self.shown_in], dtype=bool)

    def name(self, cell: int) -> str:
        """Name a cell for a sentence: its table, what it counts, and where."""
        of, where = self.keys[cell]
        table = self.shown_in[cell]
        lead = f"Table '{table}'" if table else "Between the tables"
        return f"{lead}, {of}, {place(where)}"


class _Builder:
    def __init__(self) -> None:
        self.number: dict[Key, int] = {}
        self.values: list[int] = []
        self.shown_in: list[str] = []
        self.said_by: list[str] = []
        self.sums: dict[tuple[int, frozenset[int]], None] = {}

    def cell(self, key: Key, value: int, table: str, printed: bool) -> None:
        at = self.number.setdefault(key, len(self.values))
        if at == len(self.values):
            self.values.append(value)
            self.shown_in.append(table if printed else "")
            self.said_by.append(table)
            return
        if self.values[at] != value:
            raise KitError(
                f"Table '{table}' and table '{self.said_by[at]}' disagree on {key[0]}, "
                f"{place(key[1])}; take both from the same calls and the same window, or say in "
                "`of` that they count different things."
            )
        if printed and not self.shown_in[at]:
            self.shown_in[at] = table

    def sum(self, whole: Key, parts: Iterable[Key]) -> None:
        inside = [self.number[part] for part in parts if part in self.number]
        self.sums[(self.number[whole], frozenset(inside))] = None


def build(
    tables: Sequence[Table],
    within: Iterable[tuple[str, str]] = (),
    nested: Iterable[Nested] = (),
) -> tuple[Structure, Ints]:
    """Tie the tables of one report together.

    Parameters
    ----------
    tables : sequence of Table
        All that one report prints.
    within : iterable of (part, whole)
        What is counted among something else that is counted: ("missed calls", "calls held"). The
        difference then follows from the two, and is guarded as a count of its own. A difference
        can be named in a later pair, as "calls held less missed calls".
    nested : iterable of Nested
        Dimensions whose groups are made of another's.

    Returns
    -------
    structure : Structure
    values : array of int
        The count of each cell.

    Raises
    ------
    KitError
        If two tables have one name, or disagree on a cell, or a part is larger than its whole.
    """
    names = [table.name for table in tables]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise KitError(f"Two tables are called '{twice}'; give each a name of its own.")
    made = _Builder()
    for table in tables:
        for _, key, value, printed in table.cells():
            made.cell(key, value, table.name, printed)
    for table in tables:
        for whole, parts in table.sums():
            made.sum(whole, parts)
    for inner, outer in within:
        _difference(made, inner, outer)
    for nest in nested:
        _nest(made, nest)
    sums = np.zeros((len(made.sums), len(made.values)))
    for row, (total, inside) in enumerate(made.sums):
        sums[row, list(inside)] = -1
        sums[row, total] = 1
    values = np.array(made.values, dtype=np.int64)
    if np.any(sums @ values):
        row = int(np.flatnonzero(sums @ values)[0])
        whole_key = list(made.number)[int(np.argmax(sums[row]))]
        raise KitError(
            f"The parts of {whole_key[0]}, {place(whole_key[1])} do not add up to it; give "
            "every group its row, also 'not recorded'."
        )
    return Structure(tuple(made.number), tuple(made.shown_in), sums), values


def _difference(made: _Builder, part: str, whole: str) -> None:
    for of, where in list(made.number):
        if of != whole or (part, where) not in made.number:
            continue
        more = made.values[made.number[of, where]] - made.values[made.number[part, where]]
        if more < 0:
            raise KitError(
                f"There are more {part} than {whole}, {place(where)}, though they should be "
                "among them; take both from the same calls."
            )
        rest = (f"{whole} less {part}", where)
        made.cell(rest, more, "", printed=False)
        made.sum((whole, where), [(part, where), rest])


def _nest(made: _Builder, nest: Nested) -> None:
    for of, where in list(made.number):
        for level in [level for name, level in where if name == nest.coarser]:
            around = where - {(nest.coarser, level)}
            parts = [(of, around | {(nest.finer, fine)}) for fine in nest.levels.get(level, ())]
            # A report that splits only one of the two by this has nothing to tie.
            if any(part in made.number for part in parts):
                made.sum((of, where), parts)
