"""Review of a draft: what is missing, and which words may hurt, offline and in milliseconds."""

from interview_coach.messages.review.model import Fault, Missing, Present, Review
from interview_coach.messages.review.reviewing import review

__all__ = ["Fault", "Missing", "Present", "Review", "review"]
