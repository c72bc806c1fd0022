"""Text from people is always escaped, and nothing that could run is built."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.panels import kit
from interview_coach.panels.kit.markup import Html, el, escape, join, trusted


class Reader(HTMLParser):
    """What a browser would make of it: the tags, the attributes, the text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    "words",
    [
        "<img src=x onerror=alert(1)>",
        "</p><script>alert(1)</script>",
        '"><svg onload=alert(1)>',
        "&lt;b&gt;",
        "Zoë O'Brien & <Söhne>",
    ],
)
def test_text_from_people_stays_text(words: str) -> None:
    read = Reader(el("p", words, title=words))
    assert read.tags == ["p"]
    assert read.text == words
    assert read.attributes == [("title", words)]


@given(st.text(), st.text())
def test_any_text_comes_out_as_it_went_in(words: str, more: str) -> None:
    read = Reader(el("div", words, el("b", more), data_note=more))
    assert read.tags == ["div", "b"]
    # A parser turns line ends of any kind into what they are: nothing else may change.
    assert read.text == words + more
    assert read.attributes == [("data-note", more)]


def test_html_stands_as_it_is_and_a_sum_does_not() -> None:
    made = el("b", "x")
    assert el("p", made) == "<p><b>x</b></p>"
    assert el("p", made + "<i>") == "<p>&lt;b&gt;x&lt;/b&gt;&lt;i&gt;</p>"
    assert escape(made) is made
    assert join(["a<", made], " · ") == "a&lt; · <b>x</b>"
    assert isinstance(trusted("<hr>"), Html)


def test_attributes_are_named_as_python_allows() -> None:
    assert el("label", "x", for_="a", class_="b", aria_label="c", hidden=True, id=None) == (
        '<label for="a" class="b" aria-label="c" hidden>x</label>'
    )
    assert el("br") == "<br>"
    assert el("ul", [el("li", n) for n in (1, 2)], None) == "<ul><li>1</li><li>2</li></ul>"


@pytest.mark.parametrize("tag", ["script", "SCRIPT", "style", "iframe", "link", "form", "a b", ""])
def test_tags_that_run_or_load_are_refused(tag: str) -> None:
    with pytest.raises(ValueError, match="is not built here"):
        el(tag, "x")


@pytest.mark.parametrize("name", ["onclick", "onError", "style", "srcdoc", "a b", "x=y"])
def test_attributes_that_run_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="is not written here"):
        el("p", "x", **{name: "alert(1)"})


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "vbscript:x",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
    ],
)
def test_addresses_that_run_are_refused(address: str) -> None:
    with pytest.raises(ValueError, match="could run code"):
        el("a", "x", href=address)


@pytest.mark.parametrize(
    "address",
    ["01_today.ipynb", "#page", "https://example.org/a:b", "mailto:a@example.org", "?q=1:2"],
)
def test_usual_addresses_are_linked(address: str) -> None:
    assert Reader(el("a", "x", href=address)).attributes == [("href", address)]


def test_only_markup_is_shown_as_markup() -> None:
    with pytest.raises(TypeError, match="Only Html is shown as markup"):
        kit.show("<b>x</b>")  # type: ignore[arg-type]  # the slip that this is about
    assert kit.show(el("b", "x")).value == "<b>x</b>"
