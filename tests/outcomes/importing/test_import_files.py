"""Files as people have them: whatever a file is like, it is read, or refused in one sentence."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from interview_coach.errors import KitError
from interview_coach.outcomes import ColumnMapping, ImportResult, OutcomeLog, import_file
from interview_coach.outcomes.importing.reading import read_table

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
HEAD = "Date,Client,Employer,Outcome,Notes"
ROWS = ("05.03.2026 14:00,c1,Acme,came,fine", "06.03.2026 10:30,c2,Café Zoë,no show,")
SPEC = {
    "time": {"timezone": "Europe/London", "date_order": "day"},
    "client": {"columns": ["Client"], "pseudonymous": True},
    "columns": {
        "scheduled_at": "Date",
        "employer": "Employer",
        "state": "Outcome",
        "notes": "Notes",
    },
    "values": {"state": {"Came": "completed", "no show": "missed"}},
    "when_state": {"missed": {"missed_by": "candidate"}},
}


def mapping(**file: str) -> ColumnMapping:
    return ColumnMapping.model_validate({**SPEC, "file": file})


def run(folder: Path, raw: bytes | str, spec: ColumnMapping | None = None) -> ImportResult:
    file = folder / "calls.csv"
    file.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    result = import_file(file, spec or mapping(), folder / "log.db", clock=lambda: NOW)
    with OutcomeLog.open(folder / "log.db") as log:
        assert len(log.calls()) == result.imported
    assert result.rows == result.imported + result.already_there + result.rejected
    return result


def text(*rows: str, end: str = "\n") -> str:
    return end.join((HEAD, *(rows or ROWS))) + end


def rejects(result: ImportResult) -> list[list[str]]:
    assert result.rejects_path is not None
    with result.rejects_path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


READ = {
    "utf-8": (text().encode(), None),
    "a byte-order mark": (text().encode("utf-8-sig"), None),
    "Windows-1252": (
        text().encode("windows-1252"),
        "calls.csv is not UTF-8 (line 3); it was read as Windows-1252; if letters look wrong, say the "
        "encoding under [file] of the mapping.",
    ),
    "UTF-16": (text().encode("utf-16"), "calls.csv is UTF-16 and was read as such."),
    "UTF-16 without a mark": (
        text().encode("utf-16-le"),
        "calls.csv is UTF-16 without a byte-order mark and was read as such.",
    ),
    "big-endian UTF-16 without a mark": (
        text().encode("utf-16-be"),
        "calls.csv is UTF-16 without a byte-order mark and was read as such.",
    ),
    "CR-only line ends": (text(end="\r").encode(), None),
    "CRLF line ends": (text(end="\r\n").encode(), None),
    "no line end at the end": (text().rstrip().encode(), None),
    "semicolons": (
        text().replace(",", ";").encode(),
        "The columns of calls.csv are separated by semicolons.",
    ),
    "tabs": (text().replace(",", "\t").encode(), "The columns of calls.csv are separated by tabs."),
    "blank lines": (text("", ROWS[0], "", "", ROWS[1], "").encode(), None),
}


@pytest.mark.parametrize("name", READ)
def test_a_file_is_read_as_it_is_written(name: str, tmp_path: Path) -> None:
    raw, says = READ[name]
    result = run(tmp_path, raw)
    assert (result.rows, result.imported) == (2, 2)
    assert result.notes == ([says] if says else [])
    with OutcomeLog.open(tmp_path / "log.db") as log:
        assert list(log.calls()["employer"]) == ["Acme", "Café Zoë"]
        assert list(log.calls()["state"]) == ["completed", "missed"]


REFUSED = {
    "nothing": (b"", "calls.csv is empty; nothing was imported; export it again."),
    "only spaces": (b" \n\n", "calls.csv is empty; nothing was imported; export it again."),
    "a workbook cut short": (
        b"PK\x03\x04rest",
        "calls.csv is a damaged workbook or another packed file; open it in the spreadsheet program, save "
        "it anew and import that; nothing was imported.",
    ),
    "an unclosed quote": (
        text(ROWS[0], '06.03.2026 10:30,c2,"Acme,came,').encode(),
        "calls.csv, line 3: a quotation mark opens and is never closed; write a quotation mark inside a "
        "field twice; nothing was imported.",
    ),
    "text behind a quote": (
        text(ROWS[0], '06.03.2026 10:30,c2,"Ac"me,came,').encode(),
        "calls.csv, line 3: text follows a closing quotation mark; write a quotation mark inside a field "
        "twice; nothing was imported.",
    ),
    "another header": (
        text().replace("Outcome", "Outcomes").encode(),
        "calls.csv, line 1: the mapping names a column that is not there: 'Outcome' (did you mean "
        "'Outcomes'?); the file has 'Date', 'Client', 'Employer', 'Outcomes', 'Notes'; nothing was "
        "imported.",
    ),
    "a doubled header": (
        text().replace("Notes", "Client").encode(),
        "calls.csv, line 1: the mapping names a column that is not there: 'Notes'; the file has 'Date', "
        "'Client', 'Employer', 'Outcome', 'Client'; nothing was imported.",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_says_why_and_writes_nothing(name: str, tmp_path: Path) -> None:
    raw, says = REFUSED[name]
    (tmp_path / "calls.csv").write_bytes(raw)
    with pytest.raises(KitError) as caught:
        import_file(tmp_path / "calls.csv", mapping(), tmp_path / "log.db")
    assert str(caught.value) == says
    assert [file.name for file in tmp_path.iterdir()] == ["calls.csv"]


def test_a_mapped_column_must_stand_there_once(tmp_path: Path) -> None:
    (tmp_path / "calls.csv").write_text(text().replace("Notes", "Notes,Client"))
    with pytest.raises(KitError) as caught:
        import_file(tmp_path / "calls.csv", mapping(), tmp_path / "log.db")
    assert str(caught.value) == (
        "calls.csv, line 1: the column 'Client' stands there 2 times (columns 2, 6); rename all but the "
        "one that is meant; nothing was imported."
    )


def test_a_wrong_delimiter_in_the_mapping_is_named(tmp_path: Path) -> None:
    (tmp_path / "calls.csv").write_text(text().replace(",", ";"))
    with pytest.raises(KitError) as caught:
        import_file(tmp_path / "calls.csv", mapping(delimiter=","), tmp_path / "log.db")
    assert str(caught.value) == (
        "calls.csv, line 1: the mapping says that columns are separated by commas, but the header is "
        'separated by semicolons; put delimiter = ";" under [file] of the mapping.'
    )


def test_an_encoding_of_the_mapping_is_held_to(tmp_path: Path) -> None:
    (tmp_path / "calls.csv").write_bytes(text().encode("windows-1252"))
    with pytest.raises(KitError) as caught:
        import_file(tmp_path / "calls.csv", mapping(encoding="utf-8"), tmp_path / "log.db")
    assert str(caught.value) == (
        "calls.csv, line 3: this is not UTF-8; say the file's true encoding under [file] of the mapping, "
        "or save it as UTF-8; nothing was imported."
    )


def test_files_that_are_not_there(tmp_path: Path) -> None:
    (tmp_path / "calls.csv").write_text(text())
    with pytest.raises(KitError, match=r"There is no file .*call\.csv; did you mean calls\.csv\?$"):
        import_file(tmp_path / "call.csv", mapping(), tmp_path / "log.db")
    with pytest.raises(KitError, match=r" is a folder; name the file in it\.$"):
        import_file(tmp_path, mapping(), tmp_path / "log.db")


def test_a_header_without_rows_says_so(tmp_path: Path) -> None:
    result = run(tmp_path, HEAD + "\n")
    assert (result.rows, result.imported, result.rejected) == (0, 0, 0)
    assert result.notes == ["calls.csv has a header but no rows; nothing was imported."]


def test_rows_that_do_not_fit_are_listed_with_line_and_reason(tmp_path: Path) -> None:
    result = run(
        tmp_path,
        text(
            ROWS[0],
            '05.03.2026 14:00,c9,"a\nb",came,',
            "05.03.2026 14:00,c3,Acme",
            "05.03.2026 14:00,c3,Acme,came,,more",
            ",,,,",
            "31.02.2026 14:00,c3,Acme,came,",
            "05.03.2026 14:00,c3,Acme,perhaps,",
            "05.03.2026 14:00,NA,Acme,came,",
            "05.03.2026,c3,Acme,came,",
            "29.03.2026 01:30,c3,Acme,came,",
            "25.10.2026 01:30,c3,Acme,,",
            "05.03.2026 14:00,c3,Ac\0me,came,",
            f"05.03.2026 14:00,c3,Acme,came,{'x' * 1_048_576}",
            f"05.03.2026 14:00,c3,Acme,came,{'x' * 10_001}",
            "05.03.2026 14:00,c4,Acme,came,,",
        ),
    )
    assert (result.rows, result.imported, result.rejected) == (15, 3, 12)
    listed = rejects(result)
    assert [row[:2] for row in listed] == [
        ["5", "the row has 3 fields where the header has 5"],
        [
            "6",
            "the row has 6 fields where the header has 5; is a field that holds the delimiter written "
            "without quotation marks?",
        ],
        ["7", "the row is empty"],
        ["8", "Date: '31.02.2026 14:00': there is no day 31 in February 2026, which has 28"],
        [
            "9",
            "Outcome: 'perhaps': this is not known for state (use one of completed, missed, moved, "
            "cancelled, pending); say what it means under [values.state] of the mapping",
        ],
        ["10", "the row does not say who the client is"],
        ["11", "Date: there is no time of day; put start_time under [time] of the mapping"],
        [
            "12",
            "Date: '29.03.2026 01:30': this time does not exist in Europe/London: the clocks go forward "
            "over it; look at the invitation again",
        ],
        [
            "13",
            "Date: '25.10.2026 01:30': this time happens twice in Europe/London, where the clocks go "
            "back that night; add the offset that is meant, such as 2026-10-25T01:30+01:00",
        ],
        [
            "14",
            "column 3 (Employer) holds a NUL character, which no text has; type that field again",
        ],
        [
            "15",
            "column 5 (Notes) holds 1,048,576 characters, more than any cell of a table of calls; is a "
            "quotation mark missing there?",
        ],
        ["16", f"Notes: '{'x' * 37}...': it has 10,001 characters, more than 10,000; shorten it"],
    ]
    assert listed[10][6].endswith("xxx [cut here; 1,048,576 characters]")
    assert listed[1][2:] == ["05.03.2026 14:00", "c3", "Acme", "came", "", "more"]
    assert result.summary().startswith(
        "3 of 15 rows of calls.csv were imported.\n12 were not; they are listed in "
    )


def test_all_faults_of_a_row_are_told(tmp_path: Path) -> None:
    result = run(tmp_path, text("31.02.2026 14:00,,Acme,perhaps,"))
    assert rejects(result)[0][1].count("; ") >= 2
    assert "who the client is" in rejects(result)[0][1]


def test_rows_that_a_missing_quotation_mark_swallowed_are_noticed(tmp_path: Path) -> None:
    result = run(tmp_path, text(f'{ROWS[0][:-4]}"fine\n{ROWS[1]}\n05.03.2026 14:00,c5,A,came,x"'))
    assert (result.rows, result.rejected) == (1, 1)
    assert rejects(result)[0][1] == (
        "column 5 (Notes) holds lines that look like rows of their own; is a quotation mark missing?"
    )


def test_a_table_that_is_too_wide_is_said_at_once(tmp_path: Path) -> None:
    wide = tmp_path / "wide.csv"
    wide.write_text(",".join(f"c{n}" for n in range(501)) + "\n" + "x," * 500 + "x\n")
    with pytest.raises(KitError, match=r"wide\.csv has 501 columns, more than the 500 that are"):
        read_table(wide)
    # Excel writes a comma for each column that was ever touched.
    wide.write_text("date,client" + "," * 5_000 + "\n")
    assert len(read_table(wide).header) == 5_002


def test_a_heading_that_a_spreadsheet_would_run_is_harmless_in_the_reason_too(
    tmp_path: Path,
) -> None:
    spec = {**SPEC, "columns": {**SPEC["columns"], "scheduled_at": "=Date"}}  # type: ignore[dict-item]
    raw = text("soon,c1,Acme,came,").replace("Date", "=Date", 1)
    result = run(tmp_path, raw, ColumnMapping.model_validate(spec))
    assert rejects(result)[0][1].startswith("'=Date: ")


def test_cells_that_a_spreadsheet_would_run_are_made_harmless(tmp_path: Path) -> None:
    spec = mapping()
    cells = ["=1+1", "@x", "-2+3", "+44 20 7946 0000", "-12.5", "＝1", "\tx"]
    result = run(tmp_path, text(*(f'soon,c1,"{cell}",came,' for cell in cells)), spec)
    assert [row[4] for row in rejects(result)] == [
        "'=1+1",
        "'@x",
        "'-2+3",
        "+44 20 7946 0000",
        "-12.5",
        "'＝1",
        "'\tx",
    ]
