"""Ready-made words for a message in a practised call, from the templates of the day itself."""

from typing import Any

from interview_coach.errors import KitError
from interview_coach.messages import blanks, fill
from interview_coach.playbook import Facts, Playbook
from interview_coach.simulation import Play

__all__ = ["NAME", "ready_words"]

NAME = "Sam Carter"  # unmarked: a name
"""The invented candidate, who writes the ready-made messages."""

_PHONE = "555 0142"  # 555-01xx is kept free for stories
_TIMES = ("Tuesday after 2 pm", "Friday morning")  # unmarked: the message is English
_WINDOW = 30  # minutes offered where no rule says how long to hold (the example of B4)


def ready_words(play: Play, kind: str, playbook: Playbook) -> str:
    """Fill the template of a kind for this moment of a play.

    The window is the one that the playbook holds (K3).

    Returns
    -------
    str
        The message; "" where this moment leaves nothing to fill it with.
    """
    scenario = play.scenario
    now = scenario.start.add(minutes=play.minute)
    anchor = scenario.start.add(minutes=scenario.anchor or 0)
    facts = Facts(
        caller=scenario.caller,
        missed_by=play.missed_by,
        minutes_past=play.minute,
        attempts=play.attempts,
        miss=scenario.miss,
        channel=scenario.channel,
        stage=play.stage,
    )
    hold = playbook.hold(facts)
    until = scenario.start.add(minutes=hold.due) if hold else now
    known: dict[str, Any] = {
        "sender": NAME,
        # The message is English, whatever the page speaks.
        "reader": scenario.written.person.name,
        "phone": _PHONE,
        "times": _TIMES,
        "appointment": scenario.start,
        "now": now,
        "new_time": anchor,
        "spoken": min(anchor, now),
        "attempts": max(1, play.attempts),
        "caller": scenario.caller,
        "channel": scenario.channel,
        "missed_by_me": play.missed_by == "candidate",
        "available_until": until if until > now else now.add(minutes=_WINDOW),
    }
    spec = blanks(kind, playbook)
    fields = {name: known[name] for name in (*spec.needs, *spec.may) if name in known}
    try:
        return fill(kind, fields, playbook, now=now).text
    except KitError:
        # A house rule's template may ask for what a story does not hold; own words still go.
        return ""
