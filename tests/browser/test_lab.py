"""JupyterLab on a work folder: the home notebook, no pop-up, our kernel, nothing asked of the internet."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any


def test_lab_opens_the_home_notebook_with_our_kernel_and_no_pop_up(
    browser: Any, tmp_path: Path
) -> None:
    code = (
        "import sys; from interview_coach.app import run_lab; run_lab(sys.argv[1], browser=False)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "work")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "JUPYTER_CONFIG_DIR": str(tmp_path / "config")},
        start_new_session=True,
    ) as server:
        try:
            assert server.stdout is not None
            found = next(
                filter(
                    None, (re.search(r"http://127\.0\.0\.1:\d+/\S+", one) for one in server.stdout)
                )
            )
            page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
            page.set_default_timeout(60_000)
            outside: list[str] = []
            page.on(
                "request",
                lambda one: (
                    None
                    if one.url.startswith(
                        ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
                    )
                    else outside.append(one.url)
                ),
            )
            page.goto(found.group(0))
            page.get_by_role("heading", name="The call did not connect. What now?").wait_for()
            page.get_by_text("Interview Coach | Idle").wait_for()
            assert page.url.endswith("/lab/tree/00_start_here.ipynb")
            assert page.locator(".jp-Dialog, .Toastify__toast").count() == 0
            assert outside == []
            page.context.close()
        finally:
            os.killpg(server.pid, signal.SIGTERM)
