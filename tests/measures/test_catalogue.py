"""Words for menus and headings: each measure and grouping has its own, and they fit the figures."""

import pytest

from interview_coach.measures import (
    CATALOGUE,
    GROUPINGS,
    OF_THE_START,
    groupings_of,
    measured,
)
from interview_coach.outcomes import sample_calls
from tests.measures.hand import STORIES
from tests.measures.test_careers import CLIENTS


def test_every_measure_has_a_name_of_its_own() -> None:
    names = [entry.name for entry in CATALOGUE.values()]
    assert len(set(names)) == len(names)
    assert (CATALOGUE["missed_call_rate"].name, CATALOGUE["missed_call_rate"].says) == (
        "Missed-call rate",
        "missed calls, of calls completed or missed",
    )
    assert CATALOGUE["first_message_delay"].says == "minutes from the start to the first message"


@pytest.mark.parametrize("name", CATALOGUE)
def test_the_words_are_of_what_is_counted(name: str) -> None:
    entry = CATALOGUE[name]
    things = ("clients",) if entry.of == "clients" else ("calls", "interviews", "moves")
    assert any(word in entry.above for word in things)
    assert any(word in entry.below for word in things)
    # A share needs no words of its own; another figure does.
    assert (entry.figure == "") == (entry.unit == "rate") or name == "funnel"


@pytest.mark.parametrize("name", ["missed_call_rate", "reschedule_rate", "recovery_rate"])
def test_what_splits_a_measure_leaves_its_denominator_whole(name: str) -> None:
    whole = measured(name, STORIES)["N"].iloc[0]
    for by in ("missed_by", "cause", "initiator", "reason"):
        calls = STORIES.assign(**{by: STORIES["channel"]})
        split = measured(name, calls, by)
        assert (by in CATALOGUE[name].splits) == (split["N"] == whole).all() or len(split) == 1


def test_groupings_that_a_frame_has() -> None:
    calls = sample_calls()
    assert set(groupings_of(calls)) == set(GROUPINGS) - {"round"}
    assert "lead_time" not in groupings_of(calls.drop(columns="booked_at"))
    assert groupings_of(CLIENTS) == {"cohort": "cohort"}
    assert set(OF_THE_START) <= set(GROUPINGS)
    for by in groupings_of(calls):
        assert len(measured("missed_call_rate", calls, by)) > 0
