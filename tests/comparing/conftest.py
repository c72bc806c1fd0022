"""What every test of the comparison starts from: the shipped playbook and its two calls."""

from collections.abc import Mapping

import pytest

from interview_coach.comparing import Assumptions, Plan, Policy, assume, load_policies, plan_of
from interview_coach.playbook import Playbook, load_playbook
from interview_coach.simulation import Scenario, load_scenarios


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    return load_playbook()


@pytest.fixture(scope="session")
def scenarios(playbook: Playbook) -> Mapping[str, Scenario]:
    return load_scenarios(playbook)


@pytest.fixture(scope="session")
def silent(scenarios: Mapping[str, Scenario]) -> Assumptions:
    return assume(scenarios["silent_phone"])


@pytest.fixture(scope="session")
def policies(playbook: Playbook, silent: Assumptions) -> Mapping[str, Policy]:
    return load_policies(playbook, silent.base)


@pytest.fixture(scope="session")
def plans(
    policies: Mapping[str, Policy], playbook: Playbook, silent: Assumptions
) -> Mapping[str, Plan]:
    return {key: plan_of(one, playbook, silent.base) for key, one in policies.items()}
