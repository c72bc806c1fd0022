"""What a report reads, once: the calls of the log, its clients, and practice that clients shared."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from interview_coach.errors import KitError
from interview_coach.language import N_, _, speaking
from interview_coach.measures import groupings_of
from interview_coach.measures.grouping import factor
from interview_coach.measures.localtime import OF_THE_START
from interview_coach.measures.suppression import Rule
from interview_coach.outcomes import OutcomeLog, calls_of, sample_calls
from interview_coach.outcomes.reader import is_snapshot
from interview_coach.reports.question import FUNDER_GROUPS, Question
from interview_coach.reports.saved import View, load_views

__all__ = [
    "MOST_GROUPS",
    "OTHERS",
    "Data",
    "check_group",
    "clients_of",
    "data_of",
    "groups_of",
    "known_of_any",
    "largest_groups",
    "log_of",
    "of_group",
    "without_few_doubts",
]

OTHERS = N_("all others")
MOST_GROUPS = 40
_HERE = "outcomes.db"


@dataclass(frozen=True)
class Data:
    """What a report is made of.

    Attributes
    ----------
    calls : DataFrame
        One row a call, as `OutcomeLog.calls` gives them.
    whose : str
        A sentence that says whose they are.
    clients : DataFrame or None
        As `OutcomeLog.clients` gives them; None for the sample, which knows none.
    practice : DataFrame or None
        Scores of the clients who agreed to it: `coach, client_id, score, attempts`.
    views : tuple of View
        What was saved on the page 07_explore.
    """

    calls: pd.DataFrame
    whose: str
    clients: pd.DataFrame | None = None
    practice: pd.DataFrame | None = None
    views: tuple[View, ...] = ()

    @property
    def synthetic(self) -> bool:
        """Whether some of the calls are made up."""
        return bool(self.calls["synthetic"].astype("bool").any())


def data_of(question: Question) -> Data:
    """Read what a question asks about, and what was saved to stand in its report.

    Raises
    ------
    KitError
        If the log or what was saved is not there or cannot be read, or there is no such group.
    """
    return replace(log_of(question), views=load_views())


def log_of(question: Question) -> Data:
    """Read the log that a question asks about, as `data_of` does, without what was saved."""
    with speaking(question.language):
        calls, whose = calls_of(question.log or None)
    log = question.log or (_HERE if Path(_HERE).is_file() else "")
    # While one's own log is empty, the sample is shown, which knows no clients.
    if not log or is_snapshot(log) or (not question.log and calls.equals(sample_calls())):
        data = Data(calls, whose)
    else:
        with OutcomeLog.open(log) as opened:
            practice = None if question.funder else opened.practice()
            data = Data(calls, whose, opened.clients(), practice)
    return of_group(data, *question.column) if question.column else data


def groups_of(data: Data, column: str) -> Iterator[tuple[str, Data]]:
    """Part the data by a column, or by `month`, `quarter`, `week`: each group and what belongs to it.

    They come in the order of the measures; what is not recorded is the last group.

    Raises
    ------
    KitError
        If there is no such column.
    """
    codes, labels = _factor(data.calls, column)
    for number, label in enumerate(labels):
        yield label, _part(data, data.calls[codes == number], column, label)


def of_group(data: Data, column: str, value: str) -> Data:
    """Keep what belongs to one of these groups.

    Raises
    ------
    KitError
        If there is no such column, or no call of such a group.
    """
    codes, labels = _factor(data.calls, column)
    if value not in labels:
        raise KitError(
            _("No call has {column} '{value}'; there are: {known}.").format(
                column=column, value=value[:60], known=", ".join(labels[:20])
            )
        )
    return _part(data, data.calls[codes == labels.index(value)], column, value)


def _factor(frame: pd.DataFrame, column: str) -> tuple[NDArray[np.integer], list[str]]:
    if column == "notes":
        raise KitError(_("Notes are for you alone and appear in no report; try another column."))
    return factor(frame, column)


def _part(data: Data, calls: pd.DataFrame, column: str, value: str) -> Data:
    clients, practice = data.clients, data.practice
    if clients is not None and column in clients.columns:
        codes, labels = factor(clients, column)
        clients = clients[codes == labels.index(value)] if value in labels else clients.iloc[:0]
    elif clients is not None:
        clients = _of_calls(clients, calls)
    if practice is not None:
        practice = _of_calls(practice, calls)
    return replace(data, calls=calls, clients=clients, practice=practice)


def without_few_doubts(calls: pd.DataFrame) -> pd.DataFrame:
    """Leave out calls whose dates are in doubt, where they are so few that they would be hidden.

    They are in no period; so the total and the periods would tell how many they are, and whole
    quarters would have to be hidden for their sake.
    """
    doubt = calls["date_doubt"].notna()
    return calls[~doubt] if 0 < int(doubt.sum()) <= Rule().high else calls


def clients_of(clients: pd.DataFrame | None, calls: pd.DataFrame) -> pd.DataFrame | None:
    """Keep the clients of whom there are calls."""
    return None if clients is None else _of_calls(clients, calls)


def known_of_any(clients: pd.DataFrame) -> bool:
    """Say whether the outcome of any client is known; most logs keep calls alone."""
    told = clients["outcome"].astype("object")
    return bool((told.notna() & (told != "unknown")).any())


def largest_groups(calls: pd.DataFrame, column: str) -> tuple[pd.DataFrame, int]:
    """Count all but the largest groups of a column together, where they are very many.

    For a funder every group is looked at beside every other, and most of a thousand groups would
    be hidden anyway.

    Returns
    -------
    calls : DataFrame
        With `OTHERS` as the group of those that are counted together.
    groups : int
        How many groups there were; 0 where none had to be.
    """
    if column not in calls.columns:
        return calls, 0
    sizes = calls[column].value_counts()
    if len(sizes) <= MOST_GROUPS:
        return calls, 0
    ranked = sorted(sizes.items(), key=lambda one: (-int(one[1]), str(one[0])))
    alone = {name for name, __ in ranked[:MOST_GROUPS]}
    names = calls[column].astype("object")
    folded = names.where(names.isin(alone) | names.isna(), OTHERS)
    return calls.assign(**{column: folded.astype("str").where(names.notna())}), len(sizes)


def _of_calls(frame: pd.DataFrame, calls: pd.DataFrame) -> pd.DataFrame:
    keys = calls[["coach", "client_id"]].drop_duplicates()
    return frame.merge(keys, on=["coach", "client_id"])


def check_group(question: Question, calls: pd.DataFrame) -> None:
    """Say what there is to compare by, where a question asks for something else.

    Raises
    ------
    KitError
        If there is nothing of that name.
    """
    if question.group in [*calls.columns, *OF_THE_START]:
        return
    offered = [one for one in groupings_of(calls) if not question.funder or one in FUNDER_GROUPS]
    near = difflib.get_close_matches(question.group, offered, n=1)
    filled = {"column": question.group[:60], "known": ", ".join(offered)}
    if near:
        says = _(
            "There is no column '{column}' to compare by; did you mean '{near}'? You can ask for: "
            "{known}."
        )
        raise KitError(says.format(near=near[0], **filled))
    says = _("There is no column '{column}' to compare by; you can ask for: {known}.")
    raise KitError(says.format(**filled))
