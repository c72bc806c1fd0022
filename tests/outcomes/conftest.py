"""The stores that the log's promises are tested on, and where the real attendance file is, if it is."""

import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url

from interview_coach.outcomes import OutcomeLog, cipher
from interview_coach.outcomes.attempts import Attempts
from interview_coach.outcomes.encrypting import encrypt
from interview_coach.outcomes.team import members
from interview_coach.outcomes.workshops import Workshops
from tests.outcomes.teams import CALL, Team, server_of

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.fixture
def attendance() -> Path:
    """Give the real file; it is not ours to ship, so it may be absent."""
    file = (
        Path(__file__).resolve().parents[3] / "shared/datasets/interview_attendance/Interview.csv"
    )
    if not file.is_file():
        pytest.skip(
            "The real attendance file is not here (../shared/datasets/interview_attendance)."
        )
    return file


@pytest.fixture(scope="session")
def team_database(pytestconfig: pytest.Config) -> Iterator[Team]:
    """Give a team's log that stays for the session; tests that use it empty it."""
    team = Team(server_of(pytestconfig))
    members.init(team.admin)
    yield team
    team.drop()


@pytest.fixture(params=["sqlite", "encrypted", "postgresql", "team"])
def url(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """Give the address of an empty log, in every kind of store.

    On a server, in a schema of its own; and as a coach of a team sees it, with the coach's login.
    """
    if request.param in {"sqlite", "encrypted"}:
        file = tmp_path / "outcomes.db"
        if request.param == "encrypted":
            pytest.importorskip("sqlcipher3")
            OutcomeLog.open(file).close()
            encrypt(file, cipher.Key("a key for tests"), NOW, agreed=True)
            monkeypatch.setenv(cipher.KEY, "a key for tests")
        yield f"sqlite:///{file}"
        return
    server = server_of(request.config)
    if request.param == "team":
        team: Team = request.getfixturevalue("team_database")
        yield team.url(team.add("me"))
        team.empty()
        return
    engine = create_engine(server)
    name = f"test_{secrets.token_hex(6)}"
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {name}")
    of_schema = make_url(server).update_query_dict({"options": f"-csearch_path={name}"})
    yield of_schema.render_as_string(hide_password=False)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {name} CASCADE")
    engine.dispose()


@pytest.fixture
def open_log(url: str) -> Callable[..., OutcomeLog]:
    """Give what opens the log, again and again, at a fixed moment.

    In a team everybody who opens it with this login is the coach of this login.
    """

    def opened(coach: str = "me", **options: Any) -> OutcomeLog:
        who = "me" if "/team_" in url else coach
        return OutcomeLog.open(url, who, **{"clock": lambda: NOW, **options})

    return opened


@pytest.fixture
def log(open_log: Callable[..., OutcomeLog]) -> Iterator[OutcomeLog]:
    """Give an empty log."""
    with open_log() as log:
        yield log


@pytest.fixture(scope="session")
def two_coaches(pytestconfig: pytest.Config) -> Iterator[Team]:
    """Give the team of `who`; tests that use it leave its rows as they are."""
    team = Team(server_of(pytestconfig))
    members.init(team.admin)
    yield team
    team.drop()


@pytest.fixture(scope="session")
def who(two_coaches: Team) -> dict[str, str]:
    """Two coaches, who use the same ids for different people, a lead and a funder."""
    team = two_coaches
    who = {name: team.add(name) for name in ("ash", "birch")}
    for name, login in who.items():
        with OutcomeLog.open(team.url(login), clock=lambda: NOW) as log:
            call_id = log.add_call(CALL)
            log.change_call(call_id, why=f"secret of {name}", notes=f"notes of {name}")
            log.name_client("c1", name=f"Client of {name}", contact=f"{name}@example.org")
        with Attempts.open(team.url(login)) as practice:
            practice.begin(scenario="s", level="easy", seed=1, playbook="p", minute=0)
        with Workshops.open(team.url(login)) as workshops:
            workshops.add(workshops.begin("deck", f"group of {name}"), 0, "{}")
    who |= {"lead": team.add("lead", "lead"), "funder": team.add("funder", "funder")}
    return who
