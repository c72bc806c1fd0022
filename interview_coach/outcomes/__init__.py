"""The outcome log: what really happened to each call, kept, changed with its history, and imported.

Names load on first use: reading a code must not cost the import of pandas and SQLAlchemy.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from interview_coach.outcomes.acts import ChangedMeanwhile
    from interview_coach.outcomes.exporting import export_calls
    from interview_coach.outcomes.frame_schema import FrameFault, check_frame
    from interview_coach.outcomes.framing import FrameError
    from interview_coach.outcomes.importing.importer import ImportResult, import_file
    from interview_coach.outcomes.importing.mapping import ColumnMapping, MappingError, load_mapping
    from interview_coach.outcomes.importing.proposal import NoDates, Proposal, Question, propose
    from interview_coach.outcomes.model import CallEntry, EntryError, EntryFault, codes
    from interview_coach.outcomes.reader import calls_of
    from interview_coach.outcomes.sample import sample_calls
    from interview_coach.outcomes.store import OutcomeLog

__all__ = [
    "CallEntry",
    "ChangedMeanwhile",
    "ColumnMapping",
    "EntryError",
    "EntryFault",
    "FrameError",
    "FrameFault",
    "ImportResult",
    "MappingError",
    "NoDates",
    "OutcomeLog",
    "Proposal",
    "Question",
    "calls_of",
    "check_frame",
    "codes",
    "export_calls",
    "import_file",
    "load_mapping",
    "propose",
    "sample_calls",
]

_HOME = {
    **dict.fromkeys(("ImportResult", "import_file"), "importing.importer"),
    **dict.fromkeys(("ColumnMapping", "MappingError", "load_mapping"), "importing.mapping"),
    **dict.fromkeys(("CallEntry", "EntryError", "EntryFault", "codes"), "model"),
    "ChangedMeanwhile": "acts",
    "FrameError": "framing",
    **dict.fromkeys(("FrameFault", "check_frame"), "frame_schema"),
    "OutcomeLog": "store",
    "NoDates": "importing.proposal",
    **dict.fromkeys(("Proposal", "Question", "propose"), "importing.proposal"),  # unmarked: names
    "calls_of": "reader",
    "export_calls": "exporting",
    "sample_calls": "sample",
}


def __getattr__(name: str) -> Any:
    """Import a public name from the module it lives in, the first time it is asked for."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
