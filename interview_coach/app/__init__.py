"""Opening the kit: the work folder, the pages without code, and JupyterLab.

Everything is served to this computer only, behind a token, by the Python that runs the kit, and
asks nothing of the internet. The one exception is `room`: while a coach holds a vote by phone, the vote
(and nothing else) can be reached from the network.
"""

from interview_coach.app.workfolder import make_work_folder

__all__ = ["make_work_folder", "run_app", "run_lab"]


def __getattr__(name: str) -> object:
    """Load the servers only when one is to be started."""
    if name == "run_app":
        from interview_coach.app.serve import run_app

        return run_app
    if name == "run_lab":
        from interview_coach.app.lab import run_lab

        return run_lab
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
