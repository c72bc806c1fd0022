"""What the room decided: each vote beside what the playbook says of every choice."""

from collections.abc import Iterable
from dataclasses import dataclass

from interview_coach.language import _
from interview_coach.playbook import Playbook, Rule, Source
from interview_coach.simulation import (
    Action,
    Debrief,
    Judge,
    Judged,
    Play,
    debrief,
    follow_the_guidance,
    next_step,
    step,
)
from interview_coach.simulation.debrief import tally_of
from interview_coach.workshop.decks import Story, key_of
from interview_coach.workshop.session import Node, Session, Tally

__all__ = ["Decision", "Option", "Way", "decision_at", "decisions", "ways"]


@dataclass(frozen=True)
class Option:
    """One choice that was put to the room.

    Attributes
    ----------
    key : str
        As `key_of` writes its action.
    says : str
        In the words of the screen ("Wait until 2:15").
    done : str
        As something that was done ("waited until 2:15").
    hands : int
        How many were for it, by show of hands or by phone.
    phones : int
        How many of them by phone.
    judged : Judged
        What the playbook says of doing it then.
    guided : bool
        Whether the guidance would do it next.
    """

    key: str
    says: str
    done: str
    hands: int
    judged: Judged
    guided: bool
    phones: int = 0


@dataclass(frozen=True)
class Decision:
    """One decision, and the votes for it.

    `call` is the number of its call in the deck, from 0. `path` is what was done before it,
    `minute` the minute past the agreed start and `clock` the same as a time. `asked` is what was
    last noticed. `because` and `source` are of the rule that the guidance follows here.
    """

    call: int
    path: tuple[Action, ...]
    minute: int
    clock: str
    asked: str
    options: tuple[Option, ...]
    revealed: bool
    because: str
    source: tuple[str, ...]
    differs: tuple[Source, ...]

    @property
    def total(self) -> int:
        """How many votes were counted."""
        return sum(option.hands for option in self.options)

    @property
    def leaders(self) -> tuple[Option, ...]:
        """The choices with the most hands: none without hands, several in a tie."""
        most = max((option.hands for option in self.options), default=0)
        return tuple(option for option in self.options if option.hands == most and most > 0)

    @property
    def guided(self) -> Option | None:
        """The choice that the guidance would take next."""
        return next((option for option in self.options if option.guided), None)


@dataclass(frozen=True)
class Way:
    """One way in which a call was played to its end.

    `room` says whether, wherever the room had voted, what was done is what most hands were for;
    `guidance` whether it is what the guidance would have done from the first vote on.
    """

    path: tuple[Action, ...]
    play: Play
    debrief: Debrief
    room: bool
    guidance: bool


def decision_at(story: Story, node: Node, tally: Tally, playbook: Playbook) -> Decision:
    """Put the votes at one decision beside what the playbook says of it."""
    call, path = node
    play = story.play(path, playbook)
    judge = Judge(story.scenario, playbook)
    before = tally_of(play, judge)
    action, rule = next_step(play, playbook)
    options = []
    for choice in story.put(play, playbook):
        key, until = key_of(choice.action), choice.action.until
        known = playbook.actions[choice.action.do]
        # A story may let something else rest than the waiting: then its own words are quoted.
        apart = choice.action.do == "stop_waiting" and choice.says != known.says
        done = _("chose \u201c{choice}\u201d").format(choice=choice.says) if apart else known.done
        options.append(
            Option(
                key=key,
                says=choice.says,
                done=_("{done} until {time}").format(done=done, time=story.scenario.at(until))
                if until is not None
                else done,
                hands=tally.of(key),
                phones=tally.phones.get(key, 0),
                judged=judge.judge(before, play, choice.action).judged[-1],
                guided=choice.action == action,
            )
        )
    return Decision(
        call=call,
        path=path,
        minute=play.minute,
        clock=story.scenario.at(play.minute),
        asked=play.events[-1].says,
        options=tuple(options),
        revealed=tally.revealed,
        because=rule.because if rule else "",
        source=rule.source if rule else (),
        differs=_advisers(rule, playbook),
    )


def _advisers(rule: Rule | None, playbook: Playbook) -> tuple[Source, ...]:
    return tuple(playbook.sources[key] for key in rule.variants) if rule else ()


def decisions(session: Session, playbook: Playbook, call: int | None = None) -> list[Decision]:
    """List what the room voted on, in the order of the votes.

    Parameters
    ----------
    call : int, optional
        Only those of this call.

    Returns
    -------
    list of Decision
        Those with at least one hand, or revealed without any.
    """
    return [
        decision_at(session.deck.stories[node[0]], node, tally, playbook)
        for node, tally in session.tallies.items()
        if (tally.revealed or tally.total) and call in (None, node[0])
    ]


def ways(session: Session, call: int, playbook: Playbook) -> list[Way]:
    """List the ways in which a call was played to its end, in that order."""
    story, voted = session.deck.stories[call], decisions(session, playbook, call)
    guided = _guided_path(story, playbook)
    found = []
    for path in session.ends.get(call, ()):
        play = story.play(path, playbook)
        along = [one for one in voted if one.leaders and one.path == path[: len(one.path)]]
        found.append(
            Way(
                path=path,
                play=play,
                debrief=debrief(play, playbook),
                room=bool(along) and all(_chose(one, path) for one in along),
                guidance=path == guided,
            )
        )
    return found


def _chose(decision: Decision, path: tuple[Action, ...]) -> bool:
    done: Iterable[Action] = path[len(decision.path) :][:1]
    return {key_of(action) for action in done} <= {option.key for option in decision.leaders}


def _guided_path(story: Story, playbook: Playbook) -> tuple[Action, ...]:
    play = story.play(story.lead_in, playbook)
    while play.outcome is None:
        play = step(play, follow_the_guidance(play, playbook), playbook)
    return tuple(action for _minute, action in play.actions)
