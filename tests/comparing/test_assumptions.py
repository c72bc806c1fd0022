"""Assumptions are visible, editable, marked as what they are, and checked all at once."""

from pathlib import Path

import pytest

from interview_coach.comparing import Assumptions, assume, overlaid
from interview_coach.playbook import PlaybookError


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
