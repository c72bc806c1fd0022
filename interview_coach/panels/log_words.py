"""The log in words: what a coach reads instead of codes, field names and UTC."""

from typing import Any

import pandas as pd

from interview_coach.outcomes import codes
from interview_coach.outcomes.model import CODED
from interview_coach.panels import kit
from interview_coach.panels.kit.parts import Colour

__all__ = [
    "BECAME",
    "CALLERS",
    "FIELDS",
    "STATES",
    "field",
    "local",
    "options",
    "state_tag",
    "told",
]

STATES = [
    ("We spoke", "completed"),
    ("It was missed", "missed"),
    ("It was moved to a new time beforehand", "moved"),
    ("It was called off beforehand", "cancelled"),
    ("Not yet, or I don't know", "pending"),
]
BECAME = {
    "completed": "spoke",
    "missed": "missed",
    "moved": "moved beforehand",
    "cancelled": "called off",
    "pending": "still open",
}
CALLERS = [("the interviewer", "interviewer"), ("the client", "candidate")]
FIELDS = {
    "client": "Client",
    "client_id": "Client",
    "coach": "Coach",
    "employer": "Employer",
    "scheduled_at": "Agreed for",
    "scheduled_time": "Agreed time",
    "timezone": "Time zone",
    "booked_at": "Booked",
    "state": "How it ended",
    "missed_by": "Who missed it",
    "cause": "Why",
    "initiator": "Who asked for the new time",
    "reason": "Reason given for it",
    "first_message_at": "Message sent",
    "window_until": "Available until",
    "reconnected_at": "Spoke after all",
    "waited_minutes": "Minutes waited",
    "channel": "How",
    "caller": "Who was to call",
    "cohort": "Group",
    "employer_type": "Kind of employer",
    "position": "Position",
    "round": "Round",
    "notes": "Notes",
    "date_doubt": "Doubt about the date",
    "synthetic": "Invented, to try the kit out",
    "interview_id": "Interview",
    "row_id": "Number of the call",
    "line": "Line",
    "problem": "Cannot be taken, because",
    "tags": "Tags",
    "outcome": "Outcome",
    "outcome_on": "True on",
    "player": "Practises as",
    "name": "Name",
    "contact": "Contact",
}
_COLOURS: dict[str, Colour] = {"completed": "green", "missed": "amber"}


def field(name: str) -> str:
    """Name a field in words."""
    return FIELDS.get(name, name.replace("_", " ").capitalize())


def options(name: str) -> list[tuple[str, str]]:
    """Give the choices of a coded field, as (words, code)."""
    if name == "state":
        return STATES
    if name == "caller":
        return CALLERS
    return [(says, code) for code, says in codes(name).items()]


def local(at: Any, timezone: str) -> str:
    """Write a moment on the client's own clock."""
    if pd.isna(at):
        return ""
    here = pd.Timestamp(at).tz_convert(timezone)
    return f"{here:%a} {here.day} {here:%b %Y}, {here:%H:%M}"


def told(name: str, value: Any, timezone: str = "UTC") -> str:
    """Write any field's value in words; "empty" where there is none."""
    if (
        value is None
        or value is pd.NaT
        or value == ""
        or (not isinstance(value, str) and pd.isna(value))
    ):
        return "empty"
    if name == "state":
        return BECAME.get(str(value), str(value))
    if name == "caller":
        return {code: says for says, code in CALLERS}.get(str(value), str(value))
    if name in CODED:
        return codes(name).get(str(value), str(value))
    if name.endswith("_at") or name == "window_until":
        try:
            moment = pd.Timestamp(value)
            return local(moment if moment.tzinfo else moment.tz_localize("UTC"), timezone)
        except ValueError:
            return str(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def state_tag(state: str) -> kit.Html:
    """Make the pill that says how a call ended."""
    return kit.tag(BECAME.get(state, state), _COLOURS.get(state, "blue"))
