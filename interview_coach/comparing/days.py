"""The day of the call as arrays: the world of a scenario, all that it can be at once.

The engine draws one world; here every world stands beside every other with its chance. A *state* is a
cause and the minute at which the interviewer is free. Given it, what may bring both together is
independent: they ring by themselves, they answer a message, they pick up a call.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from interview_coach.comparing.moments import SCENARIOS
from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.simulation.scenario import Cause, Draw, Happening, Reaction, Scenario

__all__ = ["MESSAGES", "Causes", "Day", "Ring", "causes_of", "day_of", "laid_into", "soonest_ring"]

MESSAGES: Mapping[str, tuple[str, ...]] = {
    "voicemail": ("leave_voicemail",),
    "email": ("send_email",),
    "message": ("leave_voicemail", "send_email"),
}
"""What an answer may wait for: its name in an assumption, and the verbs, the first of which counts."""

_VERBS = {"call", "check_link", "wait", "stop_waiting", "leave_voicemail", "send_email"}
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Causes:
    """The numbers of a scenario's causes, and which of its answers they belong to.

    Attributes
    ----------
    numbers : mapping of str to mapping of str to float
        Cause -> kind of assumption -> value.
    calls : mapping of str to Reaction
        Cause -> how a call is picked up; absent where it never is.
    rings : mapping of str to mapping of str to Happening
        Cause -> ``rings`` (by themselves) or a key of `MESSAGES` -> how they ring.
    rebooks : frozenset of str
        Causes under which being in touch means a new time, and under all others the interview itself.
    """

    numbers: Mapping[str, Mapping[str, float]]
    calls: Mapping[str, Reaction]
    rings: Mapping[str, Mapping[str, Happening]]
    rebooks: frozenset[str] = frozenset()


def causes_of(scenario: Scenario) -> Causes:
    """Read the numbers of a scenario.

    Raises
    ------
    KitError
        If a story can turn on something else than minutes and chance: such a call can be practised,
        not compared.
    """
    numbers: dict[str, dict[str, float]] = {}
    calls: dict[str, Reaction] = {}
    rings: dict[str, dict[str, Happening]] = {}
    rebooks = set()
    for cause in scenario.cause:
        name, ends = cause.name, set[str | None]()
        found: dict[str, float] = {"weight": cause.weight}
        if cause.free_after is not None:
            found |= _span("free", cause.free_after)
        for reaction in scenario.reactions(cause):
            if reaction.do not in _VERBS or reaction.phase != "waiting":
                continue
            if not reaction.turns and (reaction.do != "call" or reaction.reply == "no_answer"):
                continue
            if reaction.do != "call" or not _plain(reaction) or name in calls:
                why = _("an answer to {verb} ({name})").format(verb=repr(reaction.do), name=name)
                raise _cannot(scenario, why)
            calls[name] = reaction
            found["answers"] = reaction.chance
            ends.add(_comes_to(reaction, scenario, cause))
        rings[name] = {}
        for one in scenario.happenings(cause):
            if not one.turns:
                continue
            key = next((k for k, verbs in MESSAGES.items() if set(verbs) == set(one.upon)), "rings")
            whole = bool(one.upon) == (key != "rings") and one.from_ is None and one.to is None
            if not whole or not _plain(one) or key in rings[name]:
                why = _("what happens by itself ({name}: {kind})")
                raise _cannot(scenario, why.format(name=name, kind=one.kind))
            rings[name][key] = one
            found |= {f"{key}_chance": one.chance, **_span(key, one.draw)}
            ends.add(_comes_to(one, scenario, cause))
        if len(ends) > 1 or None in ends:
            raise _cannot(scenario, _("what being in touch comes to ({name})").format(name=name))
        if "rebooked" in ends:
            rebooks.add(name)
        numbers[name] = found
    if len(numbers) != len(scenario.cause):
        raise _cannot(scenario, _("a cause that stands there twice"))
    return Causes(numbers, calls, rings, frozenset(rebooks))


def _plain(turn: Reaction | Happening) -> bool:
    """Say whether it asks for nothing but minutes and chance."""
    asks = turn.needs or turn.unless or turn.after or turn.phase != "waiting"
    return not asks and "plain" in turn.levels


def _comes_to(turn: Reaction | Happening, scenario: Scenario, cause: Cause) -> str | None:
    """Say what being in touch comes to, for who asks whether now is good and takes a time offered.

    Either ``spoke`` or ``rebooked``; None where it is neither, or depends on more.
    """
    if turn.outcome is not None:
        return turn.outcome if turn.outcome in ("spoke", "rebooked") else None
    ends = {
        (one.do, one.phase): one
        for one in reversed(scenario.reactions(cause))
        if one.phase == turn.then and not (one.needs or one.unless or one.after)
    }
    settled = ends.get(("leave_margins", turn.then or "waiting"))
    offered = settled is not None and settled.outcome == "rebooked"
    if turn.then == "after" and turn.stage == "rebooked":
        return "rebooked" if offered else None
    asked = ends.get(("ask_good_time", "talking"))
    if turn.then != "talking" or asked is None:
        return None
    if asked.outcome == "spoke":
        return "spoke"
    return "rebooked" if asked.stage == "rebooked" and offered else None


def _cannot(scenario: Scenario, why: str) -> KitError:
    return KitError(
        _(
            "The call {title} can be practised, not compared: {why} is more than minutes and chance. "
            "Compare one of {names}."
        ).format(title=repr(scenario.title), why=why, names=", ".join(SCENARIOS))
    )


def _span(stem: str, draw: Draw) -> dict[str, float]:
    return {f"{stem}_from": float(draw.from_), f"{stem}_to": float(draw.to)}


def soonest_ring(causes: Causes, code: str, values: Mapping[str, float]) -> float | None:
    """Give the first minute at which they may ring by themselves; None where they never do."""
    ring = causes.rings[code].get("rings")
    if ring is None or (ring.at is None and f"{code}.free_from" not in values):
        return None
    since = 0.0 if ring.at is not None else values[f"{code}.free_from"]
    return since + values[f"{code}.rings_from"]


def laid_into(scenario: Scenario, causes: Causes, values: Mapping[str, float]) -> Scenario:
    """Give a scenario whose causes have other numbers; what has no chance left is taken away."""

    def draw(stem: str) -> Draw:
        return Draw.model_validate({end: int(values[f"{stem}_{end}"]) for end in ("from", "to")})

    def cause_with(cause: Cause) -> Cause:
        code = cause.name
        call, keys = causes.calls.get(code), {id(one): k for k, one in causes.rings[code].items()}
        on = tuple(
            one.model_copy(update={"chance": values[f"{code}.answers"]}) if one is call else one
            for one in cause.on
            if one is not call or values[f"{code}.answers"] > 0
        )
        event = []
        for one in cause.event:
            key = keys.get(id(one))
            if key is None:
                event.append(one)
            elif values[f"{code}.{key}_chance"] > 0:
                name = "at" if one.at else "after_free" if one.after_free else "delay"
                drawn = draw(f"{code}.{key}")
                chance = values[f"{code}.{key}_chance"]
                event.append(one.model_copy(update={name: drawn, "chance": chance}))
        free = draw(f"{code}.free") if cause.free_after is not None else None
        weight = values[f"{code}.weight"]
        new = {"weight": weight, "free_after": free, "on": on, "event": tuple(event)}
        return cause.model_copy(update=new)

    kept = tuple(cause_with(one) for one in scenario.cause if values[f"{one.name}.weight"] > 0)
    return scenario.model_copy(update={"cause": kept})


@dataclass(frozen=True)
class Ring:
    """When an interviewer rings, in one cause: a whole number of minutes from a base, or never.

    `base` is ``start`` (the agreed start), ``free`` (when they are free) or a key of `MESSAGES`.
    """

    base: str
    low: int
    high: int
    chance: float

    def silent(self, since: Floats) -> Floats:
        """Give the chance of no ring within so many minutes of the base (negative: before it)."""
        share = (since - (self.low - 1)) / (self.high - self.low + 1)
        quiet: Floats = 1 - self.chance * np.clip(share, 0, 1)
        return quiet


@dataclass(frozen=True)
class Block:
    """One cause: its share of the worlds, its free minutes, and what may bring both together.

    `answers` is the chance that a call is picked up when it can be; `rebooks` says whether being in
    touch means a new time, and not the interview itself.
    """

    code: str
    share: float
    free_low: int | None
    free_high: int
    answers: float
    call: Reaction | None
    rings: tuple[Ring, ...]
    rebooks: bool = False

    @property
    def free(self) -> Floats:
        """The minutes at which they may become free; infinity where they do not that day."""
        return _free(self.free_low, self.free_high)

    def unanswered(self, message: str, left: int, length: int) -> Floats:
        """Give the chance that a message left at a minute is not answered until each minute."""
        rings = tuple(ring for ring in self.rings if ring.base == message)
        return _silence(self.free_low, self.free_high, rings, left, length)

    def can_answer(self, minute: Any, free: Any) -> Any:
        """Say whether a call at a minute can be picked up, by who is free from a minute on.

        Either may be an array; what comes is an array of bool that broadcasts with both, or a bool.
        """
        call = self.call
        if call is None:
            return np.False_
        fits = np.True_
        if call.free is not None:
            fits = (free <= minute) == call.free
        if call.from_ is not None:
            fits = fits & (minute >= call.from_)
        return fits if call.to is None else fits & (minute <= call.to)


@dataclass(frozen=True)
class Day:
    """Every world of a day at once.

    Attributes
    ----------
    blocks : tuple of Block
        One a cause.
    weight : array of float, (states,)
        Chance of each state; 1 in all.
    quiet : array of float, (states, length + 1)
        Chance that nobody has rung by themselves until a minute, that minute included.
    answers : array of float, (states, length + 1)
        Chance that a call begun at a minute is picked up.
    rebooks : array of bool, (states,)
        Where being in touch means a new time, and not the interview itself.
    opens, length : int
        Minutes of the first decision and of the story's end.
    attempts : int
        Calls made before it opens.
    """

    blocks: tuple[Block, ...]
    weight: Floats
    quiet: Floats
    answers: Floats
    rebooks: NDArray[np.bool_]
    opens: int
    length: int
    attempts: int
    _known: dict[tuple[str, int], Floats] = field(default_factory=dict, repr=False)

    def only(self, codes: Container[str]) -> "Day":
        """Give the same day with some of its causes alone, as if there were no others."""
        own = [block.code in codes for block in self.blocks]
        rows = np.repeat(own, [len(block.free) for block in self.blocks])
        weight = self.weight[rows]
        return replace(
            self,
            blocks=tuple(block for block, kept in zip(self.blocks, own, strict=True) if kept),
            weight=weight / weight.sum(),
            quiet=self.quiet[rows],
            answers=self.answers[rows],
            rebooks=self.rebooks[rows],
            _known={},
        )

    def unanswered(self, message: str, left: int) -> Floats | None:
        """Give the chance that a message left at a minute has not been answered until a minute.

        Returns
        -------
        array of float, (states, length + 1), or None
            None where no cause answers a message of that name.
        """
        if not any(ring.base == message for block in self.blocks for ring in block.rings):
            return None
        if (message, left) not in self._known:
            self._known[message, left] = np.vstack(
                [block.unanswered(message, left, self.length) for block in self.blocks]
            )
        return self._known[message, left]


@lru_cache(maxsize=256)
def _silence(
    free_low: int | None, free_high: int, rings: tuple[Ring, ...], left: int, length: int
) -> Floats:
    """Give the chance of no answer to a message until each minute; shape (free minutes, length + 1).

    Kept, because a sensitivity asks for the same again and again while something else moves.
    """
    free, minutes = _free(free_low, free_high), np.arange(length + 1.0)
    silence = np.ones((len(free), length + 1))
    for ring in rings:
        # The minute after it was left is the first at which it can be noticed.
        silence *= ring.silent(minutes - np.maximum(free, left + 1)[:, None])
    return silence


def _free(low: int | None, high: int) -> Floats:
    return np.array([np.inf]) if low is None else np.arange(low, high + 1.0)


def day_of(scenario: Scenario, causes: Causes, values: Mapping[str, float]) -> Day:
    """Lay out the day of a scenario with the values of its assumptions."""
    total = sum(values[f"{code}.weight"] for code in causes.numbers)
    minutes = np.arange(scenario.length + 1.0)
    blocks, weight, quiet, answers = [], [], [], []
    for code, numbers in causes.numbers.items():
        share = values[f"{code}.weight"] / total
        block = _block(code, share, numbers, causes, values)
        if share == 0:
            continue
        blocks.append(block)
        free = block.free
        weight.append(np.full(len(free), share / len(free)))
        hush = np.ones((len(free), len(minutes)))
        for ring in block.rings:
            if ring.base == "start":
                hush *= ring.silent(minutes)
            elif ring.base == "free":
                hush *= ring.silent(minutes - free[:, None])
        quiet.append(hush)
        can = block.can_answer(minutes, free[:, None])
        answers.append(np.broadcast_to(block.answers * can, hush.shape))
    return Day(
        tuple(blocks),
        np.concatenate(weight),
        np.vstack(quiet),
        np.vstack(answers),
        np.repeat([block.rebooks for block in blocks], [len(block.free) for block in blocks]),
        scenario.opens,
        scenario.length,
        scenario.attempts,
    )


def _block(
    code: str,
    share: float,
    numbers: Iterable[str],
    causes: Causes,
    values: Mapping[str, float],
) -> Block:
    call = causes.calls.get(code)
    has_free = "free_from" in numbers
    rings = []
    for key, one in causes.rings[code].items():
        base = "start" if one.at is not None else "free" if one.after_free is not None else key
        low, high = (int(values[f"{code}.{key}_{end}"]) for end in ("from", "to"))
        # Who is not free that day rings at a set minute or not at all.
        if has_free or base == "start":
            rings.append(Ring(base, low, high, values[f"{code}.{key}_chance"]))
    return Block(
        code=code,
        share=share,
        free_low=int(values[f"{code}.free_from"]) if has_free else None,
        free_high=int(values[f"{code}.free_to"]) if has_free else 0,
        answers=values.get(f"{code}.answers", 0.0),
        call=call,
        rings=tuple(rings),
        rebooks=code in causes.rebooks,
    )
