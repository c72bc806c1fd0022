"""The stylesheet, for panels (through `Assist`) and for the app's page template alike."""

from functools import cache
from pathlib import Path

__all__ = ["theme_css"]


@cache
def theme_css() -> str:
    """Give the text of `theme.css`, the one place that says what anything looks like."""
    return (Path(__file__).parent / "theme.css").read_text(encoding="utf-8")
