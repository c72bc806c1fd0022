"""Logs of older kits are brought up, with a copy first; newer ones are left alone."""

import hashlib
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from interview_coach.errors import KitError
from interview_coach.outcomes import OutcomeLog, schema, upgrade

NOW = datetime(2026, 7, 2, 12, tzinfo=UTC)
RELEASED = {n: Path(__file__).parent / f"version_{n}.sql" for n in (1, 2)}


def old_log(folder: Path, version: int) -> Path:
    """Make a log as a released kit left it."""
    file = folder / "outcomes.db"
    with closing(sqlite3.connect(file)) as made:
        made.executescript(RELEASED[version].read_text("utf-8"))
        made.execute("PRAGMA journal_mode=WAL")
    return file


def tables(file: Path) -> dict[str, set[tuple[object, ...]]]:
    """The columns, keys and indexes of each table."""
    with closing(sqlite3.connect(file)) as log:
        names = [
            row[0]
            for row in log.execute(
                "SELECT name FROM sqlite_master WHERE type IN ('table', 'index') "
                "AND name NOT LIKE 'sqlite_%'"
            )
        ]
        return {
            name: {row[1:] for row in log.execute(f"PRAGMA table_info({name})")}
            | {("fk", *row[2:5]) for row in log.execute(f"PRAGMA foreign_key_list({name})")}
            | {("index", *row[1:]) for row in log.execute(f"PRAGMA index_info({name})")}
            for name in names
        }


def test_every_released_version_has_its_log_here() -> None:
    assert set(RELEASED) == set(range(1, schema.VERSION))


@pytest.mark.parametrize("version", RELEASED)
def test_an_older_log_has_the_tables_of_a_new_one(tmp_path: Path, version: int) -> None:
    old = old_log(tmp_path, version)
    OutcomeLog.open(old).close()
    OutcomeLog.open(tmp_path / "new.db").close()
    assert tables(old) == tables(tmp_path / "new.db")


def test_version_1_keeps_its_calls_history_and_names(tmp_path: Path) -> None:
    with OutcomeLog.open(old_log(tmp_path, 1), "Ash", clock=lambda: NOW) as log:
        assert log.verify() == []
        calls = log.calls().set_index("call_id")
        assert sorted(calls["state"]) == ["completed", "completed", "missed", "moved", "moved"]
        changed = calls[calls["revision"] == 2]
        assert list(changed["state"]) == ["missed", "completed"]
        assert set(changed["employer"]) == {"Alder Ltd"}
        history = log.history(str(changed.index[1]))
        assert list(history["action"]) == ["added", "changed", "changed"]
        assert list(history["why"].dropna()) == ["they spoke", "they spoke"]
        assert list(history["field"].dropna()) == ["state", "employer"]
        assert "Synthetic Person" in set(log.clients()["name"])
        assert log.dashboard(month="2026-03").missed == 1
        assert set(log.follow_ups()["due"]) == {"new_time"}
        # What was the last act before is the last act now, and can be taken back.
        assert log.undo(str(changed.index[0])) == "Taken back: first_message_at, notes."
        assert log.verify() == []


def test_the_file_as_it_was_is_kept_beside_it(tmp_path: Path) -> None:
    file = old_log(tmp_path, 1)
    OutcomeLog.open(file).close()
    copy = tmp_path / "outcomes.db.version-1.bak"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(sqlite3.connect(copy)) as was:
        assert was.execute(
            "SELECT value FROM interview_coach_log WHERE key = 'version'"
        ).fetchone() == ("1",)
        assert was.execute("SELECT count(*) FROM changes").fetchone()[0] > 0
    with OutcomeLog.open(copy) as again:
        assert again.verify() == []


def test_a_copy_is_made_of_version_2_too(tmp_path: Path) -> None:
    file = old_log(tmp_path, 2)
    before = tables(file)
    OutcomeLog.open(file).close()
    assert tables(tmp_path / "outcomes.db.version-2.bak") == before
    assert tables(file) != before


def test_a_step_that_fails_leaves_the_log_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = old_log(tmp_path, 1)
    before = tables(file)

    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("interview_coach.outcomes.tallies.recount", fails)
    with pytest.raises(ZeroDivisionError):
        OutcomeLog.open(file)
    assert tables(file) == before
    monkeypatch.undo()
    with OutcomeLog.open(file) as log:
        assert len(log.calls()) == 5


def test_a_log_that_cannot_be_copied_is_not_touched(tmp_path: Path) -> None:
    file = old_log(tmp_path, 1)
    (tmp_path / "outcomes.db.version-1.bak.part").mkdir()
    with pytest.raises(KitError) as caught:
        OutcomeLog.open(file)
    assert str(caught.value).startswith(
        f"The outcome log outcomes.db could not be copied to {file}.version-1.bak: "
    )
    assert "changes" in tables(file)


def test_a_newer_log_is_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "outcomes.db"
    OutcomeLog.open(file).close()
    with closing(sqlite3.connect(file)) as other:
        other.execute("UPDATE interview_coach_log SET value = '4' WHERE key = 'version'")
        other.commit()
    before = hashlib.sha256(file.read_bytes()).digest()
    with pytest.raises(KitError) as caught:
        OutcomeLog.open(file)
    assert str(caught.value) == (
        "The outcome log outcomes.db was made by a newer Interview Coach (log version 4, this one "
        "knows 3); install the newer one."
    )
    assert hashlib.sha256(file.read_bytes()).digest() == before
    assert [one.name for one in tmp_path.iterdir()] == ["outcomes.db"]


def test_the_steps_lie_in_the_package() -> None:
    assert {one.name for one in upgrade.STEPS.iterdir()} >= {"env.py", "versions"}


def test_version_2_keeps_its_chains_and_takes_bookings(tmp_path: Path) -> None:
    with OutcomeLog.open(old_log(tmp_path, 2), "Ash", clock=lambda: NOW) as log:
        assert log.verify() == []
        calls = log.calls()
        assert len(calls) == 5
        assert calls["booked_at"].isna().all()
        call_id = str(calls["call_id"][0])
        log.change_call(call_id, why="found the mail", booked_at="2026-03-01T10:00+00:00")
        assert log.verify() == []
        assert log.undo(call_id) == "Taken back: booked_at."
        assert log.verify() == []
