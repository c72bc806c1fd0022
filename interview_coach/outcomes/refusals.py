"""What SQLite refuses, in sentences for somebody who only wants to note a call or hold a vote."""

from interview_coach.language import N_, _

__all__ = ["BUSY_SECONDS", "sqlite_sentence"]

# How long to wait for another program that is writing. Long enough for any write of this kit.
BUSY_SECONDS = 5
_SENTENCES = {
    "SQLITE_BUSY": N_(
        "{name} is in use by another program that did not finish within {seconds} "
        "seconds; nothing was written; close that program or try again."
    ),
    "SQLITE_LOCKED": N_(
        "{name} is in use by another program that did not finish within {seconds} "
        "seconds; nothing was written; close that program or try again."
    ),
    "SQLITE_READONLY": N_(
        "{name} is read-only; nothing was written; allow writing to it, or use another file."
    ),
    "SQLITE_NOTADB": N_("{name} cannot be used: the file is no SQLite database; name another one."),
    "SQLITE_CORRUPT": N_("{name} is damaged; nothing was written; restore it from a backup."),
    "SQLITE_FULL": N_(
        "{name} cannot grow: there is no room left on its disk; nothing was written; "
        "free some and try again."
    ),
    "SQLITE_CANTOPEN": N_(
        "{name} cannot be opened; look whether its folder may be read and written."
    ),
    "SQLITE_IOERR": N_(
        "{name} cannot be read or written, because its disk fails or is gone; nothing was written."
    ),
}


def sqlite_sentence(kind: str, name: str, seconds: float = BUSY_SECONDS) -> str:
    """Give the sentence for an error of SQLite.

    Parameters
    ----------
    kind : str
        Its name, as Python's `sqlite_errorname` says it; longer ones (``SQLITE_BUSY_SNAPSHOT``) too.
    name : str
        The file, as it begins the sentence ("The outcome log outcomes.db").
    seconds : float
        How long was waited.

    Returns
    -------
    str
        "" for an error that is none of these.
    """
    for known, says in _SENTENCES.items():
        if kind == known or kind.startswith(known + "_"):
            return _(says).format(name=name, seconds=seconds)
    return ""
