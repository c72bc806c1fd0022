"""Where a log is kept: a file, or a server's address, from the person or from ``coach.toml``.

A password has no place in an address: files, notebooks and histories of terminals keep it. It comes
from where PostgreSQL's own programs look for it: ``PGPASSWORD``, ``~/.pgpass`` or a service file.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from interview_coach.errors import KitError
from interview_coach.language import N_, _
from interview_coach.outcomes.house import said_in

if TYPE_CHECKING:
    # Loaded where it is needed: a page asks whether there is a log before it opens one.
    from sqlalchemy.engine import URL

__all__ = [
    "HERE",
    "HOUSE",
    "bare_name_of",
    "is_server",
    "is_there",
    "location",
    "name_of",
    "without_password",
]

# The log of a work folder, and the file that may say that it is kept elsewhere.
HERE = "outcomes.db"
HOUSE = "coach.toml"
_PASSWORD_PLACES = N_(
    "take it out there; it is read from PGPASSWORD, from ~/.pgpass, or from a "
    "service file (see docs/team.md)"
)


def location(url_or_path: str | os.PathLike[str]) -> "URL":
    """Turn a path or a database URL into a URL.

    ``outcomes.db`` is the log of the work folder: if ``coach.toml`` beside it names another place
    (``[log] url``), it is that one. The file itself is ``./outcomes.db``.

    Raises
    ------
    KitError
        If it is neither, or a kind of database that the log does not know.
    """
    given = os.fspath(url_or_path).strip()
    if given == HERE:
        given = _from_house(Path(HOUSE)) or given
    if "://" not in given:
        if not given or given == ":memory:":
            raise KitError(_("The outcome log needs a file, such as outcomes.db; none was named."))
        from sqlalchemy.engine import URL

        return URL.create("sqlite", database=str(Path(given).expanduser()))
    url = _parsed(given)
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise KitError(
            _(
                "The outcome log cannot be kept in '{kind}'; use a file "
                "(outcomes.db, or sqlite:///outcomes.db) or postgresql://..."
            ).format(kind=url.get_backend_name())
        )
    if url.get_backend_name() == "sqlite" and not url.database:
        raise KitError(
            _("The outcome log needs a file, such as sqlite:///outcomes.db; none was named.")
        )
    return url


def _parsed(given: str) -> "URL":
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(given)
        # A password with an @, a / or a : in it spills over into what looks like the host.
        sound = not any("@" in (part or "") for part in (url.host, url.database))
    except (ArgumentError, ValueError):
        # Not chained and not quoted: the text may hold a password.
        sound = False
    if not sound:
        raise KitError(
            _(
                "The address of the outcome log is not a database URL; write it as "
                "sqlite:///outcomes.db or postgresql://NAME@HOST/DATABASE, without a password."
            )
        )
    return url


def _from_house(house: Path) -> str | None:
    """Read where ``coach.toml`` says that the log is; None if it says nothing."""
    given = said_in(house).get("url")
    if given is None:
        return None
    if not isinstance(given, str) or "://" not in given:
        raise KitError(
            _(
                "{file}: [log] url must be the address of a log, such as "
                '"postgresql://ash@db.example.org/coaching".'
            ).format(file=house.name)
        )
    try:
        holds_one = _has_password(_parsed(given.strip()))
    except KitError:
        raise KitError(
            _(
                "{file}: [log] url is not a database URL; write it as "
                "postgresql://NAME@HOST/DATABASE, without a password."
            ).format(file=house.name)
        ) from None
    if holds_one:
        raise KitError(
            _("{file}: [log] url holds a password; {remedy}.").format(
                file=house.name, remedy=_(_PASSWORD_PLACES)
            )
        )
    return given.strip()


def _has_password(url: "URL") -> bool:
    return bool(url.password) or "password" in url.query


def without_password(log: str | os.PathLike[str], what: str) -> str:
    """Give an address back if it holds no password; for what is written into a file.

    Parameters
    ----------
    log : str or path
        As for `location`; may be empty.
    what : str
        What would keep it, as in "The report's notebook".

    Raises
    ------
    KitError
        If there is a password in it.
    """
    given = os.fspath(log)
    if "://" in given and _has_password(_parsed(given.strip())):
        raise KitError(
            _("{what} would keep the password that stands in the log's address; {remedy}.").format(
                what=what, remedy=_(_PASSWORD_PLACES)
            )
        )
    return given


def is_server(url: "URL") -> bool:
    """Tell whether a log is kept on a PostgreSQL server."""
    return url.get_backend_name() == "postgresql"


def is_there(log: str | os.PathLike[str]) -> bool:
    """Tell whether there is a log to look at; one on a server is taken to be."""
    given = os.fspath(log).strip()
    if given == HERE:
        given = _from_house(Path(HOUSE)) or given
    if "://" not in given:
        return Path(given).expanduser().is_file()
    url = _parsed(given)
    return is_server(url) or Path(str(url.database)).is_file()


def name_of(url: "URL") -> str:
    """Name the log in a sentence, without what nobody else should see."""
    return _("The outcome log {name}").format(name=bare_name_of(url))


def bare_name_of(url: "URL") -> str:
    """Name the log by what it is called alone: ``outcomes.db``, ``coaching on db.example.org``."""
    # A server's address may hold a password: only its kind and name are shown.
    if not is_server(url):
        return Path(str(url.database or "")).name
    service = url.query.get("service")
    database = url.database or (
        _("of the service {service}").format(service=service) if service else _("of your login")
    )
    host = url.host or (_("its server") if service else _("this machine"))
    # Translators: a database, and the computer that it is on.
    return _("{database} on {host}").format(database=database, host=host)
