"""What the database of a team enforces: keys, rights and policies, in PostgreSQL's own words.

A coach is a login role, and every row carries the login that it belongs to. Three kinds of rules
keep coaches apart, each closing what the others leave open:

- *keys* begin with the coach, so that no key that is taken tells what another coach has, and acts are
  numbered by a sequence of each coach's own;
- *rights*: what is only ever added (acts, history) can be added and not changed; what nobody but the
  owner needs, nobody but the owner has;
- *policies* compare each row with ``current_user``, which no client can set. One kind lets rows
  through, one kind (RESTRICTIVE) holds whatever else somebody may let through later.

The owner of the tables is a role that nobody can log in as, and is bound by the policies too (FORCE).
"""

from collections.abc import Callable, Iterator

from sqlalchemy import Connection

from interview_coach.outcomes import schema

__all__ = ["KINDS", "NUMBERS", "OPEN", "TABLES", "Roles", "apply", "reshape"]

Quote = Callable[[str], str]

KINDS = ("coach", "lead", "funder")
# The schema that holds each coach's own sequence.
NUMBERS = "coach_numbers"
# Tables with rows of coaches. The others (which log this is, and its version) hold none.
TABLES = tuple(
    table.name
    for table in schema.metadata.sorted_tables
    if table not in (schema.about, schema.alembic_version)
)
OPEN = (schema.about.name, schema.alembic_version.name)

# What a coach may do beside reading, table by table. Acts and history are added to; of them only
# what an erasure empties can be changed, so that nobody rewrites what they did.
_MAY = {
    "clients": "INSERT, UPDATE, DELETE",
    "client_names": "INSERT, UPDATE, DELETE",
    "interviews": "INSERT, UPDATE",
    "calls": "INSERT, UPDATE, DELETE",
    # Neither the number nor the coach of an act is for the client to choose.
    "writes": "INSERT (at, by, action, why, why_secret, why_digest), UPDATE (why, why_secret)",
    "history": "INSERT, UPDATE (private)",
    "tallies": "INSERT, UPDATE, DELETE",
    "open_cases": "INSERT, UPDATE, DELETE",
    "attempts": "INSERT, UPDATE, DELETE",
    "workshops": "INSERT",
    "workshop_changes": "INSERT",
}
_COUNTED = (
    "coach, interview_id, sequence, state, "  # unmarked: columns
    "scheduled_at, timezone, date_doubt, synthetic"
)

# The comparison's collation is that of the keys, so that their indexes serve it.
_OWN = 'coach = CURRENT_USER::text COLLATE "default"'
# A coach who takes on another role (SET ROLE) is nobody's coach.
_HERSELF = f"({_OWN} AND SESSION_USER = CURRENT_USER)"


class Roles:
    """The roles of one team: roles belong to the whole server, so their names begin with the team's."""

    def __init__(self, prefix: str):
        self.prefix = prefix
        self.owner, self.counter = f"{prefix}_owner", f"{prefix}_counter"
        self.of = {kind: f"{prefix}_{kind}" for kind in KINDS}

    def all(self) -> list[str]:
        """List them: owner, counter, and the group of each kind of member."""
        return [self.owner, self.counter, *self.of.values()]


def reshape(connection: Connection) -> None:
    """Give a log's tables the keys of a team; once, and rows that are there keep their coach."""
    for statement in _keys():
        connection.exec_driver_sql(statement)


def _keys() -> Iterator[str]:
    for table, column in (("calls", "write_id"), ("history", "write_id")):
        yield f"ALTER TABLE {table} DROP CONSTRAINT fk_{table}_{column}"
    yield "ALTER TABLE workshop_changes DROP CONSTRAINT fk_workshop_changes_workshop_id"
    for table in ("writes", "calls", "history"):
        yield f"ALTER TABLE {table} ALTER COLUMN write_id TYPE bigint"
    for table in ("writes", "attempts", "workshop_changes"):
        yield f"ALTER TABLE {table} ADD COLUMN coach text"
    yield from _owners()
    for table, key in (
        ("writes", "write_id"),
        ("calls", "call_id"),
        ("attempts", "attempt_id"),
        ("workshops", "workshop_id"),
        ("workshop_changes", "workshop_id, number"),  # unmarked: columns
    ):
        yield f"ALTER TABLE {table} DROP CONSTRAINT pk_{table}"
        yield f"ALTER TABLE {table} ADD CONSTRAINT pk_{table} PRIMARY KEY (coach, {key})"
    for table in ("writes", "attempts", "workshop_changes"):
        yield f"ALTER TABLE {table} ALTER COLUMN coach SET DEFAULT CURRENT_USER"
    for table in ("calls", "history"):
        yield (
            f"ALTER TABLE {table} ADD CONSTRAINT fk_{table}_write_id "
            "FOREIGN KEY (coach, write_id) REFERENCES writes (coach, write_id)"
        )
    yield (
        "ALTER TABLE workshop_changes ADD CONSTRAINT fk_workshop_changes_workshop_id "
        "FOREIGN KEY (coach, workshop_id) REFERENCES workshops (coach, workshop_id)"
    )
    # Checked at the end where a whole coach's rows change hands.
    for table, name in (
        ("client_names", "coach"),
        ("interviews", "coach"),
        ("calls", "coach"),
        ("calls", "write_id"),
        ("history", "write_id"),
        ("workshop_changes", "workshop_id"),
    ):
        yield f"ALTER TABLE {table} ALTER CONSTRAINT fk_{table}_{name} DEFERRABLE"
    yield (
        "ALTER TABLE writes ALTER COLUMN write_id SET DEFAULT "
        f"nextval(('{NUMBERS}.' || quote_ident(CURRENT_USER))::regclass)"
    )
    yield "DROP SEQUENCE writes_write_id_seq"


