"""Messages: fill a template of the playbook, and review a draft, for one of the nine kinds."""

from interview_coach.messages.fill import Message, blanks, fields_from_plan, fill, words_in
from interview_coach.messages.review import Review, review

__all__ = ["Message", "Review", "blanks", "fields_from_plan", "fill", "review", "words_in"]
