"""A panel speaks the language of whoever opened it: settled before its first word is made."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from interview_coach.language import LANGUAGES, OFFERED, chosen, current, pgettext, use
from interview_coach.panels.kit.markup import Html, el

__all__ = ["language_switch", "panel"]

P = ParamSpec("P")
R = TypeVar("R")


def panel(make: Callable[P, R]) -> Callable[P, R]:
    """Have a page made in the language that the person asked for (`language.chosen`)."""

    @wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> R:
        use(chosen())
        return make(*args, **kwargs)

    return made


def language_switch() -> Html | None:
    """Link to the same page in each other language that is complete; None where there is none.

    Each link is named in its own language, and says so, so that a screen reader speaks it right.
    """
    others = [code for code in OFFERED if code != current()]
    if not others:
        return None
    return el(
        "span",
        [
            el(
                "a",
                LANGUAGES[code],
                href=f"?language={code}",
                lang=code,
                hreflang=code,
                data_ic_language=code,
            )
            for code in others
        ],
        class_="ic-languages",
        role="group",
        aria_label=pgettext("in the bar of every page", "Language"),
    )
