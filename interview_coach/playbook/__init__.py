"""The playbook: guidance as cited data, and the typed model that loads and checks it."""

from interview_coach.playbook.faults import Fault, PlaybookError
from interview_coach.playbook.loader import load_playbook
from interview_coach.playbook.model import Facts, MessageKind, Playbook, Rule, Source, Timing
from interview_coach.playbook.overlay import pick

__all__ = [
    "Facts",
    "Fault",
    "MessageKind",
    "Playbook",
    "PlaybookError",
    "Rule",
    "Source",
    "Timing",
    "load_playbook",
    "pick",
]
