"""A good choice of cells where finding the best one would take too long.

For each cell that could be worked out, a linear program moves as few others as it can to give it
the range it needs, cells that are hidden already for nothing; the ones that moved are hidden too.
At the end, each cell that turns out to be unneeded is shown again.
"""

import numpy as np
from numpy.typing import NDArray

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.measures.suppression.exact import costs
from interview_coach.measures.suppression.problem import Bools, Floats, Problem
from interview_coach.measures.suppression.ranges import components
from interview_coach.measures.suppression.solver import minimise

__all__ = ["greedy"]

# Showing a cell again costs one look at the whole report.
TRIES = 150


def greedy(problem: Problem, tries: int = TRIES) -> Bools:
    """Choose cells to hide that protect the report, few but not provably the fewest.

    Raises
    ------
    KitError
        If hiding all that may be hidden is not enough.
    """
    hidden = problem.must.copy()
    # Only what hangs together can move together.
    movable = problem.may | ~problem.structure.printed
    tied = list(components(problem.structure.sums, movable))
    while True:
        open_cells = problem.given_away(hidden)
        if not len(open_cells):
            break
        before = hidden.sum()
        for cell in open_cells:
            rows, cells = next(one for one in tied if cell in one[1])
            hidden = hidden | _moved(problem, hidden, int(cell), rows, cells)
        if hidden.sum() == before:
            if not (problem.may & ~hidden).any():
                raise KitError(
                    _(
                        "This report cannot be protected: a small count can be worked out even where all "
                        "that may be hidden is; print fewer totals, or join small groups first."
                    )
                )
            # Fractions were enough for the program above, and are not for counts.
            weight = np.where(problem.may & ~hidden, problem.values, np.iinfo(np.int64).max)
            hidden[int(np.argmin(weight))] = True
    return _shown_again(problem, hidden, tries)


def _moved(
    problem: Problem,
    hidden: Bools,
    cell: int,
    rows: NDArray[np.intp],
    here: NDArray[np.intp],
) -> Bools:
    sums = problem.structure.sums[np.ix_(rows, here)]
    low, high = problem.bounds(problem.may)
    free = (hidden | ~problem.structure.printed)[here]
    price = np.where(free, 0.0, costs(problem)[here]) + 1e-6
    size, far = len(here), float(8 * problem.rule.spread)
    # Four non-negative moves a cell: up and down in one table that fits, up and down in another.
    room = [
        np.minimum(np.maximum(side[here], 0), far)
        for side in (high - problem.values, problem.values - low)
    ]
    width: Floats = np.zeros((1, 4 * size))
    at = int(np.flatnonzero(here == cell)[0])
    width[0, [at, size + at, 2 * size + at, 3 * size + at]] = 1, -1, -1, 1
    matrix = np.vstack([np.kron(np.eye(2), np.hstack([sums, -sums])), width])
    least = np.zeros(len(matrix))
    least[-1] = problem.rule.spread
    most = np.zeros(len(matrix))
    most[-1] = np.inf
    answer = minimise(
        np.tile(price, 4),
        matrix,
        least,
        most,
        np.zeros(4 * size),
        np.concatenate(room * 2),
        whole=False,
    )
    if answer is None:
        # Moves of this size do not suffice: give it all there is, and take back what is not needed.
        return problem.may
    moved = np.zeros(len(hidden), dtype=bool)
    moved[here] = answer.point.reshape(4, size).sum(axis=0) > 1e-6
    return np.asarray(problem.may & moved)


def _shown_again(problem: Problem, hidden: Bools, tries: int) -> Bools:
    extra = np.flatnonzero(hidden & ~problem.must)
    order = extra[np.argsort(-costs(problem)[extra], kind="stable")]
    for cell in order[:tries]:
        if problem.can_show(hidden, int(cell)):
            hidden = hidden.copy()
            hidden[cell] = False
    return hidden
