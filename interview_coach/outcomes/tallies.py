"""Counts kept beside the calls, in the same transactions, so that a look at the log is quick.

What one interview adds to the counts is worked out from its calls alone (`contribution`). A write
takes away what the interview added before and adds what it adds now; counting everything anew must
give the same (tested). The definitions are those of the measures.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, delete, func, insert, select, text

from interview_coach.outcomes import schema
from interview_coach.outcomes.plain import Run, Statement

__all__ = ["Case", "Dashboard", "Told", "contribution", "dashboard", "enter", "month_of", "recount"]

DOUBT, NOW = "doubt", "now"
# How the last call of an interview ended whose case may be open.
OPEN_AFTER = frozenset(("moved", "missed"))
# As in METRICS: a message that names no window is taken to offer an hour.
WINDOW = timedelta(minutes=60)


class Told(NamedTuple):
    """What the counts need to know of a call."""

    call_id: str
    sequence: int
    state: str
    scheduled_at: datetime
    timezone: str
    missed_by: str | None
    first_message_at: datetime | None
    window_until: datetime | None
    reconnected_at: datetime | None
    date_doubt: str | None


class Case(NamedTuple):
    """What is open in an interview: after which call, what is due, since when."""

    call_id: str
    due: str
    since: datetime


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@lru_cache(maxsize=65536)
def month_of(scheduled_at: datetime, timezone: str) -> str:
    """Give the month of a scheduled start in the client's own time zone, as 2026-03."""
    local = scheduled_at.astimezone(_zone(timezone))
    return f"{local.year:04}-{local.month:02}"


class Sign(NamedTuple):
    """What of a call is counted; interviews whose calls have the same signs add the same counts."""

    month: str
    state: str
    missed_by: str | None
    messaged: bool
    reconnected: bool


def sign(call: Told) -> Sign:
    """Give what of a call is counted."""
    spoke = call.reconnected_at
    return Sign(
        DOUBT if call.date_doubt else month_of(call.scheduled_at, call.timezone),
        call.state,
        call.missed_by,
        call.first_message_at is not None,
        spoke is not None and spoke <= (call.window_until or call.scheduled_at + WINDOW),
    )


def counts_of(signs: Sequence[Sign]) -> dict[tuple[str, str], int]:
    """Count the calls of one interview, which has some; see `contribution`."""
    counts: dict[tuple[str, str], int] = {}
    proactive = reactive = False

    def add(month: str, what: str) -> None:
        counts[month, what] = counts.get((month, what), 0) + 1

    for number, (month, state, missed_by, messaged, reconnected) in enumerate(signs, 1):
        add(month, state)
        if state == "moved":
            proactive = True
        elif state == "missed":
            reactive = reactive or number < len(signs)
            add(month, f"missed:{missed_by}")
            if messaged:
                add(month, "messaged")
            if reconnected:
                add(month, "reconnected")
    first = signs[0][0]
    counts[first, "interviews"] = 1
    if proactive:
        counts[first, "proactive"] = 1
    if reactive:
        counts[first, "reactive"] = 1
    if proactive or reactive:
        counts[first, "rescheduled"] = 1
    return counts


def contribution(calls: Sequence[Told]) -> tuple[dict[tuple[str, str], int], Case | None]:
    """Say what the calls of one interview add to the counts, and whether its case is open.

    Parameters
    ----------
    calls : sequence of Told
        All calls of the interview, by their sequence.

    Returns
    -------
    dict, Case or None
        The counts by month and name: calls by end state, ``missed:WHO``, ``messaged`` and
        ``reconnected`` (of missed calls) in the call's month; ``interviews``, ``rescheduled``,
        ``proactive``, ``reactive`` in the month of the first call; ``open:DUE`` under ``now``.
    """
    if not calls:
        return {}, None
    counts = counts_of([sign(call) for call in calls])
    case = open_case(calls[-1])
    if case is not None:
        counts[NOW, f"open:{case.due}"] = 1
    return counts, case


def open_case(last: Told) -> Case | None:
    """Say what is to be done after the last call of an interview, None where nothing is."""
    if last.state not in OPEN_AFTER:
        return None
    if last.state == "moved":
        return Case(last.call_id, "new_time", last.scheduled_at)
    if last.reconnected_at is not None:
        return None
    due = "message" if last.first_message_at is None else "rebook"
    return Case(last.call_id, due, last.scheduled_at)


