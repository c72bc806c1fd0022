"""What must hold of every calculated answer, whatever the assumptions."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.comparing import FIGURES, Assumptions, Plan, exact, grid
from interview_coach.errors import KitError


def moved(assumptions: Assumptions, shares: Mapping[str, float]) -> Assumptions:
    """Give assumptions at other places of their ranges; 0 is the lower end, 1 the upper."""
    about = assumptions.about
    return assumptions.having(
        {
            name: about[name].low + share * (about[name].high - about[name].low)
            for name, share in shares.items()
        }
    )


@st.composite
def places(draw: st.DrawFn) -> dict[str, float]:
    """Places in the ranges of a handful of assumptions."""
    names = ["overran.weight", "overran.free_to", "overran.answers", "forgot.email_chance"]
    names += ["time_mix_up.voicemail_to", "wrong_number.message_chance", "emergency.weight"]
    names += ["later.accept", "later.miss", "later.pressing", "later.days_to", "later.confirm"]
    chosen = draw(st.lists(st.sampled_from(names), unique=True))
    return {name: draw(st.floats(0, 1)) for name in chosen}


@st.composite
def courses(draw: st.DrawFn) -> Plan:
    """A plan: up to four calls, a voicemail, an email, and a wait beyond all of it."""
    clock = 3
    acts: list[tuple[int, str]] = []
    for _ in range(draw(st.integers(0, 4))):
        clock += draw(st.integers(1, 12))
        acts.append((clock, "call"))
        clock += 1
    if draw(st.booleans()) and acts:
        acts.append((clock, "leave_voicemail"))
        clock += 1
    if draw(st.booleans()):
        clock += draw(st.integers(0, 10))
        acts.append((clock, "send_email"))
        clock += 2
    acts.append((draw(st.integers(clock + 1, 90)), "stop_waiting"))
    return Plan(
        tuple(acts), draw(st.sampled_from([None, 1, 2])), draw(st.booleans()), draw(st.booleans())
    )


@settings(max_examples=60, deadline=None)
@given(plan=courses(), shares=places(), within=st.integers(0, 20))
def test_every_figure_is_possible(
    plan: Plan, shares: Mapping[str, float], within: int, silent: Assumptions
) -> None:
    found = exact(moved(silent, shares), plan, within)
    assert 0 <= found.connected.value <= found.completed.value <= 1 + 1e-12
    assert 0 < found.goodwill.value <= 1 + 1e-12
    assert 0 <= found.waiting_minutes.value <= plan.hold
    assert 0 <= found.calls.value <= len(plan.calls)
    assert np.all(np.diff(found.curve) <= 1e-12)
    assert found.curve[0] == pytest.approx(1, abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(plan=courses(), shares=places(), longer=st.integers(0, 87))
def test_who_waits_longer_never_speaks_less_and_where_goodwill_is_free_never_completes_less(
    plan: Plan, shares: Mapping[str, float], longer: int, silent: Assumptions
) -> None:
    assumptions = moved(silent, shares)
    more = replace(plan, acts=(*plan.acts[:-1], (min(90, plan.hold + longer), "stop_waiting")))
    short, long = exact(assumptions, plan), exact(assumptions, more)
    assert long.connected.value >= short.connected.value - 1e-12
    assert long.completed.value >= short.completed.value - 1e-12
    assert long.waiting_minutes.value >= short.waiting_minutes.value - 1e-12


@settings(max_examples=40, deadline=None)
@given(plan=courses(), shares=places())
def test_one_more_call_never_connects_less(
    plan: Plan, shares: Mapping[str, float], silent: Assumptions
) -> None:
    assumptions = moved(silent, shares)
    fewer = replace(plan, acts=tuple(act for act in plan.acts if act[1] != "call"))
    assert (
        exact(assumptions, plan).connected.value
        >= exact(assumptions, fewer).connected.value - 1e-12
    )


def test_where_nothing_has_an_effect_every_policy_is_as_good(
    silent: Assumptions, plans: Mapping[str, Plan]
) -> None:
    none = {
        name: 0.0
        for name in silent.about
        if name.endswith((".answers", "voicemail_chance", "email_chance", "message_chance"))
    }
    none |= {"later.confirm": 0, "later.swap": 0, "later.pressing": 0, "later.next_day": 0}
    none |= {"later.accept": 0.4, "later.unprompted": 0.4}
    assumptions = silent.having(none)
    held = {
        key: plan
        for key, plan in plans.items()
        if {one.hold for one in (plan, *plan.branches.values())} == {60}
    }
    assert len(held) > 8
    for figure in ("connected", "completed", "waiting_minutes", "goodwill"):
        values = {
            round(getattr(exact(assumptions, plan), figure).value, 12) for plan in held.values()
        }
        assert len(values) == 1, figure


def test_the_figures_are_the_mean_over_the_causes(
    silent: Assumptions, plans: Mapping[str, Plan]
) -> None:
    found = exact(silent, plans["guidance"])
    weights = {cause.code: cause.weight for cause in silent.base.cause}
    mean = sum(weights[code] * found.by_cause[code] for code in weights) / sum(weights.values())
    assert mean == pytest.approx(found.connected.value, abs=1e-12)
    assert found.by_cause["emergency"] == 0


def test_the_days_after_by_hand(silent: Assumptions, plans: Mapping[str, Plan]) -> None:
    # An emergency alone: nobody speaks that day, so the days after are all there is. By hand:
    # a new time the same day .75, else the next day .25 * .4; kept 1 - .2 * .6 = .88 of them, on one
    # of five days; else again with .6, and the swap leaves .2 * .6 * .7 = .084 of misses.
    only = {f"{c.code}.weight": float(c.code == "emergency") for c in silent.base.cause}
    found = exact(silent.having(only), plans["guidance"], within=60)
    kept = 0.88 + 0.12 * 0.6 * (1 - 0.084)
    assert found.completed.value == pytest.approx((0.75 + 0.25 * 0.4) * kept, abs=1e-12)
    # Within a day only those with a new time the same day and on the first of the five days.
    soon = exact(silent.having(only), plans["guidance"], within=1)
    assert soon.completed.value == pytest.approx(0.75 * 0.88 / 5, abs=1e-12)
    assert exact(silent.having(only), plans["guidance"], within=0).completed.value == 0


def test_pressing_costs_goodwill_and_with_it_new_times(
    silent: Assumptions, plans: Mapping[str, Plan]
) -> None:
    only = {f"{c.code}.weight": float(c.code == "emergency") for c in silent.base.cause}
    assumptions = silent.having(only | {"later.pressing": 0.2, "later.next_day": 0})
    once, thrice = (exact(assumptions, plans[key], 60) for key in ("guidance", "call-thrice"))
    assert (once.goodwill.value, thrice.goodwill.value) == pytest.approx((1, 0.64), abs=1e-12)
    assert thrice.completed.value < once.completed.value
    assert thrice.calls.value == 3


def test_a_check_is_worth_what_it_shows_under_the_cause_that_it_shows_and_nothing_else(
    silent: Assumptions, plans: Mapping[str, Plan]
) -> None:
    guidance, fifth, sixth = (exact(silent, plans[key]) for key in ("guidance", "F5", "F6"))
    assert sixth.waiting_minutes.value < guidance.waiting_minutes.value
    assert {k: v for k, v in fifth.by_cause.items() if k != "time_mix_up"} == pytest.approx(
        {k: v for k, v in guidance.by_cause.items() if k != "time_mix_up"}, abs=1e-12
    )
    # Where neither voicemail nor email is found, only holding past the other hour helps all of them.
    unheard = silent.having({"time_mix_up.voicemail_chance": 0, "time_mix_up.email_chance": 0})
    unheard = unheard.having({"time_mix_up.answers": 0})
    short, long = (exact(unheard, plans[key]).by_cause["time_mix_up"] for key in ("guidance", "F5"))
    assert (short, long) == pytest.approx((0.5, 1), abs=1e-12)
    assert len(fifth.curve) == 66 and fifth.curve[65] == pytest.approx(1 - fifth.connected.value)


def test_a_grid_is_the_same_answer_for_each_of_its_policies(
    silent: Assumptions, plans: Mapping[str, Plan]
) -> None:
    calls, emails, holds = (5, 15, 40), (0, 7), (20, 45, 60)
    found = grid(silent, plans["guidance"], calls, emails, holds)
    assert found.connected.shape == (3, 2, 3)
    assert np.isnan(found.connected[2, :, 0]).all()  # the call would come after the wait
    for i, call in enumerate(calls):
        for j, gap in enumerate(emails):
            for k, hold in enumerate(holds):
                mail = call + 2 + gap
                if mail + 2 >= hold:
                    assert np.isnan(found.waiting_minutes[i, j, k])
                    continue
                acts = ((call, "call"), (call + 1, "leave_voicemail"), (mail, "send_email"))
                plan = replace(plans["guidance"], acts=(*acts, (hold, "stop_waiting")))
                one = exact(silent, plan)
                for figure in ("connected", "completed", "waiting_minutes"):
                    got = getattr(found, figure)[i, j, k]
                    assert got == pytest.approx(getattr(one, figure).value, abs=1e-12)


def test_what_is_calculated_has_no_sampling_error(
    silent: Assumptions, plans: Mapping[str, Plan]
) -> None:
    found = exact(silent, plans["F4"])
    for figure in FIGURES:
        one = getattr(found, figure)
        assert one.low == one.value == one.high


def test_impossible_days_and_minutes_say_so(silent: Assumptions, plans: Mapping[str, Plan]) -> None:
    with pytest.raises(
        KitError, match=r"^Completed within -1 days is not possible; use 0 or more.$"
    ):
        exact(silent, plans["guidance"], within=-1)
    with pytest.raises(KitError, match=r"^The minutes of a grid lie between 3 and 90.$"):
        grid(silent, plans["guidance"], [1], [0], [60])
