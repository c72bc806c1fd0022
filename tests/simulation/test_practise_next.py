"""What to practise next: rated as documented, ordered by what fades, the same each time."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.playbook import load_playbook
from interview_coach.simulation import LEVELS, load_scenarios
from interview_coach.simulation.progress import Practised, next_level, rating, suggestions

SCENARIOS = load_scenarios(load_playbook())
BEGUN = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


def practised(
    scenario: str = "silent_phone",
    score: float = 0.9,
    *,
    level: str = "plain",
    helped: int = 0,
    day: float = 0,
) -> Practised:
    return Practised(scenario, level, score, helped, BEGUN + timedelta(days=day))


@pytest.mark.parametrize(
    ("score", "level", "helped", "rated"),
    [
        (0.0, "plain", 0, 1),
        (0.59, "pressure", 0, 1),
        (0.6, "plain", 0, 2),
        (0.79, "plain", 0, 2),
        (0.8, "plain", 0, 3),
        (1.0, "plain", 0, 3),
        (1.0, "pressure", 0, 4),
        (1.0, "pressure", 1, 2),
        (0.5, "guided", 3, 1),
    ],
)
def test_the_rating_is_the_documented_one(
    score: float, level: str, helped: int, rated: int
) -> None:
    assert rating(practised(score=score, level=level, helped=helped)) == rated


@pytest.mark.parametrize(
    ("score", "level", "helped", "then"),
    [
        (0.9, "guided", 0, "plain"),
        (0.9, "guided", 1, "guided"),
        (0.7, "plain", 0, "plain"),
        (0.3, "plain", 0, "guided"),
        (0.3, "guided", 0, "guided"),
        (1.0, "pressure", 0, "pressure"),
        (1.0, "of an older playbook", 0, "plain"),
    ],
)
def test_the_level_goes_up_and_down(score: float, level: str, helped: int, then: str) -> None:
    assert next_level(practised(score=score, level=level, helped=helped)) == then


def test_who_begins_is_given_a_first_call_at_the_guided_level() -> None:
    found = suggestions([], SCENARIOS, BEGUN)
    assert {one.family for one in found} == {one.family for one in SCENARIOS.values()}
    assert len(found) == len({one.family for one in found})
    assert all(one.due is None and one.level == "guided" for one in found)
    assert SCENARIOS[found[-1].scenario].extension


def test_a_hard_call_comes_again_sooner_than_a_good_one() -> None:
    def due(score: float) -> datetime:
        one = next(
            one
            for one in suggestions([practised(score=score)], SCENARIOS, BEGUN)
            if one.family == "they do not call"
        )
        assert one.due is not None
        return one.due

    assert BEGUN < due(0.2) <= due(0.7) < due(0.9)


def test_intervals_grow_with_repetition() -> None:
    plays: list[Practised] = []
    gaps, day = [], 0.0
    for _ in range(4):
        plays.append(practised(day=day))
        now = BEGUN + timedelta(days=day)
        one = next(o for o in suggestions(plays, SCENARIOS, now) if o.due is not None)
        assert one.due is not None
        gaps.append((one.due - now).days)
        day += gaps[-1]
    assert gaps == sorted(set(gaps))


def test_due_ones_come_first_then_new_ones_then_the_rest() -> None:
    plays = [
        practised("silent_phone", 0.3),
        practised("overslept", 1.0, level="pressure", day=29),
    ]
    found = suggestions(plays, SCENARIOS, BEGUN + timedelta(days=30))
    assert found[0].family == "they do not call"
    assert found[0].why == "Last time you got 30% of the points, and it is time again."
    assert found[-1].family == "you missed it"
    assert "it is time again in " in found[-1].why
    assert [one.due is None for one in found] == [False, *[True] * (len(found) - 2), False]


def test_within_a_family_the_least_played_call_is_next() -> None:
    members = [key for key, one in SCENARIOS.items() if one.family == "you missed it"]
    played = [practised(key, day=n) for n, key in enumerate(members[:-1])]
    found = suggestions(played, SCENARIOS, BEGUN + timedelta(days=99))
    assert next(one for one in found if one.family == "you missed it").scenario == members[-1]


def test_a_call_that_is_no_longer_there_is_left_out() -> None:
    assert suggestions([practised("loud_phone")], SCENARIOS, BEGUN) == suggestions(
        [], SCENARIOS, BEGUN
    )


@given(
    st.lists(
        st.builds(
            practised,
            st.sampled_from(sorted(SCENARIOS)),
            st.floats(0, 1),
            level=st.sampled_from(LEVELS),
            helped=st.integers(0, 3),
            day=st.floats(0, 400),
        ),
        max_size=12,
    ),
    st.randoms(),
)
def test_the_same_attempts_give_the_same_order(plays: list[Practised], by: object) -> None:
    now = BEGUN + timedelta(days=401)
    first = suggestions(plays, SCENARIOS, now)
    again = suggestions(sorted(plays, key=lambda one: one.at), SCENARIOS, now)
    assert [one.family for one in first] == [one.family for one in again]
    assert len(first) == len({one.family for one in SCENARIOS.values()})


def test_whoever_only_plays_loads_no_scheduler() -> None:
    code = (
        "import sys, interview_coach.simulation, interview_coach.simulation.progress;"
        "sys.exit('fsrs' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