_calls, _tallies, _cases = schema.calls, schema.tallies, schema.open_cases
_told_columns = [_calls.c[name] for name in Told._fields]
_TOLD = Statement(
    select(*_told_columns)
    .where(_calls.c.coach == bindparam("coach"), _calls.c.interview_id == bindparam("interview_id"))
    .order_by(_calls.c.sequence)
)
_ALL = Statement(
    select(_calls.c.coach, _calls.c.interview_id, *_told_columns).order_by(
        _calls.c.coach, _calls.c.interview_id, _calls.c.sequence
    )
)
_COUNT = Statement(
    text(
        "INSERT INTO tallies (coach, month, what, n) VALUES (:coach, :month, :what, :n) "
        "ON CONFLICT (coach, month, what) DO UPDATE SET n = tallies.n + excluded.n"
    )
)
_OPEN = Statement(
    text(
        "INSERT INTO open_cases (coach, interview_id, call_id, due, since) "
        "VALUES (:coach, :interview_id, :call_id, :due, :since) ON CONFLICT (coach, interview_id) "
        "DO UPDATE SET call_id = excluded.call_id, due = excluded.due, since = excluded.since"
    ).bindparams(bindparam("since", type_=schema.UtcTime()))
)
_CLOSE = Statement(
    delete(_cases).where(
        _cases.c.coach == bindparam("coach"), _cases.c.interview_id == bindparam("interview_id")
    )
)


def told(run: Run, coach: str, interview_id: str) -> list[Told]:
    """Read what the counts need to know of an interview's calls, by their sequence."""
    return [Told(*row) for row in run.rows(_TOLD, coach=coach, interview_id=interview_id)]


def enter(
    run: Run, coach: str, interview_id: str, before: Sequence[Told], after: Sequence[Told]
) -> None:
    """Bring the counts from what an interview's calls were to what they are."""
    now, now_open = contribution(after)
    was_open = None
    if before:
        was, was_open = contribution(before)
        for what, n in was.items():
            now[what] = now.get(what, 0) - n
    # Sorted, so that two writers on a server wait for each other in one order.
    run.do_all(
        _COUNT,
        [
            {"coach": coach, "month": month, "what": what, "n": n}
            for (month, what), n in sorted(now.items())
            if n
        ],
    )
    where = {"coach": coach, "interview_id": interview_id}
    if now_open is None:
        if was_open is not None:
            run.do(_CLOSE, where)
    elif now_open != was_open:
        run.do(_OPEN, {**where, **now_open._asdict()})


def enter_many(
    run: Run,
    changes: Iterable[tuple[str, str, Sequence[Told], Sequence[Told]]],
    new: Mapping[tuple[str, tuple[Sign, ...]], int],
    cases: Iterable[tuple[str, str, Case]],
) -> None:
    """Do what `enter` does, for many interviews at once.

    Parameters
    ----------
    run : Run
    changes : iterable of (coach, id, before, after)
        Interviews that had calls.
    new : mapping of (coach, signs of the calls) to int
        How many interviews that had none have such calls now.
    cases : iterable of (coach, id, Case)
        Those of the new interviews that are open.
    """
    total: Counter[tuple[str, str, str]] = Counter()
    opened, closed = [], []
    for (coach, signs), times in new.items():
        for (month, what), n in counts_of(signs).items():
            total[coach, month, what] += n * times
    for coach, interview_id, case in cases:
        total[coach, NOW, f"open:{case.due}"] += 1
        opened.append({"coach": coach, "interview_id": interview_id, **case._asdict()})
    for coach, interview_id, before, after in changes:
        was, was_open = contribution(before)
        now, now_open = contribution(after)
        for sign_, counts in ((1, now), (-1, was)):
            for (month, what), n in counts.items():
                total[coach, month, what] += sign_ * n
        where = {"coach": coach, "interview_id": interview_id}
        if now_open is None:
            if was_open is not None:
                closed.append(where)
        elif now_open != was_open:
            opened.append({**where, **now_open._asdict()})
    run.do_all(
        _COUNT,
        [
            {"coach": coach, "month": month, "what": what, "n": n}
            for (coach, month, what), n in sorted(total.items())
            if n
        ],
    )
    run.do_all(_CLOSE, closed)
    run.do_all(_OPEN, opened)


