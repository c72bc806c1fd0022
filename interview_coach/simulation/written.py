"""Messages in a practised call: which kind an action sends, and what the player's words are worth."""

from collections.abc import Collection, Iterable, Mapping

from interview_coach.playbook import MessageKind, Playbook, Rule
from interview_coach.simulation.engine import Action, Play
from interview_coach.simulation.judge import Judge

__all__ = ["message_kind", "message_score", "with_messages"]

# The question whether now is good belongs to the words of the apology before it.
_SAID_WITH_ANOTHER = frozenset({"ask_good_time"})


def message_kind(play: Play, action: Action, playbook: Playbook) -> str | None:
    """Say which kind of message an action would send now; None where it sends none.

    The rule that asks for the action decides. Where none does just now, the rule of the same verb
    that is nearest to the situation. While both are talking, only what is spoken counts.
    """
    if action.do in _SAID_WITH_ANOTHER:
        return None
    speaking = Judge(play.scenario, playbook).speaking(play)
    spoken = play.phase == "talking"
    fitting = [
        rule
        for rule in playbook.rules.values()
        if rule.do == action.do
        and not (rule.avoid or rule.off)
        and rule.template is not None
        and play.stage in rule.when.stage
        and (playbook.kinds[rule.template].medium == "call") == spoken
    ]

    def near(rule: Rule) -> tuple[bool, int]:
        when, scenario = rule.when, play.scenario
        fits = (when.missed_by is None or play.missed_by in when.missed_by) + (
            when.caller is None or scenario.caller in when.caller
        )
        return rule in speaking, fits

    return max(fitting, key=near).template if fitting else None


def message_score(kind: MessageKind, held: Collection[str], faults: Collection[str]) -> float:
    """Say what a message is worth, 0 to 1: the share of its required items, less one for each fault.

    Parameters
    ----------
    kind : MessageKind
        What it must hold.
    held : collection of str
        Ids of the items that it holds.
    faults : collection of str
        The faults that it has; one that it has twice counts once.
    """
    got = sum(item in held for item in kind.required) - len(set(faults))
    return max(got, 0) / len(kind.required)


def with_messages(
    skills: Mapping[str, tuple[float, float]], shares: Iterable[float]
) -> dict[str, tuple[float, float]]:
    """Add what the player's own messages are worth to the skill "message", a point each at most.

    Ready-made messages are not in it: they show nothing of the player.
    """
    shares = list(shares)
    if not shares:
        return dict(skills)
    got, possible = skills.get("message", (0.0, 0.0))
    return {**skills, "message": (got + sum(shares), possible + len(shares))}
