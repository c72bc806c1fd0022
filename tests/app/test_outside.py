"""What stands where no page does says what to do, and quotes nothing but sentences of the kit."""

import pytest
from jinja2 import DictLoader, Environment
from tornado.web import HTTPError

from interview_coach.app.outside import add_error_pages, add_way_in, error_page, way_in
from interview_coach.errors import KitError
from interview_coach.language import speaking

GUARD = '<input type="hidden" name="_xsrf" value="x">'


@pytest.mark.parametrize(
    ("status", "title"),
    [
        (404, "There is no such page"),
        (403, "This is not open to you"),
        (500, "This page could not be opened"),
    ],
)
def test_an_error_is_said_with_a_way_on_and_without_its_text(status: int, title: str) -> None:
    page = error_page("/", status, HTTPError(status, "Amara O. is not there"))
    assert f"<h1>{title}</h1>" in page
    assert f"<title>{title}" in page
    assert "Amara" not in page
    assert 'href="/voila/render/01_today.ipynb"' in page


def test_a_sentence_of_the_kit_is_shown() -> None:
    raised = HTTPError(404, "x")
    raised.__cause__ = KitError("There is no guide '<b>'; the list of guides names all there are.")
    assert "There is no guide &#x27;&lt;b&gt;&#x27;; the list" in error_page("/", 404, raised)


def test_the_way_in_asks_for_the_link_and_leads_on_to_the_page() -> None:
    page = way_in("/", "%2Fvoila%22%3E", None, GUARD)
    assert '<form method="post" action="/login?next=%2Fvoila%22%3E">' + GUARD in page
    assert "That opens nothing here." not in page
    assert "That opens nothing here." in way_in("/", "", {"error": "Invalid credentials"}, GUARD)
    assert "/&quot;&gt;" in way_in('/">', "", None, GUARD)


def test_both_speak_the_reader_s_language() -> None:
    with speaking("es"):
        assert '<html lang="es"' in way_in("/", "", None, GUARD)
        assert "There is" not in error_page("/", 404, None)


class _Server:
    def __init__(self) -> None:
        kept = {"404.html": "theirs", "login.html": "theirs", "page.html": "theirs"}
        names = ("jinja2_env", "voila_jinja2_env")
        self.web_app = self
        self.settings = {
            one: Environment(loader=DictLoader(kept), autoescape=True) for one in names
        }


def test_the_server_s_own_pages_are_replaced_and_its_others_stay() -> None:
    server = _Server()
    add_error_pages(server)
    add_way_in(server)
    for environment in server.settings.values():
        told = {"base_url": "/", "status_code": 500, "exception": None}
        assert "<h1>This page could not be opened" in environment.get_template("error.html").render(
            told
        )
        assert environment.get_template("page.html").render() == "theirs"
    asked = {"base_url": "/", "next": "", "message": None, "xsrf_form_html": lambda: GUARD}
    login = server.settings["jinja2_env"].get_template("login.html").render(asked)
    assert GUARD in login
    assert server.settings["voila_jinja2_env"].get_template("login.html").render() == "theirs"
