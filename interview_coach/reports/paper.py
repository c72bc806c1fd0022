"""The report as a PDF that can be printed, searched and listened to (PDF/UA-1), set by typst."""

import json
import re
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from interview_coach.charts import Chart
from interview_coach.charts.markup import spread
from interview_coach.errors import KitError
from interview_coach.language import _, speaking
from interview_coach.reports.legible import legible
from interview_coach.reports.pieces import (
    Cards,
    Grid,
    Logo,
    Note,
    Paragraph,
    Picture,
    Piece,
    Points,
    Section,
    Terms,
)

__all__ = ["report_pdf"]

_HERE = Path(__file__).resolve().parent
_NUMBER = re.compile(r"[-−+]?[\d.,]+\s?%?|–|-|")
# A word that nothing breaks would run off the paper: so many signs of any kind fit a card.
_LONGEST_WORD = re.compile(r"\S{20}(?=\S)")
# Points: the width of the text, and the most that a chart may take of a page's height.
_WIDTH, _HIGHEST = 459, 620
# What a card holds and still fits a page.
_LONG_CARD = 1500


def _words() -> dict[str, str]:
    """Give the words of the paper itself, which `report.typ` fills."""
    return {
        "page": _("Page {n} of {of}"),
        "numbers": _("The numbers: table {k}, page {page}"),
        "appendix": _("The numbers behind the figures"),
        "logo": _("Logo"),
    }


def _is_number(cell: str) -> bool:
    """Say whether a cell is a figure, or stands in the place of one."""
    if cell in (_("no figure"), _("hidden")) or _NUMBER.fullmatch(cell):
        return True
    before, *_rest = _("under {percentage}").partition("{")
    over, *_rest = _("over {percentage}").partition("{")
    return any(
        cell.startswith(words) and bool(_NUMBER.fullmatch(cell.removeprefix(words)))
        for words in (before, over)
    )


def report_pdf(
    sections: Iterable[Section],
    *,
    title: str,
    language: str,
    logo: tuple[str, bytes] | None = None,
    day: date | None = None,
) -> bytes:
    """Set a report as a tagged PDF (PDF/UA-1) on A4; the same report gives the same bytes.

    Parameters
    ----------
    sections : iterable of Section
        In reading order.
    title : str
        Names the document, and stands at the top of each page but the first.
    language : str
        Of its words, as BCP 47 writes it: "en".
    logo : (str, bytes), optional
        Media type and picture for the top, as `Question.picture` gives it.
    day : date, optional
        Written into the file as its date; left out, it has none.

    Raises
    ------
    KitError
        If the `pdf` extra is not installed, or the logo cannot be drawn.
    """
    told = list(sections)
    with speaking(language):
        for drawn in ("svg", "png"):
            content = _content(told, title, language, logo, day, drawn)
            made = _set(content, "pdf", pdf_standards=["ua-1"])
            if made is not None:
                break
    assert isinstance(made, bytes)
    return made


def _set(content: dict[str, Any], form: Literal["pdf", "png"], **how: Any) -> Any:
    """Set it; nothing where a drawing is in a script that typst cannot both draw and read out."""
    try:
        import typst
    except ModuleNotFoundError:
        raise KitError(
            _(
                "A PDF needs one more package: pip install 'interview-coach[pdf]'. The HTML report "
                "can be printed to PDF from any browser."
            )
        ) from None
    words = json.dumps(content, ensure_ascii=False)
    try:
        # The words go in as data and are never read as markup, whatever a cohort is called.
        return typst.compile(
            str(_HERE / "report.typ"),
            format=form,
            sys_inputs={"content": words},
            font_paths=_fonts(set(words) <= _signs()),
            **how,
        )
    except typst.TypstError as error:
        if "missing codepoints" in str(error):
            return None
        if content["logo"] and "image" in str(error):
            raise KitError(
                _(
                    "The logo cannot be drawn on paper; save it anew as a PNG picture, and give that."
                )
            ) from None
        raise


def _font_folder() -> Path:
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf"


@cache
def _signs() -> set[str]:
    """Give the signs that the kit's own font has."""
    from matplotlib.ft2font import FT2Font

    return {chr(code) for code in FT2Font(str(_font_folder() / "DejaVuSans.ttf")).get_charmap()}


@cache
def _fonts(own: bool) -> Any:
    """Give the fonts to set in: the kit's own alone, the same on every computer, where they do."""
    import typst

    return typst.Fonts(include_system_fonts=not own, font_paths=[str(_font_folder())])


# ------------------------------------------------------------------ the pieces as data


