"""What a view covers, in sentences: how many calls, of which days, and what is left out."""

import datetime as dt

from interview_coach.language import _, ngettext
from interview_coach.panels.explore_choice import from_to
from interview_coach.wording import counted, number

__all__ = ["left_out", "of_days", "of_the_log"]


def of_days(inside: int, first: dt.date | None, last: dt.date | None) -> list[str]:
    """Say how many calls lie in a window."""
    says = ngettext(
        "{n} call scheduled {days}, in each client's own time zone.",
        "{n} calls scheduled {days}, in each client's own time zone.",
        inside,
    )
    return [says.format(n=number(inside), days=from_to(first, last))]


def left_out(outside: int, doubtful: int) -> list[str]:
    """Say how many calls a window leaves out, and of how many the date is in doubt."""
    calls = counted(outside, "{n} call on other days", "{n} calls on other days")
    others = counted(doubtful, "{n} call with a date in doubt", "{n} calls with a date in doubt")
    if outside and doubtful:
        return [_("Left out: {calls} and {others}.").format(calls=calls, others=others)]
    if outside or doubtful:
        return [_("Left out: {calls}.").format(calls=calls if outside else others)]
    return []


def of_the_log(every: int, span: tuple[dt.date, dt.date] | None, doubtful: int) -> list[str]:
    """Say how many calls the log holds, from when to when, and of how many the date is in doubt."""
    if span:
        says = ngettext(
            "All {n} call of the log, scheduled {days}.",
            "All {n} calls of the log, scheduled {days}.",
            every,
        ).format(n=number(every), days=from_to(*span))
    else:
        says = counted(every, "All {n} call of the log.", "All {n} calls of the log.")
    if not doubtful:
        return [says]
    doubt = counted(
        doubtful,
        "{n} call with a date in doubt: in the figures, in no month.",
        "{n} calls with a date in doubt: in the figures, in no month.",
    )
    return [says, doubt]
