"""The home page as it is served: what it asks for, what it says, how it looks."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SCREENS: dict[str, dict[str, Any]] = {
    "room": {"width": 1280, "height": 720},
    "telephone": {"width": 390, "height": 844},
    "dark": {"width": 1280, "height": 720, "scheme": "dark"},
}


def test_home_opens_at_the_root_and_asks_nothing_of_the_internet(page: Callable[..., Any]) -> None:
    home = page()
    assert home.url.endswith("/voila/render/00_start_here.ipynb")
    assert home.get_by_role("heading", level=1).inner_text() == (
        "The call did not connect. What now?"
    )
    assert home.title() == "The call did not connect. What now? · Interview Coach"
    assert home.heard.outside == []
    assert home.heard.errors == []


@pytest.mark.parametrize("screen", SCREENS)
def test_home_is_accessible_and_fits(
    page: Callable[..., Any], axe: Callable[[Any], list[str]], screen: str, tmp_path: Path
) -> None:
    home = page("00_start_here", **SCREENS[screen])
    home.screenshot(path=tmp_path / f"home-{screen}.png", full_page=True)
    assert axe(home) == []
    width = SCREENS[screen]["width"]
    assert home.evaluate("document.documentElement.scrollWidth") <= width


def test_no_code_and_no_prose_of_the_notebook_is_seen(page: Callable[..., Any]) -> None:
    seen = page("00_start_here").locator("body").inner_text()
    assert "import" not in seen
    assert "Run All Cells" not in seen


def test_it_has_landmarks_a_language_and_a_way_past_the_bar(page: Callable[..., Any]) -> None:
    home = page("00_start_here")
    assert home.locator("html").get_attribute("lang") == "en"
    for role in ("banner", "navigation", "main"):
        assert home.get_by_role(role).count() == 1
    home.keyboard.press("Tab")
    assert home.evaluate("document.activeElement.textContent") == "Skip to the page"
    home.keyboard.press("Enter")
    assert home.evaluate("document.activeElement.id") == "page"


def test_a_link_of_the_bar_leads_to_its_page(
    page: Callable[..., Any], ready: Callable[[Any], None]
) -> None:
    home = page("00_start_here")
    home.get_by_role("navigation").get_by_role("link", name="Practise").click()
    home.wait_for_url(re.compile("02_practice"))
    ready(home)
    assert home.locator("header nav [aria-current=page]").inner_text() == "Practise"


def test_without_the_token_nobody_gets_in(page: Callable[..., Any], app: Any) -> None:
    home = page("00_start_here")
    assert "token" not in home.url
    home.context.clear_cookies()
    home.goto(f"{app.address}/voila/render/00_start_here.ipynb")
    assert "/login" in home.url


def test_while_it_opens_it_says_so(page: Callable[..., Any]) -> None:
    slow = page("00_start_here", ready=False, java_script_enabled=False)
    assert "Opening this page" in slow.locator("#loading").inner_text()
    assert slow.get_by_role("navigation").is_visible()


def test_a_page_whose_kernel_is_gone_says_so(page: Callable[..., Any], app: Any) -> None:
    home = page("00_start_here")
    kernel = json.loads(home.locator("#jupyter-config-data").text_content())["kernelId"]
    answer = home.request.delete(
        f"{app.address}/api/kernels/{kernel}", headers={"Authorization": f"token {app.token}"}
    )
    assert answer.status == 204
    note = home.locator("#gone .ic-gone")
    note.wait_for()
    assert note.locator("span").inner_text() == (
        "This page has stopped answering. What you saved is kept."
    )
