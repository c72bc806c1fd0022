"""An invitation as people write it: what it says of day, time, zone, length and numbers, and what is doubtful.

`invitation` is the way in; the others each read one thing in the text.
"""

from interview_coach.messages.typed.invitation import read_typed

__all__ = ["read_typed"]
