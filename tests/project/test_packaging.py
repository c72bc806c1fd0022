"""The wheel holds all that a coach needs, and the pins and environments say the same."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]


def project() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return table


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pairs = [line.split("==") for line in lines if not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in pairs}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--no-build-isolation", "--no-deps"]
    command += ["--no-index", "--quiet", "--wheel-dir", str(folder), str(ROOT)]
    built = subprocess.run(command, check=False, capture_output=True, text=True, timeout=300)
    assert built.returncode == 0, built.stderr
    return next(folder.glob("interview_coach-*.whl"))


def committed(folder: str) -> list[str]:
    """What stands in a folder of the checkout, but for what tools leave behind."""
    return sorted(
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not {"__pycache__", ".ipynb_checkpoints"} & set(path.parts)
    )


@pytest.mark.parametrize(
    ("folder", "inside"),
    [
        ("interview_coach", "interview_coach"),
        ("notebooks", "interview_coach/_shipped/notebooks"),
        ("data", "interview_coach/_shipped/data"),
        ("docs/guides", "interview_coach/_shipped/docs/guides"),
        ("docs/images", "interview_coach/_shipped/docs/images"),
    ],
)
def test_the_wheel_holds_every_file(wheel: Path, folder: str, inside: str) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert committed(folder), f"{folder} is empty"
    missing = [n for n in committed(folder) if inside + n.removeprefix(folder) not in names]
    assert missing == []


def test_the_wheel_holds_what_pages_and_playbook_are_made_of(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for kind in (
        r"playbook/data/.*\.toml",
        r"playbook/data/templates/.*\.j2",
        r"locale/es/core\.po",
        r".*\.css",
        r".*\.html\.j2",
        r"app/room/phone/phone\.(html|js|css)",
        r"_shipped/notebooks/.*\.ipynb",
        r"_shipped/data/mappings/.*\.toml",
        r"_shipped/docs/measures\.md",
    ):
        assert any(re.fullmatch(f"interview_coach/{kind}", name) for name in names), kind


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    assert not [n for n in zipfile.ZipFile(wheel).namelist() if "docs/decisions" in n]
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {"interview_coach", f"interview_coach-{project()['version']}.dist-info"}


def test_unpacked_anywhere_it_finds_its_own_files(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    code = (
        "from interview_coach.shipped import shipped; from interview_coach import load_playbook; "
        "print(shipped('notebooks')); print(shipped('data/mappings')); "
        "print(load_playbook(language='es').rules['stay-calm'].say)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    packed = tmp_path / "site" / "interview_coach" / "_shipped"
    said = [str(packed / "notebooks"), str(packed / "data/mappings"), "Respira"]
    assert done.stdout.splitlines() == said


def test_the_version_is_said_once() -> None:
    from interview_coach import __version__

    assert __version__ == project()["version"]


def test_pins_are_names_and_versions_in_order() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    given = [line for line in lines if not line.startswith("#")]
    assert [line for line in given if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9a-z.]+", line)] == []
    names = [canonicalize_name(line.partition("==")[0]) for line in given]
    assert len(set(names)) == len(names)


def test_every_requirement_is_pinned_to_a_version_that_it_allows() -> None:
    table = project()
    asked = list(table["dependencies"])
    for extra in ("test", "postgres", "pdf", "encryption", "scale"):
        asked += table["optional-dependencies"][extra]
    pinned = pins()
    wrong = []
    for text in asked:
        requirement = Requirement(text)
        version = pinned.get(canonicalize_name(requirement.name))
        if version is None or not requirement.specifier.contains(Version(version)):
            wrong.append(f"{text}: pinned to {version}")
    assert wrong == []


def test_environment_for_conda_and_binder() -> None:
    read = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    python, pip, by_pip = read["dependencies"]
    assert read["name"] == "interview-coach"
    assert read["channels"][0] == "conda-forge"
    assert pip == "pip"
    assert by_pip == {"pip": ["-c constraints.txt", "-e ."]}
    version = Version(python.partition("=")[2])
    assert Requirement(f"python{project()['requires-python']}").specifier.contains(version)
