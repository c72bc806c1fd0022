"""The sample log: about two thousand made-up calls, so that every page has something to show.

Everything in it is invented, its employers and its rates too: it shows what the kit does and says
nothing about how often calls are missed. ``python -m interview_coach.outcomes.sample`` writes
``data/sample_outcomes.csv``; the same seed gives the same bytes.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import pandas as pd
from whenever import PlainDateTime

from interview_coach.outcomes import frames
from interview_coach.shipped import shipped

__all__ = ["FILE_NAME", "sample_calls", "sample_csv"]

FILE_NAME = "sample_outcomes.csv"
SEED = 20_260_630
# Fixed, so that the sample never depends on the day it is made: eighteen whole months.
FIRST, LAST = date(2025, 1, 1), date(2026, 6, 30)
_INTERVIEWS = 1_510
_CLIENTS = 430

_T = TypeVar("_T")

_COACHES = {"synthetic coach Ash": 4, "synthetic coach Birch": 3, "synthetic coach Cedar": 2}
_COHORTS = {"Returners": 3, "Graduates": 4, "Evening group": 2, "Career change": 3}
_ZONES = {
    "Europe/London": 12,
    "Europe/Berlin": 3,
    "America/New_York": 4,
    "America/Chicago": 1,
    "Asia/Kolkata": 2,
}
_EMPLOYERS = {
    "Alder Freight (synthetic)": "Logistics",
    "Bramble Parcels (synthetic)": "Logistics",
    "Copperfield Care (synthetic)": "Health and care",
    "Dovecote Clinics (synthetic)": "Health and care",
    "Elmstead Council (synthetic)": "Public sector",
    "Fernhill Schools (synthetic)": "Public sector",
    "Greywater Systems (synthetic)": "Technology",
    "Harbourline Data (synthetic)": "Technology",
    "Ivybridge Bank (synthetic)": "Finance",
    "Juniper Mutual (synthetic)": "Finance",
    "Kestrel Foods (synthetic)": "Retail",
    "Larkspur Stores (synthetic)": "Retail",
}
_CHANNELS = {"phone": 58, "video": 34, "in_person": 8}
# The slots of an interviewer's day: mornings and early afternoons more than the edges.
_SLOTS = {
    time(hour, minute): weight
    for hour, weight in (
        (8, 1),
        (9, 5),
        (10, 8),
        (11, 8),
        (12, 2),
        (13, 4),
        (14, 8),
        (15, 6),
        (16, 3),
    )
    for minute in ((30,) if hour == 8 else (0, 30))
}
_WEEKDAYS = (6, 8, 8, 8, 5)
# Days from booking to the call: of calls that were missed, and of the others.
_AHEAD = {
    True: {0: 2, 1: 6, 2: 8, 4: 14, 6: 16, 9: 18, 12: 14, 16: 12, 21: 10},
    False: {0: 5, 1: 14, 2: 16, 4: 20, 6: 18, 9: 12, 12: 8, 16: 4, 21: 3},
}
_UNKNOWN_BOOKINGS = 0.1
_HOLIDAYS = {(12, 24), (12, 25), (12, 26), (12, 31), (1, 1)}
_MISSED_BY = {
    "phone": {
        "interviewer_no_call": 40,
        "interviewer_no_answer": 16,
        "candidate": 26,
        "technical": 9,
        "unknown": 9,
    },
    "video": {"interviewer_no_call": 30, "candidate": 30, "technical": 32, "unknown": 8},
    "in_person": {"interviewer_no_answer": 20, "candidate": 75, "unknown": 5},
}
_CAUSES = {
    "interviewer": {
        "overran": 34,
        "time_mix_up": 16,
        "forgot": 12,
        "wrong_number": 8,
        "double_booked": 10,
        "emergency": 4,
        "unknown": 16,
    },
    "candidate": {
        "time_mix_up": 24,
        "travel": 18,
        "forgot": 12,
        "no_reception": 16,
        "overran": 12,
        "emergency": 6,
        "other": 12,
    },
    "technical": {"dropped_call": 55, "no_reception": 25, "other": 20},
    "unknown": {"unknown": 1},
}
_REASONS = {
    "interviewer": ("meeting moved", "panel not complete", "ill", "travelling", "double-booked"),
    "candidate": ("shift changed", "ill", "childcare", "travel", "clash with another interview"),
}


@dataclass(frozen=True)
class _Client:
    client_id: str
    coach: str
    cohort: str
    timezone: str


def sample_calls() -> pd.DataFrame:
    """Give the sample log as `OutcomeLog.calls` would, with `synthetic` true in every row.

    Returns
    -------
    DataFrame
        The columns of `frames.CALLS`, by scheduled start; times in UTC.
    """
    return frames.typed([[row[name] for name in frames.CALLS] for row in _rows()], frames.CALLS)


def sample_csv() -> str:
    """Write the sample log as CSV: the columns of the calls frame, times as ISO 8601 in UTC."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(frames.CALLS)
    writer.writerows([_cell(row[name]) for name in frames.CALLS] for row in _rows())
    return text.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:%Y-%m-%dT%H:%M:%SZ}" if isinstance(value, datetime) else str(value)


