"""Tables small enough to protect with a pencil; the arithmetic stands beside."""

from itertools import chain, combinations

import numpy as np
import pytest

from interview_coach.errors import KitError
from interview_coach.measures.suppression import (
    Nested,
    Protected,
    Rule,
    Table,
    audit,
    hide,
    months_in_quarters,
    protect,
)

SMALL = "hidden: fewer than 11"
OTHER = "hidden to protect another count"
EITHER = "hidden: fewer than 11, or to protect a count that is"


def cohorts(*counts: int, **more: bool) -> Table:
    names = ["Spring", "Summer", "Autumn", "Winter", *map(str, range(5, 20))][: len(counts)]
    return Table("Missed calls by cohort", "missed calls", {"cohort": names}, counts, **more)


def texts(protected: Protected, name: str = "Missed calls by cohort") -> list[str]:
    return list(protected.tables[name]["text"])


def ranges(protected: Protected) -> list[tuple[float, float]]:
    found = audit(protected)
    assert found.failures == () and found.ranges["safe"].all()
    return list(zip(found.ranges["low"], found.ranges["high"], strict=True))


@pytest.mark.parametrize(
    ("counts", "printed", "open_to"),
    [
        # 5 is small; one more must go, and 15 is the smallest loss. The two are 20 together, and
        # the second is no small count: 11 to 19, which leaves 1 to 9 for the first.
        pytest.param(
            (5, 15, 20), [SMALL, OTHER, "20", "40"], [(1, 9), (11, 19)], id="one small count"
        ),
        # 1 and 11 are 12 together; if the second is 11 or more, as the words say, the first is 1.
        # 1 and 30 are 31 together: 1 to 10, and 21 to 30.
        pytest.param(
            (1, 11, 30),
            [SMALL, "11", OTHER, "42"],
            [(1, 10), (21, 30)],
            id="what the words give away counts",
        ),
        # Two counts of 1 to 10 that are 20 together are 10 and 10: the total has to go too.
        pytest.param(
            (10, 10), [SMALL, SMALL, OTHER], [(1, 10), (1, 10), (11, 20)], id="ten and ten"
        ),
        # 3 + 4 = 7: each of the two is at least 1, and all are 10 at most: 1 to 9, and 2 to 10.
        pytest.param(
            (3, 4), [SMALL, SMALL, SMALL], [(1, 9), (1, 9), (2, 10)], id="a total that is small"
        ),
        # 3 + 8 = 11: with 1 to 10 each.
        pytest.param((3, 8), [SMALL, SMALL, "11"], [(1, 10), (1, 10)], id="all cells small"),
        pytest.param((7,), [SMALL, SMALL], [(1, 10), (1, 10)], id="one group, small"),
        pytest.param((30,), ["30", "30"], [], id="one group, large"),
        pytest.param((0, 0, 0), ["0", "0", "0", "0"], [], id="all zero"),
        pytest.param((0, 40), ["0", "40", "40"], [], id="zero may show"),
        # A zero beside it helps nobody: the total is the same count, and small as well.
        pytest.param((0, 4), ["0", SMALL, SMALL], [(1, 10), (1, 10)], id="small beside zero"),
        # "Fewer than 11" ten times, under a total of fewer than 11, could only be ten ones.
        pytest.param((1,) * 10, [EITHER] * 11, [(1, np.inf)] * 10 + [(10, np.inf)], id="ten ones"),
    ],
)
def test_a_list_with_its_total(
    counts: tuple[int, ...], printed: list[str], open_to: list[tuple[float, float]]
) -> None:
    protected = protect([cohorts(*counts)])
    assert texts(protected) == printed
    assert sorted(ranges(protected)) == sorted(open_to)
    assert protected.fewest


def test_a_list_without_total_hides_only_the_small() -> None:
    protected = protect([cohorts(5, 15, 20, margins=False)])
    assert texts(protected) == [SMALL, "15", "20"]
    # The total is 36 to 45 for whoever asks: nothing small follows.
    assert ranges(protected) == [(1, 10), (36, 45)]


def test_two_by_two() -> None:
    # 5 20 | 25     With 5 + t the others are 20 - t, 30 - t and 40 + t. The first is 1 to 10, so t
    # 30 40 | 70    is -4 to 5, and no other cell limits it more. Fewer than four cannot do: a row or
    # 35 60 | 95    a column would have a single hidden count.
    table = Table("T", "calls", {"cohort": ["A", "B"], "channel": ["x", "y"]}, [[5, 20], [30, 40]])
    protected = protect([table])
    assert ranges(protected) == [(1, 10), (15, 24), (25, 34), (36, 45)]
    assert protected.grid("T").to_numpy().tolist() == [
        ["A", SMALL, OTHER, "25"],
        ["B", OTHER, OTHER, "70"],
        ["total", "35", "60", "95"],
    ]
    assert protected.why == (
        "4 of 9 counts are hidden, so that no count of 1 to 10 can be read or worked out. No "
        "choice that protects them hides fewer."
    )


