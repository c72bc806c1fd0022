"""Voilà's script in one file: asked for with the token, kept by the browser, and nothing else is asked."""

import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest

from interview_coach.app import quicker


def got(app: Any, path: str, *, token: bool = True) -> Any:
    """Ask the app for something; give the answer, whatever its status."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *given: Any) -> None:
            return None

    head = {"Authorization": f"token {app.token}"} if token else {}
    asked = urllib.request.Request(app.address + path, headers=head)
    try:
        return urllib.request.build_opener(Stay).open(asked, timeout=30)
    except urllib.error.HTTPError as error:
        return error


@pytest.mark.parametrize(
    ("name", "token", "status"),
    [(None, True, 200), (None, False, 302), ("other.js", True, 404), ("..%2F..%2Fx.js", True, 404)],
)
def test_who_is_given_what(app: Any, name: str | None, token: bool, status: int) -> None:
    path = f"/interview-coach/scripts/{name or quicker._parts().name}"
    with got(app, path, token=token) as answer:
        assert answer.status == status
        if status == 200:
            assert answer.read() == quicker._parts().text
            assert "immutable" in answer.headers["Cache-Control"]
            assert "private" in answer.headers["Cache-Control"]


def test_a_page_asks_for_no_part_by_itself(page: Callable[..., Any]) -> None:
    here = page("00_start_here", ready=False)
    asked: list[str] = []
    here.on("request", lambda one: asked.append(one.url))
    here.reload()
    here.locator("[data-ic-ready]").first.wait_for(state="attached")
    parts = [one for one in asked if ".voila.js" in one]
    assert parts == []
    assert sum("/interview-coach/scripts/" in one for one in asked) <= 1
    assert here.heard.outside == []
