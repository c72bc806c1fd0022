"""The votes as a table for a spreadsheet: one row a choice, and nobody's name."""

import csv
import io
from datetime import datetime

from interview_coach.outcomes.writing import neutral
from interview_coach.playbook import Playbook
from interview_coach.workshop.compare import share
from interview_coach.workshop.decisions import decisions
from interview_coach.workshop.decks import key_of
from interview_coach.workshop.session import Session

__all__ = ["COLUMNS", "votes_csv"]

COLUMNS = (
    *("workshop", "begun_at", "deck", "cohort", "call", "scenario", "minutes_past", "done_before"),
    *("choice", "hands", "votes", "share", "low", "high", "revealed", "judgement", "guidance"),
    "source",
)
"""The columns; `share`, `low` and `high` (Wilson, 95%) are fractions, empty where nobody voted."""


def votes_csv(session: Session, workshop_id: str, begun_at: datetime, playbook: Playbook) -> str:
    """Write every vote of a workshop as CSV.

    Parameters
    ----------
    session : Session
        The workshop as it stands.
    workshop_id : str
        As the store knows it.
    begun_at : datetime
        With its zone; written in UTC.

    Returns
    -------
    str
        One row a choice, all cells quoted, those that a spreadsheet would run made harmless.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in decisions(session, playbook):
        story = session.deck.stories[one.call]
        for option in one.options:
            rate = share(option.hands, one.total)
            known = one.total > 0
            cells = (
                workshop_id,
                begun_at.isoformat(timespec="minutes"),
                session.deck.id,
                session.cohort,
                story.call.id,
                story.scenario.id,
                one.minute,
                " ".join(key_of(action) for action in one.path),
                option.key,
                option.hands,
                one.total,
                f"{rate.n / rate.N:.4f}" if known else "",
                f"{rate.low:.4f}" if known else "",
                f"{rate.high:.4f}" if known else "",
                "yes" if one.revealed else "no",
                option.judged.judgement,
                "yes" if option.guided else "no",
                " ".join(option.judged.source),
            )
            writer.writerow([neutral(str(cell)) for cell in cells])
    return text.getvalue()
