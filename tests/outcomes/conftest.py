"""The stores that the log's promises are tested on, and where the real attendance file is, if it is."""

import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url

from interview_coach.outcomes import OutcomeLog, cipher
from interview_coach.outcomes.encrypting import encrypt

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
NO_SERVER = "No PostgreSQL to test on: neither --postgres nor INTERVIEW_COACH_POSTGRES names one."


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


@pytest.fixture(params=["sqlite", "encrypted", "postgresql"])
def url(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """Give the address of an empty log, in every kind of store; on a server, in a schema of its own."""
    if request.param != "postgresql":
        file = tmp_path / "outcomes.db"
        if request.param == "encrypted":
            pytest.importorskip("sqlcipher3")
            OutcomeLog.open(file).close()
            encrypt(file, cipher.Key("a key for tests"), NOW, agreed=True)
            monkeypatch.setenv(cipher.KEY, "a key for tests")
        yield f"sqlite:///{file}"
        return
    server = str(request.config.getoption("--postgres"))
    if not server:
        pytest.skip(NO_SERVER)
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
    """Give what opens the log, again and again, at a fixed moment."""

    def opened(coach: str = "me", **options: Any) -> OutcomeLog:
        return OutcomeLog.open(url, coach, **{"clock": lambda: NOW, **options})

    return opened


@pytest.fixture
def log(open_log: Callable[..., OutcomeLog]) -> Iterator[OutcomeLog]:
    """Give an empty log."""
    with open_log() as log:
        yield log
