"""Working on a team's log with an administrator's login, which need not be a superuser's.

What such a login may not see by itself it lends itself for as long as a transaction lasts: it is
admin of the team's roles, so it can be made a member of them, and is none again before the end.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text
from sqlalchemy.engine import URL

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes import address, database
from interview_coach.outcomes.team.login import roles_of
from interview_coach.outcomes.team.rules import Roles

__all__ = ["administering", "give_back", "lend", "quoted", "server", "team"]


@contextmanager
def administering(
    url_or_path: str | os.PathLike[str], *, make: bool = False
) -> Iterator[tuple[Connection, str]]:
    """Work on a team's log in one transaction, with the login in the address."""
    url = server(url_or_path)
    name = address.name_of(url)
    engine: Engine = database.connect(url) if make else database.plain_engine(url)
    try:
        with database.writing(engine, name) as connection:
            yield connection, name
    finally:
        engine.dispose()


def server(url_or_path: str | os.PathLike[str]) -> URL:
    """Give the address of a log on a server; a KitError says that it is a file."""
    url = address.location(url_or_path)
    if not address.is_server(url):
        raise KitError(
            _(
                "A team's log is kept on a PostgreSQL server; name it with --log "
                "postgresql://ADMIN@HOST/DATABASE, or under [log] in coach.toml."
            )
        )
    return url


def team(connection: Connection, name: str) -> Roles:
    """Give the roles of a team; a KitError says that the log is no team's."""
    is_log = connection.scalar(text("SELECT to_regclass('interview_coach_log')")) is not None
    roles = roles_of(connection) if is_log else None
    if roles is None:
        raise KitError(
            _("{name} is no team's yet; make it one with: interview-coach team init").format(
                name=name
            )
        )
    return roles


def lend(connection: Connection, *roles: str) -> None:
    """Let the administrator act as a role, until the end of the transaction at the latest."""
    for role in roles:
        connection.exec_driver_sql(f"GRANT {quoted(connection, role)} TO CURRENT_USER")


def give_back(connection: Connection, *roles: str) -> None:
    """Take back what `lend` gave."""
    for role in roles:
        connection.exec_driver_sql(f"REVOKE {quoted(connection, role)} FROM CURRENT_USER")


def quoted(connection: Connection, name: str) -> str:
    """Write a name as SQL takes it."""
    return str(connection.dialect.identifier_preparer.quote_identifier(name))
