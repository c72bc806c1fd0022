"""The figures as files: every one with its numbers and its words, whatever it is called."""

import csv
from pathlib import Path
from xml.etree import ElementTree

import pytest

from interview_coach.errors import KitError
from interview_coach.reports.drawings import save_figures
from interview_coach.reports.pieces import Picture, Section
from tests.reports.samples import HOSTILE, chart, sections


def test_each_figure_comes_with_its_numbers_and_its_words(tmp_path: Path) -> None:
    written = save_figures(sections(), tmp_path / "figures", ("svg", "png", "pdf"))
    assert [path.name for path in written] == [
        f"missed-by-{by}.{ending}"
        for by in ("cohort", "month")
        for ending in ("svg", "png", "pdf", "csv", "txt")
    ]
    starts = {path.suffix: path.read_bytes()[:5] for path in written}
    assert starts[".png"] == b"\x89PNG\r"
    assert starts[".pdf"] == b"%PDF-"
    with (tmp_path / "figures" / "missed-by-cohort.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    assert rows == [
        ["Cohort", "Missed", "Of calls", "Rate", "95% interval"],
        ["Autumn", "14", "40", "35%", "22% to 50%"],
        ["Spring", "10", "40", "25%", "14% to 40%"],
    ]
    says = (tmp_path / "figures" / "missed-by-cohort.txt").read_text(encoding="utf-8")
    drawn = chart()
    assert says == f"{drawn.title}\n\n{drawn.alt}\n"


@pytest.mark.parametrize("text", HOSTILE)
def test_any_name_gives_files_that_open(text: str, tmp_path: Path) -> None:
    told = [Section(text, Picture(text, chart((text, "Spring"))))]
    svg, table, words = save_figures(told, tmp_path)
    assert ElementTree.parse(svg).getroot().tag.endswith("svg")
    with table.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert "Spring" in words.read_text(encoding="utf-8")


def test_two_figures_of_one_name_do_not_meet(tmp_path: Path) -> None:
    told = [Section("One", Picture("Missed", chart()), Picture("missed", chart(("A", "B"))))]
    names = [path.name for path in save_figures(told, tmp_path)]
    assert names == [f"missed{end}.{kind}" for end in ("", "-2") for kind in ("svg", "csv", "txt")]


def test_the_same_figures_are_the_same_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        save_figures(sections(), tmp_path / name, ("svg", "png", "pdf"))
    for first in sorted((tmp_path / "one").iterdir()):
        assert first.read_bytes() == (tmp_path / "two" / first.name).read_bytes(), first.name


def test_a_report_without_figures_writes_none(tmp_path: Path) -> None:
    assert save_figures([Section("Words only")], tmp_path / "figures") == []


def test_what_cannot_be_is_said(tmp_path: Path) -> None:
    with pytest.raises(KitError) as caught:
        save_figures(sections(), tmp_path, ("gif",))
    assert str(caught.value) == "A figure cannot be saved as 'gif'; choose from svg, png, pdf."
    (tmp_path / "file").write_text("")
    with pytest.raises(KitError, match=r"^The figures cannot be written to .*; choose a folder"):
        save_figures(sections(), tmp_path / "file")
