"""A play as it is kept, and a kept play as it is played again: by the rules of then, or not at all."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.playbook import Playbook
from interview_coach.simulation.engine import Action, Play, start, step
from interview_coach.simulation.scenario import LEVELS, Scenario

__all__ = ["fingerprint", "restore"]


def fingerprint(scenario: Scenario, playbook: Playbook) -> str:
    """Give a short name of everything that decides how a story goes and is judged.

    It changes with the rules in force (house rules and picked variants included), with what the
    actions take and train, and with the scenario's own data; wording elsewhere does not count, nor
    does the language that they are read in.
    """
    scenario, playbook = scenario.written, playbook.written
    kept = {
        "rules": {key: rule.model_dump(mode="json") for key, rule in playbook.rules.items()},
        "actions": {key: (act.minutes, act.skill) for key, act in playbook.actions.items()},
        "scenario": scenario.model_dump(mode="json"),
    }
    return sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()[:16]


def restore(
    scenarios: Mapping[str, Scenario],
    playbook: Playbook,
    *,
    scenario: str,
    level: str,
    seed: int,
    actions: Iterable[tuple[str, int | None]],
    minute: int,
    outcome: str | None,
) -> Play:
    """Play a kept attempt again, to where it stood.

    Parameters
    ----------
    scenarios, playbook
        Those of today.
    scenario, level, seed, actions, minute, outcome
        As they were kept; an action is a verb and, for a wait, until which minute.

    Raises
    ------
    KitError
        If today's playbook leads it elsewhere; the text says in one sentence why.
    """
    known = next((one for one in LEVELS if one == level), None)
    if scenario not in scenarios or known is None:
        if scenario in scenarios:
            says = _(
                "This attempt cannot be played again: the playbook has no longer the level {level!r}."
            )
        else:
            says = _(
                "This attempt cannot be played again: the playbook has no longer the call {call!r}."
            )
        raise KitError(says.format(level=level, call=scenario))
    play = start(scenarios[scenario], seed, known)
    for do, until in actions:
        try:
            play = step(play, Action(do, until), playbook)
        except KitError:
            words = playbook.actions[do].says if do in playbook.actions else do
            raise KitError(
                _(
                    "This attempt cannot be played again: the playbook has changed since, and "
                    "'{action}' is no longer open at {time}."
                ).format(action=words, time=play.scenario.at(play.minute))
            ) from None
    if (play.minute, play.outcome) != (minute, outcome):
        raise KitError(
            _(
                "This attempt cannot be played again: the playbook has changed since, and the same "
                "steps now lead to {time} instead of {before}, or to another end."
            ).format(time=play.scenario.at(play.minute), before=play.scenario.at(minute))
        )
    return play
