"""A team from its first day to the last: made, joined, left, handed on; and the commands for it."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.engine import make_url

from interview_coach.cli import main
from interview_coach.errors import KitError
from interview_coach.outcomes import OutcomeLog
from interview_coach.outcomes.attempts import Attempts
from interview_coach.outcomes.doctor import examine
from interview_coach.outcomes.schema import VERSION
from interview_coach.outcomes.team import members
from interview_coach.outcomes.team.figures import figures
from interview_coach.outcomes.team.members import Member
from interview_coach.outcomes.workshops import Workshops
from tests.outcomes.conftest import NOW
from tests.outcomes.teams import CALL, Team, server_of


@pytest.fixture
def database(pytestconfig: pytest.Config) -> Iterator[Team]:
    """Give a database that is no team's yet."""
    team = Team(server_of(pytestconfig))
    yield team
    team.drop()


@pytest.fixture
def team(team_database: Team) -> Iterator[Team]:
    yield team_database
    team_database.empty()


def name(team: Team) -> str:
    return f"The outcome log {team.name} on 127.0.0.1"


def test_a_log_that_is_there_becomes_a_teams(database: Team) -> None:
    with OutcomeLog.open(database.admin, "ash", clock=lambda: NOW) as log:
        log.add_call(CALL)
        log.add_call({**CALL, "coach": "birch"})
        frame = log.calls().assign(client_id="c2", interview_id="i2")
        assert log.add_frame(frame.drop(columns=["call_id"])) == 2
        acts = len(log.history())
    with Attempts.open(database.admin, "p1") as practice:
        practice.begin(scenario="s", level="easy", seed=1, playbook="p", minute=0)
    with Workshops.open(database.admin, "ash") as workshops:
        workshops.add(workshops.begin("deck", "group"), 0, "{}")
    assert members.init(database.admin) == (
        f"{name(database)} is a team's now; let somebody in with: interview-coach team add-coach NAME"
    )
    assert members.init(database.admin) == (
        f"{name(database)} has its rights and policies set anew; let somebody in with: interview-coach "
        "team add-coach NAME"
    )
    lead = database.add("lead", "lead")
    with OutcomeLog.open(database.url(lead)) as log:
        # An import for two coaches is an act of each of them now; nothing else has changed.
        assert sorted(log.calls()["coach"]) == ["ash", "ash", "birch", "birch"]
        assert len(log.history()) == acts
        assert log.history()["write_id"].nunique() == 4
        assert log.verify() == []
        assert log.coach == lead
    assert all(one.ok for one in examine(database.admin))
    ash = database.add("ash")
    assert members.remove(database.admin, "ash", to=ash) == (
        f"ash was out of the team already; their clients and calls are {ash}'s now."
    )
    with OutcomeLog.open(database.url(ash), clock=lambda: NOW) as log:
        assert len(log.calls()) == 2
        log.undo(log.calls()["call_id"][0])
        assert log.verify() == []
    with Workshops.open(database.url(ash)) as workshops:
        assert [one.changes for one in workshops.all()] == [1]


def test_an_administrator_need_not_be_a_superuser(database: Team) -> None:
    admin = f"admin_{database.name[5:]}"
    with database.superuser(database.name) as connection:
        connection.execute(f"CREATE ROLE {admin} LOGIN CREATEROLE PASSWORD 'open-sesame'")
        connection.execute(f"ALTER DATABASE {database.name} OWNER TO {admin}")
        connection.execute(f"ALTER SCHEMA public OWNER TO {admin}")
    url = make_url(database.admin).set(username=admin, password="open-sesame")
    database.admin = url.render_as_string(hide_password=False)
    members.init(database.admin)
    members.init(database.admin)
    ash, birch = database.add("ash"), database.add("birch")
    with OutcomeLog.open(database.url(ash), clock=lambda: NOW) as log:
        log.add_call(CALL)
    with psycopg.connect(database.admin) as connection:
        # Who lets people in need not read what they write.
        row = connection.execute(
            "SELECT count(*) FROM pg_auth_members JOIN pg_roles "
            "ON pg_roles.oid = member WHERE rolname = %s",
            [admin],
        ).fetchone()
        assert row == (0,)
    members.remove(database.admin, ash, to=birch)
    assert members.members(database.admin) == [Member(birch, "coach")]
    with OutcomeLog.open(database.url(birch)) as log:
        assert len(log.calls()) == 1
        assert log.verify() == []
        assert log.dashboard(month="2026-03").missed == 1


