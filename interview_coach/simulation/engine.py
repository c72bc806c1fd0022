"""The one engine: hidden world + actions on a clock -> what the candidate notices.

A client clicking, a scripted policy and a batch of runs are three ways to supply actions. Every
function here is pure: it takes a play and returns a new one, and a play replays from its scenario,
seed, level and actions.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.playbook import Playbook
from interview_coach.simulation.scenario import (
    Happening,
    Level,
    MissedBy,
    Offer,
    Phase,
    Reaction,
    Scenario,
    Stage,
)
from interview_coach.simulation.world import TRIES, World, draw_world

__all__ = ["Action", "Choice", "Event", "Play", "choices", "replay", "start", "step"]


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

    `kind` is the verb of an action, the reply or kind that the scenario names, ``opening`` or
    ``end``.
    """

    minute: int
    kind: str
    says: str


@dataclass(frozen=True)
class Play:
    """A story up to now.

    Attributes
    ----------
    minute : int
        Minutes past the agreed start.
    phase : str
        ``waiting``, ``talking`` once both are on the line, ``after`` when the wait is over, or
        ``ahead`` once it is clear that the appointment is still to come.
    missed_by, stage : str
        What the candidate knows by now: whose miss it is, and whether a new time is being agreed.
    actions : tuple of (int, Action)
        What was done, and the minute at which it was begun.
    asked : tuple of int
        For each reaction of the world: how often it has been asked for.
    happened : frozenset of int
        Which happenings have come.
    outcome : str or None
        None while it goes on; then one of `OUTCOMES`.
    """

    scenario: Scenario
    seed: int
    level: Level
    world: World = field(repr=False)
    minute: int
    phase: Phase = "waiting"
    missed_by: MissedBy = "unknown"
    stage: Stage = "waiting"
    actions: tuple[tuple[int, Action], ...] = ()
    events: tuple[Event, ...] = ()
    asked: tuple[int, ...] = ()
    happened: frozenset[int] = frozenset()
    outcome: str | None = None

    @cached_property
    def done(self) -> dict[str, int]:
        """Verb -> the minute at which it was first done."""
        found: dict[str, int] = {}
        for minute, action in self.actions:
            found.setdefault(action.do, minute)
        return found

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """The choices that are open now, in the scenario's order; none once it has ended."""
        return tuple(_offers(self))

    @property
    def open(self) -> tuple[Action, ...]:
        """The actions that are open now, in the scenario's order."""
        return tuple(Action(offer.do, offer.until) for offer in self.offers)

    @cached_property
    def attempts(self) -> int:
        """How often the candidate has called, before the story opened and since."""
        return self.scenario.attempts + sum(one.do == "call" for _at, one in self.actions)


def start(
    scenario: Scenario, seed: int, level: Level = "plain", world: World | None = None
) -> Play:
    """Begin a story. The same scenario, seed and level give the same hidden world.

    A `world` stands in for the one that the seed would draw.
    """
    opening = Event(scenario.opens, "opening", scenario.words(scenario.opening[level]))
    world = world or draw_world(scenario, seed)
    asked = (0,) * len(world.answers)
    return Play(
        scenario,
        seed,
        level,
        world,
        scenario.opens,
        missed_by=scenario.missed_by,
        stage=scenario.stage,
        events=(opening,),
        asked=asked,
    )


def choices(play: Play, playbook: Playbook) -> list[Choice]:
    """List what the candidate can do now, in the scenario's order."""
    return [Choice(Action(o.do, o.until), _says(o, play, playbook)) for o in play.offers]


def _offers(play: Play) -> list[Offer]:
    if play.outcome is not None:
        return []
    open_ = [offer for offer in play.scenario.offer if _is_open(offer, play)]
    waits = [offer for offer in open_ if offer.do == "wait"]
    # The next wait and the longest: more would be noise on the screen.
    return [offer for offer in open_ if offer.do != "wait" or offer in (waits[0], waits[-1])]


def _is_open(offer: Offer, play: Play) -> bool:
    return (
        not (offer.once and offer.do in play.done)
        and not (offer.until is not None and offer.until <= play.minute)
        and offer.holds(play.done, play.events[-1].kind, play.phase, play.level, play.minute)
    )


def _may(play: Play, action: Action) -> bool:
    """Say whether an action can be done now: it is on offer, or a wait within the longest on offer.

    So a clock that runs by itself may stop at any minute and still be nothing but a wait.
    """
    if action.do == "wait" and action.until is not None:
        longest = max((offer.until or 0 for offer in play.offers), default=0)
        return play.minute < action.until <= longest
    return any(offer.do == action.do and offer.until == action.until for offer in play.offers)


def _says(offer: Offer, play: Play, playbook: Playbook) -> str:
    if offer.says is None and offer.until is not None:
        return _("Wait until {time}").format(time=play.scenario.at(offer.until))
    return play.scenario.words(offer.says or playbook.actions[offer.do].says)


