"""One report to protect: which cells must be hidden, which may be, and whether a choice is safe."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from interview_coach.measures.suppression.ranges import components, reach
from interview_coach.measures.suppression.rule import Rule, Status
from interview_coach.measures.suppression.structure import Structure

__all__ = ["Problem", "bounds", "statuses", "too_narrow"]

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def bounds(status: Ints, rule: Rule) -> tuple[Floats, Floats]:
    """Say what the words beside each cell give away of it."""
    low = np.select(
        [status == Status.SMALL, status == Status.COMPLEMENT, status == Status.EITHER],
        [rule.low, rule.high + 1, rule.low],
        0,
    )
    high = np.where(status == Status.SMALL, rule.high, np.inf)
    return low.astype(np.float64), high


def too_narrow(status: Ints, least: Floats, most: Floats, rule: Rule) -> Bools:
    """Mark the cells about which the published figures give away more than the rule allows.

    A hidden cell whose range is narrower than the rule's spread is one; unless it can only be 0,
    which may show. A cell that merely follows from others is one if it could be small.
    """
    narrow = (status != Status.SHOWN) & (most - least < rule.spread)
    zero_may_show = (most == 0) & (rule.low > 0)
    large_or_nothing = (status == Status.IMPLIED) & ((least > rule.high) | (most < rule.low))
    return np.asarray(narrow & ~zero_may_show & ~large_or_nothing)


def statuses(structure: Structure, values: Ints, hidden: Bools, rule: Rule, told: Bools) -> Ints:
    """Give each cell its status, given which are hidden, and of which the reason is told."""
    small = (values >= rule.low) & (values <= rule.high)
    reason = np.where(told & small, Status.SMALL, np.where(told, Status.COMPLEMENT, Status.EITHER))
    open_to_all = np.where(structure.printed, Status.SHOWN, Status.IMPLIED)
    return np.where(hidden & structure.printed, reason, open_to_all).astype(np.int64)


@dataclass(frozen=True)
class Problem:
    """A report with its counts.

    Attributes
    ----------
    structure : Structure
    values : array of int
    rule : Rule
    told : array of bool
        The cells whose words say which reason they are hidden for.
    worth : mapping of str to int
        How many other cells the count of everything is worth, by what it counts; 1 if not named.
    drawn : bool
        Whether ties are decided by a draw, and not by size.
    """

    structure: Structure
    values: Ints
    rule: Rule
    told: Bools
    worth: Mapping[str, int] = field(default_factory=dict)
    drawn: bool = False

    @property
    def must(self) -> Bools:
        """Mark the cells that are hidden in any case, being small."""
        small = (self.values >= self.rule.low) & (self.values <= self.rule.high)
        return small & self.structure.printed

    @property
    def may(self) -> Bools:
        """Mark the cells that may be hidden at all: all but those under the rule, such as zeros."""
        return ((self.values > self.rule.high) | self.must) & self.structure.printed

    def status(self, hidden: Bools) -> Ints:
        """Give each cell its status, were these hidden."""
        return statuses(self.structure, self.values, hidden, self.rule, self.told)

    def bounds(self, hidden: Bools) -> tuple[Floats, Floats]:
        """Say what the words give away, were these hidden."""
        return bounds(self.status(hidden), self.rule)

    def given_away(self, hidden: Bools) -> NDArray[np.intp]:
        """List the cells that somebody could work out too well, were these hidden."""
        return np.flatnonzero(self._narrow(hidden, np.ones(len(hidden), dtype=bool)))

    def can_show(self, hidden: Bools, cell: int) -> bool:
        """Say whether all would still be well without this one of the cells that protect a report."""
        fewer = hidden.copy()
        fewer[cell] = False
        sums, printed = self.structure.sums, self.structure.printed
        beside = (sums[sums[:, cell] != 0] != 0).any(axis=0)
        # What stands in one sum with it is given away first, if anything is.
        if self._narrow(fewer, beside).any():
            return False
        tied = np.zeros(len(hidden), dtype=bool)
        for _, cells in components(sums, hidden | ~printed):
            tied[cells] |= cell in cells
        return not self._narrow(fewer, tied & ~beside).any()

    def _narrow(self, hidden: Bools, asked: Bools) -> Bools:
        status = self.status(hidden)
        low, high = bounds(status, self.rule)
        least, most = reach(
            self.structure.sums,
            status != Status.SHOWN,
            self.values.astype(np.float64),
            low,
            high,
            true_point=True,
            enough=self.rule.spread,
            asked=asked & (status != Status.SHOWN),
        )
        return asked & too_narrow(status, least, most, self.rule)