def _rows() -> list[dict[str, Any]]:
    draw = Random(SEED)
    clients = [
        _Client(
            f"synthetic-client-{number:03}",
            _pick(draw, _COACHES),
            _pick(draw, _COHORTS),
            _pick(draw, _ZONES),
        )
        for number in range(1, _CLIENTS + 1)
    ]
    rows: list[dict[str, Any]] = []
    for number in range(1, _INTERVIEWS + 1):
        client = clients[int(draw.random() * len(clients))]
        rows += _interview(draw, f"synthetic-interview-{number:04}", client)
    rows.sort(key=lambda row: (row["scheduled_at"], row["interview_id"], row["sequence"]))
    for number, row in enumerate(rows, 1):
        row["call_id"] = f"synthetic-{number:04}"
    _book(rows)
    return rows


def _book(rows: list[dict[str, Any]]) -> None:
    """Say when each call was booked, with draws of its own: all else is as it is without."""
    draw = Random(SEED + 1)
    before: dict[str, tuple[dict[str, Any], datetime]] = {}
    for row in rows:
        start, last = row["scheduled_at"], before.get(row["interview_id"])
        at = _first_booking(draw, row) if last is None else _booking_after(draw, *last, start)
        before[row["interview_id"]] = (row, at)
        row["booked_at"] = None if draw.random() < _UNKNOWN_BOOKINGS else at


def _first_booking(draw: Random, row: dict[str, Any]) -> datetime:
    start: datetime = row["scheduled_at"]
    return _by_day(draw, start, _pick(draw, _AHEAD[row["state"] == "missed"]))


def _booking_after(
    draw: Random, last: dict[str, Any], booked: datetime, start: datetime
) -> datetime:
    """Agree on a new time: before the call that was moved, or after the one that was missed."""
    was: datetime = last["scheduled_at"]
    if last["state"] == "moved":
        return max(booked, _by_day(draw, was, int(draw.random() * (was - booked).days)))
    met: datetime = last["reconnected_at"] or was + timedelta(minutes=30)
    return min(met + timedelta(minutes=int(draw.random() * 300)), start)


def _by_day(draw: Random, start: datetime, days: int) -> datetime:
    """Give a moment some days before a start, in the hours before its time of day: not at night."""
    return start - timedelta(days=days, minutes=10 + int(draw.random() * 140))


def _interview(draw: Random, interview_id: str, client: _Client) -> Iterator[dict[str, Any]]:
    """Play one interview: its first call, and those that moves and misses lead to."""
    employer = _pick(draw, dict.fromkeys(_EMPLOYERS, 1))
    channel = _pick(draw, _CHANNELS)
    caller = "candidate" if channel == "in_person" or draw.random() < 0.2 else "interviewer"
    day = FIRST + timedelta(days=int(draw.random() * ((LAST - FIRST).days + 1)))
    sequence = 1
    while True:
        day = _workday(draw, day)
        start = _at(day, _pick(draw, _SLOTS), client.timezone)
        row: dict[str, Any] = dict.fromkeys(frames.CALLS)
        row |= {"interview_id": interview_id, "client_id": client.client_id, "coach": client.coach}
        row |= {"cohort": client.cohort, "employer": employer, "synthetic": True}
        row |= {"employer_type": _EMPLOYERS[employer], "channel": channel, "caller": caller}
        row |= {"sequence": sequence, "scheduled_at": start, "timezone": client.timezone}
        next_day = day + timedelta(days=1 + int(draw.random() * 8))
        follows = _outcome(
            draw, row, day, may_follow=sequence < 5 and next_day <= LAST - timedelta(3)
        )
        yield row
        if not follows:
            return
        day, sequence = next_day, sequence + 1


