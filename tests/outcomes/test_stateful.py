"""Any order of acts: the log must agree with a model in plain Python, its counts with a recount."""

import secrets
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import create_engine, make_url

from interview_coach.errors import KitError
from interview_coach.measures import measure
from interview_coach.outcomes import ChangedMeanwhile, EntryError, OutcomeLog
from interview_coach.outcomes.frames import LOGGED
from tests.outcomes.conftest import NOW
from tests.outcomes.teams import Team, server_of

START = datetime(2026, 3, 30, 10, tzinfo=UTC)
ENDS: list[dict[str, Any]] = [
    {"state": "completed", "missed_by": None, "reconnected_at": None},
    {"state": "pending", "missed_by": None, "reconnected_at": None},
    {"state": "moved", "missed_by": None, "reconnected_at": None},
    {"state": "cancelled", "missed_by": None, "reconnected_at": None},
    {"state": "missed", "missed_by": "candidate", "reconnected_at": None},
    {"state": "missed", "missed_by": "technical", "reconnected_at": START + timedelta(days=9)},
]
INTERVIEWS = [("i1", "c1"), ("i2", "c1"), ("i3", "c2")]
ends = st.sampled_from(ENDS)
words = st.sampled_from(
    [None, "a", "b", "Ünïcödé 🙂", "x" * 300, "'; DROP TABLE calls; --", "=1+1"]
)
# Days around the end of a month, in a zone that is ahead: months are those of the client.
starts = st.integers(0, 4).map(lambda days: START + timedelta(days=days, hours=5))
doubts = st.sampled_from([None, None, None, "a year off"])


class Log(RuleBasedStateMachine):
    """A log and its model: each call's fields, and what its last act did."""

    calls = Bundle("calls")
    first, second = "Ash", "Birch"
    coach = "Ash"

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.log = OutcomeLog.open(self.address(), self.first, clock=lambda: NOW)
        self.model: dict[str, dict[str, Any]] = {}
        self.gone: dict[str, dict[str, Any]] = {}
        self.last: dict[str, dict[str, tuple[Any, Any]]] = {}
        self.acts: Counter[str] = Counter()
        self.employers: dict[str, str | None] = {}

    def address(self) -> str:
        return f"sqlite:///{Path(self.folder.name) / 'outcomes.db'}"

    def teardown(self) -> None:
        if hasattr(self, "log"):
            self.log.close()
            self.folder.cleanup()

    @rule(
        target=calls,
        place=st.sampled_from(INTERVIEWS),
        end=ends,
        at=starts,
        note=words,
        doubt=doubts,
    )
    def add(self, place: tuple[str, str], end: Any, at: datetime, note: Any, doubt: Any) -> str:
        interview, client = place
        fields = {**end, "scheduled_at": at, "notes": note, "date_doubt": doubt}
        call_id = self.log.add_call(
            {
                **fields,
                "interview_id": interview,
                "client_id": client,
                "coach": self.coach,
                "timezone": "Asia/Kolkata",
            }
        )
        there = [one["sequence"] for one in self.model.values() if one["interview_id"] == interview]
        self.employers.setdefault(interview, None)
        self.model[call_id] = fields | {
            "interview_id": interview,
            "sequence": max(there, default=0) + 1,
        }
        self.acts[call_id] = 1
        return call_id

    @rule(call_id=calls, end=ends, note=words, employer=st.sampled_from([None, "Acme", "Bolt"]))
    def change(self, call_id: str, end: Any, note: Any, employer: Any) -> None:
        if call_id not in self.model:
            with pytest.raises(KitError, match="There is no call"):
                self.log.change_call(call_id, why="model", **end)
            return
        was = self.model[call_id]
        interview = was["interview_id"]
        was = {**was, "employer": self.employers[interview]}
        new = {**end, "notes": note, "employer": employer}
        changed = {name: (was[name], new[name]) for name in new if was[name] != new[name]}
        self.log.change_call(call_id, why="model", expected_revision=self.acts[call_id], **new)
        if changed:
            self.last[call_id] = changed
            self.acts[call_id] += 1
            self.put(call_id, {name: became for name, (_, became) in changed.items()})

    def put(self, call_id: str, fields: dict[str, Any]) -> None:
        if "employer" in fields:
            self.employers[self.model[call_id]["interview_id"]] = fields.pop("employer")
        self.model[call_id].update(fields)

    @rule(call_id=calls)
    def change_what_another_has_changed(self, call_id: str) -> None:
        if call_id in self.model:
            with pytest.raises(ChangedMeanwhile):
                self.log.change_call(call_id, why="old", expected_revision=0, notes="never kept")

    @rule(call_id=calls)
    def contradict(self, call_id: str) -> None:
        with pytest.raises(KitError):
            self.log.change_call(call_id, why="wrong", state="pending", missed_by="candidate")

    @rule(call_id=calls)
    def undo(self, call_id: str) -> None:
        changed = self.last.get(call_id)
        if call_id in self.gone:
            self.log.undo(call_id)
            back = self.gone.pop(call_id)
            there = [
                one["sequence"]
                for one in self.model.values()
                if one["interview_id"] == back["interview_id"]
            ]
            if back["sequence"] in there:
                back["sequence"] = max(there) + 1
            self.model[call_id] = back
            self.last.pop(call_id, None)
        elif not changed:
            self.log.undo(call_id)
            self.gone[call_id] = self.model.pop(call_id)
        elif (
            "employer" in changed
            and self.employers[self.model[call_id]["interview_id"]] != changed["employer"][1]
        ):
            with pytest.raises(KitError, match="employer was changed since"):
                self.log.undo(call_id)
            return
        else:
            self.log.undo(call_id)
            self.last[call_id] = {name: (became, was) for name, (was, became) in changed.items()}
            self.put(call_id, {name: was for name, (was, _) in changed.items()})
        self.acts[call_id] += 1

    @rule(call_id=consumes(calls))
    def open_again(self, call_id: str) -> None:
        self.log.close()
        self.log = OutcomeLog.open(self.address(), self.second, clock=lambda: NOW)

    @rule()
    def refuse(self) -> None:
        with pytest.raises(EntryError):
            self.log.add_call({"client_id": "c1", "scheduled_at": "never", "timezone": "UTC"})

    @invariant()
    def the_log_is_the_model(self) -> None:
        if not hasattr(self, "log"):
            return
        frame = self.log.calls()
        assert {name: str(kind) for name, kind in frame.dtypes.items()} == dict(LOGGED)
        assert set(frame["call_id"]) == set(self.model)
        for call_id, fields in self.model.items():
            told = self.log.call(call_id)
            assert {name: told[name] for name in fields} == fields
            assert told["employer"] == self.employers[fields["interview_id"]]
            assert told["revision"] == self.acts[call_id]

    @invariant()
    def the_counts_are_those_of_the_measures(self) -> None:
        if not hasattr(self, "log") or not self.model:
            return
        rows = measure(self.log.calls(), "month")
        for month in ("2026-03", "2026-04"):
            board = self.log.dashboard(month=month)
            for name, n, of in (
                ("missed_call_rate", board.missed, board.held),
                ("reschedule_rate", board.rescheduled, board.interviews),
            ):
                (found,) = [
                    (row["n"], row["N"])
                    for row in rows
                    if row["measure"] == name and row["group"] == month
                ] or [(0, 0)]
                assert (n, of) == found, (name, month)

    @invariant()
    def the_log_verifies(self) -> None:
        if hasattr(self, "log"):
            # It compares the counts with a full recount, too.
            assert self.log.verify() == []


