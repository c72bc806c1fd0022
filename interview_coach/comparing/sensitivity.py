"""Which assumption would have to be how different for another policy to win."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from interview_coach.comparing.assumptions import Assumptions, one_of
from interview_coach.comparing.days import Day, Floats
from interview_coach.comparing.exact import FIGURES, WITHIN, exact, world
from interview_coach.comparing.policies import Plan
from interview_coach.errors import KitError
from interview_coach.language import _

__all__ = ["EQUAL", "Map", "Swing", "tornado", "winners"]

EQUAL = 1e-9
"""Differences below this are none: two ways to the same sum differ in their last digits."""

_HALVINGS = 20
_MOST_DAYS = 32  # of some 200 kB each


@dataclass(frozen=True)
class Swing:
    """What one assumption does to the difference of two policies.

    Attributes
    ----------
    name : str
        The assumption.
    value, low, high : float
        Its value, and the ends of its range.
    difference, at_low, at_high : float
        The second policy's figure minus the first's, at its value and at the ends of its range.
    switch : float or None
        The value nearest to its own at which the other policy begins to win; None where that does
        not come about within the range, or where neither wins.
    """

    name: str
    value: float
    low: float
    high: float
    difference: float
    at_low: float
    at_high: float
    switch: float | None

    @property
    def width(self) -> float:
        """How far the difference moves over the range."""
        ends = (self.at_low, self.difference, self.at_high)
        return max(ends) - min(ends)


def tornado(
    assumptions: Assumptions,
    first: Plan,
    second: Plan,
    figure: str = "completed",
    within: int = WITHIN,
) -> list[Swing]:
    """Vary each assumption over its range, the others staying as they are.

    Parameters
    ----------
    figure : str
        One of `FIGURES`; more counts as better but for `waiting_minutes` and `calls`.

    Returns
    -------
    list of Swing
        The one that moves the difference most first; those that cannot be varied are left out.

    Raises
    ------
    KitError
        If there is no such figure.
    """
    _known(figure)
    days = _Days()

    def apart(values: Mapping[str, float]) -> float:
        moved = assumptions.having(values)
        one, two = (
            getattr(exact(moved, plan, within, days.of(moved)), figure).value
            for plan in (first, second)
        )
        return float(two - one)

    base = apart({})
    swings = []
    for name, about in assumptions.about.items():
        value, low, high = assumptions.values[name], about.low, about.high
        if about.whole:
            low, high = round(low), round(high)
        if not low < high:
            continue
        at_low, at_high = apart({name: low}), apart({name: high})
        turns = [
            _switch(lambda x, name=name: apart({name: x}), value, end, about.whole)  # type: ignore[misc]
            for end, there in ((low, at_low), (high, at_high))
            if abs(base) > EQUAL and there * base < 0
        ]
        switch = min(turns, key=lambda turn: abs(turn - value), default=None)
        swings.append(Swing(name, value, low, high, base, at_low, at_high, switch))
    return sorted(swings, key=lambda swing: -swing.width)


def _switch(apart: Callable[[float], float], inside: float, beyond: float, whole: bool) -> float:
    """Halve the way between a value and one at which the other policy wins."""
    sign = apart(inside)
    for _half in range(_HALVINGS):
        if whole and abs(beyond - inside) <= 1:
            break
        middle = (inside + beyond) / 2
        if whole:
            middle = float(round(middle))
        if apart(middle) * sign > 0:
            inside = middle
        else:
            beyond = middle
    return beyond


@dataclass(frozen=True)
class Map:
    """Who wins over two assumptions.

    Attributes
    ----------
    across, up : array of float
        Values of the first and of the second assumption.
    figures : array of float, (policies, across, up)
        The figure of each policy.
    winner : array of int, (across, up)
        The number of the best policy; -1 where the best two are equal.
    """

    across: Floats
    up: Floats
    figures: Floats
    winner: NDArray[np.int64]


def winners(
    assumptions: Assumptions,
    plans: Sequence[Plan],
    across: str,
    up: str,
    figure: str = "completed",
    within: int = WITHIN,
    steps: int = 11,
) -> Map:
    """Map which policy is best over the ranges of two assumptions.

    Raises
    ------
    KitError
        If an assumption or the figure is not known, or the two assumptions are one.
    """
    _known(figure)
    if across == up:
        raise KitError(
            _("A map needs two assumptions; {name} is there twice.").format(name=repr(across))
        )
    axes = []
    for name in (across, up):
        about = one_of(assumptions.about, name)
        axis = np.linspace(about.low, about.high, steps)
        axes.append(np.unique(np.round(axis)) if about.whole else axis)
    figures = np.empty((len(plans), len(axes[0]), len(axes[1])))
    days = _Days()
    for i, x in enumerate(axes[0]):
        for j, y in enumerate(axes[1]):
            moved = assumptions.having({across: x, up: y})
            for number, plan in enumerate(plans):
                found = exact(moved, plan, within, days.of(moved))
                figures[number, i, j] = getattr(found, figure).value
    good = -figures if figure in ("waiting_minutes", "calls") else figures
    order = np.sort(good, axis=0)
    winner = np.argmax(good, axis=0)
    if len(plans) > 1:
        winner[order[-1] - order[-2] <= EQUAL] = -1
    return Map(axes[0], axes[1], figures, winner)


class _Days:
    """The worlds laid out so far: a map comes back to the same few, and later assumptions move none."""

    def __init__(self) -> None:
        self._known: dict[tuple[float, ...], Day] = {}

    def of(self, assumptions: Assumptions) -> Day:
        key = tuple(
            value
            for name, value in assumptions.values.items()
            if not name.startswith("later.")  # unmarked: a key
        )
        if key not in self._known:
            if len(self._known) >= _MOST_DAYS:
                self._known.clear()
            self._known[key] = world(assumptions)
        return self._known[key]


def _known(figure: str) -> None:
    if figure not in FIGURES:
        raise KitError(
            _("There is no figure {name}; there are: {names}.").format(
                name=repr(figure[:40]), names=", ".join(FIGURES)
            )
        )
