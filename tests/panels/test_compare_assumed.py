"""Comparing policies: the assumptions, typed over and put back."""

from typing import Any

import pytest

from interview_coach.panels.compare import compare_panel
from interview_coach.panels.compare_choice import number_of
from interview_coach.panels.compare_model import CompareModel
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


def test_an_assumption_is_typed_over_marked_and_put_back(page: Any) -> None:
    here, model = parts(page), page.model
    before = model.comparison.answers["guidance"].completed.value
    here.assumed.fold.button.click()
    here.assumed.group.value = "later"
    field = here.assumed.fields["later.accept"]
    assert "share, usually 0.4 to 0.95; 0.75 is assumed." in words(page)
    field.value = "40%"
    assert model.comparison.assumptions.values["later.accept"] == 0.4
    assert model.comparison.answers["guidance"].completed.value < before
    assert "Assumptions: 1 changed" in buttons(page) and "40% instead of 0.75" in seen(page)
    press(page, "Back")
    assert here.assumed.fields["later.accept"].value == "0.75"
    assert model.comparison.answers["guidance"].completed.value == before
    here.assumed.fields["later.accept"].value = "0,5"
    press(page, "All as shipped")
    assert model.typed == {} and model.comparison.assumptions.values == model.usual.values


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("later.accept", "often", "'often' is no number; write one such as 20 or 0.4."),
        ("later.accept", "1.5", "1.5 is no share; use a number from 0 to 1."),
        ("later.accept", "-1", "-1 is not possible; use 0 or more."),
        ("overran.free_to", "9.5", "9.5 is not whole minutes; use a whole number."),
        ("overran.free_from", "50", "50 contradicts the other end: from 50 to 36;"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_stays_typed(
    page: Any, name: str, text: str, says: str
) -> None:
    here = parts(page)
    before = dict(page.model.comparison.assumptions.values)
    here.assumed.fold.button.click()
    here.assumed.group.value = name.partition(".")[0]
    here.assumed.fields[name].value = text
    assert here.assumed.fields[name].error.startswith(says)
    assert dict(page.model.comparison.assumptions.values) == before
    assert "1 assumption could not be read as typed" in seen(page) and "not used" in seen(page)
    again = compare_panel(desk="desk.json")
    assert again.model.typed == {name: text} and name in again.model.wrong


def test_a_wrong_one_leaves_the_others_in_force(model: CompareModel) -> None:
    model.type_in("later.accept", "2")
    model.type_in("later.miss", "0.3")
    assert model.comparison is not None and list(model.wrong) == ["later.accept"]
    assert model.comparison.assumptions.values["later.miss"] == 0.3
    for cause in model.usual.causes.numbers:
        model.type_in(f"{cause}.weight", "0")
    assert "No cause has a weight" in model.wrong["forgot.weight"]
    assert model.comparison.assumptions.values["forgot.weight"] > 0


@pytest.mark.parametrize(
    ("text", "value"),
    [("0.4", 0.4), (" 0,4 ", 0.4), ("40%", 0.4), ("20", 20), ("x", None), ("", None), ("1e999", None)],
)  # fmt: skip
def test_numbers_as_people_write_them(text: str, value: float | None) -> None:
    assert number_of(text) == value
