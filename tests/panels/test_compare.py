"""Comparing policies: what is in sight at once, what the log says, and what is kept."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from interview_coach.cli import main
from interview_coach.comparing import headline
from interview_coach.panels import compare_model
from interview_coach.panels.compare import compare_panel
from interview_coach.panels.compare_choice import Choice
from interview_coach.panels.compare_model import CompareModel
from interview_coach.panels.compare_turns import map_of, turns_of
from interview_coach.panels.desk import Desk
from tests.calls_frames import calls_frame
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


def missed(count: int, **row: Any) -> list[dict[str, Any]]:
    usual = {"state": "missed", "missed_by": "interviewer_no_call", "cause": "forgot"}
    return [{**usual, **row} for _ in range(count)]


def with_log(monkeypatch: pytest.MonkeyPatch, rows: list[dict[str, Any]]) -> None:
    frame = calls_frame(rows)
    monkeypatch.setattr(compare_model, "_missed", lambda _: frame)


# ------------------------------------------------------------------ what is seen at once


def test_the_page_begins_with_every_policy_beside_the_others(page: Any) -> None:
    text = seen(page)
    found = page.model.comparison
    assert len(found.answers) == len(page.model.policies) >= 14
    assert headline(found) in text and "assumptions, not your data" in text
    for sentence in page.model.says():
        assert sentence in text
    assert "no forecast for a person" in text and "it does not matter" in text
    for key, one in found.answers.items():
        policy = found.policies[key].says
        shares = f"{100 * one.connected.value:.0f}%, completed {100 * one.completed.value:.0f}%"
        assert f"{policy}: speak that day {shares}" in text


def test_the_figures_are_those_of_the_terminal(
    model: CompareModel, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", "--json", "--days", "7"]) == 0
    told = {one["name"]: one for one in json.loads(capsys.readouterr().out)["policies"]}
    assert model.comparison is not None
    for key, one in model.comparison.answers.items():
        assert told[key]["completed"]["value"] == one.completed.value


def test_other_policies_days_and_call(page: Any) -> None:
    here = parts(page)
    here._which.button.click()
    press(page, "None of them")
    assert "No policy is chosen" in seen(page)
    for key in ("guidance", "F4"):
        here.policies[key].value = True
    here.fields["days"].value = 1
    here.fields["scenario"].value = "no_answer"
    found = page.model.comparison
    assert list(found.answers) == ["guidance", "F4"] and found.within == 1
    assert "“You call, and nobody answers”" in seen(page) and "within 1 day" in seen(page)
    # Those that are about a silent phone alone are not offered where the candidate calls.
    assert "Which policies? (2 of 10 chosen)" in buttons(page)
    press(page, "All of them")
    assert len(page.model.comparison.answers) == 10


def test_every_moment_has_its_policies_and_its_words(page: Any) -> None:
    here = parts(page)
    here._which.button.click()
    for name, title, advisers, told in (
        ("video_nobody_joins", "Nobody joins the video call", {"F7"}, "Most speak before the wait"),
        ("phone_on_silent", "Your phone was on silent", {"F8", "F9"}, "held that same day"),
        ("overslept", "You overslept", {"F8", "F9"}, "time until you are in touch or stop"),
    ):
        here.fields["scenario"].value = name
        assert f"“{title}”: under assumptions" in seen(page) and told in seen(page)
        assert {key for key in here.policies if key.startswith("F")} == advisers
        assert list(page.model.comparison.answers) == list(here.policies)
    group = dict(here.assumed._groups())
    assert "When they are: in the ward, her name crossed out" not in group  # hers are the papers
    assert "When they are: in the ward, your name crossed out" in group
    # A story of the moment can be told, and its words are those of the screen.
    play = page.model.story("F8", 3)
    assert play.outcome in ("spoke", "rebooked") and play.done["apologise"]


def test_one_bad_policy_of_one_s_own_leaves_the_others(tmp_path: Path) -> None:
    stop = "steps = [{ do = 'stop_waiting', at = 45 }]\n"
    (tmp_path / "policies.toml").write_text(
        f"[[policy]]\nid = 'mine'\nsays = 'My way'\n{stop}"
        "[[policy]]\nid = 'endless'\nsays = 'Never ends'\nsteps = [{ do = 'call', at = 9 }]\n"
    )
    page = compare_panel()
    assert "mine" in page.model.comparison.answers and len(page.model.policies) == 15
    assert (
        "Of your own policies only mine can be compared here. policies.toml, endless, stop_waiting: the "
        "policy never ends; add" in seen(page)
    )
    # A call that opens after its wait has ended has no place for it.
    parts(page).fields["scenario"].value = "overslept"
    assert "Your own policies are left out. policies.toml, mine, stop_waiting: " in seen(page)


def test_of_a_miss_of_one_s_own_the_log_says_what_it_cannot_tell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_log(monkeypatch, missed(40, missed_by="candidate"))
    page = compare_panel("phone_on_silent")
    parts(page)._from_log.button.click()
    assert "Your log holds 40 calls of this kind, missed on your side. It tells the reason" in seen(
        page
    )
    assert "assumptions, not your data" in seen(page)


@pytest.mark.parametrize(
    ("left", "says"),
    [
        (("guidance",), "With guidance, 97% of interviews take place within 7 days"),
        (("guidance", "F1"), "It makes no difference within 7 days: 97%"),
        (("guidance", "F4"), "With guidance, 97% of interviews take place within 7 days; fewest with F4"),
        (("guidance", "F1", "F2", "F4"), "With 3 of 4 policies, 97%"),
    ],
)  # fmt: skip
def test_the_headline_says_who_is_best(
    model: CompareModel, left: tuple[str, ...], says: str
) -> None:
    model.choose(left_out=tuple(key for key in model.policies if key not in left))
    assert model.comparison is not None
    assert headline(model.comparison).startswith(says)


# ------------------------------------------------------------------ the log


def test_under_thirty_cases_the_assumptions_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    with_log(monkeypatch, [*missed(29), *missed(1, cause="no_reception")])
    page = compare_panel()
    found = page.model.comparison
    assert found.assumptions.values == page.model.usual.values
    assert "assumptions, not your data" in seen(page) and "holds 29 cases" in seen(page)
    parts(page)._from_log.button.click()
    assert "29 of 29" in seen(page) and "30 are needed; until then the assumptions stay" in seen(
        page
    )


def test_from_thirty_cases_on_the_log_stands_in_with_its_interval(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_log(monkeypatch, missed(30))
    page = compare_panel()
    one = page.model.comparison.answers["guidance"].connected
    assert one.low < one.value < one.high
    text = seen(page)
    assert "your log: 30 cases" in text and "assumptions, not your data" not in text
    assert "synthetic data" in text, "the calls of this log are made up"
    assert "Synthetic data." in page.model.chart().alt
    assert "Synthetic data." in map_of(page.model, "guidance", "F4").alt
    assert "Synthetic data." in turns_of(page.model, "guidance", "F4").chart().alt
    assert "95% intervals" in words(page) or re.search(r"speak that day \d+% \(\d+% to", text)
    parts(page).use_log.value = False
    assert page.model.comparison.assumptions.values == page.model.usual.values
    assert "assumptions, not your data" in seen(page) and "Your log is not used now" in words(page)


def test_a_log_that_is_not_there_is_not_made(page: Any, tmp_path: Path) -> None:
    parts(page)._from_log.button.click()
    assert "There is no log yet" in seen(page)
    assert not (tmp_path / "outcomes.db").exists()


# ------------------------------------------------------------------ what is kept


def test_what_was_chosen_is_there_again(page: Any) -> None:
    model = page.model
    model.choose(days=3, left_out=("F1",), figure="calls", runs="5")
    model.type_in("later.accept", "0.5")
    model.draft(name="Half")
    assert compare_panel(desk="desk.json").model.choice == model.choice


@pytest.mark.parametrize(
    "kept",
    [
        {"scenario": "moon"},
        {"days": "many"},
        {"days": -1},
        {"typed": []},
        {"draft": {"name": 3}},
        {"draft": {"colour": "red"}},
        {"figure": "luck"},
        {"more": 1},
    ],
)
def test_a_choice_of_another_version_is_let_go(kept: dict[str, Any]) -> None:
    Desk("desk.json").keep("compare", kept)
    assert compare_panel(desk="desk.json").model.choice == Choice()


def test_a_scenario_that_there_is_not(tmp_path: Path) -> None:
    page = compare_panel("moon")
    assert "There is no comparison for 'moon'; use one of silent_phone, no_answer, " in seen(page)


def test_an_unreadable_log_is_said(tmp_path: Path) -> None:
    (tmp_path / "outcomes.db").write_text("no log", encoding="utf-8")
    assert "Nothing can be compared yet" in seen(compare_panel())
