"""The language of a page that is served: kept in the browser, for the bar and for the page's kernel."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from interview_coach.errors import KitError
from interview_coach.language import ENVIRONMENT, LANGUAGES, chosen, use_here

__all__ = ["COOKIE", "settle", "speak"]

COOKIE = "interview-coach-language"
_DAYS = 365


def settle(handler: Any, cwd: str = "") -> str:
    """Speak, for the length of a request, the language that its page is wanted in.

    Parameters
    ----------
    handler : tornado.web.RequestHandler
        Of the request.
    cwd : str
        The folder whose settings count where nothing was chosen, from the root of the server.

    Returns
    -------
    str
        What was chosen in this browser; "" where nothing was.
    """
    asked = handler.get_query_argument("language", "")
    kept = handler.get_cookie(COOKIE, "")
    if asked in LANGUAGES and asked != kept:
        handler.set_cookie(COOKIE, asked, path="/", expires_days=_DAYS, samesite="Lax")
    wanted = asked if asked in LANGUAGES else kept
    if wanted in LANGUAGES:
        use_here(wanted)
        return str(wanted)
    # Nothing was chosen in this browser: what the kernel finds by itself, in the same folder.
    root = Path(handler.settings.get("server_root_dir", ".")).expanduser()
    # Settings that name no language are told so on the page itself.
    with suppress(KitError):
        own = {ENVIRONMENT: os.environ.get(ENVIRONMENT, "")}
        use_here(chosen(own, root / cwd / "coach.toml"))
    return ""


def speak(handler: Any, notebook: Any, cwd: str) -> None:
    """Settle the language of a page before its kernel starts: a hook for Voilà.

    An address with ``?language=es`` is remembered in the browser, and so beats the coach's own
    settings on every page from then on. The bar around the page is made in this request; the
    kernel, which makes the page itself, is told by a cell in front of the others.

    Parameters
    ----------
    handler : tornado.web.RequestHandler
        Of the request for the page.
    notebook : NotebookNode
        The notebook as it will be run; the one in the work folder is not touched.
    cwd : str
        Where it lies, from the root of the server.
    """
    wanted = settle(handler, cwd)
    if not wanted:
        return
    from nbformat.v4 import new_code_cell

    telling = new_code_cell(f"import os\n\nos.environ[{ENVIRONMENT!r}] = {wanted!r}")
    notebook.cells.insert(0, telling)
