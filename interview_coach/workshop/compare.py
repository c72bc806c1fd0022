"""Two groups and the same deck: their votes side by side, with intervals and no verdict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from interview_coach.language import _
from interview_coach.measures import wilson
from interview_coach.wording import FEW, decimals, of_total, percent
from interview_coach.workshop.decisions import Decision

__all__ = ["Compared", "Share", "compare", "share"]


@dataclass(frozen=True)
class Share:
    """So many of so many hands, with Wilson's 95% interval (fractions; NaN where there are none)."""

    n: int
    N: int
    low: float
    high: float

    def __str__(self) -> str:
        if self.N == 0:
            return _("no votes")
        places = decimals(self.low, self.high)
        text = _("{share} ({rate}, between {low} and {high})").format(
            share=of_total(self.n, self.N),
            rate=percent(self.n / self.N, places),
            low=percent(self.low, places),
            high=percent(self.high, places),
        )
        return _("{share}, few votes").format(share=text) if self.N < FEW else text


@dataclass(frozen=True)
class Compared:
    """One decision that both groups voted on.

    Attributes
    ----------
    call : int
        Number of its call in the deck, from 0.
    clock, asked : str
        When it was, and what was last noticed.
    rows : tuple of (str, Share, Share)
        Each choice, with its share now and then.
    """

    call: int
    clock: str
    asked: str
    rows: tuple[tuple[str, Share, Share], ...]


def share(n: int, total: int) -> Share:
    """Give a share of hands with its interval."""
    low, high = wilson(n, total)
    return Share(n, total, float(low), float(high))


def compare(now: Sequence[Decision], then: Iterable[Decision]) -> list[Compared]:
    """Put the decisions that both groups voted on side by side.

    Parameters
    ----------
    now, then : sequence of Decision
        The votes of two workshops with the same deck. Decisions meet where the same things had
        been done before them in the same call: only then was the room asked the same.

    Returns
    -------
    list of Compared
        In the order of `now`; those without a hand on either side are left out.
    """
    earlier = {(one.call, one.path): one for one in then if one.total}
    found = []
    for decision in now:
        other = earlier.get((decision.call, decision.path))
        if other is None or not decision.total:
            continue
        hands = {option.key: option.hands for option in other.options}
        rows = tuple(
            (
                option.says,
                share(option.hands, decision.total),
                share(hands.get(option.key, 0), other.total),
            )
            for option in decision.options
        )
        found.append(Compared(decision.call, decision.clock, decision.asked, rows))
    return found
