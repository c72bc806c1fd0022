"""Importing the kit is quick: the heavy libraries wait until a part that needs them is used."""

import json
import subprocess
import sys

import pytest

HEAVY = {"pandas", "matplotlib", "ipywidgets", "anywidget", "sqlalchemy", "scipy", "papermill"}


def loaded_by(statement: str) -> set[str]:
    """The heavy libraries that a fresh interpreter holds after running a statement."""
    code = f"import json, sys\n{statement}\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=120
    )
    return HEAVY & set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("import interview_coach", id="the package"),
        pytest.param("import interview_coach; dir(interview_coach)", id="a look at its names"),
        pytest.param("from interview_coach import load_playbook", id="the playbook"),
        pytest.param("from interview_coach import advise", id="advice, which must come at once"),
        pytest.param("from interview_coach import fill", id="messages"),
        pytest.param("import interview_coach.simulation", id="the simulation"),
        pytest.param("import interview_coach.comparing", id="the comparison"),
        pytest.param("import interview_coach.cli", id="the terminal commands"),
    ],
)
def test_nothing_heavy_is_loaded(statement: str) -> None:
    assert loaded_by(statement) == set()


def test_scipy_waits_until_a_table_is_protected() -> None:
    assert "scipy" not in loaded_by("import interview_coach.measures.suppression")


def test_the_test_sees_a_heavy_library_when_there_is_one() -> None:
    assert "sqlalchemy" in loaded_by("import sqlalchemy")


def test_every_public_name_can_be_reached() -> None:
    import interview_coach

    for name in interview_coach.__all__:
        assert getattr(interview_coach, name) is not None


def test_an_unknown_name_says_so() -> None:
    import interview_coach

    with pytest.raises(AttributeError) as caught:
        interview_coach.advice_column  # noqa: B018 (the look-up itself is what is tested)
    assert str(caught.value) == "module 'interview_coach' has no attribute 'advice_column'"
