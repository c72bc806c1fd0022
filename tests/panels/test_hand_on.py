"""Handing the report on: what is chosen is what is written, in a folder of its own."""

import datetime as dt
from pathlib import Path

import pytest

from interview_coach.errors import KitError
from interview_coach.language import speaking
from interview_coach.panels.hand_on import HandOn, hand_on_panel
from interview_coach.reports.question import Question
from tests.panels.driving import press, words

AS_OF = "2026-06-30"


@pytest.fixture
def panel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> HandOn:
    monkeypatch.chdir(tmp_path)
    return hand_on_panel(Question(as_of=AS_OF, title="Spring & summer"))


def folders() -> list[str]:
    return sorted(path.name for path in Path("reports").iterdir())


def test_the_files_are_written_and_offered(panel: HandOn) -> None:
    panel.fields["view"].value = "funder"
    panel.fields["window"].value = "quarter"
    panel.formats["xlsx"].value = True
    press(panel, "Write the report")
    today = f"{dt.date.today():%Y-%m-%d}"
    assert folders() == [f"{today} funder"]
    made = Path("reports") / f"{today} funder"
    assert sorted(path.name for path in made.iterdir()) == [
        "outcome_report.html",
        "outcome_report.xlsx",
    ]
    page = (made / "outcome_report.html").read_text(encoding="utf-8")
    assert "Spring &amp; summer" in page and "1 January 2026 to 31 March 2026" in page
    assert "hidden" in page
    said = words(panel)
    assert f"It is in the folder {made}" in said
    assert 'download="outcome_report.html"' in said and 'download="outcome_report.xlsx"' in said
    # What was handed on once stays as it was.
    panel.formats["xlsx"].value = False
    press(panel, "Write the report")
    assert folders() == [f"{today} funder", f"{today} funder 2"]


def test_one_report_for_each_group(panel: HandOn) -> None:
    panel.fields["each"].value = True
    panel.fields["window"].value = "year"
    press(panel, "Write the report")
    (folder,) = Path("reports").iterdir()
    assert folder.name.endswith("coach each cohort")
    assert (folder / "index.html").is_file()
    assert "4 reports are in the folder" in words(panel)


def test_days_of_ones_own(panel: HandOn) -> None:
    assert panel._own.layout.display == "none"
    panel.fields["window"].value = "own"
    assert panel._own.layout.display is None
    # Without a day it would quietly be a report of everything.
    with pytest.raises(KitError, match="Give a first or a last day"):
        press(panel, "Write the report")
    assert not Path("reports").exists()
    panel.fields["start"].value = dt.date(2026, 1, 1)
    panel.fields["end"].value = dt.date(2025, 1, 1)
    with pytest.raises(KitError, match="The window ends on 2025-01-01, before it begins"):
        press(panel, "Write the report")
    panel.fields["end"].value = dt.date(2026, 1, 31)
    asked = panel.asked()
    assert (asked.start, asked.end, asked.view) == ("2026-01-01", "2026-01-31", "coach")


def test_nothing_ticked_is_said(panel: HandOn) -> None:
    panel.formats["html"].value = False
    with pytest.raises(KitError, match="Tick at least one form"):
        press(panel, "Write the report")
    assert not Path("reports").exists()


def test_what_a_funder_may_not_compare_by_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    panel = hand_on_panel(Question(as_of=AS_OF, group="client_id"))
    panel.fields["view"].value = "funder"
    with pytest.raises(KitError, match="cannot compare by"):
        press(panel, "Write the report")


def test_groups_are_called_what_they_are_called_elsewhere_and_in_the_readers_language(
    panel: HandOn,
) -> None:
    assert ("Who was to call", "caller") in panel.fields["group"].input.options
    with speaking("es"):
        spanish = hand_on_panel(Question(as_of=AS_OF))
    labels = [label for label, _ in spanish.fields["group"].input.options]
    assert labels[:3] == ["Cohorte", "Coach", "Canal"] and labels[-2:] == ["Mes", "Trimestre"]


def test_where_the_pictures_are_is_said(panel: HandOn) -> None:
    panel.fields["window"].value = "quarter"
    panel.formats["figures"].value = True
    press(panel, "Write the report")
    (made,) = Path("reports").iterdir()
    assert f"The pictures are in the folder {made / 'figures'}." in words(panel)
