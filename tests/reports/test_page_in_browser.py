"""The written report in a browser: it fits a telephone, fetches nothing, and has no axe-core finding."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from interview_coach.reports import make_report

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    found = Path("/usr/bin/chromium")
    if not found.exists():
        reason = "there is no Chromium at /usr/bin/chromium (on Debian: apt install chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(found), args=FLAGS)
        yield running
        running.close()


@pytest.mark.browser
@pytest.mark.notebook
def test_the_page(browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from axe_core_python.sync_playwright import Axe

    monkeypatch.chdir(tmp_path)
    path = make_report(tmp_path)
    for width, scheme in ((1280, "light"), (390, "light"), (1280, "dark")):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(path.as_uri())
        assert [url for url in asked if not url.startswith("data:")] == [path.as_uri()]
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert [found["id"] for found in Axe().run(page)["violations"]] == []
        context.close()
