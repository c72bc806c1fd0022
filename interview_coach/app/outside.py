"""What a reader sees where there is no page to show: the way in without its link, and what went wrong.

The server has pages of its own for both, which speak of servers and passwords.
"""

from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, DictLoader, Environment

from interview_coach.app.frame import whole_page
from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.panels.kit.markup import Html, el, join, trusted
from interview_coach.panels.kit.nav import nav

__all__ = ["add_error_pages", "add_way_in"]

_WAY_IN = "{{ kit_way_in(base_url, next, message, xsrf_form_html())|safe }}"  # unmarked: for Jinja
_ERROR = "{{ kit_error_page(base_url, status_code, exception)|safe }}"  # unmarked: for Jinja


def add_way_in(server: Any) -> None:
    """Have a server say in the kit's words what opens it, to whoever comes without its link."""
    environment = server.web_app.settings["jinja2_env"]
    environment.globals["kit_way_in"] = way_in
    _put_first(environment, {"login.html": _WAY_IN})


def add_error_pages(server: Any) -> None:
    """Have a server of pages say in the kit's words that there is no such page, or that one failed."""
    for name in ("jinja2_env", "voila_jinja2_env"):
        environment = server.web_app.settings[name]
        environment.globals["kit_error_page"] = error_page
        _put_first(environment, {"404.html": _ERROR, "error.html": _ERROR})


def _put_first(environment: Environment, templates: dict[str, str]) -> None:
    loaders = [DictLoader(templates), *filter(None, [environment.loader])]
    environment.loader = ChoiceLoader(loaders)


@cache
def _script() -> str:
    return (Path(__file__).parent / "way_in.js").read_text(encoding="utf-8")


def way_in(base: str, wanted: str, message: object, hidden: str | bytes) -> str:
    """Write the page that asks for the link.

    Parameters
    ----------
    base : str
        Where the server's pages begin.
    wanted : str
        The page that was asked for, ready for an address.
    message : object
        Something where what was given is not the link; else None.
    hidden : str or bytes
        The hidden input against forged requests.
    """
    action = escape(f"{base}login?next={wanted}", quote=True)
    guard = hidden.decode() if isinstance(hidden, bytes) else str(hidden)
    form = join(
        (
            trusted(f'<form method="post" action="{action}">{guard}'),
            el("p", el("label", _("The link, or what follows token= in it"), for_="link")),
            el(
                "input",
                id="link",
                name="password",
                type="text",
                autocomplete="off",
                spellcheck="false",
                aria_describedby="wrong" if message else None,
                aria_invalid="true" if message else None,
            ),
            el(
                "p",
                _("That opens nothing here. The link is new each time Interview Coach is started."),
                id="wrong",
                class_="ic-field-error",
            )
            if message
            else Html(),
            el("p", el("button", _("Open"), type="submit", class_="ic-button ic-main")),
            trusted(f"</form><script>{_script()}</script>"),
        )
    )
    return whole_page(
        _("Open it with its link"),
        el("p", el("b", "Interview Coach"), class_="ic-brand"),
        el("h1", _("Open it with its link")),
        el(
            "p",
            _(
                "These pages open with the link that Interview Coach shows where it was started, or "
                "that somebody shared with you. It is new each time Interview Coach is started, so "
                "an address that you kept from another day no longer opens them."
            ),
            class_="ic-lead",
        ),
        form,
    )


def error_page(base: str, status: int, exception: object) -> str:
    """Write what is said in place of a page.

    Parameters
    ----------
    base : str
        Where the server's pages begin.
    status : int
        Of the answer: 404 where there is no such page.
    exception : object
        What was raised. Of a `KitError` behind it the sentence is shown, of anything else nothing.
    """
    cause = getattr(exception, "__cause__", None)
    if status == 404 or isinstance(cause, KitError):
        title = _("There is no such page")
        nothing = _("Nothing stands at this address. The bar above leads to every page there is.")
        says = str(cause) if isinstance(cause, KitError) else nothing
    elif status in (401, 403):
        title = _("This is not open to you")
        says = _("Open Interview Coach again with its link; nothing that you saved is lost.")
    else:
        title = _("This page could not be opened")
        says = _(
            "Nothing that you saved is lost. Try again; if it happens again, close Interview Coach and start it again."
        )
    return whole_page(
        title,
        nav(pages=f"{base}voila/render/", guides=f"{base}help/"),
        el("h1", title),
        el("p", says, class_="ic-lead"),
        el(
            "p",
            el("a", _("To the first page"), href=base, class_="ic-button ic-main"),
            class_="ic-row",
        ),
    )
