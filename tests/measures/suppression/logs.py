"""Logs at random in which everything happens that a measure counts, and sets of calls by plain Python."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from interview_coach.measures import CATALOGUE, measured
from tests.calls_frames import many_calls
from tests.measures.hand import AS_OF

NAMES = [name for name, entry in CATALOGUE.items() if entry.unit != "curve"]
OUTCOMES = ["employed", "service", "seeking", "not_seeking", "unknown", None]
_NOW = pd.Timestamp(AS_OF)


def log(size: int, seed: int, *, faulty: float = 0.05, groups: int = 2) -> pd.DataFrame:
    """Calls some of which got a message, were reconnected, or say that they were before the start."""
    random = np.random.default_rng(seed)
    calls = many_calls(size, seed=seed, groups=groups, months=4)
    calls["scheduled_at"] += pd.Timedelta(days=360)
    minutes = {
        "first_message_at": (0.8, 90),
        "reconnected_at": (0.5, 150),
        "window_until": (0.3, 120),
    }
    missed = calls["state"] == "missed"
    for column, (share, most) in minutes.items():
        after = pd.to_timedelta(random.integers(0, most, size), unit="min")
        early = random.random(size) < faulty
        moment = (
            calls["scheduled_at"] + after - pd.to_timedelta(np.where(early, 180, 0), unit="min")
        )
        calls[column] = moment.where(missed & (random.random(size) < share))
    calls["cause"] = (
        pd.Series(random.choice(["overran", "forgot"], size)).where(missed).astype("str")
    )
    asked = pd.Series(random.choice(["candidate", "interviewer"], size))
    calls["initiator"] = asked.where(calls["state"].isin(["missed", "moved"])).astype("str")
    if not faulty:
        calls["date_doubt"] = pd.Series(None, calls.index, "str")
    return calls


def clients(size: int, seed: int) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "cohort": random.choice(["Group 1", "Group 2"], size),
            "outcome": pd.Series(random.choice(np.array(OUTCOMES, dtype="object"), size)),
        }
    )


def every_measure(calls: pd.DataFrame, of_clients: pd.DataFrame, by: Any) -> pd.DataFrame:
    """All measures that can be so grouped, one after the other in one frame."""
    frames = []
    for name in NAMES:
        entry = CATALOGUE[name]
        options: dict[str, Any] = {"as_of": AS_OF} if "as_of" in entry.options else {}
        if entry.of == "calls":
            frames.append(measured(name, calls, by, **options))
        elif by in (None, "cohort"):
            frames.append(measured(name, of_clients, by))
    return pd.concat(frames)


def sets_of(calls: pd.DataFrame) -> dict[str, NDArray[np.bool_]]:
    """The calls that each measure of calls counts, above (n) and below (N) the line."""
    found: dict[str, list[bool]] = {}
    completed = {
        (row["interview_id"], row["sequence"]): row["scheduled_at"]
        for row in calls.to_dict("records")
        if row["state"] == "completed"
    }
    last = calls.groupby("interview_id")["sequence"].max()
    for row in calls.to_dict("records"):
        begin, missed = row["scheduled_at"], row["state"] == "missed"
        later = [
            (number, at)
            for (interview, number), at in completed.items()
            if interview == row["interview_id"] and number > row["sequence"]
        ]
        done = min(later)[1] if later and min(later)[1] <= _NOW else None
        left_out = begin > _NOW or pd.notna(row["date_doubt"])
        left_out = left_out or (done is not None and done < begin)
        spoke, sent = row["reconnected_at"], row["first_message_at"]
        talked_before = pd.notna(spoke) and spoke < begin
        until = row["window_until"]
        until = begin + pd.Timedelta(minutes=60) if pd.isna(until) else until
        in_time = pd.notna(spoke) and not talked_before and spoke <= until
        sent_before = pd.notna(sent) and sent < begin
        old = not left_out and _NOW - begin >= pd.Timedelta(days=14)
        followed = not left_out and not talked_before
        steps = [True, pd.notna(sent), in_time, row["sequence"] < last[row["interview_id"]]]
        steps.append(done is not None)
        says = {
            "missed_call_rate n": missed,
            "missed_call_rate N": missed or row["state"] == "completed",
            "missed_call_rate_booked N": missed or row["state"] == "completed" or begin <= _NOW,
            "same_day_reconnection_rate n": missed and in_time,
            "same_day_reconnection_rate N": missed and not talked_before,
            "recovery_rate n": missed
            and old
            and done is not None
            and done - begin <= pd.Timedelta(days=14),
            "recovery_rate N": missed and old,
            "first_message_delay n": missed and pd.notna(sent) and not sent_before,
            "first_message_delay N": missed and not sent_before,
            **{f"funnel {at}": missed and followed and any(steps[at:]) for at in range(5)},
        }
        for name, counts in says.items():
            found.setdefault(name, []).append(bool(counts))
    return {name: np.array(marks, dtype=bool) for name, marks in found.items()}
