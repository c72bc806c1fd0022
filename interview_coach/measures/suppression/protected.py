"""What may leave the house: tables in which hidden counts are missing and say why."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from interview_coach.errors import KitError
from interview_coach.language import _, ngettext
from interview_coach.measures.suppression.problem import Ints
from interview_coach.measures.suppression.rule import Rule, Status
from interview_coach.measures.suppression.structure import Structure
from interview_coach.measures.suppression.table import place

__all__ = ["Layout", "Protected"]

HIDDEN = (Status.SMALL, Status.COMPLEMENT, Status.EITHER)


@dataclass(frozen=True)
class Layout:
    """Where the cells of one table stand: its dimensions, the labels of each cell, its number."""

    dimensions: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]
    cells: Ints


@dataclass(frozen=True)
class Protected:
    """The tables of one report as they are published; no hidden count is kept in here.

    Attributes
    ----------
    structure : Structure
        The cells and the sums between them.
    status : array of int
        A `Status` for each cell.
    published : array of int
        The counts that are shown; 0 in place of the others.
    rule : Rule
    layouts : mapping of str to Layout
    fewest : bool
        Whether it is proved that no choice hides fewer cells.
    totals_last : bool
        Whether counts of everything were kept at the price of others.
    """

    structure: Structure
    status: Ints
    published: Ints
    rule: Rule
    layouts: Mapping[str, Layout]
    fewest: bool
    totals_last: bool = False

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Give each table as a frame, one row a cell.

        Columns: the table's dimensions ("total" for a margin), `count` (missing where hidden),
        `text` (what to print: the count, or why it is hidden) and `reason` ("" where shown).
        """
        return {name: self._frame(layout) for name, layout in self.layouts.items()}

    def _frame(self, layout: Layout) -> pd.DataFrame:
        columns = {
            name: pd.Series([labels[at] for labels in layout.labels], dtype="str")
            for at, name in enumerate(layout.dimensions)
        }
        shown = self.status[layout.cells] == Status.SHOWN
        counts = pd.Series(self.published[layout.cells], dtype="Int64").mask(~shown)
        reasons = [self.rule.words(Status(status)) for status in self.status[layout.cells]]
        texts = [
            reason or str(count)
            for reason, count in zip(reasons, self.published[layout.cells], strict=True)
        ]
        return pd.DataFrame(
            columns
            | {
                "count": counts,
                "text": pd.Series(texts, dtype="str"),
                "reason": pd.Series(reasons, dtype="str"),
            }
        )

    def grid(self, name: str) -> pd.DataFrame:
        """Give one table as it is printed, in words: the last dimension across, the others down.

        Raises
        ------
        KitError
            If there is no such table.
        """
        if name not in self.layouts:
            raise KitError(
                _("There is no table '{name}'; there are: {known}.").format(
                    name=name, known=", ".join(self.layouts)
                )
            )
        frame, dimensions = self._frame(self.layouts[name]), self.layouts[name].dimensions
        if len(dimensions) < 2:
            return frame[[*dimensions, "text"]]
        order = list(dict.fromkeys(frame[dimensions[-1]]))
        wide = frame.pivot(index=list(dimensions[:-1]), columns=dimensions[-1], values="text")
        rows = list(dict.fromkeys(zip(*(frame[name] for name in dimensions[:-1]), strict=True)))
        index = pd.MultiIndex.from_tuples(rows) if len(dimensions) > 2 else [row[0] for row in rows]
        return wide.loc[index, order].reset_index().rename_axis(columns=None)

    @property
    def hidden(self) -> pd.DataFrame:
        """List the hidden cells, each once: `table, of, cell, reason`."""
        cells = np.flatnonzero(np.isin(self.status, HIDDEN))
        return pd.DataFrame(
            [
                {
                    "table": self.structure.shown_in[cell],
                    "of": self.structure.keys[cell][0],
                    "cell": place(self.structure.keys[cell][1]),
                    "reason": self.rule.words(Status(self.status[cell])),
                }
                for cell in cells
            ],
            columns=["table", "of", "cell", "reason"],
        )

    @property
    def why(self) -> str:
        """Say in a sentence or two how much is hidden, and why."""
        printed, hidden = int(self.structure.printed.sum()), len(self.hidden)
        small = {"low": self.rule.low, "high": self.rule.high}
        if not hidden:
            return _("Nothing is hidden: none of the {n} counts is {low} to {high}.").format(
                n=printed, **small
            )
        says = ngettext(
            "{n} of {total} counts is hidden, so that no count of {low} to {high} can be read or "
            "worked out.",
            "{n} of {total} counts are hidden, so that no count of {low} to {high} can be read or "
            "worked out.",
            hidden,
        )
        told = [says.format(n=hidden, total=printed, **small)]
        if self.fewest and self.totals_last:
            told.append(_("As few are hidden as can be, overall figures last."))
        elif self.fewest:
            told.append(_("No choice that protects them hides fewer."))
        return " ".join(told)
