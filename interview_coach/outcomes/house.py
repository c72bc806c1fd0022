"""What the coach's own settings say of the log: the ``[log]`` table of ``coach.toml``."""

import tomllib
from pathlib import Path
from typing import Any

from interview_coach.errors import KitError
from interview_coach.language import _

__all__ = ["said_in"]


def said_in(house: Path) -> dict[str, Any]:
    """Give the ``[log]`` table of a ``coach.toml``; an empty one if the file or the table is not there.

    Raises
    ------
    KitError
        If the file cannot be read, or what it says of the log is no table.
    """
    if not house.is_file():
        return {}
    try:
        table = tomllib.loads(house.read_text(encoding="utf-8-sig")).get("log", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        raise KitError(
            _(
                "{name} cannot be read as TOML; 'interview-coach check' says what is wrong with it."
            ).format(name=house.name)
        ) from None
    if not isinstance(table, dict):
        raise KitError(
            _(
                "{name}: log is to be a table; write [log] on a line of its own, and what belongs to "
                "it below."
            ).format(name=house.name)
        )
    return table
