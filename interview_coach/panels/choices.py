"""What a person chooses between on more than one page, each with its code in the playbook."""

__all__ = ["CALLER", "CHANNEL"]

CALLER = [("They were to call me", "interviewer"), ("I was to call them", "candidate")]
CHANNEL = [("Telephone", "phone"), ("Video", "video"), ("Visit", "in_person")]
