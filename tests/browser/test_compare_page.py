"""The page of policies in a browser: narrow and dark, by keyboard, and nothing typed is lost."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.looking import quiet, small_targets, tab_to

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "height", "scheme"), [(1280, 720, "light"), (390, 844, "dark")])
def test_compare_policies(
    page: Callable[..., Any],
    app: Any,
    axe: Callable[[Any], list[str]],
    screens: Path,
    width: int,
    height: int,
    scheme: str,
) -> None:
    here = page("08_compare_policies", width=width, height=height, scheme=scheme)

    def looked_at(name: str) -> None:
        here.screenshot(path=screens / f"compare-{name}-{width}-{scheme}.png", full_page=True)
        assert axe(here) == []
        assert small_targets(here) == []
        quiet(here, width)

    here.get_by_text("assumptions, not your data").wait_for()
    here.get_by_text("no forecast for a person").wait_for()
    here.locator("figure img[alt*='14 policies']").wait_for()
    looked_at("first")
    here.get_by_role("button", name="Which policies?").click()
    here.get_by_label("F1: Call after").uncheck()
    here.locator("figure img[alt*='13 policies']").wait_for()
    here.locator("[aria-live]").filter(has_text="of interviews take place").wait_for(
        state="attached"
    )
    looked_at("which")
    here.get_by_role("button", name="Which policies?").click()
    here.get_by_role("button", name="Assumptions").click()
    field = here.get_by_role("textbox", name="An earlier meeting ran over")
    field.fill("often")
    field.press("Tab")
    here.get_by_text("'often' is no number").wait_for()
    looked_at("wrong")
    field.fill("10")
    field.press("Tab")
    here.get_by_role("button", name="Assumptions: 1 changed").wait_for()
    here.get_by_label("Save them as").fill("cautious")
    here.get_by_role("button", name="Save as a file").click()
    here.get_by_text("--assume assumptions/cautious.toml").wait_for()
    looked_at("assumed")
    here.get_by_role("button", name="Assumptions: 1 changed").click()
    here.get_by_role("button", name="What would change the answer").click()
    here.locator("figure img[alt*='121']").wait_for()
    here.get_by_label("Against").select_option(value="F4: Hold no longer than half an hour")
    here.get_by_role("heading", name="F4 change places").wait_for()
    here.get_by_label("By", exact=True).select_option(value="minutes of waiting")
    here.locator("figure img[alt*=' minutes;']").wait_for()
    here.locator("figure img[alt*='F4 is ahead at 121 of 121']").wait_for()
    looked_at("change")
    here.get_by_role("button", name="What would change the answer").click()
    here.get_by_role("button", name="Build a policy of my own").click()
    here.get_by_role("button", name="Compare it").click()
    here.get_by_text("It needs a name of 3 letters or more").wait_for()
    looked_at("new")
    here.get_by_label("Name", exact=True).fill("Call at ten")
    here.get_by_label("First call", exact=True).fill("10")
    here.get_by_label("Check something first?").select_option(
        label="The invitation: date, time and zone"
    )
    here.get_by_text("If it shows that the time may be another one:").wait_for()
    here.get_by_label("Then hold until").fill("65")
    here.get_by_role("button", name="Compare it").click()
    here.get_by_text("Call-at-ten is compared with the others").wait_for()
    looked_at("built")
    assert 'id = "Call-at-ten"' in (app.folder / "policies.toml").read_text(encoding="utf-8")
    here.get_by_role("button", name="Build a policy of my own").click()
    here.get_by_role("button", name="Play one story").click()
    here.get_by_role("button", name="Tell this story").click()
    here.get_by_role("heading", name="Story 0").wait_for()
    looked_at("story")
    here.get_by_role("button", name="Play one story").click()
    here.get_by_role("button", name="Simulate", exact=True).first.click()
    here.get_by_label("Simulated interviews").fill("200000")
    here.get_by_role("button", name="Simulate", exact=True).last.click()
    said = here.get_by_role("paragraph")
    said.filter(has_text="200,000 simulated interviews for each policy").wait_for()
    looked_at("simulated")
    here.reload()
    # A new kernel: what was chosen, typed and built is there.
    here.get_by_role("button", name="Assumptions: 1 changed").wait_for()
    here.locator("figure img[alt*='Call at ten: speak that day']").wait_for()


@pytest.mark.parametrize(("width", "height", "scheme"), [(1280, 720, "light"), (390, 844, "dark")])
def test_a_call_you_missed_yourself(
    page: Callable[..., Any],
    axe: Callable[[Any], list[str]],
    screens: Path,
    width: int,
    height: int,
    scheme: str,
) -> None:
    here = page("08_compare_policies", width=width, height=height, scheme=scheme)
    here.locator("figure img[alt*='14 policies']").wait_for()
    for title, count in (("Nobody joins the video call", 9), ("Your phone was on silent", 10)):
        here.get_by_label("Which call?").select_option(value=title)
        here.get_by_text(f"“{title}”").wait_for()
        here.locator(f"figure img[alt*='{count} policies']").wait_for()
        here.screenshot(
            path=screens / f"compare-moment-{count}-{width}-{scheme}.png", full_page=True
        )
        assert axe(here) == []
        quiet(here, width)
    here.locator(
        "figure img[alt*='F8: Own the miss plainly, and offer specific times: held']"
    ).wait_for()
    here.get_by_role("button", name="Assumptions").click()
    here.get_by_label("Assumptions about").select_option(value="The days after")
    here.get_by_role("textbox", name="Share of the goodwill that a brief apology costs").wait_for()
    here.screenshot(path=screens / f"compare-moment-assumed-{width}-{scheme}.png", full_page=True)
    assert axe(here) == []
    quiet(here, width)


def test_by_keyboard_alone(page: Callable[..., Any]) -> None:
    here = page("08_compare_policies")
    here.locator("figure img[alt*='14 policies']").wait_for()
    tab_to(here, "Which call?")
    here.keyboard.press("ArrowDown")
    here.get_by_text("“You call, and nobody answers”").wait_for()
    tab_to(here, "Simulate")
    here.keyboard.press("Enter")
    tab_to(here, "Simulated interviews")
    here.keyboard.press("Control+a")
    here.keyboard.type("500000000")
    tab_to(here, "Simulate")
    here.keyboard.press("Enter")
    here.get_by_text("of 500,000,000 interviews").wait_for()
    tab_to(here, "Stop, and keep what there is")
    here.keyboard.press("Enter")
    here.get_by_role("paragraph").filter(has_text="Stopped by hand").wait_for()
    quiet(here, 1280)


@pytest.mark.parametrize(("width", "height", "scheme"), [(1280, 720, "light"), (390, 844, "dark")])
def test_a_policy_is_played_beside_the_telephone(
    page: Callable[..., Any],
    axe: Callable[[Any], list[str]],
    ready: Callable[[Any], None],
    screens: Path,
    width: int,
    height: int,
    scheme: str,
) -> None:
    here = page("08_compare_policies", width=width, height=height, scheme=scheme)
    here.get_by_role("button", name="Play one story").click()
    here.get_by_label("As which policy?").select_option(
        label="F4: Hold no longer than half an hour"
    )
    here.get_by_role("button", name="Play it myself").click()
    here.get_by_role("link", name="Go there and play it").click()
    ready(here)

    def looked_at(name: str) -> None:
        here.screenshot(path=screens / f"beside-{name}-{width}-{scheme}.png", full_page=True)
        assert axe(here) == []
        assert small_targets(here) == []

    here.get_by_role("heading", name="A story from Compare waits for you.").wait_for()
    looked_at("waits")
    here.get_by_role("button", name="Play it").click()
    # On the page, and not only where screen readers hear it.
    strip = here.locator(".ic-source")
    strip.filter(has_text="F4 says: hold to 2:15, then call the number she gave you.").wait_for()
    looked_at("next")
    here.get_by_role("button", name="Check the invitation").click()
    # Comes with the next choices: before, the click could go to those that are leaving.
    here.get_by_role("button", name="Take back").wait_for()
    here.get_by_role("button", name="Stop waiting for today").click()
    here.get_by_role("heading", name="You departed from F4 in 2 places").wait_for()
    looked_at("departed")
    quiet(here, width)
