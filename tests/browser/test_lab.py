"""JupyterLab on a work folder: the home notebook, no pop-up, our kernel, nothing asked of the internet."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from interview_coach.app import make_work_folder
from tests.marked import ATTACK, mark_folder

CODE = "import sys; from interview_coach.app import run_lab; run_lab(sys.argv[1], browser=False)"
HERE = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
SHOWN = {
    # By notebook, what stands on its panel once it has run; the log, the desk and the rules are marked.
    "01_today": ("What now?", False),
    "05_log_outcomes": ("All calls", True),
    "08_compare_policies": ("Which policies?", False),
}


@pytest.fixture
def lab(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """Open JupyterLab on a marked work folder: a page whose ``outside`` lists what it asks elsewhere."""
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
            found = next(filter(None, told))
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            page = context.new_page()
            page.set_default_timeout(60_000)
            page.outside = outside = []
            page.on(
                "request",
                lambda one: None if one.url.startswith(HERE) else outside.append(one.url),
            )
            page.goto(found.group(0))
            page.get_by_text("Interview Coach | Idle").wait_for()
            yield page
            context.close()
        finally:
            os.killpg(server.pid, signal.SIGTERM)


def test_lab_opens_the_home_notebook_with_our_kernel_and_no_pop_up(lab: Any) -> None:
    lab.get_by_role("heading", name="The call did not connect. What now?").wait_for()
    assert lab.url.endswith("/lab/tree/00_start_here.ipynb")
    assert lab.locator(".jp-Dialog, .Toastify__toast").count() == 0
    assert lab.outside == []


def test_no_script_in_what_was_logged_or_typed_runs_in_lab(lab: Any, screens: Path) -> None:
    for notebook, (words, pressed) in SHOWN.items():
        lab.goto(re.sub(r"/lab/tree/.*", f"/lab/tree/{notebook}.ipynb", lab.url))
        lab.get_by_text("Interview Coach | Idle").wait_for()
        lab.get_by_role("menuitem", name="Run", exact=True).click()
        lab.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        panel = lab.locator(".ic-page").first
        panel.wait_for()
        button = panel.get_by_role("button", name=words).first
        button.wait_for()
        if pressed:
            button.click()
            panel.get_by_role("heading", name="3 calls").wait_for()
        shown = panel.inner_text() + " ".join(
            panel.locator("input, textarea").evaluate_all("nodes => nodes.map(one => one.value)")
        )
        assert "onerror" in shown, notebook
        lab.screenshot(path=screens / f"lab-{notebook}.png")
        assert lab.evaluate("window.__xss === undefined"), notebook
        assert lab.locator("img[src=x]").count() == 0
        assert ATTACK not in lab.title()
    assert lab.outside == []
