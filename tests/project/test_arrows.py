"""The arrows of the house hold, and the contracts that say so would notice if one did not."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(LINT_IMPORTS), "--no-cache"],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_arrows_point_down() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("playbook/loader.py", "import interview_coach.advice", "Arrows point down only"),
        ("playbook/loader.py", "import interview_coach.times", "nothing of ours but the errors"),
        ("outcomes/schema.py", "import interview_coach.panels", "Arrows point down only"),
        ("surprise.py", "", "Arrows point down only"),
        ("advice.py", "import pandas", "load nothing heavy"),
        ("messages/fill.py", "def late() -> None:\n    import ipywidgets", "Widgets only"),
        ("panels/__init__.py", "import sqlalchemy", "SQL only in the log"),
        ("cli.py", "import scipy", "SciPy only where small counts are hidden"),
        ("cli.py", "import statsmodels", "statsmodels only in the tests"),
    ],
)
def test_a_wrong_import_breaks_a_contract(
    tmp_path: Path, file: str, line: str, contract: str
) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(
        ROOT / "interview_coach",
        tmp_path / "interview_coach",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    with (tmp_path / "interview_coach" / file).open("a", encoding="utf-8") as source:
        source.write(f"\n{line}\n")
    done = lint_imports(tmp_path)
    broken = [row for row in done.stdout.splitlines() if " BROKEN" in row]
    assert done.returncode == 1, done.stdout
    assert any(contract in row for row in broken), done.stdout
