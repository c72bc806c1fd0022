"""Which assumption would have to be how different for another policy to win."""

from collections.abc import Mapping

import pytest

from interview_coach.comparing import Assumptions, Plan, exact, tornado, winners
from interview_coach.errors import KitError


def apart(
    assumptions: Assumptions, plans: Mapping[str, Plan], pair: tuple[str, str], figure: str
) -> float:
    one, two = (getattr(exact(assumptions, plans[key]), figure).value for key in pair)
    return float(two - one)


def test_a_tornado_holds_what_the_exact_answer_says_at_each_end(
    silent: Assumptions, plans: Mapping[str, Plan]
) -> None:
    pair = ("guidance", "F4")
    swings = tornado(silent, plans["guidance"], plans["F4"])
    assert [s.width for s in swings] == sorted((s.width for s in swings), reverse=True)
    for swing in swings[:6]:
        for value, found in ((swing.low, swing.at_low), (swing.high, swing.at_high)):
            moved = silent.having({swing.name: value})
            assert found == pytest.approx(apart(moved, plans, pair, "completed"), abs=1e-12)
    varied = {swing.name for swing in swings}
    assert "later.accept" in varied
    # What is 0 cannot be varied by multiples of itself.
    assert "forgot.free_to" not in varied


def test_the_switch_is_where_the_other_policy_begins_to_win(
    silent: Assumptions, plans: Mapping[str, Plan]
) -> None:
    pair = ("unconfirmed", "call-thrice")
    swings = tornado(silent, plans[pair[0]], plans[pair[1]])
    turning = [swing for swing in swings if swing.switch is not None]
    assert "later.pressing" in {swing.name for swing in turning}
    for swing in turning:
        assert swing.switch is not None
        assert min(swing.low, swing.value) <= swing.switch <= max(swing.high, swing.value)
        there = apart(silent.having({swing.name: swing.switch}), plans, pair, "completed")
        assert there * swing.difference <= 0
        nearer = swing.switch + 0.01 * (swing.value - swing.switch)
        if not silent.about[swing.name].whole:
            before = apart(silent.having({swing.name: nearer}), plans, pair, "completed")
            assert before * swing.difference > 0


def test_where_nothing_can_change_the_winner_no_switch_is_named(
    silent: Assumptions, plans: Mapping[str, Plan]
) -> None:
    swings = tornado(silent, plans["wait-only"], plans["guidance"], "connected")
    assert all(swing.switch is None for swing in swings)


def test_a_map_says_who_wins_where(silent: Assumptions, plans: Mapping[str, Plan]) -> None:
    keys = ("unconfirmed", "call-thrice")
    found = winners(
        silent, [plans[key] for key in keys], "later.confirm", "later.pressing", steps=5
    )
    assert found.winner.shape == (5, 5)
    assert {0, 1} <= set(found.winner.ravel().tolist())
    for i in (0, 2, 4):
        for j in (0, 3):
            there = silent.having({"later.confirm": found.across[i], "later.pressing": found.up[j]})
            values = [exact(there, plans[key]).completed.value for key in keys]
            assert found.figures[:, i, j].tolist() == pytest.approx(values, abs=1e-12)
            equal = abs(values[0] - values[1]) < 1e-9
            assert found.winner[i, j] == (-1 if equal else values.index(max(values)))


def test_equal_policies_have_no_winner_and_less_waiting_wins(
    silent: Assumptions, plans: Mapping[str, Plan]
) -> None:
    equal = winners(silent, [plans["guidance"]] * 2, "later.miss", "overran.free_to", steps=3)
    assert (equal.winner == -1).all()
    quick = winners(
        silent,
        [plans["F4"], plans["guidance"]],
        "later.miss",
        "later.accept",
        "waiting_minutes",
        steps=2,
    )
    assert (quick.winner == 0).all()


def test_what_is_not_known_says_so(silent: Assumptions, plans: Mapping[str, Plan]) -> None:
    pair = [plans["guidance"], plans["F4"]]
    with pytest.raises(KitError, match=r"^There is no figure 'luck'; there are: connected, "):
        tornado(silent, pair[0], pair[1], "luck")
    with pytest.raises(KitError, match=r"no assumption 'later.mis'; did you mean 'later.miss'"):
        winners(silent, pair, "later.mis", "later.accept")
    with pytest.raises(KitError, match=r"needs two assumptions; 'later.miss' is there twice"):
        winners(silent, pair, "later.miss", "later.miss")
