"""The report on paper: what a reader sees, what a listener hears, and nothing a text can break."""

import base64
import re
import time
from datetime import date

import pytest

from interview_coach.errors import KitError
from interview_coach.reports import paper as module
from interview_coach.reports.legible import legible
from interview_coach.reports.paper import _shares, report_pdf
from interview_coach.reports.pieces import Cards, Grid, Paragraph, Picture, Points, Section, Terms
from tests.reports.samples import HOSTILE, chart, sections

pytest.importorskip("typst", reason="the pdf extra is not installed")

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)


def paper(told: list[Section], title: str = "Outcome report", **more: object) -> bytes:
    return report_pdf(told, title=title, language="en", **more)  # type: ignore[arg-type]


def pages(told: list[Section]) -> list[bytes]:
    """Draw the pages as pictures, coarsely: enough to tell ink from no ink."""
    content = module._content(told, "Outcome report", "en", None, None, "svg")
    made = module._set(content, "png", ppi=50)
    return made if isinstance(made, list) else [made]


def tags(pdf: bytes) -> list[str]:
    return [tag.decode() for tag in re.findall(rb"/Type/StructElem/S/(\w+)", pdf)]


def texts(pdf: bytes, key: str) -> list[str]:
    """Read the strings of a key such as /Alt."""
    keys = re.finditer(rb"/" + key.encode() + rb"\s?(?=\(|<[0-9A-F])", pdf)
    return [string_at(pdf, one.end()) for one in keys]


def headings(pdf: bytes) -> list[tuple[str, str]]:
    found = re.finditer(rb"/StructElem/S/(H\d)/P \d+ 0 R/T\s?", pdf)
    return [(one[1].decode(), string_at(pdf, one.end())) for one in found]


def string_at(pdf: bytes, start: int) -> str:
    """Read one string as PDF writes them: in brackets, which may nest, or in hexadecimal."""
    if pdf[start : start + 1] == b"<":
        inside = bytes.fromhex(pdf[start + 1 : pdf.index(b">", start)].decode())
    else:
        deep, at, signs = 0, start, bytearray()
        while True:
            sign = pdf[at : at + 1]
            deep += (sign == b"(") - (sign == b")")
            if not deep:
                break
            at += sign == b"\\"
            signs += pdf[at : at + 1]
            at += 1
        inside = bytes(signs[1:])
    wide = inside.startswith(b"\xfe\xff")
    return inside[2:].decode("utf-16-be") if wide else inside.decode("latin-1")


def test_it_can_be_listened_to() -> None:
    pdf = paper(sections())
    assert pdf.startswith(b"%PDF-1.7")
    for sign in (b"/StructTreeRoot", b"/Lang(en)", b"<pdfuaid:part>1</pdfuaid:part>", b"/Outlines"):
        assert sign in pdf, sign
    found = tags(pdf)
    assert found.count("Figure") == 2
    assert found.count("Table") == 3
    assert found.count("TH") == 4 + 5 + 5
    assert {"THead", "TBody", "TD", "L", "LI", "P", "Link"} <= set(found)
    autumn = chart(("Autumn", "Spring"))
    assert autumn.alt in texts(pdf, "Alt")


def test_the_headings_are_in_order_and_the_unseen_ones_among_them() -> None:
    assert headings(paper(sections())) == [
        ("H1", "27 of 80 calls were missed: 34%"),
        ("H2", "Three questions, answered"),
        ("H3", "How many calls were missed?"),
        ("H3", "Who missed them?"),
        ("H3", "How many were moved?"),
        ("H2", "Autumn stands out"),
        ("H2", "By month"),
        ("H2", "Who missed the calls"),
        ("H2", "What the words mean"),
        ("H2", "The numbers behind the figures"),
        ("H3", "Table 1. Neither of the 2 cohorts stands out: 30% of calls missed overall"),
        ("H3", "Table 2. Jan 2026 stands out: 79% of calls missed, 30% overall"),
    ]


def test_an_unseen_heading_takes_no_room_and_no_ink() -> None:
    def drawn(heading: str) -> list[bytes]:
        told = Section(heading, Points(("One.",)), unseen=True)
        return pages([Section("Finding", level=1), told])

    assert drawn("Said by the picture") == drawn("In other words, and rather more of them")


def test_the_same_report_is_the_same_file_on_another_day(monkeypatch: pytest.MonkeyPatch) -> None:
    first = paper(sections())
    monkeypatch.setattr(time, "time", lambda: 4e9)
    assert paper(sections()) == first
    assert b"CreationDate" not in first


