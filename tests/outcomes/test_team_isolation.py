"""The ways around row-level security, each tried with a coach's own credentials; and leads, funders.

The eleven are those measured on PostgreSQL beforehand: owner without FORCE, BYPASSRLS, superuser,
views, materialised views, SECURITY DEFINER, uniqueness, foreign keys, settings, pools, sequences.
"""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import create_engine

from interview_coach.outcomes import OutcomeLog
from interview_coach.outcomes.attempts import Attempts
from interview_coach.outcomes.team.rules import NUMBERS, OPEN, TABLES
from interview_coach.outcomes.workshops import Workshops
from tests.outcomes.conftest import NOW
from tests.outcomes.teams import CALL, Team, denied, first_of

# Which login each is.
Who = dict[str, str]


@pytest.fixture
def team(two_coaches: Team) -> Team:
    return two_coaches


@pytest.fixture
def ash(team: Team, who: Who) -> Iterator[psycopg.Connection[Any]]:
    """Connect with a coach's own credentials, with any client."""
    with team.login(who["ash"]) as connection:
        yield connection


@pytest.fixture
def superuser(team: Team, who: Who) -> Iterator[psycopg.Connection[Any]]:
    with team.superuser(team.name) as connection:
        yield connection


def coaches(connection: psycopg.Connection[Any], table: str) -> set[str]:
    return {row[0] for row in connection.execute(f"SELECT DISTINCT coach FROM {table}")}


@pytest.mark.parametrize("table", TABLES)
class TestEachTable:
    def test_a_coach_sees_their_own_rows(
        self, ash: psycopg.Connection[Any], who: Who, table: str
    ) -> None:
        assert coaches(ash, table) == {who["ash"]}

    def test_a_coach_cannot_touch_rows_of_others(
        self, ash: psycopg.Connection[Any], who: Who, table: str
    ) -> None:
        for statement in (
            f"UPDATE {table} SET coach = %s WHERE coach = %s",
            f"INSERT INTO {table} (coach) SELECT %s WHERE %s <> ''",
        ):
            with pytest.raises((errors.InsufficientPrivilege, errors.NotNullViolation)) as caught:
                ash.execute(statement, [who["birch"], who["ash"]])
            assert who["birch"] not in str(caught.value)
        try:
            gone = ash.execute(f"DELETE FROM {table} WHERE coach = %s", [who["birch"]]).rowcount
        except errors.InsufficientPrivilege:
            gone = 0
        assert gone == 0

    def test_a_lead_reads_all_and_writes_nothing(self, team: Team, who: Who, table: str) -> None:
        with team.login(who["lead"]) as lead:
            assert coaches(lead, table) == {who["ash"], who["birch"]}
            denied(
                lead,
                f"DELETE FROM {table}",
                f"UPDATE {table} SET coach = coach",
                f"INSERT INTO {table} (coach) VALUES (CURRENT_USER)",
                f"TRUNCATE {table}",
            )

    def test_a_funder_sees_no_row(self, team: Team, who: Who, table: str) -> None:
        with team.login(who["funder"]) as funder:
            denied(funder, f"SELECT count(*) FROM {table}", f"SELECT coach FROM {table}")


def test_whatever_is_asked_of_the_log_is_of_ones_own(team: Team, who: Who) -> None:
    with OutcomeLog.open(team.url(who["ash"]), clock=lambda: NOW) as log:
        frames = (log.calls(), log.interviews(), log.clients(), log.follow_ups(), log.stories())
        for frame in frames:
            assert set(frame["coach"]) == {who["ash"]}
        assert set(log.history()["by"]) == {who["ash"]}
        board = log.dashboard(month="2026-03")
        assert (board.missed, board.interviews, sum(board.open_cases.values())) == (1, 1, 1)
        assert log.dashboard(month="2026-03", coach=who["birch"]).counts == {}
        assert log.verify() == []
    with Attempts.open(team.url(who["ash"])) as practice:
        assert len(practice.all()) == 1
    with Workshops.open(team.url(who["ash"])) as workshops:
        assert [one.cohort for one in workshops.all()] == ["group of ash"]


