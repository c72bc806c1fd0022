"""Messages: fill a template of the playbook for one of the nine kinds."""

from interview_coach.messages.fill import Message, blanks, fields_from_plan, fill, words_in

__all__ = ["Message", "blanks", "fields_from_plan", "fill", "words_in"]
