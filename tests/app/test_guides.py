"""The guides as pages: every link and picture leads somewhere, nothing in them runs, a login is asked for."""

import re
from pathlib import Path

import pytest

from interview_coach.app import guides
from interview_coach.app.guides import (
    guide_page,
    index_page,
    known_guides,
    missing_links,
    picture,
)
from interview_coach.errors import KitError
from interview_coach.language import LANGUAGES, OFFERED, speaking
from interview_coach.panels.kit.markup import escape
from interview_coach.panels.kit.nav import GUIDES, PAGES
from interview_coach.panels.kit.purposes import PURPOSES
from interview_coach.panels.kit.theme import looks_js


def test_every_link_and_every_picture_is_there() -> None:
    assert list(missing_links()) == []


@pytest.mark.parametrize("name", known_guides())
def test_a_guide_is_a_page_with_one_heading_and_named_pictures(name: str) -> None:
    page = guide_page(name)
    assert page.count("<h1") == 1
    assert 'aria-current="page">Help<' in page
    for image in re.findall(r"<img[^>]*>", page):
        assert re.search(r'alt="[^"]{10,}"', image), image
    for anchor in re.findall(r'href="#([^"]+)"', page):
        assert f'id="{anchor}"' in page
    # Nothing is fetched from elsewhere but by a click.
    assert not re.search(r'<(link|iframe)\b|src="(?!pictures/)', page)
    assert page.count("<script") == 1 and looks_js() in page


def test_links_between_guides_and_to_pages_work_in_the_app() -> None:
    page = guide_page("client")
    assert 'href="../voila/render/01_today.ipynb"' in page
    assert 'href="suppression"' in guide_page("reports")
    assert 'href="suppression#what-it-cannot-do"' in guide_page("reporting")


def test_what_a_link_of_a_part_promises_is_there() -> None:
    for key, about in PURPOSES.items():
        assert key in PAGES
        assert f'id="{about.part}"' in guide_page(about.guide), key
        assert len(about.says) == 2
        assert all(sentence.endswith(".") for sentence in about.says)
    assert set(PURPOSES) == set(PAGES) - {"home"}


def test_the_list_leads_to_every_guide_and_page() -> None:
    page = index_page()
    for name, title in known_guides().items():
        assert f'href="{name}">{escape(title)}<' in page
    for key in PURPOSES:
        assert f'href="../voila/render/{PAGES[key][1]}.ipynb"' in page


@pytest.mark.parametrize("name", ["nothing", "../README", "decisions", "Client", ""])
def test_what_is_no_guide_is_said_so(name: str) -> None:
    with pytest.raises(KitError, match="There is no guide"):
        guide_page(name)


@pytest.mark.parametrize("name", ["nothing.png", "../../pyproject.toml", "today.txt", "..png"])
def test_what_is_no_picture_is_said_so(name: str) -> None:
    with pytest.raises(KitError, match="There is no picture"):
        picture(name)
    assert picture("today.png").startswith(b"\x89PNG")


def test_markup_in_a_guide_is_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "guides").mkdir()
    hostile = '# A <img src=x onerror=alert(1)>\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![y](z" onerror="1.png)\n'
    for name in GUIDES:
        (tmp_path / "guides" / f"{name}.md").write_text(hostile, encoding="utf-8")
    monkeypatch.setattr(guides, "_folder", lambda: tmp_path)
    page = guide_page("client")
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "javascript:" not in page
    assert not re.search(r"<[^>]*\sonerror=", page)


def test_the_guides_are_behind_the_login() -> None:
    from tornado.web import Application, RedirectHandler

    from interview_coach.app.help import load_jupyter_server_extension

    class Server:
        web_app = Application(base_url="/coach/")

    load_jupyter_server_extension(Server())
    rules = Server.web_app.default_router.rules[0].target.rules
    handlers = [one.target for one in rules if one.target is not RedirectHandler]
    assert len(handlers) == 3
    for one in handlers:
        # `authenticated` wraps the method; without it the login is not asked for.
        assert one.get.__wrapped__
        assert not getattr(one, "allow_unauthenticated", False)


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_is_whole_in_each_language(name: str, language: str) -> None:
    english = guide_page(name).partition("<article")[2]
    with speaking(language):
        whole = guide_page(name)
    page = whole.partition("<article")[2]
    assert f'<html lang="{language}">' in whole
    assert page.startswith(' class="ic-guide">')  # not the English one, marked as such
    for mark in ("<h2 ", "<h3", "<img", "<li>", "<table>", "<tr>", "<td>"):
        assert page.count(mark) == english.count(mark), mark
    found = [
        re.findall(r'<(?:h2|img|a)[^>]*(?: id| src| href)="([^"]*)"', one)
        for one in (page, english)
    ]
    assert found[0] == found[1]  # the same parts, pictures and links, in the same order


def test_the_list_says_what_is_in_english_alone() -> None:
    with speaking("es"):
        page = index_page()
        detail = guide_page("measures")
    assert "En detalle (en inglés)" in page
    assert '<article class="ic-guide" lang="en">' in detail
    assert "en" in OFFERED
