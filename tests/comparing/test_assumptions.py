"""Assumptions are visible, editable, marked as what they are, and checked all at once."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.comparing import (
    SCENARIOS,
    Assumptions,
    assume,
    checked_values,
    overlaid,
)
from interview_coach.playbook import PlaybookError
from interview_coach.simulation import Scenario


def test_each_has_a_name_a_unit_a_range_and_a_source(silent: Assumptions) -> None:
    assert set(silent.values) == set(silent.about)
    for name, about in silent.about.items():
        assert about.says and about.unit
        assert about.source.startswith("assumed")
        assert about.low <= silent.values[name] <= about.high, name


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text)
    return path


def test_a_coach_s_own_values_lie_over_them(silent: Assumptions, tmp_path: Path) -> None:
    path = written(tmp_path, "[overran]\nweight = 9\nfree_to = 50\n[later]\naccept = 0.5\n")
    mine = overlaid(silent, path)
    changed = {name for name in mine.values if mine.values[name] != silent.values[name]}
    assert changed == {"overran.weight", "overran.free_to", "later.accept"}
    assert mine.scenario().cause[0].free_after.to == 50  # type: ignore[union-attr]


def test_the_mix_may_be_given_as_shares(silent: Assumptions, tmp_path: Path) -> None:
    mix = "[mix]\noverran = 0.5\nforgot = 0.2\ntime_mix_up = 0.1\nwrong_number = 0.1\nemergency = 0.1\n"
    mine = overlaid(silent, written(tmp_path, mix))
    assert mine.values["overran.weight"] == 0.5


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "[overran]\nanswers = 1.2",
            "mine.toml, overran, answers: 1.2 is no share; use a number from 0 to 1.",
        ),
        ("[later]\nmiss = -0.1", "mine.toml, later, miss: -0.1 is not possible; use 0 or more."),
        ("[later]\nmiss = nan", "later, miss: nan is not possible"),
        ("[overran]\nfree_to = 30.5", "free_to: 30.5 is not whole minutes; use a whole number."),
        ("[overran]\nfree_from = 50", "free_from: 50 contradicts the other end: from 50 to 36; "),
        ("[later]\ndays_to = 0", "days_to: 0 contradicts the other end: from 1 to 0; "),
        (
            "[overran]\nweigth = 2",
            "overran, weigth: there is no such assumption; did you mean 'weight'.",
        ),
        (
            "[overan]\nweight = 2",
            "overan, weight: there is no such assumption; did you mean 'overran'.",
        ),
        ("[overran]\nweight = 'many'", "overran, weight: 'many' is no number; write a number."),
        ("weight = 2", "mine.toml, weight: it stands in no table; "),
        (
            "[mix]\noverran = 0.5",
            "the share of forgot, time_mix_up, wrong_number, emergency is missing",
        ),
        (
            "[mix]\noverran = 0.5\nforgot = 0.5\ntime_mix_up = 0.1\nwrong_number = 0\nemergency = 0",
            "mine.toml, mix: the shares make 1.1 together; let them make 1.",
        ),
        (
            "[overran]\nweight = 0\n[forgot]\nweight = 0\n[time_mix_up]\nweight = 0\n"
            "[wrong_number]\nweight = 0\n[emergency]\nweight = 0",
            "weight: no cause has a weight; give one more than 0.",
        ),
        (
            "[overran]\nfree_from = 2",
            "overran, rings_from: they may ring at minute 2, before the first decision (3); ",
        ),
        ("[overran", "mine.toml: "),
    ],
)
def test_what_cannot_be_says_where_and_what_would_be_right(
    text: str, says: str, silent: Assumptions, tmp_path: Path
) -> None:
    with pytest.raises(PlaybookError) as caught:
        overlaid(silent, written(tmp_path, text))
    assert says in str(caught.value)


def test_a_mix_and_a_weight_contradict_each_other(silent: Assumptions, tmp_path: Path) -> None:
    mix = "[mix]\noverran = 0.5\nforgot = 0.2\ntime_mix_up = 0.1\nwrong_number = 0.1\nemergency = 0.1\n"
    with pytest.raises(PlaybookError, match=r"the mix and a cause's own weight contradict"):
        overlaid(silent, written(tmp_path, mix + "[overran]\nweight = 2\n"))


def test_all_faults_come_at_once(silent: Assumptions, tmp_path: Path) -> None:
    path = written(tmp_path, "[overran]\nanswers = 2\n[later]\nmiss = -1\nnothing = 3\n")
    with pytest.raises(PlaybookError) as caught:
        overlaid(silent, path)
    assert len(caught.value.faults) == 3


def test_a_file_that_is_not_there_says_so(silent: Assumptions, tmp_path: Path) -> None:
    with pytest.raises(PlaybookError, match=r"gone.toml: the file is not there"):
        overlaid(silent, tmp_path / "gone.toml")


def test_a_shipped_file_with_holes_says_which(silent: Assumptions, tmp_path: Path) -> None:
    (tmp_path / "assumptions.toml").write_text(
        '[day.weight]\nsays = "how often"\nunit = "parts"\ntimes = [2, 1]\nsource = "assumed"\n'
    )
    with pytest.raises(PlaybookError) as caught:
        assume(silent.base, tmp_path)
    assert "[day.weight], times: [2, 1] is no range" in str(caught.value)
    assert "[day.free_from]: it is missing; add it." in str(caught.value)


def test_one_end_that_is_moved_takes_the_other_along(silent: Assumptions) -> None:
    moved = silent.having({"overran.free_from": 40.4})
    assert (moved.values["overran.free_from"], moved.values["overran.free_to"]) == (40, 40)
    moved = silent.having({"overran.free_to": 5})
    assert (moved.values["overran.free_from"], moved.values["overran.free_to"]) == (5, 5)


def test_values_by_name_are_those_of_a_file(silent: Assumptions, tmp_path: Path) -> None:
    path = written(tmp_path, "[overran]\nfree_to = 50\n[later]\naccept = 0.5\n")
    given = {"overran.free_to": 50, "later.accept": 0.5}
    assert checked_values(silent, given).values == overlaid(silent, path).values
    assert checked_values(silent, {}).values == silent.values


def test_values_by_name_are_checked_all_at_once(silent: Assumptions) -> None:
    given = {
        **{"overran.answers": 1.5, "overran.free_form": 3, "later.miss": "often", "moon.weight": 1},
        **{"forgot.email_from": 30, "later.days_to": 2.5},
    }
    with pytest.raises(PlaybookError) as caught:
        checked_values(silent, given)
    assert sorted(map(str, caught.value.faults)) == [
        "forgot, email_from: 30 contradicts the other end: from 30 to 20; let the earlier one come first.",
        "later, days_to: 2.5 is not whole days; use a whole number.",
        "later, miss: 'often' is no number; write a number.",
        "moon, weight: there is no such assumption; use one of emergency, forgot, later, mix, overran, "
        "time_mix_up, wrong_number.",
        "overran, answers: 1.5 is no share; use a number from 0 to 1.",
        "overran, free_form: there is no such assumption; did you mean 'free_from' or 'free_to'.",
    ]


@pytest.fixture(scope="module")
def every(scenarios: Mapping[str, Scenario]) -> Callable[[str], Assumptions]:
    """The assumptions of a call, by a function: Hypothesis prints what a test is given, whole."""
    return cache(lambda name: assume(scenarios[name]))


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from(list(SCENARIOS)),
    moved=st.dictionaries(
        st.integers(0, 60),
        st.one_of(st.floats(-5, 200), st.sampled_from([float("nan"), float("inf"), -1e9, 1e9])),
        max_size=8,
    ),
)
def test_whatever_is_moved_is_held_within_what_is_possible(
    name: str, moved: Mapping[int, float], every: Callable[[str], Assumptions]
) -> None:
    usual = every(name)
    names = list(usual.about)
    held = usual.having({names[at % len(names)]: value for at, value in moved.items()})
    # What may be typed is possible, and so is what a sensitivity moves: the same checks find nothing.
    assert checked_values(usual, held.values).values == held.values
    assert sum(cause.weight for cause in held.scenario().cause) > 0


def test_the_lowest_end_of_a_range_is_held_where_nobody_comes_before_the_story(
    scenarios: Mapping[str, Scenario],
) -> None:
    video = assume(scenarios["video_nobody_joins"])
    low = video.about["overran.free_from"].low
    assert low <= video.base.opens
    moved = video.having({"overran.free_from": low})
    soonest = moved.values["overran.free_from"] + moved.values["overran.rings_from"]
    assert soonest == video.base.opens + 1


def test_weights_of_which_none_is_left_stay(silent: Assumptions) -> None:
    none = {f"{code}.weight": 0 for code in silent.causes.numbers}
    assert silent.having({**none, "later.accept": 2}).values == {
        **silent.values,
        "later.accept": 1,
    }


def test_only_what_matters_in_a_moment_is_assumed_for_it(
    silent: Assumptions, scenarios: Mapping[str, Scenario]
) -> None:
    own = assume(scenarios["no_reception"])
    assert own.moment == "you_missed_it" and silent.moment == "silent_phone"
    after = {"forgiven", "brief", "plain", "silence", "times", "margins"}
    told = {name.partition(".")[2] for name in own.about if name.startswith("later.")}
    assert after < told and "swap" not in told
    assert not after & {name.partition(".")[2] for name in silent.about}
    # Where they are tells one world from another: the reason is known to who missed it.
    assert list(own.causes.numbers) == ["kept_free", "with_the_next", "crossed_out"]
    assert own.causes.rebooks == {"with_the_next", "crossed_out"}
    assert own.scenario() == own.base
