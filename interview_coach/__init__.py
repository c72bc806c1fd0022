"""Interview Coach: what to do when an interview call does not connect.

Everything here loads on first use, so that ``import interview_coach`` stays quick and brings in
neither pandas, matplotlib, widgets nor a database (a test holds this).
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOME = {
    "KitError": "errors",
    "OutcomeLog": "outcomes",
    "Plan": "advice",
    "Situation": "advice",
    "advise": "advice",
    "fill": "messages",
    "load_playbook": "playbook",
}
__all__ = ["__version__", *_HOME]


def __getattr__(name: str) -> Any:
    """Import a public name from the part it lives in, the first time it is asked for."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted(__all__)
