"""A report in another language: nothing of it is English, on the page, in a chart or in a file."""

import base64
import io
import re
from html import unescape
from pathlib import Path

import openpyxl
import pytest

from interview_coach.language import current, speaking
from interview_coach.outcomes import sample_calls
from interview_coach.reports import Question, Report, make_directly
from interview_coach.reports.making import page_of
from interview_coach.reports.reading import Data
from interview_coach.reports.saved import View
from tests.calls_frames import calls_frame
from tests.reports.reading import all_words, report_of

# Words of English that are no words of Spanish, and stand in no name of the sample.
ENGLISH = re.compile(
    r"\b(?:the|of|and|calls?|missed|was|were|with|that|from|under|over|between|hidden|cases?|few"
    r"|rate|share|interviews?|clients?|within|days?|months?|more|less|than|shown|table|numbers?)\b",
    re.IGNORECASE,
)
# What people of the sample, and sources, are called.
NAMES = re.compile(r"Evening group|Career change|Ask a Manager|«Did not attend»")

VIEWS = (
    View("recovery_rate"),
    View("first_message_delay", "cohort"),
    View("moves_per_interview"),
    View("missed_call_rate", "lead_time"),
    View("time_to_reconnection", "channel"),
    View("funnel", "cohort"),
    View("reschedule_rate", "quarter", start="2026-01-01", end="2026-03-31"),
    View("career_outcomes_rate"),
)


def english_in(text: str) -> list[str]:
    plain = NAMES.sub(" ", text)
    return [plain[max(0, at.start() - 30) : at.end() + 30] for at in ENGLISH.finditer(plain)]


def drawn(page: str) -> str:
    """The words that are drawn in the charts of a page."""
    pictures = re.findall(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)", page)
    svg = " ".join(base64.b64decode(one).decode() for one in pictures)
    return unescape(" ".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg)))


def small(number: int) -> list[dict[str, object]]:
    return [
        {
            "state": ("missed", "completed", "moved", "pending")[place % 4],
            "missed_by": "candidate" if place % 8 == 0 else None,
            "cause": "forgot" if place % 3 == 0 else None,
            "cohort": ("Autumn", "Spring")[place % 2],
            "scheduled_at": f"2026-{1 + place % 6:02}-05T14:00Z",
            "booked_at": "2025-12-28T10:00Z",
            "date_doubt": "day_month" if place == 9 else None,
        }
        for place in range(number)
    ]


def spanish(number: int | None = None, **given: object) -> Report:
    calls = sample_calls() if number is None else calls_frame(small(number))
    return report_of(calls, language="es", views=VIEWS, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "report",
    [
        pytest.param({}, id="a coach"),
        pytest.param({"view": "funder", "start": "2026-01-01", "end": "2026-06-30"}, id="a funder"),
        pytest.param({"view": "funder", "group": "caller"}, id="a funder, by who was to call"),
        pytest.param({"group": "quarter", "days": 1, "grace": 10}, id="by quarter"),
        pytest.param({"number": 0}, id="nothing yet"),
        pytest.param({"number": 1}, id="one call"),
        pytest.param({"number": 12}, id="a few calls"),
        pytest.param({"number": 60, "view": "funder"}, id="some calls for a funder"),
    ],
)
def test_nothing_in_a_spanish_report_is_english(report: dict[str, object]) -> None:
    made = spanish(**report)  # type: ignore[arg-type]
    said = all_words(made).replace("Calls from a test.", "")
    assert english_in(said) == []
    for sheet in made.sheets():
        assert english_in(" ".join((sheet.name, sheet.title, *sheet.headings.values()))) == []
        texts = sheet.frame.select_dtypes(include=["object", "str"]).fillna("")
        shown = [name for name in texts.columns if name in sheet.headings]
        assert english_in(" ".join(texts[shown].to_numpy().ravel())) == []


def test_the_words_in_the_charts_are_spanish_too() -> None:
    page = page_of(spanish())
    assert '<html lang="es">' in page
    assert "total 23\xa0%" in drawn(page)
    assert english_in(drawn(page)) == []


def test_a_report_in_a_page_of_another_language_says_so_of_its_sections() -> None:
    section = spanish(1).headline()
    assert current() == "en"
    assert section.html().startswith('<section class="ic-page ic-report" lang="es">')
    with speaking("es"):
        assert section.html().startswith('<section class="ic-page ic-report"><')


def test_a_question_speaks_the_language_that_is_spoken_unless_told_otherwise() -> None:
    with speaking("es"):
        asked = Question()
        assert (asked.language, asked.title) == ("es", "Informe de resultados")
        assert Question(language="en").title == "Outcome report"
        assert Question(title="Primavera").title == "Primavera"
    assert Question().given() == {"language": "en"}
    assert Question(language="es").given()["language"] == "es"


def test_the_page_of_the_notebook_settles_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUERY_STRING", "language=es")
    try:
        assert Question.of({"language": ""}).language == "es"
        assert Question.of({"language": "en"}).language == "en"
    finally:
        monkeypatch.undo()
        Question.of({})
    assert current() == "en"


def test_a_spanish_workbook_is_spanish(tmp_path: Path) -> None:
    question = Question(language="es", as_of="2026-08-31", view="funder")
    finding, (file,) = make_directly(
        question, Data(sample_calls(), "Llamadas de una prueba."), tmp_path, ["xlsx"]
    )
    assert finding == "392 de 1.674 llamadas se perdieron: 23\xa0%"
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    assert book.sheetnames[:2] == ["Leer primero", "Cifras principales"]
    assert all(len(name) <= 31 for name in book.sheetnames)
    said = " ".join(
        str(cell)
        for page in book
        for row in page.iter_rows(values_only=True)
        for cell in row
        if cell
    )
    assert english_in(said) == []
    assert current() == "en"
