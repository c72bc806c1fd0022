"""The written report: one file, no code, nothing from outside, and honest when something is wrong."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from interview_coach.errors import KitError
from interview_coach.outcomes import OutcomeLog, import_file
from interview_coach.reports import Question, keep_report, make_directly, make_report
from interview_coach.reports.reading import data_of
from interview_coach.reports.saved import View, save_view
from interview_coach.shipped import shipped

DATASET = (
    Path(__file__).parents[3] / "shared" / "datasets" / "interview_attendance" / "Interview.csv"
)
NOTEBOOK = shipped("notebooks") / "06_outcome_report.ipynb"


def bare(page: str) -> str:
    """The page without its pictures."""
    return re.sub(r'"data:[^"]*"', '"data:"', page)


@pytest.mark.notebook
def test_the_sample_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    # A python3 kernel of the user's own that leads elsewhere must not be taken.
    kernel = tmp_path / "jupyter" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    (kernel / "kernel.json").write_text(
        json.dumps({"argv": ["no-such-python"], "display_name": "Elsewhere", "language": "python"})
    )
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    told: list[tuple[int, int]] = []
    before = NOTEBOOK.read_bytes()

    [path] = make_report(
        tmp_path / "new" / "folder",
        title="Our <first> report",
        group="employer_type",
        start="2025-03-01",
        end="2026-02-28",
        progress=lambda done, of, words: told.append((done, of)),
    )

    page = bare(path.read_text(encoding="utf-8"))
    assert path == tmp_path / "new" / "folder" / "outcome_report.html"
    assert [file.name for file in path.parent.iterdir()] == ["outcome_report.html"]
    assert NOTEBOOK.read_bytes() == before
    assert told[0] == (0, 1) and told[-1] == (1, 1) and len(told) > 5

    assert '<html lang="en">' in page and page.count("<main") == 1 and page.count("<h1") == 1
    assert "<title>Our &lt;first&gt; report</title>" in page
    assert not re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?\s*(?:https?:)?//""", page)
    assert page.count("<style>") == 1 and page.index("<style>") < page.index("</head>")
    assert "<script" not in page and "@import" not in page
    for code in ("import ", "report.headline", "keep_report", "# Parameters"):
        assert code not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    images = re.findall(r"<img[^>]*>", page)
    assert len(images) == 11
    assert all(re.search(r'alt="[^"]*\d+ [^"]{80,}"', image) for image in images)
    assert "synthetic data" in page


@pytest.mark.notebook
def test_the_attendance_file(tmp_path: Path) -> None:
    if not DATASET.is_file():
        pytest.skip(f"the interview attendance file is not beside this checkout ({DATASET.name})")
    log = tmp_path / "outcomes.db"
    import_file(DATASET, shipped("data/mappings") / "interview_attendance.toml", str(log))
    [path] = make_report(tmp_path, log=log, group="employer_type")
    page = path.read_text(encoding="utf-8")
    assert "783 of 1,233 calls were completed (64%, between 61% and 66%)" in page
    assert "450 of 1,233 calls were missed: 36%" in page
    assert "7 calls whose dates are in doubt: in the overall figures, in no month." in page
    assert "synthetic data" not in bare(page)


