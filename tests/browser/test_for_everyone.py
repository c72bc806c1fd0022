"""Every page in every main state, for everyone: axe-core, names, order, targets, reflow, contrast.

A page is loaded once and led through its states; in each it is looked at wide and narrow, light and
dark. What axe-core does not know is asked beside it (`ASKED`).
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.looking import open_menu
from tests.browser.states import STATES, press

pytestmark = pytest.mark.browser
ASKED = """() => {
  const seen = (node) => node.checkVisibility({ visibilityProperty: true }) && !node.closest(".ic-unseen");
  const all = (what) => [...document.querySelectorAll(what)].filter(seen);
  const short = (node) => node.outerHTML.replace(/data:[^"]{40,}/g, "data:").slice(0, 140);
  const named = (node) => {
    const by = (node.getAttribute("aria-labelledby") || "").split(" ").map((id) => document.getElementById(id)?.textContent || "").join("");
    const labels = [...(node.labels || [])].map((one) => one.textContent).join("");
    const own = /^(A|BUTTON|SUMMARY)$/.test(node.tagName) ? node.textContent : "";
    return (node.getAttribute("aria-label") || by || labels || own || node.title || node.getAttribute("alt") || "").trim();
  };
  const faults = [];
  const controls = all("button, a[href], input, select, textarea, summary, [role=radiogroup], [role=group], [role=region], progress, nav, [tabindex='0']");
  for (const node of controls) if (!named(node)) faults.push(`no name: ${short(node)}`);
  for (const node of all("[tabindex]")) if (node.tabIndex > 0) faults.push(`jumps the order: ${short(node)}`);
  for (const node of all("img")) if (!node.hasAttribute("alt")) faults.push(`no alt text: ${short(node)}`);
  for (const node of all("figure")) if (node.querySelector("img") && !node.querySelector("table, details") && !node.closest(".ic-timeline")) faults.push(`a chart without its table: ${short(node.querySelector("img"))}`);
  for (const node of all("table")) if (!node.querySelector("th[scope]") || !node.caption) faults.push(`a table without headers or caption: ${short(node)}`);
  for (const node of all("button, select, input, summary, textarea, .ic-button, .ic-nav a")) {
    const box = (/^(checkbox|radio)$/.test(node.type) ? node.labels[0] || node : node).getBoundingClientRect();
    if (box.width < 24 || box.height < 24) faults.push(`${Math.round(box.width)} by ${Math.round(box.height)} px: ${short(node)}`);
  }
  // What is said to screen readers alone counts too.
  const levels = [...document.querySelectorAll("h1, h2, h3, h4")].filter((node) => node.checkVisibility()).map((node) => +node.tagName[1]);
  if (levels.filter((level) => level === 1).length !== 1) faults.push(`headings of level 1: ${levels}`);
  levels.reduce((above, below) => { if (below > above + 1) faults.push(`headings ${levels}`); return below; }, 0);
  if (!document.documentElement.lang) faults.push("no language");
  if (!document.title.includes("Interview Coach")) faults.push(`title ${document.title}`);
  if (!document.querySelector("main") || !document.querySelector(".ic-skip")) faults.push("no main part, or no way past the bar");
  if (!document.querySelector("[aria-live=polite], [role=status]")) faults.push("nothing is read out");
  return faults;
}"""
"""What a page lacks beyond what axe-core knows, a line each."""

WIDE = """width => {
  const room = document.documentElement.scrollWidth;
  if (room <= width) return [];
  const over = [...document.querySelectorAll("main *")].filter((node) => node.getBoundingClientRect().right > width + 1 && !node.closest(".ic-table, .ic-unseen"));
  return [`${room} wide in ${width}: ` + over.slice(-3).map((node) => node.outerHTML.slice(0, 120)).join(" | ")];
}"""

ON_PAPER = """() => {
  const seen = (what) => [...document.querySelectorAll(what)].filter((node) => node.checkVisibility());
  const faults = seen("nav, button, summary, .ic-skip").map((node) => `printed: ${node.outerHTML.slice(0, 120)}`);
  if (getComputedStyle(document.querySelector(".ic-page")).colorScheme !== "light") faults.push("printed dark");
  if (!document.querySelector("main").innerText.trim()) faults.push("an empty sheet");
  for (const node of document.querySelectorAll(".ic-page details:not([open]) > :not(summary)"))
    if (node.parentElement.checkVisibility() && node.getBoundingClientRect().height === 0) faults.push(`stays folded: ${node.outerHTML.slice(0, 120)}`);
  return faults;
}"""

CUT = """() => [...document.querySelectorAll(".ic-page *, .ic-nav *")]
  .filter((node) => node.checkVisibility() && !node.closest(".ic-unseen, .ic-table, svg") && node.childElementCount === 0 && node.textContent.trim())
  .filter((node) => /hidden|clip/.test(getComputedStyle(node).overflow) && (node.scrollHeight > node.clientHeight + 2 || node.scrollWidth > node.clientWidth + 2))
  .map((node) => `cut off: ${node.outerHTML.slice(0, 140)}`)"""


KEPT = "document.activeElement !== null && document.activeElement !== document.body"
"""Whether the focus is somewhere: who goes by keys has not been sent to the top."""


LAYOUT = ("color-contrast", "target-size", "scrollable-region-focusable")
"""The rules of axe-core that look at where things stand."""


def look(here: Any, axe: Callable[..., list[str]], name: str) -> list[str]:
    """Look at a state in every light and width; give what is wrong, each with where."""
    faults: list[str] = []

    def note(how: str, found: list[str]) -> None:
        faults.extend(f"{name}, {how}: {one}" for one in found)

    for width in (1280, 390):
        here.set_viewport_size({"width": width, "height": 844})
        # A narrow screen is another layout, nothing else: test_three_people asks all rules of telephones.
        note(f"{width}", axe(here, *([] if width == 1280 else LAYOUT)))
        note(f"{width}", here.evaluate(ASKED))
        note(f"{width}", here.evaluate(WIDE, width))
        # Another scheme is other colours, nothing else.
        here.emulate_media(color_scheme="dark")
        note(f"{width}, dark", axe(here, "color-contrast"))
        here.emulate_media(color_scheme="light")
    # A4 with its margins; what can be pressed is of no use there.
    here.set_viewport_size({"width": 718, "height": 1016})
    here.emulate_media(media="print")
    note("on paper", here.evaluate(WIDE, 718) + here.evaluate(ON_PAPER))
    here.emulate_media(media="null")
    here.set_viewport_size({"width": 320, "height": 844})
    note("320", here.evaluate(WIDE, 320))
    here.set_viewport_size({"width": 1280, "height": 844})
    here.evaluate("document.documentElement.style.fontSize = '200%'")
    note("text at 200%", here.evaluate(WIDE, 1280) + here.evaluate(CUT))
    here.evaluate("document.documentElement.style.fontSize = ''")
    return faults


@pytest.mark.parametrize("notebook", STATES)
def test_every_state_is_for_everyone(
    page: Callable[..., Any], axe: Callable[..., list[str]], screens: Path, notebook: str
) -> None:
    here = page(notebook, height=844)
    faults: list[str] = []
    for name, act in STATES[notebook]:
        act(here)
        if name != STATES[notebook][0][0]:
            here.wait_for_function(KEPT)
        faults += look(here, axe, name)
        here.screenshot(path=screens / f"everyone-{notebook}-{name}.png", full_page=True)
    assert faults == []
    assert (here.heard.outside, here.heard.errors) == ([], [])


STOP = """() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const style = getComputedStyle(node);
  const box = node.getBoundingClientRect();
  const all = [...document.querySelectorAll("*")];
  return {
    at: all.indexOf(node), what: node.outerHTML.slice(0, 120),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
    radio: node.type === "radio" ? node.name || node.closest("[role=radiogroup]")?.id : "",
  };
}"""

REACHABLE = """() => {
  const groups = new Set();
  return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter((node) => node.checkVisibility({ visibilityProperty: true }) && !node.disabled && node.tabIndex >= 0)
    .filter((node) => node.type !== "file" || node.checkVisibility())
    .filter((node) => {
      const group = node.type === "radio" && node.closest("[role=radiogroup]");
      if (!group) return true;
      if (groups.has(group)) return false;
      groups.add(group);
      return true;
    }).length;
}"""


@pytest.mark.parametrize("notebook", STATES)
def test_the_keyboard_comes_everywhere_in_order_and_shows_where_it_is(
    page: Callable[..., Any], notebook: str
) -> None:
    here = page(notebook, height=844)
    STATES[notebook][0][1](here)
    many = here.evaluate(REACHABLE)
    stops: list[Any] = []
    for _ in range(many + 40):
        here.keyboard.press("Tab")
        stop = here.evaluate(STOP)
        if stop is None:
            break
        stops.append(stop)
    else:
        pytest.fail(f"the keyboard is held: {stops[-1]}")
    assert [one["what"] for one in stops if not one["ring"]] == []
    # The way past the bar stands above the page until it has the focus.
    assert [one["what"] for one in stops if not one["seen"]] == []
    order = [one["at"] for one in stops]
    assert order == sorted(order)
    # A day has a stop for each of its parts.
    assert len({one["at"] for one in stops}) >= many


def test_large_type_and_dark_are_kept_without_a_kernel(
    page: Callable[..., Any], screens: Path
) -> None:
    here = page("00_start_here", width=390, height=844)
    usual = here.evaluate(
        "parseFloat(getComputedStyle(document.querySelector('.ic-lead')).fontSize)"
    )
    # Before any kernel: the page is stopped from reaching its own.
    here.route("**/api/kernels/**", lambda route: route.abort())
    open_menu(here)
    for name in ("Large type", "Dark"):
        here.get_by_role("button", name=name).click()
        assert here.get_by_role("button", name=name, pressed=True).count() == 1
    again = here.context.new_page()
    again.set_default_timeout(60_000)
    again.goto(here.url.replace("00_start_here", "02_practice"))
    again.get_by_role("button", name="Play", exact=True).wait_for()
    again.set_viewport_size({"width": 390, "height": 844})
    assert again.evaluate(WIDE, 390) == []
    open_menu(again)
    assert again.get_by_role("button", name="Large type", pressed=True).count() == 1
    larger = again.evaluate(
        "parseFloat(getComputedStyle(document.querySelector('.ic-lead')).fontSize)"
    )
    assert larger >= 1.3 * usual
    assert again.evaluate(WIDE, 390) == []
    assert again.evaluate("getComputedStyle(document.body).colorScheme") == "dark"
    again.screenshot(path=screens / "everyone-large-dark-390.png", full_page=True)
    again.get_by_role("button", name="Dark").click()
    assert "dark" not in again.evaluate("document.documentElement.className")
    assert again.evaluate("localStorage.getItem('interview-coach-dark')") is None


def test_on_a_telephone_the_bar_is_a_menu(
    page: Callable[..., Any], axe: Callable[..., list[str]], screens: Path
) -> None:
    here = page("01_today", width=390, height=844)
    menu, other = here.get_by_role("button", name="Menu"), here.get_by_role("link", name="Practise")
    here.screenshot(path=screens / "everyone-menu-folded.png")
    assert not other.is_visible()
    # In one line, so that the page itself is in sight.
    assert here.locator("header .ic-nav").bounding_box()["height"] <= 60
    menu.focus()
    here.keyboard.press("Enter")
    other.wait_for()
    here.screenshot(path=screens / "everyone-menu.png")
    assert axe(here) == []
    assert here.evaluate(ASKED) == []
    here.keyboard.press("Tab")
    assert here.evaluate("document.activeElement.textContent") == "Home"
    here.keyboard.press("Escape")
    assert not other.is_visible()
    assert here.evaluate("document.activeElement.textContent") == "Menu"
    menu.click()
    other.wait_for()
    here.get_by_role("heading", level=1).click()  # who touches the page has done with the menu
    other.wait_for(state="hidden")
    here.set_viewport_size({"width": 1280, "height": 844})
    assert other.is_visible() and not menu.is_visible()


@pytest.mark.parametrize(
    "more", [{"forced_colors": "active"}, {"contrast": "more"}, {"reduced_motion": "reduce"}]
)
def test_what_the_reader_s_system_asks_for_is_followed(
    page: Callable[..., Any], axe: Callable[..., list[str]], screens: Path, more: dict[str, Any]
) -> None:
    here = page("02_practice", height=844, **more)
    press("Play", "#What do you do?")(here)
    (name,) = more
    here.screenshot(path=screens / f"everyone-{name}.png")
    assert (
        here.evaluate("getComputedStyle(document.querySelector('.ic-choice')).transitionDuration")
        == "0s"
    )
    current, other = (
        here.locator(f".ic-nav li a{one}").first.evaluate(
            "node => getComputedStyle(node).borderBottomColor"
        )
        for one in ("[aria-current]", ":not([aria-current])")
    )
    assert current != other
    if name == "contrast":
        soft, ink = (
            here.locator(one).first.evaluate("node => getComputedStyle(node).color")
            for one in (".ic-lead", "h1")
        )
        assert soft == ink
    # axe-core reads the page's own colours, which these take the place of.
    assert axe(here) == [] or name == "forced_colors"
