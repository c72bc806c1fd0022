"""The telephone a practice call is played on."""

from collections.abc import Iterable

from interview_coach.language import _
from interview_coach.panels.kit.markup import Html, el, join

__all__ = ["phone"]


def phone(
    clock: str,
    *,
    date: str = "",
    past: str = "",
    notes: Iterable[tuple[str, str]] = (),
    foot: str = "",
) -> Html:
    """Show a telephone with its clock and what is on its screen.

    Parameters
    ----------
    clock : str
        The time in words ("2:07").
    date : str
        The day above it ("Thursday 5 March").
    past : str
        The line below ("7 minutes past").
    notes : iterable of (title, lines)
        What the screen says; line breaks are kept.
    foot : str
        A line at the bottom ("Clock paused. Nothing moves until you act.").
    """
    return el(
        "section",
        el("div", date, class_="ic-phone-date") if date else None,
        el("div", clock, class_="ic-phone-clock"),
        el("div", past, class_="ic-phone-past") if past else None,
        [
            el(
                "div",
                el("b", title),
                el("br"),
                join(lines.split("\n"), "\n"),
                class_="ic-phone-note",
            )
            for title, lines in notes
        ],
        el("div", foot, class_="ic-phone-foot") if foot else None,
        class_="ic-phone",
        aria_label=_("Your telephone"),
    )
