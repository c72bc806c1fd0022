"""What a page is made of: headings, cards, tags, columns, tables, states."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import ipywidgets as widgets

from interview_coach.language import N_, _
from interview_coach.panels.kit.markup import Html, el, escape, join

__all__ = [
    "Colour",
    "as_widgets",
    "card",
    "columns",
    "details",
    "empty",
    "error",
    "figure",
    "finished",
    "heading",
    "marked_text",
    "row",
    "show",
    "small",
    "source",
    "steps",
    "table",
    "tag",
    "text",
]

Colour = Literal["green", "amber", "red", "blue"]
_MARKS = {"hurts": N_("words that hurt"), "missing": N_("vague")}


def show(markup: Html) -> widgets.HTML:
    """Make a widget that shows markup.

    Raises
    ------
    TypeError
        If it is a plain string: build it with `el`, so that it is escaped.
    """
    if not isinstance(markup, Html):
        raise TypeError(
            "Only Html is shown as markup: build it with el(), or declare it trusted()."
        )
    return widgets.HTML(markup)


def as_widgets(parts: Iterable[Any]) -> list[Any]:
    """Turn parts (widgets, `Html`, plain text, None) into widgets; None is left out."""
    made = []
    for part in parts:
        if part is None:
            continue
        if isinstance(part, str):
            made.append(show(part if isinstance(part, Html) else el("p", part)))
        else:
            made.append(part)
    return made


def text(*children: object, soft: bool = False, large: bool = False) -> Html:
    """Make a paragraph."""
    names = [name for name, on in (("ic-soft", soft), ("ic-large", large)) if on]
    return el("p", *children, class_=" ".join(names) or None)


def small(*children: object) -> Html:
    """Make a paragraph in small print."""
    return el("p", *children, class_="ic-small ic-soft")


def heading(words: object, level: int = 2, *, focus: bool = False) -> Html:
    """Make a heading.

    Parameters
    ----------
    words : object
        What is found, not what kind of thing it is.
    level : int
        1 to 4; `page` makes the page's one heading of level 1.
    focus : bool
        Whether the reader is taken to it when it appears (after a step that replaces the page).
    """
    if level not in (1, 2, 3, 4):
        raise ValueError(f"A heading has level 1 to 4, not {level}.")
    return el(
        f"h{level}", words, tabindex="-1" if focus else None, data_ic_focus=True if focus else None
    )


def tag(words: str, colour: Colour) -> Html:
    """Make a pill with words; the colour only repeats what they say."""
    if not words.strip():
        raise ValueError("A tag needs words: a colour alone tells some readers nothing.")
    return el("span", words, class_=f"ic-tag ic-{colour}")


def source(*children: object) -> Html:
    """Make the small print beside a claim: guidance id, source, who says otherwise."""
    return el("p", *children, class_="ic-source")


def card(*parts: Any, title: str = "", label: Html | None = None, level: int = 2) -> widgets.VBox:
    """Make a white card; `label` is a `tag` above its title."""
    inside = [el("p", label, class_="ic-label")] if label is not None else []
    if title:
        inside.append(heading(title, level))
    box = widgets.VBox(as_widgets([*inside, *parts]))
    box.add_class("ic-card")
    return box


def columns(*parts: Any, widths: Literal["even", "phone", "end"] = "even") -> widgets.GridBox:
    """Put parts side by side; below each other on a narrow screen.

    Parameters
    ----------
    *parts : Any
        Up to four; several widgets in one column go into a `Region` or a box.
    widths : {"even", "phone", "end"}
        All alike, a telephone at the left, or a narrow last one at the right.
    """
    made = as_widgets(parts)
    box = widgets.GridBox(made)
    box.add_class("ic-columns")
    box.add_class(f"ic-columns-{widths}" if widths != "even" else f"ic-columns-{len(made)}")
    return box


def row(*parts: Any) -> widgets.Box:
    """Put buttons and links in a line that wraps."""
    box = widgets.Box(as_widgets(parts))
    box.add_class("ic-row")
    return box


def details(summary: str, *children: object) -> Html:
    """Make something to open ("Show the numbers")."""
    return el("details", el("summary", summary), *children)


def table(
    head: Sequence[object], rows: Iterable[Sequence[object]], *, caption: str, numbers: int = 0
) -> Html:
    """Make a table.

    Parameters
    ----------
    head : sequence
        Column names in words.
    rows : iterable of sequence
        Cells; the first of each row names it.
    caption : str
        What the table shows; read out first.
    numbers : int
        How many columns at the right hold numbers.
    """
    first_number = len(head) - numbers

    def side(column: int) -> str | None:
        return "ic-number" if column >= first_number else None

    def line(cells: Sequence[object]) -> Html:
        named = [el("th", cell, scope="row") for cell in cells[:1]]
        rest = [el("td", cell, class_=side(column)) for column, cell in enumerate(cells[1:], 1)]
        return el("tr", named, rest)

    return el(
        "div",
        el(
            "table",
            el("caption", caption),
            el(
                "thead",
                el(
                    "tr",
                    [el("th", name, scope="col", class_=side(i)) for i, name in enumerate(head)],
                ),
            ),
            el("tbody", [line(cells) for cells in rows]),
        ),
        class_="ic-table",
        role="region",
        tabindex="0",
        aria_label=caption,
    )


def steps(items: Iterable[tuple[str, object]]) -> Html:
    """Make a list of timed steps: (time in words, what to do), as a card shows them."""
    return el(
        "ol",
        [el("li", el("span", when, class_="ic-time"), el("div", what)) for when, what in items],
        class_="ic-steps",
    )


def figure(markup: Html, caption: str = "", numbers: Html | None = None) -> Html:
    """Frame a chart; its image carries its own alt text.

    Parameters
    ----------
    markup : Html
        The image or SVG, as the charts part gives it.
    caption : str
        What the reader should know beside it.
    numbers : Html, optional
        The same numbers as a table, one click away.
    """
    if "alt=" not in markup and "aria-label" not in markup:
        raise ValueError("A figure needs alt text: put it into the image before showing it.")
    return el(
        "figure",
        markup,
        el("figcaption", caption) if caption else None,
        details(_("Show the numbers"), numbers) if numbers is not None else None,
        class_="ic-figure",
    )


def marked_text(words: str, marks: Iterable[tuple[int, int, str]]) -> Html:
    """Show a person's text with parts of it marked.

    Parameters
    ----------
    words : str
        The text; line breaks are kept.
    marks : iterable of (start, end, kind)
        Character positions, not overlapping; kind is "hurts" or "missing".
    """
    parts: list[object] = []
    at = 0
    for start, end, kind in sorted(marks):
        if start < at or not start < end <= len(words):
            raise ValueError(f"The mark {start} to {end} overlaps another or leaves the text.")
        parts.append(words[at:start])
        # Only seen by screen readers: most do not announce <mark>.
        said = el("span", f" ({_(_MARKS[kind])}) ", class_="ic-unseen")
        parts.append(el("mark", words[start:end], said, class_=f"ic-{kind}"))
        at = end
    return el("div", join([*parts, words[at:]]), class_="ic-draft")


def empty(words: str, *ways: Html, title: str = "") -> Html:
    """Say what to do first where nothing is to be seen yet; `ways` are link buttons."""
    return _state("ic-empty", title or _("Nothing here yet"), words, ways)


def error(words: str, *ways: Html, title: str = "") -> Html:
    """Say in one sentence what went wrong, and the way on."""
    return el("div", _state("ic-error", title or _("That did not work"), words, ways), role="alert")


def finished(words: str, *ways: Html, title: str = "") -> Html:
    """Say what is done and name the next step."""
    return _state("ic-finished", title or _("Done"), words, ways)


def _state(kind: str, title: str, words: str, ways: Sequence[Html]) -> Html:
    return el(
        "div",
        el("p", el("b", title)),
        el("p", escape(words)),
        el("p", join(ways, " "), class_="ic-row") if ways else None,
        class_=f"ic-state {kind}",
    )
