"""The doctor's look at a computer and a folder: what is not well is named, with what to do."""

import platform
import shutil
import sys
import tempfile
import webbrowser
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from interview_coach.app import health
from interview_coach.app.health import look_at_computer, look_at_folder, packages
from interview_coach.app.workfolder import make_work_folder
from interview_coach.errors import KitError
from interview_coach.outcomes.doctor import Finding


def said(findings: object) -> dict[str, Finding]:
    return {one.what: one for one in findings}  # type: ignore[attr-defined]


def test_this_computer_runs_the_kit() -> None:
    found = said(look_at_computer())
    assert list(found) == [
        *("Python", "packages", "kernel", "kit", "fonts", "browser", "memory", "ports", "network"),
    ]
    assert found["kernel"].ok, found["kernel"].says
    assert found["packages"].ok, found["packages"].says


def test_packages_are_compared_with_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    there = {"pandas": "2.2.0", "jinja2": "3.1.6", "typst": "0.13"}
    needs = [
        "pandas>=3.0",
        "jinja2>=3.1.6",
        "nothere>=1",
        'typst>=0.13; extra == "pdf"',
        'sqlcipher3>=0.6; extra == "encryption"',
        'winonly; sys_platform == "nowhere"',
    ]

    def version(name: str) -> str:
        if name not in there:
            raise metadata.PackageNotFoundError(name)
        return there[name]

    monkeypatch.setattr(metadata, "requires", lambda name: needs)
    monkeypatch.setattr(metadata, "version", version)
    assert packages() == Finding(
        "packages",
        False,
        "Missing or too old: nothere >=1 (missing), pandas >=3.0 (2.2.0); install Interview Coach "
        "again (make setup, or pip install with constraints.txt).",
    )
    there["pandas"] = "3.1.1"
    needs.remove("nothere>=1")
    assert packages() == Finding(
        "packages",
        True,
        "All that are needed are there. Not installed, and only needed for it: encryption, a team's "
        "server.",
    )


def test_a_kit_that_is_not_installed_is_said() -> None:
    assert packages("no-such-kit").says.startswith("no-such-kit is not installed in this Python")


def test_an_old_python_a_small_disk_and_little_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 2))
    monkeypatch.setattr(platform, "python_version", lambda: "3.10.2")
    assert health._python().says == (
        "This is Python 3.10.2, and 3.11 or later is needed: install it from python.org."
    )
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=40_000_000))
    assert not said(look_at_folder(tmp_path))["room"].ok
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=200_000_000))
    assert health._memory() == Finding(
        "memory", False, "Only 0.2 GB of memory are free; close what you don't need."
    )


def test_a_kernel_that_does_not_start_or_does_not_find_the_kit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "interview_coach.app.kernels._spec",
        lambda: {"argv": ["/no/python", "{connection_file}"], "display_name": "x", "language": "x"},
    )
    found = health._kernel()
    assert not found.ok
    assert found.says.startswith("What runs the pages does not start (")


def test_without_browser_port_or_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*given: object) -> object:
        raise webbrowser.Error("could not locate runnable browser")

    def taken(*given: object) -> int:
        raise KitError("Port 0 cannot be used.")

    monkeypatch.setattr(webbrowser, "get", none)
    monkeypatch.setattr(health, "free_port", taken)
    monkeypatch.setattr(health, "addresses", list)
    assert "open the address that is printed" in health._browser().says
    assert not health._ports().ok
    network = health._network()
    assert network.ok
    assert "--share" in network.says


def test_a_folder_with_faulty_settings_and_one_that_is_none(tmp_path: Path) -> None:
    assert "is no work folder" in said(look_at_folder(tmp_path))["folder"].says
    make_work_folder(tmp_path / "work")
    assert all(one.ok for one in look_at_folder(tmp_path / "work"))
    (tmp_path / "work" / "coach.toml").write_text("[playbook\n")
    assert not said(look_at_folder(tmp_path / "work"))["settings"].ok


def test_a_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**given: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    found = said(look_at_folder(tmp_path))["writing"]
    assert found.says.startswith(
        f"Nothing can be written into {tmp_path} (No space left on device)"
    )
    assert not found.ok
