"""Assumptions that were typed: saved as a file, taken over from one, and the same in the terminal."""

import json
from pathlib import Path
from typing import Any

import pytest

from interview_coach.cli import main
from interview_coach.errors import KitError
from interview_coach.panels.compare_model import CompareModel
from interview_coach.panels.compare_saved import Saved, assumptions_toml, file_name
from tests.panels.comparing import (
    compare_model,
    compare_page,
    in_a_folder_of_its_own,
    parts,
    seen,
)
from tests.panels.driving import buttons, press

__all__ = ["compare_model", "compare_page", "in_a_folder_of_its_own"]

TYPED = {
    "later.accept": "40%",
    "overran.free_to": "50",
    "forgot.weight": "0,1",
    "later.miss": "1/3",
}


def type_all(page: Any, typed: dict[str, str]) -> None:
    here = parts(page)
    if not here.assumed.fold.open:
        here.assumed.fold.button.click()
    for name, text in typed.items():
        here.assumed.group.value = "weight" if name.endswith("weight") else name.partition(".")[0]
        here.assumed.fields[name].value = text


def save(page: Any, name: str) -> str:
    parts(page).assumed.files.name.value = name
    press(page, "Save as a file")
    return str(parts(page).assumed.files._notice.words)


@pytest.mark.parametrize("scenario", ["silent_phone", "no_answer"])
def test_the_terminal_gives_the_same_figures(
    page: Any, scenario: str, capsys: pytest.CaptureFixture[str]
) -> None:
    parts(page).fields["scenario"].value = scenario
    parts(page).fields["days"].value = 5
    type_all(page, TYPED)
    said = save(page, "Quite cautious")
    assert said.startswith("3 assumptions saved. 1 that could not be read is not in it.")
    # What the page says is to be typed there is what is typed here.
    command = said.partition("interview-coach ")[2].split()
    assert main([*command, "--json"]) == 0
    told = {one["name"]: one for one in json.loads(capsys.readouterr().out)["policies"]}
    found = page.model.comparison.answers
    assert set(told) == set(found)
    for key, one in found.items():
        for name in ("connected", "completed", "waiting_minutes", "calls", "goodwill"):
            assert told[key][name]["value"] == getattr(one, name).value


def test_a_file_is_taken_over_and_what_was_typed_can_come_back(page: Any) -> None:
    here = parts(page)
    type_all(page, {"later.accept": "0.4", "forgot.weight": "1"})
    save(page, "a")
    press(page, "All as shipped")
    type_all(page, {"later.miss": "often"})
    press(page, "Take over")
    assert page.model.typed == {"later.accept": "0.4", "forgot.weight": "1"}
    assert page.model.comparison.assumptions.values["later.accept"] == 0.4
    assert "Assumptions: 2 changed" in buttons(page) and "0.4 instead of 0.75" in seen(page)
    assert here.assumed.fields["later.accept"].value == "0.4"
    press(page, "Back to what I had typed")
    assert page.model.typed == {"later.miss": "often"}
    assert here.assumed.fields["later.miss"].value == "often"
    assert "Back to what I had typed" not in buttons(page)


def test_a_file_of_the_same_name_can_be_put_back(page: Any) -> None:
    type_all(page, {"later.accept": "0.4"})
    save(page, "a")
    before = Path("assumptions/a.toml").read_text(encoding="utf-8")
    save(page, "a")
    assert "Put the old a back" not in buttons(page)
    type_all(page, {"later.accept": "0.5"})
    save(page, "a.toml")
    press(page, "Put the old a back")
    assert Path("assumptions/a.toml").read_text(encoding="utf-8") == before


def test_nothing_to_save_and_nothing_saved_leaves_no_room(page: Any) -> None:
    parts(page).assumed.fold.button.click()
    assert "Keep them for later" not in seen(page)
    type_all(page, {"later.accept": "0.4"})
    assert "Keep them for later" in seen(page)


def test_every_number_comes_back_as_the_very_same(model: CompareModel) -> None:
    values = {"later.accept": 0.1 + 0.2, "overran.free_to": 41.0, "overran.weight": 1e-9}
    saved = Saved(Path())
    saved.save("x", model.usual, values)
    assert saved.read("x", model.usual) == values


def test_the_file_says_what_it_was_and_for_which_call(model: CompareModel) -> None:
    assert assumptions_toml(model.usual, {"later.accept": 0.5, "overran.free_to": 40.0}) == (
        '# Assumptions for "The phone stays silent" (silent_phone), saved on the page Compare.\n\n'
        "[later]\naccept = 0.5  # 0.75 as shipped; share\n\n"
        "[overran]\nfree_to = 40  # 36 as shipped; minutes past the start\n"
    )


@pytest.mark.parametrize(
    ("typed", "name"),
    [("cautious", "cautious"), (" Two  words ", "Two-words"), ("Vorsichtig, früh.toml", "Vorsichtig--früh"),
     ("../../etc/passwd", "etc-passwd"), ("面接", "面接")],
)  # fmt: skip
def test_a_name_makes_a_file_of_this_folder(typed: str, name: str) -> None:
    assert file_name(typed) == name


@pytest.mark.parametrize(
    ("typed", "says"), [("", "needs a name"), ("...", "needs a name"), ("x" * 61, "too long")]
)
def test_a_name_that_will_not_do(typed: str, says: str) -> None:
    with pytest.raises(KitError, match=says):
        file_name(typed)


def test_nothing_changed_is_nothing_to_save(model: CompareModel) -> None:
    with pytest.raises(KitError, match="No assumption is changed"):
        Saved(Path()).save("x", model.usual, {})
    assert not Path("assumptions").exists()


def test_what_is_wrong_with_a_file_is_said_and_nothing_changes(page: Any) -> None:
    type_all(page, {"later.accept": "0.4"})
    save(page, "a")
    Path("assumptions/a.toml").write_text(
        "[moon]\nweight = 1\n[later]\naccept = 7", encoding="utf-8"
    )
    with pytest.raises(KitError, match=r"a.toml was not taken over.*moon.*accept"):
        press(page, "Take over")
    assert page.model.typed == {"later.accept": "0.4"}
    Path("assumptions/a.toml").unlink()
    with pytest.raises(KitError, match="is not there any more"):
        press(page, "Take over")


def test_a_folder_that_cannot_be_written_is_said(page: Any) -> None:
    Path("assumptions").write_text("a file", encoding="utf-8")
    type_all(page, {"later.accept": "0.4"})
    with pytest.raises(KitError, match=r"could not be written \(.*\); what you typed stays here"):
        save(page, "a")
    assert page.model.typed == {"later.accept": "0.4"}


def test_a_figure_from_the_log_is_no_typed_assumption(
    model: CompareModel,
) -> None:
    model.type_in("later.accept", "0.4")
    assert model.in_force == {"later.accept": 0.4}
    model.type_in("later.accept", "0.75")
    assert model.in_force == {}
