"""The fewest cells that protect a report, by cutting planes.

A small program chooses the cells to hide. An attacker's linear programs look for a cell that could
still be worked out; their dual prices say which cells would have to be hidden to prevent it, which
is one more condition for the next choice. The first choice that withstands is the best one. This is
the method of M. Fischetti and J. J. Salazar, "Solving the Cell Suppression Problem on Tabular Data
with Linear Constraints", Management Science 47 (2001), with one change: a choice that withstands
in fractions, but not in whole numbers, is cut off as well.
"""

import hashlib

import numpy as np
from numpy.typing import NDArray

from interview_coach.measures.suppression.problem import Bools, Problem
from interview_coach.measures.suppression.rule import Status
from interview_coach.measures.suppression.solver import minimise, prices

__all__ = ["costs", "fewest"]

Floats = NDArray[np.float64]

# Far more than any report of a coach's size has needed; then the heuristic takes over.
ROUNDS = 60
NODES = 5_000


def costs(problem: Problem) -> Floats:
    """Give what hiding each cell costs: 1, and a little, so that ties are decided.

    All the little costs together are below 1, so that none is worth a cell. They grow with the size
    of a count; or, where the problem says so, they are drawn from all counts together: the same
    report then always hides the same cells, and which of two that would do says nothing of their
    size. The count of everything, which is in no group, costs as much as the problem says.
    """
    little = _drawn(problem) if problem.drawn else np.log1p(problem.values.astype(np.float64))
    worth = [1 if where else problem.worth.get(of, 1) for of, where in problem.structure.keys]
    price = np.array(worth) + 0.5 * little / (little.sum() + 1)
    return np.asarray(problem.structure.printed * price)


def _drawn(problem: Problem) -> Floats:
    keys = [(of, sorted(where)) for of, where in problem.structure.keys]
    whole = repr(keys).encode() + problem.values.tobytes()
    seed = int.from_bytes(hashlib.sha256(whole).digest()[:8], "big")
    return np.random.default_rng(seed).random(len(problem.values))


def fewest(problem: Problem) -> Bools | None:
    """Choose the fewest cells to hide.

    Returns
    -------
    array of bool or None
        The cells to hide; None where it was not proved within the limits.
    """
    must, may = problem.must, problem.may
    choice = may & ~must
    count = int(choice.sum())
    column = np.where(choice, np.cumsum(choice) - 1, -1)
    price = costs(problem)[choice]
    rows, least = _lone_cells(problem, column, must)
    for _ in range(ROUNDS):
        chosen = np.zeros(count, dtype=bool)
        if rows and count:
            answer = minimise(
                price,
                np.array(rows),
                np.array(least),
                np.full(len(rows), np.inf),
                np.zeros(count),
                np.ones(count),
                whole=True,
                nodes=NODES,
            )
            if answer is None or not answer.proved:
                return None
            chosen = answer.point > 0.5
        hidden = must.copy()
        hidden[choice] = chosen
        open_cells = problem.given_away(hidden)
        if not len(open_cells):
            return hidden
        for cell in open_cells:
            row, limit = _cut(problem, hidden, column, int(cell), chosen)
            rows.append(row)
            least.append(limit)
    return None


def _lone_cells(
    problem: Problem, column: NDArray[np.intp], must: Bools
) -> tuple[list[Floats], list[float]]:
    """Ask that no sum has a single unknown: the first conditions, which need no solver to find."""
    rows: list[Floats] = []
    least: list[float] = []
    always = must | ~problem.structure.printed
    small = (problem.values >= problem.rule.low) & (problem.values <= problem.rule.high)
    for line in problem.structure.sums != 0:
        inside = np.flatnonzero(line & (always | (column >= 0)))
        for cell in inside:
            others = inside[inside != cell]
            # What no table prints needs company only where it is small.
            if always[others].any() or not (problem.structure.printed[cell] or small[cell]):
                continue
            row = np.zeros(column.max(initial=-1) + 1)
            row[column[others]] = 1
            if not always[cell]:
                row[column[cell]] = -1
            rows.append(row)
            least.append(1.0 if always[cell] else 0.0)
    return rows, least


def _cut(
    problem: Problem, hidden: Bools, column: NDArray[np.intp], cell: int, chosen: Bools
) -> tuple[Floats, float]:
    """Say what must be hidden besides, for a cell to be protected."""
    movable = (column >= 0) | hidden | ~problem.structure.printed
    # How far each cell could move from its true count, were it hidden.
    low, high = problem.bounds(movable & problem.structure.printed)
    down, up = low - problem.values, high - problem.values
    unknown = problem.status(hidden) != Status.SHOWN
    far = float(problem.values.sum() + problem.rule.high + 1) * 4
    now_down = np.where(unknown, np.maximum(down, -far), 0.0)
    now_up = np.where(unknown, np.minimum(up, far), 0.0)
    worth = np.zeros(len(hidden))
    for sign in (1.0, -1.0):
        cost = np.zeros(len(hidden))
        cost[cell] = sign
        price = prices(cost, problem.structure.sums, now_down, now_up)
        # inf where a free move is unlimited; 0 * inf is what a cell without a price adds: nothing.
        with np.errstate(invalid="ignore"):
            gain = np.where(price < 0, -price * up, -price * down)
        worth += np.where((price == 0) | ~movable, 0.0, gain)
    own = column[cell]
    fixed = (column < 0) | (column == own if own >= 0 else False)
    missing = problem.rule.spread - worth[fixed].sum()
    row = np.zeros(len(chosen))
    if missing > 1e-6:
        row[column[~fixed]] = np.minimum(worth[~fixed], missing)
        row = np.minimum(row / missing + 1e-9, 1.0)
        row[row < 1e-8] = 0
    if missing <= 1e-6 or row @ chosen > 1 - 1e-6:
        # Safe in fractions only: at least one cell more has to go.
        row = (~chosen).astype(np.float64)
    if own >= 0:
        row[own] = -1.0
        return row, 0.0
    return row, 1.0
