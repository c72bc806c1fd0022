"""Rates for a funder: numerator, denominator, rate and interval go together."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.errors import KitError
from interview_coach.measures import MEASURES, wilson
from interview_coach.measures.suppression import Status, audit, protect_rates
from tests.calls_frames import many_calls
from tests.measures.suppression.worked_out import is_small, solved_for

SMALL = "hidden: fewer than 11"
OTHER = "hidden to protect another count"


def rates(measure: str = "missed_call_rate", /, **groups: tuple[int, int]) -> pd.DataFrame:
    n, total = (
        np.array([pair[0] for pair in groups.values()]),
        np.array([pair[1] for pair in groups.values()]),
    )
    low, high = wilson(n, total)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = n / total
    return pd.DataFrame(
        {
            "measure": measure,
            "group": list(groups),
            "n": n,
            "N": total,
            "value": value,
            "low": low,
            "high": high,
        }
    )


def texts(found: pd.DataFrame) -> list[str]:
    return list(found["text"])


@pytest.mark.parametrize(
    ("groups", "printed"),
    [
        pytest.param(
            {"A": (20, 60), "B": (30, 90), "C": (0, 50)},
            ["20 of 60", "30 of 90", "0 of 50"],
            id="nothing small",
        ),
        # 5 of 60 is small; the overall rate would give it away, so one more row goes with it.
        pytest.param(
            {"A": (5, 60), "B": (30, 90), "C": (20, 50)},
            [SMALL, "30 of 90", OTHER],
            id="a small numerator",
        ),
        # 55 of 60 missed: 5 were completed.
        pytest.param(
            {"A": (55, 60), "B": (30, 90), "C": (20, 50)},
            [OTHER, "30 of 90", OTHER],
            id="a small rest",
        ),
        # 0 may show, but not that it is 0 of 8.
        pytest.param(
            {"A": (0, 8), "B": (30, 90), "C": (20, 50)},
            [SMALL, "30 of 90", OTHER],
            id="a small denominator",
        ),
        pytest.param(
            {"A": (0, 0), "B": (30, 90)}, ["0 of 0", "30 of 90"], id="a group without any calls"
        ),
        pytest.param({"A": (1, 2)}, [SMALL], id="one group"),
    ],
)
def test_a_row_is_hidden_as_a_whole(groups: dict[str, tuple[int, int]], printed: list[str]) -> None:
    everything = tuple(np.sum(list(groups.values()), axis=0).tolist())
    given_frames = {"cohort": rates(**groups), "all": rates(all=everything)}
    found = protect_rates(given_frames)
    audit(found.protected).require()
    frame = found.frames["cohort"]
    assert texts(frame) == printed
    hidden = frame["reason"] != ""
    numbers = frame[["n", "N", "value", "low", "high"]]
    assert numbers[hidden].isna().all().all()
    kept = given_frames["cohort"].loc[~hidden.to_numpy(), list(numbers)]
    assert np.allclose(numbers[~hidden].astype(float), kept.astype(float), equal_nan=True)
    assert list(frame) == ["measure", "group", "n", "N", "value", "low", "high", "text", "reason"]


def test_by_party_only_the_numerator_is_hidden_for() -> None:
    # 40 missed of 200 held, by party 25, 12 and 3; the 200 are in every row. 3 and 12 are 15
    # together; the second is 11 or more, so the first is 1 to 4, which is too little: the 25 goes.
    found = protect_rates(
        {
            "missed_by": rates(candidate=(3, 200), interviewer=(25, 200), technical=(12, 200)),
            "all": rates(all=(40, 200)),
        }
    )
    audit(found.protected).require()
    assert texts(found.frames["missed_by"]) == [SMALL, OTHER, "12 of 200"]
    assert texts(found.frames["all"]) == ["40 of 200"]


def test_two_bases_are_seen_together() -> None:
    # 60 held and 64 booked say that 4 were moved or cancelled.
    found = protect_rates(
        {
            "cohort": pd.concat(
                [
                    rates(A=(20, 60), B=(30, 90), C=(30, 95)),
                    rates("missed_call_rate_booked", A=(20, 64), B=(30, 120), C=(30, 130)),
                ]
            )
        }
    )
    audit(found.protected).require()
    assert texts(found.frames["cohort"]) == [
        OTHER,
        "30 of 90",
        "30 of 95",
        "20 of 64",
        "30 of 120",
        "30 of 130",
    ]


def test_moved_and_rebooked_do_not_tell_how_many_were_both() -> None:
    # 40 + 30 - 65 = 5 were both moved and rebooked.
    found = protect_rates(
        {
            "all": pd.concat(
                [
                    rates("reschedule_rate", all=(65, 200)),
                    rates("reschedule_rate_proactive", all=(40, 200)).assign(group="all"),
                    rates("reschedule_rate_reactive", all=(30, 200)).assign(group="all"),
                ]
            )
        }
    )
    ranges = audit(found.protected).ranges.set_index("of")
    both = (
        "interviews moved before the start and interviews rebooked after a miss less interviews "
        "moved or rebooked at least once"
    )
    assert both in ranges.index
    assert ranges["safe"].all()
    # One numerator less is enough.
    assert texts(found.frames["all"]) == ["65 of 200", "40 of 200", OTHER]


def test_months_and_quarters_are_tied_without_being_told() -> None:
    months = {"2026-01": (4, 50), "2026-02": (20, 60), "2026-03": (30, 70)}
    found = protect_rates({"month": rates(**months), "quarter": rates(**{"2026-Q1": (54, 180)})})
    audit(found.protected).require()
    assert texts(found.frames["month"]) == [SMALL, OTHER, "30 of 70"]
    assert texts(found.frames["quarter"]) == ["54 of 180"]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 250))
def test_the_measures_of_any_log(seed: int, size: int) -> None:
    calls = many_calls(size, seed=seed)
    frames: Mapping[str, pd.DataFrame] = {
        str(by or "all"): pd.concat([MEASURES[name](calls, by) for name in list(MEASURES)])
        for by in (None, "cohort")
    } | {"missed_by": MEASURES["missed_call_rate"](calls, "missed_by")}
    found = protect_rates(frames)
    assert audit(found.protected).failures == ()
    for by, frame in found.frames.items():
        assert not (
            frame["n"].between(1, 10) | (by != "missed_by") & frame["N"].between(1, 10)
        ).any()
        rest = frame["N"] - frame["n"]
        assert not rest.between(1, 10).any()
    status = found.protected.status
    for cell in solved_for(found.protected):
        assert status[cell] == Status.IMPLIED
    assert not any(
        is_small(int(count), found.protected.rule)
        for count in found.protected.published[status == Status.SHOWN]
    )


@pytest.mark.parametrize(
    ("frames", "sentence"),
    [
        pytest.param(
            {"cohort": rates(A=(1, 2)).drop(columns="low")},
            "The rates by cohort have no column 'low'; give a measure's frame.",
            id="a column",
        ),
        pytest.param(
            {"cohort": pd.concat([rates(A=(1, 2)), rates(A=(1, 2))])},
            "The rates by cohort have two rows for the same measure and group.",
            id="twice",
        ),
        pytest.param(
            {"cause": rates(a=(1, 2), b=(1, 3))},
            "The rates by cause should share one denominator, and do not; leave 'cause' out of "
            "`splits` if its groups have denominators of their own.",
            id="split",
        ),
        pytest.param(
            {"cohort": rates(A=(20, 50), B=(30, 70)), "all": rates(all=(60, 120))},
            "Table 'missed calls, all' and table 'missed calls by cohort' disagree on missed calls, "
            "the total; take both from the same calls and the same window, or say in `of` that they "
            "count different things.",
            id="total",
        ),
        pytest.param(
            {
                "all": pd.concat(
                    [rates(all=(20, 50)), rates("missed_call_rate_booked", all=(20, 45))]
                )
            },
            "There are more calls completed or missed than calls whose start has passed, the total, "
            "though they should be among them; take both from the same calls.",
            id="more than the whole",
        ),
        pytest.param(
            {
                "cohort": pd.concat(
                    [rates(A=(20, 50)), rates("missed_call_rate_booked", A=(21, 60))]
                )
            },
            "The rates by cohort disagree on missed calls by cohort; take all of them from the same "
            "calls and the same window.",
            id="two counts of one thing",
        ),
    ],
)
def test_rates_that_cannot_be(frames: dict[str, pd.DataFrame], sentence: str) -> None:
    with pytest.raises(KitError) as caught:
        protect_rates(frames)
    assert str(caught.value) == sentence
