"""The page for looking closer in a browser: by keyboard, narrow and dark, and the report follows."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.looking import quiet, small_targets, tab_to

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "height", "scheme"), [(1280, 720, "light"), (390, 844, "dark")])
def test_look_closer(
    page: Callable[..., Any],
    app: Any,
    axe: Callable[[Any], list[str]],
    screens: Path,
    width: int,
    height: int,
    scheme: str,
) -> None:
    here = page("07_explore", width=width, height=height, scheme=scheme)

    def looked_at(name: str) -> None:
        here.screenshot(path=screens / f"explore-{name}-{width}-{scheme}.png", full_page=True)
        assert axe(here) == []
        assert small_targets(here) == []
        quiet(here, width)

    picture = here.locator("figure img")
    picture.and_(here.locator("[alt*='4 cohorts']")).wait_for()
    assert "Synthetic data" in picture.get_attribute("alt")
    if width == 1280:
        box = picture.bounding_box()
        assert box["y"] + box["height"] <= height + 20, "the chart is in sight at once"
    looked_at("first")
    # Measures and groupings lie under headings, and what is chosen stays chosen.
    by = here.get_by_label("By", exact=True)
    assert by.locator("optgroup").evaluate_all("all => all.map((one) => one.label)") == [
        "Groups",
        "Time",
    ]
    by.select_option(value="Time: Month")
    here.locator("figure img[alt*='18 months']").wait_for()
    here.locator("[aria-live]").filter(has_text="18 months").wait_for(state="attached")
    looked_at("month")
    here.get_by_label("Count", exact=True).select_option(
        value="After a missed call: First-message delay"
    )
    here.get_by_role("heading", name="first messages were on record").wait_for()
    here.get_by_role("button", name="Save the picture").first.wait_for(state="detached")
    assert here.get_by_role("button", name="Save the picture").count() == 0
    here.get_by_label("Days", exact=True).select_option(value="Days of your own")
    first = here.get_by_label("First day")
    first.wait_for()
    first.fill("2030-01-01")
    first.press("Tab")
    here.get_by_text("These days are the wrong way round", exact=True).wait_for()
    looked_at("nothing")
    here.get_by_role("button", name="Show all days").click()
    here.get_by_label("Title in the report").fill("How soon we write")
    here.get_by_role("button", name="Put this into my report").click()
    here.get_by_role("heading", name="In your report").wait_for()
    here.get_by_text("It is in your report.").wait_for()
    looked_at("kept")
    kept = json.loads((app.folder / "report_sections.json").read_text(encoding="utf-8"))
    assert [(one["measure"], one["by"], one["title"]) for one in kept["sections"]] == [
        ("first_message_delay", "month", "How soon we write")
    ]
    here.get_by_role("button", name="Remove How soon we write").click()
    here.get_by_role("button", name="Put it back").click()
    here.get_by_text("It is back in your report.").wait_for()
    here.reload()
    # A new kernel: what was chosen and what was kept are there.
    here.get_by_role("heading", name="first messages were on record").wait_for()
    here.get_by_text("How soon we write").wait_for()


def test_by_keyboard_alone(page: Callable[..., Any], app: Any) -> None:
    here = page("07_explore")
    here.locator("figure img[alt*='4 cohorts']").wait_for()
    tab_to(here, "By")
    here.keyboard.press("ArrowDown")
    here.locator("figure img[alt*='3 coaches']").wait_for()
    tab_to(here, "Put this into my report")
    here.keyboard.press("Enter")
    here.get_by_text("It is in your report.").wait_for()
    tab_to(here, "Save the picture (SVG)")
    here.keyboard.press("Enter")
    here.get_by_text("Saved as missed_call_rate_by_coach.svg in your work folder.").wait_for()
    assert (app.folder / "missed_call_rate_by_coach.svg").is_file()
    tab_to(here, "Remove")
    here.keyboard.press("Enter")
    here.get_by_role("button", name="Put it back").wait_for()
    quiet(here, 1280)