def test_no_table_is_forgotten(superuser: psycopg.Connection[Any]) -> None:
    found = superuser.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    assert {row[0] for row in found} == {*TABLES, *OPEN}


def test_1_the_owner_is_bound_and_nobodys_login(
    ash: psycopg.Connection[Any], superuser: psycopg.Connection[Any], team: Team
) -> None:
    owner = f"{team.name}_owner"
    denied(ash, f"SET ROLE {owner}", "ALTER TABLE calls NO FORCE ROW LEVEL SECURITY")
    denied(ash, "ALTER TABLE calls DISABLE ROW LEVEL SECURITY", "DROP POLICY see ON calls")
    denied(ash, "CREATE POLICY all_of_it ON calls USING (true)", f"GRANT {owner} TO CURRENT_USER")
    # Even with the owner's eyes there is nothing to see: FORCE.
    superuser.execute(f"SET ROLE {owner}")
    assert [superuser.execute(f"SELECT count(*) FROM {t}").fetchall() for t in TABLES] == (
        [[(0,)]] * len(TABLES)
    )


def test_2_bypassrls_cannot_be_had(ash: psycopg.Connection[Any], who: Who) -> None:
    denied(ash, f"ALTER ROLE {who['ash']} BYPASSRLS", "CREATE ROLE other BYPASSRLS")
    with pytest.raises(errors.InsufficientPrivilege):
        ash.execute("SET row_security = off").connection.execute("SELECT * FROM calls")


def test_3_superuser_cannot_be_had(ash: psycopg.Connection[Any], who: Who) -> None:
    denied(ash, f"ALTER ROLE {who['ash']} SUPERUSER", "SET ROLE postgres")
    denied(ash, "SET SESSION AUTHORIZATION postgres", "COPY calls TO PROGRAM 'cat'")
    denied(ash, "SELECT pg_read_file('PG_VERSION')", "SELECT lo_import('/etc/passwd')")


def test_a_policy_added_by_mistake_lets_nothing_through(
    superuser: psycopg.Connection[Any], ash: psycopg.Connection[Any], who: Who
) -> None:
    superuser.execute("CREATE POLICY leak ON calls USING (true)")
    try:
        assert coaches(ash, "calls") == {who["ash"]}
    finally:
        superuser.execute("DROP POLICY leak ON calls")


def test_4_and_5_there_is_no_view_and_none_can_be_made(ash: psycopg.Connection[Any]) -> None:
    denied(ash, "CREATE VIEW mine AS SELECT * FROM calls", "CREATE SCHEMA mine")
    denied(ash, "CREATE MATERIALIZED VIEW mine AS SELECT * FROM calls")
    denied(ash, "CREATE TEMPORARY VIEW calls AS SELECT 1", "CREATE TABLE mine (a int)")
    found = ash.execute("SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND oid > 16384")
    assert found.fetchall() == []


def test_6_the_one_function_with_other_eyes_gives_coaches_nothing(
    ash: psycopg.Connection[Any], superuser: psycopg.Connection[Any]
) -> None:
    found = superuser.execute(
        "SELECT proname, proconfig FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
    )
    # Its search path is its own: nobody can slip a table of theirs under it.
    assert found.fetchall() == [("funder_figures", ["search_path=pg_catalog, pg_temp"])]
    denied(ash, "SELECT * FROM funder_figures()")
    denied(ash, "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'")


def _refusal(connection: psycopg.Connection[Any], statement: str, values: list[Any]) -> str:
    try:
        connection.execute(statement, values)
    except psycopg.Error as error:
        return f"{error.sqlstate} {error.diag.message_primary} {error.diag.message_detail}"
    return "accepted"


