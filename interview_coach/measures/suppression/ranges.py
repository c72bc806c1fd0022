"""The range in which each hidden count could lie, given everything that is published."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.measures.suppression.solver import Floats, minimise, sparse, together

__all__ = ["components", "reach"]

Bools = NDArray[np.bool_]


def reach(
    sums: Floats,
    free: Bools,
    values: Floats,
    low: Floats,
    high: Floats,
    *,
    true_point: bool = False,
    enough: int | None = None,
    asked: Bools | None = None,
) -> tuple[Floats, Floats]:
    """Find the smallest and the largest value that each unknown count could have.

    Parameters
    ----------
    sums : array
        As in `Structure`.
    free : array of bool
        The cells that are not known.
    values : array
        The counts; those of free cells are looked at only if `true_point` is set.
    low, high : array
        What is known of a free cell from the words beside it; `high` may be infinite.
    true_point : bool
        Whether `values` holds the hidden counts as well: the search then starts from them.
    enough : int, optional
        Stop looking at a cell once its range is found to be at least so wide.
    asked : array of bool, optional
        The cells whose range is wanted; that of others may be given too narrow. All if left out.

    Returns
    -------
    least, most : array
        Of each free cell; for a known one its value. `most` is infinite where nothing bounds it.
        With `enough`, a range that is at least as wide may be given too narrow.

    Raises
    ------
    KitError
        If no whole numbers at all fit what is published.
    """
    least, most = values.astype(np.float64), values.astype(np.float64)
    asked = free if asked is None else asked
    for rows, cells in components(sums, free):
        if not asked[cells].any():
            continue
        part = sums[np.ix_(rows, cells)]
        known = np.flatnonzero(~free)
        rest = -(sums[np.ix_(rows, known)] @ values[known])
        least[cells], most[cells] = _spread(
            part,
            rest,
            low[cells],
            high[cells],
            values[cells] if true_point else None,
            enough,
            np.flatnonzero(asked[cells]).tolist(),
        )
    return least, most


def components(sums: Floats, free: Bools) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Split the unknown cells into sets that no sum ties together."""
    cells = np.flatnonzero(free)
    ties = sums[:, cells] != 0
    labels = together(ties)
    order = np.argsort(labels, kind="stable")
    for inside in np.split(order, np.flatnonzero(np.diff(labels[order])) + 1):
        if len(inside):
            yield np.flatnonzero(ties[:, inside].any(axis=1)), cells[inside]


def _tighten(matrix: Floats, rest: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Draw the bounds in by what each sum alone says; cheap, and often all there is to know."""
    plus, minus = np.maximum(matrix, 0), np.minimum(matrix, 0)
    for __ in range(12):
        floor, ceiling = plus @ low + minus @ high, plus @ high + minus @ low
        # What is left for one cell of a sum when all others are at their far ends.
        up = (rest - floor)[:, None] + np.where(matrix > 0, low, -high)
        down = (rest - ceiling)[:, None] + np.where(matrix > 0, high, -low)
        tops = np.where(matrix > 0, up, np.where(matrix < 0, -down, np.inf)).min(
            axis=0, initial=np.inf
        )
        bottoms = np.where(matrix > 0, down, np.where(matrix < 0, -up, -np.inf)).max(
            axis=0, initial=-np.inf
        )
        new_low, new_high = np.maximum(low, bottoms), np.minimum(high, tops)
        if np.array_equal(new_low, low) and np.array_equal(new_high, high):
            break
        low, high = new_low, new_high
    return low, high


def _spread(
    matrix: Floats,
    rest: Floats,
    low: Floats,
    high: Floats,
    start: Floats | None,
    enough: int | None,
    asked: list[int],
) -> tuple[Floats, Floats]:
    finite = np.abs(rest).sum() + low.sum() + high[np.isfinite(high)].sum()
    # No end of a range that is bounded at all lies beyond what is published taken together; four
    # times that stands for "without end", so that the solver always has a point to show.
    low, high = _tighten(matrix, rest, low, np.where(np.isfinite(high), high, 4 * finite + 1000))
    size, packed = len(low), sparse(matrix)
    least = np.full(size, np.inf) if start is None else start.astype(np.float64)
    most = np.full(size, -np.inf) if start is None else start.astype(np.float64)

    def settled(cell: int) -> bool:
        if enough is not None and most[cell] - least[cell] >= enough:
            return True
        return bool(least[cell] <= low[cell] and most[cell] >= high[cell])

    def look(cost: Floats) -> Floats:
        point = _extreme(cost, packed, rest, low, high)
        np.minimum(least, point, out=least)
        np.maximum(most, point, out=most)
        return point

    if enough is not None:
        # Two looks along everything at once settle most cells of a well protected table.
        lean = np.where(np.arange(size) % 2 == 0, 1.0, -1.0)
        for direction in (lean, -lean):
            if not all(map(settled, asked)):
                look(direction)
    for cell in asked:
        for sign in (1.0, -1.0):
            end_is_known = least[cell] <= low[cell] if sign > 0 else most[cell] >= high[cell]
            if settled(cell) or end_is_known:
                continue
            cost = np.zeros(size)
            cost[cell] = sign
            found = look(cost)[cell]
            if sign > 0:
                low[cell] = found
            else:
                high[cell] = found
    return least, np.where(most > 2 * finite + 500, np.inf, most)


def _extreme(cost: Floats, matrix: Any, rest: Floats, low: Floats, high: Floats) -> Floats:
    """Go as far as one can; in whole numbers, since counts are."""
    for whole in (False, True):
        answer = minimise(cost, matrix, rest, rest, low, high, whole=whole)
        if answer is None:
            break
        point = np.round(answer.point)
        fits = np.abs(answer.point - point).max(initial=0) < 1e-5
        if fits and np.array_equal(matrix @ point, rest):
            return point
    raise KitError(
        _(
            "The published figures contradict one another: no whole numbers fit all totals; "
            "compute the tables anew from the same calls."
        )
    )
