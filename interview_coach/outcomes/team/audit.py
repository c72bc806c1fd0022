"""Looking over what a team's database enforces: what was loosened since, and who stands above it all.

Two things no database can keep from its tables: superusers and roles with BYPASSRLS. They are named,
and it is a fault where one of them is a member of the team.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, text

from interview_coach.language import N_, _
from interview_coach.outcomes.team.login import roles_of
from interview_coach.outcomes.team.rules import TABLES, Roles

__all__ = ["audit"]

_ROWS = "row-level security"  # unmarked: a name that programs know
_MEND = N_("set it right with: interview-coach team init")
_REMOVE = N_("remove that, or know why it is there")
_HERE = "pg_class.relnamespace = current_schema()::regnamespace AND pg_class.relname = ANY(:tables)"
_ABOVE = """
SELECT rolname, rolsuper FROM pg_roles WHERE (rolsuper OR rolbypassrls) AND rolcanlogin
ORDER BY rolname
"""
_MEMBERS = """
SELECT DISTINCT login.rolname FROM pg_auth_members
JOIN pg_roles AS login ON login.oid = member JOIN pg_roles AS kind ON kind.oid = roleid
WHERE kind.rolname = ANY(:kinds) AND login.rolcanlogin AND NOT admin_option
"""
# What takes a member past the policies or makes them somebody who could.
_MIGHTY = """
SELECT DISTINCT login.rolname FROM pg_roles AS login
LEFT JOIN pg_auth_members ON member = login.oid
LEFT JOIN pg_roles AS other ON other.oid = roleid AND other.rolname <> ALL(:kinds)
WHERE login.rolname = ANY(:members)
AND (login.rolcreaterole OR login.rolreplication OR other.oid IS NOT NULL) ORDER BY 1
"""
_OWNED = f"""
SELECT DISTINCT owner.rolname FROM pg_class JOIN pg_roles AS owner ON owner.oid = relowner
WHERE {_HERE} AND (owner.rolcanlogin OR EXISTS (
    SELECT FROM pg_auth_members WHERE roleid = owner.oid AND NOT admin_option))
"""
_LOOSE = f"""
SELECT relname FROM pg_class
WHERE {_HERE} AND NOT (relrowsecurity AND relforcerowsecurity AND 4 = (
    SELECT count(*) FROM pg_policy WHERE polrelid = pg_class.oid AND NOT polpermissive))
ORDER BY 1
"""
_POLICIES = f"""
SELECT pg_class.relname || '.' || polname FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid
WHERE {_HERE} AND polpermissive AND polname NOT IN ('own', 'programme', 'counted') ORDER BY 1
"""
_KEYS = f"""
SELECT pg_class.relname || '.' || keys.relname FROM pg_index
JOIN pg_class ON pg_class.oid = indrelid JOIN pg_class AS keys ON keys.oid = indexrelid
LEFT JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
WHERE {_HERE} AND indisunique AND attname IS DISTINCT FROM 'coach'
UNION
SELECT pg_class.relname || '.' || conname FROM pg_constraint
JOIN pg_class ON pg_class.oid = conrelid
JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
WHERE {_HERE} AND contype = 'f' AND attname <> 'coach' ORDER BY 1
"""
_OURS = "nspname NOT IN ('pg_catalog', 'information_schema') AND nspname NOT LIKE 'pg\\_%'"
_VIEWS = f"""
SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE {_OURS} AND (relkind = 'm' OR (relkind = 'v'
AND NOT coalesce('security_invoker=true' = ANY(reloptions), false)
AND NOT coalesce('security_invoker=on' = ANY(reloptions), false))) ORDER BY 1
"""
_FUNCTIONS = f"""
SELECT proname FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
JOIN pg_roles ON pg_roles.oid = proowner
WHERE {_OURS} AND prosecdef AND NOT (proname = 'funder_figures' AND rolname = :counter) ORDER BY 1
"""
_PLAIN = """
SELECT count(*) FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND NOT ssl
AND inet_client_addr() IS NOT NULL AND inet_client_addr() <> inet_server_addr()
"""


def audit(connection: Connection) -> Iterator[tuple[str, bool, str]]:
    """Look a team's database over; nothing where it is no team's.

    Yields
    ------
    (str, bool, str)
        What was looked at, whether it is well, and what was found, in a sentence.
    """
    if connection.exec_driver_sql(_PLAIN).scalar():
        yield (
            "connection",
            False,
            _(
                "The connection to the server is not encrypted; add ?sslmode=verify-full to the "
                "address."
            ),
        )
    roles = roles_of(connection)
    if roles is None:
        yield (
            "team",
            True,
            _(
                "The log is no team's: whoever can log in sees all of it; 'interview-coach team init' "
                "changes that."
            ),
        )
        return
    yield from _people(connection, roles)
    wrong = False
    for query, says in (
        (_OWNED, _("Somebody can act as the owner of the tables, {found}; {remedy}.")),
        (_LOOSE, _("Row-level security does not hold for {found}; {remedy}.")),
        (_POLICIES, _("Policies let rows through that the kit did not make: {found}; {remedy}.")),
        (_KEYS, _("Keys that are taken can tell what another coach has: {found}; {remedy}.")),
        (_VIEWS, _("Views show rows with their owner's eyes: {found}; {remedy}.")),
        (_FUNCTIONS, _("Functions look at rows with their owner's eyes: {found}; {remedy}.")),
    ):
        found = _names(connection, query, tables=list(TABLES), counter=roles.counter)
        if found:
            wrong = True
            remedy = _(_MEND if query is _LOOSE else _REMOVE)
            says = says.format(found=", ".join(found), remedy=remedy)
            yield _ROWS, False, says
    if not wrong:
        yield (
            _ROWS,
            True,
            _(
                "It is on and forced for all {n} tables, their owner is nobody's login, and nothing "
                "leads around it."
            ).format(n=len(TABLES)),
        )


def _people(connection: Connection, roles: Roles) -> Iterator[tuple[str, bool, str]]:
    kinds = list(roles.of.values())
    members = _names(connection, _MEMBERS, kinds=kinds)
    above = {
        str(row[0]): "superuser" if row[1] else "BYPASSRLS"
        for row in connection.execute(text(_ABOVE))
    }
    inside = [f"{one} ({above[one]})" for one in sorted(members) if one in above]
    if inside:
        yield (
            "logins",
            False,
            _(
                "Members of the team see everything, whatever the policies say: {logins}; take that "
                "right from them (ALTER ROLE ... NOSUPERUSER NOBYPASSRLS)."
            ).format(logins=", ".join(inside)),
        )
    mighty = _names(connection, _MIGHTY, kinds=kinds, members=members)
    if mighty:
        yield (
            "logins",
            False,
            _(
                "Members of the team have more rights than the kit gave them: {logins}; take them "
                "away, as they lead around the policies."
            ).format(logins=", ".join(mighty)),
        )
    outside = [f"{one} ({what})" for one, what in above.items() if one not in members]
    yield (
        "logins",
        True,
        _("{n} in the team. No policy binds {logins}: know who holds these logins.").format(
            n=len(members), logins=", ".join(outside) or _("the server itself")
        ),
    )


def _names(connection: Connection, query: str, **values: object) -> list[str]:
    wanted = {name: value for name, value in values.items() if f":{name}" in query}
    return [str(row[0]) for row in connection.execute(text(query), wanted)]
