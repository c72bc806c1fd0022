"""The workbook: numbers are numbers, texts are texts, and of a hidden row there is no number."""

import io
import math
import re
import time
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pandas as pd
import pytest

from interview_coach.reports.legible import legible
from interview_coach.reports.pieces import Points, Section
from interview_coach.reports.sheets import Sheet
from interview_coach.reports.workbook import report_workbook
from tests.reports.samples import HOSTILE, sections

HEADINGS = {
    "group": "Cohort",
    "n": "Missed",
    "N": "Of calls",
    "value": "Rate",
    "low": "95% interval, from",
    "high": "to",
}


def sheet(rows: list[dict[str, Any]] | None = None, name: str = "missed by cohort") -> Sheet:
    usual = {"n": 14, "N": 40, "value": 0.35, "low": 0.221, "high": 0.505, "reason": ""}
    given = [{}] if rows is None else rows
    # Counts may come as whole numbers that know missing ones, or as whatever they were made of.
    kinds = {"n": "Int64", "N": "object", "value": "float64", "low": "float64", "high": "float64"}
    frame = pd.DataFrame(
        [{"group": "Autumn", **usual, **row} for row in given],
        columns=[*HEADINGS, "reason"],
    ).astype(kinds)
    return Sheet(name, "Calls missed, by cohort", frame, HEADINGS)


def made(*sheets: Sheet, told: list[Section] | None = None, title: str = "Outcome report") -> bytes:
    return report_workbook(sheets, sections() if told is None else told, title=title, language="en")


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        return {name: whole.read(name).decode() for name in whole.namelist()}


def values(page: Any, row: int) -> list[Any]:
    return [cell.value for cell in page[row]]


def test_the_first_sheet_says_what_the_report_says_and_leads_to_the_numbers() -> None:
    book = opened(made(sheet(), sheet(name="missed by month")))
    assert book.sheetnames == ["Read first", "missed by cohort", "missed by month"]
    says = [row[0].value for row in book["Read first"].iter_rows() if row[0].value]
    assert says[:9] == [
        "Outcome report",
        "27 of 80 calls were missed: 34%",
        "Outcome report, Autumn",
        "synthetic data: All calls here are made up; nobody is in them.",
        "Counted: 80 calls of 80 interviews, scheduled in 2026.",
        "2 calls moved or cancelled with notice.",
        "1 call of Autumn not held yet.",
        "The numbers, sheet by sheet",
        "Calls missed, by cohort",
    ]
    asked = says.index("Who missed them?")
    assert says[asked + 1 : asked + 4] == ["Autumn: 14 of 40.", "Spring: 13 of 40.", "[METRICS]"]
    assert "Missed: A call that one side did not join. The kit's own definition." in says
    links = [cell.hyperlink.location for cell in book["Read first"]["A"] if cell.hyperlink]
    assert links == ["'missed by cohort'!A1", "'missed by month'!A1"]
    assert book["missed by month"]["A2"].hyperlink.location == "'Read first'!A1"


def test_numbers_are_numbers_with_the_digits_they_deserve() -> None:
    narrow = {"n": 400, "N": 4000, "value": 0.1, "low": 0.091, "high": 0.11}
    narrower = {"n": 1, "N": 400_000, "value": 1 / 400_000, "low": 0.0, "high": 0.00001}
    page = opened(made(sheet([{}, narrow, narrower])))["missed by cohort"]
    assert values(page, 1)[0] == "Calls missed, by cohort"
    assert values(page, 3) == list(HEADINGS.values())
    assert values(page, 4) == ["Autumn", 14, 40, 0.35, 0.221, 0.505]
    assert [cell.number_format for cell in page[4]][1:] == ["#,##0"] * 2 + ["0%"] * 3
    assert [cell.number_format for cell in page[5]][3:] == ["0.0%"] * 3
    assert page["D6"].value == 1 / 400_000
    assert page["D6"].number_format == '"under 0.01%"'
    assert page.freeze_panes == "B4"
    (table,) = page.tables.values()
    assert (table.name, table.ref) == ("T1_missed_by_cohort", "A3:F6")


def test_of_a_hidden_row_there_is_no_number_anywhere() -> None:
    why = "fewer than 5 calls"
    secret = {"group": why, "n": 7391, "N": 8642, "value": 0.85525, "reason": why}
    empty = {"n": None, "N": None, "value": math.nan, "low": math.nan, "high": math.nan}
    data = made(sheet([{}, secret, {"group": "Other", "reason": why, **empty}]))
    page = opened(data)["missed by cohort"]
    assert values(page, 5) == [why, why, *["hidden"] * 4]
    assert values(page, 6) == ["Other", why, *["hidden"] * 4]
    for name, text in parts(data).items():
        assert not re.search("7391|8642|85525", text), name


def test_few_cases_are_grey_and_say_so() -> None:
    few = {"n": 1, "N": 4, "value": 0.25, "low": 0.05, "high": 0.7}
    none = {"n": 0, "N": 0, "value": math.nan, "low": math.nan, "high": math.nan}
    page = opened(made(sheet([{}, few, none])))["missed by cohort"]
    assert values(page, 3)[-1] == "Few cases"
    assert [values(page, row)[-1] for row in (4, 5, 6)] == [None, "few cases", None]
    assert page["D5"].font.color.rgb == "FF526070"
    assert page["D4"].font.color.theme == 1
    assert values(page, 6)[:4] == ["Autumn", 0, 0, "no figure"]


