"""All cells of one report and every sum that ties them together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.measures.suppression.table import Key, Place, Table, place

__all__ = ["Nested", "Structure", "Within", "build", "months_in_quarters"]

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


@dataclass(frozen=True)
class Within:
    """What is counted among what, so that what is left between the two follows from them.

    What is left is guarded as a count of its own, though no table prints it.

    Parameters
    ----------
    pairs : sequence of (part, whole)
        Such as ("missed calls", "calls held"). What follows from two pairs need not be named.
    left : sequence of mapping
        Counts that are left of more than two: what is added (1) and what is taken away (-1).
    same : sequence of (word, word)
        Counts that somebody who knows the matter takes for the same where they are: missed calls and
        those among them that can be followed, where none is left out. Where two of them are equal
        the one is guarded as if it were the other.
    """

    pairs: Sequence[tuple[str, str]] = ()
    left: Sequence[Mapping[str, int]] = ()
    same: Sequence[tuple[str, str]] = ()

    def above(self) -> dict[str, set[str]]:
        """Say for each word what it is counted among, at any distance."""
        above: dict[str, set[str]] = {}
        for part, whole in self.pairs:
            above.setdefault(part, set()).add(whole)
        while True:
            before = sum(map(len, above.values()))
            for wholes in above.values():
                wholes.update(*(above.get(whole, ()) for whole in list(wholes)))
            if sum(map(len, above.values())) == before:
                return above


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
        if table:
            return _("Table '{table}', {of}, {place}").format(
                table=table, of=_(of), place=place(where)
            )
        return _("Between the tables, {of}, {place}").format(of=_(of), place=place(where))


class _Builder:
    def __init__(self) -> None:
        self.number: dict[Key, int] = {}
        self.values: list[int] = []
        self.shown_in: list[str] = []
        self.said_by: list[str] = []
        self.sums: dict[tuple[frozenset[int], frozenset[int]], None] = {}

    def cell(self, key: Key, value: int, table: str, printed: bool) -> None:
        at = self.number.setdefault(key, len(self.values))
        if at == len(self.values):
            self.values.append(value)
            self.shown_in.append(table if printed else "")
            self.said_by.append(table)
            return
        if self.values[at] != value:
            raise KitError(
                _(
                    "Table '{table}' and table '{said_by}' disagree on {key}, {place}; take both from "
                    "the same calls and the same window, or say in `of` that they count different things."
                ).format(table=table, said_by=self.said_by[at], key=key[0], place=place(key[1]))
            )
        if printed and not self.shown_in[at]:
            self.shown_in[at] = table

    def sum(self, wholes: Iterable[Key], parts: Iterable[Key]) -> None:
        inside = frozenset(self.number[part] for part in parts if part in self.number)
        self.sums[frozenset(self.number[whole] for whole in wholes), inside] = None

    def value(self, of: str, where: Place) -> int:
        return self.values[self.number[of, where]]


def build(
    tables: Sequence[Table],
    within: Within | Iterable[tuple[str, str]] = (),
    nested: Iterable[Nested] = (),
    small: int | None = None,
) -> tuple[Structure, Ints]:
    """Tie the tables of one report together.

    Parameters
    ----------
    tables : sequence of Table
        All that one report prints.
    within : Within, or iterable of (part, whole)
        What is counted among something else that is counted.
    nested : iterable of Nested
        Dimensions whose groups are made of another's.
    small : int, optional
        What is left between two counts with a third between them is looked at only from 1 to this:
        else the third bounds it well enough. All are looked at if left out.

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
        raise KitError(
            _("Two tables are called '{twice}'; give each a name of its own.").format(twice=twice)
        )
    made = _Builder()
    for table in tables:
        for __, key, value, printed in table.cells():
            made.cell(key, value, table.name, printed)
    for table in tables:
        for whole, parts in table.sums():
            made.sum([whole], parts)
    for nest in nested:
        _nest(made, nest)
    tied = within if isinstance(within, Within) else Within(list(within))
    _differences(made, tied, small)
    _equals(made, tied.same)
    sums = np.zeros((len(made.sums), len(made.values)))
    for row, (wholes, inside) in enumerate(made.sums):
        sums[row, list(inside)] = -1
        sums[row, list(wholes)] = 1
    values = np.array(made.values, dtype=np.int64)
    if np.any(sums @ values):
        row = int(np.flatnonzero(sums @ values)[0])
        whole_key = list(made.number)[int(np.argmax(sums[row]))]
        raise KitError(
            _(
                "The parts of {whole_key}, {place} do not add up to it; give every group its row, "
                "also 'not recorded'."
            ).format(whole_key=whole_key[0], place=place(whole_key[1]))
        )
    return Structure(tuple(made.number), tuple(made.shown_in), sums), values


def _differences(made: _Builder, within: Within, small: int | None) -> None:
    above = within.above()
    counted: dict[Place, list[str]] = {}
    for of, where in made.number:
        counted.setdefault(where, []).append(of)
    for where, words in counted.items():
        for part in words:
            wholes = [word for word in words if word in above.get(part, ())]
            for whole in wholes:
                between = any(whole in above.get(word, ()) for word in wholes)
                more = made.value(whole, where) - made.value(part, where)
                if not between or small is None or 1 <= more <= small or more < 0:
                    _left(made, [whole], [part], where)
        for terms in within.left:
            if set(terms) <= set(words):
                plus = [word for word in terms if terms[word] > 0]
                _left(made, plus, [word for word in terms if terms[word] < 0], where)


def _equals(made: _Builder, same: Iterable[tuple[str, str]]) -> None:
    places = {where for __, where in made.number}
    for one, other in same:
        for where in places:
            if (one, where) not in made.number or (other, where) not in made.number:
                continue
            if made.value(one, where) == made.value(other, where):
                made.sum([(one, where)], [(other, where)])


def _left(made: _Builder, added: Sequence[str], taken: Sequence[str], where: Place) -> None:
    """Add what is left as a cell of its own."""
    more = sum(made.value(of, where) for of in added) - sum(made.value(of, where) for of in taken)
    if more < 0:
        raise KitError(
            _(
                "There are more {known} than {known2}, {place}, though they should be among them; "
                "take both from the same calls."
            ).format(known=" and ".join(taken), known2=" and ".join(added), place=place(where))
        )
    rest = (f"{' and '.join(added)} less {' and '.join(taken)}", where)
    made.cell(rest, more, "", printed=False)
    made.sum([(of, where) for of in added], [*((of, where) for of in taken), rest])


def _nest(made: _Builder, nest: Nested) -> None:
    for of, where in list(made.number):
        for level in [level for name, level in where if name == nest.coarser]:
            around = where - {(nest.coarser, level)}
            parts = [(of, around | {(nest.finer, fine)}) for fine in nest.levels.get(level, ())]
            # A report that splits only one of the two by this has nothing to tie.
            if any(part in made.number for part in parts):
                made.sum([(of, where)], parts)
