"""What goes in, and what comes out: tables, rules, words, and what is said of input that is none."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from interview_coach.errors import KitError
from interview_coach.measures.suppression import (
    TOTAL,
    Rule,
    Table,
    audit,
    hide,
    months_in_quarters,
    protect,
)


def test_a_frame_becomes_a_table_and_what_is_not_in_it_is_zero() -> None:
    frame = pd.DataFrame({"cohort": ["A", "A", "B"], "party": ["x", "y", "x"], "n": [12, 30, 20]})
    table = Table.from_frame("T", frame, ["cohort", "party"], of="missed calls")
    # A: 12 + 30 = 42; B: 20 + 0; x: 32; y: 30; all: 62.
    assert table.full().tolist() == [[12, 30, 42], [20, 0, 20], [32, 30, 62]]
    protected = protect([table])
    assert protected.tables["T"].to_dict("list") == {
        "cohort": ["A"] * 3 + ["B"] * 3 + [TOTAL] * 3,
        "party": ["x", "y", TOTAL] * 3,
        "count": [12, 30, 42, 20, 0, 20, 32, 30, 62],
        "text": ["12", "30", "42", "20", "0", "20", "32", "30", "62"],
        "reason": [""] * 9,
    }
    assert protected.why == "Nothing is hidden: none of the 9 counts is 1 to 10."
    assert audit(protected).ranges.empty


def test_a_single_number_is_a_table_too() -> None:
    frame = pd.DataFrame({"n": [3, 4]})
    protected = protect([Table.from_frame("T", frame, [], of="calls")])
    assert protected.tables["T"]["count"].isna().all()
    assert protected.tables["T"]["text"].tolist() == ["hidden: fewer than 11"]
    assert protected.why == (
        "1 of 1 counts is hidden, so that no count of 1 to 10 can be read or worked out. No choice "
        "that protects them hides fewer."
    )


def test_hidden_counts_are_missing_and_say_why_in_what_is_exported() -> None:
    table = Table("T", "calls", {"cohort": ["A", "B", "C"]}, [5, 15, 20])
    protected = protect([table])
    frame = protected.tables["T"]
    assert frame["count"].isna().tolist() == [True, True, False, False]
    assert frame["count"].dtype == "Int64"
    assert protected.hidden.to_dict("records") == [
        {"table": "T", "of": "calls", "cell": "cohort A", "reason": "hidden: fewer than 11"},
        {
            "table": "T",
            "of": "calls",
            "cell": "cohort B",
            "reason": "hidden to protect another count",
        },
    ]
    assert protected.grid("T").to_numpy().tolist()[3] == [TOTAL, "40"]


def test_no_group_at_all() -> None:
    protected = protect([Table("T", "calls", {"cohort": []}, [])])
    assert protected.tables["T"]["text"].tolist() == ["0"]
    assert protect([]).why == "Nothing is hidden: none of the 0 counts is 1 to 10."


def test_months_know_their_quarters() -> None:
    nest = months_in_quarters(["2025-12", "2026-01", "2026-03", "2026-04", "date in doubt", "x-13"])
    assert nest.levels == {
        "2025-Q4": ["2025-12"],
        "2026-Q1": ["2026-01", "2026-03"],
        "2026-Q2": ["2026-04"],
        "date in doubt": ["date in doubt"],
        "x-13": ["x-13"],
    }


@pytest.mark.parametrize(
    ("low", "high", "width", "sentence"),
    [
        (
            5,
            3,
            None,
            "The rule hides counts from 5 to 3; give 0 or 1 as the lowest and a higher "
            "highest one, such as 1 and 10.",
        ),
        (
            1,
            10,
            10,
            "The rule asks for a range of 10 around a hidden count; between 1 and 10 it can be 1 to "
            "9.",
        ),
    ],
)
def test_a_rule_that_is_none(low: int, high: int, width: int | None, sentence: str) -> None:
    with pytest.raises(KitError) as caught:
        Rule(low, high, width)
    assert str(caught.value) == sentence


NO_COUNT = (
    "Table 'T' holds something that is no count; counts are whole numbers from 0 up, with 0 where "
    "there is nothing."
)


@pytest.mark.parametrize(
    ("levels", "counts", "sentence"),
    [
        ({"a": ["x"]}, [1.5], NO_COUNT),
        ({"a": ["x"]}, [-1], NO_COUNT),
        ({"a": ["x"]}, [np.nan], NO_COUNT),
        ({"a": ["x"]}, ["many"], NO_COUNT),
        (
            {"a": ["x", "y"], "b": ["z"]},
            [1, 2],
            "Table 'T' has 2 counts, but levels for 2 by 1; give one count for each combination of "
            "levels, without totals.",
        ),
        (
            {"a": ["x", "x"]},
            [1, 2],
            "Table 'T' names a level of 'a' twice, or calls one 'total', which is the name of the "
            "margin; rename it.",
        ),
    ],
)
def test_a_table_that_is_none(levels: dict[str, list[str]], counts: Any, sentence: str) -> None:
    with pytest.raises(KitError) as caught:
        Table("T", "calls", levels, counts)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("frame", "sentence"),
    [
        ({"cohort": ["A"], "n": [1]}, "The frame of table 'T' has no column 'party'."),
        (
            {"cohort": ["A", "A"], "party": ["x", "x"], "n": [1, 2]},
            "The frame of table 'T' has two rows for the same group.",
        ),
    ],
)
def test_a_frame_that_is_no_table(frame: dict[str, list[Any]], sentence: str) -> None:
    with pytest.raises(KitError) as caught:
        Table.from_frame("T", pd.DataFrame(frame), ["cohort", "party"], of="calls")
    assert str(caught.value) == sentence


def test_tables_that_do_not_fit_each_other() -> None:
    one = Table("One", "calls", {"cohort": ["A", "B"]}, [20, 30])
    other = Table("Other", "calls", {"cohort": ["A", "B"]}, [20, 31])
    with pytest.raises(KitError) as caught:
        protect([one, other])
    assert str(caught.value) == (
        "Table 'Other' and table 'One' disagree on calls, cohort B; take both from the same calls "
        "and the same window, or say in `of` that they count different things."
    )
    with pytest.raises(KitError) as caught:
        protect([one, one])
    assert str(caught.value) == "Two tables are called 'One'; give each a name of its own."


def test_a_cell_or_table_that_is_not_there() -> None:
    table = Table("T", "calls", {"cohort": ["A"]}, [20])
    with pytest.raises(KitError) as caught:
        hide([table], {"T": [("B",)]})
    assert str(caught.value) == "There is no cell B in a table 'T'."
    with pytest.raises(KitError) as caught:
        hide([Table("T", "calls", {"cohort": ["A"]}, [0])], {"T": [("A",)]})
    assert str(caught.value) == (
        "Table 'T' hides A, which is 0 and may show; the words beside it would be untrue."
    )
    with pytest.raises(KitError) as caught:
        protect([table]).grid("U")
    assert str(caught.value) == "There is no table 'U'; there are: T."


def test_published_figures_that_contradict_one_another() -> None:
    # The words say 1 to 10 twice, and the total says 40.
    table = Table("T", "calls", {"cohort": ["A", "B"]}, [5, 6])
    chosen = hide([table], {"T": [("A",), ("B",)]})
    chosen.published[chosen.published == 11] = 40
    with pytest.raises(KitError) as caught:
        audit(chosen)
    assert str(caught.value) == (
        "The published figures contradict one another: no whole numbers fit all totals; compute the "
        "tables anew from the same calls."
    )
