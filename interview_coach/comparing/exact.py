"""What a timed policy buys, calculated: no draws, no sampling error.

What a candidate does under a timed policy is known ahead for as long as both are not in touch. So,
given the cause and the minute at which the interviewer is free, the chance of that until a minute
is a product: nobody rang, no message was answered, no call was picked up. The mean over all states is
the curve from which every figure is read. The cause says what being in touch comes to: the interview,
or a new time for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from interview_coach.comparing.assumptions import Assumptions
from interview_coach.comparing.days import MESSAGES, Day, Floats, day_of
from interview_coach.comparing.later import Later, later_of
from interview_coach.comparing.policies import Plan
from interview_coach.errors import KitError
from interview_coach.language import _

__all__ = ["FIGURES", "WITHIN", "Answer", "Figure", "Grid", "exact", "grid", "world"]

WITHIN = 7
"""Days within which an interview counts as completed, unless told otherwise."""

FIGURES = ("connected", "completed", "waiting_minutes", "calls", "goodwill")


@dataclass(frozen=True)
class Figure:
    """A value and its interval; both ends are the value where nothing is uncertain but the assumptions."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Answer:
    """What a policy buys under the assumptions.

    Attributes
    ----------
    connected : Figure
        Chance that both speak before the wait ends, and the interview can be held.
    completed : Figure
        Chance that the interview takes place within the days asked for.
    waiting_minutes : Figure
        Expected minutes from the agreed start until they are in touch or the wait ends.
    calls : Figure
        Expected calls that the candidate makes on the day, from the first decision on.
    goodwill : Figure
        Expected share of the goodwill that is left.
    runs : int
        Simulated interviews behind it; 0 where it is calculated.
    by_cause : mapping of str to float
        Chance that both are in touch, for each cause alone.
    curve : array of float
        Chance that they are not in touch until each minute from the start to the end of the wait.
    """

    connected: Figure
    completed: Figure
    waiting_minutes: Figure
    calls: Figure
    goodwill: Figure
    runs: int = 0
    by_cause: Mapping[str, float] = field(default_factory=dict)
    curve: Floats = field(default_factory=lambda: np.ones(1), repr=False)


def world(assumptions: Assumptions) -> Day:
    """Lay out the day of the assumptions; one will do for all policies under them."""
    return day_of(assumptions.base, assumptions.causes, assumptions.values)


def exact(
    assumptions: Assumptions, plan: Plan, within: int = WITHIN, day: Day | None = None
) -> Answer:
    """Calculate what a policy buys.

    Parameters
    ----------
    assumptions : Assumptions
    plan : Plan
        The policy on the clock.
    within : int
        Days within which the interview is to take place, 0 or more.
    day : Day, optional
        The `world` of the assumptions, where it is at hand.

    Raises
    ------
    KitError
        If the days are negative.
    """
    if within < 0:
        raise KitError(
            _("Completed within {within} days is not possible; use 0 or more.").format(
                within=within
            )
        )
    day = day or world(assumptions)
    if plan.branches:
        return _branched(assumptions, plan, within, day)
    later = later_of(assumptions, plan)
    silent = _silent(day, plan)
    # Rounding must not make a chance more than sure.
    curve = np.clip(day.weight @ silent, 0, 1)
    states = _Mass(day, plan.calls, silent, later)
    alone = silent[:, plan.hold]
    begun, left = states.begun, float(states.goodwill(day.weight))
    goodwill = float(later.goodwill(day.attempts + len(plan.calls)))
    touched = np.clip(1 - alone, 0, 1)
    rebooks = day.weight * day.rebooks
    connected = min(1.0, float((day.weight - rebooks) @ touched))
    completed = connected + curve[plan.hold] * later.completed(goodwill, within)
    if day.rebooks.any():
        # Of the goodwill on average, what belongs to who is in touch: all, less who is not.
        never = float(rebooks @ alone)
        means = [
            float(states.goodwill(rebooks, power)) - goodwill**power * never for power in (1, 2)
        ]
        completed += later.rebooked(means[0], means[1], within)
    return Answer(
        connected=_sure(connected),
        completed=_sure(completed),
        waiting_minutes=_sure(curve[: plan.hold].sum()),
        calls=_sure(begun.sum()),
        goodwill=_sure(left),
        by_cause=_by_cause(day, silent[:, plan.hold]),
        curve=curve[: plan.hold + 1],
    )


def _branched(assumptions: Assumptions, plan: Plan, within: int, day: Day) -> Answer:
    """Add up a plan that branches: what a check shows follows from the cause alone."""
    values, curve = np.zeros(len(FIGURES)), np.zeros(day.length + 1)
    by_cause: dict[str, float] = {}
    longest = 0
    for seen in {plan.shows[block.code] for block in day.blocks}:
        inside = [block for block in day.blocks if plan.shows[block.code] == seen]
        branch = plan.under(inside[0].code)
        part = exact(assumptions, branch, within, day.only({block.code for block in inside}))
        share = sum(block.share for block in inside)
        values += share * np.array([getattr(part, name).value for name in FIGURES])
        by_cause |= part.by_cause
        # Who has stopped waiting has not spoken, and does not any more that day.
        curve += share * np.pad(part.curve, (0, day.length + 1 - len(part.curve)), mode="edge")
        longest = max(longest, branch.hold)
    figures: dict[str, Any] = dict(zip(FIGURES, map(_sure, values), strict=True))
    ordered = {block.code: by_cause[block.code] for block in day.blocks}
    return Answer(**figures, by_cause=ordered, curve=curve[: longest + 1])


