"""A work folder in which every text that people or files can put there tries to run a script."""

import json
from pathlib import Path
from typing import Any

from interview_coach.outcomes import OutcomeLog
from interview_coach.panels.desk import Desk
from interview_coach.playbook import load_playbook

__all__ = ["ATTACK", "mark_folder"]

ATTACK = '"><img src=x onerror=window.__xss=1>'
"""What runs wherever it is shown unescaped, in an element or in an attribute."""


def _toml(text: str) -> str:
    return json.dumps(text)


def house_rules() -> str:
    """Change the words of every rule, by a coach's house rules."""
    changes = [
        f"[[playbook.change]]\nrule = {_toml(rule)}\nsay = {_toml(f'Say {ATTACK}')}\n"
        f"because = {_toml(f'Since {ATTACK}.')}\n"
        for rule in load_playbook().rules
    ]
    return "\n".join(changes)


def mark_folder(folder: Path) -> None:
    """Write house rules, a policy of one's own, a desk, saved views and a log, all of them marked."""
    (folder / "coach.toml").write_text(house_rules(), encoding="utf-8")
    (folder / "policies.toml").write_text(
        f'[[policy]]\nid = "marked"\nsays = {_toml(f"Call {ATTACK}")}\n'
        'steps = [{ do = "call", at = 10 }, { do = "stop_waiting", at = 30 }]\n',
        encoding="utf-8",
    )
    desk = Desk(folder / "desk.json")
    words: dict[str, Any] = dict.fromkeys(
        (
            "sender",
            "reader",
            "role",
            "phone",
            "times",
            "number",
            "client",
            "employer",
            "notes",
            "cohort",
        ),
        ATTACK,
    )
    for part in ("today", "message", "log", "appointment", "explore", "compare"):
        desk.keep(part, {**words, "day": "2026-03-05", "time": "14:00"})
    kind = next(iter(load_playbook().kinds))
    desk.keep("draft", {"kind": kind, "text": f"Dear {ATTACK}, you forgot me ____"})
    ends: list[dict[str, Any]] = [
        {"state": "completed"},
        {"state": "missed", "missed_by": "interviewer_no_call"},
        {"state": "pending"},
    ]
    with OutcomeLog.open(folder / "outcomes.db", ATTACK) as log:
        for number, end in enumerate(ends):
            call = log.add_call(
                {
                    "client_id": f"{ATTACK}{number % 2}",
                    "employer": ATTACK,
                    "scheduled_at": f"2026-03-0{5 + number}T14:00",
                    "timezone": "Europe/London",
                    "cohort": ATTACK,
                    "notes": ATTACK,
                    **end,
                }
            )
        log.change_call(call, why=ATTACK, employer=f"{ATTACK} House")
