"""What a person chooses between on more than one page, each with its code in the playbook."""

from collections.abc import Sequence

from interview_coach.language import N_, _

__all__ = ["CALLER", "CHANNEL", "spoken"]

# Translated where they are shown, by `spoken`.
CALLER = [(N_("They were to call me"), "interviewer"), (N_("I was to call them"), "candidate")]
CHANNEL = [(N_("Telephone"), "phone"), (N_("Video"), "video"), (N_("Visit"), "in_person")]


def spoken(options: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give options, (text, code) pairs, with their texts in the language that is being spoken."""
    return [(_(text), code) for text, code in options]
