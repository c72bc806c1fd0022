"""Which counts are hidden, how well, and in which words."""

from dataclasses import dataclass
from enum import IntEnum

from interview_coach.errors import KitError
from interview_coach.language import _

__all__ = ["Rule", "Status"]


class Status(IntEnum):
    """What is published of a count."""

    SHOWN = 0
    # Hidden, and the words say that it is small: whoever reads them knows low to high.
    SMALL = 1
    # Hidden, and the words say that it protects another: whoever reads them knows that it is not
    # small, and that it is not zero, since zeros are never hidden for others.
    COMPLEMENT = 2
    # Hidden for one reason or the other; the words do not say which.
    EITHER = 3
    # Never printed, but follows from what is: the calls that were not missed, a margin left out.
    IMPLIED = 4


@dataclass(frozen=True)
class Rule:
    """Which counts are hidden for their own sake, and how much must stay open about them.

    Parameters
    ----------
    low, high : int
        Counts from `low` to `high` are hidden. 1 to 10 is the rule of the Centers for Medicare &
        Medicaid Services: "no cell containing a value of 1 to 10 can be reported directly", nor be
        derived from others; zero may show (ResDAC, "CMS Cell Size Suppression Policy", 2024).
    width : int, optional
        Given all that is published, the largest and the smallest value that a hidden count could
        have must lie at least this far apart. Half of ``high - low`` if left out: 4, so that at
        least five values stay possible. [kit; the policy only forbids that one value is left]

    Raises
    ------
    KitError
        If the numbers make no rule.
    """

    low: int = 1
    high: int = 10
    width: int | None = None

    def __post_init__(self) -> None:
        # With 2 shown and 3 hidden, 2 + 1 could give a 3 away that nothing can protect.
        if self.low not in (0, 1) or self.high <= self.low:
            raise KitError(
                _(
                    "The rule hides counts from {low} to {high}; give 0 or 1 as the lowest and a higher "
                    "highest one, such as 1 and 10."
                ).format(low=self.low, high=self.high)
            )
        if self.width is not None and not 1 <= self.width <= self.high - self.low:
            raise KitError(
                _(
                    "The rule asks for a range of {width} around a hidden count; between {low} and "
                    "{high} it can be 1 to {value}."
                ).format(width=self.width, low=self.low, high=self.high, value=self.high - self.low)
            )

    @property
    def spread(self) -> int:
        """Give the width that is asked for, whether named or left to the kit."""
        return max(1, (self.high - self.low) // 2) if self.width is None else self.width

    def words(self, status: Status) -> str:
        """Say why a count is hidden; nothing for one that is shown."""
        if status is Status.COMPLEMENT:
            return _("hidden to protect another count")
        says = {
            Status.SMALL: _("hidden: fewer than {n}"),
            Status.EITHER: _("hidden: fewer than {n}, or to protect a count that is"),
        }.get(status, "")
        return says.format(n=self.high + 1)
