"""Backups, the doctor, and putting one back: what is damaged is named, what is lost is known."""

import hashlib
import os
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from interview_coach.cli import main
from interview_coach.errors import KitError
from interview_coach.outcomes import OutcomeLog, backups, doctor, seals
from tests.outcomes.entries import call

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def opened(file: Path, hours: float = 0) -> OutcomeLog:
    return OutcomeLog.open(file, "Ash", clock=lambda: NOW + hours * HOUR)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "outcomes.db"
    with opened(file) as log:
        for number in range(3):
            log.add_call(call(interview_id=f"i{number}"))
    return file


def calls_in(file: Path) -> int:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as log:
        return int(log.execute("SELECT count(*) FROM calls").fetchone()[0])


def test_opening_backs_up_what_was_written_since(file: Path) -> None:
    assert backups.all_of(file) == []
    opened(file).close()
    (first,) = backups.all_of(file)
    assert (first.at, calls_in(first.file)) == (NOW, 3)
    assert stat.S_IMODE(first.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(first.file.parent.stat().st_mode) == 0o700
    # Nothing written since; and something written, but within the hour.
    opened(file, 2).close()
    with opened(file, 2.1) as log:
        log.add_call(call())
    assert len(backups.all_of(file)) == 1
    opened(file, 2.5).close()
    assert [calls_in(one.file) for one in backups.all_of(file)] == [4, 3]
    with opened(file, 2.6) as log:
        log.add_call(call())
    opened(file, 3).close()
    assert len(backups.all_of(file)) == 2


def test_a_new_and_empty_log_is_not_backed_up(tmp_path: Path) -> None:
    opened(tmp_path / "new.db").close()
    opened(tmp_path / "new.db", 5).close()
    assert backups.all_of(tmp_path / "new.db") == []


def test_the_newest_ten_are_kept(file: Path) -> None:
    with opened(file, -1) as log:
        for number in range(13):
            log._clock = lambda number=number: NOW + number * HOUR  # type: ignore[misc]
            log.backup()
    assert [one.at for one in backups.all_of(file)] == [NOW + n * HOUR for n in range(12, 2, -1)]
    assert sorted(one.suffix for one in (file.parent / "outcomes-backups").iterdir()) == [
        *[".db"] * 10,
        ".json",
    ]


def test_a_clock_that_was_set_back_pushes_no_new_backup_out(file: Path) -> None:
    ahead = 24 * 365
    with opened(file) as log:
        for number in range(12):
            log._clock = lambda number=number: NOW + (ahead + number) * HOUR  # type: ignore[misc]
            log.backup()
    for hours in (1, 2, 2.1, 2.2, 2.3, 3):
        with opened(file, hours) as log:
            log.add_call(call(interview_id=f"at {hours}"))
    there = [one.at for one in backups.all_of(file)]
    assert len(there) == backups.KEEP
    assert [at for at in there if at < NOW + ahead * HOUR] == [NOW + n * HOUR for n in (3, 2)]


def test_a_log_that_cannot_be_backed_up_can_be_used(file: Path) -> None:
    (file.parent / "outcomes-backups").write_text("in the way")
    with opened(file) as log:
        assert log.notice == (
            "The outcome log outcomes.db could not be backed up: the folder "
            f"{file.parent / 'outcomes-backups'} cannot be made; allow writing there."
        )
        log.add_call(call())
        with pytest.raises(KitError, match="could not be backed up"):
            log.backup()


def test_a_sound_log_is_said_to_be(file: Path) -> None:
    with opened(file) as log:
        log.backup()
    found = {one.what: one.says for one in doctor.examine(file) if one.ok}
    assert found == {
        "permissions": "Only you can read the file.",
        "integrity": "SQLite finds the file whole.",
        "writing": "The log can be written; nobody holds it.",
        "references": "Every row finds those that it points to.",
        "history": "Calls, history and counts agree; nothing is lost that it held at "
        "2026-07-01 12:00 UTC.",
        "backups": "1 backup; the newest sound one is outcomes-20260701T120000000000Z.db.",
    }


def test_a_lost_end_is_found_by_the_seal(file: Path) -> None:
    old = file.read_bytes()
    with opened(file) as log:
        log.add_call(call())
        log.add_call(call())
        log.backup()
    file.write_bytes(old)
    with opened(file) as log:
        assert log.verify() == [
            "The log ends too early: 2 acts are gone that it held at 2026-07-01 12:00 UTC; the last "
            "one that is left is 3, the last one then was 5."
        ]


def test_a_log_that_lost_its_end_pushes_no_backup_out(file: Path, capsys: Any) -> None:
    old = file.read_bytes()
    with opened(file) as log:
        log.add_call(call())
        log.backup()
    file.write_bytes(old)
    lost = (
        "The log ends too early: 1 act is gone that it held at 2026-07-01 12:00 UTC; the last one that "
        "is left is 3, the last one then was 4."
    )
    with opened(file, 3) as log:
        assert log.notice == (
            "The outcome log outcomes.db was not backed up, so that the backups of before stay: "
            f"{lost} See 'interview-coach doctor'."
        )
        assert log.verify() == [lost]
    assert [calls_in(one.file) for one in backups.all_of(file)] == [4]
    # Whoever knows better takes the log as it is.
    assert main(["doctor", "--log", str(file)]) == 1
    assert main(["doctor", "--log", str(file), "--accept", "--yes"]) == 0
    opened(file, 4).close()
    assert [calls_in(one.file) for one in backups.all_of(file)] == [3, 4]


def test_rows_of_the_history_that_vanished_are_found_by_the_seal(file: Path) -> None:
    with opened(file) as log:
        log.backup()
    with closing(sqlite3.connect(file)) as other:
        # A whole chain, with the calls that it is about: no contradiction is left inside.
        for table, column in (("history", "chain"), ("calls", "interview_id")):
            other.execute(f"DELETE FROM {table} WHERE {column} = 'i1'")
        other.execute("DELETE FROM interviews WHERE interview_id = 'i1'")
        other.commit()
    with opened(file) as log:
        log.recount()
        assert log.verify() == [
            "The history held 3 rows in 3 chains at 2026-07-01 12:00 UTC; of those 2 rows in 2 chains "
            "are left."
        ]


def test_damage_is_named_and_a_backup_put_back(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(file) as log:
        log.backup()
        log.add_call(call(notes="after the backup"))
    whole = bytearray(file.read_bytes())
    whole[4096 * 3 : 4096 * 9] = os.urandom(4096 * 6)
    file.write_bytes(whole)
    damaged = hashlib.sha256(whole).digest()
    assert main(["doctor", "--log", str(file)]) == 1
    said = capsys.readouterr().out
    assert "NO  integrity: outcomes.db is damaged (" in said
    assert "To put the newest backup back: interview-coach doctor --restore newest" in said
    # Nobody is asked here, and nobody said yes.
    assert main(["doctor", "--log", str(file), "--restore", "newest"]) == 2
    assert "add --yes if that is meant" in capsys.readouterr().err
    assert hashlib.sha256(file.read_bytes()).digest() == damaged
    assert main(["doctor", "--log", str(file), "--restore", "newest", "--yes"]) == 0
    assert "is now as it was in outcomes-20260701T120000000000Z.db" in capsys.readouterr().out
    assert calls_in(file) == 3
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (kept,) = file.parent.glob("outcomes.db.replaced-*")
    assert hashlib.sha256(kept.read_bytes()).digest() == damaged
    with opened(file) as log:
        log.add_call(call())
        assert log.verify() == []


def test_what_cannot_be_put_back_leaves_the_log_as_it_was(file: Path) -> None:
    with opened(file) as log:
        made = log.backup()
    before = file.read_bytes()
    with pytest.raises(KitError) as caught:
        backups.put_back(file, made, NOW, agreed=False)
    assert str(caught.value) == (
        f"Putting {made.name} back takes away what was written since; agree to it first."
    )
    made.write_bytes(b"no database" * 1000)
    with pytest.raises(KitError) as caught:
        backups.put_back(file, made, NOW, agreed=True)
    assert str(caught.value) == (
        f"The backup {made.name} is damaged itself or not there; choose another one."
    )
    with pytest.raises(KitError) as caught:
        doctor.restore(file, "newest", NOW, agreed=True)
    assert str(caught.value) == (f"There is no such backup of outcomes.db; there are: {made.name}.")
    assert file.read_bytes() == before


def test_others_who_can_read_the_file_and_loose_rows_are_named(file: Path) -> None:
    file.chmod(0o644)
    with closing(sqlite3.connect(file)) as other:
        other.execute("DELETE FROM interviews WHERE interview_id = 'i1'")
        other.commit()
    wrong = {one.what: one.says for one in doctor.examine(file) if not one.ok}
    assert wrong["permissions"] == (
        "Others on this computer can read outcomes.db (mode 0644); make it yours only (0600)."
    )
    assert wrong["references"] == ("1 row points to what is not there (calls); put a backup back.")


def test_counts_that_are_wrong_are_mended(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(file)) as other:
        other.execute("UPDATE tallies SET n = 77")
        other.commit()
    assert main(["doctor", "--log", str(file)]) == 1
    assert "To count anew: interview-coach doctor --recount" in capsys.readouterr().out
    assert main(["doctor", "--log", str(file), "--recount"]) == 0


def test_a_seal_that_is_no_seal_is_none(file: Path) -> None:
    with opened(file) as log:
        log.backup()
        assert seals.read(file) is not None
        seals.path_of(file).write_text('{"rows": 3}')
        assert seals.read(file) is None


def test_looking_makes_no_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--log", str(tmp_path / "no.db")]) == 2
    assert capsys.readouterr().err == (
        f"interview-coach: There is no outcome log {tmp_path / 'no.db'}; name it with --log.\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_number_that_is_none_any_more_keeps_nobody_from_the_log(file: Path) -> None:
    """One flipped bit can make a text of a number: the log opens, says so, and its backups stay."""
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("UPDATE history SET write_id = 'x' WHERE number = 1")
    with opened(file, 1) as log:
        assert log.notice == (
            "The outcome log outcomes.db was not backed up, so that the backups of before stay: "
            "The log holds values that cannot be read as what they should be; put a backup back. "
            "See 'interview-coach doctor'."
        )
    assert backups.all_of(file) == []


def test_a_file_that_cannot_be_come_to_is_not_called_damaged(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interview_coach.outcomes.database.BUSY_SECONDS", 0.05)
    monkeypatch.setattr(doctor, "_MOMENT", 0.05)
    # It too waits, five seconds, for a file that is held; this one is known to be plain.
    monkeypatch.setattr("interview_coach.outcomes.cipher.find", lambda _file: None)
    with opened(file, 2) as log:
        kept = log.backup()
    for held in (file, kept):
        with closing(sqlite3.connect(held, isolation_level=None)) as other:
            other.execute("PRAGMA locking_mode=EXCLUSIVE")
            other.execute("BEGIN EXCLUSIVE")
            found = [one for one in doctor.examine(file) if not one.ok]
            other.execute("ROLLBACK")
        (kept_out,) = (one for one in found if "could not be looked at" in one.says)
        assert held.name in kept_out.says
        assert not any("damaged" in one.says or one.remedy for one in found)