@pytest.mark.parametrize(
    ("table", "column", "columns", "values"),
    [
        ("clients", "client_id", "", ""),
        ("attempts", "attempt_id", "", ""),
        ("workshops", "workshop_id", ", deck, cohort, begun_at", ", 'd', 'c', now()"),
        ("interviews", "interview_id", ", client_id", ", 'c1'"),
    ],
)
def test_7_a_taken_id_of_another_coach_tells_nothing(
    ash: psycopg.Connection[Any],
    superuser: psycopg.Connection[Any],
    who: Who,
    table: str,
    column: str,
    columns: str,
    values: str,
) -> None:
    taken = first_of(superuser, column, table, who["birch"])
    if table == "interviews":
        # The same id stands in Ash's own rows, too; another one does not.
        superuser.execute(
            "INSERT INTO interviews (coach, interview_id, client_id) VALUES (%s, 'only', 'c1')",
            [who["birch"]],
        )
        taken = "only"
    elif table == "clients":
        superuser.execute(
            "INSERT INTO clients (coach, client_id) VALUES (%s, 'only')", [who["birch"]]
        )
        taken = "only"
    try:
        insert = f"INSERT INTO {table} (coach, {column}{columns}) VALUES (%s, %s{values})"
        for coach in (who["ash"], who["birch"]):
            with ash.transaction(force_rollback=True):
                one = _refusal(ash, insert, [coach, taken])
            with ash.transaction(force_rollback=True):
                other = _refusal(ash, insert, [coach, "free"])
            assert one.replace(taken, "free") == other
            if coach == who["birch"]:
                assert one.startswith("42501 new row violates row-level security policy")
    finally:
        # Nobody logged it: the doctor, who looks at the same rows, would name it.
        superuser.execute(f"DELETE FROM {table} WHERE {column}::text = 'only'")


def test_7_every_unique_key_begins_with_the_coach(superuser: psycopg.Connection[Any]) -> None:
    found = superuser.execute(
        "SELECT indrelid::regclass::text, attname FROM pg_index JOIN pg_attribute "
        "ON attrelid = indrelid AND attnum = indkey[0] WHERE indisunique "
        "AND indrelid::regclass::text = ANY(%s)",
        [list(TABLES)],
    ).fetchall()
    assert {table for table, _ in found} == set(TABLES)
    assert {column for _, column in found} == {"coach"}


def test_8_a_foreign_key_into_rows_of_another_coach_tells_nothing(
    ash: psycopg.Connection[Any], superuser: psycopg.Connection[Any], who: Who
) -> None:
    act = first_of(superuser, "max(write_id)", "writes", who["birch"])
    insert = (
        "INSERT INTO history (coach, chain, number, write_id, hash) VALUES (%s, 'x', 1, %s, '')"
    )
    for coach in (who["ash"], who["birch"]):
        there = _refusal(ash, insert, [coach, act])
        assert there.replace(str(act), "5") == _refusal(ash, insert, [coach, 5])
        assert there.startswith("23503 " if coach == who["ash"] else "42501 ")
    foreign = superuser.execute(
        "SELECT DISTINCT attname FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid "
        "AND attnum = conkey[1] WHERE contype = 'f'"
    )
    assert foreign.fetchall() == [("coach",)]


@pytest.mark.parametrize(
    "setting",
    [
        "SET app.coach = 'birch'",
        "SET interview_coach.coach = 'birch'",
        "SET search_path = pg_temp, pg_catalog, public",
        "SELECT set_config('role', 'none', false)",
        "SET session_replication_role = replica",
        "SET ROLE {birch}",
        "SET SESSION AUTHORIZATION {birch}",
        "SET row_security = off",
        "SET ROLE {team}_coach",
    ],
)
def test_9_no_setting_opens_anything(team: Team, who: Who, setting: str) -> None:
    with team.login(who["ash"]) as ash:
        try:
            ash.execute(setting.format(birch=who["birch"], team=team.name))
            seen = coaches(ash, "public.calls")
        except errors.InsufficientPrivilege:
            seen = set()
        assert seen <= {who["ash"]}


