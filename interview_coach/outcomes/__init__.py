"""The outcome log: what really happened to each call, kept, changed with its history, and imported."""

from interview_coach.outcomes.importing import ImportResult, import_file
from interview_coach.outcomes.mapping import ColumnMapping, MappingError, load_mapping
from interview_coach.outcomes.model import CallEntry, EntryError, EntryFault, codes
from interview_coach.outcomes.store import OutcomeLog

__all__ = [
    "CallEntry",
    "ColumnMapping",
    "EntryError",
    "EntryFault",
    "ImportResult",
    "MappingError",
    "OutcomeLog",
    "codes",
    "import_file",
    "load_mapping",
]
