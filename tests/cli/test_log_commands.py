"""The log from a terminal: a call noted, changed, taken back, listed."""

import json
from pathlib import Path
from typing import Any

import pytest

from interview_coach.cli import main
from interview_coach.cli.log import FIELDS
from interview_coach.outcomes import CallEntry

MISSED = [
    *("--client-id", "C-014", "--scheduled-at", "2026-03-05T14:00", "--timezone", "Europe/London"),
    *("--state", "missed", "--missed-by", "interviewer_no_call", "--employer", "Alder & Pike"),
]


@pytest.fixture
def log(tmp_path: Path) -> str:
    return str(tmp_path / "outcomes.db")


def said(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    assert main(["log", *argv]) == 0
    return capsys.readouterr().out


def answer(capsys: pytest.CaptureFixture[str], *argv: str) -> Any:
    return json.loads(said(capsys, *argv, "--json"))


def test_the_fields_are_those_of_a_call() -> None:
    ours = {"coach", "synthetic", "date_doubt", "entry_key"}
    assert set(FIELDS) == set(CallEntry.model_fields) - ours


def test_a_call_is_noted_changed_and_taken_back(
    log: str, capsys: pytest.CaptureFixture[str]
) -> None:
    call = answer(capsys, "add", "--log", log, *MISSED)["call_id"]
    changed = said(
        capsys,
        "change",
        call,
        "--log",
        log,
        "--why",
        "they rang",
        "--reconnected-at",
        "2026-03-05T14:24",
    )
    assert changed == "Changed: reconnected_at.\n"
    (row,) = answer(capsys, "list", "--log", log)
    assert (row["client_id"], row["state"]) == ("C-014", "missed")
    assert row["reconnected_at"].startswith("2026-03-05 14:24")
    assert said(capsys, "undo", call, "--log", log).startswith("Taken back")
    (row,) = answer(capsys, "list", "--log", log)
    assert row["reconnected_at"] is None
    acts = [one["action"] for one in answer(capsys, "history", call, "--log", log)]
    assert acts == ["added", "changed", "undone"]


def test_the_list_shows_the_clients_clock_and_only_what_is_asked_for(
    log: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "add", "--log", log, *MISSED)
    zone = ("--timezone", "America/New_York")
    said(
        capsys,
        "add",
        "--log",
        log,
        "--client-id",
        "C-2",
        "--scheduled-at",
        "2026-07-01T09:00",
        *zone,
    )
    lines = said(capsys, "list", "--log", log).splitlines()
    assert lines[0].split("  ")[0] == "scheduled at"
    assert [line[:16] for line in lines[1:]] == ["2026-07-01 09:00", "2026-03-05 14:00"]
    assert len(said(capsys, "list", "--log", log, "--state", "missed").splitlines()) == 2
    assert len(said(capsys, "list", "--log", log, "--from", "2026-06-01").splitlines()) == 2
    assert said(capsys, "list", "--log", log, "--most", "1").endswith(
        "1 of 2 calls; --most 0 shows all.\n"
    )
    assert "C-014" in said(capsys, "due", "--log", log)
    assert "C-014" in said(capsys, "stories", "--log", log)


def test_what_cannot_be_is_said_in_a_sentence(
    log: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["log", "list", "--log", log]) == 2
    assert capsys.readouterr().err == (
        f"interview-coach: There is no outcome log {log}; name it with --log.\n"
    )
    assert main(["log", "add", "--log", log, *MISSED[:6], "--state", "mised"]) == 2
    assert "state" in capsys.readouterr().err
    call = answer(capsys, "add", "--log", log, *MISSED)["call_id"]
    assert main(["log", "change", call, "--log", log, "--why", "x"]) == 2
    assert "nothing is to be changed; name a field" in capsys.readouterr().err
    assert (
        main(["log", "change", call, "--log", log, "--why", "x", "--revision", "7", "--round", "2"])
        == 2
    )
    assert capsys.readouterr().err


def test_words_of_somebody_do_not_move_the_terminal(
    log: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "add", "--log", log, *MISSED[:-1], "Alder\x1b[2J\nPike")
    shown = said(capsys, "list", "--log", log)
    assert "\x1b" not in shown
    assert len(shown.splitlines()) == 2


def test_when_a_call_was_booked(log: str, capsys: pytest.CaptureFixture[str]) -> None:
    call = answer(capsys, "add", "--log", log, *MISSED, "--booked-at", "2026-03-01T10:00")[
        "call_id"
    ]
    (row,) = answer(capsys, "list", "--log", log)
    assert row["booked_at"].startswith("2026-03-01 10:00")
    why = ("--why", "not sure")
    assert said(capsys, "change", call, "--log", log, *why, "--empty", "booked-at") == (
        "Changed: booked_at.\n"
    )