def counted(run: Run) -> tuple[dict[tuple[str, str, str], int], dict[tuple[str, str], Case]]:
    """Count everything anew from the calls: the tallies that are not zero, and the open cases."""
    counts: Counter[tuple[str, str, str]] = Counter()
    cases: dict[tuple[str, str], Case] = {}
    groups: dict[tuple[str, str], list[Told]] = {}
    for coach, interview_id, *rest in run.rows(_ALL):
        groups.setdefault((coach, interview_id), []).append(Told(*rest))
    for (coach, interview_id), calls in groups.items():
        adds, case = contribution(calls)
        for (month, what), n in adds.items():
            counts[coach, month, what] += n
        if case is not None:
            cases[coach, interview_id] = case
    return dict(counts), cases


_KEPT = Statement(select(_tallies.c.coach, _tallies.c.month, _tallies.c.what, _tallies.c.n))
_KEPT_CASES = Statement(select(*_cases.c))


def kept(run: Run) -> tuple[dict[tuple[str, str, str], int], dict[tuple[str, str], Case]]:
    """Read what is kept, in the form of `counted`."""
    counts = {(c, month, what): int(n) for c, month, what, n in run.rows(_KEPT) if n}
    cases = {(c, i): Case(*rest) for c, i, *rest in run.rows(_KEPT_CASES)}
    return counts, cases


_ADD = Statement(insert(_tallies), [c.name for c in _tallies.c])
_ADD_CASE = Statement(insert(_cases), [c.name for c in _cases.c])


def recount(run: Run) -> None:
    """Throw the counts away and keep those that the calls give."""
    counts, cases = counted(run)
    run.sql("DELETE FROM tallies")
    run.sql("DELETE FROM open_cases")
    run.do_all(
        _ADD,
        [
            {"coach": coach, "month": month, "what": what, "n": n}
            for (coach, month, what), n in sorted(counts.items())
        ],
    )
    run.do_all(
        _ADD_CASE,
        [
            {"coach": coach, "interview_id": interview_id, **case._asdict()}
            for (coach, interview_id), case in sorted(cases.items())
        ],
    )


@dataclass(frozen=True)
class Dashboard:
    """What a coach wants to see first.

    Attributes
    ----------
    month : str
        The month that the counts are of, as 2026-03.
    open_cases : mapping of str to int
        Interviews waiting for something, by what is due: ``message``, ``rebook``, ``new_time``.
    to_enter : int
        Pending calls whose start and grace have passed: what became of them is to be entered.
    missed, held : int
        Calls of the month: missed, and missed or completed.
    rescheduled, interviews : int
        Interviews whose first call is of the month: moved or rebooked at least once, and all.
    counts : mapping of str to int
        Everything that is counted of the month; see `contribution`.
    """

    month: str
    open_cases: Mapping[str, int]
    to_enter: int
    missed: int
    held: int
    rescheduled: int
    interviews: int
    counts: Mapping[str, int] = field(default_factory=dict)


_OF_MONTH = Statement(
    select(_tallies.c.month, _tallies.c.what, func.sum(_tallies.c.n))
    .where(_tallies.c.month.in_([bindparam("month"), NOW]), _tallies.c.coach == bindparam("coach"))
    .group_by(_tallies.c.month, _tallies.c.what)
)
_COACHES = Statement(select(_tallies.c.coach).distinct())
_OVERDUE = Statement(
    select(func.count())
    .select_from(_calls)
    .where(
        _calls.c.coach == bindparam("coach"),
        _calls.c.state == text("'pending'"),
        _calls.c.scheduled_at <= bindparam("until"),
    )
)


def dashboard(run: Run, coaches: Iterable[str] | None, month: str, until: datetime) -> Dashboard:
    """Read the counts of a month, and what is open now.

    Parameters
    ----------
    run : Run
    coaches : iterable of str, optional
        Whose; all if left out.
    month : str
        As 2026-03.
    until : datetime
        Pending calls that started before are to be entered.
    """
    counts: Counter[str] = Counter()
    waiting: Counter[str] = Counter()
    overdue = 0
    for coach in coaches if coaches is not None else [row[0] for row in run.rows(_COACHES)]:
        for of, what, n in run.rows(_OF_MONTH, coach=coach, month=month):
            if of == NOW:
                waiting[what.removeprefix("open:")] += int(n)
            else:
                counts[what] += int(n)
        found = run.row(_OVERDUE, coach=coach, until=until)
        overdue += found[0] if found else 0
    return Dashboard(
        month=month,
        open_cases={due: waiting[due] for due in ("message", "rebook", "new_time")},
        to_enter=overdue,
        missed=counts["missed"],
        held=counts["missed"] + counts["completed"],
        rescheduled=counts["rescheduled"],
        interviews=counts["interviews"],
        counts={what: n for what, n in sorted(counts.items()) if n},
    )
