"""Practised calls in the log's file: saved, resumed, listed, erased without a trace."""

import csv
import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from interview_coach.errors import KitError
from interview_coach.outcomes import OutcomeLog, database
from interview_coach.outcomes.attempts import Attempt, Attempts, Erased, attempts_csv

STORY: dict[str, Any] = {
    "scenario": "silent_phone",
    "level": "plain",
    "seed": 2**31 + 7,
    "playbook": "a1b2",
    "minute": 3,
}


def ticking() -> Callable[[], datetime]:
    """A clock that goes on by a second each time it is looked at."""
    moments = (datetime(2026, 3, 5, 20, 0, tzinfo=UTC) + timedelta(seconds=n) for n in range(999))
    return lambda: next(moments)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "outcomes.db"


@pytest.fixture
def mine(file: Path) -> Any:
    with Attempts.open(file, clock=ticking()) as opened:
        yield opened


def ended(attempts: Attempts, **more: Any) -> Attempt:
    begun = attempts.begin(**STORY)
    return attempts.save(
        replace(begun, outcome="spoke", minute=24, scores={"timing": (1.5, 2.0)}, **more)
    )


def test_what_was_saved_is_what_is_read(file: Path, mine: Attempts) -> None:
    message = {"step": 1, "kind": "voicemail_no_answer", "text": "Grüße, Zoë"}
    done = ended(mine, actions=(("wait", 15), ("leave_voicemail", None)), messages=(message,))
    with Attempts.open(file) as again:
        assert again.latest() == done
        assert again.all() == (done,)
    assert (done.state, done.revision, done.score) == ("ended", 2, 0.75)
    assert done.ended == done.changed == datetime(2026, 3, 5, 20, 0, 1, tzinfo=UTC)


def test_the_latest_is_the_one_saved_last_and_the_list_is_by_beginning(mine: Attempts) -> None:
    first, second = mine.begin(**STORY), mine.begin(**STORY)
    saved = mine.save(replace(first, minute=4))
    assert mine.latest() == saved
    assert [one.attempt_id for one in mine.all()] == [first.attempt_id, second.attempt_id]


def test_each_player_has_their_own(file: Path, mine: Attempts) -> None:
    ended(mine)
    with Attempts.open(file, "C-014") as other:
        assert other.latest() is None
        ended(other)
        assert other.erase().attempts == 1
    assert len(mine.all()) == 1


def test_an_ended_attempt_is_never_changed(mine: Attempts) -> None:
    done = ended(mine)
    with pytest.raises(KitError, match=r"^This call was played on, put aside or erased in another"):
        mine.save(replace(done, minute=99))
    assert mine.latest() == done


def test_two_windows_on_one_call_do_not_overwrite_each_other(mine: Attempts) -> None:
    here = mine.begin(**STORY)
    there = mine.save(replace(here, actions=(("call", None),)))
    with pytest.raises(KitError, match="so this step was not kept"):
        mine.save(replace(here, actions=(("wait", 15),)))
    assert mine.latest() == there


def test_what_is_put_aside_has_no_outcome_and_no_score(mine: Attempts) -> None:
    mine.put_aside(mine.begin(**STORY))
    kept = mine.latest()
    assert kept is not None
    assert (kept.state, kept.outcome, kept.score) == ("ended", None, None)


def test_a_log_from_before_there_was_practice_gets_the_table(file: Path) -> None:
    OutcomeLog.open(file).close()
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("DROP TABLE attempts")
        raw.commit()
    with Attempts.open(file) as opened:
        assert opened.latest() is None
        assert opened.all() == ()
        done = ended(opened)
        assert opened.latest() == done
    with OutcomeLog.open(file) as log:
        assert log.calls().empty


def test_erasing_leaves_no_trace_of_the_player_in_the_file(file: Path) -> None:
    secret = "Quetzalcoatl-7731"
    with Attempts.open(file, "C-player-zebra") as theirs:
        running = theirs.begin(**STORY)
        for number in range(40):
            message = {
                "step": number,
                "kind": "email_no_answer",
                "text": f"{secret} {number} " * 40,
            }
            running = theirs.save(
                replace(running, actions=(*running.actions, ("call", None)), messages=(message,))
            )
        ended(theirs, messages=({"step": 0, "text": secret},))
        assert theirs.erase() == Erased(2, True)
        assert theirs.all() == ()
        for part in file.parent.iterdir():
            raw = part.read_bytes()
            for trace in (secret.encode(), b"C-player-zebra", b"silent_phone"):
                assert trace not in raw, (part.name, trace)
    with OutcomeLog.open(file) as log:
        assert log.calls().empty


def test_an_open_reader_keeps_the_file_from_being_cleaned_and_that_is_said(file: Path) -> None:
    with Attempts.open(file) as mine, closing(sqlite3.connect(file)) as reader:
        ended(mine)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM attempts").fetchone()
        assert mine.erase() == Erased(1, False)
        assert mine.all() == ()


def test_a_locked_file_is_said_in_one_sentence(
    file: Path, mine: Attempts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    with Attempts.open(file) as quick, closing(sqlite3.connect(file)) as other:
        begun = mine.begin(**STORY)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(KitError, match=r"outcomes\.db is in use by another program"):
            quick.save(replace(begun, minute=4))
        other.rollback()
        assert quick.save(replace(begun, minute=4)).minute == 4


def test_a_file_that_is_gone_is_not_written_into_nowhere(file: Path, mine: Attempts) -> None:
    begun = mine.begin(**STORY)
    file.rename(file.with_name("moved.db"))
    with pytest.raises(KitError, match=r"was moved, replaced or deleted while it was in use"):
        mine.save(begun)


def test_a_damaged_attempt_is_named(file: Path, mine: Attempts) -> None:
    begun = mine.begin(**STORY)
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("UPDATE attempts SET actions = '{'")
        raw.commit()
    with pytest.raises(KitError, match=f"^The attempt {begun.attempt_id} in the log is damaged"):
        mine.latest()


def test_a_player_needs_a_name(file: Path) -> None:
    with pytest.raises(KitError, match=r"^player: it is empty"):
        Attempts.open(file, "  ")


def test_the_csv_holds_no_cell_that_a_spreadsheet_would_run(mine: Attempts) -> None:
    done = ended(
        replace_player(mine, "=HYPERLINK(1)"),
        actions=(("wait", 15), ("call", None)),
        messages=({"text": "@SUM(A1)"}, {"text": 'Dear "Ms" Mahoney,\nhello'}),
    )
    (row,) = csv.DictReader(io.StringIO(attempts_csv([done], ["timing", "message"])))
    assert row["player"] == "'=HYPERLINK(1)"
    assert row["messages"] == '\'@SUM(A1)\n\nDear "Ms" Mahoney,\nhello'
    assert row["actions"] == "wait until 15; call"
    assert (row["timing_got"], row["timing_of"], row["message_got"]) == ("1.5", "2", "")
    assert (row["score"], row["started"]) == ("0.75", "2026-03-05T20:00:00Z")


def replace_player(attempts: Attempts, player: str) -> Attempts:
    attempts.player = player
    return attempts
