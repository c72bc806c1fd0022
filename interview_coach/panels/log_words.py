"""The log in words: what a coach reads instead of codes, field names and UTC."""

from typing import Any

import pandas as pd

from interview_coach.language import N_, _
from interview_coach.outcomes import codes
from interview_coach.outcomes.importing.dates import doubt_in_words
from interview_coach.outcomes.model import CODED
from interview_coach.panels import kit
from interview_coach.panels.choices import spoken
from interview_coach.panels.kit.parts import Colour
from interview_coach.times import date_in_brief

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
    "whose",
]

STATES = [
    (N_("We spoke"), "completed"),
    (N_("It was missed"), "missed"),
    (N_("It was moved to a new time beforehand"), "moved"),
    (N_("It was called off beforehand"), "cancelled"),
    (N_("Not yet, or I don't know"), "pending"),
]
BECAME = {
    "completed": N_("spoke"),
    "missed": N_("missed"),
    "moved": N_("moved beforehand"),
    "cancelled": N_("called off"),
    "pending": N_("still open"),
}
CALLERS = [(N_("the interviewer"), "interviewer"), (N_("the client"), "candidate")]
FIELDS = {
    "client": N_("Client"),
    "client_id": N_("Client"),
    "coach": N_("Coach"),
    "employer": N_("Employer"),
    "scheduled_at": N_("Agreed for"),
    "scheduled_time": N_("Agreed time"),
    "timezone": N_("Time zone"),
    "booked_at": N_("Booked"),
    "state": N_("How it ended"),
    "missed_by": N_("Who missed it"),
    "cause": N_("Why"),
    "initiator": N_("Who asked for the new time"),
    "reason": N_("Reason given for it"),
    "first_message_at": N_("Message sent"),
    "window_until": N_("Available until"),
    "reconnected_at": N_("Spoke after all"),
    "waited_minutes": N_("Minutes waited"),
    "channel": N_("How"),
    "caller": N_("Who was to call"),
    "cohort": N_("Group"),
    "employer_type": N_("Kind of employer"),
    "position": N_("Position"),
    "round": N_("Round"),
    "notes": N_("Notes"),
    "date_doubt": N_("Doubt about the date"),
    "synthetic": N_("Invented, to try the kit out"),
    "interview_id": N_("Interview"),
    "row_id": N_("Number of the call"),
    "line": N_("Line"),
    "problem": N_("Cannot be taken, because"),
    "tags": N_("Tags"),
    "outcome": N_("Outcome"),
    "outcome_on": N_("True on"),
    "player": N_("Practises as"),
    "name": N_("Name"),
    "contact": N_("Contact"),
}
_COLOURS: dict[str, Colour] = {"completed": "green", "missed": "amber"}
# The three tables above are translated where they are shown, by the functions below.


def field(name: str) -> str:
    """Name a field in words."""
    return _(FIELDS.get(name, name.replace("_", " ").capitalize()))


def options(name: str) -> list[tuple[str, str]]:
    """Give the choices of a coded field, as (words, code)."""
    if name == "state":
        return spoken(STATES)
    if name == "caller":
        return spoken(CALLERS)
    return [(says, code) for code, says in codes(name).items()]


def local(at: Any, timezone: str) -> str:
    """Write a moment on the client's own clock."""
    if pd.isna(at):
        return ""
    here = pd.Timestamp(at).tz_convert(timezone)
    return f"{date_in_brief(here.date())}, {here:%H:%M}"


def whose(coach: str) -> str:
    """Say whose a call or a client of another coach is."""
    # Translators: of a call or a client that is another coach's, after its name.
    return " · " + _("{coach}'s").format(coach=coach)


def told(name: str, value: Any, timezone: str = "UTC") -> str:
    """Write any field's value in words; "empty" where there is none."""
    if (
        value is None
        or value is pd.NaT
        or value == ""
        or (not isinstance(value, str) and pd.isna(value))
    ):
        return _("empty")
    if name == "state":
        return _(BECAME.get(str(value), str(value)))
    if name == "caller":
        return {code: says for says, code in options("caller")}.get(str(value), str(value))
    if name in CODED:
        return codes(name).get(str(value), str(value))
    if name.endswith("_at") or name == "window_until":
        try:
            moment = pd.Timestamp(value)
            return local(moment if moment.tzinfo else moment.tz_localize("UTC"), timezone)
        except ValueError:
            return str(value)
    if name == "date_doubt":
        return doubt_in_words(str(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


def state_tag(state: str) -> kit.Html:
    """Make the pill that says how a call ended."""
    return kit.tag(_(BECAME.get(state, state)), _COLOURS.get(state, "blue"))
