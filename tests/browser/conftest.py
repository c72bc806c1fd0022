"""A served page in a real browser: the app on a free port, Chromium, axe-core.

Without a browser these tests are skipped with the reason; with CI=true they fail instead.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pytest

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
READY = 60_000
"""How long, in milliseconds, a page may take to open on a busy machine."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in this folder, and let the browser's own noise pass there."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # Playwright's driver ends with the interpreter; until then its pipes count as open.
            item.add_marker(
                pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
            )


def _missing(reason: str) -> None:
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"{reason} With CI=true browser tests must run.")
    pytest.skip(reason)


@dataclass(frozen=True)
class App:
    """The app as it is served.

    Attributes
    ----------
    address : str
        Where, without a slash at its end.
    token : str
        What the address asks for.
    folder : Path
        Its work folder.
    pid : int
        Of the server's process; the kernels are its children.
    """

    address: str
    token: str
    folder: Path
    pid: int

    def url(self, notebook: str = "") -> str:
        """Give the address of a page (notebook without its ending), of the home page if empty."""
        path = f"voila/render/{notebook}.ipynb" if notebook else ""
        return f"{self.address}/{path}?token={self.token}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, once for a file: Playwright keeps a loop running, under which no other test could run its own."""
    program = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if program is None:
        _missing("No Chromium is installed (on Debian: apt-get install chromium).")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("Playwright is not installed (pip install -e '.[test]').")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield running
        running.close()


def _files(folder: Path) -> set[Path]:
    # What the server itself keeps while it runs stays.
    own = ("rooms.db", ".interview-coach")
    return {
        path for path in folder.rglob("*") if not path.relative_to(folder).parts[0].startswith(own)
    }


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app, served from a work folder of its own until the last test is done."""
    folder = tmp_path_factory.mktemp("app") / "work"
    code = f"from interview_coach.app import run_app; run_app({str(folder)!r}, browser=False)"
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(folder.parent / "config")}
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=(folder.parent / "server.log").open("w"),
        text=True,
        env=environment,
        start_new_session=True,
    ) as server:
        assert server.stdout is not None
        said = ""
        for line in server.stdout:
            said += line
            if found := re.search(r"(http://127\.0\.0\.1:\d+)/\?token=(\S+)", line):
                break
        else:
            log = (folder.parent / "server.log").read_text()
            pytest.fail(f"The app did not start: {said}\n{log}")
        yield App(found.group(1), found.group(2), folder, server.pid)
        # Only what was started here, and its kernels with it.
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)


@pytest.fixture(scope="session")
def as_made(served: App) -> dict[Path, bytes | None]:
    """What lies in the work folder before anybody has opened a page; None for a folder."""
    files = _files(served.folder)
    return {path: path.read_bytes() if path.is_file() else None for path in files}


def _let_go(app: App) -> None:
    """End the kernels that still hold a file: SQLite's last word would go into the new file's journal."""
    for kernel in psutil.Process(app.pid).children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            held = {Path(one.path) for one in kernel.open_files()}
            if any(one.is_relative_to(app.folder) for one in held):
                kernel.kill()
                kernel.wait(10)


@pytest.fixture
def app(served: App, as_made: dict[Path, bytes | None]) -> App:
    """The app, its work folder as it was made: nothing logged, practised or written by another test."""
    _let_go(served)
    for path in sorted(_files(served.folder), reverse=True):
        if path not in as_made:
            path.rmdir() if path.is_dir() else path.unlink()
    for path, content in as_made.items():
        if content is not None and (not path.exists() or path.read_bytes() != content):
            path.write_bytes(content)
    return served


@dataclass
class Heard:
    """What a page did that it should not: requests elsewhere, errors, failed answers."""

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture
def page(browser: Any, app: App) -> Iterator[Callable[..., Any]]:
    """Open pages: ``page("02_practice", width=390, scheme="dark")``.

    Gives a Playwright page, open and ready, whose ``heard`` lists outside requests and errors.
    With ``ready=False`` it is given at once.
    """
    contexts = []

    def open_page(
        notebook: str = "",
        *,
        width: int = 1280,
        height: int = 720,
        scheme: str = "light",
        ready: bool = True,
        **more: Any,
    ) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, **more
        )
        contexts.append(context)
        # Not browser.new_page(): that is a context of its own, without the token's cookie.
        opened = context.new_page()
        opened.set_default_timeout(READY)
        heard = opened.heard = Heard()
        opened.on("request", lambda asked: _note_outside(heard, asked.url, app.address))
        opened.on("pageerror", lambda error: heard.errors.append(str(error)))
        opened.on(
            "console",
            lambda line: (
                heard.errors.append(f"{line.text} {line.location.get('url', '')}".strip())
                if line.type == "error"
                else None
            ),
        )
        opened.goto(app.url(notebook))
        if ready:
            wait_until_ready(opened)
        return opened

    yield open_page
    for context in contexts:
        # Left as a person leaves it, which ends its kernel: closed outright, each stays a while, and a hundred fill the memory.
        for opened in context.pages:
            opened.goto("about:blank")
        context.close()


def wait_until_ready(page: Any) -> None:
    """Wait until a page shows its panel and not its working state."""
    page.wait_for_selector("#loading", state="detached")
    page.wait_for_selector("#rendered_cells", state="visible")


@pytest.fixture
def ready() -> Callable[[Any], None]:
    """Give `wait_until_ready`, for pages reached by a link."""
    return wait_until_ready


def _note_outside(heard: Heard, url: str, address: str) -> None:
    socket = address.replace("http://", "ws://")
    if not url.startswith((address, socket, "data:", "blob:")):
        heard.outside.append(url)


@pytest.fixture
def screens(tmp_path: Path) -> Path:
    """Where screenshots go: set INTERVIEW_COACH_SCREENS to keep them (two of them are the README's)."""
    kept = os.environ.get("INTERVIEW_COACH_SCREENS")
    return Path(kept).resolve() if kept else tmp_path


@pytest.fixture
def axe() -> Callable[..., list[str]]:
    """Count what axe-core holds against a page, one line each; an empty list is what we want.

    ``axe(page, "color-contrast")`` asks for these rules alone. WCAG 2.2 AA and axe's best practices
    are asked otherwise.
    """
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        _missing("axe-core is not installed (pip install -e '.[test]').")
    script = Axe().axe_script

    def run(page: Any, *rules: str) -> list[str]:
        asked: dict[str, Any] = {"resultTypes": ["violations"]}
        # This one is off unless it is asked for.
        asked["rules"] = {"target-size": {"enabled": True}}
        if rules:
            asked = {"runOnly": {"type": "rule", "values": list(rules)}}
        if not page.evaluate("typeof window.axe === 'object'"):
            page.evaluate(script)
        found = page.evaluate("asked => axe.run(asked)", asked)
        return [
            f"{fault['id']} ({fault['impact']}): {node['html'][:200]}"
            for fault in found["violations"]
            for node in fault["nodes"]
        ]

    return run
