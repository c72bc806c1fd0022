"""Where the real attendance file is, if it is."""

from pathlib import Path

import pytest


@pytest.fixture
def attendance() -> Path:
    """Give the real file; it is not ours to ship, so it may be absent."""
    file = (
        Path(__file__).resolve().parents[3] / "shared/datasets/interview_attendance/Interview.csv"
    )
    if not file.is_file():
        pytest.skip(
            "The real attendance file is not here (../shared/datasets/interview_attendance)."
        )
    return file
