"""A good choice of cells where finding the best one would take too long.

For each cell that could be worked out, a linear program moves as few others as it can to give it
the range it needs, cells that are hidden already for nothing; the ones that moved are hidden too.
At the end, each cell that turns out to be unneeded is shown again.
"""

import numpy as np

from interview_coach.errors import KitError
from interview_coach.measures.suppression.exact import costs
from interview_coach.measures.suppression.problem import Bools, Floats, Problem
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
    while True:
        open_cells = problem.given_away(hidden)
        if not len(open_cells):
            break
        before = hidden.sum()
        for cell in open_cells:
            hidden = hidden | _moved(problem, hidden, int(cell))
        if hidden.sum() == before:
            if not (problem.may & ~hidden).any():
                raise KitError(
                    "This report cannot be protected: a small count can be worked out even where all "
                    "that may be hidden is; print fewer totals, or join small groups first."
                )
            # Fractions were enough for the program above, and are not for counts.
            weight = np.where(problem.may & ~hidden, problem.values, np.iinfo(np.int64).max)
            hidden[int(np.argmin(weight))] = True
    return _shown_again(problem, hidden, tries)


def _moved(problem: Problem, hidden: Bools, cell: int) -> Bools:
    free = hidden | ~problem.structure.printed
    low, high = problem.bounds(problem.may)
    down, up = problem.values - low, high - problem.values
    movable = problem.may | ~problem.structure.printed
    price = np.where(free, 0.0, costs(problem)) + 1e-6
    size, far = len(hidden), float(8 * problem.rule.spread)
    # Four non-negative moves a cell: up and down in one table that fits, up and down in another.
    room = [np.where(movable, np.minimum(np.maximum(side, 0), far), 0.0) for side in (up, down)]
    sums, nothing = problem.structure.sums, np.zeros_like(problem.structure.sums)
    width: Floats = np.zeros((1, 4 * size))
    width[0, [cell, size + cell, 2 * size + cell, 3 * size + cell]] = 1, -1, -1, 1
    matrix = np.vstack(
        [
            np.hstack([sums, -sums, nothing, nothing]),
            np.hstack([nothing, nothing, sums, -sums]),
            width,
        ]
    )
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
    return np.asarray(problem.may & (answer.point.reshape(4, size).sum(axis=0) > 1e-6))


def _shown_again(problem: Problem, hidden: Bools, tries: int) -> Bools:
    extra = np.flatnonzero(hidden & ~problem.must)
    order = extra[np.argsort(-problem.values[extra], kind="stable")]
    for cell in order[:tries]:
        fewer = hidden.copy()
        fewer[cell] = False
        if not len(problem.given_away(fewer)):
            hidden = fewer
    return hidden