def _owners() -> Iterator[str]:
    """Say whose the rows are in tables that did not say so."""
    # An import of several coaches' calls becomes an act of each of them. Numbers are in no hash.
    yield (
        "CREATE TEMPORARY TABLE split ON COMMIT DROP AS "
        "SELECT write_id, coach, CASE WHEN row_number() OVER (PARTITION BY write_id ORDER BY coach) "
        "= 1 THEN write_id ELSE nextval('writes_write_id_seq') END AS new_id "
        "FROM (SELECT DISTINCT write_id, coach FROM history) AS acts"
    )
    yield (
        "INSERT INTO writes (write_id, coach, at, by, action, why, why_secret, why_digest) "
        "SELECT new_id, split.coach, at, by, action, why, why_secret, why_digest "
        "FROM split JOIN writes USING (write_id) WHERE new_id <> write_id"
    )
    for table in ("calls", "history"):
        yield (
            f"UPDATE {table} SET write_id = new_id FROM split WHERE split.coach = {table}.coach "
            f"AND split.write_id = {table}.write_id AND new_id <> split.write_id"
        )
    yield "UPDATE writes SET coach = split.coach FROM split WHERE new_id = writes.write_id"
    yield "UPDATE writes SET coach = by WHERE coach IS NULL"
    yield (
        "UPDATE attempts SET coach = coalesce((SELECT min(clients.coach) FROM clients "
        "WHERE clients.player = attempts.player), player)"
    )
    yield (
        "UPDATE workshop_changes SET coach = workshops.coach FROM workshops "
        "WHERE workshops.workshop_id = workshop_changes.workshop_id"
    )


def apply(connection: Connection, roles: Roles) -> None:
    """Set owner, rights and policies anew; what was set before and is right stays so."""
    quoted = connection.dialect.identifier_preparer.quote_identifier
    here = quoted(str(connection.exec_driver_sql("SELECT current_schema()").scalar()))
    database = quoted(str(connection.exec_driver_sql("SELECT current_database()").scalar()))
    for statement in (
        *_rights(roles, here, database, quoted),
        *(one for table in TABLES for one in _policies(table, roles, quoted)),
        *_figures(roles, here, quoted),
    ):
        connection.exec_driver_sql(statement)


def _rights(roles: Roles, here: str, database: str, quoted: Quote) -> Iterator[str]:
    owner, coach, lead = quoted(roles.owner), quoted(roles.of["coach"]), quoted(roles.of["lead"])
    members = ", ".join(map(quoted, roles.of.values()))
    # No tables of one's own either: a name could hide one of the log's.
    yield f"REVOKE ALL ON DATABASE {database} FROM PUBLIC"
    yield f"GRANT CONNECT ON DATABASE {database} TO {members}"
    yield f"REVOKE ALL ON SCHEMA {here} FROM PUBLIC"
    yield f"GRANT USAGE ON SCHEMA {here} TO {members}, {quoted(roles.counter)}"
    # Objects can only be given to somebody who may make such ones there.
    yield f"GRANT USAGE, CREATE ON SCHEMA {here} TO {owner}"
    yield f"CREATE SCHEMA IF NOT EXISTS {NUMBERS} AUTHORIZATION {owner}"
    yield f"GRANT USAGE ON SCHEMA {NUMBERS} TO {coach}"
    for table in (*TABLES, *OPEN):
        yield f"ALTER TABLE {here}.{table} OWNER TO {owner}"
        yield f"REVOKE ALL ON {here}.{table} FROM PUBLIC, {members}"
        yield f"GRANT SELECT ON {here}.{table} TO {coach}, {lead}"
    for table in OPEN:
        # An administrator who is no superuser must find out which team it is; rows they see none.
        yield f"GRANT SELECT ON {here}.{table} TO CURRENT_USER"
    for table, rights in _MAY.items():
        yield f"GRANT {rights} ON {here}.{table} TO {coach}"
    yield f"GRANT SELECT ({_COUNTED}) ON {here}.calls TO {quoted(roles.counter)}"


