"""Make sets up once, finds a Python that will do, and says in a sentence why none does."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
MAKE = shutil.which("make") or ""
pytestmark = pytest.mark.skipif(not MAKE, reason="make is not installed here")

TOO_OLD = '#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" && exit 0\nexit 1\n'
NO_VENV = '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; esac\nexit 0\n'
ECHO = '#!/bin/sh\necho "$(basename "$0")" "$@"\n'


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def make(folder: Path, *words: str, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    env["PATH"] = str(path) if path else env["PATH"]
    return subprocess.run(
        [MAKE, *words], cwd=folder, env=env, check=False, capture_output=True, text=True, timeout=60
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout that has not been set up."""
    folder = tmp_path / "a checkout"
    folder.mkdir()
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, folder)
    return folder


@pytest.fixture
def ready(checkout: Path) -> Path:
    """A checkout that looks set up: make goes by dates, so its programs may be stand-ins."""
    for name in ("python", "interview-coach"):
        program(checkout / ".venv" / "bin" / name, ECHO)
    for stamp in (".ready", ".ready-test"):
        (checkout / ".venv" / stamp).touch()
        time.sleep(0.02)
    return checkout


@pytest.mark.parametrize(
    ("python", "sentence"),
    [
        (
            TOO_OLD,
            "Interview Coach needs Python 3.11 or later, and this machine has Python 3.9.2: "
            "install it from python.org, then run make again.",
        ),
        (
            NO_VENV,
            "Interview Coach needs Python's venv module, and python3 has none: install it "
            "(on Debian and Ubuntu: sudo apt install python3-venv), then run make again.",
        ),
        (
            None,
            "Interview Coach needs Python 3.11 or later, and this machine has no Python: "
            "install it from python.org, then run make again.",
        ),
    ],
)
def test_a_python_that_will_not_do_is_said_in_a_sentence(
    checkout: Path, tmp_path: Path, python: str | None, sentence: str
) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    if python:
        program(programs / "python3", python)
    done = make(checkout, "lab", path=programs)
    assert done.returncode != 0
    assert done.stderr.splitlines()[0] == sentence
    assert not (checkout / ".venv").exists()


@pytest.mark.parametrize("command", ["lab", "app"])
def test_a_second_run_only_opens(ready: Path, command: str) -> None:
    done = make(ready, command)
    assert (done.returncode, done.stdout) == (0, f"interview-coach {command} work\n"), done.stderr


@pytest.mark.parametrize("changed", ["pyproject.toml", "constraints.txt"])
def test_it_sets_up_again_when_what_it_needs_has_changed(ready: Path, changed: str) -> None:
    ahead = time.time() + 5
    os.utime(ready / changed, (ahead, ahead))
    assert "pip install" in make(ready, "--dry-run", "lab").stdout


def test_it_sets_up_again_when_the_python_beneath_has_gone(ready: Path) -> None:
    python = ready / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("python-that-was-removed")
    assert "-m venv --clear .venv" in make(ready, "--dry-run", "lab").stdout


def test_clean_leaves_the_work_folder(ready: Path) -> None:
    (ready / "work").mkdir()
    (ready / "work" / "outcomes.db").touch()
    assert make(ready, "clean").returncode == 0
    assert not (ready / ".venv").exists()
    assert (ready / "work" / "outcomes.db").exists()


def test_before_a_commit_the_same_checks_run() -> None:
    read = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    (hook,) = read["repos"][0]["hooks"]
    assert (read["repos"][0]["repo"], hook["entry"]) == ("local", "make lint")
    assert hook["always_run"]


def test_ci_is_a_script_that_bash_can_read() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