def test_9_no_policy_asks_for_a_setting(superuser: psycopg.Connection[Any]) -> None:
    found = superuser.execute(
        "SELECT coalesce(qual, '') || coalesce(with_check, '') FROM pg_policies"
    )
    assert not [row for row in found if "current_setting" in row[0]]


def test_9_in_another_role_a_coach_is_nobodys_coach(team: Team, who: Who) -> None:
    with team.login(who["ash"]) as ash:
        ash.execute(f"SET ROLE {team.name}_coach")
        # Otherwise all coaches could leave rows there for each other.
        denied(ash, "INSERT INTO clients (coach, client_id) VALUES (CURRENT_USER, 'x')")


def test_10_what_a_session_leaves_in_a_pool_shows_nobody_else_anything(
    team: Team, who: Who
) -> None:
    seen = []
    for login in (who["ash"], who["birch"]):
        engine = create_engine(
            team.url(login, drivername="postgresql+psycopg"), pool_size=1, max_overflow=0
        )
        with engine.connect() as connection:
            connection.exec_driver_sql(f"SET app.coach = '{who['birch']}'")
            connection.exec_driver_sql(f"SET ROLE {team.name}_coach")
            connection.commit()
        with engine.connect() as connection:
            # The same connection again, with what was left in it: nothing more is seen.
            rows = connection.exec_driver_sql("SELECT DISTINCT coach FROM calls").scalars()
            seen.append(set(rows) <= {login})
        engine.dispose()
    # And with the kit's own pools, one after the other and at once.
    with (
        OutcomeLog.open(team.url(who["ash"])) as one,
        OutcomeLog.open(team.url(who["birch"])) as two,
    ):
        seen += [set(log.calls()["coach"]) == {log.coach} for log in (one, two, one)]
    assert all(seen)


def test_11_numbers_of_acts_tell_nothing_of_others(
    ash: psycopg.Connection[Any], team: Team, who: Who
) -> None:
    with OutcomeLog.open(team.url(who["ash"]), clock=lambda: NOW) as log:
        before = log.history()["write_id"].max()
        with OutcomeLog.open(team.url(who["birch"]), clock=lambda: NOW) as other:
            for _ in range(3):
                other.undo(other.add_call({**CALL, "interview_id": "i9"}))
        log.undo(log.add_call({**CALL, "interview_id": "i9"}))
        assert log.history()["write_id"].max() == before + 2
    denied(ash, f"SELECT last_value FROM {NUMBERS}.{who['birch']}")
    denied(ash, f"SELECT nextval('{NUMBERS}.{who['birch']}')")
    denied(ash, f"SELECT setval('{NUMBERS}.{who['ash']}', 1)")
    seen = ash.execute("SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL")
    assert {row[0] for row in seen} <= {who["ash"]}
    owners = ash.execute("SELECT DISTINCT schemaname FROM pg_sequences").fetchall()
    assert owners == [(NUMBERS,)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET hash = ''",
        "UPDATE history SET change = NULL",
        "DELETE FROM history",
        "UPDATE writes SET by = 'somebody'",
        "UPDATE writes SET at = now()",
        "DELETE FROM writes",
        "INSERT INTO writes (write_id, at, by, action) VALUES (1, now(), CURRENT_USER, 'added')",
        "INSERT INTO writes (at, by, action) VALUES (now(), 'somebody', 'added')",
        "UPDATE interview_coach_log SET value = '9'",
        "TRUNCATE calls",
    ],
)
def test_a_coach_cannot_rewrite_what_they_did(ash: psycopg.Connection[Any], statement: str) -> None:
    denied(ash, statement)


def test_keys_and_policies_use_the_same_index(ash: psycopg.Connection[Any]) -> None:
    ash.execute("SET enable_seqscan = off; SET enable_bitmapscan = off")
    plan = ash.execute("EXPLAIN SELECT * FROM calls WHERE call_id = 'call-x'").fetchall()
    assert any("Index Cond" in row[0] and "CURRENT_USER" in row[0] for row in plan)