def test_it_says_its_title_and_the_day_it_is_given() -> None:
    pdf = paper(sections(), title="Über calls", day=date(2026, 6, 30))
    assert "Über calls" in texts(pdf, "Title")
    assert b"/CreationDate(D:20260630" in pdf


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_set_as_it_is(text: str) -> None:
    told = [
        *sections(text),
        Section(text, Paragraph(text, "source"), Points((text,)), level=2),
        Section("More", Cards(((text, (text,), text),)), Terms(((text, text, text),))),
    ]
    pdf = paper(told, title=text)
    said = legible(text)
    assert said in texts(pdf, "Title")
    seen = [words.replace("\u200b", "") for _, words in headings(pdf)]
    assert seen.count(said) == 2


def test_half_a_sign_does_not_break_it() -> None:
    assert headings(paper([Section("a\0b\ud800", level=1)])) == [("H1", "a\ufffdb\ufffd")]


def test_an_empty_report_is_a_page_with_its_title() -> None:
    pdf = paper([], title="Nothing yet")
    assert headings(pdf) == [("H1", "Nothing yet")]
    assert len(pages([])) == 1


def test_a_report_that_begins_lower_is_put_beneath_its_title() -> None:
    told = [Section("Definitions", Paragraph("Words."))]
    assert headings(paper(told)) == [("H1", "Outcome report"), ("H2", "Definitions")]


def test_why_a_row_is_hidden_stands_across_its_empty_cells() -> None:
    rows = (("Autumn", "", "", "hidden: fewer than 11", ""), ("Spring", "14", "40", "35%", ""))
    head = ("Cohort", "Missed", "Of calls", "Rate", "Still open")
    found = tags(paper([Section("Rates", Grid(head, rows, "Missed"), level=1)]))
    # A name and a reason; then a cell for each column.
    assert found.count("TD") == 2 + 5


def test_a_short_table_stays_whole() -> None:
    def set_after(lines: int, cohort: str) -> list[bytes]:
        rows = tuple((cohort, "9") for _ in range(10))
        before = Points(tuple("One." for _ in range(lines)))
        return pages([Section("Finding", before, Grid(("Cohort", "Missed"), rows, "All"), level=1)])

    moved = 0
    for lines in range(24, 40, 2):
        (first, *rest), (other, *_) = (set_after(lines, cohort) for cohort in ("Autumn", "Spring"))
        # Where it does not fit, no row of it is on the first page.
        assert not rest or first == other
        moved += bool(rest)
    assert 2 <= moved <= 7


def test_a_thousand_rows_go_over_pages_with_the_head_on_each() -> None:
    rows = tuple((f"Cohort {n}", f"{n:,}", "1,000") for n in range(1000))
    pdf = paper([Section("Many", Grid(("Cohort", "Missed", "Of calls"), rows, "All"), level=1)])
    assert tags(pdf).count("TR") == 1001
    pages = len(re.findall(rb"/Type/Page\b", pdf))
    assert 15 < pages < 40
    # The head is listened to once, and drawn again at the top of each page.
    assert tags(pdf).count("TH") == 3


@pytest.mark.parametrize(
    "logo",
    [
        ("image/png", DOT),
        ("image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    ],
)
def test_a_logo_stands_at_the_top(logo: tuple[str, bytes]) -> None:
    pdf = paper([Section("Finding", level=1)], logo=logo)
    assert texts(pdf, "Alt") == ["Logo"]
    assert tags(pdf)[0] == "Figure"


def test_a_logo_that_is_none_is_told() -> None:
    with pytest.raises(KitError) as caught:
        paper([Section("Finding", level=1)], logo=("image/png", b"\x89PNG and then nothing"))
    assert str(caught.value) == (
        "The logo cannot be drawn on paper; save it anew as a PNG picture, and give that."
    )


def test_a_script_that_cannot_be_drawn_and_read_out_is_a_picture_of_dots() -> None:
    told = [Section("हिन्दी", Picture("one", chart(("हिन्दी", "Spring"))), level=1)]
    pdf = paper(told)
    assert "हिन्दी" in "".join(texts(pdf, "Alt"))


def test_without_the_extra_it_says_how_to_get_a_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    with pytest.raises(KitError) as caught:
        paper([])
    assert str(caught.value) == (
        "A PDF needs one more package: pip install 'interview-coach[pdf]'. The HTML report can be "
        "printed to PDF from any browser."
    )


def test_a_word_never_runs_into_the_next_column() -> None:
    # "Cohorte" beside three long headings: of the 72 letters of a line it gets 7 and the gap.
    shares = _shares([7, 31, 29, 29], [7, 11, 9, 11])
    assert shares[0] / sum(shares) * 72 >= 8.9
    assert shares[1] > shares[2] > shares[0]
