"""The log, its import and the card that hands the report on are whole in Spanish."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pytest

from interview_coach.errors import KitError
from interview_coach.language import speaking, use
from interview_coach.outcomes import CallEntry, EntryError, OutcomeLog, import_file, propose
from interview_coach.outcomes.importing.dates import DOUBTS, doubt_in_words
from interview_coach.panels import log_new
from interview_coach.panels.hand_on import hand_on_panel
from interview_coach.panels.log import log_panel
from interview_coach.reports.question import Question
from tests.language.showing import alike, shown
from tests.panels.driving import buttons, inside

# Names of people, firms, files and columns, and what a person typed: the same in every language.
TYPED = {"Alder & Pike", "Client ID", "Interview Coach", "Interview date", "Who phoned"}


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    use("en")


@pytest.fixture(autouse=True)
def without_the_chart(monkeypatch: pytest.MonkeyPatch) -> None:
    """What charts say is another part's, and another test's."""
    monkeypatch.setattr(log_new, "_chart", lambda _calls: None)


def _add(log: OutcomeLog, client: str, day: str, **fields: Any) -> str:
    return log.add_calls(
        [
            CallEntry(
                client_id=client,
                scheduled_at=f"{day}T14:00",
                timezone="Europe/Madrid",
                employer="Alder & Pike",
                **fields,
            )
        ]
    )[0]


def _filled(path: Path) -> str:
    with OutcomeLog.open(path, "Ada") as log:
        first = _add(
            log,
            "C-1",
            "2026-03-05",
            state="missed",
            missed_by="interviewer_no_call",
            cause="overran",
            first_message_at="2026-03-05T14:10",
            reconnected_at="2026-03-05T14:30",
        )
        _add(log, "C-2", "2026-03-06", state="missed", missed_by="candidate")
        _add(log, "C-3", "2026-03-07", state="moved", initiator="candidate", cause="overran")
        _add(log, "C-4", "2026-03-08", date_doubt=DOUBTS[0].format(first=3, last=9))
        log.change_call(first, why="x", waited_minutes=12)
        log.describe_client("C-1", outcome="employed", outcome_on=dt.date(2026, 4, 1))
    with OutcomeLog.open(path, "Bo") as log:
        _add(log, "C-9", "2026-03-09", state="completed")
    return first


def in_both(monkeypatch: pytest.MonkeyPatch, make: Callable[[str], Any]) -> tuple[Any, Any]:
    """Make the same page in both languages, each on data of its own."""
    pages = []
    for code in ("en", "es"):
        monkeypatch.setenv("INTERVIEW_COACH_LANGUAGE", code)
        pages.append(make(code))
    return pages[0], pages[1]


def _page(folder: Path, code: str) -> Any:
    path = folder / f"{code}.db"
    path.parent.mkdir(exist_ok=True)
    _filled(path)
    return log_panel(str(path), "Ada", "Europe/Madrid")


@pytest.mark.parametrize("part", ["new", "all", "files", "clients"])
def test_each_part_of_the_log_is_spanish(
    part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(code: str) -> Any:
        page = _page(tmp_path, code)
        page.parts.go(part)
        return page

    english, spanish = in_both(monkeypatch, make)
    assert [text for text in alike(english, spanish) if text not in TYPED] == []
    assert spanish.title == "Registra lo que pasó"
    assert spanish.lead == "5 llamadas en el registro; perdidas: 2."


def test_an_empty_log_is_spanish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def make(code: str) -> Any:
        page = log_panel(str(tmp_path / f"{code}.db"), "Ada", "Europe/Madrid")
        for part in ("all", "clients", "new"):
            page.parts.go(part)
        page.model.example()
        return page

    english, spanish = in_both(monkeypatch, make)
    assert [text for text in alike(english, spanish) if text not in TYPED] == []


def test_a_call_being_changed_is_spanish_with_its_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(code: str) -> Any:
        page = _page(tmp_path, code)
        calls = page.model.calls
        first = calls[calls["client_id"] == "C-1"]["call_id"].iloc[0]
        page.parts.go("all").show_call(first)
        for name, one in buttons(page).items():
            if name in {"History", "Historial"}:
                one.click()
        return page

    english, spanish = in_both(monkeypatch, make)
    assert [text for text in alike(english, spanish) if text not in TYPED] == []
    said = shown(spanish)
    assert "¿Por qué la cambias?" in said
    assert any("jue, 5 mar 2026, 14:00" in text for text in said)


def _tracker() -> bytes:
    out = io.StringIO()
    rows = [
        ("Client ID", "Company", "Interview date", "Result", "Who phoned"),
        ("C-014", "Alder & Pike", "03/04/2026 10:00", "Attended", "them"),
        ("C-015", "Alder & Pike", "05/04/2026 10:00", "Ghosted", "them"),
        ("C-016", "Alder & Pike", "05/04/2026 10:00", "No show", "them"),
        ("", "Alder & Pike", "06/04/2026 10:00", "Attended", "them"),
        ("C-017", "Alder & Pike", "next week", "Attended", "them"),
    ]
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def test_an_import_is_spanish_from_the_questions_to_what_stays_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stages: dict[str, list[set[str]]] = {}

    def make(code: str) -> Any:
        page = log_panel(str(tmp_path / f"{code}.db"), "Ada", "Europe/Madrid")
        page.parts.go("files")
        importer = next(one for one in inside(page) if hasattr(one, "_outcome"))
        importer.model.take("calls.csv", _tracker())
        asked = [shown(page)]
        for question in list(importer.model.proposal.open_questions):
            value = question.options[1] if question.options else "Europe/Madrid"
            importer.model.answer(question.name, value)
        asked.append(shown(page))
        importer.model.bring_in(lambda *__: None)
        asked.append(shown(page))
        stages[code] = asked
        return page

    in_both(monkeypatch, make)
    for english, spanish in zip(stages["en"], stages["es"], strict=True):
        both = {text for text in english & spanish if " " in text and not text[:1].isdigit()}
        assert {text for text in both if text not in TYPED and "Alder" not in text} == set()
    assert "¿Qué va primero en sus fechas?" in stages["es"][0]
    assert any("la fila no dice quién es su cliente" in text for text in stages["es"][2])


def test_what_is_kept_is_the_same_in_every_language(tmp_path: Path) -> None:
    """A log that two people read in two languages holds one text, and a file again adds nothing."""
    file = tmp_path / "calls.csv"
    rows = ["Client ID,Interview date,Outcome", "C-1,2015-02-13 10:00,Attended"]
    rows += [f"C-{n},{2016 + n}-02-13 10:00,Attended" for n in range(4)]
    rows += [f"D-{n},2016-03-{n:02} 10:00,Attended" for n in range(1, 29)]
    file.write_text("\n".join(rows), "utf-8")
    kept = {}
    for code in ("en", "es"):
        with speaking(code):
            mapping = propose(file, timezone="Europe/Madrid").mapping
            log = tmp_path / f"{code}.db"
            first = import_file(file, mapping, log, rejects=tmp_path / "r.csv")
        with speaking("es" if code == "en" else "en"):
            again = import_file(file, mapping, log, rejects=tmp_path / "r.csv")
        assert (again.imported, again.already_there) == (0, first.imported)
        with OutcomeLog.open(log) as opened:
            kept[code] = opened.calls()[["client_id", "state", "date_doubt"]]
    assert kept["en"].equals(kept["es"])
    assert kept["en"]["date_doubt"].notna().any()


@pytest.mark.parametrize("doubt", DOUBTS)
def test_a_doubt_that_was_kept_in_english_is_said_in_spanish(doubt: str) -> None:
    kept = doubt.format(first=3, last=9, day="2026-03-05")
    assert doubt_in_words(kept) == kept
    with speaking("es"):
        said = doubt_in_words(kept)
        assert said != kept and "{" not in said
        assert [one for one in ("3", "9", "2026-03-05") if one in kept] == [
            one for one in ("3", "9", "2026-03-05") if one in said
        ]
        assert doubt_in_words("the coach's own words") == "the coach's own words"


def test_what_is_wrong_with_a_call_is_said_in_spanish() -> None:
    with speaking("es"), pytest.raises(EntryError) as told:
        CallEntry(
            client_id="C-1",
            scheduled_at="2026-03-29T02:30",
            timezone="Europe/Madrid",
            state="moved",
            missed_by="candidate",
        )
    assert str(told.value).splitlines() == [
        "La llamada no se puede registrar, por 2 motivos:",
        "- scheduled_at: esta hora no existe en Europe/Madrid: los relojes se adelantan y la saltan; "
        "mira otra vez la invitación.",
        "- missed_by: a una llamada cambiada no faltó nadie; déjalo en blanco.",
    ]


def test_what_was_undone_is_named_as_the_form_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEW_COACH_LANGUAGE", "es")
    path = tmp_path / "outcomes.db"
    first = _filled(path)
    page = log_panel(str(path), "Ada", "Europe/Madrid")
    assert page.model.undo(first) == "Deshecho: Minutos de espera."


def test_the_card_that_hands_the_report_on_is_spanish(monkeypatch: pytest.MonkeyPatch) -> None:
    english, spanish = in_both(
        monkeypatch, lambda _code: hand_on_panel(Question(as_of="2026-06-30", title="A · B"))
    )
    assert [text for text in alike(english, spanish) if text not in TYPED] == []
    for one in spanish.formats.values():
        one.value = False
    with pytest.raises(KitError, match="Marca al menos un formato para el informe"):
        spanish.write()


def test_a_text_that_was_left_in_english_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    english, spanish = in_both(
        monkeypatch, lambda _code: hand_on_panel(Question(as_of="2026-06-30", title="A · B"))
    )
    for page in (english, spanish):
        page.children = (*page.children, widgets.HTML("<p>Left <b>as it</b> was</p>"))
    assert alike(english, spanish) == ["as it"]