def test_a_coach_leaves_and_the_rows_stay(team: Team) -> None:
    ash, birch, lead = team.add("ash"), team.add("birch"), team.add("lead", "lead")
    with OutcomeLog.open(team.url(ash), clock=lambda: NOW) as log:
        log.add_call(CALL)
        assert members.remove(team.admin, ash) == (
            f"{ash} is out of the team; their clients and calls stay under that name, for leads to "
            f"read; hand them on with: interview-coach team remove-coach {ash} --to OTHER"
        )
        # Also the connection that was open.
        with pytest.raises(KitError):
            log.add_call({**CALL, "interview_id": "i2"})
    with pytest.raises(KitError, match="does not know this login or its password"):
        OutcomeLog.open(team.url(ash))
    with OutcomeLog.open(team.url(lead)) as log:
        assert list(log.calls()["coach"]) == [ash]
    with pytest.raises(KitError) as caught:
        team.add("ash")
    assert str(caught.value) == (
        f"{name(team)} holds rows of {ash}, who was here before; nothing was changed; say --returning "
        "if it is the same person, or choose another name."
    )
    team.add("ash", returning=True)
    with OutcomeLog.open(team.url(ash), clock=lambda: NOW) as log:
        log.add_call({**CALL, "interview_id": "i2"})
        assert (len(log.calls()), log.verify()) == (2, [])
    with OutcomeLog.open(team.url(birch), clock=lambda: NOW) as log:
        log.add_call({**CALL, "client_id": "c2", "interview_id": "i3"})
    assert members.remove(team.admin, ash, to=birch).endswith(f"and calls are {birch}'s now.")
    with OutcomeLog.open(team.url(birch), clock=lambda: NOW) as log:
        assert (len(log.calls()), log.verify()) == (3, [])
        assert log.dashboard(month="2026-03").missed == 3
        # Who did what stays as it was.
        assert set(log.history()["by"]) == {ash, birch}
        log.erase("c1")
        assert log.verify() == []


def test_rows_that_would_mix_are_not_handed_on(team: Team) -> None:
    ash, birch = team.add("ash"), team.add("birch")
    for login in (ash, birch):
        with OutcomeLog.open(team.url(login), clock=lambda: NOW) as log:
            log.add_call(CALL)
    with pytest.raises(KitError) as caught:
        members.remove(team.admin, ash, to=birch)
    assert str(caught.value) == (
        f"{ash} and {birch} both use 2 of the same ids, for different clients or interviews; nothing "
        "was changed; hand the rows to another coach, or to one added for them."
    )
    with OutcomeLog.open(team.url(ash)) as log:
        assert len(log.calls()) == 1


def test_a_role_reads_or_writes_as_it_may(team: Team) -> None:
    ash, lead, funder = team.add("ash"), team.add("lead", "lead"), team.add("funder", "funder")
    says = (
        f"{name(team)} does not allow this to your login; nothing was written; a coach changes only "
        "their own clients, a lead only reads, and a funder sees 'interview-coach team figures'."
    )
    with OutcomeLog.open(team.url(ash), clock=lambda: NOW) as log:
        with pytest.raises(KitError) as caught:
            log.add_call({**CALL, "coach": "somebody"})
        assert str(caught.value) == says
        assert log.calls().empty
    with OutcomeLog.open(team.url(lead)) as log, pytest.raises(KitError) as caught:
        log.add_call(CALL)
    assert str(caught.value) == says
    with pytest.raises(KitError) as caught:
        OutcomeLog.open(team.url(funder))
    assert str(caught.value) == says
    with pytest.raises(KitError) as caught:
        OutcomeLog.open(team.url(ash), "Birch")
    assert str(caught.value) == (
        f"{name(team)} is a team's, and you are logged in as {ash}, so you cannot write as Birch; leave "
        "the coach's name out."
    )
    with pytest.raises(KitError) as caught:
        members.add(team.url(ash), "other")
    assert str(caught.value) == says


def test_a_coach_with_a_newer_kit_changes_no_tables(team: Team) -> None:
    ash = team.add("ash")
    change = "UPDATE interview_coach_log SET value = %s WHERE key = 'version'"
    with team.superuser(team.name) as connection:
        connection.execute(change, ["1"])
        try:
            with pytest.raises(KitError) as caught:
                OutcomeLog.open(team.url(ash))
        finally:
            connection.execute(change, [str(VERSION)])
    assert str(caught.value) == (
        f"{name(team)} is of an older version, and your login may not bring it up; nothing was "
        "changed; ask whoever runs the server to do 'interview-coach team init' with a superuser's "
        "login and this version of the kit."
    )


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (
            "Ash Birch",
            "The name of a login is of small letters, digits and _, begins with a letter and has at most "
            "40; choose another one.",
        ),
        (
            "postgres",
            "There is a login postgres on this server already; nothing was changed; choose another name.",
        ),
    ],
)
def test_names_that_will_not_do(team: Team, given: str, says: str) -> None:
    with pytest.raises(KitError) as caught:
        members.add(team.admin, given)
    assert str(caught.value) == says


