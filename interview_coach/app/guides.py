"""The guides as pages of the app: Markdown in, a page in the kit's own looks out.

What is served is exactly what lies in `docs`: a reader on a code host and a reader in the app see
the same words. No kernel is needed, so a guide opens at once, also when a page will not.
"""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path, PurePosixPath
from typing import Any

import mistune

from interview_coach.app.frame import whole_page
from interview_coach.errors import KitError
from interview_coach.language import LANGUAGES, N_, _, current
from interview_coach.panels.kit.markup import Html, el, trusted
from interview_coach.panels.kit.nav import GUIDES, PAGES, nav
from interview_coach.panels.kit.purposes import PURPOSES
from interview_coach.shipped import shipped

__all__ = ["guide_page", "index_page", "known_guides", "missing_links", "picture"]

_NAME = re.compile(r"[a-z][a-z0-9_-]*\Z")
_PAGES_AT = "../voila/render/"
_MORE = {
    "workshop": N_("A workshop: keys, votes, what is kept"),
    "reporting": N_("Reports: every choice"),
    "importing": N_("Bring in your own file"),
    "measures": N_("What each figure counts"),
    "suppression": N_("What stays hidden in a funder's report"),
    "comparing": N_("Which policy works better"),
    "message_review": N_("How a draft is read"),
    "team": N_("A log that several coaches share"),
}
"""Further pages of `docs`, by file name, each with what it tells. They are in English."""


def known_guides() -> dict[str, str]:
    """Give the name of every guide in the app, with its title in the language that is spoken."""
    return {name: _(title) for name, title in {**GUIDES, **_MORE}.items()}


@cache
def _folder() -> Path:
    return shipped("docs")


def _file(name: str, language: str = "en") -> Path:
    """Give the file of a guide, in English where there is none in a language."""
    if not _NAME.match(name) or name not in {**GUIDES, **_MORE}:
        raise KitError(
            _("There is no guide {name}; the list of guides names all there are.").format(
                name=repr(name)
            )
        )
    translated = _folder() / "guides" / language / f"{name}.md"
    if language != "en" and translated.is_file():
        return translated
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
        raise KitError(_("There is no picture {name} in the guides.").format(name=repr(name)))
    return path.read_bytes()


def index_page() -> str:
    """Write the page that leads to all guides, with what each page of the app is for."""
    pages = [
        el(
            "li",
            el("h3", el("a", _(PAGES[key][0]), href=f"{_PAGES_AT}{PAGES[key][1]}.ipynb")),
            el("p", *(f"{_(sentence)} " for sentence in about.says)),
        )
        for key, about in PURPOSES.items()
    ]
    return _whole(
        _("Help"),
        el("h1", _("Help")),
        el("p", _("Three guides, one for each way to use the kit."), class_="ic-lead"),
        el("ul", [_guide_card(name) for name in GUIDES], class_="ic-guides"),
        el("h2", _("What each page is for")),
        el("ul", pages, class_="ic-plain"),
        el("h2", _("In detail") if current() == "en" else _("In detail (in English)")),
        el(
            "ul",
            [
                el("li", el("a", title, href=name))
                for name, title in known_guides().items()
                if name not in GUIDES
            ],
        ),
    )


def _guide_card(name: str) -> Html:
    first = _paragraph(_file(name, current()).read_text(encoding="utf-8"))
    return el(
        "li",
        el("h2", el("a", _(GUIDES[name]), href=name)),
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
    file, english = _file(name, current()), _file(name)
    # A link to a part leads to the same part in each language.
    parts = re.findall(r"^## (.+)$", english.read_text(encoding="utf-8"), re.MULTILINE)
    renderer = _Guide([_anchor(words) for words in parts])
    body = mistune.create_markdown(renderer=renderer, plugins=["table"])(
        file.read_text(encoding="utf-8")
    )
    contents = el(
        "nav",
        el("h2", _("On this page")),
        el("ul", [el("li", el("a", words, href=f"#{key}")) for key, words in renderer.parts]),
        aria_label=_("On this page"),
        class_="ic-contents",
    )
    return _whole(
        known_guides()[name],
        el("p", el("a", _("All guides"), href="./"), class_="ic-small"),
        contents if len(renderer.parts) > 2 else None,
        # Made by the renderer below from escaped words, from files that are the kit's own.
        el(
            "article",
            trusted(str(body)),
            class_="ic-guide",
            lang="en" if file == english and current() != "en" else None,
        ),
    )


def _whole(title: str, *parts: Any) -> str:
    return whole_page(title, nav("help", pages=_PAGES_AT, guides=""), *parts)


def _anchor(words: str) -> str:
    """Give a heading's anchor, as code hosts make it."""
    return re.sub(r"[^\w\- ]", "", words.lower()).strip().replace(" ", "-")


class _Guide(mistune.HTMLRenderer):
    """Writes a guide's markup; links lead to other guides and pages, pictures come from here."""

    def __init__(self, anchors: list[str]) -> None:
        super().__init__(escape=True)
        self._anchors = iter(anchors)
        self.parts: list[tuple[str, str]] = []

    def heading(self, text: str, level: int, **_rest: Any) -> str:
        words = unescape(re.sub(r"<[^>]*>", "", text))
        anchor = _anchor(words)
        if level == 2:
            anchor = next(self._anchors, anchor)
            self.parts.append((anchor, words))
        return el(f"h{level}", trusted(text), id=anchor) + "\n"

    def link(self, text: str, url: str, title: str | None = None) -> str:
        target = _leads_to(url)
        return el("a", trusted(text), href=target) if target else text

    def image(self, text: str, url: str, title: str | None = None) -> str:
        name = PurePosixPath(url).name
        return el("img", src=f"pictures/{name}", alt=text, loading="lazy")

    def block_code(self, code: str, info: str | None = None) -> str:
        # Wider than a telephone, it scrolls by itself: by keyboard too.
        return (
            el("pre", el("code", code), tabindex="0", role="region", aria_label=_("To type")) + "\n"
        )

    def table(self, text: str) -> str:
        table = el("table", trusted(text))
        return el(
            "div", table, class_="ic-wide", role="region", aria_label=_("Table"), tabindex="0"
        )


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
    files = {(name, _file(name, language)) for name in known_guides() for language in LANGUAGES}
    for name, file in sorted(files):
        text = file.read_text(encoding="utf-8")
        for mark, url in re.findall(r"(!?)\[[^\]]*\]\(([^)\s]+)\)", text):
            if mark:
                there = (_folder() / "images" / PurePosixPath(url).name).is_file()
                if not there:
                    yield f"{name}: {url}"
            elif not _leads_to(url):
                yield f"{name}: {url}"
