"""``interview-coach doctor``: a line for each thing, an exit code, nothing about a client."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from interview_coach.app import health
from interview_coach.app.workfolder import make_work_folder
from interview_coach.cli import main
from interview_coach.outcomes import OutcomeLog
from interview_coach.outcomes import doctor as logs
from interview_coach.outcomes.doctor import Finding
from tests.outcomes.entries import call


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A work folder on a computer that is well."""

    def well() -> Iterator[Finding]:
        yield Finding("Python", True, "Python 3.11.9.")

    monkeypatch.setattr(health, "look_at_computer", well)
    make_work_folder(tmp_path / "work")
    yield tmp_path / "work"


def test_a_folder_without_a_log_is_well(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", str(work)]) == 0
    out = capsys.readouterr().out
    assert "  ok  Python: Python 3.11.9.\n" in out
    assert "  ok  log: There is no log yet; the first call that you log makes it.\n" in out
    assert out.endswith("All is well.\n")


def test_what_is_wrong_is_counted_and_makes_the_exit_code(
    work: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (work / "coach.toml").write_text("[playbook\n")
    assert main(["doctor", str(work)]) == 1
    assert capsys.readouterr().out.endswith("To be done: 2; each line with NO says what to do.\n")
    assert main(["doctor", str(work), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert {one["what"]: one["ok"] for one in told}["settings"] is False


def test_a_log_that_another_program_holds(
    work: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(logs, "_MOMENT", 0.05)
    monkeypatch.chdir(work)
    with OutcomeLog.open("outcomes.db") as log:
        log.add_call(call(client_id="amara-7", notes="private words"))
    with closing(sqlite3.connect("outcomes.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert main(["doctor"]) == 1
        said = capsys.readouterr().out
        assert "NO  writing: Another program is writing to the log and does not let go; " in said
        other.execute("ROLLBACK")
    assert main(["doctor"]) == 0
    said += capsys.readouterr().out
    assert "ok  writing: The log can be written; nobody holds it." in said
    assert "amara" not in said and "private" not in said


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", str(tmp_path / "no")]) == 2
    assert capsys.readouterr().err == (
        f"interview-coach: There is no folder {tmp_path / 'no'}; interview-coach new "
        f"{tmp_path / 'no'} makes it.\n"
    )
