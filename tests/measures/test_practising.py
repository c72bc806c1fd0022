"""Practice beside outcomes, by hand: the missed calls of `hand`, each cohort's of one client."""

import re
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.errors import KitError
from interview_coach.measures import practice_beside_recovery
from interview_coach.measures.words import practice_sentence
from tests.calls_frames import many_calls
from tests.measures.hand import AS_OF, STORIES

# Interviews A and B are Ann's, C Ben's, D Cleo's, E Dan's; F to I Eve's, who has not agreed.
CALLS = STORIES.assign(
    client_id=STORIES["interview_id"].map(
        {"A": "Ann", "B": "Ann", "C": "Ben", "D": "Cleo", "E": "Dan"}
    )
)
PRACTICE = pd.DataFrame(
    [("Ann", 0.8), ("Ben", 0.49), ("Cleo", 0.5), ("Dan", 0.79), ("Zoe", 1.0)],
    columns=["client_id", "score"],
).assign(coach="me", attempts=3)


def test_the_classes_of_score() -> None:
    # 14 days old: Ann A1 B1 B2, all recovered; Ben C1 and Cleo D1, not. Younger: D2 and E1.
    rates, difference = practice_beside_recovery(PRACTICE, CALLS, as_of=AS_OF)
    columns = ["group", "n", "N", "pending", "left_out", "clients"]
    assert rates[columns].to_numpy().tolist() == [
        ["under half", 0, 1, 0, 0, 1],
        ["half to 80%", 0, 1, 2, 0, 1],
        ["80% or more", 3, 3, 0, 0, 1],
    ]
    assert difference[["group", "against", "n", "N_against", "value"]].to_numpy().tolist() == [
        ["80% or more", "under half", 3, 1, 1.0]
    ]


def test_two_coaches_may_use_the_same_id() -> None:
    of_another = PRACTICE.assign(coach="Bea")
    rates, _ = practice_beside_recovery(of_another, CALLS, as_of=AS_OF)
    assert rates["N"].tolist() == [0, 0, 0]
    rates, _ = practice_beside_recovery(of_another, CALLS.drop(columns="coach"), as_of=AS_OF)
    assert rates["N"].tolist() == [1, 1, 3]


def test_a_window_and_other_days() -> None:
    rates, _ = practice_beside_recovery(
        PRACTICE, CALLS, as_of=AS_OF, days=7, start="2026-03-10", end="2026-03-20"
    )
    # B2, and E1, which is old enough for seven days.
    assert rates[["n", "N"]].to_numpy().tolist() == [[0, 0], [1, 1], [1, 1]]


def test_the_sentence_by_hand() -> None:
    said = practice_sentence(practice_beside_recovery(PRACTICE, CALLS, as_of=AS_OF), 14)
    assert said == (
        "Association, not cause (5 missed calls of 3 clients who practised): scored under half, 0 "
        "of 1 missed call was recovered within 14 days (few cases: 0%, between 0% and 79%); scored "
        "half to 80%, 0 of 1 missed call was recovered within 14 days (few cases: 0%, between 0% "
        "and 79%); scored 80% or more, 3 of 3 missed calls were recovered within 14 days (few "
        "cases: 100%, between 44% and 100%); few cases: recovered within 14 days more often in "
        "clients who scored 80% or more than in clients who scored under half: by 100 points, "
        "between 3 points and 100 points"
    )


def test_nobody_practised() -> None:
    found = practice_beside_recovery(PRACTICE[:0], CALLS, as_of=AS_OF)
    assert found.rates["clients"].tolist() == [0, 0, 0]
    assert practice_sentence(found, 14) == (
        "Association, not cause: 0 missed calls of 0 clients who practised, nothing to set side by "
        "side yet"
    )


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.floats(0, 1), min_size=20, max_size=20))
def test_what_always_holds(seed: int, scores: list[float]) -> None:
    calls = many_calls(60, seed=seed)
    calls["client_id"] = [f"c{at % 30}" for at in range(len(calls))]
    clients = [f"c{at}" for at in range(20)]
    practice = pd.DataFrame({"coach": "me", "client_id": clients, "score": scores})
    found = practice_beside_recovery(practice, calls, as_of=AS_OF)
    mine = calls[calls["client_id"].isin(clients) & (calls["state"] == "missed")]
    columns = ["N", "pending", "left_out"]
    assert found.rates[columns].to_numpy().sum() == len(mine)
    assert (found.rates["clients"] <= found.rates["N"]).all()
    said = practice_sentence(found, 14)
    assert said.startswith("Association, not cause")
    assert f"{found.rates['N'].sum()} missed call" in said
    row: Any = found.difference.iloc[0]
    assert ("more often" in said) == (row["low"] > 0)
    assert ("less often" in said) == (row["high"] < 0)
    assert not re.search(r"\bnan\b", said)


@pytest.mark.parametrize(
    ("practice", "calls", "sentence"),
    [
        (
            PRACTICE.drop(columns="score"),
            CALLS,
            "The practice that stands beside recovery has no column 'score'; take practice and calls "
            "from an outcome log.",
        ),
        (
            PRACTICE,
            CALLS.drop(columns="client_id"),
            "The calls that practice stands beside have no column 'client_id'; take practice and "
            "calls from an outcome log.",
        ),
        (
            PRACTICE.assign(score=80),
            CALLS,
            "A client's practice has a score that is none; give the share of the points, from 0 to "
            "1, and leave out who has not practised.",
        ),
        (
            PRACTICE.assign(score=None),
            CALLS,
            "A client's practice has a score that is none; give the share of the points, from 0 to "
            "1, and leave out who has not practised.",
        ),
        (
            pd.concat([PRACTICE, PRACTICE[:1]]),
            CALLS,
            "The practice has two rows for the same client; give one row a client.",
        ),
    ],
    ids=["no score", "no client", "percent", "no number", "twice"],
)
def test_practice_that_cannot_be(
    practice: pd.DataFrame, calls: pd.DataFrame, sentence: str
) -> None:
    with pytest.raises(KitError) as caught:
        practice_beside_recovery(practice, calls, as_of=AS_OF)
    assert str(caught.value) == sentence
