"""What the phones of a room are told: the question, what came of it, and what their words hold."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from interview_coach.language import _, ngettext
from interview_coach.messages.review import Review
from interview_coach.playbook import Playbook
from interview_coach.wording import counted, first_upper, of_total
from interview_coach.workshop import sentences
from interview_coach.workshop.decisions import Decision
from interview_coach.workshop.decks import key_of
from interview_coach.workshop.session import Session

__all__ = ["ballot", "ballot_key", "found_in", "result", "words_result"]


def ballot_key(session: Session) -> str | None:
    """Name the vote that is on; a vote that was begun again is another one.

    Returns
    -------
    str or None
        None where nothing is to be decided.
    """
    if session.node is None:
        return None
    call, path = session.node
    times = session.resets.get(session.node, 0)
    return f"{call}:{' '.join(key_of(action) for action in path)}:{times}"


def ballot(decision: Decision) -> dict[str, Any]:
    """Write the question as the phones show it, without anything that tells what is best."""
    return {
        "asked": sentences.noticed(decision),
        "options": [[option.key, option.says] for option in decision.options],
    }


def result(decision: Decision) -> dict[str, Any]:
    """Write what came of a vote, as the phones show it: counts, and nothing of who voted what."""
    return {
        "finding": sentences.finding(decision),
        "total": decision.total,
        "rows": [[option.key, option.says, option.hands] for option in decision.options],
    }


def found_in(found: Review, playbook: Playbook) -> dict[str, Any]:
    """Write what the review found in one phone's words, for that phone alone."""
    return {
        "faults": [[one.span, one.why, one.try_] for one in found.faults if one.span],
        "missing": [
            [f"{first_upper(playbook.items[item.item].says)}.", item.why] for item in found.missing
        ],
        # What could not be read is not called sound.
        "note": found.notice,
    }


def words_result(reviews: Sequence[Review], playbook: Playbook) -> dict[str, Any]:
    """Say what all the words hold together.

    Returns
    -------
    dict
        ``finding``, how many there are; ``more``, what most of them lack and how many may hurt.
    """
    total = len(reviews)
    if not total:
        return {"finding": _("Nobody wrote anything."), "more": ""}
    # The review reads English: of what it cannot read it says neither that something lacks nor hurts.
    read = [one for one in reviews if one.legible]
    lacking = Counter(item.item for one in read for item in one.missing)
    hurting = sum(bool(one.faults) for one in read)
    said = []
    if lacking:
        item, n = lacking.most_common(1)[0]
        said.append(
            _("Most often left out: {item} ({share}).").format(
                item=playbook.items[item].says, share=of_total(n, len(read))
            )
        )
    elif read:
        said.append(_("Nothing that belongs there is left out."))
    if hurting:
        hold = ngettext(
            "{share} holds words that may hurt.",
            "{share} hold words that may hurt.",
            1 if len(read) == 1 else hurting,
        )
        said.append(hold.format(share=of_total(hurting, len(read))))
    if unread := total - len(read):
        said.append(
            ngettext(
                "{share} could not be read: the review reads English.",
                "{share} could not be read: the review reads English.",
                unread,
            ).format(share=of_total(unread, total))
        )
    came = counted(total, "{n} message came in.", "{n} messages came in.")
    return {"finding": came, "more": " ".join(said)}
