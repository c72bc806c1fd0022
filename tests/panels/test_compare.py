"""Comparing policies: what is in sight at once, what can be typed over, built, turned and simulated."""

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from interview_coach.cli import main
from interview_coach.comparing import follow, headline
from interview_coach.errors import KitError
from interview_coach.panels import compare_model, compare_runs
from interview_coach.panels.compare import compare_panel
from interview_coach.panels.compare_choice import Choice, number_of
from interview_coach.panels.compare_model import CompareModel
from interview_coach.panels.compare_own import DraftError
from interview_coach.panels.compare_turns import map_of, pair_of, turns_of
from interview_coach.panels.desk import Desk
from interview_coach.panels.practice import practice_panel
from interview_coach.simulation import run
from tests.calls_frames import calls_frame
from tests.panels.driving import buttons, press, visible, words


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def page() -> Any:
    return compare_panel(desk="desk.json")


@pytest.fixture
def model() -> CompareModel:
    return CompareModel()


def parts(page: Any) -> Any:
    return page.body.children[0]


def seen(page: Any) -> str:
    shown = (str(getattr(one, "value", "")) for one in visible(page) if hasattr(one, "value"))
    return html.unescape(re.sub(r"\s+", " ", re.sub(r'"data:[^"]*"', '""', " ".join(shown))))


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


# ------------------------------------------------------------------ assumptions


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


# ------------------------------------------------------------------ policies of one's own


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


# ------------------------------------------------------------------ what would change the answer


def test_nothing_is_reckoned_while_it_is_closed(page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    here = parts(page)
    assert here.change.fields == {}
    here.change.fold.button.click()
    text = seen(page)
    assert re.search(r"43 assumptions.* change places", text) and "of 121" in text
    here.change.fields["second"].value = "F4"
    here.change.fields["figure"].value = "waiting_minutes"
    # The shortest wait beside the one that was chosen; the fields say which two are drawn.
    assert pair_of(page.model) == ("early", "F4")
    assert [here.change.fields[name].value for name in ("first", "second")] == ["early", "F4"]
    assert "let early and F4 change places" in seen(page).replace("lets", "let")
    assert "F4 is ahead at 121 of 121" in seen(page)
    with pytest.raises(KitError):
        here.change.fields["up"].value = "later.accept"
    assert "A map needs two different assumptions" in here.change._notice.words


def test_the_pair_is_the_best_and_the_next_that_differs(model: CompareModel) -> None:
    first, second = pair_of(model)
    assert model.comparison is not None
    completed = {key: one.completed.value for key, one in model.comparison.answers.items()}
    assert completed[first] == max(completed.values())
    assert completed[second] == max(v for v in completed.values() if v < completed[first] - 1e-9)
    model.choose(figure="waiting_minutes")
    assert pair_of(model)[0] == "F4"
    model.choose(first="F1", second="F1")
    with pytest.raises(KitError, match="F1 is chosen twice"):
        pair_of(model)
    model.choose(left_out=tuple(key for key in model.policies if key != "F1"))
    with pytest.raises(KitError, match="It takes two policies"):
        pair_of(model)


def test_a_switch_that_is_said_does_switch(model: CompareModel) -> None:
    model.choose(figure="waiting_minutes")
    turns = turns_of(model, "F2", "F3")
    assert turns.title == "3 of 43 assumptions could, each alone, let F2 and F3 change places"
    assert model.comparison is not None
    table = turns.chart().data
    found = table[table["they change places at"] != "not within the range"]
    assert len(found) == len(turns.says) == 3
    names = {model.label(name): name for name in model.usual.about}

    def apart() -> float:
        assert model.comparison is not None
        two = (model.comparison.answers[key].waiting_minutes.value for key in ("F2", "F3"))
        return next(two) - next(two)

    before = apart()
    for row in found.to_dict("records"):
        beyond = float(row["they change places at"])
        name = names[row["assumption"]]
        if not model.usual.about[name].whole:
            # Written with three digits: a hair further than the value that was found.
            beyond += (beyond - float(row["assumed"])) * 0.02
        model.type_in(name, f"{beyond}")
        assert apart() * before < 0, row
        model.as_shipped()


def test_where_nothing_turns_the_line_says_so(model: CompareModel) -> None:
    turns = turns_of(model, "guidance", "wait-only")
    assert turns.title == "None of 43 assumptions, alone, lets guidance and wait-only change places"
    assert turns.says == ()
    model.choose(figure="connected")
    assert "come to the same" in turns_of(model, "guidance", "unconfirmed").title
    model.choose(figure="completed")
    many = turns_of(model, "F2", "same-caller")
    assert len(many.says) == 6 and many.says[-1] == "and 2 more, in the table"


def test_a_map_of_an_assumption_that_this_call_has_not_is_the_usual_one(
    model: CompareModel,
) -> None:
    model.choose(across="wrong_number.weight")
    assert "wrong number" in map_of(model, "guidance", "F4").alt
    model.choose(scenario="no_answer")
    assert "chance of a new time when they found a message" in map_of(model, "guidance", "F4").alt


# ------------------------------------------------------------------ simulating


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
