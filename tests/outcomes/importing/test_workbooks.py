"""Workbooks as people keep them: read as they are meant, or refused in one sentence."""

import csv
import zipfile
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from interview_coach.errors import KitError
from interview_coach.outcomes import ColumnMapping, ImportResult, OutcomeLog, import_file
from interview_coach.outcomes.importing.reading import read_table
from tests.outcomes.importing.books import HEAD, book, changed

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
SHEET = "xl/worksheets/sheet1.xml"
SPEC = ColumnMapping.model_validate(
    {
        "time": {"timezone": "Europe/London"},
        "client": {"columns": ["Client"], "pseudonymous": True},
        "columns": {
            "scheduled_at": "Date",
            "employer": "Employer",
            "state": "Outcome",
            "notes": "Notes",
        },
        "values": {"state": {"came": "completed"}},
    }
)
MOMENT = {"num_format": "dd/mm/yyyy hh:mm"}


def row(sheet: Any, number: int, made: Any, at: datetime, *cells: Any) -> None:
    sheet.write_datetime(number, 0, at, made.add_format(MOMENT))
    for place, cell in enumerate(cells, 1):
        sheet.write(number, place, cell)


def simple(made: Any, sheet: Any) -> None:
    sheet.write_row(0, 0, HEAD)
    row(sheet, 1, made, datetime(2026, 3, 5, 14), "c1", "Acme", "came", 12)
    row(sheet, 3, made, datetime(2026, 4, 3, 9, 30), "c2", "Café Zoë", "came", 1.5)


def run(file: Path) -> tuple[ImportResult, Any]:
    log = file.parent / "log.db"
    result = import_file(file, SPEC, log, clock=lambda: NOW)
    with OutcomeLog.open(log) as opened:
        return result, opened.calls()


@pytest.mark.parametrize("epoch_1904", [False, True])
def test_dates_are_dates_in_both_epochs(epoch_1904: bool, tmp_path: Path) -> None:
    file = book(tmp_path / "calls.xlsx", simple, date_1904=epoch_1904)
    result, calls = run(file)
    # 3 April and 5 March could be misread in text; in a workbook they are days. The empty row is none.
    assert (result.rows, result.imported, result.notes) == (2, 2, [])
    assert [str(at) for at in calls["scheduled_at"]] == [
        "2026-03-05 14:00:00+00:00",
        "2026-04-03 08:30:00+00:00",
    ]
    assert list(calls["notes"]) == ["12", "1.5"]
    again, _ = run(file)
    assert (again.imported, again.already_there) == (0, 2)


@pytest.mark.parametrize(
    ("epoch_1904", "number"), [(False, 46086.604166667), (True, 44624.604166667)]
)
def test_days_as_plain_numbers_are_read_by_the_epoch_of_the_workbook(
    epoch_1904: bool, number: float, tmp_path: Path
) -> None:
    def fill(made: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, (number, "c1", "Acme", "came", ""))

    _, calls = run(book(tmp_path / "calls.xlsx", fill, date_1904=epoch_1904))
    assert [str(at) for at in calls["scheduled_at"]] == ["2026-03-05 14:30:00+00:00"]


def test_cells_become_text(tmp_path: Path) -> None:
    def fill(made: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, HEAD)
        sheet.write_datetime(1, 0, date(2026, 3, 5), made.add_format({"num_format": "d mmm yy"}))
        sheet.write_datetime(1, 1, time(14, 0), made.add_format({"num_format": "hh:mm"}))
        sheet.write(1, 2, True)
        sheet.write(1, 3, 447700900123)
        sheet.write_datetime(1, 4, datetime(2026, 3, 5), made.add_format(MOMENT))

    table = read_table(book(tmp_path / "calls.xlsx", fill))
    assert table.rows == [["2026-03-05", "14:00:00", "true", "447700900123", "2026-03-05 00:00:00"]]


def test_merged_headers_and_merged_clients(tmp_path: Path) -> None:
    def fill(made: Any, sheet: Any) -> None:
        sheet.merge_range("A1:E1", "Interviews, spring")
        sheet.merge_range("A3:A4", "Client")
        sheet.merge_range("B3:C3", "Interview")
        sheet.write_row(3, 1, ("Date", "Employer"))
        sheet.merge_range("D3:D4", "Outcome")
        sheet.merge_range("A5:A6", "c1")
        sheet.write_row(4, 1, ("2026-03-05", "Acme", "came"))
        sheet.write_row(5, 1, ("2026-03-06", "Bolt", "came"))

    table = read_table(book(tmp_path / "calls.xlsx", fill))
    assert table.header[:4] == ["Client", "Interview Date", "Interview Employer", "Outcome"]
    assert table.rows == [
        ["c1", "2026-03-05", "Acme", "came"],
        ["c1", "2026-03-06", "Bolt", "came"],
    ]
    assert table.lines == [5, 6]
    assert table.notes == [
        "The header of calls.xlsx is on row 4; what stands above it was left out."
    ]


def test_formulas_give_their_results_and_say_where_there_are_none(tmp_path: Path) -> None:
    def fill(made: Any, sheet: Any) -> None:
        simple(made, sheet)
        sheet.write_formula("C2", '="Ac"&"me"', None, "Acme")
        sheet.write_formula("C4", '="Bo"&"lt"', None, "Bolt")
        sheet.write_formula("E4", "=1/0", None, "#DIV/0!")

    file = book(tmp_path / "calls.xlsx", fill)
    changed(file, SHEET, "<v>Bolt</v>", "")
    result, calls = run(file)
    assert list(calls["employer"]) == ["Acme"]
    assert result.rejects_path is not None
    with result.rejects_path.open(encoding="utf-8-sig", newline="") as listed:
        assert [line[:2] for line in csv.reader(listed)][1:] == [
            [
                "4",
                "Employer: the formula there was saved without its result; open the workbook in the "
                "spreadsheet program and save it",
            ]
        ]


