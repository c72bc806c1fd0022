"""Which language a served page is made in, and how its kernel hears of it."""

import contextvars
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jinja2 import Environment
from nbformat.v4 import new_code_cell, new_notebook

from interview_coach.app.page import (
    FILTERS,
    page_error,
    page_language,
    page_nav,
    page_shell,
    page_title,
    page_words,
)
from interview_coach.app.serve import app_config
from interview_coach.app.speaking import COOKIE, speak
from interview_coach.language import chosen, current, speaking


class Request:
    """As much of a request's handler as the hook asks of it."""

    def __init__(self, folder: Path, asked: str = "", kept: str = "") -> None:
        self.settings = {"server_root_dir": str(folder)}
        self.asked, self.cookies = asked, {COOKIE: kept} if kept else {}
        self.set: dict[str, str] = {}

    def get_query_argument(self, name: str, default: str) -> str:
        return self.asked if name == "language" else default

    def get_cookie(self, name: str, default: str) -> str:
        return self.cookies.get(name, default)

    def set_cookie(self, name: str, value: str, **attributes: Any) -> None:
        assert attributes["path"] == "/" and attributes["samesite"] == "Lax"
        self.set[name] = value


def served(request: Request, cwd: str = "") -> tuple[str, str, str]:
    """Give the language of the bar, its title, and what the kernel makes of the cells."""
    notebook = new_notebook(cells=[new_code_cell("panel()")])

    def answer() -> tuple[str, str, str]:
        speak(request, notebook, cwd)
        return page_language(), page_title("01_today"), page_nav("01_today")

    language, title, bar = contextvars.copy_context().run(answer)
    assert f'aria-current="page">{title.partition(" · ")[0]}<' in bar
    nbformat.validate(notebook)
    environment: dict[str, str] = {}
    for cell in notebook.cells[:-1]:
        # The cell says it to the kernel's own environment; here it is read from its text.
        name, value = cell.source.rpartition("os.environ[")[2].split("] = ")
        environment[name.strip("'")] = value.strip("'")
    return (
        language,
        title,
        chosen(environment, Path(request.settings["server_root_dir"], cwd, "coach.toml")),
    )


@pytest.mark.parametrize(
    ("asked", "kept", "settings", "expected", "cookie"),
    [
        pytest.param("", "", "", "en", None, id="nothing said"),
        pytest.param("es", "", "", "es", "es", id="asked for: remembered"),
        pytest.param("es", "es", "", "es", None, id="remembered already"),
        pytest.param("", "es", "", "es", None, id="remembered"),
        pytest.param("", "", "es", "es", None, id="the coach's settings"),
        pytest.param("", "en", "es", "en", None, id="the browser beats the settings"),
        pytest.param("en", "es", "es", "en", "en", id="the address beats both"),
        pytest.param("'] or 1", "<b>", "", "en", None, id="nonsense is passed over"),
    ],
)
def test_bar_and_kernel_speak_the_same_language(
    tmp_path: Path, asked: str, kept: str, settings: str, expected: str, cookie: str | None
) -> None:
    if settings:
        (tmp_path / "coach.toml").write_text(f'language = "{settings}"', "utf-8")
    request = Request(tmp_path, asked, kept)
    language, title, of_kernel = served(request)
    assert (language, of_kernel) == (expected, expected)
    assert title == {"en": "Today", "es": "Hoy"}[expected] + " · Interview Coach"
    assert request.set.get(COOKIE) == cookie
    assert current() == "en", "another request would have been answered in this one's language"


def test_settings_beside_a_notebook_in_a_folder_count(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "coach.toml").write_text('language = "es"', "utf-8")
    assert served(Request(tmp_path), "mine")[0] == "es"
    assert served(Request(tmp_path))[0] == "en"


def test_settings_that_name_no_language_still_open_the_page(tmp_path: Path) -> None:
    """The panel says the sentence in the page; the bar around it must not fail before that."""
    (tmp_path / "coach.toml").write_text('language = "tlh"', "utf-8")
    handler, notebook = Request(tmp_path), new_notebook()
    contextvars.copy_context().run(speak, handler, notebook, "")
    assert notebook.cells == []


def test_what_kept_a_page_from_opening_is_said_in_its_language(tmp_path: Path) -> None:
    def answer() -> str:
        speak(Request(tmp_path, "es"), new_notebook(), "")
        return page_error({"ename": "ZeroDivisionError", "evalue": "secret"})

    said = contextvars.copy_context().run(answer)
    assert "No se pudo abrir esta página" in said and "secret" not in said


def test_the_server_asks_the_hook(tmp_path: Path) -> None:
    config = app_config(tmp_path, port=1, token="x", browser=False)
    assert config.VoilaConfiguration.prelaunch_hook is speak


def test_the_page_around_a_panel_says_its_words_in_the_language_of_the_page() -> None:
    script = page_shell()
    assert 'textContent = "Go on where you were"' in script
    assert page_words("opening") == "Opening this page. The first one takes a few seconds."
    with speaking("es"):
        spanish = page_shell()
        assert 'textContent = "Seguir donde estabas"' in spanish
        assert page_words("skip") == "Saltar a la página"
    # Nothing but the texts differs: no mark is left in either.
    assert [text for text in (script, spanish) if '_("' in text] == []
    assert len(script.splitlines()) == len(spanish.splitlines())


def test_the_template_that_was_made_in_one_language_serves_the_other_too() -> None:
    template = Environment(autoescape=True)
    template.filters |= FILTERS
    page = template.from_string('{{ "" | kit_language }} {{ "skip" | kit_words }}')
    assert page.render() == "en Skip to the page"
    with speaking("es"):
        assert page.render() == "es Saltar a la página"
