"""``interview-coach compare``: figures for people and machines, and one sentence for what is wrong."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from interview_coach.cli import main
from interview_coach.comparing import (
    FIGURES,
    NO_FORECAST,
    Assumptions,
    Batch,
    Plan,
    batch,
    simulate,
)
from interview_coach.outcomes.sample import sample_calls


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["compare", *words])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_all_policies_are_compared_if_none_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys)
    listed = run(capsys, "--list")[1]
    names = [line.split()[0] for line in listed.splitlines()]
    assert code == 0
    assert [line.partition(":")[0] for line in out.splitlines()[: len(names)]] == names
    assert out.rstrip().endswith(NO_FORECAST)


def test_machines_get_assumptions_and_figures(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "guidance", "F4", "--json")
    found = json.loads(out)
    assert code == 0
    assert [one["name"] for one in found["policies"]] == ["guidance", "F4"]
    for one in found["policies"]:
        for figure in FIGURES:
            assert set(one[figure]) == {"value", "low", "high"}
            assert one[figure]["low"] <= one[figure]["value"] <= one[figure]["high"]
    values = found["assumptions"]["values"]
    assert values["overran.weight"]["value"] == 4
    assert all(one["source"] and one["unit"] for one in values.values())
    assert (found["method"], found["runs"], found["says"][-1]) == ("exact", 0, NO_FORECAST)


def test_a_simulation_is_seeded_and_says_how_many_runs(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("F4", "--method", "monte-carlo", "--runs", "20000", "--seed", "3")
    first, again = run(capsys, *asked)[1], run(capsys, *asked)[1]
    assert first == again
    assert json.loads(run(capsys, *asked, "--json")[1])["differences"] == {}
    assert "20,000 simulated interviews for each policy; intervals of 95%." in first
    assert run(capsys, *asked[:-1], "4")[1] != first


def test_own_assumptions_and_policies_come_from_files(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    Path("mine.toml").write_text("[emergency]\nweight = 0\n[overran]\nanswers = 1\n")
    Path("way.toml").write_text(
        '[[policy]]\nid = "mine"\nsays = "My way"\nsteps = [{ do = "stop_waiting", at = 45 }]\n'
    )
    code, out, _ = run(capsys, "guidance", "way.toml", "--assume", "mine.toml", "--json")
    found = json.loads(out)
    assert code == 0
    assert [one["name"] for one in found["policies"]] == ["guidance", "mine"]
    assert found["policies"][1]["steps"] == [{"at": 45, "do": "stop_waiting"}]
    assert found["assumptions"]["values"]["overran.answers"]["value"] == 1


def test_a_log_of_few_cases_leaves_the_assumptions(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    from interview_coach.outcomes import OutcomeLog

    with OutcomeLog.open("outcomes.db"):
        pass
    code, out, _ = run(capsys, "guidance", "F4", "--log", "outcomes.db")
    assert code == 0
    assert "assumptions, not your data: your log holds 0 cases of this kind, and 30 are" in out
    assert "overran: 0 of 0 cases; 29% assumed, both together 29% (" in out


def test_each_call_has_its_own_world_and_the_advisers_about_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, title, advisers in (
        ("no_answer", "You call, and nobody answers", {"F4", "F5"}),
        ("video_nobody_joins", "Nobody joins the video call", {"F7"}),
        ("phone_on_silent", "Your phone was on silent", {"F8", "F9"}),
        ("overslept", "You overslept", {"F8", "F9"}),
    ):
        code, out, _ = run(capsys, "--scenario", name)
        names = {line.partition(":")[0] for line in out.partition("\n\n")[0].splitlines()}
        assert code == 0 and f"“{title}”: under assumptions" in out
        assert {one for one in names if one.startswith("F")} == advisers
        assert "guidance" in names


def test_one_bad_policy_of_a_file_is_named_and_the_others_are_compared(
    capsys: pytest.CaptureFixture[str],
) -> None:
    stop = "{ do = 'stop_waiting', at = 45 }"
    Path("ways.toml").write_text(
        f"[[policy]]\nid = 'good'\nsays = 'My way'\nsteps = [{stop}]\n"
        "[[policy]]\nid = 'endless'\nsays = 'Never ends'\nsteps = [{ do = 'call', at = 9 }]\n"
    )
    code, out, err = run(capsys, "ways.toml")
    assert code == 0 and out.startswith("good: speak ")
    assert err == (
        "Left out: ways.toml, endless, stop_waiting: the policy never ends; add "
        "{ do = 'stop_waiting', at = 60 }.\n"
    )


def test_more_processes_give_the_same_figures(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("F8", "F9", "--scenario", "overslept", "--method", "monte-carlo", "--runs", "200000")
    assert run(capsys, *asked, "--processes", "2") == run(capsys, *asked)


def test_a_log_of_enough_cases_takes_the_place_of_the_assumed_mix(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # The sample's calls stand in for a log of one's own; 72 of this kind, most with a known cause.
    monkeypatch.setattr("interview_coach.outcomes.calls_of", lambda log: (sample_calls(), ""))
    code, out, _ = run(capsys, "guidance", "F4", "--log", "mine.db", "--json")
    found = json.loads(out)
    assert code == 0 and found["log"]["used"]
    assert found["assumptions"]["cases"] == found["log"]["cases"] >= 30
    assert found["log"]["cases"] + found["log"]["left_out"] == 72
    for one in found["policies"]:
        assert one["connected"]["low"] < one["connected"]["value"] < one["connected"]["high"]
    assert f"from {found['log']['cases']} cases of your log" in found["says"][0]


def test_of_two_it_says_what_would_let_the_other_win(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "unconfirmed", "call-thrice")
    assert "unconfirmed and call-thrice change places if later.pressing (" in out
    _, out, _ = run(capsys, "guidance", "wait-only")
    assert (
        "No single assumption, within its range, lets guidance and wait-only change places." in out
    )
    _, out, _ = run(capsys, "guidance", "F5", "--scenario", "no_answer")
    assert "As things are assumed, guidance and F5 come to the same." in out
    found = json.loads(run(capsys, "guidance", "F4", "--json")[1])
    assert found["sensitivity"][0]["name"] in found["assumptions"]["values"]
    assert json.loads(run(capsys, "--json")[1])["sensitivity"] == []


def test_a_batch_that_is_stopped_shows_what_there_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = batch._Chunks.drawn
    chunks: list[int] = []

    def until_ctrl_c(self: batch._Chunks, number: int, size: int) -> Any:
        if len(chunks) == 3:
            raise KeyboardInterrupt
        chunks.append(size)
        return drawn(self, number, size)

    monkeypatch.setattr(batch._Chunks, "drawn", until_ctrl_c)
    asked = ("F4", "--method", "monte-carlo", "--runs", str(20 * batch.CHUNK))
    code, out, _ = run(capsys, *asked)
    assert code == 0
    assert f"{3 * batch.CHUNK:,} simulated interviews for each policy, stopped by hand;" in out
    chunks.clear()
    found = json.loads(run(capsys, *asked, "--json")[1])
    assert found["stopped"] and found["runs"] == 3 * batch.CHUNK


def test_a_long_batch_says_what_it_takes_first(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def fewer(assumptions: Assumptions, plans: Mapping[str, Plan], runs: int, *_: object) -> Batch:
        asked.append(runs)
        return simulate(assumptions, plans, 1_000)

    monkeypatch.setattr("interview_coach.comparing.side_by_side.simulate", fewer)
    code, _, err = run(capsys, "F4", "--method", "monte-carlo", "--runs", "10000000000")
    assert code == 0 and asked == [10**10]
    assert "10,000,000,000 runs of 1 will take up to about" in err
    assert "MB beside the program; Ctrl+C stops, and shows what there is." in err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("F44",), "There is no policy 'F44' for the call 'The phone stays silent'; did you mean"),
        (("--scenario", "silent"), "--scenario: there is no call 'silent'; "),
        (("--scenario", "they_call_late"), "can be practised, not compared"),
        (
            ("F8",),
            "for the call 'The phone stays silent'; interview-coach compare --list --scenario ",
        ),
        (
            ("--runs", "10"),
            "--runs, --seed, --narrow and --processes belong to --method monte-carlo",
        ),
        (("--processes", "2"), "belong to --method monte-carlo; what is calculated draws nothing."),
        (
            ("--method", "monte-carlo", "--processes", "0"),
            "0 processes are not possible; use 1 to 64.",
        ),
        (
            ("--method", "monte-carlo", "--runs", "0"),
            "0 runs are not possible; give a number from 1",
        ),
        (("--days", "-2"), "Completed within -2 days is not possible; use 0 or more."),
        (("--house", "none.toml"), "--house: there is no file 'none.toml'; check the path."),
        (("--assume", "none.toml"), "none.toml: the file is not there; put it back."),
        (("none.toml",), "none.toml: the file is not there; put it back."),
        (("--log", "none.db"), "none.db"),
    ],
)
def test_what_is_wrong_comes_back_as_a_sentence(
    words: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert err.startswith("interview-coach: ") and says in err
