"""Practice, "My progress" and the page of messages are whole in Spanish, with what the review says."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from whenever import ZonedDateTime

from interview_coach.errors import KitError
from interview_coach.language import speaking, use
from interview_coach.messages import fill, review
from interview_coach.messages.invitation_reading import read_invitation
from interview_coach.messages.numbers import number_words
from interview_coach.messages.typed import read_typed
from interview_coach.panels import progress
from interview_coach.panels.messages import messages_panel
from interview_coach.panels.practice import practice_panel
from interview_coach.panels.practice_words import NAME
from interview_coach.playbook import load_playbook
from interview_coach.simulation import LEVELS
from interview_coach.times import read_time
from tests.language.showing import alike, shown
from tests.panels.driving import buttons

Pages = tuple[Any, Any]

NOW = read_time("2026-03-05T14:07", "Europe/Madrid", "now")
# What a person wrote stands on the page in its own language, whole and word by word.
OWN = "You forgot to call me, which is unacceptable. Call me back immediately."


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    use("en")


def in_both(monkeypatch: pytest.MonkeyPatch, make: Callable[[str], Any]) -> Pages:
    """Make the same page in both languages."""
    pages = []
    for code in ("en", "es"):
        monkeypatch.setenv("INTERVIEW_COACH_LANGUAGE", code)
        pages.append(make(code))
    return pages[0], pages[1]


def left(pages: Pages, written: str = "") -> list[str]:
    """Give what reads alike on both, but for the kit's name and a message with its words."""
    return [
        text
        for text in alike(*pages)
        if text != "Interview Coach" and NAME not in text and text.strip("“”: ") not in written
    ]


def both(pages: Pages, do: Callable[[Any], object], written: str = "") -> list[str]:
    """Do the same on both pages, each in its language; give what reads alike then."""
    for page, code in zip(pages, ("en", "es"), strict=True):
        with speaking(code):
            do(page)
    return left(pages, written)


def press(english: str, spanish: str) -> Callable[[Any], None]:
    def pressed(page: Any) -> None:
        there = buttons(page)
        there[english if english in there else spanish].click()

    return pressed


@pytest.fixture
def practice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Pages:
    # What charts say is another part's, and another test's.
    monkeypatch.setattr(progress, "_chart", lambda *_given: None)
    return in_both(
        monkeypatch, lambda code: practice_panel(log=str(tmp_path / f"{code}.db"), house="")
    )


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("scenario", ["silent_phone", "overslept", "video_nobody_joins"])
def test_a_practised_call_is_spanish_from_its_choice_to_what_is_kept(
    practice: Pages, scenario: str, level: str
) -> None:
    assert left(practice) == []
    assert both(practice, lambda page: page.model.begin(scenario, level, 7)) == []
    assert both(practice, lambda page: page.model.ask_hint()) == []
    chance = random.Random(level)
    while practice[0].model.play.outcome is None:
        model = practice[0].model
        if model.writing is not None:
            assert both(practice, lambda page: page.model.send(OWN), OWN) == []
            continue
        number = chance.randrange(len(model.choices()))

        def choose(page: Any, number: int = number) -> None:
            page.model.choose(page.model.choices()[number].action)

        assert both(practice, choose, OWN) == []
    assert practice[1].model.play.outcome == practice[0].model.play.outcome
    assert both(practice, lambda page: page.model.the_guided_way()) == []
    assert both(practice, lambda page: page.model.look_at_progress()) == []
    assert both(practice, press("Erase mine", "Borrar las mías")) == []
    assert both(practice, press("Erase 1 call", "Borrar 1 llamada")) == []


