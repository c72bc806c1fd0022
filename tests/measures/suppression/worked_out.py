"""Two ways to find hidden counts that share nothing with the audit: trying all, and plain algebra."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from interview_coach.measures.suppression import Protected, Rule, Status

Sums = list[tuple[int, list[int]]]


def allowed(protected: Protected, cell: int, cap: int) -> range:
    """The values that the words beside a cell leave open, up to a cap."""
    rule = protected.rule
    return {
        Status.SMALL: range(rule.low, rule.high + 1),
        Status.COMPLEMENT: range(rule.high + 1, cap + 1),
        Status.EITHER: range(rule.low, cap + 1),
        Status.IMPLIED: range(cap + 1),
    }[Status(protected.status[cell])]


def tried(protected: Protected, cap: int) -> dict[int, tuple[int, int]]:
    """Try every combination of whole numbers; give the least and most of each unknown cell."""
    sums = [
        (int(np.argmax(line)), np.flatnonzero(line < 0).tolist())
        for line in protected.structure.sums
    ]
    unknown = np.flatnonzero(protected.status != Status.SHOWN).tolist()
    choices = {cell: allowed(protected, cell, cap) for cell in unknown}
    known = {
        cell: int(count) for cell, count in enumerate(protected.published) if cell not in choices
    }
    found: dict[int, tuple[int, int]] = {}
    for full in _fill(known, choices, sums):
        for cell in unknown:
            low, high = found.get(cell, (full[cell], full[cell]))
            found[cell] = min(low, full[cell]), max(high, full[cell])
    return found


def _fill(known: dict[int, int], choices: dict[int, range], sums: Sums) -> Iterator[dict[int, int]]:
    known = dict(known)
    changed = True
    while changed:
        changed = False
        for whole, parts in sums:
            open_cells = [cell for cell in (whole, *parts) if cell not in known]
            if len(open_cells) > 1:
                continue
            rest = known.get(whole, 0) - sum(known.get(part, 0) for part in parts)
            if not open_cells:
                if rest:
                    return
                continue
            cell = open_cells[0]
            value = -rest if cell == whole else rest
            if value not in choices[cell]:
                return
            known[cell], changed = value, True
    left = [cell for cell in choices if cell not in known]
    if not left:
        yield known
        return
    shortest = min(left, key=lambda cell: len(choices[cell]))
    for value in choices[shortest]:
        yield from _fill({**known, shortest: value}, choices, sums)


def solved_for(protected: Protected) -> list[int]:
    """List the unknown cells that the published sums determine, as equations alone."""
    unknown = np.flatnonzero(protected.status != Status.SHOWN)
    matrix: NDArray[np.float64] = protected.structure.sums[:, unknown]
    if not len(unknown):
        return []
    _, strength, directions = np.linalg.svd(matrix, full_matrices=True)
    rank = int((strength > 1e-9).sum())
    freedom = np.abs(directions[rank:]).max(axis=0, initial=0)
    return [int(cell) for cell, moves in zip(unknown, freedom, strict=True) if moves < 1e-9]


def is_small(count: int, rule: Rule) -> bool:
    return rule.low <= count <= rule.high
