"""A table of counts with its margins, before anything is hidden in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from interview_coach.errors import KitError
from interview_coach.language import _

__all__ = ["TOTAL", "Key", "Place", "Table", "place"]

TOTAL = "total"

# What is counted, and where: ("missed calls", {("cohort", "Spring")}). Wherever two tables hold the
# same key they hold the same count, and a margin is the key with a dimension less; so tables are
# linked by what they say, and nobody has to list the links.
Place = frozenset[tuple[str, str]]
Key = tuple[str, Place]


def place(where: Iterable[tuple[str, str]]) -> str:
    """Name a cell in words: "cohort Spring, month 2026-01", or "the total"."""
    return ", ".join(f"{name} {level}" for name, level in sorted(where)) or _("the total")


@dataclass(frozen=True)
class Table:
    """Counts by no, one or several dimensions.

    Parameters
    ----------
    name : str
        As the report calls it; unique within a report.
    of : str
        What is counted, such as "missed calls". Tables that count the same thing share it: that is
        how cells and margins of several tables are recognised as the same.
    levels : mapping of str to sequence of str
        The groups along each dimension. Every call is in exactly one group of a dimension, so that
        the groups add up to the total.
    counts : array of int
        One axis a dimension, in the order of `levels`; without margins. Shape () for one number.
    margins : bool
        Whether the totals are printed too. If not, they still follow from what is printed.

    Raises
    ------
    KitError
        If the counts are none, do not fit the levels, or a level is named twice or "total".
    """

    name: str
    of: str
    levels: Mapping[str, Sequence[str]]
    counts: ArrayLike
    margins: bool = True

    def __post_init__(self) -> None:
        shape = tuple(len(levels) for levels in self.levels.values())
        given = np.asarray(self.counts)
        if given.shape != shape:
            raise KitError(
                _(
                    "Table '{name}' has {by} counts, but levels for {by2}; give one count for each "
                    "combination of levels, without totals."
                ).format(name=self.name, by=_by(given.shape), by2=_by(shape))
            )
        numbers = given.astype(np.float64) if given.dtype.kind in "iuf" else np.array(np.nan)
        if not np.all(np.isfinite(numbers) & (numbers >= 0) & (numbers == np.floor(numbers))):
            raise KitError(
                _(
                    "Table '{name}' holds something that is no count; counts are whole numbers from 0 "
                    "up, with 0 where there is nothing."
                ).format(name=self.name)
            )
        for dimension, levels in self.levels.items():
            if len(set(levels)) < len(levels) or TOTAL in levels:
                raise KitError(
                    _(
                        "Table '{name}' names a level of '{dimension}' twice, or calls one '{total}', which "
                        "is the name of the margin; rename it."
                    ).format(name=self.name, dimension=dimension, total=TOTAL)
                )

    @classmethod
    def from_frame(
        cls,
        name: str,
        frame: pd.DataFrame,
        by: Sequence[str],
        *,
        of: str,
        count: str = "n",
        margins: bool = True,
    ) -> "Table":
        """Make a table of a small frame with one row a group; combinations without a row are 0.

        Raises
        ------
        KitError
            If a column is missing, or a combination has two rows.
        """
        lacking = [column for column in (*by, count) if column not in frame.columns]
        if lacking:
            raise KitError(
                _("The frame of table '{name}' has no column '{lacking}'.").format(
                    name=name, lacking=lacking[0]
                )
            )
        if by and frame.duplicated(list(by)).any():
            raise KitError(
                _("The frame of table '{name}' has two rows for the same group.").format(name=name)
            )
        if not by:
            return cls(name, of, {}, np.asarray(frame[count].sum()), margins)
        codes, levels = {}, {}
        for column in by:
            codes[column], found = pd.factorize(frame[column].astype("str"))
            levels[column] = [str(level) for level in found]
        counts = np.zeros([len(levels[column]) for column in by], dtype=np.float64)
        counts[tuple(codes[column] for column in by)] = frame[count].to_numpy(np.float64)
        return cls(name, of, levels, counts, margins)

    def full(self) -> NDArray[np.int64]:
        """Give the counts with a margin at the end of each axis."""
        full = np.asarray(self.counts).astype(np.int64)
        for axis in range(full.ndim):
            full = np.concatenate([full, full.sum(axis=axis, keepdims=True)], axis=axis)
        return full

    def cells(self) -> Iterator[tuple[tuple[str, ...], Key, int, bool]]:
        """Yield each cell: its labels, its key, its count, and whether it is printed."""
        full = self.full()
        axes = [(*levels, TOTAL) for levels in self.levels.values()]
        for labels, count in zip(product(*axes), full.ravel(), strict=True):
            where = frozenset(
                (name, label)
                for name, label in zip(self.levels, labels, strict=True)
                if label != TOTAL
            )
            yield labels, (self.of, where), int(count), self.margins or TOTAL not in labels

    def sums(self) -> Iterator[tuple[Key, list[Key]]]:
        """Yield each margin with the cells it is the sum of, along one dimension at a time."""
        names = list(self.levels)
        for axis, name in enumerate(names):
            others = [(*self.levels[other], TOTAL) for other in names if other != name]
            rest = [other for other in names if other != name]
            for labels in product(*others):
                around = frozenset(
                    pair for pair in zip(rest, labels, strict=True) if pair[1] != TOTAL
                )
                parts = [(self.of, around | {(name, level)}) for level in self.levels[names[axis]]]
                yield (self.of, around), parts


def _by(shape: tuple[int, ...]) -> str:
    return _(" by ").join(map(str, shape)) or _("one number of")
