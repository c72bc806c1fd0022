"""What a store of calls must do. Written against the log's own methods only, for any database."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from interview_coach.errors import KitError
from interview_coach.outcomes import CallEntry, EntryError, OutcomeLog, database, history
from interview_coach.outcomes.frames import CLIENTS, HISTORY, INTERVIEWS, LOGGED
from interview_coach.outcomes.sample import sample_calls
from tests.outcomes.entries import call

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
Open = Callable[..., OutcomeLog]


def test_an_empty_log_has_its_columns_and_types(log: OutcomeLog) -> None:
    for frame, columns in (
        (log.calls(), LOGGED),
        (log.interviews(), INTERVIEWS),
        (log.clients(), CLIENTS),
        (log.history(), HISTORY),
    ):
        assert {name: str(kind) for name, kind in frame.dtypes.items()} == dict(columns)
        assert frame.empty


def test_a_call_comes_back_as_it_was_logged(log: OutcomeLog) -> None:
    call_id = log.add_call(
        call(
            cause="overran",
            employer="Acme",
            employer_type="Retail",
            cohort="Spring",
            booked_at="2026-03-02T09:30",
            first_message_at="2026-03-05T14:20",
            window_until="2026-03-05T15:00+00:00",
            reconnected_at=datetime(2026, 3, 5, 14, 45, tzinfo=UTC),
            waited_minutes=20,
            notes="kind on the phone",
        )
    )
    row = log.calls().iloc[0]
    assert row["call_id"] == call_id
    assert row["scheduled_at"] == pd.Timestamp("2026-03-05T14:00Z")
    assert row["booked_at"] == pd.Timestamp("2026-03-02T09:30Z")
    assert row["reconnected_at"] == pd.Timestamp("2026-03-05T14:45Z")
    assert (row["coach"], row["sequence"], row["waited_minutes"]) == (log.coach, 1, 20)
    assert (row["employer"], row["cause"], row["notes"]) == ("Acme", "overran", "kind on the phone")
    assert not row["synthetic"]
    assert pd.isna(row["date_doubt"])


def test_when_a_call_was_booked_can_be_entered_later_and_taken_back(log: OutcomeLog) -> None:
    call_id = log.add_call(call())
    log.change_call(call_id, why="found the mail", booked_at="2026-03-05T14:00")
    assert log.call(call_id)["booked_at"] == datetime(2026, 3, 5, 14, tzinfo=UTC)
    with pytest.raises(EntryError) as caught:
        log.change_call(call_id, why="a slip", booked_at="2026-03-05T14:01")
    assert str(caught.value) == (
        "The call cannot be changed: booked_at: the booking cannot lie after the agreed start."
    )
    with pytest.raises(EntryError, match="booked_at: the booking cannot lie after"):
        log.change_call(call_id, why="it was earlier", scheduled_at="2026-03-04T14:00")
    assert log.undo(call_id) == "Taken back: booked_at."
    assert log.call(call_id)["booked_at"] is None
    assert log.undo(call_id) == "Taken back: booked_at."
    assert log.undo(log.add_call(call(booked_at="2026-03-01T10:00"))) == (
        "The call is taken out of the log again."
    )
    assert list(log.calls()["booked_at"]) == [pd.Timestamp("2026-03-05T14:00Z")]
    assert log.verify() == []


def test_a_call_taken_out_comes_back_with_its_booking(log: OutcomeLog) -> None:
    call_id = log.add_call(call(booked_at="2026-03-01T10:00"))
    log.undo(call_id)
    log.undo(call_id)
    assert log.call(call_id)["booked_at"] == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert log.verify() == []


def test_summer_time_is_kept_in_utc(log: OutcomeLog) -> None:
    log.add_call(call(scheduled_at="2026-06-05T14:00"))
    assert log.calls()["scheduled_at"][0] == pd.Timestamp("2026-06-05T13:00Z")


def test_the_next_call_of_an_interview_has_the_next_number(log: OutcomeLog) -> None:
    log.add_call(call(interview_id="i1", employer="Acme"))
    log.add_call(
        call(interview_id="i1", scheduled_at="2026-03-09T10:00", state="completed", missed_by=None)
    )
    log.add_call(call(interview_id="i2"))
    calls = log.calls().sort_values(["interview_id", "sequence"])
    assert list(zip(calls["interview_id"], calls["sequence"], strict=True)) == [
        ("i1", 1),
        ("i1", 2),
        ("i2", 1),
    ]
    assert calls["employer"].iloc[1] == "Acme"


def test_a_call_without_interview_begins_one(log: OutcomeLog) -> None:
    log.add_call(call())
    log.add_call(call())
    assert log.interviews()["interview_id"].nunique() == 2
    assert len(log.clients()) == 1


def test_a_doubled_click_logs_one_call(log: OutcomeLog) -> None:
    first = log.add_call(call(entry_key="click-1"))
    assert log.add_call(call(entry_key="click-1")) == first
    assert len(log.calls()) == len(log.history()) == 1


def test_an_interview_has_one_client_and_employer(log: OutcomeLog) -> None:
    log.add_call(call(interview_id="i1", employer="Acme"))
    with pytest.raises(EntryError) as caught:
        log.add_call(call(interview_id="i1", client_id="secret-name", employer="Other"))
    assert {fault.field for fault in caught.value.faults} == {"client_id", "employer"}
    assert "secret-name" not in str(caught.value)
    assert len(log.calls()) == len(log.history()) == 1


def test_a_change_keeps_what_was_when_by_whom_and_why(open_log: Open) -> None:
    with open_log() as log:
        first = log.coach
        call_id = log.add_call(call(state="pending", missed_by=None, employer="Acme"))
    with open_log("Ash", clock=lambda: NOW + timedelta(hours=1)) as log:
        log.change_call(call_id, why="they rang back", state="completed", employer="Acme Ltd")
        row = log.calls().iloc[0]
        assert (row["state"], row["employer"]) == ("completed", "Acme Ltd")
        done = log.history(call_id)
        second = log.coach
    assert list(done["action"]) == ["added", "changed", "changed"]
    assert list(done["by"]) == [first, second, second]
    assert list(done["at"]) == [pd.Timestamp(NOW)] + [pd.Timestamp(NOW + timedelta(hours=1))] * 2
    changed = done[done["action"] == "changed"].set_index("field")
    assert changed["was"].to_dict() == {"state": "pending", "employer": "Acme"}
    assert changed["became"].to_dict() == {"state": "completed", "employer": "Acme Ltd"}
    assert set(changed["why"]) == {"they rang back"}


def test_a_change_to_the_same_is_none(log: OutcomeLog) -> None:
    call_id = log.add_call(call())
    log.change_call(call_id, why="nothing", state="missed", scheduled_at="2026-03-05T14:00")
    assert len(log.history()) == 1


def test_a_change_must_leave_a_sound_call(log: OutcomeLog) -> None:
    call_id = log.add_call(call())
    with pytest.raises(EntryError) as caught:
        log.change_call(call_id, why="they spoke", state="completed")
    assert str(caught.value) == (
        "The call cannot be changed: missed_by: a completed call was missed by nobody; leave it empty."
    )
    log.change_call(call_id, why="they spoke", state="completed", missed_by=None)
    assert log.calls()["state"][0] == "completed"
    assert pd.isna(log.calls()["missed_by"][0])


def test_a_change_needs_its_call_and_its_reason(log: OutcomeLog) -> None:
    call_id = log.add_call(call())
    with pytest.raises(
        KitError, match=r"^A change to the log needs its reason; say in a few words why\.$"
    ):
        log.change_call(call_id, why=" ", state="pending")
    with pytest.raises(
        KitError, match=r"^There is no call 'call-x' in the log; nothing was changed\.$"
    ):
        log.change_call("call-x", why="typo", state="pending")
    with pytest.raises(EntryError, match="it says which call this is"):
        log.change_call(call_id, why="typo", client_id="c2")


def test_an_outcome_cannot_lie_ahead(log: OutcomeLog) -> None:
    with pytest.raises(EntryError) as caught:
        log.add_call(call(scheduled_at="2026-07-01T14:00"))
    assert str(caught.value) == (
        "The call cannot be logged: state: the call has not begun yet, so it cannot be missed; look at "
        "the date, or choose 'pending'."
    )
    log.add_call(call(scheduled_at="2026-07-01T14:00", state="pending", missed_by=None))


def test_names_stand_apart_and_leave_no_trace_in_the_history(log: OutcomeLog) -> None:
    log.add_call(call())
    log.name_client("c1", name="Amara", contact="amara@example.org")
    assert log.clients().iloc[0].dropna().to_dict() == {
        "client_id": "c1",
        "coach": log.coach,
        "name": "Amara",
        "contact": "amara@example.org",
    }
    assert "Amara" not in log.history().to_csv()
    assert "Amara" not in log.calls().to_csv()


def test_the_whole_sample_passes_the_checks_of_an_entry(log: OutcomeLog) -> None:
    for row in sample_calls().head(150).astype(object).to_dict("records"):
        fields = {
            str(k): v for k, v in row.items() if not pd.isna(v) and k in CallEntry.model_fields
        }
        # The sample has several coaches; in a team nobody writes for another.
        log.add_call(CallEntry(**{**fields, "coach": log.coach}))
    assert len(log.calls()) == 150


def test_two_threads_write_without_losing_a_call(open_log: Open) -> None:
    faults: list[BaseException] = []

    def write(who: str) -> None:
        try:
            with open_log(who) as log:
                for number in range(25):
                    log.add_call(call(interview_id="shared", coach=coach, notes=f"{who} {number}"))
        except BaseException as error:
            faults.append(error)

    with open_log() as log:
        coach = log.coach
        threads = [threading.Thread(target=write, args=(who,)) for who in ("Ash", "Birch")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert not faults
    with open_log() as log:
        assert sorted(log.calls()["sequence"]) == list(range(1, 51))
        assert len(log.history()) == 50


def test_a_failed_write_leaves_nothing(log: OutcomeLog) -> None:
    with pytest.raises(ZeroDivisionError), log.transaction() as connection:
        history.begin(database.run_of(connection), NOW, log.coach, "added", None)
        raise ZeroDivisionError
    with log.snapshot() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM writes").scalar() == 0


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b"])
def test_what_is_no_character_is_refused_in_every_store(log: OutcomeLog, text: str) -> None:
    says = "there is a character in it that is none; type it again"
    for field in ("notes", "employer", "cohort", "client_id", "interview_id"):
        with pytest.raises(EntryError) as caught:
            log.add_call(call(**{field: text}))
        assert str(caught.value) == f"The call cannot be logged: {field}: {says}."
    call_id = log.add_call(call())
    for fields in ({"name": text}, {"contact": text}, {"tags": [text]}):
        with pytest.raises(EntryError) as caught:
            log.describe_client("c1", **fields)
        assert str(caught.value) == f"The client cannot be described: {next(iter(fields))}: {says}."
    with pytest.raises(KitError) as refused:
        log.change_call(call_id, why=text, notes="kind")
    assert str(refused.value) == f"The reason cannot be kept: {says}; nothing was changed."
    assert len(log.history()) == 1


def test_what_was_written_so_far_tells_whether_anything_changed(log: OutcomeLog) -> None:
    seen = [log.written()]

    def differs() -> bool:
        now = log.written()
        assert log.written() == now
        seen.append(now)
        return now not in seen[:-1]

    assert not differs()
    call_id = log.add_call(call())
    assert differs()
    log.change_call(call_id, why="told later", notes="by car")
    assert differs()
    log.change_call(call_id, why="told later", notes="by car")
    assert not differs()
    log.undo(call_id)
    assert differs()
    log.describe_client("c1", cohort="Spring")
    assert differs()
    log.erase("c1")
    assert differs()
