"""Teams on the server that tests run on: a database of their own each, and logins that go with it."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from psycopg import errors
from sqlalchemy.engine import URL, make_url

from interview_coach.outcomes.team import members

NO_SERVER = (
    "No PostgreSQL to test on: neither --postgres nor INTERVIEW_COACH_POSTGRES names one; "
    ".ci/with-postgres COMMAND starts one for a command."
)

CALL = {
    "client_id": "c1",
    "interview_id": "i1",
    "scheduled_at": "2026-03-05T14:00",
    "timezone": "Europe/London",
    "state": "missed",
    "missed_by": "interviewer_no_call",
}


def server_of(config: pytest.Config) -> str:
    """Give the server's address; without one the test is skipped, and fails with CI=true."""
    server = str(config.getoption("--postgres"))
    if not server:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(NO_SERVER)
    return server


class Team:
    """A team in a database of its own."""

    def __init__(self, server: str):
        self.name = f"team_{secrets.token_hex(5)}"
        self._server = make_url(server)
        self._passwords: dict[str, str] = {}
        with self.superuser("") as connection:
            connection.execute(f"CREATE DATABASE {self.name}")
        self.admin = _text(self._server.set(database=self.name))

    def add(self, name: str, role: str = "coach", **options: Any) -> str:
        """Let somebody in, under a name that no other test has; gives their login."""
        login = f"{name}_{self.name[5:]}"
        password = members.add(self.admin, login, role, **options)
        self._passwords[login] = password.get_secret_value()
        return login

    def password(self, login: str) -> str:
        return self._passwords[login]

    def url(self, login: str, **changes: Any) -> str:
        """Give the address of the log for a login, with its password unless it is to have none."""
        who = {"username": login, "password": self._passwords[login], "database": self.name}
        server = {"drivername": "postgresql", "host": self._server.host, "port": self._server.port}
        return _text(URL.create(**{**server, **who, **changes}))

    @contextmanager
    def login(self, login: str) -> Iterator[psycopg.Connection[Any]]:
        """Connect with somebody's own credentials, without the kit."""
        with psycopg.connect(_libpq(self.url(login)), autocommit=True) as connection:
            yield connection

    @contextmanager
    def superuser(self, database: str | None = None) -> Iterator[psycopg.Connection[Any]]:
        """Connect as the server's superuser."""
        to = self._server.set(database=database or self._server.database or "postgres")
        with psycopg.connect(_libpq(_text(to)), autocommit=True) as connection:
            yield connection

    def empty(self) -> None:
        """Take all rows out, and all logins."""
        with self.superuser(self.name) as connection:
            tables = (
                "clients, client_names, interviews, calls, writes, history, tallies, open_cases"
            )
            connection.execute(f"TRUNCATE {tables}, attempts, workshops, workshop_changes CASCADE")
        for one in members.members(self.admin):
            members.remove(self.admin, one.name)

    def drop(self) -> None:
        """Take the database away, and every role that was made for it."""
        with self.superuser() as connection:
            connection.execute(f"DROP DATABASE {self.name} WITH (FORCE)")
            rows = connection.execute(
                "SELECT rolname FROM pg_roles WHERE rolname LIKE %s", [f"%{self.name[5:]}%"]
            )
            for (role,) in rows.fetchall():
                connection.execute(f'DROP ROLE "{role}"')


def _text(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def _libpq(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")


def denied(connection: psycopg.Connection[Any], *statements: Any) -> None:
    """Try statements that must all be refused for want of a right."""
    for statement in statements:
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute(statement)


def first_of(superuser: psycopg.Connection[Any], column: str, table: str, coach: str) -> Any:
    """Give a value of a coach's row, as the superuser sees it."""
    row = superuser.execute(f"SELECT {column} FROM {table} WHERE coach = %s", [coach]).fetchone()
    assert row is not None
    return row[0]
