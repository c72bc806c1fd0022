"""Each measure twice, here and in what it is held against, and how far the two lie apart."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from interview_coach.charts import finding
from interview_coach.charts.figures import column, need, reasons
from interview_coach.language import _
from interview_coach.subjects import Thing
from interview_coach.wording import (
    FEW,
    decimals,
    first_upper,
    number,
    of_total,
    points,
    rate_in_brackets,
)

__all__ = ["Pair", "Rate", "read_pairs", "table", "title"]

_FIGURES = ("n", "N", "value", "low", "high")
_DIFFERENCE = ("difference", "difference_low", "difference_high")


class Rate(NamedTuple):
    """A rate: counts, and fractions from 0 to 1 (NaN where there are no cases)."""

    n: float
    N: float
    value: float
    low: float
    high: float

    @property
    def counts(self) -> str:
        """Say the counts: ``60 of 240``."""
        return of_total(int(self.n), int(self.N))

    @property
    def told(self) -> str:
        """Say the rate with its counts and its interval."""
        if not self.N:
            return _("no cases")
        return _("{words} ({rate})").format(
            words=self.counts, rate=rate_in_brackets(self._asdict())
        )


class Pair(NamedTuple):
    """One measure: the rate here, the rate it is held against, and the difference of the two."""

    name: str
    first: Rate
    second: Rate
    value: float
    low: float
    high: float
    reason: str

    @property
    def cases(self) -> int:
        """How many there are where there are fewer."""
        return 0 if self.reason else int(min(self.first.N, self.second.N))

    @property
    def differs(self) -> bool:
        """Whether the interval of the difference leaves out 0, and the cases are not few."""
        return self.cases >= FEW and (self.low > 0 or self.high < 0)

    @property
    def size(self) -> str:
        """How far the first lies from the second, whichever way: ``8 points``."""
        return points(abs(self.value), decimals(self.low, self.high))

    @property
    def verdict(self) -> str:
        """Say in a word or two what the difference is worth."""
        if not self.cases:
            return self.reason or _("no cases in one of the two")
        if self.cases < FEW:
            return _("few cases")
        if not self.differs:
            return _("could be chance")
        return _("more") if self.value > 0 else _("less")

    @property
    def words(self) -> str:
        """Say the difference, no more than its interval allows."""
        if not self.cases:
            return self.verdict
        places = decimals(self.low, self.high)
        if self.low > 0 or self.high < 0:
            ends = (self.low, self.high) if self.low > 0 else (-self.high, -self.low)
            says = (
                _("{size} higher, between {low} and {high}")
                if self.value > 0
                else _("{size} lower, between {low} and {high}")
            )
            said = says.format(
                size=self.size, low=points(ends[0], places), high=points(ends[1], places)
            )
        else:
            said = _(
                "no difference that can be told: from {lower} lower to {higher} higher"
            ).format(lower=points(-self.low, places), higher=points(self.high, places))
        return _("few cases: {words}").format(words=said) if self.cases < FEW else said


def read_pairs(rows: pd.DataFrame) -> list[Pair]:
    """Read the frame of `comparison_chart`.

    Raises
    ------
    KitError
        If a column is missing.
    """
    against = [f"{name}_against" for name in _FIGURES]
    need(rows, ("name", *_FIGURES, *against, *_DIFFERENCE), _("two periods"))
    here = zip(*(column(rows, name) for name in _FIGURES), strict=True)
    there = zip(*(column(rows, name) for name in against), strict=True)
    apart = zip(*(column(rows, name) for name in _DIFFERENCE), strict=True)
    hidden = reasons(rows, "n", "N", "n_against", "N_against")
    pairs = []
    for name, one, other, difference, reason in zip(
        rows["name"].tolist(), here, there, apart, hidden, strict=True
    ):
        first, second = Rate(*one), Rate(*other)
        told = [cell for rate in (first, second) if rate.N for cell in rate]
        told += difference if first.N and second.N else ()
        # What is not known can be neither drawn nor told.
        lacks = not reason and any(map(math.isnan, told))
        value, low, high = difference
        why = _("no figure") if lacks else reason
        pairs.append(Pair(str(name), first, second, value, low, high, why))
    return pairs


def title(pairs: Sequence[Pair], first: str, second: str, thing: Thing) -> str:
    """Say which measures differ, as far as their intervals allow."""
    two = {"first": first, "second": second}
    hidden = sum(bool(pair.reason) for pair in pairs)
    if pairs and hidden == len(pairs):
        return finding.hidden_title(hidden, thing)
    if not any(pair.cases for pair in pairs):
        return _("Nothing to compare yet between {first} and {second}").format(**two)
    enough = [pair for pair in pairs if pair.cases >= FEW]
    if not enough:
        return _("Too few cases to compare {first} with {second}").format(**two)
    out = [pair for pair in enough if pair.differs]
    if not out:
        return _("No difference that can be told between {first} and {second}").format(**two)
    if len(out) == 1:
        says = (
            _("{name}: {size} higher in {first} than in {second}")
            if out[0].value > 0
            else _("{name}: {size} lower in {first} than in {second}")
        )
        return says.format(name=out[0].name, size=out[0].size, **two)
    if len(out) < len(enough):
        return _("{n} of the {things} differ between {first} and {second}").format(
            n=number(len(out)), things=thing.counted(len(enough)), **two
        )
    if len(out) == 2:
        return _("Both {things} differ between {first} and {second}").format(
            things=thing.many, **two
        )
    return _("All {things} differ between {first} and {second}").format(
        things=thing.counted(len(out)), **two
    )


def table(pairs: Sequence[Pair], first: str, second: str, thing: Thing) -> pd.DataFrame:
    """Give the table to show: both rates with their counts, and the difference in words."""
    rows = [
        (pair.name, pair.reason, "", "")
        if pair.reason
        else (pair.name, pair.first.told, pair.second.told, pair.words)
        for pair in pairs
    ]
    head = [first_upper(name) for name in (thing.one, first, second)]
    return pd.DataFrame(rows, columns=[*head, _("Difference")])
