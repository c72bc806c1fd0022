"""What is to be done next, and how each missed call went on: two questions that a coach asks daily."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, text

from interview_coach.outcomes import schema
from interview_coach.outcomes.plain import Run, Statement

__all__ = ["due", "stories"]

_cases, _calls, _interviews = schema.open_cases, schema.calls, schema.interviews
_about = (_interviews.c.client_id, _interviews.c.coach, _interviews.c.employer)
_OPEN = Statement(
    select(_cases.c.interview_id, _cases.c.call_id, *_about, _cases.c.due, _cases.c.since)
    .join_from(
        _cases,
        _interviews,
        (_interviews.c.coach == _cases.c.coach)
        & (_interviews.c.interview_id == _cases.c.interview_id),
    )
    .order_by(_cases.c.since, _cases.c.interview_id)
)
_PENDING = Statement(
    select(_calls.c.interview_id, _calls.c.call_id, *_about, _calls.c.scheduled_at)
    .join_from(_calls, _interviews)
    .where(_calls.c.state == text("'pending'"), _calls.c.scheduled_at <= bindparam("until"))
    .order_by(_calls.c.scheduled_at, _calls.c.call_id)
)
_MISSED = (
    select(
        *(_calls.c[name] for name in ("call_id", "coach", "interview_id")),
        _interviews.c.client_id,
        *(_calls.c[name] for name in ("sequence", "state", "scheduled_at")),
        *(_calls.c[name] for name in ("first_message_at", "reconnected_at")),
    )
    .join_from(_calls, _interviews)
    .order_by(_calls.c.coach, _calls.c.interview_id, _calls.c.sequence)
)
_ALL = Statement(_MISSED)
_ONE = Statement(
    _MISSED.where(
        _calls.c.coach == bindparam("coach"), _calls.c.interview_id == bindparam("interview_id")
    )
)


def due(run: Run, until: datetime) -> list[tuple[Any, ...]]:
    """List what is to be done next, the oldest first: `frames.DUE`.

    Parameters
    ----------
    run : Run
    until : datetime
        Pending calls that started before it wait for what became of them.
    """
    rows = run.rows(_OPEN)
    rows += [(*row[:5], "enter", row[5]) for row in run.rows(_PENDING, until=until)]
    return sorted(rows, key=lambda row: (row[6], row[0]))


def stories(run: Run, place: tuple[str, str] | None = None) -> Iterator[tuple[Any, ...]]:
    """Tell how each missed call went on, in order: `frames.STORIES`.

    Parameters
    ----------
    run : Run
    place : (str, str), optional
        Only of this interview: coach and id.
    """
    rows = (
        run.rows(_ALL) if place is None else run.rows(_ONE, coach=place[0], interview_id=place[1])
    )
    for number, row in enumerate(rows):
        call_id, coach, interview_id, client_id, _, state, start, messaged, spoke = row
        if state != "missed":
            continue
        later = []
        for after in rows[number + 1 :]:
            if after[1:3] != (coach, interview_id):
                break
            later.append(after)
        rebooked = later[0][6] if later else None
        completed = next((after[6] for after in later if after[5] == "completed"), None)
        says = ["missed", "message sent" if messaged else "no message"]  # unmarked: a column
        if spoke:
            says.append("reconnected")
        if rebooked:
            says.append("rebooked")
        if completed:
            says.append("completed")
        if not (spoke or completed):
            says.append("open" if not later or later[-1][5] != "cancelled" else "cancelled")
        who = (call_id, interview_id, client_id, coach)
        yield (*who, start, messaged, spoke, rebooked, completed, ", ".join(says))
