"""Reading back what `export_calls` wrote as Parquet: all calls of one moment, without the database."""

from pathlib import Path

import pandas as pd

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes import frames

__all__ = ["SUFFIX", "read_snapshot"]

SUFFIX = ".parquet"
# Few words, many rows: as categories they are read and counted several times as fast.
_FEW_WORDS = (
    *("coach", "cohort", "employer_type", "channel", "caller", "timezone", "state", "missed_by"),
    *("cause", "initiator"),
)


def read_snapshot(path: Path) -> pd.DataFrame:
    """Give the calls of a snapshot, as `OutcomeLog.calls` gives them, with words as categories.

    Parameters
    ----------
    path : Path
        A file that the kit exported, ``.parquet``.

    Returns
    -------
    DataFrame
        The columns of `frames.CALLS`; times in UTC. A column that the kit did not have yet when the
        file was written is empty.

    Raises
    ------
    KitError
        If the file cannot be read, or is none of the kit's.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path, read_dictionary=list(_FEW_WORDS))
    except (OSError, pa.ArrowException) as error:
        raise KitError(
            _("{file} cannot be read as Parquet ({kind}); export it again.").format(
                file=path.name, kind=type(error).__name__
            )
        ) from None
    lacking = [name for name in _NEEDED if name not in table.column_names]
    if lacking:
        raise KitError(
            _(
                "{file} has no column '{column}', so it is no export of the kit's; import it "
                "into a log instead (interview-coach import)."
            ).format(file=path.name, column=lacking[0])
        )
    calls = table.select([name for name in frames.CALLS if name in table.column_names]).to_pandas()
    for name, kind in frames.CALLS.items():
        if name not in calls.columns:
            calls[name] = pd.Series([None] * len(calls), dtype=kind)
    try:
        return pd.DataFrame(
            {
                name: calls[name]
                if isinstance(calls[name].dtype, pd.CategoricalDtype)
                else calls[name].astype(kind)
                for name, kind in frames.CALLS.items()
            }
        )
    except (TypeError, ValueError):
        raise KitError(
            _(
                "{file} holds something of another kind than the kit writes; import it into a "
                "log instead (interview-coach import)."
            ).format(file=path.name)
        ) from None


_NEEDED = ("call_id", "interview_id", "client_id", "sequence", "scheduled_at", "timezone", "state")
