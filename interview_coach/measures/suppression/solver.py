"""The only place that calls SciPy's HiGHS, loaded when a table is first protected or audited."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Answer", "minimise", "prices"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Answer:
    """The best point found, and whether it was proved to be the best."""

    point: Floats
    proved: bool


def minimise(
    cost: Floats,
    matrix: Floats,
    least: Floats,
    most: Floats,
    low: Floats,
    high: Floats,
    *,
    whole: bool,
    nodes: int | None = None,
) -> Answer | None:
    """Find the point of least cost with ``least <= matrix @ point <= most`` and bounds.

    Parameters
    ----------
    cost, low, high : array, one entry a variable
    matrix, least, most : array
        One row a condition.
    whole : bool
        Whether every variable is a whole number.
    nodes : int, optional
        Give up proving after so many branches: a number of steps, not of seconds, so that every
        machine hides the same cells.

    Returns
    -------
    Answer or None
        None where no point satisfies the conditions, or none was found in time.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csc_array

    options = {"mip_rel_gap": 0.0} | ({} if nodes is None else {"node_limit": nodes})
    conditions = LinearConstraint(csc_array(matrix), least, most) if len(matrix) else ()
    found = milp(
        cost,
        integrality=np.full(len(cost), int(whole)),
        bounds=Bounds(low, high),
        constraints=conditions,
        options=options if whole else {"presolve": False},
    )
    return None if found.x is None else Answer(np.asarray(found.x), found.status == 0)


def prices(cost: Floats, matrix: Floats, low: Floats, high: Floats) -> Floats:
    """Price each variable at the least cost with ``matrix @ point = 0`` (linear programming duality).

    Whatever other bounds are chosen, ``cost @ point == prices @ point`` for every point with
    ``matrix @ point = 0``; that is what makes a cut out of them.
    """
    from scipy.optimize import linprog

    found = linprog(
        cost,
        A_eq=matrix,
        b_eq=np.zeros(len(matrix)),
        bounds=np.column_stack([low, high]),
        method="highs",
    )
    reduced = cost - matrix.T @ found.eqlin.marginals
    reduced[np.abs(reduced) < 1e-9] = 0
    return np.asarray(reduced)