class LogOnAServer(Log):
    """The same on PostgreSQL, a schema each time."""

    server_url = ""

    def address(self) -> str:
        if not hasattr(self, "schema"):
            self.schema = f"test_{secrets.token_hex(6)}"
            self.server = create_engine(self.server_url)
            with self.server.begin() as connection:
                connection.exec_driver_sql(f"CREATE SCHEMA {self.schema}")
        url = make_url(self.server_url)
        of_schema = url.update_query_dict({"options": f"-csearch_path={self.schema}"})
        return of_schema.render_as_string(hide_password=False)

    def teardown(self) -> None:
        super().teardown()
        if hasattr(self, "schema"):
            with self.server.begin() as connection:
                connection.exec_driver_sql(f"DROP SCHEMA {self.schema} CASCADE")
            self.server.dispose()


class LogInATeam(Log):
    """The same with the login of a coach, in a team's log."""

    team: Team
    first = second = "me"

    def address(self) -> str:
        if self.coach == Log.coach:
            self.coach = self.team.add("me")
        return self.team.url(self.coach)

    def teardown(self) -> None:
        super().teardown()
        self.team.empty()


CHECKS = settings(
    max_examples=15,
    stateful_step_count=15,
    deadline=None,
    # A failure is short enough to read; making it shorter takes minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def test_any_order_of_acts_in_a_file() -> None:
    run_state_machine_as_test(Log, settings=CHECKS)


def test_any_order_of_acts_on_a_server(
    pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = server_of(pytestconfig)
    monkeypatch.setattr(LogOnAServer, "server_url", server)
    run_state_machine_as_test(LogOnAServer, settings=settings(CHECKS, max_examples=8))


def test_any_order_of_acts_in_a_team(team_database: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LogInATeam, "team", team_database, raising=False)
    run_state_machine_as_test(LogInATeam, settings=settings(CHECKS, max_examples=6))
