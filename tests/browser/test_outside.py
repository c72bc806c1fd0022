"""Without the link no page opens, and it is said how to; an address that leads nowhere leads on."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_who_comes_without_the_link_is_asked_for_it_and_comes_to_the_page_they_wanted(
    browser: Any, app: Any, axe: Callable[[Any], list[str]], screens: Path, width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
    here = context.new_page()
    here.goto(f"{app.address}/help/client")
    here.get_by_role("heading", name="Open it with its link").wait_for()
    assert axe(here) == []
    here.screenshot(path=screens / f"outside-{width}.png")
    link = here.get_by_label("The link")
    link.fill("something else")
    here.keyboard.press("Enter")
    here.get_by_text("That opens nothing here.").wait_for()
    assert axe(here) == []
    link.fill(app.url())
    here.keyboard.press("Enter")
    here.get_by_role("heading", name="Practise, and on the day", level=1).wait_for()
    context.close()


@pytest.mark.parametrize("address", ["nowhere", "voila/render/99_nothing.ipynb", "help/nothing"])
def test_an_address_that_leads_nowhere_says_so_and_leads_on(
    page: Callable[..., Any], app: Any, axe: Callable[[Any], list[str]], address: str
) -> None:
    here = page("", ready=False)
    assert here.goto(f"{app.address}/{address}").status == 404
    assert here.get_by_role("heading", level=1).inner_text() == "There is no such page"
    assert axe(here) == []
    assert here.evaluate("document.documentElement.scrollWidth") <= 1280
    here.get_by_role("link", name="Help").click()
    here.get_by_role("heading", name="Help", level=1).wait_for()
