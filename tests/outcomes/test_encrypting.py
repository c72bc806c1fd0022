"""The encrypted log: no word of it in any file, and the same log with its key."""

import sqlite3
import sys
import traceback
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pandas.testing import assert_frame_equal

from interview_coach.cli import main
from interview_coach.errors import KitError
from interview_coach.outcomes import OutcomeLog, backups, cipher, doctor, encrypting
from interview_coach.outcomes.cipher import Key

pytest.importorskip("sqlcipher3")

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
WORDS = "four words together here"
NAME = "Zoë Unmistakable"


@pytest.fixture(autouse=True)
def _no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(cipher.KEY, raising=False)


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> Key:
    monkeypatch.setenv(cipher.KEY, WORDS)
    return Key(WORDS)


def call(**fields: Any) -> dict[str, Any]:
    return {
        "client_id": "c1",
        "scheduled_at": "2026-03-05T14:00",
        "timezone": "Europe/London",
        "notes": f"{NAME} rang",
        **fields,
    }


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A log that is not encrypted, with a backup."""
    file = tmp_path / "outcomes.db"
    with OutcomeLog.open(file, clock=lambda: NOW) as log:
        log.add_call(call(interview_id="i1"))
        log.add_call(call(client_id="c2", state="missed", missed_by="candidate"))
        log.name_client("c1", name=NAME, contact="zoe@example.org")
        log.backup()
    return file


def telling(folder: Path) -> list[str]:
    """Give the files in which the client's name can be read."""
    return sorted(
        one.name for one in folder.rglob("*") if one.is_file() and NAME.encode() in one.read_bytes()
    )


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.rglob("*") if one.is_file())


def test_no_name_is_left_in_any_file(file: Path, key: Key) -> None:
    before = backups.all_of(file)[0].file.name
    assert telling(file.parent) == [before, "outcomes.db"]
    done = encrypting.encrypt(file, key, NOW, agreed=True)
    assert done.removed == (before,)
    with OutcomeLog.open(file) as log:
        log.add_call(call(client_id="c1"))
        log.name_client("c2", name=NAME)
        # While it is open, the newest rows stand in the journal.
        assert {"outcomes.db", "outcomes.db-wal"} <= set(names(file.parent))
        assert telling(file.parent) == []
        log.backup()
        assert (log.verify(), log.notice) == ([], None)
    assert telling(file.parent) == []
    assert {oct(one.stat().st_mode & 0o777) for one in file.parent.rglob("*.*")} == {"0o600"}


def test_all_is_there_with_the_key_and_without_encryption_again(file: Path, key: Key) -> None:
    def whole() -> list[Any]:
        with OutcomeLog.open(file) as log:
            assert log.verify() == []
            return [log.calls(), log.clients(), log.interviews(), log.history(), log.dashboard()]

    before = whole()
    encrypting.encrypt(file, key, NOW, agreed=True)
    between = whole()
    encrypting.decrypt(file, key, NOW, agreed=True)
    with closing(sqlite3.connect(file)) as plain:
        assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    for frames in (between, whole()):
        for then, now in zip(before[:-1], frames[:-1], strict=True):
            assert_frame_equal(then, now)
        assert frames[-1] == before[-1]


def test_what_is_said_of_it(file: Path, key: Key) -> None:
    done = encrypting.encrypt(file, key, NOW, agreed=True)
    assert done.summary() == (
        "outcomes.db is encrypted.\n"
        "1 older copy was removed.\n"
        "A new backup is outcomes-20260701T120000000000Z.db.\n"
        "Without the key nobody can open it, you neither: keep the key where the log is not."
    )
    done = encrypting.decrypt(file, key, NOW, agreed=True)
    assert done.summary() == (
        "outcomes.db is not encrypted any more.\n"
        "1 older copy was removed.\n"
        "A new backup is outcomes-20260701T120000000000Z.db."
    )


