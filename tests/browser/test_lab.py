"""JupyterLab on a work folder: the home notebook, no pop-up, our kernel, nothing asked of the internet."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from interview_coach.app import make_work_folder
from tests.marked import mark_folder

CODE = "import sys; from interview_coach.app import run_lab; run_lab(sys.argv[1], browser=False)"
HERE = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
PRESSED = {
    # By notebook, what is pressed on its panel once it has run, and what is there then.
    "01_today": ("What now?", "What to do"),
    "05_log_outcomes": ("All calls", "3 calls"),
    "08_compare_policies": ("Which policies?", "onerror"),
}


@pytest.fixture
def lab(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Open a notebook in JupyterLab, in a marked work folder: a page whose ``outside`` lists what it asks elsewhere."""
    work = tmp_path / "work"
    make_work_folder(work)
    mark_folder(work)
    with subprocess.Popen(
        [sys.executable, "-c", CODE, str(work)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "JUPYTER_CONFIG_DIR": str(tmp_path / "config")},
        start_new_session=True,
    ) as server:
        try:
            assert server.stdout is not None
            told = (re.search(r"http://127\.0\.0\.1:\d+/\S+", one) for one in server.stdout)
            address = next(filter(None, told)).group(0)
            context = browser.new_context(viewport={"width": 1280, "height": 900})

            def opened(notebook: str = "") -> Any:
                page = context.new_page()
                page.set_default_timeout(60_000)
                page.outside = []
                page.on(
                    "request",
                    lambda one: None if one.url.startswith(HERE) else page.outside.append(one.url),
                )
                page.goto(address)
                if notebook:
                    # With the token's cookie; nothing else is open beside it then.
                    page.goto(address.split("?")[0] + f"lab/tree/{notebook}.ipynb?reset")
                page.get_by_text("Interview Coach | Idle").wait_for()
                return page

            yield opened
            context.close()
        finally:
            os.killpg(server.pid, signal.SIGTERM)


def test_lab_opens_the_home_notebook_with_our_kernel_and_no_pop_up(lab: Any) -> None:
    here = lab()
    here.get_by_role("heading", name="The call did not connect. What now?").wait_for()
    assert here.url.endswith("/lab/tree/00_start_here.ipynb")
    assert here.locator(".jp-Dialog, .Toastify__toast").count() == 0
    assert here.outside == []


@pytest.mark.parametrize("notebook", PRESSED)
def test_no_script_in_what_was_logged_or_typed_runs_in_lab(
    lab: Any, screens: Path, notebook: str
) -> None:
    here, (pressed, there) = lab(notebook), PRESSED[notebook]
    here.get_by_role("tab", name=f"{notebook}.ipynb", selected=True).wait_for()
    here.get_by_role("menuitem", name="Run", exact=True).click()
    here.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    panel = here.locator(".ic-page")
    panel.get_by_role("button", name=pressed).first.click()
    panel.get_by_text(there).locator("visible=true").first.wait_for()
    shown = panel.inner_text() + " ".join(
        panel.locator("input, textarea").evaluate_all("nodes => nodes.map(one => one.value)")
    )
    assert "onerror" in shown
    here.screenshot(path=screens / f"lab-{notebook}.png")
    assert here.evaluate("window.__xss === undefined")
    assert here.locator("img[src=x]").count() == 0
    assert here.outside == []