def test_a_call_that_was_broken_off_is_offered_in_spanish(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken_off(code: str) -> Any:
        log = str(tmp_path / f"{code}.db")
        practice_panel(log=log, house="").model.begin("silent_phone", "plain", 7)
        return practice_panel(log=log, house="")

    assert left(in_both(monkeypatch, broken_off)) == []


@pytest.mark.parametrize("kind", load_playbook().kinds)
def test_the_page_of_messages_asks_and_reviews_in_spanish(
    monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    pages = in_both(
        monkeypatch, lambda code: messages_panel("Europe/Madrid", "2026-03-05T14:07", desk="")
    )
    assert both(pages, lambda page: setattr(page.model, "kind", kind)) == []
    assert both(pages, press("I write it myself", "Lo escribo yo")) == []
    for text in (
        OWN,
        "Hallo [Name], u forgot. LOL!!!",
        "¿Hola? Le llamé hoy. Gracias.",
        "so " * 200,
    ):

        def draft(page: Any, text: str = text) -> None:
            page.draft.text = text

        assert both(pages, draft, text) == []


def test_what_a_suggestion_adds_is_english_as_the_review_reads_english(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pages = in_both(
        monkeypatch, lambda code: messages_panel("Europe/Madrid", "2026-03-05T14:07", desk="")
    )
    for page, code in zip(pages, ("en", "es"), strict=True):
        with speaking(code):
            page.model.time = NOW.to_stdlib().time()
            press("I write it myself", "Lo escribo yo")(page)
            missing = {one.item: one for one in page.draft.review().missing}
            said = page.draft.wording(missing["appointment_time"])
            assert "2:07 pm" in said
            assert any(said in text for text in shown(page))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("+44 20 7946 0958", "puede ser un número"),
        ("+44 20 7946", "muy pocas cifras para su país"),
        ("020 7946 0958 ext 12", "Después va la extensión 12."),
        ("12345", "solo tiene 5 cifras"),
        ("abc", "No hay ningún número en “abc”"),
        ("+999 1234567", "Ningún país tiene un prefijo"),
    ],
)
def test_what_is_said_of_a_number_is_spanish(given: str, expected: str) -> None:
    with speaking("es"):
        assert expected in number_words(given)


def _ics(start: str, more: str = "") -> str:
    return (
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:1\n"
        f"DTSTART{start}\n{more}DURATION:PT45M\nEND:VEVENT\nEND:VCALENDAR\n"
    )


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        pytest.param(
            lambda: read_typed("Interview 03/05/2026 at 2:00", timezone="Europe/Madrid", now=NOW),
            (
                "03/05/2026 puede ser el 3 de mayo de 2026 o el 5 de marzo de 2026: se toma el 5 de "
                "marzo de 2026; comprueba el día.",
                "No dice si se refiere a la mañana o a la tarde; compruébalo.",
            ),
            id="two days",
        ),
        pytest.param(
            lambda: read_typed("Friday 5 March 2026, 14:00 CET", timezone="Europe/Madrid", now=NOW),
            (
                "El 5 de marzo de 2026 cae en jueves, pero dice viernes: se toma el 5 de marzo de 2026; "
                "comprueba el día.",
            ),
            id="another weekday",
        ),
        pytest.param(
            lambda: read_invitation(
                _ics(":20260305T140000", "RRULE:FREQ=WEEKLY;COUNT=3\n"),
                timezone="Europe/Madrid",
                now=NOW,
            ),
            (
                "No indica ninguna zona horaria: 14:00 se toma como tu propia hora; compruébalo con la "
                "otra parte.",
                "Se repite: se toma la vez más cercana a ahora, jueves 5 de marzo, 14:00; comprueba el día.",
            ),
            id="a series without a zone",
        ),
    ],
)
def test_what_is_doubtful_in_an_invitation_is_spanish(
    read: Callable[[], Any], expected: tuple[str, ...]
) -> None:
    with speaking("es"):
        doubts = read().doubts
    assert [one for one in expected if one not in doubts] == [], doubts


def _fill(**fields: Any) -> Callable[[ZonedDateTime], object]:
    return lambda now: fill("email_no_answer", fields, load_playbook(language="es"), now=now)


@pytest.mark.parametrize(
    ("refused", "expected"),
    [
        pytest.param(
            lambda now: read_typed("soon", timezone="Europe/Madrid", now=now),
            "invitación: no se puede leer ninguna hora; escribe el día y la hora.",
            id="no time",
        ),
        pytest.param(
            lambda now: read_invitation("x", timezone="Europe/Madrid"),
            "invitación: esto no es un archivo de calendario (.ics); elige otro, o escribe el día y la "
            "hora.",
            id="no calendar",
        ),
        pytest.param(
            lambda now: review("call_apology", "x" * 20_001, load_playbook(language="es")),
            "el borrador tiene 20.001 caracteres, más de los 20.000 que se leen; pega solo el mensaje.",
            id="far too long",
        ),
        pytest.param(
            _fill(sender="[Name]"), "aún contiene un espacio sin rellenar ([Name])", id="blank"
        ),
        pytest.param(_fill(attempts=0), "tiene que ser un número entero, 1 o más", id="count"),
    ],
)
def test_what_is_refused_is_said_in_spanish(
    refused: Callable[[ZonedDateTime], object], expected: str
) -> None:
    with speaking("es"), pytest.raises(KitError) as told:
        refused(NOW)
    assert expected in str(told.value)
