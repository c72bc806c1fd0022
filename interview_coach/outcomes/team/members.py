"""Making a team's log, and letting coaches, leads and funders in and out of it.

Each of these is done with the administrator's own login: a superuser's, or that of the database's
owner with the right to make roles (CREATEROLE).
"""

import os
import re
import secrets
from dataclasses import dataclass

from pydantic import SecretStr
from sqlalchemy import Connection, text

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes import database, schema
from interview_coach.outcomes.team import rules
from interview_coach.outcomes.team.administering import (
    administering,
    give_back,
    lend,
    quoted,
    team,
)
from interview_coach.outcomes.team.login import roles_of
from interview_coach.outcomes.team.rules import NUMBERS, Roles
from interview_coach.wording import number

__all__ = ["Member", "add", "init", "members", "remove"]

# Names that need no quotation marks anywhere, in addresses and password files neither.
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True)
class Member:
    """Somebody of a team: their login, and what they are (coach, lead or funder)."""

    name: str
    role: str


def init(url_or_path: str | os.PathLike[str]) -> str:
    """Make a log on a server a team's: its roles, keys, rights and policies.

    Done again, it sets rights and policies anew and leaves everything else as it is.

    Returns
    -------
    str
        What was done, in a sentence.

    Raises
    ------
    KitError
        If it is no log on a server, or the login may not do this; then nothing was changed.
    """
    with administering(url_or_path, make=True) as (connection, name):
        database.one_at_a_time(connection)
        roles = roles_of(connection)
        again = roles is not None
        if roles is None:
            roles = _begin(connection, name)
        else:
            lend(connection, roles.owner, roles.counter)
        rules.apply(connection, roles)
        give_back(connection, roles.owner, roles.counter)
    if again:
        says = _(
            "{name} has its rights and policies set anew; let somebody in with: interview-coach team "
            "add-coach NAME"
        )
    else:
        says = _(
            "{name} is a team's now; let somebody in with: interview-coach team add-coach NAME"
        )
    return says.format(name=name)


def _begin(connection: Connection, name: str) -> Roles:
    roles = Roles(str(connection.exec_driver_sql("SELECT current_database()").scalar()))
    if not _NAME.fullmatch(roles.prefix):
        raise KitError(
            _(
                "{name} cannot be a team's: its roles are named after the database, so that "
                "needs a name of small letters, digits and _, at most 40; rename it."
            ).format(name=name)
        )
    taken = [one for one in roles.all() if _exists(connection, one)]
    if taken:
        raise KitError(
            _(
                "{name} cannot be made a team's: there is a role {role} on this server "
                "already, of something else; nothing was changed; use a database of another "
                "name."
            ).format(name=name, role=taken[0])
        )
    for one in roles.all():
        connection.exec_driver_sql(f"CREATE ROLE {quoted(connection, one)} NOLOGIN")
    lend(connection, roles.owner, roles.counter)
    schema.metadata.create_all(connection)
    rules.reshape(connection)
    connection.execute(schema.about.insert(), {"key": "team", "value": roles.prefix})
    return roles


def add(
    url_or_path: str | os.PathLike[str], name: str, role: str = "coach", *, returning: bool = False
) -> SecretStr:
    """Let somebody into a team's log, with a login of their own.

    Parameters
    ----------
    url_or_path : str or path
        The log, with the administrator's login.
    name : str
        Their login: small letters, digits and _. A coach's rows carry it.
    role : {"coach", "lead", "funder"}
        What they are: a coach sees and changes their own clients, a lead reads the programme, a
        funder sees suppressed figures.
    returning : bool
        A coach who was here before and gets their rows again.

    Returns
    -------
    SecretStr
        The password. It is kept nowhere: hand it over and forget it.

    Raises
    ------
    KitError
        If the name is taken or will not do; then nothing was changed.
    """
    _check_name(name)
    if role not in rules.KINDS:
        raise KitError(
            _("There is no role {role}; choose {roles}.").format(
                role=repr(role[:40]), roles=", ".join(rules.KINDS)
            )
        )
    with administering(url_or_path) as (connection, log):
        roles = team(connection, log)
        if _exists(connection, name):
            raise KitError(
                _(
                    "There is a login {name} on this server already; nothing was changed; choose "
                    "another name."
                ).format(name=name)
            )
        if role == "coach" and not returning and _rows(connection, name):
            raise KitError(
                _(
                    "{log} holds rows of {name}, who was here before; nothing was changed; say "
                    "--returning if it is the same person, or choose another name."
                ).format(log=log, name=name)
            )
        password = SecretStr(secrets.token_urlsafe(18))
        role_name = quoted(connection, name)
        connection.exec_driver_sql(
            f"CREATE ROLE {role_name} LOGIN PASSWORD '{_verifier(connection, name, password)}' "
            f"IN ROLE {quoted(connection, roles.of[role])}"
        )
        if role == "coach":
            _number(connection, roles, name)
    return password


