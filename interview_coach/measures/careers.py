"""What became of the clients: the knowledge rate and the career outcomes rate."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.measures.counting import NO, NOT_COUNTED, YES, rate
from interview_coach.measures.engines import Frame
from interview_coach.measures.grouping import By, read

__all__ = ["ENOUGH_KNOWN", "career_outcomes_rate", "knowledge_rate"]

# Under this knowledge rate an outcome rate is printed with a warning [METRICS, after NACE].
ENOUGH_KNOWN = 0.65

_GOOD = ("employed", "service", "military", "continuing_education")
_KNOWN = (*_GOOD, "seeking", "not_seeking")


def knowledge_rate(clients: Frame, by: By = None, *, confidence: float = 0.95) -> pd.DataFrame:
    """Count the clients with a known outcome over all clients.

    Parameters
    ----------
    clients : frame
        One row a client, as the log's clients, with `outcome`: a code of the playbook's
        `client_outcome`; empty and ``unknown`` are not known.
    by : str or sequence of str, optional
        A column: cohort, coach.
    confidence : float
        Of the Wilson interval.

    Returns
    -------
    DataFrame
        `measure, group, n, N, value, low, high`.

    Raises
    ------
    KitError
        If there is no column `outcome`, a code is none, or there is nothing called `by`.

    Notes
    -----
    After the standards of the National Association of Colleges and Employers (NACE) for first
    destinations.
    """
    kinds = {**dict.fromkeys(_KNOWN, YES), "unknown": NO}
    return _of_clients("knowledge_rate", clients, by, kinds, NO, confidence)


def career_outcomes_rate(
    clients: Frame, by: By = None, *, confidence: float = 0.95
) -> pd.DataFrame:
    """Count the clients in work, service, forces or education over those known who sought one.

    Parameters
    ----------
    clients, by, confidence
        As for `knowledge_rate`, which stands beside this rate wherever it is shown.

    Returns
    -------
    DataFrame
        `measure, group, n, N, value, low, high`; `clients`, all of the group, and `known`, those
        with a known outcome. `N` is the known ones less those not seeking.

    Raises
    ------
    KitError
        As for `knowledge_rate`.
    """
    kinds = {
        **dict.fromkeys(_GOOD, YES),
        "seeking": NO,
        "not_seeking": NOT_COUNTED,
        "unknown": NOT_COUNTED,
    }
    return _of_clients(
        "career_outcomes_rate",
        clients,
        by,
        kinds,
        NOT_COUNTED,
        confidence,
        beside={"clients": (*_KNOWN, "unknown", None), "known": _KNOWN},
    )


def _of_clients(
    name: str,
    clients: Frame,
    by: By,
    kinds: Mapping[str, int],
    missing: int,
    confidence: float,
    beside: Mapping[str, Iterable[str | None]] | None = None,
) -> pd.DataFrame:
    rows = read(clients, ["outcome"], by)
    if "outcome" not in rows.columns:
        raise KitError(
            _(
                "These clients have no column 'outcome', which this measure needs; take the clients "
                "from an outcome log."
            )
        )
    codes, found = pd.factorize(rows["outcome"])
    strange = [str(code) for code in found if code not in kinds]
    if strange:
        raise KitError(
            _(
                "These clients have outcomes that the kit does not know ({n} different); use "
                "{known}, or leave it empty."
            ).format(n=len(strange), known=", ".join(kinds))
        )
    table = np.array([*(kinds[str(code)] for code in found), missing], dtype=np.int64)
    marks = {
        key: np.array([*(code in wanted for code in found), None in wanted])[codes]
        for key, wanted in ((key, tuple(wanted)) for key, wanted in (beside or {}).items())
    }
    return rate(name, rows, table[codes], by, confidence, beside=marks)
