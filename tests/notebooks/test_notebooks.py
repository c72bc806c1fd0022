"""Every notebook runs from top to bottom with other parameters than its own, and stays thin."""

import ast
import json
import re
import sys
import warnings
from pathlib import Path
from typing import Any

import papermill
import pytest

from interview_coach.app.prose import retold
from interview_coach.app.workfolder import make_work_folder
from tools.texts import notebook_texts

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

# What each notebook is run with: at least one parameter other than it has by itself. A notebook
# without a row here fails.
PARAMETERS: dict[str, dict[str, Any]] = {
    "00_start_here": {"log": "another.db"},
    "01_today": {"timezone": "Europe/London", "now": "2026-03-05T14:07", "desk": ""},
    "02_practice": {"seed": 7, "level": "guided"},
    "03_workshop": {"log": "another.db"},
    "04_messages": {"timezone": "Europe/London", "now": "2026-03-05T14:07", "desk": ""},
    "05_log_outcomes": {"log": "another.db", "coach": "Ana", "timezone": "Asia/Kolkata"},
    "06_outcome_report": {
        "group": "month",
        "start": "2025-06-01",
        "title": "Spring",
        "out": "kept",
    },
    "07_explore": {"measure": "recovery_rate", "by": "month", "start": "2025-06-01", "days": 30},
    "08_compare_policies": {"scenario": "no_answer", "log": "", "desk": ""},
}


def load(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


def cells(path: Path, kind: str) -> list[dict[str, Any]]:
    return [cell for cell in load(path)["cells"] if cell["cell_type"] == kind]


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def code_lines(path: Path) -> list[str]:
    return [
        line
        for cell in cells(path, "code")
        for line in source(cell).splitlines()
        if line.strip() and not line.lstrip().startswith("#")
    ]


def defaults(path: Path) -> dict[str, Any]:
    """The parameters with their own values; papermill's reading of them misses a type like int | None."""
    (cell,) = (c for c in cells(path, "code") if "parameters" in c["metadata"].get("tags", []))
    return {
        ast.unparse(statement.target): ast.literal_eval(statement.value)
        for statement in ast.parse(source(cell)).body
        if isinstance(statement, ast.AnnAssign) and statement.value is not None
    }


every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])


@pytest.fixture(scope="module")
def spanish(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A work folder whose settings ask for Spanish."""
    folder = tmp_path_factory.mktemp("spanish")
    (folder / "coach.toml").write_text('language = "es"\n', "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("INTERVIEW_COACH_LANGUAGE", raising=False)
        make_work_folder(folder)
    return folder


def prose(path: Path) -> list[str]:
    with path.open("rb") as file:
        return [text for _line, _mark, text, _comments in notebook_texts(file, None, None, None)]


def without_comments(path: Path) -> list[str]:
    return [ast.unparse(ast.parse(source(cell))) for cell in cells(path, "code")]


@pytest.mark.notebook
@every_notebook
def test_runs_with_other_parameters(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs_with_other_parameters(path, tmp_path, monkeypatch)


@pytest.mark.notebook
def test_runs_in_spanish_too(
    spanish: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs_with_other_parameters(spanish / "07_explore.ipynb", tmp_path, monkeypatch)


def runs_with_other_parameters(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert path.stem in PARAMETERS, f"{path.name} has no row in PARAMETERS: add one"
    parameters = PARAMETERS[path.stem]
    known = defaults(path)
    assert set(parameters) <= set(known), "papermill itself would only warn"
    assert any(known[name] != value for name, value in parameters.items())
    # The kernel called python3 is the Python that the tests run in, whatever the machine has.
    kernel = tmp_path / "jupyter" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (kernel / "kernel.json").write_text(
        json.dumps({"argv": argv, "display_name": "Python 3", "language": "python"})
    )
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
    work = tmp_path / "work"
    work.mkdir()
    with warnings.catch_warnings():
        # What Jupyter's own libraries will have to change one day is not ours to mend.
        for origin in ("jupyter_client", "jupyter_core", "nbclient", "papermill", "zmq"):
            warnings.filterwarnings("ignore", category=DeprecationWarning, module=origin)
        ran = papermill.execute_notebook(
            str(path), str(tmp_path / "ran.ipynb"), parameters, cwd=str(work), progress_bar=False
        )
    outputs = [output for cell in ran.cells for output in cell.get("outputs", [])]
    assert outputs, "a notebook shows something"
    assert [output for output in outputs if output.output_type == "error"] == []
    if path.stem == "06_outcome_report":
        assert (work / "kept" / "outcome_report.html").is_file()


@every_notebook
def test_is_thin(path: Path) -> None:
    tree = ast.parse("\n".join(source(cell) for cell in cells(path, "code")))
    logic = (
        *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda),
        *(ast.For, ast.While, ast.If, ast.Try, ast.With, ast.comprehension),
    )
    assert [type(node).__name__ for node in ast.walk(tree) if isinstance(node, logic)] == []
    for cell in cells(path, "code"):
        lines = [line for line in source(cell).splitlines() if line.strip()]
        most = 15 if "parameters" in cell["metadata"].get("tags", []) else 5
        assert 1 <= len(lines) <= most, source(cell)


@every_notebook
def test_says_more_than_it_codes(path: Path) -> None:
    words = sum(len(source(cell).split()) for cell in cells(path, "markdown"))
    ratio = words / len(code_lines(path))
    assert 10 <= ratio <= 30, f"{words} words for {len(code_lines(path))} lines of code"


@every_notebook
def test_is_saved_without_outputs(path: Path) -> None:
    for cell in cells(path, "code"):
        assert (cell["outputs"], cell["execution_count"]) == ([], None)
    assert load(path)["metadata"]["kernelspec"]["name"] == "python3"
    assert "widgets" not in load(path)["metadata"] and "papermill" not in load(path)["metadata"]


@every_notebook
def test_parameters_are_one_typed_and_commented_cell(path: Path) -> None:
    tagged = [c for c in cells(path, "code") if "parameters" in c["metadata"].get("tags", [])]
    assert len(tagged) == 1
    for statement in ast.parse(source(tagged[0])).body:
        assert isinstance(statement, ast.AnnAssign), "each parameter has a type"
    for line in source(tagged[0]).splitlines():
        assert "  # " in line, f"say what it is for: {line}"


@every_notebook
def test_in_spanish_only_the_prose_is_another(path: Path, spanish: Path) -> None:
    theirs = spanish / path.name
    assert without_comments(theirs) == without_comments(path)
    assert defaults(theirs) == defaults(path)
    kept = [(cell["id"], cell["cell_type"], cell["metadata"]) for cell in load(path)["cells"]]
    assert [(c["id"], c["cell_type"], c["metadata"]) for c in load(theirs)["cells"]] == kept
    assert len(prose(theirs)) == len(prose(path))
    assert set(prose(theirs)) & set(prose(path)) == set()


@every_notebook
def test_no_prose_is_overlooked(path: Path) -> None:
    """With each text taken out, nothing is left but code and the marks of headings and comments."""
    bare = json.loads(retold(path.read_bytes(), lambda text: ""))
    for cell, whole in zip(bare["cells"], load(path)["cells"], strict=True):
        if cell["cell_type"] == "markdown":
            assert set(source(cell)) <= set("# \n")
        else:
            assert source(cell).count("#") == source(whole).count("  # ")
            assert not re.search("#.*\\w", source(cell))


def test_there_are_notebooks_and_no_row_for_one_that_is_gone() -> None:
    assert NOTEBOOKS and set(PARAMETERS) <= {path.stem for path in NOTEBOOKS}
