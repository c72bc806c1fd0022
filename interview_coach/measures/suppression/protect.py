"""From counts to what may be published of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.measures.suppression.exact import costs, fewest
from interview_coach.measures.suppression.heuristic import greedy
from interview_coach.measures.suppression.problem import Bools, Ints, Problem
from interview_coach.measures.suppression.protected import Layout, Protected
from interview_coach.measures.suppression.ranges import components
from interview_coach.measures.suppression.rule import Rule, Status
from interview_coach.measures.suppression.structure import Nested, Structure, Within, build
from interview_coach.measures.suppression.table import Table

__all__ = ["hide", "protect"]

# Up to so many cells that could be hidden, the fewest are looked for; a quarter of it where a table
# has three dimensions or more, whose sums cross too often (benchmarks/suppression.py).
EXACT_UP_TO = 400


def protect(
    tables: Sequence[Table],
    rule: Rule | None = None,
    *,
    within: Within | Iterable[tuple[str, str]] = (),
    nested: Iterable[Nested] = (),
    exact_up_to: int = EXACT_UP_TO,
    worth: Mapping[str, int] | None = None,
    drawn: bool = False,
) -> Protected:
    """Hide the small counts of a report, and what would give them away, and as little as possible.

    Parameters
    ----------
    tables : sequence of Table
        Every table of the report. Tables that share cells or margins are recognised by what they
        count (`Table.of`) and where; two reports, or two windows, are not looked at together.
    rule : Rule, optional
        Counts from 1 to 10 if left out.
    within, nested
        As for `build`: what is counted among what, so that the difference follows; and dimensions
        whose groups are made of another's.
    exact_up_to : int
        Beyond so many cells that could be hidden, a heuristic chooses; with a table of three
        dimensions beyond a quarter of it.
    worth : mapping of str to int, optional
        By what is counted (`Table.of`), how many other cells the count of everything is worth: with
        10 it is hidden only where eleven others would have to go in its place.
    drawn : bool
        Of choices that hide equally many, the one that hides smaller counts is taken; with this, one
        that is drawn from the counts, so that nobody can conclude from what was chosen.

    Returns
    -------
    Protected
        Safe as far as `audit` can see, which says so anew from what is published alone.

    Raises
    ------
    KitError
        If the tables contradict one another.
    """
    rule = rule or Rule()
    structure, values = build(tables, within, nested, rule.high + rule.spread)
    problem = replace(_with_reasons(structure, values, rule), worth=worth or {}, drawn=drawn)
    crossed = any(len(table.levels) > 2 for table in tables)
    limit = exact_up_to // 4 if crossed else exact_up_to
    hidden, proved = _chosen(problem, limit)
    silent = _keeping_wholes(problem, hidden)
    if silent is not None:
        other, also = _chosen(silent, limit)
        if (costs(problem) @ hidden) - (costs(silent) @ other) >= 1:
            problem, hidden, proved = silent, other, also
    return _publish(problem, tables, hidden, proved=proved)


def _chosen(problem: Problem, limit: int) -> tuple[Bools, bool]:
    """Choose the cells to hide, and say whether they are proved to be the fewest."""
    chosen = fewest(problem) if int(problem.may.sum()) <= limit else None
    return (greedy(problem), False) if chosen is None else (chosen, True)


def hide(
    tables: Sequence[Table],
    cells: Mapping[str, Iterable[Sequence[str]]],
    rule: Rule | None = None,
    *,
    within: Within | Iterable[tuple[str, str]] = (),
    nested: Iterable[Nested] = (),
) -> Protected:
    """Hide the cells that somebody chose by hand, so that `audit` can judge the choice.

    Parameters
    ----------
    tables, rule, within, nested
        As for `protect`.
    cells : mapping of table name to label tuples
        The labels of each hidden cell, one a dimension; "total" for a margin.

    Raises
    ------
    KitError
        If there is no such table or cell, or the cell may show whatever else is hidden.
    """
    rule = rule or Rule()
    structure, values = build(tables, within, nested, rule.high + rule.spread)
    hidden = np.zeros(len(values), dtype=bool)
    layouts = _layouts(structure, tables)
    for name, chosen in cells.items():
        layout = layouts.get(name)
        places = dict(zip(layout.labels, layout.cells, strict=True)) if layout else {}
        for labels in chosen:
            if tuple(labels) not in places:
                raise KitError(
                    _("There is no cell {known} in a table '{name}'.").format(
                        known=" / ".join(labels), name=name
                    )
                )
            cell = places[tuple(labels)]
            if values[cell] < rule.low:
                raise KitError(
                    _(
                        "Table '{name}' hides {known}, which is {values} and may show; the words beside it "
                        "would be untrue."
                    ).format(name=name, known=" / ".join(labels), values=values[cell])
                )
            hidden[cell] = True
    told = np.ones(len(values), dtype=bool)
    return _publish(Problem(structure, values, rule, told), tables, hidden, proved=False)


def _with_reasons(structure: Structure, values: Ints, rule: Rule) -> Problem:
    """Tell reasons apart wherever that is safe with everything hidden; else it never will be.

    Ten groups that are all "fewer than 11", with a total that is too, hold one each: there the
    words themselves give the counts away. They then name both reasons.
    """
    problem = Problem(structure, values, rule, np.ones(len(values), dtype=bool))
    open_cells = problem.given_away(problem.may)
    if len(open_cells):
        told = problem.told.copy()
        for __, cells in components(structure.sums, problem.may | ~structure.printed):
            if np.isin(cells, open_cells).any():
                told[cells] = False
        problem = replace(problem, told=told)
    return problem


def _keeping_wholes(problem: Problem, hidden: Bools) -> Problem | None:
    """Leave the reasons untold where a count of everything had to go for them.

    "Hidden to protect another count" says of 11 missed calls in a quarter that they are more than 10;
    with 14 in all, the other quarters are then known too well, and the 14 would have to go. In words
    that do not say which of the two reasons it is, the 14 may stay.

    Returns
    -------
    Problem or None
        None where no count of everything is hidden for the sake of others, or no reason is told.
    """
    whole = [not where and problem.worth.get(of, 1) > 1 for of, where in problem.structure.keys]
    gone = np.flatnonzero(np.array(whole, dtype=bool) & hidden & ~problem.must)
    told = problem.told.copy()
    movable = problem.may | ~problem.structure.printed
    for __, cells in components(problem.structure.sums, movable):
        if np.isin(cells, gone).any():
            told[cells] = False
    return None if (told == problem.told).all() else replace(problem, told=told)


def _layouts(structure: Structure, tables: Sequence[Table]) -> dict[str, Layout]:
    number = {key: at for at, key in enumerate(structure.keys)}
    layouts = {}
    for table in tables:
        printed = [(labels, number[key]) for labels, key, __, shown in table.cells() if shown]
        layouts[table.name] = Layout(
            tuple(table.levels),
            tuple(labels for labels, __ in printed),
            np.array([cell for __, cell in printed], dtype=np.int64),
        )
    return layouts


def _publish(problem: Problem, tables: Sequence[Table], hidden: Bools, proved: bool) -> Protected:
    status = problem.status(hidden)
    published = np.where(status == Status.SHOWN, problem.values, 0)
    layouts = _layouts(problem.structure, tables)
    return Protected(
        problem.structure, status, published, problem.rule, layouts, proved, bool(problem.worth)
    )
