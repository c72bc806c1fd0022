"""How long the kit takes to open, beside a bare Voilà page, and how fast a click is answered.

In one run and in turns: a bare Voilà page that imports pandas and matplotlib and shows a button, from
the command to the button on the screen; the kit, from its command to its home page; then the next
visitor of the same page, with a browser that has seen nothing yet. A visitor for whom no kernel
waits is measured too, so that one sees what the waiting kernel is worth.

Then fifty clicks on each of three pages: from the click to the first frame that shows other content.

Run it by hand: ``python benchmarks/opening.py [--rounds 5] [--clicks 50]``. It needs Chromium.
"""

import argparse
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
SECONDS = 60_000  # milliseconds that anything may take
BARE = """
import pandas as pd
import matplotlib.pyplot as plt
import ipywidgets as widgets
widgets.Button(description="Ready")
"""
middle: Callable[[list[float]], float] = statistics.median
OPENING, NEXT, CLICK = 1.2, 0.5, 150.0
# A second click at the same place within 400 ms counts as a double click, and is let go.
APART = 450

# Resolves with the milliseconds from the click to the frame after other content was put in. A button
# that is greyed out is no answer: only nodes and words count.
ANSWERED = """
button => new Promise((done, fail) => {
  const begun = performance.now();
  const watch = new MutationObserver((changes) => {
    if (!changes.some((one) => one.addedNodes.length || one.type === "characterData")) return;
    watch.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));
  });
  watch.observe(document.querySelector(".ic-body"), { childList: true, characterData: true, subtree: true });
  setTimeout(() => { watch.disconnect(); fail(new Error("no answer within 10 s")); }, 10000);
  button.click();
})
"""


@contextmanager
def served(command: list[str], port: int, folder: Path) -> Iterator[float]:
    """Start a server; give the moment of the command once it listens, and close it afterwards."""
    environment = {
        **os.environ,
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "PYTHONPATH": os.pathsep.join(
            filter(None, (str(Path.cwd()), os.environ.get("PYTHONPATH")))
        ),
    }
    begun = time.perf_counter()
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as server:
        try:
            while True:
                with socket.socket() as asked:
                    if asked.connect_ex(("127.0.0.1", port)) == 0:
                        break
                if server.poll() is not None or time.perf_counter() - begun > SECONDS / 1000:
                    raise SystemExit(f"{command} did not start.")
                time.sleep(0.01)
            yield begun
        finally:
            stop(server)


def stop(server: "subprocess.Popen[bytes]") -> None:
    """End a server and the kernels that it started."""
    kernels = psutil.Process(server.pid).children(recursive=True) if server.poll() is None else []
    server.send_signal(signal.SIGTERM)
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
    for kernel in kernels:
        if kernel.is_running():
            kernel.kill()


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def opened(browser: Any, url: str, shown: str) -> tuple[Any, float]:
    """Open an address as a visitor who has been nowhere; give the page and the seconds it took."""
    page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    page.set_default_timeout(SECONDS)
    begun = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_selector(shown, state="visible")
    return page, time.perf_counter() - begun


def settled(port: int, token: str, waiting: int) -> None:
    """Wait until so many kernels wait and all are idle: what a next visitor some seconds later meets."""
    import urllib.request

    def kernels() -> list[dict[str, Any]]:
        asked = urllib.request.Request(
            f"http://127.0.0.1:{port}/api/kernels", headers={"Authorization": f"token {token}"}
        )
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return list(json.load(answer))

    until = time.perf_counter() + 30
    busy = psutil.cpu_percent
    busy()
    while time.perf_counter() < until:
        time.sleep(0.5)
        free = [one for one in kernels() if not one["connections"]]
        if len(free) >= waiting and busy() < 30:
            return


def bare(browser: Any, folder: Path) -> float:
    """Measure Voilà by itself, from the command to its button."""
    import nbformat

    cells = [nbformat.v4.new_code_cell(BARE)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), folder / "bare.ipynb")
    port = free_port()
    command = [sys.executable, "-m", "voila", "bare.ipynb", f"--port={port}", "--no-browser"]
    with served([*command, "--Voila.ip=127.0.0.1"], port, folder) as begun:
        page, _ = opened(browser, f"http://127.0.0.1:{port}/", "button:has-text('Ready')")
        took = time.perf_counter() - begun
        page.context.close()
    return took


def kit(browser: Any, folder: Path, notebook: str) -> dict[str, float]:
    """Measure the kit: command to page, the next visitor, and one for whom no kernel waits."""
    port = free_port()
    command = [sys.executable, "-m", "interview_coach.cli", "app", "work", "--no-browser"]
    found = {}
    with served([*command, "--port", str(port)], port, folder) as begun:
        told = folder / "work" / ".interview-coach" / "serving.json"
        while not told.exists():
            time.sleep(0.01)
        token = json.loads(told.read_text())["token"]
        url = f"http://127.0.0.1:{port}/voila/render/{notebook}.ipynb?token={token}"
        page, found["first page"] = opened(browser, url, "[data-ic-ready]")
        found["command"] = time.perf_counter() - begun
        # Both stay: visitors are there at the same time.
        settled(port, token, 1)
        following, found["next"] = opened(browser, url, "[data-ic-ready]")
        _, found["no kernel waits"] = opened(browser, url, "[data-ic-ready]")
        page.context.close()
        following.context.close()
    return found


