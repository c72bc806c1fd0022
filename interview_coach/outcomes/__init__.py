"""The outcome log: what really happened to each call, kept, changed with its history, and imported."""

from interview_coach.outcomes.model import CallEntry, EntryError, EntryFault, codes
from interview_coach.outcomes.store import OutcomeLog

__all__ = ["CallEntry", "EntryError", "EntryFault", "OutcomeLog", "codes"]
