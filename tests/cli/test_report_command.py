"""The report from a terminal: what was typed wrong comes back as one sentence."""

from pathlib import Path

import pytest

from interview_coach.cli import main


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (
            ["--days", "x"],
            "The days within which a missed call is to be recovered are 'x'; give a whole number "
            "from 1 to 3,650.",
        ),
        (
            ["--days", "1.5"],
            "The days within which a missed call is to be recovered are '1.5'; give a whole number "
            "from 1 to 3,650.",
        ),
        (["--grace", "-1"], "The minutes of grace are '-1'; give a number from 0 to 1,440."),
        (["--grace", "soon"], "The minutes of grace are 'soon'; give a number from 0 to 1,440."),
    ],
)
def test_a_number_that_is_none_is_said_as_it_was_typed(
    typed: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["report", "--out", str(out), *typed]) == 2
    assert capsys.readouterr().err == f"interview-coach: {says}\n"
    assert not out.exists()
