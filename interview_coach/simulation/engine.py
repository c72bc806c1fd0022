"""The one engine: hidden world + actions on a clock -> what the candidate notices.

A client clicking, a scripted policy and a batch of runs are three ways to supply actions. Every
function here is pure: it takes a play and returns a new one, and a play replays from its scenario,
seed, level and actions.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from interview_coach.errors import KitError
from interview_coach.playbook import Playbook
from interview_coach.simulation.scenario import Cause, Draw, Level, Offer, Scenario

__all__ = [
    "Action",
    "Choice",
    "Event",
    "Play",
    "World",
    "choices",
    "draw_world",
    "replay",
    "start",
    "step",
]

_TRIES = 12  # answers drawn ahead: more calls than any story has minutes for are refused by rules


@dataclass(frozen=True)
class Action:
    """Something the candidate does; a wait says until which minute past the start."""

    do: str
    until: int | None = None


@dataclass(frozen=True)
class Choice:
    """An action that is open now, in the words of the screen."""

    action: Action
    says: str


@dataclass(frozen=True)
class Event:
    """Something that happened, at a minute past the start, and how the candidate notices it.

    `kind` is the verb of an action, or ``opening``, ``no_answer``, ``rings``, ``picks_up``,
    ``email_back``, ``end``.
    """

    minute: int
    kind: str
    says: str


@dataclass(frozen=True)
class World:
    """What is hidden: the cause and the minutes drawn for it. None = not that day."""

    cause: Cause
    calls_at: int | None
    free_at: int | None
    voicemail_delay: int | None
    email_delay: int | None
    answers: tuple[bool, ...]


@dataclass(frozen=True)
class Play:
    """A story up to now.

    Attributes
    ----------
    minute : int
        Minutes past the agreed start.
    actions : tuple of (int, Action)
        What was done, and the minute at which it was begun.
    outcome : str or None
        None while it goes on; then ``spoke``, ``rebooked``, ``left`` (the candidate stopped
        waiting and nothing came of it) or ``ended`` (the day was over).
    """

    scenario: Scenario
    seed: int
    level: Level
    world: World = field(repr=False)
    minute: int
    actions: tuple[tuple[int, Action], ...] = ()
    events: tuple[Event, ...] = ()
    outcome: str | None = None

    @cached_property
    def done(self) -> dict[str, list[int]]:
        """Verb -> the minutes at which it was done."""
        found: dict[str, list[int]] = {}
        for minute, action in self.actions:
            found.setdefault(action.do, []).append(minute)
        return found

    @property
    def attempts(self) -> int:
        """How often the candidate has called."""
        return len(self.done.get("call", ()))


def start(scenario: Scenario, seed: int, level: Level = "plain") -> Play:
    """Begin a story. The same scenario, seed and level give the same hidden world."""
    opening = Event(scenario.opens, "opening", scenario.words(scenario.opening[level]))
    world = draw_world(scenario, seed)
    return Play(scenario, seed, level, world, scenario.opens, events=(opening,))


def draw_world(scenario: Scenario, seed: int) -> World:
    """Draw what is hidden. World and counterpart have streams of their own.

    So a change to how calls are answered does not change which cause a seed stands for.
    """
    streams = np.random.SeedSequence(seed).spawn(2)
    hidden, counterpart = (np.random.Generator(np.random.PCG64(stream)) for stream in streams)
    weights = np.array([cause.weight for cause in scenario.cause])
    cause = scenario.cause[int(hidden.choice(len(weights), p=weights / weights.sum()))]

    def drawn(draw: Draw | None) -> int | None:
        # Drawn also where it does not happen, so that the stream stays in step.
        low, high = (draw.from_, draw.to) if draw else (0, 0)
        number = int(hidden.integers(low, high + 1))
        return number if draw else None

    calls_at, free_at = drawn(cause.calls_after), drawn(cause.free_after)
    if calls_at is not None and free_at is not None and cause.rings:
        free_at = min(free_at, calls_at)
    return World(
        cause=cause,
        calls_at=calls_at,
        free_at=free_at,
        voicemail_delay=drawn(cause.hears_voicemail),
        email_delay=drawn(cause.reads_email),
        answers=tuple(bool(x) for x in counterpart.random(_TRIES) < cause.picks_up),
    )


def choices(play: Play, playbook: Playbook) -> list[Choice]:
    """List what the candidate can do now, in the scenario's order."""
    if play.outcome is not None:
        return []
    last = play.events[-1].kind
    open_: list[Choice] = []
    waits = 0
    for offer in play.scenario.offer:
        if not _is_open(offer, play, last):
            continue
        if offer.do == "wait":
            waits += 1
            # The next wait and the longest: more would be noise on the screen.
            if waits > 1 and offer.until != play.scenario.length:
                continue
        says = offer.says or playbook.actions[offer.do].says
        if offer.do == "wait" and offer.says is None and offer.until is not None:
            says = f"Wait until {play.scenario.at(offer.until)}"
        open_.append(Choice(Action(offer.do, offer.until), play.scenario.words(says)))
    return open_


