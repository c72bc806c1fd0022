"""The words beside a figure agree with it, whatever the figure."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.measures import (
    career_outcomes_rate,
    differences,
    first_message_delay,
    impossible,
    knowledge_rate,
    recovery_rate,
    signals,
    time_to_reconnection,
)
from interview_coach.measures.words import (
    delay_sentence,
    difference_sentence,
    duration,
    impossible_sentences,
    known_sentence,
    outcomes_sentence,
    reconnection_sentence,
    recovery_sentence,
    signals_sentence,
)
from interview_coach.outcomes import sample_calls
from tests.measures.hand import AS_OF, STORIES
from tests.measures.test_careers import CLIENTS
from tests.measures.test_comparing import FAULTY, ORDERS, rates


@pytest.mark.parametrize(
    ("minutes", "precision", "says"),
    [
        (0, 0, "0 minutes"),
        (0.2, 0, "under 1 minute"),
        (1, 0, "1 minute"),
        (24.5, 3, "25 minutes"),
        (119, 0, "119 minutes"),
        (120, 0, "2 hours"),
        # An hour's doubt bears no minutes, a day's no hours.
        (100, 60, "2 hours"),
        (30 * 60, 0, "30 hours"),
        (30 * 60, 24 * 60, "1 day"),
        (11_550, 4_200, "8 days"),
        (300, 2_000, "under 1 day"),
        (float("nan"), 0, "no figure"),
    ],
)
def test_durations(minutes: float, precision: float, says: str) -> None:
    assert duration(minutes, precision) == says


def test_sentences_of_the_table_by_hand() -> None:
    assert delay_sentence(first_message_delay(STORIES).iloc[0].to_dict()) == (
        "For 4 of 10 missed calls first messages were on record (few cases: half within 25 minutes; "
        "a quarter within 18 minutes, three quarters within 38 minutes)"
    )
    assert recovery_sentence(recovery_rate(STORIES, as_of=AS_OF).iloc[0].to_dict(), 14) == (
        "3 of 6 missed calls were recovered within 14 days (few cases: 50%, between 19% and 81%); "
        "3 more are younger and count neither way yet; 2 more have dates that cannot be relied on"
    )
    assert reconnection_sentence(time_to_reconnection(STORIES, as_of=AS_OF)) == (
        "Half of 9 missed calls came to a completed call within 14 days (few cases: 3 days "
        "or more, no upper limit known)"
    )
    assert impossible_sentences(impossible(STORIES, as_of=AS_OF)) == [
        "1 of 16 calls: date in doubt",
        "1 of 5 calls: first message before the scheduled start",
        "1 of 4 calls: reconnected before the scheduled start",
        "1 of 5 calls: completed before the missed call that it follows",
    ]


def test_sentences_of_the_sample() -> None:
    calls = sample_calls()
    assert delay_sentence(first_message_delay(calls).iloc[0].to_dict()) == (
        "For 330 of 392 missed calls first messages were on record (half within 15 minutes, between "
        "12 minutes and 19 minutes; a quarter within 8 minutes, three quarters within 28 minutes)"
    )
    assert reconnection_sentence(time_to_reconnection(calls, as_of=AS_OF)).startswith("Half of ")


def test_sentences_about_nothing() -> None:
    nothing = STORIES[:0]
    assert delay_sentence(first_message_delay(nothing).iloc[0].to_dict()) == (
        "There are no missed calls to count yet"
    )
    curve = time_to_reconnection(nothing, as_of=AS_OF)
    assert reconnection_sentence(curve) == "There are no missed calls to count yet"
    assert recovery_sentence(recovery_rate(nothing, as_of=AS_OF).iloc[0].to_dict(), 14) == (
        "There are no missed calls to count yet"
    )
    silent = STORIES.assign(first_message_at=None)
    assert delay_sentence(first_message_delay(silent).iloc[0].to_dict()) == (
        "No first message is on record for 11 missed calls"
    )


def test_outcomes_never_stand_alone() -> None:
    known = knowledge_rate(CLIENTS, "cohort").iloc[0].to_dict()
    outcomes = career_outcomes_rate(CLIENTS, "cohort").iloc[0].to_dict()
    assert outcomes_sentence(outcomes, known) == (
        "2 of 3 clients known to have sought one were in work, service, the forces or education (few "
        "cases: 67%, between 21% and 94%); 3 of 5 clients' outcomes are known (few cases: 60%, "
        "between 23% and 88%); under 65% known, so a rate of outcomes may mislead"
    )
    assert known_sentence(knowledge_rate(CLIENTS).iloc[0].to_dict()) == (
        "9 of 12 clients' outcomes are known (75%, between 47% and 91%)"
    )


def test_what_stands_out() -> None:
    assert signals_sentence(signals(rates(FAULTY, ORDERS)), "week") == (
        "1 of 25 weeks lies beyond ordinary noise: 11 (above)"
    )
    assert signals_sentence(signals(rates([5, 6], [20, 20]))) == (
        "2 months with 10 cases or more have only ordinary noise"
    )
    assert signals_sentence(signals(rates([1, 0], [9, 0]))) == (
        "No month has 10 cases or more, too few to tell noise from change"
    )


@pytest.mark.parametrize(
    ("n", "total", "says"),
    [
        (
            [56, 48],
            [70, 80],
            "Missed more often in 1 than in 2: by 20 points, between 5 points and 33 points",
        ),
        (
            [48, 56],
            [80, 70],
            "Missed less often in 1 than in 2: by 20 points, between 5 points and 33 points",
        ),
        (
            [10, 11],
            [50, 50],
            "No difference that can be told between 1 and 2: from 18 points fewer to 14 points more "
            "in 1",
        ),
        (
            [3, 11],
            [9, 50],
            "Few cases: no difference that can be told between 1 and 2: from 14 points fewer to 44 "
            "points more in 1",
        ),
        ([0, 1], [0, 2], "1 and 2 cannot be compared: one of them has no cases"),
    ],
)
def test_differences_in_words(n: list[int], total: list[int], says: str) -> None:
    assert difference_sentence(differences(rates(n, total)).iloc[0].to_dict()) == says


def test_many_comparisons_say_so() -> None:
    many = differences(rates([10] * 4, [50] * 4))
    assert difference_sentence(many.iloc[0].to_dict()).endswith(
        "(one of 6 comparisons; of 20 such comparisons about one would seem to differ by chance alone)"
    )


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 3000)), min_size=2, max_size=2))
def test_the_word_agrees_with_the_interval(pairs: list[tuple[int, int]]) -> None:
    found = differences(rates([n for n, _ in pairs], [n + more for n, more in pairs]))
    row = found.iloc[0].to_dict()
    said = difference_sentence(row)
    assert ("more often" in said) == (row["low"] > 0)
    assert ("less often" in said) == (row["high"] < 0)
    assert ("no difference" in said.lower()) == (row["low"] <= 0 <= row["high"])
    # No more digits than the interval bears, and nothing that is not 0 reads 0.
    if row["high"] - row["low"] > 0.02:
        assert not re.search(r"\d\.\d", said)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=12))
def test_the_count_of_signals_agrees(pairs: list[tuple[int, int]]) -> None:
    charted = signals(rates([min(p) for p in pairs], [max(p) for p in pairs]))
    out = int(np.isin(charted["signal"], ["above", "below"]).sum())
    said = signals_sentence(charted)
    assert said.startswith(f"{out} of ") == (out > 0)
    assert ("only ordinary noise" in said) == (out == 0 and (charted["N"] >= 10).any())