def _verifier(connection: Connection, name: str, password: SecretStr) -> str:
    """Work the password's verifier out here: the server, and its log, never see the password."""
    driver = connection.connection.driver_connection
    assert driver is not None
    made = driver.pgconn.encrypt_password(
        password.get_secret_value().encode(), name.encode(), b"scram-sha-256"
    )
    return str(made.decode())


def _number(connection: Connection, roles: Roles, name: str) -> None:
    """Give a coach a range of numbers for their acts, which tells nothing of anybody else's."""
    sequence = f"{NUMBERS}.{quoted(connection, name)}"
    lend(connection, roles.owner)
    # 2^32 acts a coach, somewhere among 2^30 ranges.
    first = (secrets.randbelow(2**30 - 1) + 1) << 32
    connection.exec_driver_sql(f"CREATE SEQUENCE IF NOT EXISTS {sequence} MINVALUE {first}")
    connection.exec_driver_sql(
        f"ALTER SEQUENCE {sequence} OWNER TO {quoted(connection, roles.owner)}"
    )
    connection.exec_driver_sql(f"GRANT USAGE ON SEQUENCE {sequence} TO {quoted(connection, name)}")
    give_back(connection, roles.owner)


def members(url_or_path: str | os.PathLike[str]) -> list[Member]:
    """List who is in a team, by what they are and by name."""
    with administering(url_or_path) as (connection, log):
        return _members(connection, team(connection, log))


def _members(connection: Connection, roles: Roles) -> list[Member]:
    found = connection.execute(
        text(
            "SELECT login.rolname, kind.rolname FROM pg_auth_members "
            "JOIN pg_roles AS login ON login.oid = member JOIN pg_roles AS kind ON kind.oid = roleid "
            "WHERE kind.rolname = ANY(:kinds) AND login.rolcanlogin AND NOT admin_option "
            "ORDER BY kind.rolname, login.rolname"
        ),
        {"kinds": list(roles.of.values())},
    )
    kinds = {group: kind for kind, group in roles.of.items()}
    return [Member(str(login), kinds[str(group)]) for login, group in found]


def remove(url_or_path: str | os.PathLike[str], name: str, *, to: str | None = None) -> str:
    """Take somebody out of a team: the login goes, open connections are closed, the rows stay.

    Parameters
    ----------
    url_or_path : str or path
        The log, with the administrator's login.
    name : str
        Whom; also of somebody who is gone already, to hand their rows on.
    to : str, optional
        The coach who gets the rows. Left out, they stay under the name, and only leads see them.

    Returns
    -------
    str
        What was done, in a sentence.

    Raises
    ------
    KitError
        If there is nobody of that name, or the rows cannot be handed on; then they stay where they
        are. The login may be closed already.
    """
    _check_name(name)
    with administering(url_or_path) as (connection, log):
        roles = team(connection, log)
        kinds = {one.name: one.role for one in _members(connection, roles)}
        rows = _rows(connection, name)
        if name not in kinds and not rows:
            raise KitError(
                _("There is nobody called {name} in the team of {log}.").format(
                    name=name, log=f"{log.lower()[:1]}{log[1:]}"
                )
            )
        if to is not None:
            # An administrator who is no superuser borrows a lead's eyes.
            lend(connection, roles.of["lead"])
            _check_heir(connection, kinds, name, to)
            give_back(connection, roles.of["lead"])
        if name in kinds:
            connection.exec_driver_sql(f"ALTER ROLE {quoted(connection, name)} NOLOGIN")
    with administering(url_or_path) as (connection, log):
        if name in kinds:
            # Only members of a role may close its connections, where they are no superusers.
            lend(connection, name)
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = :name"
                ),
                {"name": name},
            )
            give_back(connection, name)
    with administering(url_or_path) as (connection, log):
        lend(connection, roles.owner)
        if to is not None:
            _hand_on(connection, name, to)
        _drop(connection, name, login=name in kinds, numbers=to is not None or not rows)
        give_back(connection, roles.owner)
    return _gone(name, to, was_in=name in kinds, rows=rows)


