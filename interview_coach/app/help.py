"""The guides, served beside the pages: an extension of the Jupyter server, behind its login."""

import base64
import hashlib
from collections.abc import Callable
from functools import cache
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado import web

from interview_coach.app.guides import guide_page, index_page, picture
from interview_coach.app.speaking import settle
from interview_coach.errors import KitError
from interview_coach.panels.kit.theme import looks_js

__all__ = ["load_jupyter_server_extension"]

# Words, styles and pictures of the kit's own, and of all scripts the one that minds how pages look.
_ONLY_OURS = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'"  # unmarked: for the browser


@cache
def _fingerprint() -> str:
    return base64.b64encode(hashlib.sha256(looks_js().encode()).digest()).decode()


class _Help(JupyterHandler):
    """Answers with a guide or a picture; what is not there is said in a sentence."""

    @property
    def content_security_policy(self) -> str:
        return f"{_ONLY_OURS}; script-src 'sha256-{_fingerprint()}'"  # unmarked: for the browser

    async def prepare(self) -> None:
        await super().prepare()
        settle(self)

    async def send(self, make: Callable[[], str | bytes], kind: str) -> None:
        try:
            content = make()
        except KitError as problem:
            raise web.HTTPError(404, str(problem)) from problem
        self.set_header("Content-Type", kind)
        self.set_header("Cache-Control", "no-cache")
        await self.finish(content)


class _Index(_Help):
    @web.authenticated
    async def get(self) -> None:
        await self.send(index_page, "text/html; charset=utf-8")


class _Guide(_Help):
    @web.authenticated
    async def get(self, name: str) -> None:
        await self.send(lambda: guide_page(name), "text/html; charset=utf-8")


class _Picture(_Help):
    @web.authenticated
    async def get(self, name: str) -> None:
        await self.send(lambda: picture(name), "image/png")


def load_jupyter_server_extension(server: Any) -> None:
    """Add the guides to a Jupyter server, below ``help/``."""
    base = server.web_app.settings["base_url"]
    server.web_app.add_handlers(
        ".*$",
        [
            (
                url_path_join(base, "help"),
                web.RedirectHandler,
                {"url": url_path_join(base, "help/")},
            ),
            (url_path_join(base, "help/"), _Index),
            (url_path_join(base, r"help/pictures/([a-z0-9_-]+\.png)"), _Picture),
            (url_path_join(base, r"help/([a-z0-9_-]+)"), _Guide),
        ],
    )


_load_jupyter_server_extension = load_jupyter_server_extension


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "interview_coach.app.help"}]
