"""The file of a log in SQLite: whose it is, how it is opened, and what is said when it cannot be."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from interview_coach.errors import KitError
from interview_coach.outcomes import OutcomeLog
from tests.outcomes.entries import call


def test_the_file_is_for_its_coach_only(tmp_path: Path) -> None:
    with OutcomeLog.open(tmp_path / "mine.db") as log:
        log.add_call(call())
        modes = {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    assert modes == {0o600}


def test_every_write_is_on_the_disk_and_readers_do_not_wait(tmp_path: Path) -> None:
    with OutcomeLog.open(tmp_path / "mine.db") as log, log.transaction() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_locked_file_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interview_coach.outcomes.database.BUSY_SECONDS", 0.05)
    with OutcomeLog.open(tmp_path / "mine.db") as log:
        other = sqlite3.connect(tmp_path / "mine.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(KitError) as caught:
            log.add_call(call(notes="private words"))
        other.execute("ROLLBACK")
        other.close()
        assert str(caught.value) == (
            "The outcome log mine.db is in use by another program that did not finish within 0.05 "
            "seconds; nothing was written; close that program or try again."
        )
        assert caught.value.__suppress_context__
        log.add_call(call())


def test_a_read_only_file_can_be_read_and_says_so_when_written(tmp_path: Path) -> None:
    file = tmp_path / "mine.db"
    with OutcomeLog.open(file) as log:
        log.add_call(call())
    file.chmod(0o444)
    with OutcomeLog.open(file) as log:
        assert len(log.calls()) == 1
        with pytest.raises(KitError) as caught:
            log.add_call(call())
    assert str(caught.value) == (
        "The outcome log mine.db is read-only; nothing was written; allow writing to it, or use "
        "another file."
    )


def test_files_that_are_no_log_are_left_alone(tmp_path: Path) -> None:
    text = tmp_path / "text.db"
    text.write_text("hello " * 500)
    with pytest.raises(KitError) as caught:
        OutcomeLog.open(text)
    assert str(caught.value) == (
        "The outcome log text.db cannot be used: the file is no SQLite database; name another one."
    )
    assert text.read_text() == "hello " * 500
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as other:
        other.execute("CREATE TABLE photos (id)")
    other.close()
    before = foreign.read_bytes()
    with pytest.raises(KitError) as caught:
        OutcomeLog.open(foreign)
    assert str(caught.value) == (
        "The outcome log foreign.db is a database, but not an outcome log: it holds other tables; "
        "name another file."
    )
    assert foreign.read_bytes() == before


def test_a_log_of_a_newer_kit_is_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    OutcomeLog.open(file).close()
    with sqlite3.connect(file) as other:
        other.execute("UPDATE interview_coach_log SET value = '99' WHERE key = 'version'")
    other.close()
    with pytest.raises(KitError, match=r"was made by a newer Interview Coach \(log version 99,"):
        OutcomeLog.open(file)


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ("", "The outcome log needs a file, such as outcomes.db; none was named."),
        (
            "sqlite://",
            "The outcome log needs a file, such as sqlite:///outcomes.db; none was named.",
        ),
        (
            "mysql://u:secret@host/x",
            "The outcome log cannot be kept in 'mysql'; use a file (outcomes.db, or "
            "sqlite:///outcomes.db) or postgresql://...",
        ),
    ],
)
def test_addresses_that_are_none(where: str, says: str) -> None:
    with pytest.raises(KitError) as caught:
        OutcomeLog.open(where)
    assert str(caught.value) == says


def test_folders_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(KitError, match="does not exist; make it first"):
        OutcomeLog.open(tmp_path / "no" / "x.db")
    with pytest.raises(KitError, match="is a folder; name a file"):
        OutcomeLog.open(tmp_path)


def test_a_link_to_a_disk_that_is_gone_is_said_and_left_alone(tmp_path: Path) -> None:
    for to in ("gone/outcomes.db", "outcomes.db"):
        log = tmp_path / "outcomes.db"
        log.unlink(missing_ok=True)
        log.symlink_to(to)
        with pytest.raises(
            KitError, match="is a link to another place, and that cannot be reached"
        ):
            OutcomeLog.open(log)
        assert log.is_symlink()


def test_a_damaged_table_whose_name_is_no_text_is_said_to_be_damage(tmp_path: Path) -> None:
    file = tmp_path / "mine.db"
    OutcomeLog.open(file).close()
    with closing(sqlite3.connect(file, isolation_level=None)) as log:
        log.execute("PRAGMA writable_schema=ON")
        log.execute(
            "UPDATE sqlite_schema SET name = CAST(x'74ff' AS TEXT), sql = 'CREATE TABLE (' "
            "WHERE name = 'tallies'"
        )
    with pytest.raises(KitError) as caught:
        OutcomeLog.open(file)
    assert str(caught.value) == (
        "The outcome log mine.db is damaged; nothing was written; restore it from a backup."
    )
