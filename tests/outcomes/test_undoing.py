"""What belongs together is logged together, and taken back together: several calls, or a whole import."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from interview_coach.errors import KitError
from interview_coach.outcomes import (
    ColumnMapping,
    EntryError,
    ImportResult,
    OutcomeLog,
    import_file,
)
from tests.outcomes.entries import call

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
SPEC = ColumnMapping.model_validate(
    {
        "time": {"timezone": "Europe/London", "date_order": "day", "start_time": "09:00"},
        "client": {"columns": ["Client"], "pseudonymous": True},
        "interview": {"columns": ["Employer"]},
        "columns": {"scheduled_at": "Date", "employer": "Employer", "state": "Outcome"},
        "values": {"state": {"came": "completed", "no show": "missed"}},
        "when_state": {"missed": {"missed_by": "candidate"}},
    }
)
ROWS = (
    "05.03.2026,c1,Acme,no show\n06.03.2026,c1,Acme,came\n06.03.2026,c2,Acme,came\n"
    "07.03.2026,c3,Blank,no show\n"
)
MISSED = call(interview_id="i1")
NEXT = call(
    interview_id="i1", state="pending", missed_by=None, scheduled_at="2026-07-09T10:00+01:00"
)


@pytest.fixture
def log(open_log: Callable[..., OutcomeLog]) -> Iterator[OutcomeLog]:
    with open_log() as opened:
        yield opened


@pytest.fixture
def bring(url: str, tmp_path: Path) -> Callable[..., ImportResult]:
    def run(rows: str = ROWS) -> ImportResult:
        file = tmp_path / "calls.csv"
        file.write_text("Date,Client,Employer,Outcome\n" + rows, encoding="utf-8")
        return import_file(file, SPEC, url, clock=lambda: NOW)

    return run


def state(log: OutcomeLog) -> Any:
    """What the log shows: its calls, what is due, and the counts; and it is sound."""
    assert log.verify() == []
    calls = log.calls().drop(columns="revision")
    return calls.to_dict("records"), log.follow_ups().to_dict("records"), log.dashboard()


def act_of(log: OutcomeLog) -> int:
    return int(log.history()["write_id"].max())


def test_calls_that_belong_together_are_one_act(log: OutcomeLog) -> None:
    ids = log.add_calls([MISSED, NEXT])
    assert list(log.calls()["call_id"]) == ids
    assert log.history()["write_id"].nunique() == 1
    assert log.stories()["rebooked_for"].notna().all()


def test_of_calls_that_belong_together_all_are_logged_or_none(log: OutcomeLog) -> None:
    with pytest.raises(EntryError, match="employer"):
        log.add_calls([{**MISSED, "employer": "Acme"}, {**NEXT, "employer": "Other"}])
    with pytest.raises(EntryError, match="has not begun"):
        log.add_calls([MISSED, {**NEXT, "state": "completed"}])
    assert (len(log.calls()), len(log.history())) == (0, 0)


def test_calls_with_keys_are_logged_once(log: OutcomeLog) -> None:
    both = [{**MISSED, "entry_key": "k"}, {**NEXT, "entry_key": "k-next"}]
    assert log.add_calls(both) == log.add_calls(both)
    assert len(log.calls()) == 2
    # Where only the first was there, the second is added.
    assert (
        log.undo(str(log.calls()["call_id"].iloc[1])) == "The call is taken out of the log again."
    )
    assert log.add_calls(both)[0] == log.calls()["call_id"].iloc[0]
    assert len(log.calls()) == 2


def test_calls_logged_together_are_taken_back_together(log: OutcomeLog) -> None:
    empty = state(log)
    log.add_calls([MISSED, NEXT])
    there = state(log)
    undone = log.undo_act(act_of(log))
    assert undone.says == "2 calls are taken out of the log again."
    assert undone.act == act_of(log)
    assert state(log) == empty
    assert log.undo_act(undone.act).says == "2 calls are back as they were."
    assert state(log) == there


def test_an_import_is_taken_back_whole_and_can_come_again(
    log: OutcomeLog, bring: Callable[..., ImportResult]
) -> None:
    log.add_call(call(client_id="c1", interview_id="own"))
    before = state(log)
    done = bring()
    assert (done.imported, done.act, done.as_dict()["act"]) == (4, act_of(log), act_of(log))
    there = state(log)
    acts = log.history()["write_id"].nunique()
    assert done.act is not None
    assert log.undo_act(done.act, why="the wrong file").says == (
        "4 calls are taken out of the log again."
    )
    assert state(log) == before
    last = log.history().iloc[-1]
    assert (log.history()["write_id"].nunique(), last["action"], last["why"]) == (
        acts + 1,
        "undone",
        "the wrong file",
    )
    again = bring()
    assert (again.imported, again.already_there) == (4, 0)
    assert state(log) == there
    # Taken back a second time, and brought back by taking that back.
    assert again.act is not None
    assert log.undo_act(log.undo_act(again.act).act).says == "4 calls are back as they were."
    assert state(log) == there
    assert bring().already_there == 4


def test_what_was_imported_into_an_interview_goes_and_what_was_there_stays(
    log: OutcomeLog, bring: Callable[..., ImportResult]
) -> None:
    bring("05.03.2026,c1,Acme,no show\n")
    before = state(log)
    done = bring("05.03.2026,c1,Acme,no show\n09.03.2026,c1,Acme,came\n")
    assert done.act is not None
    assert log.undo_act(done.act).says == "1 call is taken out of the log again."
    assert state(log) == before


def test_an_import_with_a_call_that_was_changed_since_is_not_taken_back(
    log: OutcomeLog, bring: Callable[..., ImportResult]
) -> None:
    done = bring()
    assert done.act is not None
    first, second, *_ = log.calls()["call_id"]
    log.change_call(first, why="told later", notes="by car")
    before = state(log)
    with pytest.raises(KitError) as caught:
        log.undo_act(done.act)
    assert str(caught.value) == (
        f"Act {done.act} cannot be taken back as a whole: 1 call of it was changed since ({first}); take "
        "that back first, call by call; nothing was changed."
    )
    assert state(log) == before
    # Changed back, and taken out and brought back by itself, it is as it was.
    assert log.undo(first) == "Taken back: notes."
    assert log.undo(second) == "The call is taken out of the log again."
    assert log.undo(second) == "The call is back as it was."
    assert log.undo_act(done.act).says == "4 calls are taken out of the log again."
    assert state(log)[0] == []


def test_what_was_taken_out_singly_is_out_already(
    log: OutcomeLog, bring: Callable[..., ImportResult]
) -> None:
    done = bring()
    assert done.act is not None
    for call_id in log.calls()["call_id"].iloc[:3]:
        log.undo(call_id)
    assert log.undo_act(done.act).says == "1 call is taken out of the log again."
    assert log.calls().empty
    with pytest.raises(KitError, match=f"Act {done.act} is taken back already; nothing was"):
        log.undo_act(done.act)


def test_an_act_that_is_none_is_told(log: OutcomeLog) -> None:
    log.add_call(MISSED)
    log.describe_client("c1", cohort="Spring")
    for number in (999_999_999, act_of(log), -1):
        with pytest.raises(KitError, match=f"There is no act {number} on calls in the log"):
            log.undo_act(number)


def test_a_whole_change_is_taken_back_by_its_number_too(log: OutcomeLog) -> None:
    call_id = log.add_call(MISSED)
    before = state(log)
    log.change_call(call_id, why="told later", notes="by car", employer="Acme")
    assert log.undo_act(act_of(log)).says == "1 call is back as it was."
    pd.testing.assert_frame_equal(
        pd.DataFrame(state(log)[0]), pd.DataFrame(before[0]), check_dtype=False
    )


def test_a_rehearsal_and_a_file_that_brings_nothing_have_no_act(
    log: OutcomeLog, bring: Callable[..., ImportResult], url: str, tmp_path: Path
) -> None:
    bring()
    assert bring().act is None
    assert import_file(tmp_path / "calls.csv", SPEC, url, dry_run=True).act is None
