"""Where the log is, and that a password shows nowhere: not in messages, tracebacks, output or files."""

import re
import socket
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from interview_coach.cli import main
from interview_coach.errors import KitError
from interview_coach.outcomes import OutcomeLog, calls_of, database
from interview_coach.outcomes.address import is_there, location, name_of, without_password
from interview_coach.outcomes.doctor import examine
from interview_coach.reports.making import make_report
from tests.outcomes.teams import Team, server_of

SECRET = "S3cr3t-geheim"
WRONG_URL = (
    "The address of the outcome log is not a database URL; write it as sqlite:///outcomes.db or "
    "postgresql://NAME@HOST/DATABASE, without a password."
)
WHERE = (
    "take it out there; it is read from PGPASSWORD, from ~/.pgpass, or from a service file (see "
    "docs/team.md)."
)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def house(text: str) -> None:
    Path("coach.toml").write_text(text, encoding="utf-8")


def test_coach_toml_says_where_the_log_of_the_folder_is() -> None:
    assert location("outcomes.db").get_backend_name() == "sqlite"
    house('[log]\nurl = "postgresql://ash@db.example.org/coaching"\n')
    url = location("outcomes.db")
    assert (url.username, url.host, url.database) == ("ash", "db.example.org", "coaching")
    assert name_of(url) == "The outcome log coaching on db.example.org"
    assert is_there("outcomes.db")
    # Whoever names the file gets the file.
    for named in ("./outcomes.db", "other.db", "sqlite:///outcomes.db"):
        assert location(named).get_backend_name() == "sqlite"
        assert not is_there(named)


def test_a_service_file_may_say_the_rest() -> None:
    house('[log]\nurl = "postgresql:///?service=coaching"\n')
    assert name_of(location("outcomes.db")) == (
        "The outcome log of the service coaching on its server"
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            f'[log]\nurl = "postgresql://ash:{SECRET}@db.example.org/coaching"',
            f"coach.toml: [log] url holds a password; {WHERE}",
        ),
        (
            f'[log]\nurl = "postgresql://ash@db.example.org/coaching?password={SECRET}"',
            f"coach.toml: [log] url holds a password; {WHERE}",
        ),
        (
            f'[log]\nurl = "postgresql://ash:{SECRET}@x@db.example.org/coaching"',
            "coach.toml: [log] url is not a database URL; write it as postgresql://NAME@HOST/DATABASE, "
            "without a password.",
        ),
        (
            "[log]\nurl = 5",
            "coach.toml: [log] url must be the address of a log, such as "
            '"postgresql://ash@db.example.org/coaching".',
        ),
        (
            '[log]\nurl = "server"',
            "coach.toml: [log] url must be the address of a log, such as "
            '"postgresql://ash@db.example.org/coaching".',
        ),
        (
            f"[log]\nurl = {SECRET}",
            "coach.toml cannot be read as TOML; 'interview-coach check' says what is wrong with it.",
        ),
    ],
)
def test_what_coach_toml_cannot_say(text: str, says: str) -> None:
    house(text)
    for use in (
        lambda: location("outcomes.db"),
        lambda: OutcomeLog.open("outcomes.db"),
        lambda: is_there("outcomes.db"),
        lambda: calls_of(),
    ):
        assert refused(use) == says


def refused(use: Callable[[], Any]) -> str:
    """Give what a KitError says; nothing of it, however it is printed, holds the password."""
    with pytest.raises(KitError) as caught:
        use()
    printed = "".join(traceback.format_exception(caught.value))
    # The lines of this file that are quoted in a traceback are not the kit's.
    assert SECRET not in re.sub(r"(?m)^ {4}.*$", "", printed)
    assert SECRET not in repr(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://ash:{SECRET}@host:port/coaching",
        f"postgresql://ash:{SECRET}@x@host/coaching",
        f"postgresql:ash:{SECRET}@host://coaching",
        f"://{SECRET}",
    ],
)
def test_an_address_that_is_none_is_not_quoted(url: str, capsys: Any) -> None:
    assert refused(lambda: OutcomeLog.open(url)) == WRONG_URL
    for command in (["doctor"], ["measure"], ["team", "list"], ["backup"]):
        assert main([*command, "--log", url]) == 2
    out, err = capsys.readouterr()
    assert SECRET not in out + err
    assert err.count(WRONG_URL) == 4


def test_a_report_keeps_no_password(tmp_path: Path) -> None:
    url = f"postgresql://ash:{SECRET}@127.0.0.1:1/coaching"
    assert refused(lambda: make_report(tmp_path / "out", log=url)) == (
        f"The report's notebook would keep the password that stands in the log's address; {WHERE}"
    )
    assert without_password("postgresql://ash@host/coaching", "It") == (
        "postgresql://ash@host/coaching"
    )


def test_a_server_that_cannot_be_reached(capsys: Any) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        url = f"postgresql://ash:{SECRET}@127.0.0.1:{port}/coaching"
        says = (
            "The outcome log coaching on 127.0.0.1 cannot be reached; look at the host in the address, "
            "and whether the server runs."
        )
        assert refused(lambda: OutcomeLog.open(url)) == says
        assert [(one.ok, one.says) for one in examine(url)] == [(False, says)]
        assert main(["measure", "--log", url]) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"interview-coach: {says}\n")
    assert SECRET not in repr(database.plain_engine(location(url)))


def test_a_wrong_or_missing_password(
    team_database: Team, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    login = team_database.add("me")
    monkeypatch.delenv("PGPASSWORD", raising=False)
    monkeypatch.setenv("PGPASSFILE", "/nowhere")
    says = (
        f"The outcome log {team_database.name} on 127.0.0.1 does not know this login or its password; "
        "look at the name in the address, and at PGPASSWORD, ~/.pgpass or the service file."
    )
    wrong = team_database.url(login, password=SECRET)
    without = team_database.url(login, password=None)
    nobody = team_database.url(login, username="nobody_here", password=SECRET)
    for url in (wrong, without, nobody):
        assert refused(partial(OutcomeLog.open, url)) == says
    assert SECRET not in caplog.text
    # Where PostgreSQL's own programs look for it, it is found; so coach.toml needs none.
    monkeypatch.setenv("PGPASSWORD", team_database.password(login))
    house(f'[log]\nurl = "{without}"\n')
    with OutcomeLog.open("outcomes.db") as log:
        assert log.coach == login
    assert calls_of()[1].startswith("Synthetic sample data")
    team_database.empty()


def test_a_password_file(team_database: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    login = team_database.add("me")
    monkeypatch.delenv("PGPASSWORD", raising=False)
    Path("pgpass").write_text(f"*:*:{team_database.name}:{login}:{team_database.password(login)}\n")
    Path("pgpass").chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(Path("pgpass").resolve()))
    with OutcomeLog.open(team_database.url(login, password=None)) as log:
        assert log.calls().empty
    team_database.empty()


def test_a_database_that_is_not_there(pytestconfig: pytest.Config, team_database: Team) -> None:
    login = team_database.add("me")
    url = team_database.url(login, database="nowhere_at_all")
    assert refused(lambda: OutcomeLog.open(url)) == (
        "The outcome log nowhere_at_all on 127.0.0.1 is not there: the server has no such database; "
        "look at the end of the address."
    )
    assert server_of(pytestconfig)
    team_database.empty()
