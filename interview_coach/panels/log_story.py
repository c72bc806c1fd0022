"""A call on one line: when, who, how it ended, and how a missed one went on."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from interview_coach.language import _
from interview_coach.panels import kit
from interview_coach.panels.log_model import LogModel
from interview_coach.panels.log_words import local, state_tag, whose
from interview_coach.times import date_in_brief

__all__ = ["call_line", "call_name", "stories_of"]


def stories_of(model: LogModel, calls: Iterable[Any]) -> dict[str, Any]:
    """Give how missed calls went on, by call id; only those of these calls are asked for."""
    missed = {(call.coach, call.interview_id) for call in calls if call.state == "missed"}
    told: dict[str, Any] = {}
    if missed:
        with model.open() as log:
            for coach, interview in sorted(missed):
                for story in log.stories(interview, coach).itertuples():
                    told[str(story.call_id)] = story
    return told


def call_name(call: Any) -> str:
    """Name a call: client, employer, agreed time."""
    where = "" if pd.isna(call.employer) else f" · {call.employer}"
    return f"{call.client_id}{where} · {local(call.scheduled_at, call.timezone)}"


def call_line(call: Any, story: Any = None, *, coach: str = "") -> kit.Html:
    """Show a call.

    Parameters
    ----------
    call : row of `OutcomeLog.calls`
        The call.
    story : row of `OutcomeLog.stories`, optional
        How it went on, if it was missed.
    coach : str
        Who is reading; another coach's call says whose it is.
    """
    where = "" if pd.isna(call.employer) else f" · {call.employer}"
    other = whose(call.coach) if coach and call.coach != coach else ""
    said = _story(call, story)
    return kit.el(
        "p",
        kit.el("b", local(call.scheduled_at, call.timezone)),
        f" · {call.client_id}{where}{other} ",
        state_tag(call.state),
        kit.el("span", f" {said}", class_="ic-soft") if said else None,
    )


def _story(call: Any, story: Any) -> str:
    said = []
    if not pd.isna(call.date_doubt):
        said.append(_("the date is doubted"))
    if story is not None:
        if pd.isna(story.messaged_at):
            said.append(_("no message"))
        else:
            said.append(_("message sent {time}").format(time=_near(story.messaged_at, call)))
        if not pd.isna(story.reconnected_at):
            said.append(_("spoke after all {time}").format(time=_near(story.reconnected_at, call)))
        if not pd.isna(story.rebooked_for):
            said.append(_("rebooked for {time}").format(time=_near(story.rebooked_for, call)))
        if not pd.isna(story.completed_at):
            said.append(_("completed"))
        elif pd.isna(story.reconnected_at):
            said.append(_("called off") if story.story.endswith("cancelled") else _("still open"))
    return " → ".join(said)


def _near(at: Any, call: Any) -> str:
    """Write a moment as briefly as it can be told from the call's own day."""
    here, start = at.tz_convert(call.timezone), call.scheduled_at.tz_convert(call.timezone)
    if here.date() == start.date():
        return f"{here:%H:%M}"
    return f"{date_in_brief(here.date(), year=here.year != start.year)}, {here:%H:%M}"
