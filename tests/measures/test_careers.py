"""What became of the clients, by hand."""

import pandas as pd
import pytest

from interview_coach.errors import KitError
from interview_coach.measures import NOT_RECORDED, career_outcomes_rate, knowledge_rate

# Twelve clients. Known: all but the two unknown and the one left empty.
CLIENTS = pd.DataFrame(
    [
        ("Spring", "employed"),
        ("Spring", "employed"),
        ("Spring", "service"),
        ("Spring", "seeking"),
        ("Spring", "not_seeking"),
        ("Spring", "unknown"),
        ("Autumn", "military"),
        ("Autumn", "continuing_education"),
        ("Autumn", "seeking"),
        ("Autumn", None),
        ("Autumn", "unknown"),
        (None, "not_seeking"),
    ],
    columns=["cohort", "outcome"],
)


def told(rates: pd.DataFrame, *columns: str) -> dict[str, tuple[int, ...]]:
    return {
        str(row["group"]): tuple(int(row[column]) for column in columns)
        for row in rates.to_dict("records")
    }


def test_knowledge_rate() -> None:
    assert told(knowledge_rate(CLIENTS), "n", "N") == {"all": (9, 12)}
    # Spring: all but the unknown one; Autumn: military, education, seeking.
    assert told(knowledge_rate(CLIENTS, "cohort"), "n", "N") == {
        "Autumn": (3, 5),
        "Spring": (5, 6),
        NOT_RECORDED: (1, 1),
    }


def test_career_outcomes_rate() -> None:
    # Employed 2, service 1, military 1, education 1, over the nine known less two not seeking.
    assert told(career_outcomes_rate(CLIENTS), "n", "N", "known", "clients") == {
        "all": (5, 7, 9, 12)
    }
    assert told(career_outcomes_rate(CLIENTS, "cohort"), "n", "N", "known", "clients") == {
        "Autumn": (2, 3, 3, 5),
        "Spring": (3, 4, 5, 6),
        NOT_RECORDED: (0, 0, 1, 1),
    }


def test_no_clients_at_all() -> None:
    nobody = CLIENTS[:0]
    assert told(knowledge_rate(nobody), "n", "N") == {"all": (0, 0)}
    assert told(career_outcomes_rate(nobody), "n", "N", "known") == {"all": (0, 0, 0)}
    assert career_outcomes_rate(nobody, "cohort").empty


def test_an_outcome_that_is_none() -> None:
    with pytest.raises(KitError) as caught:
        knowledge_rate(pd.DataFrame({"outcome": ["hired", None]}))
    assert str(caught.value) == (
        "These clients have outcomes that the kit does not know (1 different); use employed, service, "
        "military, continuing_education, seeking, not_seeking, unknown, or leave it empty."
    )


def test_a_frame_that_is_no_frame_of_clients() -> None:
    with pytest.raises(KitError) as caught:
        career_outcomes_rate(pd.DataFrame({"state": ["missed"]}))
    assert str(caught.value) == (
        "These clients have no column 'outcome', which this measure needs; take the clients from "
        "an outcome log."
    )
