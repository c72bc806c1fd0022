"""What belongs to a group goes into its report, and nothing else does."""

import pandas as pd
import pytest

from interview_coach.errors import KitError
from interview_coach.reports.reading import Data, groups_of, of_group
from tests.calls_frames import calls_frame

CALLS = calls_frame(
    [
        {"client_id": "ann", "cohort": "Spring", "scheduled_at": "2026-03-05T14:00Z"},
        {"client_id": "ann", "cohort": "Spring ", "scheduled_at": "2026-04-05T14:00Z"},
        {"client_id": "bob", "cohort": "Autumn", "scheduled_at": "2026-03-06T14:00Z"},
        {"client_id": "cem", "cohort": None, "scheduled_at": "2026-04-06T14:00Z"},
    ]
)
CLIENTS = pd.DataFrame({"coach": "me", "client_id": ["ann", "bob", "cem", "dee"]})
DATA = Data(CALLS, "From a test.", CLIENTS, CLIENTS.assign(score=1.0))


def who(data: Data) -> tuple[list[str], list[str], list[str]]:
    assert data.clients is not None and data.practice is not None
    calls, clients, practice = data.calls, data.clients, data.practice
    return (
        [str(one) for one in calls["client_id"]],
        [str(one) for one in clients["client_id"]],
        [str(one) for one in practice["client_id"]],
    )


def test_each_group_has_its_own_calls_clients_and_practice() -> None:
    assert {name: who(part) for name, part in groups_of(DATA, "cohort")} == {
        "Autumn": (["bob"], ["bob"], ["bob"]),
        "Spring": (["ann", "ann"], ["ann"], ["ann"]),
        "not recorded": (["cem"], ["cem"], ["cem"]),
    }


def test_a_client_whose_own_column_says_so_belongs_to_the_group_without_a_call() -> None:
    cohorts = pd.Series(["Spring", "Autumn", None, "Spring"], dtype="str")
    clients = CLIENTS.assign(cohort=cohorts)
    data = Data(CALLS, "", clients, DATA.practice)
    found = {name: who(part)[1] for name, part in groups_of(data, "cohort")}
    assert found == {"Autumn": ["bob"], "Spring": ["ann", "dee"], "not recorded": ["cem"]}


def test_months_are_groups_too() -> None:
    assert [(name, len(part.calls)) for name, part in groups_of(DATA, "month")] == [
        ("2026-03", 2),
        ("2026-04", 2),
    ]


@pytest.mark.parametrize("name", ["Autumn", "Spring", "not recorded"])
def test_one_group_alone_is_the_same(name: str) -> None:
    assert who(of_group(DATA, "cohort", name)) == who(dict(groups_of(DATA, "cohort"))[name])


def test_what_is_no_group_is_told() -> None:
    with pytest.raises(KitError, match=r"^No call has cohort 'Winter'; there are: Autumn, Spring"):
        of_group(DATA, "cohort", "Winter")
    with pytest.raises(KitError, match=r"^Notes are for you alone"):
        of_group(DATA, "notes", "x")
