"""Comparing policies: the same world simulated, and one story of it."""

import re
from typing import Any

import pytest

from interview_coach.comparing import follow
from interview_coach.errors import KitError
from interview_coach.panels import compare_runs
from interview_coach.panels.compare_model import CompareModel
from interview_coach.panels.practice import practice_panel
from interview_coach.simulation import run
from tests.panels.comparing import (
    compare_model as opened_model,
)
from tests.panels.comparing import (
    compare_page,
    in_a_folder_of_its_own,
    parts,
    seen,
)
from tests.panels.driving import buttons, press, words

__all__ = ["compare_page", "in_a_folder_of_its_own", "opened_model"]


def test_simulated_beside_calculated(page: Any) -> None:
    here = parts(page)
    here.runs.fold.button.click()
    here.runs.runs.value, here.runs.seed.value = "20000", "3"
    press(page, "Simulate")
    here.runs.work.join()
    text = seen(page)
    assert "20,000 simulated interviews for each policy." in text
    inside, of = map(int, re.search(r"(\d+) of (\d+) calculated shares", text).groups())  # type: ignore[union-attr]
    assert of == 28 and inside >= 20
    assert "Calculated and simulated" in text and "8 of 10 between" in text
    # Under other assumptions it would mislead.
    here.fields["days"].value = 3
    assert "simulated interviews for each policy." not in seen(page)


def test_it_can_be_stopped_and_keeps_what_there_is(
    page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = parts(page)
    here.runs.fold.button.click()
    here.runs.runs.value = "900000000"
    stop = buttons(page)["Stop, and keep what there is"]

    def after_a_chunk(bar: Any) -> Any:
        told = progress(bar)

        def tell(done: int, of: int) -> None:
            stop.click()
            told(done, of)

        return tell

    progress = here.runs._progress
    monkeypatch.setattr(here.runs, "_progress", after_a_chunk)
    press(page, "Simulate")
    here.runs.work.join()
    assert "Stopped by hand: 65,536 simulated interviews" in seen(page)


@pytest.mark.parametrize("text", ["many", "0", "1.5", "", "2000000000"])
def test_runs_that_cannot_be(page: Any, text: str) -> None:
    here = parts(page)
    here.runs.fold.button.click()
    here.runs.runs.value = text
    press(page, "Simulate")
    assert here.runs.runs.error == "Write a whole number from 1 to 1,000,000,000."
    assert here.runs.work is None


def test_one_story_is_told_and_waits_to_be_played_by_a_person(page: Any) -> None:
    here, model = parts(page), page.model
    here.runs.fold.button.click()
    here.runs.seed.value = "7"
    press(page, "Tell one story")
    assert "Story 7, as The guidance" in seen(page)
    base = model.scenarios["silent_phone"]
    plan = model.comparison.plans["guidance"]
    assert model.story("guidance", 7).events == run(base, 7, follow(plan), model.playbook).events
    press(page, "Play this story myself")
    assert "It waits for you on the page Practise" in seen(page)
    practice = practice_panel()
    assert "You were in the middle of a call" in practice.title
    press(practice, "Go on")
    assert (practice.model.play.seed, practice.model.play.scenario.id) == (7, "silent_phone")
    with pytest.raises(KitError, match="A call of yours waits in Practise already"):
        model.hand_over(8)


def test_a_story_of_other_assumptions_is_not_handed_over(page: Any) -> None:
    page.model.type_in("later.accept", "0.5")
    press(page, "Tell one story")
    assert "would tell it differently" in words(page)
    assert "Play this story myself" not in buttons(page)
    with pytest.raises(KitError, match="There is no log"):
        CompareModel(log="").hand_over(1)


def test_the_spread_is_read_from_the_minutes_waited() -> None:
    assert compare_runs._spread([0, 10, 0, 80, 10]) == (1, 3, 3)