@pytest.mark.notebook
@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"group": "cohrot"}, "There is no column 'cohrot' to compare by; did you mean 'cohort'?"),
        ({"start": "soon"}, "The first day of the window is 'soon', which is not a day;"),
        ({"log": "no_such_log.db"}, "There is no outcome log"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    earlier = tmp_path / "outcome_report.html"
    earlier.write_text("an earlier report")
    with pytest.raises(KitError) as caught:
        make_report(tmp_path, **given)  # type: ignore[arg-type]
    assert str(caught.value).startswith(says)
    assert earlier.read_text() == "an earlier report"


@pytest.mark.notebook
def test_an_empty_log_makes_a_sensible_page(tmp_path: Path) -> None:
    OutcomeLog.open(tmp_path / "outcomes.db").close()
    [path] = make_report(tmp_path, log=tmp_path / "outcomes.db")
    page = path.read_text(encoding="utf-8")
    assert "<h1>No calls to count yet</h1>" in page
    assert "Log what happened" in page and "nan" not in bare(page)


@pytest.mark.notebook
def test_a_notebook_that_a_coach_broke(tmp_path: Path) -> None:
    broken = tmp_path / "mine.ipynb"
    broken.write_text(NOTEBOOK.read_text().replace("report.by_group()", "report.by_luck()"))
    with pytest.raises(KitError) as caught:
        make_report(tmp_path, notebook=broken)
    assert str(caught.value).startswith("The report notebook failed in its cell ")
    assert "no attribute 'by_luck'" in str(caught.value)


def test_a_notebook_without_a_parameter(tmp_path: Path) -> None:
    other = tmp_path / "mine.ipynb"
    other.write_text(NOTEBOOK.read_text().replace("group: str", "groups: str"))
    with pytest.raises(KitError) as caught:
        make_report(tmp_path, notebook=other, group="channel", as_of="2026-06-30")
    assert str(caught.value) == (
        "The notebook mine.ipynb has no parameter 'group'; its parameters cell must set as_of, "
        "group, language, out."
    )


@pytest.mark.notebook
def test_the_notebook_and_the_direct_way_show_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    save_view(View("missed_call_rate", "channel", title="By channel"))
    given: dict[str, Any] = {
        "view": "funder",
        "start": "2026-01-01",
        "end": "2026-06-30",
        "as_of": "2026-09-01",
    }
    [slow] = make_report(tmp_path / "slow", **given)
    question = Question(**given)
    finding, [quick] = make_directly(question, data_of(question), tmp_path / "quick")
    pages = [
        re.sub(r"\s+", " ", str(BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")))
        for path in (slow, quick)
    ]
    slowly, quickly = (re.sub("> <", "><", page) for page in pages)
    assert slowly == quickly
    assert f"<h1>{finding}</h1>" in pages[1] and "By channel" in pages[1]


def test_every_format_is_written_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    logo = tmp_path / "logo.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"/>')
    question = Question(as_of="2026-06-30", logo=str(logo), compare="none")
    data = data_of(question)
    _, made = make_directly(question, data, tmp_path / "out", ("pdf", "xlsx", "figures", "html"))
    assert [path.name for path in made] == [
        "outcome_report.pdf",
        "outcome_report.xlsx",
        "figures",
        "outcome_report.html",
    ]
    assert made[0].read_bytes().startswith(b"%PDF") and made[1].read_bytes().startswith(b"PK")
    assert (made[2] / "causes.svg").is_file() and (made[2] / "causes.csv").is_file()
    assert 'alt="Logo"' in made[3].read_text(encoding="utf-8")
    with pytest.raises(KitError) as caught:
        make_directly(question, data, tmp_path / "other", ("html", "docx"))
    assert str(caught.value) == (
        "There is no format 'docx' of a report; give one or more of html, pdf, xlsx, figures, with "
        "commas between them."
    )
    assert not (tmp_path / "other").exists()


def test_a_notebook_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KitError, match="There is no report notebook"):
        make_report(tmp_path, notebook=tmp_path / "gone.ipynb")


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(KitError) as caught:
        make_report(file / "folder")
    assert str(caught.value) == (
        f"The report cannot be written to '{file / 'folder'}' ({os.strerror(20)}); choose a folder "
        "that you may write to."
    )


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    file = tmp_path / "bad.png"
    file.touch()
    with pytest.raises(KitError) as caught:
        make_report(file)
    assert str(caught.value) == f"'{file}' is a file; give a folder to write the report to."


def test_a_run_that_fails_leaves_no_empty_folder(tmp_path: Path) -> None:
    for out in (tmp_path / "new" / "folder", tmp_path):
        with pytest.raises(KitError, match="There is no outcome log"):
            make_report(out, log=str(tmp_path / "gone.db"), formats=("xlsx",))
        assert list(tmp_path.iterdir()) == [], "only what it made goes"


@pytest.mark.notebook
def test_what_the_notebook_s_python_says_reaches_no_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    loud = tmp_path / "mine.ipynb"
    says = "import sys; sys.__stderr__.write('caught in kernel'); sys.__stderr__.flush()"
    loud.write_text(NOTEBOOK.read_text().replace("report.by_group()", f"{says}; 1 / 0"))
    with pytest.raises(KitError, match="division by zero"):
        make_report(tmp_path / "out", notebook=loud)
    assert "caught in kernel" not in "".join(capfd.readouterr())
    assert not (tmp_path / "out").exists()


def test_keeping_no_report_shows_nothing() -> None:
    assert keep_report(" ")._repr_html_() == ""
