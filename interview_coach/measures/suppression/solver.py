"""The only place that calls SciPy's HiGHS, loaded when a table is first protected or audited."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Answer", "minimise", "prices", "sparse", "together"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Answer:
    """The best point found, and whether it was proved to be the best."""

    point: Floats
    proved: bool


def sparse(matrix: Floats) -> Any:
    """Pack a matrix for `minimise`, where it is used more than once."""
    from scipy.sparse import csc_array

    return csc_array(matrix)


def together(ties: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Give columns the same number where rows tie them together, at any distance."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    rows, columns = np.nonzero(ties)
    size = len(ties)
    whole = size + ties.shape[1]
    graph = coo_array((np.ones(len(rows)), (rows, size + columns)), shape=(whole, whole))
    labels: NDArray[np.int64] = connected_components(graph, directed=False)[1].astype(np.int64)
    return labels[size:]


def minimise(
    cost: Floats,
    matrix: Any,
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
        One row a condition; `matrix` as it is, or as `sparse` packs it.
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

    options = {"mip_rel_gap": 0.0} | ({} if nodes is None else {"node_limit": nodes})
    packed = sparse(matrix) if isinstance(matrix, np.ndarray) else matrix
    conditions = LinearConstraint(packed, least, most) if packed.shape[0] else ()
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
