"""Comparing policies: one of a coach's own is built, kept, and read by the terminal."""

import json
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
from tests.panels.driving import press, visible

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


def test_a_policy_that_branches_is_built_with_fields_and_read_by_the_terminal(
    page: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = parts(page)
    here.new.fold.button.click()
    fields = here.new.fields
    assert "Then hold until" not in labels(page)
    fields["check"].value = "check_time"
    assert "If it shows that the time may be another one:" in seen(page)
    typed = {"name": "Look first", "check_at": "4", "hold": "40", "then_call": "8"}
    for name, value in {**typed, "then_hold": "65"}.items():
        fields[name].value = value
    press(page, "Compare it")
    plan = page.model.comparison.plans["Look-first"]
    usual = ((4, "check_time"), (15, "call"), (16, "leave_voicemail"), (17, "send_email"))
    seen_then = ((4, "check_time"), (8, "call"), (9, "leave_voicemail"), (17, "send_email"))
    assert plan.acts == (*usual, (40, "stop_waiting"))
    assert {one: branch.acts for one, branch in plan.branches.items()} == {
        frozenset({"check_time"}): (*seen_then, (65, "stop_waiting"))
    }
    assert fields["check"].value == "" and "Then hold until" not in labels(page)
    found = page.model.comparison.answers["Look-first"]
    assert main(["compare", "policies.toml", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["policies"]
    assert [(one["name"], one["completed"]["value"]) for one in told] == [
        ("Look-first", found.completed.value)
    ]


def test_it_is_as_a_shipped_one_that_says_the_same(model: CompareModel) -> None:
    """F6 built by hand (it checks at the first minute there is) comes to what F6 comes to."""
    assert model.comparison is not None
    f6 = model.comparison.plans["F6"]
    at = str(f6.acts[0][0])
    model.draft(name="Like F6", check="check_number", check_at=at, then_email=at)
    model.add()
    like = model.comparison.plans["Like-F6"]
    assert like == f6
    one, two = (model.comparison.answers[key] for key in ("F6", "Like-F6"))
    assert one.completed == two.completed and one.calls == two.calls


@pytest.mark.parametrize(
    ("draft", "field", "says"),
    [
        ({}, "then_hold", "Whatever it shows, nothing would change"),
        ({"then_hold": "x"}, "then_hold", "'x' is no minute: write the end of the wait"),
        ({"then_hold": "65", "check_at": ""}, "check_at", "The minute is missing: write the check"),
        ({"then_hold": "65", "check_at": "31"}, "check_at", "It is not open at minute 31"),
        ({"then_hold": "500"}, "then_hold", "It stops at minute 500"),
        ({"then_hold": "16"}, "then_hold", "It is done at minute"),
        ({"then_email": "70"}, "then_email", "It is done at minute 70"),
        ({"then_call": "59"}, "then_call", "It is done at minute"),
        ({"then_call": "8", "check_at": "20"}, "check_at", "What depends on it would change"),
        ({"then_hold": "65", "email": "61"}, "email", "It is done at minute 61"),
    ],
)  # fmt: skip
def test_what_cannot_follow_from_a_check_is_said_beside_its_field(
    model: CompareModel, draft: dict[str, Any], field: str, says: str, tmp_path: Path
) -> None:
    model.draft(**{"name": "Look first", "check": "check_time", **draft})
    with pytest.raises(DraftError) as wrong:
        model.add()
    assert wrong.value.fields[field].startswith(says)
    assert not (tmp_path / "policies.toml").exists()


def test_only_checks_that_may_show_something_in_this_call_are_offered(page: Any) -> None:
    here = parts(page)
    here.new.fold.button.click()
    check = here.new.fields["check"]
    assert [verb for _, verb in check.input.options] == ["", "check_time", "check_number"]
    check.value = "check_number"
    here.fields["scenario"].value = "no_answer"
    # There the number is the one in the invitation, and never wrong.
    assert [verb for _, verb in check.input.options] == ["", "check_time"]
    assert check.value == page.model.choice.draft.check == ""
    assert "Then hold until" not in labels(page)


def labels(page: Any) -> set[str]:
    return {str(getattr(one, "description", "")) for one in visible(page)}
