"""Messages for the nine kinds: fill a template, review a draft, hand it over. Nothing is sent."""

from interview_coach.messages.fill import Message, blanks, fields_from_plan, fill, words_in
from interview_coach.messages.handover import eml, mailto, subject_and_body
from interview_coach.messages.invitation import Invitation, called_off, moved, write_invitation
from interview_coach.messages.invitation_reading import read_invitation
from interview_coach.messages.languages import LANGUAGES, VOICES, language_words
from interview_coach.messages.review import Review, review
from interview_coach.messages.typed import read_typed

__all__ = [
    "LANGUAGES",
    "VOICES",
    "Invitation",
    "Message",
    "Review",
    "blanks",
    "called_off",
    "eml",
    "fields_from_plan",
    "fill",
    "language_words",
    "mailto",
    "moved",
    "read_invitation",
    "read_typed",
    "review",
    "subject_and_body",
    "words_in",
    "write_invitation",
]
