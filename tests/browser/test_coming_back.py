"""What works behind a page goes away: the page says so, and one click leads back to the same place."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

NOTICE = ".ic-gone"
GO_ON = "Go on where you were"


class Own:
    """An app of one's own, to be stopped and started again at will."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = ""
        self._server: subprocess.Popen[str] | None = None

    def start(self) -> str:
        """Start it; give the address of its home page."""
        code = "import sys; from interview_coach.app import run_app; run_app(sys.argv[1], browser=False)"
        self._server = subprocess.Popen(
            [sys.executable, "-c", code, str(self.folder / "work")],
            stdout=subprocess.PIPE,
            stderr=(self.folder / "server.log").open("a"),
            text=True,
            env={**os.environ, "JUPYTER_CONFIG_DIR": str(self.folder / "config")},
            start_new_session=True,
        )
        assert self._server.stdout is not None
        for line in self._server.stdout:
            if found := re.search(r"(http://127\.0\.0\.1:\d+)/\?token=\S+", line):
                self.address = found.group(1)
                return found.group(0)
        pytest.fail((self.folder / "server.log").read_text())

    @property
    def kernels(self) -> list[psutil.Process]:
        assert self._server is not None
        return [
            one
            for one in psutil.Process(self._server.pid).children()
            if "ipykernel_launcher" in " ".join(one.cmdline())
        ]

    def stop(self) -> None:
        """Stop it as a closed terminal does, its kernels with it."""
        if self._server is not None and self._server.poll() is None:
            os.killpg(self._server.pid, signal.SIGTERM)
            try:
                self._server.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(self._server.pid, signal.SIGKILL)
                self._server.wait(10)
            assert self._server.stdout is not None
            self._server.stdout.close()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Own]:
    made = Own(tmp_path)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def visit(browser: Any, own: Own, ready: Callable[[Any], None]) -> Iterator[Callable[..., Any]]:
    contexts: list[Any] = []

    def go(notebook: str, **more: Any) -> Any:
        told = (own.folder / "work" / ".interview-coach" / "serving.json").read_text()
        token = re.findall(r'"token": "([^"]+)"', told)[0]
        if not contexts:
            contexts.append(browser.new_context(viewport={"width": 1280, "height": 720}, **more))
        page = contexts[0].new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{own.address}/voila/render/{notebook}.ipynb?token={token}")
        ready(page)
        return page

    yield go
    for context in contexts:
        context.close()


def kill_kernel(own: Own, page: Any) -> None:
    """Kill the process behind a page, as a computer that runs out of memory does."""
    kernel = page.evaluate(
        "JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId"
    )
    found = [one for one in own.kernels if kernel in " ".join(one.cmdline())]
    assert len(found) == 1
    found[0].kill()


def go_on(page: Any, ready: Callable[[Any], None]) -> None:
    """Click once, and wait for the page that comes."""
    page.evaluate("window.before = true")
    page.get_by_role("link", name=GO_ON).click()
    page.wait_for_function("!window.before && document.getElementById('rendered_cells')")
    ready(page)


def test_a_killed_kernel_is_said_and_the_same_call_goes_on(
    own: Own,
    visit: Callable[..., Any],
    ready: Callable[[Any], None],
    axe: Callable[[Any], list[str]],
    screens: Path,
) -> None:
    here = visit("02_practice")
    here.get_by_role("button", name="Play", exact=True).click()
    here.get_by_role("heading", name="What do you do?").wait_for()
    here.locator(".ic-choice").filter(has_text="Wait").first.click()
    here.get_by_role("button", name="Take back").wait_for()
    words = here.get_by_role("heading", level=1).inner_text()
    kill_kernel(own, here)
    here.locator(NOTICE).wait_for()
    here.screenshot(path=screens / "gone.png")
    assert axe(here) == []
    assert "This page has stopped answering. What you saved is kept." in here.content()
    go_on(here, ready)
    assert here.get_by_role("heading", level=1).inner_text() == words
    assert here.get_by_role("button", name="Take back").is_visible()
    assert "back=" not in here.url
    assert here.locator(NOTICE).count() == 0
    # In the middle of a message: the words that were typed come back too.
    here.get_by_role("button", name="Write an email").click()
    here.get_by_label("Your words").fill("Dear Ms Carter, I called at two.")
    kill_kernel(own, here)
    here.locator(NOTICE).wait_for()
    go_on(here, ready)
    here.wait_for_function(
        "document.querySelector('textarea')?.value === 'Dear Ms Carter, I called at two.'"
    )


def test_a_closed_server_that_comes_back_at_the_same_part_of_the_page(
    own: Own, visit: Callable[..., Any], ready: Callable[[Any], None], screens: Path
) -> None:
    here = visit("05_log_outcomes")
    there = visit("01_today")
    here.get_by_role("button", name="Clients").click()
    here.locator("[data-ic-place=clients]").wait_for(state="attached")
    there.get_by_role("button", name="If it applies").click()
    there.get_by_label("The number that was to be called").fill("020 7946 0018")
    there.evaluate("scrollTo(0, 300)")
    own.stop()
    for page in (here, there):
        page.get_by_text("Interview Coach cannot be reached").wait_for()
    here.screenshot(path=screens / "away.png")
    here.get_by_role("link", name=GO_ON).click()
    here.get_by_text("It is still not to be reached.").wait_for()
    before = own.address
    own.start()
    # At the same port, so that pages that were left open find back, with the cookie that they have.
    assert own.address == before
    go_on(here, ready)
    here.locator("[data-ic-place=clients]").wait_for(state="attached")
    assert here.locator(".ic-section.ic-here").inner_text() == "Clients"
    go_on(there, ready)
    there.wait_for_function(
        "[...document.querySelectorAll('input')].some(one => one.value === '020 7946 0018')"
    )
    there.wait_for_function("scrollY >= 290")


def test_a_device_that_loses_its_network_is_told_and_told_when_it_is_back(
    own: Own, visit: Callable[..., Any]
) -> None:
    here = visit("00_start_here")
    here.context.set_offline(True)
    here.get_by_text("this device is out of the network").wait_for()
    here.context.set_offline(False)
    # The kernel is still there, and so is the page: nothing is to be done.
    here.locator(NOTICE).wait_for(state="detached")


def test_kernels_are_gone_when_the_server_is(own: Own, visit: Callable[..., Any]) -> None:
    visit("00_start_here")
    those = own.kernels
    assert those
    own.stop()
    gone, left = psutil.wait_procs(those, timeout=10)
    for one in left:
        with suppress(psutil.NoSuchProcess):
            one.kill()
    assert left == [] and len(gone) == len(those)