def test_a_cube() -> None:
    # One small count among eight, all sums along all edges printed: whatever moves up by t moves its
    # neighbours down by t, so all eight are hidden, and again t is -4 to 5.
    counts = np.full((2, 2, 2), 20)
    counts[0, 0, 0] = 5
    levels = {"cohort": ["A", "B"], "channel": ["x", "y"], "party": ["p", "q"]}
    protected = protect([Table("T", "calls", levels, counts)])
    assert sorted(ranges(protected)) == [(1, 10)] + [(15, 24)] * 4 + [(16, 25)] * 3
    assert list(protected.grid("T").columns) == ["cohort", "channel", "p", "q", "total"]


# Federal Committee on Statistical Methodology, "Report on Statistical Disclosure Limitation
# Methodology", Statistical Policy Working Paper 22 (1994), chapter II: delinquent children by
# county and education of the head of the household; counts under 5 are hidden.
WORKING_PAPER_22 = Table(
    "Children",
    "delinquent children",
    {
        "county": ["Alpha", "Beta", "Gamma", "Delta"],
        "education": ["low", "medium", "high", "very high"],
    },
    [[15, 1, 3, 1], [20, 10, 10, 15], [3, 10, 10, 2], [12, 14, 7, 2]],
)


def test_the_textbook_choice_that_fails() -> None:
    # Two or more hidden in each row and column, and yet: rows Alpha and Beta less columns medium and
    # high leave one unknown. 20 + 55 - 35 - 30 = 10 is made of 15 + 20 + 15 shown, less 10 + 14 + 10
    # + 7 shown, and Alpha's "very high": 10 - 50 + 41 = 1.
    chosen = [
        ("Alpha", "medium"),
        ("Alpha", "high"),
        ("Alpha", "very high"),
        ("Beta", "medium"),
        ("Beta", "high"),
        ("Gamma", "low"),
        ("Gamma", "very high"),
        ("Delta", "low"),
        ("Delta", "very high"),
    ]
    found = audit(hide([WORKING_PAPER_22], {"Children": chosen}, Rule(1, 4)))
    assert found.failures[0] == (
        "Table 'Children', delinquent children, county Alpha, education very high: the hidden count "
        "can be worked out: it is 1; hide another count in the same sum, or leave the total out."
    )
    assert len(found.failures) == 1
    with pytest.raises(KitError) as caught:
        found.require()
    assert str(caught.value) == f"This report must not be published: {found.failures[0]}"


def test_the_textbook_choice_that_holds() -> None:
    # The paper's own protected table hides nine counts as well, in the same places.
    protected = protect([WORKING_PAPER_22], Rule(1, 4))
    assert [
        [text if text.isdigit() else "D" for text in row[1:]]
        for row in protected.grid("Children").to_numpy().tolist()
    ] == [
        ["15", "D", "D", "D", "20"],
        ["20", "10", "10", "15", "55"],
        ["D", "D", "10", "D", "25"],
        ["D", "14", "D", "D", "35"],
        ["50", "35", "30", "20", "135"],
    ]
    assert protected.fewest
    audit(protected).require()


def test_a_range_that_is_too_narrow_says_so() -> None:
    # Two counts of 1 to 10 that are 19 together are 9 and 10; which is which stays open, no more.
    chosen = hide([cohorts(9, 10)], {"Missed calls by cohort": [("Spring",), ("Summer",)]})
    found = audit(chosen)
    assert found.failures == tuple(
        f"Table 'Missed calls by cohort', missed calls, cohort {cohort}: the hidden count can only be "
        "9 to 10, and the rule asks for a range of 4 or more; hide another count in the same sum, or "
        "leave the total out."
        for cohort in ("Spring", "Summer")
    )
    with pytest.raises(KitError) as caught:
        found.require()
    assert str(caught.value) == (
        f"This report must not be published: {found.failures[0]} (1 more like this.)"
    )


def test_tables_that_share_cells_hide_them_alike() -> None:
    # Spring is 8 in both tables; hidden in one and shown in the other it would not be hidden.
    split = Table(
        "By cohort and channel",
        "missed calls",
        {"cohort": ["Spring", "Summer", "Autumn"], "channel": ["phone", "video"]},
        [[8, 0], [20, 30], [40, 50]],
    )
    by_cohort = cohorts(8, 50, 90)
    protected = protect([by_cohort, split])
    audit(protected).require()
    grid = protected.grid("By cohort and channel")
    assert texts(protected) == [*grid["total"]]
    # Spring and Summer are hidden with their sums; the zero shows.
    assert grid["video"].tolist()[0] == "0"
    # Somebody who looks at the lists one by one protects each, and gives it away across.
    alone = hide(
        [by_cohort, split],
        {
            "Missed calls by cohort": [("Spring",), ("Summer",)],
            "By cohort and channel": [("Spring", "phone"), ("Autumn", "phone")],
        },
    )
    assert len(audit(alone).failures) == 4


