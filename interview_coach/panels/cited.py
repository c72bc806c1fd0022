"""What the letters and numbers beside a piece of advice stand for, with who says it."""

from collections.abc import Iterable
from typing import Any

from interview_coach.language import _
from interview_coach.panels import kit
from interview_coach.playbook import Playbook
from interview_coach.playbook.model import Source

__all__ = ["quoted", "where_from"]


def quoted(sources: Iterable[Source]) -> list[kit.Html]:
    """Make a line for each source: its id, what it says, and where."""
    return [kit.source(kit.el("b", f"{one.id} "), f"{one.says} ({one.where})") for one in sources]


def where_from(playbook: Playbook, ids: Iterable[str]) -> Any:
    """Make something to open that says what each of the ids stands for; None where there are none.

    Parameters
    ----------
    playbook : Playbook
        Whose sources they are.
    ids : iterable of str
        As they stand on the page ("B3", "kit"), in any order, also more than once.
    """
    named = [playbook.sources[one] for one in sorted(set(ids)) if one in playbook.sources]
    if not named:
        return None
    # Whoever says several of them is named once.
    lines: list[kit.Html] = []
    for where in dict.fromkeys(one.where for one in named):
        lines.append(kit.small(where))
        lines += [
            kit.source(kit.el("b", f"{one.id} "), one.says) for one in named if one.where == where
        ]
    return kit.details(_("Where this comes from"), *lines)