def _content(
    sections: Iterable[Section],
    title: str,
    language: str,
    logo: tuple[str, bytes] | None,
    day: date | None,
    drawn: str,
) -> dict[str, Any]:
    told = [one for one in sections if one]
    # A document without a heading of the first level is none that can be listened to.
    if not told or not told[0].heading or told[0].level != 1:
        told.insert(0, Section(title, level=1))
    charts: list[Chart] = []
    made = [
        {
            "heading": _text(one.heading),
            "unseen": one.unseen,
            "level": one.level,
            "pieces": [
                _piece(piece, charts, drawn) for piece in one.pieces if not isinstance(piece, Logo)
            ],
        }
        for one in told
    ]
    picture = logo and {"format": logo[0].split("/")[1].split("+")[0], "data": list(logo[1])}
    return {
        "title": legible(title),
        "language": language.split("-")[0],
        "day": day and {"year": day.year, "month": day.month, "day": day.day},
        "logo": picture,
        "words": _words(),
        "sections": made,
        "appendix": [_numbers(number, chart) for number, chart in enumerate(charts, 1)],
    }


def _piece(piece: Piece, charts: list[Chart], drawn: str) -> dict[str, Any]:
    match piece:
        case Paragraph():
            given: dict[str, Any] = {"text": _text(piece.text), "kind": piece.kind}
        case Note():
            given = {"tag": _text(piece.tag), "text": _text(piece.text)}
        case Points():
            given = {"items": _texts(piece.items)}
        case Cards():
            given = {"cards": [_card(*card) for card in piece.cards]}
        case Grid():
            given = _table(piece.head, piece.rows, piece.caption)
        case Picture():
            charts.append(piece.chart)
            given = _drawing(piece.chart, len(charts), drawn)
        case Terms():
            given = {"entries": [_texts(entry) for entry in piece.entries]}
    return {"is": type(piece).__name__, **given}


def _card(asked: str, says: Sequence[str], small: str) -> dict[str, Any]:
    return {
        "asked": _text(asked),
        "says": _texts(says),
        "small": _text(small),
        "long": sum(map(len, (asked, *says, small))) > _LONG_CARD,
    }


def _drawing(chart: Chart, number: int, kind: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as scratch:
        data = chart.save(Path(scratch, "drawn").with_suffix(f".{kind}")).read_bytes()
    wide, high = chart.figure.get_size_inches()
    return {
        "format": kind,
        # The screen's warm paper is white on paper.
        "data": legible(data.decode()).replace("#fbfaf7", "#ffffff") if kind == "svg" else [*data],
        "height": min(_HIGHEST, _WIDTH * high / wide),
        "alt": legible(chart.alt),
        "caption": _text(chart.caption),
        "number": number,
    }


def _numbers(number: int, chart: Chart) -> dict[str, Any]:
    rows = [[str(cell) for cell in row] for row in chart.data.itertuples(index=False)]
    head = [str(name) for name in chart.data.columns]
    return {
        **_table(head, rows, _("Table {n}. {title}").format(n=number, title=chart.title)),
        "number": number,
    }


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> dict[str, Any]:
    spreads = [spread(row) for row in rows]
    # What takes up several columns decides nothing about any of them.
    columns: list[list[str]] = [[] for __ in head]
    for cells in spreads:
        for place, (cell, across) in enumerate(cells):
            if across == 1:
                columns[place].append(cell)
    lengths = [
        max(len(name), *(min(len(cell), 60) for cell in cells), 4)
        for name, cells in zip(head, columns, strict=True)
    ]
    return {
        "head": _texts(head),
        "rows": [
            [{"text": _text(cell), "across": across} for cell, across in cells] for cells in spreads
        ],
        "caption": _text(caption),
        "columns": _shares(
            lengths,
            [_longest_word([name, *cells]) for name, cells in zip(head, columns, strict=True)],
        ),
        "numeric": [
            bool(cells) and place > 0 and all(map(_is_number, cells))
            for place, cells in enumerate(columns)
        ],
    }


def _shares(lengths: Sequence[int], words: Sequence[int]) -> list[float]:
    """Share the width of the page among columns; a word must fit into its own.

    A long text folds, so that its column need not be as much wider as it is longer.
    """
    shares = [length**0.75 for length in lengths]
    # So many letters stand in a line of the page, in the smaller type of many columns too.
    room = 100 if len(shares) > 7 else 72
    for __ in range(3):
        whole = sum(shares)
        shares = [
            max(share, (word + 2) / room * whole) for share, word in zip(shares, words, strict=True)
        ]
    return [round(share, 2) for share in shares]


def _longest_word(texts: Iterable[str]) -> int:
    return max((min(len(word), 20) for text in texts for word in text.split()), default=1)


def _texts(texts: Iterable[str]) -> list[str]:
    return [_text(text) for text in texts]


def _text(text: str) -> str:
    """Make a text fit for the page: legible, and with places to break where a word has none."""
    return _LONGEST_WORD.sub(lambda part: part.group() + "\u200b", legible(text))
