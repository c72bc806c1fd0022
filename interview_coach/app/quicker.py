"""What makes a page come sooner without changing what is on it.

Voilà makes an exporter for each page, and each exporter compiles the same fifteen templates anew, a
third of the time that a page takes to begin. And its script, at the very end of the page, asks for some
fifty parts of itself, one request each. Here they come as one file, named in the page's head, so that
the browser has read them when the kernel is done.
"""

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.web import HTTPError, authenticated
from voila import notebook_renderer
from voila.exporter import VoilaExporter
from voila.paths import collect_static_paths

from interview_coach.panels.kit.markup import Html, escape, trusted

__all__ = ["EXTENSIONS", "PageExporter", "add_scripts", "page_scripts", "use_page_exporter"]

EXTENSIONS = [
    "@jupyter-widgets/jupyterlab-manager",
    "@voila-dashboards/widgets-manager8",
    "anywidget",
]
"""What a page loads: the widgets, and nothing else that the machine's JupyterLab has installed."""

_MAIN = "voila.js"
_PATH = "interview-coach/scripts"


class _InMemory(BytecodeCache):
    """Compiled templates, for as long as the server runs; Jinja compares their text."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _InMemory()


class PageExporter(VoilaExporter):
    """Voilà's exporter, whose templates are compiled once."""

    def _create_environment(self) -> Any:
        environment = super()._create_environment()
        environment.bytecode_cache = _COMPILED
        return environment


def use_page_exporter() -> None:
    """Have Voilà use it: it names the class where it makes one, and no setting reaches there."""
    notebook_renderer.VoilaExporter = PageExporter


class _Scripts(JupyterHandler):
    """The parts of Voilà's script, in one file. Its name goes by its content: kept by the browser."""

    @authenticated
    def get(self, name: str) -> None:
        script = _parts()
        if name != script.name:
            raise HTTPError(404)
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        kept = "private, max-age=31536000, immutable"  # unmarked: HTTP
        self.set_header("Cache-Control", kept)
        # Packing pays on a network, where a telephone waits for it; not on the way to oneself.
        far = not ip_address(self.request.remote_ip or "127.0.0.1").is_loopback
        if far and "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.finish(script.packed)
        else:
            self.finish(script.text)


def add_scripts(server: Any) -> None:
    """Have a server answer for the file that `page_scripts` names."""
    path = url_path_join(server.base_url, _PATH, r"(\w+\.js)")
    server.web_app.add_handlers(".*$", [(path, _Scripts)])


def page_scripts(base_url: str, config: Mapping[str, Any] | None = None) -> Html:
    """Give what a page's head says of scripts, so that they are fetched while the kernel is at work.

    Parameters
    ----------
    base_url : str
        Of the server, with a slash at its end.
    config : mapping, optional
        The page's configuration, which names the extensions.
    """
    script = _parts()
    lines = [f'<script async src="{escape(base_url + _PATH)}/{script.name}"></script>']
    for one in (config or {}).get("federated_extensions", ()):
        address = f"{base_url}voila/labextensions/{one['name']}/{one['load'].removeprefix('./')}"
        lines.append(f'<link rel="preload" as="script" href="{escape(address)}">')
    return trusted("\n".join(lines if script.text else lines[1:]))


@dataclass(frozen=True)
class _Script:
    text: bytes

    @cached_property
    def name(self) -> str:
        return f"{hashlib.sha256(self.text).hexdigest()[:20]}.js"

    @cached_property
    def packed(self) -> bytes:
        return gzip.compress(self.text, 6)


@cache
def _parts() -> _Script:
    """Put together the parts that Voilà's script names; each only enters itself into a list.

    Where a Voilà of another making names none, the file is empty, and its script asks by itself.
    """
    for folder in map(Path, collect_static_paths(["voila", "nbconvert"], "lab")):
        if (folder / _MAIN).is_file():
            named = re.findall(r"\.e\((\d+)\)", (folder / _MAIN).read_text(encoding="utf-8"))
            files = [folder / f"{number}.{_MAIN}" for number in dict.fromkeys(named)]
            return _Script(b"\n;\n".join(one.read_bytes() for one in files if one.is_file()))
    return _Script(b"")
