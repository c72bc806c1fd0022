"""Killed writers, damaged journals, flipped bits: what was acknowledged is there, the rest whole or not."""

import random
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from interview_coach.errors import KitError
from interview_coach.outcomes import OutcomeLog
from tests.outcomes.conftest import NOW
from tests.outcomes.entries import call

WRITER = Path(__file__).with_name("crash_writer.py")


@pytest.mark.parametrize("writers", [1, 8])
def test_killed_writers_lose_nothing_that_was_acknowledged(
    tmp_path: Path, pytestconfig: pytest.Config, writers: int
) -> None:
    kills = int(pytestconfig.getoption("--kills"))
    file, acks = tmp_path / "outcomes.db", tmp_path / "acks"
    OutcomeLog.open(file, "crash").close()
    subprocess.run(
        [sys.executable, str(WRITER), str(file), str(acks), str(kills), str(writers), "7"],
        check=True,
        timeout=60 + kills,
    )
    notes = [line.split() for line in acks.read_text("utf-8").splitlines()]
    assert [note for note in notes if note[0] == "failed"] == []
    kept = {note[1]: note[2] for note in notes if note[0] == "kept"}
    tried = {note[1] for note in notes if note[0] == "try"}
    changed = {note[2]: int(note[3]) for note in notes if note[0] == "changed"}
    change_tried = {note[2] for note in notes if note[0] == "try-change"}
    # Writers that kept nothing would prove nothing; on a busy machine each keeps few.
    assert len(kept) > kills // 4
    with OutcomeLog.open(file, "crash") as log:
        assert log.verify() == []
        calls = log.calls().set_index("call_id")
    stored = {str(note): str(call_id) for call_id, note in calls["notes"].items()}
    assert kept.items() <= stored.items()
    assert stored.keys() <= tried
    # Each kill may have come between the commit and the note of it, no more.
    assert len(stored) - len(kept) <= kills
    waited = {str(k): int(v) for k, v in calls["waited_minutes"].dropna().items()}
    assert changed.items() <= waited.items()
    assert waited.keys() <= change_tried


def test_eight_writers_at_once_lose_nothing(open_log: Callable[..., OutcomeLog]) -> None:
    faults: list[BaseException] = []

    def write(who: int) -> None:
        try:
            with open_log(f"coach {who}") as log:
                for number in range(12):
                    # Half of them into one interview, which they have to take turns at.
                    interview = "shared" if number % 2 else f"own {who}"
                    log.add_call(call(interview_id=interview, coach=whose, notes=f"{who} {number}"))
        except BaseException as error:
            faults.append(error)

    with open_log() as log:
        whose = log.coach
    threads = [threading.Thread(target=write, args=(who,)) for who in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with open_log() as log:
        calls = log.calls()
        assert len(calls) == calls["notes"].nunique() == 96
        shared = calls[calls["interview_id"] == "shared"]
        assert sorted(shared["sequence"]) == list(range(1, 49))
        assert log.dashboard(month="2026-03").missed == 96
        assert log.verify() == []


def test_a_damaged_journal_leaves_whole_acts_and_the_loss_is_named(tmp_path: Path) -> None:
    file = tmp_path / "outcomes.db"
    draw = random.Random(1)
    with OutcomeLog.open(file, clock=lambda: NOW) as log:
        for number in range(20):
            log.add_call(call(notes=str(number)))
        log.backup()
        journal = file.with_name("outcomes.db-wal").read_bytes()
        main = file.read_bytes()
    seals = (tmp_path / "outcomes-backups" / "seal.json").read_bytes()
    for number in range(25):
        folder = tmp_path / f"damaged {number}"
        (folder / "outcomes-backups").mkdir(parents=True)
        broken = bytearray(journal)
        if number % 2:
            broken[draw.randrange(32, len(broken))] ^= 1 << draw.randrange(8)
        else:
            del broken[draw.randrange(32, len(broken)) :]
        (folder / "outcomes.db").write_bytes(main)
        (folder / "outcomes.db-wal").write_bytes(broken)
        (folder / "outcomes-backups" / "seal.json").write_bytes(seals)
        try:
            with OutcomeLog.open(folder / "outcomes.db", clock=lambda: NOW) as log:
                left, says = log.calls(), log.verify()
        except KitError:
            continue
        # A clean beginning of what was there ...
        assert sorted(map(int, left["notes"])) == list(range(len(left)))
        # ... and if that is not all, it is said how much is gone.
        if len(left) < 20:
            lost = 20 - len(left)
            many = "1 act is" if lost == 1 else f"{lost} acts are"
            assert says[0].startswith(f"The log ends too early: {many} gone that it held at ")
        else:
            assert says == []


def test_no_flipped_bit_changes_anything_in_silence(tmp_path: Path) -> None:
    file = tmp_path / "outcomes.db"
    with OutcomeLog.open(file, clock=lambda: NOW) as log:
        for number in range(30):
            call_id = log.add_call(
                call(client_id=f"c{number % 7}", notes=f"note {number}", employer="Acme")
            )
            if number % 3 == 0:
                log.change_call(call_id, why="heard", cause="overran", notes="other")
        log.describe_client("c1", name="Amara", tags=["nurse"])
        before = everything(log)
    whole = file.read_bytes()
    draw = random.Random(3)
    changed = 0
    for number in range(100):
        folder = tmp_path / str(number)
        folder.mkdir()
        broken = bytearray(whole)
        broken[draw.randrange(100, len(broken))] ^= 1 << draw.randrange(8)
        (folder / "outcomes.db").write_bytes(broken)
        try:
            with OutcomeLog.open(folder / "outcomes.db", clock=lambda: NOW) as log:
                same = all(a.equals(b) for a, b in zip(before, everything(log), strict=True))
                if not same:
                    changed += 1
                    assert log.verify() != [], number
        except KitError:
            changed += 1
        shutil.rmtree(folder)
    # The test would prove nothing if it had missed the data.
    assert changed >= 4


def everything(log: OutcomeLog) -> list[pd.DataFrame]:
    return [log.calls(), log.interviews(), log.clients(), log.history()]


def test_a_full_disk_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    with OutcomeLog.open(tmp_path / "outcomes.db", clock=lambda: NOW) as log:
        log.add_call(call())
        with log._writing() as run:
            # As far as SQLite can tell there is no room for another page.
            ((pages,),) = run.sql("PRAGMA page_count")
            run.sql(f"PRAGMA max_page_count={pages}")
        with pytest.raises(KitError) as caught:
            for _ in range(200):
                log.add_call(call(notes="private words " * 500))
        assert str(caught.value) == (
            "The outcome log outcomes.db cannot grow: there is no room left on its disk; nothing was "
            "written; free some and try again."
        )
        assert log.verify() == []


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(KitError):
        OutcomeLog.open(tmp_path / "file" / "outcomes.db")
    moment = datetime(2026, 7, 1, tzinfo=UTC)
    with OutcomeLog.open(tmp_path / "outcomes.db", clock=lambda: moment) as log:
        log.add_call(call())
        assert log.notice is None
