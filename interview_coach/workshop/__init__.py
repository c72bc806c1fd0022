"""A workshop: a room votes on practice calls, sees what its choices lead to, and talks about why.

Only counts are kept, never who raised a hand or which phone voted. Whatever was done is a list of
changes: played again from its beginning it is the workshop as it was, after a restart or a year later.
"""

from interview_coach.workshop import sentences
from interview_coach.workshop.decisions import Decision, Option, Way, decisions, ways
from interview_coach.workshop.decks import Deck, Story, load_decks
from interview_coach.workshop.session import Change, Session, apply, replayed

__all__ = [
    "Change",
    "Decision",
    "Deck",
    "Option",
    "Session",
    "Story",
    "Way",
    "apply",
    "decisions",
    "load_decks",
    "replayed",
    "sentences",
    "ways",
]
