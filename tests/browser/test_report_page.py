"""The written report in a browser: it fits a telephone, fetches nothing, and has no axe-core finding."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from interview_coach.reports import make_report


@pytest.mark.notebook
@pytest.mark.parametrize("view", ["coach", "funder"])
def test_the_report_page(
    view: str,
    browser: Any,
    axe: Callable[[Any], list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    # The sample's calls, and half a year of them, in which small counts are hidden.
    window: dict[str, Any] = (
        {"start": "2026-01-01", "end": "2026-06-30"} if view == "funder" else {}
    )
    [path] = make_report(tmp_path, view=view, **window)
    for width, scheme in ((1280, "light"), (390, "light"), (1280, "dark")):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(path.as_uri())
        assert [url for url in asked if not url.startswith("data:")] == [path.as_uri()]
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert axe(page) == []
        context.close()
