"""The guides in a browser: reached from a page, readable on a telephone, without a kernel."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.looking import open_menu


def test_from_a_page_to_its_part_of_the_guide_and_back(
    page: Callable[..., Any], ready: Callable[[Any], None]
) -> None:
    here = page("01_today")
    here.get_by_text("What is this page for?").click()
    here.get_by_role("link", name="Guide: Practise, and on the day").click()
    here.get_by_role("heading", level=1, name="Practise, and on the day").wait_for()
    assert here.url.endswith("/help/client#on-the-day")
    here.get_by_role("article").get_by_role("link", name="Today").first.click()
    ready(here)
    here.get_by_role("heading", level=1, name="The call did not connect").wait_for()
    assert (here.heard.outside, here.heard.errors) == ([], [])


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_guides_are_for_everyone(
    page: Callable[..., Any],
    app: Any,
    axe: Callable[[Any], list[str]],
    screens: Path,
    width: int,
    scheme: str,
) -> None:
    here = page("", width=width, scheme=scheme, ready=False)
    for name in ("", "client", "facilitator", "measures"):
        here.goto(f"{app.address}/help/{name}")
        here.get_by_role("heading", level=1).wait_for()
        assert axe(here) == []
        assert here.evaluate("document.documentElement.scrollWidth") <= width
        here.screenshot(path=screens / f"help-{name or 'all'}-{width}.png", full_page=True)
    shown = here.evaluate(
        "[...document.images].every((one) => one.complete && one.naturalWidth > 0)"
    )
    assert shown
    open_menu(here)
    here.get_by_role("button", name="Large type").click()
    here.wait_for_function("document.documentElement.classList.contains('ic-large-type')")
    assert (here.heard.outside, here.heard.errors) == ([], [])


def test_without_the_login_there_is_no_guide(browser: Any, app: Any) -> None:
    context = browser.new_context()
    try:
        here = context.new_page()
        here.goto(f"{app.address}/help/client")
        assert "/login" in here.url
    finally:
        context.close()
