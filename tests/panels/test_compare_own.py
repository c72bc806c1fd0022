"""Comparing policies: one of a coach's own is built, kept, and read by the terminal."""

from pathlib import Path
from typing import Any

import pytest

from interview_coach.cli import main
from interview_coach.errors import KitError
from interview_coach.panels.compare import compare_panel
from interview_coach.panels.compare_model import CompareModel
from interview_coach.panels.compare_own import DraftError
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


def test_a_policy_is_built_compared_kept_and_read_by_the_terminal(
    page: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = parts(page)
    here.new.fold.button.click()
    fields = here.new.fields
    typed = {"name": "Call at ten", "call": "10", "email": "", "again": "30", "hold": "45"}
    for name, value in {**typed, "swap": False}.items():
        fields[name].value = value
    press(page, "Compare it")
    plan = page.model.comparison.plans["Call-at-ten"]
    assert plan.acts == ((10, "call"), (11, "leave_voicemail"), (30, "call"), (45, "stop_waiting"))
    assert (plan.next_day, plan.confirms, plan.swaps) == (1, True, False)
    assert fields["name"].value == "" and "Call at ten" in seen(page)
    assert main(["compare", "policies.toml"]) == 0
    assert "Call-at-ten: speak" in capsys.readouterr().out
    press(page, "Remove")
    assert "Call-at-ten" not in page.model.policies and not page.model.of_own
    press(page, "Put it back")
    assert compare_panel(desk="desk.json").model.of_own.keys() == {"Call-at-ten"}


@pytest.mark.parametrize(
    ("draft", "field", "says"),
    [
        ({"name": "x"}, "name", "It needs a name of 3 letters"),
        ({"name": "x" * 81}, "name", "This name is longer"),
        ({"name": "guidance"}, "name", "There is a policy 'guidance' already"),
        ({"call": "soon"}, "call", "'soon' is no minute: write the first call in whole minutes"),
        ({"hold": ""}, "hold", "The minute is missing"),
        ({"hold": "500"}, "hold", "It stops at minute 500"),
        ({"email": "61"}, "email", "It is done at minute 61"),
        ({"call": ""}, "voicemail", "A voicemail is left after a call"),
        ({"again": "10"}, "again", "It comes before the first call"),
        ({"again": "59", "hold": "60"}, "again", "It is done at minute 59"),
    ],
)
def test_what_makes_no_policy_is_said_beside_its_field(
    model: CompareModel, draft: dict[str, Any], field: str, says: str, tmp_path: Path
) -> None:
    model.draft(**{"name": "Mine and mine", **draft})
    with pytest.raises(DraftError) as wrong:
        model.add()
    assert wrong.value.fields[field].startswith(says)
    assert not (tmp_path / "policies.toml").exists()


def test_the_form_says_it_and_keeps_what_was_typed(
    page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = parts(page)
    here.new.fold.button.click()
    here.new.fields["hold"].value = "soon"
    press(page, "Compare it")
    assert here.new.fields["name"].error and here.new.fields["hold"].error
    assert "see beside the fields" in seen(page)
    here.new.fields["hold"].value = "40"
    assert not here.new.fields["hold"].error
    assert parts(compare_panel(desk="desk.json")).new.fields["hold"].value == "40"


def test_what_a_coach_wrote_into_the_file_stays(model: CompareModel, tmp_path: Path) -> None:
    text = '# mine\n[[policy]]\nid = "by-hand"\nsays = "By hand"\nsteps = [{ do = "stop_waiting", at = 20 }]\n'
    (tmp_path / "policies.toml").write_text(text, encoding="utf-8")
    model = CompareModel()
    for name in ("Früh anrufen", "面接コーチ", '"Quoted" \\ name'):
        model.draft(name=name)
        model.add()
    kept = (tmp_path / "policies.toml").read_text(encoding="utf-8")
    assert kept.startswith(text.rstrip()) and len(model.of_own) == 4
    assert {one.says for one in model.of_own.values()} >= {"面接コーチ", '"Quoted" \\ name'}
    before = model.remove("by-hand")
    assert "by-hand" not in model.policies and len(model.of_own) == 3
    model.put_back(before)
    assert (tmp_path / "policies.toml").read_text(encoding="utf-8") == kept
    with pytest.raises(KitError, match="has no policy 'nobody'"):
        model.remove("nobody")


@pytest.mark.parametrize("text", ["[[policy]]\nid = 3", "not toml", '[[policy]]\nid="x"\nsays="x"'])
def test_a_file_that_is_wrong_is_said_and_the_others_are_compared(
    text: str, tmp_path: Path
) -> None:
    (tmp_path / "policies.toml").write_text(text, encoding="utf-8")
    page = compare_panel()
    assert "Your own policies are left out. policies.toml" in seen(page)
    assert len(page.model.comparison.answers) == 14
