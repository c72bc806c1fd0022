"""The votes as a table for a spreadsheet: one row a choice, and nobody's name."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from interview_coach.outcomes.writing import neutral
from interview_coach.playbook import Playbook
from interview_coach.workshop.compare import share
from interview_coach.workshop.decisions import decisions
from interview_coach.workshop.decks import key_of
from interview_coach.workshop.session import Session

__all__ = ["ANSWER_COLUMNS", "COLUMNS", "answers_csv", "votes_csv"]

COLUMNS = (
    *("workshop", "begun_at", "deck", "cohort", "call", "scenario", "minutes_past", "done_before"),
    *("choice", "hands", "votes", "share", "low", "high", "revealed", "judgement", "guidance"),
    *("source", "by_phone"),
)
"""The columns; `hands` holds those who voted `by_phone` too; `share`, `low` and `high` (Wilson, 95%) are fractions, empty where nobody voted."""

ANSWER_COLUMNS = ("asked", "kind", "answer", "name", "hidden")
"""The columns of what phones sent: `kind` is choice or words, `name` empty where nobody asked for it."""


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
    rows = []
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
                option.phones,
            )
            rows.append(cells)
    return _written(COLUMNS, rows)


def answers_csv(answers: Iterable[Mapping[str, Any]]) -> str:
    """Write what the phones of a room sent as CSV, one row an answer.

    Parameters
    ----------
    answers : iterable of mapping
        With `ANSWER_COLUMNS`; `hidden` is a bool.
    """
    rows = [
        tuple(
            ("yes" if one[name] else "no") if name == "hidden" else one[name]
            for name in ANSWER_COLUMNS
        )
        for one in answers
    ]
    return _written(ANSWER_COLUMNS, rows)


def _written(head: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(head)
    for cells in rows:
        writer.writerow([neutral(str(cell)) for cell in cells])
    return text.getvalue()