def _policies(table: str, roles: Roles, quoted: Quote) -> Iterator[str]:
    coach, lead = quoted(roles.of["coach"]), quoted(roles.of["lead"])
    for name in ("own", "programme", "counted", "see", "add", "change", "remove"):
        yield f"DROP POLICY IF EXISTS {name} ON {table}"
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    yield f"CREATE POLICY own ON {table} TO {coach} USING ({_OWN}) WITH CHECK ({_OWN})"
    yield f"CREATE POLICY programme ON {table} FOR SELECT TO {lead} USING (true)"
    reads = f"(SELECT pg_has_role(CURRENT_USER, '{roles.of['lead']}', 'USAGE'))"
    if table == "calls":
        counter = quoted(roles.counter)
        yield f"CREATE POLICY counted ON {table} FOR SELECT TO {counter} USING (true)"
        reads += f" OR CURRENT_USER = '{roles.counter}'"
    yield f"CREATE POLICY see ON {table} AS RESTRICTIVE FOR SELECT USING ({_HERSELF} OR {reads})"
    # An act says by whom it was: the login, whatever the client would like it to say.
    by = f'{_HERSELF} AND by = CURRENT_USER::text COLLATE "default"'
    added = by if table == "writes" else _HERSELF
    yield f"CREATE POLICY add ON {table} AS RESTRICTIVE FOR INSERT WITH CHECK ({added})"
    yield (
        f"CREATE POLICY change ON {table} AS RESTRICTIVE FOR UPDATE "
        f"USING ({_HERSELF}) WITH CHECK ({_HERSELF})"
    )
    yield f"CREATE POLICY remove ON {table} AS RESTRICTIVE FOR DELETE USING ({_HERSELF})"


# Counts of 1 to 10 are hidden (the cell-size rule of CMS), zero may show. No total is given from
# which a hidden cell could be worked out; of rescheduled interviews the rest counts as well. Only
# quarters that are over: figures that grow would show the difference from one day to the next.
_SMALL = "BETWEEN 1 AND 10"
_FIGURES = """
CREATE OR REPLACE FUNCTION {here}.funder_figures()
RETURNS TABLE (quarter text, what text, n bigint, hidden boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
WITH seen AS (
    SELECT calls.coach, calls.interview_id, calls.sequence, calls.state,
        date_trunc('quarter', scheduled_at AT TIME ZONE coalesce(zone.name, 'UTC')) AS began
    FROM {here}.calls LEFT JOIN pg_timezone_names AS zone ON zone.name = calls.timezone
    WHERE NOT synthetic AND date_doubt IS NULL
), interviews AS (
    SELECT (array_agg(began ORDER BY sequence))[1] AS began, bool_or(moved) AS moved
    FROM (
        SELECT *, state = 'moved' OR (state = 'missed' AND sequence < max(sequence)
            OVER (PARTITION BY coach, interview_id)) AS moved
        FROM seen
    ) AS marked
    GROUP BY coach, interview_id
), counts AS (
    SELECT began, state AS what, count(*) AS n, NULL::bigint AS rest FROM seen
    WHERE state IN ('completed', 'missed', 'moved', 'cancelled') GROUP BY began, state
    UNION ALL
    SELECT began, 'interviews', count(*), NULL FROM interviews GROUP BY began
    UNION ALL
    SELECT began, 'rescheduled', count(*) FILTER (WHERE moved), count(*) FILTER (WHERE NOT moved)
    FROM interviews GROUP BY began
), cells AS (
    SELECT quarters.began, names.what, coalesce(counts.n, 0) AS n,
        coalesce(counts.n, 0) {small} OR coalesce(counts.rest, 0) {small} AS small
    FROM (SELECT DISTINCT began FROM counts) AS quarters
    CROSS JOIN unnest(ARRAY['completed', 'missed', 'moved', 'cancelled', 'interviews',
        'rescheduled']) AS names (what)
    LEFT JOIN counts ON counts.began = quarters.began AND counts.what = names.what
    WHERE quarters.began + interval '3 months' <= now() AT TIME ZONE 'UTC'
)
SELECT to_char(began, 'YYYY-"Q"Q'), what, CASE WHEN small THEN NULL ELSE n END, small
FROM cells ORDER BY began, what
$$
"""


def _figures(roles: Roles, here: str, quoted: Quote) -> Iterator[str]:
    yield _FIGURES.format(here=here, small=_SMALL)
    function = f"{here}.funder_figures()"
    yield f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION {function} TO {quoted(roles.of['funder'])}, {quoted(roles.of['lead'])}"
    yield f"GRANT CREATE ON SCHEMA {here} TO {quoted(roles.counter)}"
    yield f"ALTER FUNCTION {function} OWNER TO {quoted(roles.counter)}"
    yield f"REVOKE CREATE ON SCHEMA {here} FROM {quoted(roles.counter)}"