def test_months_are_not_given_away_by_quarters() -> None:
    months = Table(
        "Month",
        "missed calls",
        {"month": ["2026-01", "2026-02", "2026-03", "2026-04", "date in doubt"]},
        [4, 20, 30, 60, 12],
        margins=False,
    )
    quarters = Table(
        "Quarter",
        "missed calls",
        {"quarter": ["2026-Q1", "2026-Q2", "date in doubt"]},
        [54, 60, 12],
    )
    nested = [months_in_quarters(months.levels["month"])]
    naive = hide([months, quarters], {"Month": [("2026-01",)]}, nested=nested)
    assert audit(naive).failures == (
        # 54 - 20 - 30 = 4.
        "Table 'Month', missed calls, month 2026-01: the hidden count can be worked out: it is 4; "
        "hide another count in the same sum, or leave the total out.",
    )
    protected = protect([months, quarters], nested=nested)
    assert texts(protected, "Month") == [SMALL, OTHER, "30", "60", "12"]
    assert texts(protected, "Quarter") == ["54", "60", "12", "126"]


def test_a_difference_between_two_counts_is_guarded_too() -> None:
    # 100 held and 95 missed say that 5 were completed.
    held = Table("Held", "held", {"cohort": ["A", "B"]}, [100, 200], margins=False)
    missed = Table("Missed", "missed", {"cohort": ["A", "B"]}, [95, 60], margins=False)
    shown = hide([held, missed], {}, within=[("missed", "held")])
    assert audit(shown).failures == (
        "Between the tables, held less missed, cohort A: the count that no table prints can be "
        "worked out: it is 5; hide another count in the same sum, or leave the total out.",
    )
    protected = protect([held, missed], within=[("missed", "held")])
    assert texts(protected, "Missed") == [OTHER, "60"]
    assert texts(protected, "Held") == ["100", "200"]


@pytest.mark.parametrize(
    "counts", [[[5, 20, 15], [30, 40, 12]], [[3, 0], [25, 40], [12, 30]], [[10, 10], [11, 12]]]
)
def test_no_choice_hides_fewer(counts: list[list[int]]) -> None:
    rows, columns = [f"r{at}" for at in range(len(counts))], ["a", "b", "c"][: len(counts[0])]
    table = Table("T", "calls", {"row": rows, "column": columns}, counts)
    protected = protect([table])
    assert protected.fewest
    best = len(protected.hidden)
    cells = {labels: count for labels, _, count, _ in table.cells()}
    must = [cell for cell, count in cells.items() if 1 <= count <= 10]
    may = [cell for cell, count in cells.items() if count > 10]
    smaller = chain.from_iterable(combinations(may, size) for size in range(best - len(must)))
    for chosen in smaller:
        assert audit(hide([table], {"T": [*must, *chosen]})).failures, chosen


def test_a_rule_of_ones_own() -> None:
    protected = protect([cohorts(4, 6, 30)], Rule(1, 5))
    # 4 and 6 are 10 together, and the second is 6 or more: 1 to 4, wider than half of 5 - 1.
    assert texts(protected) == ["hidden: fewer than 6", OTHER, "30", "40"]
    # To leave 1 to 5, the 30 has to go instead; and where zero may not show, zeros go too.
    assert texts(protect([cohorts(4, 6, 30)], Rule(1, 5, 4)))[1:3] == ["6", OTHER]
    assert texts(protect([cohorts(0, 4, 30)], Rule(0, 5)))[:2] == ["hidden: fewer than 6"] * 2


def test_what_nested_says_must_add_up() -> None:
    months = Table("Month", "calls", {"month": ["1", "2"]}, [20, 30], margins=False)
    quarters = Table("Quarter", "calls", {"quarter": ["Q1"]}, [50])
    with pytest.raises(KitError) as caught:
        protect([months, quarters], nested=[Nested("month", "quarter", {"Q1": ["1"]})])
    assert str(caught.value) == (
        "The parts of calls, quarter Q1 do not add up to it; give every group its row, also 'not "
        "recorded'."
    )


def test_the_count_of_everything_stays_where_only_the_words_would_cost_it() -> None:
    # Of 1 + 11 + 2 = 14 the 11 "protects", so it is more than 10, and the two others are 3 together:
    # told so, the 14 would have to go. In words that leave the reason open it may stay.
    table = cohorts(1, 11, 2)
    assert texts(protect([table]))[-1] != "14"
    protected = protect([table], worth={"missed calls": 40})
    assert texts(protected) == [EITHER, EITHER, EITHER, "14"]
    assert ranges(protected) == [(1, 12), (1, 12), (1, 12)]
    # Where they cost nothing, the reasons are told as always.
    assert texts(protect([cohorts(10, 1)], worth={"missed calls": 40})) == [SMALL, SMALL, "11"]
