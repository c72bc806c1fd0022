"""What must hold for every report: nothing small is shown, and nothing hidden can be worked out."""

from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interview_coach.measures.suppression import (
    Protected,
    Rule,
    Status,
    Table,
    audit,
    hide,
    protect,
)
from tests.measures.suppression.worked_out import is_small, solved_for, tried

# In turn: nearly empty, as small offices have them; near the edge of the rule; mixed; large.
COUNTS = st.one_of(st.integers(0, 2), st.integers(9, 13), st.integers(0, 30), st.integers(0, 10**6))
NAMES = ("cohort", "channel", "party")


@st.composite
def reports(draw: st.DrawFn) -> list[Table]:
    """One table with one, two or three dimensions; or several that one set of calls is counted in."""
    sizes = draw(
        st.one_of(
            st.tuples(st.integers(1, 5)),
            st.tuples(st.integers(1, 3), st.integers(1, 3)),
            st.tuples(st.integers(1, 2), st.integers(1, 2), st.integers(1, 2)),
        )
    )
    cells = draw(st.lists(COUNTS, min_size=int(np.prod(sizes)), max_size=int(np.prod(sizes))))
    counts = np.array(cells).reshape(sizes)
    levels = {
        name: [f"{name[0]}{at}" for at in range(size)]
        for name, size in zip(NAMES, sizes, strict=False)
    }
    if len(sizes) == 1 or draw(st.booleans()):
        return [Table("T", "calls", levels, counts, margins=draw(st.booleans()))]
    # Each table leaves a dimension out; what they share ties them together.
    return [
        Table(
            f"Without {left_out}",
            "calls",
            {name: levels[name] for name in levels if name != left_out},
            counts.sum(axis=axis),
            margins=draw(st.booleans()),
        )
        for axis, left_out in enumerate(levels)
    ]


def check(protected: Protected, tables: list[Table]) -> None:
    rule = protected.rule
    for table in tables:
        shown = protected.tables[table.name]
        printed = [count for _, _, count, is_printed in table.cells() if is_printed]
        for count, published, text in zip(printed, shown["count"], shown["text"], strict=True):
            hidden = text.startswith("hidden")
            assert (hidden and published is pd.NA and count > 0) or text == str(count)
            assert not (is_small(count, rule) and not hidden)
    # Nothing hidden is kept in what is handed on.
    assert not protected.published[protected.status != Status.SHOWN].any()
    found = audit(protected)
    assert found.failures == ()
    truth = {key: count for table in tables for _, key, count, _ in table.cells()}
    unknown = np.flatnonzero(protected.status != Status.SHOWN)
    ends = zip(found.ranges["low"].tolist(), found.ranges["high"].tolist(), strict=True)
    for cell, (low, high) in zip(unknown.tolist(), ends, strict=True):
        # The truth lies in its range, or the range would be worth nothing.
        assert low <= truth[protected.structure.keys[cell]] <= high
    for cell in solved_for(protected):
        key = protected.structure.keys[cell]
        assert protected.status[cell] == Status.IMPLIED and not is_small(truth[key], rule)


@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports())
def test_nothing_can_be_worked_out(tables: list[Table]) -> None:
    check(protect(tables), tables)


@settings(max_examples=60, deadline=None)
@given(reports())
def test_nor_where_the_heuristic_chose(tables: list[Table]) -> None:
    quick, best = protect(tables, exact_up_to=0), protect(tables)
    check(quick, tables)
    assert best.fewest
    assert len(best.hidden) <= len(quick.hidden)


@settings(max_examples=60, deadline=None)
@given(reports(), st.integers(0, 1), st.integers(2, 15), st.data())
def test_under_any_rule(tables: list[Table], low: int, high: int, data: st.DataObject) -> None:
    rule = Rule(low, high, data.draw(st.integers(1, high - low)))
    protected = protect(tables, rule)
    assert audit(protected).failures == ()
    for table in tables:
        frame = protected.tables[table.name]
        assert not frame["count"].between(low, high).any()


@st.composite
def chosen_by_hand(draw: st.DrawFn) -> tuple[Protected, int]:
    """A tiny table in which somebody hid cells, wisely or not, and a count that none exceeds."""
    shape = draw(st.sampled_from([(2,), (3,), (4,), (2, 2), (2, 3)]))
    cells = draw(
        st.lists(st.integers(0, 4), min_size=int(np.prod(shape)), max_size=int(np.prod(shape)))
    )
    levels = {
        name: [f"{name[0]}{at}" for at in range(size)]
        for name, size in zip(NAMES, shape, strict=False)
    }
    table = Table("T", "calls", levels, np.array(cells).reshape(shape))
    inner = list(product(*levels.values()))
    # Zeros are never hidden: the words would say something untrue of them.
    full = {labels: count for labels, _, count, _ in table.cells()}
    hidden = [labels for labels in inner if full[labels] and draw(st.booleans())]
    margins = [labels for labels in full if labels not in inner and full[labels]]
    hidden += [labels for labels in margins[:-1] if draw(st.booleans())] if len(shape) > 1 else []
    # The grand total shows, so that trying all values comes to an end.
    return hide([table], {"T": hidden}, Rule(1, 2)), int(table.full().ravel()[-1])


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(chosen_by_hand())
def test_the_audit_agrees_with_trying_every_value(case: tuple[Protected, int]) -> None:
    protected, total = case
    by_trying = tried(protected, total)
    found = audit(protected)
    unknown = np.flatnonzero(protected.status != Status.SHOWN).tolist()
    by_audit: dict[int, tuple[Any, Any]] = dict(
        zip(unknown, zip(found.ranges["low"], found.ranges["high"], strict=True), strict=True)
    )
    assert by_audit == by_trying
    narrow = [cell for cell, (low, high) in by_trying.items() if high - low < 1]
    assert len(found.failures) == len(narrow)


def test_three_dimensions_where_fractions_would_go_further() -> None:
    """In three dimensions the sums can leave more room to fractions than to counts."""
    generator = np.random.default_rng(3)
    levels = {name: [f"{name[0]}{at}" for at in range(3)] for name in NAMES}
    for _ in range(6):
        counts = generator.integers(1, 4, (3, 3, 3))
        table = Table("T", "calls", levels, counts)
        inner = list(product(*levels.values()))
        chosen = [labels for labels in inner if generator.random() < 0.6]
        protected = hide([table], {"T": chosen}, Rule(1, 3))
        found = audit(protected)
        by_trying = tried(protected, int(counts.sum()))
        assert [tuple(row) for row in found.ranges[["low", "high"]].to_numpy().tolist()] == [
            by_trying[cell] for cell in np.flatnonzero(protected.status != Status.SHOWN).tolist()
        ]


@pytest.mark.parametrize("exact_up_to", [0, 400])
def test_the_same_report_is_hidden_the_same_way_each_time(exact_up_to: int) -> None:
    # Two prints of one report with different cells hidden would give each other's away.
    counts = np.random.default_rng(1).integers(0, 40, (5, 4))
    levels = {"cohort": list("abcde"), "channel": list("wxyz")}
    prints = [
        protect([Table("T", "calls", levels, counts)], exact_up_to=exact_up_to) for _ in range(2)
    ]
    assert np.array_equal(prints[0].status, prints[1].status)
