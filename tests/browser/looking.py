"""What is looked for on every page: what is too small to press, wider than the screen, or out of the keyboard's reach."""

from typing import Any

import pytest

from interview_coach.language import _

__all__ = ["open_menu", "quiet", "small_targets", "tab_to"]


def small_targets(here: Any) -> list[str]:
    """Name what can be pressed and is under 24 px, but for links within a sentence."""
    found: list[str] = here.evaluate(
        """() => [...document.querySelectorAll("button, select, input, summary, .ic-button")]
            .filter((node) => node.offsetParent !== null)
            .map((node) => [node.textContent || node.tagName,
                            (["checkbox", "radio"].includes(node.type) ? node.labels[0] : node).getBoundingClientRect()])
            .filter(([, box]) => box.height < 24 || box.width < 24)
            .map(([name, box]) => `${name}: ${box.width} by ${box.height}`)"""
    )
    return found


def quiet(here: Any, width: int) -> None:
    """Hold that a page fits its screen, asks nobody outside, and that nothing went wrong in it."""
    assert here.evaluate("document.documentElement.scrollWidth") <= width
    assert (here.heard.outside, here.heard.errors) == ([], [])


def open_menu(here: Any) -> None:
    """Open the bar's menu where there is one: on a telephone the other pages and the looks are under it."""
    menu = here.get_by_role("button", name=_("Menu"), exact=True)
    if menu.is_visible() and menu.get_attribute("aria-expanded") == "false":
        menu.click()


def tab_to(here: Any, label: str) -> None:
    """Tab until an input of this label has the focus: what a person without a mouse does."""
    for _step in range(60):
        here.keyboard.press("Tab")
        named = here.evaluate(
            "() => { const a = document.activeElement;"
            " return [...(a.labels || [])].map(l => l.textContent).join(' ') || a.textContent; }"
        )
        if named.strip() == label:
            return
    pytest.fail(f"The keyboard does not come to {label!r}.")