def test_what_is_not_counted_is_empty_and_a_difference_may_be_below_nothing() -> None:
    frame = pd.DataFrame(
        {
            "group": [0.958333333, 2024.0],
            "n": [3, None],
            "value": [-0.004, 0.25],
            "reason": ["", ""],
        }
    )
    heads = {"group": "Days", "n": "Counted", "value": "Difference", "reason": "Hidden because"}
    page = opened(made(Sheet("days", "Days", frame, heads)))["days"]
    assert values(page, 3) == ["Days", "Counted", "Difference"]
    assert values(page, 4) == [0.9583, 3, -0.004]
    assert values(page, 5) == [2024, None, 0.25]
    assert page["C4"].number_format == "0%"


def test_the_same_report_is_the_same_file_on_another_day(monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(sheet())
    monkeypatch.setattr(time, "time", lambda: 4e9)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(0))
    assert made(sheet()) == first


def test_it_names_the_report_and_nobody() -> None:
    data = report_workbook([], [], title="Spring", language="en", day=date(2026, 6, 30))
    about = opened(data).properties
    assert (about.title, about.creator) == ("Spring", "Interview Coach")
    assert about.created == datetime(2026, 6, 30)
    assert not about.lastModifiedBy or about.lastModifiedBy == "Interview Coach"
    assert "<vt:lpwstr>en</vt:lpwstr>" in parts(data)["docProps/custom.xml"]


@pytest.mark.parametrize("text", [*HOSTILE, "_x0041_", "https://example.org/a", "0123"])
def test_any_text_stays_a_text(text: str) -> None:
    rows = [{"group": text, "reason": text}, {"group": text}]
    hostile = Sheet(text, text, sheet(rows).frame, {**HEADINGS, "group": text})
    data = made(hostile, told=[Section(text, level=1)], title=text)
    book = opened(data)
    page = book.worksheets[1]
    assert page["A1"].value == legible(text)
    assert page["A5"].value == legible(text)
    for sheet_of in book.worksheets:
        assert {cell.data_type for row in sheet_of.iter_rows() for cell in row} <= {"s", "n"}
    assert not [name for name, xml in parts(data).items() if "<f>" in xml]
    assert not [name for name, xml in parts(data).items() if 'TargetMode="External"' in xml]


def test_names_of_sheets_are_such_as_excel_opens() -> None:
    given = [
        "missed: [by] cohort?",
        "Missed  BY cohort",
        "read first",
        "'",
        "History",
        *["moved before the start by type of employer and coach"] * 3,
        "中" * 40,
        "😀" * 20,
    ]
    names = opened(made(*(sheet(name=name) for name in given))).sheetnames
    assert len({name.casefold() for name in names}) == len(given) + 1
    assert all(len(name.encode("utf-16-le")) <= 62 for name in names)
    assert not [name for name in names if re.search(r"[\[\]:*?/\\]|^'|'$", name)]
    assert names[3] == "read first 2"
    assert names[6:9] == [
        "moved before the start by…",
        "moved before the start by… 2",
        "moved before the start by… 3",
    ]


def test_a_text_without_end_is_cut_and_says_so() -> None:
    page = opened(made(sheet([{"group": "x" * 100_000}])))["missed by cohort"]
    assert len(page["A4"].value) == 32_767
    assert page["A4"].value.endswith("x … [cut here; 100,000 characters]")


def test_nothing_is_said_twice_on_the_first_sheet() -> None:
    told = [
        Section("27 of 80 calls were missed", Points(("27 of 80 calls were missed.",)), level=1),
        Section("By whom", Points(("27 of 80 calls were missed.", "By both."))),
    ]
    page = opened(made(sheet(), told=told, title="Report"))["Read first"]
    says = [row[0].value for row in page.iter_rows() if row[0].value]
    links = ["The numbers, sheet by sheet", "Calls missed, by cohort"]
    assert says == ["Report", "27 of 80 calls were missed", *links, "By whom", "By both."]


def test_differences_are_points_and_none_that_is_there_reads_0() -> None:
    frame = pd.DataFrame(
        {
            "group": ["A", "B", "C"],
            "difference": [0.0874, -0.0009, math.nan],
            "difference_low": [-0.0119, -0.052, math.nan],
            "difference_high": [0.183, 0.05, math.nan],
            "reason": "",
        }
    )
    names = ("difference", "difference_low", "difference_high")
    heads = {"group": "Measure", **{name: name for name in names}, "reason": "Hidden because"}
    page = opened(made(Sheet("apart", "Apart", frame, heads, points=names)))["apart"]
    assert [round(cell, 2) for cell in values(page, 4)[1:]] == [8.74, -1.19, 18.3]
    assert [cell.number_format for cell in page[4]][1:] == ["+0;-0;0"] * 3
    assert page["B5"].number_format == '"over -1"'
    assert values(page, 6)[1:] == ["no figure"] * 3


def test_every_sheet_of_made_up_calls_says_so() -> None:
    book = opened(report_workbook([sheet()], sections(), title="R", language="en", synthetic=True))
    assert book["missed by cohort"]["B2"].value == "Synthetic data"
    assert [page.oddFooter.center.text for page in book.worksheets] == ["Synthetic data"] * 2
    assert opened(made(sheet()))["missed by cohort"]["B2"].value is None


def test_an_empty_sheet_says_so() -> None:
    page = opened(made(sheet([])))["missed by cohort"]
    assert page["A4"].value == "Nothing to count yet."
    assert not page.tables


def test_it_prints_on_paper_with_its_heads() -> None:
    page = opened(made(sheet(), title="R&D"))["missed by cohort"]
    assert page.print_title_rows == "$3:$3"
    assert (page.page_setup.orientation, str(page.page_setup.paperSize)) == ("landscape", "9")
    assert page.sheet_properties.pageSetUpPr.fitToPage
    xml = parts(made(sheet(), title="R&D"))["xl/worksheets/sheet2.xml"]
    assert "<oddFooter>&amp;LR&amp;&amp;D&amp;RPage &amp;P of &amp;N</oddFooter>" in xml