def test_a_formula_s_error_is_no_value(tmp_path: Path) -> None:
    def fill(made: Any, sheet: Any) -> None:
        simple(made, sheet)
        sheet.write_formula("C4", "=1/0", None, "#DIV/0!")

    result, calls = run(book(tmp_path / "calls.xlsx", fill))
    assert len(calls) == 1
    assert result.notes == [
        "Not imported (line 4): Employer: #DIV/0!: this is a formula's error, not a value; mend it in "
        "the spreadsheet."
    ]


def test_the_sheet_with_the_header_is_read_and_said(tmp_path: Path) -> None:
    def fill(made: Any, sheet: Any) -> None:
        simple(made, sheet)
        other = made.add_worksheet("Lists")
        other.write_row(0, 0, ("Colours", "red", "green", "blue", "grey", "black"))
        simple(made, made.add_worksheet("Old"))

    file = book(tmp_path / "calls.xlsx", fill)
    assert read_table(file, ["Date"]).notes == [
        "calls.xlsx: the sheet 'Calls' was read, and not 'Lists', 'Old'; for another one put sheet = and "
        "its name under [file] of the mapping."
    ]
    # Who takes the suggestion has named no sheet: what was not read is said then too.
    assert read_table(file, ["Date"], sheet="Old").notes == [
        "calls.xlsx: the sheet 'Old' was read, and not 'Calls', 'Lists'; for another one put sheet = and "
        "its name under [file] of the mapping."
    ]
    with pytest.raises(KitError) as caught:
        read_table(file, ["Date"], sheet="Older")
    assert str(caught.value) == (
        "calls.xlsx has no sheet 'Older'; it has 'Calls', 'Lists', 'Old'; name one of them under "
        "[file] of the mapping; nothing was imported."
    )


def far(file: Path) -> None:
    changed(book(file, simple), SHEET, r'r="E4"', 'r="XFD4"')


def deep(file: Path) -> None:
    changed(book(file, simple), SHEET, r'<row r="4"(.*?)r="E4"', r'<row r="1048577"\1r="E1048577"')


def bomb(file: Path) -> None:
    packed = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
    with packed as made, made.open(SHEET, "w") as part:
        for _ in range(310):
            part.write(b" " * 1_000_000)


def other_zip(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("word/document.xml", "<x/>")


def laughs(file: Path) -> None:
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {b} "{("&" + a + ";") * 10}">'
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    changed(book(file, simple), SHEET, r"(<\?xml.*?\?>)", rf"\1<!DOCTYPE x [{entities}]>")
    changed(file, SHEET, r"<v>12</v>", "<v>&i;</v>")


def ole(inner: bytes) -> Any:
    return lambda file: file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + inner)


REFUSED = {
    "a cell far to the right": (
        far,
        "calls.xlsx, row 4: something stands in column 16,384, beyond the 500 that are read; delete what "
        "strayed there; nothing was imported.",
    ),
    "a bomb": (
        bomb,
        "calls.xlsx would unpack to 310 MB, more than the 300 MB that are read; if it is your own, save "
        "the sheet as CSV (UTF-8); nothing was imported.",
    ),
    "a packed document": (
        other_zip,
        "calls.xlsx is a packed file, but no Excel workbook; unpack it, or save the table as .xlsx or as "
        "CSV (UTF-8); nothing was imported.",
    ),
    "entities that multiply": (
        laughs,
        "calls.xlsx is a damaged workbook, or none (",
    ),
    "an encrypted workbook": (
        ole("EncryptedPackage".encode("utf-16-le")),
        "calls.xlsx is locked with a password; open it in the spreadsheet program, save it without one "
        "and import that; nothing was imported.",
    ),
    "an old workbook": (
        ole(b""),
        "calls.xlsx is an old Excel workbook (.xls); save it as .xlsx or as CSV (UTF-8) and import that; "
        "nothing was imported.",
    ),
    "nothing in it": (
        lambda file: book(file, lambda made, sheet: None),
        "calls.xlsx is empty; nothing was imported; export it again.",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_workbook_that_cannot_be_read_says_why(name: str, tmp_path: Path) -> None:
    make, says = REFUSED[name]
    file = tmp_path / "calls.xlsx"
    make(file)
    with pytest.raises(KitError) as caught:
        import_file(file, SPEC, tmp_path / "log.db")
    assert str(caught.value).startswith(says)
    assert [file.name for file in tmp_path.iterdir()] == ["calls.xlsx"]


def test_rows_beyond_the_last_one_that_a_workbook_has_are_not_waited_for(tmp_path: Path) -> None:
    deep(tmp_path / "calls.xlsx")
    assert read_table(tmp_path / "calls.xlsx", ["Date"]).lines == [2]


def test_a_damaged_workbook_is_refused_wherever_it_is_damaged(tmp_path: Path) -> None:
    whole = book(tmp_path / "calls.xlsx", simple).read_bytes()
    file = tmp_path / "cut.xlsx"
    for place in range(40, len(whole), 97):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 255]) + whole[place + 1 :])
        try:
            read_table(file, ["Date"])
        except KitError as error:
            assert str(error).startswith("cut.xlsx")
