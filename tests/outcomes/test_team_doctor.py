"""What the doctor says of a team's database: who stands above it, and what was loosened."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from interview_coach.outcomes.doctor import examine
from tests.outcomes.teams import Team

Who = dict[str, str]


@pytest.fixture
def team(two_coaches: Team) -> Team:
    return two_coaches


@pytest.fixture
def superuser(team: Team, who: Who) -> Iterator[psycopg.Connection[Any]]:
    with team.superuser(team.name) as connection:
        yield connection


@pytest.mark.parametrize("right", ["SUPERUSER", "BYPASSRLS"])
def test_2_and_3_no_policy_binds_them_so_the_doctor_names_them(
    superuser: psycopg.Connection[Any], team: Team, who: Who, right: str
) -> None:
    login = who["ash"]
    superuser.execute(f"ALTER ROLE {login} {right}")
    try:
        with team.login(login) as mighty:
            # It cannot be closed: this is why the docs and the doctor say so.
            assert set(mighty.execute("SELECT coach FROM calls").fetchall()) == {
                (who["ash"],),
                (who["birch"],),
            }
        found = {(one.ok, one.says) for one in examine(team.admin) if one.what == "logins"}
    finally:
        superuser.execute(f"ALTER ROLE {login} NO{right}")
    says = right if right == "BYPASSRLS" else "superuser"
    assert (
        False,
        f"Members of the team see everything, whatever the policies say: {login} ({says}); take that "
        "right from them (ALTER ROLE ... NOSUPERUSER NOBYPASSRLS).",
    ) in found
    (rest,) = [one.says for one in examine(team.admin) if one.what == "logins"]
    assert rest.startswith("4 in the team. No policy binds ")
    assert "postgres (superuser)" in rest


LOOSE: dict[str, tuple[str, str, str]] = {
    "a plain view": (
        "CREATE VIEW leak AS SELECT * FROM calls; GRANT SELECT ON leak TO PUBLIC",
        "DROP VIEW leak",
        "Views show rows with their owner's eyes: leak; remove that, or know why it is there.",
    ),
    "a materialised view": (
        "CREATE MATERIALIZED VIEW leak AS SELECT * FROM calls",
        "DROP MATERIALIZED VIEW leak",
        "Views show rows with their owner's eyes: leak; remove that, or know why it is there.",
    ),
    "a function": (
        "CREATE FUNCTION leak() RETURNS bigint LANGUAGE sql SECURITY DEFINER "
        "AS 'SELECT count(*) FROM calls'",
        "DROP FUNCTION leak",
        "Functions look at rows with their owner's eyes: leak; remove that, or know why it is there.",
    ),
    "no FORCE": (
        "ALTER TABLE calls NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE calls FORCE ROW LEVEL SECURITY",
        "Row-level security does not hold for calls; set it right with: interview-coach team init.",
    ),
    "a policy": (
        "CREATE POLICY leak ON calls USING (true)",
        "DROP POLICY leak ON calls",
        "Policies let rows through that the kit did not make: calls.leak; remove that, or know why it "
        "is there.",
    ),
    "a key": (
        "CREATE UNIQUE INDEX leak ON client_names (contact)",
        "DROP INDEX leak",
        "Keys that are taken can tell what another coach has: client_names.leak; remove that, or know "
        "why it is there.",
    ),
}


@pytest.mark.parametrize("what", LOOSE)
def test_the_doctor_finds_what_an_administrator_loosened(
    superuser: psycopg.Connection[Any], team: Team, what: str
) -> None:
    loosen, tighten, says = LOOSE[what]
    superuser.execute(loosen)
    try:
        found = [one.says for one in examine(team.admin) if not one.ok]
    finally:
        superuser.execute(tighten)
    assert found == [says]
    assert all(one.ok for one in examine(team.admin))
