"""A page is made in the language that was asked for, and says which one it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from interview_coach import language
from interview_coach.language import current, speaking, use
from interview_coach.panels import kit
from interview_coach.panels.home import home_panel
from interview_coach.panels.kit import language as kit_language
from interview_coach.panels.kit.assist import Assist
from interview_coach.panels.kit.nav import nav
from interview_coach.panels.today import today_panel


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    use("en")


def test_a_page_speaks_the_language_of_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUERY_STRING", "token=x&language=es")
    page = home_panel(log="none.db", now="2026-03-05T14:07", timezone="Europe/Madrid")
    assert page.title == "La llamada no se logró. ¿Y ahora qué?"
    assert (page._assist.lang, page._assist.words["copied"]) == ("es", "Copiado")
    # Buttons that are pressed later speak it too: it holds for the whole kernel.
    assert current() == "es"
    monkeypatch.setenv("QUERY_STRING", "")
    assert home_panel(log="none.db").title == "The call did not connect. What now?"


def test_the_day_itself_in_spanish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEW_COACH_LANGUAGE", "es")
    page = today_panel(
        timezone="Europe/Madrid", now="2026-03-05T14:07", their_timezone="America/New_York"
    )
    model = page.model
    model.time = model.moment().subtract(minutes=7).time().to_stdlib()
    model.ask()
    assert page.title == "Tu reloj marca 14:07; el suyo, 8:07."
    assert page.lead.startswith("14:00 en tu reloj equivale a 8:00 en el suyo. Si la invitación")
    said = [step.say for step in model.plan.steps]
    assert said[:2] == [
        "Respira",
        "Revisa la invitación: fecha, hora, mañana o tarde, zona horaria",
    ]


def test_the_bar_is_translated_and_its_pages_stay() -> None:
    with speaking("es"):
        bar = nav("today")
    assert ">Hoy</a>" in bar and "01_today.ipynb" in bar and ">Practicar</a>" in bar
    assert ">Today</a>" in nav("today")


def test_a_language_that_is_not_complete_is_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kit_language, "OFFERED", ("en",))
    assert kit_language.language_switch() is None
    assert "language=" not in nav("home")


def test_the_switch_names_each_language_in_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kit_language, "OFFERED", tuple(language.LANGUAGES))
    assert (
        '<a href="?language=es" lang="es" hreflang="es" data-ic-language="es">Español</a>'
        in nav("home")
    )
    with speaking("es"):
        assert ">English</a>" in nav("home") and ">Español</a>" not in nav("home")


def test_the_words_of_the_script_are_all_there() -> None:
    code = Path(kit_language.__file__).with_name("assist.js").read_text("utf-8")
    words = Assist("A page").words
    assert words
    assert [name for name in words if f"words.{name}" not in code] == []


def test_a_panel_keeps_its_name_and_arguments() -> None:
    @kit.panel
    def some_panel(title: str, *, more: int = 1) -> tuple[str, int]:
        """Make it."""
        return title, more

    assert some_panel("x", more=2) == ("x", 2)
    assert (some_panel.__name__, some_panel.__doc__) == ("some_panel", "Make it.")
