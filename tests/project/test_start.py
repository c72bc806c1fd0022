"""The files to double-click: they set up once, open the app, and say in a sentence why they cannot."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHELL = shutil.which("sh") or ""
ECHO = '#!/bin/sh\necho "$(basename "$0")" "$@"\n'
FAILS = '#!/bin/sh\ncase "$*" in *pip*) exit 1;; esac\nexit 0\n'

needs_shell = pytest.mark.skipif(not SHELL, reason="there is no sh here")


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in a folder with a space in its name; only what is put there is on the path."""
    folder = tmp_path / "a checkout"
    folder.mkdir()
    for name in ("start.sh", "start.command", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, folder)
    (tmp_path / "bin").mkdir()
    for name in ("sh", "dirname", "basename", "touch"):
        found = shutil.which(name)
        assert found is not None
        (tmp_path / "bin" / name).symlink_to(found)
    return folder


def start(checkout: Path, name: str = "start.sh", *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SHELL, str(checkout / name), *words],
        cwd=checkout.parent,
        env={"PATH": str(checkout.parent / "bin"), "HOME": str(checkout.parent)},
        check=False,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=60,
    )


def set_up(checkout: Path) -> None:
    program(checkout.parent / "bin" / "python3", ECHO)
    for name in ("python", "interview-coach"):
        program(checkout / ".venv" / "bin" / name, ECHO)


@needs_shell
@pytest.mark.parametrize("name", ["start.sh", "start.command"])
def test_what_is_set_up_opens_at_once(checkout: Path, name: str) -> None:
    set_up(checkout)
    time.sleep(0.02)
    (checkout / ".venv" / ".ready").touch()
    done = start(checkout, name, "--no-browser")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "interview-coach app work --no-browser"
    assert "Setting up" not in done.stdout


@needs_shell
@pytest.mark.parametrize("newer", ["pyproject.toml", "constraints.txt", None])
def test_it_sets_up_the_first_time_and_when_more_is_needed(
    checkout: Path, newer: str | None
) -> None:
    set_up(checkout)
    if newer:
        (checkout / ".venv" / ".ready").touch()
        later = time.time() + 5
        os.utime(checkout / newer, (later, later))
    said = start(checkout).stdout.splitlines()
    assert any(line.startswith("Setting up Interview Coach. This happens once") for line in said)
    pip = next(line for line in said if " -m pip install " in line)
    assert pip.endswith("--constraint constraints.txt --editable .")
    assert said[-1] == "interview-coach app work"
    assert (checkout / ".venv" / ".ready").exists()


@needs_shell
def test_without_a_python_that_will_do_it_says_so(checkout: Path) -> None:
    program(checkout.parent / "bin" / "python3", "#!/bin/sh\nexit 1\n")
    done = start(checkout)
    assert done.returncode == 1
    assert done.stdout.startswith("Interview Coach needs Python 3.11 or later with its venv module")
    assert not (checkout / ".venv").exists()


@needs_shell
def test_without_the_internet_it_says_so_and_tries_again_next_time(checkout: Path) -> None:
    set_up(checkout)
    program(checkout / ".venv" / "bin" / "python", FAILS)
    done = start(checkout)
    assert done.returncode == 1
    assert "is this computer connected to the internet?" in done.stdout
    assert not (checkout / ".venv" / ".ready").exists()


def test_they_can_be_run_and_end_their_lines_as_their_system_does() -> None:
    for name in ("start.sh", "start.command"):
        assert b"\r" not in (ROOT / name).read_bytes()
        if os.name != "nt":
            assert os.access(ROOT / name, os.X_OK), name
    lines = (ROOT / "start.cmd").read_bytes().split(b"\n")
    assert all(line.endswith(b"\r") for line in lines if line)
    assert "*.cmd text eol=crlf" in (ROOT / ".gitattributes").read_text("utf-8")


def test_windows_does_the_same_steps() -> None:
    windows, other = ((ROOT / name).read_text("utf-8") for name in ("start.cmd", "start.sh"))
    for step in (
        "-m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .",
        "app work",
        "Setting up Interview Coach. This happens once, needs the internet, and takes a few minutes.",
        "That did not work: is this computer connected to the internet? Start this again when it is.",
        "Interview Coach could not open; the lines above say why.",
    ):
        assert step in windows and step in other, step