def _is_open(offer: Offer, play: Play, last: str) -> bool:
    if offer.once and offer.do in play.done:
        return False
    if offer.after is not None and offer.after != last:
        return False
    if offer.until is not None and offer.until <= play.minute:
        return False
    return play.minute >= offer.from_


def step(play: Play, action: Action, playbook: Playbook) -> Play:
    """Do one thing: the clock moves on and the story answers.

    Raises
    ------
    KitError
        If the action is not open now (a replay of a changed scenario, say).
    """
    if action not in {choice.action for choice in choices(play, playbook)}:
        raise KitError(
            f"{play.scenario.title}: {action.do!r} is not open at minute {play.minute}; "
            "the story may have changed since this was recorded."
        )
    scenario, begun = play.scenario, play.minute
    ends = action.until if action.until is not None else begun + playbook.actions[action.do].minutes
    play = replace(play, actions=(*play.actions, (begun, action)))
    if action.do == "stop_waiting":
        return _left(play)
    due = _contact(play)
    if action.do == "call" and not (due and due[0] <= begun):
        return _called(play, min(ends, scenario.length))
    if due is not None and due[0] <= ends:
        return _contacted(play, *due)
    if ends >= scenario.length:
        return _with(
            replace(play, minute=scenario.length, outcome="ended"), "end", "The day goes on."
        )
    cue = play.world.cause.cue.get(action.do) or scenario.cue[action.do]
    return _with(replace(play, minute=ends), action.do, scenario.words(cue))


def replay(
    scenario: Scenario, seed: int, level: Level, actions: Iterable[Action], playbook: Playbook
) -> Play:
    """Play a list of actions again from the start."""
    play = start(scenario, seed, level)
    for action in actions:
        play = step(play, action, playbook)
    return play


def _called(play: Play, ends: int) -> Play:
    world, begun = play.world, play.minute
    free = world.free_at is not None and begun >= world.free_at
    if free and world.answers[min(play.attempts - 1, _TRIES - 1)]:
        cue = play.scenario.words(play.scenario.cue["picks_up"])
        return _with(replace(play, minute=ends, outcome="spoke"), "picks_up", cue)
    cue = play.scenario.words(play.scenario.cue["no_answer"])
    ended = "ended" if ends >= play.scenario.length else None
    return _with(replace(play, minute=ends, outcome=ended), "no_answer", cue)


def _contact(play: Play) -> tuple[int, str] | None:
    """When and how the interviewer gets through next, given what has been left for them."""
    world, cause = play.world, play.world.cause
    heard: list[int] = []
    for verb, delay in (
        ("leave_voicemail", world.voicemail_delay),
        ("send_email", world.email_delay),
    ):
        if verb in play.done and delay is not None and world.free_at is not None:
            # The minute after it was left is the first at which it can be noticed.
            heard.append(max(play.done[verb][0] + 1, world.free_at) + delay)
    ways = [(minute, "rings" if cause.then == "call" else "email_back") for minute in heard]
    if world.calls_at is not None and cause.rings:
        ways.append((world.calls_at, "rings"))
    return min(ways) if ways else None


def _contacted(play: Play, minute: int, way: str) -> Play:
    minute = max(minute, play.minute)
    outcome = "spoke" if way == "rings" else "rebooked"
    cue = play.scenario.words(play.scenario.cue[way])
    return _with(replace(play, minute=minute, outcome=outcome), way, cue)


def _left(play: Play) -> Play:
    """Let the rest of the day happen after the candidate has stopped waiting.

    Who left a message is answered, be it with a new time; who left none is not.
    """
    scenario = play.scenario
    told = "leave_voicemail" in play.done or "send_email" in play.done
    end = Event(play.minute, "stop_waiting", "You put the phone away.")
    play = replace(play, events=(*play.events, end))
    if told:
        cue = scenario.words(scenario.cue["email_back"])
        return _with(replace(play, outcome="rebooked"), "email_back", cue)
    return _with(replace(play, outcome="left"), "end", "Nobody knows that you were there.")


def _with(play: Play, kind: str, says: str) -> Play:
    return replace(play, events=(*play.events, Event(play.minute, kind, says)))
