"""The guides as pages of the app: Markdown in, a page in the kit's own looks out.

What is served is exactly what lies in `docs`: a reader on a code host and a reader in the app see
the same words. No kernel is needed, so a guide opens at once, also when a page will not.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import mistune

from interview_coach.app.page import page_style
from interview_coach.errors import KitError
from interview_coach.panels.kit.markup import Html, el, escape, join, trusted
from interview_coach.panels.kit.nav import GUIDES, PAGES, nav
from interview_coach.panels.kit.purposes import PURPOSES
from interview_coach.shipped import shipped

__all__ = ["guide_page", "index_page", "known_guides", "missing_links", "picture"]

_NAME = re.compile(r"[a-z][a-z0-9_-]*\Z")
_PAGES_AT = "../voila/render/"
_MORE = {
    "workshop": "A workshop: keys, votes, what is kept",
    "reporting": "Reports: every choice",
    "importing": "Bring in your own file",
    "measures": "What each figure counts",
    "suppression": "What stays hidden in a funder's report",
    "comparing": "Which policy works better",
    "message_review": "How a draft is read",
    "team": "A log that several coaches share",
}
"""Further pages of `docs`, by file name, each with what it tells."""


def known_guides() -> dict[str, str]:
    """Give the name of every guide in the app, with its title."""
    return {**GUIDES, **_MORE}


@cache
def _folder() -> Path:
    return shipped("docs")


def _file(name: str) -> Path:
    if not _NAME.match(name) or name not in known_guides():
        raise KitError(f"There is no guide {name!r}; the list of guides names all there are.")
    return _folder() / ("guides" if name in GUIDES else "") / f"{name}.md"


def picture(name: str) -> bytes:
    """Read a picture of a guide.

    Parameters
    ----------
    name : str
        Its file name, such as ``practise.png``.

    Raises
    ------
    KitError
        If there is none of that name.
    """
    path = _folder() / "images" / name
    if not re.fullmatch(r"[a-z][a-z0-9_-]*\.png", name) or not path.is_file():
        raise KitError(f"There is no picture {name!r} in the guides.")
    return path.read_bytes()


def index_page() -> str:
    """Write the page that leads to all guides, with what each page of the app is for."""
    pages = [
        el(
            "li",
            el("h3", el("a", PAGES[key][0], href=f"{_PAGES_AT}{PAGES[key][1]}.ipynb")),
            el("p", *(f"{sentence} " for sentence in about.says)),
        )
        for key, about in PURPOSES.items()
    ]
    return _whole(
        "Help",
        el("h1", "Help"),
        el("p", "Three guides, one for each way to use the kit.", class_="ic-lead"),
        el("ul", [_guide_card(name, title) for name, title in GUIDES.items()], class_="ic-guides"),
        el("h2", "What each page is for"),
        el("ul", pages, class_="ic-plain"),
        el("h2", "In detail"),
        el(
            "ul",
            [
                el("li", el("a", title, href=name))
                for name, title in known_guides().items()
                if name not in GUIDES
            ],
        ),
    )


def _guide_card(name: str, title: str) -> Html:
    first = _paragraph((_file(name)).read_text(encoding="utf-8"))
    return el(
        "li",
        el("h2", el("a", title, href=name)),
        el("p", first) if first else None,
        class_="ic-card",
    )


def _paragraph(text: str) -> str:
    """Give the first paragraph under the title, as plain words."""
    below = text.split("\n\n")[1] if text.count("\n\n") else ""
    return re.sub(r"[*`]|\[|\]\([^)]*\)", "", " ".join(below.split()))


def guide_page(name: str) -> str:
    """Write one guide as a page.

    Parameters
    ----------
    name : str
        A key of `known_guides`.

    Raises
    ------
    KitError
        If there is none of that name.
    """
    text = _file(name).read_text(encoding="utf-8")
    renderer = _Guide()
    body = mistune.create_markdown(renderer=renderer, plugins=["table"])(text)
    contents = el(
        "nav",
        el("h2", "On this page"),
        el("ul", [el("li", el("a", words, href=f"#{key}")) for key, words in renderer.parts]),
        aria_label="On this page",
        class_="ic-contents",
    )
    return _whole(
        known_guides()[name],
        el("p", el("a", "All guides", href="./"), class_="ic-small"),
        contents if len(renderer.parts) > 2 else None,
        # Made by the renderer below from escaped words, from files that are the kit's own.
        el("article", trusted(str(body)), class_="ic-guide"),
    )


def _whole(title: str, *parts: Any) -> str:
    head = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)} · Interview Coach</title>\n<style>{page_style()}</style>\n</head>\n"
    )
    body = join(
        (
            el("a", "Skip to the page", href="#page", class_="ic-skip"),
            el("header", nav("help", pages=_PAGES_AT, guides=""), class_="ic-shell"),
            el(
                "main",
                el("div", *parts, class_="ic-page"),
                id="page",
                class_="ic-shell",
                tabindex="-1",
            ),
        )
    )
    return f'{head}<body class="ic-app ic-help">\n{body}\n</body>\n</html>\n'


def _anchor(words: str) -> str:
    """Give a heading's anchor, as code hosts make it."""
    return re.sub(r"[^\w\- ]", "", words.lower()).strip().replace(" ", "-")


class _Guide(mistune.HTMLRenderer):
    """Writes a guide's markup; links lead to other guides and pages, pictures come from here."""

    def __init__(self) -> None:
        super().__init__(escape=True)
        self.parts: list[tuple[str, str]] = []

    def heading(self, text: str, level: int, **_: Any) -> str:
        words = re.sub(r"<[^>]*>", "", text)
        if level == 2:
            self.parts.append((_anchor(words), words))
        return el(f"h{level}", trusted(text), id=_anchor(words)) + "\n"

    def link(self, text: str, url: str, title: str | None = None) -> str:
        target = _leads_to(url)
        return el("a", trusted(text), href=target) if target else text

    def image(self, text: str, url: str, title: str | None = None) -> str:
        name = PurePosixPath(url).name
        return el("img", src=f"pictures/{name}", alt=text, loading="lazy")

    def block_code(self, code: str, info: str | None = None) -> str:
        # Wider than a telephone, it scrolls by itself: by keyboard too.
        return el("pre", el("code", code), tabindex="0", role="region", aria_label="To type") + "\n"

    def table(self, text: str) -> str:
        table = el("table", trusted(text))
        return el("div", table, class_="ic-wide", role="region", aria_label="Table", tabindex="0")


def _leads_to(url: str) -> str:
    """Give where a link of a guide leads in the app; "" where the app has no such place."""
    path, hash_, part = url.partition("#")
    if url.startswith("#") or re.match(r"(https?|mailto):", url):
        return url
    file = PurePosixPath(path)
    if file.suffix == ".ipynb":
        return f"{_PAGES_AT}{file.name}"
    return f"{file.stem}{hash_}{part}" if file.stem in known_guides() else ""


def missing_links() -> Iterator[str]:
    """Name every link of a guide that leads nowhere in the app, and every picture that is not there."""
    for name in known_guides():
        text = _file(name).read_text(encoding="utf-8")
        for mark, url in re.findall(r"(!?)\[[^\]]*\]\(([^)\s]+)\)", text):
            if mark:
                there = (_folder() / "images" / PurePosixPath(url).name).is_file()
                if not there:
                    yield f"{name}: {url}"
            elif not _leads_to(url):
                yield f"{name}: {url}"
