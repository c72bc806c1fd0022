"""Who is writing: in a file whoever says so, on a team's server whoever is logged in."""

from sqlalchemy import Connection, Engine, text

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes import database
from interview_coach.outcomes.team.rules import Roles

__all__ = ["NOBODY", "roles_of", "writer"]

# What a coach is called who has not said their name.
NOBODY = "me"
_TEAM = text("SELECT value FROM interview_coach_log WHERE key = 'team'")


def roles_of(connection: Connection) -> Roles | None:
    """Give the roles of a team's log; None if it is no team's."""
    prefix = connection.scalar(_TEAM)
    return None if prefix is None else Roles(str(prefix))


def writer(engine: Engine, name: str, asked: str) -> str:
    """Say who is writing to a log, for its rows and its history.

    Parameters
    ----------
    engine : Engine
    name : str
        What to call the log in a sentence.
    asked : str
        Who the person said they are.

    Raises
    ------
    KitError
        If it is a team's log, and the login is somebody else's.
    """
    if engine.dialect.name == "sqlite":
        return asked
    try:
        with database.reading(engine, name) as connection:
            if roles_of(connection) is None:
                return asked
            login = str(connection.exec_driver_sql("SELECT CURRENT_USER::text").scalar())
        if asked not in (NOBODY, login):
            raise KitError(
                _(
                    "{name} is a team's, and you are logged in as {login}, so you cannot write as "
                    "{asked}; leave the coach's name out."
                ).format(name=name, login=login, asked=asked[:60])
            )
    except BaseException:
        engine.dispose()
        raise
    return login
