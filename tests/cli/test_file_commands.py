"""Import and export from a terminal: what is shown, what is asked, and what happens without a word."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from interview_coach.cli import main
from interview_coach.cli.log import taking_back
from interview_coach.outcomes import OutcomeLog

FILE = (
    "Client,Date,Time,Company,Outcome\n"
    "Anna S,04/03/2026,14:00,Acme,Came\n"
    "Ben O,05/03/2026,9.30 am,Bolt,kaput\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("interview_coach.cli.files._own_zone", lambda: "Europe/London")
    (tmp_path / "calls.csv").write_text(FILE)
    return tmp_path


def logged(folder: Path) -> list[str]:
    if not (folder / "log.db").exists():
        return []
    with OutcomeLog.open(folder / "log.db") as log:
        return list(log.calls()["state"])


ANSWERS = ["--answer", "date_order=day", "--answer", "state:kaput=missed"]


def test_open_questions_stop_an_import_that_asks_nobody(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "calls.csv", "--log", "log.db", "--yes"]) == 2
    assert capsys.readouterr().err == (
        "interview-coach: 2 questions are open before calls.csv can be imported:\n"
        "- date_order: Which stands first in the dates of the file? All of them can be read either way. "
        "(day, month)\n"
        "- state:kaput: What does 'kaput' mean for state? (completed, missed, moved, cancelled, "
        "pending)\n"
    )
    assert [file.name for file in folder.iterdir()] == ["calls.csv"]


def test_answers_beforehand_and_a_mapping_for_next_time(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["import", "calls.csv", "--log", "log.db", *ANSWERS]
    assert main([*command, "--dry-run", "--save-mapping", "m.toml"]) == 0
    said = capsys.readouterr().out
    assert "  employer        from  Company\n" in said
    assert (
        "  missed_by = unknown    Who missed the calls for which the file does not say it?" in said
    )
    assert said.endswith("2 of 2 rows of calls.csv would be imported.\n")
    assert logged(folder) == []
    assert main(command) == 2
    assert capsys.readouterr().err == (
        "interview-coach: Nothing was imported; to import it as shown, run this again with --yes.\n"
    )
    assert main([*command, "--yes"]) == 0
    assert logged(folder) == ["completed", "missed"]
    capsys.readouterr()
    assert main(["import", "calls.csv", "--log", "log.db", "--mapping", "m.toml"]) == 0
    assert capsys.readouterr().out == (
        "0 of 2 rows of calls.csv were imported.\n"
        "2 are in the log already, from an earlier import.\n"
    )


def test_at_a_terminal_each_question_is_asked(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def typed() -> Iterator[str]:
        # A slip, the order, the zone and the word, who missed it, channel and caller as they are.
        yield from ("dayy", "day", "", "missed", "", "", "", "y")

    lines, prompts = typed(), list[str]()

    def answer(prompt: str) -> str:
        prompts.append(prompt)
        return next(lines)

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", answer)
    assert main(["import", "calls.csv", "--log", "log.db"]) == 0
    assert prompts == [
        "date_order []: ",
        "date_order []: ",
        "timezone [Europe/London]: ",
        "state:kaput []: ",
        "missed_by [unknown]: ",
        "channel [phone]: ",
        "caller [interviewer]: ",
        "Import this? [y/N]: ",
    ]
    assert "date_order: 'dayy' is none of the answers; use one of day, month." in (
        capsys.readouterr().out
    )
    assert logged(folder) == ["completed", "missed"]


def test_for_machines(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "calls.csv", "--log", "log.db", *ANSWERS, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["imported"], said["dry_run"]) == (2, True)
    assert said["mapping"]["time"] == {"timezone": "Europe/London", "date_order": "day"}
    assert logged(folder) == []


def test_an_import_is_taken_back_whole(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "calls.csv", "--log", "log.db", *ANSWERS, "--yes"]) == 0
    undo = "To take that back: interview-coach log undo --act {} --log log.db\n"
    assert capsys.readouterr().out.endswith(undo.format(1))
    assert main(["log", "undo", "--act", "1", "--log", "log.db"]) == 0
    assert capsys.readouterr().out == "2 calls are taken out of the log again.\n" + undo.format(2)
    assert logged(folder) == []
    assert main(["log", "undo", "--act", "2", "--log", "log.db", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "act": 3,
        "undone": "2 calls are back as they were.",
    }
    assert logged(folder) == ["completed", "missed"]
    assert main(["log", "undo", "--act", "9", "--log", "log.db"]) == 2
    assert "There is no act 9 on calls in the log" in capsys.readouterr().err
    # The same file again writes nothing, so there is nothing to take back.
    assert main(["import", "calls.csv", "--log", "log.db", *ANSWERS, "--yes"]) == 0
    assert "To take that back" not in capsys.readouterr().out


@pytest.mark.parametrize("both", [[], ["call-1", "--act", "1"]])
def test_taking_back_wants_one_thing(
    both: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["log", "undo", *both, "--log", "log.db"]) == 2
    assert capsys.readouterr().err == (
        "interview-coach: log undo: name either a call, or an act with --act; nothing was changed.\n"
    )


def test_the_way_back_does_not_repeat_a_server_s_address() -> None:
    assert taking_back(7, "postgresql://ash:secret@db/log") == (
        "To take that back: interview-coach log undo --act 7 with the same --log"
    )
    assert taking_back(7, "my log.db").endswith("--log 'my log.db'")


REFUSED = {
    (
        "--answer",
        "date_order",
    ): "--answer 'date_order': write it as NAME=VALUE, such as date_order=day.",
    (
        "--answer",
        "x=y",
    ): "x: this is not asked about calls.csv; the questions are date_order, timezone, "
    "state:kaput, channel, caller.",
    (
        "--mapping",
        "m.toml",
        "--answer",
        "a=b",
    ): "--answer is for an import without --mapping; leave one of them out.",
}


@pytest.mark.parametrize("options", REFUSED)
def test_options_that_do_not_fit(
    options: tuple[str, ...], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "calls.csv", "--log", "log.db", *options]) == 2
    assert capsys.readouterr().err == f"interview-coach: {REFUSED[options]}\n"


def test_export_and_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "out.xlsx"]) == 2
    assert capsys.readouterr().err == (
        "interview-coach: There is no outcome log outcomes.db; log a call or import a file into it "
        "first.\n"
    )
    assert main(["import", "calls.csv", "--log", "log.db", *ANSWERS, "--yes"]) == 0
    capsys.readouterr()
    assert main(["export", "out.xlsx", "--log", "log.db"]) == 0
    assert capsys.readouterr().out == "2 calls from log.db. Written to out.xlsx.\n"
    assert main(["export", "out.xlsx", "--log", "log.db"]) == 2
    assert "There is a file out.xlsx already" in capsys.readouterr().err
    assert main(["import", "out.xlsx", "--log", "log.db", "--yes"]) == 0
    assert capsys.readouterr().out.endswith(
        "0 of 2 rows of out.xlsx were imported.\n"
        "2 are in the log already, from an earlier import.\n"
    )
