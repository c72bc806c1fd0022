"""A file is there as a whole, or as it was: whatever goes wrong on the way."""

import os
import stat
import sys
import tempfile
import time
from pathlib import Path

import pytest

from interview_coach.writing import PASSING, sweep, write_whole


def test_it_takes_the_place_of_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "desk.json"
    for content in (b"one", b"two, longer", b""):
        write_whole(path, content)
        assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes.")
def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "desk.json"
    path.write_text("open to all")
    path.chmod(0o644)
    write_whole(path, b"mine")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_what_was_there_stays_when_it_cannot_be_written(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "desk.json"
    write_whole(path, b"before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    where = {"fsync": os, "replace": Path}[step]
    monkeypatch.setattr(where, step, full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"after")
    assert path.read_bytes() == b"before" and list(tmp_path.iterdir()) == [path]


def test_what_a_killed_page_left_goes_and_what_may_be_in_use_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    old, young, other = (
        Path(tempfile.mkdtemp(prefix=prefix)) for prefix in (PASSING, PASSING, "another-")
    )
    (old / "my clients.csv").write_text("client")
    (tmp_path / f"{PASSING}link").symlink_to(other)
    now = time.time()
    os.utime(old, (now - 90_000, now - 90_000))
    os.utime(other, (now - 90_000, now - 90_000))
    sweep(now)
    assert {one.name for one in tmp_path.iterdir()} == {
        young.name,
        other.name,
        f"{PASSING}link",
    }
