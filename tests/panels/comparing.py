"""The page of policies under test: opened in a folder of its own, and read."""

import html
import re
from pathlib import Path
from typing import Any

import pytest

from interview_coach.panels.compare import compare_panel
from interview_coach.panels.compare_model import CompareModel
from tests.panels.driving import visible

__all__ = ["compare_model", "compare_page", "in_a_folder_of_its_own", "parts", "seen"]


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture(name="page")
def compare_page() -> Any:
    return compare_panel(desk="desk.json")


@pytest.fixture(name="model")
def compare_model() -> CompareModel:
    return CompareModel()


def parts(page: Any) -> Any:
    """Give what stands on the page: its fields, folds and figures."""
    return page.body.children[0]


def seen(page: Any) -> str:
    """Read what a person sees, in one line, without the pictures' own code."""
    shown = (str(getattr(one, "value", "")) for one in visible(page) if hasattr(one, "value"))
    return html.unescape(re.sub(r"\s+", " ", re.sub(r'"data:[^"]*"', '""', " ".join(shown))))
