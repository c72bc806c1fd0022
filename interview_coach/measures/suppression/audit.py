"""How well each hidden count is hidden, proved from what is published alone."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.measures.suppression.problem import bounds, too_narrow
from interview_coach.measures.suppression.protected import Protected
from interview_coach.measures.suppression.ranges import reach
from interview_coach.measures.suppression.rule import Status
from interview_coach.measures.suppression.table import place

__all__ = ["Audit", "audit"]


@dataclass(frozen=True)
class Audit:
    """What somebody with all the published tables, a computer and patience could work out.

    Attributes
    ----------
    ranges : DataFrame
        One row for each count that is not shown: `table` ("" for one that no table prints), `of`,
        `cell`, `low`, `high` (infinite where nothing bounds it), `reason`, `safe`.
    failures : tuple of str
        A sentence for each range that is narrower than the rule allows.
    """

    ranges: pd.DataFrame
    failures: tuple[str, ...]

    def require(self) -> None:
        """Stop a report that gives something away.

        Raises
        ------
        KitError
            With the first failure, and how many more there are.
        """
        if self.failures:
            more = len(self.failures) - 1
            says = (
                _("This report must not be published: {why} ({n} more like this.)")
                if more
                else _("This report must not be published: {why}")
            )
            filled = {"n": more} if more else {}
            raise KitError(says.format(why=self.failures[0], **filled))


def audit(protected: Protected) -> Audit:
    """Find the range of every count that is not shown, by linear programming in whole numbers.

    Used are the counts shown, all sums between cells, the words beside hidden cells (a count "fewer
    than 11" is 1 to 10; one hidden for another is 11 or more), and that counts are not negative.

    Raises
    ------
    KitError
        If the published figures contradict one another.
    """
    status, rule = protected.status, protected.rule
    low, high = bounds(status, rule)
    unknown = status != Status.SHOWN
    least, most = reach(
        protected.structure.sums, unknown, protected.published.astype(np.float64), low, high
    )
    narrow = too_narrow(status, least, most, rule)
    rows = [
        {
            "table": protected.structure.shown_in[cell],
            "of": protected.structure.keys[cell][0],
            "cell": place(protected.structure.keys[cell][1]),
            "low": least[cell],
            "high": most[cell],
            "reason": rule.words(Status(status[cell])),
            "safe": not narrow[cell],
        }
        for cell in np.flatnonzero(unknown)
    ]
    columns = ["table", "of", "cell", "low", "high", "reason", "safe"]
    failures = [
        _sentence(protected, int(cell), int(least[cell]), int(most[cell]))
        for cell in np.flatnonzero(narrow)
    ]
    return Audit(pd.DataFrame(rows, columns=columns), tuple(failures))


def _sentence(protected: Protected, cell: int, low: int, high: int) -> str:
    printed = protected.structure.printed[cell]
    filled = {"place": protected.structure.name(cell), "low": low}
    if low == high:
        says = (
            _(
                "{place}: the hidden count can be worked out: it is {low}; hide another count in "
                "the same sum, or leave the total out."
            )
            if printed
            else _(
                "{place}: the count that no table prints can be worked out: it is {low}; hide "
                "another count in the same sum, or leave the total out."
            )
        )
        return says.format(**filled)
    says = (
        _(
            "{place}: the hidden count can only be {low} to {high}, and the rule asks for a range "
            "of {spread} or more; hide another count in the same sum, or leave the total out."
        )
        if printed
        else _(
            "{place}: the count that no table prints can only be {low} to {high}, and the rule asks "
            "for a range of {spread} or more; hide another count in the same sum, or leave the "
            "total out."
        )
    )
    return says.format(high=high, spread=protected.rule.spread, **filled)
