"""The calls that a page or a report is about: those of a log, or the sample where there is none."""

import os
from pathlib import Path

import pandas as pd

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes import address, database
from interview_coach.outcomes.address import HERE, is_there
from interview_coach.outcomes.sample import sample_calls
from interview_coach.outcomes.snapshot import SUFFIX, read_snapshot
from interview_coach.outcomes.store import OutcomeLog
from interview_coach.wording import counted, number

__all__ = ["calls_of", "is_snapshot"]


def is_snapshot(log: str | os.PathLike[str]) -> bool:
    """Say whether a log is named that is a snapshot: calls alone, without clients or history."""
    return os.fspath(log).lower().endswith(SUFFIX)


def calls_of(log: str | os.PathLike[str] | None = None) -> tuple[pd.DataFrame, str]:
    """Give the calls to show, and a sentence that says whose they are.

    Parameters
    ----------
    log : str or path, optional
        The log, or a snapshot of one (what `export_calls` wrote as ``.parquet``). Left out:
        ``outcomes.db`` in the current folder if it is there and holds calls, else the sample log.

    Returns
    -------
    DataFrame, str
        The columns of `frames.CALLS`, and the sentence.

    Raises
    ------
    KitError
        If a log is named that is not there or cannot be read; none is made by looking.
    """
    if log is None:
        if is_there(HERE):
            calls, says = calls_of(HERE)
            if len(calls):
                return calls, says
        calls = sample_calls()
        return calls, _("Synthetic sample data: {n} made-up calls; your own log is empty.").format(
            n=number(len(calls))
        )
    url = database.location(log)
    if not is_there(log):
        raise KitError(
            _("There is no outcome log {file}; log a call or import a file into it first.").format(
                file=url.database
            )
        )
    if is_snapshot(log):
        calls = read_snapshot(Path(log))
        name = _("the snapshot {file}").format(file=Path(log).name)
    else:
        with OutcomeLog.open(log) as opened:
            calls = opened.calls()
        name = address.bare_name_of(url)
    made_up = int(calls["synthetic"].sum())
    many = counted(len(calls), "{n} call", "{n} calls")
    if made_up:
        # Translators: how many calls, from which log, and how many of them are made up.
        says = _("{calls} from {log}, {number} of them synthetic.")
        return calls, says.format(calls=many, log=name, number=number(made_up))
    return calls, _("{calls} from {log}.").format(calls=many, log=name)
