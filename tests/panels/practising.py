"""Calls whose cause is known, and ways to play them on the practice page."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from interview_coach.outcomes.attempts import Attempts
from interview_coach.playbook import load_playbook
from interview_coach.simulation import (
    load_scenarios,
    start,
)
from tests.panels.driving import inside, press

__all__ = [
    "EMERGENCY",
    "GUIDED",
    "PLAYBOOK",
    "READY",
    "SCENARIOS",
    "Open",
    "change",
    "field",
    "kept",
    "play",
    "seed_of",
]

PLAYBOOK = load_playbook()
SCENARIOS = load_scenarios(PLAYBOOK)
READY = "Send the ready-made one"


def seed_of(cause: str, scenario: str = "silent_phone") -> int:
    """Find a seed that hides this cause."""
    return next(
        seed for seed in range(300) if start(SCENARIOS[scenario], seed).world.cause.code == cause
    )


EMERGENCY = seed_of("emergency")
GUIDED = (
    "Take a breath",
    "Check the invitation: date, time and zone",
    "Wait until 2:15",
    "Call the number she gave you",
    "Leave a voicemail",
    READY,
    "Write an email",
    READY,
    "Wait until 2:30",
    "Wait until 3:00",
    "Stop waiting for today",
)

Open = Callable[..., Any]


def play(page: Any, *steps: str) -> None:
    for one in steps:
        press(page, one)


def kept(log: Path) -> Any:
    with Attempts.open(log) as attempts:
        return attempts.all()


def field(page: Any, label: str) -> Any:
    return next(one for one in inside(page) if getattr(one, "description", "") == label)


def change(log: Path, what: str) -> None:
    with closing(sqlite3.connect(log)) as raw:
        raw.execute(f"UPDATE attempts SET {what}")
        raw.commit()
