"""Panels under test raise what their handlers raise, instead of only saying it."""

import pytest

from interview_coach.panels.kit.guard import RAISE


@pytest.fixture(autouse=True)
def _failures_are_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(RAISE, "1")
