"""Bringing a log of an older kit up: a copy of the file first, then all steps in one transaction."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, inspect, update

from interview_coach.outcomes import database, files, schema

__all__ = ["upgrade"]

STEPS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine, name: str) -> None:
    """Bring the tables of a log up to this kit's version.

    Parameters
    ----------
    engine : Engine
        Of a log of an older version.
    name : str
        What to call it in a sentence.

    Raises
    ------
    KitError
        If it cannot be copied or written; then it is as it was.
    """
    if engine.dialect.name == "sqlite":
        _copy(engine, name)
    with database.writing(engine, name) as connection:
        database.one_at_a_time(connection)
        found = database.version_of(connection, name)
        # Somebody else may have done it while we waited for the lock.
        if found >= schema.VERSION:
            return
        config = Config()
        config.set_main_option("script_location", str(STEPS).replace("%", "%%"))
        config.attributes["connection"] = connection
        if not inspect(connection).has_table(schema.alembic_version.name):
            # The first release knew no Alembic: its tables are what step 0001 stands for.
            command.stamp(config, "0001")
        command.upgrade(config, "head")
        about = schema.about
        connection.execute(
            update(about).where(about.c.key == "version").values(value=str(schema.VERSION))
        )


def _copy(engine: Engine, name: str) -> None:
    """Copy the file as it is, with what stands in its journal, beside it."""
    with database.reading(engine, name) as connection:
        found = database.version_of(connection, name)
        raw = connection.connection.driver_connection
        file = files.file_of(engine)
        assert file is not None
        files.copy(raw, file.with_name(f"{file.name}.version-{found}.bak"), name)
