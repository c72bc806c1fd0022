"""The report's page in a browser: written for a funder with a few clicks, saved, and nothing sent."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.looking import quiet

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 390])
def test_a_report_for_a_funder(
    page: Callable[..., Any], app: Any, axe: Callable[[Any], list[str]], width: int
) -> None:
    here = page("06_outcome_report", width=width, height=844, scheme="light")
    here.get_by_role("button", name="Write the report").wait_for()
    here.get_by_label("A funder: small counts are hidden", exact=False).check()
    here.get_by_label("Days", exact=True).select_option(value="Days of your own")
    here.get_by_label("First day").fill("2026-01-01")
    here.get_by_label("Last day").fill("2026-06-30")
    here.get_by_label("A workbook of the numbers", exact=False).check()
    here.get_by_role("button", name="Write the report").click()
    here.get_by_text("The report is ready", exact=True).wait_for(timeout=60_000)
    with here.expect_download() as saved:
        here.get_by_role("link", name="Save outcome_report.html").click()
    text = saved.value.path().read_text(encoding="utf-8")
    assert "1 January 2026 to 30 June 2026" in text and "hidden: fewer than 11" in text
    assert [path.name for path in sorted((app.folder / "reports").iterdir())]
    assert axe(here) == []
    quiet(here, width)