def pressed(page: Any, names: tuple[str, ...]) -> float:
    """Press the first of these that is there, and give the milliseconds until it is answered."""
    until = time.perf_counter() + 10
    while time.perf_counter() < until:
        for name in names:
            found = page.locator(name)
            if found.count() and found.first.is_visible() and found.first.is_enabled():
                return float(found.first.evaluate(ANSWERED))
        page.wait_for_timeout(50)
    raise SystemExit(f"None of {names} is on the page: {page.inner_text('body')[:2000]}")


def clicks(browser: Any, folder: Path, many: int) -> Iterator[tuple[str, list[float]]]:
    """Click on three pages, many times each."""
    ways: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
        "02_practice": (
            "^Play$",
            (".ic-choice:has-text('Wait')", ".ic-choice", "button:text-is('Another of this kind')"),
            (
                "button:has-text('Take back')",
                "button:text-is('Another of this kind')",
                ".ic-choice",
            ),
        ),
        "01_today": (
            "",
            ("button:text-is('What now?')",),
            ("button:text-is('Change my answers')",),
        ),
        "08_compare_policies": (
            "^Which policies",
            ("input[type=checkbox]",),
            ("input[type=checkbox]",),
        ),
    }
    port = free_port()
    command = [sys.executable, "-m", "interview_coach.cli", "app", "work", "--no-browser"]
    with served([*command, "--port", str(port)], port, folder):
        told = folder / "work" / ".interview-coach" / "serving.json"
        token = json.loads(told.read_text())["token"]
        for notebook, (before, one, other) in ways.items():
            url = f"http://127.0.0.1:{port}/voila/render/{notebook}.ipynb?token={token}"
            page, _ = opened(browser, url, "[data-ic-ready]")
            if notebook == "01_today":
                page.get_by_label("Agreed time").fill("00:00")
            if before:
                page.get_by_role("button", name=re.compile(before)).first.click()
                page.locator(one[0]).first.wait_for(state="visible")
            settled(port, token, 1)
            took = []
            for number in range(many):
                page.wait_for_timeout(APART)
                took.append(pressed(page, other if number % 2 else one))
            yield notebook, took
            page.context.close()


def said(name: str, seconds: float, beside: float, aim: float) -> None:
    ratio = seconds / beside
    print(f"  {name:<44} {seconds:6.2f} s   {ratio:5.2f} of it   (aim {aim:.2f})")


def openings(browser: Any, temporary: Path, rounds: int, page: str) -> None:
    """Open the bare page and the kit in turns, and print the medians."""
    alone, ours = [], []
    for number in range(rounds):
        folder = temporary / str(number)
        folder.mkdir()
        alone.append(bare(browser, folder))
        ours.append(kit(browser, folder, page))
    of = {name: middle([one[name] for one in ours]) for name in ours[0]}
    print(f"{page}, medians of {rounds} rounds in turns:")
    print(f"  {'bare Voilà: command to button':<44} {middle(alone):6.2f} s")
    said("kit: command to usable page", of["command"], middle(alone), OPENING)
    print(f"  {'kit: first visitor, link to usable page':<44} {of['first page']:6.2f} s")
    print(f"  {'a visitor for whom no kernel waits':<44} {of['no kernel waits']:6.2f} s")
    said("next visitor, of one for whom none waits", of["next"], of["no kernel waits"], NEXT)
    said("next visitor, of the first from the command", of["next"], of["command"], NEXT)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=3, help="how often each is opened")
    asked.add_argument("--clicks", type=int, default=50, help="how many clicks on each page")
    asked.add_argument("--page", default="00_start_here", help="which page is opened")
    given = asked.parse_args()
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise SystemExit("No Chromium is installed (on Debian: apt-get install chromium).")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as temporary:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        if given.rounds:
            openings(browser, Path(temporary), given.rounds, given.page)
        if given.clicks:
            folder = Path(temporary) / "clicks"
            folder.mkdir()
            print(f"A click to the frame that answers it, {given.clicks} clicks a page:")
            for notebook, took in clicks(browser, folder, given.clicks):
                late = sorted(took)[int(len(took) * 0.95)]
                print(
                    f"  {notebook:<24} median {middle(took):5.0f} ms   95% {late:5.0f} ms   (aim {CLICK:.0f})",
                    flush=True,
                )
        browser.close()


if __name__ == "__main__":
    main()
