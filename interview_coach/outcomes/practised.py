"""How well the clients practised who agreed to have that linked, to stand beside what came of their calls."""

from statistics import fmean

import pandas as pd
from sqlalchemy import Connection, func, inspect, select

from interview_coach.outcomes import frames
from interview_coach.outcomes.attempts import read_scores, share
from interview_coach.outcomes.schema import attempts, clients

__all__ = ["practice_frame"]


def practice_frame(connection: Connection) -> pd.DataFrame:
    """Give the practice of each client who agreed and has played: `frames.PRACTICE`.

    Parameters
    ----------
    connection : Connection
        In a read transaction.

    Returns
    -------
    DataFrame
        One row a client, by coach and id. `attempts`, the calls practised to their end, each story
        the first time only; `score`, the mean of their shares of the points. A name to practise
        under that two clients have is nobody's: both are left out.
    """
    if not inspect(connection).has_table(attempts.name):
        return frames.typed([], frames.PRACTICE)
    one_has_it = (
        select(clients.c.player).group_by(clients.c.player).having(func.count() == 1).subquery()
    )
    query = (
        select(clients.c.coach, clients.c.client_id, attempts.c.scores)
        .join(one_has_it, clients.c.player == one_has_it.c.player)
        .join(attempts, attempts.c.player == clients.c.player)
        .where(attempts.c.state == "ended", attempts.c.after.is_(None))
        .order_by(clients.c.coach, clients.c.client_id)
    )
    scores: dict[tuple[str, str], list[float]] = {}
    for coach, client_id, kept in connection.execute(query):
        score = share(read_scores(kept))
        if score is not None:
            scores.setdefault((coach, client_id), []).append(score)
    return frames.typed(
        [(*client, fmean(theirs), len(theirs)) for client, theirs in scores.items()],
        frames.PRACTICE,
    )
