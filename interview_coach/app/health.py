"""What the kit needs of a computer and of a work folder, looked over one by one; nothing is changed.

Each finding says what was looked at, whether it is well, and what to do. None holds anything of a
client: at most the names of files.
"""

import os
import platform
import shutil
import sys
import tempfile
import time
import webbrowser
from collections.abc import Iterator
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from interview_coach.app.kernels import OwnKernel
from interview_coach.app.network import addresses, firewall, free_port
from interview_coach.app.serving import Serving
from interview_coach.errors import KitError
from interview_coach.language import N_, _
from interview_coach.outcomes.doctor import Finding
from interview_coach.shipped import shipped
from interview_coach.wording import number

__all__ = ["look_at_computer", "look_at_folder", "packages"]

_LEAST_PYTHON = (3, 11)
_LEAST_ROOM = 500_000_000  # bytes: the log, ten backups of it, a report
_LEAST_MEMORY = 500_000_000  # bytes: the server and three pages
_SECONDS = 60  # a kernel takes one or two
_ANEW = N_("install Interview Coach again (make setup, or pip install with constraints.txt)")


def look_at_computer() -> Iterator[Finding]:
    """Look over Python, packages, kernel, what is shown, memory, and the ways to the pages."""
    yield _python()
    yield packages()
    yield _kernel()
    yield _shipped()
    yield _fonts()
    yield _browser()
    yield _memory()
    yield _ports()
    yield _network()


def look_at_folder(folder: Path) -> Iterator[Finding]:
    """Look over a work folder: whether it is one, whether it can be written, and its room."""
    if not (folder / "coach.toml").is_file():
        says = _(
            "{folder} is no work folder: name yours (interview-coach doctor FOLDER), or make one with "
            "interview-coach new FOLDER."
        ).format(folder=folder)
        # Nothing is broken; there is only nothing to look at.
        yield Finding("folder", True, says)
    else:
        yield _settings(folder)
    yield _writable(folder)
    yield _room(folder)
    try:
        there = Serving(folder).found()
    except KitError:
        there = ""
    if there:
        yield Finding("pages", True, _("Interview Coach is open on this folder now."))


def _python() -> Finding:
    version = platform.python_version()
    if sys.version_info < _LEAST_PYTHON:
        return Finding(
            "Python",
            False,
            _(
                "This is Python {version}, and 3.11 or later is needed: install it from python.org."
            ).format(version=version),
        )
    if sys.maxsize <= 2**32:
        return Finding(
            "Python",
            False,
            _(
                "Python {version} is a 32-bit one, for which some packages are not made: install the "
                "64-bit one from python.org."
            ).format(version=version),
        )
    return Finding("Python", True, f"Python {version}.")


def packages(name: str = "interview-coach") -> Finding:
    """Compare the packages that are installed with those that are needed.

    Parameters
    ----------
    name : str
        The package whose needs are looked at.
    """
    from packaging.requirements import Requirement

    try:
        needed = [Requirement(text) for text in metadata.requires(name) or ()]
    except metadata.PackageNotFoundError:
        says = _("{name} is not installed in this Python: {anew}.")
        return Finding("packages", False, says.format(name=name, anew=_(_ANEW)))
    wrong, extras = [], {}
    for one in needed:
        # What belongs to an extra is wished for, not needed.
        extra = one.marker is not None and not one.marker.evaluate({"extra": ""})
        try:
            version = metadata.version(one.name)
        except metadata.PackageNotFoundError:
            version = ""
        fits = bool(version) and one.specifier.contains(version, prereleases=True)
        if extra:
            extras[one.name] = fits
        elif not fits:
            version = version or _("missing")
            wrong.append(f"{one.name} {one.specifier} ({version})")
    if wrong:
        says = _("Missing or too old: {packages}; {anew}.")
        return Finding(
            "packages", False, says.format(packages=", ".join(sorted(wrong)), anew=_(_ANEW))
        )
    wished = {"typst": "PDF", "sqlcipher3": _("encryption"), "psycopg": _("a team's server")}
    without = [words for package, words in wished.items() if not extras.get(package)]
    says = _("All that are needed are there.")
    if without:
        note = _("Not installed, and only needed for it: {names}.")
        says += f" {note.format(names=', '.join(without))}"
    return Finding("packages", True, says)


def _kernel() -> Finding:
    from jupyter_client.manager import KernelManager

    manager = KernelManager(kernel_spec_manager=OwnKernel())
    begun = time.monotonic()
    try:
        manager.start_kernel()
        client = manager.blocking_client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=_SECONDS)
            told = client.execute(
                "import interview_coach.panels.home", silent=True, reply=True, timeout=_SECONDS
            )
        finally:
            client.stop_channels()
    except (OSError, RuntimeError, TimeoutError) as problem:
        says = _("What runs the pages does not start ({reason}): {anew}.")
        return Finding("kernel", False, says.format(reason=problem, anew=_(_ANEW)))
    finally:
        if manager.has_kernel:
            manager.shutdown_kernel(now=True)
    if told["content"]["status"] != "ok":
        says = _("What runs the pages does not find the kit ({reason}): {anew}.")
        why = told["content"].get("evalue", "")
        return Finding("kernel", False, says.format(reason=why, anew=_(_ANEW)))
    says = _("It starts, in {seconds} seconds.")
    return Finding("kernel", True, says.format(seconds=number(time.monotonic() - begun, 1)))