def test_what_is_no_team(tmp_path: Path, database: Team) -> None:
    for use in (members.init, members.members, figures):
        with pytest.raises(KitError) as caught:
            use(str(tmp_path / "outcomes.db"))
        assert str(caught.value) == (
            "A team's log is kept on a PostgreSQL server; name it with --log "
            "postgresql://ADMIN@HOST/DATABASE, or under [log] in coach.toml."
        )
    with pytest.raises(KitError) as caught:
        members.add(database.admin, "ash")
    assert str(caught.value) == (
        f"{name(database)} is no team's yet; make it one with: interview-coach team init"
    )
    OutcomeLog.open(database.admin).close()
    assert next(one.says for one in examine(database.admin)) == (
        "The log is no team's: whoever can log in sees all of it; 'interview-coach team init' changes "
        "that."
    )


def test_the_commands(
    database: Team, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    login = f"ash_{database.name[5:]}"

    def run(*words: str) -> str:
        code = main(["team", *words, "--log", database.admin])
        out, err = capsys.readouterr()
        assert (code == 0) == (err == "")
        return out + err

    assert "is a team's now" in run("init")
    assert run("list") == "Nobody is in the team yet: interview-coach team add-coach NAME\n"
    # Into a pipe, a file or a notebook no password goes, and nobody is let in.
    assert run("add-coach", login) == (
        "interview-coach: The password is shown once, on a terminal, and kept nowhere; run this in a "
        "terminal, without sending what it prints elsewhere.\n"
    )
    assert "Nobody is in the team" in run("list")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    shown = run("add-coach", login).splitlines()
    password = shown[2].strip()
    assert shown[0] == f"{login} is in the team as a coach. Their password, shown this once:"
    assert sum(password in line for line in shown) == 1
    url = make_url(database.admin).set(username=login, password=password)
    with OutcomeLog.open(url.render_as_string(hide_password=False), clock=lambda: NOW) as log:
        log.add_call(CALL)
    assert run("list") == f"  coach   {login}\n"
    assert run("figures").splitlines()[-3:] == [
        "  2026-Q1  moved                0",
        "  2026-Q1  rescheduled     hidden",
        "Hidden: a count of 1 to 10, or one that would give such a count away.",
    ]
    assert run("remove-coach", login).startswith(
        f"{login} is out of the team; their clients and calls stay"
    )
    assert run("remove-coach", "nobody") == (
        f"interview-coach: There is nobody called nobody in the team of the outcome log "
        f"{database.name} on 127.0.0.1.\n"
    )


def test_the_server_never_sees_a_password(team: Team) -> None:
    login = team.add("ash")
    with team.superuser() as connection:
        row: Any = connection.execute(
            "SELECT rolpassword FROM pg_authid WHERE rolname = %s", [login]
        ).fetchone()
    assert row[0].startswith("SCRAM-SHA-256$")
    added = members.add(team.admin, f"other_{team.name[5:]}")
    assert added.get_secret_value() not in repr(added) + str(added)


RULES = """
    SELECT tablename, policyname, permissive, roles::text, cmd, qual, with_check, NULL
    FROM pg_policies WHERE schemaname = current_schema()
    UNION ALL
    SELECT relname, relacl::text, relrowsecurity::text, NULL, relforcerowsecurity::text,
        pg_get_userbyid(relowner), NULL, NULL
    FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
    UNION ALL
    SELECT attrelid::regclass::text, attname, attacl::text, NULL, NULL, NULL, NULL, NULL
    FROM pg_attribute WHERE attacl IS NOT NULL AND attrelid = 'calls'::regclass
    ORDER BY 1, 2
"""


def test_a_team_of_version_2_is_brought_up_and_its_rules_stay(database: Team) -> None:
    members.init(database.admin)
    ash, birch = database.add("ash"), database.add("birch")
    for login in (ash, birch):
        with OutcomeLog.open(database.url(login), clock=lambda: NOW) as log:
            log.add_call(CALL)
    with database.superuser(database.name) as connection:
        before = connection.execute(RULES).fetchall()
        connection.execute("ALTER TABLE calls DROP COLUMN booked_at")
        connection.execute("UPDATE alembic_version SET version_num = '0002'")
        connection.execute("UPDATE interview_coach_log SET value = '2' WHERE key = 'version'")
    # Opening is enough for an administrator; the rights are not set anew by it.
    OutcomeLog.open(database.admin).close()
    with database.superuser(database.name) as connection:
        assert connection.execute(RULES).fetchall() == before
    with OutcomeLog.open(database.url(ash), clock=lambda: NOW) as log:
        (call_id,) = log.calls()["call_id"]
        log.change_call(call_id, why="found the mail", booked_at="2026-03-01T10:00")
        assert log.calls()["booked_at"].notna().all()
        assert log.verify() == []
    with OutcomeLog.open(database.url(birch), clock=lambda: NOW) as log:
        assert list(log.calls()["booked_at"].isna()) == [True]
        assert log.verify() == []
