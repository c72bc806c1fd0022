"""Rooms to vote in: the shipped deck, and short ways to say what a facilitator does."""

from collections.abc import Mapping

from interview_coach.playbook import load_playbook
from interview_coach.workshop import Change, Session, load_decks, replayed

PLAYBOOK = load_playbook()
DECKS = load_decks(PLAYBOOK)
DECK = DECKS["first_workshop"]


def hands(votes: Mapping[str, int]) -> list[Change]:
    """Count these hands."""
    return [Change(do="hand", choice=key, hands=number) for key, number in votes.items()]


def held(*changes: Change) -> Session:
    """Hold a workshop with the shipped deck."""
    return replayed(DECK, "Spring", changes, PLAYBOOK)


OPEN = Change(do="open", call=0)
REVEAL = Change(do="reveal")
UNDO = Change(do="undo")