def _shipped() -> Finding:
    here = Path(__file__).parent
    wanted = [
        "shell.js",
        "shell.css",
        "share/jupyter/voila/templates/interview-coach/index.html.j2",
    ]
    lacking = [name for name in wanted if not (here / name).is_file()]
    try:
        notebooks = len(list(shipped("notebooks").glob("*.ipynb")))
        shipped("data")
    except KitError as problem:
        return Finding("kit", False, str(problem))
    if lacking or not notebooks:
        says = _("Files of the kit are missing ({files}): {anew}.")
        return Finding("kit", False, says.format(files=", ".join(lacking), anew=_(_ANEW)))
    says = _("It is whole: {n} notebooks and all that shows them.")
    return Finding("kit", True, says.format(n=notebooks))


def _fonts() -> Finding:
    # Looked for, not loaded: drawing is for charts.
    drawing = find_spec("matplotlib")
    own = "mpl-data/fonts/ttf/DejaVuSans.ttf"
    if drawing is None or not (Path(drawing.origin or "").parent / own).is_file():
        says = _("The font of charts and PDFs is missing: {anew}.")
        return Finding("fonts", False, says.format(anew=_(_ANEW)))
    if sys.platform.startswith("linux"):
        folders = [
            Path("/usr/share/fonts"),
            Path("/usr/local/share/fonts"),
            Path.home() / ".local/share/fonts",
        ]
        if not any(
            found.suffix.lower() in {".ttf", ".otf", ".ttc", ".pfb"}
            for folder in folders
            for found in folder.rglob("*")
        ):
            return Finding(
                "fonts",
                False,
                _(
                    "No font is installed, so a browser draws boxes: on Debian and Ubuntu, "
                    "sudo apt install fonts-dejavu."
                ),
            )
    return Finding("fonts", True, _("Charts, PDFs and pages have theirs."))


def _browser() -> Finding:
    try:
        webbrowser.get()
    except webbrowser.Error:
        return Finding(
            "browser",
            True,
            _(
                "None opens by itself here; open the address that is printed in a browser of your own."
            ),
        )
    return Finding("browser", True, _("The pages open by themselves."))


def _memory() -> Finding:
    import psutil

    free = psutil.virtual_memory().available
    if free < _LEAST_MEMORY:
        says = _("Only {n} GB of memory are free; close what you don't need.")
    else:
        says = _("{n} GB of memory are free; an open page takes 0.1 to 0.2.")
    return Finding("memory", free >= _LEAST_MEMORY, says.format(n=_gigabytes(free)))


def _ports() -> Finding:
    try:
        free_port()
    except KitError:
        return Finding(
            "ports",
            False,
            _(
                "No port is free on this computer, or a security program holds them: restart the "
                "computer."
            ),
        )
    return Finding("ports", True, _("One is free for the pages."))


def _network() -> Finding:
    found = addresses()
    if not found:
        return Finding(
            "network",
            True,
            _(
                "This computer is in no network: all works but --share, for which others must reach it."
            ),
        )
    words = _(
        "With --share, others in the same network reach this computer at {addresses}."
    ).format(addresses=", ".join(found))
    # The port is only known when it is shared; the way is the same for each.
    closed = firewall(0).partition(":")[0]
    return Finding("network", True, f"{words} {closed}.".strip() if closed else words)


def _settings(folder: Path) -> Finding:
    from interview_coach.playbook import load_playbook

    try:
        load_playbook(folder / "coach.toml")
    except KitError as problem:
        return Finding("settings", False, str(problem))
    return Finding("settings", True, _("coach.toml can be read."))


def _writable(folder: Path) -> Finding:
    try:
        with tempfile.TemporaryFile(dir=folder, prefix=".trial-") as trial:
            trial.write(b"x" * 4096)
            trial.flush()
            os.fsync(trial.fileno())
    except OSError as problem:
        return Finding(
            "writing",
            False,
            _(
                "Nothing can be written into {folder} ({reason}): make room, or give your account the "
                "right to write there."
            ).format(folder=folder, reason=problem.strerror),
        )
    return Finding("writing", True, _("The folder can be written."))


def _room(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    if free < _LEAST_ROOM:
        says = _("Only {n} GB of the disk are free: make room, before the log cannot be written.")
    else:
        says = _("{n} GB of the disk are free.")
    return Finding("room", free >= _LEAST_ROOM, says.format(n=_gigabytes(free)))


def _gigabytes(size: int) -> str:
    # The language's sign before the tenth, and none between the thousands.
    return f"{size / 1e9:.1f}".replace(".", number(0.1, 1)[1])
