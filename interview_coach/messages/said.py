"""What a template is handed: plain strings and numbers, said as the language says them."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from whenever import ZonedDateTime

from interview_coach.messages.languages import Words
from interview_coach.playbook import MessageKind, Playbook
from interview_coach.times import Clock

__all__ = ["Value", "said"]

Value = str | int | bool | ZonedDateTime | Sequence[str]

_MOMENTS = (
    ("appointment", "appointment"),
    ("now", "now"),
    ("available_until", "until"),
    ("new_time", "new"),
    ("spoken", "spoken"),
)


def said(
    spec: MessageKind,
    given: Mapping[str, Value],
    playbook: Playbook,
    words: Words,
    *,
    now: ZonedDateTime,
    clock: Clock,
    voice: str,
    city: str,
) -> dict[str, Any]:
    """Give a template its words.

    Parameters
    ----------
    spec, given, playbook : MessageKind, mapping, Playbook
        The kind, and the blanks with their checked values.
    words : Words
        Of the language.
    now : ZonedDateTime
        The moment from which days are named.
    clock, voice : str
        How clock times are written, and how the greeting sounds.
    city : str
        Whose clock the times are of, where the reader's differs; else "".
    """
    context: dict[str, Any] = dict.fromkeys((*spec.needs, *spec.may), "")
    context["greeting"] = words.greet(str(given.get("reader", "")), voice)
    for blank, prefix in _MOMENTS:
        context[f"{prefix}_time"] = context[f"{prefix}_day"] = ""
        moment = given.get(blank)
        if isinstance(moment, ZonedDateTime):
            context[f"{prefix}_time"] = words.at_time(
                moment, clock, city if prefix != "spoken" else ""
            )
            context[f"{prefix}_day"] = words.on_day(moment, now)
    if context["until_time"] and context["until_day"] != words.today:
        context["until_time"] = words.until_other_day.format(
            time=context["until_time"], day=context["until_day"]
        )
    context["times_words"] = context["attempts_words"] = context["role_words"] = ""
    for name, value in given.items():
        type_ = playbook.fields[name].type
        if type_ == "count" and isinstance(value, int):
            context[f"{name}_words"] = words.how_often(value)
        elif type_ == "texts" and not isinstance(value, str | int | ZonedDateTime):
            context[f"{name}_words"] = words.one_of(tuple(value))
        elif name == "obstacle_fixed" and isinstance(value, str):
            context[name] = value if value[-1] in ".!?" else f"{value}."
        elif name == "role" and isinstance(value, str):
            # The template says "the ... role" around it.
            context[name] = re.sub(r"(?i)^(the|an?) | (role|position|job)$", "", value)
            context["role_words"] = words.role.format(role=context[name])
        elif not isinstance(value, ZonedDateTime):
            context[name] = value
    return context