NO_KEY = (
    "The outcome log outcomes.db is encrypted: put its key into the environment variable "
    "INTERVIEW_COACH_KEY, or open it from a terminal, which asks for it."
)
WRONG_KEY = (
    "The outcome log outcomes.db cannot be opened with this key; give the key that it was encrypted "
    "with (a file damaged at its beginning looks the same)."
)


@pytest.mark.parametrize(
    ("given", "says"), [("", NO_KEY), ("another key", WRONG_KEY), (WORDS + " ", WRONG_KEY)]
)
def test_without_the_right_key_one_sentence(
    given: str, says: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encrypting.encrypt(file, Key(WORDS), NOW, agreed=True)
    before = file.read_bytes()
    monkeypatch.setenv(cipher.KEY, given)
    with pytest.raises(KitError) as caught:
        OutcomeLog.open(file)
    assert str(caught.value) == says
    # Below this test, which knows the key.
    below = caught.tb.tb_next
    shown = traceback.TracebackException(
        type(caught.value), caught.value, below, capture_locals=True
    )
    text = "".join(shown.format())
    assert not given or given not in text
    assert WORDS not in text
    assert file.read_bytes() == before


def test_without_its_package_one_sentence(
    file: Path, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    encrypting.encrypt(file, key, NOW, agreed=True)
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    with pytest.raises(
        KitError,
        match=r"^An encrypted outcome log needs one more package: pip install "
        r"'interview-coach\[encryption\]'\.$",
    ):
        OutcomeLog.open(file)


def test_a_key_shows_itself_nowhere() -> None:
    key = Key(WORDS)
    assert (repr(key), str(key), f"{key}") == ("Key(...)",) * 3
    assert (len(key), key == Key(WORDS), key == WORDS) == (len(WORDS), True, False)


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "nobody agreed": (
        {"agreed": False},
        "The file as it is and its copies (1) are removed once the new one is verified; agree to it "
        "first.",
    ),
    "a short key": (
        {"key": Key("short")},
        "A key of 8 characters or more is needed; four words that do not belong together are a good "
        "one.",
    ),
    "a server": (
        {"url_or_path": "postgresql://somebody@host/log"},
        "A log on a server is encrypted by the server; ask whoever runs it.",
    ),
    "no file": (
        {"url_or_path": "nowhere.db"},
        "There is no outcome log nowhere.db; nothing was changed.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_changes_nothing(case: str, file: Path) -> None:
    given, says = REFUSED[case]
    before = names(file.parent)
    wanted: dict[str, Any] = {"url_or_path": file, "key": Key(WORDS), "agreed": True, **given}
    with pytest.raises(KitError) as caught:
        encrypting.encrypt(now=NOW, **wanted)
    assert str(caught.value) == says
    assert (names(file.parent), encrypting.is_encrypted(file)) == (before, False)


def test_it_is_done_once(file: Path, key: Key) -> None:
    with pytest.raises(KitError, match=r"^outcomes\.db is not encrypted; nothing was changed\.$"):
        encrypting.decrypt(file, key, NOW, agreed=True)
    encrypting.encrypt(file, key, NOW, agreed=True)
    with pytest.raises(
        KitError, match=r"^outcomes\.db is encrypted already; nothing was changed\.$"
    ):
        encrypting.encrypt(file, key, NOW, agreed=True)


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_log_that_is_open_is_left_alone(
    encrypted: bool, file: Path, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interview_coach.outcomes.database.BUSY_SECONDS", 0.1)
    act = encrypting.decrypt if encrypted else encrypting.encrypt
    if encrypted:
        encrypting.encrypt(file, key, NOW, agreed=True)
    with OutcomeLog.open(file) as log:
        before = names(file.parent)
        log.calls()
        with pytest.raises(
            KitError,
            match=r"^outcomes\.db is in use by another program; close it there, and try again\.$",
        ):
            act(file, key, NOW, agreed=True)
        log.add_call(call(client_id="c3"))
        assert set(before) <= set(names(file.parent))
        assert "outcomes.db.recoded" not in names(file.parent)
    with OutcomeLog.open(file) as log:
        assert (len(log.calls()), log.verify()) == (3, [])


def test_a_new_file_that_differs_is_not_taken(
    file: Path, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = names(file.parent)
    same = encrypting._same

    def differs(both: Any) -> bool:
        assert same(both)
        both.execute("DELETE FROM made.calls WHERE sequence = 1")
        return same(both)

    monkeypatch.setattr(encrypting, "_same", differs)
    with pytest.raises(
        KitError,
        match=r"^The new file of outcomes\.db is not the same as the old one, which is as it was\.$",
    ):
        encrypting.encrypt(file, key, NOW, agreed=True)
    assert (names(file.parent), encrypting.is_encrypted(file)) == (before, False)
    with closing(sqlite3.connect(file)) as plain:
        assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_damaged_log_keeps_its_backups(file: Path, key: Key) -> None:
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("UPDATE calls SET state = 'completed' WHERE state = 'missed'")
        raw.commit()
    with pytest.raises(KitError, match=r"^outcomes\.db is not sound, and its backups are needed: "):
        encrypting.encrypt(file, key, NOW, agreed=True)
    assert len(backups.all_of(file)) == 1


def test_rows_left_in_the_journal_are_there(file: Path, key: Key, tmp_path: Path) -> None:
    encrypting.encrypt(file, key, NOW, agreed=True)
    killed = tmp_path / "killed"
    killed.mkdir()
    with OutcomeLog.open(file) as log:
        log.add_call(call(client_id="c3"))
        # As a killed program leaves it: the row is in the journal only.
        for name in ("outcomes.db", "outcomes.db-wal"):
            (killed / name).write_bytes((tmp_path / name).read_bytes())
    with OutcomeLog.open(killed / "outcomes.db") as log:
        assert (len(log.calls()), log.verify()) == (3, [])


def test_a_backup_is_put_back_and_a_client_erased(file: Path, key: Key) -> None:
    encrypting.encrypt(file, key, NOW, agreed=True)
    with OutcomeLog.open(file) as log:
        log.add_call(call(client_id="c3"))
    assert all(one.ok for one in doctor.examine(file))
    doctor.restore(file, "newest", NOW, agreed=True)
    with OutcomeLog.open(file) as log:
        assert len(log.calls()) == 2
        done = log.erase("c1")
        assert (done.left, done.traceless) == ((), True)
        assert log.verify() == []
    assert encrypting.is_encrypted(file)


def test_from_the_terminal(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    log = ["--log", str(file)]
    assert main(["encrypt", *log]) == 2
    assert capsys.readouterr().err == (
        "interview-coach: The file as it is and the backups of it are removed once the new one is "
        "verified. Go on? Nobody is here to say so; add --yes if that is meant.\n"
    )
    assert main(["encrypt", *log, "--yes"]) == 2
    assert capsys.readouterr().err == (
        "interview-coach: A key is needed: put one into the environment variable INTERVIEW_COACH_KEY, "
        "or do this in a terminal, which asks for it.\n"
    )
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    typed = iter(["one key typed", "another typed", WORDS, WORDS, WORDS])
    monkeypatch.setattr(cipher, "getpass", lambda ask: next(typed))
    monkeypatch.setattr("builtins.input", lambda ask: "no")
    assert main(["encrypt", *log]) == 1
    assert capsys.readouterr().out == "Nothing was changed.\n"
    assert main(["encrypt", *log, "--yes"]) == 2
    assert capsys.readouterr().err == (
        "interview-coach: The two keys are not the same; nothing was changed.\n"
    )
    assert main(["encrypt", *log, "--yes"]) == 0
    assert capsys.readouterr().out.startswith("outcomes.db is encrypted.\n")
    assert main(["doctor", *log]) == 0
    assert main(["decrypt", *log, "--yes"]) == 0
    assert "outcomes.db is not encrypted any more.\n" in capsys.readouterr().out