def step(play: Play, action: Action, playbook: Playbook) -> Play:
    """Do one thing: the clock moves on and the story answers.

    Raises
    ------
    KitError
        If the action is not open now (a replay of a changed scenario, say).
    """
    if not _may(play, action):
        raise KitError(
            _(
                "{title}: {action!r} is not open at minute {minute}; the story may have changed since "
                "this was recorded."
            ).format(title=play.scenario.title, action=action.do, minute=play.minute)
        )
    begun, found = play.minute, _reaction(play, action)
    ends = action.until if action.until is not None else begun + playbook.actions[action.do].minutes
    play = replace(
        play,
        actions=(*play.actions, (begun, action)),
    )
    if action.do == "stop_waiting" and found is None:
        return _left(play)
    coming = _coming(play, ends)
    # What answers the action at once is faster than what would come while it is being done.
    if found is not None:
        return _answered(play, *found, ends)
    if coming is not None and (coming[2].turns or action.do == "wait"):
        return _came(play, *coming)
    if coming is not None:  # only noticed, while something else is being done
        play = _came(play, *coming)
    if ends >= play.scenario.length:
        end = Event(play.scenario.length, "end", _("The day goes on."))
        return replace(play, minute=end.minute, events=(*play.events, end), outcome="ended")
    cue = play.scenario.cue_of(play.world.cause, action.do, play.level)
    event = Event(ends, action.do, play.scenario.words(cue or ""))
    return replace(play, minute=ends, events=(*play.events, event))


def replay(
    scenario: Scenario, seed: int, level: Level, actions: Iterable[Action], playbook: Playbook
) -> Play:
    """Play a list of actions again from the start."""
    play = start(scenario, seed, level)
    for action in actions:
        play = step(play, action, playbook)
    return play


def _reaction(play: Play, action: Action) -> tuple[Reaction, tuple[int, ...]] | None:
    """Find how the world answers: the first reaction that fits and that chance lets come.

    Also gives how often each reaction has been asked for, this time included.
    """
    world, asked = play.world, list(play.asked)
    last = play.events[-1].kind
    found = None
    for number, reaction in enumerate(play.scenario.reactions(world.cause)):
        if reaction.do != action.do or found is not None:
            continue
        if not reaction.holds(play.done, last, play.phase, play.level, play.minute):
            continue
        if reaction.free is not None and reaction.free != _is_free(world, play.minute):
            continue
        comes = world.answers[number][min(asked[number], TRIES - 1)]
        asked[number] += 1
        if comes:
            found = reaction
    return None if found is None else (found, tuple(asked))


def _is_free(world: World, minute: int) -> bool:
    return world.free_at is not None and minute >= world.free_at


def _answered(play: Play, reaction: Reaction, asked: tuple[int, ...], ends: int) -> Play:
    minute = min(ends, play.scenario.length)
    outcome = reaction.outcome
    if outcome is None and minute >= play.scenario.length:
        outcome = "ended"
    event = Event(minute, reaction.reply, play.scenario.words(reaction.says))
    return replace(
        play,
        minute=minute,
        asked=asked,
        phase=reaction.then or play.phase,
        missed_by=reaction.missed_by or play.missed_by,
        stage=reaction.stage or play.stage,
        events=(*play.events, event),
        outcome=outcome,
    )


def _coming(play: Play, ends: int) -> tuple[int, int, Happening] | None:
    """Find what comes first by itself until a minute: (minute, its number, what)."""
    coming = []
    for number, happening in enumerate(play.scenario.happenings(play.world.cause)):
        if number in play.happened:
            continue
        minute = _minute_of(number, happening, play)
        if minute is None or minute > ends:
            continue
        minute = max(minute, play.minute)
        last = play.events[-1].kind
        if happening.holds(play.done, last, play.phase, play.level, minute):
            coming.append((minute, number, happening))
    return min(coming, key=lambda one: one[:2], default=None)


def _minute_of(number: int, happening: Happening, play: Play) -> int | None:
    drawn = play.world.minutes[number]
    if happening.at is not None:
        return drawn
    if happening.after_free is not None:
        return None if play.world.free_at is None else play.world.free_at + drawn
    done = [play.done[verb] for verb in happening.upon if verb in play.done]
    if not done or play.world.free_at is None:
        return None
    # The minute after it was left is the first at which it can be noticed.
    return max(min(done) + 1, play.world.free_at) + drawn


def _came(play: Play, minute: int, number: int, happening: Happening) -> Play:
    event = Event(minute, happening.kind, play.scenario.words(happening.says))
    return replace(
        play,
        minute=minute,
        phase=happening.then or play.phase,
        missed_by=happening.missed_by or play.missed_by,
        stage=happening.stage or play.stage,
        events=(*play.events, event),
        happened=play.happened | {number},
        outcome=happening.outcome,
    )


def _left(play: Play) -> Play:
    """Let the rest of the day happen after the candidate has stopped waiting.

    Who left a message is answered, be it with a new time; who left none is not.
    """
    scenario = play.scenario
    told = any(verb in play.done for verb in ("leave_voicemail", "send_email", "ask_them_to_call"))
    end = Event(play.minute, "stop_waiting", _("You put the phone away."))
    if told:
        says = scenario.words(_("An email from {name} asks for a new time."))
        back = Event(play.minute, "email_back", says)
        return replace(play, events=(*play.events, end, back), outcome="rebooked")
    gone = Event(play.minute, "end", _("Nobody knows that you were there."))
    return replace(play, events=(*play.events, end, gone), outcome="left")
