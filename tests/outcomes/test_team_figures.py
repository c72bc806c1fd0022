"""What a funder sees: suppressed figures, and nothing else."""

import pytest

from interview_coach.outcomes.team.figures import figures
from interview_coach.outcomes.team.rules import NUMBERS
from tests.outcomes.teams import Team, denied, first_of

Who = dict[str, str]


@pytest.fixture
def team(two_coaches: Team) -> Team:
    return two_coaches


def test_a_funder_sees_suppressed_figures(team: Team, who: Who) -> None:
    with team.superuser(team.name) as connection:
        # 12 interviews moved and 11 not, 10 cancelled, and some that do not count.
        coach = who["birch"]
        rows = [("2025-02-03T10:00Z", "moved", n) for n in range(12)]
        rows += [("2025-02-03T10:00Z", "completed", n) for n in range(20, 31)]
        rows += [("2025-05-03T10:00Z", "completed", n) for n in range(40, 70)]
        rows += [("2025-05-03T10:00Z", "cancelled", n) for n in range(70, 80)]
        # The clock in Auckland has the next quarter already.
        rows += [("2025-03-31T12:00Z", "missed", n) for n in range(80, 92)]
        act = first_of(connection, "max(write_id)", "writes", coach)
        with connection.transaction(force_rollback=True):
            for at, state, n in rows:
                connection.execute(
                    "INSERT INTO interviews (coach, interview_id, client_id) VALUES (%s, %s, 'c1')",
                    [coach, f"f{n}"],
                )
                connection.execute(
                    "INSERT INTO calls (coach, call_id, interview_id, sequence, channel, caller, "
                    "scheduled_at, timezone, state, synthetic, write_id) VALUES "
                    "(%s, %s, %s, 1, 'phone', 'interviewer', %s, 'Pacific/Auckland', %s, false, %s)",
                    [coach, f"f{n}", f"f{n}", at, state, act],
                )
            connection.execute(f"SET LOCAL ROLE {who['funder']}")
            found = connection.execute("SELECT quarter, what, n FROM funder_figures()").fetchall()
            connection.execute("RESET ROLE")
    told = {(quarter, what): n for quarter, what, n in found if quarter.startswith("2025")}
    assert told == {
        ("2025-Q1", "cancelled"): 0,
        ("2025-Q1", "completed"): 11,
        ("2025-Q1", "interviews"): 23,
        ("2025-Q1", "missed"): 0,
        ("2025-Q1", "moved"): 12,
        ("2025-Q1", "rescheduled"): 12,
        ("2025-Q2", "cancelled"): None,
        ("2025-Q2", "completed"): 30,
        ("2025-Q2", "interviews"): 52,
        ("2025-Q2", "missed"): 12,
        ("2025-Q2", "moved"): 0,
        ("2025-Q2", "rescheduled"): 0,
    }
    frame = figures(team.url(who["funder"]))
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == {
        "quarter": "str",
        "what": "str",
        "n": "Int64",
        "hidden": "bool",
    }
    assert frame["n"].isna().tolist() == frame["hidden"].tolist()


def test_a_funder_can_do_nothing_else(team: Team, who: Who) -> None:
    with team.login(who["funder"]) as funder:
        denied(funder, "SELECT * FROM interview_coach_log", f"SET ROLE {team.name}_counter")
        denied(funder, "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'")
        denied(
            funder, f"SELECT nextval('{NUMBERS}.{who['ash']}')", "CREATE TEMPORARY TABLE t (a int)"
        )