def _gone(name: str, to: str | None, *, was_in: bool, rows: int) -> str:
    if to is not None:
        says = (
            _("{name} is out of the team; their clients and calls are {other}'s now.")
            if was_in
            else _("{name} was out of the team already; their clients and calls are {other}'s now.")
        )
    elif rows:
        says = (
            _(
                "{name} is out of the team; their clients and calls stay under that name, for leads to "
                "read; hand them on with: interview-coach team remove-coach {name} --to OTHER"
            )
            if was_in
            else _(
                "{name} was out of the team already; their clients and calls stay under that name, for "
                "leads to read; hand them on with: interview-coach team remove-coach {name} --to OTHER"
            )
        )
    else:
        says = (
            _("{name} is out of the team.") if was_in else _("{name} was out of the team already.")
        )
    return says.format(name=name, other=to)


def _check_heir(connection: Connection, kinds: dict[str, str], name: str, to: str) -> None:
    if kinds.get(to) != "coach" or to == name:
        raise KitError(
            _("There is no other coach called {name} in the team; nothing was changed.").format(
                name=to[:40]
            )
        )
    both = sum(
        int(
            connection.scalar(
                text(
                    f"SELECT count(*) FROM {table} AS theirs JOIN {table} AS mine USING ({key}) "
                    "WHERE theirs.coach = :theirs AND mine.coach = :mine"
                ),
                {"theirs": name, "mine": to},
            )
            or 0
        )
        for table, key in (("clients", "client_id"), ("interviews", "interview_id"))
    )
    if both:
        # Pseudonyms are part of the sealed history: they cannot be changed on the way.
        raise KitError(
            _(
                "{name} and {other} both use {n} of the same ids, for different clients or "
                "interviews; nothing was changed; hand the rows to another coach, or to one "
                "added for them."
            ).format(name=name, other=to, n=number(both))
        )


def _hand_on(connection: Connection, name: str, to: str) -> None:
    """Give all rows of one coach to another; the policies stand aside for this transaction."""
    for table in rules.TABLES:
        connection.exec_driver_sql(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    connection.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")
    who = {"name": name, "to": to}
    connection.execute(
        text(
            "INSERT INTO tallies (coach, month, what, n) SELECT :to, month, what, n FROM tallies "
            "WHERE coach = :name ON CONFLICT (coach, month, what) "
            "DO UPDATE SET n = tallies.n + excluded.n"
        ),
        who,
    )
    connection.execute(text("DELETE FROM tallies WHERE coach = :name"), who)
    for table in rules.TABLES:
        connection.execute(text(f"UPDATE {table} SET coach = :to WHERE coach = :name"), who)
    connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
    for table in rules.TABLES:
        connection.exec_driver_sql(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def _drop(connection: Connection, name: str, *, login: bool, numbers: bool) -> None:
    sequence = f"{NUMBERS}.{quoted(connection, name)}"
    there = connection.scalar(text("SELECT to_regclass(:name)"), {"name": sequence}) is not None
    if there and numbers:
        connection.exec_driver_sql(f"DROP SEQUENCE {sequence}")
    elif there and login:
        connection.exec_driver_sql(
            f"REVOKE ALL ON SEQUENCE {sequence} FROM {quoted(connection, name)}"
        )
    if login:
        connection.exec_driver_sql(f"DROP ROLE {quoted(connection, name)}")


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name) or name.startswith("pg_") or name in ("public", "none"):
        raise KitError(
            _(
                "The name of a login is of small letters, digits and _, begins with a letter "
                "and has at most 40; choose another one."
            )
        )


def _rows(connection: Connection, coach: str) -> int:
    """Count the rows of a coach; an administrator who is no superuser borrows a lead's eyes."""
    roles = roles_of(connection)
    assert roles is not None
    lend(connection, roles.of["lead"])
    counts = " UNION ALL ".join(
        f"SELECT count(*) AS n FROM {table} WHERE coach = :coach" for table in rules.TABLES
    )
    found = connection.scalar(
        text(f"SELECT sum(n) FROM ({counts}) AS all_of_them"), {"coach": coach}
    )
    give_back(connection, roles.of["lead"])
    return int(found or 0)


def _exists(connection: Connection, role: str) -> bool:
    asked = text("SELECT count(*) FROM pg_roles WHERE rolname = :role")
    return bool(connection.scalar(asked, {"role": role}))
