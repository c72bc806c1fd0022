"""An independent model, each interview as processes of SimPy, comes to the calculated answer."""

from collections.abc import Mapping

import pytest

from benchmarks._one_by_one import with_simpy
from interview_coach.comparing import assume, exact, load_policies, plan_of
from interview_coach.playbook import Playbook
from interview_coach.simulation import Scenario

RUNS = 6_000


@pytest.mark.parametrize(
    ("name", "policy"),
    [
        ("silent_phone", "guidance"),
        ("silent_phone", "F6"),
        ("no_answer", "call-thrice"),
        ("video_nobody_joins", "F7"),
        ("phone_on_silent", "F8"),
        ("no_reception", "late"),
        ("stuck_in_traffic", "call-only"),
        ("overslept", "F9"),
    ],
)
def test_it_comes_to_the_same(
    name: str, policy: str, scenarios: Mapping[str, Scenario], playbook: Playbook
) -> None:
    usual = assume(scenarios[name])
    # Chances that are neither none nor sure, so that every kind of draw is made.
    unsure = {n: 0.6 for n in usual.about if n.endswith(("message_chance", "email_chance"))}
    assumptions = usual.having({**unsure, "later.pressing": 0.3, "later.miss": 0.35})
    plan = plan_of(load_policies(playbook, scenarios[name])[policy], playbook, scenarios[name])
    found = with_simpy(assumptions, plan, RUNS, seed=11)
    sure = exact(assumptions, plan)
    for share, value in zip(found, (sure.connected.value, sure.completed.value), strict=True):
        assert share == pytest.approx(value, abs=4 * (value * (1 - value) / RUNS) ** 0.5 + 1e-12)
