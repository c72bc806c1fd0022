"""Comparing policies: the same world simulated, and one story of it."""

import re
from typing import Any

import pytest

from interview_coach.panels import compare_runs
from tests.panels.comparing import (
    compare_model as opened_model,
)
from tests.panels.comparing import (
    compare_page,
    in_a_folder_of_its_own,
    parts,
    seen,
)
from tests.panels.driving import press

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

    def after_a_chunk(bar: Any) -> Any:
        told = progress(bar)

        def tell(done: int, of: int) -> None:
            press(page, "Stop, and keep what there is")
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


def test_the_spread_is_read_from_the_minutes_waited() -> None:
    assert compare_runs._spread([0, 10, 0, 80, 10]) == (1, 3, 3)
