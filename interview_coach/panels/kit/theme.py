"""The stylesheet and the switches of how it looks, for panels (through `Assist`) and for the app's page template alike."""

from functools import cache
from pathlib import Path

__all__ = ["looks_js", "theme_css"]


@cache
def theme_css() -> str:
    """Give what says how anything looks, in one place: `theme.css`, and `wishes.css` after it."""
    return "".join(map(_own, ("theme.css", "wishes.css")))


@cache
def looks_js() -> str:
    """Give the script of the switches in the bar: large type, dark or light."""
    return _own("looks.js")


def _own(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")
