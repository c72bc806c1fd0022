"""What must never be committed is not there, and files stay short enough to read."""

import re
import shutil
import subprocess
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
# Written in two pieces, so that this file is none of what it looks for.
OPEN_ENDS = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|NotImplemented" + r"Error)\b")
MACHINE_PATH = re.compile(r"""(?:^|[\s"'(=:`])/(?:wo""" + r"""rk|t""" + r"""mp|home|root|Users)/""")
INDEX_ADDRESS = re.compile(r"index-" + r"url|find-" + r"links|/simp" + r"le/|python" + r"hosted")
LOCK_FILES = {
    "Pipfile.lock",
    "conda-lock.yml",
    "package-lock.json",
    "pdm.lock",
    "pixi.lock",
    "poetry.lock",
    "uv.lock",
}
TOP = {
    *(".ci", ".gitattributes", ".gitignore", ".pre-commit-config.yaml", "CHANGELOG.md"),
    *("CONTRIBUTING.md", "LICENSE", "Makefile", "README.md", "benchmarks", "constraints.txt"),
    *("data", "docs", "environment.yml", "interview_coach", "notebooks", "pyproject.toml"),
    *("start.cmd", "start.command", "start.sh", "tests", "tools"),
}
PICTURES = {".png", ".jpg", ".ico", ".woff2", ".gz", ".xlsx", ".parquet"}


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    """The files under version control that are there."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout, so there is no list of what is committed")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def lines_with(pattern: re.Pattern[str], files: list[Path]) -> list[str]:
    found = []
    for path in files:
        if path.suffix in PICTURES or path.name == ".gitignore":
            continue
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1):
            if pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    return found


def test_nothing_is_left_open(tracked: list[Path]) -> None:
    assert lines_with(OPEN_ENDS, tracked) == []


def test_no_path_of_one_machine(tracked: list[Path]) -> None:
    assert lines_with(MACHINE_PATH, tracked) == []


def test_no_address_of_a_package_index(tracked: list[Path]) -> None:
    assert lines_with(INDEX_ADDRESS, tracked) == []


def test_no_lock_file_and_nobodys_log(tracked: list[Path]) -> None:
    unwanted = [p.name for p in tracked if p.name in LOCK_FILES or p.suffix in {".db", ".sqlite"}]
    assert unwanted == []


def test_nothing_that_a_run_left_behind_lies_at_the_top(tracked: list[Path]) -> None:
    assert {path.relative_to(ROOT).parts[0] for path in tracked} <= TOP


def test_files_of_the_package_can_be_read_at_a_sitting(tracked: list[Path]) -> None:
    package = [
        p for p in tracked if p.suffix == ".py" and p.is_relative_to(ROOT / "interview_coach")
    ]
    long = {p.name: n for p in package if (n := len(p.read_text("utf-8").splitlines())) > 400}
    assert long == {}


def test_notebooks_hold_no_outputs_and_no_logic(tracked: list[Path]) -> None:
    faults = []
    for path in (p for p in tracked if p.suffix == ".ipynb"):
        notebook = nbformat.read(path, as_version=4)
        if notebook.metadata.get("kernelspec", {}).get("name") != "python3":
            faults.append(f"{path.name}: its kernel is not python3, the one that is set up")
        for number, cell in enumerate(notebook.cells, start=1):
            if cell.cell_type != "code":
                continue
            if cell.outputs or cell.execution_count is not None:
                faults.append(f"{path.name}, cell {number}: saved with outputs")
            if re.search(r"^\s*(async def|def|class) ", cell.source, flags=re.MULTILINE):
                faults.append(f"{path.name}, cell {number}: defines something")
    assert faults == []