def _sure(value: float) -> Figure:
    return Figure(float(value), float(value), float(value))


def _silent(day: Day, plan: Plan) -> Floats:
    """Give the chance of no talk until each minute, in each state; shape (states, length + 1)."""
    silent = day.quiet.copy()
    for message, verbs in MESSAGES.items():
        left = plan.first(verbs)
        unanswered = None if left is None else day.unanswered(message, left)
        if unanswered is not None:
            silent *= unanswered
    for minute in plan.calls:
        # A call takes a minute: who is called speaks in the next.
        silent[:, minute + 1 :] *= 1 - day.answers[:, minute, None]
    return silent


class _Mass:
    """How likely each call of a plan is made, and made in vain, in every state.

    Attributes
    ----------
    begun : array of float, (calls,)
        Chance that each call is made.
    """

    def __init__(self, day: Day, calls: Sequence[int], silent: Floats, later: Later) -> None:
        made = list(calls)
        self._vain = silent[:, made] * (1 - day.answers[:, made])
        self._left = later.goodwill(day.attempts + np.arange(len(made) + 1))
        self.begun: Floats = np.clip(day.weight @ silent[:, made], 0, 1)

    def goodwill(self, weight: Floats, power: int = 1) -> Any:
        """Give the sum, over states of some weight, of a power of the goodwill that is left."""
        left = self._left**power
        return left[0] * weight.sum() + np.diff(left) @ (weight @ self._vain)


def _by_cause(day: Day, silent: Floats) -> dict[str, float]:
    found, at = {}, 0
    for block in day.blocks:
        size = len(block.free)
        found[block.code] = float(1 - silent[at : at + size].mean())
        at += size
    return found


@dataclass(frozen=True)
class Grid:
    """The figures of many policies: first call, minutes from it to the email, end of the wait.

    Attributes
    ----------
    calls, emails, holds : tuple of int
        The axes: minute of the call; minutes after the voicemail until the email; end of the wait.
    connected, completed, waiting_minutes : array of float, (calls, emails, holds)
        NaN where the wait would end before all is done.
    """

    calls: tuple[int, ...]
    emails: tuple[int, ...]
    holds: tuple[int, ...]
    connected: Floats
    completed: Floats
    waiting_minutes: Floats


def grid(
    assumptions: Assumptions,
    plan: Plan,
    calls: Sequence[int],
    emails: Sequence[int],
    holds: Sequence[int],
    within: int = WITHIN,
) -> Grid:
    """Calculate every combination of a call with its voicemail, an email and an end of the wait.

    Parameters
    ----------
    plan : Plan
        The policy that says what is done on the days after.
    calls, emails, holds : sequence of int
        Minutes, see `Grid`.

    Raises
    ------
    KitError
        If a minute lies outside the story.
    """
    day = world(assumptions)
    outside = [m for m in (*calls, *holds) if not day.opens <= m <= day.length]
    if outside or any(gap < 0 for gap in emails):
        raise KitError(
            _("The minutes of a grid lie between {first} and {last}.").format(
                first=day.opens, last=day.length
            )
        )
    rebooks = day.weight * day.rebooks
    shape = (len(calls), len(emails), day.length + 1)
    curves, moved = np.ones(shape), np.ones(shape)
    ends = np.full(shape[:2], day.length)
    means = np.zeros((2, *shape[:2], 1))
    laters = [later_of(assumptions, replace(plan, acts=_acts(call, 0))) for call in calls]
    for i, call in enumerate(calls):
        for j, gap in enumerate(emails):
            acts = _acts(call, gap)
            # The email takes two minutes.
            over = acts[-1][0] + 2
            if over >= day.length:
                continue
            silent = _silent(day, replace(plan, acts=acts))
            curves[i, j], ends[i, j] = day.weight @ silent, over
            if day.rebooks.any():
                moved[i, j] = rebooks @ silent
                states = _Mass(day, (call,), silent, laters[i])
                means[:, i, j, 0] = [states.goodwill(rebooks, power) for power in (1, 2)]
    held = list(holds)
    done = ends[:, :, None] < np.array(held)
    left = np.array([float(one.goodwill(day.attempts + 1)) for one in laters])[:, None, None]
    chance = np.array(
        [one.completed(float(g), within) for one, g in zip(laters, left.ravel(), strict=True)]
    )
    alone, still = curves[:, :, held], moved[:, :, held]
    spoke = 1 - alone
    again = np.zeros_like(alone)
    if day.rebooks.any():
        spoke = spoke - (rebooks.sum() - still)
        for i, one in enumerate(laters):
            first, second = (means[n, i] - left[i] ** (n + 1) * still[i] for n in (0, 1))
            again[i] = one.rebooked(first, second, within)
    waited = np.cumsum(curves, axis=2)[:, :, [hold - 1 for hold in held]]
    return Grid(
        tuple(calls),
        tuple(emails),
        tuple(holds),
        np.where(done, spoke, np.nan),
        np.where(done, spoke + again + alone * chance[:, None, None], np.nan),
        np.where(done, waited, np.nan),
    )


def _acts(call: int, gap: int) -> tuple[tuple[int, str], ...]:
    """Give a call, its voicemail and the email; the first two take a minute each."""
    return ((call, "call"), (call + 1, "leave_voicemail"), (call + 2 + gap, "send_email"))