def _outcome(draw: Random, row: dict[str, Any], day: date, *, may_follow: bool) -> bool:
    """Decide what became of a call; True if another one follows."""
    if (LAST - day).days < 9 and draw.random() < 0.45:
        # The latest calls are not written up yet, as in any log.
        row["state"] = "pending"
        return False
    chance = draw.random()
    missed = 0.17 if row["channel"] != "in_person" else 0.10
    # Some things differ between groups, so that charts by group show something: all of it made up.
    missed += {"Evening group": 0.06, "Graduates": 0.02}.get(row["cohort"], 0.0)
    missed += 0.04 if row["employer_type"] == "Logistics" else 0.0
    if chance < missed:
        return _missed(draw, row, may_follow=may_follow)
    if chance < missed + 0.11 and may_follow:
        row["state"] = "moved"
        _asked(draw, row, candidate=0.45)
        return True
    if chance < missed + 0.14:
        row["state"] = "cancelled"
        return False
    row["state"] = "completed"
    return False


def _missed(draw: Random, row: dict[str, Any], *, may_follow: bool) -> bool:
    start: datetime = row["scheduled_at"]
    row["state"] = "missed"
    row["missed_by"] = by = _pick(draw, _MISSED_BY[row["channel"]])
    side = "interviewer" if by.startswith("interviewer") else by
    if draw.random() < 0.85:
        row["cause"] = _pick(draw, _CAUSES[side])
    if side == "candidate":
        wrote = 3 + draw.random() * 55
    else:
        row["waited_minutes"] = waited = int(8 + draw.random() ** 2 * 60)
        wrote = 4 + draw.random() * waited
    if draw.random() < 0.83:
        row["first_message_at"] = start + timedelta(minutes=int(wrote))
        if side != "candidate":
            row["window_until"] = start + timedelta(minutes=30 if wrote < 20 else 60)
            if row["window_until"] < row["first_message_at"]:
                row["window_until"] = row["first_message_at"] + timedelta(minutes=30)
    reached = 0.42 if row["first_message_at"] is not None else 0.18
    if draw.random() < reached:
        after = int(wrote + 2 + draw.random() ** 2 * 90)
        row["reconnected_at"] = start + timedelta(minutes=after)
        # Many of those who spoke the same day agreed on a proper time for the interview.
        follows = may_follow and draw.random() < 0.55
    else:
        follows = may_follow and draw.random() < 0.68
    if follows:
        _asked(draw, row, candidate=0.6 if side == "candidate" else 0.35)
    return follows


def _asked(draw: Random, row: dict[str, Any], candidate: float) -> None:
    row["initiator"] = who = "candidate" if draw.random() < candidate else "interviewer"
    row["reason"] = _REASONS[who][int(draw.random() * len(_REASONS[who]))]


def _workday(draw: Random, day: date) -> date:
    """Move a weekend or a holiday to a working day, early in the week less often than its middle."""
    if day.weekday() >= 5:
        monday = day - timedelta(days=day.weekday()) + timedelta(days=7)
        later = monday + timedelta(days=_pick(draw, dict(enumerate(_WEEKDAYS))))
        # What would leave the eighteen months goes to the week before instead.
        day = later if later <= LAST else later - timedelta(days=7)
    while (day.month, day.day) in _HOLIDAYS or day.weekday() >= 5:
        day += timedelta(days=1)
    return day


def _at(day: date, clock: time, timezone: str) -> datetime:
    plain = PlainDateTime(day.year, day.month, day.day, clock.hour, clock.minute)
    # Office hours never fall into the hour that clocks skip or repeat.
    return (
        plain.assume_tz(timezone, disambiguation="raise").to_instant().to_stdlib().astimezone(UTC)
    )


def _pick(draw: Random, weights: dict[_T, int]) -> _T:
    # Only `random()` is promised to stay the same in later Pythons; `choices` is not.
    names: Sequence[_T] = list(weights)
    left = draw.random() * sum(weights.values())
    for name in names:
        left -= weights[name]
        if left < 0:
            return name
    return names[-1]


def main() -> None:
    """Write the sample into the checkout's data folder."""
    path: Path = shipped("data") / FILE_NAME
    path.write_text(sample_csv(), encoding="utf-8", newline="")
    print(f"Wrote {path.name}: {sum(1 for _ in _rows()):,} synthetic calls.")


if __name__ == "__main__":
    main()
