"""What waits for the coach: a short list, each with one click to where it is entered."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd

from interview_coach.language import N_, _
from interview_coach.panels import kit
from interview_coach.panels.log_model import LogModel
from interview_coach.panels.log_words import local
from interview_coach.wording import counted, number

__all__ = ["due_card"]

_FEW = 3
# What is due: what to say of it, and what the click does.
_WAITS = {
    "message": (
        N_("Missed, and no message sent that the log knows of."),
        N_("Say what happened next"),
    ),
    "rebook": (N_("Missed, message sent, no new time yet."), N_("Log the next call")),
    "new_time": (N_("Moved, and no new time yet."), N_("Log the next call")),
    "enter": (N_("The time has passed. How did it end?"), N_("Say how it ended")),
}
_NEXT = frozenset({"rebook", "new_time"})


def due_card(
    model: LogModel,
    notice: kit.Notice,
    follow: Callable[[str], None],
    change: Callable[[str], None],
) -> Any:
    """Show what is due; None where nothing is.

    Parameters
    ----------
    model : LogModel
        The log.
    notice : Notice
        Where a failure is said.
    follow, change : callable
        Given a call's id: begin the interview's next call, or change the call itself.
    """
    due = model.due
    if due.empty:
        return None
    lines = [_line(model, row, notice, follow, change) for row in due.itertuples()]
    first, rest = _lines(lines[:_FEW]), lines[_FEW:]
    return kit.card(
        kit.heading(counted(len(due), "{n} call waits for you", "{n} calls wait for you")),
        first,
        kit.fold(_("The other {number}").format(number=number(len(rest))), _lines(rest[:50]))
        if rest
        else None,
    )


def _lines(lines: list[Any]) -> Any:
    box = kit.Region(*lines)
    box.add_class("ic-lines")
    return box


def _line(
    model: LogModel,
    row: Any,
    notice: kit.Notice,
    follow: Callable[[str], None],
    change: Callable[[str], None],
) -> Any:
    says, does = (_(words) for words in _WAITS[row.due])
    call = model.row(row.call_id)
    when = local(row.since, call.timezone if call is not None else model.timezone)
    who = row.client_id if pd.isna(row.employer) else f"{row.client_id} · {row.employer}"
    go = partial(follow if row.due in _NEXT else change, row.call_id)
    return kit.columns(
        kit.el("div", kit.el("p", kit.el("b", who), f" · {when}"), kit.text(says, soft=True)),
        kit.button(does, go, where=notice, label=f"{does}: {row.client_id}, {when}"),
        widths="end",
    )
